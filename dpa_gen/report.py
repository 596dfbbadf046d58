"""Outcomes and findings to text for people and JSON for programs; the same input gives the same bytes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from dpa_gen.agreement import OpenField
from dpa_gen.findings import Finding, Severity
from dpa_gen.making import Outcome, Result

Line = tuple[str, bool]  # the words, and whether they are the result (standard output)

WORDS = {
    "nl": {
        "incomplete": "niet gemaakt: volgens de wet is dit contract niet compleet.",
        "anyway": "Met --draft wordt het toch gemaakt, als concept.",
        "open": "Nog in te vullen door",
        "controller": "de verwerkingsverantwoordelijke",
        "processor": "de verwerker",
        "both": "beide partijen",
        "assumed": "Niet in de beschrijving, wel in het contract (standaardwaarde):",
        "complete": "compleet: alle verplichte onderdelen van artikel 28 AVG staan erin.",
        "source": "Bron",
        "unchanged": "ongewijzigd",
        "red": "ROOD",
        "amber": "ORANJE",
        "info": "INFO",
    },
    "en": {
        "incomplete": "not made: the law would call this contract incomplete.",
        "anyway": "With --draft it is made all the same, as a draft.",
        "open": "Still to be filled in by",
        "controller": "the controller",
        "processor": "the processor",
        "both": "both parties",
        "assumed": "Not in the description, yet printed in the contract (default value):",
        "complete": "complete: everything that Article 28 GDPR demands is there.",
        "source": "Source",
        "unchanged": "unchanged",
        "red": "RED",
        "amber": "AMBER",
        "info": "INFO",
    },
}


def as_text(result: Result) -> Iterator[Line]:
    """What was done with one description, line by line."""
    for outcome in result.outcomes:
        yield from _outcome(outcome, result.command)


def _outcome(outcome: Outcome, command: str) -> Iterator[Line]:
    words = WORDS[outcome.language]
    checking = command == "check"
    for finding in outcome.findings:
        for line in finding_lines(finding, outcome.language):
            yield line, checking
    if outcome.incomplete and not outcome.file:
        yield f"{outcome.description} ({outcome.language}): {words['incomplete']}", checking
        if not checking:
            yield words["anyway"], False
    if checking and not outcome.incomplete:
        yield f"{outcome.description} ({outcome.language}): {words['complete']}", True
    for line in _open_lines(outcome.open_fields, outcome.language):
        yield line, checking
    for line in _assumed_lines(outcome):
        yield line, checking
    for file in filter(None, (outcome.file, outcome.pdf)):
        yield file, True


def _open_lines(fields: Iterable[OpenField], language: str) -> Iterator[str]:
    """What is open, under the party that must fill it in."""
    words, fields = WORDS[language], tuple(fields)
    for who in ("controller", "processor", "both"):
        theirs = [each for each in fields if each.who == who]
        if theirs:
            yield f"{words['open']} {words[who]} ({len(theirs)}):"
            yield from (f"  - {each.title}  [{each.path}]" for each in theirs)


def _assumed_lines(outcome: Outcome) -> Iterator[str]:
    if outcome.assumed:
        yield WORDS[outcome.language]["assumed"]
        yield from (f"  {each.path}: {each.value}" for each in outcome.assumed)


def finding_lines(finding: Finding, language: str) -> Iterator[str]:
    """A finding as a person reads it."""
    words = WORDS[language]
    place = f"{finding.place}: " if finding.place.file else ""
    yield f"{place}{words[finding.severity.value]} {finding.path}: {finding.what[language]}"
    yield f"    {words['source']}: {finding.source}. {(finding.mend or {}).get(language, '')}".rstrip()


def gravest(findings: Iterable[Finding]) -> Severity | None:
    """The gravest severity among findings."""
    order = list(Severity)
    return min((finding.severity for finding in findings), key=order.index, default=None)


def to_json(told: list[Any]) -> str:
    """Values as JSON; lists of outcomes are flattened to one list."""
    flat = [each for entry in told for each in (entry if isinstance(entry, list) else [entry])]
    return json.dumps(flat, ensure_ascii=False, indent=2) + "\n"
