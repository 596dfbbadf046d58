"""The styles and lists of a Word file in; for each paragraph the traits of its style and the number Word shows out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from dpa_gen.paper_numbers import written

Element = Any  # lxml brings no types

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OFF = ("0", "false", "off")
LEVELS = 9


def child(element: Element | None, *path: str) -> Element | None:
    """The element at the end of a path of Word names, or None."""
    for name in path:
        if element is None:
            return None
        element = element.find(W + name)
    return element


def value(element: Element | None, *path: str) -> str | None:
    """The w:val of the element at the end of a path, or None."""
    found = child(element, *path)
    text: str | None = None if found is None else found.get(W + "val")
    return text


def switch(properties: Element | None, name: str) -> bool | None:
    """Whether a property such as w:b is on, off, or (None) not given."""
    found = child(properties, name)
    return None if found is None else found.get(W + "val", "1").lower() not in OFF


def whole(text: str | None) -> int | None:
    """A whole number, or None for what is none."""
    return int(text) if text and re.fullmatch(r"-?\d{1,9}", text) else None


class Styles:
    """The styles of a Word file, each with what it takes from the style it is based on."""

    def __init__(self, root: Element | None) -> None:
        found = [] if root is None else root.iterfind(W + "style")
        self._styles = {style.get(W + "styleId", ""): style for style in found}
        self._defaults: dict[str, str] = {
            style.get(W + "type"): name
            for name, style in self._styles.items()
            if style.get(W + "default") in ("1", "true")
        }
        language = child(root, "docDefaults", "rPrDefault", "rPr", "lang")
        self.language: str = "" if language is None else language.get(W + "val", "")[:2].lower()
        self._chains: dict[str, tuple[str, ...]] = {}

    @cached_property
    def paragraph_default(self) -> str:
        """The style of a paragraph that names none."""
        return self._defaults.get("paragraph", "")

    def chain(self, style: str) -> tuple[str, ...]:
        """The style and those it is based on, nearest first."""
        if style not in self._chains:
            chain: list[str] = []
            current: str | None = style
            while current and current in self._styles and current not in chain:
                chain.append(current)
                current = value(self._styles[current], "basedOn")
            self._chains[style] = tuple(chain)
        return self._chains[style]

    def name(self, style: str) -> str:
        """The name that Word knows a style by, in small letters: "heading 1", "toc 2"."""
        return (value(self._styles.get(style), "name") or style).lower()

    def switched(self, style: str, name: str) -> bool:
        """Whether the letters of a style are bold, hidden and so on."""
        for one in self.chain(style):
            state = switch(child(self._styles[one], "rPr"), name)
            if state is not None:
                return state
        return False

    def outline(self, style: str) -> int | None:
        """The outline level of a style, from 0."""
        for one in self.chain(style):
            level = whole(value(self._styles[one], "pPr", "outlineLvl"))
            if level is not None:
                return level
            if found := re.fullmatch(r"(?:heading|kop) (\d)", self.name(one)):
                return int(found[1]) - 1
        return None

    def list_of(self, style: str) -> tuple[str, int | None, str] | None:
        """The numId of a style, its level where given, and the style that gives them."""
        for one in self.chain(style):
            properties = child(self._styles[one], "pPr", "numPr")
            if (number := value(properties, "numId")) is not None:
                return number, whole(value(properties, "ilvl")), one
        return None


@dataclass(slots=True)
class _Level:
    """How a level of a list counts and shows itself."""

    start: int = 1
    style: str = "decimal"
    text: str = ""
    is_legal: bool = False
    restart: int | None = None
    paragraph_style: str = ""

    @classmethod
    def of(cls, level: Element) -> _Level:
        """The level that a w:lvl describes."""
        style = value(level, "numFmt")
        custom = next(iter(level.iter(W + "numFmt")), None)
        if custom is not None and (style is None or custom.get(W + "val") == "custom"):
            style = "decimalZero" if (custom.get(W + "format") or "").startswith("01") else custom.get(W + "val")
        start = whole(value(level, "start"))
        return cls(
            start=0 if start is None else start,
            style=style or "decimal",
            text=value(level, "lvlText") or "",
            is_legal=bool(switch(level, "isLgl")),
            restart=whole(value(level, "lvlRestart")),
            paragraph_style=value(level, "pStyle") or "",
        )


@dataclass(slots=True)
class _List:
    """A w:num: the definition that it counts with, and where it starts anew."""

    definition: str
    levels: dict[int, _Level]
    starts: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shown:
    """What Word puts before a paragraph."""

    number: str
    level: int  # from 1
    is_bullet: bool


class Numbering:
    """The lists of a Word file, counting along as its paragraphs pass in order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        found = [] if root is None else root.iterfind(W + "abstractNum")
        self._definitions = {one.get(W + "abstractNumId"): one for one in found}
        nums = [] if root is None else root.iterfind(W + "num")
        self._nums = {num.get(W + "numId"): num for num in nums}
        self._lists: dict[str, _List | None] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._started: set[tuple[str, int]] = set()

    def next(self, properties: Element | None, style: str) -> Shown | None:
        """Count one paragraph with these properties and style; None when it is in no list."""
        found = self._placed(child(properties, "numPr"), style)
        if found is None:
            return None
        num, level = found
        list_ = self._list(num)
        if list_ is None or level not in list_.levels:
            return None
        self._count(num, list_, level)
        shape = list_.levels[level]
        return Shown(self._text(list_, level), level + 1, shape.style == "bullet")

    def _placed(self, direct: Element | None, style: str) -> tuple[str, int] | None:
        """The numId and level that apply to a paragraph, its own before those of its style."""
        inherited = self._styles.list_of(style)
        num, level = value(direct, "numId"), whole(value(direct, "ilvl"))
        if num is None and inherited is not None:
            num = inherited[0]
            if level is None:
                level = self._level_of_style(num, style, inherited[2])
                level = inherited[1] if level is None else level
        if num is None or num == "0":
            return None
        return num, min(max(level or 0, 0), LEVELS - 1)

    def _level_of_style(self, num: str, *styles: str) -> int | None:
        """The level of a list that is bound to one of the styles."""
        list_ = self._list(num)
        if list_ is None:
            return None
        bound = {level.paragraph_style: rank for rank, level in list_.levels.items() if level.paragraph_style}
        return next((bound[style] for style in styles if style in bound), None)

    def _list(self, num: str, depth: int = 0) -> _List | None:
        if num not in self._lists:
            self._lists[num] = self._opened(num, depth)
        return self._lists[num]

    def _opened(self, num: str, depth: int) -> _List | None:
        """The list of a w:num, with the definition that a list style may stand for."""
        element = self._nums.get(num)
        key = value(element, "abstractNumId") or ""
        definition = self._definitions.get(key)
        if element is None or definition is None:
            return None
        link = value(definition, "numStyleLink")
        if link and depth < LEVELS and (target := self._styles.list_of(link)) and target[0] != num:
            linked = self._list(target[0], depth + 1)
            if linked is not None:
                key, definition = linked.definition, self._definitions[linked.definition]
        levels = {whole(one.get(W + "ilvl")) or 0: _Level.of(one) for one in definition.iterfind(W + "lvl")}
        list_ = _List(key, levels)
        for override in element.iterfind(W + "lvlOverride"):
            _overlay(list_, override)
        return list_

    def _count(self, num: str, list_: _List, level: int) -> None:
        counts = self._counts.setdefault(list_.definition, [None] * LEVELS)
        start = list_.starts.get(level, list_.levels[level].start)
        is_new = level in list_.starts and (num, level) not in self._started
        self._started.add((num, level))
        last = counts[level]
        counts[level] = start if is_new or last is None else last + 1
        for deeper in range(level + 1, LEVELS):
            restart = list_.levels[deeper].restart if deeper in list_.levels else None
            if restart is None or level < restart:
                counts[deeper] = None

    def _text(self, list_: _List, level: int) -> str:
        """The text of a level with each %n replaced by the count of that level."""
        shape, counts = list_.levels[level], self._counts[list_.definition]
        if shape.style == "bullet":
            return ""

        def part(found: re.Match[str]) -> str:
            rank = int(found[1]) - 1
            source = list_.levels.get(rank, _Level())
            now = counts[rank]
            style = "decimal" if shape.is_legal and source.style != "decimalZero" else source.style
            return written(list_.starts.get(rank, source.start) if now is None else now, style, self._styles.language)

        return re.sub(r"%([1-9])", part, shape.text).strip()


def _overlay(list_: _List, override: Element) -> None:
    """Lay a w:lvlOverride over a list."""
    level = whole(override.get(W + "ilvl")) or 0
    replaced = child(override, "lvl")
    if replaced is not None:
        list_.levels[level] = _Level.of(replaced)
    start = whole(value(override, "startOverride"))
    if start is not None:
        list_.starts[level] = start
