"""A table -> one `Row` for each counterparty, its lists taken together from the sheets; and what cannot be read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from dpa_gen import source
from dpa_gen.batch.rows import Row
from dpa_gen.errors import DpaError, Place, Problem, raise_any
from dpa_gen.grid import cells as grid
from dpa_gen.grid.cells import Cell, Line, Sheet
from dpa_gen.grid.columns import IN_SHORT, KEY, Column, columns, columns_of, header, sheets
from dpa_gen.intake import shared_file
from dpa_gen.shape import KeyPath

HEADER_WITHIN = 10  # rows from the top
NOT_READ = ("-", "#", "_", "uitleg", "explanation", "lists", "keuzes")  # how the name of a sheet begins that is no list
MANY = ("subverwerkers", "sub-verwerkers", "sub-processors", "subprocessors")
BETWEEN = re.compile(r"(?<!\\)[;\n]")
TRUTH = {"waar": "yes", "onwaar": "no", "true": "yes", "false": "no"}
KVK_DIGITS = 8


@dataclass(frozen=True)
class Table:
    """The rows of a table that could be read, and the problems of those that could not, by row."""

    rows: tuple[Row, ...]
    refused: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)


@dataclass
class _Draft:
    """A row while its parts are gathered."""

    key: str
    place: Place
    value: dict[str, Any] = field(default_factory=dict)
    places: dict[KeyPath, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def put(self, path: KeyPath, value: Any, place: Place) -> None:
        """A value at a path; two columns that say the same thing twice are a problem."""
        branch: Any = self.value
        for step in path[:-1]:
            branch = branch.setdefault(step, {}) if isinstance(branch, dict) else None
        if not isinstance(branch, dict) or path[-1] in branch:
            what = f"{'.'.join(map(str, path))} is told here and in another column as well."
            self.problems.append(Problem(what, "Empty one of the two cells.", place))
            return
        branch[path[-1]] = value
        for length in range(1, len(path) + 1):
            self.places.setdefault(path[:length], place)


def read(path: Path, shared: Path | None = None) -> Table:
    """The counterparties of a table; raises `DpaError` when its columns or sheets are not those of a description."""
    first, *others = grid.sheets(path)
    header_line, known = _header(first, columns())
    shared = shared or shared_file(path.parent / "table.yaml")
    drafts = _drafts(first, header_line, known)
    for sheet in others:
        if sheet.lines and not sheet.name.lower().startswith(NOT_READ):
            _lay(sheet, drafts)
    if not drafts:
        raise DpaError.of("there is no row in this table.", "Write one row for each counterparty.", first.place(1))
    rows = [draft for draft in drafts.values() if not draft.problems]
    return Table(
        tuple(Row(str(path), d.key, d.value, d.place, d.places, shared=shared) for d in rows),
        {draft.key: tuple(draft.problems) for draft in drafts.values() if draft.problems},
    )


def _header(sheet: Sheet, known: Mapping[str, Column]) -> tuple[int, dict[int, str]]:
    """The number of the header's row, and the path of each column; raises `DpaError` for every unknown column."""
    names = {header(path): path for path in (KEY, *known)}
    fits = [
        (sum(header(cell.text) in names for cell in line.cells), -line.number, line)
        for line in sheet.lines[:HEADER_WITHIN]
    ]
    count, _, line = max(fits, key=lambda fit: fit[:2], default=(0, 0, Line(1, ())))
    if not count:
        what = "no row of this sheet holds names of columns such as processor.name."
        mend = "Begin with `dpa-gen table --empty table.xlsx`, which writes one with every column explained."
        raise DpaError.of(what, mend, sheet.place(line.number))
    found: dict[int, str] = {}
    problems: list[Problem] = []
    for cell in line.cells:
        name = header(cell.text)
        if name.startswith(("_", "#")):  # a hyphen reads as _
            continue
        path = names.get(name) or (cell.text.strip() if name.startswith("positions.") else None)
        if path is None:
            problems.append(_unknown(sheet, line, cell, names))
        elif path in found.values():
            what = f"the column {path} stands here twice."
            problems.append(Problem(what, "Keep one of the two.", sheet.place(line.number, cell.column)))
        else:
            found[cell.column] = path
    problems += _nameless(sheet, line, found)
    if problems:
        raise DpaError(*problems)
    return line.number, found


def _unknown(sheet: Sheet, line: Line, cell: Cell, names: Mapping[str, str]) -> Problem:
    close = get_close_matches(header(cell.text)[:80], names, 1, 0.6)
    last = [path for name, path in names.items() if name.rpartition(".")[2] == header(cell.text)]
    hint = f"Did you mean {(last or [names[name] for name in close])[0]}? " if last or close else ""
    mend = f"{hint}A column that is not meant for dpa-gen has a name that begins with - or #."
    return Problem(f"“{cell.text[:60]}” is not a column.", mend, sheet.place(line.number, cell.column))


def _nameless(sheet: Sheet, head: Line, found: Mapping[int, str]) -> Iterator[Problem]:
    """Each column with values below a header that is empty, as a merged header leaves it."""
    named = {cell.column for cell in head.cells}
    told: set[int] = set()
    for line in sheet.lines:
        for cell in line.cells if line.number > head.number else ():
            if cell.column not in named and cell.column not in told:
                told.add(cell.column)
                what = f"column {grid.letter(cell.column)} holds values and has no name above it."
                mend = f"Write the name of a column in row {head.number}; merged cells have to be split."
                yield Problem(what, mend, sheet.place(line.number, cell.column))


