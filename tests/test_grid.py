"""Tables of counterparties: the habits of Excel are met, errors name the cell, and a workspace comes back as it was."""

import datetime
import json
import re
import shutil
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
from click.testing import CliRunner
from word_text import words_of

from dpa_gen.batch.rows import prepare_row
from dpa_gen.cli import main
from dpa_gen.errors import DpaError
from dpa_gen.generate import Wishes, contracts, prepare
from dpa_gen.grid import writing
from dpa_gen.grid.cells import letter, number_as_text, sheets
from dpa_gen.grid.columns import columns
from dpa_gen.grid.reading import read
from dpa_gen.library import shipped
from dpa_gen.workspaces import descriptions

PRACTICE = Path(__file__).parent.parent / "samples" / "praktijk"


def book(path: Path, *rows: list, **others: list) -> Path:
    """An Excel file with rows on its first sheet, and on others by their name."""
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.active.append(row)
    for name, entries in others.items():
        added = workbook.create_sheet(name)
        for entry in entries:
            added.append(entry)
    workbook.save(path)
    return path


def only(path: Path) -> dict:
    """What the only row of a table says."""
    table = read(path)
    assert table.refused == {}
    (row,) = table.rows
    return row.value


def problems(path: Path) -> str:
    """Everything that is said of a table that cannot be read."""
    with pytest.raises(DpaError) as trouble:
        read(path)
    return str(trouble.value)


# ---- what Excel does to facts ----------------------------------------------------------------------------------------


def test_numbers_days_and_switches_come_back_as_a_person_wrote_them(tmp_path):
    path = book(
        tmp_path / "t.xlsx",
        ["reference", "effective", "breach.notify_within_hours", "transfers.clauses.docking", "version"],
        [20260014, datetime.datetime(2026, 12, 1), 24.0, True, 1.5],
    )
    assert only(path) == {
        "reference": "20260014",
        "effective": "2026-12-01",
        "breach": {"notify_within_hours": "24"},
        "transfers": {"clauses": {"docking": "yes"}},
        "version": "1.5",
    }


def test_a_kvk_number_keeps_the_zero_that_excel_took(tmp_path):
    path = tmp_path / "t.xlsx"
    workbook = openpyxl.Workbook()
    workbook.active.append(["processor.registration.kvk", "processor.contact.phone", "processor.address.postcode"])
    workbook.active.append([1234567, 302345678, "3511 AB"])
    workbook.active["B2"].number_format = "0000000000"
    workbook.save(path)
    assert only(path) == {
        "processor": {
            "registration": {"kvk": "01234567"},
            "contact": {"phone": "0302345678"},
            "address": {"postcode": "3511 AB"},
        }
    }


@pytest.mark.parametrize(
    ("value", "shape", "text"),
    [
        (12345678, "General", "12345678"),
        (12345678.0, "0", "12345678"),
        (31612345678, "General", "31612345678"),
        (1e20, "General", "100000000000000000000"),
        (345678, "00000000", "00345678"),
        (301234567, "000 000 00 00", "030 123 45 67"),
        (1, "0.0", "1.0"),
        (0.1, "General", "0.1"),
        (-5, "000", "-5"),
    ],
)
def test_a_number_reads_as_the_sheet_shows_it(value, shape, text):
    assert number_as_text(value, shape) == text


def test_blanks_that_nobody_sees_are_taken_off(tmp_path):
    path = book(tmp_path / "t.xlsx", [" Processor.Name ", "service.name"], ["\u00a0Postfarn\u00a0Mail  ", "Post\ufeff"])
    assert only(path) == {"processor": {"name": "Postfarn Mail"}, "service": {"name": "Post"}}


def test_empty_cells_and_empty_rows_say_nothing(tmp_path):
    path = book(tmp_path / "t.xlsx", [], ["processor.name", "reference"], [None, None], ["A", "  "], ["", ""])
    assert only(path) == {"processor": {"name": "A"}}


def test_a_formula_is_read_as_its_value_and_without_one_is_told(tmp_path):
    path = book(tmp_path / "t.xlsx", ["processor.name", "reference"], ["A", '="VWO-"&2026'])
    table = read(path)
    assert table.rows == ()
    told = str(table.refused["A"][0])
    assert "sheet Sheet, row 2, column B" in told
    assert "formula has no value" in told
    assert "save" in told


