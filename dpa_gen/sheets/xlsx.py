"""A book as an Excel file: filters, frozen headers, pick lists; text stays text and never becomes a formula."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from dpa_gen.sheets.sheet import Book, Column, Sheet, Value

LONGEST_CELL = 32_767  # characters; Excel repairs a file that has more in a cell
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
NAME_OF_SHEET = re.compile(r"[\[\]:*?/\\]")
LONGEST_LIST = 250  # characters that a pick list can hold itself; a longer one stands on a sheet that is hidden
HIDDEN = {"nl": "keuzes", "en": "lists"}
SPARE_ROWS = 200  # below the last row the pick lists still help
FIXED_TIME = datetime(1980, 1, 1)
HEAD = PatternFill("solid", start_color="FF1F3A5F")
TOP = Alignment(wrap_text=True, vertical="top")


def xlsx(book: Book) -> bytes:
    """The Excel file of a book; the same book gives the same bytes."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    long = _long_lists(book)
    for sheet in book.sheets:
        _write(workbook.create_sheet(NAME_OF_SHEET.sub("-", sheet.title)[:31]), sheet, book, long)
    if long:
        _hide(workbook.create_sheet(HIDDEN[book.language]), long)
    workbook.properties.title = book.title
    workbook.properties.creator = ""
    workbook.properties.created = workbook.properties.modified = FIXED_TIME
    target = io.BytesIO()
    workbook.save(target)
    return _steady(target.getvalue())


def _write(worksheet: Worksheet, sheet: Sheet, book: Book, long: Mapping[tuple[str, ...], str]) -> None:
    """A sheet: the header in the first row, so that filters and other programs find it."""
    for number, column in enumerate(sheet.columns, 1):
        _head(worksheet, number, column)
    for index, row in enumerate(sheet.rows, 2):
        for number, value in enumerate(row, 1):
            put(worksheet.cell(index, number), value)
    last = get_column_letter(len(sheet.columns))
    worksheet.auto_filter.ref = f"A1:{last}{max(len(sheet.rows) + 1, 2)}"
    worksheet.freeze_panes = "B2"
    _pick_lists(worksheet, sheet, long)
    _page(worksheet, book)


def _head(worksheet: Worksheet, number: int, column: Column) -> None:
    cell = worksheet.cell(1, number)
    put(cell, column.title)
    cell.font, cell.fill = Font(bold=True, color="FFFFFFFF"), HEAD
    cell.alignment = Alignment(wrap_text=True, vertical="center")
    worksheet.column_dimensions[get_column_letter(number)].width = column.width


def put(cell: Cell, value: Value) -> None:
    """A value in a cell: numbers and days as such, everything else as text."""
    cell.alignment = TOP
    if isinstance(value, date):
        cell.value, cell.number_format = value, "yyyy-mm-dd"
    elif isinstance(value, int):
        cell.value = value
    elif value:
        words = "\n".join(value) if isinstance(value, tuple) else value
        _put_text(cell, UNWRITABLE.sub("", words)[:LONGEST_CELL])


def _put_text(cell: Cell, words: str) -> None:
    """Words as text, also where they begin as a formula does."""
    cell.value = words
    cell.data_type = "s"
    if words.startswith(FORMULA):
        cell.quotePrefix = True


def _long_lists(book: Book) -> dict[tuple[str, ...], str]:
    """Each pick list that cannot stand where it is offered, with the place where it does."""
    lists = dict.fromkeys(column.choices for sheet in book.sheets for column in sheet.columns)
    long = [words for words in lists if len(",".join(words)) > LONGEST_LIST]
    letters = map(get_column_letter, range(1, len(long) + 1))
    name = HIDDEN[book.language]
    return {words: f"{name}!${a}$1:${a}${len(words)}" for words, a in zip(long, letters, strict=True)}


def _hide(worksheet: Worksheet, lists: Iterable[tuple[str, ...]]) -> None:
    """A hidden sheet with a pick list in each column."""
    worksheet.sheet_state = "hidden"
    for number, words in enumerate(lists, 1):
        for index, word in enumerate(words, 1):
            put(worksheet.cell(index, number), word)


def _pick_lists(worksheet: Worksheet, sheet: Sheet, long: Mapping[tuple[str, ...], str]) -> None:
    """Offer the values of each column; something else may be written all the same."""
    for number, column in enumerate(sheet.columns, 1):
        if column.choices:
            letter, here = get_column_letter(number), f'"{",".join(column.choices)}"'
            offered = DataValidation(type="list", formula1=long.get(column.choices, here), allow_blank=True)
            offered.add(f"{letter}2:{letter}{len(sheet.rows) + SPARE_ROWS}")
            worksheet.add_data_validation(offered)


def _page(worksheet: Worksheet, book: Book) -> None:
    """How it prints: A4 across, one page wide, the header on every page."""
    worksheet.page_setup.orientation, worksheet.page_setup.paperSize = "landscape", 9
    worksheet.page_setup.fitToWidth, worksheet.page_setup.fitToHeight = 1, 0
    worksheet.sheet_properties.pageSetUpPr.fitToPage = True
    worksheet.print_title_rows = "1:1"
    footing = "&".join(text.replace("&", "&&") for text in (book.facts[0][1] if book.facts else book.title,))
    worksheet.oddFooter.left.text, worksheet.oddFooter.right.text = footing, "&P / &N"


def _steady(raw: bytes) -> bytes:
    """The same file with one fixed time on its parts and in its properties."""
    target = io.BytesIO()
    with ZipFile(io.BytesIO(raw)) as given, ZipFile(target, "w", ZIP_DEFLATED) as steady:
        for info in given.infolist():
            fixed = ZipInfo(info.filename, FIXED_TIME.timetuple()[:6])
            fixed.compress_type = ZIP_DEFLATED
            fixed.create_system = 0
            steady.writestr(fixed, _undated(info.filename, given.read(info)))
    return target.getvalue()


def _undated(name: str, content: bytes) -> bytes:
    """The properties without the moment of writing."""
    if name != "docProps/core.xml":
        return content
    stamp: Any = rb"(<dcterms:modified[^>]*>)[^<]*"
    return re.sub(stamp, rb"\g<1>1980-01-01T00:00:00Z", content)
