"""Defined terms: used and not defined, defined and not used, defined twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from dpa_gen.clause import ClauseParagraph, Definitions, Meaning
from dpa_gen.errors import Place
from dpa_gen.findings import Finding
from dpa_gen.library import Library
from dpa_gen.lint.passages import Sentence
from dpa_gen.lint.reading import Linted
from dpa_gen.lint.rules import LANGUAGES, Rule, rule

Defined = tuple[ClauseParagraph, Meaning]

# A word with a capital after an article or pronoun; a run of such words is one term.
_CAPITAL = r"[A-ZÀ-Ý][\w’'-]*"
_AFTER = {
    "nl": "de|het|een|deze|dit|die|dat|elke|elk|iedere|ieder|zijn|haar|hun|geen",
    "en": "the|a|an|this|that|these|those|each|every|any|its|their|no",
}
_ENDINGS = {"nl": "(?:e?n|’?s)?", "en": "(?:e?s|’s|’)?"}


def defined(library: Library) -> tuple[Defined, ...]:
    """Every defined term with its paragraph."""
    return tuple(
        (paragraph, meaning)
        for _, paragraph in library.paragraphs()
        if isinstance(paragraph.body, Definitions)
        for meaning in paragraph.body.meanings
    )


@cache
def term_pattern(term: str, language: str) -> re.Pattern[str]:
    """A term in the singular and in the plural."""
    stem = re.escape(term)
    forms = [f"{stem}{_ENDINGS[language]}"]
    if language == "en" and term.endswith("y"):
        forms.append(f"{stem[:-1]}ies")
    if language == "en" and term.endswith("s"):
        forms.append(stem[:-1])
    if language == "nl" and term.endswith(("en", "s")):
        forms.append(re.escape(re.sub("(en|s)$", "", term)))
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)")


def twice_findings(linted: Linted) -> Iterator[Finding]:
    """Every term that two definitions define, or that a text defines once more."""
    sought = rule("terms.twice")
    for language in LANGUAGES:
        seen: dict[str, Meaning] = {}
        for paragraph, meaning in defined(linted.library):
            term = meaning.term[language]
            first = seen.setdefault(term.lower(), meaning)
            place = _definition_place(linted, paragraph, meaning, language)
            if first is not meaning and place:
                yield sought.finding(place, f"{paragraph.id}.{meaning.id}", term, word=term)
    yield from _defined_in_passing(linted, sought)


def _defined_in_passing(linted: Linted, sought: Rule) -> Iterator[Finding]:
    terms = {language: {m.term[language].lower() for _, m in defined(linted.library)} for language in LANGUAGES}
    for passage in linted.passages:
        wanted = sought.pattern("words", passage.language)
        for found in wanted.finditer(passage.masked) if wanted else ():
            if found["term"].lower() in terms[passage.language]:
                yield sought.finding(passage.place(found.start()), passage.holder, found[0], word=found["term"])


def unused_findings(linted: Linted) -> Iterator[Finding]:
    """Every term that is defined and then used nowhere."""
    for language in LANGUAGES:
        said = list(_said(linted.library, language))
        for paragraph, meaning in defined(linted.library):
            uses = term_pattern(meaning.term[language], language)
            own = meaning.means[language]
            if not any(uses.search(words) for words in said if words is not own):
                yield from _unused(linted, paragraph, meaning, language)


def _said(library: Library, language: str) -> Iterator[str]:
    """All words that may use a term: everything but the terms themselves."""
    for clause in library.clauses.values():
        yield clause.title[language]
        for paragraph in clause.paragraphs:
            if isinstance(paragraph.body, Definitions):
                yield from (meaning.means[language] for meaning in paragraph.body.meanings)
            else:
                yield from paragraph.texts(language)


def _unused(linted: Linted, paragraph: ClauseParagraph, meaning: Meaning, language: str) -> Iterator[Finding]:
    """Told at the definition, or at the own file that took away the last use."""
    term = meaning.term[language]
    place = _definition_place(linted, paragraph, meaning, language) or _last_use(linted, term, language)
    if place:
        yield rule("terms.unused").finding(place, f"{paragraph.id}.{meaning.id}", term, word=term)


def _last_use(linted: Linted, term: str, language: str) -> Place | None:
    uses = term_pattern(term, language)
    for change in reversed(linted.library.changes):
        if change.before and any(uses.search(words) for words in change.before.texts(language)):
            return change.place
    return None


def _definition_place(linted: Linted, paragraph: ClauseParagraph, meaning: Meaning, language: str) -> Place | None:
    """Where a definition stands in the files that are linted; the top layer first."""
    clause, _, key = paragraph.id.partition(".")
    path = ("paragraphs", key, "definitions", meaning.id, "term", language)
    for passage in reversed(linted.passages):
        if passage.clause == clause and passage.path == path:
            return passage.place()
    return None


def undefined_findings(linted: Linted) -> Iterator[Finding]:
    """Every word that is written as a defined term and is none."""
    sought = rule("terms.undefined")
    for passage in linted.passages:
        if passage.kind in sought.kinds:
            for sentence in passage.sentences:
                yield from _undefined(linted, sought, sentence)


def _undefined(linted: Linted, sought: Rule, sentence: Sentence) -> Iterator[Finding]:
    language = sentence.passage.language
    words = sentence.words
    names = sought.pattern("names", language)
    for known in (*_known(linted.library, language), *((names,) if names else ())):
        for found in known.finditer(sentence.words):
            words = words[: found.start()] + found[0].lower() + words[found.end() :]
    for found in _candidates(language).finditer(words):
        shown = sentence.words[found.start(1) : found.end(1)]
        yield sought.finding(sentence.place(found.start(1)), sentence.passage.holder, shown, word=shown)


@cache
def _candidates(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w])(?i:{_AFTER[language]})\s+({_CAPITAL}(?:\s+{_CAPITAL})*)")


@cache
def _terms_of(terms: tuple[str, ...], language: str) -> tuple[re.Pattern[str], ...]:
    return tuple(term_pattern(term, language) for term in sorted(terms, key=len, reverse=True))


def _known(library: Library, language: str) -> tuple[re.Pattern[str], ...]:
    return _terms_of(tuple(meaning.term[language] for _, meaning in defined(library)), language)
