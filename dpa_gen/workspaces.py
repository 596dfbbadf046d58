"""A folder with descriptions -> everything known of it, each file read apart: one that fails never stops others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from dpa_gen import activities, source
from dpa_gen.activities import Activity
from dpa_gen.agreement import Agreement
from dpa_gen.assembly import assemble
from dpa_gen.checking import counting, judged
from dpa_gen.coverage import unmet
from dpa_gen.description import Description, Party
from dpa_gen.errors import DpaError, Place, Problem
from dpa_gen.facts import Facts
from dpa_gen.files import safe_name
from dpa_gen.findings import Finding
from dpa_gen.generate import Contract, Prepared, Wishes, facts_only, prepare
from dpa_gen.intake import SHARED_FILE, shared_file
from dpa_gen.making import FOLDERS
from dpa_gen.package import unpacked
from dpa_gen.values import Open
from dpa_gen.word import CORE, CUSTOM, description_json, digest_of

Side = Literal["controller", "processor"]
MARKS = ("processor", "service")  # a description has at least one of these keys; a shared file is told by its name
MARKED = re.compile(rb"(?m)^(?:processor|service):")
NEVER = {activities.FOLDER, *FOLDERS.values()}
OTHER_SIDE: dict[Side, Side] = {"controller": "processor", "processor": "controller"}


@dataclass(frozen=True)
class Draft:
    """A contract that was made of a description and lies in its folder."""

    file: str  # as seen from the workspace
    made: date | None  # as the file itself says
    current: bool  # made of the description as it is now


@dataclass(frozen=True)
class Member:
    """One description of a workspace, with its contract in words and what lies on disk about it."""

    file: str  # as seen from the workspace
    facts: Facts
    agreement: Agreement
    findings: tuple[Finding, ...]
    drafts: tuple[Draft, ...] = ()
    file_there: bool = False  # whether the file that agreement.file names is there

    @property
    def description(self) -> Description:
        """The description itself."""
        return self.facts.description


@dataclass(frozen=True)
class Workspace:
    """A folder with everything that its files say."""

    name: str
    language: str
    side: Side
    owner: Party | None
    members: tuple[Member, ...]
    activities: tuple[tuple[str, Activity], ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def other(self) -> Side:
        """Which party of a description is not the owner."""
        return OTHER_SIDE[self.side]


def descriptions(folder: Path) -> tuple[Path, ...]:
    """The description files below a folder, in the order of their names; a file that is not YAML counts as one."""
    skipped = {path.resolve() for path in _wording(folder)}
    return tuple(path for path in _yaml_files(folder) if not _within(path, folder, skipped) and _describes(path))


def _yaml_files(folder: Path) -> list[Path]:
    found = [*folder.rglob("*.yaml"), *folder.rglob("*.yml")]
    return sorted(path for path in found if path.is_file() and not _hidden(path.relative_to(folder)))


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _within(path: Path, folder: Path, skipped: set[Path]) -> bool:
    """Whether a file is the shared one, or lies in a folder that holds no descriptions."""
    inside = set(path.relative_to(folder).parts[:-1])
    return path.name == SHARED_FILE or bool(inside & NEVER) or bool(skipped & set(path.resolve().parents))


def _wording(folder: Path) -> Iterator[Path]:
    """The folders of own wording that the shared file names, and the usual ones."""
    yield from (folder / "clauses", folder / "clausules")
    named = _shared(folder).get("clauses", ())
    for name in [named] if isinstance(named, str) else named:
        if isinstance(name, str):
            yield folder / name


def _describes(path: Path) -> bool:
    """Whether a file describes a processing; most show it by a key at the margin, without being read as YAML."""
    try:
        with path.open("rb") as file:
            if MARKED.search(file.read(source.LARGEST_FILE)):
                return True
        value = source.read(path).value
    except (DpaError, OSError):
        return True
    return isinstance(value, dict) and any(key in value for key in MARKS)


def _shared(folder: Path) -> dict[str, Any]:
    """What the shared file says; nothing when it is not there or cannot be read."""
    try:
        value = source.read(folder / SHARED_FILE).value
    except DpaError:
        return {}
    return value if isinstance(value, dict) else {}


def read(folder: Path, today: date) -> Workspace:
    """Everything in a workspace; raises `DpaError` only when there is no folder or nothing in it."""
    found = survey(folder, today)
    if not found.members and not found.activities and not found.problems:
        mend = "Put a description in processors/, or begin with `dpa-gen init`."
        raise DpaError.of("there are no descriptions in this folder.", mend, Place(str(folder)))
    return found


def survey(folder: Path, today: date) -> Workspace:
    """Everything in a workspace, which may be empty still; raises `DpaError` when there is no folder."""
    if not folder.is_dir():
        raise DpaError.of("this is not a folder.", "Give the folder of the workspace.", Place(str(folder)))
    return _gathered(folder, descriptions(folder), sorted(_own_activities(folder)), today)


def around(path: Path) -> Path:
    """The folder of the workspace to which a description belongs: that of its shared file, or its own."""
    shared = shared_file(path)
    return shared.parent if shared else path.parent


def _own_activities(folder: Path) -> list[Path]:
    return [path for path in _yaml_files(folder) if path.parent.name == activities.FOLDER]


def _gathered(folder: Path, paths: tuple[Path, ...], own: list[Path], today: date) -> Workspace:
    members: list[Member] = []
    performed: list[tuple[str, Activity]] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            members.append(member(folder, path, today))
        except DpaError as trouble:
            problems += trouble.problems
    for path in own:
        try:
            performed.append((_seen(path, folder), activities.read(path)))
        except DpaError as trouble:
            problems += trouble.problems
    side = side_of(_shared(folder))
    owner = getattr(members[0].description, side) if members else None
    found = tuple(members), tuple(performed), tuple(problems)
    return Workspace(folder.resolve().name, _language(folder, members), side, owner, *found)


def side_of(shared: dict[str, Any]) -> Side:
    """Which party the workspace belongs to: the one that its shared file describes."""
    return "processor" if "processor" in shared and "controller" not in shared else "controller"


def _language(folder: Path, members: list[Member]) -> str:
    named = _shared(folder).get("language")
    first = named[0] if isinstance(named, list) and named else named
    if first in FOLDERS:
        return str(first)
    return members[0].description.language[0] if members else "nl"


def member(folder: Path, path: Path, today: date) -> Member:
    """One description with its contract and its files; raises `DpaError` when it cannot be read."""
    prepared = prepare(path, Wishes())
    agreement = _assembled(prepared)
    standing = prepared.description.agreement
    return Member(
        _seen(path, folder),
        prepared.facts,
        agreement,
        findings(prepared, agreement, today),
        tuple(_drafts(folder, path, prepared)),
        bool(standing.file) and (path.parent / str(standing.file)).is_file(),
    )


def _assembled(prepared: Prepared) -> Agreement:
    try:
        return assemble(prepared.description, prepared.library, prepared.description.language[0])
    except DpaError as trouble:
        raise DpaError(*map(prepared.layers.located, trouble.problems)) from None


def findings(prepared: Prepared, agreement: Agreement, today: date) -> tuple[Finding, ...]:
    """What is wrong or risky in a description and the contract it makes; what the user accepted is left out."""
    lacking = tuple(unmet(agreement, prepared.facts))
    return counting(judged(prepared, Contract(prepared, agreement.language, lacking, b""), today))


def _seen(path: Path, folder: Path) -> str:
    """A file as seen from the workspace; a link is shown where it stands, not where it leads."""
    stands = path.parent.resolve() / path.name
    inside = stands.is_relative_to(folder.resolve())
    return stands.relative_to(folder.resolve()).as_posix() if inside else path.as_posix()


def _drafts(folder: Path, path: Path, prepared: Prepared) -> Iterator[Draft]:
    """The contracts that lie where `dpa-gen generate` puts them."""
    stem, digest = safe_name(path.stem), digest_of(description_json(facts_only(prepared.layers)))
    for where in (*(folder / name for name in FOLDERS.values()), path.parent):
        for name in (f"{stem}.docx", *(f"{stem}-{language}.docx" for language in FOLDERS)):
            if (where / name).is_file():
                yield _draft(where / name, folder, digest)


def _draft(file: Path, folder: Path, digest: str) -> Draft:
    """A contract file; its dates come from its own properties, because a copy changes those of the disk."""
    shown = _seen(file, folder)
    try:
        parts = unpacked(file.read_bytes(), shown)
    except (DpaError, OSError):
        return Draft(shown, None, current=False)
    core, custom = (parts.get(name, b"").decode(errors="replace") for name in (CORE, CUSTOM))
    return Draft(shown, _made(core), current="dpa-gen description" not in custom or digest in custom)


def _made(core: str) -> date | None:
    found = re.search(r"<dcterms:(?:modified|created)[^>]*>(\d{4}-\d{2}-\d{2})", core)
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None


def name_of(party: Party | None) -> str:
    """What a person calls a party: its trade name, or its legal name when that is known."""
    if party is None:
        return ""
    return party.trade_name or ("" if isinstance(party.name, Open) else party.name)
