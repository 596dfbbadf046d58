"""One description of many -> its contracts beside their places, with what went wrong; it never raises."""

from __future__ import annotations

import errno
import os
import traceback
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from dpa_gen.batch.manifest import Stamp
from dpa_gen.batch.naming import wanted_name
from dpa_gen.batch.recipe import Parts, Recipe, digest, parts_of, recipe_of
from dpa_gen.batch.rows import Row, prepare_row
from dpa_gen.errors import DpaError, Place, Problem
from dpa_gen.findings import Finding, Severity
from dpa_gen.generate import Contract, Prepared, Wishes, contracts, prepare
from dpa_gen.keeping import State

PART = ".dpa-gen-{}-{}.part"  # a contract that does not stand in its place yet
NO_ROOM = {errno.ENOSPC, errno.EROFS, getattr(errno, "EDQUOT", errno.ENOSPC)}


@dataclass(frozen=True)
class Job:
    """What is the same for every description of a run."""

    wishes: Wishes
    pattern: str
    folder: Path
    dry: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """One description to be made: a file, or a row of a table; and the recipe of the contracts that are there."""

    key: str
    subject: Path | Row
    known: Recipe | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """A contract in one language, waiting in a file beside its place; without content when it is incomplete."""

    language: str
    wanted: str
    part: str = ""
    stamp: Stamp | None = None
    findings: tuple[Finding, ...] = ()
    incomplete: bool = False
    open_fields: int = 0


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one description."""

    key: str
    recipe: Recipe | None = None
    parts: Parts | None = None
    sources: tuple[tuple[str, Stamp], ...] = ()
    made: tuple[Made, ...] = ()
    signed: bool = False
    same: bool = False  # the recipe was the known one, so that nothing was made
    problems: tuple[Problem, ...] = ()
    fault: str = ""  # a fault of the program itself
    full: bool = False  # nothing more can be written at all


def work(task: Task, job: Job) -> Done:
    """Make the contracts of a description; everything that goes wrong is in what comes back."""
    try:
        return _worked(task, job)
    except DpaError as trouble:
        return Done(task.key, problems=trouble.problems)
    except OSError as trouble:
        return Done(task.key, problems=(no_room(trouble, job.folder),), full=trouble.errno in NO_ROOM)
    except Exception:
        return Done(task.key, fault=traceback.format_exc())


def no_room(trouble: OSError, path: Path) -> Problem:
    """Why a contract could not be written."""
    what = f"the contracts cannot be written here: {trouble.strerror or trouble}."
    return Problem(what, "Make room, or see that you may write here, and run the same command again.", Place(str(path)))


def _worked(task: Task, job: Job) -> Done:
    own = () if isinstance(task.subject, Row) else ((str(task.subject), Stamp.of(task.subject)),)
    prepared = _prepared(task.subject, job.wishes)
    parts = parts_of(prepared.layers, job.wishes)
    recipe = recipe_of(prepared, job.wishes, parts)
    names = [layer.name for layer in prepared.layers.sources[1:]]
    stamps = (*own, *((name, _stamp(name, *_seen(name))) for name in names))
    sources = tuple((name, stamp) for name, stamp in stamps if stamp)
    if recipe == task.known:
        return Done(task.key, recipe, parts, sources, same=True)
    made = tuple(_made(task, job, contract) for contract in contracts(prepared, job.wishes))
    signed = prepared.description.agreement.state in (State.SIGNED, State.ENDED)
    return Done(task.key, recipe, parts, sources, made, signed)


def _prepared(subject: Path | Row, wishes: Wishes) -> Prepared:
    return prepare_row(subject, wishes) if isinstance(subject, Row) else prepare(subject, wishes)


def _made(task: Task, job: Job, contract: Contract) -> Made:
    """A contract written to a file beside its place; its name is settled by whoever knows the others."""
    label = task.subject.key if isinstance(task.subject, Row) else task.subject.stem
    wanted = wanted_name(job.pattern, label, contract.language, contract.prepared.layers.value)
    findings = () if contract.complete else tuple(f for f in contract.findings if f.severity is Severity.RED)
    fields, incomplete = len(contract.open_fields), not contract.complete
    if not contract.content:
        return Made(contract.language, wanted, "", None, findings, incomplete, fields)
    part = "" if job.dry else _parked(job.folder, f"{task.key}\0{contract.language}", contract.content)
    stamp = Stamp(len(contract.content), 0, digest(contract.content))
    return Made(contract.language, wanted, part, stamp, findings, incomplete, fields)


def _parked(folder: Path, who: str, content: bytes) -> str:
    """Write a contract beside its place, under a name that nobody else has."""
    path = folder / PART.format(os.getpid(), digest(who.encode("utf-8", "surrogateescape")))
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o666)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    return str(path)


def _seen(name: str) -> tuple[int, int]:
    found = os.stat(name)
    return found.st_size, found.st_mtime_ns


@lru_cache(maxsize=64)
def _stamp(name: str, *_seen: int) -> Stamp | None:
    return Stamp.of(Path(name))
