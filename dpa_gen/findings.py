"""`Finding`: one thing a reader should know; the one shape of checks, coverage, lint, review and comparison."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from dpa_gen.errors import Place


class Severity(StrEnum):
    """Red misses or contradicts what the law demands; amber is a real risk; info is good to know."""

    RED = "red"
    AMBER = "amber"
    INFO = "info"

    def at_least(self, other: Severity) -> bool:
        """Whether this severity is as grave as the other, or graver."""
        order = list(Severity)
        return order.index(self) <= order.index(other)


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that was tripped: what was seen, where, on which authority, and what to do."""

    rule: str
    severity: Severity
    what: dict[str, str]  # a sentence per language, "nl" and "en"
    source: str  # the article of law or the guideline
    place: Place = Place()
    path: str = ""  # where in the description or the contract, e.g. "breach.notify_within_hours"
    mend: dict[str, str] | None = None
    evidence: str = ""  # the words on which the finding rests
    accepted: str = ""  # the reason why the user lets it be; empty when it still counts

    def as_json(self) -> dict[str, Any]:
        """The finding as plain values, stable to the byte."""
        plain = asdict(self)
        plain["severity"] = self.severity.value
        if not self.accepted:
            del plain["accepted"]
        return plain
