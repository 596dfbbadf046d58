"""Checks of whether the parts of a description agree with each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dpa_gen.checks.case import Case, Trip, known, steps, trip, word_of
from dpa_gen.checks.parties import NAMELESS
from dpa_gen.law import in_eea
from dpa_gen.values import TermUse

# What a broader term of the vocabulary holds.
PARTS_OF = {
    "contact-details": ("name", "initials", "address", "email-address", "phone-number", "title"),
    "medical-file": ("health", "session-notes", "goals", "messages"),
}


def with_parts(words: Iterable[str]) -> set[str]:
    """The words with what each of them holds."""
    return {part for word in words for part in (word, *PARTS_OF.get(word, ()))}


def retention_of_all(case: Case) -> Iterator[Trip]:
    """Every kind of data has a retention period, and every period is about data that are there."""
    rows, uses = known(case.description.processing.retention), known(case.description.processing.personal_data)
    if not rows or not uses:
        return
    told = with_parts(word_of(word) for row in rows for word in row.data)
    missing = tuple(use for use in uses if word_of(use) not in told)
    if missing and all(row.data for row in rows):
        yield trip("retention-gap", "processing", "retention", data=missing)
    there = with_parts(case.terms("personal_data"))
    for index, row in enumerate(rows):
        if strange := tuple(word for word in row.data if word_of(word) not in there):
            yield trip("retention-unknown", "processing", "retention", index, "data", data=strange)


def data_of_subprocessors(case: Case) -> Iterator[Trip]:
    """A sub-processor gets no kind of data that the processing does not have."""
    there = with_parts(case.terms("personal_data"))
    for path, sub in case.subprocessors():
        strange = tuple(use for use in known(sub.data) if _is_term(case, use) and not _held(word_of(use), there))
        if there and strange:
            name = sub.name if isinstance(sub.name, str) else NAMELESS
            yield trip("subprocessor-data", *path, "data", name=name, data=strange)


def _is_term(case: Case, use: TermUse) -> bool:
    return case.facts.term_of(use, "personal-data") is not None


def _held(word: str, there: set[str]) -> bool:
    """Whether a kind of data is among others, by itself or by its parts."""
    parts = set(PARTS_OF.get(word, ()))
    return word in there or bool(parts & there)


def no_transfers_allowed(case: Case) -> Iterator[Trip]:
    """A contract that forbids transfers outside the EEA lists none."""
    if case.description.subprocessors.outside_eea == "forbidden":
        for row in case.transfers():
            countries = row.country if isinstance(row.country, tuple) else (row.country,)
            outside = tuple(code for code in countries if not in_eea(code))
            yield trip("outside-forbidden", *steps(row.path)[:-1], countries=outside)
