"""The practice's own check: what a workspace shows of it, the answers kept in `avg-check.yaml`, and the tasks of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from dpa_gen import source
from dpa_gen.errors import DpaError, Place, Problem, raise_any
from dpa_gen.files import write
from dpa_gen.findings import Severity
from dpa_gen.keeping import ANSWERS
from dpa_gen.questions import NO, PARTLY, YES, Question, Reply, of_practice
from dpa_gen.subject import Subject, subjects
from dpa_gen.tasks.task import Setting, Task, identity
from dpa_gen.values import Open
from dpa_gen.workspaces import Workspace

KEPT_IN = "avg-check.yaml"
SOURCES = {"nl": "uit de map", "en": "from the folder"}
HEADS = {
    "nl": "# De antwoorden van dpa-gen avg-check: yes (ja), no (nee), partly (deels), unknown, not-applicable.",
    "en": "# The answers of dpa-gen avg-check: yes, no, partly, unknown or not-applicable.",
}


def answers(path: Path) -> dict[str, Reply]:
    """The answers that a file holds, none when it is not there; raises `DpaError` with every problem at once."""
    if not path.exists():
        return {}
    read = source.read(path)
    known = {question.id for question in of_practice()}
    if not isinstance(read.value, dict):
        raise DpaError.of(
            "this file does not hold answers", "Write a line such as `notice: yes`.", Place(read.name, 1, 1)
        )
    raise_any(_problems(read, known))
    return {name: Reply(ANSWERS[str(value).strip().lower()]) for name, value in read.value.items()}


def _problems(read: source.Source, known: set[str]) -> Iterator[Problem]:
    for name, value in read.value.items():
        if name not in known:
            mend = f"The questions are: {', '.join(question.id for question in of_practice())}."
            yield Problem(f"“{name}” is not a question.", mend, read.place((name,), key=True))
        elif not isinstance(value, str) or value.strip().lower() not in ANSWERS:
            yield Problem(f"{name}: this is not an answer.", "Write yes, no, partly, unknown or not-applicable.",
                          read.place((name,)))  # fmt: skip


def keep(path: Path, replies: Mapping[str, Reply], language: str) -> None:
    """Write the answers, in the order of the questions, so that the check can be broken off and taken up again."""
    lines = [f"{question.id}: {replies[question.id].answer}" for question in of_practice() if question.id in replies]
    write(path, ("\n".join([HEADS[language], *lines]) + "\n").encode())


def shown(workspace: Workspace, known: tuple[Subject, ...]) -> dict[str, Reply]:
    """What the workspace shows already, so that it need not be asked."""
    found = {name: look(workspace, known) for name, look in LOOKS.items()}
    return {name: reply for name, reply in found.items() if reply is not None}


def of_workspace(workspace: Workspace, setting: Setting) -> tuple[Subject, ...]:
    """The descriptions of a workspace as the check looks at them."""
    return tuple(subjects(workspace.members, workspace.side, setting.language, setting.today))


def practice_tasks(replies: Mapping[str, Reply], setting: Setting) -> Iterator[Task]:
    """What has to be done after the answers that are not good; what the files show has tasks of its own."""
    for question in of_practice():
        reply = replies.get(question.id)
        if reply is not None and not reply.good and not reply.shown:
            yield _task(question, reply, setting)


def _task(question: Question, reply: Reply, setting: Setting) -> Task:
    language = setting.language
    part = question.part if question.part == "register" else ""
    severity = Severity.RED if reply.answer == NO else Severity.AMBER
    name, by = identity("avg", question.id), setting.in_days(question.within)
    words = (question.todo[language], question.because[language], question.source[language])
    return Task(name, "avg", severity, by, setting.who, "", *words, KEPT_IN, part)


def _some(done: int, of: int) -> Reply:
    """All of them is a yes, none of them a no."""
    return Reply(YES if done == of else PARTLY if done else NO, f"{done}/{of}", shown=True)


def _register(workspace: Workspace, known: tuple[Subject, ...]) -> Reply | None:
    count = len(known) + len(workspace.activities)
    return Reply(YES, f"{count}", shown=True) if count else None


def _own(workspace: Workspace, known: tuple[Subject, ...]) -> Reply | None:
    return Reply(YES, f"{len(workspace.activities)}", shown=True) if workspace.activities else None


def _bases(workspace: Workspace, known: tuple[Subject, ...]) -> Reply | None:
    every = [subject.description.record.legal_basis for subject in known]
    every += [activity.legal_basis for _, activity in workspace.activities]
    return _some(sum(map(bool, every)), len(every)) if every else None


def _special(workspace: Workspace, known: tuple[Subject, ...]) -> Reply | None:
    """Each special category names its exception; without any in the files the practice is asked."""
    found = [use for subject in known for use in subject.member.facts.value("special_categories") or ()]
    return _some(sum(use.basis is not None for use in found), len(found)) if found else None


def _numbers(workspace: Workspace, known: tuple[Subject, ...]) -> Reply | None:
    found = [use for subject in known for use in subject.member.facts.value("national_numbers") or ()]
    return _some(sum(use.basis is not None for use in found), len(found)) if found else None


def _agreements(workspace: Workspace, known: tuple[Subject, ...]) -> Reply | None:
    states = [subject.progress.state for subject in known if subject.progress.state != "ended"]
    return _some(states.count("signed"), len(states)) if states else None


def _chain(workspace: Workspace, known: tuple[Subject, ...]) -> Reply | None:
    lists = [subject.description.subprocessors.list_ for subject in known]
    return _some(sum(not isinstance(each, Open) for each in lists), len(lists)) if lists else None


def _transfers(workspace: Workspace, known: tuple[Subject, ...]) -> Reply | None:
    """Whether it is known for each service where the data go, and on which basis."""
    settled = [not _unsettled(subject) for subject in known]
    return _some(sum(settled), len(settled)) if settled else None


def _unsettled(subject: Subject) -> bool:
    processing, rows = subject.description.processing, subject.member.facts.transfers
    if isinstance(processing.locations, Open) or isinstance(processing.remote_access, Open) or isinstance(rows, Open):
        return True
    return any(row.transfer is None or isinstance(row.transfer, Open) for row in rows)


def _supervision(workspace: Workspace, known: tuple[Subject, ...]) -> Reply | None:
    signed = [subject for subject in known if subject.progress.state == "signed"]
    checked = sum(subject.description.supervision.checked is not None for subject in signed)
    return Reply(YES, f"{checked}/{len(signed)}", shown=True) if signed and checked == len(signed) else None


def _periods(workspace: Workspace, known: tuple[Subject, ...]) -> Reply | None:
    every = [not isinstance(subject.description.processing.retention, Open) for subject in known]
    every += [bool(activity.retention) for _, activity in workspace.activities]
    return None if all(every) and not workspace.activities else _some(sum(every), len(every))


def _officer(workspace: Workspace, known: tuple[Subject, ...]) -> Reply | None:
    named = workspace.owner is not None and workspace.owner.dpo is not None
    return Reply(YES, shown=True) if named else None


def _impact(workspace: Workspace, known: tuple[Subject, ...]) -> Reply | None:
    sensitive = [subject.description.record.impact_assessment for subject in known if subject.sensitive]
    if not sensitive:
        return None
    return _some(sum(each is not None and each.outcome != "planned" for each in sensitive), len(sensitive))


LOOKS: dict[str, Callable[[Workspace, tuple[Subject, ...]], Reply | None]] = {
    "register-exists": _register,
    "register-own": _own,
    "basis": _bases,
    "special": _special,
    "bsn": _numbers,
    "agreements": _agreements,
    "chain": _chain,
    "transfers": _transfers,
    "supervision": _supervision,
    "periods": _periods,
    "dpo": _officer,
    "dpia": _impact,
}
