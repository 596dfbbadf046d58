"""A spreadsheet or a .csv file -> its sheets as rows of text, with the habits of Excel undone."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from dpa_gen.errors import DpaError, Place, Problem

LARGEST_FILE = 50_000_000  # bytes, packed
LARGEST_INSIDE = 600_000_000  # bytes, unpacked
MOST_ROWS, MOST_COLUMNS = 100_000, 1_000
BLANKS = " \t\r\n\u00a0\u2007\u202f\u200b\u200e\u200f\ufeff"
NUMBER_WITH_ZEROS = re.compile(r"[0\s\-/.()]*0[0\s\-/.()]*")  # a format such as 00000000 or 000 000 00 00
GUARDED = re.compile(r"'(?=\s*[=+\-@\t\r])")  # what a .csv puts before text that would be a formula
FORMULA = re.compile(rb"<f[ />]")
OLD_EXCEL = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that holds something: its text, its column, and whether it was a number."""

    column: int  # from 0
    text: str
    number: bool = False
    wrong: str = ""  # why its value cannot be read


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a sheet that holds something, by its number in the spreadsheet."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet; a .csv file is one without a name."""

    file: str
    name: str
    lines: tuple[Line, ...]

    def place(self, number: int, column: int | None = None) -> Place:
        """A row or a cell of it, in the words that the spreadsheet shows."""
        parts = [self.file, *([f"sheet {self.name}"] if self.name else []), f"row {number}"]
        if column is not None:
            parts.append(f"column {letter(column)}")
        return Place(", ".join(parts))


def letter(column: int) -> str:
    """The letters of a column, counted from 0."""
    words, rest = "", column + 1
    while rest:
        rest, last = divmod(rest - 1, 26)
        words = chr(65 + last) + words
    return words


def sheets(path: Path) -> tuple[Sheet, ...]:
    """The sheets of a file; raises `DpaError` for one that is not a table."""
    name = str(path)
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST_FILE + 1)
    except OSError as trouble:
        what = f"this table cannot be read: {trouble.strerror or trouble}."
        raise DpaError.of(what, "Check the name, and close it in Excel.", Place(name)) from None
    if len(raw) > LARGEST_FILE:
        raise DpaError.of("this table is larger than 50 MB.", "Cut it in two.", Place(name))
    if raw.startswith(b"PK"):
        return tuple(_of_excel(raw, name))
    if raw.startswith(OLD_EXCEL):
        what = "this is an Excel file of the old kind, or one with a password."
        raise DpaError.of(what, "Save it in Excel as .xlsx, without a password.", Place(name))
    return (Sheet(name, "", tuple(_of_text(raw, name))),)


def clean(text: str) -> str:
    """The text of a cell without the blanks around it that nobody sees."""
    return text.replace("_x000D_", "").replace("\r\n", "\n").replace("\u00a0", " ").strip(BLANKS)


def _of_excel(raw: bytes, name: str) -> Iterator[Sheet]:
    from openpyxl import load_workbook

    _checked(raw, name)
    try:
        values = load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
        formulas = _formulas(raw)
        for worksheet in values.worksheets:
            if worksheet.sheet_state == "visible":
                yield Sheet(name, worksheet.title, tuple(_lines(worksheet, formulas.get(worksheet.title, set()), name)))
    except DpaError:
        raise
    except Exception as trouble:  # openpyxl raises whatever a damaged file makes it raise
        what = f"this spreadsheet cannot be read: {type(trouble).__name__}: {trouble}"
        raise DpaError.of(what[:300], "Open it in Excel and save it as .xlsx, or as .csv.", Place(name)) from None


def _checked(raw: bytes, name: str) -> None:
    """Refuse a package that would unpack without end, or that declares entities."""
    try:
        with ZipFile(io.BytesIO(raw)) as package:
            infos = package.infolist()
            if "xl/workbook.xml" not in package.namelist():
                raise DpaError.of("this is not an Excel file.", "Save the table as .xlsx or .csv.", Place(name))
            if sum(info.file_size for info in infos) > LARGEST_INSIDE or len(infos) > 10_000:
                raise DpaError.of(
                    "this spreadsheet is far too large inside.", "Copy the rows to a new one.", Place(name)
                )
            for info in infos:
                if info.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in package.open(info).read(2_000):
                    raise DpaError.of("this spreadsheet holds a DOCTYPE.", "Save it again in Excel.", Place(name))
    except (BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError, ValueError) as trouble:
        raise DpaError.of(f"this spreadsheet is damaged: {trouble}", "Save it again in Excel.", Place(name)) from None


