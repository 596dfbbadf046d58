"""What a few sentences that stand together have about them: the traits by which `weighing` judges them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dpa_gen.paper import Kind
from dpa_gen.review.passages import Passage, Reading, Sentence
from dpa_gen.review.quantities import quantities
from dpa_gen.review.signals import HEADING
from dpa_gen.review.words import Word

LONGEST_WINDOW = 3  # sentences of one paragraph that are judged together
SHORTEST = 4  # letters of a stem
ITEMS = 14  # paragraphs after a lead-in that are judged together with it
PARTIES = ("PROCESSOR", "CONTROLLER", "SUB")
COUNTED: Mapping[str, tuple[int, ...]] = {  # so many different words of a list are a trait of their own
    "data-kind": (2, 4),
    "people-kind": (1, 2),
    "operation": (2, 4),
    "measure-kind": (1, 2, 4),
    "risks-named": (3,),
}
COMPANY = re.compile(
    r"\b(?:B\.?V\.?|N\.?V\.?|Inc\.?|LLC|GmbH|Ltd\.?|Limited|S\.?A\.?R\.?L|plc|Corp\.?|Corporation|AG|AB|ApS|Oy|SAS|PBC)\b"
)


@dataclass(frozen=True, slots=True)
class Window:
    """Sentences that are judged together, each with its passage."""

    found: tuple[tuple[Passage, Sentence], ...]

    @property
    def texts(self) -> frozenset[str]:
        """The sentences as they stand."""
        return frozenset(sentence.text for _, sentence in self.found)


def windows(reading: Reading) -> Iterator[Window]:
    """One, two and three sentences of each paragraph that binds somebody, and each lead-in with its items."""
    for passage in reading.passages:
        is_heading = passage.paragraph.kind is Kind.HEADING and len(passage.text.split()) < HEADING
        if passage.is_definition or is_heading:
            continue
        found = tuple((passage, sentence) for sentence in passage.sentences)
        for length in range(1, LONGEST_WINDOW + 1):
            yield from (Window(found[start : start + length]) for start in range(len(found) - length + 1))
        if items := tuple(_items(reading, passage)):
            yield Window(found[-1:] + items)


def _items(reading: Reading, lead: Passage) -> Iterator[tuple[Passage, Sentence]]:
    if not lead.text.rstrip().endswith(":"):
        return
    start = lead.paragraph.index + 1
    for passage in reading.passages[start : start + ITEMS]:
        if passage.paragraph.kind not in (Kind.ITEM, Kind.ROW):
            return
        yield from ((passage, sentence) for sentence in passage.sentences)


@dataclass(frozen=True, slots=True)
class Marks:
    """What one sentence has about it: its traits, and how many different words of each counted list it holds."""

    traits: frozenset[str]
    counts: Mapping[str, int]


def traits(window: Window) -> frozenset[str]:
    """What is said and in which words, what stands over it, who is named first, how many things of a list there are."""
    return _together([_marks(*found) for found in window.found])


def with_traits(reading: Reading) -> Iterator[tuple[Window, frozenset[str]]]:
    """Every window with its traits; each sentence is looked at once, though it stands in several windows."""
    known: dict[int, Marks] = {}
    for window in windows(reading):
        marks = []
        for passage, sentence in window.found:
            key = id(sentence)
            if key not in known:
                known[key] = _marks(passage, sentence)
            marks.append(known[key])
        yield window, _together(marks)


def _together(marks: list[Marks]) -> frozenset[str]:
    found = frozenset().union(*(each.traits for each in marks))
    return found.union(
        f"{least} of {concept}"
        for concept, steps in COUNTED.items()
        if (count := sum(each.counts.get(concept, 0) for each in marks))
        for least in steps
        if count >= least
    )


def _marks(passage: Passage, sentence: Sentence) -> Marks:
    words = {f"{passage.language}:{word.stem}" for word in sentence.words if _tells(word)}
    found = sentence.says | {f"under {concept}" for concept in passage.over} | set(_looks(passage, sentence)) | words
    counted = {(name, said) for name, said, _, _ in sentence.said if name in COUNTED}
    return Marks(frozenset(found), Counter(name for name, _ in counted))


def _tells(word: Word) -> bool:
    """Whether a word is a trait of its own: no party, no number, and none of the small words that stand everywhere."""
    return len(word.stem) >= SHORTEST and word.stem.isalpha() and not word.form.isupper()


def _looks(passage: Passage, sentence: Sentence) -> Iterator[str]:
    """Traits that are no concepts: the shape of the paragraph, the first party, periods, companies, blanks."""
    yield f"as {passage.paragraph.kind.value}"
    if first := _first_party(passage, sentence):
        yield f"first {first}"
    periods = quantities(sentence.text)
    if any(period.hours <= 5 * 24 for period in periods):
        yield "with hours"
    if any(1 <= period.days <= 400 for period in periods):
        yield "with days"
    if COMPANY.search(sentence.text):
        yield "with company"
    if any(word.form == "BLANK" for word in sentence.words):
        yield "with blank"
    if sentence.text.count(",") >= 3:
        yield "with commas"


def _first_party(passage: Passage, sentence: Sentence) -> str:
    """The party that a sentence names first, or the only one of its lead-in: as a rule the one that owes."""
    own = next((word.form for word in sentence.words if word.form in PARTIES), "")
    if own or not passage.lead:
        return own.lower()
    led = {"processor", "controller"} & sentence.says
    return next(iter(led)) if len(led) == 1 else ""
