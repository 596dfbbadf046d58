"""A workspace -> the register as a book of sheets, with the overview that opens it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from dpa_gen.description import Party
from dpa_gen.findings import Severity
from dpa_gen.law import country_name, in_eea
from dpa_gen.library import shipped
from dpa_gen.progress import STATES
from dpa_gen.register import rows
from dpa_gen.register.rows import Row
from dpa_gen.register.wording import Teller
from dpa_gen.sheets.sheet import Bar, Bars, Book, Sheet
from dpa_gen.sheets.words import column, label, word
from dpa_gen.subject import Subject, subjects
from dpa_gen.values import Open
from dpa_gen.wording import day
from dpa_gen.workspaces import Workspace

COLUMNS = {
    "processing": (
        "activity reference purpose legal_basis data_subjects personal_data sensitive recipients processor transfers "
        "retention measures joint impact state description"
    ),
    "for-controllers": (
        "controller contact representative officer service categories personal_data transfers measures recipients "
        "state description"
    ),
    "agreements": (
        "service party country contact main_agreement state drafted sent signed ends checked version file open red "
        "amber description"
    ),
    "subprocessors": "service processor subprocessor address contact country task data basis",
    "transfers": "service recipient country for data basis assessment until",
}
ON_CARDS = ("processing", "for-controllers")  # too many columns for paper
TONES = {"none": "bad", "expired": "bad", "drafted": "warn", "sent": "warn", "signed": "good", "ended": "plain"}
SEVERITY_TONES = {"red": "bad", "amber": "warn", "info": "plain"}


def register(workspace: Workspace, today: date) -> Book:
    """The register of a workspace on a day."""
    known = tuple(subjects(workspace.members, workspace.side, workspace.language, today))
    return Book(
        word("titles", "register", workspace.language),
        workspace.language,
        _facts(workspace, today),
        tuple(_sheets(workspace, known)),
        overview(known, workspace.language),
    )


def _sheets(workspace: Workspace, known: tuple[Subject, ...]) -> Iterable[Sheet]:
    language = workspace.language
    own = [rows.activity_row(file, activity, language) for file, activity in workspace.activities]
    if workspace.side == "controller":
        yield sheet("processing", [*map(rows.processing_row, known), *own], language)
    else:
        yield sheet("for-controllers", map(rows.controller_row, known), language)
        if own:
            yield sheet("processing", own, language)
    yield sheet("agreements", map(rows.agreement_row, known), language)
    yield sheet("subprocessors", (row for subject in known for row in rows.subprocessor_rows(subject)), language)
    yield sheet("transfers", (row for subject in known for row in rows.transfer_rows(subject)), language)


def sheet(name: str, found: Iterable[Row], language: str) -> Sheet:
    """Rows under the columns of a sheet."""
    states = tuple(word("states", state, language) for state in STATES)
    keys = COLUMNS[name].split()
    columns = tuple(column(key, language, states if key == "state" else ()) for key in keys)
    values = tuple(tuple(row[key] for key in keys) for row in found)
    title, note = word("sheets", name, language), word("notes", name, language)
    return Sheet(name, title, columns, values, note, wide=name in ON_CARDS)


def _facts(workspace: Workspace, today: date) -> tuple[tuple[str, str], ...]:
    """Who keeps the register (Article 30(1)(a) and (2)(a)), and of which day it is."""
    language = workspace.language
    stand = (label("day", language), day(today, language))
    if workspace.owner is None:
        return (stand,)
    role = "owner" if workspace.side == "controller" else "owner-processor"
    say = Teller(shipped(), language, language)
    found = [(label(role, language), rows.party_name(workspace.owner, say))]
    found += [(label(name, language), text) for name, text in _party(workspace.owner, workspace.side, say) if text]
    return (*found, stand)


def _party(party: Party, side: str, say: Teller) -> Iterable[tuple[str, str]]:
    yield "registration", say.one(party.registration, f"{side}.registration")
    yield "address", say.one(party.address, f"{side}.address")
    yield "contact", say.one(party.contact, f"{side}.contact")
    yield "officer", say.one(party.dpo, f"{side}.dpo")
    yield "representative", say.one(party.representative, f"{side}.representative")


def overview(known: tuple[Subject, ...], language: str) -> tuple[Bars, ...]:
    """Agreements by state, services by country, findings by severity."""
    return (
        Bars(label("by-state", language), tuple(_by_state(known, language))),
        Bars(label("by-country", language), tuple(_by_country(known, language))),
        Bars(label("by-severity", language), tuple(_by_severity(known, language))),
    )


def _by_state(known: tuple[Subject, ...], language: str) -> Iterable[Bar]:
    found = [subject.progress.state for subject in known]
    for state in STATES:
        if state in found:
            yield Bar(word("states", state, language), found.count(state), TONES[state])


def _by_country(known: tuple[Subject, ...], language: str) -> Iterable[Bar]:
    """The countries from the most to the fewest services; those that are not known come last."""
    found = [countries(subject) for subject in known]
    codes = sorted({code for each in found for code in each if code}, key=lambda code: country_name(code, language))
    counted = sorted(((sum(code in each for each in found), code) for code in codes), key=lambda entry: -entry[0])
    for count, code in counted:
        outside = "" if in_eea(code) else f" ({label('outside', language)})"
        yield Bar(country_name(code, language) + outside, count, "good" if in_eea(code) else "warn")
    if unknown := sum("" in each for each in found):
        yield Bar(label("unknown", language), unknown, "bad")


def countries(subject: Subject) -> frozenset[str]:
    """Where the data of a description go; an empty code stands for what is not known."""
    description = subject.description
    found = {description.processor.country or ""}
    for places in (description.processing.locations, description.processing.remote_access):
        found |= {""} if isinstance(places, Open) else {place.country for place in places}
    listed = description.subprocessors.list_
    found |= {""} if isinstance(listed, Open) else {code for sub in listed for code in sub.countries}
    return frozenset(found)


def _by_severity(known: tuple[Subject, ...], language: str) -> Iterable[Bar]:
    found = [finding.severity for subject in known for finding in subject.member.findings]
    for severity in Severity:
        yield Bar(word("severities", severity.value, language), found.count(severity), SEVERITY_TONES[severity.value])
