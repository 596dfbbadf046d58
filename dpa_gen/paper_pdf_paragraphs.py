"""The lines of PDF pages in; pieces out: running heads once, page numbers gone, lines joined into paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from dpa_gen.paper_nouns import Kind, Piece, TablePlace
from dpa_gen.paper_numbers import depth_of, typed

if TYPE_CHECKING:
    from dpa_gen.paper_pdf import Page
    from dpa_gen.paper_pdf_layout import Line

MARGIN = 0.13  # of the height of a page: where running heads and feet stand
WHITE = 1.7  # times the size: the least white between the text and a running head
BIG = 1.13  # times the size of the text: a heading
LONGEST_HEADING = 140
KEEP_THEIR_HYPHEN = ("sub", "non", "e", "self", "third", "niet", "ex")

_PAGE_NUMBER = re.compile(
    r"(?i)^\W*(?:(?:page|pagina|pag\.?|p\.|blad|seite)\s*)?(?:\d{1,4}|[ivx]{1,6})(?:\s*(?:of|van|von|/|\||-)\s*\d{1,4})?\W*$"
)
_GOES_ON = re.compile(r"^\S+\s+(?:of|van|and|en|or|lid|to|tot|through|t/m|jo\.?|juncto)\b")
_ENDS = re.compile(r"[.;:?!][\"'”’)\]]*$")


def joined(pages: Sequence[tuple[Page, list[Line]]]) -> Iterator[Piece]:
    """The pieces of all pages in reading order."""
    margins = [_margins(page, lines) for page, lines in pages]
    running = _running(margins)
    seen: set[str] = set()
    body: list[Line] = []
    heads: list[Piece] = []
    feet: list[Piece] = []
    for (_, lines), margin in zip(pages, margins, strict=True):
        for line in lines:
            side = margin.get(id(line), (None, ""))[0]
            key = _key(line.text)
            if side is None or not (key in running or _PAGE_NUMBER.match(line.text)):
                body.append(line)
            elif key not in seen and not _PAGE_NUMBER.match(line.text):
                seen.add(key)
                (heads if side is Kind.HEADER else feet).append(Piece(line.text, kind=side, page=line.page))
    yield from heads
    yield from _paragraphs(body)
    yield from feet


def _key(text: str) -> str:
    return re.sub(r"\d+", "#", text).strip()


def _margins(page: Page, lines: Sequence[Line]) -> dict[int, tuple[Kind, str]]:
    """The side and key of each line that stands in a margin, parted from the text by white."""
    inward = sorted(lines, key=lambda line: line.y)
    found: dict[int, tuple[Kind, str]] = {}
    for kind, ordered in ((Kind.FOOTER, inward), (Kind.HEADER, inward[::-1])):
        block: list[Line] = []
        for line in ordered:
            depth = line.y if kind is Kind.FOOTER else page.height - line.y
            if block and abs(line.y - block[-1].y) > WHITE * line.size:
                found |= {id(one): (kind, _key(one.text)) for one in block}
                block = []
            if depth > MARGIN * page.height:
                break
            block.append(line)
    return found


def _running(margins: Sequence[dict[int, tuple[Kind, str]]]) -> set[str]:
    """The texts that stand in the margin of many pages; digits may differ."""
    if len(margins) < 2:
        return set()
    counted = Counter(key for margin in margins for key in {key for _, key in margin.values()})
    least = max(2, 0.4 * len(margins)) if len(margins) < 8 else 3
    return {key for key, count in counted.items() if count >= least}


def _paragraphs(lines: Sequence[Line]) -> Iterator[Piece]:
    """The lines joined into paragraphs, headings marked by their size."""
    if not lines:
        return
    words = Counter(word.text.strip(".,;:()\"'").lower() for line in lines for word in line.words)
    levels = _levels(lines)
    pitch = _pitch(lines)
    open_: list[Line] = []
    for line in lines:
        if open_ and not _continues(open_, line, pitch):
            yield _piece(open_, words, levels)
            open_ = []
        open_.append(line)
    yield _piece(open_, words, levels)


def _pitch(lines: Sequence[Line]) -> float:
    """The usual distance of lines, as a share of their size."""
    steps = [
        (above.y - line.y) / line.size
        for above, line in pairwise(lines)
        if above.page == line.page
        and line.size > 0
        and 0.5 < (above.y - line.y) / line.size < 2.2
        and abs(above.size - line.size) < 0.5
        and not line.cells
    ]
    return median(sorted(steps)[: max(1, int(len(steps) * 0.7))]) if steps else 1.15


def _continues(open_: Sequence[Line], line: Line, pitch: float) -> bool:
    """Whether a line goes on with the paragraph above it."""
    last = open_[-1]
    if last.cells or line.cells or abs(last.size - line.size) > 0.08 * last.size or last.bold != line.bold:
        return False
    starts = typed(line.text) and not (_GOES_ON.match(line.text) and not _ENDS.search(last.text))
    if starts:
        return False
    is_lower = line.text[:1].islower()
    step = (last.y - line.y) / max(line.size, 1.0)
    if last.page != line.page or step < 0:  # the next page or column
        return not last.bold and (not _ENDS.search(last.text) or is_lower) and (is_lower or not _would_fit(last, line))
    if step > 1.28 * pitch:
        return False
    return is_lower or not _would_fit(last, line)


def _would_fit(last: Line, line: Line) -> bool:
    """Whether the first word of a line had room on the line before; then the writer began anew."""
    first = line.words[0]
    end = line.words[1] if len(first.text) < 3 and len(line.words) > 1 else first  # "€ 500" does not part
    return last.x1 + 0.25 * last.size + (end.x1 - first.x0) < last.right - 0.6 * last.size


def _levels(lines: Sequence[Line]) -> dict[int, int]:
    """The level of a heading by the size of its letters; a size that numbered headings have takes their depth."""
    sizes = Counter[int]()
    for line in lines:
        sizes[round(line.size)] += len(line.text)
    body = sizes.most_common(1)[0][0]
    levels: dict[int, int] = {}
    level = 0
    for size in sorted((size for size in sizes if size > BIG * body), reverse=True):
        alike = [line for line in lines if round(line.size) == size]
        depths = [depth_of(found.number) for line in alike if (found := typed(line.text)) and found.number]
        level = min(depths) if depths else level
        levels[size] = level
        level += 1
    return levels


def _piece(lines: Sequence[Line], words: Counter[str], levels: dict[int, int]) -> Piece:
    """A paragraph, heading or row out of its lines."""
    first = lines[0]
    if first.cells:
        place = TablePlace(first.table, first.row)
        return Piece(first.text, kind=Kind.ROW, page=first.page, bold=first.bold, cells=first.cells, place=place)
    text = _put_together([line.text for line in lines], words)
    level = levels.get(round(first.size))
    is_heading = level is not None and len(text) <= LONGEST_HEADING and any(sign.isalpha() for sign in text)
    if is_heading and (found := typed(text)) and found.number:
        level = depth_of(found.number)
    return Piece(
        text,
        kind=Kind.HEADING if is_heading else None,
        level=level or 0 if is_heading else 0,
        page=first.page,
        bold=all(line.bold for line in lines),
        lead=first.lead,
    )


def _put_together(texts: Sequence[str], words: Counter[str]) -> str:
    """Lines as one text; a word broken at the end of a line is whole again."""
    parts: list[str] = []
    for text, following in zip(texts, [*texts[1:], ""], strict=True):
        if not text.endswith("-") or not following:
            parts += [text, " "]
        elif not following[:1].islower():
            parts.append(text)
        else:
            parts += _at_hyphen(text, following, words)
    return "".join(parts).strip()


def _at_hyphen(text: str, following: str, words: Counter[str]) -> list[str]:
    """The end of a line with a hyphen, which stays where the word is written with it elsewhere."""
    last = text[:-1].rpartition(" ")[2].lstrip("(\"'")
    head, tail = last.lower(), following.split(maxsplit=1)[0].lower().strip(".,;:()\"'")
    if tail in ("en", "of", "and", "or", "und", "oder", "et"):
        return [text, " "]
    kept, merged = words[f"{head}-{tail}"], words[head + tail]
    is_compound = head.split("-")[-1] in KEEP_THEIR_HYPHEN or last.isupper()
    return [text] if kept > merged or (not kept and not merged and is_compound) else [text[:-1]]
