"""Many contracts alike: the contract of one set of choices is made once, with gaps for its facts, and filled often.

A pattern is what the ordinary way (assembly, house style, word) makes of an agreement that holds a gap wherever a
fact is printed. What stands between the gaps is compressed once. The choices that decide over it are its key.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from dpa_gen.agreement import GAP_CLOSES, GAP_OPENS, OpenField, Text, plain
from dpa_gen.assembly import SIGNATORY, TABLE_OF, Assembly, assemble
from dpa_gen.choosing import Chosen, choose
from dpa_gen.clause import POSITION
from dpa_gen.coverage import conditions, unmet
from dpa_gen.facts import Facts
from dpa_gen.findings import Finding
from dpa_gen.ooxml import Writer
from dpa_gen.package import Entry, Piece, entry, piece, quick_piece, zipped
from dpa_gen.printing import Printer, Unprintable
from dpa_gen.values import Open
from dpa_gen.word import CUSTOM, DESCRIPTION, DIGEST, Origin, custom_properties, digest_of, in_run, parts_of, seal

if TYPE_CHECKING:
    from dpa_gen.house import HouseStyle

GAP = re.compile(f"{GAP_OPENS}([^{GAP_CLOSES}]*){GAP_CLOSES}")
AS_THEY_STAND = ("reference", "version")  # facts that are printed inside a run of the house style


@dataclass(frozen=True)
class PartPattern:
    """A part with gaps: pieces that are the same in every contract, and between them the names of what is not."""

    name: str
    pieces: tuple[Piece, ...]
    gaps: tuple[str, ...]


@dataclass(frozen=True)
class Pattern:
    """All contracts of one set of choices."""

    style: HouseStyle
    chosen: Chosen
    findings: tuple[Finding, ...]
    fixed: tuple[Entry, ...]
    parts: tuple[PartPattern, ...]
    printed: dict[str, tuple[Any, Piece]] = field(default_factory=dict, compare=False)
    """The last fact that filled each gap, as the files say it, and its words: the next contract often has the same."""


@dataclass(frozen=True)
class Filled:
    """A contract, and the facts in it that are still open, in the order of the contract."""

    content: bytes
    open_fields: tuple[OpenField, ...]


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


@dataclass
class Filling:
    """One contract being made from a pattern."""

    pattern: Pattern
    assembly: Assembly
    writer: Writer
    origin: Origin
    said: Mapping[str, Any]  # the description as its files say it
    known: dict[str, Piece] = field(default_factory=dict)

    def part(self, part: PartPattern) -> list[Piece]:
        """The pieces of a part with its gaps filled."""
        fill = self.runs if part.name.startswith("word/") else self.plain_words
        pieces = [part.pieces[0]]
        for gap, after in zip(part.gaps, part.pieces[1:], strict=True):
            pieces += (fill(gap), after)
        return pieces

    def runs(self, gap: str) -> Piece:
        """A fact as it stands in a Word document; one with fields to fill in is written anew, as each has a number."""
        if gap in self.known:
            return self.known[gap]
        said = _at(self.said, self.path_of(gap))
        last, piece = self.pattern.printed.get(gap, (None, None))
        if piece is not None and last == said:
            self.known[gap] = piece
            return piece
        return self.printed(gap, said)

    def printed(self, gap: str, said: Any) -> Piece:
        """A fact printed, and kept for the next contract when it is the file alone that decides over its words."""
        before = len(self.writer.open_fields)
        made = quick_piece(self.xml(gap).encode())
        if len(self.writer.open_fields) == before:
            self.known[gap] = made
            if said is not None:
                self.pattern.printed[gap] = (said, made)
        return made

    def path_of(self, gap: str) -> str:
        """The path in the description of the facts that fill a gap."""
        if gap.startswith(TABLE_OF):
            return self.assembly.list_of(gap.removeprefix(TABLE_OF)).list_path
        path, of_signatory, _ = gap.partition(SIGNATORY)
        return path.rpartition(".")[0] if of_signatory else path

    def xml(self, gap: str) -> str:
        """The XML of a fact, or of a table of facts."""
        if gap in AS_THEY_STAND:
            return in_run(getattr(self.assembly.facts.description, gap))
        if gap.startswith(TABLE_OF):
            return self.writer.bare_table(self.assembly.table_of(gap.removeprefix(TABLE_OF)))
        return self.writer.inline(self.text(gap))

    def text(self, gap: str) -> Text:
        """The words of a fact."""
        path, of_signatory, index = gap.partition(SIGNATORY)
        return self.assembly.signatory(path, int(index)) if of_signatory else self.assembly.printed(path)

    def plain_words(self, gap: str) -> Piece:
        """A fact as it stands in a part that is no document."""
        if gap == DESCRIPTION:
            words = self.origin.description
        else:
            words = digest_of(self.origin.description) if gap == DIGEST else plain(self.text(gap))
        return quick_piece(escape(words).encode())


def _at(said: Any, path: str) -> Any:
    """What the files say at a path; nothing for what they do not say, or what follows from other facts."""
    for step in path.split("."):
        if said.__class__ is not dict or step not in said:
            return None
        said = said[step]
    return said


def filled(pattern: Pattern, facts: Facts, language: str, origin: Origin, said: Mapping[str, Any]) -> Filled:
    """The contract of a description whose choices are those of the pattern."""
    style = pattern.style
    assembly = Assembly(facts, pattern.chosen, Printer(facts.library, language))
    filling = Filling(pattern, assembly, Writer(style.style_ids, style.text_width), origin, said)
    try:
        parts = [(part.name, filling.part(part)) for part in pattern.parts]
    except Unprintable:
        assemble(facts.description, facts.library, language)  # tells which paragraph asks for what is missing
        raise
    entries = (*pattern.fixed, *(entry(name, pieces) for name, pieces in parts))
    checksums = {each.name.decode(): (each.checksum, each.size) for each in entries}
    properties = custom_properties(language, origin, style, seal(checksums))
    content = zipped((*entries, entry(CUSTOM, (quick_piece(properties),))))
    return Filled(content, tuple(dict.fromkeys(filling.writer.open_fields)))
