"""Strict YAML: text in; plain values (dict, list, str) out, every scalar left as text, with line and column at hand.

Refused, with place and mend: duplicate keys, tags, tabs as indentation, more than one document, alias bombs,
nesting without end, and files that are empty, binary or enormous.
"""

from __future__ import annotations

import os
import re
from codecs import BOM_UTF8
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import yaml

from dpa_gen.errors import DpaError, Place, Problem, raise_any

Path_ = tuple[str | int, ...]
Plainly = dict[str, Any] | list[Any] | str

LARGEST_FILE = 4_000_000  # bytes; a real description has some 3,000
DEEPEST = 40
MOST_VALUES = 200_000
PLAIN_TAGS = ("tag:yaml.org,2002:str", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq", "!")

# What YAML cannot hold, and what it would take for the end of a line.
UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
UTF_16 = re.compile(rb"\xff\xfe|\xfe\xff|(?:[\t\n\r -~]\0){2}|(?:\0[\t\n\r -~]){2}")

# A bare `?` is a fact that is not known yet; YAML would take it for the mark of a complex key. While the text is
# parsed a character for private use stands in for it, so that no column shifts.
BARE_QUESTION = re.compile(r"(?m)\?(?<![^\s\[{,:]\?)(?=[ \t]*(?:$|[,}\]]|(?<=[ \t])#))")
STAND_INS = range(0xE000, 0xF900)
NOTHING = frozenset(("", "~", "null", "Null", "NULL"))

# What the parser says, in words that help: how its complaint begins, what is wrong, and how to mend it.
QUOTES = "Put the text in quotes."
COLON = "Put text that has “: ” in it in quotes, and check the indentation."
COMPLAINTS = (
    ("mapping values are not allowed", "a colon stands where none can be", COLON),
    ("mapping keys are not allowed", "a question mark stands where none can be", QUOTES),
    ("block sequence entries are not", "a list begins in the middle of a line", "Begin it on the next line."),
    ("could not find expected ':'", "a colon is missing", "Write `key: value`, with a space after the colon."),
    ("found character that cannot start", "text cannot begin with this character", QUOTES),
    ("did not find expected alphabetic", "text cannot begin with * or &", QUOTES),
    ("did not find expected comment", "text cannot begin with | or >", QUOTES),
    ("found unknown escape", "YAML does not know this \\", "Use single quotes, or write \\\\."),
    ("found invalid Unicode", "this \\u is not a character", "Write the character itself."),
    ("did not find expected key", "this does not fit what stands above it", "Check the indentation, and the quotes."),
    ("did not find expected node", "a value is missing, or a bracket is not closed", "Check brackets and commas."),
    ("did not find expected '-'", "this is not an entry of the list above it", "Check the indentation."),
)

_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True)
class Source:
    """A YAML file that was read: its plain value, and the place of each part of it."""

    name: str
    text: str
    value: Any
    problems: tuple[Problem, ...] = ()  # what is wrong with a file that could be read all the same

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
    found = survey(path, name)
    raise_any(found.problems)
    return found


def survey(path: Path, name: str | None = None) -> Source:
    """Read a YAML file and keep its duplicate keys and tags as problems; raises `DpaError` when nothing can be read."""
    shown = name or str(path)
    try:
        raw = _beginning(path, LARGEST_FILE + 1)
    except IsADirectoryError:
        raise DpaError.of("this is a folder", f"Name the files in it: {path / '*.yaml'}.", Place(shown)) from None
    except OSError as trouble:
        why = trouble.strerror or "it cannot be opened"
        raise DpaError.of(f"this file cannot be read: {why}", "Check the name.", Place(shown)) from None
    if len(raw) > LARGEST_FILE:
        raise DpaError.of("this file is larger than 4 MB", "A description is text of a few pages.", Place(shown))
    return _parsed(decode(raw, shown), shown)


def _beginning(path: Path, most: int) -> bytes:
    """What a file holds, up to a number of bytes; room is made for what is there, not for the most there can be."""
    with open(path, "rb") as file:
        size = min(os.fstat(file.fileno()).st_size, most)
        raw = file.read(size + 1)
        return raw if len(raw) <= size else raw + file.read(most - size)  # a pipe does not tell its size


