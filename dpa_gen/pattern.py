"""Many contracts alike: the contract of one set of choices is made once, with gaps for its facts, to be filled often.

A pattern is what the ordinary way (assembly, house style, word) makes of an agreement that holds a gap wherever a
fact is printed. What stands between the gaps is compressed once. The choices that decide over it are its key.
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dpa_gen.agreement import GAP_CLOSES, GAP_OPENS
from dpa_gen.assembly import ROWS_OF, SIGNATORY, Assembly
from dpa_gen.choosing import Chosen, choose
from dpa_gen.clause import POSITION, ListTable
from dpa_gen.coverage import conditions, unmet
from dpa_gen.facts import Facts
from dpa_gen.findings import Finding
from dpa_gen.library import Library
from dpa_gen.package import Entry, Piece, entry, piece
from dpa_gen.printing import Printer
from dpa_gen.values import Open
from dpa_gen.word import Origin, parts_of

if TYPE_CHECKING:
    from dpa_gen.house import HouseStyle

GAP = re.compile(f"{GAP_OPENS}([^{GAP_CLOSES}]*){GAP_CLOSES}")
MOST_KEPT = 64  # of each hole


@dataclass(frozen=True)
class Hole:
    """A gap in the words of a part: where the description tells the fact that fills it, and what filled it lately."""

    gap: str
    path: tuple[str, ...]
    table: ListTable | None = None  # of which the rows fill it
    kept: dict[str, Piece] = field(default_factory=dict, compare=False)

    def keep(self, said: str, made: Piece) -> None:
        """Keep what filled it, which nothing but what the files say decides: the next contract often has the same."""
        if len(self.kept) >= MOST_KEPT:
            self.kept.clear()
        self.kept[said] = made


@dataclass(frozen=True)
class PartPattern:
    """A part with holes: pieces that are the same in every contract, and between them what is not."""

    name: str
    pieces: tuple[Piece, ...]
    holes: tuple[Hole, ...]


@dataclass(frozen=True)
class Pattern:
    """All contracts of one set of choices."""

    style: HouseStyle
    chosen: Chosen
    findings: tuple[Finding, ...]
    fixed: tuple[Entry, ...]
    parts: tuple[PartPattern, ...]


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
    holes: dict[str, Hole] = {}
    return Pattern(
        style,
        chosen,
        tuple(unmet(agreement, facts)),
        tuple(entry(name, (piece(data),)) for name, data in fixed.items()),
        tuple(_cut(name, data.decode(), holes, facts.library) for name, data in parts.items() if name not in fixed),
    )


def _cut(name: str, xml: str, holes: dict[str, Hole], library: Library) -> PartPattern:
    """A part cut at its gaps; the same gap is one hole, wherever it is."""
    stretches = GAP.split(xml)
    pieces = tuple(piece(words.encode()) for words in stretches[::2])
    for gap in stretches[1::2]:
        holes.setdefault(gap, _hole(gap, library))
    return PartPattern(name, pieces, tuple(holes[gap] for gap in stretches[1::2]))


def _hole(gap: str, library: Library) -> Hole:
    """The hole of a gap."""
    if gap.startswith(ROWS_OF):
        table = library.list_tables[gap.removeprefix(ROWS_OF)]
        return Hole(gap, tuple(table.list_path.split(".")), table)
    path, of_signatory, _ = gap.partition(SIGNATORY)
    steps = path.split(".")
    return Hole(gap, tuple(steps[:-1] if of_signatory else steps))
