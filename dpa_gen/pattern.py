"""Many contracts alike: the contract of one set of choices is made once, with gaps for its facts, to be filled often.

A pattern is what the ordinary way (assembly, house style, word) makes of an agreement that holds a gap wherever a
fact is printed. What stands between the gaps is compressed once. The choices that decide over it are its key.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dpa_gen.agreement import GAP_CLOSES, GAP_OPENS
from dpa_gen.assembly import Assembly
from dpa_gen.choosing import Chosen, choose
from dpa_gen.clause import POSITION
from dpa_gen.coverage import conditions, unmet
from dpa_gen.facts import Facts
from dpa_gen.findings import Finding
from dpa_gen.package import Entry, Piece, entry, piece
from dpa_gen.printing import Printer
from dpa_gen.values import Open
from dpa_gen.word import Origin, parts_of

if TYPE_CHECKING:
    from dpa_gen.house import HouseStyle

GAP = re.compile(f"{GAP_OPENS}([^{GAP_CLOSES}]*){GAP_CLOSES}")
MOST_KEPT = 64  # of each gap


@dataclass(frozen=True)
class PartPattern:
    """A part with gaps: pieces that are the same in every contract, and between them the names of what is not."""

    name: str
    pieces: tuple[Piece, ...]
    gaps: tuple[str, ...]


class Memory:
    """What filled each gap lately, by what the files say of it: the next contract often says the same."""

    def __init__(self) -> None:
        self.kept: defaultdict[str, dict[str, Piece]] = defaultdict(dict)

    def of(self, gap: str, said: Any) -> Piece | None:
        """What filled a gap when the files said this of it."""
        return self.kept[gap].get(repr(said))

    def keep(self, gap: str, said: Any, made: Piece) -> None:
        """Keep what filled a gap, which nothing but these words of the files decides."""
        words = self.kept[gap]
        if len(words) >= MOST_KEPT:
            words.clear()
        words[repr(said)] = made


@dataclass(frozen=True)
class Pattern:
    """All contracts of one set of choices."""

    style: HouseStyle
    chosen: Chosen
    findings: tuple[Finding, ...]
    fixed: tuple[Entry, ...]
    parts: tuple[PartPattern, ...]
    memory: Memory = field(default_factory=Memory, compare=False)


def key(facts: Facts, language: str, draft: bool) -> Hashable:
    """Everything about a description that decides which words its contract has, and none of the facts in them."""
    description, switches = facts.description, facts.library.switches
    return (
        facts.library.digest,
        language,
        draft,
        description.countries,
        description.position,
        tuple(sorted(description.positions.items())),
        tuple([facts.holds(condition) for condition in (*switches.conditions, *conditions())]),
        tuple([facts.choice(path) for path in switches.chosen if path != POSITION]),
        tuple([_state(facts.value(path)) for path in switches.lists]),
        len(description.controller.signatory),
        len(description.processor.signatory),
        bool(description.reference),
    )


def _state(found: object) -> str:
    """Whether a list is not known yet, empty, or has entries."""
    return "?" if isinstance(found, Open) else "some" if found else "none"


def pattern(facts: Facts, language: str, style: HouseStyle, origin: Origin) -> Pattern:
    """The pattern for the choices of a description."""
    chosen = choose(facts)
    assembly = Assembly(facts, chosen, Printer(facts.library, language), as_pattern=True)
    agreement = assembly.agreement()
    parts = parts_of(agreement, style, origin)
    fixed = {name: data for name, data in parts.items() if GAP_OPENS.encode() not in data}
    return Pattern(
        style,
        chosen,
        tuple(unmet(agreement, facts)),
        tuple(entry(name, (piece(data),)) for name, data in fixed.items()),
        tuple(_cut(name, data.decode()) for name, data in parts.items() if name not in fixed),
    )


def _cut(name: str, xml: str) -> PartPattern:
    """A part cut at its gaps."""
    stretches = GAP.split(xml)
    pieces = tuple(piece(words.encode()) for words in stretches[::2])
    return PartPattern(name, pieces, tuple(stretches[1::2]))
