"""Register, to-do list and marks: the commands around a whole workspace."""

from __future__ import annotations

import json
import os
import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dpa_gen.commands.shared import DONE, EXISTING, MEND
from dpa_gen.errors import DpaError, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dpa_gen.sheets.sheet import Book
    from dpa_gen.tasks.task import Task
    from dpa_gen.workspaces import Workspace

DAY = click.DateTime(["%Y-%m-%d"])


def day_of(given: datetime | None) -> date:
    """The day that was given, or today: the only place where these commands read the clock."""
    return given.date() if given else date.today()


TODAY = click.option("--today", type=DAY, metavar="DATE", help="Another day than today, as 2026-12-01.")
JSON = click.option("--json", "as_json", is_flag=True, help="Tell it as JSON.")


@click.command()
@click.argument("workspace", type=EXISTING)
@click.option(
    "--output", "-o", "outputs", multiple=True, type=EXISTING, help="A file: .xlsx, .csv, .docx, .html or .json."
)
@TODAY
@JSON
def register(workspace: Path, outputs: tuple[Path, ...], today: datetime | None, as_json: bool) -> None:
    """Make the record of processing activities (Article 30), with agreements, sub-processors and transfers.

    Without --output it prints a summary. A file that cannot be read is named and left out; then it ends with 2.

    \b
    Examples:
      dpa-gen register mijn-praktijk
      dpa-gen register mijn-praktijk -o register.xlsx -o register.docx -o register.html
    """
    from dpa_gen.register.book import register as made
    from dpa_gen.workspaces import read

    found = read(workspace, day_of(today))
    book = made(found, day_of(today))
    for output in outputs:
        for path, content in written(book, output):
            _save(path, content)
    if as_json:
        click.echo(as_text(book_json(book, found)), nl=False)
    elif not outputs:
        _summary(book)
    sys.exit(troubles(found))


@click.command()
@click.argument("workspace", type=EXISTING)
@click.option(
    "--output", "-o", "outputs", multiple=True, type=EXISTING, help="A file: .xlsx, .docx, .csv, .html, .ics or .json."
)
@click.option("--within", type=int, default=90, show_default=True, help="How many days ahead the list looks.")
@TODAY
@JSON
def todo(workspace: Path, outputs: tuple[Path, ...], within: int, today: datetime | None, as_json: bool) -> None:
    """Say who has to do what by when, most urgent first, each with its reason and its source.

    The answers of `dpa-gen avg-check` are in it as well, when they lie in the workspace.

    \b
    Examples:
      dpa-gen todo mijn-praktijk
      dpa-gen todo mijn-praktijk -o te-doen.xlsx -o te-doen.ics
    """
    from dpa_gen.tasks import practice
    from dpa_gen.tasks.lists import list_of
    from dpa_gen.workspaces import read

    found = read(workspace, day_of(today))
    tasks = list_of(found, practice.answers(workspace / practice.KEPT_IN), day_of(today), within)
    for output in outputs:
        for path, content in listed(tasks, found, output, day_of(today)):
            _save(path, content)
    if as_json:
        click.echo(as_text(tasks_json(tasks, found)), nl=False)
    elif not outputs:
        say_tasks(tasks, found.language, day_of(today))
    sys.exit(troubles(found))


@click.command()
@click.argument("processor", type=EXISTING)
@click.argument("state", type=click.Choice(["sent", "signed", "ended"]))
@click.option("--on", "on", type=DAY, required=True, metavar="DATE", help="The day on which it happened.")
@click.option("--file", "signed_file", type=EXISTING, help="The signed copy.")
@TODAY
@JSON
def mark(
    processor: Path, state: str, on: datetime, signed_file: Path | None, today: datetime | None, as_json: bool
) -> None:
    """Write into the processor's file that its agreement was sent, signed or ended.

    Comments and the order of the file stay as they are.

    \b
    Examples:
      dpa-gen mark processors/nieuwsbrief.yaml sent --on 2026-12-01
      dpa-gen mark processors/nieuwsbrief.yaml signed --on 2026-12-09 --file contracten/nieuwsbrief-getekend.pdf
    """
    from dpa_gen.marking import update

    if on.date() > day_of(today):
        raise DpaError.of(f"{on.date()} is still to come.", "Give the day on which it happened.")
    values = {"state": state, state: on.date().isoformat()}
    if signed_file is not None:
        values["file"] = _seen_from(signed_file, processor.parent)
    _in_order(processor, values)
    update(processor, "agreement", values)
    click.echo(
        as_text({"description": str(processor), "agreement": values}) if as_json else str(processor), nl=not as_json
    )


def _seen_from(file: Path, folder: Path) -> str:
    """The name of a file as it is found from a folder; raises `DpaError` when it is not there."""
    if not file.is_file():
        raise DpaError.of("there is no such file.", "Give the file of the signed agreement.", Place(str(file)))
    return Path(os.path.relpath(file.resolve(), folder.resolve())).as_posix()


