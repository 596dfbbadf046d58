"""Many descriptions -> their contracts in one folder; only what changed is made, and one that fails stops no other."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from dpa_gen.batch import crew
from dpa_gen.batch.locking import alone_in
from dpa_gen.batch.manifest import Kept, Manifest
from dpa_gen.batch.naming import check_pattern
from dpa_gen.batch.papers import with_pdfs
from dpa_gen.batch.placing import Fate, NoRoomError, Placing, State
from dpa_gen.batch.plan import Order, Plan, tasks
from dpa_gen.batch.worker import PART, Job, Task
from dpa_gen.errors import DpaError, Problem
from dpa_gen.pdf import office

SAVE_EVERY = 5  # seconds; what an end without warning can lose of the memory, and never of the contracts

Tell = Callable[[int, int], None]  # how many are done, of how many


@dataclass(frozen=True)
class Report:
    """What became of a batch."""

    order: Order
    fates: tuple[Fate, ...]
    gone: tuple[str, ...] = ()  # contracts whose description is no longer there
    left: int = 0  # descriptions that were not reached
    why: Problem | None = None  # why they were not
    interrupted: bool = False

    def of(self, state: State) -> list[Fate]:
        """The descriptions that came to one end."""
        return [fate for fate in self.fates if fate.state is state]


def run(order: Order, tell: Tell = lambda done, of: None) -> Report:
    """Make what has to be made; raises `DpaError` when the folder itself cannot be worked in."""
    check_pattern(order.pattern)
    if order.with_pdf and office() is None:
        raise DpaError.of("--pdf needs LibreOffice, which is not installed.", "Install LibreOffice (libreoffice.org).")
    if order.dry:
        return _Batch(order, tell, lambda: False).run()
    with alone_in(order.folder), _until_stopped() as stopped:
        _sweep(order.folder)
        try:
            return _Batch(order, tell, stopped).run()
        finally:
            _sweep(order.folder)


class _Batch:
    """One run: the plan, what comes back of it, and the memory that is saved on the way."""

    def __init__(self, order: Order, tell: Tell, stopped: Callable[[], bool]) -> None:
        self.order, self.tell, self.interrupted = order, tell, stopped
        self.manifest = Manifest.read(order.folder)
        self.plan = Plan(order, self.manifest)
        self.placing = Placing(order, self.manifest, self.plan)
        self.why: Problem | None = None
        self.saved = time.monotonic()

    def run(self) -> Report:
        """The whole of it."""
        to_do, same = tasks(self.plan, self.order.subjects)
        fates = [self.placing.unchanged(key) for key in same]
        fates += [self.placing.unread(key, problems) for key, problems in self.order.refused]
        keys = {*(fate.description for fate in fates), *(task.key for task in to_do)}
        count = len(fates) + len(to_do)
        self.tell(len(fates), count)
        try:
            for fate in self.made(to_do):
                fates.append(fate)
                self.tell(len(fates), count)
                self.save(every=SAVE_EVERY)
            if self.order.with_pdf and not self.order.dry:
                fates = list(with_pdfs(fates, self.order, self.manifest, self.interrupted))
            gone = tuple(self.gone(keys))
        finally:
            self.save()
        fates.sort(key=lambda fate: fate.description)
        return Report(self.order, tuple(fates), gone, count - len(fates), self.why, self.interrupted())

    def stopped(self) -> bool:
        """Whether to begin nothing more."""
        return self.why is not None or self.interrupted()

    def made(self, to_do: list[Task]) -> Iterator[Fate]:
        """The fate of each description that has to be made."""
        subjects = {task.key: task.subject for task in to_do}
        job = Job(self.order.wishes, self.order.pattern, self.order.folder, self.order.dry)
        for done in crew.done(to_do, job, self.order.jobs, self.stopped):
            if self.why is None:
                try:
                    yield self.placing.settled(done, subjects.pop(done.key))
                except NoRoomError as trouble:
                    self.why = trouble.problem

    def save(self, every: float = 0) -> None:
        """Save the memory, when it was not saved lately."""
        if self.order.dry or (every and time.monotonic() - self.saved < every):
            return
        try:
            self.manifest.save()
        except DpaError as trouble:
            self.why = self.why or trouble.problems[0]
        self.saved = time.monotonic()

    def gone(self, keys: set[str]) -> Iterator[str]:
        """The contracts whose description is gone, or has got another name; they stay until somebody removes them."""
        used = {kept.file for key in keys for kept in self.files_of(key)}
        tables = {key.partition("#")[0] for key in keys if "#" in key}
        for key, entry in sorted(self.manifest.entries.items()):
            source, is_row, _ = key.partition("#")
            elsewhere = (not is_row or source not in tables) and self.manifest.path_of(source).exists()
            if key in keys or (elsewhere and entry.sources):
                continue
            left = [kept.file for kept in entry.files.values() if kept.file not in used]
            there = [file for file in left if (self.order.folder / file).exists()]
            yield from there
            if not there and not self.order.dry:
                del self.manifest.entries[key]

    def files_of(self, key: str) -> Iterator[Kept]:
        """The contracts of a description."""
        if key in self.manifest.entries:
            yield from self.manifest.entries[key].files.values()


@contextlib.contextmanager
def _until_stopped() -> Iterator[Callable[[], bool]]:
    """Ctrl-C asks to end after what is being made; a second one ends at once."""
    asked: list[int] = []

    def ask(number: int, frame: FrameType | None) -> None:
        if asked:
            raise KeyboardInterrupt
        asked.append(number)

    if threading.current_thread() is not threading.main_thread():
        yield lambda: False
        return
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.signal(number, ask) for number in numbers}
    try:
        yield lambda: bool(asked)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _sweep(folder: Path) -> None:
    """Remove what a run that was cut short left beside its place."""
    for pattern in (PART.format("*", "*"), ".dpa-gen-*.tmp"):
        for path in folder.glob(pattern):
            with contextlib.suppress(OSError):
                os.unlink(path)
