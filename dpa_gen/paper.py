"""Any .docx, .pdf, .odt, .md, .html or .txt of somebody else in; a `Paper` of numbered paragraphs out.

What a file is, its first bytes tell, not its name. Everything happens on this machine, within set bounds, and
what cannot be read is refused with a sentence that says what to do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from dpa_gen.errors import DpaError, Place
from dpa_gen.paper_nouns import Kind, Notes, Paper, PaperParagraph, Piece, Source, TablePlace

__all__ = ["Kind", "Notes", "Paper", "PaperParagraph", "Source", "TablePlace", "read", "read_bytes"]

LARGEST_FILE = 100_000_000  # bytes
MOST_PARAGRAPHS = 100_000
MOST_SIGNS = 6_000_000  # of a text or web page
HEAD = 4096  # bytes that tell what a file is

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
SAVE_AS = "Open it in Word or LibreOffice and save it as .docx or .pdf; then give that file."

_HTML = re.compile(r"(?is)<!doctype html|<html[\s>]|<body[\s>]|^\s*<(?:div|p|h1|h2|article|main|section)[\s>]")


def read(path: str | Path) -> Paper:
    """The paper in a file; `DpaError` when it cannot be read or holds no words."""
    path = Path(path)
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise _refused(
                path.name, "This file is larger than 100 MB.", "Give the agreement alone, without its attachments."
            )
        data = path.read_bytes()
    except IsADirectoryError as error:
        raise _refused(str(path), "This is a folder.", "Give the file with the agreement.") from error
    except OSError as error:
        raise _refused(
            str(path), f"This file cannot be opened: {error.strerror}.", "Check its name and your rights."
        ) from error
    return read_bytes(data, path.name)


def read_bytes(data: bytes, name: str) -> Paper:
    """The paper in the bytes of a file."""
    try:
        kind, pieces, notes = _pieces(data, name)
        pieces = _bounded(pieces, name)
    except RecursionError as error:
        raise _refused(name, "This file is nested deeper than any contract is; it was not read.", SAVE_AS) from error
    from dpa_gen.paper_settle import settled

    paragraphs = settled(pieces)
    if not paragraphs:
        raise _refused(name, "This file holds no words.", "Check that it is the right file.")
    return Paper(name, kind, paragraphs, notes)


def _bounded(pieces: Iterable[Piece], name: str) -> list[Piece]:
    """The pieces as a list, unless there are more than any contract can need."""
    kept: list[Piece] = []
    for piece in pieces:
        kept.append(piece)
        if len(kept) > MOST_PARAGRAPHS:
            raise _refused(
                name, f"This file holds more than {MOST_PARAGRAPHS:,} paragraphs.", "Give the agreement alone."
            )
    return kept


def _pieces(data: bytes, name: str) -> tuple[str, list[Piece], Notes]:
    """The kind of a file, its pieces and notes, by the reader of its kind."""
    if not data.strip(b"\x00 \r\n\t"):
        raise _refused(name, "This file is empty.", "Download it again, or ask the sender for it.")
    if b"%PDF-" in data[:1024]:
        from dpa_gen import paper_pdf

        return "pdf", *paper_pdf.pieces(data, name)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zipped(data, name)
    _refuse_known(data, name)
    from dpa_gen import paper_text

    text = paper_text.decoded(data, name)
    if len(text) > MOST_SIGNS:
        raise _refused(name, "This file holds more text than any contract does.", "Give the agreement alone.")
    if _HTML.search(text[:HEAD]) and not re.match(r"\s*(#|---\n)", text):
        from dpa_gen import paper_html

        return "html", *paper_html.pieces(text)
    is_markdown = paper_text.looks_like_markdown(text) or Path(name).suffix.lower() in (".md", ".markdown")
    return "markdown" if is_markdown else "text", *paper_text.pieces(text, is_markdown)


def _zipped(data: bytes, name: str) -> tuple[str, list[Piece], Notes]:
    """A zip file that is a Word or OpenDocument text."""
    from dpa_gen.paper_zip import Package

    package = Package(data, name)
    names = set(package.names())
    if "[Content_Types].xml" in names and any(part.lower().startswith(("xl/", "ppt/", "visio/")) for part in names):
        raise _refused(name, "This is a spreadsheet, presentation or drawing, not a text.", SAVE_AS)
    if "content.xml" in names and "mimetype" in names:
        from dpa_gen import paper_odt

        return "odt", *paper_odt.pieces(package)
    if "[Content_Types].xml" in names or "word/document.xml" in names:
        from dpa_gen import paper_docx

        return "docx", *paper_docx.pieces(package)
    if not names:
        raise package.damaged()
    raise _refused(name, "This is a zip file, not a document.", "Unpack it, and give the file with the agreement.")


def _refuse_known(data: bytes, name: str) -> None:
    """Refuse what is known and cannot be read, with the way out."""
    if data.startswith(OLE):
        _refuse_ole(data, name)
    if data.lstrip().startswith(b"{\\rtf"):
        raise _refused(name, "This is an RTF file, which cannot be read here.", SAVE_AS)
    if data.startswith(PICTURES) or data[4:12] in (b"ftypheic", b"ftypmif1") or data[8:12] == b"WEBP":
        raise _refused(
            name,
            "This is a picture, not a text.",
            "Have its text recognised (OCR), or ask the sender for the document.",
        )
    if re.match(rb"(?is)\s*(?:[\w-]+:[^\n]*\n)*?mime-version:", data[:HEAD]) and b"multipart/" in data[:HEAD].lower():
        raise _refused(name, "This is a web archive or an e-mail (MIME), which cannot be read here.", SAVE_AS)
    if b'progid="Word.Document"' in data[:HEAD] or b"<pkg:package" in data[:HEAD]:
        raise _refused(name, "This is a Word document saved as bare XML, which cannot be read here.", SAVE_AS)


def _refuse_ole(data: bytes, name: str) -> None:
    """An old Office container: a .docx under a password, or a document of before 2007."""
    from dpa_gen.paper_zip import protected

    if "EncryptedPackage".encode("utf-16-le") in data:
        raise protected(name)
    if "WordDocument".encode("utf-16-le") in data:
        raise _refused(name, "This is a Word document of before 2007 (.doc), which cannot be read here.", SAVE_AS)
    raise _refused(name, "This is an old Office file or an Outlook message, which cannot be read here.", SAVE_AS)


def _refused(name: str, what: str, mend: str) -> DpaError:
    return DpaError.of(what, mend, Place(name))
