"""Description files, with the workspace's shared one under them, to a `Description`, all problems at once."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import BaseModel, ValidationError

from dpa_gen import source
from dpa_gen.description import Description
from dpa_gen.errors import DpaError, Place, Problem, raise_any
from dpa_gen.shape import KeyPath, fit, holds, shown
from dpa_gen.source import Source
from dpa_gen.values import Frozen, Words

SHARED_FILE = "dpa-gen.yaml"
# Lists that cannot be answered with "none": Article 28(3), opening words, and 28(3)(c); and somebody must sign.
NEVER_EMPTY = (
    "language",
    *(f"processing.{key}" for key in ("purpose", "nature", "data_subjects", "personal_data")),
    "security.measures",
    *(f"{party}.signatory" for party in ("controller", "processor")),
)
LANGUAGE_NAMES = {"nl": "Dutch", "en": "English"}


@dataclass(frozen=True)
class Layers:
    """The files of one description, the most particular first, and what they say together."""

    sources: tuple[Source, ...]
    value: dict[str, Any]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with files that could be read all the same, such as a key that stands twice."""
        return tuple(problem for layer in self.sources for problem in layer.problems)

    def place(self, path: Sequence[str | int], key: bool = False) -> Place:
        """Where a value stands: in the most particular file that holds it, or else its nearest parent."""
        for length in range(len(path), -1, -1):
            part = tuple(path[:length])
            for layer in self.sources:
                if length and holds(layer.value, part):
                    return layer.place(part, key)
        return Place(self.sources[0].name, 1, 1)

    def folder(self, key: str) -> Path:
        """The folder of the file that states a top-level key; paths in it count from there."""
        stating = next((layer for layer in self.sources if key in layer.value), self.sources[0])
        return Path(stating.name).parent

    def located(self, problem: Problem) -> Problem:
        """The problem with its place looked up from its path."""
        return problem if problem.place.file or not problem.path else problem.at(self.place(problem.path))

    def beneath(self, defaults: Mapping[str, Any]) -> Layers:
        """The same layers with values laid under them for what the files do not say."""
        return Layers(self.sources, laid_over(self.value, defaults))


def read(path: Path) -> Layers:
    """Read a description and the shared file above it; raises `DpaError` when one of them cannot be read at all."""
    sources: list[Source] = []
    problems: list[Problem] = []
    for file in filter(None, (path, shared_file(path))):
        try:
            sources.append(_mapping(source.survey(file)))
        except DpaError as trouble:
            problems += trouble.problems
    if problems:
        raise DpaError(*problems)
    value: dict[str, Any] = {}
    for layer in reversed(sources):
        value = laid_over(layer.value, value)
    return Layers(tuple(sources), value)


def shared_file(path: Path) -> Path | None:
    """The nearest `dpa-gen.yaml` in the folder of a description or above it, named as the description was."""
    own = os.path.abspath(path)
    for found in _above(os.path.dirname(own)):
        if os.path.isfile(found):
            return None if found == own else Path(found if os.path.isabs(path) else os.path.relpath(found))
    return None


@lru_cache(maxsize=64)
def _above(folder: str) -> tuple[str, ...]:
    """Where the shared file can be, the nearest place first."""
    folders = (Path(folder), *Path(folder).parents)
    return tuple(str(each / SHARED_FILE) for each in folders)


def _mapping(read_source: Source) -> Source:
    if isinstance(read_source.value, dict):
        return read_source
    mend = "Begin with a line such as `processor:`; see `dpa-gen init` for an example."
    what = "this file does not hold keys and values"
    raise DpaError(*read_source.problems, Problem(what, mend, Place(read_source.name, 1, 1)))


def laid_over(upper: Mapping[str, Any], lower: Mapping[str, Any]) -> dict[str, Any]:
    """Upper laid over lower: groups are merged key by key, everything else is replaced whole."""
    merged = dict(lower)
    for key, value in upper.items():
        below = merged.get(key)
        both = isinstance(value, dict) and isinstance(below, dict) and not _is_words(value, below)
        merged[key] = laid_over(value, below) if both else value  # type: ignore[arg-type]
    return merged


def _is_words(*values: Mapping[str, Any]) -> bool:
    """Whether these are one sentence in several languages, which is replaced whole or it would tell two things."""
    return all(value and set(value) <= set(LANGUAGE_NAMES) for value in values)


