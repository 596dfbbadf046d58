"""Agreement -> which requirements of the law it meets, and by which paragraph."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from dpa_gen.agreement import Agreement
from dpa_gen.clause import Condition, condition
from dpa_gen.errors import Place
from dpa_gen.facts import Facts
from dpa_gen.findings import Finding, Severity
from dpa_gen.law import Requirement, requirements
from dpa_gen.library import Library, shipped

RULES = {"must": ("coverage.must", Severity.RED), "should": ("coverage.should", Severity.AMBER)}


def met_by(agreement: Agreement) -> Mapping[str, tuple[str, ...]]:
    """For each requirement that is met, the paragraphs that meet it."""
    found: dict[str, tuple[str, ...]] = {}
    for paragraph in agreement.paragraphs():
        for name in paragraph.covers:
            found[name] = (*found.get(name, ()), paragraph.id)
    return found


@cache
def conditions() -> tuple[Condition, ...]:
    """The conditions under which requirements apply."""
    found = (condition(text) for requirement in requirements().values() for text in requirement.when)
    return tuple(dict.fromkeys(each for each in found if each is not None))


def applicable(facts: Facts) -> Iterator[Requirement]:
    """The requirements that apply here: those on general authorisation, say, only where that is given."""
    for requirement in requirements().values():
        conditions = [condition(text) for text in requirement.when]
        if all(each is None or facts.holds(each) for each in conditions):
            yield requirement


def unmet(agreement: Agreement, facts: Facts) -> Iterator[Finding]:
    """Every applicable MUST and SHOULD that no paragraph of the agreement meets."""
    for requirement in applicable(facts):
        if requirement.level in RULES and requirement.id not in agreement.covers:
            rule, severity = RULES[requirement.level]
            yield Finding(
                rule,
                severity,
                {language: f"{_LACKS[language]} {asks}" for language, asks in requirement.asks.items()},
                requirement.source[agreement.language],
                _cause(requirement.id, facts.library),
                requirement.id,
                _mend(requirement.id),
            )


_LACKS = {"nl": "Het contract mist:", "en": "The contract lacks:"}


def _cause(requirement: str, library: Library) -> Place:
    """The own file that took away the words that met a requirement; nowhere when none did."""
    places = [change.place for change in library.changes if requirement in change.lost]
    return places[-1] if places else Place()


def _mend(requirement: str) -> dict[str, str] | None:
    """The shipped paragraphs that would meet a requirement."""
    names = [p.id for _, p in shipped().paragraphs() if requirement in p.requirements()]
    if not names:
        return None
    shown = ", ".join(names)
    return {"nl": f"De meegeleverde tekst hiervoor: {shown}.", "en": f"The shipped wording for it: {shown}."}
