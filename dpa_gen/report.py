"""Outcomes and findings to text for people and JSON for programs; the same input gives the same bytes."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Iterator
from typing import Any

from dpa_gen.agreement import OpenField
from dpa_gen.findings import Finding, Severity
from dpa_gen.making import Outcome, Result

WIDTH = 80  # columns of a terminal

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
        "mend": "Doen",
        "accepted": "Aanvaard",
        "counted": "{red} rood, {amber} oranje, {info} info",
        "remarks": "dpa-gen check heeft {count} bij deze beschrijving",
        "finding": "bevinding",
        "findings": "bevindingen",
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
        "mend": "To do",
        "accepted": "Accepted",
        "counted": "{red} red, {amber} amber, {info} info",
        "remarks": "dpa-gen check has {count} on this description",
        "finding": "finding",
        "findings": "findings",
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
    if checking and outcome.findings:
        yield f"{outcome.description} ({outcome.language}): {_counted(outcome.findings, outcome.language)}.", True
    if checking and not outcome.incomplete:
        yield f"{outcome.description} ({outcome.language}): {words['complete']}", True
    for line in _open_lines(outcome.open_fields, outcome.language):
        yield line, checking
    for line in _assumed_lines(outcome):
        yield line, checking
    if outcome.remarks:
        yield _remarks(outcome), False
    for file in filter(None, (outcome.file, outcome.pdf)):
        yield file, True


def _remarks(outcome: Outcome) -> str:
    """One line on what a check would say: “dpa-gen check has 2 findings (0 red, 2 amber, 0 info).”"""
    words, count = WORDS[outcome.language], len(outcome.remarks)
    noun = words["finding" if count == 1 else "findings"]
    sentence = words["remarks"].format(count=f"{count} {noun}")
    return f"{outcome.description}: {sentence} ({_counted(outcome.remarks, outcome.language)})."


def _counted(findings: Iterable[Finding], language: str) -> str:
    """How many findings there are of each severity that still count."""
    severities = [finding.severity for finding in findings if not finding.accepted]
    return WORDS[language]["counted"].format(**{each.value: severities.count(each) for each in Severity})


def _open_lines(fields: Iterable[OpenField], language: str) -> Iterator[str]:
    """What is open, under the party that must fill it in."""
    words, fields = WORDS[language], tuple(fields)
    for who in ("controller", "processor", "both"):
        theirs = [each for each in fields if each.who == who]
        if theirs:
            yield f"{words['open']} {words[who]} ({len(theirs)}):"
            yield from (f"  - {title}  [{path}]" for path, title in _by_fact(theirs))


def _by_fact(fields: Iterable[OpenField]) -> Iterator[tuple[str, str]]:
    """Path and title of each open fact; the cells of a list that is not known yet are told in one line."""
    titles: dict[str, list[str]] = {}
    for each in fields:
        titles.setdefault(each.path, []).append(each.title)
    for path, (first, *others) in titles.items():
        whole = f"{first.partition(': ')[0]}: "
        alike = bool(others) and all(other.startswith(whole) for other in others)
        for title in [", ".join([first, *(o.removeprefix(whole) for o in others)])] if alike else [first, *others]:
            yield path, title


def _assumed_lines(outcome: Outcome) -> Iterator[str]:
    if outcome.assumed:
        yield WORDS[outcome.language]["assumed"]
        yield from (f"  {each.path}: {each.value}" for each in outcome.assumed)


def finding_lines(finding: Finding, language: str) -> Iterator[str]:
    """A finding as a person reads it: where and which rule, what, and then on which authority and what to do."""
    words = WORDS[language]
    place = f"{finding.place}: " if finding.place.file else ""
    requirement = f" {finding.path}" if finding.rule.startswith("coverage.") else ""
    yield f"{place}{words[finding.severity.value]} {finding.rule}{requirement}"
    yield from _indented(finding.what[language])
    if finding.accepted:
        yield from _indented(f"{words['accepted']}: {finding.accepted}")
        return
    yield from _indented(f"{words['source']}: {finding.source}")
    if mend := (finding.mend or {}).get(language):
        yield from _indented(f"{words['mend']}: {mend}")


def _indented(sentence: str) -> list[str]:
    """A sentence in lines of a terminal, set in; words are not broken."""
    indent = "    "
    return textwrap.wrap(
        sentence, WIDTH, initial_indent=indent, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def gravest(findings: Iterable[Finding]) -> Severity | None:
    """The gravest severity among findings."""
    order = list(Severity)
    return min((finding.severity for finding in findings), key=order.index, default=None)


def to_json(told: list[Any]) -> str:
    """Values as JSON; lists of outcomes are flattened to one list."""
    flat = [each for entry in told for each in (entry if isinstance(entry, list) else [entry])]
    return json.dumps(flat, ensure_ascii=False, indent=2) + "\n"
