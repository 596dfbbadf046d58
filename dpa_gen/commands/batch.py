"""Many contracts at once, from a workspace or a table; and tables to hand to a colleague."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dpa_gen.commands.shared import DONE, EXISTING, FAULT, INCOMPLETE, LANGUAGE, MEND

if TYPE_CHECKING:
    from dpa_gen.batch.plan import Subject
    from dpa_gen.batch.running import Report
    from dpa_gen.errors import Problem

    Subjects = tuple[tuple[Subject, ...], tuple[tuple[str, tuple[Problem, ...]], ...], Path]

INTERRUPTED = 130
MOST_ALIKE = 3  # descriptions that are named for the same problem


@click.command(short_help="Make the contracts of a whole workspace or table.")
@click.argument("workspace", required=False, type=EXISTING)
@click.option("--from", "table", type=EXISTING, help="A table (.xlsx or .csv): one row a counterparty.")
@click.option("--output", "-o", type=EXISTING, help="The folder for the contracts.")
@click.option("--jobs", "-j", type=click.IntRange(1, 64), help="Processes at once; as many as there are cores.")
@click.option("--pattern", help="File names, such as “{reference} {processor.name}”.")
@click.option("--language", "-l", "languages", multiple=True, type=LANGUAGE, help="Instead of its own.")
@click.option("--template", "-t", help="A house style (.docx), or plain, classic or modern.")
@click.option("--clauses", "-c", multiple=True, type=EXISTING, help="A folder with own wording; may be given again.")
@click.option("--pdf", "with_pdf", is_flag=True, help="Make the PDFs as well, with LibreOffice.")
@click.option("--draft", is_flag=True, help="Mark every page as a draft; writes incomplete contracts too.")
@click.option("--dry-run", "dry", is_flag=True, help="Say what would happen; write nothing.")
@click.option("--force", is_flag=True, help="Overwrite contracts that were changed since they were made.")
@click.option("--json", "as_json", is_flag=True, help="Tell what happened as JSON.")
def batch(
    workspace: Path | None,
    table: Path | None,
    output: Path | None,
    jobs: int | None,
    pattern: str | None,
    languages: tuple[str, ...],
    template: str | None,
    clauses: tuple[Path, ...],
    with_pdf: bool,
    draft: bool,
    dry: bool,
    force: bool,
    as_json: bool,
) -> None:
    """Make the contract of every description of a workspace, or of every row of a table.

    Only what changed is made again. One that cannot be made does not stop the others; the end says which, and why.
    Ends with 1 when the law would call a contract incomplete, with 2 when something must be mended first.

    \b
    Examples:
      dpa-gen batch mijn-praktijk
      dpa-gen batch --from processors.xlsx --output contracten/ --pattern "{reference} {processor.name}"
      dpa-gen batch mijn-praktijk --dry-run
    """
    from dpa_gen.batch.plan import Order
    from dpa_gen.batch.running import run
    from dpa_gen.generate import Wishes

    subjects, refused, folder = _subjects(workspace, table)
    wishes = Wishes(tuple(dict.fromkeys(languages)), template, clauses, draft)
    order = Order(
        subjects,
        output or folder,
        wishes,
        pattern or "{key}",
        in_one=output is not None,
        jobs=jobs or cores(),
        with_pdf=with_pdf,
        dry=dry,
        force=force,
        refused=refused,
    )
    with _progress(quiet=as_json) as tell:
        report = run(order, tell)
    if as_json:
        click.echo(_json(report), nl=False)
    else:
        _say(report)
    sys.exit(exit_code(report))


def cores() -> int:
    """How many processes this machine can run at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def exit_code(report: Report) -> int:
    """What a script should know: 0 all is well, 1 something is incomplete, 2 something must be mended, 3 a fault."""
    from dpa_gen.batch.placing import State

    if report.interrupted:
        return INTERRUPTED
    if report.of(State.FAULT):
        return FAULT
    if report.of(State.REFUSED) or report.why:
        return MEND
    return INCOMPLETE if report.of(State.INCOMPLETE) else DONE


@contextmanager
def _progress(quiet: bool) -> Iterator[Callable[[int, int], None]]:
    """A bar with the time left on a terminal; nothing elsewhere."""
    if quiet or not sys.stderr.isatty():
        yield lambda done, of: None
        return
    with click.progressbar(length=1, file=sys.stderr, label="contracts", show_pos=True) as bar:

        def tell(done: int, of: int) -> None:
            bar.length = max(of, 1)
            bar.update(done - bar.pos)

        yield tell


