"""The words of PDF pages in; lines in reading order out: columns one after the other, the rows of tables together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from dpa_gen.paper_nouns import Piece
from dpa_gen.paper_numbers import style_of, typed

if TYPE_CHECKING:
    from dpa_gen.paper_pdf import Page, Word

WIDE_GAP = 1.9  # times the size of the letters; a wider gap parts columns or cells
SAME_LINE = 0.35  # times the size
MOST_GUTTERS = 12  # that are tried on a page
MOST_EDGES = 60  # of the columns of a table
FEWEST_LINES = 5  # of a column
CLOSE = 1.5  # points within which a word stands at the edge of a column
SNAP = 6.0  # points within which the left edges of cells are the same


@dataclass(frozen=True, slots=True)
class Line:
    """A line of words in a column, or a row of a table with its cells."""

    words: tuple[Word, ...]
    page: int
    right: float = 0.0  # the right edge of its column
    cells: tuple[str, ...] = ()
    table: int = 0
    row: int = 0  # of its table, from 1

    @property
    def text(self) -> str:
        """The words; a number that stands apart is followed by a tab."""
        if self.cells:
            return " | ".join(cell for cell in self.cells if cell)
        parts = [self.words[0].text]
        for before, word in pairwise(self.words):
            is_apart = before is self.words[0] and word.x0 - before.x1 > 0.8 * word.size
            parts.append(("\t" if is_apart else " ") + word.text)
        return "".join(parts)

    @property
    def x0(self) -> float:
        """Its left end."""
        return self.words[0].x0

    @property
    def x1(self) -> float:
        """Its right end."""
        return max(word.x1 for word in self.words)

    @property
    def y(self) -> float:
        """The height at which it stands."""
        return self.words[0].y

    @property
    def size(self) -> float:
        """The size of its letters."""
        return median(word.size for word in self.words)

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(word.bold for word in self.words)

    @property
    def lead(self) -> str:
        """The bold words it begins with, a number aside."""
        words = [word.text for word in self.words]
        plain = (rank for rank, word in enumerate(self.words) if not word.bold and (rank or not _is_mark(word.text)))
        stop = next(plain, len(words))
        return " ".join(words[:stop]) if stop < len(words) and any(word.bold for word in self.words[:stop]) else ""


def laid_out(pages: Sequence[Page]) -> Iterator[Piece]:
    """The pieces of all pages: running heads once, paragraphs joined."""
    from dpa_gen.paper_pdf_paragraphs import joined

    tables = Counter[str]()
    yield from joined([(page, page_lines(page, tables)) for page in pages])


def page_lines(page: Page, tables: Counter[str]) -> list[Line]:
    """The lines of a page in reading order."""
    segments = _without_doubles(list(_segments(page)))
    return list(_in_order(segments, tables, 0))


def _segments(page: Page) -> Iterator[Line]:
    """Stretches of words on one line without a wide gap."""
    open_: list[Word] = []
    for word in page.words:
        if open_ and not _goes_on(open_, word):
            yield Line(tuple(open_), page.number)
            open_ = []
        open_.append(word)
    if open_:
        yield Line(tuple(open_), page.number)


def _goes_on(words: Sequence[Word], word: Word) -> bool:
    last = words[-1]
    size = max(last.size, word.size, 1.0)
    if abs(word.y - words[0].y) > SAME_LINE * size:
        return False
    gap = word.x0 - last.x1
    widest = 8 * size if len(words) == 1 and _is_mark(last.text) else WIDE_GAP * size
    return -0.4 * size < gap < widest


def _is_mark(text: str) -> bool:
    """Whether a word is nothing but a number or bullet."""
    found = typed(f"{text}\tX x x x")
    return found is not None and found.rest == "X x x x" and (found.is_bullet or style_of(found.number) != "article")


def _without_doubles(segments: Sequence[Line]) -> list[Line]:
    """The segments without those drawn twice to look bold."""
    seen: set[tuple[str, int, int]] = set()
    kept = []
    for segment in segments:
        key = segment.text, round(segment.x0 / 2), round(segment.y / 2)
        if key not in seen:
            kept.append(segment)
        seen.add(key)
    return kept


def _in_order(segments: Sequence[Line], tables: Counter[str], depth: int) -> Iterator[Line]:
    """The lines of a region: columns of running text one after the other, else row by row."""
    if not segments:
        return
    gutter = _gutter(segments) if depth < 3 else None
    if gutter is None:
        yield from _rows(segments, tables)
        return
    band: list[Line] = []
    for segment in sorted(segments, key=lambda one: -one.y):
        if segment.x0 < gutter < segment.x1:
            yield from _two_columns(band, gutter, tables, depth)
            yield replace(segment, right=max(one.x1 for one in segments))
            band = []
        else:
            band.append(segment)
    yield from _two_columns(band, gutter, tables, depth)


def _two_columns(band: Sequence[Line], gutter: float, tables: Counter[str], depth: int) -> Iterator[Line]:
    yield from _in_order([one for one in band if one.x1 <= gutter], tables, depth + 1)
    yield from _in_order([one for one in band if one.x1 > gutter], tables, depth + 1)


def _gutter(segments: Sequence[Line]) -> float | None:
    """The x between two columns of running text, or None."""
    left, right = min(one.x0 for one in segments), max(one.x1 for one in segments)
    width = right - left
    narrow = sorted((one for one in segments if one.x1 - one.x0 < 0.62 * width), key=lambda one: one.x0)
    if len(narrow) < 2 * FEWEST_LINES:
        return None
    reach, tries = narrow[0].x1, 0
    for segment in narrow[1:]:
        middle = (reach + segment.x0) / 2
        if segment.x0 - reach > 0.8 * segment.size and left + 0.25 * width < middle < left + 0.75 * width:
            tries += 1
            if tries > MOST_GUTTERS:
                return None
            wide = sum(one.x0 < middle < one.x1 for one in segments)
            if wide < 0.5 * len(segments) and _is_prose(narrow, middle, left, right):
                return middle
        reach = max(reach, segment.x1)
    return None


def _is_prose(narrow: Sequence[Line], middle: float, left: float, right: float) -> bool:
    """Whether both sides of a gutter hold lines that mostly fill their column, as running text does."""
    sides = [one for one in narrow if one.x1 <= middle], [one for one in narrow if one.x0 >= middle]
    if min(len(side) for side in sides) < FEWEST_LINES:
        return False
    signs = [sum(len(one.text) for one in side) for side in sides]
    if min(signs) < 0.25 * max(signs):
        return False
    edges = (left, max(one.x1 for one in sides[0])), (min(one.x0 for one in sides[1]), right)
    widths = [median(one.x1 - one.x0 for one in side) for side in sides]
    return all(width > 0.65 * (end - start) for width, (start, end) in zip(widths, edges, strict=True))


def _rows(segments: Sequence[Line], tables: Counter[str]) -> Iterator[Line]:
    """The lines from top to bottom, with the segments of a table put together into rows and cells."""
    right = max(one.x1 for one in segments)
    rows = _levelled(segments)
    rank = 0
    while rank < len(rows):
        end = _table_end(rows, rank)
        if end - rank > 1:
            tables["tables"] += 1
            yield from _table(rows[rank:end], tables["tables"], right)
            rank = end
        else:
            words = tuple(word for one in rows[rank] for word in one.words)
            yield Line(words, rows[rank][0].page, right)
            rank += 1


def _levelled(segments: Sequence[Line]) -> list[list[Line]]:
    """The segments by the height at which they stand, from the top, each row from the left."""
    rows: list[list[Line]] = []
    for segment in sorted(segments, key=lambda one: (-one.y, one.x0)):
        if rows and abs(rows[-1][0].y - segment.y) <= SAME_LINE * segment.size:
            rows[-1].append(segment)
        else:
            rows.append([segment])
    return [sorted(row, key=lambda one: one.x0) for row in rows]


def _table_end(rows: Sequence[Sequence[Line]], start: int) -> int:
    """Where a table ends that begins at a row; the same row when there is none."""
    if len(rows[start]) < 2:
        return start
    edges = [one.x0 for one in rows[start]]
    end, many = start + 1, 1
    while end < len(rows) and len(edges) < MOST_EDGES:
        row, above = rows[end], rows[end - 1]
        if above[0].y - row[0].y > 3.2 * row[0].size:
            break
        fits = [any(abs(one.x0 - edge) < SNAP for edge in edges) for one in row]
        if len(row) > 1 and any(fits):
            edges += [one.x0 for one, is_known in zip(row, fits, strict=True) if not is_known]
            many += 1
        elif not all(fits) or _leaves(row[0], edges, rows[start][0].size):
            break
        end += 1
    while end - 1 > start and len(rows[end - 1]) < 2 and _stands_off(rows[end - 2][0], rows[end - 1][0], min(edges)):
        end -= 1  # what stands at the left edge alone, some way below the last row, follows the table
    return end if many > 1 else start


def _stands_off(above: Line, line: Line, edge: float) -> bool:
    return line.x0 <= edge + SNAP and above.y - line.y > 1.5 * line.size


def _leaves(line: Line, edges: Sequence[float], size: float) -> bool:
    """Whether a lone line at the left edge is a numbered one, larger than the table, or wider than its first column."""
    if line.x0 > min(edges) + SNAP:
        return False
    others = [edge for edge in edges if edge > min(edges) + SNAP]
    return typed(line.text) is not None or line.size > 1.08 * size or (bool(others) and line.x1 > min(others))


def _cut(segment: Line, edges: Sequence[float]) -> Iterator[Line]:
    """A segment cut where one of its words begins at the left edge of a column, as in a tightly set table."""
    open_: list[Word] = []
    for word in segment.words:
        is_apart = open_ and word.x0 - open_[-1].x1 > 0.42 * word.size
        if is_apart and any(abs(edge - word.x0) < CLOSE for edge in edges):
            yield Line(tuple(open_), segment.page)
            open_ = []
        open_.append(word)
    yield Line(tuple(open_), segment.page)


def _table(rows: Sequence[Sequence[Line]], table: int, right: float) -> Iterator[Line]:
    """The rows of a table; lines that follow closely continue the cells above them."""
    common = Counter(round(one.x0) for row in rows for one in row)
    shared = sorted({round(one.x0, 1) for row in rows for one in row if common[round(one.x0)] > 1})
    rows = [[part for one in row for part in _cut(one, shared)] for row in rows]
    edges: list[float] = []
    for edge in sorted(one.x0 for row in rows for one in row):
        if not edges or edge - edges[-1] > SNAP:
            edges.append(edge)
    steps = [above[0].y - row[0].y for above, row in pairwise(rows)]
    closest = min(steps)
    is_loose = max(steps) > 1.25 * closest
    open_: list[Sequence[Line]] = []
    rank = 0
    for row, step in zip(rows, [0.0, *steps], strict=True):
        begins = step > 1.2 * closest if is_loose else row[0].x0 <= edges[0] + SNAP
        if open_ and begins:
            rank += 1
            yield _row(open_, edges, table, rank, right)
            open_ = []
        open_.append(row)
    yield _row(open_, edges, table, rank + 1, right)


def _row(lines: Sequence[Sequence[Line]], edges: Sequence[float], table: int, rank: int, right: float) -> Line:
    """A row of a table out of the lines of its cells."""
    cells = [""] * len(edges)
    for segment in (one for line in lines for one in line):
        column = max(rank for rank, edge in enumerate(edges) if edge <= segment.x0 + SNAP)
        before = cells[column]
        gap = "" if before.endswith("-") and segment.text[:1].islower() else " "
        cells[column] = f"{before}{gap}{segment.text}".strip()
    words = tuple(word for line in lines for one in line for word in one.words)
    return Line(words, lines[0][0].page, right, tuple(cells), table, rank)
