"""Checks of words: patterns of `data/rules.yaml` in the texts of a description and in one's own wording."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from functools import cache
from typing import Any

from pydantic import BaseModel

from dpa_gen.checks.case import Case, Trip
from dpa_gen.checks.rules import OWN_WORDING, Rule, rules
from dpa_gen.clause import body_and_items
from dpa_gen.countrycodes import CountryCode
from dpa_gen.shape import KeyPath

SENTENCE_END = re.compile(r"(?<=[.;!?])\s+(?=[A-Z{“\"])")


def words_of_the_description(case: Case) -> Iterator[Trip]:
    """Each text of the description that says what a rule warns of, once for each rule and place."""
    texts = tuple(dict.fromkeys(texts_of(case.description, ())))
    seen: set[tuple[str, KeyPath]] = set()
    for path, text in texts:
        for rule in looking_at(tuple(step for step in path if isinstance(step, str))):
            if (rule.id, path) not in seen and (found := said(rule, text)):
                seen.add((rule.id, path))
                yield Trip(rule.id, path, {"words": f"“{found}”"}, evidence=text)


@cache
def looking_at(keys: tuple[str, ...]) -> tuple[Rule, ...]:
    """The rules that look for their words at a path; the numbers of rows do not count."""
    dotted = ".".join(keys) + "."
    return tuple(rule for rule in rules().values() if any(dotted.startswith(f"{part}.") for part in rule.within))


def said(rule: Rule, text: str) -> str:
    """The words of a text that trip a rule, empty when none do."""
    if rule.whole:
        stripped = text.strip().rstrip(".")
        return stripped if rule.pattern.fullmatch(stripped) else ""
    found = rule.pattern.search(text)
    return found[0] if found and not rule.harmless.search(text) else ""


def texts_of(value: Any, path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    """Every text of a description with its path; words in two languages give two."""
    if isinstance(value, str) and not isinstance(value, Enum | CountryCode):
        yield path, value
    elif isinstance(value, BaseModel):
        for name, info in type(value).model_fields.items():
            key = () if name in ("nl", "en", "term") else (info.alias or name,)
            yield from texts_of(getattr(value, name), (*path, *key))
    elif isinstance(value, tuple):
        for index, entry in enumerate(value):
            yield from texts_of(entry, (*path, index))


def words_of_the_contract(case: Case) -> Iterator[Trip]:
    """Each paragraph in one's own wording that says what a rule warns of, once for each rule and paragraph."""
    for name, sentences in own_paragraphs(case):
        for rule in rules().values():
            if OWN_WORDING not in rule.within:
                continue
            found = next(((hit, sentence) for sentence in sentences if (hit := said(rule, sentence))), None)
            if found:
                yield Trip(rule.id, (), {"words": f"“{found[0]}”"}, paragraph=name, evidence=found[1])


def own_paragraphs(case: Case) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The printed paragraphs that come from an own folder, each in its sentences."""
    if case.agreement is None:
        return
    printed = {paragraph.id for paragraph in case.agreement.paragraphs()}
    for _, paragraph in case.facts.library.paragraphs():
        if paragraph.layer and paragraph.id in printed:
            texts = paragraph.texts(case.agreement.language)
            yield paragraph.id, tuple(sentence for text in texts for sentence in sentences_of(text))


def sentences_of(text: str) -> Iterator[str]:
    """The sentences of a clause; a sub-item is read with the words that lead to it, which may say “not”."""
    body, items = body_and_items(text)
    sentences = SENTENCE_END.split(body) if body else []
    yield from sentences
    for item in items:
        yield f"{sentences[-1]} {item}" if sentences else item
