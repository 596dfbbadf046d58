"""Word files to PDFs through LibreOffice, where that is installed; many in one start, as starting takes longest."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from dpa_gen.errors import DpaError, Place

PROGRAMS = ("soffice", "libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice")
PATIENCE = 120  # seconds, to start and make one
PATIENCE_MORE = 20  # seconds, for each one more
TOGETHER = 25  # in one start

Made = dict[Path, bytes | DpaError]


def office() -> str | None:
    """The program of LibreOffice, when it is installed."""
    return next((found for program in PROGRAMS if (found := shutil.which(program))), None)


def needed_office() -> str:
    """The program of LibreOffice; raises `DpaError` when it is not installed."""
    program = office()
    if program is None:
        mend = "Install LibreOffice (libreoffice.org), or open the Word file and save it as PDF."
        raise DpaError.of("--pdf needs LibreOffice, which is not installed.", mend)
    return program


def pdf(document: Path) -> bytes:
    """The PDF of a Word file; raises `DpaError` when LibreOffice is missing or does not finish."""
    made = pdfs([document])[document]
    if isinstance(made, DpaError):
        raise made
    return made


def pdfs(documents: Sequence[Path]) -> Made:
    """The PDF of each Word file, or why there is none; what goes wrong with one is tried again without the others."""
    made: Made = {}
    for begin in range(0, len(documents), TOGETHER):
        made |= _all(needed_office(), documents[begin : begin + TOGETHER])
    return made


def _all(program: str, documents: Sequence[Path]) -> Made:
    """The PDF of each of some Word files; the first that does not come is tried alone, and those after it together."""
    if not documents:
        return {}
    with tempfile.TemporaryDirectory(prefix="dpa-gen-") as folder:
        finished, whole = _in_one_start(program, Path(folder), documents)
    left = [document for document in documents if document not in whole]
    if left and len(documents) == 1:
        return {left[0]: _failed(left[0], finished)}
    return {**whole, **_all(program, left[:1]), **_all(program, left[1:])}


def _in_one_start(program: str, folder: Path, documents: Sequence[Path]) -> tuple[bool, Made]:
    """Whether LibreOffice came to its end, and the PDFs that it made; under numbers, as two can be called alike."""
    copies = [folder / f"{number}.docx" for number in range(len(documents))]
    for document, copy in zip(documents, copies, strict=True):
        with contextlib.suppress(OSError):  # what cannot be read has no PDF
            shutil.copyfile(document, copy)
    profile = (folder / "profile").as_uri()
    command = [program, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--convert-to", "pdf"]
    seconds = PATIENCE + PATIENCE_MORE * (len(documents) - 1)
    finished = _finished([*command, "--outdir", str(folder), *map(str, copies)], seconds)
    return finished, dict(_whole(documents, copies))


def _whole(documents: Sequence[Path], copies: Sequence[Path]) -> Iterator[tuple[Path, bytes]]:
    """The PDFs that are there, and not half."""
    for document, copy in zip(documents, copies, strict=True):
        with contextlib.suppress(OSError):
            content = copy.with_suffix(".pdf").read_bytes()
            if content.rstrip().endswith(b"%%EOF"):
                yield document, content


def _finished(command: Sequence[str], seconds: float) -> bool:
    """Run a program with all that it starts, and tell whether it came to its end in time."""
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True) as running:
        try:
            running.wait(seconds)
        except subprocess.TimeoutExpired:
            _end(running)
            return False
        except BaseException:
            _end(running)
            raise
    return True


def _end(running: subprocess.Popen[bytes]) -> None:
    """End a program with all that it started: `soffice` only starts the one that does the work."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)
    running.kill()


def _failed(document: Path, finished: bool) -> DpaError:
    place = Place(str(document))
    if finished:
        what = "LibreOffice could not turn this file into a PDF."
        return DpaError.of(what, "Open the Word file and save it as PDF yourself.", place)
    what = f"LibreOffice did not make the PDF within {PATIENCE} seconds."
    return DpaError.of(what, "Try again, or save the Word file as PDF yourself.", place)
