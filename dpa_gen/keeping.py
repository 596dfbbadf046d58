"""What a workspace keeps beside the facts of a contract: the state of the agreement, what was judged, what is watched.

None of it is printed in a contract, and none of it travels with one.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BeforeValidator, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from dpa_gen.texts import Plain, wrong
from dpa_gen.values import (
    NO,
    YES,
    AsList,
    Country,
    Day,
    Frozen,
    Words,
    WordsList,
    either_way,
)


class State(StrEnum):
    """How far an agreement is."""

    NONE = "none"
    DRAFTED = "drafted"
    SENT = "sent"
    SIGNED = "signed"
    ENDED = "ended"


class Standing(Frozen):
    """The state of an agreement, with the days on which it got there; `dpa-gen mark` writes it."""

    state: State | None = None
    drafted: Day | None = None
    sent: Day | None = None
    signed: Day | None = None
    ended: Day | None = None
    file: Plain | None = None
    version: Plain | None = None
    review_by: Day | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Standing:
        days = [day for day in (self.drafted, self.sent, self.signed, self.ended) if day is not None]
        if days != sorted(days):
            raise wrong(
                "order",
                "these dates are not in order",
                "An agreement is drafted, sent, signed and ended, in that order.",
            )
        return self


ANSWERS = {**dict.fromkeys(YES, "yes"), **dict.fromkeys(NO, "no")}
ANSWERS |= {"?": "unknown", "unknown": "unknown", "onbekend": "unknown", "partly": "partly", "deels": "partly"}
ANSWERS |= {"n.v.t.": "not-applicable", "nvt": "not-applicable", "n/a": "not-applicable"}
ANSWERS |= {"not-applicable": "not-applicable"}


def answer_of(value: object) -> str:
    """An answer in the words of a user (ja, no, deels, n.v.t., ?) as one of the five answers."""
    text = str(value).strip().lower()
    if text not in ANSWERS:
        raise wrong("answer", f"“{value}” is not an answer", "Write yes, no, partly, unknown or not-applicable.")
    return ANSWERS[text]


AnswerWord = Literal["yes", "no", "partly", "unknown", "not-applicable"]


class Answer(Frozen):
    """An answer to a question, and why."""

    answer: Annotated[AnswerWord, BeforeValidator(answer_of)]
    why: Words | None = None

    @model_validator(mode="before")
    @classmethod
    def _read(cls, value: object) -> object:
        return {"answer": value} if isinstance(value, str) else value

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return either_way(handler, schema)


class Suitability(Frozen):
    """The answers to the five questions before a processor is engaged (Article 28(1))."""

    date: Day | None = None
    retention: Answer | None = None
    protection: Answer | None = None
    destination: Answer | None = None
    assistance: Answer | None = None
    agreement: Answer | None = None


class ImpactAssessment(Frozen):
    """Whether a data protection impact assessment was made (Article 35)."""

    outcome: Literal["done", "not-needed", "planned"]
    date: Day | None = None
    reference: Plain | None = None


class Record(Frozen):
    """What the record of processing activities asks beyond the contract (Article 30)."""

    legal_basis: WordsList = ()
    recipients: WordsList = ()
    joint_controllers: WordsList = ()
    impact_assessment: ImpactAssessment | None = None


class SubprocessorChange(Frozen):
    """A change of sub-processors that the processor announced."""

    name: Plain
    task: Words | None = None
    country: Country | None = None
    announced: Day
    object_by: Day | None = None
    decision: Literal["accepted", "objected"] | None = None


class Accepted(Frozen):
    """A finding that the user knows of and lets be, with the reason."""

    rule: Plain
    at: Plain | None = None
    reason: Words


class Supervision(Frozen):
    """How the controller keeps an eye on a processor during the contract (Article 28(1), Opinion 22/2024)."""

    checked: Day | None = None
    findings: Words | None = None
    negotiate: Words | None = None
    changes: Annotated[tuple[SubprocessorChange, ...], AsList] = ()
