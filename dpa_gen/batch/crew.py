"""Tasks shared out over processes: answers come in the order of the tasks, and a process that dies stops no other."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice

from dpa_gen.batch import locking
from dpa_gen.batch.worker import Done, Job, Task, work
from dpa_gen.errors import Problem

CHUNK = 16  # contracts at a time: enough to forget the cost of handing over, few enough to stop soon
AHEAD = 4  # chunks waiting for each process
WORTH_A_PROCESS = 64  # contracts; below that, starting another takes longer than making them
FELL = Problem(
    "the program that worked on this description was ended by the system.",
    "It may ask for more memory than there is: look whether it is far longer than the others.",
)

Chunk = list[Task]
_job: list[Job] = []


def done(tasks: Sequence[Task], job: Job, jobs: int, stopped: Callable[[], bool]) -> Iterator[Done]:
    """What became of each task, in their order; when stopped, what was begun is finished and the rest is left."""
    jobs = min(jobs, 1 + len(tasks) // WORTH_A_PROCESS)
    waiting = iter(tasks)
    for task in waiting if jobs < 2 else islice(waiting, CHUNK):  # what is learnt here, a split-off process knows
        if stopped():
            return
        yield work(task, job)
    while chunk := list(islice(waiting, CHUNK)):
        fallen = yield from _shared_out(chunk, waiting, job, jobs, stopped)
        yield from _one_by_one((task for task in fallen if not stopped()), job)


def _shared_out(
    chunk: Chunk, waiting: Iterator[Task], job: Job, jobs: int, stopped: Callable[[], bool]
) -> Generator[Done, None, list[Task]]:
    """What became of tasks that several processes work on; gives back the tasks on which a process fell."""
    fallen: list[Task] = []
    under_way: deque[tuple[Chunk, Future[list[Done]] | None]] = deque()
    with _pool(jobs, job) as pool:
        while (chunk and not fallen and not stopped()) or under_way:
            if chunk and not fallen and not stopped() and len(under_way) < jobs * AHEAD:
                under_way.append((chunk, _handed_over(pool, chunk)))
                chunk = list(islice(waiting, CHUNK))
                continue
            theirs, future = under_way.popleft()
            if stopped() and future is not None and future.cancel():
                continue
            try:
                yield from future.result() if future else _fall()
            except BrokenProcessPool:
                fallen += theirs
    return fallen + (chunk if fallen else [])


def _handed_over(pool: ProcessPoolExecutor, chunk: Chunk) -> Future[list[Done]] | None:
    try:
        return pool.submit(_work_all, chunk)
    except BrokenProcessPool:
        return None


def _fall() -> list[Done]:
    raise BrokenProcessPool


def _one_by_one(tasks: Iterable[Task], job: Job) -> Iterator[Done]:
    """What became of tasks on which a process fell: each alone, so that only the one at fault is refused."""
    pool = None
    for task in tasks:
        pool = pool or _pool(1, job)
        try:
            yield from pool.submit(_work_all, [task]).result()
        except BrokenProcessPool:
            yield Done(task.key, problems=(FELL,))
            pool.shutdown()
            pool = None
    if pool:
        pool.shutdown()


def _pool(jobs: int, job: Job) -> ProcessPoolExecutor:
    """Processes that are ready to work: split off from this one on Linux, where that is safe, begun anew elsewhere."""
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    return ProcessPoolExecutor(jobs, context, _begin, (job,))


def _begin(job: Job) -> None:
    """Make a process ready: it leaves Ctrl-C to the program that began it, and ends when that ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    locking.leave()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _job[:] = [job]


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work_all(chunk: Chunk) -> list[Done]:
    return [work(task, _job[0]) for task in chunk]
