"""A web page in; pieces out, in reading order: headings, lists with the numbers a browser shows, tables.

Scripts, styles, menus, forms and what the page hides are left out. Nothing that the page points at is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from dpa_gen.paper_nouns import Kind, Notes, Piece, TablePlace
from dpa_gen.paper_numbers import written
from dpa_gen.paper_tables import row_pieces

Element = Any  # lxml brings no types

LEFT_OUT = frozenset(
    "script style noscript template svg iframe nav button select textarea input object embed canvas video audio head "
    "map dialog datalist".split()
)
BLOCKS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form header "
    "hgroup hr html legend li main ol p pre section summary table ul h1 h2 h3 h4 h5 h6".split()
)
HEADINGS = {f"h{level}": level for level in range(1, 7)}
COUNTS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "1": "decimal"}
BOLD = frozenset("b strong h1 h2 h3 h4 h5 h6 th".split())
DEEPEST = 200
MAIN_SHARE = 0.5  # of the words; a main part below this is not the text

_HIDDEN = re.compile(r"(?i)display\s*:\s*none|visibility\s*:\s*hidden")
_BOLD_STYLE = re.compile(r"(?i)font-weight\s*:\s*(bold|[6-9]00)")


def pieces(text: str) -> tuple[list[Piece], Notes]:
    """The pieces of a web page."""
    from lxml import etree

    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text).replace("\x00", "")
    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False, encoding="utf-8")
    root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    if root is None:
        return [], Notes()
    page = _Page()
    return list(page.pieces(_main(root))), Notes(hidden=page.hidden)


def _main(root: Element) -> Element:
    """The main part of a page, where it says which that is and most words stand in it."""
    everything = sum(len(text) for text in root.itertext())
    for path in ("//main", "//*[@role='main']", "//article"):
        found = root.xpath(path)
        if len(found) == 1 and sum(len(text) for text in found[0].itertext()) > MAIN_SHARE * everything:
            return found[0]
    return root


class _Page:
    """One reading of a page: words gather in a line until a block begins or ends."""

    def __init__(self) -> None:
        self.hidden = 0
        self._tables = 0
        self._spans: list[tuple[str, bool]] = []
        self._links: list[str] = []
        self._shape = Piece("")

    def pieces(self, root: Element) -> Iterator[Piece]:
        """All pieces, in order."""
        yield from self._element(root, 0, False, 0)
        yield from self._flushed()

    def _element(self, element: Element, depth: int, bold: bool, lists: int) -> Iterator[Piece]:
        tag = element.tag
        if not isinstance(tag, str) or tag in LEFT_OUT or depth > DEEPEST or self._is_hidden(element):
            return
        if tag == "table":
            yield from self._flushed()
            yield from self._table(element, depth)
        elif tag in ("ol", "ul"):
            yield from self._flushed()
            yield from self._list(element, depth, bold, lists + 1)
        elif tag == "br":
            self._spans.append(("\n", bold))
        elif tag in BLOCKS:
            yield from self._block(element, depth, bold, lists)
        else:
            if tag == "a" and re.match(r"(?i)https?:|mailto:|/", element.get("href", "")):
                self._links.append(element.get("href"))
            yield from self._inside(element, depth, bold or _is_bold(element), lists)

    def _is_hidden(self, element: Element) -> bool:
        is_hidden = element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style", "")))
        if is_hidden:
            self.hidden += any(text.strip() for text in element.itertext())
        role = element.get("role", "")
        return is_hidden or element.get("aria-hidden") == "true" or role in ("navigation", "search", "dialog")

    def _inside(self, element: Element, depth: int, bold: bool, lists: int) -> Iterator[Piece]:
        self._say(element.text, bold)
        for child in element:
            yield from self._element(child, depth + 1, bold, lists)
            self._say(child.tail, bold)

    def _say(self, words: str | None, bold: bool) -> None:
        if words:
            self._spans.append((re.sub(r"\s+", " ", words), bold))

    def _block(self, element: Element, depth: int, bold: bool, lists: int) -> Iterator[Piece]:
        if any(words.strip() for words, _ in self._spans):
            yield from self._flushed()
        level = HEADINGS.get(element.tag)
        if level:
            self._shape = Piece("", kind=Kind.HEADING, level=level, number=self._shape.number)
        yield from self._inside(element, depth, bold or _is_bold(element), lists)
        yield from self._flushed()

    def _list(self, element: Element, depth: int, bold: bool, lists: int) -> Iterator[Piece]:
        """The items of a list with their numbers."""
        style = COUNTS.get(element.get("type", "1"), "decimal")
        items = [child for child in element if child.tag == "li"]
        count = _whole(element.get("start"), len(items) if element.get("reversed") is not None else 1)
        step = -1 if element.get("reversed") is not None else 1
        is_plain = element.tag == "ul" or re.search(r"list-style(-type)?\s*:\s*none", element.get("style", ""))
        for child in element:
            if child.tag == "li":
                count = _whole(child.get("value"), count)
                number = "" if is_plain else f"{written(count, style)}."
                self._shape = Piece("", number=number, level=lists, is_list=True)
                count += step
                yield from self._inside(child, depth + 1, bold, lists) if not self._is_hidden(child) else ()
                yield from self._flushed()
            else:
                yield from self._element(child, depth + 1, bold, lists)

    def _table(self, table: Element, depth: int) -> Iterator[Piece]:
        self._tables += 1
        number = self._tables
        rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
        for rank, row in enumerate(rows, 1):
            if self._is_hidden(row):
                continue
            cells = [cell for cell in row if cell.tag in ("td", "th")]
            is_head = bool(cells) and all(cell.tag == "th" for cell in cells)
            found = [self._cell(cell, depth) for cell in cells]
            yield from row_pieces(found, TablePlace(number, rank, is_head=is_head))

    def _cell(self, cell: Element, depth: int) -> list[Piece]:
        if self._is_hidden(cell):
            return []
        found = list(self._inside(cell, depth + 3, cell.tag == "th", 0))
        return [*found, *self._flushed()]

    def _flushed(self) -> Iterator[Piece]:
        """The line that is open, closed; the number of an item waits for its first words."""
        spans, links = self._spans, tuple(self._links)
        self._spans, self._links = [], []
        text = "".join(words for words, _ in spans)
        if not text.strip():
            return
        shape, self._shape = self._shape, Piece("")
        said = [(words, bold) for words, bold in spans if words.strip()]
        lead = ""
        for words, bold in spans:
            if words.strip() and not bold:
                break
            lead += words
        text = "\n".join(line.strip() for line in text.split("\n")).strip()
        yield replace(shape, text=text, bold=all(bold for _, bold in said), lead=lead.strip(), links=links)


def _is_bold(element: Element) -> bool:
    return element.tag in BOLD or bool(_BOLD_STYLE.search(element.get("style", "")))


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and re.fullmatch(r"\s*-?\d{1,6}\s*", text) else otherwise
