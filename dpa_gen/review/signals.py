"""Signals as data: `data/review/signals.yaml` in, what to look for per requirement out, and whether a sentence fits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import yaml

from dpa_gen.paper import Kind
from dpa_gen.review.lexicon import concepts
from dpa_gen.review.passages import Passage, Reading, Sentence
from dpa_gen.review.quantities import Quantity, quantities

_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
HEADING = 14  # words; a longer one is a sentence and no heading
LABELS = frozenset({"label-nature", "label-purpose", "label-people", "label-data"})
Alternatives = tuple[frozenset[str], ...]  # of each set one must be said


@dataclass(frozen=True, slots=True)
class Signal:
    """What a sentence, the headings over it and the paragraphs around it must say, and what it may not."""

    all: Alternatives
    none: frozenset[str] = frozenset()
    apart: frozenset[str] = frozenset()  # nor may the paragraphs around it say these
    over: frozenset[str] = frozenset()
    near: Alternatives = ()
    scope: str = "sentence"
    value: str = ""  # "hours" or "days"
    count: tuple[tuple[str, int], ...] = ()  # of a concept at least so many different synonyms
    several: tuple[frozenset[str], int] | None = None  # of these concepts at least so many nearby

    def fits(self, passage: Passage, sentence: Sentence) -> bool:
        """Whether a sentence of a passage shows what the signal stands for."""
        said = self._said(passage, sentence)
        if not all(each & said for each in self.all) or self.none & sentence.says or self.apart & passage.near:
            return False
        if self.over and not self.over & passage.over:
            return False
        around = passage.near | passage.over | sentence.says
        if not all(each & around for each in self.near):
            return False
        if self.several and len(self.several[0] & around) < self.several[1]:
            return False
        if self.value and not values_of(sentence, self.value):
            return False
        return all(_different(sentence, concept) >= least for concept, least in self.count)

    def _said(self, passage: Passage, sentence: Sentence) -> frozenset[str]:
        if self.scope == "passage":
            return sentence.says | passage.says
        return sentence.says | passage.near if self.scope == "window" else sentence.says


def values_of(sentence: Sentence, kind: str) -> list[Quantity]:
    """The lengths of time in a sentence that can be a period of hours or of days."""
    most = 24 * 31 if kind == "hours" else 24 * 400
    return [each for each in quantities(sentence.text) if each.hours <= most]


def _different(sentence: Sentence, concept: str) -> int:
    return len({said for name, said, _, _ in sentence.said if name == concept})


@dataclass(frozen=True, slots=True)
class Row:
    """The signals of one requirement."""

    id: str
    present: tuple[Signal, ...]
    partial: tuple[Signal, ...] = ()
    weak: frozenset[str] = frozenset()
    against: tuple[Signal, ...] = ()
    capped: tuple[Signal, ...] = ()
    also: tuple[str, ...] = field(default=())
    inside: str = ""  # of another requirement
    unless: frozenset[str] = frozenset()


@cache
def rows() -> Mapping[str, Row]:
    """The signals of every requirement that has them."""
    text = files("dpa_gen").joinpath("data", "review", "signals.yaml").read_text("utf-8")
    return MappingProxyType({name: _row(name, row) for name, row in yaml.load(text, _Loader).items()})


def _row(name: str, row: dict[str, Any]) -> Row:
    inside = row.get("inside", {})
    parts = {
        part: tuple(signal(each) for each in row.get(part, ())) for part in ("present", "partial", "against", "capped")
    }
    return Row(
        name,
        **parts,
        weak=known(row.get("weak", ())),
        also=tuple(row.get("also", ())),
        inside=inside.get("of", ""),
        unless=known(inside.get("unless", ())),
    )


def signal(plain: dict[str, Any]) -> Signal:
    """A signal from its row of data."""
    several = plain.get("several")
    return Signal(
        all=_alternatives(plain.get("all", ())),
        none=known(plain.get("none", ())),
        apart=known(plain.get("apart", ())),
        over=frozenset().union(*_alternatives(plain.get("over", ()))),
        near=_alternatives(plain.get("near", ())),
        scope=plain.get("scope", "sentence"),
        value=plain.get("value", ""),
        count=tuple((name, int(least)) for name, least in plain.get("count", {}).items()),
        several=(known(several["of"]), int(several["least"])) if several else None,
    )


def _alternatives(names: Any) -> Alternatives:
    return tuple(known(each.split("|")) for each in names)


def known(names: Any) -> frozenset[str]:
    """Names of concepts as a set; each must exist."""
    for name in names:
        assert name in concepts(), f"there is no concept {name}"
    return frozenset(names)


def fitting(reading: Reading, signals: tuple[Signal, ...]) -> Iterator[tuple[Passage, Sentence]]:
    """Every sentence of a paper that one of the signals fits."""
    for passage in reading.passages:
        if passage.is_definition or (passage.paragraph.kind is Kind.HEADING and len(passage.text.split()) < HEADING):
            continue
        if passage.paragraph.kind is Kind.ROW and LABELS & passage.over:
            continue  # a row that describes the processing lays no duty on anybody
        for sentence in passage.sentences:
            if any(each.fits(passage, sentence) for each in signals):
                yield passage, sentence
