"""What a check looks at (`Case`) and what it yields (`Trip`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dpa_gen.agreement import Agreement
from dpa_gen.description import Description, Party, Subprocessor
from dpa_gen.facts import Facts, TransferRow
from dpa_gen.shape import KeyPath
from dpa_gen.values import Open, TermUse, Words

BOTH = {"nl": "de verwerkingsverantwoordelijke", "en": "the controller"}
PARTY_WORDS = {"controller": BOTH, "processor": {"nl": "de verwerker", "en": "the processor"}}


@dataclass(frozen=True)
class Case:
    """One description with the contract that it makes; `today` is a value, so that a check never reads the clock.

    Without a day what depends on it is not checked; without an agreement one's own wording is not.
    """

    facts: Facts
    agreement: Agreement | None = None
    today: date | None = None

    @property
    def description(self) -> Description:
        """The description itself."""
        return self.facts.description

    def parties(self) -> Iterator[tuple[str, Party]]:
        """Controller and processor with their key."""
        yield "controller", self.description.controller
        yield "processor", self.description.processor

    def subprocessors(self) -> Iterator[tuple[KeyPath, Subprocessor]]:
        """Every sub-processor that is listed, with its path."""
        for index, sub in enumerate(known(self.description.subprocessors.list_)):
            yield ("subprocessors", "list", index), sub

    def transfers(self) -> tuple[TransferRow, ...]:
        """Every transfer that is known."""
        rows: tuple[TransferRow, ...] = known(self.facts.transfers)
        return rows

    def weighed(self, name: str) -> tuple[TermUse, ...]:
        """The personal data of a weight, such as `special_categories`; none while the data are open."""
        uses: tuple[TermUse, ...] = known(self.facts.value(name))
        return uses

    def on_health(self) -> tuple[TermUse, ...]:
        """The personal data that concern health (Article 4(15) GDPR), by their terms."""
        return self.weighed("health_data")

    def terms(self, name: str) -> tuple[str, ...]:
        """The words of a list of the processing (`nature`, `personal_data`, ...) as they stand in the file."""
        return tuple(word_of(use) for use in known(getattr(self.description.processing, name)))

    def measures(self) -> tuple[str, ...]:
        """The measures that are listed, as they stand in the file."""
        return tuple(word_of(use) for use in known(self.description.security.measures))


@dataclass(frozen=True)
class Trip:
    """A rule that was tripped: where in the description (or in which paragraph), and what fills its sentence."""

    rule: str
    path: KeyPath = ()
    blanks: Mapping[str, Any] = field(default_factory=dict)
    paragraph: str = ""
    evidence: str = ""


Check = Callable[[Case], Iterator[Trip]]


def trip(rule: str, *path: str | int, **blanks: Any) -> Trip:
    """A tripped rule at a path."""
    return Trip(rule, path, blanks)


def known(value: Any) -> Any:
    """A list that is known; an open one and one that is not given hold nothing."""
    return () if value is None or isinstance(value, Open) else value


def word_of(use: TermUse | Words) -> str:
    """The term or the free words of an entry."""
    words = use.term if isinstance(use, TermUse) else use
    return words.nl or words.en or ""


def words_in(*parts: Words | None) -> str:
    """Everything that some words say, in whatever language."""
    said = [text for part in parts if part for text in (part.nl, part.en) if text]
    return " ".join(dict.fromkeys(said))


def steps(path: str) -> KeyPath:
    """A path as a person writes it (`subprocessors.list[2].transfer`) as its steps."""
    found: list[str | int] = []
    for part in path.split("."):
        name, _, row = part.partition("[")
        found += [name, int(row.rstrip("]")) - 1] if row else [name]
    return tuple(found)
