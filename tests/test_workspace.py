"""A new workspace is complete, explained, and generates at once."""

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
import yaml
from docx import Document

from dpa_gen.errors import DpaError
from dpa_gen.schema import schema_text
from dpa_gen.workspace import begin

SAMPLES = Path(__file__).parent.parent / "samples"
WRITTEN = [
    "clauses/LEESMIJ.txt",
    "dpa-gen.clauses.schema.json",
    "dpa-gen.schema.json",
    "dpa-gen.yaml",
    "processors/nieuwsbrief.yaml",
]


def dpa_gen(*words: str, at: Path) -> subprocess.CompletedProcess[str]:
    """The real command line, run in a folder."""
    command = [sys.executable, "-c", "from dpa_gen.cli import run; run()", *words]
    return subprocess.run(command, cwd=at, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False)


def everything_in(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_init_prints_the_files_that_it_wrote(tmp_path):
    done = dpa_gen("init", "praktijk", at=tmp_path)
    assert done.returncode == 0, done.stderr
    assert sorted(line.replace("\\", "/") for line in done.stdout.split()) == [f"praktijk/{name}" for name in WRITTEN]
    assert everything_in(tmp_path / "praktijk") == WRITTEN


def test_what_init_writes_generates_at_once(tmp_path):
    dpa_gen("init", "praktijk", at=tmp_path)
    done = dpa_gen("generate", "praktijk/processors/nieuwsbrief.yaml", at=tmp_path)
    assert done.returncode == 0, done.stderr
    made = tmp_path / "praktijk" / "contracten" / "nieuwsbrief.docx"
    assert done.stdout.split() == [str(made.relative_to(tmp_path))]
    assert any("Verwerkersovereenkomst" in paragraph.text for paragraph in Document(str(made)).paragraphs)


def test_the_starting_folder_itself_may_become_the_workspace(tmp_path):
    assert dpa_gen("init", ".", at=tmp_path).returncode == 0
    assert everything_in(tmp_path) == WRITTEN


def test_a_file_that_is_there_already_is_named_and_nothing_is_written(tmp_path):
    (tmp_path / "processors").mkdir()
    mine = [tmp_path / "dpa-gen.yaml", tmp_path / "processors" / "nieuwsbrief.yaml"]
    for file in mine:
        file.write_text("language: en\n")
    done = dpa_gen("init", ".", at=tmp_path)
    assert done.returncode == 2
    assert [line for line in done.stderr.splitlines() if "there already" in line] == [
        "dpa-gen.yaml: this file is there already, and is not overwritten.",
        f"{Path('processors/nieuwsbrief.yaml')}: this file is there already, and is not overwritten.",
    ]
    assert everything_in(tmp_path) == ["dpa-gen.yaml", "processors/nieuwsbrief.yaml"]
    assert [file.read_text() for file in mine] == ["language: en\n"] * 2


def test_a_workspace_cannot_be_a_file(tmp_path):
    (tmp_path / "praktijk").write_text("")
    with pytest.raises(DpaError, match="not a folder"):
        begin(tmp_path / "praktijk")


def test_the_example_of_a_vendor_is_some_thirty_lines_and_no_line_is_too_long(tmp_path):
    begin(tmp_path)
    vendor = (tmp_path / "processors" / "nieuwsbrief.yaml").read_text("utf-8").splitlines()
    shared = (tmp_path / "dpa-gen.yaml").read_text("utf-8").splitlines()
    assert len(vendor) <= 36
    assert max(map(len, vendor + shared)) <= 120


@pytest.mark.parametrize("name", ["dpa-gen.yaml", "processors/nieuwsbrief.yaml"])
def test_an_editor_finds_the_schema_beside_the_files(tmp_path, name):
    begin(tmp_path)
    first = (tmp_path / name).read_text("utf-8").splitlines()[0]
    schema = (tmp_path / name).parent / first.removeprefix("# yaml-language-server: $schema=")
    assert schema.read_text("utf-8") == schema_text()


def test_the_schema_beside_the_samples_is_the_one_that_the_program_prints():
    assert (SAMPLES / "dpa-gen.schema.json").read_text("utf-8") == schema_text(), "run: python docs/build.py"


def descriptions() -> list[Path]:
    return sorted(SAMPLES.rglob("*.yaml"))


@pytest.mark.parametrize("file", descriptions(), ids=lambda file: file.relative_to(SAMPLES).as_posix())
def test_an_editor_finds_nothing_to_complain_of_in_a_sample(file):
    modeline = file.read_text("utf-8").splitlines()[0]
    schema = (file.parent / modeline.removeprefix("# yaml-language-server: $schema=")).resolve()
    assert schema == SAMPLES / "dpa-gen.schema.json"
    jsonschema.Draft7Validator(json.loads(schema_text())).validate(as_an_editor_reads(file))


def test_an_editor_finds_nothing_to_complain_of_in_a_new_workspace(tmp_path):
    begin(tmp_path)
    for file in tmp_path.rglob("*.yaml"):
        jsonschema.Draft7Validator(json.loads(schema_text())).validate(as_an_editor_reads(file))


def as_an_editor_reads(file: Path) -> object:
    """The file as YAML 1.2 has it, days as text."""
    return json.loads(json.dumps(yaml.safe_load(file.read_text("utf-8")), default=str))
