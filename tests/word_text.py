"""A Word file as a reader sees it: its lines with the numbers that Word would show, computed from the list definitions.

Written apart from the program, so that the one can be held against the other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def value(element: Any, *path: str) -> str | None:
    """The w:val of an element below another one."""
    found = element.find("/".join(f"{W}{step}" for step in path)) if path else element
    return None if found is None else found.get(f"{W}val")


def parts_of(content: bytes) -> dict[str, bytes]:
    """The parts of a Word file."""
    with ZipFile(BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def xml(content: bytes, part: str = "word/document.xml") -> Any:
    """A part of a Word file as a tree."""
    return etree.fromstring(parts_of(content)[part])


def words_of(content: bytes) -> str:
    """The words of the body, a paragraph a line, as they are."""
    return "\n".join(text_of(paragraph) for paragraph in xml(content).iter(f"{W}p"))


@dataclass(frozen=True)
class Line:
    """A paragraph as it is read, and the bookmarks that stand in it."""

    style: str
    number: str
    text: str
    bookmarks: tuple[str, ...] = ()


@dataclass
class Numbering:
    """Word's numbering: styles tied to levels of lists, and how far each list has come."""

    levels: dict[str, tuple[str, int]] = field(default_factory=dict)  # style id -> list and level
    lists: dict[str, list[tuple[str, str, int]]] = field(default_factory=dict)  # list -> format, text, start per level
    counts: dict[str, list[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, parts: dict[str, bytes]) -> Numbering:
        """The lists of a file."""
        made, tree = cls(), etree.fromstring(parts["word/numbering.xml"])
        for abstract in tree.iter(f"{W}abstractNum"):
            name = abstract.get(f"{W}abstractNumId")
            made.lists[name] = [
                (value(level, "numFmt") or "", value(level, "lvlText") or "", int(value(level, "start") or 1))
                for level in abstract.iter(f"{W}lvl")
            ]
        numbers = {n.get(f"{W}numId"): value(n, "abstractNumId") or "" for n in tree.iter(f"{W}num")}
        for style in etree.fromstring(parts["word/styles.xml"]).iter(f"{W}style"):
            number = value(style, "pPr", "numPr", "numId")
            if number in numbers:
                level = int(value(style, "pPr", "numPr", "ilvl") or 0)
                made.levels[style.get(f"{W}styleId")] = numbers[number], level
        return made

    def next(self, style: str) -> str:
        """The number of the next paragraph in a style."""
        if style not in self.levels:
            return ""
        name, level = self.levels[style]
        counts = self.counts.setdefault(name, [start - 1 for _, _, start in self.lists[name]])
        counts[level] += 1
        for deeper in range(level + 1, len(counts)):
            counts[deeper] = self.lists[name][deeper][2] - 1
        text = self.lists[name][level][1]
        for each, (form, _, _) in enumerate(self.lists[name]):
            text = text.replace(f"%{each + 1}", shown(max(counts[each], 1), form))
        return text


def shown(number: int, form: str) -> str:
    """A number as a list shows it."""
    if form == "none":
        return ""
    if form == "decimal":
        return str(number)
    letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
    return letter.upper() if form == "upperLetter" else letter


def text_of(element: Any) -> str:
    """The words of a paragraph, those of fields and content controls included."""
    words = {"t": lambda e: e.text or "", "br": lambda _: "\n", "tab": lambda _: "\t"}
    inside = (each for each in element.iter() if each.getparent() is None or each.getparent().tag != f"{W}tabs")
    return "".join(words[each.tag.removeprefix(W)](each) for each in inside if each.tag.removeprefix(W) in words)


def lines_of(content: bytes) -> list[Line | list[list[str]]]:
    """The body of a Word file in reading order: lines, and tables as rows of cells."""
    parts = parts_of(content)
    numbering, names = Numbering.of(parts), style_names(parts)
    body = etree.fromstring(parts["word/document.xml"]).find(f"{W}body")
    found: list[Line | list[list[str]]] = []
    for element in body:
        if element.tag == f"{W}p":
            style = value(element, "pPr", "pStyle") or ""
            marks = tuple(mark.get(f"{W}name") for mark in element.iter(f"{W}bookmarkStart"))
            found.append(Line(names.get(style, ""), numbering.next(style), text_of(element), marks))
        elif element.tag == f"{W}tbl":
            rows = element.iter(f"{W}tr")
            found.append([["\n".join(map(text_of, cell.iter(f"{W}p"))) for cell in row.iter(f"{W}tc")] for row in rows])
    return found


def style_names(parts: dict[str, bytes]) -> dict[str, str]:
    """The names of the styles by their ids."""
    styles = etree.fromstring(parts["word/styles.xml"]).iter(f"{W}style")
    return {style.get(f"{W}styleId"): value(style, "name") or "" for style in styles}


HEADINGS = ("Title", "Front Heading", "heading 1", "Closing Heading", "Annex Heading", "Annex Section")
BETWEEN_SENTENCES = re.compile(r"(?<=[a-z0-9)”é][.;]) (?=[A-Z“])")


def plain_text(content: bytes) -> str:
    """The whole file as text: header and footer, then the body, cells between bars, each sentence on a line."""
    parts = parts_of(content)
    edges = [etree.fromstring(parts[name]) for name in ("word/header.xml", "word/footer.xml")]
    text = [f"[{text_of(paragraph)}]" for edge in edges for paragraph in edge.iter(f"{W}p")]
    for line in lines_of(content):
        if isinstance(line, list):
            text += ["", *("| " + " | ".join(cell.replace("\n", " / ") for cell in row) + " |" for row in line), ""]
        else:
            words = BETWEEN_SENTENCES.sub("\n    ", line.text)
            text += ["" if line.style in HEADINGS else None, f"{line.number} {words}".strip(" ")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line for line in text if line is not None)).strip() + "\n"
