"""The rules of `data/lint.yaml`: each with its severity, reason, source, sentence and mend in two languages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import yaml

from dpa_gen.errors import Place
from dpa_gen.findings import Finding, Severity

LANGUAGES = ("nl", "en")
Text = Mapping[str, str]  # "nl" and "en"

_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True)
class Rule:
    """One rule: what it looks for, why, on which authority, and what to do."""

    id: str
    kind: str
    severity: Severity
    reason: Text
    source: Text
    sentence: Text
    mend: Text
    data: Mapping[str, Any]  # the words, numbers and paths of the rule

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of passages in which it looks."""
        return tuple(self.data.get("kinds", ("prose", "label")))

    def pattern(self, key: str, language: str) -> re.Pattern[str] | None:
        """The words of the rule in a language, as one pattern; nothing when it has none."""
        return _pattern(self.id, key, language)

    def finding(self, place: Place, path: str, evidence: str = "", **named: Any) -> Finding:
        """The rule tripped at a place; what a sentence names may differ per language (a mapping of both)."""
        said = {language: self.sentence[language].format(**_in(language, named)) for language in LANGUAGES}
        mend = {language: self.mend[language].format(**_in(language, named)) for language in LANGUAGES}
        return Finding(self.id, self.severity, said, self.source["en"], place, path, mend, evidence)


def _in(language: str, named: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value[language] if isinstance(value, Mapping) else value for key, value in named.items()}


@cache
def rules() -> Mapping[str, Rule]:
    """Every rule by its id, in the order of the catalogue."""
    rows = yaml.load(files("dpa_gen").joinpath("data", "lint.yaml").read_text(encoding="utf-8"), _Loader)
    return MappingProxyType({name: _rule(name, row) for name, row in rows.items()})


def of_kind(kind: str) -> Iterator[Rule]:
    """The rules of a kind."""
    return (rule for rule in rules().values() if rule.kind == kind)


def rule(name: str) -> Rule:
    """The rule of an id."""
    return rules()[name]


def _rule(name: str, row: Mapping[str, Any]) -> Rule:
    said = {key: row[key] for key in ("reason", "source", "sentence", "mend")}
    data = {key: value for key, value in row.items() if key not in (*said, "kind", "severity")}
    return Rule(name, row["kind"], Severity(row["severity"]), data=MappingProxyType(data), **said)


@cache
def _pattern(name: str, key: str, language: str) -> re.Pattern[str] | None:
    found = rules()[name].data.get(key)
    words = found.get(language, ()) if isinstance(found, Mapping) else ()
    return pattern(words, rules()[name].data.get("cased") == "yes") if words else None


def pattern(words: Any, cased: bool = False) -> re.Pattern[str]:
    """Whole words as one pattern."""
    return re.compile(rf"(?<![\w-])(?:{'|'.join(words)})(?!\w)", 0 if cased else re.IGNORECASE)
