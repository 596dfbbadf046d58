"""The description of the processing: what stands under each label, and whether it is content."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dpa_gen.paper import Kind
from dpa_gen.review.answer import Answer, Status
from dpa_gen.review.judging import quoted
from dpa_gen.review.passages import Passage, Reading, Sentence
from dpa_gen.review.scope import subject
from dpa_gen.review.unsaid import ELSEWHERE, FACETS, Facet, aim, hint, unlabelled


def described(reading: Reading) -> dict[str, Answer]:
    """The answers on the four lists that describe a processing, and on its subject."""
    answers = {facet.id: _facet(reading, facet) for facet in FACETS}
    answers["art28.3.subject"] = subject(reading)
    return answers


@dataclass(frozen=True, slots=True)
class Spot:
    """A label with what stands under it: the passages, and whether the label is a heading, lead or cell of its own."""

    passage: Passage
    under: tuple[Passage, ...]
    strong: bool
    sentence: Sentence | None = None

    def sentences(self) -> Iterator[tuple[Passage, Sentence]]:
        """The sentences of the spot: that of the label and those under it."""
        if self.sentence is not None:
            yield self.passage, self.sentence
        for each in self.under:
            yield from ((each, sentence) for sentence in each.sentences)


def _facet(reading: Reading, facet: Facet) -> Answer:
    partial: list[tuple[Passage, Sentence]] = []
    reason = ""
    for spot in spots(reading, facet.label, facet.trap):
        found = list(spot.sentences())
        found = [(p, s) for p, s in found if not (facet.trap and facet.trap in s.own)]
        hits = {said for _, sentence in found for said in _kinds(sentence, facet)}
        concrete = [(p, s) for p, s in found if facet.lexicon in s.own or (spot.strong and _has_content(p, s, facet))]
        generic = bool(facet.generic) and any(facet.generic in s.own for _, s in found)
        if facet.generic and spot.strong and not hits and generic:
            partial, reason = partial or found[:2], reason or "generic"
        elif len(hits) >= facet.least + (not spot.strong) and (spot.strong or _is_listing(facet, found)):
            return Answer(facet.id, Status.PRESENT, quoted(concrete or found))
        elif (
            spot.strong
            and facet.id != "art28.3.nature"
            and concrete
            and len(_words(concrete)) >= 4
            and not _deferred(found)
        ):
            return Answer(facet.id, Status.PRESENT, quoted(concrete))
        elif _deferred(found) or (spot.strong and concrete) or len(hits) >= facet.least:
            partial, reason = partial or found[:2], reason or ("elsewhere" if _deferred(found) else "generic")
    listing = unlabelled(reading, facet) or aim(reading, facet)
    if listing:
        return Answer(facet.id, Status.PRESENT, quoted(listing))
    if partial:
        return Answer(facet.id, Status.PARTIAL, quoted(partial), reason=reason)
    near = hint(reading, facet)
    return Answer(
        facet.id, Status.PARTIAL if near else Status.ABSENT, quoted(near), reason="generic" if near else "absent"
    )


def spots(reading: Reading, label: str, trap: str = "") -> Iterator[Spot]:
    """Every place of a paper where a label stands, the headings and leads first."""
    weak: list[Spot] = []
    for passage in reading.passages:
        if passage.is_definition or {"third-country", "sub", "instrument"} & passage.over:
            continue
        if label not in passage.says and _is_short(passage, label):
            yield Spot(
                passage,
                tuple(reading.following(passage, 30)) or _rows_below(reading, passage),
                True,
                passage.sentences[0],
            )
            continue
        if label not in passage.says:
            continue
        own = [s for s in passage.sentences if label in s.own and not (trap and ({trap, "sub"} & s.own))]
        if not own:
            continue
        paragraph = passage.paragraph
        if paragraph.kind is Kind.HEADING:
            if len(paragraph.text.split()) <= 14 and "agreement-title" not in passage.says:
                yield Spot(passage, tuple(reading.following(passage, 30)), True)
        elif paragraph.kind is Kind.ROW and len(paragraph.cells) > 1:
            if label in _concepts_of_cell(passage):
                under = _rows_below(reading, passage) if _is_head(reading, passage) else ()
                yield Spot(passage, under, True, own[0])
        elif (ELSEWHERE & (own[0].says | passage.over)) - ({"deletes"} if label == "label-nature" else set()):
            continue
        elif _leads(passage, label) or any(_opens(each, label) for each in own):
            for each in own if not passage.text.rstrip().endswith(":") else own[-1:]:
                yield Spot(passage, tuple(reading.following(passage, 30)), True, each)
        else:
            weak += [
                Spot(passage, tuple(reading.following(passage, 30)) if s.text.endswith(":") else (), False, s)
                for s in own
            ]
    yield from weak


_SHORT = {
    "label-data": re.compile(
        r"(?i)(?:the |de |verwerkte |categor\w+ (?:of |van )?|soort(?:en)? )?"
        r"(?:persoonsgegevens|gegevens|welke gegevens|personal data|data|which data|personal information)\??"
    ),
    "label-people": re.compile(
        r"(?i)(?:the |de )?(?:betrokkenen?|data subjects?|people|personen|van wie|whose data)(?: concerned)?\\??"
    ),
}


def _is_short(passage: Passage, label: str) -> bool:
    """Whether a heading, lead or cell is nothing but “personal data”, or “data subjects”."""
    paragraph = passage.paragraph
    words = paragraph.lead or (paragraph.text if paragraph.kind is Kind.HEADING else "")
    if len(paragraph.cells) > 1:
        words = paragraph.cells[0]
    elif not words and 0 < paragraph.text.find(":") < 25:
        words = paragraph.text.partition(":")[0]
    return label in _SHORT and bool(passage.sentences and _SHORT[label].fullmatch(words.strip(" .:*")))


def _concepts_of_cell(passage: Passage) -> frozenset[str]:
    """The concepts of the first cell of a row, by where its words end."""
    limit = len(re.findall(r"[^\W\d_]+|\d+", passage.paragraph.cells[0]))
    return frozenset(c for s in passage.sentences[:1] for c, _, start, _ in s.said if start < limit) | passage.over


def _is_head(reading: Reading, passage: Passage) -> bool:
    place = passage.paragraph.place
    return place is not None and (place.is_head or place.row == 1) and len(passage.paragraph.cells) > 1


def _rows_below(reading: Reading, head: Passage) -> tuple[Passage, ...]:
    place = head.paragraph.place
    if place is None:
        return ()
    below = reading.passages[head.paragraph.index + 1 : head.paragraph.index + 60]
    return tuple(p for p in below if p.paragraph.place is not None and p.paragraph.place.table == place.table)


_COPULA = frozenset(
    "is zijn heeft bestaat bestaan betreft betreffen omvat omvatten betrekking are consist consists comprise comprises"
    " include includes relate concern concerns".split()
)


def _leads(passage: Passage, label: str) -> bool:
    """Whether a label opens its paragraph: in bold, before a colon, or in its first words."""
    text = passage.text
    colon = text.find(":")
    first = passage.sentences[0]
    if passage.paragraph.lead and "set-out" not in first.own:
        most = len(passage.paragraph.lead.replace("-", " ").split())
        if most <= 12:
            return any(concept == label and start < most for concept, _, start, _ in first.said)
    early = any(concept == label and start <= 5 for concept, _, start, _ in first.said)
    return _opens(first, label) or (early and (0 < colon < 90 or passage.paragraph.kind is Kind.ITEM))


def _opens(sentence: Sentence, label: str) -> bool:
    """Whether a sentence begins with a label and says what it is: “The purpose of the processing is …”."""
    places = [(start, end) for concept, _, start, end in sentence.said if concept == label and start <= 5]
    return any(word.form in _COPULA for start, end in places for word in sentence.words[start : end + 3])


def _has_content(passage: Passage, sentence: Sentence, facet: Facet) -> bool:
    """Whether a sentence under a label says something of its own: no blank, no reference to another place."""
    if {"elsewhere", "set-out", "customer-decides"} & sentence.own:
        return False
    if passage.paragraph.kind is Kind.ROW and len(passage.paragraph.cells) > 1:
        told = " ".join(passage.paragraph.cells[1:])
        return len(told.split()) >= 2 and "[" not in told and "___" not in told
    words = [word for word in sentence.words if word.form.isalpha() and word.form not in ("BLANK",)]
    after = sentence.text.partition(":")[2].split()
    is_label = facet.label in sentence.own and len(after) < 2 and len(words) <= 6
    return len(words) >= 1 and not is_label and "BLANK" not in {word.form for word in sentence.words}


def _kinds(sentence: Sentence, facet: Facet) -> set[str]:
    """The words of the lexicon in a sentence; one that points elsewhere has to list several itself."""
    kinds = {said for concept, said, _, _ in sentence.said if concept == facet.lexicon}
    return kinds if len(kinds) >= 3 or not {"elsewhere", "set-out"} & sentence.own else set()


def _words(found: Iterable[tuple[Passage, Sentence]]) -> list[str]:
    return [word.form for _, sentence in found for word in sentence.words if len(word.form) > 2]


def _deferred(found: Iterable[tuple[Passage, Sentence]]) -> bool:
    return any({"elsewhere", "customer-decides"} & s.own or "set-out" in s.own for _, s in found)


def _is_listing(facet: Facet, found: list[tuple[Passage, Sentence]]) -> bool:
    """Whether words of the lexicon stand there as a list, and not by chance."""
    text = " ".join(sentence.text for _, sentence in found)
    return len(found) > 2 or text.count(",") >= 2 or ":" in text or "(" in text or facet.lexicon == "operation"
