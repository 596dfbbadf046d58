"""Writing to disk: whole files or none, names that are safe everywhere, and nothing of the user's overwritten."""

from __future__ import annotations

import contextlib
import os
import re
import unicodedata
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import BinaryIO

from dpa_gen.errors import DpaError, Place
from dpa_gen.word import is_untouched

RESERVED = re.compile(r"(?i)^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])\s*(\..*)?$")
LONGEST_NAME = 120  # bytes; a file system takes 255, a path on Windows 260 characters
UNSAFE = re.compile('[<>:"/\\\\|?*\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]+')
PDF_SEAL = b"%dpa-gen "

_NUMBERS = count(1)  # of the files that are being written beside their final place


def safe_name(words: str) -> str:
    """A file name that Windows, macOS and Linux all take, as close to the words as can be."""
    name = unicodedata.normalize("NFC", words)
    name = re.sub(UNSAFE, "-", re.sub(r"\s+", " ", name))
    name = name.strip(" .-").encode()[:LONGEST_NAME].decode(errors="ignore").strip(" .-")
    if not name:
        return "contract"
    device = RESERVED.match(name)
    return f"{device[1]}-{name[device.end(1) :]}" if device else name


def write_contract(path: Path, content: bytes, force: bool) -> bool:
    """Write a contract, true when that changed anything; raises `DpaError` for a file that is not ours to replace."""
    there = _there(path)
    if there == content:
        return False
    if there is not None and not force and not is_untouched(there):
        raise _not_ours(path)
    write(path, content)
    return True


def may_write_pdf(path: Path, force: bool) -> None:
    """Raise `DpaError` for a PDF that is not ours to replace, such as a signed one of the same name."""
    there = None if force else _there(path)
    if there is not None:
        content, seal, digest = there.rpartition(PDF_SEAL)
        if not seal or digest.strip() != _digest(content):
            raise _not_ours(path)


def write_pdf(path: Path, content: bytes) -> None:
    """Write a PDF with a last line, which readers pass over, by which it is known again."""
    write(path, content + PDF_SEAL + _digest(content) + b"\n")


def _digest(content: bytes) -> bytes:
    return sha256(content).hexdigest().encode()


def _not_ours(path: Path) -> DpaError:
    what = "this file was not made by dpa-gen, or was changed since, so it is not overwritten."
    return DpaError.of(what, "Give --force to replace it, or --output to write elsewhere.", Place(str(path)))


def write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    beside = path.parent / f".dpa-gen-{os.getpid()}-{next(_NUMBERS)}.tmp"
    try:
        with _opened(beside) as target:
            target.write(content)
        os.replace(beside, path)
    except OSError as trouble:
        with contextlib.suppress(OSError):
            os.unlink(beside)
        raise _cannot_write(path, trouble) from None
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(beside)
        raise


def _opened(path: Path) -> BinaryIO:
    """A new file, and its folder when that is not there yet."""
    try:
        return open(path, "xb")
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        return open(path, "xb")


def _there(path: Path) -> bytes | None:
    """What a file holds, or nothing when there is none."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as trouble:
        raise _cannot_write(path, trouble) from None


def _cannot_write(path: Path, trouble: OSError) -> DpaError:
    mend = "Close it in Word if it is open there, and check that you may write in this folder."
    return DpaError.of(f"this file cannot be written: {trouble.strerror or trouble}.", mend, Place(str(path)))
