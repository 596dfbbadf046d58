"""A paper as it is judged: every sentence with the concepts in it, over it and around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from dpa_gen.paper import Kind, Paper, PaperParagraph
from dpa_gen.review.lexicon import Synonym, lexicon
from dpa_gen.review.parties import Parties, parties_of
from dpa_gen.review.words import Word, language_of, languages_of, sentences, words

Found = tuple[Synonym, int, int]  # with its first word and the one after its last

NEIGHBOURS = 3  # paragraphs before and after that belong to the window
_BLANKS = re.compile(r"\[[^\]\n]{0,80}\](?!\()|_{3,}|\.{4,}|…{2,}|<[a-zA-Z][^<>\n]{2,60}>|\{\{?[^{}\n]{2,60}\}?\}")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with the words that lead into it, and what it says."""

    text: str  # as it stands in the paper
    words: tuple[Word, ...]
    says: frozenset[str]  # the concepts in it, those of its lead-in among them
    own: frozenset[str]  # those in its own words
    said: tuple[tuple[str, str, int, int], ...]  # concept, synonym, first and last word


@dataclass(frozen=True)
class Passage:
    """A paragraph with its sentences, the concepts in its headings, and those of its neighbours."""

    paragraph: PaperParagraph
    language: str
    sentences: tuple[Sentence, ...]
    over: frozenset[str]  # concepts in its headings, its bold lead, its lead-in and its first cell
    lead: str = ""  # the words that lead into it: "The Processor shall:"
    is_definition: bool = False
    says: frozenset[str] = frozenset()
    near: frozenset[str] = frozenset()  # of the neighbours under the same heading, and of itself

    @property
    def text(self) -> str:
        """Its words."""
        return self.paragraph.text


@dataclass(frozen=True)
class Reading:
    """A whole paper, read."""

    paper: Paper
    languages: tuple[str, ...]
    parties: Parties
    passages: tuple[Passage, ...]
    says: frozenset[str] = field(default=frozenset())

    @property
    def language(self) -> str:
        """The main language."""
        return self.languages[0]

    def following(self, passage: Passage, most: int = 80) -> Iterator[Passage]:
        """What stands under a heading or lead: until the next heading of its kind, or the end of its list."""
        start = passage.paragraph.index
        kind, depth = passage.paragraph.kind, len(passage.paragraph.headings)
        for other in self.passages[start + 1 : start + 1 + most]:
            if kind is Kind.HEADING:
                if len(other.paragraph.headings) <= depth:
                    return
            elif other.paragraph.kind not in (Kind.ITEM, Kind.ROW) and not _continues(passage, other):
                return
            yield other


def _continues(lead: Passage, other: Passage) -> bool:
    return bool(lead.text.rstrip().endswith(":") and len(other.paragraph.headings) > len(lead.paragraph.headings))


def reading(paper: Paper) -> Reading:
    """A paper with everything found in it that judging needs."""
    languages, parties = languages_of(paper), parties_of(paper)
    passages = list(_passages(paper, languages, parties))
    around = tuple(_with_neighbours(passages))
    return Reading(paper, languages, parties, around, frozenset().union(*(each.says for each in around)))


def _passages(paper: Paper, languages: tuple[str, ...], parties: Parties) -> Iterator[Passage]:
    lead: PaperParagraph | None = None
    lead_words = ""
    heads: dict[tuple[str, ...], frozenset[str]] = {}
    title = next((each.text for each in paper.paragraphs[:8] if each.kind is Kind.HEADING), "")
    for paragraph in paper.paragraphs:
        language = _language(paragraph, languages)
        if lead is not None and not _is_led(paragraph, lead):
            lead, lead_words = None, ""
        before = lead_words
        passage = _passage(paragraph, language, parties, before, heads, title)
        yield passage
        if paragraph.text.rstrip().endswith(":") and paragraph.kind is not Kind.HEADING:
            last = list(sentences(paragraph.text))[-1:]
            lead, lead_words = paragraph, last[0] if last else ""


def _language(paragraph: PaperParagraph, languages: tuple[str, ...]) -> str:
    found = language_of(paragraph.text) if len(paragraph.text) > 40 else ""
    return found if found in languages else languages[0]


def _is_led(paragraph: PaperParagraph, lead: PaperParagraph) -> bool:
    """Whether the words of `lead` still lead into a paragraph: its items, rows, and what begins in the middle."""
    if paragraph.kind is Kind.HEADING:
        return False
    if paragraph.kind in (Kind.ITEM, Kind.ROW) or paragraph.text[:1].islower():
        return True
    under = paragraph.reference.startswith(lead.reference) and len(paragraph.reference) > len(lead.reference) > 0
    return under or len(paragraph.headings) > len(lead.headings)


