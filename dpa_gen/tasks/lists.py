"""Tasks -> a list to read: lines of text, or a book of one sheet; the answers of the practice's own check are in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from dpa_gen.findings import Severity
from dpa_gen.questions import Reply
from dpa_gen.sheets.calendar import Event
from dpa_gen.sheets.sheet import Bar, Bars, Book, Sheet
from dpa_gen.sheets.words import column, label, word
from dpa_gen.tasks import practice
from dpa_gen.tasks.task import Setting, Task, by_urgency
from dpa_gen.tasks.todo import everything, responsible
from dpa_gen.wording import day
from dpa_gen.workspaces import Workspace, name_of

COLUMNS = ("by", "severity", "who", "about", "what", "why", "source", "description", "done")
PRIORITIES = {Severity.RED: 1, Severity.AMBER: 5, Severity.INFO: 9}
TONES = {"red": "bad", "amber": "warn", "info": "plain"}


def list_of(workspace: Workspace, answered: Mapping[str, Reply], today: date, within: int) -> tuple[Task, ...]:
    """The to-do list of a workspace with what the answers of its own check ask, for a number of days ahead."""
    setting = Setting(today, workspace.language, responsible(workspace))
    shown = practice.shown(workspace, practice.of_workspace(workspace, setting))
    tasks = [*everything(workspace, today), *practice.practice_tasks({**answered, **shown}, setting)]
    return tuple(sorted((task for task in tasks if task.by <= today + timedelta(days=within)), key=by_urgency))


def lines(tasks: tuple[Task, ...], language: str, today: date) -> Iterator[str]:
    """The list as text: what concerns the record comes last, under its own heading."""
    if not tasks:
        yield label("none-open", language)
    groups = (("tasks", [task for task in tasks if not task.part]), ("register", [task for task in tasks if task.part]))
    for name, group in groups:
        if group:
            heading = word("titles", "tasks", language) if name == "tasks" else label("register-part", language)
            yield from (f"{heading} ({len(group)})", "")
            for task in group:
                yield from _entry(task, language, today)


def _entry(task: Task, language: str, today: date) -> Iterator[str]:
    late = f" ({label('late', language)})" if task.by < today else ""
    yield f"{task.by.isoformat()}{late} [{word('severities', task.severity.value, language)}] {task.who}: {task.what}"
    yield f"    {task.why}"
    yield f"    {word('columns', 'source', language)}: {task.source}"
    if task.file:
        yield f"    {task.file}"
    yield ""


def book(tasks: tuple[Task, ...], workspace: Workspace, today: date) -> Book:
    """The list as a book of one sheet."""
    language = workspace.language
    severities = tuple(word("severities", each.value, language) for each in Severity)
    choices = {"severity": severities, "done": (label("yes", language),)}
    columns = tuple(column(key, language, choices.get(key, ())) for key in COLUMNS)
    rows = tuple(
        (task.by, word("severities", task.severity.value, language), task.who, task.about, task.what, task.why,
         task.source, task.file, "") for task in tasks
    )  # fmt: skip
    title = word("titles", "tasks", language)
    facts = ((name_of(workspace.owner) or workspace.name, day(today, language)),)
    sheet = Sheet("tasks", word("sheets", "tasks", language), columns, rows)
    return Book(title, language, facts, (sheet,), (_by_severity(tasks, title, language),))


def _by_severity(tasks: tuple[Task, ...], title: str, language: str) -> Bars:
    found = [task.severity for task in tasks]
    bars = (Bar(word("severities", each.value, language), found.count(each), TONES[each.value]) for each in Severity)
    return Bars(title, tuple(bars))


def events(tasks: tuple[Task, ...]) -> Iterator[Event]:
    """The list as events for a calendar."""
    for task in tasks:
        yield Event(
            task.id, task.by, task.what, (task.why, task.source, task.who, task.file), PRIORITIES[task.severity]
        )
