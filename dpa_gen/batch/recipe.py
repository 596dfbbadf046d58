"""What a contract was made of, as hashes: equal recipes give equal files."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from dpa_gen import __version__, overlay
from dpa_gen.errors import DpaError
from dpa_gen.generate import DEFAULT_TEMPLATE, Prepared, Wishes, countries_file, own_folders
from dpa_gen.house import SHIPPED, template_bytes
from dpa_gen.intake import Layers


@dataclass(frozen=True, slots=True)
class Recipe:
    """The hashes of everything that goes into the contracts of one description; no description: not all were made."""

    description: str
    library: str
    template: str
    countries: str
    program: str
    wishes: str

    def values(self) -> tuple[str, ...]:
        """The hashes, that of the description first."""
        return self.description, self.library, self.template, self.countries, self.program, self.wishes


@dataclass(frozen=True, slots=True)
class Parts:
    """The files beside the description that a contract is made with; a shipped template by its name."""

    clauses: tuple[str, ...]
    template: str
    countries: str


def digest(raw: bytes) -> str:
    """The hash of some bytes, as it stands in a manifest."""
    return sha256(raw).hexdigest()[:32]


def digest_of_value(value: Any) -> str:
    """The hash of plain values."""
    return digest(json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str).encode("utf-8", "replace"))


def parts_of(layers: Layers, wishes: Wishes) -> Parts:
    """The files with which the contracts of a description are made."""
    template = layers.value.get("template")
    if wishes.template or not isinstance(template, str):
        template = wishes.template or DEFAULT_TEMPLATE
    elif template.strip() not in SHIPPED:
        template = str(layers.folder("template") / template.strip())
    clauses = tuple(str(folder) for folder in own_folders(layers, wishes))
    return Parts(clauses, template, str(countries_file(layers, wishes) or ""))


def recipe_of(prepared: Prepared, wishes: Wishes, parts: Parts) -> Recipe:
    """The recipe of the contracts of a description."""
    about = digest_of_value(prepared.layers.value)
    return Recipe(about, prepared.library.digest[:32], *_beside(parts), __version__, asked(wishes))


def as_it_is_now(known: Recipe, parts: Parts, wishes: Wishes) -> Recipe | None:
    """The recipe that a known description would have today; None when one of its files cannot be read any more."""
    try:
        library = overlay.library(tuple(map(Path, parts.clauses))).digest[:32]
        return Recipe(known.description, library, *_beside(parts), __version__, asked(wishes))
    except DpaError:
        return None


def asked(wishes: Wishes) -> str:
    """What was asked on the command line; the files that it names are compared by what they hold."""
    given = {
        "draft": wishes.draft,
        "template": bool(wishes.template),
        "clauses": bool(wishes.clauses),
        "countries": bool(wishes.countries),
    }
    return "+".join((*wishes.languages, *(name for name, asked_for in given.items() if asked_for)))


def _beside(parts: Parts) -> tuple[str, str]:
    countries = _digest_of_file(parts.countries, *_stamp(parts.countries)) if parts.countries else ""
    return _digest_of_template(parts.template, *_stamp(parts.template)), countries


def _stamp(name: str) -> tuple[int, int]:
    """What changes when a file is written; nothing for a name that is no file."""
    try:
        found = Path(name).stat()
    except OSError:
        return 0, 0
    return found.st_size, found.st_mtime_ns


@lru_cache(maxsize=256)
def _digest_of_template(template: str, *_stamp: int) -> str:
    return digest(template_bytes(template, Path())[0])


@lru_cache(maxsize=256)
def _digest_of_file(name: str, *_stamp: int) -> str:
    try:
        return digest(Path(name).read_bytes())
    except OSError:
        return ""
