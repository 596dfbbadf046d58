"""A vendor's Word file is read as its reader sees it."""

from __future__ import annotations

import pytest
from paper_files import docx, p, r, zipped

from dpa_gen.paper import Kind, Paper, read_bytes

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def read(body: str, **others: str) -> Paper:
    return read_bytes(docx(body, **others), "paper.docx")


def shown(paper: Paper) -> list[str]:
    return [str(paragraph) for paragraph in paper.paragraphs]


def level(rank: int, text: str, style: str = "decimal", start: int = 1, more: str = "") -> str:
    inside = f'<w:start w:val="{start}"/><w:numFmt w:val="{style}"/>{more}<w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{rank}">{inside}</w:lvl>'


def numbering(*levels: str, nums: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>') -> str:
    return f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{nums}'


def numbered(text: str, rank: int = 0, num: int = 1) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{rank}"/><w:numId w:val="{num}"/></w:numPr>')


CONTRACT = numbering(
    level(0, "Artikel %1"), level(1, "%1.%2"), level(2, "(%3)", "lowerLetter"), level(3, "%4.", "lowerRoman")
)


def test_multilevel_numbers_are_those_that_word_shows():
    body = "".join(
        numbered(text, rank)
        for text, rank in [
            ("Duties", 0),
            ("The processor acts on instructions.", 1),
            ("at once;", 2),
            ("in writing;", 2),
            ("by letter;", 3),
            ("It keeps them.", 1),
            ("for a year;", 2),
            ("Audit", 0),
            ("Audits are allowed.", 1),
        ]
    )
    paper = read(body, numbering=CONTRACT)
    numbers = [one.number for one in paper.paragraphs]
    assert numbers == ["Artikel 1", "1.1", "(a)", "(b)", "i.", "1.2", "(a)", "Artikel 2", "2.1"]
    assert [one.reference for one in paper.paragraphs][2:5] == ["1.1(a)", "1.1(b)", "1.1(b)(i)"]
    assert paper.paragraphs[4].headings == ("Artikel 1 Duties",)
    assert paper.paragraphs[0].kind is Kind.HEADING


@pytest.mark.parametrize(
    ("style", "start", "number"),
    [
        ("upperRoman", 4, "IV"),
        ("lowerRoman", 9, "ix"),
        ("upperLetter", 27, "AA"),
        ("lowerLetter", 3, "c"),
        ("decimalZero", 7, "07"),
        ("ordinal", 22, "22nd"),
        ("cardinalText", 3, "Three"),
        ("ordinalText", 2, "Second"),
        ("none", 1, ""),
        ("decimalEnclosedParen", 5, "(5)"),
        ("numberInDash", 2, "- 2 -"),
        ("hex", 11, "B"),
    ],
)
def test_every_number_format_is_written_as_word_writes_it(style, start, number):
    paper = read(numbered("The processor keeps a record of it all."), numbering=numbering(level(0, "%1", style, start)))
    assert paper.paragraphs[0].number == number


def test_legal_numbering_turns_roman_levels_into_digits():
    both = numbering(level(0, "%1.", "upperRoman"), level(1, "%1.%2", more="<w:isLgl/>"))
    paper = read(numbered("Duties") + numbered("The processor helps.", 1), numbering=both)
    assert [one.number for one in paper.paragraphs] == ["I.", "1.1"]


def test_a_second_list_of_the_same_kind_counts_on_unless_it_starts_anew():
    nums = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
        "</w:lvlOverride></w:num>"
    )
    body = "".join(numbered("A sentence of some length.", 0, num) for num in (1, 1, 2, 3, 3))
    paper = read(body, numbering=numbering(level(0, "%1."), nums=nums))
    assert [one.number for one in paper.paragraphs] == ["1.", "2.", "3.", "1.", "2."]


def test_a_level_that_never_restarts_goes_on():
    both = numbering(level(0, "%1."), level(1, "%2)", more='<w:lvlRestart w:val="0"/>'))
    body = "".join(numbered("A sentence of some length.", rank) for rank in (0, 1, 0, 1))
    assert [one.number for one in read(body, numbering=both).paragraphs] == ["1.", "1)", "2.", "2)"]


