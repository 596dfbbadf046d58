"""Begin, make, check, and the schema: the commands around one contract."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
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
    Unread = tuple[Path, DpaError]


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
@click.option("--countries", type=EXISTING, help="A newer file with facts on countries, over the shipped one.")
@click.option("--pdf", "with_pdf", is_flag=True, help="Make the PDF as well, with LibreOffice.")
@click.option(
    "--draft",
    "--allow-incomplete",
    "draft",
    is_flag=True,
    help="Mark every page as a draft; writes an incomplete contract too.",
)
@click.option("--force", is_flag=True, help="Overwrite a file that was changed since it was made.")
@click.option("--json", "as_json", is_flag=True, help="Tell what was made as JSON.")
def generate(
    descriptions: tuple[Path, ...],
    output: Path | None,
    languages: tuple[str, ...],
    template: str | None,
    clauses: tuple[Path, ...],
    countries: Path | None,
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
    wishes = Wishes(languages, template, clauses, draft, countries, date.today())
    sys.exit(_each(descriptions, wishes, order, "json" if as_json else "text", make))


@click.command(short_help="Say what is wrong, risky, missing or assumed.")
@click.argument("descriptions", nargs=-1, required=True, type=EXISTING)
@click.option(
    "--language", "-l", "languages", multiple=True, type=click.Choice(["nl", "en"]), help="Instead of its own."
)
@click.option("--clauses", "-c", multiple=True, type=EXISTING, help="A folder with own wording; may be given again.")
@click.option("--countries", type=EXISTING, help="A newer file with facts on countries, over the shipped one.")
@click.option("--fail-on", type=click.Choice(["red", "amber", "info"]), default="red", help="End with 1 from here on.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="Another day than today, for the same outcome later.")
@click.option("--json", "as_json", is_flag=True, help="Tell it as JSON.")
@click.option("--sarif", "as_sarif", is_flag=True, help="Tell it as SARIF 2.1.0, for code hosts and editors.")
def check(
    descriptions: tuple[Path, ...],
    languages: tuple[str, ...],
    clauses: tuple[Path, ...],
    countries: Path | None,
    fail_on: str,
    today: datetime | None,
    as_json: bool,
    as_sarif: bool,
) -> None:
    """Say what is wrong or risky in a description and its contract, what is open, and which defaults it prints.

    Every finding has its place, its source in law and what to do; `dpa-gen rules` shows all rules. Ends with 1 when
    there is a red finding (or one of --fail-on) that is not accepted, with 2 when a file must be mended first.

    \b
    Examples:
      dpa-gen check processors/nieuwsbrief.yaml
      dpa-gen check processors/*.yaml --fail-on amber --sarif > findings.sarif
    """
    from dpa_gen.findings import Severity
    from dpa_gen.generate import Wishes
    from dpa_gen.making import Order, inspect

    if as_json and as_sarif:
        raise click.UsageError("Choose one of --json and --sarif.")
    wishes = Wishes(languages, None, clauses, countries=countries, today=today.date() if today else date.today())
    form = "sarif" if as_sarif else "json" if as_json else "text"
    sys.exit(_each(descriptions, wishes, Order(fail_on=Severity(fail_on)), form, inspect))


@click.command(short_help="Print the JSON Schema for editors.")
def schema() -> None:
    """Print the JSON Schema of a description, for editors that complete and check YAML.

    \b
    Example: dpa-gen schema > dpa-gen.schema.json
    """
    from dpa_gen.schema import schema_text

    click.echo(schema_text(), nl=False)


def _each(descriptions: tuple[Path, ...], wishes: Wishes, order: Order, form: str, do: Do) -> int:
    """Do something for each description; one that must be mended does not stop the others."""
    from dpa_gen.report import as_text

    code = DONE
    told: list[Result | Unread] = []
    wishes = replace(wishes, languages=_once(wishes.languages))
    for path in _once(descriptions):
        try:
            result = do(path, wishes, order)
        except DpaError as trouble:
            click.echo(str(trouble), err=True)
            code = max(code, MEND)
            told.append((path, trouble))
            continue
        made = {Path(outcome.file).resolve() for outcome in result.outcomes if outcome.file}
        order = replace(order, taken=order.taken | made)
        code = max(code, INCOMPLETE if result.failed else DONE)
        told.append(result)
        if form == "text":
            _say(as_text(result))
    if form != "text":
        click.echo(_as_json(told) if form == "json" else _as_sarif(told), nl=False)
    return code


def _as_json(told: list[Result | Unread]) -> str:
    from dpa_gen.report import to_json

    return to_json([_unread_json(*each) if isinstance(each, tuple) else each.as_json() for each in told])


def _unread_json(path: Path, trouble: DpaError) -> dict[str, object]:
    return {"description": str(path), "problems": [problem.as_json() for problem in trouble.problems]}


def _as_sarif(told: list[Result | Unread]) -> str:
    from dpa_gen.checks.rules import rules
    from dpa_gen.sarif import sarif

    outcomes = [outcome for each in told if not isinstance(each, tuple) for outcome in each.outcomes]
    findings = [finding for outcome in outcomes for finding in outcome.findings]
    problems = [problem for each in told if isinstance(each, tuple) for problem in each[1].problems]
    return sarif(findings, rules().values(), outcomes[0].language if outcomes else "nl", problems)


def _once(given: tuple[Given, ...]) -> tuple[Given, ...]:
    """The same, each once, in the order in which they came."""
    return tuple(dict.fromkeys(given))


def _say(lines: Iterator[Line]) -> None:
    for line, is_result in lines:
        click.echo(line, err=not is_result)
