"""What a command did with one description: the files it made, the findings, and what is still open."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from dpa_gen.agreement import OpenField
from dpa_gen.checking import counting, judged
from dpa_gen.errors import DpaError, Place
from dpa_gen.findings import Finding, Severity
from dpa_gen.generate import Contract, Prepared, Wishes, contracts, file_names, prepare
from dpa_gen.intake import SHARED_FILE
from dpa_gen.shape import holds

FOLDERS = {"nl": "contracten", "en": "contracts"}
NO_CONTRACT = {".doc", ".docm", ".dotx", ".odt", ".pdf", ".rtf", ".txt", ".md", ".html", ".json", ".yaml", ".yml"}


@dataclass(frozen=True)
class Order:
    """Where and how the files are written."""

    output: Path | None = None
    with_pdf: bool = False
    force: bool = False
    many: bool = False  # several descriptions, so that the output must be a folder
    fail_on: Severity | None = None  # from which severity on a check has failed
    taken: frozenset[Path] = frozenset()  # what was made of the descriptions before this one


@dataclass(frozen=True)
class Assumed:
    """A fact that the description does not give and the contract prints all the same."""

    path: str
    value: str


@dataclass(frozen=True)
class Outcome:
    """One description, in one language: what was made of it."""

    description: str
    language: str
    file: str = ""
    pdf: str = ""
    changed: bool = True
    incomplete: bool = False
    findings: tuple[Finding, ...] = ()
    remarks: tuple[Finding, ...] = ()  # what `dpa-gen check` would say, when a contract was made
    open_fields: tuple[OpenField, ...] = ()
    assumed: tuple[Assumed, ...] = ()


@dataclass(frozen=True)
class Result:
    """The outcomes of one description, one for each language."""

    command: str
    outcomes: tuple[Outcome, ...]
    labels: dict[str, dict[str, str]] = field(default_factory=dict)
    fail_on: Severity | None = None

    @property
    def incomplete(self) -> bool:
        """Whether the law would call a contract incomplete."""
        return any(outcome.incomplete for outcome in self.outcomes)

    @property
    def failed(self) -> bool:
        """Whether a contract is incomplete or, for a check, a finding that counts is as grave as was asked."""
        if self.fail_on is None:
            return self.incomplete
        found = [finding for outcome in self.outcomes for finding in counting(outcome.findings)]
        return any(finding.severity.at_least(self.fail_on) for finding in found)

    def as_json(self) -> list[dict[str, Any]]:
        """The outcomes as plain values."""
        return [_outcome_json(outcome) for outcome in self.outcomes]


def _outcome_json(outcome: Outcome) -> dict[str, Any]:
    return {
        "description": outcome.description,
        "language": outcome.language,
        "file": outcome.file,
        "pdf": outcome.pdf,
        "incomplete": outcome.incomplete,
        "findings": [finding.as_json() for finding in outcome.findings],
        "open": [{"path": each.path, "title": each.title, "who": each.who} for each in outcome.open_fields],
        "assumed": [{"path": each.path, "value": each.value} for each in outcome.assumed],
    }


def make(path: Path, wishes: Wishes, order: Order) -> Result:
    """Make the contracts of one description and write them."""
    prepared = prepare(path, wishes)
    made = list(contracts(prepared, wishes))
    names = list(file_names(path, made))
    outcomes = [
        _written(prepared, contract, name, order, len(made)) for contract, name in zip(made, names, strict=True)
    ]
    remarks = counting(judged(prepared, made[0], wishes.today))
    outcomes[-1] = replace(outcomes[-1], remarks=remarks)
    return Result("generate", tuple(outcomes), _labels(prepared))


def inspect(path: Path, wishes: Wishes, order: Order = Order()) -> Result:
    """Say what is wrong or risky in one description, and what its contracts lack, leave open and assume."""
    prepared = prepare(path, wishes)
    assumed = tuple(_assumed(prepared))
    outcomes: list[Outcome] = []
    told: set[tuple[str, str]] = set()
    for contract in contracts(prepared, wishes):
        findings = tuple(f for f in judged(prepared, contract, wishes.today) if (f.rule, f.path) not in told)
        told |= {(finding.rule, finding.path) for finding in findings}
        outcomes.append(replace(_outcome(prepared, contract, assumed=assumed), findings=findings))
    return Result("check", tuple(outcomes), _labels(prepared), order.fail_on)


def _labels(prepared: Prepared) -> dict[str, dict[str, str]]:
    return {language: dict(labels) for language, labels in prepared.library.labels.items()}


def _outcome(prepared: Prepared, contract: Contract, **more: Any) -> Outcome:
    return Outcome(
        str(prepared.path),
        contract.language,
        incomplete=not contract.complete,
        findings=contract.findings,
        open_fields=contract.open_fields,
        **more,
    )


def _written(prepared: Prepared, contract: Contract, name: str, order: Order, count: int) -> Outcome:
    """Write one contract, and its PDF when asked; an incomplete one is not written."""
    from dpa_gen.files import may_write_pdf, write_contract, write_pdf
    from dpa_gen.pdf import needed_office, pdf

    if not contract.content:
        return _outcome(prepared, contract)
    target = _target(prepared, contract, name, order, count)
    if target.resolve() in order.taken:
        mend = "Rename one of the two, or make them one by one, each with its own --output."
        raise DpaError.of("this file is already the contract of another description.", mend, Place(str(target)))
    pdf_target = target.with_suffix(".pdf") if order.with_pdf else None
    if pdf_target:
        needed_office()
        may_write_pdf(pdf_target, order.force)
    changed = write_contract(target, contract.content, order.force)
    if pdf_target:
        write_pdf(pdf_target, pdf(target))
    return _outcome(prepared, contract, file=str(target), pdf=str(pdf_target or ""), changed=changed)


def _target(prepared: Prepared, contract: Contract, name: str, order: Order, count: int) -> Path:
    """Where a contract goes: the output that was asked, or a folder in the workspace."""
    if order.output is None:
        return _usual_folder(prepared, contract.language) / name
    suffix, is_folder = order.output.suffix.lower(), os.path.isdir(order.output)
    if suffix in NO_CONTRACT and not is_folder:
        what = f"a contract is a Word file, which does not end in {suffix}."
        raise DpaError.of(what, "Give --output a name that ends in .docx, or a folder.", Place(str(order.output)))
    if suffix != ".docx" or is_folder:
        return order.output / name
    if order.many or count > 1:
        what = "one file cannot hold several contracts."
        raise DpaError.of(what, "Give --output a folder.", Place(str(order.output)))
    return order.output


def _usual_folder(prepared: Prepared, language: str) -> Path:
    """Beside the shared file a folder for contracts; without a shared file the folder of the description."""
    shared = [Path(layer.name) for layer in prepared.layers.sources if Path(layer.name).name == SHARED_FILE]
    if not shared or shared[0] == prepared.path:
        return prepared.path.parent
    return shared[0].parent / FOLDERS[language]


def _assumed(prepared: Prepared) -> Iterator[Assumed]:
    """The values that come from the library's defaults and not from the files."""
    yield from _leaves(prepared, prepared.layers.value, ())


def _leaves(prepared: Prepared, value: Any, path: tuple[str, ...]) -> Iterator[Assumed]:
    if any(holds(source.value, path) and not isinstance(value, dict) for source in prepared.layers.sources):
        return
    if isinstance(value, dict) and not (path and set(value) <= {"nl", "en"}):
        for key, part in value.items():
            yield from _leaves(prepared, part, (*path, key))
        return
    shown = " / ".join(value.values()) if isinstance(value, dict) else str(value)
    if not any(holds(source.value, path) for source in prepared.layers.sources):
        yield Assumed(".".join(path), shown)
