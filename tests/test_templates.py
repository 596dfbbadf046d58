"""The shipped house styles: made by the script, tagged for docxtpl, with every style that a contract needs."""

import re
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docxtpl import DocxTemplate
from lxml import etree
from markupsafe import Markup

TEMPLATES = Path(__file__).parents[1] / "templates"
LOOKS = ("classic", "modern", "plain")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

PARAGRAPH_STYLES = {
    "Normal", "Body Text", "Title", "Subtitle", "Draft Note", "Draft Mark", "Header", "Footer",
    "Front Heading", "Party", "Party Item", "Recital", "Recital Item",
    "Heading 1", "Clause", "Clause Item", "Definition",
    "Closing Heading", "Closing Text", "Closing Item", "Signature Heading", "Signature Text",
    "Annex Heading", "Annex Section", "Annex Text", "Annex Item", "Table Text", "Table Heading", "Table Label",
}  # fmt: skip


@pytest.fixture(params=LOOKS)
def template(request: pytest.FixtureRequest) -> Path:
    return TEMPLATES / f"{request.param}.docx"


def parsed(file: Path, part: str) -> etree._Element:
    """A part of a Word file."""
    with ZipFile(file) as archive:
        return etree.fromstring(archive.read(part))


def run(text: str) -> Markup:
    """Ready-made XML of a run."""
    return Markup('<w:r><w:t xml:space="preserve">{}</w:t></w:r>').format(text)


def block(kind: str, text: str, table: str = "") -> dict[str, object]:
    """A block of a contract."""
    return {"kind": kind, "text": run(text), "table": Markup(table)}


def table(text: str) -> Markup:
    """Ready-made XML of a table with one cell."""
    return Markup(
        '<w:tbl><w:tblPr><w:tblStyle w:val="DPATable"/></w:tblPr><w:tblGrid><w:gridCol w:w="900"/></w:tblGrid>'
        '<w:tr><w:tc><w:p><w:pPr><w:pStyle w:val="TableText"/></w:pPr>{}</w:p></w:tc></w:tr></w:tbl>'
    ).format(run(text))


def contract(*, draft: str = "", reference: str = "") -> dict[str, object]:
    """A small contract with every kind of block."""
    return {
        "contract": {
            "title": "Overeenkomst Jansen & Zn. <VOF>",
            "subtitle": run("tussen A en B"),
            "reference": reference,
            "version": "1.10",
            "draft": draft,
            "draft_sentence": draft,
        },
        "labels": {"page": "pagina", "of": "van", "version": "versie", "reference": "kenmerk"},
        "front": [
            {
                "id": "parties",
                "title": run("Partijen"),
                "blocks": [block("table", "", table("A")), block("paragraph", "en")],
            },
            {
                "id": "recitals",
                "title": "",
                "blocks": [block("heading", "Waarom"), block("paragraph", "Omdat"), block("item", "het moet")],
            },
        ],
        "articles": [
            {
                "title": run("Definities"),
                "blocks": [
                    block("paragraph", "Hier is:"),
                    block("definition", "AVG: de verordening"),
                    block("paragraph", "Ook:"),
                    block("item", "dit"),
                    block("table", "", table("B")),
                ],
            }
        ],
        "closing": {"title": run("Ondertekening"), "blocks": [block("paragraph", "Getekend:"), block("item", "hier")]},
        "signatures": table("handtekening"),
        "annexes": [
            {
                "title": run("De verwerking"),
                "blocks": [
                    block("heading", "Kenmerken"),
                    block("paragraph", "Als volgt:"),
                    block("item", "zo"),
                    block("table", "", table("C")),
                ],
            }
        ],
    }


def rendered(template: Path, folder: Path, **choices: str) -> Path:
    """The template, filled by docxtpl itself."""
    file = DocxTemplate(template)
    file.render(contract(**choices), autoescape=True)
    file.save(folder / "contract.docx")
    return folder / "contract.docx"


def lines(file: Path) -> list[tuple[str, str]]:
    """Style and text of the paragraphs of the body, without those of tables."""
    return [(paragraph.style.name, paragraph.text) for paragraph in Document(str(file)).paragraphs]


def test_the_shipped_templates_are_what_the_script_makes(tmp_path: Path) -> None:
    subprocess.run([sys.executable, TEMPLATES / "build.py", tmp_path], check=True)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {
        file.name: file.read_bytes() for file in TEMPLATES.iterdir() if file.suffix in (".docx", ".json")
    }


