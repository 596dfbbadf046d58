"""The law as data: what it asks of a contract and where personal data may go; dated files in, values out.

The files are `data/requirements.yaml` and `data/countries.yaml`. Both are read when first asked for. Countries change
between releases, so a newer file can be laid over the shipped one with `use_countries`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

import yaml

from dpa_gen.countrycodes import COUNTRY_CODES
from dpa_gen.errors import DpaError, Place, Problem, raise_any

Level = Literal["must", "should", "duty", "may", "fact"]
LANGUAGES = ("nl", "en")

# All scalars stay text, so that the code NO is a country and not a switch.
_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing the law asks: its id, its weight for the contract, and where it stands; `when` must all be true."""

    id: str
    level: Level
    asks: dict[str, str] = field(hash=False)
    source: dict[str, str] = field(hash=False)
    core: tuple[str, ...] = ()  # "R12" of the 26 core requirements of the research
    when: tuple[str, ...] = ()
    name: dict[str, str] = field(default_factory=dict, hash=False)  # in a table; only where a paper can show it


@dataclass(frozen=True, slots=True)
class Adequacy:
    """A decision under Article 45 GDPR: a transfer within its scope needs no other instrument."""

    code: str  # of a country, or EPO
    decision: dict[str, str] = field(hash=False)
    adopted: date
    scope: dict[str, str] = field(hash=False)
    scope_limited: bool  # it does not hold for every recipient
    until: date | None
    source: dict[str, str] = field(hash=False)
    notes: dict[str, str] | None = field(hash=False, default=None)

    def holds_on(self, day: date) -> bool:
        """Whether the decision has been taken and has not ended on a day."""
        return self.adopted <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Framework:
    """The EU-US Data Privacy Framework: where its participants are listed, and what to watch."""

    participants: str
    staff_data: dict[str, str] = field(hash=False)
    risk: dict[str, str] = field(hash=False)


@dataclass(frozen=True)
class Countries:
    """What a countries file says, as it stood on `checked_on`; after `review_by` it must be looked at again."""

    checked_on: date
    review_by: date
    names: Mapping[str, dict[str, str]]
    eea: frozenset[str]
    mistaken_for_eea: Mapping[str, dict[str, str]]
    adequacy: Mapping[str, Adequacy]
    organisations: Mapping[str, Adequacy]
    dpf: Framework


# Requirements


@cache
def requirements() -> Mapping[str, Requirement]:
    """Every requirement by its id, in the order of the catalogue."""
    rows = yaml.load(_shipped("requirements.yaml"), _Loader)
    return MappingProxyType({name: _requirement(name, row) for name, row in rows.items()})


def of_level(*levels: Level) -> tuple[Requirement, ...]:
    """The requirements of the given levels."""
    return tuple(each for each in requirements().values() if each.level in levels)


def mandatory() -> tuple[Requirement, ...]:
    """What the GDPR itself asks of every contract to which the condition of the row applies."""
    return of_level("must")


def expected() -> tuple[Requirement, ...]:
    """What a regulator expects in the contract besides."""
    return of_level("should")


def core() -> tuple[Requirement, ...]:
    """The requirements behind the 26 core requirements of the research."""
    return tuple(each for each in requirements().values() if each.core)


def _requirement(name: str, row: dict[str, Any]) -> Requirement:
    conditions = row.get("when", [])
    when = (conditions,) if isinstance(conditions, str) else tuple(conditions)
    numbers, called = tuple(row.get("core", ())), row.get("name", {})
    return Requirement(name, row["level"], row["asks"], row["source"], numbers, when, called)


# Countries


def country_name(code: str, language: str) -> str:
    """The name of a country as it reads in an address."""
    return countries().names[code][language]


def in_eea(code: str) -> bool:
    """Whether a country, or a territory with a code of its own, belongs to the European Economic Area."""
    return code in countries().eea


def why_not_eea(code: str, language: str) -> str | None:
    """Why a country that is often taken for a part of the EEA is not one; nothing for all others."""
    reason = countries().mistaken_for_eea.get(code)
    return reason[language] if reason else None


def adequacy(code: str) -> Adequacy | None:
    """The adequacy decision for a country (or for the organisation EPO), ended ones included."""
    current = countries()
    return current.adequacy.get(code) or current.organisations.get(code)


