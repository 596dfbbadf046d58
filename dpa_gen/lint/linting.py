"""Everything that the linter has to say about a library or about own wording, in the order of the files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from dpa_gen.findings import Finding
from dpa_gen.law import requirements
from dpa_gen.lint import own, sides, terms, words
from dpa_gen.lint.accepted import after_acceptance
from dpa_gen.lint.reading import Linted
from dpa_gen.lint.rules import rules

CHECKS: tuple[Callable[[Linted], Iterator[Finding]], ...] = (
    own.file_findings,
    own.reference_findings,
    own.change_findings,
    own.value_findings,
    sides.language_findings,
    sides.position_findings,
    terms.undefined_findings,
    terms.unused_findings,
    terms.twice_findings,
    words.pair_findings,
    words.word_findings,
    words.bearer_findings,
    words.number_findings,
    words.length_findings,
)


def findings(linted: Linted, language: str = "en") -> tuple[Finding, ...]:
    """Every finding once, by file, line and column; its source in the language asked for."""
    found = [finding for check in CHECKS for finding in check(linted)]
    kept = {(each.place, each.rule, each.evidence): each for each in after_acceptance(linted, found)}
    return tuple(_sourced(kept[key], language) for key in sorted(kept))


def _sourced(finding: Finding, language: str) -> Finding:
    """The finding with its source in a language; what was lost names the article of law itself."""
    law = requirements().get(finding.evidence) if finding.rule.startswith("own.lost") else None
    source = law.source[language] if law else rules()[finding.rule].source[language]
    return replace(finding, source=source)