def edited(path: Path, part: str, change) -> Path:
    """A spreadsheet with a part of it changed."""
    with ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    after = change(parts[part])
    assert after != parts[part]
    with ZipFile(path, "w", ZIP_DEFLATED) as package:
        for name, data in {**parts, part: after}.items():
            package.writestr(name, data)
    return path


def calculated(sheet: bytes, cell: bytes, kind: bytes, value: bytes) -> bytes:
    """A sheet with the value of a formula beside it, as Excel saves it."""
    formula = rb'(r="%s")[^>]*>(<f>[^<]*</f>)(?:<v ?/>|<v></v>)' % cell
    return re.sub(formula, rb"\1%s>\2<v>%s</v>" % (kind, value), sheet)


def test_a_formula_that_excel_calculated_is_its_value(tmp_path):
    path = book(tmp_path / "t.xlsx", ["processor.name", "reference", "version"], ["A", '="VWO-"&2026', "=1+1"])
    edited(path, "xl/worksheets/sheet1.xml", lambda raw: calculated(raw, b"B2", b' t="str"', b"VWO-2026"))
    edited(path, "xl/worksheets/sheet1.xml", lambda raw: calculated(raw, b"C2", b"", b"2"))
    assert only(path) == {"processor": {"name": "A"}, "reference": "VWO-2026", "version": "2"}


def test_a_spreadsheet_that_unpacks_without_end_or_declares_entities_is_refused(tmp_path):
    path = book(tmp_path / "a.xlsx", ["processor.name"], ["A"])
    edited(path, "xl/workbook.xml", lambda raw: b'<!DOCTYPE x [<!ENTITY a "b">]>' + raw)
    assert "DOCTYPE" in problems(path)
    path = book(tmp_path / "b.xlsx", ["processor.name"], ["A"])
    edited(path, "xl/worksheets/sheet1.xml", lambda raw: raw + b" " * 700_000_000)
    assert "far too large" in problems(path)


def test_a_hidden_sheet_is_not_read(tmp_path):
    path = book(tmp_path / "t.xlsx", ["processor.name"], ["A"], geheim=[["x"], ["y"]])
    workbook = openpyxl.load_workbook(path)
    workbook["geheim"].sheet_state = "hidden"
    workbook.save(path)
    assert only(path) == {"processor": {"name": "A"}}


def test_an_error_of_the_spreadsheet_is_told(tmp_path):
    table = read(book(tmp_path / "t.xlsx", ["processor.name", "reference"], ["A", "#N/A"]))
    assert "shows #N/A" in str(table.refused["A"][0])


def test_a_title_above_the_header_is_passed_over(tmp_path):
    path = book(tmp_path / "t.xlsx", ["Onze verwerkers 2026"], [], ["processor.name", "reference"], ["A", "1"])
    assert only(path) == {"processor": {"name": "A"}, "reference": "1"}


def test_a_merged_header_is_told(tmp_path):
    workbook = openpyxl.Workbook()
    workbook.active.append(["processor.name", "reference", None])
    workbook.active.append(["A", "1", "2"])
    workbook.active.merge_cells("B1:C1")
    workbook.save(tmp_path / "t.xlsx")
    told = problems(tmp_path / "t.xlsx")
    assert "row 2, column C" in told
    assert "merged" in told


@pytest.mark.parametrize(
    "raw",
    [
        b"\xef\xbb\xbfkey;processor.name;reference\r\na;Caf\xc3\xa9 B.V.;1\r\n",
        b"key;processor.name;reference\r\na;Caf\xe9 B.V.;1\r\n",
        b"key,processor.name,reference\na,Caf\xc3\xa9 B.V.,1\n",
        b'sep=,\r\nkey,processor.name,reference\r\na,"Caf\xe9 B.V.",1\r\n',
        "key\tprocessor.name\treference\na\tCafé B.V.\t1\n".encode("utf-16"),
    ],
    ids=["utf-8 with mark", "Windows-1252", "commas", "sep=", "Unicode text"],
)
def test_a_csv_is_read_however_excel_saved_it(raw, tmp_path):
    (tmp_path / "t.csv").write_bytes(raw)
    assert only(tmp_path / "t.csv") == {"processor": {"name": "Café B.V."}, "reference": "1"}


