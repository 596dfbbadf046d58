"""A PDF in; the words of each page with their place, size and weight out, through pypdfium2, and then its pieces.

A scan, a garbled text layer, a password, a damaged file and one of thousands of pages are refused with the way out.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from dpa_gen.errors import DpaError, Place
from dpa_gen.paper_nouns import Notes, Piece
from dpa_gen.paper_zip import damaged, protected

MOST_PAGES = 1_000
MOST_SIGNS = 6_000_000  # of the whole file; a page has some 3,000
MOST_SIGNS_OF_A_PAGE = 60_000
FEWEST_SIGNS = 25  # a page of a document with fewer is a picture or empty
FEWEST_OF_A_PAPER = 200
HYPHENS = (0x02, 0xAD, 0xFFFE)  # how the engine marks a hyphen at the end of a line
NO_BREAK = "\xa0"  # the space inside "€ 500": what it joins never parts at the end of a line
NO_PDF_ENGINE = "PDFs are read with pypdfium2, which is not installed."

_BOLD = re.compile(r"(?i)bold|black|heavy|demi|,b\b|-bd\b")
_WORDLIKE = re.compile(r"[\"'“‘(\[„]*[^\W\d_]+(?:['’.&/-][^\W\d_]+)*[\"'”’)\].,;:!?%]*$")


@dataclass(frozen=True, slots=True)
class Word:
    """A word on a page; x grows to the right and y upwards, in points."""

    text: str
    x0: float
    x1: float
    y: float  # of the line it stands on
    size: float
    bold: bool


@dataclass(frozen=True, slots=True)
class Page:
    """The words of a page in the order of the file."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...]

    @property
    def signs(self) -> int:
        """How many letters and other signs it holds."""
        return sum(len(word.text) for word in self.words)


def pieces(data: bytes, name: str) -> tuple[list[Piece], Notes]:
    """The pieces of a PDF and the notes on it."""
    pages = list(_pages(data, name))
    _refuse_unreadable(pages, name)
    from dpa_gen.paper_pdf_layout import laid_out

    is_cut_off = b"%%EOF" not in data[-2048:]
    without = tuple(page.number for page in pages if page.signs < FEWEST_SIGNS)
    return list(laid_out(pages)), Notes(pages=len(pages), pages_without_text=without, is_cut_off=is_cut_off)


def _pages(data: bytes, name: str) -> Iterator[Page]:
    """The pages of a PDF, one by one."""
    try:
        import pypdfium2 as pdfium  # type: ignore[import-untyped,unused-ignore]
    except ImportError as error:
        raise DpaError.of(NO_PDF_ENGINE, "Install it: pip install pypdfium2", Place(name)) from error
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise (protected(name) if "password" in str(error).lower() else damaged(name)) from error
    with closing(document):
        count = len(document)
        if count > MOST_PAGES:
            raise _too_much(name, f"This PDF has {count:,} pages; more than {MOST_PAGES:,} are not read.")
        if count == 0:
            raise damaged(name)
        signs = 0
        for index in range(count):
            try:
                page = _page(pdfium, document, index, name)
            except pdfium.PdfiumError as error:
                raise damaged(name) from error
            signs += page.signs
            if signs > MOST_SIGNS:
                raise _too_much(name, "This PDF holds more text than any contract does.")
            yield page


def _page(pdfium: Any, document: Any, index: int, name: str) -> Page:
    page = document[index]
    try:
        text = page.get_textpage()
        try:
            if text.count_chars() > MOST_SIGNS_OF_A_PAGE:
                raise _too_much(name, f"Page {index + 1} of this PDF holds more text than fits on any page.")
            box, turn = page.get_bbox(), page.get_rotation()
            words = tuple(_words(pdfium.raw, text, _Turned(box, turn)))
        finally:
            text.close()
        width, height = page.get_size()
        return Page(index + 1, width, height, tuple(word for word in words if _is_on(word, width, height)))
    finally:
        page.close()


def _is_on(word: Word, width: float, height: float) -> bool:
    """Whether a word stands on the page and can be seen; a file may place words anywhere."""
    return -5 < word.x0 < width + 5 and -5 < word.y < height + 5 and word.x1 < 2 * width + 5 and 0.5 < word.size < 1000


