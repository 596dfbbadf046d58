"""The rules that `dpa-gen check` holds a contract to."""

from __future__ import annotations

import sys

import click

from dpa_gen.commands.shared import DONE, LANGUAGE, MEND

WIDTH = 80


@click.command(short_help="Show every rule with its reason and source.")
@click.argument("names", nargs=-1)
@click.option("--language", "-l", type=LANGUAGE, default="nl", help="nl or en; Dutch unless told otherwise.")
@click.option("--json", "as_json", is_flag=True, help="Tell them as JSON, in both languages.")
@click.option("--markdown", "as_page", is_flag=True, help="Print the page of the docs.")
def rules(names: tuple[str, ...], language: str, as_json: bool, as_page: bool) -> None:
    """Show every rule of `dpa-gen check`, or the rules that are named, with its reason and its source in law.

    \b
    Example: dpa-gen rules T43 kvk-digits
    """
    from dpa_gen import rulebook

    found = rulebook.chosen(names)
    if names and not found:
        click.echo(f"There is no rule {', '.join(names)}. `dpa-gen rules` shows them all.", err=True)
        sys.exit(MEND)
    if as_page:
        click.echo(rulebook.as_markdown(), nl=False)
    elif as_json:
        click.echo(rulebook.as_json(found), nl=False)
    else:
        for line in rulebook.as_text(found, language, WIDTH):
            click.echo(line)
    sys.exit(DONE)
