"""Pieces as a format holds them in; numbered paragraphs with headings and references out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from dpa_gen.paper_nouns import Kind, PaperParagraph, Piece
from dpa_gen.paper_numbers import ANNEXES, depth_of, style_of, typed

LONGEST_HEADING = 110  # characters
DEEPEST_HEADING = 9
OPEN_ENDS = (".", ";", ",", "?", "!")
SET_APART = (Kind.ROW, Kind.FOOTNOTE, Kind.HEADER, Kind.FOOTER)

_SPACES = re.compile(r"\s+")
_NOTHING = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff\u0000-\u0008\u000e-\u001f]")
_LIGATURES = {
    ord(sign): plain for sign, plain in zip("ﬀﬁﬂﬃﬄﬅﬆ", ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True)
}
_SAME = _LIGATURES | {0x2010: "-", 0x2011: "-"}
_LABEL = re.compile(r"^([^\W\d_][^.:;|]{2,59})([:.])\s+(?=\S.{15})", re.S)


def squeezed(text: str) -> str:
    """The text on one line, with plain spaces and hyphens, and without signs that nobody sees."""
    return _SPACES.sub(" ", _NOTHING.sub("", text.translate(_SAME))).strip()


def settled(pieces: Iterable[Piece]) -> tuple[PaperParagraph, ...]:
    """The paragraphs of a paper, in the order of its pieces."""
    known = [_numbered(part) for piece in pieces for part in _by_line(piece)]
    known = _titled([piece for piece in known if piece.number or _says_something(piece.text)])
    guessed = list(_with_headings(known))
    return tuple(_placed(piece for piece in guessed if _says_something(piece.text) or piece.kind is Kind.HEADING))


def _says_something(text: str) -> bool:
    return any(sign.isalnum() for sign in text)


def _by_line(piece: Piece) -> Iterator[Piece]:
    """A piece cut where a line inside it opens with a number or bullet; writers use line breaks for lists."""
    if "\n" not in piece.text or piece.kind in (Kind.ROW, Kind.HEADER, Kind.FOOTER):
        yield piece
        return
    parts: list[str] = []
    for line in piece.text.split("\n"):
        if parts and not typed(line.strip()):
            parts[-1] += "\n" + line
        else:
            parts.append(line)
    for rank, part in enumerate(parts):
        yield replace(piece, text=part) if rank == 0 else replace(piece, text=part, number="", lead="", kind=None)


def _numbered(piece: Piece) -> Piece:
    """The piece with a typed number taken out of its text, and its text on one line."""
    text, number = piece.text.strip(" \n\r"), squeezed(piece.number)
    is_list, lead = piece.is_list, squeezed(piece.lead)
    if not number and piece.kind not in (Kind.ROW, Kind.HEADER, Kind.FOOTER) and (found := typed(text)):
        number, text = squeezed(found.number), found.rest
        is_list = is_list or found.is_bullet
        lead = squeezed(piece.lead.strip().removeprefix(found.number))
    cells = tuple(squeezed(cell) for cell in piece.cells)
    if piece.kind is Kind.ROW and len(cells) > 1 and style_of(cells[0]) not in ("", "article") and len(cells[0]) < 8:
        number = cells[0]
    return replace(
        piece,
        text=squeezed(text),
        number=number,
        is_list=is_list,
        cells=cells,
        lead=_lead(squeezed(text), number, lead),
    )


def _lead(text: str, number: str, lead: str) -> str:
    """The words that open a paragraph as its own heading: bold ones, or a label and a colon."""
    lead = lead.strip(" .:–-")
    if lead and text.startswith(lead) and 2 < len(lead) <= LONGEST_HEADING:
        return lead if len(lead) < len(text.rstrip(" .:")) else ""
    if number and text.endswith((".", ":")) and len(text.split()) <= (2 if text.endswith(".") else 6):
        return text.rstrip(".:")  # it stands over the items that follow
    label = _LABEL.match(text)
    if label is None or (label[2] == "." and not number):
        return ""
    return label[1] if len(label[1].split()) <= (7 if number else 5 if label[2] == ":" else 4) else ""


def _titled(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces, where a label alone on its line ("Artikel 3") takes the title on the next as its text."""
    out: list[Piece] = []
    for piece in pieces:
        last = out[-1] if out else None
        if last and not last.text and style_of(last.number) == "article" and not piece.number:
            title = piece.kind not in SET_APART and _is_short(piece.text)
            out[-1] = replace(
                last, text=piece.text if title else "", kind=Kind.HEADING, level=piece.level or last.level
            )
            if title:
                continue
        out.append(piece)
    return out


def _is_short(text: str) -> bool:
    return 0 < len(text) <= LONGEST_HEADING and len(text.split()) <= 14 and not text.endswith(OPEN_ENDS)


