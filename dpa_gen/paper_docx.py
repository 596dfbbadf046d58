"""A Word file (.docx) in; every paragraph that its reader sees out, in order, with the numbers that Word computes.

Tables, content controls, text boxes, footnotes, headers and footers all count. Tracked changes are read as
accepted; hidden text is left out; both are counted for the notes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from dpa_gen.paper_docx_lists import Numbering, Styles, W, child, switch, value, whole
from dpa_gen.paper_docx_parts import MC, Part, R, changes, chosen, main_part, part_of
from dpa_gen.paper_docx_runs import Inline, Runs
from dpa_gen.paper_nouns import Kind, Notes, Piece, Source, TablePlace
from dpa_gen.paper_tables import row_pieces
from dpa_gen.paper_zip import Package

Element = Any  # lxml brings no types

LONGEST_HEADING = 160  # some house styles set whole paragraphs in a heading style
DEEPEST_TABLE = 12

_THROUGH = frozenset(
    W + name for name in ("sdtContent", "customXml", "smartTag", "ins", "moveTo", "body", "txbxContent", "hdr", "ftr")
)
_AWAY = frozenset(W + name for name in ("del", "moveFrom", "sectPr", "sdtPr"))


def pieces(package: Package) -> tuple[list[Piece], Notes]:
    """The pieces of a Word file and the notes on it."""
    return _Document(package).read()


class _Document:
    """One reading of a Word file."""

    def __init__(self, package: Package) -> None:
        self._package = package
        main = main_part(package)
        self._body = main
        self._styles = Styles(self._tree_of(main, "styles"))
        self._numbering = Numbering(self._tree_of(main, "numbering"), self._styles)
        self._notes_by_id = {kind: self._note_part(kind) for kind in ("footnotes", "endnotes")}
        self._counted = [main]
        self._told: set[tuple[str, str]] = set()  # notes that were read
        self._tables = 0
        self._depth = 0
        self._hidden = 0
        self._unread: list[str] = []
        self._has_pages = next(main.root.iter(W + "lastRenderedPageBreak"), None) is not None
        self._page = 1 if self._has_pages else 0
        self._carried: Inline | None = None

    def read(self) -> tuple[list[Piece], Notes]:
        """All pieces: headers, body with its notes, footers."""
        headers = list(self._running("header", Kind.HEADER))
        body = list(self._blocks(self._body.root.find(W + "body"), self._body))
        footers = list(self._running("footer", Kind.FOOTER))
        return [*headers, *body, *footers], self._notes()

    def _tree_of(self, part: Part, kind: str) -> Element | None:
        name = next((target for type_, target in part.links.values() if type_ == kind), f"word/{kind}.xml")
        return self._package.tree(name)

    def _note_part(self, kind: str) -> tuple[Part, dict[str, Element]] | None:
        name = next((target for type_, target in self._body.links.values() if type_ == kind), f"word/{kind}.xml")
        part = part_of(self._package, name)
        return None if part is None else (part, {note.get(W + "id", ""): note for note in part.root})

    def _running(self, name: str, kind: Kind) -> Iterator[Piece]:
        """Each different running header or footer once, on one line."""
        seen: set[str] = set()
        for reference in self._body.root.iter(W + f"{name}Reference"):
            _, target = self._body.links.get(reference.get(R + "id", ""), ("", ""))
            if not target or target in seen or (part := part_of(self._package, target)) is None:
                continue
            self._counted.append(part)
            blocks = [piece for piece in self._blocks(part.root, part, is_body=False) if piece.text.strip()]
            text = " | ".join(piece.text.strip() for piece in blocks)
            words = re.sub(r"(?i)\b(pagina|page|van|of)\b", "", text)
            if not {target, text} & seen and any(sign.isalpha() for sign in words):
                yield replace(blocks[0], text=text, kind=kind, number="", cells=(), place=None)
            seen |= {target, text}

    def _blocks(self, parent: Element, part: Part, is_body: bool = True) -> Iterator[Piece]:
        """The pieces of a container of paragraphs and tables."""
        for element in parent:
            tag = element.tag
            if tag == W + "p":
                yield from self._paragraph(element, part, is_body)
            elif tag == W + "tbl":
                yield from self._table(element, part, is_body)
            elif tag == W + "sdt":
                if not _is_contents(element):
                    yield from self._blocks_of(child(element, "sdtContent"), part, is_body)
            elif tag == MC + "AlternateContent":
                yield from self._blocks_of(chosen(element), part, is_body)
            elif tag in (W + "altChunk", W + "subDoc"):
                self._unread.append("embedded document")
            elif tag in _THROUGH:
                yield from self._blocks(element, part, is_body)

    def _blocks_of(self, parent: Element | None, part: Part, is_body: bool) -> Iterator[Piece]:
        if parent is not None:
            yield from self._blocks(parent, part, is_body)

    def _paragraph(self, element: Element, part: Part, is_body: bool) -> Iterator[Piece]:
        """A paragraph, then its text boxes and its notes; one whose end is deleted flows into the next."""
        properties = child(element, "pPr")
        style = value(properties, "pStyle") or self._styles.paragraph_default
        runs = Runs(self._styles, style, self._page if is_body else 0, self._has_pages)
        line = runs.read(element)
        self._hidden += runs.hidden
        if is_body:
            self._page = runs.page
        if runs.has_object:
            self._unread.append("embedded object")
        line = self._carried.followed_by(line) if self._carried else line
        self._carried = None
        if child(properties, "rPr", "del") is not None or child(properties, "rPr", "moveFrom") is not None:
            self._carried = line
            return
        shown = self._numbering.next(properties, style)
        if not self._styles.name(style).startswith(("toc ", "inhopg")):
            page = runs.first_page if is_body else 0
            yield self._piece(element, part, style, properties, line, shown, page)
        for box in runs.boxes:
            yield from self._blocks(box, part, is_body)
        for kind, note in runs.notes:
            yield from self._note(kind, note)

    def _piece(
        self, element: Element, part: Part, style: str, properties: Element | None, line: Inline, shown: Any, page: int
    ) -> Piece:
        level = self._heading_level(style, properties)
        is_heading = (
            level is not None
            and len(line.text) <= LONGEST_HEADING
            and not (len(line.text) > 70 and line.text.rstrip().endswith((".", ";")))
        )
        links = tuple(part.links[one][1] for one in line.links if one in part.links)
        return Piece(
            text=line.text,
            kind=Kind.HEADING if is_heading and line.text.strip() else None,
            number=shown.number if shown else "",
            level=(level or 0) if is_heading else shown.level if shown else 0,
            page=page,
            bold=line.is_bold,
            lead=line.lead,
            is_list=bool(shown and (shown.is_bullet or not shown.number)),
            links=links,
            source=Source(part.name, part.ranks.get(element, -1)),
        )

    def _heading_level(self, style: str, properties: Element | None) -> int | None:
        """The level of a heading, from 1; 0 for the title of the document."""
        own = whole(value(properties, "outlineLvl"))
        level = self._styles.outline(style) if own is None else own
        if level is not None and 0 <= level < 9:
            return level + 1
        return 0 if self._styles.name(style) in ("title", "titel") else None

    def _note(self, kind: str, note: str) -> Iterator[Piece]:
        """The text of a footnote or endnote as one piece."""
        found = self._notes_by_id.get(kind)
        if (kind, note) in self._told:
            return
        self._told.add((kind, note))
        if found is None or (element := found[1].get(note)) is None or element.get(W + "type") not in (None, "normal"):
            return
        blocks = [piece for piece in self._blocks(element, found[0], is_body=False) if piece.text.strip()]
        if blocks:
            text = " ".join(f"{piece.number} {piece.text}".strip() for piece in blocks)
            yield replace(
                blocks[0], text=text, kind=Kind.FOOTNOTE, page=self._page, number="", lead="", place=None, cells=()
            )

    def _table(self, element: Element, part: Part, is_body: bool) -> Iterator[Piece]:
        """The pieces of a table, row by row; deleted rows and what deeper nesting hides stay out."""
        if self._depth >= DEEPEST_TABLE:
            self._unread.append("deeply nested table")
            return
        self._tables += 1
        self._depth += 1
        table = self._tables
        for rank, row in enumerate(_rows(element, "tr"), 1):
            properties = child(row, "trPr")
            if child(properties, "del") is not None:
                continue
            cells = [self._cell(cell, part, is_body) for cell in _rows(row, "tc")]
            yield from row_pieces(cells, TablePlace(table, rank, is_head=bool(switch(properties, "tblHeader"))))
        self._depth -= 1

    def _cell(self, cell: Element, part: Part, is_body: bool) -> list[Piece]:
        """The pieces of a cell; one that continues a merged cell is covered by it, and a deleted one is gone."""
        properties = child(cell, "tcPr")
        merged = child(properties, "vMerge")
        covered = merged is not None and merged.get(W + "val", "continue") == "continue"
        if covered or child(properties, "cellDel") is not None:
            return []
        return list(self._blocks(cell, part, is_body))

    def _notes(self) -> Notes:
        """What was seen besides words."""
        parts = [*self._counted, *(found[0] for found in self._notes_by_id.values() if found)]
        comments = self._tree_of(self._body, "comments")
        return Notes(
            insertions=sum(changes(part.root, "ins") for part in parts),
            deletions=sum(changes(part.root, "del") for part in parts),
            moves=sum(sum(1 for _ in part.root.iter(W + "moveFrom")) for part in parts),
            comments=0 if comments is None else sum(1 for _ in comments.iter(W + "comment")),
            hidden=self._hidden,
            pages=self._page,
            unread=tuple(dict.fromkeys(self._unread)),
        )


def _is_contents(control: Element) -> bool:
    """Whether a content control holds a table of contents, which only repeats the headings."""
    return value(control, "sdtPr", "docPartObj", "docPartGallery") == "Table of Contents"


def _rows(parent: Element, name: str) -> Iterator[Element]:
    """The rows of a table or cells of a row, also those inside content controls."""
    for element in parent:
        if element.tag == W + name:
            yield element
        elif element.tag == W + "sdt":
            content = child(element, "sdtContent")
            yield from () if content is None else _rows(content, name)
        elif element.tag in _THROUGH:
            yield from _rows(element, name)