@dataclass(frozen=True, slots=True)
class _Turned:
    """How the points of a page stand to the eye: its corner at zero, and turned as a reader shows it."""

    box: tuple[float, float, float, float]
    turn: int

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point of the file as the eye sees it."""
        left, bottom, right, top = self.box
        match self.turn:
            case 90:
                return y - bottom, right - x
            case 180:
                return right - x, top - y
            case 270:
                return top - y, x - left
        return x - left, y - bottom


def _words(raw: Any, text: Any, turned: _Turned) -> Iterator[Word]:
    """The words of a page; signs belong together until a space, a new line or a jump."""
    handle, engine = text.raw, _Signs(raw, text.raw, turned)
    start, letters = -1, ""
    for index in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(handle, index)
        sign = "-" if code in HYPHENS else chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
        if not sign or (sign.isspace() and sign != NO_BREAK) or sign < " ":
            if letters.strip():
                yield engine.word(letters, start, index - 1)
            letters = ""
            continue
        if not letters:
            start = index
        letters += sign
        if code in HYPHENS:  # the line ends here, though the engine goes on without a space
            yield engine.word(letters, start, index)
            letters = ""
    if letters.strip():
        yield engine.word(letters, start, text.count_chars() - 1)


class _Signs:
    """Asks the engine for the place and look of signs, with buffers that are made once."""

    def __init__(self, raw: Any, handle: Any, turned: _Turned) -> None:
        self._raw, self._handle, self._turned = raw, handle, turned
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._box, self._matrix = raw.FS_RECTF(), raw.FS_MATRIX()
        self._name, self._flags = ctypes.create_string_buffer(128), ctypes.c_int()

    def word(self, letters: str, first: int, last: int) -> Word:
        """The word of the signs from first to last."""
        x0, y = self._origin(first)
        return Word(letters, x0, max(self._right(last), x0), y, self._size(first), self._is_bold(first))

    def _origin(self, index: int) -> tuple[float, float]:
        self._raw.FPDFText_GetCharOrigin(self._handle, index, self._x, self._y)
        return self._turned.point(self._x.value, self._y.value)

    def _size(self, index: int) -> float:
        """The size of the letters as shown; a writer may set size 1 and enlarge it."""
        size = self._raw.FPDFText_GetFontSize(self._handle, index)
        if not self._raw.FPDFText_GetMatrix(self._handle, index, self._matrix):
            return float(size)
        return float(size * math.hypot(self._matrix.c, self._matrix.d))

    def _right(self, index: int) -> float:
        """The right edge of a sign."""
        self._raw.FPDFText_GetLooseCharBox(self._handle, index, self._box)
        one = self._turned.point(self._box.left, self._box.bottom)
        two = self._turned.point(self._box.right, self._box.top)
        return max(one[0], two[0])

    def _is_bold(self, index: int) -> bool:
        size = self._raw.FPDFText_GetFontInfo(self._handle, index, self._name, 128, self._flags)
        named = bool(_BOLD.search(self._name.value.decode("latin-1"))) if 0 < size <= 128 else False
        return named or bool(self._flags.value & (1 << 18))


def _refuse_unreadable(pages: list[Page], name: str) -> None:
    """Refuse a PDF whose words are pictures, or whose letters do not say what they show."""
    if sum(page.signs for page in pages) < min(FEWEST_OF_A_PAPER, FEWEST_SIGNS * len(pages)):
        raise DpaError.of(
            "This PDF holds pictures of pages and no text, as a scan does.",
            "Have its text recognised (OCR), or ask the sender for the file it was made from.",
            Place(name),
        )
    words = [word.text for page in pages for word in page.words][:20_000]
    if is_garbled(words):
        raise DpaError.of(
            "The text of this PDF is garbled: its letters do not stand for what the page shows.",
            "Print it to a new PDF and have that one's text recognised (OCR), or ask the sender for the Word file.",
            Place(name),
        )


def is_garbled(words: list[str]) -> bool:
    """Whether words are no writing: broken signs, or Latin letters whose vowels are missing or in excess."""
    text = "".join(words)
    broken = sum(sign == "\ufffd" or "\ue000" <= sign <= "\uf8ff" or sign < " " for sign in text)
    if broken > 0.15 * len(text):
        return True
    letters = [sign for sign in text.lower() if sign.isalpha()]
    latin = sum(sign < "\u0250" for sign in letters)
    if len(letters) < 0.4 * len(text) and len(text) > 400:
        return True
    if latin < 200 or latin < 0.5 * len(letters):
        return False
    vowels = sum(sign in "aeiouyàáâäåèéêëìíîïòóôöøùúûü" for sign in letters) / latin
    wordlike = sum(bool(_WORDLIKE.match(word)) for word in words) / len(words)
    return not 0.26 < vowels < 0.62 or wordlike < 0.35 or len(text) / len(words) > 25


def _too_much(name: str, what: str) -> DpaError:
    return DpaError.of(what, "Save the pages of the agreement as a PDF of their own, and give that.", Place(name))
