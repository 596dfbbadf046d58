"""Descriptions and activities -> the rows of the register's sheets, each as values by the key of their column."""

from __future__ import annotations

from collections.abc import Iterator

from dpa_gen.activities import Activity
from dpa_gen.countrycodes import CountryCode
from dpa_gen.description import Party, Retention, Subprocessor, Transfer
from dpa_gen.facts import TransferRow
from dpa_gen.findings import Severity
from dpa_gen.law import adequacy
from dpa_gen.library import shipped
from dpa_gen.printing import at
from dpa_gen.register.wording import Teller, teller
from dpa_gen.sheets.sheet import Value
from dpa_gen.sheets.words import label, word
from dpa_gen.subject import Subject
from dpa_gen.values import Open

Row = dict[str, Value]


def processing_row(subject: Subject) -> Row:
    """What Article 30(1) asks of a processing that a processor does."""
    say, description = teller(subject), subject.description
    processing, record = description.processing, description.record
    return {
        "activity": subject.service,
        "reference": description.reference or "",
        "purpose": say.lines(processing.purpose, "processing.purpose"),
        "legal_basis": say.words(record.legal_basis) or (say.unknown,),
        "data_subjects": say.lines(processing.data_subjects, "processing.data_subjects"),
        "personal_data": say.lines(processing.personal_data, "processing.personal_data"),
        "sensitive": sensitive(subject),
        "recipients": recipients(subject, say),
        "processor": party_name(description.processor, say),
        "transfers": say.transfers(subject.member.facts.transfers),
        "retention": retention(processing.retention, say),
        "measures": measures(subject, say),
        "joint": say.words(record.joint_controllers),
        "impact": say.impact(record.impact_assessment),
        "state": word("states", subject.progress.state, subject.language),
        "description": subject.member.file,
    }


def activity_row(file: str, activity: Activity, language: str) -> Row:
    """What Article 30(1) asks of a processing in one's own house."""
    say = Teller(shipped(), language, language)
    return {
        "activity": say.words((activity.name,))[0],
        "reference": activity.reference or "",
        "purpose": say.words(activity.purpose),
        "legal_basis": say.words(activity.legal_basis) or (say.unknown,),
        "data_subjects": say.lines(activity.data_subjects, "processing.data_subjects"),
        "personal_data": say.lines(activity.personal_data, "processing.personal_data"),
        "sensitive": _weighty(activity, language),
        "recipients": say.words(activity.recipients) or (label("none", language),),
        "processor": label("own", language),
        "transfers": say.words(activity.transfers) or (label("none", language),),
        "retention": retention(activity.retention, say) or (say.unknown,),
        "measures": say.lines(activity.measures, "security.measures") or (say.unknown,),
        "joint": say.words(activity.joint_controllers),
        "impact": say.impact(activity.impact_assessment),
        "state": "",
        "description": file,
    }


def controller_row(subject: Subject) -> Row:
    """What Article 30(2) asks of a processing that the workspace's owner does for a controller."""
    say, description = teller(subject), subject.description
    party = description.controller
    return {
        "controller": party_name(party, say),
        "contact": say.one(party.contact, "controller.contact"),
        "representative": say.one(party.representative, "controller.representative"),
        "officer": say.one(party.dpo, "controller.dpo"),
        "service": subject.service,
        "categories": say.lines(description.processing.nature, "processing.nature"),
        "personal_data": say.lines(description.processing.personal_data, "processing.personal_data"),
        "transfers": say.transfers(subject.member.facts.transfers),
        "measures": measures(subject, say),
        "recipients": recipients(subject, say),
        "state": word("states", subject.progress.state, subject.language),
        "description": subject.member.file,
    }


def agreement_row(subject: Subject) -> Row:
    """The agreement of a description, with its dates and what is still open."""
    say, description, found = teller(subject), subject.description, subject.progress
    role = "processor" if subject.side == "controller" else "controller"
    party: Party = getattr(description, role)
    findings = [finding.severity for finding in subject.member.findings]
    return {
        "service": subject.service,
        "party": party_name(party, say),
        "country": say.country(party.country),
        "contact": say.one(party.contact, f"{role}.contact"),
        "main_agreement": say.one(description.service.main_agreement, "service.main_agreement"),
        "state": word("states", found.state, subject.language),
        "drafted": found.drafted,
        "sent": found.sent,
        "signed": found.signed,
        "ends": found.ended or found.until,
        "checked": description.supervision.checked,
        "version": found.version if found.state != "none" else "",
        "file": found.file,
        "open": len(subject.open_facts("controller", "processor", "both")),
        "red": findings.count(Severity.RED),
        "amber": findings.count(Severity.AMBER),
        "description": subject.member.file,
    }