def describe(layers: Layers, languages: Sequence[str] = ()) -> Description:
    """The typed description; raises `DpaError` with every problem and its place."""
    try:
        description = _fitted(layers)
    except DpaError as trouble:
        raise_any((*layers.problems, *trouble.problems))
        raise
    lacking = _lacking(layers.value, languages or description.language)
    amiss = (*_nothing_said(description), *_untranslated(description, lacking))
    raise_any((*layers.problems, *map(layers.located, amiss)))
    return description


class _Group(NamedTuple):
    """A group of keys as it was last read: nearly all descriptions of a workspace share most of them."""

    value: Any
    noun: Any
    lacking: frozenset[str]  # the languages that some text in it lacks


_LAST: dict[str, _Group] = {}


def _fitted(layers: Layers) -> Description:
    """The description; a group that says what it said in the last one is not read again."""
    known = {key: group.noun for key, value in layers.value.items() if (group := _last(key, value))}
    try:
        description = Description.model_validate({**layers.value, **known})
    except ValidationError:
        return fit(Description, layers.value, layers.place)
    for key in layers.value.keys() - known.keys():
        value, noun = layers.value[key], getattr(description, key)
        if isinstance(noun, Frozen):
            _LAST[key] = _Group(value, noun, frozenset(_lacked(value)))
    return description


def _last(key: str, value: Any) -> _Group | None:
    """The last group of a name, when it says the same."""
    group = _LAST.get(key)
    return group if group and group.value == value else None


def _nothing_said(description: Description) -> Iterator[Problem]:
    """Each list that is empty where the law, or the paper, wants at least one entry."""
    for dotted in NEVER_EMPTY:
        group, _, key = f".{dotted}".rpartition(".")
        if getattr(getattr(description, group[1:], description), key) == ():
            mend = "Name at least one, or write ? when it is not known yet."
            mend = "Write nl, en, or [nl, en]." if dotted == "language" else mend
            yield Problem(f"{dotted} names nothing.", mend, path=tuple(dotted.split(".")))
    if len(set(description.language)) < len(description.language):
        yield Problem("language names a language twice.", "Keep one of the two.", path=("language",))


def _lacking(value: Any, languages: Sequence[str]) -> Sequence[str]:
    """Of the languages of the contract those that some text may lack; plain values tell it without a search by noun."""
    groups = ((_last(key, part), part) for key, part in value.items())
    lacked = {language for group, part in groups for language in (group.lacking if group else _lacked(part))}
    return [language for language in languages if language in lacked]


def _lacked(value: Any) -> set[str]:
    """The languages that some text of a plain value lacks while another is given."""
    lacked: set[str] = set()
    parts = [value]
    for part in parts:
        if isinstance(part, dict):
            if not LANGUAGE_NAMES.keys().isdisjoint(part):
                lacked |= LANGUAGE_NAMES.keys() - part.keys()
            parts += part.values()
        elif isinstance(part, list):
            parts += part
    return lacked


def _untranslated(description: Description, languages: Sequence[str]) -> Iterator[Problem]:
    """Each text that lacks one of the contract's languages."""
    if not languages:
        return
    for path, words in _all_words(description, ()):
        for language in languages:
            if words.in_language(language) is None:
                what = f"{shown(path)} has no {LANGUAGE_NAMES[language]} text"
                yield Problem(what, f"Add {language}: to it; the contract is made in that language.", path=path)


def _all_words(value: Any, path: KeyPath) -> Iterator[tuple[KeyPath, Words]]:
    if isinstance(value, Words):
        yield path, value
    elif isinstance(value, BaseModel):
        for name, info in type(value).model_fields.items():
            yield from _all_words(getattr(value, name), (*path, info.alias or name))
    elif isinstance(value, tuple):
        for index, entry in enumerate(value):
            yield from _all_words(entry, (*path, index))


def nested(flat: Mapping[str, Any]) -> dict[str, Any]:
    """Dotted paths with their values as nested groups."""
    tree: dict[str, Any] = {}
    for dotted, value in flat.items():
        *groups, last = dotted.split(".")
        branch = tree
        for group in groups:
            branch = branch.setdefault(group, {})
        branch[last] = value.value if isinstance(value, Enum) else value
    return tree
