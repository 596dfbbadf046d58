"""`Task`: one thing to do, by whom and when, why, and on which authority; its sentences come from `data/tasks.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from hashlib import sha256
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import yaml

from dpa_gen.findings import Severity


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of task: how grave it is, within how many days it must be done, and its sentences per language."""

    id: str
    severity: Severity
    within: int
    sensitive: int
    part: str
    what: Mapping[str, str]
    why: Mapping[str, str]
    source: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do."""

    id: str  # stays the same from day to day, so that a calendar does not double it
    kind: str
    severity: Severity
    by: date
    who: str
    about: str  # the service or file that it is about
    what: str
    why: str
    source: str
    file: str = ""
    part: str = ""  # "register" for what makes the record complete

    def as_json(self) -> dict[str, Any]:
        """The task as plain values."""
        plain = {name: getattr(self, name) for name in Task.__slots__}
        return {**plain, "severity": self.severity.value, "by": self.by.isoformat()}


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind of task by its id."""
    text = files("dpa_gen").joinpath("data", "tasks.yaml").read_text(encoding="utf-8")
    return MappingProxyType({name: _kind(name, row) for name, row in yaml.safe_load(text).items()})


def _kind(name: str, row: dict[str, Any]) -> Kind:
    within = row["within"]
    sentences = (row.get(key, {}) for key in ("what", "why", "source"))
    severity = Severity(row["severity"])
    return Kind(name, severity, within, row.get("sensitive", within), row.get("part", ""), *sentences)


@dataclass(frozen=True)
class Setting:
    """For whom a list is made: the day, the language, and who does what has to be done."""

    today: date
    language: str
    who: str

    def in_days(self, days: int) -> date:
        """A day that lies so many days ahead."""
        return self.today + timedelta(days=days)

    def task(self, kind: str, by: date, key: str, words: Mapping[str, str], about: str = "", file: str = "") -> Task:
        """A task of a kind, its sentences filled with words; `key` tells it from others of its kind."""
        found = kinds()[kind]
        what, why, source = (each[self.language].format(**words) for each in (found.what, found.why, found.source))
        name, what, why = identity(kind, key), sentence(what), sentence(why)
        return Task(name, kind, found.severity, by, self.who, about, what, why, source, file, found.part)


def identity(kind: str, key: str) -> str:
    """A short name for a task that is the same on any day and any machine."""
    return f"{kind}-{sha256(key.encode()).hexdigest()[:12]}"


def sentence(words: str) -> str:
    """Words that begin with a capital, unless they begin with a name that has none."""
    return words[:1].upper() + words[1:]


def by_urgency(task: Task) -> tuple[date, int, str, str, str]:
    """The order of a to-do list: the earliest day first, then the gravest."""
    return task.by, list(Severity).index(task.severity), task.about.casefold(), task.kind, task.id
