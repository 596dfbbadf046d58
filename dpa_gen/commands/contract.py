"""Begin, make, check, and the schema: the commands around one contract."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from dpa_gen.commands.shared import DONE, EXISTING, INCOMPLETE, MEND
from dpa_gen.errors import DpaError

Given = TypeVar("Given")

if TYPE_CHECKING:
    from dpa_gen.generate import Wishes
    from dpa_gen.making import Order, Result
    from dpa_gen.report import Line

    Do = Callable[[Path, Wishes, Order], Result]


@click.command(short_help="Begin a workspace with an example.")
@click.argument("directory", type=EXISTING)
def init(directory: Path) -> None:
    """Write a workspace to start from: shared file, one processor, a folder for own wording.

    \b
    Example: dpa-gen init mijn-praktijk
    """
    from dpa_gen.workspace import begin

    for written in begin(directory):
        click.echo(str(written))


@click.command(short_help="Make contracts as Word files.")
@click.argument("descriptions", nargs=-1, required=True, type=EXISTING)
@click.option("--output", "-o", type=EXISTING, help="A file (.docx), or a folder for the contracts.")
@click.option(
    "--language", "-l", "languages", multiple=True, type=click.Choice(["nl", "en"]), help="Instead of its own."
)
@click.option("--template", "-t", help="A house style (.docx), or plain, classic or modern.")
@click.option("--clauses", "-c", multiple=True, type=EXISTING, help="A folder with own wording; may be given again.")
@click.option("--pdf", "with_pdf", is_flag=True, help="Make the PDF as well, with LibreOffice.")
@click.option("--draft", is_flag=True, help="Mark every page as a draft; writes an incomplete contract too.")
@click.option("--force", is_flag=True, help="Overwrite a file that was changed since it was made.")
@click.option("--json", "as_json", is_flag=True, help="Tell what was made as JSON.")
def generate(
    descriptions: tuple[Path, ...],
    output: Path | None,
    languages: tuple[str, ...],
    template: str | None,
    clauses: tuple[Path, ...],
    with_pdf: bool,
    draft: bool,
    force: bool,
    as_json: bool,
) -> None:
    """Make the contract of each description, as a Word file.

    Prints the path of every file that was made. Ends with 1 when the law would call a contract incomplete (it is
    then not written), with 2 when a file must be mended first.

    \b
    Examples:
      dpa-gen generate processors/nieuwsbrief.yaml
      dpa-gen generate processors/*.yaml --output contracten/ --pdf
      dpa-gen generate agreement.yaml --language nl --language en --draft
    """
    from dpa_gen.generate import Wishes
    from dpa_gen.making import Order, make

    order = Order(output, with_pdf, force, len(descriptions) > 1)
    wishes = Wishes(languages, template, clauses, draft)
    sys.exit(_each(descriptions, wishes, order, as_json, make))


@click.command(short_help="Say what is missing, open or assumed.")
@click.argument("descriptions", nargs=-1, required=True, type=EXISTING)
@click.option(
    "--language", "-l", "languages", multiple=True, type=click.Choice(["nl", "en"]), help="Instead of its own."
)
@click.option("--clauses", "-c", multiple=True, type=EXISTING, help="A folder with own wording; may be given again.")
@click.option("--json", "as_json", is_flag=True, help="Tell it as JSON.")
def check(descriptions: tuple[Path, ...], languages: tuple[str, ...], clauses: tuple[Path, ...], as_json: bool) -> None:
    """Say what a contract would lack, what is still open, and which defaults it would print.

    \b
    Example: dpa-gen check processors/nieuwsbrief.yaml
    """
    from dpa_gen.generate import Wishes
    from dpa_gen.making import Order, inspect

    sys.exit(_each(descriptions, Wishes(languages, None, clauses), Order(), as_json, inspect))


@click.command(short_help="Print the JSON Schema for editors.")
def schema() -> None:
    """Print the JSON Schema of a description, for editors that complete and check YAML.

    \b
    Example: dpa-gen schema > dpa-gen.schema.json
    """
    from dpa_gen.schema import schema_text

    click.echo(schema_text(), nl=False)


def _each(descriptions: tuple[Path, ...], wishes: Wishes, order: Order, as_json: bool, do: Do) -> int:
    """Do something for each description; one that must be mended does not stop the others."""
    from dpa_gen.report import as_text, to_json

    code = DONE
    told: list[object] = []
    wishes = replace(wishes, languages=_once(wishes.languages))
    for path in _once(descriptions):
        try:
            result = do(path, wishes, order)
        except DpaError as trouble:
            click.echo(str(trouble), err=True)
            code = max(code, MEND)
            told.append({"description": str(path), "problems": [problem.as_json() for problem in trouble.problems]})
            continue
        made = {Path(outcome.file).resolve() for outcome in result.outcomes if outcome.file}
        order = replace(order, taken=order.taken | made)
        code = max(code, INCOMPLETE if result.incomplete else DONE)
        told.append(result.as_json())
        if not as_json:
            _say(as_text(result))
    if as_json:
        click.echo(to_json(told), nl=False)
    return code


def _once(given: tuple[Given, ...]) -> tuple[Given, ...]:
    """The same, each once, in the order in which they came."""
    return tuple(dict.fromkeys(given))


def _say(lines: Iterator[Line]) -> None:
    for line, is_result in lines:
        click.echo(line, err=not is_result)
