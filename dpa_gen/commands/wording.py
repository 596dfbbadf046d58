"""The clause library for a lawyer: list, show, edit, diff, coverage, preview, guide."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dpa_gen.commands.shared import EXISTING, LANGUAGE

if TYPE_CHECKING:
    from dpa_gen.library import Library

FOLDERS = click.option(
    "--clauses", "-c", multiple=True, type=EXISTING, help="A folder with own wording; the first on top."
)
IN = click.option("--language", "-l", type=LANGUAGE, default="nl", show_default=True)
POSITION = click.Choice(["controller", "balanced", "processor"])
KIND = click.Choice(["clause", "contents", "vocabulary", "defaults"])


def _library(clauses: tuple[Path, ...]) -> Library:
    from dpa_gen.generate import usual_folders
    from dpa_gen.overlay import library

    return library(clauses or usual_folders(Path()))


@click.command(name="list")
@FOLDERS
@IN
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def list_(clauses: tuple[Path, ...], language: str, as_json: bool) -> None:
    """Every paragraph in the order of the contract, what it meets, and from which layer it comes.

    \b
    Example: dpa-gen clauses list
    """
    from dpa_gen.clauseview import rows

    found = list(rows(_library(clauses), language))
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    article = None
    for row in found:
        if row["article"] != article:
            article = row["article"]
            click.echo(f"\n{article}")
        when = f"  ({row['when']})" if row["when"] else ""
        click.echo(f"  {row['id']}{when}  [{row['layer']}]")
        if row["covers"]:
            click.echo(f"      {row['covers']}")


@click.command()
@click.argument("name", metavar="ID")
@FOLDERS
@IN
@click.option("--position", type=POSITION, help="Only this position.")
def show(name: str, clauses: tuple[Path, ...], language: str, position: str | None) -> None:
    """The words of an article or paragraph as they will be printed, with the note.

    \b
    Example: dpa-gen clauses show breaches.period --language en --position balanced
    """
    from dpa_gen.clauseview import told

    for line in told(_library(clauses), name, language, position or ""):
        click.echo(line)


@click.command()
@click.argument("name", metavar="ID")
@click.option("--folder", type=EXISTING, help="Where own wording is kept; else as in dpa-gen.yaml, or clauses.")
def edit(name: str, folder: Path | None) -> None:
    """Write an own file that starts from the shipped paragraph, ready to change.

    \b
    Example: dpa-gen clauses edit breaches.period
    """
    from dpa_gen.editing import edit as written
    from dpa_gen.generate import usual_folders
    from dpa_gen.overlay import library

    layers = (folder,) if folder else usual_folders(Path()) or (Path("clauses"),)
    below = library(tuple(layer for layer in layers if layer.is_dir()))
    click.echo(str(written(below, name, layers[0])))


@click.command()
@FOLDERS
def diff(clauses: tuple[Path, ...]) -> None:
    """What own wording differs from the shipped one, word by word, and what changed below it since.

    \b
    Example: dpa-gen clauses diff --clauses clauses/
    """
    from dpa_gen.editing import replaced_wording
    from dpa_gen.worddiff import change_told

    changes = _library(clauses).changes
    if not changes:
        click.echo("Nothing differs from the shipped wording.")
    for change in changes:
        folder = Path(change.after.layer) if change.after else Path(change.place.file).parent.parent
        for line in change_told(change, replaced_wording(folder, change.replaces) if change.replaces else None):
            click.echo(line)


@click.command()
@FOLDERS
@click.option("--for", "description", type=EXISTING, help="For the contract of this description alone.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def coverage(clauses: tuple[Path, ...], description: Path | None, as_json: bool) -> None:
    """A table of what the law asks against the paragraphs that meet it.

    \b
    Example: dpa-gen clauses coverage --for processors/nieuwsbrief.yaml
    """
    from dpa_gen.clauseview import covering
    from dpa_gen.generate import covered_by

    found = list(covered_by(description, clauses) if description else covering(_library(clauses)))
    if as_json:
        told = [{"requirement": name, "level": level, "paragraphs": list(where)} for name, level, where in found]
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    for name, level, where in found:
        click.echo(f"{name:<22} {level:<7} {', '.join(where) or '–'}")


@click.command()
@click.argument("name", metavar="ID")
@click.option("--output", "-o", type=EXISTING, help="The Word file to write.")
@FOLDERS
def preview(name: str, output: Path | None, clauses: tuple[Path, ...]) -> None:
    """A Word file of one article or paragraph alone, in every position and language.

    \b
    Example: dpa-gen clauses preview subprocessors --output voorbeeld.docx
    """
    from dpa_gen.files import safe_name, write
    from dpa_gen.guide import preview_docx

    target = output or Path(f"{safe_name(name)}.docx")
    write(target, preview_docx(_library(clauses), name))
    click.echo(str(target))


@click.command()
@click.option("--output", "-o", type=EXISTING, help="The Word file to write.")
@FOLDERS
@IN
def guide(output: Path | None, clauses: tuple[Path, ...], language: str) -> None:
    """The negotiation guide as a Word file: the three positions side by side, the note, the source of law.

    \b
    Example: dpa-gen clauses guide --language nl --output onderhandelingsgids.docx
    """
    from dpa_gen.files import write
    from dpa_gen.guide import guide_docx

    target = output or Path("onderhandelingsgids.docx" if language == "nl" else "negotiation-guide.docx")
    write(target, guide_docx(_library(clauses), language))
    click.echo(str(target))


@click.command()
@click.option("--of", "kind", type=KIND, default="clause", show_default=True, help="The kind of file.")
def schema(kind: str) -> None:
    """Print the JSON Schema of an own file, for editors that complete and check YAML.

    \b
    Example: dpa-gen clauses schema --of contents > contents.schema.json
    """
    from dpa_gen.clauseschema import clause_schema_text

    click.echo(clause_schema_text(kind), nl=False)


COMMANDS = (list_, show, edit, diff, coverage, preview, guide, schema)
