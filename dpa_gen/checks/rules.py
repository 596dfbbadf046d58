"""The rules as data: `data/rules.yaml` in; a `Rule` by its id, and a tripped rule as a `Finding`, out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import yaml

from dpa_gen.checks.case import Trip
from dpa_gen.countrycodes import CountryCode
from dpa_gen.findings import Finding, Severity
from dpa_gen.law import country_name
from dpa_gen.library import Library
from dpa_gen.shape import shown
from dpa_gen.values import TermUse, Words
from dpa_gen.wording import day, listed

LANGUAGES = ("nl", "en")
OWN_WORDING = "clauses"  # stands among the paths of `within` for the paragraphs of one's own wording

_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True)
class Rule:
    """One thing that can be wrong: why it matters, on which authority, in which words it is told, and what to do."""

    id: str
    severity: Severity
    sentence: dict[str, str] = field(hash=False)
    reason: dict[str, str] = field(hash=False)
    source: dict[str, str] = field(hash=False)
    mend: dict[str, str] = field(hash=False)
    words: tuple[str, ...] = ()  # patterns: one of them is what trips it
    whole: bool = False  # a pattern must be all that the text says
    unless: str = ""  # a pattern that takes the sting out of a sentence
    within: tuple[str, ...] = ()  # paths of the description where the words are looked for

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The patterns of the words as one."""
        return re.compile("|".join(f"(?:{word})" for word in self.words), re.IGNORECASE)

    @cached_property
    def harmless(self) -> re.Pattern[str]:
        """What takes the sting out of a sentence; nothing does when `unless` is empty."""
        return re.compile(self.unless or r"(?!)", re.IGNORECASE)


@cache
def rules() -> Mapping[str, Rule]:
    """Every rule by its id, in the order of the file."""
    text = files("dpa_gen").joinpath("data", "rules.yaml").read_text(encoding="utf-8")
    return MappingProxyType({name: _rule(name, row) for name, row in yaml.load(text, _Loader).items()})


def _rule(name: str, row: dict[str, Any]) -> Rule:
    return Rule(
        name,
        Severity(row["severity"]),
        row["sentence"],
        row["reason"],
        row["source"],
        row["mend"],
        tuple(row.get("words", ())),
        row.get("whole") == "yes",
        row.get("unless", ""),
        tuple(row.get("within", ())),
    )


def finding(tripped: Trip, library: Library, language: str) -> Finding:
    """A tripped rule as a finding, told in both languages; its source is that of one."""
    rule = rules()[tripped.rule]
    blanks = {each: _blanks(tripped.blanks, library, each) for each in LANGUAGES}
    return Finding(
        rule.id,
        rule.severity,
        {each: _sentence(rule.sentence[each], blanks[each]) for each in LANGUAGES},
        rule.source[language],
        path=tripped.paragraph or shown(tripped.path),
        mend={each: _sentence(rule.mend[each], blanks[each]) for each in LANGUAGES},
        evidence=tripped.evidence,
    )


def _sentence(words: str, blanks: Mapping[str, str]) -> str:
    """A sentence with its blanks filled and its first letter a capital."""
    text = words.format_map(blanks)
    return text[:1].upper() + text[1:]


def _blanks(values: Mapping[str, Any], library: Library, language: str) -> dict[str, str]:
    return {name: printed(value, library, language) for name, value in values.items()}


def printed(value: Any, library: Library, language: str) -> str:
    """A value in the words of a message."""
    if isinstance(value, tuple):
        return listed([printed(each, library, language) for each in value], library.phrase("and", language))
    if isinstance(value, dict):
        return str(value[language])
    if isinstance(value, date):
        return day(value, language).replace("\u00a0", " ")
    if isinstance(value, CountryCode):
        return country_name(value, language)
    if isinstance(value, TermUse | Words):
        return _term(value, library, language)
    return str(value)


def _term(value: TermUse | Words, library: Library, language: str) -> str:
    """The name of a term of whichever vocabulary, or the free words."""
    words = value.term if isinstance(value, TermUse) else value
    text = words.in_language(language) or words.nl or words.en or ""
    named = [terms[text].name[language] for terms in library.terms.values() if text in terms]
    return named[0] if named else text
