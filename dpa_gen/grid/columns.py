"""The columns that a table can have: every path of a description, what it takes, and what it means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel

from dpa_gen.description import Description
from dpa_gen.schema import field_texts
from dpa_gen.shape import nouns_in
from dpa_gen.values import Period, TermUse, Words

KEY = "key"  # the column that names a row, for the other sheets and for the file
LANGUAGES = ("nl", "en")
IN_SHORT = {"TermUse": "term", "Location": "country"}  # nouns that may be written as one text, and which key that is


@dataclass(frozen=True)
class Column:
    """A path of a description as a column."""

    path: str
    kind: str  # text, list, group
    noun: type[BaseModel] | None = None  # what the entries of a list or a group are
    choices: tuple[str, ...] = ()
    switch: bool = False
    text: tuple[tuple[str, str], ...] = ()  # what it means, per language

    @property
    def is_sheet(self) -> bool:
        """Whether it is a list whose entries have columns of their own, on a sheet of their own."""
        return self.kind == "list" and self.noun not in (None, Words)


@cache
def columns() -> dict[str, Column]:
    """Every column by its path, in the order of the description."""
    return {column.path: column for column in _of(Description, "", ())}


@cache
def columns_of(sheet: str) -> dict[str, Column]:
    """The columns of the entries of a list, by their path within an entry."""
    noun = columns()[sheet].noun
    assert noun is not None
    return {column.path: column for column in _of(noun, "", (noun,))}


def sheets() -> tuple[str, ...]:
    """The lists that can have a sheet of their own."""
    found = [path for path, column in columns().items() if column.is_sheet]
    return tuple(path for path in found if not any(path.startswith(f"{other}.") for other in found))


def _of(noun: type[BaseModel], prefix: str, within: tuple[type[BaseModel], ...]) -> Iterator[Column]:
    texts = field_texts().get(noun.__name__, {})
    for name, info in noun.model_fields.items():
        path = f"{prefix}{info.alias or name}"
        text = tuple(texts.get(name, texts.get(info.alias or name, {})).items())
        is_list = _holds(info.annotation, tuple)
        inner = tuple(part for part in nouns_in(info.annotation) if part not in (Period,))
        first = inner[0] if inner else None
        if _holds(info.annotation, dict):
            yield Column(path, "names", None, _choices(info.annotation), text=text)
        elif is_list:
            yield Column(path, "list", first, _choices(info.annotation), text=text)
        else:
            kind = "group" if first else "text"
            yield Column(path, kind, first, _choices(info.annotation), _holds(info.annotation, bool), text)
        for part in inner:
            if part is not Words and part not in within and (not is_list or part is not TermUse):
                yield from _below(part, path, (*within, part))
        if first is Words and not is_list:
            yield from (Column(f"{path}.{language}", "text", text=text) for language in LANGUAGES)


def _below(noun: type[BaseModel], path: str, within: tuple[type[BaseModel], ...]) -> Iterator[Column]:
    yield from _of(noun, f"{path}.", within)


def _holds(annotation: Any, kind: type) -> bool:
    """Whether an annotation names a kind of value, outside the nouns it names."""
    if annotation is kind or get_origin(annotation) is kind:
        return True
    return any(_holds(part, kind) for part in get_args(annotation))


def _choices(annotation: Any) -> tuple[str, ...]:
    """The only words that a fact takes."""
    if get_origin(annotation) is Literal:
        return tuple(str(choice) for choice in get_args(annotation))
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return tuple(str(choice.value) for choice in annotation)
    return next((found for part in get_args(annotation) if (found := _choices(part))), ())


def header(words: str) -> str:
    """A column's name as it is compared: small letters, no spaces around the dots."""
    return re.sub(r"\s*\.\s*", ".", words.strip().lower()).replace(" ", "_").replace("-", "_")
