"""A gap -> the paragraph of the library that would mend it, in the language of the paper."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from dpa_gen.clauseview import wordings
from dpa_gen.library import shipped


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
    for shown in wordings(paragraph, language, position):
        if shown.words or shown.items:
            return Proposal(paragraph.id, shown.words, shown.items)
    return None
