"""Contracts that were made, put in their places under names of their own; nothing of the user's is overwritten."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from dpa_gen.batch.manifest import Entry, Kept, Manifest, Stamp
from dpa_gen.batch.naming import Names
from dpa_gen.batch.plan import Order, Plan, Subject
from dpa_gen.batch.recipe import digest, digest_of_value
from dpa_gen.batch.rows import Row
from dpa_gen.batch.worker import NO_ROOM, Done, Made, no_room
from dpa_gen.errors import DpaError, Place, Problem
from dpa_gen.findings import Finding
from dpa_gen.making import FOLDERS
from dpa_gen.word import is_untouched


class State(StrEnum):
    """What became of a description."""

    MADE = "made"
    UNCHANGED = "unchanged"
    INCOMPLETE = "incomplete"
    REFUSED = "refused"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one description, and why."""

    description: str
    state: State
    files: tuple[str, ...] = ()
    open_fields: int = 0
    findings: tuple[tuple[str, Finding], ...] = ()  # with the language in which they are told
    problems: tuple[Problem, ...] = ()
    fault: str = ""

    def as_json(self) -> dict[str, Any]:
        """The fate as plain values."""
        return {
            "description": self.description,
            "state": self.state.value,
            "files": list(self.files),
            "open": self.open_fields,
            "findings": [{"language": language, **finding.as_json()} for language, finding in self.findings],
            "problems": [problem.as_json() for problem in self.problems],
        }


