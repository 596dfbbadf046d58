"""The questions to a person: the five before a processor is engaged, and those of a practice's own check.

What the files already show is answered from them, with the reason; the rest is asked, or given in a file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import yaml

from dpa_gen.description import Transfer
from dpa_gen.keeping import Suitability
from dpa_gen.progress import EXPIRED
from dpa_gen.subject import Subject
from dpa_gen.values import Open, TermUse

YES, NO, PARTLY, UNKNOWN, NOT_APPLICABLE = "yes", "no", "partly", "unknown", "not-applicable"
GOOD = (YES, NOT_APPLICABLE)
USE, MEND, OWN_HANDS = "use", "mend", "own-hands"
TOO_MANY = 3  # of the five questions answered no, that make a processor unfit


@dataclass(frozen=True, slots=True)
class Question:
    """A question whose good answer is yes; why it is asked, on which authority, and what to do otherwise."""

    id: str
    ask: Mapping[str, str]
    because: Mapping[str, str]
    source: Mapping[str, str]
    todo: Mapping[str, str]
    part: str = ""
    within: int = 0


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, and what it rests on: the files (`shown`), the user's file, or the user at the terminal."""

    answer: str
    why: str = ""
    shown: bool = False

    @property
    def good(self) -> bool:
        """Whether nothing has to be done."""
        return self.answer in GOOD


@dataclass(frozen=True, slots=True)
class Verdict:
    """What comes of the five questions."""

    outcome: str  # USE, MEND or OWN_HANDS
    replies: Mapping[str, Reply]

    def open_points(self) -> Iterator[tuple[Question, Reply]]:
        """The questions that were not answered well."""
        for question in before_engaging():
            reply = self.replies.get(question.id, Reply(UNKNOWN))
            if not reply.good:
                yield question, reply


@cache
def _data() -> dict[str, Any]:
    text = files("dpa_gen").joinpath("data", "questions.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found


def _questions(group: str) -> tuple[Question, ...]:
    return tuple(Question(name, **row) for name, row in _data()[group].items())


@cache
def before_engaging() -> tuple[Question, ...]:
    """The five questions before a processor is engaged."""
    return _questions("before")


@cache
def of_practice() -> tuple[Question, ...]:
    """The questions of the practice's own check."""
    return _questions("practice")


@cache
def parts() -> Mapping[str, Mapping[str, str]]:
    """The parts of the practice's own check with their titles."""
    return MappingProxyType(_data()["parts"])


# The five questions


def given(suitability: Suitability, subject: Subject) -> dict[str, Reply]:
    """The answers that stand in the processor's file."""
    answers = {question.id: getattr(suitability, question.id) for question in before_engaging()}
    return {name: Reply(each.answer, subject.words(each.why)) for name, each in answers.items() if each is not None}


def shown(subject: Subject) -> dict[str, Reply]:
    """The answers that the description shows; a fact that is open shows nothing."""
    found = {name: look(subject) for name, look in LOOKS.items()}
    return {name: reply for name, reply in found.items() if reply is not None}


def verdict(replies: Mapping[str, Reply], sensitive: bool) -> Verdict:
    """Use it, use it after mending, or keep it in one's own hands."""
    answers = {question.id: replies.get(question.id, Reply(UNKNOWN)).answer for question in before_engaging()}
    refused = [name for name, answer in answers.items() if answer == NO]
    grave = "agreement" in refused or (sensitive and {"destination", "protection"} & set(refused))
    if grave or len(refused) >= TOO_MANY:
        return Verdict(OWN_HANDS, replies)
    return Verdict(USE if all(answer in GOOD for answer in answers.values()) else MEND, replies)


def judged(subject: Subject) -> Verdict:
    """The verdict from the files alone: what the user wrote goes before what the description shows."""
    return verdict({**shown(subject), **given(subject.description.assessment, subject)}, subject.sensitive)


def _retention(subject: Subject) -> Reply | None:
    if isinstance(subject.description.processing.retention, Open):
        return None
    return Reply(YES, subject.printed("processing.retention"), shown=True)


def _protection(subject: Subject) -> Reply | None:
    measures = subject.description.security.measures
    if isinstance(measures, Open):
        return None
    bare = [use for use in measures if _bare(subject, use)]
    answer = NO if not measures else PARTLY if bare else YES
    return Reply(answer, subject.printed("security.measures"), shown=True)


def _bare(subject: Subject, use: TermUse) -> bool:
    """Whether a measure lacks what makes it concrete."""
    term = subject.member.facts.term_of(use, "measures")
    return use.detail is None and term is not None and bool(term.parameter)


def _destination(subject: Subject) -> Reply | None:
    description = subject.description
    places = (description.processing.locations, description.processing.remote_access, description.subprocessors.list_)
    transfers = subject.member.facts.transfers
    if any(isinstance(part, Open) for part in (*places, transfers)) or isinstance(transfers, Open):
        return None
    bases = [row.transfer for row in transfers]
    if any(not isinstance(basis, Transfer) or isinstance(basis.basis, Open) for basis in bases):
        return Reply(NO, NO_BASIS[subject.language], shown=True)
    return Reply(YES, "", shown=True)


def _agreement(subject: Subject) -> Reply | None:
    state = subject.progress.state
    if state == "signed":
        return Reply(YES, STATES[subject.language]["signed"], shown=True)
    return Reply(NO, STATES[subject.language][state], shown=True) if state in (EXPIRED, "ended") else None


def _assistance(subject: Subject) -> Reply | None:
    """Our own agreement lays these duties on the processor, once it is signed."""
    reply = _agreement(subject)
    return reply if reply is not None and reply.answer == YES else None


NO_BASIS = {"nl": "een doorgifte buiten de EER heeft geen grondslag", "en": "a transfer outside the EEA has no basis"}
STATES = {
    "nl": {
        "signed": "de overeenkomst is getekend",
        "ended": "de overeenkomst is beëindigd",
        EXPIRED: "zij is verlopen",
    },
    "en": {"signed": "the agreement is signed", "ended": "the agreement was ended", EXPIRED: "it has expired"},
}
LOOKS: dict[str, Callable[[Subject], Reply | None]] = {
    "retention": _retention,
    "protection": _protection,
    "destination": _destination,
    "assistance": _assistance,
    "agreement": _agreement,
}
