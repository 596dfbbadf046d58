"""Checks of who the parties are: numbers, addresses, contacts, and whether they are two."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from dpa_gen.checks.case import PARTY_WORDS, Case, Trip, trip, words_in
from dpa_gen.checks.numbers import is_dutch_postcode, is_dutch_vat, is_email, is_kvk, is_phone
from dpa_gen.description import Address, Contact, Party, Registration
from dpa_gen.law import in_eea
from dpa_gen.shape import KeyPath
from dpa_gen.values import Open

DUTCH_FORM = re.compile(r"\b[BN]\.?V\.?(?=\s|$)|besloten vennootschap|eenmanszaak|stichting|firma", re.IGNORECASE)


def registration_numbers(case: Case) -> Iterator[Trip]:
    """A KvK number has eight digits, and a Dutch VAT number passes its checksum."""
    for role, party in case.parties():
        given = party.registration
        if not isinstance(given, Registration):
            continue
        if given.kvk and not is_kvk(given.kvk):
            yield trip("kvk-digits", role, "registration", "kvk", party=PARTY_WORDS[role], number=given.kvk)
        if given.vat and given.vat.upper().startswith("NL") and not is_dutch_vat(given.vat):
            yield trip("vat-checksum", role, "registration", "vat", party=PARTY_WORDS[role], number=given.vat)


def addresses_and_contacts(case: Case) -> Iterator[Trip]:
    """A Dutch postcode, an e-mail address and a telephone number have the form that they must have."""
    for path, noun in nouns(case.description, ()):
        if isinstance(noun, Address):
            yield from _address(noun, path)
        elif isinstance(noun, Contact):
            yield from _contact(noun, path)


def _address(address: Address, path: KeyPath) -> Iterator[Trip]:
    if address.country == "NL" and address.postcode and not is_dutch_postcode(address.postcode):
        yield trip("postcode-form", *path, "postcode", postcode=address.postcode)


def _contact(contact: Contact, path: KeyPath) -> Iterator[Trip]:
    if isinstance(contact.email, str) and not is_email(contact.email):
        yield trip("email-form", *path, "email", email=contact.email)
    if isinstance(contact.phone, str) and not is_phone(contact.phone):
        yield trip("phone-form", *path, "phone", phone=contact.phone)


def nouns(value: Any, path: KeyPath) -> Iterator[tuple[KeyPath, BaseModel]]:
    """Every noun of a description with its path."""
    if isinstance(value, BaseModel):
        yield path, value
        for name, info in type(value).model_fields.items():
            yield from nouns(getattr(value, name), (*path, info.alias or name))
    elif isinstance(value, tuple):
        for index, entry in enumerate(value):
            yield from nouns(entry, (*path, index))


def two_parties(case: Case) -> Iterator[Trip]:
    """Controller and processor are two persons; nobody can contract with itself."""
    if same(case.description.controller, case.description.processor):
        yield trip("same-party", "processor", "name", name=case.description.controller.name)


def same(one: Party, other: Party) -> bool:
    """Whether two parties carry the same name or the same KvK number."""
    names = [party.name.casefold() for party in (one, other) if isinstance(party.name, str)]
    numbers = [kvk_of(party) for party in (one, other)]
    return (len(names) == 2 and names[0] == names[1]) or (bool(numbers[0]) and numbers[0] == numbers[1])


def kvk_of(party: Party) -> str:
    """The KvK number of a party, empty when it is not known."""
    return (party.registration.kvk or "") if isinstance(party.registration, Registration) else ""


def open_name(case: Case) -> Iterator[Trip]:
    """A party whose legal name is not known is bound to nothing."""
    for role, party in case.parties():
        if isinstance(party.name, Open):
            yield trip("open-party", role, "name", party=PARTY_WORDS[role])


def open_country(case: Case) -> Iterator[Trip]:
    """The country of a processor decides whether there is a transfer; a Dutch legal form tells it."""
    processor = case.description.processor
    name = processor.name if isinstance(processor.name, str) else ""
    is_dutch = kvk_of(processor) or DUTCH_FORM.search(f"{name} {words_in(processor.form)}")
    if processor.country is None and not is_dutch:
        yield trip("open-country", "processor", "address", name=name or PARTY_WORDS["processor"])


def representative(case: Case) -> Iterator[Trip]:
    """A processor outside the EEA may need a representative in the Union."""
    processor = case.description.processor
    if processor.country and not in_eea(processor.country) and processor.representative is None:
        yield trip("representative", "processor", country=processor.country)


def breach_contact(case: Case) -> Iterator[Trip]:
    """The processor knows where to report a breach."""
    if isinstance(case.facts.value("breach.contact"), Open):
        yield trip("breach-contact", "breach", "contact")


def subprocessor_names(case: Case) -> Iterator[Trip]:
    """A sub-processor is another than the parties, and is listed once."""
    parties = {party.name.casefold(): role for role, party in case.parties() if isinstance(party.name, str)}
    seen: set[str] = set()
    for path, sub in case.subprocessors():
        name = sub.name.casefold() if isinstance(sub.name, str) else ""
        if name in parties:
            yield trip("subprocessor-is-party", *path, "name", name=sub.name, party=PARTY_WORDS[parties[name]])
        if name and name in seen:
            yield trip("subprocessor-twice", *path, "name", name=sub.name)
        seen.add(name)


def subprocessor_rows(case: Case) -> Iterator[Trip]:
    """Of each sub-processor the name, address, contact, place, task and data are known."""
    for path, sub in case.subprocessors():
        lacks = tuple(words for name, words in ROW.items() if isinstance(getattr(sub, name), Open))
        if lacks:
            who = sub.name if isinstance(sub.name, str) else NAMELESS
            yield trip("T21", *path, name=who, lacks=lacks)


ROW = {
    "name": {"nl": "naam", "en": "name"},
    "address": {"nl": "adres", "en": "address"},
    "contact": {"nl": "contactpunt", "en": "contact"},
    "country": {"nl": "land", "en": "country"},
    "task": {"nl": "taak", "en": "task"},
    "data": {"nl": "gegevens", "en": "data"},
}
NAMELESS = {"nl": "deze subverwerker", "en": "this sub-processor"}
