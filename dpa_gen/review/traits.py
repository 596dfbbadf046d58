"""What a few sentences that stand together have about them: the traits by which `weighing` judges them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dpa_gen.paper import Kind
from dpa_gen.review.passages import Passage, Reading, Sentence
from dpa_gen.review.quantities import quantities
from dpa_gen.review.signals import HEADING

LONGEST_WINDOW = 3  # sentences of one paragraph that are judged together
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


def traits(window: Window) -> frozenset[str]:
    """What is said, what stands over it, who is named first, and what kind of things are counted in it."""
    found: set[str] = set()
    for passage, sentence in window.found:
        found |= sentence.says
        found |= {f"under {concept}" for concept in passage.over}
        found |= set(_looks(passage, sentence))
    found |= {
        f"{least} of {concept}"
        for concept, steps in COUNTED.items()
        for least in steps
        if _different(window, concept) >= least
    }
    return frozenset(found)


def _different(window: Window, concept: str) -> int:
    """How many words of a concept the sentences hold, each sentence for itself."""
    return sum(len({said for name, said, _, _ in s.said if name == concept}) for _, s in window.found)


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
