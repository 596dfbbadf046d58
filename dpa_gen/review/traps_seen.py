"""Traps that show from how several places of a paper lie beside each other, and from answers that are half there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from dpa_gen.review.answer import Answer, Evidence, Status
from dpa_gen.review.judging import evidence
from dpa_gen.review.passages import Passage, Reading, Sentence

Seen = Callable[[Reading, Mapping[str, Answer]], Iterator[Evidence]]
_CLAUSES = r"(?:standard contractual clauses|\bsccs?\b|standaardcontractbepalingen|modelcontractbepalingen)"
_CONFLICT = re.compile(
    rf"(?i)(?:agreement|overeenkomst|terms|voorwaarden)\b[^.;]{{0,60}}(?:prevails?|precedence|prevale\w+|gaa?n? voor)"
    rf"[^.;]{{0,40}}{_CLAUSES}"
)
_US = re.compile(r"\b(?:United States|USA?|U\.S\.|Verenigde Staten|VS)\b")
_ADEQUATE = re.compile(r"(?i)\b(?:adequacy decision|adequaatheidsbesluit|adequate (?:level|country))")
_FRAMEWORK = re.compile(r"(?i)\bdpf\b|privacy framework")
_KEPT = re.compile(r"(?i)\b(?:stored|hosted|opgeslagen|bewaard|gehost)\b")
_REACHED = re.compile(
    r"(?i)\b(?:remote(?:ly)? access\w*|support (?:staff|team|personnel)|follow-the-sun|parent company"
    r"|ondersteuning vanuit|op afstand|moederbedrijf|moedermaatschappij|supportteam|supportmedewerkers)\b"
)
_FAR = re.compile(
    r"\b(?:United States|USA|India|Philippines|China|Verenigde Staten|VS|Filipijnen)\b"
    r"|(?i:outside (?:of )?(?:the )?(?:EEA|EU)|buiten de (?:EER|EU))"
)
_DATED = re.compile(r"(?i)\bversi(?:on|e)\b|\bv\d|\b20[1-9]\d\b|\bdat(?:um|ed?)\b")


def _sentences(reading: Reading) -> Iterator[tuple[Passage, Sentence]]:
    return ((p, s) for p in reading.passages if not p.is_definition for s in p.sentences)


def _generic(reading: Reading, answers: Mapping[str, Answer]) -> Iterator[Evidence]:
    """A purpose or types of data in words that fit any contract."""
    for name in ("art28.3.purpose", "art28.3.datatypes"):
        if answers[name].status is Status.PARTIAL and answers[name].reason == "generic":
            yield from answers[name].evidence[:1]


def _half_known(reading: Reading, answers: Mapping[str, Answer]) -> Iterator[Evidence]:
    """Sub-processors that are named without address, contact, task or place."""
    for name in ("sub.identity", "sub.info"):
        if answers[name].status is Status.PARTIAL:
            yield from answers[name].evidence[:1]


def _looser(reading: Reading, answers: Mapping[str, Answer]) -> Iterator[Evidence]:
    """Obligations of sub-processors that are less than the same."""
    if answers["art28.4.flow"].status is Status.PARTIAL:
        yield from answers["art28.4.flow"].evidence[:1]


def _outside_scope(reading: Reading, answers: Mapping[str, Answer]) -> Iterator[Evidence]:
    """Adequacy claimed for the United States without the framework to which alone it belongs."""
    if _FRAMEWORK.search(reading.paper.text):
        return
    for passage, sentence in _sentences(reading):
        if _ADEQUATE.search(sentence.text) and _US.search(sentence.text) and "not" not in sentence.own:
            yield evidence(passage, sentence.text)


def _no_module(reading: Reading, answers: Mapping[str, Answer]) -> Iterator[Evidence]:
    """The standard contractual clauses named, and nowhere which module."""
    if re.search(r"(?i)\bmodul", reading.paper.text):
        return
    for passage, sentence in _sentences(reading):
        if re.search(rf"(?i){_CLAUSES}", sentence.text) and {"scc-choice", "processing", "outside-eea"} & sentence.says:
            yield evidence(passage, sentence.text)


def _over_clauses(reading: Reading, answers: Mapping[str, Answer]) -> Iterator[Evidence]:
    """An agreement that goes before the standard contractual clauses."""
    for passage, sentence in _sentences(reading):
        if _CONFLICT.search(sentence.text):
            yield evidence(passage, sentence.text)


def _reached_from_afar(reading: Reading, answers: Mapping[str, Answer]) -> Iterator[Evidence]:
    """Data that stay in Europe, and people elsewhere who can reach them."""
    if not any(_KEPT.search(s.text) and "inside-eea" in s.own for _, s in _sentences(reading)):
        return
    for passage, sentence in _sentences(reading):
        if _REACHED.search(sentence.text) and _FAR.search(sentence.text) and "not" not in sentence.own:
            yield evidence(passage, sentence.text)


def _undated(reading: Reading, answers: Mapping[str, Answer]) -> Iterator[Evidence]:
    """A paper without a version or a date."""
    if reading.passages and not _DATED.search(reading.paper.text):
        yield evidence(reading.passages[0])


BESIDE: Mapping[str, Seen] = {
    "T05": _generic,
    "T21": _half_known,
    "T22": _looser,
    "T38": _outside_scope,
    "T40": _no_module,
    "T42": _over_clauses,
    "T44": _reached_from_afar,
    "T52": _undated,
}
