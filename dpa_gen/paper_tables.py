"""Cells with their pieces in; one piece a row out, or the pieces of a cell where the table serves only as layout."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dpa_gen.paper_nouns import Kind, Piece, TablePlace
from dpa_gen.paper_numbers import typed

LONGEST_CELL = 900  # characters; a cell above this holds contract text
SHORTEST_CLAUSE = 120
MOST_IN_CELL = 8  # pieces


def row_pieces(cells: Sequence[Sequence[Piece]], place: TablePlace) -> Iterator[Piece]:
    """The pieces of a row, in reading order."""
    filled = [cell for cell in cells if any(piece.text.strip() for piece in cell)]
    if not filled:
        return
    if _is_layout(filled, len(cells)):
        yield from _unfolded(cells, place)
        return
    pieces = [piece for cell in filled for piece in cell]
    texts = tuple(" ".join(_shown(piece) for piece in cell) for cell in cells)
    first = pieces[0]
    yield Piece(
        text=" | ".join(text.strip() for text in texts if text.strip()),
        kind=Kind.ROW,
        page=first.page,
        bold=all(piece.bold for piece in pieces),
        place=place,
        cells=texts,
        source=first.source,
        links=tuple(link for piece in pieces for link in piece.links),
    )
    yield from (piece for piece in pieces if piece.kind is Kind.FOOTNOTE)


def _shown(piece: Piece) -> str:
    return "" if piece.kind is Kind.FOOTNOTE else f"{piece.number} {piece.text}".strip()


def _is_layout(filled: Sequence[Sequence[Piece]], width: int) -> bool:
    """Whether a row holds running text: a lone cell of several pieces, a nested table, a clause or a long cell."""
    if any(piece.place or piece.kind is Kind.HEADING for cell in filled for piece in cell):
        return True
    if len(filled) == 1 and (width == 1 or len(filled[0]) > 1):
        return True
    if any(_is_clause(piece) for cell in filled for piece in cell):
        return True
    return any(len(cell) > MOST_IN_CELL or sum(len(piece.text) for piece in cell) > LONGEST_CELL for cell in filled)


def _is_clause(piece: Piece) -> bool:
    """Whether a piece is a numbered clause of a contract, as in a table of two languages side by side."""
    return len(piece.text) > SHORTEST_CLAUSE and bool(piece.number or typed(piece.text.strip()))


def _unfolded(cells: Sequence[Sequence[Piece]], place: TablePlace) -> Iterator[Piece]:
    """The pieces of the cells one after the other; a cell with a number alone numbers what follows it."""
    waiting = ""
    for column, cell in enumerate(cells, 1):
        texts = [piece for piece in cell if piece.text.strip()]
        if (
            len(texts) == 1
            and len(texts[0].text.strip()) < 8
            and texts[0].text.strip()[:1].isdigit()
            and column < len(cells)
        ):
            waiting = texts[0].text.strip()
            continue
        for piece in texts:
            where = piece.place or replace(place, column=column)
            yield (
                replace(piece, place=where, number=piece.number or waiting)
                if piece.kind is not Kind.FOOTNOTE
                else piece
            )
            waiting = ""
