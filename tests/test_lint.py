"""The linter of contract language: every rule has a text that trips it and one that does not; all faults at once."""

from __future__ import annotations

import json
import random
import re
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from dpa_gen.changes import wording_hash
from dpa_gen.cli import main
from dpa_gen.findings import Finding, Severity
from dpa_gen.library import shipped, shipped_folder
from dpa_gen.lint import telling
from dpa_gen.lint.linting import findings
from dpa_gen.lint.reading import linted
from dpa_gen.lint.rules import LANGUAGES, rules
from dpa_gen.sarif import sarif

CASES: Mapping[str, Any] = yaml.load(
    (Path(__file__).parent / "lint_cases.yaml").read_text(encoding="utf-8"), yaml.BaseLoader
)
PER_LANGUAGE = ("words", "pairs", "bearer", "number", "length")
NEUTRAL = {"nl": "De Verwerker helpt.", "en": "The Processor shall help."}
ARTICLE = "articles/extra.yaml"


def article(nl: str, en: str) -> str:
    """An own article with one paragraph."""
    words = {
        "title": {"nl": "Extra", "en": "Extra"},
        "after": "law",
        "paragraphs": {"one": {"text": {"nl": nl, "en": en}}},
    }
    return yaml.safe_dump(words, allow_unicode=True, sort_keys=False, width=10_000)


def written(folder: Path, files: Mapping[str, str]) -> Path:
    """A folder with own wording."""
    hashes = {paragraph.id: wording_hash(paragraph) for _, paragraph in shipped().paragraphs()}
    for name, text in files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(re.sub(r"HASH\(([\w.-]+)\)", lambda found: f'"{hashes[found[1]]}"', text), encoding="utf-8")
    return folder


def found_in(folder: Path, files: Mapping[str, str], as_shipped: bool = False) -> tuple[Finding, ...]:
    subject = linted([written(folder, files)])
    return findings(replace(subject, own=False) if as_shipped else subject)


def texts_of(name: str, side: str) -> list[Mapping[str, str]]:
    """The files of a case; words stand once for each language that a rule has words in."""
    case = CASES[name][side]
    if "files" in case:
        return [case["files"]]
    if rules()[name].kind not in PER_LANGUAGE:
        return [{ARTICLE: article(**case)}]
    return [{ARTICLE: article(**{**NEUTRAL, language: case[language]})} for language in LANGUAGES]


def tripped(name: str, folder: Path, side: str) -> list[bool]:
    as_shipped = CASES[name].get("shipped") == "yes"
    return [
        name in {finding.rule for finding in found_in(folder / str(number), files, as_shipped)}
        for number, files in enumerate(texts_of(name, side))
    ]


def test_every_rule_has_a_text_that_trips_it_and_one_that_does_not():
    assert set(CASES) == set(rules())
    assert all({"trips", "passes"} <= set(case) for case in CASES.values())


@pytest.mark.parametrize("name", rules())
def test_a_rule_is_tripped_by_its_text_in_each_language(name: str, tmp_path: Path):
    assert all(tripped(name, tmp_path, "trips"))


@pytest.mark.parametrize("name", rules())
def test_a_rule_is_not_tripped_by_the_other_text(name: str, tmp_path: Path):
    assert not any(tripped(name, tmp_path, "passes"))


@pytest.mark.parametrize("name", rules())
def test_a_rule_says_why_on_which_authority_and_what_to_do_in_both_languages(name: str):
    rule = rules()[name]
    for said in (rule.reason, rule.source, rule.sentence, rule.mend):
        assert set(said) == set(LANGUAGES)
        assert all(said.values())


def test_the_shipped_library_is_clean():
    assert findings(linted()) == ()


def test_the_whole_library_is_linted_within_two_seconds():
    start = time.perf_counter()
    findings(linted())
    assert time.perf_counter() - start < 2


@pytest.mark.parametrize(
    "name", sorted(p.relative_to(shipped_folder()).as_posix() for p in shipped_folder().glob("articles/*.yaml"))
)
def test_a_word_put_into_a_shipped_file_is_found_at_its_line_and_column(name: str, tmp_path: Path):
    text = (shipped_folder() / name).read_text(encoding="utf-8")
    first = re.search(r"(?m)^ +nl: \|\n( +)(?=\S)", text)
    assert first
    read = written(
        tmp_path, {name: text[: first.end()] + "De Verwerker volgt Privacy Shield.\n" + first[1] + text[first.end() :]}
    )
    places = [each.place for each in findings(linted([read])) if each.rule == "law.repealed"]
    line = text[: first.end()].count("\n") + 1
    assert [(place.line, place.column) for place in places] == [(line, len(first[1]) + len("De Verwerker volgt ") + 1)]


