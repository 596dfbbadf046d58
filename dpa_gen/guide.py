"""The library as a Word file for people: the negotiation guide, and the preview of one clause."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from dpa_gen.clause import POSITION, Clause, ClauseParagraph, Wordings
from dpa_gen.clauseview import POSITIONS, Shown, find, wordings
from dpa_gen.house import template_bytes
from dpa_gen.law import requirements
from dpa_gen.library import Library
from dpa_gen.package import packed, unpacked

if TYPE_CHECKING:
    from docx.document import Document

WORDS = {
    "nl": {
        "guide": "Onderhandelingsgids",
        "preview": "Voorbeeld",
        "why": "Toelichting",
        "source": "Bron",
        "controller": "Namens de verwerkingsverantwoordelijke",
        "balanced": "Evenwichtig",
        "processor": "Namens de verwerker",
        "choice": "Keuze",
        "words": "Tekst",
        "language": "Nederlands",
    },
    "en": {
        "guide": "Negotiation guide",
        "preview": "Preview",
        "why": "Note",
        "source": "Source",
        "controller": "For the controller",
        "balanced": "Balanced",
        "processor": "For the processor",
        "choice": "Choice",
        "words": "Wording",
        "language": "English",
    },
}


def guide_docx(library: Library, language: str) -> bytes:
    """Per negotiable paragraph the wordings side by side, the note, and the source of law; landscape."""
    words = WORDS[language]
    document = _blank(landscape=True)
    document.add_paragraph(words["guide"], style="Title")
    for clause in library.of_kind("article"):
        topics = [paragraph for paragraph in clause.paragraphs if _is_negotiable(paragraph)]
        if topics:
            document.add_paragraph(clause.title[language], style="Front Heading")
        for paragraph in topics:
            _topic(document, library, paragraph, language)
    return _bytes(document)


def _is_negotiable(paragraph: ClauseParagraph) -> bool:
    return isinstance(paragraph.body, Wordings) and bool(paragraph.body.choose)


def _titles(library: Library, language: str) -> Mapping[str, str]:
    """The title of each article and annex, for a reference that has no number here."""
    kinds = {"annex": f"{library.labels[language]['annex']} "}
    return {name: kinds.get(clause.kind, "") + clause.title[language] for name, clause in library.clauses.items()}


def _topic(document: Document, library: Library, paragraph: ClauseParagraph, language: str) -> None:
    words = WORDS[language]
    shown = list(wordings(paragraph, language))
    document.add_paragraph(paragraph.id, style="Table Label").paragraph_format.keep_with_next = True
    by_position = isinstance(paragraph.body, Wordings) and paragraph.body.choose == POSITION
    chosen_by = getattr(paragraph.body, "choose", "")
    heads = [words[name] for name in POSITIONS] if by_position else [f"{chosen_by}: {each.choice}" for each in shown]
    _side_by_side(document, heads, shown, _titles(library, language))
    if paragraph.note:
        document.add_paragraph(f"{words['why']}: {' '.join(paragraph.note[language].split())}", style="Body Text")
    known = requirements()
    sources = "; ".join(dict.fromkeys(known[name].source[language] for name in paragraph.requirements()))
    if sources:
        document.add_paragraph(f"{words['source']}: {sources}", style="Body Text")


def _side_by_side(document: Document, heads: list[str], shown: list[Shown], titles: Mapping[str, str]) -> None:
    """A table with a column for each wording, and a head that is repeated on every page."""
    from docx.oxml import OxmlElement

    table: Any = document.add_table(rows=2, cols=len(shown), style="DPA Table")
    for column, (head, each) in enumerate(zip(heads, shown, strict=True)):
        _fill(table.cell(0, column), [head], "Table Heading")
        _fill(table.cell(1, column), [_named(line, titles) for line in _lines(each)], "Table Text")
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _lines(shown: Shown) -> Iterator[str]:
    if shown.words:
        yield shown.words
    yield from (f"– {item}" for item in shown.items)


def _named(line: str, titles: Mapping[str, str]) -> str:
    """A line with the title of an article where it refers to one."""
    return re.sub(r"→([a-z-]+)[a-z.-]*", lambda found: f"“{titles.get(found[1], found[1])}”", line)


def _fill(cell: Any, lines: list[str], style: str) -> None:
    cell.paragraphs[0].text, cell.paragraphs[0].style = (lines or [""])[0], style
    for line in lines[1:]:
        cell.add_paragraph(line, style=style)


def preview_docx(library: Library, name: str) -> bytes:
    """One clause or paragraph, in every language and under every choice."""
    clause, paragraphs = find(library, name)
    document = _blank(landscape=False)
    for language in ("nl", "en"):
        _preview(document, clause, paragraphs, language)
    return _bytes(document)


def _preview(document: Document, clause: Clause, paragraphs: tuple[ClauseParagraph, ...], language: str) -> None:
    words = WORDS[language]
    document.add_paragraph(f"{clause.title[language]} ({words['language']})", style="Title")
    for paragraph in paragraphs:
        document.add_paragraph(paragraph.id, style="Table Label")
        for shown in wordings(paragraph, language):
            if shown.choice:
                document.add_paragraph(words.get(shown.choice, shown.choice), style="Front Heading")
            for line in _lines(shown):
                document.add_paragraph(line, style="Body Text")


def _blank(landscape: bool) -> Document:
    """An empty document in the plain look."""
    import docx
    from docx.enum.section import WD_ORIENT

    document = docx.Document(io.BytesIO(template_bytes("plain", _here())[0]))
    body = document.element.body
    for child in list(body):
        if not child.tag.endswith("sectPr"):
            body.remove(child)
    section = document.sections[0]
    _alone(section.header, "dpa-gen")
    _with_field(_alone(section.footer, ""), "PAGE")
    if landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
    document.core_properties.title = "dpa-gen"
    return document


def _alone(part: Any, words: str) -> Any:
    """A header or footer with one paragraph."""
    first, *others = part.paragraphs
    for paragraph in others:
        paragraph._p.getparent().remove(paragraph._p)
    first.text, first.style = words, "Header" if part.__class__.__name__ == "_Header" else "Footer"
    return first


def _with_field(paragraph: Any, code: str) -> None:
    """A field at the end of a paragraph, such as the number of the page."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    paragraph._p.append(
        parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr=" {code} "><w:r><w:t>1</w:t></w:r></w:fldSimple>')
    )


def _here() -> Any:
    from pathlib import Path

    return Path()


def _bytes(document: Document) -> bytes:
    """The file, the same bytes on any day."""
    target = io.BytesIO()
    document.save(target)
    return packed(unpacked(target.getvalue(), "guide"))
