"""A book as a Word file to show: A4 across, named styles, a table a sheet with its header on every page."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt, RGBColor
from docx.table import Table, _Cell

from dpa_gen.package import packed, unpacked
from dpa_gen.sheets.sheet import Book, Column, Sheet, shown

FIXED_TIME = datetime(1980, 1, 1)
WIDTH, HEIGHT, MARGIN = Mm(297), Mm(210), Mm(15)
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
CELL, HEAD, FACT = "Register Cell", "Register Head", "Register Fact"
NARROWEST, WIDEST = 18, 42  # characters, so that no word is cut and no column takes the page
CARD = (18, 82)  # the shares of label and value
TAGS = {"nl": "nl-NL", "en": "en-GB"}


def page(book: Book) -> bytes:
    """The Word file of a book; the same book gives the same bytes."""
    document = docx.Document()
    _laid_across(document)
    _styles(document, book.language)
    document.add_heading(_clean(book.title), 1)
    for label, value in book.facts:
        document.add_paragraph(_clean(f"{label}: {value}"), FACT)
    for sheet in book.filled():
        document.add_heading(_clean(f"{sheet.title} ({sheet.note})" if sheet.note else sheet.title), 2)
        _table(document, sheet)
    _properties(document, book)
    target = io.BytesIO()
    document.save(target)
    return packed(unpacked(target.getvalue(), ""))


def _laid_across(document: Document) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = WIDTH, HEIGHT
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    _page_number(section.footer.paragraphs[0])


def _page_number(paragraph: Any) -> None:
    """A field that Word fills with the number of the page."""
    run = paragraph.add_run()
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        element.text = text or None
        run._r.append(element)


def _styles(document: Document, language: str) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(10)
    for name, size, bold in ((CELL, 7, False), (HEAD, 7, True), (FACT, 10, False)):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        style.font.size, style.font.bold = Pt(size), bold
        style.paragraph_format.space_after = style.paragraph_format.space_before = Pt(0)
    for name in ("Heading 1", "Heading 2", "Heading 3"):
        document.styles[name].font.name = "Calibri"
        document.styles[name].font.color.rgb = RGBColor(0x1F, 0x3A, 0x5F)
    tag = document.styles.element.find(f".//{qn('w:lang')}")
    if tag is not None:
        tag.set(qn("w:val"), TAGS[language])


def _table(document: Document, sheet: Sheet) -> None:
    """The rows of a sheet: as a table, or each as a card when a page is too narrow for them."""
    kept = [index for index in range(len(sheet.columns)) if any(shown(row[index]) for row in sheet.rows)]
    columns = [sheet.columns[index] for index in kept]
    if sheet.wide:
        for row in sheet.rows:
            _card(document, columns, [shown(row[index], "; ") for index in kept])
    elif columns:
        _rows(document, columns, [[shown(row[index]) for index in kept] for row in sheet.rows])


def _rows(document: Document, columns: list[Column], texts: list[list[str]]) -> None:
    """A table with its header on every page."""
    table = document.add_table(rows=len(texts) + 1, cols=len(columns), style="Table Grid")
    head, *rows = table._tbl.tr_lst
    _fill(_cells(head, table), [column.title for column in columns], HEAD)
    _marked(head, "w:tblHeader")
    for row, text in zip(rows, texts, strict=True):
        _fill(_cells(row, table), text, CELL)
        _marked(row, "w:cantSplit")
    _widths(table, [min(max(column.width, NARROWEST), WIDEST) for column in columns])


def _cells(row: Any, table: Table) -> list[_Cell]:
    """The cells of a row; asked of its XML, because python-docx counts the whole table for each."""
    return [_Cell(cell, table) for cell in row.tc_lst]


def _card(document: Document, columns: list[Column], row: list[str]) -> None:
    """A row under a heading of its own: labels with their values."""
    document.add_heading(_clean(row[0]), 3)
    pairs = [(column.title, text) for column, text in zip(columns[1:], row[1:], strict=True) if text]
    table = document.add_table(rows=len(pairs), cols=len(CARD), style="Table Grid")
    for index, (row_of, pair) in enumerate(zip(table._tbl.tr_lst, pairs, strict=True)):
        label, value = _cells(row_of, table)
        _fill([label], [pair[0]], HEAD)
        _fill([value], [pair[1]], CELL)
        _marked(row_of, "w:cantSplit")
        for paragraph in (*label.paragraphs, *value.paragraphs):
            paragraph.paragraph_format.keep_with_next = index < len(pairs) - 1
    _widths(table, CARD)


def _fill(cells: Sequence[_Cell], texts: list[str], style: str) -> None:
    """Texts in cells, a paragraph a line; the style by its id, because looking up its name each time is slow."""
    for cell, text in zip(cells, texts, strict=True):
        first, *more = _clean(text).split("\n")
        cell.paragraphs[0].text = first
        for line in more:
            cell.add_paragraph(line)
        for paragraph in cell._tc.p_lst:
            paragraph.style = style.replace(" ", "")


def _marked(row: Any, mark: str) -> None:
    """A mark on a row: that it is a header, or that it stays on one page."""
    element = OxmlElement(mark)
    element.set(qn("w:val"), "true")
    row.get_or_add_trPr().append(element)


def _widths(table: Table, shares: Sequence[int]) -> None:
    """Widths in proportion to shares, together as wide as the page."""
    table.autofit = False
    across = WIDTH - 2 * MARGIN
    widths = [Emu(across * share // sum(shares)) for share in shares]
    for column, width in zip(table._tbl.tblGrid.gridCol_lst, widths, strict=True):
        column.w = width
    for row in table._tbl.tr_lst:
        for cell, width in zip(row.tc_lst, widths, strict=True):
            cell.width = width


def _properties(document: Document, book: Book) -> None:
    properties = document.core_properties
    properties.title, properties.author, properties.comments = _clean(book.title), "", ""
    properties.created = properties.modified = FIXED_TIME


def _clean(text: str) -> str:
    return UNWRITABLE.sub("", text)