def subprocessor_rows(subject: Subject) -> Iterator[Row]:
    """Every sub-processor of a description; a list that is open gives one row that says so."""
    listed = subject.description.subprocessors.list_
    say = teller(subject)
    head: Row = {"service": subject.service, "processor": party_name(subject.description.processor, say)}
    if isinstance(listed, Open):
        yield {**head, "subprocessor": say.unknown, "address": "", "contact": "", "country": "", "task": "", "data": "",
               "basis": ""}  # fmt: skip
        return
    for index, sub in enumerate(listed):
        yield {**head, **_subprocessor(sub, index, say)}


def _subprocessor(sub: Subprocessor, index: int, say: Teller) -> Row:
    where = at("subprocessors.list").row(index)
    countries = sub.countries
    return {
        "subprocessor": say.one(sub.name, where.step("name")),
        "address": say.one(sub.address, where.step("address")),
        "contact": say.one(sub.contact, where.step("contact")),
        "country": tuple(say.country(CountryCode(code)) for code in countries) or (say.unknown,),
        "task": say.one(sub.task, where.step("task")),
        "data": tuple(say.one(use, where.step("data")) for use in sub.data)
        if not isinstance(sub.data, Open)
        else say.unknown,
        "basis": say.one(sub.transfer, where.step("transfer")),
    }


def transfer_rows(subject: Subject) -> Iterator[Row]:
    """Every transfer of a description that is known."""
    rows, say = subject.member.facts.transfers, teller(subject)
    for row in () if isinstance(rows, Open) else rows:
        yield {
            "service": subject.service,
            "recipient": say.one(row.recipient, row.path),
            "country": say.country(row.country),
            "for": say.one(row.purpose, row.path),
            "data": say.lines(row.data, "processing.personal_data"),
            "basis": say.one(row.transfer, row.path) or say.unknown,
            "assessment": _assessment(row, say),
            "until": _until(row),
        }


def _assessment(row: TransferRow, say: Teller) -> str:
    found = row.transfer.assessment if isinstance(row.transfer, Transfer) else None
    return say.one(found, row.path)


def _until(row: TransferRow) -> Value:
    """The last day of the decision that the transfer rests on."""
    resting = isinstance(row.transfer, Transfer) and row.transfer.basis in ("adequacy", "dpf")
    decision = adequacy(row.country) if resting and isinstance(row.country, str) else None
    return decision.until if decision else None


def measures(subject: Subject, say: Teller) -> tuple[str, ...]:
    """The measures of security, with the extra safeguards for sensitive data."""
    description = subject.description
    listed = say.lines(description.security.measures, "security.measures")
    return (*listed, *say.words(description.processing.safeguards))


def party_name(party: Party, say: Teller) -> str:
    """The legal name of a party with its trade name."""
    legal = say.unknown if isinstance(party.name, Open) else party.name
    return f"{party.trade_name} ({legal})" if party.trade_name and party.trade_name != legal else legal


def recipients(subject: Subject, say: Teller) -> tuple[str, ...]:
    """Who receives the data: the processor, its sub-processors, and those that the record names."""
    description = subject.description
    listed = description.subprocessors.list_
    subs = (say.unknown,) if isinstance(listed, Open) else tuple(say.one(sub.name, "subprocessors") for sub in listed)
    own = (party_name(description.processor, say),) if subject.side == "controller" else ()
    kind = word("sheets", "subprocessors", subject.language).lower()
    chain = (f"{kind}: {', '.join(subs)}",) if subs else ()
    return (*own, *chain, *say.words(description.record.recipients))


def retention(rows: tuple[Retention, ...] | Open, say: Teller) -> tuple[str, ...]:
    """How long which data are kept, an entry a line, with the law that prescribes it."""
    if isinstance(rows, Open):
        return (say.unknown,)
    return tuple(_kept(row, index, say) for index, row in enumerate(rows))


def _kept(row: Retention, index: int, say: Teller) -> str:
    where = at("processing.retention").row(index)
    period = say.one(row, where)
    of = f"{say.one(row.data, where.step('data'))}: " if row.data else ""
    basis = f" ({say.words((row.basis,))[0]})" if row.basis else ""
    return f"{of}{period}{basis}"


def sensitive(subject: Subject) -> tuple[str, ...]:
    """The special, criminal and national-number data by name."""
    names = subject.sensitive_data()
    return tuple(names.split(", ")) if names else (label("none", subject.language),)


def _weighty(activity: Activity, language: str) -> tuple[str, ...]:
    """The sensitive data of an activity: the terms of the vocabulary that carry weight."""
    terms = shipped().terms["personal-data"]
    used = (terms.get(use.term.nl or "") for use in activity.personal_data)
    return tuple(term.name[language] for term in used if term and term.weight) or (label("none", language),)
