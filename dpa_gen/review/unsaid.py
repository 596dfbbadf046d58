"""The parts of the description of a processing, and where a paper shows one without calling it by its name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dpa_gen.paper import Kind
from dpa_gen.review.passages import Passage, Reading, Sentence

ELSEWHERE = frozenset({"breach", "deletes", "audit", "infringes", "dsr", "liability-word", "controller-duty"})
# Where a label is no label: content of a breach notice, say, also speaks of categories of data subjects.


@dataclass(frozen=True, slots=True)
class Facet:
    """A part of the description: its label, the words it consists of, and how many of those make it concrete."""

    id: str
    label: str
    lexicon: str
    least: int = 1
    trap: str = ""  # a concept whose label it is not
    generic: str = ""  # words that say nothing
    unlabelled: int = 3  # so many words of the lexicon in one sentence on processing show it without a label


FACETS = (
    Facet("art28.3.datatypes", "label-data", "data-kind", 2, unlabelled=3),
    Facet("art28.3.subjects", "label-people", "people-kind", 1, unlabelled=99),
    Facet("art28.3.nature", "label-nature", "operation", 1, unlabelled=99),
    Facet("art28.3.purpose", "label-purpose", "operation", 1, "purpose-of-agreement", "generic-purpose", 99),
)


def unlabelled(reading: Reading, facet: Facet) -> list[tuple[Passage, Sentence]]:
    """A sentence on the processing that says enough without calling it by its name."""
    for passage in reading.passages:
        if passage.is_definition or AWAY & passage.over:
            continue
        for sentence in passage.sentences:
            kinds = {said for concept, said, _, _ in sentence.said if concept == facet.lexicon}
            if facet.id == "art28.3.nature" and "label-description" not in passage.over:
                continue
            prose = passage.paragraph.kind is not Kind.ROW
            over_data = prose and bool(OF_DATA & passage.over)
            if kinds and not ELSEWHERE & sentence.says and _shows(facet, sentence, len(kinds), over_data):
                return [(passage, sentence)]
    return []


AWAY = frozenset("measures sub audit breach after-end third-country liability-word".split())


OF_DATA = frozenset({"label-data", "label-data-short"})


def _shows(facet: Facet, sentence: Sentence, kinds: int, over_data: bool) -> bool:
    """Whether words of the lexicon in a sentence make it one that lists data, people or operations."""
    says = sentence.says
    if facet.id == "art28.3.datatypes":
        about = bool({"personal-data", "processing"} & says or _NAMING.match(sentence.text))
        return kinds >= 3 and about
    if facet.id == "art28.3.subjects":
        about = {"processor", "processing"} <= says and bool({"personal-data", "data-kind"} & says)
        about = about or ("data-kind" in says and over_data)
        return about and not {"secrecy", "measures", "sub", "controller-lawfulness"} & says
    if facet.id == "art28.3.nature":
        starts = {start for concept, _, start, _ in sentence.said if concept == "operation"}
        done = len(starts) >= 3 and "personal-data" in sentence.own
        return kinds >= 3 and "processor" in says and not (NOT_NATURE - (_OPERATIONS if done else set())) & says
    return False


_NAMING = re.compile(
    r"(?i)(?:het gaat (?:daarbij |hierbij )?om|dit betreft|dit zijn|these are|this concerns|this includes)\b"
)
_OPERATIONS = frozenset({"helps", "gives"})  # “support” and “provide” are operations too, among others
NOT_NATURE = frozenset("measures sub after-end returns instruction helps rights-request dpia gives".split())


NO_AIM = frozenset("measures sub blank purpose-of-agreement rights-request helps informs deletes".split())


def aim(reading: Reading, facet: Facet) -> list[tuple[Passage, Sentence]]:
    """A purpose that is said without the word: what is done, and what for, where the service is described."""
    if facet.id != "art28.3.purpose":
        return []
    for passage in reading.passages:
        if AWAY & passage.over:
            continue
        for sentence in passage.sentences:
            doing = {"processor", "processing", "in-order", "operation"} <= sentence.own
            if (
                doing
                and "data-kind" in sentence.own
                and not NO_AIM & sentence.own
                and re.search(r"\b(?:om|in order to)\b", sentence.text)
            ):
                return [(passage, sentence)]
            if _has_aim(sentence):
                return [(passage, sentence)]
            told = {"label-nature", "label-subject"} & passage.over and {"in-order", "processor"} <= sentence.own
            if told and {"operation", "only"} & sentence.own and not NO_AIM & sentence.own:
                return [(passage, sentence)]
    return []


_AIM = re.compile(
    r"\b(?:met (?:als|het) doel|for the purposes? of|diene?n?t? om|bedoeld om|teneinde|ten behoeve van"
    r"|so that|with a view to)"
    r"\s(?!(?:de |het |the )?(?:CONTROLLER|PROCESSOR|SUB|this|deze|hoofd\w*|overeenkomst|agreement|gdpr|avg|dienst\w*"
    r"|services?|artikel|article|supporting|allowing|performing|providing)\b)"
)
_WORK = frozenset({"operation", "data-kind", "people-kind"})


def _has_aim(sentence: Sentence) -> bool:
    """Whether a sentence on the processing says what it is for, in words of its own."""
    about = "processing" in sentence.own and bool(_WORK & sentence.own)
    no = NO_AIM | ELSEWHERE | {"generic-purpose", "not", "own-use-allowed", "instruction", "elsewhere", "set-out"}
    return about and not no & sentence.own and bool(_AIM.search(" ".join(word.form for word in sentence.words)))


def hint(reading: Reading, facet: Facet) -> list[tuple[Passage, Sentence]]:
    """What comes near without being said as such: the scope of the agreement, or a purpose that is presupposed."""
    apart = [
        (p, s)
        for p in reading.passages
        for s in p.sentences
        if "description-of" in s.own and {"elsewhere", "set-out"} & s.own and not p.is_definition
    ]
    if apart:
        return apart
    if facet.id == "art28.3.nature":
        needed, without = {"scope-said", "processor", "operation"}, {"breach", "sub", "measures", "blank"}
    elif facet.id == "art28.3.purpose":
        needed = {"label-purpose", "processing"}
        without = {"purpose-of-agreement", "breach", "sub", "own-means", "own-use-allowed", "blank"}
    else:
        return []
    found = [
        (p, s)
        for p in reading.passages
        for s in p.sentences
        if needed <= s.says and not without & s.says and not p.is_definition
    ]
    if not found and facet.id == "art28.3.nature":
        found = [(p, s) for p in reading.passages for s in p.sentences if {"label-nature", "service-named"} <= s.own]
    return found[:2]