def test_the_word_itself_is_the_place_of_a_finding(tmp_path: Path):
    (finding,) = found_in(
        tmp_path,
        {
            ARTICLE: "title: {nl: Extra, en: Extra}\nafter: law\nparagraphs:\n  one:\n    text:\n      nl: |\n"
            "        De Verwerker helpt.\n        Dan meldt hij een datalek.\n      en: The Processor shall help.\n"
        },
    )
    assert (finding.rule, finding.place.line, finding.place.column) == ("terms.two-words", 8, 27)
    assert finding.path == "extra.one"
    assert finding.evidence == "datalek"
    assert finding.what["nl"] == "“datalek” is een tweede woord voor de gedefinieerde term “Inbreuk”."


def test_a_file_that_cannot_be_read_does_not_hide_the_faults_of_the_others(tmp_path: Path):
    found = found_in(
        tmp_path,
        {
            ARTICLE: article("De Verwerker helpt waar mogelijk.", "The Processor shall help."),
            "articles/audit.yaml": "paragraphs: [",
            "articles/records.yaml": "paragraphs: {recrd: {remove: yes}}",
            "defaults.yaml": "breaches: {breach.notify_within_hours: 96}",
        },
    )
    names = [(Path(finding.place.file).name, finding.rule) for finding in found]
    assert names == [
        ("audit.yaml", "file"),
        ("extra.yaml", "vague.duty"),
        ("records.yaml", "file"),
        ("defaults.yaml", "values.breach-hours"),
    ]
    assert "Did you mean record?" in (found[2].mend or {})["en"]


def test_words_in_a_paragraph_with_a_fault_of_form_are_linted_all_the_same(tmp_path: Path):
    faulty = article("De Verwerker helpt waar mogelijk.", "The Processor shall help.").replace(
        "text:", "txt: {}\n    text:"
    )
    assert {finding.rule for finding in found_in(tmp_path, {ARTICLE: faulty})} == {"file", "vague.duty"}


def test_a_folder_that_is_not_there_is_a_finding(tmp_path: Path):
    assert [finding.rule for finding in findings(linted([tmp_path / "away"]))] == ["file"]


def test_a_removed_paragraph_names_the_article_of_law_that_is_lost(tmp_path: Path):
    found = found_in(tmp_path, {"articles/audit.yaml": "paragraphs: {audit: {remove: yes}}"})
    (lost,) = [finding for finding in found if finding.rule == "own.lost"]
    assert lost.source == "Article 28(3)(h) GDPR"
    assert "art28.3.h.audit" in (lost.mend or {})["en"]
    assert lost.severity == "red"


def test_the_upper_folder_is_laid_over_the_lower_one(tmp_path: Path):
    lower = written(tmp_path / "sector", {"articles/audit.yaml": "paragraphs: {audit: {remove: yes}}"})
    office = {
        ARTICLE: article(**NEUTRAL).replace("text:", "covers: [art28.3.h.audit, audit.detail]\n    text:"),
    }
    upper = written(tmp_path / "office", office)
    assert "own.lost" not in {finding.rule for finding in findings(linted([upper, lower]))}


def test_a_comment_reaches_its_own_paragraph_only(tmp_path: Path):
    text = (
        "title: {nl: Extra, en: Extra}\nafter: law\nparagraphs:\n"
        "  # lint: accept vague.duty: agreed with the sector\n"
        "  one:\n    text: {nl: De Verwerker helpt waar mogelijk., en: The Processor shall help.}\n"
        "  two:\n    text: {nl: De Verwerker helpt zo mogelijk., en: The Processor shall help.}\n"
    )
    found = found_in(tmp_path, {ARTICLE: text})
    assert [(finding.place.line, finding.accepted) for finding in found] == [(6, "agreed with the sector"), (8, "")]
    lines = list(telling.lines(found, "en"))
    assert len(lines) == 4
    assert lines[-1] == "1 finding: 1 amber (1 accepted)"
    assert telling.exit_code(found[:1], Severity.INFO) == 0
    (suppressed, open_) = json.loads(sarif(found, rules().values()))["runs"][0]["results"]
    assert suppressed["suppressions"][0]["justification"] == "agreed with the sector"
    assert "suppressions" not in open_


MEDICAL = """
title: {nl: Medisch beroepsgeheim, en: Medical confidentiality}
after: confidentiality
paragraphs:
  secret:
    text:
      nl: |
        De Verwerker bewaart het Medisch Geheim, ook na het einde van de Dienst.
      en: |
        The Processor shall keep the Medical Secret, also after the end of the Service.
"""
SECRET = """
paragraphs:
  terms:
    definitions:
      medical-secret:
        term: {nl: Medisch Geheim, en: Medical Secret}
        means:
          nl: alles wat een hulpverlener op grond van artikel 7:457 BW niet aan anderen mag vertellen.
          en: everything that a care provider may not tell others under Article 7:457 of the Dutch Civil Code.
"""


