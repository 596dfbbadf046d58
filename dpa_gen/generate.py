"""One description -> one contract per language: the whole path."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dpa_gen import __version__, intake, overlay
from dpa_gen.agreement import Agreement
from dpa_gen.assembly import assemble
from dpa_gen.coverage import applicable, met_by, unmet
from dpa_gen.description import Description
from dpa_gen.errors import DpaError
from dpa_gen.facts import Facts
from dpa_gen.findings import Finding, Severity
from dpa_gen.house import house_style
from dpa_gen.intake import Layers
from dpa_gen.library import Library, defaults_for
from dpa_gen.word import Origin, docx

DEFAULT_TEMPLATE = "plain"
# What a contract does not carry with it: settings of the workspace, and the position from which was negotiated.
KEPT_INSIDE = {"position", "positions", "clauses", "template", "agreement", "assessment", "record", "supervision"}


@dataclass(frozen=True)
class Wishes:
    """What the user asked on the command line."""

    languages: tuple[str, ...] = ()
    template: str | None = None
    clauses: tuple[Path, ...] = ()
    draft: bool = False


@dataclass(frozen=True)
class Prepared:
    """A description with the library it is made with, before a language is chosen."""

    path: Path
    layers: Layers
    description: Description
    library: Library

    @property
    def facts(self) -> Facts:
        """What is true of it."""
        return Facts(self.description, self.library)


@dataclass(frozen=True)
class Contract:
    """A contract in one language, ready to be written, with what a reader should know of it."""

    language: str
    agreement: Agreement
    findings: tuple[Finding, ...]
    content: bytes  # empty when the law calls it incomplete and no draft was asked

    @property
    def complete(self) -> bool:
        """Whether every MUST of the law is met."""
        return not any(finding.severity is Severity.RED for finding in self.findings)


def prepare(path: Path, wishes: Wishes) -> Prepared:
    """Read a description and its library; raises `DpaError` with every problem at once."""
    layers = intake.read(path)
    library = overlay.library(_folders(layers, wishes))
    position, positions = layers.value.get("position"), layers.value.get("positions")
    stance = position if isinstance(position, str) else "balanced"
    own = {k: v for k, v in positions.items() if isinstance(v, str)} if isinstance(positions, dict) else {}
    whole = layers.beneath(intake.nested(defaults_for(library, stance, own)))
    return Prepared(path, whole, intake.describe(whole, wishes.languages), library)


def _folders(layers: Layers, wishes: Wishes) -> tuple[Path, ...]:
    """The folders of own wording, the first on top: those of the command line, or else those that the files name."""
    if wishes.clauses:
        return wishes.clauses
    named = layers.value.get("clauses")
    names = [named] if isinstance(named, str) else named if isinstance(named, list) else []
    return tuple(layers.folder("clauses") / name for name in names if isinstance(name, str))


def usual_folders(folder: Path) -> tuple[Path, ...]:
    """The folders of own wording that the shared file of a workspace names."""
    shared = folder / intake.SHARED_FILE
    if not shared.is_file():
        return ()
    return _folders(intake.read(shared), Wishes())


def covered_by(path: Path, clauses: tuple[Path, ...]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """For each requirement that applies to one description, its level and the paragraphs that meet it."""
    prepared = prepare(path, Wishes(clauses=clauses))
    agreement = assemble(prepared.description, prepared.library, prepared.description.language[0])
    found = met_by(agreement)
    for requirement in applicable(prepared.facts):
        if requirement.level != "fact":
            yield requirement.id, requirement.level, found.get(requirement.id, ())


def contracts(prepared: Prepared, wishes: Wishes) -> Iterator[Contract]:
    """The contract in each language that was asked for, or else that the description names."""
    try:
        for language in wishes.languages or prepared.description.language:
            yield contract(prepared, wishes, language)
    except DpaError as trouble:
        raise DpaError(*map(prepared.layers.located, trouble.problems)) from None


def contract(prepared: Prepared, wishes: Wishes, language: str) -> Contract:
    """The contract in one language."""
    agreement = assemble(prepared.description, prepared.library, language)
    findings = tuple(unmet(agreement, prepared.facts))
    ready = Contract(language, agreement, findings, b"")
    if not ready.complete and not wishes.draft:
        return ready
    folder, template = _template(prepared, wishes)
    style = house_style(template, folder, language, agreement.labels)
    origin = Origin(
        facts_only(prepared.layers), prepared.library.version, prepared.library.digest, __version__, wishes.draft
    )
    return Contract(language, agreement, findings, docx(agreement, style, origin))


def _template(prepared: Prepared, wishes: Wishes) -> tuple[Path, str]:
    if wishes.template:
        return Path(), wishes.template
    if prepared.description.template:
        return prepared.layers.folder("template"), prepared.description.template
    return Path(), DEFAULT_TEMPLATE


def facts_only(layers: Layers) -> dict[str, Any]:
    """What a contract carries of its description: the facts, and nothing of how the house negotiates."""
    return {key: value for key, value in layers.value.items() if key not in KEPT_INSIDE}


def file_names(path: Path, contracts_made: Sequence[Contract]) -> Iterator[str]:
    """The file name of each contract of a description: its own name, with the language when there are several."""
    from dpa_gen.files import safe_name

    for made in contracts_made:
        ending = f"-{made.language}" if len(contracts_made) > 1 else ""
        yield f"{safe_name(path.stem)}{ending}.docx"
