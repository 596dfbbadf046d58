"""Writing to disk: whole files or none, names that are safe everywhere, and nothing of the user's overwritten."""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
import unicodedata
from pathlib import Path

from dpa_gen.errors import DpaError, Place
from dpa_gen.word import is_untouched

RESERVED = re.compile(r"(?i)^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?$")
LONGEST_NAME = 120


def safe_name(words: str) -> str:
    """A file name that Windows, macOS and Linux all take, as close to the words as can be."""
    name = unicodedata.normalize("NFC", words)
    name = re.sub(r'[<>:"/\\|?*\x00-\x1f\x7f]+', "-", name)
    name = re.sub(r"\s+", " ", name).strip(" .-")[:LONGEST_NAME].strip(" .-")
    if not name:
        return "contract"
    return f"{name}-" if RESERVED.match(name) else name


def write_contract(path: Path, content: bytes, force: bool) -> bool:
    """Write a contract, true when that changed anything; raises `DpaError` for a file that is not ours to replace."""
    if path.exists() and not force:
        there = _read(path)
        if there == content:
            return False
        if not is_untouched(there):
            what = "this file was not made by dpa-gen, or was changed since, so it is not overwritten."
            raise DpaError.of(what, "Give --force to replace it, or --output to write elsewhere.", Place(str(path)))
    write(path, content)
    return True


def write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".dpa-gen-", suffix=".tmp", dir=path.parent)
    except OSError as trouble:
        raise _cannot_write(path, trouble) from None
    try:
        with os.fdopen(handle, "wb") as target:
            target.write(content)
        os.chmod(name, _usual_mode())
        os.replace(name, path)
    except OSError as trouble:
        raise _cannot_write(path, trouble) from None
    finally:
        with contextlib.suppress(OSError):
            os.unlink(name)


def _usual_mode() -> int:
    """The rights that a new file gets here."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as trouble:
        raise _cannot_write(path, trouble) from None


def _cannot_write(path: Path, trouble: OSError) -> DpaError:
    mend = "Close it in Word if it is open there, and check that you may write in this folder."
    return DpaError.of(f"this file cannot be written: {trouble.strerror or trouble}.", mend, Place(str(path)))
