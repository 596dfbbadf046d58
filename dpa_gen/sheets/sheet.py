"""The nouns of a table for people: `Book`, `Sheet`, `Column`, `Bars`; no file format in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

Value = str | int | date | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key, its title, how wide it reads well (in characters), and the values that are offered for it."""

    key: str
    title: str
    width: int = 20
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with a title; each row has a value for each column."""

    id: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    note: str = ""
    wide: bool = False  # too wide for paper: there each row becomes a card

    def as_json(self) -> list[dict[str, Any]]:
        """The rows as plain values by the key of their column."""
        keys = [column.key for column in self.columns]
        return [{key: plain(value) for key, value in zip(keys, row, strict=True)} for row in self.rows]


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a picture; `tone` tells good, warn, bad or plain."""

    label: str
    count: int
    tone: str = "plain"


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars under a title."""

    title: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """Sheets that belong together, with the facts that head them and an overview in pictures."""

    title: str
    language: str
    facts: tuple[tuple[str, str], ...]
    sheets: tuple[Sheet, ...]
    overview: tuple[Bars, ...] = ()

    def filled(self) -> Iterator[Sheet]:
        """The sheets that have rows, the first one in any case."""
        for index, sheet in enumerate(self.sheets):
            if sheet.rows or not index:
                yield sheet


def plain(value: Value) -> Any:
    """A value as JSON has it."""
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def shown(value: Value, between: str = "\n") -> str:
    """A value as text, the entries of a list on lines of their own, or with something else between them."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    return between.join(value) if isinstance(value, tuple) else str(value)
