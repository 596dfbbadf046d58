"""Texts and tables of an agreement as WordprocessingML: what a house style's slots are filled with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from hashlib import sha256
from itertools import count, pairwise

from dpa_gen.agreement import Cell, Gap, OpenField, Reference, Signature, Span, Strong, Table, Text

STYLES = {  # what the program's own XML asks of a house style: name -> kind
    "Defined Term": "character",
    "Fill-in Field": "character",
    "DPA Table": "table",
    "DPA Facts": "table",
    "Signature Table": "table",
    "Table Heading": "paragraph",
    "Table Text": "paragraph",
    "Table Label": "paragraph",
    "Signature Heading": "paragraph",
    "Signature Text": "paragraph",
}
LONGEST_BOOKMARK = 40
LONGEST_TITLE = 64  # of a content control


def escape(words: str) -> str:
    """Words as XML writes them."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def quoted(words: str) -> str:
    """Words as the value of an attribute, in quotes; `xml.sax.saxutils` would bring half the web along."""
    return f'"{escape(words).translate(_IN_QUOTES)}"'


_IN_QUOTES = str.maketrans({'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


@lru_cache(maxsize=8192)
def run(words: str, style_id: str = "") -> str:
    """Words as runs; line breaks and tabs become their elements."""
    properties = f'<w:rPr><w:rStyle w:val="{style_id}"/></w:rPr>' if style_id else ""
    text = escape(words)
    if "\n" in text or "\t" in text:
        text = text.replace("\n", f"{_END}<w:br/>{_START}").replace("\t", f"{_END}<w:tab/>{_START}")
    return f"<w:r>{properties}{_START}{text}{_END}</w:r>".replace(f"{_START}{_END}", "")


@lru_cache(maxsize=4096)
def control(open_field: OpenField, style_id: str) -> tuple[str, str]:
    """A content control with its title, up to its number and after it."""
    title, tag = open_field.title[:LONGEST_TITLE], open_field.path[:LONGEST_TITLE]
    return (
        f'<w:sdt><w:sdtPr><w:alias w:val={quoted(title)}/><w:tag w:val={quoted(tag)}/><w:id w:val="',
        f'"/><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run(str(open_field), style_id)}</w:sdtContent></w:sdt>',
    )


_START, _END = '<w:t xml:space="preserve">', "</w:t>"


@lru_cache(maxsize=4096)
def bookmark_name(target: str) -> str:
    """The name of the bookmark of a clause: letters, digits and underscores, 40 at most."""
    name = "dpa_" + re.sub(r"\W", "_", target)
    if len(name) > LONGEST_BOOKMARK:
        name = f"{name[: LONGEST_BOOKMARK - 9]}_{sha256(target.encode()).hexdigest()[:8]}"
    return name


def table_look(first_row: bool, first_column: bool) -> str:
    """Which parts of a table its style may dress: the head, the labels, and no bands."""
    value = 0x600 | (0x20 if first_row else 0) | (0x80 if first_column else 0)
    return (
        f'<w:tblLook w:val="{value:04X}" w:firstRow="{int(first_row)}" w:lastRow="0" '
        f'w:firstColumn="{int(first_column)}" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
    )


@cache
def paragraph_starts(style_id: str, properties: str = "") -> str:
    """The beginning of a paragraph in a style."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style_id}"/>{properties}</w:pPr>'


@cache
def cell_opens(width: int, properties: str = "") -> str:
    """The beginning of a cell of a width."""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{properties}</w:tcPr>'


@cache
def shared_out(shares: tuple[int, ...], whole: int) -> tuple[int, ...]:
    """A whole divided by shares of 100, without losing anything to rounding."""
    edges = [whole * sum(shares[:number]) // 100 for number in range(len(shares) + 1)]
    return tuple(right - left for left, right in pairwise(edges))


ROW_STARTS = "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
TEXTS = {True: "Table Label", False: "Table Text"}
RULE = '<w:tcBorders><w:bottom w:val="single" w:sz="4" w:space="0" w:color="808080"/></w:tcBorders>'
AT_BOTTOM = '<w:vAlign w:val="bottom"/>'


@dataclass
class Writer:
    """Writes the XML of one contract; numbers its bookmarks and its fields to fill in."""

    style_ids: Mapping[str, str]
    text_width: int  # of the page, in twentieths of a point
    bookmarks: Iterator[int] = field(default_factory=lambda: count(1))
    open_fields: list[OpenField] = field(default_factory=list)  # as they were written, in order

    def inline(self, text: Text) -> str:
        """A text as the content of a paragraph."""
        return "".join([run(span) if span.__class__ is str else self.span(span) for span in text])

    def span(self, span: Span) -> str:
        """One span as runs, a field or a content control."""
        if isinstance(span, str):
            return run(span)
        if isinstance(span, Strong):
            return run(span.words, self.style_ids["Defined Term"])
        if isinstance(span, Reference):
            return self.reference(span)
        if isinstance(span, Gap):
            return str(span)
        return self.fill_in(span)

    def reference(self, reference: Reference) -> str:
        """A cross-reference that Word keeps up to date, with the right number in it already."""
        field_code = f" REF {bookmark_name(reference.target)} \\n \\h "
        before = run(reference.before) if reference.before else ""
        return f'{before}<w:fldSimple w:instr="{escape(field_code)}">{run(reference.number)}</w:fldSimple>'

    def fill_in(self, open_field: OpenField) -> str:
        """A content control for a fact that is not known yet."""
        self.open_fields.append(open_field)
        before, after = control(open_field, self.style_ids["Fill-in Field"])
        return f"{before}{len(self.open_fields)}{after}"

    def marked(self, target: str, content: str) -> str:
        """Content of a paragraph inside the bookmark of a clause."""
        number = next(self.bookmarks)
        name = bookmark_name(target)
        return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{content}<w:bookmarkEnd w:id="{number}"/>'

    def paragraph(self, style: str, content: str, properties: str = "") -> str:
        """A paragraph in a named style."""
        return f"{paragraph_starts(self.style_ids[style], properties)}{content}</w:p>"

    def table(self, table: Table, target: str) -> str:
        """A table of an annex inside the bookmark of its paragraph."""
        return self.marked(target, "") + self.bare_table(table)

    def bare_table(self, table: Table) -> str:
        """A table with a head that is repeated on every page, and rows that stay whole."""
        widths = self.widths(table.widths)
        head = self.head(table.head, widths) if table.head else ""
        rows = [head, str(table.gap) if table.gap else self.rows(table)]
        style = "DPA Table" if table.head else "DPA Facts"
        look = table_look(first_row=bool(table.head), first_column=not table.head)
        return self.grid(style, look, widths, rows)

    def rows(self, table: Table) -> str:
        """The rows of a table below its head."""
        widths = self.widths(table.widths)
        return "".join([self.row(row, widths, labelled=not table.head) for row in table.rows])

    def grid(self, style: str, look: str, widths: tuple[int, ...], rows: list[str]) -> str:
        """A table of fixed widths in a named style."""
        columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        return (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{self.style_ids[style]}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
            f'<w:tblLayout w:type="fixed"/>{look}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{"".join(rows)}</w:tbl>'
        )

    def widths(self, shares: tuple[int, ...]) -> tuple[int, ...]:
        """Shares of 100 as widths that add up to the width of the text."""
        return shared_out(shares, self.text_width)

    def head(self, titles: tuple[str, ...], widths: tuple[int, ...]) -> str:
        """The row of titles."""
        cells = "".join(
            self.cell(self.paragraph("Table Heading", run(title)), width)
            for title, width in zip(titles, widths, strict=True)
        )
        return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"

    def row(self, cells: tuple[Cell, ...], widths: tuple[int, ...], labelled: bool) -> str:
        """A row of cells; in a table of facts the first is the label."""
        written = [ROW_STARTS]
        for index, (cell, width) in enumerate(zip(cells, widths, strict=True)):
            opens, starts = cell_opens(width), paragraph_starts(self.style_ids[TEXTS[labelled and index == 0]])
            written.append(opens)
            for line in cell.lines:
                written += (starts, self.inline(line), "</w:p>")
            written.append("</w:tc>")
        written.append("</w:tr>")
        return "".join(written)

    def cell(self, paragraphs: str, width: int, properties: str = "") -> str:
        """A cell of a table."""
        return f"{cell_opens(width, properties)}{paragraphs}</w:tc>"

    def signatures(self, signatures: tuple[Signature, ...]) -> str:
        """The signature block: the controller's people at the left, the processor's at the right, on one page."""
        roles = tuple(dict.fromkeys(signature.role for signature in signatures))
        columns = [[signature for signature in signatures if signature.role == role] for role in roles]
        widths = self.widths((17, 31, 4, 17, 31))
        rows: list[str] = []
        for line in range(max(map(len, columns))):
            pair = [column[line] if line < len(column) else None for column in columns]
            rows += self.signature_rows(pair, widths)
        look = table_look(first_row=False, first_column=False)
        return self.grid("Signature Table", look, widths, rows)

    def signature_rows(self, pair: list[Signature | None], widths: tuple[int, ...]) -> Iterator[str]:
        """The rows of the two who sign beside each other."""
        longest = max(len(signature.rows) for signature in pair if signature)
        yield self.signature_head(pair, widths)
        for index in range(longest):
            sides = [self.signature_line(signature, index) for signature in pair]
            yield self.signature_row(sides, widths, index == longest - 1)

    def signature_head(self, pair: list[Signature | None], widths: tuple[int, ...]) -> str:
        """Role and name of each party over both its columns."""
        cells = []
        for side, signature in enumerate(pair):
            keep = "<w:keepNext/>"
            role = self.paragraph("Signature Heading", run(signature.role) if signature else "", keep)
            name = self.paragraph("Signature Text", self.inline(signature.party), keep) if signature else ""
            cells.append(self.cell(role + name, widths[0] + widths[1], '<w:gridSpan w:val="2"/>'))
            if side == 0:
                cells.append(self.cell(self.paragraph("Signature Text", "", keep), widths[2]))
        return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"

    def signature_line(self, signature: Signature | None, index: int) -> tuple[str, str, bool]:
        """Label, value and whether a line is drawn to write on."""
        if signature is None or index >= len(signature.rows):
            return "", "", False
        label, value = signature.rows[index]
        return run(label), self.inline(value), not value

    def signature_row(self, sides: list[tuple[str, str, bool]], widths: tuple[int, ...], last: bool) -> str:
        """One line of the block; the last leaves room for the signature itself."""
        keep = "" if last else "<w:keepNext/>"
        cells: list[str] = []
        for side, (label, value, blank) in enumerate(sides):
            border = RULE if blank else ""
            cells.append(self.cell(self.paragraph("Signature Text", label, keep), widths[0], AT_BOTTOM))
            cells.append(self.cell(self.paragraph("Signature Text", value, keep), widths[1], f"{border}{AT_BOTTOM}"))
            if side == 0:
                cells.append(self.cell(self.paragraph("Signature Text", "", keep), widths[2]))
        height = '<w:trHeight w:val="900" w:hRule="atLeast"/>' if last else ""
        return f"<w:tr><w:trPr><w:cantSplit/>{height}</w:trPr>{''.join(cells)}</w:tr>"
