"""Rules that are lists of words, and rules that count: sentences in, findings out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from dpa_gen.clause import Definitions
from dpa_gen.findings import Finding
from dpa_gen.lint.passages import Passage, Sentence
from dpa_gen.lint.reading import Linted
from dpa_gen.lint.rules import Rule, of_kind, pattern, rule
from dpa_gen.wording import number_in_words

# Where a clause of a sentence ends; a passive counts its bearer and its conjunction within these.
_CLAUSE = re.compile(r"[,;:(]")


def word_findings(linted: Linted) -> Iterator[Finding]:
    """Every word that a rule of words seeks."""
    for each in of_kind("words"):
        for sentence in _sentences(linted, each):
            yield from _sought(each, sentence)


def _sentences(linted: Linted, sought: Rule) -> Iterator[Sentence]:
    for passage in linted.passages:
        if passage.kind in sought.kinds:
            yield from passage.sentences


def _sought(sought: Rule, sentence: Sentence) -> Iterator[Finding]:
    """The first word in a sentence that a rule seeks, unless something beside it makes it fine."""
    found = _first(sought, "words", sentence.words, sentence)
    if found and _fits(sought, sentence) and not _negated(sought, sentence, found):
        yield sought.finding(sentence.place(found.start()), sentence.passage.holder, found[0], word=found[0])


def _first(sought: Rule, key: str, words: str, sentence: Sentence) -> re.Match[str] | None:
    wanted = sought.pattern(key, sentence.passage.language)
    return wanted.search(words) if wanted else None


def _fits(sought: Rule, sentence: Sentence) -> bool:
    """Whether a sentence is about what the rule is about, and nothing in it (or around it) makes the word fine."""
    language = sentence.passage.language
    about, unless = sought.pattern("about", language), sought.pattern("unless", language)
    around = sentence.passage.masked if sought.data.get("within") == "paragraph" else sentence.whole
    return not (about and not about.search(sentence.whole)) and not (unless and unless.search(around))


def _negated(sought: Rule, sentence: Sentence, found: re.Match[str]) -> bool:
    """Whether the words before the word that was found turn it round."""
    negation = sought.pattern("negated", sentence.passage.language)
    return bool(negation and negation.search(f"{sentence.lead} {sentence.words[: found.start()]}"))


# Two words for one thing


def pair_findings(linted: Linted) -> Iterator[Finding]:
    """Every word that stands beside a defined term for the same thing."""
    terms = {
        meaning.id: meaning
        for _, paragraph in linted.library.paragraphs()
        if isinstance(paragraph.body, Definitions)
        for meaning in paragraph.body.meanings
    }
    sought = rule("terms.two-words")
    for row in sought.data["pairs"]:
        if row["say"] in terms:
            yield from _beside(linted, sought, row["words"], terms[row["say"]].term)


def _beside(linted: Linted, sought: Rule, words: Mapping[str, list[str]], term: Mapping[str, str]) -> Iterator[Finding]:
    wanted = {language: pattern(rows) for language, rows in words.items()}
    for sentence in _sentences(linted, sought):
        language = sentence.passage.language
        found = wanted[language].search(sentence.words) if language in wanted else None
        if found and found[0].lower() != term[language].lower():
            place, holder = sentence.place(found.start()), sentence.passage.holder
            yield sought.finding(place, holder, found[0], word=found[0], term=term)


# A duty without a bearer


def bearer_findings(linted: Linted) -> Iterator[Finding]:
    """Every duty in the passive that does not say whose it is."""
    sought = rule("duty.bearer")
    for sentence in _sentences(linted, sought):
        found = _first(sought, "words", sentence.words, sentence)
        if found and not _has_bearer(sought, sentence, found):
            yield sought.finding(sentence.place(found.start()), sentence.passage.holder, found[0], word=found[0])


def _has_bearer(sought: Rule, sentence: Sentence, found: re.Match[str]) -> bool:
    """Whether the sentence says by whom, or the passive stands in a condition or a description and is no duty."""
    language = sentence.passage.language
    bearer, subordinate = sought.pattern("unless", language), sought.pattern("subordinate", language)
    before = _CLAUSE.split(sentence.words[: found.start()])[-1]
    return bool((bearer and bearer.search(sentence.words)) or (subordinate and subordinate.search(before)))


# Numbers typed in the words


def number_findings(linted: Linted) -> Iterator[Finding]:
    """Every number in the words that is past its floor."""
    for each in of_kind("number"):
        for sentence in _sentences(linted, each):
            if _fits(each, sentence):
                yield from _numbers(each, sentence)


def _numbers(sought: Rule, sentence: Sentence) -> Iterator[Finding]:
    language = sentence.passage.language
    for unit in sought.data["units"]:
        wanted = re.compile(rf"([\w-]+)\s*(?:\([\w\s-]*\)\s*)?{unit[language]}(?!\w)", re.IGNORECASE)
        for found in wanted.finditer(sentence.words):
            count = _number(found[1], language)
            if count is not None and past(sought.data, count * float(unit["times"])):
                place, holder = sentence.place(found.start()), sentence.passage.holder
                yield sought.finding(place, holder, found[0], word=found[0], **_limits(sought.data))


def past(limits: Mapping[str, Any], count: float) -> bool:
    """Whether a number is more than the most, or less than the least."""
    return count > float(limits.get("most", "inf")) or count < float(limits.get("least", "-inf"))


def _limits(data: Mapping[str, Any]) -> dict[str, str]:
    return {"limit": data.get("most") or data.get("least", "")}


def _number(word: str, language: str) -> int | None:
    return int(word) if word.isdecimal() else _numbers_in_words(language).get(word.lower())


@cache
def _numbers_in_words(language: str) -> Mapping[str, int]:
    return {number_in_words(number, language): number for number in range(1, 400)}


# Length


def length_findings(linted: Linted) -> Iterator[Finding]:
    """Every sentence and every paragraph that is too long to take in."""
    sentence_rule, paragraph_rule = rule("length.sentence"), rule("length.paragraph")
    for passage in linted.passages:
        if passage.kind == "prose":
            yield from _too_long(paragraph_rule, passage, passage.masked, passage.place())
            for sentence in passage.sentences:
                yield from _too_long(sentence_rule, passage, sentence.words, sentence.place())


def _too_long(sought: Rule, passage: Passage, words: str, place: Any) -> Iterator[Finding]:
    count = sum(1 for word in words.split() if word != "-")
    if count > int(sought.data["most"]):
        yield sought.finding(place, passage.holder, "", count=count, limit=sought.data["most"])
