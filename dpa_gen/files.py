"""Writing to disk: whole files or none, names that are safe everywhere, and nothing of the user's overwritten."""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
import unicodedata
from hashlib import sha256
from pathlib import Path

from dpa_gen.errors import DpaError, Place
from dpa_gen.word import is_untouched

RESERVED = re.compile(r"(?i)^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])\s*(\..*)?$")
LONGEST_NAME = 120  # bytes; a file system takes 255, a path on Windows 260 characters
UNSAFE = re.compile('[<>:"/\\\\|?*\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]+')
PDF_SEAL = b"%dpa-gen "


def safe_name(words: str) -> str:
    """A file name that Windows, macOS and Linux all take, as close to the words as can be."""
    name = unicodedata.normalize("NFC", words)
    name = re.sub(UNSAFE, "-", re.sub(r"\s+", " ", name))
    name = name.strip(" .-").encode()[:LONGEST_NAME].decode(errors="ignore").strip(" .-")
    if not name:
        return "contract"
    return f"{name}-" if RESERVED.match(name) else name


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
