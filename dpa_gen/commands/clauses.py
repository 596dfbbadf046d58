"""The clause library: read it, make it the house's own, and lint it."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from dpa_gen.commands import wording
from dpa_gen.commands.shared import EXISTING, LANGUAGE


@click.group(short_help="The words: read, change and lint them.")
def clauses() -> None:
    """The clause library: read it, make it the house's own, and lint it.

    \b
    Example: dpa-gen clauses lint eigen-tekst/
    """


for _command in wording.COMMANDS:
    clauses.add_command(_command)


@clauses.command()
@click.argument("folders", metavar="[FOLDER]...", nargs=-1, type=EXISTING)
@click.option("--language", "-l", type=LANGUAGE, default="nl", show_default=True, help="Of the findings.")
@click.option("--json", "as_json", is_flag=True, help="Tell it as JSON.")
@click.option("--sarif", "as_sarif", is_flag=True, help="Tell it as SARIF 2.1.0, for code review.")
@click.option(
    "--fail-on",
    type=click.Choice(["red", "amber", "info"]),
    default="red",
    show_default=True,
    help="End with 1 when there is a finding of this severity, or a graver one.",
)
def lint(folders: tuple[Path, ...], language: str, as_json: bool, as_sarif: bool, fail_on: str) -> None:
    """Say everything that is wrong with the language of own wording: all faults of all files at once.

    Without FOLDER: the folders that the shared file here names, or else the shipped library itself. Of several
    folders the first lies on top. Ends with 1 when there is a finding as grave as --fail-on, with 2 when a file
    cannot be read (the others are linted all the same). A comment accepts a finding, above the words or within
    their paragraph: # lint: accept <rule>: <reason>

    \b
    Examples:
      dpa-gen clauses lint eigen-tekst/
      dpa-gen clauses lint eigen-tekst/ --fail-on amber --sarif > lint.sarif
    """
    from dpa_gen.findings import Severity
    from dpa_gen.generate import usual_folders
    from dpa_gen.lint import telling
    from dpa_gen.lint.linting import findings
    from dpa_gen.lint.reading import linted
    from dpa_gen.lint.rules import rules
    from dpa_gen.sarif import sarif

    found = findings(linted(folders or usual_folders(Path())), language)
    if as_sarif:
        click.echo(sarif(found, rules().values(), language), nl=False)
    elif as_json:
        click.echo(telling.as_json(found), nl=False)
    else:
        for line in telling.lines(found, language):
            click.echo(line)
    sys.exit(telling.exit_code(found, Severity(fail_on)))
