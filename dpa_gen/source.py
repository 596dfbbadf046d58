"""Strict YAML: text in; plain values (dict, list, str) out, every scalar left as text, with line and column at hand.

Refused, with place and mend: duplicate keys, tags, tabs as indentation, more than one document, alias bombs,
nesting without end, and files that are empty, binary or enormous.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from dpa_gen.errors import DpaError, Place, Problem

Path_ = tuple[str | int, ...]
Plainly = dict[str, Any] | list[Any] | str

LARGEST_FILE = 4_000_000  # bytes; a real description has some 3,000
DEEPEST = 40
MOST_VALUES = 200_000
PLAIN_TAGS = ("tag:yaml.org,2002:str", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq", "!")

# A bare `?` is a fact that is not known yet; YAML would take it for the mark of a complex key. While the text is
# parsed a character for private use stands in for it, so that no column shifts.
BARE_QUESTION = re.compile(r"(?m)(?<=[:\-,\[{] )( *)\?(?=[ \t]*(?:$|[,}\]]| #))|(?<=[\[{])\?(?=[ \t]*[,}\]])")
STAND_INS = [chr(code) for code in range(0xE000, 0xE100)]
NOTHING = ("", "~", "null", "Null", "NULL")

_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True)
class Source:
    """A YAML file that was read: its plain value, and the place of each part of it."""

    name: str
    text: str
    value: Any

    @cached_property
    def _places(self) -> _Places:
        places = _Places()
        _Reading(self.name, self.text, places).document()
        return places

    def place(self, path: Sequence[str | int], key: bool = False) -> Place:
        """Where the value of a path begins (or its key); of a path that is not there, its nearest parent."""
        marks = self._places.keys if key else self._places.values
        wanted = tuple(path)
        while wanted and wanted not in marks:
            wanted = wanted[:-1]
        line, column = marks.get(wanted, (1, 1))
        return Place(self.name, line, column)

    def comments(self) -> Iterator[tuple[int, str]]:
        """Line number and text of each comment that has a line to itself."""
        for number, line in enumerate(self.text.splitlines(), 1):
            if line.lstrip().startswith("#"):
                yield number, line.strip().lstrip("#").strip()


@dataclass
class _Places:
    """Line and column, from 1, of each key and each value by its path."""

    keys: dict[Path_, tuple[int, int]] = field(default_factory=dict)
    values: dict[Path_, tuple[int, int]] = field(default_factory=dict)


def read(path: Path, name: str | None = None) -> Source:
    """Read a YAML file; raises `DpaError` with the place of what is wrong."""
    shown = name or str(path)
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise DpaError.of("this file is larger than 4 MB", "A description is text of a few pages.", Place(shown))
        raw = path.read_bytes()
    except OSError as trouble:
        why = trouble.strerror or "it cannot be opened"
        raise DpaError.of(f"this file cannot be read: {why}", "Check the name.", Place(shown)) from None
    return parse(decode(raw, shown), shown)


def decode(raw: bytes, name: str) -> str:
    """The text of a file: UTF-8, with or without a byte order mark."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        mend = "Save it as UTF-8 in your editor."
        raise DpaError.of("this file is written in UTF-16", mend, Place(name, 1, 1))
    if b"\0" in raw:
        raise DpaError.of("this is a binary file, not a YAML text", "Give the .yaml file.", Place(name))
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as trouble:
        line = raw[: trouble.start].count(b"\n") + 1
        mend = "Save it as UTF-8 in your editor."
        what = f"byte 0x{raw[trouble.start]:02X} is not UTF-8"
        raise DpaError.of(what, mend, Place(name, line, 1)) from None


def parse(text: str, name: str) -> Source:
    """The plain value of a YAML text; raises `DpaError` with every duplicate key and tag at once."""
    if not text.strip():
        raise DpaError.of("this file is empty", "See `dpa-gen init` for a file to start from.", Place(name))
    reading = _Reading(name, text, None)
    value = reading.document()
    if reading.problems:
        raise DpaError(*reading.problems)
    return Source(name, text, value)


