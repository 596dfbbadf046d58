"""A file that cannot be read is refused at once, with what it is and what to do."""

from __future__ import annotations

import io
import struct
import time
import zipfile

import pytest
from paper_files import at, docx, lines, p, part, pdf, zipped

from dpa_gen.errors import DpaError
from dpa_gen.paper import read, read_bytes

TEXT = ["The processor keeps all personal data secret, and so does everyone who works for it."] * 6
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
LAUGHS = '<!DOCTYPE w [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


def with_document(document: str | bytes) -> bytes:
    return zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": document})


def scan() -> bytes:
    return pdf("0 0 500 700 re f", "10 10 400 600 re f")


def garbled() -> bytes:
    shifted = ["".join(chr(ord(sign) + 3) if sign.isalpha() else sign for sign in line) for line in TEXT * 3]
    return pdf(lines(40, 800, *shifted))


def locked_pdf() -> bytes:
    key = "AB" * 32
    locked = (
        f"/Encrypt << /Filter /Standard /V 1 /R 2 /O <{key}> /U <{key}> /P -44 >> /ID [<{'00' * 16}> <{'00' * 16}>]"
    )
    return pdf(lines(40, 800, *TEXT), trailer=locked)


def lying_zip() -> bytes:
    """A zip file whose directory says that its large part is small."""
    data = with_document(part("document", "<w:body>" + p("word " * 1_000_000) + "</w:body>"))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        size = package.getinfo("word/document.xml").file_size
    return data.replace(struct.pack("<L", size), struct.pack("<L", 100))


def deep_tables() -> bytes:
    return docx("<w:tbl><w:tr><w:tc>" * 60 + p("Deep.") + "</w:tc></w:tr></w:tbl>" * 60)


HOSTILE = {
    "a scan": (scan, "pictures of pages", "OCR"),
    "a garbled text layer": (garbled, "garbled", "Word file"),
    "a PDF with a password": (locked_pdf, "password", "copy without one"),
    "a Word file with a password": (
        lambda: OLE + "EncryptedPackage".encode("utf-16-le"),
        "password",
        "copy without one",
    ),
    "a Word file of before 2007": (lambda: OLE + "WordDocument".encode("utf-16-le"), ".doc", ".docx"),
    "an Outlook message": (lambda: OLE, "Outlook", ".docx"),
    "a zip bomb": (lambda: with_document(b" " * 70_000_000), "zip bomb", "clean copy"),
    "a zip file that lies": (lying_zip, "damaged", "save it anew"),
    "entities that multiply": (
        lambda: with_document(LAUGHS + part("document", "<w:body>&b;</w:body>")[38:]),
        "entities",
        "clean",
    ),
    "an entity from outside": (
        lambda: with_document(OUTSIDE + part("document", "<w:body>&x;</w:body>")[38:]),
        "entities",
        "clean",
    ),
    "entities in UTF-16": (lambda: with_document((OUTSIDE + "<w/>").encode("utf-16")), "entities", "clean"),
    "a Word file cut off": (lambda: docx(p("Hello. " * 500))[:700], "cut off", "Download it again"),
    "XML cut off": (lambda: with_document(part("document", "<w:body>")[:-20]), "cut off", "save it anew"),
    "a PDF cut off": (lambda: pdf(lines(40, 800, *TEXT))[:300], "cut off", "Download it again"),
    "XML nested without end": (lambda: docx("<w:sdt><w:sdtContent>" * 5000), "damaged", "save it anew"),
    "2,000 pages": (lambda: pdf(*[at(40, 800, "x")] * 2000), "2,000 pages", "pages of the agreement"),
    "a spreadsheet": (
        lambda: zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<x/>"}),
        "spreadsheet",
        ".docx",
    ),
    "a zip file": (lambda: zipped({"a.txt": "hello"}), "zip file", "Unpack"),
    "an RTF file": (lambda: b"{\\rtf1 hello}", "RTF", ".docx"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(100), "picture", "OCR"),
    "an e-mail": (lambda: b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n", "MIME", ".docx"),
    "an empty file": (lambda: b"", "empty", "ask the sender"),
    "a program": (lambda: b"\x7fELF" + bytes(range(32)) * 50, "kind", ".docx"),
    "a Word file without words": (lambda: docx(p("")), "no words", "right file"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_what_cannot_be_read_is_refused_in_plain_words_and_in_time(case):
    make, what, mend = HOSTILE[case]
    data = make()
    begun = time.monotonic()
    with pytest.raises(DpaError) as refused:
        read_bytes(data, "acme.file")
    assert time.monotonic() - begun < 5
    assert what in str(refused.value)
    assert mend in str(refused.value)
    assert str(refused.value).startswith("acme.file: ")


def test_tables_within_tables_without_end_are_told_and_not_followed():
    paper = read_bytes(
        docx(p("A sentence.") + "<w:tbl><w:tr><w:tc>" * 60 + p("Deep.") + "</w:tc></w:tr></w:tbl>" * 60), "a.docx"
    )
    assert paper.notes.unread == ("deeply nested table",)


def test_a_web_page_nested_without_end_ends():
    assert (
        read_bytes(b"<html><body><p>Hello there.</p>" + b"<div>" * 50_000 + b"deep", "a.html").paragraphs[0].text
        == "Hello there."
    )


def test_a_pdf_of_many_pages_is_read_within_seconds():
    page = "".join(at(40, 800 - 12 * rank, f"{TEXT[0]} {rank}") for rank in range(55))
    begun = time.monotonic()
    paper = read_bytes(pdf(*[page] * 200), "long.pdf")
    assert paper.notes.pages == 200
    assert time.monotonic() - begun < 15  # some 2 seconds on an idle machine


def test_a_file_that_is_not_there_and_a_folder_are_said_to_be_so(tmp_path):
    with pytest.raises(DpaError, match="cannot be opened"):
        read(tmp_path / "none.docx")
    with pytest.raises(DpaError, match="folder"):
        read(tmp_path)


def test_the_name_of_a_file_does_not_say_what_it_is():
    assert read_bytes(docx(p("A Word file.")), "paper.pdf").kind == "docx"
    assert read_bytes(pdf(lines(40, 800, *TEXT)), "paper.docx").kind == "pdf"
    assert read_bytes(b"<!doctype html><p>A web page.", "paper.doc").kind == "html"


@pytest.mark.parametrize("text", ["**a ", "_a ", "[a](", "<!-- ", "| ", "1.", "\\", "<a ", "> "])
def test_no_text_is_slow_to_read(text):
    begun = time.monotonic()
    read_bytes(b"# A heading\n# Another one\n" + text.encode() * 60_000, "a.md")
    assert time.monotonic() - begun < 5


def test_a_footnote_that_is_pointed_at_many_times_is_read_once():
    pointer = '<w:p><w:r><w:t>See.</w:t><w:footnoteReference w:id="2"/></w:r></w:p>'
    paper = read_bytes(docx(pointer * 300, footnotes=f'<w:footnote w:id="2">{p("The note.")}</w:footnote>'), "a.docx")
    assert [one.text for one in paper.paragraphs].count("The note.") == 1


def test_a_note_that_points_at_itself_ends():
    note = '<w:footnote w:id="2"><w:p><w:r><w:t>Round.</w:t><w:footnoteReference w:id="2"/></w:r></w:p></w:footnote>'
    body = '<w:p><w:r><w:t>See.</w:t><w:footnoteReference w:id="2"/></w:r></w:p>'
    assert "Round." in read_bytes(docx(body, footnotes=note), "a.docx").text
