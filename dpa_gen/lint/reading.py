"""Folders to what is linted: the library they make, the files themselves, and the faults of those that cannot be read.

A file with a fault does not stop the others: what can be laid over the library is laid over it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePath

from dpa_gen import source
from dpa_gen.errors import Place, Problem
from dpa_gen.laying import Laying
from dpa_gen.library import KINDS, Library, shipped, shipped_folder
from dpa_gen.lint.passages import Passage, passages
from dpa_gen.source import Source


@dataclass(frozen=True)
class Linted:
    """What is linted: a library, the files whose words are looked at, and what could not be read."""

    library: Library
    sources: tuple[Source, ...]
    problems: tuple[Problem, ...] = ()
    own: bool = False  # whether the files are own wording over the shipped

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Every passage of the files."""
        return tuple(passage for read in self.sources for passage in passages(read, PurePath(read.name).stem))

    @cached_property
    def files(self) -> frozenset[str]:
        """The names of the files."""
        return frozenset(read.name for read in self.sources)


def linted(folders: Sequence[Path] = ()) -> Linted:
    """Own folders, the first on top, over the shipped library; without folders the shipped library itself."""
    return _own(folders) if folders else _shipped()


def _shipped() -> Linted:
    folder = shipped_folder()
    files = (file for kind in KINDS for file in sorted((folder / kind).glob("*.yaml")))
    read = (source.read(file, f"clauses/{file.relative_to(folder).as_posix()}") for file in files)
    return Linted(shipped(), tuple(read))


def _own(folders: Sequence[Path]) -> Linted:
    whole, problems = shipped(), list[Problem]()
    for folder in reversed(folders):
        if not folder.is_dir():
            problems.append(Problem("this folder is not there.", "Check the name.", Place(str(folder))))
            continue
        laying = Laying(whole, folder)
        whole = laying.lay()
        problems += laying.problems
    return Linted(whole, whole.sources, tuple(problems), own=True)
