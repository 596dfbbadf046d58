"""A Word file as its parts: bytes in, parts out, and back to the same bytes on any day."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from dpa_gen.errors import DpaError, Place

CONTENT_TYPES = "[Content_Types].xml"
LARGEST_PART = 64_000_000  # bytes, unpacked; a contract's largest part has some 300,000
FIXED_TIME = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip file can hold


def unpacked(raw: bytes, name: str) -> dict[str, bytes]:
    """The parts of a Word file by name; raises `DpaError` for anything else."""
    place = Place(name)
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            infos = package.infolist()
            if any(info.file_size > LARGEST_PART for info in infos):
                raise DpaError.of("this Word file holds a part of more than 64 MB", "Save it again in Word.", place)
            parts = {info.filename: package.read(info) for info in infos if not info.is_dir()}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError):
        raise DpaError.of("this is not a Word file (.docx)", "Save it in Word as .docx.", place) from None
    if "word/document.xml" not in parts or CONTENT_TYPES not in parts:
        raise DpaError.of("this is not a Word document", "Save it in Word as .docx.", place)
    return parts


def packed(parts: Mapping[str, bytes]) -> bytes:
    """The parts as a Word file: content types first, the others in the order of their names, one fixed time."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        for name in sorted(parts, key=lambda name: (name != CONTENT_TYPES, name)):
            info = zipfile.ZipInfo(name, FIXED_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0  # the same on every system
            package.writestr(info, parts[name])
    return target.getvalue()
