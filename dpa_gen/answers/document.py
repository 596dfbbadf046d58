"""Review -> a Word report: a page with the verdict, the table, what is not present, and wording to propose."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from dpa_gen.answers.mending import Proposal, proposal
from dpa_gen.answers.terminal import paper_language, people, where
from dpa_gen.answers.verdict import asks, points, score, to_mend, verdict
from dpa_gen.answers.wordings import say
from dpa_gen.law import requirements
from dpa_gen.package import packed, unpacked
from dpa_gen.review.answer import Answer, RedFlag, Review, Status
from dpa_gen.review.flags import traps

if TYPE_CHECKING:
    from docx.document import Document
    from docx.shared import Length
    from docx.table import _Cell

SHADES = {Status.PRESENT: "E3F1E3", Status.PARTIAL: "FBF0D3", Status.ABSENT: "F8DEDC", Status.UNCLEAR: "E8E8E8"}
FONT = "Calibri"


def report(review: Review, language: str, against: list[str] | None = None) -> bytes:
    """The report as the bytes of a Word file, the same on any day."""
    document = _blank(language)
    _front(document, review, language)
    if review.is_agreement:
        _table(document, review, language)
        _details(document, review, language)
    if against:
        document.add_heading(say("label", "against", language), 1)
        for each in against:
            document.add_paragraph(each, style="List Bullet")
    target = io.BytesIO()
    document.save(target)
    return packed(unpacked(target.getvalue(), "report.docx"))


def _blank(language: str) -> Document:
    import docx
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt, RGBColor

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(2)
    for name, size in (("Normal", 10.5), ("Title", 20), ("Heading 1", 14), ("Heading 2", 11)):
        style = document.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        properties = style.element.get_or_add_rPr()
        fonts = properties.get_or_add_rFonts()
        for each in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{each}"), None)
        if name != "Normal":
            style.font.color.rgb = RGBColor(0x22, 0x22, 0x22)
    document.styles["Normal"].paragraph_format.space_after = Pt(5)
    document.core_properties.language = "nl-NL" if language == "nl" else "en-GB"
    document.core_properties.author = ""
    document.core_properties.title = say("label", "title", language)
    return document


def _front(document: Document, review: Review, language: str) -> None:
    """The page of the verdict: what it is, how it scores, the main points, what a person must judge."""
    document.add_paragraph(say("label", "title", language), style="Title")
    _fact(document, say("label", "document", language), review.document.rpartition("/")[2])
    if not review.is_agreement:
        document.add_heading(say("label", "verdict", language), 1)
        document.add_paragraph(say("instead", review.why_not, language))
        document.add_paragraph(say("verdict", "none", language))
        return
    of = say("label", "of", language)
    for level in ("must", "should"):
        met, total = score(review, level)
        _fact(document, say("label", level, language), f"{met} {of} {total}")
    _fact(document, say("label", "core", language), f"{review.core[0]} {of} {review.core[1]}")
    for key, value in review.notes.items():
        shown = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        _fact(document, say("label", "notes", language), f"{shown} {say('notes', key, language)}")
    document.add_heading(say("label", "verdict", language), 1)
    run = document.add_paragraph().add_run(say("verdict", verdict(review), language))
    run.bold = True
    main = points(review)
    if main:
        document.add_heading(say("label", "points", language), 2)
        for each in _once([_point(each, language) for each in main]):
            document.add_paragraph(each, style="List Bullet")
    document.add_heading(say("label", "person", language), 2)
    doubts = [each for each in review.with_level("must", "should") if each.status is Status.UNCLEAR]
    for sentence in (*_once([_point(each, language) for each in doubts]), *people(language)):
        document.add_paragraph(sentence, style="List Bullet")


def _once(lines: list[str]) -> list[str]:
    return list(dict.fromkeys(lines))


def _fact(document: Document, label: str, value: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = 0
    paragraph.add_run(f"{label}: ").bold = True
    paragraph.add_run(value)


def _point(each: Answer | RedFlag, language: str) -> str:
    place = f" ({each.evidence.place})" if isinstance(each, RedFlag) and each.evidence else ""
    if isinstance(each, RedFlag):
        return f"{traps()[each.id].says[language]}{place}"
    return f"{say('status', each.status.value, language).capitalize()}: {asks(each, language)}"


def _table(document: Document, review: Review, language: str) -> None:
    """Every requirement with its status and place."""
    from docx.shared import Cm, Pt

    document.add_page_break()  # type: ignore[no-untyped-call]
    document.add_heading(say("label", "table", language), 1)
    table = document.add_table(rows=1, cols=3)
    table.style = "Table Grid"
    table.autofit = False
    widths = (Cm(9.6), Cm(2.6), Cm(4.4))
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    heads = [say("label", key, language) for key in ("requirement", "status", "place")]
    _cells(table.rows[0].cells, heads, widths, bold=True)
    _repeat(table.rows[0])
    for answer in review.with_level("must", "should"):
        row = table.add_row()
        place = where(answer.evidence[0], language) if answer.evidence else "–"
        _cells(row.cells, [asks(answer, language), say("status", answer.status.value, language), place], widths)
        _shade(row.cells[1], SHADES[answer.status])
        _whole(row)
    for each in table.rows:
        for cell in each.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.space_after = Pt(1)
                for run in paragraph.runs:
                    run.font.size = Pt(9)


def _cells(cells: tuple[_Cell, ...], words: list[str], widths: tuple[Length, ...], bold: bool = False) -> None:
    for cell, text, width in zip(cells, words, widths, strict=True):
        cell.width = width
        cell.paragraphs[0].add_run(text).bold = bold


def _shade(cell: _Cell, colour: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    shade = OxmlElement("w:shd")
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shade.set(qn(f"w:{key}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _repeat(row: object) -> None:
    _switch(row, "w:tblHeader")


def _whole(row: object) -> None:
    _switch(row, "w:cantSplit")


def _switch(row: object, name: str) -> None:
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement(name))  # type: ignore[attr-defined]


def _details(document: Document, review: Review, language: str) -> None:
    """The red flags and the gaps, each with its words, its source and wording to propose."""
    if review.red_flags:
        document.add_heading(say("label", "flags", language), 1)
        for flag in review.red_flags:
            trap = traps()[flag.id]
            _titled(document, f"{trap.says[language]} ({trap.source})")
            if flag.evidence:
                _quote(document, f"{where(flag.evidence, language)}: “{flag.evidence.text}”")
    rows = to_mend(review)
    if rows:
        document.add_heading(say("label", "gaps", language), 1)
    proposed: set[Proposal] = set()
    for answer in rows:
        _gap(document, answer, language)
        if mend := proposal(answer.id, paper_language(review, language)):
            _proposed(document, mend, mend in proposed, language)
            proposed.add(mend)


def _gap(document: Document, answer: Answer, language: str) -> None:
    status = say("status", answer.status.value, language)
    heading = document.add_heading(f"{asks(answer, language)}", 2)
    heading.paragraph_format.keep_with_next = True
    source = requirements()[answer.id].source[language]
    reason = f" {say('reason', answer.reason, language)}" if answer.reason else ""
    document.add_paragraph(f"{status.capitalize()}.{reason} ({source})")
    for evidence in answer.evidence[:2]:
        _quote(document, f"{where(evidence, language)}: “{evidence.text}”")


def _proposed(document: Document, mend: Proposal, is_told: bool, language: str) -> None:
    """Wording to propose, in full the first time."""
    paragraph = document.add_paragraph()
    paragraph.add_run(f"{say('label', 'proposal', language)}. ").bold = True
    paragraph.add_run(say("label", "above", language) if is_told else mend.words)
    for item in () if is_told else mend.items:
        document.add_paragraph(item, style="List Bullet")


def _titled(document: Document, text: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.add_run(text).bold = True
    paragraph.paragraph_format.keep_with_next = True


def _quote(document: Document, text: str) -> None:
    from docx.shared import Cm

    paragraph = document.add_paragraph()
    paragraph.paragraph_format.left_indent = Cm(0.7)
    paragraph.add_run(text).italic = True
