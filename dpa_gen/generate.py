"""One description -> one contract per language: the whole path."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from dpa_gen import __version__, intake, overlay
from dpa_gen.agreement import Agreement, Gap, OpenField
from dpa_gen.assembly import assemble
from dpa_gen.choosing import misfits
from dpa_gen.coverage import applicable, met_by, unmet
from dpa_gen.description import Description
from dpa_gen.errors import DpaError, raise_any
from dpa_gen.facts import Facts
from dpa_gen.filling import filled
from dpa_gen.findings import Finding, Severity
from dpa_gen.house import HouseStyle, house_style
from dpa_gen.intake import Layers
from dpa_gen.law import use_countries
from dpa_gen.library import Library, defaults_for
from dpa_gen.pattern import Pattern, pattern
from dpa_gen.pattern import key as pattern_key
from dpa_gen.word import DESCRIPTION, Origin, description_json, docx

DEFAULT_TEMPLATE = "plain"
# What a contract does not carry with it: settings of the workspace, and the position from which was negotiated.
KEPT_INSIDE = {"position", "positions", "clauses", "template", "agreement", "assessment", "record", "supervision"}
KEPT_INSIDE |= {"accepted", "countries"}


@dataclass(frozen=True)
class Wishes:
    """What the user asked on the command line."""

    languages: tuple[str, ...] = ()
    template: str | None = None
    clauses: tuple[Path, ...] = ()
    draft: bool = False
    countries: Path | None = None  # a newer file with facts on countries
    today: date | None = None  # for what depends on the day; without it those checks are left out


@dataclass(frozen=True)
class Prepared:
    """A description with the library it is made with, before a language is chosen."""

    path: Path
    layers: Layers
    description: Description
    library: Library

    @cached_property
    def facts(self) -> Facts:
        """What is true of it."""
        return Facts(self.description, self.library)


@dataclass(frozen=True)
class Contract:
    """A contract in one language, ready to be written, with what a reader should know of it."""

    prepared: Prepared
    language: str
    findings: tuple[Finding, ...]
    content: bytes  # empty when the law calls it incomplete and no draft was asked
    open_fields: tuple[OpenField, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether every MUST of the law is met."""
        return not any(finding.severity is Severity.RED for finding in self.findings)

    @cached_property
    def agreement(self) -> Agreement:
        """The contract as it is read, without Word."""
        return assemble(self.prepared.description, self.prepared.library, self.language)


def prepare(path: Path, wishes: Wishes) -> Prepared:
    """Read a description and its library; raises `DpaError` with every problem at once."""
    return prepare_layers(path, intake.read(path), wishes)


def prepare_layers(path: Path, layers: Layers, wishes: Wishes) -> Prepared:
    """What was read, wherever it came from, with its library and the library's defaults under it."""
    use_countries(countries_file(layers, wishes))
    library = overlay.library(own_folders(layers, wishes))
    position, positions = layers.value.get("position"), layers.value.get("positions")
    stance = position if isinstance(position, str) else "balanced"
    own = {k: v for k, v in positions.items() if isinstance(v, str)} if isinstance(positions, dict) else {}
    whole = layers.beneath(intake.nested(defaults_for(library, stance, own)))
    return Prepared(path, whole, intake.describe(whole, wishes.languages), library)


def own_folders(layers: Layers, wishes: Wishes) -> tuple[Path, ...]:
    """The folders of own wording, the first on top: those of the command line, or else those that the files name."""
    if wishes.clauses:
        return wishes.clauses
    named = layers.value.get("clauses")
    names = [named] if isinstance(named, str) else named if isinstance(named, list) else []
    return tuple(layers.folder("clauses") / name for name in names if isinstance(name, str))


def countries_file(layers: Layers, wishes: Wishes) -> Path | None:
    """The newer countries file of the command line, or else that of the files; None for the shipped one."""
    named = layers.value.get("countries")
    if wishes.countries or not isinstance(named, str):
        return wishes.countries
    return layers.folder("countries") / named


def usual_folders(folder: Path) -> tuple[Path, ...]:
    """The folders of own wording that the shared file of a workspace names."""
    shared = folder / intake.SHARED_FILE
    if not shared.is_file():
        return ()
    return own_folders(intake.read(shared), Wishes())


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
    facts = prepared.facts
    raise_any(misfits(facts))
    if (style := _style(prepared, wishes, language)).looks_into_facts:
        return _by_itself(prepared, wishes, language, style)
    made = _pattern(prepared, wishes, language, style)
    ready = Contract(prepared, language, made.findings, b"")
    if not ready.complete and not wishes.draft:
        return replace(ready, open_fields=ready.agreement.open_fields())
    whole = filled(made, facts, language, _origin(prepared, wishes), prepared.layers.value)
    return replace(ready, content=whole.content, open_fields=whole.open_fields)


def _by_itself(prepared: Prepared, wishes: Wishes, language: str, style: HouseStyle) -> Contract:
    """The contract in a house style whose tags need the facts themselves, so that no pattern can be made of it."""
    ready = Contract(prepared, language, (), b"")
    ready = replace(ready, findings=tuple(unmet(ready.agreement, prepared.facts)))
    ready = replace(ready, open_fields=ready.agreement.open_fields())
    if not ready.complete and not wishes.draft:
        return ready
    return replace(ready, content=docx(ready.agreement, style, _origin(prepared, wishes)))


def _style(prepared: Prepared, wishes: Wishes, language: str) -> HouseStyle:
    """The house style that was asked for, in a language."""
    folder, template = _template(prepared, wishes)
    return house_style(template, folder, language, prepared.library.labels[language])


_PATTERNS: dict[Hashable, Pattern] = {}
MOST_PATTERNS = 200  # kept at a time; a workspace has a handful


def _pattern(prepared: Prepared, wishes: Wishes, language: str, style: HouseStyle) -> Pattern:
    """The pattern for the choices of a description, made when it is not known yet."""
    choices = (style.digest, style.name, pattern_key(prepared.facts, language, wishes.draft))
    if choices not in _PATTERNS:
        if len(_PATTERNS) >= MOST_PATTERNS:
            _PATTERNS.clear()
        origin = replace(_origin(prepared, wishes), description=str(Gap(DESCRIPTION)))
        _PATTERNS[choices] = pattern(prepared.facts, language, style, origin)
    return _PATTERNS[choices]


def _origin(prepared: Prepared, wishes: Wishes) -> Origin:
    """What the file carries of where it came from."""
    library = prepared.library
    description = description_json(facts_only(prepared.layers))
    return Origin(description, library.version, library.digest, __version__, wishes.draft)


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
