"""The nouns of the clause library: a `Clause` with its paragraphs, and the small language of their words.

Three switches and no code: `when`, `choose`, `positions`; blanks `{{ path }}` and references `{{ ref: name }}`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from dpa_gen.errors import Place

LanguageText = Mapping[str, str]  # "nl" and "en"
POSITION = "position"  # what `positions` choose by


@dataclass(frozen=True, slots=True)
class Blank:
    """A place in the words where a fact is printed."""

    path: str


@dataclass(frozen=True, slots=True)
class Ref:
    """A place in the words where the number of an article, paragraph or annex is printed."""

    target: str


Part = str | Blank | Ref
Template = tuple[Part, ...]

_TAG = re.compile(r"\{\{\s*(ref:\s*)?([A-Za-z0-9_.-]+)\s*\}\}")


@lru_cache(maxsize=4096)
def template(words: str) -> Template:
    """Words with their blanks and references taken apart."""
    parts: list[Part] = []
    end = 0
    for found in _TAG.finditer(words):
        if found.start() > end:
            parts.append(words[end : found.start()])
        parts.append(Ref(found[2]) if found[1] else Blank(found[2]))
        end = found.end()
    if end < len(words):
        parts.append(words[end:])
    return tuple(parts)


def body_and_items(words: str) -> tuple[str, tuple[str, ...]]:
    """The lines of a text joined, and its sub-items (lines that begin with a dash) apart."""
    body: list[str] = []
    items: list[str] = []
    for line in filter(None, (line.strip() for line in words.splitlines())):
        if line.startswith("- "):
            items.append(line[2:].strip())
        elif items:
            items[-1] += " " + line
        else:
            body.append(line)
    return " ".join(body), tuple(items)


@dataclass(frozen=True)
class Wording:
    """One wording in every language, as it stands in the file."""

    words: LanguageText

    @cached_property
    def parsed(self) -> Mapping[str, tuple[Template, tuple[Template, ...]]]:
        """Per language the body and the sub-items, taken apart."""
        taken = {language: body_and_items(words) for language, words in self.words.items()}
        return {lang: (template(body), tuple(map(template, items))) for lang, (body, items) in taken.items()}


@dataclass(frozen=True, slots=True)
class Condition:
    """When something is printed: a fact that is there, is not, has a value, or has another one."""

    path: str
    value: str = ""  # empty: it is enough that the fact is there
    negated: bool = False

    def __str__(self) -> str:
        if self.value:
            return f"{self.path} is {'not ' if self.negated else ''}{self.value}"
        return f"{'not ' if self.negated else ''}{self.path}"


_CONDITION = re.compile(r"(?:(not)\s+)?([a-z0-9_.-]+)(?:\s+is\s+(not\s+)?([A-Za-z0-9_.-]+))?")


def condition(text: str) -> Condition | None:
    """A condition read from its words, or nothing when they are none."""
    found = _CONDITION.fullmatch(text.strip())
    if not found or (found[1] and found[4]):
        return None
    return Condition(found[2], found[4] or "", bool(found[1] or found[3]))


@dataclass(frozen=True)
class Wordings:
    """Words, of which a fact or the position may pick one; `choose` is empty for a single wording."""

    choose: str
    options: Mapping[str, Wording]


@dataclass(frozen=True, slots=True)
class FactRow:
    """A row of a table of facts: its label and the blanks that make its value."""

    label: LanguageText
    value: LanguageText
    when: tuple[Condition, ...] = ()
    covers: tuple[str, ...] = ()


@dataclass(frozen=True)
class FactTable:
    """A table of two columns, label and value."""

    rows: tuple[FactRow, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table over a list: its title, what a cell holds, and its share of the width."""

    title: LanguageText
    cell: LanguageText
    width: int


@dataclass(frozen=True)
class ListTable:
    """A table with a row for each entry of a list, or a sentence when the list is empty."""

    list_path: str
    columns: tuple[Column, ...]
    empty: Wording | None


@dataclass(frozen=True, slots=True)
class Meaning:
    """A defined term and what it means."""

    id: str
    term: LanguageText
    means: LanguageText
    when: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Definitions:
    """The defined terms of the contract."""

    meanings: tuple[Meaning, ...]


Body = Wordings | FactTable | ListTable | Definitions


@dataclass(frozen=True)
class ClauseParagraph:
    """A paragraph as the library holds it, before it is chosen, numbered and filled."""

    id: str
    body: Body
    covers: tuple[str, ...] = ()
    when: tuple[Condition, ...] = ()
    title: LanguageText | None = None
    note: LanguageText | None = None
    place: Place = Place()
    layer: str = ""  # the folder it came from; empty for the shipped library

    def requirements(self) -> tuple[str, ...]:
        """Every requirement that the paragraph can meet, those of its rows included."""
        rows = self.body.rows if isinstance(self.body, FactTable) else ()
        return tuple(dict.fromkeys((*self.covers, *(name for row in rows for name in row.covers))))

    def texts(self, language: str) -> Iterator[str]:
        """All words of the paragraph in a language, as they stand in the file."""
        if self.title:
            yield self.title[language]
        yield from _body_texts(self.body, language)


def _body_texts(body: Body, language: str) -> Iterator[str]:
    if isinstance(body, Wordings):
        yield from (wording.words[language] for wording in body.options.values())
    elif isinstance(body, FactTable):
        for row in body.rows:
            yield from (row.label[language], row.value[language])
    elif isinstance(body, Definitions):
        for meaning in body.meanings:
            yield from (meaning.term[language], meaning.means[language])
    else:
        for column in body.columns:
            yield from (column.title[language], column.cell[language])
        if body.empty:
            yield body.empty.words[language]


@dataclass(frozen=True)
class Clause:
    """One file of the library: an article, an annex, or a part of the front or the end."""

    id: str
    kind: str  # "front", "article", "closing" or "annex"
    title: LanguageText
    paragraphs: tuple[ClauseParagraph, ...]
    note: LanguageText | None = None
    place: Place = field(default=Place())
