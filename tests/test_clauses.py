"""The commands of the clause library, and the schemas of own clause files."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import jsonschema
import pytest
import yaml
from click.testing import CliRunner, Result
from pydantic import BaseModel

from dpa_gen import clausefile
from dpa_gen.clauseschema import KINDS, clause_schema, clause_schema_text, key_texts
from dpa_gen.cli import main
from dpa_gen.errors import DpaError
from dpa_gen.library import KINDS as LIBRARY_KINDS
from dpa_gen.library import shipped, shipped_folder
from dpa_gen.overlay import library
from dpa_gen.schema import DRAFT_7

ROOT = Path(__file__).parent.parent
DESCRIPTION = ROOT / "samples" / "volledig" / "overeenkomst.yaml"
OWN = """\
paragraphs:
  respond:
    text:
      nl: De Verwerker herstelt de beveiliging direct.
      en: The Processor shall restore security at once.
  new:
    after: content
    text: {nl: De Verwerker belt., en: The Processor shall telephone.}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with own wording, from which the commands are typed."""
    monkeypatch.chdir(tmp_path)
    library.cache_clear()  # the folders of each test have the same names
    (tmp_path / "eigen").mkdir()
    (tmp_path / "eigen" / "breaches.yaml").write_text(OWN, "utf-8")
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["clauses", *words])


def said(*words: str) -> str:
    """What a command that ends well prints."""
    done = run(*words)
    assert done.exit_code == 0, done.output
    return done.stdout


# list, show, coverage


def test_list_tells_every_paragraph_once_in_the_order_of_the_contract(folder):
    rows = json.loads(said("list", "--json"))
    assert [row["id"] for row in rows] == [paragraph.id for _, paragraph in shipped().paragraphs()]


@pytest.mark.parametrize(("language", "layer"), [("nl", "meegeleverd"), ("en", "shipped")])
def test_list_tells_the_title_what_a_paragraph_meets_and_its_layer(folder, language, layer):
    text = said("list", "--language", language, "--clauses", "eigen")
    assert shipped().clauses["breaches"].title[language] in text
    assert f"  breaches.content  [{layer}]\n      breach.content" in text
    assert "  breaches.new  [eigen]" in text


def test_list_follows_the_folders_that_the_shared_file_names(folder):
    (folder / "dpa-gen.yaml").write_text("clauses: eigen/\n", "utf-8")
    assert "breaches.new" in said("list")


@pytest.mark.parametrize("position", ["controller", "balanced", "processor"])
def test_show_tells_one_position_when_that_is_asked(folder, position):
    text = said("show", "breaches.period", "--position", position)
    assert f"  {position}:" in text
    assert sum(f"  {each}:" in text for each in ("controller", "balanced", "processor")) == 1


def test_show_tells_words_blanks_sources_and_note(folder):
    text = said("show", "breaches.period", "--language", "en")
    assert "[breach.notify_within_hours]" in text
    assert "Article 33(2) GDPR" in text
    assert "Note: " in text
    assert "{{" not in text


def test_show_of_an_article_tells_all_its_paragraphs(folder):
    text = said("show", "breaches")
    assert all(paragraph.id in text for paragraph in shipped().clauses["breaches"].paragraphs)


@pytest.mark.parametrize("command", ["show", "edit", "preview"])
def test_a_name_that_is_not_there_is_met_with_the_one_that_was_meant(folder, command):
    done = run(command, "breaches.periode")
    assert isinstance(done.exception, DpaError)
    assert "Did you mean breaches.period?" in str(done.exception)


def test_coverage_sets_every_requirement_beside_its_paragraphs(folder):
    rows = json.loads(said("coverage", "--json"))
    assert {"art28.3.b", "art28.3.h.audit"} <= {row["requirement"] for row in rows}
    assert all(row["paragraphs"] for row in rows if row["level"] == "must")


def test_coverage_for_one_description_names_only_what_its_contract_prints(folder):
    whole, one = (json.loads(said("coverage", "--json", *more)) for more in ((), ("--for", str(DESCRIPTION))))
    printed = {name for row in one for name in row["paragraphs"]}
    assert printed < {name.partition(" ")[0] for row in whole for name in row["paragraphs"]}
    assert not any("(" in name for name in printed)


# edit and diff


def test_edit_writes_an_own_file_that_changes_nothing_yet(folder):
    assert said("edit", "audit.audit").strip().replace("\\", "/") == "clauses/articles/audit.yaml"
    assert said("lint", "clauses", "--fail-on", "info").startswith(("geen bevindingen", "no findings"))
    assert "[-" not in said("diff", "--clauses", "clauses")


def test_edit_writes_into_the_first_folder_that_the_shared_file_names_from_the_words_of_all(folder):
    (folder / "boven").mkdir()
    (folder / "dpa-gen.yaml").write_text("clauses: [boven/, eigen/]\n", "utf-8")
    written = folder / said("edit", "breaches.respond").strip()
    assert written == folder / "boven" / "articles" / "breaches.yaml"
    assert "De Verwerker herstelt de beveiliging direct." in written.read_text("utf-8")


def test_edit_adds_a_second_paragraph_to_the_same_file(folder):
    said("edit", "audit.audit")
    said("edit", "audit.results")
    written = yaml.safe_load((folder / "clauses" / "articles" / "audit.yaml").read_text("utf-8"))
    assert set(written["paragraphs"]) == {"audit", "results"}


def test_edit_never_writes_over_own_words(folder):
    said("edit", "audit.audit")
    done = run("edit", "audit.audit")
    assert isinstance(done.exception, DpaError)
    assert "stands in this file already" in str(done.exception)


def test_edit_finds_own_words_in_whichever_file_they_stand(folder):
    done = run("edit", "breaches.respond", "--folder", "eigen")
    assert isinstance(done.exception, DpaError)
    assert "eigen/breaches.yaml:2:3" in str(done.exception).replace("\\", "/")


def test_edit_of_a_whole_article_names_its_paragraphs(folder):
    done = run("edit", "audit")
    assert isinstance(done.exception, DpaError)
    assert "audit.results" in str(done.exception)


@pytest.mark.parametrize("name", [paragraph.id for _, paragraph in shipped().paragraphs()])
def test_any_paragraph_can_be_edited_and_still_be_read(folder, name):
    written = folder / said("edit", name, "--folder", "eigener").strip()
    jsonschema.validate(yaml.safe_load(written.read_text("utf-8")), clause_schema())
    assert "[-" not in said("diff", "--clauses", "eigener")


@pytest.mark.parametrize(("place", "path"), [(".", "../../"), ("clauses", "../")])
def test_an_own_file_points_editors_at_the_schema_of_the_workspace(folder, place, path):
    (folder / place).mkdir(exist_ok=True)
    (folder / place / "dpa-gen.clauses.schema.json").write_text("{}")
    first = (folder / said("edit", "audit.audit").strip()).read_text("utf-8").partition("\n")[0]
    assert first == f"# yaml-language-server: $schema={path}dpa-gen.clauses.schema.json"


def test_an_own_file_without_a_schema_around_points_nowhere(folder):
    assert "yaml-language-server" not in (folder / said("edit", "audit.audit").strip()).read_text("utf-8")


def test_diff_marks_what_was_taken_away_and_what_was_put_in(folder):
    text = said("diff", "--clauses", "eigen")
    assert "breaches.respond replaced" in text
    assert "breaches.new added" in text
    assert "{+De Verwerker belt.+}" in text
    assert "[-" in text


def test_diff_sets_one_wording_beside_each_of_three(folder):
    text = OWN.replace("respond:", "period:")
    (folder / "eigen" / "breaches.yaml").write_text(text, "utf-8")
    told = said("diff", "--clauses", "eigen")
    assert all(f"  en, {position}:" in told for position in ("controller", "balanced", "processor"))
    assert "no longer says that it meets: art33.2, breach.hours" in told


def test_diff_without_own_wording_says_that_nothing_differs(folder):
    assert said("diff") == "Nothing differs from the shipped wording.\n"


# preview


def test_preview_has_every_position_in_both_languages(folder):
    said("preview", "breaches.period", "--output", "een.docx")
    text = [paragraph.text for paragraph in docx.Document(BytesIO((folder / "een.docx").read_bytes())).paragraphs]
    for language in ("Nederlands", "English"):
        assert any(language in line for line in text)
    assert sum("[breach.notify_within_hours]" in line for line in text) == 6


# schemas


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_is_of_draft_07_and_printed_as_it_is(folder, kind):
    schema = clause_schema(kind)
    assert schema["$schema"] == DRAFT_7
    jsonschema.Draft7Validator.check_schema(schema)
    assert said("schema", "--of", kind) == clause_schema_text(kind)
    assert json.loads(clause_schema_text(kind)) == schema


def checked(file: Path, kind: str) -> list[str]:
    """What is wrong with a file according to the schema of its kind, as an editor reads it."""
    validator = jsonschema.Draft7Validator(clause_schema(kind))
    return [error.message for error in validator.iter_errors(yaml.safe_load(file.read_text("utf-8")))]


CLAUSES = ROOT / "clauses"
FILES = [
    *((file, "clause") for part in LIBRARY_KINDS for file in sorted((CLAUSES / part).glob("*.yaml"))),
    *((file, "vocabulary") for file in sorted((CLAUSES / "vocabulary").glob("*.yaml")) if file.stem != "phrases"),
    (CLAUSES / "defaults.yaml", "defaults"),
]


@pytest.mark.parametrize(("file", "kind"), FILES, ids=lambda value: value.stem if isinstance(value, Path) else "")
def test_every_shipped_file_fits_its_schema(file, kind):
    assert checked(file, kind) == []


WRONG: dict[str, tuple[str, Any]] = {
    "a key that is not there": ("clause", {"paragraph": {}}),
    "one language": ("clause", {"title": {"nl": "Titel"}}),
    "no body": ("clause", {"paragraphs": {"a": {"covers": ["art33.2"]}}}),
    "two bodies": ("clause", {"paragraphs": {"a": {"text": {"nl": "a", "en": "b"}, "facts": []}}}),
    "a requirement that is not there": (
        "clause", {"paragraphs": {"a": {"text": {"nl": "a", "en": "b"}, "covers": ["art99"]}}},
    ),
    "choose without wordings": ("clause", {"paragraphs": {"a": {"choose": "law.governing"}}}),
    "an order of numbers in groups": ("contents", {"articles": {"a": 1}}),
    "a weight that is none": ("vocabulary", {"a": {"nl": "a", "en": "b", "weight": "heavy"}}),
    "a default that is no fact": ("defaults", {"breaches": {"breach.hours": 24}}),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "value"), WRONG.values(), ids=list(WRONG))
def test_a_schema_refuses_what_the_program_refuses(kind, value):
    assert list(jsonschema.Draft7Validator(clause_schema(kind)).iter_errors(value))


RIGHT: dict[str, tuple[str, Any]] = {
    "own wording": ("clause", yaml.safe_load(OWN)),
    "a removal": ("clause", {"paragraphs": {"a": {"remove": True}}}),
    "a removal in words": ("clause", {"remove": "ja"}),
    "a new article": ("clause", {"title": {"nl": "a", "en": "b"}, "after": "my-own-article", "paragraphs": {}}),
    "one condition": ("clause", {"paragraphs": {"a": {"text": {"nl": "a", "en": "b"}, "when": "health_data"}}}),
    "an order with an own article": ("contents", {"articles": ["definitions", "my-own-article"]}),
    "a default for each position": ("defaults", {"mine": {"audit.notice_days": {"controller": 7}}}),
}


@pytest.mark.parametrize(("kind", "value"), RIGHT.values(), ids=list(RIGHT))
def test_a_schema_takes_what_the_program_takes(kind, value):
    assert list(jsonschema.Draft7Validator(clause_schema(kind)).iter_errors(value)) == []


def models() -> dict[str, type[BaseModel]]:
    """The nouns of own files, by name."""
    found = {"OwnClauseFile": clausefile.OwnClauseFile, "OwnContentsFile": clausefile.OwnContentsFile}
    return {**found, "TermFile": clausefile.TermFile, **{name: getattr(clausefile, name) for name in key_texts()}}


def test_every_key_is_explained_in_dutch_and_in_english_and_no_other():
    for name, model in models().items():
        assert set(key_texts()[name]) == set(model.model_fields), name
        for texts in key_texts()[name].values():
            assert all(texts[language].endswith(".") for language in ("nl", "en")), texts


def test_the_explanations_reach_the_editor():
    entry = clause_schema()["definitions"]["OwnParagraphFile"]["properties"]["covers"]
    assert entry["description"].count("\n\n") == 1
    assert "art33.2" in json.dumps(entry)


def test_the_folder_of_the_library_is_the_one_that_is_shipped():
    assert shipped_folder().samefile(ROOT / "clauses")
