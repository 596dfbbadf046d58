"""Rows of a table as descriptions: what a row says lies over the shared file beside the table or above it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from dpa_gen import intake
from dpa_gen.errors import DpaError, Place, Problem
from dpa_gen.generate import Prepared, Wishes, prepare_layers
from dpa_gen.intake import Layers
from dpa_gen.shape import KeyPath
from dpa_gen.source import Source


@dataclass(frozen=True)
class Row:
    """One counterparty of a table, with the place of each value; a source of facts like a file."""

    name: str  # the file of the table
    key: str
    value: dict[str, Any]
    here: Place  # the row itself
    cells: Mapping[KeyPath, Place] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    shared: Path | None = None  # the file that lies under every row

    def place(self, path: Sequence[str | int], key: bool = False) -> Place:
        """The cell of a value, or that of the nearest part of a description above it."""
        for length in range(len(path), 0, -1):
            if found := self.cells.get(tuple(path[:length])):
                return found
        return self.here


def prepare_row(row: Row, wishes: Wishes) -> Prepared:
    """A row with its library, ready to be made; raises `DpaError` with every problem and its cell."""
    try:
        return prepare_layers(Path(row.name), _layers(row), wishes)
    except DpaError as trouble:
        raise DpaError(*(_in_row(problem, row) for problem in trouble.problems)) from None


def _layers(row: Row) -> Layers:
    below = intake.read(row.shared) if row.shared else Layers((), {})
    upper = cast(Source, row)  # a row answers the same questions as a file
    return Layers((upper, *below.sources), intake.laid_over(row.value, below.value))


def _in_row(problem: Problem, row: Row) -> Problem:
    """What is missing altogether is told at the row, because no cell holds it."""
    nowhere = problem.place in (Place(), Place(row.name, 1, 1))
    return problem.at(row.place(problem.path)) if nowhere else problem
