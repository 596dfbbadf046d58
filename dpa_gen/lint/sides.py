"""The two languages beside each other, and the three positions: the same blanks, references and sub-items."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from dpa_gen.clause import Blank, Ref, template
from dpa_gen.clausefile import PositionsFile
from dpa_gen.findings import Finding
from dpa_gen.lint.passages import Passage
from dpa_gen.lint.reading import Linted
from dpa_gen.lint.rules import rule
from dpa_gen.source import Path_

POSITIONS = tuple(PositionsFile.model_fields)


def _blanks(passage: Passage) -> Sequence[str]:
    """The facts that are printed."""
    return sorted({part.path for part in template(passage.words) if isinstance(part, Blank)})


def _references(passage: Passage) -> Sequence[str]:
    """The articles and annexes that are referred to."""
    return sorted({part.target for part in template(passage.words) if isinstance(part, Ref)})


def _items(passage: Passage) -> Sequence[str]:
    """The number of sub-items, as words."""
    return [str(passage.items)]


WHAT: Mapping[str, Callable[[Passage], Sequence[str]]] = {
    "blanks": _blanks,
    "references": _references,
    "items": _items,
}


def language_findings(linted: Linted) -> Iterator[Finding]:
    """Every wording that asks or says more in one language than in the other."""
    for sides in _grouped(linted, lambda passage: passage.path[:-1] if passage.path[-1] == passage.language else None):
        by_language = {passage.language: passage for passage in sides}
        if len(by_language) == 2:
            dutch, english = by_language["nl"], by_language["en"]
            yield from _differences("languages", dutch, english, {"one": "nl", "other": "en"})


def position_findings(linted: Linted) -> Iterator[Finding]:
    """Every position that asks or says more than the balanced one."""
    for sides in _grouped(linted, _without_position):
        by_position = {str(passage.path[3]): passage for passage in sides}
        for name in POSITIONS:
            if name != "balanced" and name in by_position and "balanced" in by_position:
                named = {"one": "balanced", "other": name}
                yield from _differences("positions", by_position["balanced"], by_position[name], named)


def _without_position(passage: Passage) -> Path_ | None:
    """The path of a wording without the position; nothing for words that know no position."""
    path = passage.path
    return (*path[:3], *path[4:]) if len(path) == 5 and path[2] == "positions" else None


def _grouped(linted: Linted, path_of: Callable[[Passage], Path_ | None]) -> Iterator[list[Passage]]:
    groups: dict[Any, list[Passage]] = defaultdict(list)
    for passage in linted.passages:
        if (path := path_of(passage)) is not None:
            groups[passage.source.name, path].append(passage)
    yield from groups.values()


def _differences(of: str, one: Passage, other: Passage, named: Mapping[str, str]) -> Iterator[Finding]:
    for what, listed in WHAT.items():
        ours, theirs = listed(one), listed(other)
        if ours != theirs:
            evidence = ", ".join(sorted(set(ours) ^ set(theirs)))
            facts = {"ours": ", ".join(ours) or "-", "theirs": ", ".join(theirs) or "-"}
            yield rule(f"{of}.{what}").finding(other.place(), other.holder, evidence, **named, **facts)
