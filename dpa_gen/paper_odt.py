"""An OpenDocument text (.odt) in; pieces out: headings, lists with their numbers, tables, notes.

Tracked deletions stand apart in this format and are only counted; inserted text stands in its place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from dpa_gen.errors import DpaError, Place
from dpa_gen.paper_nouns import Kind, Notes, Piece, TablePlace
from dpa_gen.paper_numbers import written
from dpa_gen.paper_tables import row_pieces
from dpa_gen.paper_zip import Package, protected

Element = Any  # lxml brings no types

BASE = "urn:oasis:names:tc:opendocument:xmlns:"
TEXT, TABLE, STYLE = (f"{{{BASE}{name}:1.0}}" for name in ("text", "table", "style"))
OFFICE, FO = (f"{{{BASE}{name}:1.0}}" for name in ("office", "xsl-fo-compatible"))
XLINK = "{http://www.w3.org/1999/xlink}"
FORMATS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
LEVELS = 10
SKIPPED = frozenset(
    [TEXT + name for name in ("tracked-changes", "table-of-content", "sequence-decls", "user-index", "ruby-text")]
    + [TEXT + "alphabetical-index"]
    + [OFFICE + name for name in ("annotation", "annotation-end", "forms")]
)


def pieces(package: Package) -> tuple[list[Piece], Notes]:
    """The pieces of an OpenDocument text and the notes on it."""
    if b"encryption-data" in package.bytes_of("META-INF/manifest.xml"):
        raise protected(package.name)
    root = package.tree("content.xml")
    body = None if root is None else root.find(f"{OFFICE}body/{OFFICE}text")
    if root is None or body is None:
        raise DpaError.of(
            "This OpenDocument file is not a text.", "Save the agreement as .docx, .odt or .pdf.", Place(package.name)
        )
    reading = _Reading(root, package.tree("styles.xml"))
    found = list(reading.blocks(body))
    return found, Notes(
        insertions=sum(1 for _ in root.iter(TEXT + "insertion")),
        deletions=sum(1 for _ in root.iter(TEXT + "deletion")),
        comments=sum(1 for _ in root.iter(OFFICE + "annotation")),
    )


class _Reading:
    """One reading of a text."""

    def __init__(self, root: Element, styles: Element | None) -> None:
        trees = [tree for tree in (styles, root) if tree is not None]
        self._styles = {one.get(STYLE + "name"): one for tree in trees for one in tree.iter(STYLE + "style")}
        lists = (one for tree in trees for one in tree.iter(TEXT + "list-style"))
        self._lists = {one.get(STYLE + "name"): _levels(one) for one in lists}
        outline = next((one for tree in trees for one in tree.iter(TEXT + "outline-style")), None)
        self._outline = {} if outline is None else _levels(outline)
        self._counts: dict[str, list[int]] = {}
        self._tables = 0
        self._notes: list[Piece] = []

    def blocks(self, parent: Element, list_: str = "", depth: int = 0) -> Iterator[Piece]:
        """The pieces of a container."""
        for element in parent:
            tag = element.tag
            if tag in SKIPPED:
                continue
            if tag in (TEXT + "p", TEXT + "h"):
                yield from self._paragraph(element)
            elif tag == TEXT + "list":
                yield from self._list(element, list_, depth + 1)
            elif tag == TABLE + "table":
                yield from self._table(element)
            else:
                yield from self.blocks(element, list_, depth)

    def _paragraph(self, element: Element) -> Iterator[Piece]:
        """A heading or paragraph, then its notes."""
        spans: list[tuple[str, bool]] = []
        links: list[str] = []
        self._inside(element, self._is_bold(element), spans, links)
        text = "".join(words for words, _ in spans)
        said = [bold for words, bold in spans if words.strip()]
        piece = Piece(text, bold=bool(said) and all(said), links=tuple(links))
        lead = ""
        for words, bold in spans:
            if words.strip() and not bold:
                break
            lead += words
        piece = replace(piece, lead=lead.strip())
        if element.tag == TEXT + "h" and text.strip():
            level = _whole(element.get(TEXT + "outline-level"), 1)
            number = self._number("outline", self._outline, level) if level in self._outline else ""
            piece = replace(piece, kind=Kind.HEADING, level=level, number=number)
        yield piece
        notes, self._notes = self._notes, []
        yield from notes

    def _inside(self, element: Element, bold: bool, spans: list[tuple[str, bool]], links: list[str]) -> None:
        spans.append((element.text or "", bold))
        for child in element:
            tag = child.tag
            if tag == TEXT + "s":
                spans.append((" " * min(_whole(child.get(TEXT + "c"), 1), 100), bold))
            elif tag in (TEXT + "tab", TEXT + "line-break"):
                spans.append(("\t" if tag == TEXT + "tab" else "\n", bold))
            elif tag == TEXT + "note":
                self._note(child)
            elif tag not in SKIPPED:
                links += [child.get(XLINK + "href")] if tag == TEXT + "a" and child.get(XLINK + "href") else []
                self._inside(child, bold or self._is_bold(child), spans, links)
            spans.append((child.tail or "", bold))

    def _note(self, element: Element) -> None:
        body = element.find(TEXT + "note-body")
        text = "" if body is None else " ".join(piece.text for piece in self.blocks(body))
        self._notes.append(Piece(text, kind=Kind.FOOTNOTE))

    def _is_bold(self, element: Element) -> bool:
        name, seen = element.get(TEXT + "style-name"), 0
        while name in self._styles and seen < LEVELS:
            style = self._styles[name]
            weight = next((one.get(FO + "font-weight") for one in style.iter(STYLE + "text-properties")), None)
            if weight:
                return weight not in ("normal", "400")
            name, seen = style.get(STYLE + "parent-style-name"), seen + 1
        return False

    def _list(self, element: Element, name: str, depth: int) -> Iterator[Piece]:
        """The items of a list; each first paragraph gets the number."""
        name = element.get(TEXT + "style-name") or name
        levels = self._lists.get(name, {})
        goes_on = element.get(TEXT + "continue-numbering") == "true" or element.get(TEXT + "continue-list")
        if depth == 1 and not goes_on:
            self._counts.pop(name, None)
        for item in element:
            is_item = item.tag == TEXT + "list-item"
            waiting = is_item and any(child.tag in (TEXT + "p", TEXT + "h") for child in item)
            start = item.get(TEXT + "start-value")
            number = self._number(name, levels, depth, start) if waiting else ""
            for piece in self.blocks(item, name, depth):
                if waiting and piece.kind is not Kind.FOOTNOTE:
                    waiting = False
                    level = piece.level or depth
                    yield replace(piece, number=number or piece.number, level=level, is_list=not number)
                else:
                    yield piece

    def _number(self, name: str, levels: dict[int, Element], depth: int, start: str | None = None) -> str:
        """Count on at a depth, and write the number with those above it where the style shows them."""
        level = levels.get(depth)
        if level is None:
            return ""
        counts = self._counts.setdefault(name, [])
        for rank in range(len(counts) + 1, depth):
            counts.append(_whole(levels[rank].get(TEXT + "start-value"), 1) if rank in levels else 1)
        first = _whole(start, _whole(level.get(TEXT + "start-value"), 1))
        now = first if len(counts) < depth or start else counts[depth - 1] + 1
        self._counts[name] = [*counts[: depth - 1], now]
        shown = min(_whole(level.get(TEXT + "display-levels"), 1), depth)
        parts = [
            written(self._counts[name][rank - 1], FORMATS.get(levels[rank].get(STYLE + "num-format", ""), "none"))
            for rank in range(depth - shown + 1, depth + 1)
            if rank in levels
        ]
        text = ".".join(part for part in parts if part)
        return f"{level.get(STYLE + 'num-prefix', '')}{text}{level.get(STYLE + 'num-suffix', '')}" if text else ""

    def _table(self, table: Element) -> Iterator[Piece]:
        self._tables += 1
        number = self._tables
        rows = [row for row in table.iter(TABLE + "table-row") if next(row.iterancestors(TABLE + "table")) is table]
        for rank, row in enumerate(rows, 1):
            is_head = row.getparent().tag == TABLE + "table-header-rows"
            cells = [list(self.blocks(cell)) for cell in row.iterfind(TABLE + "table-cell")]
            yield from row_pieces(cells, TablePlace(number, rank, is_head=is_head))


def _levels(style: Element) -> dict[int, Element]:
    """The numbered levels of a list style."""
    kinds = (TEXT + "list-level-style-number", TEXT + "outline-level-style")
    shown = (one for one in style if one.tag in kinds and one.get(STYLE + "num-format"))
    return {_whole(one.get(TEXT + "level"), 1): one for one in shown}


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdigit() and len(text) < 7 else otherwise
