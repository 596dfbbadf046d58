"""Sentences to words: tokens with their stems, and the language of a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from dpa_gen.paper import Paper

LANGUAGES = ("nl", "en")
_NAMES = {"nl": "dutch", "en": "english"}
_TOKEN = re.compile(r"\[[^\]]{0,80}\]|[^\W\d_]+(?:[’'][a-z]\b)?|\d+(?:[.,]\d+)*")
# Words that hardly occur in the other language; short words are the surest sign of a language.
_COMMON = {
    "nl": "de het een en van voor met niet aan op door bij zijn wordt worden ook als dat deze die of uit dan naar zal"
    " zonder geen andere hij zij wij hun haar dit tot om te ten er wat heeft kan mag moet onder over alle bijlage"
    " artikel persoonsgegevens gegevens verwerker overeenkomst betrokkenen",
    "en": "the and of to for with not by be is are shall will this that any on from or which as such has have its"
    " without other no an it they we you your our their only must may under all each where if annex section"
    " processor agreement subjects",
}
_SETS = {language: frozenset(words.split()) for language, words in _COMMON.items()}


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it stands, in small letters, and its stem; a party is written in capitals."""

    form: str
    stem: str


@cache
def _stemmer(language: str) -> object:
    import snowballstemmer

    return snowballstemmer.stemmer(_NAMES[language])


@cache
def stem(form: str, language: str) -> str:
    """The stem of a word; parties, numbers and short words are their own stem."""
    if len(form) < 4 or form.isupper() or not form.isalpha():
        return form
    return str(_stemmer(language).stemWord(form))  # type: ignore[attr-defined]


@cache
def _word(raw: str, language: str) -> Word:
    form = raw if raw in ("PROCESSOR", "CONTROLLER", "SUB", "BLANK") else raw.lower()
    if form.endswith(("’s", "'s")):
        form = form[:-2]
    return Word(form, stem(form, language))


def words(text: str, language: str) -> tuple[Word, ...]:
    """The words of a text; hyphens part words, and what stands in square brackets is a blank."""
    return tuple(_word("BLANK" if raw[0] == "[" else raw, language) for raw in _TOKEN.findall(text))


def language_of(text: str) -> str:
    """The language that most of the common words are of; nothing when there are too few to tell."""
    found = re.findall(r"[a-z]+", text.lower())
    score = {language: sum(word in known for word in found) for language, known in _SETS.items()}
    best, other = sorted(LANGUAGES, key=lambda language: -score[language])
    return best if score[best] >= 2 and score[best] > 1.5 * score[other] else ""


def languages_of(paper: Paper) -> tuple[str, ...]:
    """The languages of a paper, the main one first; a second one only when a good part is in it."""
    length = dict.fromkeys(LANGUAGES, 0)
    for paragraph in paper.paragraphs:
        if found := language_of(paragraph.text):
            length[found] += len(paragraph.text)
    ranked = sorted(LANGUAGES, key=lambda language: -length[language])
    return tuple(one for one in ranked if length[one] > 0.25 * sum(length.values())) or ("en",)


_ABBREVIATION = re.compile(
    r"\b(?:art|artt|nr|no|vs|incl|excl|bijv|bv|o\.a|d\.w\.z|m\.b\.t|i\.v\.m|t\.a\.v|e\.g|i\.e|etc|enz|inc|ltd|co|corp"
    r"|sec|resp|ca|jo|st|dr|mr|mw|dhr|par|cl|reg|b\.v|n\.v|u\.s|para)\.$",
    re.I,
)


def sentences(text: str) -> Iterator[str]:
    """The sentences of a paragraph, parted at full stops and semicolons, not at abbreviations."""
    start = 0
    for mark in re.finditer(r"[.;!?](?=[\s”\"’)]|$)", text):
        end = mark.end()
        following = text[end : end + 3].lstrip()
        if mark.group() == "?" and following:
            continue  # a question says what the answer is about
        if mark.group() == "." and (_ABBREVIATION.search(text[start:end]) or (following[:1].islower())):
            continue
        if text[start:end].strip():
            yield text[start:end].strip()
        start = end
    if text[start:].strip():
        yield text[start:].strip()