def decode(raw: bytes, name: str) -> str:
    """The text of a file: UTF-8, with or without a byte order mark."""
    if UTF_16.match(raw):
        mend = "Save it as UTF-8 in your editor."
        raise DpaError.of("this file is written in UTF-16", mend, Place(name, 1, 1))
    if b"\0" in raw:
        raise DpaError.of("this is a binary file, not a YAML text", "Give the .yaml file.", Place(name))
    raw = raw.removeprefix(BOM_UTF8)
    try:
        return raw.decode().replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as trouble:
        before = raw[: trouble.start].decode().split("\n")
        mend = "Save it as UTF-8 in your editor."
        what = f"byte 0x{raw[trouble.start]:02X} is not UTF-8"
        raise DpaError.of(what, mend, Place(name, len(before), len(before[-1]) + 1)) from None


def parse(text: str, name: str) -> Source:
    """The plain value of a YAML text; raises `DpaError` with every duplicate key and tag at once."""
    found = _parsed(text, name)
    raise_any(found.problems)
    return found


@lru_cache(maxsize=16)
def _parsed(text: str, name: str) -> Source:
    """The text as a source; kept a while, because a shared file is read again for every description beside it."""
    raise_any(_unreadable(text, name))
    reading = _Reading(name, text, None)
    value = reading.document()
    return Source(name, text, value, tuple(reading.problems))


def _unreadable(text: str, name: str) -> Iterator[Problem]:
    """Each character that cannot be read, at the first place where it stands."""
    seen: set[str] = set()
    for found in UNREADABLE.finditer(text):
        if found[0] not in seen:
            seen.add(found[0])
            before = text[: found.start()].split("\n")
            what = f"the control character U+{ord(found[0]):04X} stands here"
            yield Problem(what, "Remove that character.", Place(name, len(before), len(before[-1]) + 1))


def _stand_in(text: str) -> str:
    """A character that the text holds neither as it is nor as an escape."""
    small = text.lower()
    free = (chr(code) for code in STAND_INS if chr(code) not in text and f"{code:x}" not in small)
    return next(free, "?")


