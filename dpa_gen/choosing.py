"""Facts and the library in; the clauses and paragraphs that one contract needs out, each with its number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from dpa_gen.clause import Clause, ClauseParagraph, Definitions
from dpa_gen.description import Description
from dpa_gen.errors import Problem
from dpa_gen.facts import Facts, misspelt_terms
from dpa_gen.library import Library


@dataclass(frozen=True)
class Chosen:
    """The clauses of one contract with the paragraphs that are printed, and the number of each."""

    clauses: tuple[tuple[Clause, tuple[ClauseParagraph, ...]], ...]

    @cached_property
    def numbers(self) -> Mapping[str, str]:
        """The number of every article, annex and article's paragraph, by id."""
        found: dict[str, str] = {}
        counts = {"article": 0, "annex": 0}
        for clause, paragraphs in self.clauses:
            if clause.kind in counts:
                counts[clause.kind] += 1
                found[clause.id] = str(counts[clause.kind])
            if clause.kind == "article":
                numbered = (p for p in paragraphs if not isinstance(p.body, Definitions))
                found |= {p.id: f"{found[clause.id]}.{n}" for n, p in enumerate(numbered, 1)}
        return found

    def kind_of(self, target: str) -> str:
        """Whether a reference points at an article (or one of its paragraphs) or at an annex."""
        name = target.partition(".")[0]
        return next((clause.kind for clause, _ in self.clauses if clause.id == name), "")


def choose(facts: Facts) -> Chosen:
    """The clauses and paragraphs that this contract needs; an annex or article without any is left out."""
    chosen = []
    for kind in ("front", "article", "closing", "annex"):
        for clause in facts.library.of_kind(kind):
            kept = tuple(p for p in clause.paragraphs if all(map(facts.holds, p.when)))
            if kept or kind == "closing":  # the signatures come after it, whatever it says
                chosen.append((clause, kept))
    return Chosen(tuple(chosen))


def misfits(facts: Facts) -> Iterator[Problem]:
    """The facts that do not fit the library: terms that are nearly one of its own, articles that it does not have."""
    yield from misspelt_terms(facts)
    yield from _unknown_positions(facts.description, facts.library)


def _unknown_positions(description: Description, library: Library) -> Iterator[Problem]:
    for name in description.positions:
        if name not in library.clauses:
            known = ", ".join(clause.id for clause in library.of_kind("article"))
            yield Problem(f"“{name}” is not an article.", f"The articles are: {known}.", path=("positions", name))