# ---- lists, other sheets, and what does not fit a cell ---------------------------------------------------------------


def test_a_list_is_parted_by_semicolons_or_new_lines(tmp_path):
    path = book(
        tmp_path / "t.xlsx",
        ["processing.purpose", "processing.nature", "processing.locations", "subprocessors.list"],
        ["innen; sturen\\; en tellen ;", "store\nsend", "?", "geen"],
    )
    assert only(path) == {
        "processing": {"purpose": ["innen", "sturen; en tellen"], "nature": ["store", "send"], "locations": "?"},
        "subprocessors": {"list": "geen"},
    }


def test_the_entries_of_a_list_come_from_the_sheet_of_its_name(tmp_path):
    path = book(
        tmp_path / "t.xlsx",
        ["key", "processor.name"],
        ["post", "Postfarn"],
        subverwerkers=[["key", "name", "country", "data"], ["post", "Wad", "NL", "name; phone-number"]],
        **{"personal data": [["key", "term", "detail"], ["post", "name", None], ["post", "health", "klachten"]]},
    )
    found = only(path)
    assert found["subprocessors"] == {"list": [{"name": "Wad", "country": "NL", "data": ["name", "phone-number"]}]}
    assert found["processing"] == {"personal_data": ["name", {"term": "health", "detail": "klachten"}]}


def test_an_entry_of_no_row_is_told_with_the_nearest(tmp_path):
    sheet = [["key", "name", "country"], ["pots", "Wad", "NL"]]
    path = book(tmp_path / "t.xlsx", ["key", "processor.name"], ["post", "A"], subprocessors=sheet)
    assert "sheet subprocessors, row 2" in problems(path)
    assert "Did you mean post?" in problems(path)


def test_a_sheet_that_is_no_list_is_told_unless_it_says_so(tmp_path):
    rows = ["key", "processor.name"], ["post", "A"]
    assert "“retenton”" in problems(book(tmp_path / "a.xlsx", *rows, retenton=[["key"], ["post"]]))
    assert "Did you mean processing.retention?" in problems(tmp_path / "a.xlsx")
    assert only(book(tmp_path / "b.xlsx", *rows, **{"- notities": [["bel Jan"]], "Blad2": []}))


def test_a_cell_may_hold_yaml_where_a_list_or_a_group_belongs(tmp_path):
    path = book(tmp_path / "t.xlsx", ["processing.purpose", "reference"], ['[{nl: "a; b", en: c}]', "[niet lezen]"])
    assert only(path) == {"processing": {"purpose": [{"nl": "a; b", "en": "c"}]}, "reference": "[niet lezen]"}
    table = read(book(tmp_path / "u.xlsx", ["key", "processing.purpose"], ["a", "[niet dicht"]))
    assert "row 2, column B" in str(table.refused["a"][0])


# ---- errors name sheet, row and column -------------------------------------------------------------------------------


def test_every_unknown_column_is_told_with_its_letter_and_the_nearest(tmp_path):
    told = problems(book(tmp_path / "t.xlsx", ["processor.name", "procesor.form", "kvk", "- notitie"], ["A"]))
    assert "row 1, column B" in told
    assert "Did you mean processor.form?" in told
    assert "row 1, column C: “kvk” is not a column." in told
    assert "notitie" not in told


def test_a_column_that_stands_twice_and_a_fact_told_twice_are_told(tmp_path):
    assert "stands here twice" in problems(book(tmp_path / "a.xlsx", ["reference", "Reference"], ["1", "2"]))
    table = read(book(tmp_path / "b.xlsx", ["key", "service.name", "service.name.nl"], ["a", "x", "y"]))
    assert "another column as well" in str(table.refused["a"][0])