class _Reading:
    """One pass over the events of a YAML text, without recursion that the text could drive too deep."""

    def __init__(self, name: str, text: str, places: _Places | None) -> None:
        self.stand_in = _stand_in(text)
        self.name, self.places = name, places
        self.text = BARE_QUESTION.sub(self.stand_in, text)
        self.problems: list[Problem] = []
        self.anchors: dict[str, tuple[Any, int, int]] = {}  # value, number of values, levels of nesting
        self.count = 0

    def document(self) -> Any:
        """The value of the only document of the text."""
        try:
            return self.only_document(iter(_Loader(self.text).get_event, None))
        except yaml.YAMLError as trouble:
            raise DpaError(*self.problems, self.explain(trouble)) from None
        except DpaError as trouble:
            raise DpaError(*self.problems, *trouble.problems) from None

    def only_document(self, events: Iterator[Any]) -> Any:
        """The value of the events, which must be those of one document."""
        next(events)  # the start of the stream
        if isinstance(next(events), yaml.StreamEndEvent):
            raise DpaError.of("this file is empty", "See `dpa-gen init` for a file to start from.", Place(self.name))
        value = self.value(events, next(events), (), 0)
        next(events)
        if isinstance(after := next(events), yaml.DocumentStartEvent):
            self.fail(after, "a second document begins here (---)", "Give each description a file of its own.")
        return value

    def value(self, events: Iterator[Any], event: Any, path: Path_, depth: int) -> Any:
        """The value that begins with an event."""
        self.count += 1
        if event.__class__ is yaml.ScalarEvent and self.is_plain(event):
            return event.value
        if self.count > MOST_VALUES or depth > DEEPEST:
            what = "the nesting goes too deep" if depth > DEEPEST else "there are too many values"
            raise DpaError(self.problem(event, what, "A description is text of a few pages."))
        if self.places is not None:
            self.places.values[path] = (event.start_mark.line + 1, event.start_mark.column + 1)
        if isinstance(event, yaml.AliasEvent):
            return self.alias(event, depth)
        if event.tag and event.tag not in PLAIN_TAGS:
            shown = event.tag.replace("tag:yaml.org,2002:", "!!")
            self.fail(event, f"the tag {shown} is not allowed", "Remove it; every value is read as plain text.")
        before, anchor = self.count, event.anchor
        if isinstance(event, yaml.ScalarEvent):
            nothing = event.implicit[0] and event.value in NOTHING
            found: Any = "" if nothing else event.value.replace(self.stand_in, "?")
        elif isinstance(event, yaml.MappingStartEvent):
            found = self.mapping(events, path, depth)
        else:
            found = self.sequence(events, path, depth)
        if anchor:
            self.anchors[anchor] = (found, self.count - before + 1, _levels(found))
        return found

    def is_plain(self, event: Any) -> bool:
        """Whether an event is a text without anything to it, as nearly all are; the places of all must be noted."""
        if self.places is not None or event.tag or event.anchor or self.count > MOST_VALUES:
            return False
        return event.value not in NOTHING and self.stand_in not in event.value

    def mapping(self, events: Iterator[Any], path: Path_, depth: int) -> dict[str, Any]:
        """The keys and values up to the end of a mapping."""
        found: dict[str, Any] = {}
        while (event := next(events)).__class__ is not yaml.MappingEndEvent:
            if event.__class__ is not yaml.ScalarEvent:
                raise DpaError(
                    self.problem(event, "a key must be a single word", "Put text that has { or [ in quotes.")
                )
            key = event.value.replace(self.stand_in, "?")
            if key == "<<":
                self.fail(event, "merge keys (<<) are not read", "Write the lines out, or put them in dpa-gen.yaml.")
                self.value(events, next(events), path, depth + 1)
                continue
            if key in found:
                self.fail(event, f"“{key}” stands here twice", "Keep one of the two.")
            if self.places is not None:
                assert event.start_mark is not None
                self.places.keys[(*path, key)] = (event.start_mark.line + 1, event.start_mark.column + 1)
            found[key] = self.value(events, next(events), (*path, key), depth + 1)
        return found

    def sequence(self, events: Iterator[Any], path: Path_, depth: int) -> list[Any]:
        """The entries up to the end of a list."""
        found: list[Any] = []
        while (event := next(events)).__class__ is not yaml.SequenceEndEvent:
            found.append(self.value(events, event, (*path, len(found)), depth + 1))
        return found

    def alias(self, event: Any, depth: int) -> Any:
        """The value that an alias repeats; its size counts again, so a bomb of aliases is stopped early."""
        if event.anchor not in self.anchors:
            raise DpaError(self.problem(event, f"*{event.anchor} refers to nothing before it", "Write the value out."))
        value, size, levels = self.anchors[event.anchor]
        self.count += size
        if self.count > MOST_VALUES or depth + levels > DEEPEST:
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
        said = str(getattr(trouble, "problem", None) or trouble)
        mark, opened = getattr(trouble, "problem_mark", None), getattr(trouble, "context_mark", None)
        if mark is None:
            return Problem(f"this is not readable as YAML: {said}", "Check quotes and colons.", Place(self.name))
        place = Place(self.name, mark.line + 1, mark.column + 1)
        line = [*self.text.split("\n"), ""][mark.line]
        if "\t" in line[: len(line) - len(line.lstrip())] + line[mark.column : mark.column + 1]:
            return Problem("a tab stands where YAML takes only spaces", "Use spaces: two for each level.", place)
        context = str(getattr(trouble, "context", ""))
        in_quotes = "quoted" in context and "end of stream" in said
        if opened and (in_quotes or context.endswith(("flow sequence", "flow mapping"))):
            what = "this quote is not closed" if in_quotes else "this bracket is not closed"
            last = min(mark.line, self.text.rstrip().count("\n")) + 1
            mend = f"Close it, and check commas and colons up to line {last}."
            return Problem(what, mend, Place(self.name, opened.line + 1, opened.column + 1))
        for begin, what, mend in COMPLAINTS:
            if said.startswith(begin):
                return Problem(what, mend, place)
        return Problem(f"this is not readable as YAML: {said}", "Check this line and the one above it.", place)


def _levels(value: Any) -> int:
    """How deep a plain value is nested."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + max(map(_levels, inner), default=0)
