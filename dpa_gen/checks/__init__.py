"""Description, facts and contract in; the rules that they trip out. Pure: no file is read here, and no clock."""

from __future__ import annotations

from collections.abc import Iterator

from dpa_gen.checks import consistency, dates, dutch, parties, phrases, processing, terms, transfers
from dpa_gen.checks.case import Case, Check, Trip

CHECKS: tuple[Check, ...] = (
    parties.registration_numbers,
    parties.addresses_and_contacts,
    parties.two_parties,
    parties.open_name,
    parties.open_country,
    parties.representative,
    parties.breach_contact,
    parties.subprocessor_names,
    parties.subprocessor_rows,
    dates.contract_before_processing,
    dates.end_after_beginning,
    dates.certificates,
    dates.assessments,
    dates.review,
    processing.opening_words,
    processing.open_places,
    processing.open_annexes,
    processing.measure_details,
    processing.which_data,
    processing.sensitive_data,
    processing.hidden_data,
    processing.measures_for,
    consistency.retention_of_all,
    consistency.data_of_subprocessors,
    consistency.no_transfers_allowed,
    transfers.every_transfer_has_a_basis,
    transfers.often_mistaken,
    transfers.adequacy_holds,
    transfers.framework,
    transfers.assessed,
    transfers.choices_in_the_clauses,
    transfers.kept_inside_reached_from_outside,
    transfers.idle_basis,
    transfers.facts_of_today,
    terms.notice_of_subprocessors,
    terms.breach_hours,
    terms.paid_assistance,
    terms.audit_notice,
    terms.deletion_days,
    dutch.national_number,
    dutch.care_standards,
    dutch.periods_of_law,
    dutch.whose_duty,
    dutch.health_secrecy,
    dutch.financial_sector,
    phrases.words_of_the_description,
    phrases.words_of_the_contract,
)


def trips(case: Case) -> Iterator[Trip]:
    """Every rule that a description and its contract trip."""
    for check in CHECKS:
        yield from check(case)