def test_a_wrong_value_is_told_at_its_cell(tmp_path):
    shutil.copy(PRACTICE / "dpa-gen.yaml", tmp_path)
    path = writing_of_practice(tmp_path / "t.xlsx")
    workbook = openpyxl.load_workbook(path)
    sheet = workbook.worksheets[0]
    column = [cell.value for cell in sheet[1]].index("processor.name") + 1
    sheet.cell(1, 80).value, sheet.cell(3, 80).value = "breach.notify_within_hours", "twee dagen"
    sheet.cell(3, column).value = None
    workbook.save(path)
    row = read(path).rows[1]
    with pytest.raises(DpaError) as trouble:
        prepare_row(row, Wishes())
    told = str(trouble.value)
    assert "sheet verwerkers, row 3, column CB: breach.notify_within_hours: a whole number" in told
    assert "sheet verwerkers, row 3: processor.name is missing" in told or "processor.name is missing" in told


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"PK\x03\x04 broken", "damaged"),
        (b"\xd0\xcf\x11\xe0 old", "old kind"),
        (b"\x00\x01\x02", "not a table"),
        (b"", "no row"),
        (b"a;b\n1;2\n", "no row of this sheet holds names of columns"),
        (b"processor.name\n", "no row in this table"),
    ],
)
def test_what_is_no_table_is_told(raw, words, tmp_path):
    (tmp_path / "t.csv").write_bytes(raw)
    assert words in problems(tmp_path / "t.csv")


def test_the_same_key_twice_refuses_the_second(tmp_path):
    table = read(book(tmp_path / "t.xlsx", ["key", "processor.name"], ["a", "A"], ["a", "B"]))
    assert [row.value["processor"]["name"] for row in table.rows] == ["A"]
    assert "earlier row" in str(table.refused["a (row 3)"][0])


