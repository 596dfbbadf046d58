"""The record of processing: which rows, which words, and files that other programs open as they should."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
from html.parser import HTMLParser

import docx
import openpyxl
import pytest
from click.testing import CliRunner
from samples_of import SAMPLES
from workspace_of import COMPLETE, PRACTICE, TODAY, copied, read, small

from dpa_gen import workspaces
from dpa_gen.commands.register import register as command
from dpa_gen.commands.register import todo
from dpa_gen.pdf import office
from dpa_gen.register.book import register
from dpa_gen.sheets.html import html
from dpa_gen.sheets.page import page
from dpa_gen.sheets.separated import separated
from dpa_gen.sheets.sheet import Bar, Bars, Book, Column, Sheet
from dpa_gen.sheets.xlsx import xlsx

ACTIVITY = """
name: sollicitaties
purpose: een medewerker werven
data_subjects: [applicants]
personal_data: [contact-details, health]
"""
EVIL = ("=1+1", "+31 20", "-5", "@SUM(A1)", "\t=1", '<script>alert("x")</script>', "een\nregel", "a;b,c", 'zeg "ja"')
WEIRD = Book(
    "Register <b>",
    "nl",
    (("Wie & wat", "<i>Praktijk</i>"),),
    (Sheet("processing", "Blad: [1]/2", (Column("a", "=Kop"),), tuple((text,) for text in EVIL)),),
    (Bars("Staven <&>", (Bar("<getekend>", 3, "good"), Bar("geen", 0, "bad"))),),
)


def rows_of(book, sheet):
    return next(each.as_json() for each in book.sheets if each.id == sheet)


def row_of(folder, sheet="processing", number=0):
    return rows_of(register(read(folder), TODAY), sheet)[number]


# Which files


def test_the_practice_has_its_sixteen_processors():
    found = read(PRACTICE)
    assert (len(found.members), found.problems, found.side, found.language) == (16, (), "controller", "nl")


def test_what_is_no_description_is_passed_over(tmp_path):
    folder = small(tmp_path)
    for name in ("clauses/articles/audit.yaml", ".git/a.yaml", "activities/b.yaml", "contracten/c.yaml", "d.yaml"):
        (folder / name).parent.mkdir(exist_ok=True, parents=True)
        (folder / name).write_text("processor: x\n" if name != "d.yaml" else "titel: x\n", "utf-8")
    assert [path.name for path in workspaces.descriptions(folder)] == ["dienst.yaml"]


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_in_the_register(tmp_path):
    folder = small(tmp_path)
    (folder / "processors" / "kapot.yaml").write_text("processor: [\n", "utf-8")
    (folder / "processors" / "fout.yaml").write_text(
        COMPLETE.replace("country: NL, place", "country: XX, place"), "utf-8"
    )
    result = CliRunner().invoke(command, [str(folder), "--today", "2026-11-23"])
    assert result.exit_code == 2
    assert "Voorbeelddienst" in result.output
    assert "kapot.yaml" in result.output
    assert "fout.yaml" in result.output


def test_a_folder_without_descriptions_says_so(tmp_path):
    result = CliRunner().invoke(command, [str(tmp_path)])
    assert "no descriptions" in str(result.exception)


# Which rows


def test_a_row_tells_what_article_30_1_asks(tmp_path):
    row = row_of(small(tmp_path))
    assert row["activity"] == "Voorbeelddienst"
    assert row["purpose"] == ["belangstellenden informeren over het aanbod"]
    assert row["legal_basis"] == ["toestemming"]
    assert row["data_subjects"] == ["belangstellenden"]
    assert row["personal_data"] == ["naam", "e-mailadres"]
    assert row["recipients"] == ["Dienst Voorbeeld B.V."]
    assert row["transfers"] == ["geen"]
    assert row["retention"] == ["30\u00a0dagen na uitschrijving"]
    assert row["measures"][1].endswith("(voor iedereen)")


def test_the_head_tells_who_the_controller_is_and_of_which_day_it_is(tmp_path):
    facts = dict(register(read(small(tmp_path)), TODAY).facts)
    assert facts["Verwerkingsverantwoordelijke"] == "Praktijk Voorbeeld"
    assert facts["Contact"] == "Jo Vos, jo@praktijk.example.nl"
    assert facts["Stand op"] == "23\u00a0november\u00a02026"


def test_processing_without_a_processor_stands_in_the_same_sheet(tmp_path):
    folder = small(tmp_path)
    (folder / "activities").mkdir()
    (folder / "activities" / "sollicitaties.yaml").write_text(ACTIVITY, "utf-8")
    row = row_of(folder, number=1)
    assert row["processor"] == "geen, zelf gedaan"
    assert row["sensitive"] == ["gegevens over gezondheid"]
    assert row["retention"] == ["nog niet bekend"]


def test_every_sub_processor_and_every_transfer_has_a_row():
    book = register(read(SAMPLES / "volledig"), TODAY)
    assert [row["subprocessor"] for row in rows_of(book, "subprocessors")] == [
        "Wadfarn Hosting B.V.",
        "Rheinfarn Speicher GmbH",
        "Postfarn Mail B.V.",
        "Beaconfern Alerts Inc.",
        "Sahyafarn Support Services Private Limited",
    ]
    assert [row["country"] for row in rows_of(book, "transfers")] == ["Verenigde Staten", "India"]


def test_an_agreement_has_its_state_its_dates_and_its_file(tmp_path):
    folder = small(tmp_path, 'agreement: {state: signed, sent: 2026-01-02, signed: 2026-01-09, file: "../a.pdf"}')
    row = row_of(folder, "agreements")
    assert (row["state"], row["sent"], row["signed"]) == ("getekend", "2026-01-02", "2026-01-09")
    assert (row["file"], row["version"]) == ("../a.pdf", "1.0")


def test_a_contract_that_lies_in_the_folder_counts_as_drafted_and_tells_when_it_is_outdated(tmp_path):
    from dpa_gen.generate import Wishes
    from dpa_gen.making import Order, make

    folder = small(tmp_path)
    path = folder / "processors" / "dienst.yaml"
    make(path, Wishes(), Order())
    assert row_of(folder, "agreements")["state"] == "opgesteld"
    assert row_of(folder, "agreements")["file"] == "contracten/dienst.docx"
    (draft,) = read(folder).members[0].drafts
    assert draft.current
    path.write_text(path.read_text("utf-8").replace("P30D", "P60D"), "utf-8")
    assert not read(folder).members[0].drafts[0].current


def test_marking_an_agreement_does_not_make_its_contract_outdated(tmp_path):
    from dpa_gen.generate import Wishes
    from dpa_gen.making import Order, make
    from dpa_gen.marking import update

    path = small(tmp_path) / "processors" / "dienst.yaml"
    make(path, Wishes(), Order())
    update(path, "agreement", {"state": "sent", "sent": "2026-11-01"})
    assert read(tmp_path).members[0].drafts[0].current


def test_a_vendor_gets_the_register_of_article_30_2(tmp_path):
    party, rest = COMPLETE.split("service:")
    (tmp_path / "dpa-gen.yaml").write_text(party, "utf-8")
    customer = "controller: {name: Klant B.V., country: NL, dpo: {name: Fien}}\nservice:" + rest
    (tmp_path / "klant.yaml").write_text(customer, "utf-8")
    row = row_of(tmp_path, "for-controllers")
    assert (row["controller"], row["officer"]) == ("Klant B.V.", "Fien")
    assert row["categories"]
    assert row["measures"]


def test_the_overview_counts_states_countries_and_findings():
    states, places, findings = register(read(SAMPLES / "volledig"), TODAY).overview
    assert [(bar.label, bar.count) for bar in states.bars] == [("geen", 1)]
    assert "India (buiten de EER)" in [bar.label for bar in places.bars]
    assert len(findings.bars) == 3


def test_an_english_workspace_has_an_english_register():
    book = register(read(SAMPLES / "complete"), TODAY)
    assert book.title == "Record of processing activities"
    assert {column.title for column in book.sheets[0].columns} >= {"Purposes", "Legal basis", "Retention"}


# Files


@pytest.fixture(scope="module")
def book():
    return register(read(PRACTICE), TODAY)


def test_the_excel_file_has_the_rows_with_filters_frozen_head_and_pick_lists(book):
    workbook = openpyxl.load_workbook(io.BytesIO(xlsx(book)))
    assert workbook.sheetnames == ["Verwerkingen", "Overeenkomsten", "Subverwerkers", "Doorgiften"]
    sheet = workbook["Overeenkomsten"]
    assert (sheet.max_row, sheet.freeze_panes, sheet.auto_filter.ref) == (17, "B2", "A1:Q17")
    (offered,) = sheet.data_validations.dataValidation
    assert offered.formula1 == '"geen,opgesteld,verstuurd,getekend,verlopen,beëindigd"'
    assert min(column.width for column in sheet.column_dimensions.values()) >= 7


def test_text_never_becomes_a_formula():
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx(WEIRD))).worksheets[0]
    cells = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in cells] == list(EVIL)
    assert [cell.quotePrefix for cell in cells[:5]] == [True] * 5
    assert sheet["A1"].data_type == "s"


def test_no_cell_of_the_separated_file_starts_a_formula():
    text = separated(WEIRD.sheets[0], "nl").decode("utf-8-sig")
    cells = [row[0] for row in csv.reader(io.StringIO(text, newline=""), delimiter=";")]
    assert not [cell for cell in cells if cell.lstrip().startswith(("=", "+", "-", "@"))]
    assert cells[-3:] == list(EVIL[-3:])


def test_the_separated_file_opens_in_a_dutch_spreadsheet(book):
    raw = separated(book.sheets[0], "nl")
    assert raw.startswith("\ufeffVerwerking;Kenmerk;".encode())
    assert len(list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), delimiter=";"))) == 17


@pytest.mark.parametrize("make", [xlsx, page, lambda book: html(book, "Overzicht")], ids=["xlsx", "docx", "html"])
def test_the_same_register_gives_the_same_bytes(book, make):
    assert make(book) == make(book)


def test_the_page_to_show_lies_across_and_has_a_style_for_every_paragraph(book):
    document = docx.Document(io.BytesIO(page(book)))
    (section,) = document.sections
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    styles = {paragraph.style.name for paragraph in document.paragraphs}
    assert styles <= {"Heading 1", "Heading 2", "Heading 3", "Register Fact"}
    assert next(p.text for p in document.paragraphs if p.style.name == "Heading 3") == "123test zakelijk account"


class Reading(HTMLParser):
    """What a browser would load or run, and the words of a page."""

    def __init__(self):
        super().__init__()
        self.tags, self.loads, self.words = [], [], []

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.loads += [value for name, value in attributes if name in ("src", "href", "srcset", "data")]

    def handle_data(self, data):
        self.words.append(data)


def test_the_web_page_loads_nothing_runs_nothing_and_escapes_everything():
    reading = Reading()
    reading.feed(html(WEIRD, "Overzicht").decode())
    assert not {"script", "iframe", "link", "img", "object", "b", "i"} & set(reading.tags)
    assert all(value.startswith("#") for value in reading.loads)
    assert '<script>alert("x")</script>' in reading.words


def test_the_web_page_opens_with_the_overview_as_drawings(book):
    text = html(book, "Overzicht").decode()
    assert text.count("<svg") == 3
    assert text.index("<svg") < text.index("<table")
    assert "http" not in re.sub(r'xmlns="[^"]*"|http-equiv|https?://[\w./-]+', "", text)


def test_a_drawing_is_told_to_those_who_cannot_see_it():
    assert "&lt;getekend&gt;: 3; geen: 0</desc>" in html(WEIRD, "Overzicht").decode()


@pytest.mark.parametrize("kind", ["xlsx", "csv", "docx", "html", "json"])
def test_every_kind_of_file_is_made(tmp_path, kind):
    target = tmp_path / f"register.{kind}"
    result = CliRunner().invoke(command, [str(PRACTICE), "-o", str(target), "--today", "2026-11-23"])
    assert result.exit_code == 0
    assert str(target) in result.output
    assert target.stat().st_size > 1000


@pytest.mark.parametrize("kind", ["xlsx", "csv", "docx", "html", "json", "ics"])
def test_every_kind_of_to_do_list_is_made(tmp_path, kind):
    target = tmp_path / f"te-doen.{kind}"
    result = CliRunner().invoke(todo, [str(PRACTICE), "-o", str(target), "--today", "2026-11-23"])
    assert result.exit_code == 0
    assert target.stat().st_size > 1000


def test_a_kind_of_file_that_is_not_made_is_refused(tmp_path):
    result = CliRunner().invoke(command, [str(PRACTICE), "-o", str(tmp_path / "register.pdf")])
    assert "not made" in str(result.exception)


def test_json_holds_sheets_overview_and_problems():
    told = json.loads(CliRunner().invoke(command, [str(PRACTICE), "--json", "--today", "2026-11-23"]).output)
    assert set(told) == {"title", "facts", "overview", "sheets", "problems"}
    assert len(told["sheets"]["processing"]) == 16


@pytest.mark.skipif(office() is None, reason="LibreOffice is not installed: the Excel file is not opened by it")
def test_libreoffice_opens_the_excel_file_with_the_same_rows(tmp_path, book):
    (tmp_path / "register.xlsx").write_bytes(xlsx(book))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    every_sheet = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    order = [office(), "--headless", profile, "--convert-to", every_sheet, "--outdir", tmp_path, "register.xlsx"]
    subprocess.run(list(map(str, order)), cwd=tmp_path, check=True, capture_output=True, timeout=120)
    for sheet in book.sheets:
        text = (tmp_path / f"register-{sheet.title}.csv").read_text("utf-8")
        found = list(csv.reader(io.StringIO(text, newline="")))
        assert [row[0] for row in found[1:]] == [row[0] for row in sheet.rows]
        assert found[0] == [column.title for column in sheet.columns]


def test_the_copy_of_the_practice_gives_the_same_register(tmp_path):
    folder = copied(tmp_path / "praktijk")
    assert register(read(folder), TODAY) == register(read(PRACTICE), TODAY)
    shutil.rmtree(folder)


def test_what_is_open_is_said_in_words_and_not_by_the_title_of_a_field(tmp_path):
    folder = small(tmp_path, "", COMPLETE.replace("date: 2026-01-01", 'date: "?"'))
    assert row_of(folder, "agreements")["main_agreement"] == "abonnement, van [nog niet bekend]"


def test_extra_safeguards_stand_with_the_measures(tmp_path):
    folder = small(tmp_path, "", COMPLETE.replace("  nature:", "  safeguards: alleen de coach ziet dit\n  nature:"))
    assert row_of(folder)["measures"][-1] == "alleen de coach ziet dit"
