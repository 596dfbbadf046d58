"""Checks of where personal data go outside the EEA, and on what that rests (Chapter V GDPR; LAW 1.9 and 4)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from dpa_gen import law
from dpa_gen.checks.case import PARTY_WORDS, Case, Trip, known, steps, trip, words_in
from dpa_gen.countrycodes import CountryCode
from dpa_gen.description import Assessment, Basis, Location, Subprocessor, Transfer
from dpa_gen.facts import TransferRow
from dpa_gen.law import in_eea
from dpa_gen.shape import KeyPath, shown
from dpa_gen.values import Open

UNITED_STATES = "US"
SOON = timedelta(days=365)
STAFF = ("employees", "former-employees", "temporary-workers", "applicants", "family-of-employees")
NEEDS_ASSESSMENT = (Basis.SCC, Basis.BCR)  # clause 14(d); Schrems II for every instrument of Article 46
SUPPORT = re.compile(r"ondersteun|helpdesk|\bbeheer|onderhoud|support|service desk|maintenance|administration", re.I)
UNKNOWN = {"nl": "land nog niet bekend", "en": "country not known yet"}
UNION = frozenset("AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE".split())


def outside(row: TransferRow) -> tuple[CountryCode, ...]:
    """The countries outside the EEA to which a row leads."""
    codes = row.country if isinstance(row.country, tuple) else (row.country,)
    return tuple(CountryCode(code) for code in codes if not in_eea(code))


def who(row: TransferRow) -> object:
    """The recipient as a message names it."""
    unknown = {"nl": "een nog onbekende ontvanger", "en": "a recipient that is not known yet"}
    return unknown if isinstance(row.recipient, Open) else row.recipient


def place_of(row: TransferRow) -> KeyPath:
    """Where a message about a transfer points: its entry, or what it rests on when that is given."""
    path = steps(row.path)
    return path if row.transfer is not None else path[:-1] if path[0] != "transfers" else ("processor", "country")


def every_transfer_has_a_basis(case: Case) -> Iterator[Trip]:
    """A transfer rests on a decision of Article 45 or a safeguard of Article 46."""
    open_ones = {shown((*path, "transfer")) for path, sub in case.subprocessors() if isinstance(sub.transfer, Open)}
    for row in case.transfers():
        told = {"recipient": who(row), "countries": outside(row)}
        if row.transfer is None and row.path not in open_ones:
            yield trip("T37", *place_of(row), **told)
        elif not isinstance(row.transfer, Transfer) or isinstance(row.transfer.basis, Open):
            yield trip("open-transfer", *place_of(row), **told)
        elif row.transfer.basis is Basis.DEROGATION:
            yield trip("derogation", *place_of(row), **told)
    if case.description.processor.country is None and isinstance(case.description.transfers.to_processor, Open):
        yield trip("open-transfer", "transfers", "to_processor", recipient=_processor(case), countries=UNKNOWN)


def _processor(case: Case) -> object:
    name = case.description.processor.name
    return name if isinstance(name, str) else PARTY_WORDS["processor"]


def often_mistaken(case: Case) -> Iterator[Trip]:
    """Some countries are taken for a part of the EEA and are none."""
    seen: set[str] = set()
    for row in case.transfers():
        for code in outside(row):
            why = law.countries().mistaken_for_eea.get(code)
            if why and code not in seen and not isinstance(row.transfer, Transfer):
                seen.add(code)
                yield trip("not-eea", *place_of(row), why=dict(why))


def based(case: Case, *bases: Basis) -> Iterator[tuple[TransferRow, Transfer]]:
    """The transfers that rest on one of some bases."""
    for row in case.transfers():
        if isinstance(row.transfer, Transfer) and row.transfer.basis in bases:
            yield row, row.transfer


def adequacy_holds(case: Case) -> Iterator[Trip]:
    """An adequacy decision is there for the country, holds today, and holds for this recipient."""
    for row, _ in based(case, Basis.ADEQUACY):
        for code in outside(row):
            yield from _decision(case, row, code)


def _decision(case: Case, row: TransferRow, code: CountryCode) -> Iterator[Trip]:
    decision, where = law.adequacy(code), place_of(row)
    if decision is None or code == UNITED_STATES or (case.today and not decision.holds_on(case.today)):
        yield trip("T38", *where, recipient=who(row), country=code, why=_why_not(code))
        return
    if decision.scope_limited:
        yield trip("adequacy-scope", *where, country=code, recipient=who(row), scope=dict(decision.scope))
    if case.today and decision.until and decision.until - SOON < case.today:
        yield trip("adequacy-ends", *where, country=code, decision=dict(decision.decision), until=decision.until)


def _why_not(code: str) -> dict[str, str]:
    decision = law.adequacy(code)
    if code == UNITED_STATES:
        return {
            "nl": "dat besluit geldt alleen voor organisaties op de lijst van het Data Privacy Framework (basis: dpf)",
            "en": "that decision holds only for organisations on the Data Privacy Framework list (basis: dpf)",
        }
    if decision is None:
        return {"nl": "voor dat land is er geen besluit", "en": "there is no decision for that country"}
    return {"nl": "dat besluit geldt vandaag niet", "en": "that decision does not hold today"}


def framework(case: Case) -> Iterator[Trip]:
    """The Data Privacy Framework is for the United States, for listed organisations, and has a fallback."""
    for row, transfer in based(case, Basis.DPF):
        elsewhere = tuple(code for code in outside(row) if code != UNITED_STATES)
        if elsewhere:
            why = {"nl": "het Data Privacy Framework geldt alleen voor de Verenigde Staten"}
            why["en"] = "the Data Privacy Framework is for the United States only"
            yield trip("T38", *place_of(row), recipient=who(row), country=elsewhere, why=why)
        elif transfer.fallback in (None, Basis.DPF, Basis.ADEQUACY):
            yield trip("T43", *place_of(row), recipient=who(row))
        if set(STAFF) & set(case.terms("data_subjects")):
            yield trip("dpf-staff", *place_of(row), recipient=who(row), staff=dict(law.dpf().staff_data))


def assessed(case: Case) -> Iterator[Trip]:
    """A transfer on standard clauses or binding rules has a documented assessment."""
    shared = case.description.transfers.clauses.assessment
    for row, transfer in based(case, *NEEDS_ASSESSMENT):
        own = transfer.assessment
        if not isinstance(own, Assessment) and (isinstance(own, Open) or not isinstance(shared, Assessment)):
            yield trip("transfer-assessment", *place_of(row), recipient=who(row), countries=outside(row))


def uses_clauses(case: Case) -> bool:
    """Whether a known transfer rests or falls back on the standard contractual clauses."""
    given = [row.transfer for row in case.transfers() if isinstance(row.transfer, Transfer)]
    return any(Basis.SCC in (transfer.basis, transfer.fallback) for transfer in given)


def choices_in_the_clauses(case: Case) -> Iterator[Trip]:
    """The standard contractual clauses come with their module and their choices, or they are not agreed."""
    if not uses_clauses(case):
        return
    clauses, where = case.description.transfers.clauses, ("transfers", "clauses")
    if clauses.importer_subject_to_gdpr is None or isinstance(clauses.authority, Open):
        yield trip("T40", *where)
    elif clauses.importer_subject_to_gdpr:
        yield trip("scc-importer", *where, "importer_subject_to_gdpr")
    derived = "2" if any(row.path == "transfers.to_processor" for row in case.transfers()) else "3"
    if clauses.module and clauses.module != derived:
        yield trip("scc-module", *where, "module", module=clauses.module, derived=derived)
    if clauses.governing_law not in UNION:
        yield trip("scc-law", *where, "governing_law", country=clauses.governing_law)
    if clauses.courts not in UNION:
        yield trip("scc-courts", *where, "courts", country=clauses.courts)


def kept_inside_reached_from_outside(case: Case) -> Iterator[Trip]:
    """Data that are kept within the EEA are transferred all the same when people outside can reach them."""
    processing = case.description.processing
    places, access = known(processing.locations), processing.remote_access
    if not places or isinstance(access, Open) or not all(in_eea(place.country) for place in places):
        return
    reached_from = {place.country for place in access}
    for path, sub in case.subprocessors():
        if isinstance(sub.country, str) and _may_look(sub) and sub.country not in reached_from:
            yield trip("T44", *path, name=sub.name or "?", country=sub.country)
    home = case.description.processor.country
    if home and not in_eea(home) and home not in reached_from:
        yield trip("T44", "processing", "remote_access", name=case.description.processor.name or "?", country=home)


def _may_look(sub: Subprocessor) -> bool:
    """Whether a sub-processor outside the EEA gives support, or keeps the data inside."""
    if isinstance(sub.country, Open) or in_eea(sub.country):
        return False
    inside = bool(sub.locations) and all(in_eea(place.country) for place in sub.locations)
    return inside or (not isinstance(sub.task, Open) and bool(SUPPORT.search(words_in(sub.task))))


def idle_basis(case: Case) -> Iterator[Trip]:
    """What stays within the EEA needs no basis for a transfer."""
    description = case.description
    home = description.processor.country
    if description.transfers.to_processor is not None and home and in_eea(home):
        yield trip("idle-transfer", "transfers", "to_processor")
    for path, sub in case.subprocessors():
        countries = sub.countries
        if sub.transfer is not None and countries and all(in_eea(code) for code in countries):
            yield trip("idle-transfer", *path, "transfer")
    for name in ("locations", "remote_access"):
        places: tuple[Location, ...] = known(getattr(description.processing, name))
        for index, place in enumerate(places):
            if place.transfer is not None and in_eea(place.country):
                yield trip("idle-transfer", "processing", name, index, "transfer")


def facts_of_today(case: Case) -> Iterator[Trip]:
    """The facts on countries were checked not too long ago."""
    if case.today and case.today > law.review_by():
        yield trip("countries-old", checked=law.checked_on(), review=law.review_by())
