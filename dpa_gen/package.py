"""A Word file as its parts: bytes in, parts out, and back to the same bytes on any day.

A part may be given in pieces of which most were compressed before: the pieces of a deflate stream that do not look
back over each other's edges can be put together in any order.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dpa_gen.errors import DpaError, Place

CONTENT_TYPES = "[Content_Types].xml"
LARGEST_PART = 64_000_000  # bytes, unpacked; a contract's largest part has some 300,000
LEVEL = 6
WORTH_COMPRESSING = 8_000  # bytes
LAST_BLOCK = b"\x03\x00"  # the empty block that ends a deflate stream
ZIP_20, DEFLATED, UTF_8_NAME = 20, 8, 0x800
FIRST_MOMENT = (0, 0x21)  # time and date: 1 January 1980, the first that a zip file can hold
LOCAL, CENTRAL, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"


def unpacked(raw: bytes, name: str) -> dict[str, bytes]:
    """The parts of a Word file by name; raises `DpaError` for anything else."""
    place = Place(name)
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            infos = package.infolist()
            if any(info.file_size > LARGEST_PART for info in infos):
                raise DpaError.of("this Word file holds a part of more than 64 MB", "Save it again in Word.", place)
            parts = {info.filename: package.read(info) for info in infos if not info.is_dir()}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError):
        raise DpaError.of("this is not a Word file (.docx)", "Save it in Word as .docx.", place) from None
    if "word/document.xml" not in parts or CONTENT_TYPES not in parts:
        raise DpaError.of("this is not a Word document", "Save it in Word as .docx.", place)
    return parts


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a part with its compressed form, which stands on its own."""

    content: bytes
    deflated: bytes


@dataclass(frozen=True, slots=True)
class Entry:
    """A part, compressed, as the zip file holds it."""

    name: bytes
    checksum: int
    size: int
    deflated: bytes


def piece(content: bytes) -> Piece:
    """A stretch, compressed so that it can stand anywhere."""
    stream = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return Piece(content, stream.compress(content) + stream.flush(zlib.Z_FULL_FLUSH))


def quick_piece(content: bytes) -> Piece:
    """A stretch for one use: a short one is stored as it is, because compressing it takes longer than it saves."""
    size = len(content)
    if size > WORTH_COMPRESSING:
        return piece(content)
    return Piece(content, struct.pack("<BHH", 0, size, size ^ 0xFFFF) + content)


def joined(pieces: Sequence[Piece]) -> Piece:
    """Pieces after each other as one."""
    return Piece(b"".join([each.content for each in pieces]), b"".join([each.deflated for each in pieces]))


def entry(name: str, pieces: Sequence[Piece]) -> Entry:
    """A part out of its pieces."""
    content = b"".join([each.content for each in pieces])
    deflated = b"".join([*[each.deflated for each in pieces], LAST_BLOCK])
    return Entry(name.encode(), zlib.crc32(content), len(content), deflated)


def zipped(entries: Iterable[Entry]) -> bytes:
    """Entries as a zip file: content types first, the others in the order of their names, one fixed time."""
    body: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    ordered = sorted(entries, key=lambda each: (each.name != CONTENT_TYPES.encode(), each.name))
    for each in ordered:
        facts = struct.pack(
            "<HHHHHIIIHH",
            *(ZIP_20, UTF_8_NAME, DEFLATED, *FIRST_MOMENT),
            *(each.checksum, len(each.deflated), each.size, len(each.name), 0),
        )
        local = LOCAL + facts + each.name
        directory.append(
            CENTRAL + struct.pack("<H", ZIP_20) + facts + struct.pack("<HHHII", 0, 0, 0, 0, offset) + each.name
        )
        body += (local, each.deflated)
        offset += len(local) + len(each.deflated)
    listing = b"".join(directory)
    end = END + struct.pack("<HHHHIIH", 0, 0, len(ordered), len(ordered), len(listing), offset, 0)
    return b"".join((*body, listing, end))


def packed(parts: Mapping[str, bytes]) -> bytes:
    """The parts as a Word file."""
    return zipped([entry(name, (piece(data),)) for name, data in parts.items()])
