"""The command line: exit codes, what goes where, what is written, and what nobody may lose by it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from dpa_gen import cli, commands
from dpa_gen.cli import COMMANDS, run

ROOT = Path(__file__).parent.parent
BASE = (ROOT / "tests" / "broken" / "dpa-gen.yaml").read_text("utf-8")
HEAVY = {"pydantic", "pydantic_core", "docxtpl", "docx", "lxml", "yaml", "jinja2", "openpyxl", "pypdfium2"}


@pytest.fixture
def workspace(tmp_path, monkeypatch):
    """A folder with one right description, and the command line in it."""
    (tmp_path / "a.yaml").write_text(BASE, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def incomplete(workspace):
    """The same, with own wording that takes away the article on audits, on which the law insists."""
    (workspace / "eigen" / "articles").mkdir(parents=True)
    (workspace / "eigen" / "articles" / "audit.yaml").write_text("remove: yes\n", "utf-8")
    (workspace / "a.yaml").write_text(BASE + "clauses: eigen/\n", "utf-8")
    return workspace


@pytest.fixture
def say(capsys, monkeypatch):
    """Runs a command as the shell would: its exit code, what it printed, and what it said beside it."""

    def spoken(*words):
        monkeypatch.setattr(sys, "argv", ["dpa-gen", *map(str, words)])
        code = 0
        try:
            run()
        except SystemExit as end:
            code = end.code or 0
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return spoken


def shell(*words, folder=ROOT, **environment):
    """A command in a process of its own."""
    command = [sys.executable, "-c", "from dpa_gen.cli import run; run()", *map(str, words)]
    surroundings = {**os.environ, **environment}
    return subprocess.run(command, capture_output=True, cwd=folder, env=surroundings, timeout=60, check=False)


def test_done_is_0_and_the_path_is_the_only_thing_printed(workspace, say):
    code, out, err = say("generate", "a.yaml")
    assert (code, out) == (0, "a.docx\n")
    assert "Nog in te vullen door de verwerker" in err
    assert (workspace / "a.docx").read_bytes()[:2] == b"PK"


def test_a_contract_that_the_law_calls_incomplete_is_1_and_is_not_written(incomplete, say):
    code, out, err = say("generate", "a.yaml")
    assert (code, out) == (1, "")
    assert "niet gemaakt: volgens de wet is dit contract niet compleet." in err
    assert "ROOD" in err
    assert not (incomplete / "a.docx").exists()


def test_an_incomplete_contract_is_written_as_a_draft_when_asked_and_is_still_1(incomplete, say):
    assert say("generate", "a.yaml", "--draft")[:2] == (1, "a.docx\n")


def test_check_says_1_for_an_incomplete_contract_and_writes_nothing(incomplete, say):
    code, out, err = say("check", "a.yaml")
    assert (code, err) == (1, "")
    assert "ROOD" in out
    assert list(incomplete.rglob("*.docx")) == []


def test_input_that_must_be_mended_is_2(workspace, say):
    (workspace / "a.yaml").write_text(BASE + "law: {governing: ZZ}\n", "utf-8")
    code, out, err = say("generate", "a.yaml")
    assert (code, out) == (2, "")
    assert err.startswith("a.yaml:24:18: law.governing: “ZZ” is not the code of a country.\n    Use the two letters")


@pytest.mark.parametrize("command", ["generate", "check"])
@pytest.mark.parametrize(
    ("name", "says"), [("nergens.yaml", "No such file"), (".", "a folder"), ("x" * 300, "too long")]
)
def test_what_is_no_file_is_2(workspace, say, command, name, says):
    code, out, err = say(command, name)
    assert (code, out) == (2, "")
    assert says in err


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("generate",),
        ("genereer",),
        ("generate", "a.yaml", "--langauge", "nl"),
        ("generate", "a.yaml", "--language", "fr"),
    ],
)
def test_a_command_that_is_not_understood_is_2_and_shows_how(workspace, say, words):
    code, out, err = say(*words)
    assert (code, out) == (2, "")
    assert "Usage: dpa-gen" in err or "--help" in err


def test_a_fault_of_the_program_is_3_with_its_traceback(workspace, say, monkeypatch):
    def broken(*_):
        raise ZeroDivisionError("a fault")

    monkeypatch.setitem(COMMANDS, "generate", "contract")
    monkeypatch.setattr("dpa_gen.making.make", broken)
    code, out, err = say("generate", "a.yaml")
    assert (code, out) == (3, "")
    assert "ZeroDivisionError: a fault" in err
    assert "This is a fault of dpa-gen itself." in err


def test_stopping_it_by_hand_is_130(workspace, say, monkeypatch):
    def stopped(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("dpa_gen.making.make", stopped)
    assert say("generate", "a.yaml")[0] == 130


def test_one_bad_description_does_not_stop_the_others(workspace, say):
    (workspace / "b.yaml").write_text("version: [1\n", "utf-8")
    (workspace / "c.yaml").write_text(BASE, "utf-8")
    code, out, err = say("generate", "a.yaml", "b.yaml", "c.yaml")
    assert (code, out) == (2, "a.docx\nc.docx\n")
    assert "b.yaml:1:10: this bracket is not closed." in err


def test_the_second_run_gives_the_same_bytes_and_touches_nothing(workspace, say):
    say("generate", "a.yaml")
    before = (workspace / "a.docx").read_bytes(), (workspace / "a.docx").stat().st_mtime_ns
    assert say("generate", "a.yaml")[0] == 0
    assert ((workspace / "a.docx").read_bytes(), (workspace / "a.docx").stat().st_mtime_ns) == before


@pytest.mark.parametrize("command", ["generate", "check"])
def test_json_is_the_same_to_the_byte_and_alone_on_standard_output(workspace, say, command):
    first, second = say(command, "a.yaml", "--json"), say(command, "a.yaml", "--json")
    assert first == second
    (told,) = json.loads(first[1])
    assert (told["description"], told["language"], told["incomplete"], first[2]) == ("a.yaml", "nl", False, "")
    assert {"path", "title", "who"} == set(told["open"][0])


def test_json_tells_of_a_bad_description_with_place_fault_and_mend(workspace, say):
    (workspace / "a.yaml").write_text(BASE + "law: {governing: UK}\n", "utf-8")
    code, out, err = say("check", "a.yaml", "--json")
    (told,) = json.loads(out)
    assert code == 2
    assert told["problems"] == [
        {
            "file": "a.yaml",
            "line": 24,
            "column": 18,
            "path": ["law", "governing"],
            "what": "law.governing: “UK” is not the code of a country.",
            "mend": "Did you mean GB?",
        }
    ]
    assert "a.yaml:24:18" in err


def test_check_shows_the_defaults_that_a_contract_would_print(workspace, say):
    code, out, err = say("check", "a.yaml")
    assert (code, err) == (0, "")
    assert "compleet: alle verplichte onderdelen" in out
    assert "  breach.notify_within_hours: 48\n" in out
    assert "processing.nature" not in out


@pytest.mark.parametrize(
    ("words", "files"),
    [
        (["-o", "uit/x.docx"], ["uit/x.docx"]),
        (["-o", "uit"], ["uit/a.docx"]),
        (["-o", "uit/v1.0"], ["uit/v1.0/a.docx"]),
        (["-l", "nl", "-l", "en", "-o", "uit"], ["uit/a-nl.docx", "uit/a-en.docx"]),
        (["-l", "en", "-l", "en", "-o", "uit"], ["uit/a.docx"]),
        (["a.yaml", "./a.yaml", "-o", "uit"], ["uit/a.docx"]),
    ],
)
def test_a_contract_goes_where_it_was_asked(workspace, say, words, files):
    code, out, _ = say("generate", "a.yaml", *words)
    assert (code, out.splitlines()) == (0, [str(Path(file)) for file in files])
    assert sorted(path.relative_to(workspace).as_posix() for path in workspace.rglob("*.docx")) == sorted(files)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_in_a_workspace_contracts_go_to_a_folder_beside_the_shared_file(workspace, say, language):
    (workspace / "dpa-gen.yaml").write_text(BASE, "utf-8")
    (workspace / "processors").mkdir()
    (workspace / "processors" / "post.yaml").write_text(f"language: {language}\n", "utf-8")
    code, out, _ = say("generate", "processors/post.yaml")
    folder = {"nl": "contracten", "en": "contracts"}[language]
    assert code == 0
    assert (workspace / folder / "post.docx").is_file()
    assert Path(out.strip()).resolve() == workspace / folder / "post.docx"


def test_a_folder_that_is_named_like_a_contract_is_a_folder(workspace, say):
    (workspace / "uit.docx").mkdir()
    assert say("generate", "a.yaml", "-o", "uit.docx")[:2] == (0, f"{Path('uit.docx/a.docx')}\n")


@pytest.mark.parametrize("name", ["a.pdf", "a.doc", "a.yaml", "a.odt", "x" * 300 + ".docx", "a.yaml/b/c.docx"])
def test_an_output_that_cannot_be_a_contract_is_2_and_harms_nothing(workspace, say, name):
    code, out, err = say("generate", "a.yaml", "-o", name)
    assert (code, out) == (2, "")
    assert err.splitlines()[-1].strip()
    assert (workspace / "a.yaml").read_text("utf-8") == BASE


def test_one_file_cannot_hold_two_contracts(workspace, say):
    (workspace / "b.yaml").write_text(BASE, "utf-8")
    for words in (["b.yaml"], ["-l", "nl", "-l", "en"]):
        code, out, err = say("generate", "a.yaml", *words, "-o", "x.docx")
        assert (code, out) == (2, "")
        assert "one file cannot hold several contracts." in err


def test_two_descriptions_of_one_name_do_not_take_each_others_place(workspace, say):
    for folder, party in (("x", "Een B.V."), ("y", "Twee B.V.")):
        (workspace / folder).mkdir()
        (workspace / folder / "z.yaml").write_text(BASE.replace("Voorbeeld Nieuwsbrieven B.V.", party), "utf-8")
    code, out, err = say("generate", "x/z.yaml", "y/z.yaml", "-o", "uit")
    assert (code, out) == (2, f"{Path('uit/z.docx')}\n")
    assert "this file is already the contract of another description." in err


def test_a_foreign_file_is_kept_unless_forced(workspace, say):
    (workspace / "a.docx").write_bytes(b"a letter")
    code, out, err = say("generate", "a.yaml")
    assert (code, out) == (2, "")
    assert "a.docx: this file was not made by dpa-gen" in err
    assert (workspace / "a.docx").read_bytes() == b"a letter"
    assert say("generate", "a.yaml", "--force")[:2] == (0, "a.docx\n")


def test_an_edited_contract_is_kept_unless_forced(workspace, say):
    from docx import Document

    say("generate", "a.yaml")
    document = Document("a.docx")
    document.paragraphs[0].add_run("!")
    document.save("a.docx")
    assert say("generate", "a.yaml")[0] == 2
    assert say("generate", "a.yaml", "--force")[0] == 0


def test_a_contract_made_from_older_facts_is_replaced(workspace, say):
    say("generate", "a.yaml")
    (workspace / "a.yaml").write_text(BASE.replace("Voorbeeld", "Andere"), "utf-8")
    before = (workspace / "a.docx").read_bytes()
    assert say("generate", "a.yaml")[0] == 0
    assert (workspace / "a.docx").read_bytes() != before


def test_a_signed_pdf_of_the_same_name_is_kept_and_nothing_is_made(workspace, say):
    (workspace / "a.pdf").write_bytes(b"%PDF-1.7 signed")
    code, out, err = say("generate", "a.yaml", "--pdf")
    assert (code, out) == (2, "")
    assert "a.pdf: this file was not made by dpa-gen" in err
    assert sorted(os.listdir(workspace)) == ["a.pdf", "a.yaml"]


def test_without_libreoffice_the_pdf_is_refused_with_a_mend(workspace, say, monkeypatch):
    monkeypatch.setattr("dpa_gen.pdf.PROGRAMS", ("no-such-office",))
    code, _, err = say("generate", "a.yaml", "--pdf")
    assert code == 2
    assert "LibreOffice" in err


@pytest.mark.parametrize(
    ("name", "file"), [("con", "con-.docx"), ("naïve 日本 & zn", "naïve 日本 & zn.docx"), ("a'b", "a'b.docx")]
)
def test_a_contract_has_the_name_of_its_description_made_safe(workspace, say, name, file):
    (workspace / f"{name}.yaml").write_text(BASE, "utf-8")
    assert say("generate", f"{name}.yaml")[:2] == (0, f"{file}\n")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has file names that are not text")
def test_a_file_name_that_is_no_text_does_not_stop_it(workspace):
    (workspace / "q\udcff.yaml").write_text(BASE, "utf-8")
    made = shell("generate", "q\udcff.yaml", folder=workspace)
    assert made.returncode == 0, made.stderr.decode()
    assert made.stdout.decode("utf-8").strip().endswith(".docx")


def test_a_file_name_cannot_steer_the_terminal(workspace, say):
    code, _, err = say("generate", "\x1b[2Jx.yaml")
    assert code == 2
    assert "\x1b" not in err


def test_init_writes_a_workspace_that_generates_at_once(workspace, say):
    code, out, err = say("init", "praktijk")
    assert (code, err) == (0, "")
    (description,) = [line for line in out.splitlines() if "processors" in line]
    code, out, err = say("generate", description)
    assert code == 0, err
    assert Path(out.strip()).is_file()


def test_init_does_not_overwrite_what_is_there(workspace, say):
    say("init", "praktijk")
    (workspace / "praktijk" / "dpa-gen.yaml").write_text("mine", "utf-8")
    assert say("init", "praktijk")[0] == 2
    assert (workspace / "praktijk" / "dpa-gen.yaml").read_text("utf-8") == "mine"


def test_the_schema_is_printed_as_it_is_made(say):
    from dpa_gen.schema import schema_text

    assert say("schema") == (0, schema_text(), "")


def test_the_version_is_that_of_the_package(say):
    assert say("--version") == (0, f"dpa-gen, version {cli.__version__}\n", "")


@pytest.mark.parametrize("words", [["--help"], ["--version"], *([name, "--help"] for name in COMMANDS)])
def test_help_imports_nothing_heavy(words):
    program = "import atexit, sys; atexit.register(lambda: print(*sys.modules, file=sys.stderr))\n"
    program += "from dpa_gen.cli import run; run()"
    command = [sys.executable, "-c", program, *words]
    asked = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert "dpa-gen" in asked.stdout
    assert set(asked.stderr.split()) & HEAVY == set()


@pytest.mark.parametrize("look", ["plain", "classic", "modern"])
def test_a_contract_in_a_shipped_look_is_made_without_loading_what_only_a_house_style_needs(workspace, look):
    code = "from dpa_gen.cli import run\ntry: run()\nfinally: import sys; print(*sys.modules, file=sys.stderr)"
    command = [sys.executable, "-c", code, "generate", "a.yaml", "--template", look]
    made = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert (workspace / "a.docx").exists()
    assert set(made.stderr.split()) & HEAVY == {"pydantic", "pydantic_core", "lxml", "yaml", "jinja2"}


@pytest.mark.parametrize("columns", ["60", "80"])
def test_the_list_of_commands_fits_the_screen_and_no_sentence_is_cut_off(columns):
    out = shell("--help", COLUMNS=columns).stdout.decode()
    assert "..." not in out.split("Commands:")[1]
    assert all(f"\n  {name} " in out for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_a_command_fits_60_columns_but_for_its_examples(name):
    out = shell(name, "--help", COLUMNS="60").stdout.decode()
    prose = [line for line in out.splitlines() if "dpa-gen" not in line]
    assert [line for line in prose if len(line) > 60] == []


def test_what_is_said_is_the_same_on_a_narrow_screen(workspace):
    (workspace / "b.yaml").write_text("version: 1\nversion: 2\n", "utf-8")
    narrow, wide = (shell("check", "a.yaml", "b.yaml", folder=workspace, COLUMNS=width) for width in ("60", "200"))
    assert (narrow.stdout, narrow.stderr) == (wide.stdout, wide.stderr)


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-16"])
def test_what_goes_to_a_file_is_utf_8_whatever_the_system_prefers(workspace, encoding):
    (workspace / "naïve.yaml").write_text(BASE, "utf-8")
    said = shell("check", "naïve.yaml", folder=workspace, PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert "naïve.yaml (nl): compleet" in said.stdout.decode("utf-8"), said.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes that break")
@pytest.mark.parametrize("words", [["schema"], ["--help"]])
def test_a_reader_that_stops_reading_is_no_fault(words):
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-c", "from dpa_gen.cli import run; run()", *words]
    ended = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, timeout=60, check=False)
    os.close(writer)
    assert (ended.returncode, ended.stderr) == (0, b"")


def test_every_command_is_a_click_command():
    context = click.Context(cli.main)
    for name in COMMANDS:
        assert isinstance(cli.main.get_command(context, name), click.Command)
    assert cli.main.get_command(context, "nergens") is None
    assert commands.__doc__