def _passage(
    paragraph: PaperParagraph,
    language: str,
    parties: Parties,
    lead: str,
    heads: dict[tuple[str, ...], frozenset[str]],
    title: str,
) -> Passage:
    if paragraph.headings not in heads:
        # The title says nothing of a single paragraph.
        below = tuple(head for head in paragraph.headings if head != title)
        heads[paragraph.headings] = _concepts("\n".join(below[-3:]), language, parties)
    first = paragraph.cells[0] if len(paragraph.cells) > 1 else ""
    over = heads[paragraph.headings] | _concepts(
        "\n".join(filter(None, (paragraph.lead, lead, first))), language, parties
    )
    read = tuple(_sentences(paragraph.text, language, parties, lead))
    return Passage(
        paragraph,
        language,
        read,
        over,
        lead,
        "definitions-heading" in heads[paragraph.headings] or _defines(paragraph),
        frozenset().union(*(sentence.own for sentence in read)),
    )


_MEANS = re.compile(r"^[“\"„‘'*]?[^.:;”\"]{2,60}[”\"’'*]*\s+(?:means|shall mean|will have the meaning|betekent)\b")


def _defines(paragraph: PaperParagraph) -> bool:
    """Whether a paragraph says what a term means."""
    return bool(_MEANS.match(paragraph.text))


def _concepts(text: str, language: str, parties: Parties) -> frozenset[str]:
    if not text:
        return frozenset()
    found = lexicon(language).found(words(parties.folded(text), language))
    return frozenset(synonym.concept for synonym, _, _ in found)


_PRONOUN = re.compile(r"^(?:Hij|Zij|It|Deze|Dit bedrijf|They|He|She)\b")


def _sentences(text: str, language: str, parties: Parties, lead: str) -> Iterator[Sentence]:
    folded_lead = words(parties.folded(lead), language) if lead else ()
    known = lexicon(language)
    before = frozenset(synonym.concept for synonym, _, _ in known.found(folded_lead))
    subject = ""
    for sentence in sentences(text):
        folded = parties.folded(_BLANKS.sub("[]", sentence))
        if subject and _PRONOUN.match(folded):
            folded = _PRONOUN.sub(subject, folded, count=1)
        own = words(folded, language)
        party = next((word.form for word in own if word.form in ("PROCESSOR", "CONTROLLER")), "")
        subject = party or subject
        found = tuple(_binding(known.found(own), folded, own, language))
        concepts = frozenset(synonym.concept for synonym, _, _ in found)
        bridge = known.found(folded_lead[-12:] + own[:14]) if folded_lead else ()
        crossing = frozenset(synonym.concept for synonym, _, _ in bridge)
        yield Sentence(
            sentence,
            own,
            concepts | before | crossing,
            concepts,
            tuple((synonym.concept, synonym.said, start, end) for synonym, start, end in found),
        )


_OPENS = {
    "nl": re.compile(r"(?i)^(?:indien|als|wanneer|zodra|nadat?|ingeval|mocht|voor zover)\b"),
    "en": re.compile(r"(?i)^(?:if|where|when|after|upon|once|should|whenever)\b"),
}
_DUTIES = ("informs", "gives", "helps")


def _binding(found: Iterator[Found], folded: str, own: tuple[Word, ...], language: str) -> Iterator[Found]:
    """What is found, without the duties that stand only in a condition: who may, once he has told, need not tell."""
    limit = 0
    if _OPENS[language].match(folded.strip()) and "," in folded:
        limit = len(words(folded.partition(",")[0], language))
    elif len(own) > 1 and own[1].form in ("PROCESSOR", "CONTROLLER") and any(word.form == "dan" for word in own):
        limit = len(words(re.split(r"(?i),?\s+dan\b", folded)[0], language))
    for synonym, start, end in found:
        if start >= limit or synonym.concept not in _DUTIES:
            yield synonym, start, end


def _with_neighbours(passages: list[Passage]) -> Iterator[Passage]:
    for index, passage in enumerate(passages):
        near = set(passage.says) | set(passage.over)
        mine = passage.paragraph.headings[:2]
        for other in passages[max(0, index - NEIGHBOURS) : index + NEIGHBOURS + 1]:
            if other.paragraph.headings[:2] == mine:
                near |= other.says
        yield replace(passage, near=frozenset(near))