def test_an_article_on_medical_confidentiality_with_a_defined_term_is_clean(tmp_path: Path):
    assert found_in(tmp_path, {"articles/medical.yaml": MEDICAL, "articles/definitions.yaml": SECRET}) == ()


def test_a_lower_layer_that_takes_away_the_last_use_of_a_term_is_told(tmp_path: Path):
    lower = written(tmp_path / "sector", {"articles/medical.yaml": MEDICAL, "articles/definitions.yaml": SECRET})
    upper = written(tmp_path / "office", {"articles/medical.yaml": "remove: yes"})
    found = findings(linted([upper, lower]))
    assert {(finding.rule, finding.evidence) for finding in found} == {
        ("terms.unused", "Medisch Geheim"),
        ("terms.unused", "Medical Secret"),
    }


@pytest.mark.parametrize("seed", range(60))
def test_no_broken_file_stops_the_linter(seed: int, tmp_path: Path):
    chance = random.Random(seed)
    files = sorted(shipped_folder().rglob("articles/*.yaml"))
    text = chance.choice(files).read_text(encoding="utf-8")
    for _ in range(chance.randint(1, 4)):
        at, length = chance.randrange(len(text)), chance.randint(1, 60)
        text = (
            text[:at] + chance.choice(["", "- ", "{", ": ", "\n", "nl: ", "“", "# lint: accept "]) + text[at + length :]
        )
    for finding in found_in(tmp_path, {ARTICLE: text}):
        assert finding.what["nl"]


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["clauses", "lint", *words])
    return result.exit_code, result.stdout


def test_the_command_ends_with_0_for_clean_own_wording(tmp_path: Path):
    folder = written(tmp_path, {ARTICLE: article(**NEUTRAL)})
    assert run(str(folder)) == (0, "geen bevindingen\n")


def test_the_command_ends_with_1_only_for_what_is_as_grave_as_asked(tmp_path: Path):
    folder = str(written(tmp_path, {ARTICLE: article("De Verwerker helpt waar mogelijk.", NEUTRAL["en"])}))
    assert [run(folder, "--fail-on", severity)[0] for severity in ("red", "amber", "info")] == [0, 1, 1]


def test_the_command_ends_with_2_when_a_file_cannot_be_read(tmp_path: Path):
    assert run(str(written(tmp_path, {ARTICLE: "a: ["})))[0] == 2


def test_the_command_says_place_severity_rule_source_and_mend(tmp_path: Path):
    folder = written(tmp_path, {ARTICLE: article("De Verwerker gaf door onder Safe Harbor.", NEUTRAL["en"])})
    code, text = run(str(folder))
    assert code == 1
    assert re.search(r"extra\.yaml:\d+:\d+: rood law\.repealed: “Safe Harbor” bestaat niet meer", text)
    assert "    Bron: artikelen 44 tot en met 46 AVG" in text
    assert "    Herstel: Noem de grondslag die nu geldt" in text
    assert text.endswith("1 bevinding: 1 rood\n")


def test_the_findings_are_told_as_json_without_loss(tmp_path: Path):
    folder = written(tmp_path, {ARTICLE: article("De Verwerker helpt waar mogelijk.", NEUTRAL["en"])})
    (told,) = json.loads(run(str(folder), "--json")[1])
    assert told["rule"] == "vague.duty"
    assert told["severity"] == "amber"
    assert set(told["what"]) == {"nl", "en"}
    assert told["place"]["line"] > 0


def test_sarif_names_every_rule_and_the_place_of_every_finding(tmp_path: Path):
    folder = written(tmp_path, {ARTICLE: article("De Verwerker helpt waar mogelijk.", NEUTRAL["en"])})
    told = json.loads(run(str(folder), "--sarif")[1])
    (whole,) = told["runs"]
    (result,) = whole["results"]
    assert told["version"] == "2.1.0"
    assert [rule["id"] for rule in whole["tool"]["driver"]["rules"]] == list(rules())
    assert (result["ruleId"], result["level"]) == ("vague.duty", "warning")
    assert whole["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "vague.duty"
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"].endswith("articles/extra.yaml")
    assert place["region"]["startLine"] > 0


def test_sarif_is_the_same_to_the_byte_and_stands_without_findings():
    assert sarif((), rules().values()) == sarif((), rules().values())
    assert json.loads(sarif((), rules().values()))["runs"][0]["results"] == []
