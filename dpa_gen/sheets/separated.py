"""Sheets as .csv for a spreadsheet: UTF-8 with its mark, semicolons for Dutch; text never starts a formula."""

from __future__ import annotations

import csv
import io

from dpa_gen.sheets.sheet import Sheet, Value, shown

MARK = "\ufeff"
FORMULA = ("=", "+", "-", "@", "\t", "\r")
SEPARATORS = {"nl": ";", "en": ","}


def separated(sheet: Sheet, language: str) -> bytes:
    """The .csv of a sheet."""
    target = io.StringIO()
    writer = csv.writer(target, delimiter=SEPARATORS[language], lineterminator="\r\n")
    writer.writerow([guarded(column.title) for column in sheet.columns])
    writer.writerows([guarded(value) for value in row] for row in sheet.rows)
    return (MARK + target.getvalue()).encode()


def guarded(value: Value) -> str:
    """A value as text; an apostrophe goes before what a spreadsheet would take for a formula."""
    text = shown(value)
    return f"'{text}" if text.lstrip(" \n").startswith(FORMULA) or text.startswith(FORMULA) else text