def test_every_style_that_a_contract_needs_is_there_under_its_name(template: Path) -> None:
    styles = Document(str(template)).styles
    named = {kind: {style.name for style in styles if style.type == kind} for kind in WD_STYLE_TYPE}
    assert named[WD_STYLE_TYPE.PARAGRAPH] >= PARAGRAPH_STYLES
    assert named[WD_STYLE_TYPE.CHARACTER] >= {"Fill-in Field", "Defined Term"}
    assert named[WD_STYLE_TYPE.TABLE] >= {"DPA Table", "DPA Facts", "Signature Table"}


def test_every_paragraph_of_a_template_has_a_style_that_exists(template: Path) -> None:
    known = {style.get(f"{W}styleId") for style in parsed(template, "word/styles.xml").iter(f"{W}style")}
    for part in ("document", "header", "footer"):
        for paragraph in parsed(template, f"word/{part}.xml").iter(f"{W}p"):
            assert paragraph.find(f"{W}pPr/{W}pStyle").get(f"{W}val") in known


def test_every_level_of_a_list_and_its_style_point_at_each_other(template: Path) -> None:
    levels = {
        (abstract.get(f"{W}abstractNumId"), level.get(f"{W}ilvl"), level.find(f"{W}pStyle").get(f"{W}val"))
        for abstract in parsed(template, "word/numbering.xml").iter(f"{W}abstractNum")
        for level in abstract.iter(f"{W}lvl")
    }
    styles = {
        (number.find(f"{W}numId").get(f"{W}val"), number.find(f"{W}ilvl").get(f"{W}val"), style.get(f"{W}styleId"))
        for style in parsed(template, "word/styles.xml").iter(f"{W}style")
        for number in style.iter(f"{W}numPr")
    }
    assert levels == styles


def test_articles_paragraphs_and_sub_items_are_one_list(template: Path) -> None:
    first = parsed(template, "word/numbering.xml").find(f"{W}abstractNum")
    texts = [
        (level.find(f"{W}pStyle").get(f"{W}val"), level.find(f"{W}lvlText").get(f"{W}val"))
        for level in first.iter(f"{W}lvl")
    ]
    assert texts == [("Heading1", "%1."), ("Clause", "%1.%2"), ("ClauseItem", "%3.")]


def test_docxtpl_fills_every_kind_of_block_in_its_own_style(template: Path, tmp_path: Path) -> None:
    assert [line for line in lines(rendered(template, tmp_path)) if line[0] != "Table Text"] == [
        ("Title", "Overeenkomst Jansen & Zn. <VOF>"),
        ("Subtitle", "tussen A en B"),
        ("Front Heading", "Partijen"),
        ("Party", "en"),
        ("Front Heading", "Waarom"),
        ("Recital", "Omdat"),
        ("Recital Item", "het moet"),
        ("Heading 1", "Definities"),
        ("Clause", "Hier is:"),
        ("Definition", "AVG: de verordening"),
        ("Clause", "Ook:"),
        ("Clause Item", "dit"),
        ("Closing Heading", "Ondertekening"),
        ("Closing Text", "Getekend:"),
        ("Closing Item", "hier"),
        ("Annex Heading", "De verwerking"),
        ("Annex Section", "Kenmerken"),
        ("Annex Text", "Als volgt:"),
        ("Annex Item", "zo"),
    ]
    tables = [table.cell(0, 0).text for table in Document(str(tmp_path / "contract.docx")).tables]
    assert tables == ["A", "B", "handtekening", "C"]


def test_a_final_contract_has_no_draft_mark_and_a_draft_has_one_on_every_page(template: Path, tmp_path: Path) -> None:
    final = Document(str(rendered(template, tmp_path))).sections[0].header.paragraphs
    assert [(line.style.name, line.text) for line in final] == [("Header", "Overeenkomst Jansen & Zn. <VOF>\t")]
    draft = Document(str(rendered(template, tmp_path, draft="CONCEPT", reference="A-1"))).sections[0].header.paragraphs
    assert [(line.style.name, line.text) for line in draft] == [
        ("Draft Mark", "CONCEPT"),
        ("Header", "Overeenkomst Jansen & Zn. <VOF>\tkenmerk A-1"),
    ]
    assert ("Draft Note", "CONCEPT") in lines(tmp_path / "contract.docx")


def test_nothing_of_the_tags_stays_behind(template: Path, tmp_path: Path) -> None:
    with ZipFile(rendered(template, tmp_path)) as archive:
        left = [name for name in archive.namelist() if re.search(rb"\{[{%]", archive.read(name))]
    assert left == ["word/numbering.xml"]  # the word for annex, which the program fills in itself
    assert Document(str(tmp_path / "contract.docx")).core_properties.title == "Overeenkomst Jansen & Zn. <VOF>"
