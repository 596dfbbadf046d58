"""What is true of one processing relationship: the facts of a description, and what follows from them.

Answers the three switches of clause files (`when`, `choose`, and lists for tables) by dotted path.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum
from functools import cache, cached_property, lru_cache
from typing import Any

from pydantic import BaseModel

from dpa_gen.clause import POSITION, Condition
from dpa_gen.description import Basis, Description, Location, Subprocessor, Transfer
from dpa_gen.errors import Problem
from dpa_gen.law import in_eea
from dpa_gen.library import Library, Term
from dpa_gen.lookup import given
from dpa_gen.shape import nouns_in
from dpa_gen.values import OPEN, Open, TermUse, Words

# A fact that is not given is taken from another one; `dpa-gen check` shows that it was.
FALLS_BACK_ON = {
    "breach.contact": "controller.contact",
    "breach.processor_contact": "processor.contact",
    "transfers.clauses.authorisation": "subprocessors.authorisation",
    "transfers.clauses.notice_days": "subprocessors.notice_days",
}
WEIGHTS = {
    "special_categories": ("special",),
    "criminal_data": ("criminal",),
    "national_numbers": ("national-number",),
    "sensitive": ("special", "criminal", "national-number"),
}


@dataclass(frozen=True)
class TransferRow:
    """One movement of personal data outside the EEA, with the path where the description tells of it."""

    path: str
    generic: str
    recipient: Any
    country: Any
    purpose: Any
    data: Any
    transfer: Transfer | Open | None


@dataclass(frozen=True)
class Facts:
    """A description and the library whose words it uses."""

    description: Description
    library: Library

    def value(self, path: str) -> Any:
        """The fact at a dotted path, `None` when it is not given; raises `KeyError` for a path that cannot be."""
        if path not in self.found:
            self.found[path] = self._sought(path)
        return self.found[path]

    @cached_property
    def found(self) -> dict[str, Any]:
        """The facts that were asked for so far; a contract asks for many of them more than once."""
        return {}

    def _sought(self, path: str) -> Any:
        if path in self.derived:
            return self.derived[path]
        value = given(self.description, path)
        return self.value(FALLS_BACK_ON[path]) if value is None and path in FALLS_BACK_ON else value

    def holds(self, condition: Condition) -> bool:
        """Whether a condition of a clause file is true; an open fact counts as there."""
        if condition.value:
            return (self.choice(condition.path) == condition.value) != condition.negated
        value = self.value(condition.path)
        return (isinstance(value, Open) or bool(value)) != condition.negated

    def choice(self, path: str) -> str:
        """The value of a fact as the name of a wording: a word of the model, yes or no."""
        value = self.value(path)
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, Enum):
            return str(value.value)
        return "" if value is None else str(value)

    def position(self, clause_id: str) -> str:
        """The negotiating position for a clause."""
        return self.description.positions.get(clause_id, self.description.position).value

    @cached_property
    def derived(self) -> Mapping[str, Any]:
        """What follows from the facts, by path."""
        rows = self.transfers
        found: dict[str, Any] = {name: self._weighing(weights) for name, weights in WEIGHTS.items()}
        found["health_data"] = self._health()
        found[POSITION] = self.description.position
        found["transfers.rows"] = rows
        found["transfers.any"] = rows
        for basis in Basis:
            found[f"transfers.{basis.value}"] = self._rests_on(basis)
        found["transfers.clauses.module"] = self.description.transfers.clauses.module or self._module()
        found["processing.duration.kind"] = self._duration_kind()
        return found

    def term_of(self, use: TermUse | Words, vocabulary: str) -> Term | None:
        """The term of the vocabulary that an entry names."""
        words = use.term if isinstance(use, TermUse) else use
        return self.library.terms[vocabulary].get(words.nl) if words.nl and words.nl == words.en else None

    @cached_property
    def _terms(self) -> tuple[tuple[TermUse, Term], ...] | Open:
        """The kinds of personal data that are terms of the vocabulary, each with its term."""
        data = self.description.processing.personal_data
        if isinstance(data, Open):
            return OPEN
        return tuple([(use, term) for use in data if (term := self.term_of(use, "personal-data"))])

    def _weighing(self, weights: tuple[str, ...]) -> Any:
        terms = self._terms
        return OPEN if isinstance(terms, Open) else tuple([use for use, term in terms if term.weight in weights])

    def _health(self) -> Any:
        terms = self._terms
        return OPEN if isinstance(terms, Open) else tuple([use for use, term in terms if term.health])

    def _duration_kind(self) -> str:
        duration = self.description.processing.duration
        return "criterion" if isinstance(duration, Open) else duration.kind

    def _rests_on(self, basis: Basis) -> bool:
        """Whether a transfer rests or falls back on a basis; an open basis is prepared for standard clauses."""
        if isinstance(self.transfers, Open):
            return False
        found = [row.transfer for row in self.transfers]
        if basis is Basis.SCC and any(not isinstance(t, Transfer) or isinstance(t.basis, Open) for t in found):
            return True
        return any(isinstance(t, Transfer) and basis in (t.basis, t.fallback) for t in found)

    def _module(self) -> str:
        """Module 2 when the processor itself is the importer, module 3 when those behind it are (LAW 1.9)."""
        rows = () if isinstance(self.transfers, Open) else self.transfers
        to_processor = any(row.path == "transfers.to_processor" for row in rows)
        return "2" if to_processor else "3"

    @cached_property
    def transfers(self) -> tuple[TransferRow, ...] | Open:
        """Every transfer; open when none is known and the places or the sub-processors are not known either."""
        rows = (*self._own_transfers(), *self._subprocessor_transfers())
        processing = self.description.processing
        unknown = (processing.locations, processing.remote_access, self.description.subprocessors.list_)
        return OPEN if not rows and any(isinstance(part, Open) for part in unknown) else rows

    def _own_transfers(self) -> Iterator[TransferRow]:
        """To the processor itself, to its places of processing, and by its remote access."""
        description = self.description
        country = description.processor.country
        data = description.processing.personal_data
        if country and not in_eea(country):
            whole = description.transfers.to_processor
            purpose = description.processing.subject
            where = "transfers.to_processor"
            yield TransferRow(where, where, description.processor.name, country, purpose, data, whole)
        for name in ("locations", "remote_access"):
            places = getattr(description.processing, name)
            for index, place in enumerate(() if isinstance(places, Open) else places):
                if not in_eea(place.country) and not self._told_elsewhere(place):
                    path, generic = f"processing.{name}[{index + 1}]", f"processing.{name}"
                    yield self._place_row(path, generic, place)

    def _told_elsewhere(self, place: Location) -> bool:
        """Whether the seat of the processor or the row of a sub-processor already tells of this transfer."""
        if place.transfer is None and place.country == self.description.processor.country:
            return True
        listed = self.description.subprocessors.list_
        subs = () if isinstance(listed, Open) else listed
        return any(place.party == sub.name and place.country in sub.countries for sub in subs)

    def _place_row(self, path: str, generic: str, place: Location) -> TransferRow:
        description = self.description
        recipient = place.party or description.processor.name
        purpose = place.purpose or description.processing.subject
        data = description.processing.personal_data
        return TransferRow(
            f"{path}.transfer", f"{generic}.transfer", recipient, place.country, purpose, data, place.transfer
        )

    def _subprocessor_transfers(self) -> Iterator[TransferRow]:
        listed = self.description.subprocessors.list_
        for index, sub in enumerate(() if isinstance(listed, Open) else listed):
            outside = tuple(code for code in sub.countries if not in_eea(code))
            if outside:
                yield self._subprocessor_row(index, sub, outside)

    def _subprocessor_row(self, index: int, sub: Subprocessor, outside: tuple[str, ...]) -> TransferRow:
        path = f"subprocessors.list[{index + 1}].transfer"
        stated = (sub.transfer, *(place.transfer for place in sub.locations))
        basis = next((transfer for transfer in stated if transfer is not None), None)
        return TransferRow(path, "subprocessors.list.transfer", sub.name, outside, sub.task, sub.data, basis)


@cache
def known_paths() -> frozenset[str]:
    """Every path that a clause file may ask for: the facts of a description, and what follows from them."""
    derived = {*WEIGHTS, "health_data", POSITION, "transfers.rows", "transfers.any", "processing.duration.kind"}
    derived |= {f"transfers.{basis.value}" for basis in Basis}
    return frozenset(derived | set(_paths_of(Description, "")))


def _paths_of(noun: type[BaseModel], prefix: str) -> Iterator[str]:
    for name, info in noun.model_fields.items():
        path = f"{prefix}{info.alias or name}"
        yield path
        for part in nouns_in(info.annotation):
            yield from _paths_of(part, f"{path}.")


def misspelt_terms(facts: Facts) -> Iterator[Problem]:
    """Each entry that looks like a term of the vocabulary and is none, but nearly one.

    Free text is allowed everywhere; `contact-detials` would print as it stands, so it is refused.
    """
    for path, uses, vocabulary in _term_lists(facts.description):
        known = facts.library.terms[vocabulary]
        for index, use in enumerate(uses):
            word = (use.term if isinstance(use, TermUse) else use).nl or ""
            if word in known or not word.replace("-", "").replace("_", "").isalpha() or word != word.lower():
                continue
            if meant := _nearly(word, tuple(known)):
                what = f"“{word}” is not a term of the vocabulary {vocabulary}."
                mend = f"Did you mean {meant}? Free text is allowed: write it in words, with a capital or a space."
                yield Problem(what, mend, path=(*path, index))


@lru_cache(maxsize=1024)
def _nearly(word: str, known: tuple[str, ...]) -> str:
    """The term that a word nearly is, or goes on from (multi-factor-authentication); nothing for other words."""
    longer = [term for term in known if word.startswith(f"{term}-") or term.startswith(f"{word}-")]
    return next(iter([*get_close_matches(word, known, 1, 0.8), *sorted(longer, key=len, reverse=True)]), "")


def _term_lists(description: Description) -> Iterator[tuple[tuple[str | int, ...], tuple[TermUse | Words, ...], str]]:
    processing, security = description.processing, description.security
    lists = (
        (("processing", "nature"), processing.nature, "operations"),
        (("processing", "data_subjects"), processing.data_subjects, "data-subjects"),
        (("processing", "personal_data"), processing.personal_data, "personal-data"),
        (("security", "measures"), security.measures, "measures"),
    )
    for path, uses, vocabulary in lists:
        if not isinstance(uses, Open):
            yield path, uses, vocabulary
    yield from _retention_terms(description)


def _retention_terms(
    description: Description,
) -> Iterator[tuple[tuple[str | int, ...], tuple[TermUse | Words, ...], str]]:
    rows = description.processing.retention
    for index, row in enumerate(() if isinstance(rows, Open) else rows):
        yield ("processing", "retention", index, "data"), row.data, "personal-data"
        if row.after:
            yield ("processing", "retention", index, "after"), (row.after,), "events"
