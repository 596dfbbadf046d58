"""The memory of a folder with contracts (`.dpa-gen.json`): which file was made of what, and how it was left."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from dpa_gen.batch.recipe import Parts, Recipe, digest
from dpa_gen.errors import DpaError, Place
from dpa_gen.files import write

NAME = ".dpa-gen.json"
FORMAT = 1

Kind = tuple[str | tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Stamp:
    """A file as it was: size and moment of writing tell quickly that it is the same, the hash tells surely."""

    size: int
    moment: int  # nanoseconds
    digest: str

    @classmethod
    def of(cls, path: Path) -> Stamp | None:
        """The stamp of a file; nothing when it cannot be read."""
        try:
            found = path.stat()
            return cls(found.st_size, found.st_mtime_ns, digest(path.read_bytes()))
        except OSError:
            return None

    def holds(self, path: Path) -> bool:
        """Whether a file is still the same; it is read only when its size or its moment differs."""
        try:
            found = path.stat()
        except OSError:
            return False
        if (found.st_size, found.st_mtime_ns) == (self.size, self.moment):
            return True
        return found.st_size == self.size and (again := Stamp.of(path)) is not None and again.digest == self.digest


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that was made: its name from the folder of the manifest, what it wanted to be called, and its state."""

    file: str
    wanted: str
    stamp: Stamp
    incomplete: bool = False
    open_fields: int = 0
    pdf: Stamp | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One description with the contracts that were made of it."""

    recipe: Recipe
    parts: Parts
    sources: tuple[str, ...]
    row: str = ""  # the hash of a row of a table; empty for a file
    pattern: str = ""
    files: dict[str, Kept] = field(default_factory=dict)  # by language

    @property
    def kind(self) -> Kind:
        """What the entries of one run have in common."""
        recipe, parts = self.recipe, self.parts
        return (*recipe.values()[1:], parts.clauses, parts.template, parts.countries, self.pattern)


class Manifest:
    """What is known of a folder; read once, saved often, never half."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.entries: dict[str, Entry] = {}
        self.sources: dict[str, Stamp] = {}
        self.sure: dict[str, bool] = {}  # sources that were compared in this run
        self.saved = ""  # the hash of the file
        self._parts: dict[Parts, Parts] = {}
        self._resolved = os.path.abspath(folder)

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """The manifest of a folder; raises `DpaError` for one that cannot be read, which is never thrown away."""
        manifest = cls(folder)
        path = folder / NAME
        try:
            raw = path.read_bytes()
            manifest.saved = digest(raw)
            manifest._take(json.loads(raw))
        except FileNotFoundError:
            return manifest
        except (OSError, ValueError, LookupError, TypeError, AttributeError) as trouble:
            what = f"this memory of earlier runs cannot be read: {trouble}."
            mend = "Put back a copy, or remove it: every contract is then made again, and none that was edited is lost."
            raise DpaError.of(what, mend, Place(str(path))) from None
        return manifest

    def _take(self, plain: dict[str, Any]) -> None:
        if plain["format"] != FORMAT:
            raise ValueError(f"its format is {plain['format']}, and this program knows {FORMAT}")
        kinds = [_kind(kind) for kind in plain["kinds"]]
        self.sources = {sys.intern(name): Stamp(*stamp) for name, stamp in plain["sources"].items()}
        self.entries = {sys.intern(key): _entry(entry, kinds) for key, entry in plain["contracts"].items()}

    def save(self) -> None:
        """Write the manifest, whole or not at all; what did not change is not written."""
        raw = "".join(self._text()).encode("utf-8", "surrogateescape")
        found = digest(raw)
        if found != self.saved:
            write(self.folder / NAME, raw)
            self.saved = found

    def _text(self) -> Iterator[str]:
        """The manifest as JSON, a line for each file and each description; what many have in common stands once."""
        used = {name for entry in self.entries.values() for name in entry.sources}
        kinds: dict[Kind, int] = {}
        for entry in self.entries.values():
            kinds.setdefault(entry.kind, len(kinds))
        yield f'{{"format": {FORMAT},\n"kinds": [\n'
        yield ",\n".join(map(_json, kinds))
        yield '\n],\n"sources": {\n'
        yield ",\n".join(f"{_json(n)}: {_json(_stamp_json(s))}" for n, s in sorted(self.sources.items()) if n in used)
        yield '\n},\n"contracts": {\n'
        entries = sorted(self.entries.items())
        yield ",\n".join(f"{_json(key)}: {_json(_entry_json(entry, kinds))}" for key, entry in entries)
        yield "\n}}\n"

    def keep(self, key: str, entry: Entry) -> None:
        """Remember a description; what many have in common is held once."""
        description, *beside = entry.recipe.values()
        recipe = Recipe(description, *map(sys.intern, beside))
        parts = self._parts.setdefault(entry.parts, entry.parts)
        self.entries[sys.intern(key)] = replace(entry, recipe=recipe, parts=parts)

    def name_of(self, path: str | Path) -> str:
        """A path as the manifest writes it: from its own folder, with slashes, or whole on another drive."""
        return _from_folder(str(path), self._resolved)

    def path_of(self, name: str) -> Path:
        """The path of a name in the manifest."""
        return self.folder / name

    def knows(self, name: str) -> bool:
        """Whether a source is the same as when it was last read; each is looked at once in a run."""
        if name not in self.sure:
            stamp = self.sources.get(name)
            self.sure[name] = stamp is not None and stamp.holds(self.path_of(name))
        return self.sure[name]

    def names(self) -> Iterator[tuple[str, str]]:
        """Every file name that is taken, with the description that has it."""
        for key, entry in self.entries.items():
            for kept in entry.files.values():
                yield kept.file, key.removesuffix(f" ({kept.file})")  # an earlier name stays with its description


