"""The library for people: lists, paragraphs as they will be printed, and what requirements they meet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from dpa_gen.clause import (
    POSITION,
    Blank,
    Clause,
    ClauseParagraph,
    Definitions,
    FactTable,
    ListTable,
    Ref,
    Wordings,
    body_and_items,
    template,
)
from dpa_gen.errors import DpaError
from dpa_gen.law import requirements
from dpa_gen.library import Library
from dpa_gen.wording import held_together

POSITIONS = ("controller", "balanced", "processor")
SHIPPED = {"nl": "meegeleverd", "en": "shipped"}
REFERENCE = {"nl": "artikel", "en": "Article"}


@dataclass(frozen=True)
class Shown:
    """One wording of a paragraph: under which choice it is printed, its words and its sub-items."""

    choice: str  # "" when there is only one; "balanced", or "general"
    words: str
    items: tuple[str, ...] = ()


def rows(library: Library, language: str) -> Iterator[Mapping[str, str]]:
    """A row for each paragraph in the order of the contract."""
    for clause, paragraph in library.paragraphs():
        yield {
            "id": paragraph.id,
            "kind": clause.kind,
            "article": clause.title[language],
            "covers": ", ".join(paragraph.requirements()),
            "when": " and ".join(map(str, paragraph.when)),
            "layer": paragraph.layer or SHIPPED[language],
        }


def find(library: Library, name: str) -> tuple[Clause, tuple[ClauseParagraph, ...]]:
    """A clause with all its paragraphs, or with the one that is named; raises `DpaError` when there is none."""
    clause = library.clauses.get(name.partition(".")[0])
    if clause is not None and "." not in name:
        return clause, clause.paragraphs
    for paragraph in clause.paragraphs if clause else ():
        if paragraph.id == name:
            return clause, (paragraph,)  # type: ignore[return-value]
    known = [*library.clauses, *(p.id for c in library.clauses.values() for p in c.paragraphs)]
    close = get_close_matches(name, known, 1, 0.5)
    mend = f"Did you mean {close[0]}?" if close else "See `dpa-gen clauses list`."
    raise DpaError.of(f"there is no clause or paragraph “{name}”.", mend)


def legible(words: str, language: str) -> str:
    """Words with their blanks shown as [fact] and their references as → clause."""
    parts = []
    for part in template(words):
        if isinstance(part, Blank):
            parts.append(f"[{part.path}]")
        elif isinstance(part, Ref):
            parts.append(f"→{part.target}")
        else:
            parts.append(held_together(part))
    return "".join(parts)


def wordings(
    paragraph: ClauseParagraph, language: str, position: str = "", legible: Callable[[str, str], str] = legible
) -> Iterator[Shown]:
    """The wordings of a paragraph in a language; of one position when that is asked."""
    body = paragraph.body
    if isinstance(body, Wordings):
        for choice, wording in body.options.items():
            if position and body.choose == POSITION and choice != position:
                continue
            words, items = body_and_items(wording.words[language])
            yield Shown(choice, legible(words, language), tuple(legible(item, language) for item in items))
    elif isinstance(body, FactTable):
        yield Shown("", "", tuple(f"{r.label[language]}: {legible(r.value[language], language)}" for r in body.rows))
    elif isinstance(body, Definitions):
        meanings = sorted(body.meanings, key=lambda m: m.term[language].casefold())
        yield Shown("", "", tuple(f"{m.term[language]}: {legible(m.means[language], language)}" for m in meanings))
    else:
        yield from _list_table(body, language, legible)


def _list_table(body: ListTable, language: str, legible: Callable[[str, str], str]) -> Iterator[Shown]:
    columns = tuple(
        f"{c.title[language]}: {legible(' '.join(c.cell[language].split()), language)}" for c in body.columns
    )
    yield Shown("", "", columns)
    if body.empty:
        yield Shown("–", legible(body_and_items(body.empty.words[language])[0], language))


def told(library: Library, name: str, language: str, position: str = "") -> Iterator[str]:
    """A clause or paragraph as it will be printed, with its switches and its note, line by line."""
    clause, paragraphs = find(library, name)
    yield clause.title[language]
    for paragraph in paragraphs:
        yield ""
        yield from _paragraph_told(paragraph, language, position)


def _paragraph_told(paragraph: ClauseParagraph, language: str, position: str) -> Iterator[str]:
    when = f"  ({' and '.join(map(str, paragraph.when))})" if paragraph.when else ""
    yield f"{paragraph.id}{when}  [{paragraph.layer or SHIPPED[language]}]"
    if paragraph.title:
        yield f"  {paragraph.title[language]}"
    for shown in wordings(paragraph, language, position):
        if shown.choice:
            yield f"  {shown.choice}:"
        yield from (f"    {line}" for line in (shown.words, *(f"- {item}" for item in shown.items)) if line)
    known = requirements()
    for requirement in paragraph.requirements():
        yield f"  § {requirement}: {known[requirement].source[language]}"
    if paragraph.note:
        yield f"  {'Toelichting' if language == 'nl' else 'Note'}: {' '.join(paragraph.note[language].split())}"


def covering(library: Library) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """For each requirement its level and the paragraphs that can meet it, with the condition of each."""
    for requirement in requirements().values():
        if requirement.level == "fact":
            continue
        found = tuple(
            f"{paragraph.id} ({' and '.join(map(str, paragraph.when))})" if paragraph.when else paragraph.id
            for _, paragraph in library.paragraphs()
            if requirement.id in paragraph.requirements()
        )
        yield requirement.id, requirement.level, found
