"""The traps of a paper: rules of data/review/flags.yaml that its words or its answers trip."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import islice
from types import MappingProxyType
from typing import Any

import yaml

from dpa_gen.review.answer import Answer, Evidence, RedFlag, Status
from dpa_gen.review.judging import evidence
from dpa_gen.review.passages import Passage, Reading
from dpa_gen.review.quantities import quantities
from dpa_gen.review.signals import Signal, fitting, known, signal

_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True, slots=True)
class Trap:
    """A rule: its severity, the sentence it says, its source, and the signals or answers that trip it."""

    id: str
    severity: str
    says: Mapping[str, str]
    source: str
    signals: tuple[Signal, ...] = ()
    unless: tuple[str, ...] = ()  # concepts that anywhere in the paper let it be
    absent: tuple[str, ...] = ()  # requirements of which one absent trips it
    denied: tuple[str, ...] = ()  # requirements that the paper denies
    half: Mapping[str, str] = field(default_factory=dict)  # requirements met in part, with the reason that counts
    needs: tuple[Signal, ...] = ()  # one of these must fit somewhere in the paper as well
    unsaid: frozenset[str] = frozenset()  # concepts of which the paper says none


@cache
def traps() -> Mapping[str, Trap]:
    """Every trap by its id."""
    text = files("dpa_gen").joinpath("data", "review", "flags.yaml").read_text("utf-8")
    return MappingProxyType({name: _trap(name, row) for name, row in yaml.load(text, _Loader).items()})


def _trap(name: str, row: dict[str, Any]) -> Trap:
    return Trap(
        name,
        row["severity"],
        row["says"],
        row["source"],
        tuple(signal(each) for each in row.get("signals", ())),
        tuple(row.get("unless", ())),
        tuple(row.get("absent", ())),
        tuple(row.get("denied", ())),
        row.get("half", {}),
        tuple(signal(each) for each in row.get("needs", ())),
        known(row.get("unsaid", ())),
    )


def red_flags(reading: Reading, answers: Mapping[str, Answer]) -> tuple[RedFlag, ...]:
    """Every trap that the paper trips, once, in the order of the catalogue."""
    return tuple(
        RedFlag(trap.id, trap.severity, place)
        for trap in traps().values()
        if not set(trap.unless) & reading.says
        for place in islice(_places(trap, reading, answers), 1)
    )


def _places(trap: Trap, reading: Reading, answers: Mapping[str, Answer]) -> Iterator[Evidence | None]:
    """Where a trap is tripped: by an answer, by what is said nowhere, by words, or by more than words."""
    yield from (_first(answer) for answer in _answered(trap, answers))
    if trap.unsaid and reading.passages and not trap.unsaid & reading.says:
        yield evidence(reading.passages[0])
    if not trap.needs or any(fitting(reading, trap.needs)):
        yield from (evidence(passage, sentence.text) for passage, sentence in fitting(reading, trap.signals))
    if trap.id in SEEN:
        yield from SEEN[trap.id](reading, answers)


def _answered(trap: Trap, answers: Mapping[str, Answer]) -> Iterator[Answer]:
    """The answers that trip a trap: denied, absent, or half there."""
    for name in (*trap.denied, *trap.absent, *trap.half):
        if answer := answers.get(name):
            is_denied = name in trap.denied and answer.reason in ("denied", "conflict")
            is_absent = name in trap.absent and answer.status is Status.ABSENT
            is_half = answer.status is Status.PARTIAL and trap.half.get(name) in ("", answer.reason)
            if is_denied or is_absent or is_half:
                yield answer


def _first(answer: Answer) -> Evidence | None:
    return answer.evidence[0] if answer.evidence else None


# Traps that are more than words


def _placeholders(reading: Reading, answers: Mapping[str, Answer]) -> Iterator[Evidence]:
    """Blanks other than those of the signature, and annexes that are named and not there."""
    for passage in reading.passages:
        if re.search(
            r"\[(?!\s*\])[^\]\d]{2,80}\](?!\()|\bTBD\b|\bn\.t\.b\.|\bnader te bepalen\b|_{5,}|\.{6,}", passage.text
        ) and not _signs(passage):
            yield evidence(passage)
    yield from _missing_annexes(reading)


_SIGNS = re.compile(
    r"(?i)handtekening|signature|signed|naam:|name:|datum|date|plaats|functie|title|by:|\bondertek|^naam\b|^name\b"
)
_ANNEX_WORDS = ("bijlage", "annex", "schedule", "appendix", "exhibit")
_ANNEX = re.compile(r"\b(?:bijlage|annex|schedule|appendix|exhibit)\s+([0-9]{1,2}|[IVX]{1,4}|[A-F])\b", re.I)


def _signs(passage: Passage) -> bool:
    return bool(_SIGNS.search(" ".join((passage.text, passage.paragraph.heading))))


def _missing_annexes(reading: Reading) -> Iterator[Evidence]:
    there = set()
    for passage in reading.passages:
        label = f"{passage.paragraph.number} {passage.text}"
        opens = _ANNEX.match(label.strip())
        numbered = passage.paragraph.number.lower().startswith(_ANNEX_WORDS)
        if opens and (numbered or len(passage.text.split()) <= 16):
            there.add(opens[1].upper())
    for passage in reading.passages:
        if {"scc-choice", "instrument"} & (passage.says | passage.over) or passage.is_definition:
            continue  # the annexes of the standard contractual clauses are named after others
        for match in _ANNEX.finditer(passage.text):
            after = passage.text[match.end() : match.end() + 60].lower()
            if match[1].upper() not in there and not re.match(
                r".{0,40}(?:scc|clauses|2021/91|besluit|uitvoeringsbesluit|hoofdovereenkomst|main agreement)", after
            ):
                yield evidence(passage)


def _short_period(reading: Reading, answers: Mapping[str, Answer]) -> Iterator[Evidence]:
    answer = answers["sub.period"]
    days = answer.values.get("days")
    specific = (
        answers["art28.3.d.auth"].status is Status.PRESENT and answers["art28.3.d.notice"].status is Status.ABSENT
    )
    if isinstance(days, (int, float)) and days < 14 and answer.evidence:
        yield answer.evidence[0]
    elif answer.status is Status.ABSENT and not specific and answers["art28.3.d.notice"].status is not Status.ABSENT:
        yield from answers["art28.3.d.notice"].evidence[:1]


def _breach_clock(reading: Reading, answers: Mapping[str, Answer]) -> Iterator[Evidence]:
    hours = answers["breach.hours"].values.get("hours")
    told = answers["art33.2"]
    if told.status is Status.ABSENT:
        return
    if not isinstance(hours, (int, float)) or hours > 72:
        yield from (answers["breach.hours"].evidence or told.evidence)[:1]


def _same_clock(reading: Reading, answers: Mapping[str, Answer]) -> Iterator[Evidence]:
    if answers["breach.hours"].values.get("hours") == 72:
        yield from answers["breach.hours"].evidence[:1]


def _long_notice(reading: Reading, answers: Mapping[str, Answer]) -> Iterator[Evidence]:
    for passage in reading.passages:
        for sentence in passage.sentences:
            if "audit" not in sentence.says or not {"informs", "before-processing", "audit-terms"} & sentence.own:
                continue
            if any(each.days > 31 and each.unit in ("days", "weeks") for each in quantities(sentence.text)):
                yield evidence(passage, sentence.text)


def _no_service_duty(reading: Reading, answers: Mapping[str, Answer]) -> Iterator[Evidence]:
    if answers["art28.3.controller"].status is Status.ABSENT and reading.passages:
        yield evidence(reading.passages[0])


def _both_permissions(reading: Reading, answers: Mapping[str, Answer]) -> Iterator[Evidence]:
    """Prior consent for each sub-processor in one place and general permission in another."""
    general = {
        p.paragraph.index
        for p in reading.passages
        for s in p.sentences
        if "general-permission" in s.own and re.search(r"(?i)\b(?:algemene|general)\b", s.text) and not p.is_definition
    }
    for passage in reading.passages:
        for sentence in passage.sentences:
            each = {"sub", "no-sub-without", "permission"} <= sentence.own and _PRIOR.search(sentence.text)
            if each and general - {passage.paragraph.index} and not _GENERAL & sentence.own:
                yield evidence(passage, sentence.text)


_PRIOR = re.compile(r"(?i)voorafgaande schriftelijke toestemming|prior (?:specific )?(?:written )?(?:consent|authori)")
_GENERAL = frozenset({"general-permission", "auth-undetermined", "objection", "informs"})


def _special(reading: Reading, answers: Mapping[str, Answer]) -> Iterator[Evidence]:
    answer = answers.get("art28.3.special")
    if answer is not None and answer.status.is_gap:
        yield from answer.evidence[:1]


def _copied(reading: Reading, answers: Mapping[str, Answer]) -> Iterator[Evidence]:
    """Nothing of its own: no types of data, no people, no measures."""
    own = ("art28.3.datatypes", "art28.3.subjects", "sec.detail", "sub.list")
    if all(answers[name].status is Status.ABSENT for name in own):
        yield evidence(reading.passages[0])


SEEN: Mapping[str, Callable[[Reading, Mapping[str, Answer]], Iterator[Evidence]]] = {
    "T03": _copied,
    "T04": _placeholders,
    "T07": _special,
    "T19": _short_period,
    "T25": _breach_clock,
    "T27": _same_clock,
    "T34": _long_notice,
    "T51a": _no_service_duty,
    "T53": _both_permissions,
}
