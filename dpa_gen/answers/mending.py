"""A gap -> the paragraph of the library that would mend it, in the language of the paper."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from dpa_gen.clause import Blank, ClauseParagraph, FactRow, FactTable, Part, Ref, template
from dpa_gen.clauseview import wordings
from dpa_gen.library import shipped
from dpa_gen.printing import Printer, at
from dpa_gen.wording import held_together


@dataclass(frozen=True, slots=True)
class Proposal:
    """Wording to propose: the paragraph it comes from, its words and its items."""

    paragraph: str
    words: str
    items: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "\n".join([self.words, *(f"- {item}" for item in self.items)]).strip()


@cache
def proposal(requirement: str, language: str, position: str = "balanced") -> Proposal | None:
    """The shipped wording that meets a requirement with the fewest others; None when no paragraph does."""
    fit = [(len(p.requirements()), p) for _, p in shipped().paragraphs() if requirement in p.requirements()]
    if not fit:
        return None
    paragraph = min(fit, key=lambda each: each[0])[1]
    if rows := _rows(paragraph, requirement):
        return Proposal(paragraph.id, "", tuple(f"{row.label[language]}: […]" for row in rows))
    for shown in wordings(paragraph, language, position, for_people):
        if shown.words or shown.items:
            return Proposal(paragraph.id, shown.words, shown.items)
    return None


def _rows(paragraph: ClauseParagraph, requirement: str) -> list[FactRow]:
    """The rows of a table of facts that meet a requirement; the others have nothing to do with it."""
    body = paragraph.body
    return [row for row in body.rows if requirement in row.covers] if isinstance(body, FactTable) else []


def for_people(words: str, language: str) -> str:
    """Words with their blanks named as a contract names them, and their references by title."""
    return "".join(_part(part, language) for part in template(words))


def _part(part: Part, language: str) -> str:
    if isinstance(part, Blank):
        return f"[{_field(part.path, language)}]"
    if isinstance(part, Ref):
        clause = shipped().clauses[part.target.partition(".")[0]]
        return f"“{clause.title[language]}”"
    return held_together(part)


def _field(path: str, language: str) -> str:
    """The name of a fill-in field; nothing but an ellipsis for what is no field by itself."""
    known = shipped().phrases["fields"]
    if not any(path == name or path.startswith(f"{name}.") for name in known):
        return "…"
    return Printer(shipped(), language).open_field(at(path)).title
