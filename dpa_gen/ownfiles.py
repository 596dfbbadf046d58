"""The files of a folder with own wording: which there are, where something stands in them, what was probably meant."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from dpa_gen.errors import DpaError, Place
from dpa_gen.source import Source

MOST_SHOWN = 30
CONTENTS, DEFAULTS, VOCABULARY, KEPT = "contents.yaml", "defaults.yaml", "vocabulary", ".replaced"
SCHEMA = "dpa-gen.clauses.schema.json"  # what `init` puts in a workspace, so that editors complete and check


def own_files(folder: Path) -> tuple[Path, ...]:
    """The files of an own folder: vocabulary first, then the clauses by name, and the order of what there is then."""
    files = [p for p in folder.rglob("*.yaml") if not any(part.startswith(".") for part in p.relative_to(folder).parts)]
    return tuple(sorted(files, key=lambda p: (p.parent.name != VOCABULARY, p.name == CONTENTS, p.as_posix())))


def keys_of(read: Source) -> Mapping[str, Any]:
    """The keys of a file with their values; raises `DpaError` when it holds none."""
    if isinstance(read.value, dict):
        return read.value
    raise DpaError.of("this file does not hold keys and values.", "See docs/clause-format.md.", Place(read.name, 1, 1))


def within(read: Source, *before: str) -> Callable[..., Place]:
    """Places of a part of a file."""

    def place(path: Sequence[str | int], key: bool = False) -> Place:
        return read.place((*before, *path), key)

    return place


def word_place(read: Source, key: str, word: str) -> Place:
    """Where a word stands within a paragraph of an own file."""
    start = read.place(("paragraphs", key), key=True)
    for number, line in enumerate(read.text.splitlines()[start.line - 1 :], start.line):
        if re.search(rf"(?<![\w.-]){re.escape(word)}(?![\w.-])", line):
            return Place(read.name, number, line.index(word) + 1)
    return start


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The nearest of what there is, or all of it when that is little."""
    names = sorted(known)
    if close := get_close_matches(word, names, 1, 0.6):
        return f"Did you mean {close[0]}?"
    few = len(names) <= MOST_SHOWN
    return f"There are: {', '.join(names)}." if few else "See `dpa-gen clauses list` and docs/clause-format.md."
