"""Zipped XML (.docx, .odt) in; its parts out as trees, with a bound on size and no entity, DTD or network ever used."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any

from dpa_gen.errors import DpaError, Place

Element = Any  # lxml brings no types

MOST_PARTS = 20_000
LARGEST_PART = 64_000_000  # bytes unpacked; the text of a thousand pages has some 20 million
LARGEST_RATIO = 250  # real papers stay under 60
SMALL = 2_000_000  # a part below this may have any ratio
STRICT = b"http://purl.oclc.org/ooxml/"
USUAL = b"http://schemas.openxmlformats.org/"


class Package:
    """An opened zip file that hands out its parts one by one."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise self.damaged() from error
        self._unpacked = 0
        self._parts = {info.filename: info for info in self._zip.infolist()}
        if len(self._parts) > MOST_PARTS:
            raise self.bomb()

    def names(self) -> list[str]:
        """The names of all parts."""
        return list(self._parts)

    def bytes_of(self, part: str) -> bytes:
        """The unpacked bytes of a part; nothing when the file has no such part."""
        info = self._parts.get(part)
        if info is None:
            return b""
        if info.flag_bits & 1:
            raise protected(self.name)
        if info.file_size > LARGEST_PART or info.file_size > max(SMALL, LARGEST_RATIO * info.compress_size):
            raise self.bomb()
        try:
            with self._zip.open(info) as stream:
                data = stream.read(LARGEST_PART + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as error:
            raise self.damaged() from error
        self._unpacked += len(data)
        if (
            len(data) > LARGEST_PART or self._unpacked > 2 * LARGEST_PART
        ):  # the sizes that a zip file states may be lies
            raise self.bomb()
        return data

    def tree(self, part: str) -> Element | None:
        """The root of an XML part; None when the file has no such part."""
        data = self.bytes_of(part)
        return parsed(_usual(data), self.name) if data else None

    def damaged(self) -> DpaError:
        """The error for a file that was cut off or is broken."""
        return damaged(self.name)

    def bomb(self) -> DpaError:
        """The error for a file that unpacks to more than any paper needs."""
        return DpaError.of(
            "This file unpacks to far more than a contract can need, as a zip bomb does; it was not read.",
            "Ask the sender for a clean copy, or open it in a word processor you trust and save it anew.",
            Place(self.name),
        )


def _usual(data: bytes) -> bytes:
    """Strict Open XML with the namespaces of the usual kind."""
    if STRICT not in data:
        return data
    for strict, usual in (
        (b"wordprocessingml/main", b"wordprocessingml/2006/main"),
        (b"officeDocument/relationships", b"officeDocument/2006/relationships"),
        (b"drawingml/main", b"drawingml/2006/main"),
        (b"officeDocument/math", b"officeDocument/2006/math"),
    ):
        data = data.replace(STRICT + strict, USUAL + usual)
    return data


def parsed(data: bytes, name: str) -> Element:
    """The root of an XML text; one that declares a document type (and so may declare entities) is refused."""
    from lxml import etree

    if any(
        "<!DOCTYPE".encode(code) in data or "<!ENTITY".encode(code) in data
        for code in ("ascii", "utf-16-le", "utf-16-be")
    ):
        raise DpaError.of(
            "This file declares XML entities. Word and LibreOffice never do, and attacks do; it was not read.",
            "Ask the sender for a clean copy.",
            Place(name),
        )
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise damaged(name) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise damaged(name)
    return root


def damaged(name: str) -> DpaError:
    """The error for a file that cannot be read to its end."""
    return DpaError.of(
        "This file is damaged or was cut off; it cannot be read to its end.",
        "Download it again, or open it in Word or LibreOffice and save it anew.",
        Place(name),
    )


def protected(name: str) -> DpaError:
    """The error for a file that asks for a password."""
    return DpaError.of(
        "This file is protected with a password.",
        "Open it with the password, save a copy without one, and give that copy.",
        Place(name),
    )
