"""A workspace -> a table of it, and an empty one with every column explained, to hand to a colleague."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dpa_gen import source
from dpa_gen.errors import DpaError, Place
from dpa_gen.grid.columns import IN_SHORT, KEY, LANGUAGES, Column, columns, columns_of, sheets
from dpa_gen.library import shipped
from dpa_gen.printing import WORDS_OF_LIST
from dpa_gen.sheets import sheet as people
from dpa_gen.sheets.separated import separated
from dpa_gen.sheets.sheet import Book, Sheet
from dpa_gen.sheets.xlsx import LONGEST_CELL, xlsx

EXPLAINED = {"nl": "uitleg", "en": "explanation"}
TITLES = {"nl": ("Kolom", "Wat erin komt", "Kan zijn"), "en": ("Column", "What goes in it", "Can be")}
FIRST = {"nl": "verwerkers", "en": "processors"}
NOTE = {
    "nl": "Een naam voor deze regel, zonder spaties; daarmee verwijzen de andere bladen naar de regel.",
    "en": "A name for this row, without spaces; the other sheets refer to the row by it.",
}
SPLIT = {"nl": "meer dan één: met ; ertussen", "en": "more than one: with ; between them"}
SWITCH = ("yes", "no")
# The columns of an empty table: what most contracts need; all others are explained on the last sheet.
USUAL = (
    *("reference", "processor.name", "processor.form", "processor.registration.kvk", "processor.address.street"),
    *("processor.address.postcode", "processor.address.city", "processor.address.country", "processor.contact.name"),
    *("processor.contact.email", "processor.contact.phone", "processor.signatory.name", "processor.signatory.role"),
    *("service.name", "service.description", "service.main_agreement.title", "service.main_agreement.date"),
    *("processing.subject", "processing.purpose", "processing.nature", "processing.data_subjects"),
    *("processing.personal_data", "processing.retention.period", "processing.retention.after", "processing.volume"),
    *("processing.locations", "processing.remote_access", "security.measures", "subprocessors.authorisation"),
    *("subprocessors.list", "breach.notify_within_hours", "breach.processor_contact.email", "deletion.format"),
)
USUAL_SHEETS = ("processing.personal_data", "processing.retention", "security.measures", "subprocessors.list")
USUAL_WITHIN = {
    "processing.personal_data": ("term", "detail", "basis"),
    "processing.retention": ("data", "period", "after", "criterion", "basis"),
    "security.measures": ("term", "detail"),
    "subprocessors.list": ("name", "country", "address", "contact", "task", "data", "transfer"),
}


@dataclass
class _Gathered:
    """What the descriptions say, by column and by sheet."""

    rows: list[dict[str, str]] = field(default_factory=list)
    lists: dict[str, list[dict[str, str]]] = field(default_factory=dict)


def of_workspace(paths: Iterable[Path], language: str, one_sheet: bool = False) -> Book:
    """A table of descriptions: what the files themselves say, without what the shared file says for all."""
    gathered = _Gathered()
    for path in paths:
        key = path.stem
        if key in (row[KEY] for row in gathered.rows):
            key = path.with_suffix("").as_posix()
        row: dict[str, str] = {KEY: key}
        _flat(source.read(path).value, "", columns(), row, gathered.lists, None if one_sheet else key)
        gathered.rows.append(row)
    used = {path for row in gathered.rows for path in row}
    main = _sheet(
        FIRST[language], [KEY, *(path for path in _ordered(used, columns()))], gathered.rows, columns(), language
    )
    lists = []
    for name in sheets():
        entries, within = gathered.lists.get(name, []), columns_of(name)
        if entries:
            inner = {column for entry in entries for column in entry}
            lists.append(_sheet(name, [KEY, *_ordered(inner, within)], entries, within, language))
    return Book(FIRST[language], language, (), (main, *lists, explained(language)))


def empty(language: str) -> Book:
    """A table without rows: the usual columns, and all others explained."""
    main = _sheet(FIRST[language], [KEY, *USUAL], [], columns(), language)
    lists = [_sheet(path, [KEY, *USUAL_WITHIN[path]], [], columns_of(path), language) for path in USUAL_SHEETS]
    return Book(FIRST[language], language, (), (main, *lists, explained(language)))


def as_bytes(book: Book, path: Path) -> bytes:
    """The file of a table, by its name: .csv holds the first sheet alone."""
    for sheet in book.sheets:
        for number, row in enumerate(sheet.rows, 2):
            if any(isinstance(value, str) and len(value) > LONGEST_CELL for value in row):
                place = Place(f"{path}, sheet {sheet.title}, row {number}")
                raise DpaError.of("a text is longer than a cell can hold.", "Keep this one as a file.", place)
    if path.suffix.lower() == ".csv":
        return separated(book.sheets[0], book.language)
    return xlsx(book)


def explained(language: str) -> Sheet:
    """Every column that a table can have, with what it means."""
    rows = [(KEY, NOTE[language], "")]
    for path, column in columns().items():
        inside_list = any(path.startswith(f"{each}.") for each in sheets())
        if column.text and not inside_list and path.rpartition(".")[2] not in LANGUAGES:
            rows.append((path, dict(column.text)[language], _can_be(column, language)))
    for sheet in sheets():
        for path, column in columns_of(sheet).items():
            if column.text and path.rpartition(".")[2] not in LANGUAGES:
                rows.append((f"{sheet} › {path}", dict(column.text)[language], _can_be(column, language)))
    titles = TITLES[language]
    heads = tuple(people.Column(title, title, width) for title, width in zip(titles, (40, 90, 40), strict=True))
    return Sheet(EXPLAINED[language], EXPLAINED[language], heads, tuple(rows))


def _can_be(column: Column, language: str) -> str:
    if column.choices:
        return ", ".join(column.choices)
    return SPLIT[language] if column.kind == "list" else ", ".join(SWITCH) if column.switch else ""


def _sheet(
    name: str, paths: list[str], rows: list[dict[str, str]], known: Mapping[str, Column], language: str
) -> Sheet:
    whole = "" if name in FIRST.values() else f"{name}."
    heads = tuple(
        people.Column(path, path, _width(path, rows), _picked(f"{whole}{path}", known.get(path))) for path in paths
    )
    return Sheet(name, name, heads, tuple(tuple(row.get(path, "") for path in paths) for row in rows))


def _picked(path: str, column: Column | None) -> tuple[str, ...]:
    """The pick list of a column that holds one word: the only ones it takes, or the terms of its vocabulary."""
    if column is None or column.kind == "list":
        return ()
    vocabulary = WORDS_OF_LIST.get(path.removesuffix(".term"))
    terms = tuple(shipped().terms[vocabulary]) if vocabulary else ()
    return SWITCH if column.switch else column.choices or terms


def _width(path: str, rows: list[dict[str, str]]) -> int:
    longest = max((len(row.get(path, "")) for row in rows), default=0)
    return max(12, min(60, max(longest, len(path)) + 2))


def _ordered(used: set[str], known: Mapping[str, Column]) -> Iterator[str]:
    """The columns in the order of the description; those with free names follow."""
    yield from (path for path in known if path in used)
    yield from sorted(path for path in used if path not in known and path != KEY)


def _flat(
    value: Any,
    path: str,
    known: Mapping[str, Column],
    row: dict[str, str],
    lists: dict[str, list[dict[str, str]]],
    key: str | None,
) -> None:
    """A value in the cells of its row, and its lists on their sheets; what fits neither is written as YAML."""
    column = known.get(path)
    if isinstance(value, dict) and value and (not path or _can_be_parted(value, path, known)):
        for name, part in value.items():
            _flat(part, f"{path}.{name}" if path else str(name), known, row, lists, key)
    elif isinstance(value, list) and key and column and column.is_sheet and not _plain(value) and _entries(value, path):
        lists.setdefault(path, []).extend(_entry_rows(value, column, path, key))
    elif value != "":
        row[path] = _cell(value, column)


def _can_be_parted(value: dict[str, Any], path: str, known: Mapping[str, Column]) -> bool:
    column = known.get(path)
    return column is not None and (column.kind == "names" or all(f"{path}.{name}" in known for name in value))


def _entries(value: list[Any], path: str) -> bool:
    """Whether each entry of a list fits the columns of its sheet."""
    known = columns_of(path)
    return all(
        isinstance(entry, str) or (isinstance(entry, dict) and entry and set(entry) <= set(known)) for entry in value
    )


def _entry_rows(value: list[Any], column: Column, path: str, key: str) -> Iterator[dict[str, str]]:
    short = IN_SHORT.get(column.noun.__name__ if column.noun else "", "name")
    for entry in value:
        row: dict[str, str] = {KEY: key}
        _flat(entry if isinstance(entry, dict) else {short: entry}, "", columns_of(path), row, {}, None)
        yield row


def _plain(value: list[Any]) -> bool:
    return all(isinstance(entry, str) and entry and not entry.startswith(("{", "[")) for entry in value)


def _cell(value: Any, column: Column | None) -> str:
    """A value as the text of one cell, such that it is read back as it is."""
    if isinstance(value, list) and value and _plain(value) and "\n" not in "".join(value):
        text = "; ".join(entry.replace(";", "\\;") for entry in value)
        if not text.startswith(("{", "[")) and (len(value) > 1 or text.lower() not in ("?", "none", "geen")):
            return text
    if isinstance(value, str):
        read_as_yaml = column is not None and column.kind in ("list", "group") and value.startswith(("{", "["))
        return json.dumps({"nl": value, "en": value}, ensure_ascii=False) if read_as_yaml else value
    return json.dumps(value, ensure_ascii=False)
