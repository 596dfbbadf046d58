"""Concepts with their synonyms: `data/review/concepts*.yaml` in, found concepts per sentence out.

A synonym is one or more words, compared by their stems. `word-` stands for whatever begins so, `-word` for whatever
ends so, `=word` for that form alone, `a/b` for either, `*` for up to eight words between; PROCESSOR, CONTROLLER and SUB
stand for however the paper calls the parties, BLANK for a place still to be filled in, NUMBER for a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from dpa_gen.review.quantities import NUMBERS
from dpa_gen.review.words import Word, stem

GAP = 8  # words that * may stand for
_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_ARTICLE = re.compile(r"\b(?:the|de|het|een|an?|any|each|elke|every) (?=(?:PROCESSOR|CONTROLLER|SUB)\b)")  # folded away
CAPITALS = ("PROCESSOR", "CONTROLLER", "SUB", "BLANK")


@dataclass(frozen=True, slots=True)
class Piece:
    """One word of a synonym: whole words by stem, or words that begin or end in a given way."""

    stems: frozenset[str] = frozenset()
    forms: frozenset[str] = frozenset()
    begins: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    is_number: bool = False

    def fits(self, word: Word) -> bool:
        """Whether a word is one that this piece stands for."""
        if self.is_number:
            return word.form[0].isdigit() or word.form in NUMBERS
        return (
            word.stem in self.stems
            or word.form in self.forms
            or word.form in self.stems
            or (bool(self.begins) and word.form.startswith(self.begins))
            or (bool(self.ends) and word.form.endswith(self.ends))
        )


@dataclass(frozen=True, slots=True)
class Synonym:
    """A way to say a concept: its pieces in order, None where up to eight words may stand between."""

    concept: str
    pieces: tuple[Piece | None, ...]
    said: str

    def ends_at(self, words: Sequence[Word], start: int) -> int:
        """The position after the synonym when the words hold it from `start` on, else 0."""
        return _end(self.pieces, words, start)


def _end(pieces: tuple[Piece | None, ...], words: Sequence[Word], at: int) -> int:
    for number, piece in enumerate(pieces):
        if piece is None:
            rest = pieces[number + 1 :]
            for skipped in range(GAP + 1):
                if found := _end(rest, words, at + skipped):
                    return found
            return 0
        if at >= len(words) or not piece.fits(words[at]):
            return 0
        at += 1
    return at


@dataclass(frozen=True)
class Lexicon:
    """The concepts of one language, arranged by the first word of each synonym."""

    by_stem: Mapping[str, tuple[Synonym, ...]]
    by_start: Mapping[str, tuple[Synonym, ...]]
    others: tuple[Synonym, ...]

    def found(self, words: Sequence[Word]) -> Iterator[tuple[Synonym, int, int]]:
        """Every synonym in the words, with where it begins and ends."""
        for start, word in enumerate(words):
            for synonym in self._begun_by(word):
                if end := synonym.ends_at(words, start):
                    yield synonym, start, end

    def _begun_by(self, word: Word) -> Iterator[Synonym]:
        yield from self.by_stem.get(word.stem, ())
        if word.form != word.stem:
            yield from self.by_stem.get(word.form, ())
        for length in (3, 4, 5):
            if len(word.form) >= length:
                yield from self.by_start.get(word.form[:length], ())
        yield from self.others


@cache
def lexicon(language: str) -> Lexicon:
    """The lexicon of a language, read once."""
    by_stem: dict[str, list[Synonym]] = {}
    by_start: dict[str, list[Synonym]] = {}
    others: list[Synonym] = []
    for synonym in _synonyms(language):
        first = synonym.pieces[0]
        assert first is not None, synonym.said
        for each in sorted(first.stems | first.forms):
            by_stem.setdefault(each, []).append(synonym)
        for each in first.begins:
            by_start.setdefault(each[: min(5, len(each))], []).append(synonym)
        if first.ends or first.is_number:
            others.append(synonym)
    return Lexicon(
        {key: tuple(value) for key, value in by_stem.items()},
        {key: tuple(value) for key, value in by_start.items()},
        tuple(others),
    )


def _synonyms(language: str) -> Iterator[Synonym]:
    for concept, row in concepts().items():
        for said in row.get(language, ()):
            parts = _ARTICLE.sub("", said).split()
            yield Synonym(concept, tuple(_piece(part, language) for part in parts), said)


def _piece(part: str, language: str) -> Piece | None:
    if part == "*":
        return None
    if part == "NUMBER":
        return Piece(is_number=True)
    stems, forms, begins, ends = set(), set(), [], []
    for each in part.split("/"):
        if each.endswith("-"):
            begins.append(each[:-1].lower())
        elif each.startswith("="):
            forms.add(each[1:].lower())
        elif each.startswith("-"):
            ends.append(each[1:].lower())
        else:
            form = each if each in CAPITALS else each.lower()
            stems.add(stem(form, language))
    return Piece(frozenset(stems), frozenset(forms), tuple(begins), tuple(ends))


@cache
def concepts() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """Every concept with its synonyms per language, from all files of concepts."""
    rows: dict[str, Any] = {}
    for file in sorted(files("dpa_gen").joinpath("data", "review").iterdir(), key=lambda file: file.name):
        if file.name.startswith("concepts"):
            for name, row in yaml.load(file.read_text("utf-8"), _Loader).items():
                assert name not in rows, f"the concept {name} stands in two files"
                rows[name] = row
    return rows
