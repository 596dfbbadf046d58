"""Checks of days: what must come before what, and what has run out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dpa_gen.checks.case import Case, Trip, trip
from dpa_gen.description import Assessment, Duration, Transfer
from dpa_gen.keeping import State
from dpa_gen.shape import KeyPath


def _day(value: object) -> date | None:
    """A day that is known."""
    return value if isinstance(value, date) else None


def contract_before_processing(case: Case) -> Iterator[Trip]:
    """The contract binds before the processing starts; it does not work back."""
    description = case.description
    effective, start = _day(description.effective), _day(description.processing_starts)
    signed = description.agreement.signed
    if start and effective and effective > start:
        yield trip("T02", "effective", effective=effective, start=start)
    elif signed and _works_back(signed, effective, start):
        yield trip("T02", "agreement", "signed", effective=signed, start=min(filter(None, (effective, start))))
    elif start and case.today and start < case.today and not (effective or signed):
        yield trip("started-already", "processing_starts", start=start)


def _works_back(signed: date, effective: date | None, start: date | None) -> bool:
    """Whether a contract was signed after the processing began, or after the day from which it says to hold."""
    if start:
        return signed > start
    return bool(effective and signed > effective)


def end_after_beginning(case: Case) -> Iterator[Trip]:
    """The processing ends after it begins."""
    duration = case.description.processing.duration
    if not isinstance(duration, Duration) or duration.until is None:
        return
    begins = [day for day in (_day(case.description.effective), _day(case.description.processing_starts)) if day]
    if begins and duration.until < max(begins):
        yield trip("end-before-start", "processing", "duration", "until", until=duration.until, start=max(begins))
    elif case.today and duration.until < case.today:
        yield trip("ended-already", "processing", "duration", "until", until=duration.until)


def certificates(case: Case) -> Iterator[Trip]:
    """A certificate that the contract names is valid today."""
    for index, certificate in enumerate(case.description.security.certifications):
        until = _day(certificate.valid_until)
        if until and case.today and until < case.today:
            where = ("security", "certifications", index, "valid_until")
            yield trip("certificate-expired", *where, name=certificate.name, until=until)


def assessments(case: Case) -> Iterator[Trip]:
    """A transfer impact assessment has been made, and not tomorrow."""
    for path, assessment in _assessments(case):
        made = _day(assessment.date)
        if made and case.today and made > case.today:
            yield trip("assessment-ahead", *path, "date", made=made)


def _assessments(case: Case) -> Iterator[tuple[KeyPath, Assessment]]:
    clauses = case.description.transfers.clauses.assessment
    if isinstance(clauses, Assessment):
        yield ("transfers", "clauses", "assessment"), clauses
    for path, sub in case.subprocessors():
        if isinstance(sub.transfer, Transfer) and isinstance(sub.transfer.assessment, Assessment):
            yield (*path, "transfer", "assessment"), sub.transfer.assessment


def review(case: Case) -> Iterator[Trip]:
    """A contract that was signed is looked at again on a day that is agreed."""
    standing = case.description.agreement
    if standing.state is State.SIGNED and standing.review_by is None:
        yield trip("T52", "agreement")