def test_a_list_bound_to_styles_needs_no_number_in_the_paragraph():
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="H{rank}"><w:name w:val="heading {rank + 1}"/><w:pPr><w:numPr>'
        f'<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        for rank in (0, 1)
    )
    levels = level(0, "%1.", more='<w:pStyle w:val="H0"/>'), level(1, "%1.%2", more='<w:pStyle w:val="H1"/>')
    body = p("Breach", '<w:pStyle w:val="H0"/>') + p("Notice", '<w:pStyle w:val="H1"/>') + p("Within a day.")
    body += p("Audit", '<w:pStyle w:val="H0"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    paper = read(body, styles=styles, numbering=numbering(*levels))
    assert shown(paper) == ["1. Breach", "1.1 Notice", "Within a day.", "Audit"]
    assert paper.paragraphs[2].headings == ("1. Breach", "1.1 Notice")


def test_inserted_text_counts_and_deleted_text_is_left_out_and_told():
    body = (
        f'<w:p>{r("Notice within ")}<w:del w:id="1"><w:r><w:delText>72</w:delText></w:r></w:del>'
        f'<w:ins w:id="2">{r("24")}</w:ins>{r(" hours.")}</w:p>'
        f'<w:p><w:moveFrom w:id="3">{r("Moved away.")}</w:moveFrom></w:p>'
        f'<w:p><w:moveTo w:id="4">{r("Moved here.")}</w:moveTo></w:p>'
    )
    paper = read(body, comments='<w:comment w:id="0"/><w:comment w:id="1"/>')
    assert shown(paper) == ["Notice within 24 hours.", "Moved here."]
    assert (paper.notes.insertions, paper.notes.deletions, paper.notes.moves, paper.notes.comments) == (1, 1, 1, 2)
    assert paper.notes.tracked_changes == 3


def test_a_paragraph_whose_end_is_deleted_flows_into_the_next_and_takes_no_number():
    gone = '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    gone += f'<w:rPr><w:del w:id="1"/></w:rPr></w:pPr>{r("The processor ")}</w:p>'
    paper = read(gone + numbered("keeps a record."), numbering=numbering(level(0, "%1.")))
    assert shown(paper) == ["1. The processor keeps a record."]


def test_a_deleted_row_is_gone():
    row = "<w:tr>{}<w:tc>" + p("Acme") + "</w:tc><w:tc>" + p("{}") + "</w:tc></w:tr>"
    paper = read(
        "<w:tbl>" + row.format("", "Delft") + row.format('<w:trPr><w:del w:id="1"/></w:trPr>', "Lima") + "</w:tbl>"
    )
    assert shown(paper) == ["Acme | Delft"]


def test_a_text_box_is_read_once_after_its_paragraph():
    box = "<w:txbxContent>" + p("In the box.") + "</w:txbxContent>"
    body = (
        f'<w:p>{r("Around it.")}<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}'
        "</wps:txbx></w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert shown(read(body + p("After it."))) == ["Around it.", "In the box.", "After it."]


def test_content_controls_are_read_and_tables_of_contents_are_not():
    toc = '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    body = f"{toc}<w:sdtContent>{p('1 Audit 7')}</w:sdtContent></w:sdt>"
    body += f"<w:sdt><w:sdtContent>{p('A block.')}</w:sdtContent></w:sdt>"
    body += f"<w:p>{r('Name: ')}<w:sdt><w:sdtContent>{r('Acme')}</w:sdtContent></w:sdt></w:p>"
    assert shown(read(body)) == ["A block.", "Name: Acme"]


def test_tables_are_read_row_by_row_with_merged_and_nested_cells():
    merged = (
        '<w:tr><w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>'
        + p("Hosting")
        + "</w:tc><w:tc>"
        + p("Delft")
        + "</w:tc></w:tr>"
        "<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr>" + p("") + "</w:tc><w:tc>" + p("Ghent") + "</w:tc></w:tr>"
    )
    inner = "<w:tbl><w:tr><w:tc>" + p("Inner") + "</w:tc><w:tc>" + p("cell") + "</w:tc></w:tr></w:tbl>"
    nested = "<w:tr><w:tc>" + p("Outer") + inner + p("") + "</w:tc><w:tc>" + p("right") + "</w:tc></w:tr>"
    paper = read(p("Before.") + f"<w:tbl>{merged}{nested}</w:tbl>" + p("After."))
    assert shown(paper) == ["Before.", "Hosting | Delft", "Ghent", "Outer", "Inner | cell", "right", "After."]
    first = paper.paragraphs[1]
    assert (first.kind, first.cells, first.place.table, first.place.row) == (Kind.ROW, ("Hosting", "Delft"), 1, 1)


def test_a_contract_laid_out_in_a_table_is_read_as_paragraphs_with_their_numbers():
    long = "The processor tells the controller of each breach. " * 25
    row = "<w:tr><w:tc>" + p("4.1") + "</w:tc><w:tc>" + p(long) + "</w:tc></w:tr>"
    paper = read(f"<w:tbl>{row}</w:tbl>")
    assert (paper.paragraphs[0].number, paper.paragraphs[0].kind) == ("4.1", Kind.PARAGRAPH)


def test_footnotes_follow_their_paragraph_and_headers_stand_once():
    body = f'<w:p>{r("Measures are suitable.")}<w:r><w:footnoteReference w:id="2"/></w:r></w:p>' + p("Next.")
    body += '<w:sectPr><w:headerReference r:id="header"/><w:footerReference r:id="footer"/></w:sectPr>'
    notes = f'<w:footnote w:id="0" w:type="separator">{p("x")}</w:footnote>'
    notes += f'<w:footnote w:id="2">{p("See annex 2.")}</w:footnote>'
    paper = read(body, footnotes=notes, header=p("Acme DPA v3"), footer=p("Page 1 of 4"))
    assert shown(paper) == ["Acme DPA v3", "Measures are suitable.", "See annex 2.", "Next."]
    assert [one.kind for one in paper.paragraphs] == [Kind.HEADER, Kind.PARAGRAPH, Kind.FOOTNOTE, Kind.PARAGRAPH]


def test_fields_speak_their_result_and_not_their_code():
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF x \\h</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r("7.2")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    simple = f'<w:fldSimple w:instr="REF y">{r("8")}</w:fldSimple>'
    assert shown(read(f"<w:p>{r('See ')}{field}{r(' and ')}{simple}{r('.')}</w:p>")) == ["See 7.2 and 8."]


def test_symbols_tabs_breaks_and_hyphens_are_those_of_the_page():
    marks = (
        '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
        + r(" sub")
        + "<w:r><w:noBreakHyphen/></w:r>"
        + r("processor")
        + "<w:r><w:tab/></w:r>"
        + r("yes")
        + "<w:r><w:br/></w:r>"
        + r("ver")
        + "<w:r><w:softHyphen/></w:r>"
        + r("werker")
    )
    assert shown(read(f"<w:p>{marks}</w:p>")) == ["☒ sub-processor yes verwerker"]


def test_hidden_text_is_left_out_and_told():
    paper = read(f"<w:p>{r('Seen.')}{r(' Unseen.', '<w:vanish/>')}</w:p>")
    assert shown(paper) == ["Seen."]
    assert paper.notes.hidden == 1


def test_bold_words_that_open_a_paragraph_are_its_lead_and_a_bold_line_is_a_heading():
    body = p("Audit", run="<w:b/>") + f"<w:p>{r('Costs.', '<w:b/>')}{r(' Each party bears its own.')}</w:p>"
    heading, costs = read(p("An opening sentence.") + body).paragraphs[1:]
    assert (heading.kind, costs.lead, costs.heading) == (Kind.HEADING, "Costs", "Audit")


def test_the_source_index_finds_the_same_paragraph_in_the_file():
    data = docx(
        p("One.")
        + "<w:tbl><w:tr><w:tc>"
        + p("Left")
        + "</w:tc><w:tc>"
        + p("Right")
        + "</w:tc></w:tr></w:tbl>"
        + p("Two.")
    )
    from io import BytesIO
    from zipfile import ZipFile

    from lxml import etree

    found = list(etree.fromstring(ZipFile(BytesIO(data)).read("word/document.xml")).iter(W + "p"))
    last = read_bytes(data, "paper.docx").paragraphs[-1]
    assert "".join(found[last.source.index].itertext()) == "Two."
    assert last.source.part == "word/document.xml"


def test_pages_are_those_that_word_drew_last():
    broken = "<w:p><w:r><w:lastRenderedPageBreak/></w:r>" + r("On the second.") + "</w:p>"
    paper = read(p("On the first.") + broken)
    assert [one.page for one in paper.paragraphs] == [1, 2]
    assert paper.notes.pages == 2


def test_strict_open_xml_is_read_too():
    body = docx(p("Strictly."))
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(body)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    usual = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    parts["word/document.xml"] = parts["word/document.xml"].replace(
        usual, b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    )
    assert shown(read_bytes(zipped(parts), "strict.docx")) == ["Strictly."]


def test_python_docx_and_this_reader_agree_on_a_plain_file(tmp_path):
    from docx import Document

    document = Document()
    document.add_heading("Audit", 1)
    document.add_paragraph("The controller may audit.")
    document.save(str(tmp_path / "plain.docx"))
    from dpa_gen.paper import read as read_file

    ours = [one.text for one in read_file(tmp_path / "plain.docx").paragraphs]
    assert ours == [one.text for one in Document(str(tmp_path / "plain.docx")).paragraphs]


def test_two_languages_side_by_side_are_read_as_clauses_and_not_as_a_row():
    clause = "The processor tells the controller of each breach at once, and gives the facts that it knows and those"
    clause += " it finds."
    cells = "".join(f"<w:tc>{p(f'4.1 {word} {clause}')}</w:tc>" for word in ("Dutch:", "English:"))
    paper = read(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>")
    assert [(one.number, one.kind, one.place.column) for one in paper.paragraphs] == [
        ("4.1", Kind.PARAGRAPH, 1),
        ("4.1", Kind.PARAGRAPH, 2),
    ]
