"""Facts of a description as the register prints them: what is open or not given is said in so many words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dpa_gen.agreement import OpenField, Text
from dpa_gen.countrycodes import CountryCode
from dpa_gen.facts import TransferRow
from dpa_gen.keeping import ImpactAssessment
from dpa_gen.law import country_name
from dpa_gen.library import Library
from dpa_gen.printing import At, Printer, at
from dpa_gen.sheets.words import label, word
from dpa_gen.subject import Subject
from dpa_gen.values import Open, Words


@dataclass(frozen=True)
class Teller:
    """Prints the facts of one description in the language of the register."""

    library: Library
    language: str
    spoken: str  # the language in which the facts themselves were written

    @property
    def printer(self) -> Printer:
        """What prints single values."""
        return Printer(self.library, self.spoken)

    @property
    def unknown(self) -> str:
        """The words for a fact that is open."""
        return label("unknown", self.language)

    def one(self, value: object, path: str | At) -> str:
        """A value on one line; nothing for one that is not given."""
        where = at(path) if isinstance(path, str) else path
        if value is None or value == ():
            return ""
        return self.unknown if isinstance(value, Open) else self.told(self.printer.text(value, where))

    def told(self, text: Text) -> str:
        """A text with what is open in it named as such, and not by the title of its field in a contract."""
        return "".join(f"[{self.unknown}]" if isinstance(span, OpenField) else str(span) for span in text)

    def lines(self, value: object, path: str) -> tuple[str, ...]:
        """A list with an entry a line; an empty list says so."""
        if isinstance(value, Open):
            return (self.unknown,)
        entries = value if isinstance(value, tuple) else () if value is None else (value,)
        return tuple(self.one(entry, at(path).row(index)) for index, entry in enumerate(entries))

    def words(self, entries: Iterable[Words]) -> tuple[str, ...]:
        """Free words, each in the language of the register or else in its own."""
        return tuple(words.in_language(self.language) or words.nl or words.en or "" for words in entries)

    def country(self, code: object) -> str:
        """The names of one or more countries."""
        if isinstance(code, tuple):
            return ", ".join(map(self.country, code))
        return country_name(code, self.language) if isinstance(code, CountryCode) else self.unknown

    def transfer(self, row: TransferRow) -> str:
        """A transfer on one line: country, recipient and basis."""
        basis = self.one(row.transfer, row.path) or self.unknown
        return f"{self.country(row.country)}: {self.one(row.recipient, row.path)} ({basis})"

    def transfers(self, rows: tuple[TransferRow, ...] | Open) -> tuple[str, ...]:
        """Every transfer on a line of its own."""
        if isinstance(rows, Open):
            return (self.unknown,)
        return tuple(map(self.transfer, rows)) or (label("none", self.language),)

    def impact(self, noted: ImpactAssessment | None) -> str:
        """What was noted of an impact assessment."""
        return word("impacts", noted.outcome, self.language) if noted else ""


def teller(subject: Subject) -> Teller:
    """What prints the facts of a description."""
    return Teller(subject.member.facts.library, subject.language, subject.spoken)