def dpf() -> Framework:
    """What is known of the EU-US Data Privacy Framework."""
    return countries().dpf


def checked_on() -> date:
    """The day on which the facts on countries were checked."""
    return countries().checked_on


def review_by() -> date:
    """The day by which the facts on countries must be checked again."""
    return countries().review_by


_newer: list[Path] = []


def use_countries(newer: Path | None) -> None:
    """Lay a newer countries file over the shipped one from now on; None returns to the shipped one."""
    laid = [newer] if newer else []
    countries_of(*laid)
    _newer[:] = laid


def countries() -> Countries:
    """The facts on countries in use."""
    return countries_of(*_newer)


@cache
def countries_of(newer: Path | None = None) -> Countries:
    """The shipped facts on countries, with those of a newer file laid over them; a faulty file is a DpaError."""
    shipped = yaml.load(_shipped("countries.yaml"), _Loader)
    if newer is None:
        return _countries(shipped)
    return _of_user(shipped, newer)


def _of_user(shipped: dict[str, Any], path: Path) -> Countries:
    laid = _read(path)
    raise_any(_faults(laid, shipped, Place(str(path))))
    try:
        return _countries(_laid_over(shipped, laid))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        mend = "Each adequacy decision has decision, date and scope, with dates as year-month-day."
        raise DpaError.of(f"this is not a countries file: {error}", mend, Place(str(path))) from error


def _faults(laid: dict[str, Any], shipped: dict[str, Any], place: Place) -> list[Problem]:
    """The parts of a newer file that this program does not know, and codes that are no country."""
    unknown = [f"“{key}” is not a part of a countries file" for key in laid if key not in shipped]
    codes = {code for part in ("names", "adequacy") for code in _keys(laid.get(part))}
    unknown += [f"“{code}” is not the code of a country" for code in sorted(codes - COUNTRY_CODES)]
    return [Problem(what, f"A countries file has: {', '.join(shipped)}.", place) for what in unknown]


def _keys(part: Any) -> list[str]:
    return list(part) if isinstance(part, dict) else []


def _laid_over(shipped: dict[str, Any], newer: dict[str, Any]) -> dict[str, Any]:
    """The newer values: groups are merged, a row of them is replaced whole, and an empty row is taken out."""
    merged = dict(shipped)
    for key, value in newer.items():
        whole = {**shipped[key], **value} if isinstance(value, dict) else value
        merged[key] = {name: row for name, row in whole.items() if row} if isinstance(whole, dict) else whole
    return merged


def _read(path: Path) -> dict[str, Any]:
    try:
        value = yaml.load(path.read_text(encoding="utf-8"), _Loader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        reason = " ".join(str(error).split())
        raise DpaError.of(f"this countries file cannot be read: {reason}", place=Place(str(path))) from error
    if not isinstance(value, dict):
        raise DpaError.of("this is not a countries file", "Begin with checked_on: and a date.", Place(str(path)))
    return value


def _countries(plain: dict[str, Any]) -> Countries:
    return Countries(
        checked_on=date.fromisoformat(plain["checked_on"]),
        review_by=date.fromisoformat(plain["review_by"]),
        names={code: _bilingual(plain["names"][code]) for code in COUNTRY_CODES},
        eea=frozenset([*plain["eea"], *plain["eea_territories"]]),
        mistaken_for_eea=plain["mistaken_for_eea"],
        adequacy={code: _adequacy(code, row, plain["source"]) for code, row in plain["adequacy"].items()},
        organisations={code: _adequacy(code, row, plain["source"]) for code, row in plain["organisations"].items()},
        dpf=Framework(**plain["dpf"]),
    )


def _adequacy(code: str, row: dict[str, Any], source: dict[str, str]) -> Adequacy:
    return Adequacy(
        code=code,
        decision=_bilingual(row["decision"]),
        adopted=date.fromisoformat(row["date"]),
        scope=_bilingual(row["scope"]),
        scope_limited=row.get("scope_limited") == "true",
        until=date.fromisoformat(row["until"]) if "until" in row else None,
        source=row.get("source", source),
        notes=row.get("notes"),
    )


def _bilingual(words: dict[str, str]) -> dict[str, str]:
    return {language: words[language] for language in LANGUAGES}


def _shipped(name: str) -> str:
    return files("dpa_gen").joinpath("data", name).read_text(encoding="utf-8")
