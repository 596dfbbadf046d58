"""Reading a vendor's own agreement: does it meet Article 28?"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dpa_gen.commands.shared import DONE, EXISTING, INCOMPLETE, LANGUAGE, MEND
from dpa_gen.errors import DpaError, Place

if TYPE_CHECKING:
    from dpa_gen.review.answer import Review


@click.command()
@click.argument("files", nargs=-1, required=True, type=EXISTING, metavar="FILE...")
@click.option("--json", "as_json", is_flag=True, help="Print the answers as JSON.")
@click.option("--sarif", "as_sarif", is_flag=True, help="Print what was found as SARIF.")
@click.option("--output", "-o", type=EXISTING, help="Write a report as a Word file.")
@click.option("--annotate", type=EXISTING, help="Write a copy of a Word paper with a comment at each finding.")
@click.option("--against", type=EXISTING, help="A description to hold the values of the paper against.")
@click.option("--note", is_flag=True, help="Write what to negotiate into that description, for its to-do list.")
@click.option("--language", "-l", type=LANGUAGE, help="The language of the answer; else that of the paper.")
def review(
    files: tuple[Path, ...],
    as_json: bool,
    as_sarif: bool,
    output: Path | None,
    annotate: Path | None,
    against: Path | None,
    note: bool,
    language: str | None,
) -> None:
    """Read somebody's own data processing agreement and say what it lacks under Article 28 GDPR.

    Reads .docx, .pdf, .odt, .md, .html and .txt, on this machine. Ends with 0 when everything that the law demands is
    there, with 1 when not, with 2 when a file cannot be read.

    \b
    Example: dpa-gen review overeenkomst-van-de-leverancier.docx --output beoordeling.docx
    """
    if (output or annotate) and len(files) > 1:
        raise click.UsageError("--output and --annotate take one paper at a time.")
    if note and (against is None or len(files) > 1):
        raise click.UsageError("--note takes one paper and the description to write in: --against DESCRIPTION.")
    read = [(file, each) for file in files if (each := _reviewed(file)) is not None]
    held = {file: _held(file, each, against, language or _own(each)) for file, each in read} if against else {}
    _written(read, output, annotate, held, language)
    if note and against:
        for _, each in read:
            _noted(against, each, language or _own(each))
    _told(read, held, as_json, as_sarif, language)
    if len(read) < len(files):
        sys.exit(MEND)
    sys.exit(DONE if all(each.is_complete for _, each in read) else INCOMPLETE)


def _reviewed(file: Path) -> Review | None:
    """The review of a file; what cannot be read is told, and the others go on."""
    from dpa_gen.paper import read
    from dpa_gen.review.reviewing import review as reviewed

    try:
        return reviewed(read(file), file.as_posix())
    except DpaError as trouble:
        click.echo(str(trouble), err=True)
        return None


def _noted(description: Path, found: Review, language: str) -> None:
    """Write what the paper lacks into a description, where the to-do list finds it."""
    from dpa_gen.answers.verdict import to_negotiate
    from dpa_gen.marking import update

    if words := to_negotiate(found, language):
        update(description, "supervision", {"negotiate": words})


def _own(found: Review) -> str:
    return "nl" if found.language == "both" else found.language


def _held(file: Path, found: Review, against: Path | None, language: str) -> list[dict[str, Any]]:
    from dpa_gen.answers.against import differences
    from dpa_gen.generate import Wishes, prepare
    from dpa_gen.paper import read

    assert against is not None
    return differences(found, read(file), prepare(against, Wishes()).description, language)


def _written(
    read: list[tuple[Path, Review]],
    output: Path | None,
    annotate: Path | None,
    held: dict[Path, list[dict[str, Any]]],
    language: str | None,
) -> None:
    """Write the report and the annotated copy that were asked for."""
    from dpa_gen.files import write

    for file, found in read:
        if output:
            from dpa_gen.answers.document import report

            write(output, report(found, language or _own(found), [row["says"] for row in held.get(file, [])]))
            click.echo(str(output), err=True)
        if annotate:
            from dpa_gen.answers.annotating import annotated

            if file.resolve() == annotate.resolve():
                raise DpaError.of(
                    "the copy would take the place of the paper.", "Give another name.", Place(str(annotate))
                )
            write(annotate, annotated(file, found, language or _own(found)))
            click.echo(str(annotate), err=True)


def _told(
    read: list[tuple[Path, Review]],
    held: dict[Path, list[dict[str, Any]]],
    as_json: bool,
    as_sarif: bool,
    language: str | None,
) -> None:
    """Print the answers in the form that was asked for."""
    if as_json:
        from dpa_gen.answers.plain import as_json as plain
        from dpa_gen.report import to_json

        told = [plain(found, language or _own(found), held.get(file)) for file, found in read]
        click.echo(to_json(told), nl=False)
    elif as_sarif:
        from dpa_gen.answers.plain import findings, rules
        from dpa_gen.sarif import sarif

        every = [each for file, found in read for each in findings(found, file.as_posix())]
        click.echo(sarif(every, rules(), language or "en"), nl=False)
    else:
        from dpa_gen.answers.terminal import lines

        for file, found in read:
            told_lines = lines(found, language or _own(found), [row["says"] for row in held.get(file, [])])
            click.echo("\n".join(told_lines) + "\n")