@pytest.mark.parametrize(("column", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_a_column_has_the_letters_of_the_spreadsheet(column, letters):
    assert letter(column) == letters


# ---- there and back --------------------------------------------------------------------------------------------------


def writing_of_practice(path: Path) -> Path:
    path.write_bytes(writing.as_bytes(writing.of_workspace(descriptions(PRACTICE), "nl", path.suffix == ".csv"), path))
    return path


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_a_workspace_comes_back_from_its_table_with_the_same_words(ending, tmp_path):
    shutil.copy(PRACTICE / "dpa-gen.yaml", tmp_path)
    table = read(writing_of_practice(tmp_path / f"t{ending}"))
    assert table.refused == {}
    for row, path in zip(table.rows, descriptions(PRACTICE), strict=True):
        ours = next(contracts(prepare_row(row, Wishes()), Wishes(draft=True)))
        theirs = next(contracts(prepare(path, Wishes()), Wishes(draft=True)))
        assert row.key == path.stem
        assert words_of(ours.content) == words_of(theirs.content)


@pytest.mark.parametrize("sample", ["volledig/overeenkomst.yaml", "complete/agreement.yaml"])
def test_a_whole_description_comes_back_as_it_was(sample, tmp_path):
    path = PRACTICE.parent / sample
    for name in ("t.xlsx", "t.csv"):
        book = writing.of_workspace([path], "en", name.endswith("csv"))
        (tmp_path / name).write_bytes(writing.as_bytes(book, tmp_path / name))
        (row,) = read(tmp_path / name).rows
        assert prepare_row(row, Wishes()).description == prepare(path, Wishes()).description


def test_text_that_would_be_a_formula_stays_text(tmp_path):
    (tmp_path / "a.yaml").write_text('processor: {name: "=1+1"}\nservice: {name: "@x", description: "-y"}\n', "utf-8")
    for name in ("t.xlsx", "t.csv"):
        made = writing.of_workspace([tmp_path / "a.yaml"], "nl", name.endswith("csv"))
        (tmp_path / name).write_bytes(writing.as_bytes(made, tmp_path / name))
        assert only(tmp_path / name)["processor"] == {"name": "=1+1"}
        assert only(tmp_path / name)["service"] == {"name": "@x", "description": "-y"}
    cells = [cell for row in openpyxl.load_workbook(tmp_path / "t.xlsx").worksheets[0] for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert b";=1" not in (tmp_path / "t.csv").read_bytes()


def test_an_empty_table_explains_every_column_and_offers_choices(tmp_path):
    path = tmp_path / "leeg.xlsx"
    done = CliRunner().invoke(main, ["table", "--empty", str(path)])
    assert done.exit_code == 0
    workbook = openpyxl.load_workbook(path)
    explained = {row[0].value: row[1].value for row in workbook["uitleg"].iter_rows(min_row=2)}
    wanted = {path for path, column in columns().items() if path.count(".") < 2 and column.text}
    inside = ("accepted.", "controller.form.", "processor.form.")
    missing = {path for path in wanted - set(explained) if not path.startswith(inside)}
    assert {path for path in missing if not path.endswith((".nl", ".en"))} == set()
    heads = {sheet.title: [cell.value for cell in sheet[1]] for sheet in workbook.worksheets}
    assert set(heads["verwerkers"]) <= {"key", *columns()}
    offered = [rule.formula1 for rule in workbook["verwerkers"].data_validations.dataValidation]
    assert '"specific,general"' in offered
    assert "no row in this table" in problems(path)


@pytest.mark.parametrize(
    ("sheet", "column", "vocabulary"),
    [
        ("verwerkers", "processing.retention.after", "events"),
        ("processing.personal_data", "term", "personal-data"),
        ("processing.retention", "after", "events"),
        ("security.measures", "term", "measures"),
    ],
)
def test_an_empty_table_offers_the_terms_of_a_vocabulary_where_one_of_them_is_written(
    tmp_path, sheet, column, vocabulary
):
    path = tmp_path / "leeg.xlsx"
    assert CliRunner().invoke(main, ["table", "--empty", str(path)]).exit_code == 0
    workbook = openpyxl.load_workbook(path)
    head = next(cell for cell in workbook[sheet][1] if cell.value == column)
    rule = next(r for r in workbook[sheet].data_validations.dataValidation if f"{head.column_letter}2" in r.sqref)
    name, _, cells = rule.formula1.partition("!")
    terms = [row[0].value for row in workbook[name][cells.replace("$", "")]]
    assert terms == list(shipped().terms[vocabulary])
    assert not rule.showErrorMessage  # free words may be written as well
    assert workbook[name].sheet_state == "hidden"
    assert workbook.sheetnames[-1] == name
    assert not any(each.value.startswith("=") for row in workbook[name] for each in row if each.value)


def test_the_hidden_sheet_of_terms_is_no_list_of_the_table(tmp_path):
    path = tmp_path / "leeg.xlsx"
    CliRunner().invoke(main, ["table", "--empty", str(path)])
    workbook = openpyxl.load_workbook(path)
    workbook["verwerkers"]["A2"], workbook["verwerkers"]["C2"] = "een", "Dienst B.V."
    workbook["processing.personal_data"]["A2"], workbook["processing.personal_data"]["B2"] = "een", "contact-details"
    workbook.save(path)
    (row,) = read(path).rows
    assert row.value["processing"]["personal_data"] == ["contact-details"]


def test_the_table_that_an_office_saves_is_read_the_same(tmp_path):
    """Every cell as a shared string, as Excel and LibreOffice write them."""
    path = writing_of_practice(tmp_path / "t.xlsx")
    before = [row.value for row in read(path).rows]
    openpyxl.load_workbook(path).save(tmp_path / "u.xlsx")
    assert [row.value for row in read(tmp_path / "u.xlsx").rows] == before


def test_the_sheets_are_never_read_beyond_what_is_there(tmp_path):
    path = book(tmp_path / "t.xlsx", ["processor.name"], ["A"])
    assert [len(sheet.lines) for sheet in sheets(path)] == [2]


def test_a_table_is_made_into_contracts_over_the_shared_file_beside_it(tmp_path):
    shutil.copy(PRACTICE / "dpa-gen.yaml", tmp_path)
    path = writing_of_practice(tmp_path / "t.xlsx")
    done = CliRunner().invoke(main, ["batch", "--from", str(path), "--output", str(tmp_path / "uit"), "--json"])
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert {each["state"] for each in told["contracts"]} == {"made"}
    assert len(list((tmp_path / "uit").glob("*.docx"))) == 16
    again = CliRunner().invoke(main, ["batch", "--from", str(path), "--output", str(tmp_path / "uit")])
    assert "unchanged 16" in again.stdout