def _formulas(raw: bytes) -> dict[str, set[tuple[int, int]]]:
    """The cells with a formula, by sheet; a second reading, which most tables do not need."""
    from openpyxl import load_workbook

    with ZipFile(io.BytesIO(raw)) as package:
        sheets = [name for name in package.namelist() if name.startswith("xl/worksheets/")]
        if not any(FORMULA.search(package.read(sheet)) for sheet in sheets if sheet.endswith(".xml")):
            return {}
    book = load_workbook(io.BytesIO(raw), read_only=True, data_only=False)
    return {
        worksheet.title: {
            (cell.row, cell.column) for row in worksheet.iter_rows() for cell in row if cell.data_type == "f"
        }
        for worksheet in book.worksheets
    }


def _lines(worksheet: Any, formulas: set[tuple[int, int]], name: str) -> Iterator[Line]:
    worksheet.reset_dimensions()  # some programs write a size that is not true
    count = 0
    for number, row in enumerate(worksheet.iter_rows(), 1):
        cells = tuple(cell for column, found in enumerate(row) if (cell := _cell(found, column, number, formulas)))
        if cells:
            count += 1
            if count > MOST_ROWS or len(row) > MOST_COLUMNS:
                raise DpaError.of(
                    "this sheet is larger than any table of counterparties.", "Cut it in two.", Place(name)
                )
            yield Line(number, cells)


def _cell(found: Any, column: int, number: int, formulas: set[tuple[int, int]]) -> Cell | None:
    """A cell as text; nothing for an empty one."""
    value = found.value
    if value is None or value == "":
        if (number, column + 1) in formulas:
            return Cell(column, "", wrong="this formula has no value yet")
        return None
    if found.data_type == "e":
        return Cell(column, str(value), wrong=f"the spreadsheet shows {value} here")
    if isinstance(value, bool):
        return Cell(column, "yes" if value else "no")
    if isinstance(value, int | float):
        return Cell(column, number_as_text(value, found.number_format), number=True)
    text = clean(_as_text(value))
    return Cell(column, text) if text else None


def _as_text(value: Any) -> str:
    """A day as 2026-12-01; anything else as it reads."""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    return value.isoformat() if isinstance(value, date | time) else str(value)


def number_as_text(value: float, shape: str) -> str:
    """A number as the sheet shows it: with the zeros in front or behind that its format gives it, never as 1E+20."""
    exact = Decimal(repr(value))
    whole = exact == exact.to_integral_value()
    if whole and NUMBER_WITH_ZEROS.fullmatch(shape) and "." not in shape and shape != "0" and value >= 0:
        return _in_shape(format(exact.to_integral_value(), "f"), shape)
    if re.fullmatch(r"0\.0+", shape):
        return f"{exact:.{len(shape) - 2}f}"
    return format(exact.to_integral_value(), "f") if whole else format(exact, "f")


def _in_shape(digits: str, shape: str) -> str:
    """Digits filled into a format from the right, with zeros where they run out."""
    rest, made = list(digits.zfill(shape.count("0"))), ""
    for sign in reversed(shape):
        made = (rest.pop() if sign == "0" else sign) + made
    return "".join(rest) + made


def _of_text(raw: bytes, name: str) -> Iterator[Line]:
    text = decoded(raw, name)
    first, _, rest = text.partition("\n")
    told = re.fullmatch(r"sep=(.)\r?", first)
    separator = told[1] if told else separator_of(text)
    reader = csv.reader(io.StringIO(rest if told else text, newline=""), delimiter=separator)
    try:
        for number, row in enumerate(reader, 2 if told else 1):
            texts = [GUARDED.sub("", clean(cell), count=1) for cell in row]
            cells = tuple(Cell(column, cell) for column, cell in enumerate(texts) if cell)
            if number > MOST_ROWS or len(row) > MOST_COLUMNS:
                raise DpaError.of("this table is larger than any of counterparties.", "Cut it in two.", Place(name))
            if cells:
                yield Line(number, cells)
    except csv.Error as trouble:
        raise DpaError.of(f"this is not a .csv table: {trouble}.", "Save it again as .csv.", Place(name)) from None


def decoded(raw: bytes, name: str) -> str:
    """The text of a .csv file: UTF-8, what Excel calls Unicode text, or else Windows-1252."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace")
    if b"\0" in raw:
        raise DpaError.of("this is not a table.", "Save it as .xlsx or .csv.", Place(name))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def separator_of(text: str) -> str:
    """What parts the columns: whichever the first line that is not empty has most, outside quotes."""
    line = next((line for line in text.splitlines() if line.strip()), "")
    bare = re.sub(r'"[^"]*"', "", line)
    return max(";,\t|", key=lambda sign: (bare.count(sign), sign == ";"))


def problem(sheet: Sheet, line: Line, cell: Cell) -> Problem:
    """What is wrong with the value of a cell."""
    mend = "Open the table in Excel, let it calculate and save it; or paste the value in place of the formula."
    return Problem(f"{cell.wrong}.", mend, sheet.place(line.number, cell.column))


def by_column(cells: Sequence[Cell]) -> dict[int, Cell]:
    """The cells of a row by their column."""
    return {cell.column: cell for cell in cells}