def _in_order(processor: Path, values: dict[str, str]) -> None:
    """Refuse dates that cannot be: an agreement is sent before it is signed, and signed before it ends."""
    from dpa_gen import source
    from dpa_gen.keeping import Standing
    from dpa_gen.shape import fit

    there = source.read(processor)
    stated = there.value.get("agreement") if isinstance(there.value, dict) else None
    known = stated if isinstance(stated, dict) else {}
    fit(Standing, {**known, **values}, lambda path, key=False: there.place(("agreement", *path), key))


def written(book: Book, output: Path) -> Iterator[tuple[Path, bytes]]:
    """The files of a book in the format that a name asks for."""
    from dpa_gen.sheets.words import label

    kind = output.suffix.lower()
    if kind == ".xlsx":
        from dpa_gen.sheets.xlsx import xlsx

        yield output, xlsx(book)
    elif kind == ".docx":
        from dpa_gen.sheets.page import page

        yield output, page(book)
    elif kind == ".html":
        from dpa_gen.sheets.html import html

        yield output, html(book, label("overview", book.language))
    elif kind == ".json":
        yield output, as_text(book_json(book, None)).encode()
    elif kind == ".csv":
        yield from _separated(book, output)
    else:
        raise _unknown(output, ".xlsx, .csv, .docx, .html or .json")


def _separated(book: Book, output: Path) -> Iterator[tuple[Path, bytes]]:
    """A .csv for each sheet that has rows; the first has the name that was given."""
    from dpa_gen.files import safe_name
    from dpa_gen.sheets.separated import separated

    for number, sheet in enumerate(book.filled()):
        name = output if not number else output.with_name(f"{output.stem}-{safe_name(sheet.title.lower())}.csv")
        yield name, separated(sheet, book.language)


def _unknown(output: Path, kinds: str) -> DpaError:
    return DpaError.of("this kind of file is not made.", f"End the name in {kinds}.", Place(str(output)))


def listed(tasks: tuple[Task, ...], found: Workspace, output: Path, today: date) -> Iterable[tuple[Path, bytes]]:
    """The files of a to-do list in the format that a name asks for."""
    from dpa_gen.tasks.lists import book, events

    made = book(tasks, found, today)
    if output.suffix.lower() == ".ics":
        from dpa_gen.sheets.calendar import calendar

        return [(output, calendar(events(tasks), today, f"{made.title}: {found.name}"))]
    if output.suffix.lower() == ".json":
        return [(output, as_text(tasks_json(tasks, found)).encode())]
    if output.suffix.lower() not in (".xlsx", ".docx", ".csv", ".html"):
        raise _unknown(output, ".xlsx, .docx, .csv, .html, .ics or .json")
    return written(made, output)


def _save(path: Path, content: bytes) -> None:
    from dpa_gen.files import write

    write(path, content)
    click.echo(str(path))


def book_json(book: Book, found: Workspace | None) -> dict[str, Any]:
    """The register as plain values."""
    bars = {each.title: {bar.label: bar.count for bar in each.bars} for each in book.overview}
    plain: dict[str, Any] = {"title": book.title, "facts": dict(book.facts), "overview": bars}
    plain["sheets"] = {sheet.id: sheet.as_json() for sheet in book.sheets}
    return plain if found is None else {**plain, "problems": [str(problem) for problem in found.problems]}


def tasks_json(tasks: tuple[Task, ...], found: Workspace) -> dict[str, Any]:
    """A to-do list as plain values."""
    return {"tasks": [task.as_json() for task in tasks], "problems": [str(problem) for problem in found.problems]}


def as_text(value: Any) -> str:
    """Plain values as JSON, the same every time."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def troubles(found: Workspace) -> int:
    """Name the files that could not be read; the exit code that belongs to it."""
    for problem in found.problems:
        click.echo(str(problem), err=True)
    return MEND if found.problems else DONE


def _summary(book: Book) -> None:
    """The register in a few lines: who, the overview, and a line for each processing."""
    for label, value in book.facts:
        click.echo(f"{label}: {value}")
    for bars in book.overview:
        told = ", ".join(f"{bar.label} {bar.count}" for bar in bars.bars)
        click.echo(f"{bars.title}: {told}")
    for sheet in book.filled():
        click.echo(f"\n{sheet.title} ({len(sheet.rows)})")
        for row in sheet.rows:
            click.echo("  " + " | ".join(str(row[index]) for index in _telling(sheet.id) if row[index]))


def _telling(sheet: str) -> tuple[int, ...]:
    """The columns that tell a row from others in a summary."""
    return {"processing": (0, 8, 14), "for-controllers": (0, 4, 10), "agreements": (0, 1, 5)}.get(sheet, (0, 1, 2))


def say_tasks(tasks: tuple[Task, ...], language: str, today: date) -> None:
    """A to-do list as a person reads it, with what concerns the record under a heading of its own."""
    from dpa_gen.tasks.lists import lines

    for line in lines(tasks, language, today):
        click.echo(line)