@lru_cache(maxsize=64)  # the shared file comes back for each description
def _from_folder(path: str, folder: str) -> str:
    try:
        return sys.intern(os.path.relpath(path, folder).replace(os.sep, "/"))
    except ValueError:
        return path


def _json(plain: Any) -> str:
    return json.dumps(plain, ensure_ascii=False)


def _stamp_json(stamp: Stamp | None) -> list[int | str] | None:
    return [stamp.size, stamp.moment, stamp.digest] if stamp else None


def _stamp(plain: list[Any] | None) -> Stamp | None:
    return Stamp(*plain) if plain else None


def _kind(plain: list[Any]) -> tuple[Recipe, Parts, str]:
    (*beside, clauses, template, countries, pattern) = plain
    return Recipe("", *beside), Parts(tuple(clauses), template, countries), pattern


def _entry_json(entry: Entry, kinds: Mapping[Kind, int]) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "kind": kinds[entry.kind],
        "description": entry.recipe.description,
        "sources": entry.sources,
        "files": {language: _kept_json(kept) for language, kept in entry.files.items()},
    }
    return {**plain, "row": entry.row} if entry.row else plain


def _kept_json(kept: Kept) -> dict[str, Any]:
    return {
        "file": kept.file,
        "wanted": kept.wanted,
        "stamp": _stamp_json(kept.stamp),
        "incomplete": kept.incomplete,
        "open": kept.open_fields,
    } | ({"pdf": _stamp_json(kept.pdf)} if kept.pdf else {})


def _entry(plain: dict[str, Any], kinds: Sequence[tuple[Recipe, Parts, str]]) -> Entry:
    recipe, parts, pattern = kinds[plain["kind"]]
    files = {sys.intern(language): _kept(kept) for language, kept in plain["files"].items()}
    sources = tuple(map(sys.intern, plain["sources"]))
    return Entry(
        replace(recipe, description=plain["description"]), parts, sources, plain.get("row", ""), pattern, files
    )


def _kept(plain: dict[str, Any]) -> Kept:
    stamp, pdf = Stamp(*plain["stamp"]), _stamp(plain.get("pdf"))
    return Kept(plain["file"], plain["wanted"], stamp, plain["incomplete"], plain["open"], pdf)