class NoRoomError(Exception):
    """Nothing more can be written at all."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem


class Placing:
    """Settles names, moves files into place and remembers them."""

    def __init__(self, order: Order, manifest: Manifest, plan: Plan) -> None:
        self.order, self.manifest, self.plan = order, manifest, plan
        self.names = Names(manifest.names())

    def unchanged(self, key: str) -> Fate:
        """The fate of a description whose contracts are as they should be."""
        files = self.manifest.entries[key].files.values()
        state = State.INCOMPLETE if any(kept.incomplete for kept in files) else State.UNCHANGED
        return Fate(key, state, tuple(kept.file for kept in files), sum(kept.open_fields for kept in files))

    def unread(self, key: str, problems: tuple[Problem, ...]) -> Fate:
        """The fate of a row that could not be read."""
        table, _, row = key.rpartition("#")
        return Fate(f"{self.manifest.name_of(table)}#{row}", State.REFUSED, problems=problems)

    def settled(self, done: Done, subject: Subject) -> Fate:
        """Put the contracts of a description in their places; raises `NoRoomError` when there is no room for any."""
        if done.full:
            raise NoRoomError(done.problems[0])
        if done.fault or done.problems:
            state = State.FAULT if done.fault else State.REFUSED
            return Fate(done.key, state, problems=done.problems, fault=done.fault)
        if done.same:
            self.remember(done, subject, self.manifest.entries[done.key].files, whole=True)
            return self.unchanged(done.key)
        return self.placed(done, subject)

    def placed(self, done: Done, subject: Subject) -> Fate:
        """Each contract of a description put in its place, or told why not."""
        known = self.manifest.entries.get(done.key)
        before = dict(known.files) if known else {}
        after, problems, changed = dict(before), list[Problem](), False
        for made in done.made:
            if made.stamp is None:
                continue
            name = self.name(done, made)
            try:
                old = before.get(made.language)
                stamp, moved = self.put(made, name, old if old and old.file == name else None, done.signed)
            except DpaError as trouble:
                problems += trouble.problems
                continue
            changed = changed or moved
            pdf = old.pdf if old and not moved else None
            after[made.language] = Kept(name, made.wanted, stamp, made.incomplete, made.open_fields, pdf)
            if old and old.file != name:
                self.leave(f"{done.key} ({old.file})", done, made.language, old)
        whole = not problems and all(made.stamp for made in done.made)
        if whole:
            for language in before.keys() - {made.language for made in done.made}:
                self.leave(f"{done.key} ({after[language].file})", done, language, after.pop(language))
        if after:
            self.remember(done, subject, after, whole)
        return self.fate(done, after, problems, changed)

    def fate(self, done: Done, after: dict[str, Kept], problems: list[Problem], changed: bool) -> Fate:
        """What is told of a description whose contracts were made."""
        incomplete = any(made.incomplete for made in done.made)
        state = State.MADE if changed else State.UNCHANGED
        state = State.REFUSED if problems else State.INCOMPLETE if incomplete else state
        findings = tuple((made.language, finding) for made in done.made for finding in made.findings)
        files = tuple(after[made.language].file for made in done.made if made.stamp and made.language in after)
        fields = sum(made.open_fields for made in done.made)
        return Fate(done.key, state, files, fields, findings, tuple(problems))

    def name(self, done: Done, made: Made) -> str:
        """The name of a contract from the folder of the batch, its own for ever."""
        ending = f"-{made.language}" if len(done.made) > 1 and "{language}" not in self.order.pattern else ""
        folder = "" if self.order.in_one else f"{FOLDERS[made.language]}/"
        return self.names.name_for(done.key, folder, made.wanted, f"{ending}.docx")

    def put(self, made: Made, name: str, old: Kept | None, signed: bool) -> tuple[Stamp, bool]:
        """Move a contract to its place, and tell whether that changed anything."""
        assert made.stamp is not None
        target = self.order.folder / name
        there, ours = _there(target, old)
        if there == made.stamp.digest:
            _discard(made.part)
            return _stamped(target, made.stamp), False
        if there and not self.order.force and (signed or not ours):
            _discard(made.part)
            raise _not_ours(target, signed)
        if self.order.dry:
            return made.stamp, True
        try:
            _move(made.part, target)
        except OSError as trouble:
            _discard(made.part)
            if trouble.errno in NO_ROOM:
                raise NoRoomError(no_room(trouble, self.order.folder)) from None
            mend = "Close it in Word if it is open there, and run the same command again."
            what = f"this file cannot be written: {trouble.strerror or trouble}."
            raise DpaError.of(what, mend, Place(str(target))) from None
        return _stamped(target, made.stamp), True

    def remember(self, done: Done, subject: Subject, files: dict[str, Kept], whole: bool) -> None:
        """Write down what was made of what; one that is not whole is looked at again next time."""
        assert done.recipe is not None
        assert done.parts is not None
        recipe = done.recipe if whole else replace(done.recipe, description="")
        stamps = {self.manifest.name_of(name): stamp for name, stamp in done.sources}
        self.manifest.sources.update(stamps)
        sources = tuple(stamps)
        row = digest_of_value(subject.value) if isinstance(subject, Row) else ""
        entry = Entry(recipe, self.plan.named(done.parts), sources, row, self.order.layout, files)
        self.manifest.keep(done.key, entry)

    def leave(self, key: str, done: Done, language: str, old: Kept) -> None:
        """Remember a file that has another name now, so that it is told until somebody removes it."""
        assert done.recipe is not None
        assert done.parts is not None
        recipe = replace(done.recipe, description="")
        self.manifest.keep(key, Entry(recipe, self.plan.named(done.parts), (), "", "", {language: old}))


def _there(target: Path, old: Kept | None) -> tuple[str, bool]:
    """The hash of the file in a place, and whether the program made it as it is."""
    if old is not None and old.stamp.holds(target):
        return old.stamp.digest, True
    try:
        raw = target.read_bytes()
    except FileNotFoundError:
        return "", True
    except OSError:
        return "unreadable", False
    return digest(raw), is_untouched(raw)


def _not_ours(target: Path, signed: bool) -> DpaError:
    if signed:
        what = "this contract was signed, as its description says, and would now be another; it is not overwritten."
        mend = "Give what changed a version of its own, or give --force to replace this file."
    else:
        what = "this file was not made by dpa-gen, or was changed since, so it is not overwritten."
        mend = "Give --force to replace it, or move it elsewhere."
    return DpaError.of(what, mend, Place(str(target)))


def _move(part: str, target: Path) -> None:
    try:
        os.replace(part, target)
    except FileNotFoundError:
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(part, target)


def _discard(part: str) -> None:
    if part:
        with contextlib.suppress(OSError):
            os.unlink(part)


def _stamped(target: Path, stamp: Stamp) -> Stamp:
    try:
        found = target.stat()
    except OSError:
        return stamp
    return Stamp(found.st_size, found.st_mtime_ns, stamp.digest)
