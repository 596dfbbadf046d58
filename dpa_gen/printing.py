"""Values of a description to the words a contract prints: one place that knows how each kind of fact reads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cache
from typing import NamedTuple

from dpa_gen.agreement import OpenField, Span, Text
from dpa_gen.countrycodes import CountryCode
from dpa_gen.description import (
    Address,
    Assessment,
    Basis,
    Cap,
    Contact,
    MainAgreement,
    Registration,
    Retention,
    Transfer,
)
from dpa_gen.law import country_name
from dpa_gen.library import Library, Term
from dpa_gen.values import Open, Period, TermUse, Words
from dpa_gen.wording import article_of, day, held_together, listed, quantity

COUNTED = (("_hours", "hour"), ("_working_days", "working-day"), ("_days", "day"))
IN_SENTENCE = ("law.governing", "clauses.governing_law", "clauses.courts")  # “the law of the Netherlands”
WORDS_OF_LIST = {  # which vocabulary the entries of a list come from
    "processing.nature": "operations",
    "processing.data_subjects": "data-subjects",
    "processing.personal_data": "personal-data",
    "processing.retention.data": "personal-data",
    "processing.retention.after": "events",
    "security.measures": "measures",
    "subprocessors.list.data": "personal-data",
    "special_categories": "personal-data",
    "criminal_data": "personal-data",
    "national_numbers": "personal-data",
    "health_data": "personal-data",
    "sensitive": "personal-data",
}


@dataclass(frozen=True)
class Unprintable(Exception):  # noqa: N818  -- it is a message to assembly, which knows the paragraph
    """A blank asks for a fact that the description does not give."""

    path: str


class At(NamedTuple):
    """A path of the description; the generic form leaves the numbers of rows out."""

    path: str
    generic: str

    def step(self, name: str) -> At:
        """The path of a part."""
        return At(f"{self.path}.{name}", f"{self.generic}.{name}")

    def row(self, index: int) -> At:
        """The path of an entry, counted from 0."""
        return At(f"{self.path}[{index + 1}]", self.generic)


@cache
def at(path: str) -> At:
    """A path without rows."""
    return At(path, path)


def joined(texts: Iterable[Text], separator: str = ", ") -> Text:
    """Texts after each other with a separator between them."""
    spans: list[Span] = []
    for text in texts:
        if spans and text:
            spans.append(separator)
        spans += text
    return tuple(spans)


def _merged(text: Text) -> Text:
    """Neighbouring words as one span."""
    spans: list[Span] = []
    for span in text:
        if spans and isinstance(span, str) and isinstance(spans[-1], str):
            spans[-1] += span
        else:
            spans.append(span)
    return tuple(spans)


@dataclass(frozen=True)
class Printer:
    """Prints values in one language with the words of one library."""

    library: Library
    language: str

    def text(self, value: object, where: At) -> Text:
        """A value as it reads in the contract; raises `Unprintable` for one that is not given."""
        if value.__class__ is str:  # as nearly all facts are
            return (str(value),)
        if value is None:
            raise Unprintable(where.path)
        if isinstance(value, Open):
            return (self.open_field(where),)
        if isinstance(value, tuple | list):
            return self.list_text(value, where)
        return self.single(value, where)

    def single(self, value: object, where: At) -> Text:
        """A value that is not a list."""
        if value.__class__ is str:
            return (str(value),)
        if value.__class__ is Words:
            return (self.words(value, where),)
        group = self.group(value, where)
        return group if group is not None else (self.words(value, where),)

    def words(self, value: object, where: At) -> str:
        """A value that is always plain words."""
        if isinstance(value, bool):
            return self.phrase("yes" if value else "no")
        if isinstance(value, int):
            return self.counted(value, where)
        if isinstance(value, Words):
            return self.in_language(value, where)
        if isinstance(value, date):
            return day(value, self.language)
        if isinstance(value, Period):
            return self.quantity(value.amount, value.unit.value, words=False)
        if isinstance(value, CountryCode):
            return self.country(value, where)
        if isinstance(value, Basis):
            return held_together(self.phrase(f"bases.{value.value}"))
        return str(value.value) if isinstance(value, Enum) else str(value)

    def group(self, value: object, where: At) -> Text | None:
        """A value of several parts on one line, or nothing when it is not one."""
        if isinstance(value, TermUse):
            return self.term_use(value, where)
        if isinstance(value, Address):
            return self.address(value, where)
        if isinstance(value, Contact):
            return self.contact(value, where)
        if isinstance(value, Registration):
            return (self.registration(value),)
        if isinstance(value, MainAgreement):
            return self.main_agreement(value, where)
        if isinstance(value, Transfer):
            return self.transfer(value, where)
        if isinstance(value, Assessment):
            return self.assessment(value, where)
        if isinstance(value, Cap):
            return (self.cap(value, where),)
        return self.retention_period(value, where) if isinstance(value, Retention) else None

    def phrase(self, name: str) -> str:
        """A small word of the library."""
        return self.library.phrase(name, self.language)

    def open_field(self, where: At, title: str = "") -> OpenField:
        """The fill-in field of a fact that is not known yet."""
        entry = self._field_entry(where.generic)
        return OpenField(where.path, title or str(entry[self.language]), str(entry["who"]))

    def _field_entry(self, generic: str) -> dict[str, str]:
        fields = self.library.phrases["fields"]
        while generic not in fields and "." in generic:
            generic = generic.rpartition(".")[0]
        found: dict[str, str] = fields[generic]
        return found

    def in_language(self, words: Words, where: At) -> str:
        """The words in the language of the contract; a term of an event's vocabulary by its name."""
        text = words.in_language(self.language) or ""
        term = self.term(words, where)
        return term.name[self.language] if term else text

    def term(self, words: Words, where: At) -> Term | None:
        """The term of the vocabulary that the words name, when they name one."""
        vocabulary = WORDS_OF_LIST.get(where.generic)
        return (
            self.library.terms[vocabulary].get(words.nl) if vocabulary and words.nl and words.nl == words.en else None
        )

    def term_name(self, use: TermUse, where: At) -> str:
        """The name of a term, or the free words."""
        term = self.term(use.term, where)
        return term.name[self.language] if term else use.term.in_language(self.language) or ""

    def term_use(self, use: TermUse, where: At) -> Text:
        """A term with its detail in brackets."""
        name = self.term_name(use, where)
        detail = use.detail.in_language(self.language) if use.detail else None
        return (f"{name} ({detail})" if detail else name,)

    def list_text(self, values: Iterable[object], where: At) -> Text:
        """Values in a row: “a, b en c”."""
        texts = [self.single(value, where) for value in values]
        if not texts:
            return (self.phrase("none"),)
        if all(len(text) == 1 and isinstance(text[0], str) for text in texts):
            return (listed([str(text[0]) for text in texts], self.phrase("and")),)
        return joined(texts, "; ")

    def country(self, code: CountryCode, where: At) -> str:
        """The name of a country; with its article where it stands in a sentence."""
        article = article_of(code, self.language) if where.generic.endswith(IN_SENTENCE) else ""
        return article + country_name(code, self.language)

    def quantity(self, number: int, unit: str, words: bool = True) -> str:
        """A number with its unit."""
        one, many = (self.phrase(f"units.{unit}.{count}") for count in ("one", "many"))
        return quantity(number, (one, many), self.language, words)

    def counted(self, number: int, where: At) -> str:
        """A number of hours or days, in figures and in words."""
        unit = next((unit for ending, unit in COUNTED if where.generic.endswith(ending)), None)
        return self.quantity(number, unit) if unit else str(number)

    def address(self, address: Address, where: At) -> Text:
        """An address on one line."""
        street = self.text(address.street, where.step("street"))
        city = self.text(address.city, where.step("city"))
        town = (f"{address.postcode} ", *city) if address.postcode else city
        region: Text = (address.region,) if address.region else ()
        return _merged(joined((street, town, region, (country_name(address.country, self.language),))))

    def contact(self, contact: Contact, where: At) -> Text:
        """A contact on one line: name, role, e-mail, phone, address."""
        parts: list[Text] = []
        for name in ("name", "role", "email", "phone", "address"):
            value = getattr(contact, name)
            if value is not None:
                text = self.text(value, where.step(name))
                parts.append((f"{self.phrase('phone')} ", *text) if name == "phone" and contact.phone else text)
        return joined(parts)

    def registration(self, registration: Registration) -> str:
        """Registration numbers with the name of their register."""
        parts = []
        if registration.kvk:
            parts.append(f"{self.phrase('registration.kvk')} {registration.kvk}")
        if registration.number:
            parts.append(" ".join(filter(None, (registration.register_name, registration.number))))
        if registration.vat:
            parts.append(f"{self.phrase('registration.vat')} {registration.vat}")
        return ", ".join(parts)

    def main_agreement(self, agreement: MainAgreement, where: At) -> Text:
        """Title, number and date of the main agreement."""
        parts: list[Text] = [(self.in_language(agreement.title, where),)]
        if agreement.number:
            parts.append((f"{self.phrase('number')} {agreement.number}",))
        if agreement.date is not None:
            parts.append((f"{self.phrase('dated')} ", *self.text(agreement.date, where.step("date"))))
        return joined(parts)

    def transfer(self, transfer: Transfer, where: At) -> Text:
        """The basis of a transfer, and what it falls back on."""
        basis = self.text(transfer.basis, where.step("basis"))
        if transfer.fallback is None:
            return basis
        return (*basis, f", {self.phrase('fallback')} {self.words(transfer.fallback, where)}")

    def assessment(self, assessment: Assessment, where: At) -> Text:
        """The date and reference of a transfer impact assessment."""
        when = self.text(assessment.date, where.step("date"))
        reference: Text = (f" ({assessment.reference})",) if assessment.reference else ()
        return (f"{self.phrase('assessment')} ", *when, *reference)

    def cap(self, cap: Cap, where: At) -> str:
        """A limit of liability."""
        basis = self.in_language(cap.basis, where) if cap.basis else ""
        currency = cap.currency or self.phrase("euro")
        amount = f"{currency}\u00a0{self.money(cap.amount)}" if cap.amount else ""
        return ", ".join(filter(None, (amount, basis)))

    def money(self, amount: str) -> str:
        """An amount with its thousands apart; other text stays as it is."""
        if not amount.isdigit():
            return amount
        return f"{int(amount):,}".replace(",", "." if self.language == "nl" else ",")

    def retention_period(self, retention: Retention, where: At) -> Text:
        """How long: a period after an event, or a criterion."""
        if retention.period is None:
            return (self.in_language(retention.criterion or Words(), where),)
        period = self.words(retention.period, where)
        if retention.after is None:
            return (period,)
        return (f"{period} {self.phrase('after')} {self.in_language(retention.after, where.step('after'))}",)
