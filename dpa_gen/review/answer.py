"""The nouns of a review: what was found on each requirement, each red flag, and the whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Status(StrEnum):
    """Whether a paper meets a requirement."""

    PRESENT = "present"
    PARTIAL = "partial"  # addressed, but its core is missing or watered down
    ABSENT = "absent"
    UNCLEAR = "unclear"  # a real doubt, for a person

    @property
    def is_gap(self) -> bool:
        """Whether something must be mended."""
        return self in (Status.PARTIAL, Status.ABSENT)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of the paper and where they stand."""

    text: str
    place: str  # "3.2(a)", or the heading over it
    index: int  # the rank of the paragraph in the paper
    heading: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found on one requirement."""

    id: str
    status: Status
    evidence: tuple[Evidence, ...] = ()
    values: Mapping[str, object] = field(default_factory=dict)
    reason: str = ""  # why it is not simply present: the key of a sentence in data/review/words.yaml


@dataclass(frozen=True, slots=True)
class RedFlag:
    """A trap of the catalogue, seen in the paper."""

    id: str  # "T13"
    severity: str  # "red", "amber" or "info"
    evidence: Evidence | None = None


@dataclass(frozen=True)
class Review:
    """Everything that is told of one paper."""

    document: str
    language: str  # "nl", "en" or "both"
    is_agreement: bool
    why_not: str  # what it seems to be instead; empty for an agreement
    answers: tuple[Answer, ...]
    not_applicable: tuple[str, ...]
    red_flags: tuple[RedFlag, ...]
    remarks: tuple[RedFlag, ...]  # good to know, and no reason not to sign
    values: Mapping[str, object]
    core: tuple[int, int]  # of the core requirements of the research: how many are met, of how many
    notes: Mapping[str, object] = field(default_factory=dict)

    def answer(self, requirement: str) -> Answer | None:
        """The answer on one requirement."""
        return next((each for each in self.answers if each.id == requirement), None)

    def with_level(self, *levels: str) -> tuple[Answer, ...]:
        """The answers on the requirements of some levels."""
        from dpa_gen.law import requirements

        known = requirements()
        return tuple(each for each in self.answers if known[each.id].level in levels)

    @property
    def gaps(self) -> tuple[Answer, ...]:
        """What the law itself asks and the paper lacks or waters down."""
        return tuple(each for each in self.with_level("must") if each.status.is_gap)

    @property
    def is_complete(self) -> bool:
        """Whether it is an agreement that holds everything the law itself asks."""
        return self.is_agreement and all(each.status is Status.PRESENT for each in self.with_level("must"))
