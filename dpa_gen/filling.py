"""A pattern and the facts of one description in, its contract out: each gap filled, what was printed before reused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any

from dpa_gen.agreement import OpenField, Text, plain
from dpa_gen.assembly import ROWS_OF, SIGNATORY, Assembly, assemble
from dpa_gen.clause import ListTable
from dpa_gen.facts import Facts
from dpa_gen.ooxml import Writer, escape
from dpa_gen.package import Piece, entry, joined, quick_piece, zipped
from dpa_gen.pattern import PartPattern, Pattern
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
        """The pieces of a part with its gaps filled."""
        known, fill = (self.known, self.runs) if part.name.startswith("word/") else ({}, self.plain_words)
        pieces = [part.pieces[0]]
        for gap, after in zip(part.gaps, part.pieces[1:], strict=True):
            pieces += (known.get(gap) or fill(gap), after)
        return pieces

    def runs(self, gap: str) -> Piece:
        """A fact as it stands in a Word document, or the rows of a table."""
        if gap.startswith(ROWS_OF):
            return self.rows(gap, self.assembly.facts.library.list_tables[gap.removeprefix(ROWS_OF)])
        return self.printed(gap, _at(self.said, _path_of(gap)), lambda: self.fact(gap))

    def rows(self, gap: str, table: ListTable) -> Piece:
        """The rows of a table; where the files list the entries, each row is one that can have been printed before."""
        entries = _at(self.said, table.list_path)
        if not isinstance(entries, list):
            return self.printed(gap, entries, lambda: self.writer.rows(self.assembly.table_of(table)))
        return joined([self.printed(gap, said, partial(self.row, table, n)) for n, said in enumerate(entries)])

    def printed(self, gap: str, said: Any, xml: Callable[[], str]) -> Piece:
        """What the files say as it is printed, from memory when it can be; a field to fill in has its own number."""
        made = None if said is None else self.pattern.memory.of(gap, said)
        if made is None:
            before = len(self.writer.open_fields)
            made = quick_piece(xml().encode())
            if len(self.writer.open_fields) > before:
                return made
            if said is not None:
                self.pattern.memory.keep(gap, said, made)
        if not gap.startswith(ROWS_OF):
            self.known[gap] = made
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

    def plain_words(self, gap: str) -> Piece:
        """A fact as it stands in a part that is no document."""
        if gap == DESCRIPTION:
            words = self.origin.description
        else:
            words = digest_of(self.origin.description) if gap == DIGEST else plain(self.text(gap))
        return quick_piece(escape(words).encode())


@cache
def _path_of(gap: str) -> str:
    """The path in the description of the fact that fills a gap."""
    path, of_signatory, _ = gap.partition(SIGNATORY)
    return path.rpartition(".")[0] if of_signatory else path


def _at(said: Any, path: str) -> Any:
    """What the files say at a path; nothing for what they do not say, or what follows from other facts."""
    for step in path.split("."):
        if said.__class__ is not dict or step not in said:
            return None
        said = said[step]
    return said
