"""The inside of a Word paragraph in; its words as shown out, with boldness, links, page, and what hangs on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dpa_gen.paper_docx_lists import Styles, W, child, switch, value, whole
from dpa_gen.paper_docx_parts import MC, R, chosen

Element = Any  # lxml brings no types

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
SYMBOLS = {
    "A8": "☐",
    "6F": "☐",
    "71": "☐",
    "FE": "☒",
    "FD": "☒",
    "78": "☒",
    "52": "☑",
    "FC": "✓",
    "FB": "✗",
    "B7": "•",
    "A7": "▪",
    "D8": "➢",
    "E0": "→",
    "D2": "®",
    "D3": "©",
    "D4": "™",
    "A3": "≤",
    "B3": "≥",
    "B1": "±",
    "2D": "-",
}  # the last two digits of a sign in Word's symbol fonts
CHECKED = {True: "☒", False: "☐"}
MARKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}

_SKIPPED = frozenset(
    W + name for name in ("del", "moveFrom", "pPr", "rPr", "sdtPr", "sdtEndPr", "instrText", "delText", "rt")
)
_NOTES = {W + "footnoteReference": "footnotes", W + "endnoteReference": "endnotes"}


@dataclass(frozen=True, slots=True)
class Inline:
    """The words of a paragraph, each stretch with whether it is bold."""

    spans: tuple[tuple[str, bool], ...] = ()
    links: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The words."""
        return "".join(words for words, _ in self.spans)

    @property
    def is_bold(self) -> bool:
        """Whether all of it is bold."""
        weights = [bold for words, bold in self.spans if words.strip()]
        return bool(weights) and all(weights)

    @property
    def lead(self) -> str:
        """The bold words that it begins with."""
        lead = ""
        for words, bold in self.spans:
            if words.strip() and not bold:
                break
            lead += words
        return lead.strip()

    def followed_by(self, other: Inline) -> Inline:
        """This line and another as one."""
        return Inline(self.spans + other.spans, self.links + other.links)


class Runs:
    """One reading of the runs of a paragraph."""

    def __init__(self, styles: Styles, style: str, page: int, follows_breaks: bool) -> None:
        self._styles = styles
        self._bold = styles.switched(style, "b")
        self._vanish = styles.switched(style, "vanish")
        self._spans: list[tuple[str, bool]] = []
        self._links: list[str] = []
        self._fields: list[bool] = []  # per open field: whether its result has begun
        self._follows_breaks = follows_breaks
        self.page = page
        self.first_page = 0  # of its first words
        self.hidden = 0
        self.has_object = False
        self.boxes: list[Element] = []
        self.notes: list[tuple[str, str]] = []

    def read(self, paragraph: Element) -> Inline:
        """The words that a paragraph shows."""
        self._inside(paragraph, False)
        self.first_page = self.first_page or self.page
        return Inline(tuple(self._spans), tuple(self._links))

    def _inside(self, parent: Element, bold: bool) -> None:
        for element in parent:
            tag = element.tag
            if tag == W + "r":
                self._run(element)
            elif tag == W + "hyperlink":
                self._links += [link] if (link := element.get(R + "id")) else []
                self._inside(element, bold)
            elif tag == MC + "AlternateContent":
                self._alternate(element, bold)
            elif tag == M + "t":
                self._say(element.text or "", bold)
            elif tag == W + "txbxContent":
                self.boxes.append(element)
            elif tag not in _SKIPPED and isinstance(tag, str):
                self._inside(element, bold)

    def _alternate(self, element: Element, bold: bool) -> None:
        """Read one branch only."""
        branch = chosen(element)
        if branch is not None:
            self._inside_run(branch, bold)

    def _run(self, run: Element) -> None:
        properties = child(run, "rPr")
        style = value(properties, "rStyle") or ""
        if self._switched(properties, style, "vanish", self._vanish):
            self.hidden += any((one.text or "").strip() for one in run.iter(W + "t"))
            self._inside_hidden(run)
            return
        self._inside_run(run, self._switched(properties, style, "b", self._bold))

    def _inside_hidden(self, run: Element) -> None:
        """Keep count of fields in a hidden run, for their results may be visible."""
        for element in run.iterfind(W + "fldChar"):
            self._field(element)

    def _switched(self, properties: Element | None, style: str, name: str, otherwise: bool) -> bool:
        own = switch(properties, name)
        if own is not None:
            return own
        return self._styles.switched(style, name) or otherwise if style else otherwise

    def _inside_run(self, run: Element, bold: bool) -> None:
        for element in run:
            tag = element.tag
            if not isinstance(tag, str) or tag in _SKIPPED:
                continue
            name = tag.removeprefix(W)
            if name == "t":
                self._say(element.text or "", bold)
            elif name in MARKS:
                self._mark(element, name, bold)
            elif name == "lastRenderedPageBreak":
                self.page += 1
            elif name == "fldChar":
                self._field(element)
            elif name == "sym":
                self._say(SYMBOLS.get(element.get(W + "char", "").upper()[-2:], ""), bold)
            elif tag in _NOTES:
                self.notes.append((_NOTES[tag], element.get(W + "id", "")))
            elif tag == MC + "AlternateContent":
                self._alternate(element, bold)
            elif name == "txbxContent":
                self.boxes.append(element)
            elif name == "ruby":
                self._inside(element, bold)
            else:
                self._object(element, name, bold)

    def _object(self, element: Element, name: str, bold: bool) -> None:
        """A drawing or picture: the text boxes in it."""
        if name == "object":
            self.has_object = True
        self._inside_run(element, bold)

    def _mark(self, element: Element, name: str, bold: bool) -> None:
        is_page = name == "br" and element.get(W + "type") == "page"
        if is_page and not self._follows_breaks:
            self.page += 1 if self.page else 0
        self._say(MARKS[name], bold)

    def _say(self, words: str, bold: bool) -> None:
        """Add words, unless they stand in the code of a field."""
        if not all(self._fields):
            return
        if words.strip() and not self.first_page:
            self.first_page = self.page
        self._spans.append((words, bold))

    def _field(self, element: Element) -> None:
        """Follow the beginning, result and end of a field; a form field speaks through its settings."""
        match element.get(W + "fldCharType"):
            case "begin":
                self._form_field(child(element, "ffData"))
                self._fields.append(False)
            case "separate" if self._fields:
                self._fields[-1] = True
            case "end" if self._fields:
                self._fields.pop()

    def _form_field(self, data: Element | None) -> None:
        box = child(data, "checkBox")
        if box is not None:
            now = switch(box, "checked")
            self._say(CHECKED[bool(switch(box, "default") if now is None else now)], False)
        choice = child(data, "ddList")
        if choice is not None:
            entries = [one.get(W + "val", "") for one in choice.iterfind(W + "listEntry")]
            rank = whole(value(choice, "result") or value(choice, "default")) or 0
            self._say(entries[rank] if 0 <= rank < len(entries) else "", False)
