"""Plain text, Markdown, web pages and OpenDocument texts are read as they are meant."""

from __future__ import annotations

import pytest
from paper_files import zipped

from dpa_gen.paper import Kind, Paper, read_bytes
from dpa_gen.paper_numbers import letters, roman, typed


def read(text: str, name: str) -> Paper:
    return read_bytes(text.encode(), name)


def shown(paper: Paper) -> list[str]:
    return [str(paragraph) for paragraph in paper.paragraphs]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3.2 The processor acts", "3.2"),
        ("(a) at once;", "(a)"),
        ("iv) later", "iv)"),
        ("1. Definities", "1."),
        ("Artikel 4 – Beveiliging", "Artikel 4"),
        ("Article 5. Audit", "Article 5"),
        ("BIJLAGE 1", "BIJLAGE 1"),
        ("Annex II: Measures", "Annex II"),
        ("§ 3 Haftung", "§ 3"),
        ("Clause 8 Liability", "Clause 8"),
        ("12.1.3 Costs", "12.1.3"),
    ],
)
def test_a_typed_number_is_known(text, number):
    assert typed(text).number == number


@pytest.mark.parametrize(
    "text",
    [
        "72 hours after it learnt of it",
        "Article 28 GDPR asks for a contract.",
        "25 May 2018",
        "E. Jansen",
        "Artikel 5 van de hoofdovereenkomst blijft gelden.",
        "2016/679 is the regulation",
        "12.05.2026 was the day",
        "e.g. names",
        "part of the service",
        "1.5% of the fee",
    ],
)
def test_words_and_figures_that_open_a_sentence_are_no_number(text):
    assert typed(text) is None


def test_counts_in_letters_and_roman_numerals():
    assert [letters(count) for count in (1, 26, 27, 28, 53)] == ["a", "z", "aa", "bb", "aaa"]
    assert [roman(count) for count in (1, 4, 9, 14, 40, 99)] == ["i", "iv", "ix", "xiv", "xl", "xcix"]


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_text_is_read_in_every_common_encoding(code):
    text = "1. Geheimhouding\n\nDe verwerker is “zwijgzaam” – ook na beëindiging.\n"
    assert (
        read_bytes(text.encode(code), "a.txt").paragraphs[1].text == "De verwerker is “zwijgzaam” – ook na beëindiging."
    )


def test_lines_wrapped_by_hand_are_joined_and_numbered_ones_are_not():
    text = (
        "PROCESSING AGREEMENT\n\nArticle 1 - Secrecy\n\n"
        "1.1 The processor keeps all data secret and sees to it that everyone\nwho works for it does so too.\n"
        "1.2 This goes on after the end of the agreement, whatever the reason\nof that end may be.\n"
        "(a) also for former staff;\n(b) for all.\n"
    )
    paper = read(text, "a.txt")
    assert shown(paper) == [
        "PROCESSING AGREEMENT",
        "Article 1 Secrecy",
        "1.1 The processor keeps all data secret and sees to it that everyone who works for it does so too.",
        "1.2 This goes on after the end of the agreement, whatever the reason of that end may be.",
        "(a) also for former staff;",
        "(b) for all.",
    ]
    assert [one.kind for one in paper.paragraphs[:2]] == [Kind.HEADING, Kind.HEADING]
    assert paper.paragraphs[5].reference == "1.2(b)"
    assert paper.paragraphs[5].headings == ("PROCESSING AGREEMENT", "Article 1 Secrecy")


def test_a_short_list_of_numbered_names_is_no_row_of_headings():
    paper = read("Parties\n\n1. Acme\n2. Bolt\n3. Core\n\nThey agree as follows, each for its own part.\n", "a.txt")
    assert [one.kind for one in paper.paragraphs if one.number][:2] == [Kind.PARAGRAPH, Kind.PARAGRAPH]


def test_markdown_is_read_without_its_marks():
    text = (
        "---\ntitle: Terms\n---\n# Agreement\n\n## 2. Sub-processors\n\n"
        "1. **Notice.** We tell you [here](https://acme.example/list) of *each* change.\n"
        "   - within 30 days\n1. You may object.\n\n"
        "| Name | Country |\n|---|---|\n| Acme | Belgium |\n\n<!-- unseen --><span>Last</span> line.\n"
    )
    paper = read(text, "a.md")
    assert shown(paper) == [
        "Terms",
        "Agreement",
        "2. Sub-processors",
        "1. Notice. We tell you here of each change.",
        "within 30 days",
        "2. You may object.",
        "Name | Country",
        "Acme | Belgium",
        "Last line.",
    ]
    notice, days, objection = paper.paragraphs[3:6]
    assert (notice.lead, notice.links, notice.reference) == ("Notice", ("https://acme.example/list",), "2.1")
    assert (days.kind, days.headings[-1], objection.reference) == (Kind.ITEM, "Notice", "2.2")
    assert paper.paragraphs[6].place.is_head


def test_blanks_to_fill_in_stay():
    assert shown(read("# A\n\nName: __________ and [naam]\n", "a.md"))[1] == "Name: __________ and [naam]"


def test_a_web_page_is_read_without_menus_scripts_and_hidden_words():
    text = (
        "<!doctype html><html><head><title>x</title><style>p{}</style></head><body><nav>Home</nav><main><h1>DPA</h1>"
        '<p>We act on <a href="https://acme.example">your</a> instructions.<script>alert(1)</script></p>'
        '<p style="display: none">Unseen.</p><ol start="3" type="a"><li>secret<li>safe<ul><li>locked</ul></ol>'
        "<table><tr><th>Name<th>Place<tr><td>Acme<td>Ghent</table></main></body></html>"
    )
    paper = read(text, "a.html")
    assert shown(paper) == [
        "DPA",
        "We act on your instructions.",
        "c. secret",
        "d. safe",
        "locked",
        "Name | Place",
        "Acme | Ghent",
    ]
    assert paper.notes.hidden == 1
    assert paper.paragraphs[1].links == ("https://acme.example",)


def test_an_opendocument_text_is_read_with_its_numbers():
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in (("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"))
    )
    content = (
        f'<office:document-content {spaces}><office:automatic-styles><text:list-style style:name="L">'
        '<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>'
        '<text:list-level-style-number text:level="2" style:num-format="1" text:display-levels="2"/>'
        "</text:list-style></office:automatic-styles><office:body><office:text>"
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>Gone.</text:p></text:deletion></text:changed-region>"
        '</text:tracked-changes><text:h text:outline-level="1">Audit</text:h>'
        '<text:list text:style-name="L"><text:list-item>'
        "<text:p>You may audit us.</text:p>"
        "<text:list><text:list-item><text:p>Once a year.</text:p></text:list-item></text:list>"
        "</text:list-item></text:list></office:text></office:body></office:document-content>"
    )
    paper = read_bytes(zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content}), "a.odt")
    assert shown(paper) == ["Audit", "1. You may audit us.", "1.1 Once a year."]
    assert paper.notes.deletions == 1


def test_the_same_file_gives_the_same_paper_every_time():
    text = "# A\n\n1. One sentence.\n2. Another one.\n"
    assert read(text, "a.md") == read(text, "a.md")


def test_heavy_libraries_are_loaded_only_when_needed():
    import subprocess
    import sys

    code = "import sys, dpa_gen.paper; assert not {'lxml', 'pypdfium2', 'docx'} & set(sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
