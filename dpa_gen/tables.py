"""The lists of a description as rows of a table: each row gives its cells by name, printed in one language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from dpa_gen.agreement import Text
from dpa_gen.description import Certificate, Location, Retention, Subprocessor, Transfer
from dpa_gen.facts import Facts, TransferRow
from dpa_gen.law import in_eea
from dpa_gen.printing import At, Printer, at, joined
from dpa_gen.values import Open, TermUse

Row = Mapping[str, Text]
NOTHING: Text = ("–",)


def rows(facts: Facts, printer: Printer, path: str) -> tuple[Row, ...] | Open:
    """The rows of a list, or `?` for a list that is not known yet; raises `KeyError` for a path without rows."""
    value = facts.value(path)
    if isinstance(value, Open):
        return value
    build, where = BUILDERS[path], at(path)
    return tuple(build(facts, printer, entry, where.row(index)) for index, entry in enumerate(value or ()))


def row(facts: Facts, printer: Printer, path: str, index: int) -> Row:
    """One row of a list, counted from 0."""
    return BUILDERS[path](facts, printer, facts.value(path)[index], at(path).row(index))


def _optional(printer: Printer, value: object, where: At) -> Text:
    return NOTHING if value is None or value == () else printer.text(value, where)


def _term_row(facts: Facts, printer: Printer, use: TermUse, where: At) -> Row:
    """A kind of personal data: what it is, how the law weighs it, and the law that allows a national number."""
    term = facts.term_of(use, "personal-data")
    weight = term.weight if term else ""
    basis: Text = _optional(printer, use.basis, where.step("basis"))
    if weight == "national-number" and use.basis is None:
        basis = (printer.open_field(where.step("basis")),)
    return {
        "name": (printer.term_name(use, where),),
        "detail": _optional(printer, use.detail, where.step("detail")),
        "kind": (printer.phrase(f"kinds.{weight or 'ordinary'}"),),
        "basis": basis,
    }


def _measure_row(facts: Facts, printer: Printer, use: TermUse, where: At) -> Row:
    """A measure with its parameter; a measure of the vocabulary without one leaves a field to fill in."""
    term = facts.term_of(use, "measures")
    detail = _optional(printer, use.detail, where.step("detail"))
    if use.detail is None and term and term.parameter:
        detail = (printer.open_field(where.step("detail"), term.parameter[printer.language]),)
    return {"name": (printer.term_name(use, where),), "detail": detail}


def _certificate_row(_: Facts, printer: Printer, certificate: Certificate, where: At) -> Row:
    names = ("name", "scope", "issuer", "number", "valid_until")
    return {name: _optional(printer, getattr(certificate, name), where.step(name)) for name in names}


def _retention_row(_: Facts, printer: Printer, retention: Retention, where: At) -> Row:
    return {
        "data": printer.text(retention.data, where.step("data")) if retention.data else (printer.phrase("all-data"),),
        "period": printer.retention_period(retention, where),
        "basis": _optional(printer, retention.basis, where.step("basis")),
    }


def _location_row(_: Facts, printer: Printer, location: Location, where: At) -> Row:
    names = ("country", "place", "party", "purpose")
    return {name: _optional(printer, getattr(location, name), where.step(name)) for name in names}


def _subprocessor_row(_: Facts, printer: Printer, sub: Subprocessor, where: At) -> Row:
    names = ("name", "address", "contact", "country", "task", "data")
    row = {name: printer.text(getattr(sub, name), where.step(name)) for name in names}
    row["places"] = _places(printer, sub, where)
    row["transfer"] = _basis_of(printer, sub, where)
    return row


def _places(printer: Printer, sub: Subprocessor, where: At) -> Text:
    """Where the sub-processor processes: its places, or else the country of its seat."""
    if not sub.locations:
        return printer.text(sub.country, where.step("country"))
    places = (joined((printer.text(p.country, where), (p.place,) if p.place else ()), ", ") for p in sub.locations)
    return joined(places, "; ")


def _basis_of(printer: Printer, sub: Subprocessor, where: At) -> Text:
    """What the transfer to a sub-processor rests on; no transfer when all its places are in the EEA."""
    if sub.transfer is not None:
        return printer.text(sub.transfer, where.step("transfer"))
    bases = [place.transfer for place in sub.locations if place.transfer is not None]
    if bases:
        return joined((printer.text(basis, where.step("transfer")) for basis in bases), "; ")
    known = not isinstance(sub.country, Open)
    if known and all(in_eea(code) for code in sub.countries):
        return (printer.phrase("no-transfer"),)
    return (printer.open_field(where.step("transfer")),)


def _transfer_row(_: Facts, printer: Printer, row: TransferRow, _where: At) -> Row:
    """A transfer: to whom, where, what for, which data, and on what it rests."""
    told, facts_at = At(row.path, row.generic), _told_at(row)
    transfer = row.transfer if isinstance(row.transfer, Transfer) else None
    basis: Text = (printer.open_field(told),)
    if transfer:
        basis = printer.text(transfer.basis, told.step("basis"))
    return {
        **{name: printer.text(getattr(row, name), where) for name, where in facts_at.items()},
        "basis": basis,
        "fallback": _optional(printer, transfer and transfer.fallback, told),
        "assessment": _optional(printer, transfer and transfer.assessment, told.step("assessment")),
        "supplementary": _optional(printer, transfer and transfer.supplementary, told),
    }


def _told_at(row: TransferRow) -> Mapping[str, At]:
    """Where the description tells what a row of transfers prints, so that an open fact has its field there."""
    own = At(row.path.rpartition(".")[0], row.generic.rpartition(".")[0])
    if row.generic.startswith("subprocessors"):
        return {
            "recipient": own.step("name"),
            "country": own.step("country"),
            "purpose": own.step("task"),
            "data": own.step("data"),
        }
    return {
        "recipient": at("processor.name"),
        "country": own.step("country"),
        "purpose": at("processing.subject"),
        "data": at("processing.personal_data"),
    }


Builder = Callable[[Facts, Printer, Any, At], Row]
BUILDERS: Mapping[str, Builder] = {
    "processing.personal_data": _term_row,
    "processing.retention": _retention_row,
    "processing.locations": _location_row,
    "processing.remote_access": _location_row,
    "security.measures": _measure_row,
    "security.certifications": _certificate_row,
    "subprocessors.list": _subprocessor_row,
    "transfers.rows": _transfer_row,
}
CELLS: Mapping[str, tuple[str, ...]] = {
    "processing.personal_data": ("name", "detail", "kind", "basis"),
    "processing.retention": ("data", "period", "basis"),
    "processing.locations": ("country", "place", "party", "purpose"),
    "processing.remote_access": ("country", "place", "party", "purpose"),
    "security.measures": ("name", "detail"),
    "security.certifications": ("name", "scope", "issuer", "number", "valid_until"),
    "subprocessors.list": ("name", "address", "contact", "country", "places", "task", "data", "transfer"),
    "transfers.rows": (
        "recipient",
        "country",
        "purpose",
        "data",
        "basis",
        "fallback",
        "assessment",
        "supplementary",
    ),
}
