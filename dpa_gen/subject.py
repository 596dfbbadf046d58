"""What a task says of one description: the service, the other party, how sensitive it is, and what is still open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from dpa_gen.agreement import plain
from dpa_gen.description import Description
from dpa_gen.printing import Printer, at
from dpa_gen.progress import Progress, progress
from dpa_gen.values import Open, Words
from dpa_gen.workspaces import Member, Side, name_of

FOR = {"nl": "voor", "en": "for"}
ROW = re.compile(r"\[\d+\]")
# What the contract calls a party needs no saying in a question to that party.
NEEDLESS = re.compile(r" (?:van|namens) de Verwerk\w+| (?:of|for|on behalf of) the (?:Processor|Controller)\b")
DEFINED = re.compile(r"\b(?:Persoonsgegevens|Subverwerkers?|Inbreuk\w*|Doorgift\w*|Hoofdovereenkomst)\b")


@dataclass(frozen=True)
class Subject:
    """One description as a to-do list sees it."""

    member: Member
    side: Side
    language: str
    today: date

    @property
    def description(self) -> Description:
        """The description itself."""
        return self.member.description

    @cached_property
    def progress(self) -> Progress:
        """How far its agreement is."""
        return progress(self.member, self.today)

    @property
    def service(self) -> str:
        """The name of the service."""
        return self.words(self.description.service.name)

    @property
    def them(self) -> str:
        """What a person calls the other party, or the service while the party is not known."""
        other = self.description.processor if self.side == "controller" else self.description.controller
        return name_of(other) or self.service

    @property
    def for_service(self) -> str:
        """For which service, when the name of the other party does not say it already."""
        said = self.them.casefold() in self.service.casefold() or self.service.casefold() in self.them.casefold()
        return "" if said else f" {FOR[self.language]} {self.service}"

    @property
    def sensitive(self) -> bool:
        """Whether it holds special categories, criminal data or national numbers."""
        return bool(self.member.facts.value("sensitive"))

    def sensitive_data(self) -> str:
        """The sensitive data by their names."""
        facts, found = self.member.facts, []
        for use in facts.value("sensitive") or ():
            term = facts.term_of(use, "personal-data")
            found.append(term.name[self.language] if term else self.words(use.term))
        return ", ".join(found)

    def words(self, words: Words | None) -> str:
        """Words in the language of the list, or else in the one they were given in."""
        return (words.in_language(self.language) or words.nl or words.en or "") if words else ""

    def printed(self, path: str) -> str:
        """A fact as it reads, or nothing when it is not known."""
        value = self.member.facts.value(path)
        if value is None or isinstance(value, Open):
            return ""
        return plain(Printer(self.member.facts.library, self.spoken).text(value, at(path)))

    @property
    def spoken(self) -> str:
        """The language in which its facts can be printed."""
        languages = self.description.language
        return self.language if self.language in languages else languages[0]

    def open_facts(self, *who: str) -> dict[str, str]:
        """What the given parties must still fill in: title by path, each once."""
        found = (field for field in self.member.agreement.open_fields() if field.who in who)
        return {ROW.sub("", field.path): self.title(ROW.sub("", field.path)) for field in found}

    def title(self, path: str) -> str:
        """What an open fact is called in a sentence."""
        fields = self.member.facts.library.phrases["fields"]
        while path not in fields and "." in path:
            path = path.rpartition(".")[0]
        title = str(fields[path][self.language]) if path in fields else path
        return DEFINED.sub(lambda found: found[0].lower(), NEEDLESS.sub("", title))


def subjects(members: tuple[Member, ...], side: Side, language: str, today: date) -> Iterator[Subject]:
    """The descriptions of a workspace."""
    for member in members:
        yield Subject(member, side, language, today)
