"""The nouns of a vendor's paper: `Paper`, `PaperParagraph`, `Notes`; and `Piece`, which each reader hands in."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What a paragraph is to the eye of a reader."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"  # of a list, numbered or not
    ROW = "row"  # a whole row of a table, its cells joined
    FOOTNOTE = "footnote"  # and endnote; stands after the paragraph that points at it
    HEADER = "header"  # running header, once
    FOOTER = "footer"  # running footer, once


@dataclass(frozen=True, slots=True)
class Source:
    """Where the words stand in the file itself: for Word the part and the rank of its first w:p in that part."""

    part: str = ""
    index: int = -1  # -1 means that it is not known


@dataclass(frozen=True, slots=True)
class TablePlace:
    """A spot in the tables of a paper; all count from 1, and a column of 0 stands for the whole row."""

    table: int
    row: int
    column: int = 0
    is_head: bool = False  # the row is marked as the head of its table


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph as a format holds it, before typed numbers, headings and references are settled."""

    text: str  # may hold line breaks
    kind: Kind | None = None  # None: to be found out
    number: str = ""  # computed by the format, e.g. by Word; typed numbers are still in the text
    level: int = 0
    page: int = 0
    bold: bool = False  # all of it
    lead: str = ""  # the bold words that it begins with
    is_list: bool = False
    place: TablePlace | None = None
    cells: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    source: Source = Source()


@dataclass(frozen=True, slots=True)
class PaperParagraph:
    """A paragraph of a paper with all that is needed to judge it and to say where it stands."""

    index: int  # its rank in `Paper.paragraphs`
    text: str  # one line, without its number; the cells of a row are joined by " | "
    kind: Kind = Kind.PARAGRAPH
    number: str = ""  # as shown or typed: "3.2", "(a)", "Artikel 4"; nothing for a bullet
    reference: str = ""  # the number with those above it: "3.2(a)"
    level: int = 0  # of a heading from 1 (the title 0), of an item from 1
    headings: tuple[str, ...] = ()  # the headings over it, the highest first; for a heading not itself
    lead: str = ""  # the words in bold that open it and serve as its own heading
    page: int = 0  # from 1; 0 means unknown
    place: TablePlace | None = None
    cells: tuple[str, ...] = ()  # of a row
    links: tuple[str, ...] = ()  # the addresses under its words
    source: Source = Source()

    @property
    def heading(self) -> str:
        """The nearest heading over the paragraph, or nothing."""
        return self.headings[-1] if self.headings else ""

    def __str__(self) -> str:
        return f"{self.number} {self.text}".strip()


@dataclass(frozen=True, slots=True)
class Notes:
    """What a reader of the paper should be told about the file itself."""

    insertions: int = 0  # tracked, read as accepted
    deletions: int = 0  # tracked, left out
    moves: int = 0  # tracked, read at the new place
    comments: int = 0
    hidden: int = 0  # pieces of hidden text, left out
    pages: int = 0  # 0 means unknown
    pages_without_text: tuple[int, ...] = ()  # pages of a PDF that are pictures or empty
    unread: tuple[str, ...] = ()  # what the file holds and was not read: "embedded document"
    is_cut_off: bool = False  # the file seems to miss its end

    @property
    def tracked_changes(self) -> int:
        """The number of tracked changes of any kind."""
        return self.insertions + self.deletions + self.moves


@dataclass(frozen=True, slots=True)
class Paper:
    """Somebody's document: its paragraphs in reading order."""

    name: str
    kind: str  # "docx", "pdf", "markdown", "html", "text" or "odt"
    paragraphs: tuple[PaperParagraph, ...]
    notes: Notes = field(default_factory=Notes)

    @property
    def text(self) -> str:
        """All words with their numbers, a paragraph a line."""
        return "\n".join(map(str, self.paragraphs))
