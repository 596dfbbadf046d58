"""A workspace -> its to-do list, most urgent first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from dpa_gen import law
from dpa_gen.activities import FOLDER, Activity
from dpa_gen.description import Contact
from dpa_gen.intake import SHARED_FILE
from dpa_gen.questions import OWN_HANDS, USE, given, judged
from dpa_gen.subject import Subject, subjects
from dpa_gen.tasks.agreements import agreement_tasks
from dpa_gen.tasks.facts import fact_tasks, listing, shared
from dpa_gen.tasks.task import Setting, Task, by_urgency, kinds
from dpa_gen.wording import day
from dpa_gen.workspaces import Workspace, name_of

HORIZON = 90  # days; what comes later is shown when it is asked for
US = {"nl": "uzelf", "en": "you"}
ABSENT = {
    "retention": {"nl": "bewaartermijn", "en": "retention period"},
    "measures": {"nl": "beveiligingsmaatregelen", "en": "security measures"},
}


def todo(workspace: Workspace, today: date, horizon: int = HORIZON) -> tuple[Task, ...]:
    """Everything to be done within a number of days, and what should have been done already."""
    found = sorted(everything(workspace, today), key=by_urgency)
    return tuple(task for task in found if task.by <= today + timedelta(days=horizon))


def everything(workspace: Workspace, today: date) -> Iterator[Task]:
    """Every task of a workspace, in no order."""
    setting = Setting(today, workspace.language, responsible(workspace))
    known = tuple(subjects(workspace.members, workspace.side, workspace.language, today))
    for subject in known:
        yield from agreement_tasks(subject, setting)
        yield from fact_tasks(subject, setting)
        yield from _judgement(subject, setting)
    yield from _house(workspace, setting, known)


def responsible(workspace: Workspace) -> str:
    """Who has to do it: the person whom the owner names as its contact."""
    owner = workspace.owner
    person = _person(owner.contact) if owner else ""
    return person or name_of(owner) or US[workspace.language]


def _person(contact: object) -> str:
    return contact.name or "" if isinstance(contact, Contact) else ""


def _house(workspace: Workspace, setting: Setting, known: tuple[Subject, ...]) -> Iterator[Task]:
    """What concerns the workspace as a whole."""
    yield from _unreadable(workspace, setting)
    yield from _own_facts(workspace, setting, known)
    if workspace.side == "controller":
        yield from _legal_bases(workspace, setting, known)
        yield from _own_processing(workspace, setting)
    for file, activity in workspace.activities:
        yield from _incomplete(setting, file, activity)
    if setting.today > law.review_by():
        words = {"date": day(law.checked_on(), setting.language)}
        yield setting.task("countries-old", setting.today, "countries", words)


def _judgement(subject: Subject, setting: Setting) -> Iterator[Task]:
    """What comes of the five questions, once they were put."""
    if subject.side != "controller" or not given(subject.description.assessment, subject):
        return
    found = judged(subject)
    if found.outcome != USE:
        kind = "unsuitable" if found.outcome == OWN_HANDS else "doubtful"
        facts = listing(question.todo[setting.language] for question, _ in found.open_points())
        file, by = subject.member.file, setting.in_days(kinds()[kind].within)
        yield setting.task(kind, by, file, {"service": subject.service, "facts": facts}, subject.service, file)


def _unreadable(workspace: Workspace, setting: Setting) -> Iterator[Task]:
    for problem in workspace.problems:
        words = {"path": str(problem.place), "problem": problem.what}
        yield setting.task("unreadable", setting.today, str(problem), words, file=problem.place.file)


def _own_facts(workspace: Workspace, setting: Setting, known: tuple[Subject, ...]) -> Iterator[Task]:
    """What the owner must fill in about itself, once for all descriptions."""
    titles: dict[str, None] = {}
    for subject in known:
        own = subject.open_facts(workspace.side)
        titles |= dict.fromkeys(title for path, title in own.items() if shared(path, workspace.side))
    if titles:
        words = {"service": name_of(workspace.owner) or SHARED_FILE, "facts": listing(titles)}
        yield setting.task("fill", setting.in_days(kinds()["fill"].within), SHARED_FILE, words, file=SHARED_FILE)


def _legal_bases(workspace: Workspace, setting: Setting, known: tuple[Subject, ...]) -> Iterator[Task]:
    """The processing of which the legal basis is not noted, in one task."""
    names = [subject.service for subject in known if not subject.description.record.legal_basis]
    names += [_said(activity, setting.language) for _, activity in workspace.activities if not activity.legal_basis]
    if names:
        by = setting.in_days(kinds()["legal-basis"].within)
        yield setting.task("legal-basis", by, "legal-basis", {"facts": listing(names)})


def _said(activity: Activity, language: str) -> str:
    return activity.name.in_language(language) or activity.name.nl or activity.name.en or ""


def _own_processing(workspace: Workspace, setting: Setting) -> Iterator[Task]:
    if not workspace.activities:
        by = setting.in_days(kinds()["own-processing"].within)
        yield setting.task("own-processing", by, "own-processing", {"folder": FOLDER})


def _incomplete(setting: Setting, file: str, activity: Activity) -> Iterator[Task]:
    """What the record asks of an activity and its file does not tell."""
    absent = [words[setting.language] for key, words in ABSENT.items() if not getattr(activity, key)]
    if absent:
        about = _said(activity, setting.language)
        by = setting.in_days(kinds()["incomplete"].within)
        yield setting.task("incomplete", by, file, {"service": about, "facts": listing(absent)}, about, file)
