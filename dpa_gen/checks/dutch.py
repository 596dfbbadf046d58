"""Checks of Dutch law: the citizen service number, care, and the periods that the law sets for keeping records."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dpa_gen.checks.case import Case, Trip, known, trip, words_in
from dpa_gen.description import Retention

CARE_WORDS = re.compile(
    r"\bWGBO\b|Wkkgz|Wabvpz|\bBegz\b|\bWet BIG\b|7:45[0-9]|zorgverlener|zorgaanbieder|psycholo|psychiat|huisarts"
    r"|tandarts|fysiotherap|logoped|\bGGZ\b|ziekenhuis|apotheek|care provider|physician|dentist",
    re.IGNORECASE,
)
FINANCIAL_WORDS = re.compile(
    r"\bbank\b|verzekeraar|verzekeringsmaatschappij|pensioenfonds|beleggingsonderneming|betaalinstelling"
    r"|\binsurer\b|insurance company|pension fund|investment firm|payment institution",
    re.IGNORECASE,
)
DUTY_WORDS = re.compile(r"rijksbelastingen|\bAWR\b|7:454|2:10\b|\bWGBO\b|Jeugdwet|General State Taxes", re.IGNORECASE)
CARE_TERMS = {"patients", "professionals", "medical-file"}
FILE_YEARS, LOG_YEARS, TAX_YEARS = 20, 5, 7
YEAR = 365


def in_the_netherlands(case: Case) -> bool:
    """Whether the controller is Dutch; one whose country is not given counts as such."""
    return case.description.controller.country in (None, "NL")


def is_care(case: Case) -> bool:
    """Whether the controller provides care, as far as the description shows it."""
    if CARE_TERMS & {*case.terms("data_subjects"), *case.terms("personal_data")}:
        return True
    party, processing = case.description.controller, case.description.processing
    uses = known(processing.personal_data)
    rows = [row.basis for row in known(processing.retention)]
    said = words_in(party.form, *(use.basis for use in uses), *rows)
    names = " ".join(name for name in (party.name, party.trade_name) if isinstance(name, str))
    return bool(CARE_WORDS.search(f"{names} {said}"))


def national_number(case: Case) -> Iterator[Trip]:
    """A national number is used only where a law says so, and the contract names that law."""
    for index, use in enumerate(known(case.description.processing.personal_data)):
        if use in case.weighed("national_numbers") and use.basis is None:
            yield trip("T08", "processing", "personal_data", index, data=use)


def care_standards(case: Case) -> Iterator[Trip]:
    """A Dutch care provider has its supplier follow NEN 7510, 7513 for logging and 7512 for exchange."""
    if not (case.on_health() and in_the_netherlands(case)):
        return
    if not is_care(case):
        uses = known(case.description.processing.personal_data)
        first = uses.index(case.on_health()[0])
        yield trip("care-question", "processing", "personal_data", first)
    elif case.measures():
        wanted = ("NEN 7510", "NEN 7513", *(("NEN 7512",) if "exchange" in case.terms("nature") else ()))
        said = _security_words(case)
        lacks = tuple(norm for norm in wanted if norm.replace(" ", "") not in said)
        if lacks:
            yield trip("T09", "security", norms=lacks)


def _security_words(case: Case) -> str:
    """Everything that is said about security, without spaces."""
    security = case.description.security
    said = [words_in(use.term, use.detail) for use in known(security.measures)]
    said += [f"{certificate.name} {words_in(certificate.scope)}" for certificate in security.certifications]
    return re.sub(r"[\s\u00a0-]", "", " ".join(said)).upper()


def periods_of_law(case: Case) -> Iterator[Trip]:
    """A medical file, a log of access and the accounts are kept as long as the law says."""
    if not in_the_netherlands(case):
        return
    care = is_care(case)
    for index, row in enumerate(known(case.description.processing.retention)):
        words = {word.nl for word in row.data}
        if care and "medical-file" in words and _shorter(row, FILE_YEARS):
            yield trip("medical-file-years", "processing", "retention", index)
        if care and "log-data" in words and case.on_health() and _shorter(row, LOG_YEARS):
            yield trip("log-years", "processing", "retention", index)
        if words & {"invoices", "tax-data"} and _shorter(row, TAX_YEARS):
            yield trip("tax-years", "processing", "retention", index)


def _shorter(row: Retention, years: int) -> bool:
    return row.period is not None and row.period.days < years * YEAR


def whose_duty(case: Case) -> Iterator[Trip]:
    """A duty to keep records binds the controller; it is no ground for the processor to keep them after the end."""
    for index, row in enumerate(known(case.description.processing.retention)):
        if row.basis and DUTY_WORDS.search(words_in(row.basis)):
            yield trip("duty-to-keep", "processing", "retention", index, basis=row.basis)
            return


def health_secrecy(case: Case) -> Iterator[Trip]:
    """Whoever sees data on health is bound to secrecy, and the measures say how that is seen to."""
    measures, is_health = case.measures(), bool(case.on_health())
    if is_health and in_the_netherlands(case) and measures and "staff-confidentiality" not in measures:
        yield trip("health-secrecy", "security", "measures")


def financial_sector(case: Case) -> Iterator[Trip]:
    """A financial firm has more to agree with its suppliers than Article 28."""
    party = case.description.controller
    names = " ".join(name for name in (party.name, party.trade_name) if isinstance(name, str))
    if FINANCIAL_WORDS.search(f"{names} {words_in(party.form)}"):
        yield trip("dora", "controller", "name")
