"""A clause file as it was read, taken apart: its passages per language, and their sentences with their places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

from dpa_gen.errors import Place
from dpa_gen.source import Path_, Source

PROSE = ("text", "positions", "wordings", "empty")
BLANK, REF = "◦", "§"  # what a blank and a reference become while words are sought
UNPRINTED = ("note",)

_TAG = re.compile(r"\{\{\s*(ref:)?[^{}]*\}\}")
_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Ý“\"‘(◦§])")


@dataclass(frozen=True)
class Passage:
    """The words of one language at one place of a file."""

    source: Source
    clause: str
    path: Path_
    language: str
    words: str

    @cached_property
    def kind(self) -> str:
        """`prose` for sentences of the contract, `term` and `means` of a definition, `label` for all else."""
        keys = [step for step in self.path if isinstance(step, str)]
        if keys[-1:] and keys[-1] in ("term", "means"):
            return keys[-1]
        return "prose" if self.path[:1] == ("paragraphs",) and any(key in PROSE for key in keys[2:3]) else "label"

    @property
    def holder(self) -> str:
        """The paragraph (or the part of a file) that the words belong to, as people name it."""
        if self.path[:1] == ("paragraphs",) and len(self.path) > 1:
            return f"{self.clause}.{self.path[1]}"
        return self.clause

    @cached_property
    def masked(self) -> str:
        """The words on one line, each blank and reference a row of one sign, every offset as it was."""
        return _TAG.sub(_mask, self.words).replace("\n", " ")

    @cached_property
    def segments(self) -> tuple[tuple[int, int], ...]:
        """Where the body and each sub-item begin and end."""
        starts = [0, *(found.end() for found in re.finditer(r"(?m)^[ \t]*- ", self.words))]
        return tuple(pairwise((*starts, len(self.words) + 2))) if self.kind == "prose" else ((0, len(self.words)),)

    @property
    def items(self) -> int:
        """The number of sub-items."""
        return len(self.segments) - 1

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences; each sub-item is one, led by the words above the list."""
        found: list[Sentence] = []
        lead = ""
        for index, (start, end) in enumerate(self.segments):
            parts = list(self._parts(start, min(end - 2 if index < self.items else end, len(self.words))))
            found += [Sentence(self, at, words, lead) for at, words in parts]
            if index == 0 and parts:
                lead = parts[-1][1]
        return tuple(found)

    def _parts(self, start: int, end: int) -> Iterator[tuple[int, str]]:
        at = start
        for found in (*_END.finditer(self.masked, start, end), None):
            words = self.masked[at : found.start() if found else end]
            if words.strip():
                yield at + len(words) - len(words.lstrip()), words.strip()
            at = found.end() if found else end

    def place(self, offset: int = 0) -> Place:
        """Where a character of the words stands in the file."""
        start = self.source.place(self.path)
        lines = self.source.text.splitlines()
        first = lines[start.line - 1] if 0 < start.line <= len(lines) else ""
        if first[start.column - 1 : start.column] == "|":
            return self._place_in_block(start, lines, offset)
        return self._place_of_word(start, first, offset)

    def _place_in_block(self, start: Place, lines: list[str], offset: int) -> Place:
        before = self.words[:offset]
        number = start.line + 1 + before.count("\n")
        column = offset - (before.rfind("\n") + 1)
        line = lines[number - 1] if number <= len(lines) else ""
        written = self.words.splitlines()[before.count("\n")] if self.words else ""
        return Place(start.file, number, column + 1 + max(line.find(written), 0))

    def _place_of_word(self, start: Place, first: str, offset: int) -> Place:
        word = re.match(r"\S*", self.words[offset:])
        column = first.find(word[0], start.column - 1) if word and word[0] else -1
        return Place(start.file, start.line, column + 1 if column >= 0 else start.column)


def _mask(found: re.Match[str]) -> str:
    return (REF if found[1] else BLANK) * len(found[0])


@dataclass(frozen=True)
class Sentence:
    """A sentence or a sub-item, with the words that lead it."""

    passage: Passage
    start: int
    words: str
    lead: str = ""

    @property
    def whole(self) -> str:
        """The sentence with the words that lead it."""
        return f"{self.lead} {self.words}"

    def place(self, offset: int = 0) -> Place:
        """Where a character of the sentence stands in the file."""
        return self.passage.place(self.start + offset)


def passages(source: Source, clause: str) -> Iterator[Passage]:
    """Every passage of a file that can be printed; a file of an odd shape gives what there is."""
    yield from _passages(source, clause, source.value, ())


def _passages(source: Source, clause: str, value: Any, path: Path_) -> Iterator[Passage]:
    if isinstance(value, list):
        for index, entry in enumerate(value):
            yield from _passages(source, clause, entry, (*path, index))
    if not isinstance(value, dict):
        return
    for key, entry in value.items():
        if key in UNPRINTED:
            continue
        if isinstance(entry, str) and key in ("nl", "en"):
            yield Passage(source, clause, (*path, key), key, entry)
        elif isinstance(entry, str) and key in ("value", "cell"):
            yield from (Passage(source, clause, (*path, key), language, entry) for language in ("nl", "en"))
        else:
            yield from _passages(source, clause, entry, (*path, key))
