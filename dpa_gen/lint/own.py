"""Own wording beside the library below it: what changed there, what was lost by it, and values past their floor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from dpa_gen.changes import Change
from dpa_gen.clause import Definitions
from dpa_gen.errors import Problem
from dpa_gen.findings import Finding
from dpa_gen.law import Requirement, requirements
from dpa_gen.lint.reading import Linted
from dpa_gen.lint.rules import Rule, of_kind, rule
from dpa_gen.lint.words import past
from dpa_gen.ownfiles import DEFAULTS
from dpa_gen.pointers import reference_names, references
from dpa_gen.source import Source

LOST = {"must": "own.lost", "should": "own.lost-expected"}


def file_findings(linted: Linted) -> Iterator[Finding]:
    """Every fault that keeps a file, or a part of it, from being read."""
    for problem in dict.fromkeys(linted.problems):
        yield rule("file").finding(problem.place, _path(problem), what=problem.what, mend=problem.mend)


def _path(problem: Problem) -> str:
    return ".".join(str(step) for step in problem.path)


def reference_findings(linted: Linted) -> Iterator[Finding]:
    """Every reference to nothing; of own files their reading has told it already."""
    if linted.own:
        return
    names = reference_names(linted.library)
    unknown = {t for _, paragraph in linted.library.paragraphs() for t in references(paragraph) if t not in names}
    for passage in linted.passages:
        for target in unknown:
            if (at := passage.words.find(f"ref: {target} ")) >= 0:
                yield rule("references.unknown").finding(passage.place(at), passage.holder, target, word=target)


def change_findings(linted: Linted) -> Iterator[Finding]:
    """What an upgrade changed under own wording, and what own wording took away."""
    for change in linted.library.changes:
        if change.outdated:
            yield rule("own.outdated").finding(change.place, change.paragraph, paragraph=change.paragraph)
        elif _unmarked(change):
            yield rule("own.unmarked").finding(change.place, change.paragraph, paragraph=change.paragraph)
        yield from _lost(linted, change)


def _unmarked(change: Change) -> bool:
    """Whether own wording stands in the place of other wording without its mark; own definitions only join others."""
    if change.replaces or not change.before or not change.after:
        return False
    return not isinstance(change.before.body, Definitions)


def _lost(linted: Linted, change: Change) -> Iterator[Finding]:
    """Each requirement that the wording below met: gone from the contract, or now met elsewhere only."""
    met = {name for _, paragraph in linted.library.paragraphs() for name in paragraph.requirements()}
    known = requirements()
    for name in change.lost:
        if name in known:
            tripped = rule("own.lost-here" if name in met else LOST.get(known[name].level, "own.lost-here"))
            yield _lost_finding(tripped, change, known[name])


def _lost_finding(tripped: Rule, change: Change, lost: Requirement) -> Finding:
    named: dict[str, Any] = {"paragraph": change.paragraph, "asks": lost.asks, "law": lost.source, "id": lost.id}
    return tripped.finding(change.place, change.paragraph, lost.id, **named)


def value_findings(linted: Linted) -> Iterator[Finding]:
    """Every value of an own defaults.yaml that is past its floor."""
    for read in linted.sources:
        if read.name.endswith(DEFAULTS) and isinstance(read.value, dict):
            for each in of_kind("value"):
                yield from _values(read, each)


def _values(read: Source, sought: Rule) -> Iterator[Finding]:
    wanted = sought.data["path"]
    for topic, values in read.value.items():
        if not isinstance(values, Mapping) or wanted not in values:
            continue
        given = values[wanted]
        by_position = given if isinstance(given, Mapping) else {"": given}
        for position, value in by_position.items():
            if str(value).isdecimal() and past(sought.data, int(value)):
                place = read.place((topic, wanted, position) if position else (topic, wanted))
                limit = sought.data.get("most") or sought.data.get("least")
                yield sought.finding(place, wanted, str(value), value=value, limit=limit)
