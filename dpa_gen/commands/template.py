"""House styles: list the shipped looks, export one to change in Word, lint one before it is used."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from dpa_gen.commands.shared import DONE, EXISTING, MEND
from dpa_gen.errors import DpaError, Place

LOOKS = {
    "plain": "sans serif, black and grey / schreefloos, zwart en grijs",
    "classic": "serif, as a notary or law firm writes / met schreef, zoals een notaris of advocaat",
    "modern": "sans serif with one quiet colour / schreefloos met een rustige kleur",
}


@click.group(short_help="House styles: read, export and check them.")
def template() -> None:
    """House styles: Word files whose styles, logo and page you change in Word.

    \b
    Example: dpa-gen template export plain huisstijl.docx
    """


@template.command(name="list")
def list_() -> None:
    """The looks that come with the program.

    \b
    Example: dpa-gen template list
    """
    for name, look in LOOKS.items():
        click.echo(f"{name:<8} {look}")


@template.command()
@click.argument("name", type=click.Choice(list(LOOKS)))
@click.argument("file", type=EXISTING)
def export(name: str, file: Path) -> None:
    """Write a copy of a look, to change in Word: colours, fonts, logo, page.

    \b
    Example: dpa-gen template export classic huisstijl.docx
    """
    from dpa_gen.files import write
    from dpa_gen.house import template_bytes

    if file.exists():
        raise DpaError.of("this file is there already.", "Give another name.", Place(str(file)))
    write(file, template_bytes(name, Path())[0])
    click.echo(str(file))


@template.command()
@click.argument("file", type=EXISTING)
def lint(file: Path) -> None:
    """Say everything that is wrong with a house style: unknown tags, missing styles, parts it would lose.

    \b
    Example: dpa-gen template lint huisstijl.docx
    """
    from dpa_gen.templatelint import problems_of

    problems = problems_of(file)
    for problem in problems:
        click.echo(str(problem))
    if not problems:
        click.echo(f"{file}: no faults")
    sys.exit(MEND if problems else DONE)