def _with_headings(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces, each with its kind; headings not marked as such are guessed by look, number and neighbours."""
    is_marked = sum(piece.kind is Kind.HEADING for piece in pieces) > 2
    base, seen = 0, False
    for rank, piece in enumerate(pieces):
        if piece.kind is None:
            following = pieces[rank + 1] if rank + 1 < len(pieces) else None
            level = _guessed_level(piece, following, base, is_marked, not seen)
            kind = Kind.HEADING if level is not None else _plain_kind(piece)
            piece = replace(piece, kind=kind, level=piece.level if level is None else level)
            if level is not None and piece.number:
                base = level
        elif piece.kind is Kind.HEADING:
            base = min(max(piece.level, 0), DEEPEST_HEADING)
        seen = seen or piece.kind not in (Kind.HEADER, Kind.FOOTER)
        yield piece


def _plain_kind(piece: Piece) -> Kind:
    is_item = (piece.is_list and not piece.number) or style_of(piece.number) in ("a", "i")
    return Kind.ITEM if is_item else Kind.PARAGRAPH


def _guessed_level(piece: Piece, following: Piece | None, base: int, is_marked: bool, is_first: bool) -> int | None:
    """The level of a heading that looks like one; None for a piece that does not."""
    text, style = piece.text, style_of(piece.number)
    if piece.place and not piece.bold:
        return None
    if style == "article":
        return (
            (1 if not is_marked or ANNEXES.match(piece.number) else base + 1) if not text or _is_short(text) else None
        )
    if not _is_short(text) or (piece.is_list and not piece.number) or following is None:
        return None
    if ANNEXES.match(text) and len(text) < 40 and not text.endswith(":"):
        return 1
    if piece.bold and style not in ("a", "i"):
        return _bold_level(piece, base, is_first)
    if text.endswith(":") or is_marked:
        return None
    if not piece.number and text.isupper() and sum(sign.isalpha() for sign in text) > 3 and not piece.is_list:
        return 0 if is_first else 1
    return depth_of(piece.number) if style.startswith("1") and _opens(piece, following) else None


def _bold_level(piece: Piece, base: int, is_first: bool) -> int | None:
    if piece.number:
        return depth_of(piece.number)
    return 0 if is_first else min(base + 1, DEEPEST_HEADING)


def _opens(piece: Piece, following: Piece) -> bool:
    """Whether a short numbered line stands over what follows, and is not one of a list of short lines."""
    if not piece.text[:1].isupper():
        return False
    if following.number:
        deeper = depth_of(following.number) > depth_of(piece.number)
        return deeper or following.level > piece.level or style_of(following.number) in ("a", "i")
    if following.kind in (Kind.HEADER, Kind.FOOTER, Kind.HEADING):
        return False
    return (
        following.is_list
        or following.kind is Kind.ROW
        or len(following.text) > 60
        or following.text.endswith((".", ":"))
    )


@dataclass(frozen=True, slots=True)
class _Above:
    """A numbered paragraph under which others may hang."""

    style: str
    level: int  # of a heading below 0, so that every item is deeper
    number: str
    reference: str
    lead: str


def _placed(pieces: Iterable[Piece]) -> Iterator[PaperParagraph]:
    """The paragraphs with the headings and numbers over them."""
    headings: list[tuple[int, str]] = []
    above: list[_Above] = []
    for index, piece in enumerate(pieces):
        kind = piece.kind or Kind.PARAGRAPH
        if kind is Kind.HEADING:
            headings = [(level, text) for level, text in headings if level < piece.level]
            above = [one for one in above if one.level < piece.level - 100]
        over = [text for _, text in headings]
        reference = ""
        if kind not in SET_APART:
            above, reference = _hung(piece, kind, above)
            leads = above[:-1] if piece.number else above if kind is Kind.ITEM else []
            over += [one.lead for one in leads if one.lead]
        if kind is Kind.HEADING:
            headings.append((piece.level, f"{piece.number} {piece.text}".strip()))
        apart = kind in (Kind.HEADER, Kind.FOOTER)
        yield PaperParagraph(
            index=index,
            text=piece.text,
            kind=kind,
            number=piece.number,
            reference=reference,
            level=_level(piece, kind, above),
            headings=() if apart else tuple(over),
            lead=piece.lead,
            page=piece.page,
            place=piece.place,
            cells=piece.cells,
            links=piece.links,
            source=piece.source,
        )


def _level(piece: Piece, kind: Kind, above: Sequence[_Above]) -> int:
    if kind is Kind.HEADING:
        return piece.level
    if kind is Kind.ITEM:
        return piece.level or max(1, sum(one.level >= 0 for one in above) + (not piece.number))
    return 0


def _hung(piece: Piece, kind: Kind, above: list[_Above]) -> tuple[list[_Above], str]:
    """What hangs over the next paragraph, and the full reference of this one."""
    if not piece.number:
        is_bullet = kind is Kind.ITEM and above and above[-1].level >= -100
        return above, above[-1].reference if is_bullet else ""
    style = _style_among(piece.number, above)
    level = piece.level - 100 if kind is Kind.HEADING else piece.level
    same = [rank for rank, one in enumerate(above) if (one.level, one.style) == (level, style)]
    above = above[: same[0]] if same else [one for one in above if one.level <= level]
    reference = _reference(piece.number, style, above)
    return [
        *above,
        _Above(style, level, piece.number, reference, piece.lead if kind is not Kind.HEADING else ""),
    ], reference


def _style_among(number: str, above: Sequence[_Above]) -> str:
    """The style of a number; an "i" after an "h" is a letter, an "i" elsewhere a roman one."""
    bare = number.strip("().: ").lower()
    if len(bare) != 1 or not bare.isalpha():
        return style_of(number)
    before = {one.style: one.number.strip("().: ").lower() for one in above}
    if before.get("a") and ord(bare) - ord(before["a"][0]) == 1:
        return "a"
    return "i" if bare == "i" or ("i" in before and bare in "vx") else "a"


def _reference(number: str, style: str, above: Sequence[_Above]) -> str:
    """The number with those over it: 3.2(a), Bijlage 1, 2."""
    bare = number.strip("():;. \t")
    if style == "article" or "." in bare or not above:
        return bare
    parent = above[-1].reference
    if ANNEXES.match(parent):
        return f"{parent}, {bare}"
    parent = re.sub(r"^[^\W\d]+\.?\s+(?=\d)", "", parent)
    return f"{parent}.{bare}" if style == "1" else f"{parent}({bare})"
