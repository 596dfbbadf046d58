"""What the law asks and a contract lacks is found, with its source and the shipped words that would mend it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from samples_of import LANGUAGES, contract_of, described, least

from dpa_gen.assembly import assemble
from dpa_gen.clause import Clause, ClauseParagraph, FactTable
from dpa_gen.coverage import applicable, met_by, unmet
from dpa_gen.findings import Finding, Severity
from dpa_gen.generate import Prepared, Wishes, contract
from dpa_gen.law import Requirement, expected, mandatory, requirements
from dpa_gen.library import Library, shipped

# A description to which every requirement applies that any description can bring about.
WHOLE: dict[str, Any] = least(
    subprocessors__authorisation="general",
    subprocessors__list=[{"name": "Far Inc.", "country": "US", "task": "hosting", "transfer": "scc"}],
    processing__personal_data=["name", "health", "bsn", "criminal-data"],
    processor__representative={"email": "eu@example.nl"},
)


def without(requirement: str) -> Library:
    """The shipped library, in which nothing claims to meet one requirement."""
    library = shipped()
    clauses = {name: _silent(clause, requirement) for name, clause in library.clauses.items()}
    return replace(library, clauses=clauses, digest=f"without {requirement}")


def _silent(clause: Clause, requirement: str) -> Clause:
    return replace(clause, paragraphs=tuple(_unclaimed(each, requirement) for each in clause.paragraphs))


def _unclaimed(paragraph: ClauseParagraph, requirement: str) -> ClauseParagraph:
    body = paragraph.body
    if isinstance(body, FactTable):
        body = FactTable(tuple(replace(row, covers=_less(row.covers, requirement)) for row in body.rows))
    return replace(paragraph, body=body, covers=_less(paragraph.covers, requirement))


def _less(covers: tuple[str, ...], requirement: str) -> tuple[str, ...]:
    return tuple(each for each in covers if each != requirement)


def findings(prepared: Prepared, library: Library, language: str = "nl") -> list[Finding]:
    """What a contract made with a library lacks."""
    other = replace(prepared, library=library)
    return list(unmet(assemble(other.description, library, language), other.facts))


@pytest.mark.parametrize("requirement", [*mandatory(), *expected()], ids=lambda each: each.id)
def test_a_requirement_that_nothing_meets_is_found_and_no_other(requirement: Requirement) -> None:
    prepared = described(WHOLE)
    assert findings(prepared, shipped()) == []
    found = findings(prepared, without(requirement.id))
    assert [each.path for each in found] == [requirement.id]
    wanted = Severity.RED if requirement.level == "must" else Severity.AMBER
    assert found[0].severity is wanted
    assert found[0].source == requirement.source["nl"]
    for language in LANGUAGES:
        assert requirement.asks[language] in found[0].what[language]
        assert found[0].mend is not None
        assert "." in found[0].mend[language]


def test_everything_that_can_apply_applies_to_the_whole_description() -> None:
    applying = {each.id for each in applicable(described(WHOLE).facts)}
    assert applying == set(requirements())


@pytest.mark.parametrize(
    ("change", "gone"),
    [
        ({"subprocessors__authorisation": "specific"}, lambda each: "general" in str(each.when)),
        ({"subprocessors__list": "none"}, lambda each: "transfers" in str(each.when)),
        ({"processing__personal_data": ["name"]}, lambda each: "sensitive" in str(each.when)),
    ],
)
def test_a_requirement_with_a_condition_applies_only_then(
    change: dict[str, Any], gone: Callable[[Requirement], bool]
) -> None:
    applying = {each.id for each in applicable(described(least(**change)).facts)}
    conditional = [each.id for each in requirements().values() if each.when and gone(each)]
    assert conditional
    assert not applying & set(conditional)


def test_a_row_that_is_not_printed_meets_nothing() -> None:
    someone: tuple[Any, ...] = ({"email": "eu@example.nl"}, None)
    with_one, without_one = (contract_of(least(processor__representative=each)).agreement.covers for each in someone)
    assert "parties.rep" in with_one
    assert "parties.rep" not in without_one


def test_each_requirement_that_is_met_names_its_paragraphs() -> None:
    made = contract_of(WHOLE)
    met = met_by(made.agreement)
    printed = {paragraph.id for paragraph in made.agreement.paragraphs()}
    assert set(met) == set(made.agreement.covers)
    assert all(set(names) <= printed for names in met.values())


def test_an_incomplete_contract_is_not_written_unless_as_a_draft() -> None:
    lacking = replace(described(WHOLE), library=without(mandatory()[0].id))
    final, draft = (contract(lacking, Wishes(draft=each), "nl") for each in (False, True))
    assert (final.complete, final.content) == (False, b"")
    assert not draft.complete
    assert draft.content


def test_what_is_only_expected_does_not_hold_a_contract_back() -> None:
    lacking = replace(described(WHOLE), library=without(expected()[0].id))
    made = contract(lacking, Wishes(), "nl")
    assert made.complete
    assert made.content
    assert [each.severity for each in made.findings] == [Severity.AMBER]
