"""Plain text or Markdown in; pieces out: headings, lists, tables, and paragraphs with wrapped lines joined."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace

from dpa_gen.errors import DpaError, Place
from dpa_gen.paper_nouns import Kind, Notes, Piece, Source, TablePlace
from dpa_gen.paper_numbers import typed
from dpa_gen.paper_settle import squeezed

BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
NOISE = ("<!--", "-->"), ("<script", "</script>"), ("<style", "</style>")
MOST_CELLS = 60  # of a row
LONGEST_WRAPPED = 130  # characters; a text with longer lines is not wrapped by hand

_HEADING = re.compile(r"^ {0,3}(#{1,6})\s+(\S.*)$")
_UNDERLINE = re.compile(r"^ {0,3}(=+|-{3,})\s*$")
_RULE = re.compile(r"^\s*([-*_=~])(\s*\1){2,}\s*$")
_ITEM = re.compile(r"^(?P<indent>\s*)(?P<mark>[-*+•▪●◦‣]|\d{1,4}[.)])(?P<gap>\s+)(?P<rest>\S.*)$")
_FENCE = re.compile(r"^\s*(```|~~~)")
_FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.S)
_TITLE = re.compile(r"""(?m)^(?:sub)?title:\s*["']?(.+?)["']?\s*$""")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>")
_LINK = re.compile(r"!?\[([^\[\]]{0,400})\]\(\s{0,9}<?([^()\s>]{0,2000})>?[^()]{0,200}\)")
_BOLD = re.compile(r"\*\*(?=\S)(.{1,400}?)(?<=\S)\*\*|(?<!\w)__(?=[^\s_])(.{1,400}?)(?<=[^\s_])__(?!\w)")
_FAINT = re.compile(
    r"(?<![\w*])\*(?=[^\s*])([^*]{1,400}?)(?<=[^\s*])\*(?![\w*])"
    r"|(?<![\w_])_(?=[^\s_])([^_]{1,400}?)(?<=[^\s_])_(?![\w_])|`([^`]{1,400})`"
)
_LEAD = re.compile(r"^(?:\*\*|__)(?=[^\s*_])(.{2,120}?)(?:\*\*|__)")


def decoded(data: bytes, name: str) -> str:
    """The text of the bytes, which may be UTF-8, UTF-16, UTF-32 or Windows-1252; `DpaError` when they are no text."""
    text = _decoded(data)
    odd = sum(sign < " " and sign not in "\n\r\t\f\x0b\x1a" for sign in text[:100_000])
    if odd > len(text[:100_000]) // 100 + 1:
        raise DpaError.of(
            "This file is of a kind that cannot be read here.",
            "Give the agreement as .docx, .pdf, .odt, .md, .html or .txt.",
            Place(name),
        )
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n").replace("\x1a", "")


def _decoded(data: bytes) -> str:
    for bom, code in BOMS:
        if data.startswith(bom):
            return data.decode(code, errors="replace")
    start = data[:2000]
    for zeros, code in ((start[1::2], "utf-16-le"), (start[::2], "utf-16-be")):
        if len(zeros) > 8 and zeros.count(0) > 0.8 * len(zeros):
            return data.decode(code, errors="replace")
    for code in ("utf-8", "cp1252"):
        try:
            return data.decode(code)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def looks_like_markdown(text: str) -> bool:
    """Whether a text has the headings, tables or bold words of Markdown, whatever its file is called."""
    headings = len(re.findall(r"(?m)^#{1,5} \S", text))
    tables = len(re.findall(r"(?m)^\|?[ :]*-{3,}[ :]*\|[-| :]*$", text))
    return headings > 1 or tables > 0 or len(re.findall(r"\*\*[^*\n]+\*\*", text)) > 3


def pieces(text: str, is_markdown: bool) -> tuple[list[Piece], Notes]:
    """The pieces of a text; form feeds in plain text part its pages."""
    if is_markdown:
        front = _FRONT.match(text)
        titles = _TITLE.findall(front[1]) if front else []
        text = _FRONT.sub("", text)
        for opening, closing in NOISE:
            text = _without(text, opening, closing)
        heads = [Piece(title, kind=Kind.HEADING, source=Source(index=0)) for title in titles]
        return [*heads, *_Lines(text, is_markdown).pieces()], Notes()
    pages = text.split("\f")
    found = [
        replace(piece, page=number if len(pages) > 1 else 0)
        for number, page in enumerate(pages, 1)
        for piece in _Lines(page, is_markdown).pieces()
    ]
    return found, Notes(pages=len(pages) if len(pages) > 1 else 0)


def _without(text: str, opening: str, closing: str) -> str:
    """A text without the stretches from an opening to its closing sign."""
    lower, parts, start = text.lower(), [], 0
    while (begin := lower.find(opening, start)) >= 0 and (end := lower.find(closing, begin)) >= 0:
        parts.append(text[start:begin])
        start = end + len(closing)
    return "".join(parts) + text[start:]


def _is_divider(line: str) -> bool:
    """Whether a line parts the head of a table from its rows: |---|:--:|."""
    return "|" in line and "--" in line and set(line.strip()) <= set("|:- \t")


class _Lines:
    """One reading of a text, line by line."""

    def __init__(self, text: str, is_markdown: bool) -> None:
        self._lines = text.split("\n")
        self._is_markdown = is_markdown
        lengths = sorted(len(line.rstrip()) for line in self._lines if line.strip())
        longest = lengths[-1] if lengths else 0
        self._width = lengths[int(len(lengths) * 0.95)] if 0 < longest <= LONGEST_WRAPPED else 0
        self._open: list[str] = []
        self._shape = Piece("")
        self._lists: list[tuple[int, int, int]] = []  # per open list: its indent, its last count, the last typed count
        self._table, self._row = 0, 0

    def pieces(self) -> Iterator[Piece]:
        """All pieces, in order."""
        fenced = False
        for rank, line in enumerate(self._lines):
            if self._is_markdown and _FENCE.match(line):
                fenced = not fenced
                yield from self._flushed()
            elif fenced or not line.strip():
                yield from self._flushed()
                yield from [Piece(line, source=Source(index=rank))] if fenced and line.strip() else []
            else:
                yield from self._line(line.expandtabs(4) if line[:1] in " \t" else line, rank)
        yield from self._flushed()

    def _line(self, line: str, rank: int) -> Iterator[Piece]:
        following = self._lines[rank + 1] if rank + 1 < len(self._lines) else ""
        if self._is_markdown:
            line = re.sub(r"^\s{0,3}>\s?", "", line)
        if heading := _HEADING.match(line):
            yield from self._flushed()
            self._lists = []
            yield self._worded(
                heading[2].rstrip(" #"), Piece("", kind=Kind.HEADING, level=len(heading[1]), source=Source(index=rank))
            )
        elif _UNDERLINE.match(line) and len(self._open) == 1 and len(self._open[0]) < 120 and not self._shape.is_list:
            self._shape = replace(self._shape, kind=Kind.HEADING, level=1 if "=" in line else 2)
            yield from self._flushed()
        elif _RULE.match(line) and not line.strip().startswith("|"):
            yield from self._flushed()
        elif line.lstrip().startswith("|") or ("|" in line and (self._row or _is_divider(following))):
            yield from self._flushed(keep_table=True)
            yield from self._table_row(line, following, rank)
        else:
            yield from self._words(line, rank)

    def _words(self, line: str, rank: int) -> Iterator[Piece]:
        """A line of words: the start of an item or paragraph, or the next line of the one before."""
        item = _ITEM.match(line) if self._is_markdown else None
        if item or self._parts(line):
            yield from self._flushed()
            self._shape = self._item(item, rank) if item else self._plain(line, rank)
            line = item["rest"] if item else line
        self._open.append(line)

    def _parts(self, line: str) -> bool:
        """Whether a line begins a paragraph of its own."""
        if not self._open or typed(line.strip()):
            return True
        if self._width == 0:
            return not (self._is_markdown and self._shape.is_list) and not line.lstrip()[:1].islower()
        if self._is_markdown or line.lstrip()[:1].islower():
            return False
        word = line.split(maxsplit=1)[0]
        return len(self._open[-1].rstrip()) + 1 + len(word) <= self._width - 2

    def _plain(self, line: str, rank: int) -> Piece:
        indent = len(line) - len(line.lstrip())
        if indent < 2:
            self._lists = []
        return Piece(
            "", level=len(self._lists) + 1 if typed(line.strip()) and self._lists else 0, source=Source(index=rank)
        )

    def _item(self, item: re.Match[str], rank: int) -> Piece:
        """An item of a Markdown list, its number counted on as a browser does."""
        indent, mark = len(item["indent"]), item["mark"]
        deeper = [one for one in self._lists if one[0] < indent - 1]
        same = [one for one in self._lists if abs(one[0] - indent) <= 1]
        stated = int(mark[:-1]) if mark[0].isdigit() else 0
        count = stated
        if same and same[0][1] and stated:
            _, last, said = same[0]
            count = last + 1 if stated in (1, said) and stated != last + 1 else stated
        self._lists = [*deeper, (indent, count, stated)]
        number = f"{count}{mark[-1]}" if stated or mark[0].isdigit() else ""
        return Piece("", number=number, level=len(self._lists), is_list=True, source=Source(index=rank))

    def _table_row(self, line: str, following: str, rank: int) -> Iterator[Piece]:
        if _is_divider(line):
            return
        if not self._row:
            self._table += 1
        self._row += 1
        parts = re.split(r"(?<!\\)\|", line.strip().removeprefix("|").removesuffix("|"), maxsplit=MOST_CELLS)
        cells = tuple(
            self._worded(part.replace("\\|", "|"), Piece("")).text.replace("\n", " ").strip() for part in parts
        )
        place = TablePlace(self._table, self._row, is_head=_is_divider(following))
        links = tuple(link[1] for link in _LINK.findall(line))
        text = " | ".join(cell for cell in cells if cell)
        yield Piece(text, kind=Kind.ROW, place=place, cells=cells, links=links, source=Source(index=rank))

    def _flushed(self, keep_table: bool = False) -> Iterator[Piece]:
        """The piece that is open, closed."""
        if not keep_table and not self._row_goes_on():
            self._row = 0
        if self._open:
            ends = [line.rstrip("\\") + "\n" if line.endswith(("  ", "\\")) else line + " " for line in self._open]
            shape, self._open, self._shape = self._shape, [], Piece("")
            yield self._worded("".join(line.lstrip() if rank else line for rank, line in enumerate(ends)), shape)

    def _row_goes_on(self) -> bool:
        """Whether rows may stand apart with empty lines between them, as in text copied from a web page."""
        return not self._is_markdown and not self._open

    def _worded(self, text: str, shape: Piece) -> Piece:
        """A piece with the marks of Markdown taken out of its words."""
        if not self._is_markdown:
            return replace(shape, text=text)
        text = _TAG.sub(lambda tag: "\n" if tag[0].lower().startswith("<br") else "", text).strip()
        lead = _LEAD.match(text.removeprefix("*") if text.startswith("***") else text)
        links = tuple(link[1] for link in _LINK.findall(text))
        words = _LINK.sub(r"\1", text)
        bold = bool(re.fullmatch(r"(\*\*|__)(?:(?!\*\*).)+?\1:?", words.strip("\n "), re.S))
        return replace(
            shape,
            text=_bare(words),
            bold=bold,
            links=(*shape.links, *links),
            lead=squeezed(_bare(lead[1])) if lead and not bold else "",
        )


def _bare(text: str) -> str:
    """Words without marks of emphasis, escapes and entities."""
    text = _BOLD.sub(lambda found: found[1] or found[2], text)
    text = _FAINT.sub(lambda found: found[1] or found[2] or found[3], text)
    text = re.sub(r"\[\^[^\]]+\]:?", "", text)
    return html.unescape(re.sub(r"\\([\\`*_{}\[\]()#+\-.!|<>~])", r"\1", text))