def _drafts(sheet: Sheet, head: int, known: Mapping[int, str]) -> dict[str, _Draft]:
    """The rows below the header, by their keys."""
    drafts: dict[str, _Draft] = {}
    for line in sheet.lines:
        if line.number > head:
            draft = _draft(sheet, line, known)
            if draft.key in drafts:
                what = f"“{draft.key}” is the key of an earlier row as well."
                draft.problems.append(Problem(what, f"Give each row another {KEY}.", draft.place))
                draft.key = f"{draft.key} (row {line.number})"
            drafts[draft.key] = draft
    return drafts


def _draft(sheet: Sheet, line: Line, known: Mapping[int, str]) -> _Draft:
    draft = _Draft("", sheet.place(line.number))
    key = ""
    for cell in line.cells:
        path = known.get(cell.column)
        if path == KEY:
            key = cell.text
        elif path is not None:
            _put(draft, (), path, columns().get(path), sheet, line, cell)
    draft.key = key or _named(draft.value) or f"row {line.number}"
    return draft


def _named(value: Mapping[str, Any]) -> str:
    """What a row without a key is called: its reference, or else the names of its parties."""
    parties = (value.get(party) for party in ("processor", "controller"))
    names = (party.get("name") if isinstance(party, dict) else None for party in parties)
    found = value.get("reference") or " ".join(name for name in names if isinstance(name, str) and name != "?")
    return found if isinstance(found, str) else ""


def _put(
    draft: _Draft, before: KeyPath, path: str, column: Column | None, sheet: Sheet, line: Line, cell: Cell
) -> None:
    """The value of a cell at its path; what is wrong with it goes with the row."""
    place = sheet.place(line.number, cell.column)
    if cell.wrong:
        draft.problems.append(grid.problem(sheet, line, cell))
        return
    try:
        value = value_of(cell, column, place)
    except DpaError as trouble:
        draft.problems += trouble.problems
        return
    draft.put((*before, *path.split(".")), value, place)


def value_of(cell: Cell, column: Column | None, place: Place) -> Any:
    """What a cell says: text, a list parted by semicolons, or what stands in it as YAML between { } or [ ]."""
    text = cell.text
    if column is None or column.kind in ("text", "names"):
        if column is not None and column.switch:
            return TRUTH.get(text.lower(), text)
        kvk = cell.number and column is not None and column.path.rpartition(".")[2] == "kvk"
        return text.zfill(KVK_DIGITS) if kvk else text
    if text.startswith(("{", "[")):
        return _yaml(text, place)
    if column.kind == "list":
        parts = [part.strip().replace("\\;", ";") for part in BETWEEN.split(text)]
        entries = [part for part in parts if part]
        return entries[0] if len(entries) == 1 and entries[0].lower() in ("?", "none", "geen") else entries
    return text


def _yaml(text: str, place: Place) -> Any:
    try:
        return source.parse(text, place.file).value
    except DpaError as trouble:
        raise DpaError(*(problem.at(place) for problem in trouble.problems)) from None


def _lay(sheet: Sheet, drafts: Mapping[str, _Draft]) -> None:
    """The rows of another sheet, each an entry of a list of the row that its key names."""
    path = _list_of(sheet)
    within = columns_of(path)
    head, known = _header(sheet, within)
    if KEY not in known.values():
        what = f"this sheet has no column {KEY}, so it cannot be known to which row its entries belong."
        raise DpaError.of(what, f"Add a column {KEY} with the {KEY} of that row.", sheet.place(head))
    entries: dict[str, list[_Draft]] = {}
    problems: list[Problem] = []
    for line in sheet.lines:
        if line.number > head:
            key, entry = _entry(sheet, line, known, within)
            if key not in drafts:
                close = get_close_matches(key, drafts, 1, 0.6)
                mend = f"Did you mean {close[0]}?" if close else f"Write the {KEY} of one of its rows."
                problems.append(Problem(f"“{key}” is no row of the first sheet.", mend, entry.place))
                continue
            entries.setdefault(key, []).append(entry)
    raise_any(problems)
    for key, theirs in entries.items():
        _join(drafts[key], tuple(path.split(".")), theirs, columns()[path])


def _entry(sheet: Sheet, line: Line, known: Mapping[int, str], within: Mapping[str, Column]) -> tuple[str, _Draft]:
    entry, key = _Draft("", sheet.place(line.number)), ""
    for cell in line.cells:
        path = known.get(cell.column)
        if path == KEY:
            key = cell.text
        elif path is not None:
            _put(entry, (), path, within.get(path), sheet, line, cell)
    return key, entry


def _join(draft: _Draft, path: KeyPath, entries: list[_Draft], column: Column) -> None:
    """A list put together from the rows of its sheet."""
    short = IN_SHORT.get(column.noun.__name__ if column.noun else "")
    values = [entry.value[short] if short and set(entry.value) == {short} else entry.value for entry in entries]
    draft.put(path, values, entries[0].place)
    for index, entry in enumerate(entries):
        draft.problems += entry.problems
        draft.places[*path, index] = entry.place
        draft.places.update({(*path, index, *steps): place for steps, place in entry.places.items()})


def _list_of(sheet: Sheet) -> str:
    """The list that a sheet holds, by its name: that of the path, or its last part."""
    name = header(sheet.name)
    names = {header(path): path for path in sheets()}
    last = {header(path).rpartition(".")[2]: path for path in sheets() if not path.startswith("controller.")}
    last |= {header(many): "subprocessors.list" for many in MANY}
    if found := names.get(name) or last.get(name):
        return found
    close = get_close_matches(name, [*names, *last], 1, 0.6)
    hint = f"Did you mean {({**last, **names})[close[0]]}? " if close else f"There are: {', '.join(sheets())}. "
    mend = f"{hint}A sheet that is not meant for dpa-gen has a name that begins with - or #."
    raise DpaError.of(
        f"“{sheet.name}” is not a list of a description.", mend, Place(f"{sheet.file}, sheet {sheet.name}")
    )
