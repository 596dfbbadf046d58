"""A book as one .html file: an overview in pictures, then the tables; no scripts, nothing loaded from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from dpa_gen.sheets.chart import drawing
from dpa_gen.sheets.sheet import Book, Column, Sheet, Value, shown

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
STYLE = """
:root { color-scheme: light; }
body { font: 15px/1.45 system-ui, "Segoe UI", Helvetica, Arial, sans-serif; color: #1c2733; margin: 0 auto;
  max-width: 110rem; padding: 1.5rem 2rem 4rem; background: #fff; }
h1 { font-size: 1.7rem; margin: 0 0 .6rem; color: #1f3a5f; }
h2 { font-size: 1.2rem; margin: 2.2rem 0 .6rem; color: #1f3a5f; }
h3 { font-size: 1rem; margin: 0 0 .5rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: 0; }
dt { color: #4d5b6a; } dd { margin: 0; }
nav a { margin-right: 1.2rem; color: #1f5fa8; }
.overview { display: flex; flex-wrap: wrap; gap: 1.2rem; margin-top: 1rem; }
.overview figure { margin: 0; padding: .9rem 1.1rem; border: 1px solid #d5dce4; border-radius: 6px; }
.overview svg { max-width: 100%; height: auto; font-size: 13px; }
.scroll { overflow: auto; max-height: 85vh; border: 1px solid #d5dce4; border-radius: 6px; }
table { border-collapse: collapse; font-size: .85rem; min-width: 100%; }
th { position: sticky; top: 0; background: #1f3a5f; color: #fff; text-align: left; font-weight: 600; }
th, td { padding: .4rem .6rem; vertical-align: top; border-bottom: 1px solid #e4e9ee; }
td { max-width: 24rem; overflow-wrap: break-word; }
tbody tr:nth-child(even) { background: #f6f8fa; }
ul { margin: 0; padding-left: 1.1rem; }
.note { font-weight: 400; color: #4d5b6a; font-size: .85rem; }
@media print { .scroll { overflow: visible; max-height: none; border: 0; } nav { display: none; }
  body { padding: 0; font-size: 9pt; } @page { size: A4 landscape; margin: 12mm; } }
"""


def html(book: Book, heading: str) -> bytes:
    """The web page of a book; `heading` stands above the overview."""
    return "\n".join(_lines(book, heading)).encode()


def _lines(book: Book, heading: str) -> Iterator[str]:
    yield f'<!DOCTYPE html>\n<html lang="{book.language}">\n<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{escape(book.title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>{escape(book.title)}</h1>"
    yield "<dl>" + "".join(f"<dt>{escape(label)}</dt><dd>{escape(value)}</dd>" for label, value in book.facts) + "</dl>"
    if book.overview:
        yield f"<h2>{escape(heading)}</h2>"
        yield f'<div class="overview">{"".join(_pictures(book))}</div>'
    sheets = tuple(book.filled())
    yield "<nav><p>" + "".join(f'<a href="#{sheet.id}">{escape(sheet.title)}</a>' for sheet in sheets) + "</p></nav>"
    for sheet in sheets:
        yield from _table(sheet)
    yield "</body>\n</html>\n"


def _pictures(book: Book) -> Iterator[str]:
    for number, bars in enumerate(book.overview, 1):
        yield f"<figure><h3>{escape(bars.title)}</h3>{drawing(bars, number)}</figure>"


def _table(sheet: Sheet) -> Iterator[str]:
    note = f' <span class="note">{escape(sheet.note)}</span>' if sheet.note else ""
    yield f'<h2 id="{sheet.id}">{escape(sheet.title)}{note}</h2>\n<div class="scroll"><table>\n<thead><tr>'
    yield "".join(map(_head, sheet.columns)) + "</tr></thead>\n<tbody>"
    for row in sheet.rows:
        yield "<tr>" + "".join(f"<td>{_cell(value)}</td>" for value in row) + "</tr>"
    yield "</tbody></table></div>"


def _head(column: Column) -> str:
    """The head of a column, as wide as it reads well."""
    return f'<th scope="col" style="min-width: {round(column.width * 0.38, 1)}rem">{escape(column.title)}</th>'


def _cell(value: Value) -> str:
    """A value, safe in a page; a list of several entries with a mark before each."""
    if isinstance(value, tuple) and len(value) > 1:
        return "<ul>" + "".join(f"<li>{escape(entry)}</li>" for entry in value) + "</ul>"
    return escape(shown(value))
