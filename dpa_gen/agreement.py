"""The nouns of a contract: `Agreement`, `Article`, `Paragraph`, `Annex`, `Table`; no Word in them and no YAML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Reference:
    """A pointer to an article ("audit"), a paragraph ("audit.costs") or an annex, with the words it prints.

    `before` is the word that goes before the number ("artikel" and a no-break space; nothing for an
    annex, whose label is part of its number); `number` is what Word will compute.
    """

    target: str
    number: str
    before: str = ""

    def __str__(self) -> str:
        return self.before + self.number


@dataclass(frozen=True, slots=True)
class OpenField:
    """A fact that is not known yet: a fill-in field of the contract, and the party that must fill it in."""

    path: str  # "processor.address"
    title: str  # "Adres van de verwerker"
    who: str  # "controller", "processor" or "both"

    def __str__(self) -> str:
        return f"[{self.title}]"


@dataclass(frozen=True, slots=True)
class Strong:
    """Words that stand out, such as a term where it is defined."""

    words: str

    def __str__(self) -> str:
        return self.words


@dataclass(frozen=True, slots=True)
class Gap:
    """A place in a pattern where a fact is still to be printed; a finished contract holds none."""

    name: str

    def __str__(self) -> str:
        return f"{GAP_OPENS}{self.name}{GAP_CLOSES}"


# Characters for private use: no fact holds them, because what prints one is a pattern and not yet a contract.
GAP_OPENS, GAP_CLOSES = "\ue000", "\ue001"

Span = str | Reference | OpenField | Strong | Gap
Text = tuple[Span, ...]


def plain(text: Text) -> str:
    """The words of a text as a reader sees them."""
    return "".join(str(span) for span in text)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: one or more lines of text."""

    lines: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of an annex or of the front; `widths` are shares that add up to 100."""

    head: tuple[str, ...]  # empty for a table of facts, whose first column holds the labels
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]
    gap: Gap | None = None  # in a pattern: the rows are still to be printed


@dataclass(frozen=True, slots=True)
class Definition:
    """A defined term with its meaning."""

    id: str
    term: str
    meaning: Text


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph ("lid") of an article or annex; `number` is empty where paragraphs are not numbered."""

    id: str  # "breaches.period"
    number: str  # "10.2"
    text: Text
    items: tuple[Text, ...] = ()
    definitions: tuple[Definition, ...] = ()
    table: Table | None = None
    covers: tuple[str, ...] = ()
    title: str = ""  # a heading above it, in an annex
    origin: str = ""  # the clause file it came from

    def texts(self) -> Iterator[Text]:
        """Every text of the paragraph, in reading order."""
        if self.text:
            yield self.text
        yield from self.items
        for definition in self.definitions:
            yield (Strong(definition.term), ": ", *definition.meaning)
        if self.table:
            for row in self.table.rows:
                for cell in row:
                    yield from cell.lines


@dataclass(frozen=True, slots=True)
class Article:
    """An article, an annex, or an unnumbered part of the front or the end (then `number` is empty)."""

    id: str
    number: str
    title: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """What stands above one party's line: the role, the name, who signs and in which capacity."""

    role: str
    party: Text
    rows: tuple[tuple[str, Text], ...]  # label and value; an empty value is a line to write on


@dataclass(frozen=True, slots=True)
class Agreement:
    """A whole contract in one language, as it will be read."""

    language: str
    title: str
    subtitle: Text
    reference: str
    version: str
    labels: dict[str, str]
    parties: tuple[Article, ...]
    articles: tuple[Article, ...]
    closing: Article
    signatures: tuple[Signature, ...]
    annexes: tuple[Article, ...]
    covers: frozenset[str] = field(default=frozenset())

    def parts(self) -> Iterator[Article]:
        """Front, articles, closing words and annexes in reading order."""
        yield from self.parties
        yield from self.articles
        yield self.closing
        yield from self.annexes

    def paragraphs(self) -> Iterator[Paragraph]:
        """Every paragraph in reading order."""
        for part in self.parts():
            yield from part.paragraphs

    def texts(self) -> Iterator[Text]:
        """Every text of the contract as it is read: the signatures stand between the articles and the annexes."""
        yield self.subtitle
        for part in (*self.parties, *self.articles, self.closing):
            yield from _texts_of(part)
        for signature in self.signatures:
            yield from (signature.party, *(value for _, value in signature.rows))
        for annex in self.annexes:
            yield from _texts_of(annex)

    def open_fields(self) -> tuple[OpenField, ...]:
        """What is still open, each field once, in the order of the contract."""
        found = [span for text in self.texts() for span in text if isinstance(span, OpenField)]
        return tuple(dict.fromkeys(found))


def _texts_of(article: Article) -> Iterator[Text]:
    for paragraph in article.paragraphs:
        yield from paragraph.texts()
