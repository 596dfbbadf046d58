"""A Word file to a PDF through LibreOffice, where that is installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from dpa_gen.errors import DpaError, Place

PROGRAMS = ("soffice", "libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice")
PATIENCE = 120  # seconds
QUIETLY: dict[str, Any] = {"capture_output": True, "timeout": PATIENCE, "check": False}


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
    program = needed_office()
    with tempfile.TemporaryDirectory(prefix="dpa-gen-") as folder:
        profile = (Path(folder) / "profile").as_uri()
        command = [program, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--convert-to", "pdf"]
        try:
            subprocess.run([*command, "--outdir", folder, str(document.resolve())], **QUIETLY)
        except subprocess.TimeoutExpired:
            what = f"LibreOffice did not make the PDF within {PATIENCE} seconds."
            raise DpaError.of(what, "Try again, or save the Word file as PDF yourself.", Place(str(document))) from None
        made = Path(folder) / f"{document.stem}.pdf"
        if not made.is_file():
            what = "LibreOffice could not turn this file into a PDF."
            raise DpaError.of(what, "Open the Word file and save it as PDF yourself.", Place(str(document)))
        return made.read_bytes()
