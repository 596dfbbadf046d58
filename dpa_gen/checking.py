"""A prepared description and its contract in; every finding of coverage and checks out, each with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from dpa_gen.agreement import Agreement
from dpa_gen.checks import trips
from dpa_gen.checks.case import Case, Trip, trip
from dpa_gen.checks.rules import finding
from dpa_gen.errors import Place
from dpa_gen.findings import Finding, Severity
from dpa_gen.generate import Contract, Prepared
from dpa_gen.keeping import Accepted


def judged(prepared: Prepared, contract: Contract, today: date | None) -> tuple[Finding, ...]:
    """All findings on one contract, the gravest first and then in the order of the files."""
    own_wording = any(paragraph.layer for _, paragraph in prepared.library.paragraphs())
    agreement = contract.agreement if own_wording else None
    first = Place(str(prepared.path), 1, 1)
    found = [each if each.place.file else replace(each, place=first) for each in contract.findings]
    found += checked(prepared, agreement, contract.language, today)
    return tuple(sorted(_with_acceptance(prepared, found, contract.language), key=_order))


def checked(prepared: Prepared, agreement: Agreement | None, language: str, today: date | None) -> tuple[Finding, ...]:
    """What the checks find, each with its place in the user's files."""
    case = Case(prepared.facts, agreement, today)
    return tuple(_placed(prepared, tripped, language) for tripped in _once(trips(case)))


def counting(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The findings that the user has not accepted."""
    return tuple(each for each in findings if not each.accepted)


def _once(found: Iterator[Trip]) -> Iterator[Trip]:
    """Each rule once at each place."""
    seen = set()
    for tripped in found:
        key = (tripped.rule, tripped.path, tripped.paragraph)
        if key not in seen:
            seen.add(key)
            yield tripped


def _order(each: Finding) -> tuple[bool, int, str, int, int, str]:
    place = each.place
    return bool(each.accepted), list(Severity).index(each.severity), place.file, place.line, place.column, each.rule


def _placed(prepared: Prepared, tripped: Trip, language: str) -> Finding:
    """A tripped rule as a finding with its place: in the description, or in the file with one's own wording."""
    own = {paragraph.id: paragraph.place for _, paragraph in prepared.library.paragraphs() if paragraph.layer}
    place = own.get(tripped.paragraph) or prepared.layers.place(tripped.path)
    return replace(finding(tripped, prepared.library, language), place=place)


def _with_acceptance(prepared: Prepared, found: list[Finding], language: str) -> Iterator[Finding]:
    """The findings with the reason of those that are accepted, and each acceptance that accepts nothing."""
    accepted = prepared.description.accepted
    used: set[int] = set()
    for each in found:
        index = next((i for i, entry in enumerate(accepted) if _covers(entry, each)), None)
        used |= set() if index is None else {index}
        yield each if index is None else replace(each, accepted=_reason(accepted[index], language))
    for index, entry in enumerate(accepted):
        if index not in used:
            yield _placed(prepared, trip("accepted-idle", "accepted", index, named=entry.rule), language)


def _covers(entry: Accepted, each: Finding) -> bool:
    """Whether an acceptance is about a finding: its rule, and its place when one is given."""
    return entry.rule == each.rule and (entry.at is None or each.path.startswith(entry.at))


def _reason(entry: Accepted, language: str) -> str:
    return entry.reason.in_language(language) or entry.reason.nl or entry.reason.en or ""