def _say(report: Report) -> None:
    """What happened: what is wrong to standard error, the count to standard output."""
    from dpa_gen.report import finding_lines

    alike = Counter(problem for fate in report.fates for problem in fate.problems)
    told: Counter[object] = Counter()
    for fate in report.fates:
        for problem in fate.problems:
            told[problem] += 1
            if told[problem] <= MOST_ALIKE:
                click.echo(f"{fate.description}: not made.\n{problem}", err=True)
            if told[problem] == MOST_ALIKE < alike[problem]:
                click.echo(f"... and {alike[problem] - MOST_ALIKE} more for the same reason.", err=True)
        for language, finding in fate.findings:
            for line in finding_lines(finding, language):
                click.echo(f"{fate.description}: {line}", err=True)
        if fate.fault:
            click.echo(f"{fate.description}: this is a fault of dpa-gen itself. Please report it.", err=True)
            click.echo(fate.fault, err=True)
    for file in report.gone:
        click.echo(f"{file}: its description is gone, or it has another name now; the file was left.", err=True)
    if report.why:
        click.echo(str(report.why), err=True)
    click.echo(_summary(report))


def _summary(report: Report) -> str:
    """The count, in one line."""
    from dpa_gen.batch.placing import State

    made = "would be made" if report.order.dry else "made"
    counts = [f"{made} {len(report.of(State.MADE))}", f"unchanged {len(report.of(State.UNCHANGED))}"]
    for word, count in (
        ("incomplete", len(report.of(State.INCOMPLETE))),
        ("refused", len(report.of(State.REFUSED)) + len(report.of(State.FAULT))),
        ("gone", len(report.gone)),
        ("not reached", report.left),
    ):
        counts += [f"{word} {count}"] if count else []
    fields = sum(1 for fate in report.fates if fate.open_fields)
    still = f"; with fields to fill in: {fields}" if fields else ""
    return f"{report.order.folder}: {', '.join(counts)}{still}."


def _json(report: Report) -> str:
    """What happened, for programs."""
    import json

    plain = {
        "folder": str(report.order.folder),
        "contracts": [fate.as_json() for fate in report.fates],
        "gone": list(report.gone),
        "left": report.left,
        "why": report.why.as_json() if report.why else None,
    }
    return json.dumps(plain, ensure_ascii=False, indent=2) + "\n"


def _subjects(workspace: Path | None, table: Path | None) -> Subjects:
    """What contracts are asked for, the rows that could not be read, and the folder that all go to."""
    from dpa_gen.errors import DpaError
    from dpa_gen.intake import SHARED_FILE

    if table is not None:
        from dpa_gen.grid.reading import read

        shared = _folder(workspace) / SHARED_FILE if workspace else None
        found = read(table, shared if shared and shared.is_file() else None)
        refused = tuple((f"{table}#{key}", problems) for key, problems in found.refused.items())
        return found.rows, refused, workspace or table.parent
    if workspace is None:
        raise DpaError.of("there is nothing to make.", "Name the folder of a workspace, or a table with --from.")
    return _descriptions(workspace), (), workspace


def _descriptions(workspace: Path) -> tuple[Path, ...]:
    from dpa_gen.errors import DpaError, Place
    from dpa_gen.workspaces import descriptions

    found = descriptions(_folder(workspace))
    if not found:
        mend = "Put a description in processors/, or begin with `dpa-gen init`."
        raise DpaError.of("there are no descriptions in this folder.", mend, Place(str(workspace)))
    return found


def _folder(workspace: Path) -> Path:
    from dpa_gen.errors import DpaError, Place

    if not workspace.is_dir():
        raise DpaError.of("this is not a folder.", "Give the folder of the workspace.", Place(str(workspace)))
    return workspace


@click.command(short_help="Write a workspace as a table for a spreadsheet.")
@click.argument("workspace", required=False, type=EXISTING)
@click.argument("file", required=False, type=EXISTING)
@click.option("--empty", type=EXISTING, help="A table without rows, its columns explained, to hand to a colleague.")
@click.option("--language", "-l", type=LANGUAGE, default="nl", help="Of the explanation of the columns.")
@click.option("--force", is_flag=True, help="Overwrite a file that is there.")
def table(workspace: Path | None, file: Path | None, empty: Path | None, language: str, force: bool) -> None:
    """Write a table (.xlsx or .csv) with one row for each description; `batch --from` makes contracts of it.

    Columns are paths of a description, such as processor.name. Lists are parted with a semicolon, or have a sheet
    of their own. With --empty the columns are there and explained, and the rows are for whoever fills them in.

    \b
    Examples:
      dpa-gen table mijn-praktijk verwerkers.xlsx
      dpa-gen table --empty verwerkers.xlsx
    """
    from dpa_gen.errors import DpaError, Place
    from dpa_gen.files import write
    from dpa_gen.grid import writing

    target = empty or file
    if target is None or target.suffix.lower() not in (".xlsx", ".csv"):
        mend = "Write it as in: dpa-gen table mijn-praktijk verwerkers.xlsx"
        raise DpaError.of("a table is a file that ends in .xlsx or .csv.", mend, Place(str(target or "")))
    if target.exists() and not force:
        raise DpaError.of("this file is already there.", "Give --force to replace it.", Place(str(target)))
    if empty or workspace is None:
        book = writing.empty(language)
    else:
        book = writing.of_workspace(_descriptions(workspace), language, target.suffix.lower() == ".csv")
    write(target, writing.as_bytes(book, target))
    click.echo(str(target))
