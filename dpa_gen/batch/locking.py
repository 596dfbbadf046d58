"""One batch at a time in a folder: a lock that the system itself lets go of when a program dies."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from dpa_gen.errors import DpaError, Place

NAME = ".dpa-gen.lock"
_held: list[int] = []  # the open lock of this process


@contextlib.contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Hold a folder for this program; raises `DpaError` when another one holds it, or when nothing can be written."""
    path = folder / NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as trouble:
        what = f"nothing can be written in this folder: {trouble.strerror or trouble}."
        mend = "Check that it is a folder that you may write in, or give another with --output."
        raise DpaError.of(what, mend, Place(str(folder))) from None
    try:
        if not _taken(handle):
            raise _busy(folder, path)
        _held.append(handle)
        try:
            yield
        finally:
            _held.remove(handle)
            _let_go(path)
    finally:
        os.close(handle)
        if sys.platform == "win32":
            _let_go(path)


def leave() -> None:
    """Have nothing to do with the lock of the process from which this one was split off."""
    while _held:
        os.close(_held.pop())


def _busy(folder: Path, path: Path) -> DpaError:
    what = "another dpa-gen is making contracts in this folder."
    return DpaError.of(what, f"Wait until it is done. Its lock is {path.name}; it goes by itself.", Place(str(folder)))


def _let_go(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()


if sys.platform == "win32":
    import msvcrt

    def _taken(handle: int) -> bool:
        """Take the lock, when nobody has it."""
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _taken(handle: int) -> bool:
        """Take the lock, when nobody has it."""
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return os.fstat(handle).st_nlink > 0  # another program may have finished, and removed it, just now