class _Reading:
    """One pass over the events of a YAML text, without recursion that the text could drive too deep."""

    def __init__(self, name: str, text: str, places: _Places | None) -> None:
        self.stand_in = next(mark for mark in STAND_INS if mark not in text)
        self.name, self.places = name, places
        self.text = BARE_QUESTION.sub(lambda found: (found[1] or "") + self.stand_in, text)
        self.problems: list[Problem] = []
        self.anchors: dict[str, tuple[Any, int]] = {}
        self.count = 0

    def document(self) -> Any:
        """The value of the only document of the text."""
        try:
            events = yaml.parse(self.text, Loader=_Loader)
            next(events), next(events)  # the starts of stream and document
            value = self.value(events, next(events), (), 0)
            next(events)
            if isinstance(after := next(events), yaml.DocumentStartEvent):
                self.fail(after, "a second document begins here (---)", "Give each description a file of its own.")
        except yaml.YAMLError as trouble:
            raise DpaError(self.explain(trouble)) from None
        return value

    def value(self, events: Iterator[Any], event: Any, path: Path_, depth: int) -> Any:
        """The value that begins with an event."""
        self.count += 1
        if self.count > MOST_VALUES or depth > DEEPEST:
            what = "the nesting goes too deep" if depth > DEEPEST else "there are too many values"
            raise DpaError(self.problem(event, what, "A description is text of a few pages."))
        if isinstance(event, yaml.AliasEvent):
            return self.alias(event)
        if event.tag and event.tag not in PLAIN_TAGS:
            shown = event.tag.replace("tag:yaml.org,2002:", "!!")
            self.fail(event, f"the tag {shown} is not allowed", "Remove it; every value is read as plain text.")
        if self.places is not None:
            self.places.values[path] = (event.start_mark.line + 1, event.start_mark.column + 1)
        before, anchor = self.count, event.anchor
        if isinstance(event, yaml.ScalarEvent):
            nothing = event.implicit[0] and event.value in NOTHING
            found: Any = "" if nothing else event.value.replace(self.stand_in, "?")
        elif isinstance(event, yaml.MappingStartEvent):
            found = self.mapping(events, path, depth)
        else:
            found = self.sequence(events, path, depth)
        if anchor:
            self.anchors[anchor] = (found, self.count - before + 1)
        return found

    def mapping(self, events: Iterator[Any], path: Path_, depth: int) -> dict[str, Any]:
        """The keys and values up to the end of a mapping."""
        found: dict[str, Any] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                raise DpaError(
                    self.problem(event, "a key must be a single word", "Put text that has { or [ in quotes.")
                )
            key = event.value.replace(self.stand_in, "?")
            if key == "<<":
                self.fail(event, "merge keys (<<) are not read", "Write the lines out, or put them in dpa-gen.yaml.")
            elif key in found:
                self.fail(event, f"“{key}” stands here twice", "Keep one of the two.")
            if self.places is not None:
                assert event.start_mark is not None
                self.places.keys[(*path, key)] = (event.start_mark.line + 1, event.start_mark.column + 1)
            found[key] = self.value(events, next(events), (*path, key), depth + 1)
        return found

    def sequence(self, events: Iterator[Any], path: Path_, depth: int) -> list[Any]:
        """The entries up to the end of a list."""
        found: list[Any] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            found.append(self.value(events, event, (*path, len(found)), depth + 1))
        return found

    def alias(self, event: Any) -> Any:
        """The value that an alias repeats; its size counts again, so a bomb of aliases is stopped early."""
        if event.anchor not in self.anchors:
            raise DpaError(self.problem(event, f"*{event.anchor} refers to nothing before it", "Write the value out."))
        value, size = self.anchors[event.anchor]
        self.count += size
        if self.count > MOST_VALUES:
            raise DpaError(self.problem(event, "the aliases repeat too much", "Write the values out."))
        return value

    def problem(self, event: Any, what: str, mend: str) -> Problem:
        """A problem at the place of an event."""
        mark = event.start_mark
        return Problem(what, mend, Place(self.name, mark.line + 1, mark.column + 1))

    def fail(self, event: Any, what: str, mend: str) -> None:
        """Note a problem and read on."""
        self.problems.append(self.problem(event, what, mend))

    def explain(self, trouble: yaml.YAMLError) -> Problem:
        """A parser's complaint in words that help."""
        mark = getattr(trouble, "problem_mark", None)
        said = str(getattr(trouble, "problem", None) or trouble)
        place = Place(self.name, mark.line + 1, mark.column + 1) if mark else Place(self.name)
        line = self.text.split("\n")[mark.line] if mark and mark.line < self.text.count("\n") + 1 else ""
        if "\t" in line[: len(line) - len(line.lstrip())] or "'\\t'" in said or "\\t" in said:
            return Problem("a tab is used as indentation", "Use spaces: two for each level.", place)
        if "mapping values are not allowed" in said:
            return Problem("a colon stands where none can be", "Put text that has “: ” in it in quotes.", place)
        if "control characters" in said or "special characters" in said or "not allowed" in said:
            return Problem(f"this is not readable as YAML: {said}", "Remove the odd character.", place)
        if said.startswith(("did not find expected", "could not find expected", "found unexpected", "found character")):
            return Problem(f"this is not readable as YAML: {said}", "Check quotes, colons and indentation here.", place)
        return Problem(f"this is not readable as YAML: {said}", "Check this line and the one above it.", place)
