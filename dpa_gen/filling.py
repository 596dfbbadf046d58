"""A pattern and the facts of one description in, its contract out: each gap filled, what was printed before reused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from dpa_gen.agreement import OpenField, Text, plain
from dpa_gen.assembly import SIGNATORY, Assembly, assemble
from dpa_gen.clause import ListTable
from dpa_gen.facts import Facts
from dpa_gen.ooxml import Writer, escape
from dpa_gen.package import Piece, entry, joined, quick_piece, zipped
from dpa_gen.pattern import Hole, PartPattern, Pattern
from dpa_gen.printing import Printer, Unprintable
from dpa_gen.word import CUSTOM, DESCRIPTION, DIGEST, Origin, custom_properties, digest_of, in_run, seal

AS_THEY_STAND = ("reference", "version")  # facts that are printed inside a run of the house style


@dataclass(frozen=True)
class Filled:
    """A contract, and the facts in it that are still open, in the order of the contract."""

    content: bytes
    open_fields: tuple[OpenField, ...]


def filled(pattern: Pattern, facts: Facts, language: str, origin: Origin, said: Mapping[str, Any]) -> Filled:
    """The contract of a description whose choices are those of the pattern; `said` is what its files say."""
    style = pattern.style
    assembly = Assembly(facts, pattern.chosen, Printer(facts.library, language))
    filling = Filling(pattern, assembly, Writer(style.style_ids, style.text_width), origin, said)
    try:
        entries = [*pattern.fixed, *[entry(part.name, filling.part(part)) for part in pattern.parts]]
    except Unprintable:
        assemble(facts.description, facts.library, language)  # tells which paragraph asks for what is missing
        raise
    sealed = seal({each.name.decode(): (each.checksum, each.size) for each in entries})
    entries.append(entry(CUSTOM, (quick_piece(custom_properties(language, origin, style, sealed)),)))
    return Filled(zipped(entries), tuple(dict.fromkeys(filling.writer.open_fields)))


@dataclass
class Filling:
    """One contract being made from a pattern."""

    pattern: Pattern
    assembly: Assembly
    writer: Writer
    origin: Origin
    said: Mapping[str, Any]
    known: dict[str, Piece] = field(default_factory=dict)  # what filled a gap of this contract already

    def part(self, part: PartPattern) -> list[Piece]:
        """The pieces of a part with its holes filled."""
        known, fill = (self.known, self.runs) if part.name.startswith("word/") else ({}, self.plain_words)
        pieces = [part.pieces[0]]
        for hole, after in zip(part.holes, part.pieces[1:], strict=True):
            pieces += (known.get(hole.gap) or fill(hole), after)
        return pieces

    def runs(self, hole: Hole) -> Piece:
        """A fact as it stands in a Word document, or the rows of a table."""
        said, table = _at(self.said, hole.path), hole.table
        if table is None:
            return self.printed(hole, repr(said) if said is not None else "", partial(self.fact, hole.gap))
        if isinstance(said, list | dict):  # one entry may stand where a list is expected
            rows = enumerate(map(repr, said if isinstance(said, list) else [said]))
            return joined([self.printed(hole, words, partial(self.row, table, number)) for number, words in rows])
        return self.printed(hole, "", lambda: self.writer.rows(self.assembly.table_of(table)))

    def printed(self, hole: Hole, words: str, xml: Callable[[], str]) -> Piece:
        """What the files say as it is printed, from memory when it can be; a field to fill in has its own number."""
        made = hole.kept.get(words)
        if made is None:
            before = len(self.writer.open_fields)
            made = quick_piece(xml().encode())
            if len(self.writer.open_fields) > before:
                return made
            if words:
                hole.keep(words, made)
        if hole.table is None:
            self.known[hole.gap] = made
        return made

    def fact(self, gap: str) -> str:
        """The XML of a fact."""
        if gap in AS_THEY_STAND:
            return in_run(getattr(self.assembly.facts.description, gap))
        return self.writer.inline(self.text(gap))

    def text(self, gap: str) -> Text:
        """The words of a fact."""
        path, of_signatory, index = gap.partition(SIGNATORY)
        return self.assembly.signatory(path, int(index)) if of_signatory else self.assembly.printed(path)

    def row(self, table: ListTable, number: int) -> str:
        """The XML of one row, counted from 0."""
        widths = self.writer.widths(tuple(column.width for column in table.columns))
        return self.writer.row(self.assembly.list_row(table, number), widths, labelled=False)

    def plain_words(self, hole: Hole) -> Piece:
        """A fact as it stands in a part that is no document."""
        if hole.gap == DESCRIPTION:
            words = self.origin.description
        else:
            words = digest_of(self.origin.description) if hole.gap == DIGEST else plain(self.text(hole.gap))
        return quick_piece(escape(words).encode())


def _at(said: Any, path: tuple[str, ...]) -> Any:
    """What the files say at a path; nothing for what they do not say, or what follows from other facts."""
    for step in path:
        if said.__class__ is not dict or (said := said.get(step)) is None:
            return None
    return said
