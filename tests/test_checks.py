"""Every rule is tripped by one description and not by another; findings have their place, source and mend."""

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from samples_of import DESCRIPTIONS, ROOT, SAMPLES

from dpa_gen import intake, rulebook
from dpa_gen.checking import counting, judged
from dpa_gen.checks import numbers, rules
from dpa_gen.checks.phrases import sentences_of
from dpa_gen.checks.rules import LANGUAGES
from dpa_gen.cli import main
from dpa_gen.coverage import unmet
from dpa_gen.findings import Finding, Severity
from dpa_gen.generate import Contract, Prepared, Wishes, contracts, prepare
from dpa_gen.law import use_countries
from dpa_gen.library import defaults_for, shipped
from dpa_gen.overlay import laid_over
from dpa_gen.report import finding_lines
from dpa_gen.source import parse

FOLDER = Path(__file__).parent / "rules"
TODAY = date(2026, 11, 23)
RULES = rules.rules()


def plain(name: str) -> dict:
    """A file of cases; anchors and merges of YAML are read, all scalars stay text."""
    loader = type(
        "Loader",
        (yaml.SafeLoader,),
        {"yaml_implicit_resolvers": {"<": [("tag:yaml.org,2002:merge", re.compile("^<<$"))]}},
    )
    return yaml.load((FOLDER / name).read_text("utf-8"), loader)


BASE, CASES = plain("base.yaml"), plain("cases.yaml")["rules"]


def found(changes: dict, tmp_path: Path, language: str = "nl") -> tuple[Finding, ...]:
    """What a check says of the base with some changes."""
    facts = {path: value for path, value in changes.items() if path not in ("today", "words", "drop")}
    value = intake.laid_over(intake.nested(facts), BASE)
    day = date.fromisoformat(changes["today"]) if "today" in changes else TODAY
    library = shipped()
    if "words" in changes:
        own = tmp_path / f"own{len(list(tmp_path.iterdir()))}"
        own.mkdir()
        words = json.dumps(changes["words"], ensure_ascii=False)
        text = f"paragraphs:\n  extra: {{after: rule, text: {{nl: {words}, en: {words}}}}}\n"
        (own / "transfers.yaml").write_text(text, encoding="utf-8")
        library = laid_over(library, own)
    return look(value, library, language, day, changes.get("drop", ""))


def look(value, library, language, day, drop) -> tuple[Finding, ...]:
    use_countries(None)
    defaults = intake.nested(defaults_for(library, "balanced", {}))
    written = parse(json.dumps(value, ensure_ascii=False, indent=1), "test.yaml")
    layers = intake.Layers((written,), dict(written.value)).beneath(defaults)
    prepared = Prepared(Path("test.yaml"), layers, intake.describe(layers, (language,)), library)
    contract = Contract(prepared, language, (), b"")
    agreement = replace(contract.agreement, covers=contract.agreement.covers - {drop})
    whole = replace(contract, findings=tuple(unmet(agreement, prepared.facts)))
    return judged(prepared, whole, day)


def names(findings: tuple[Finding, ...]) -> set[str]:
    return {finding.rule for finding in counting(findings)}


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_is_tripped_by_one_description_and_not_by_another(rule, tmp_path):
    assert rule in CASES, "give this rule two descriptions in tests/rules/cases.yaml"
    assert rule in names(found(CASES[rule]["trips"], tmp_path))
    assert rule not in names(found(CASES[rule]["passes"], tmp_path))


def test_there_is_no_case_without_a_rule():
    assert set(CASES) <= set(RULES)


def test_the_base_of_the_cases_trips_nothing(tmp_path):
    assert [f"{each.rule}: {each.what['en']}" for each in found({}, tmp_path)] == []


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_a_rule_has_everything_in_two_languages(rule):
    for part in (rule.sentence, rule.reason, rule.source, rule.mend):
        assert sorted(part) == ["en", "nl"]
        assert all(text.strip() for text in part.values())
    assert rule.sentence["nl"] != rule.sentence["en"] or rule.id == "not-eea"
    blanks = [set(re.findall(r"(?<!\{)\{(\w+)\}", rule.sentence[language])) for language in LANGUAGES]
    assert blanks[0] == blanks[1], "both languages fill the same blanks"
    assert all(text.endswith(".") for part in (rule.reason, rule.mend) for text in part.values())


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_a_rule_names_its_source_of_law(rule):
    telling = r"\d|Wpg|\(UAVG\)|EEA|EER"
    assert all(re.search(telling, text) for text in rule.source.values())


@pytest.mark.parametrize("rule", RULES)
def test_what_a_rule_says_has_no_blank_left_in_it_and_fits_the_screen(rule, tmp_path):
    for finding in found(CASES[rule]["trips"], tmp_path):
        for language in LANGUAGES:
            lines = list(finding_lines(finding, language))
            assert max(map(len, lines[1:])) <= 80, lines
            assert not re.search(r"\{\w+\}", "".join(lines))


def test_figures_that_the_parties_agreed_are_never_red_unless_they_defeat_a_must():
    agreed = ("T19", "T25", "T27", "T28", "T31", "T34", "backups-first", "data-act")
    assert not [rule for rule in agreed if RULES[rule].severity is Severity.RED]


# The numbers


@pytest.mark.parametrize("number", ["NL123456782B01", "NL 1234.56.782.B01", "NL000099998B57"])
def test_a_dutch_vat_number_passes_the_old_test_or_the_new(number):
    assert numbers.is_dutch_vat(number)


@pytest.mark.parametrize("number", ["NL123456789B01", "NL12345678B01", "123456782B01", "NL000000000B00"])
def test_a_wrong_dutch_vat_number_is_none(number):
    assert not numbers.is_dutch_vat(number)


@pytest.mark.parametrize("text", ["1234 SS", "0123 AB", "1234 A", "12345"])
def test_a_wrong_postcode_is_none(text):
    assert not numbers.is_dutch_postcode(text)


def test_a_sub_item_is_read_with_the_words_that_lead_to_it():
    text = "De Verwerker gebruikt de gegevens niet voor:\n- eigen doeleinden;\n- verkoop."
    assert all("niet" in sentence for sentence in sentences_of(text))


# The samples


def told_of(path: Path) -> tuple[Finding, ...]:
    wishes = Wishes(today=TODAY)
    prepared = prepare(path, wishes)
    return judged(prepared, next(contracts(prepared, wishes)), TODAY)


@pytest.mark.parametrize("path", DESCRIPTIONS, ids=lambda path: path.stem)
def test_no_sample_has_a_red_finding_and_every_finding_has_a_place(path):
    findings = told_of(path)
    assert [each.rule for each in findings if each.severity is Severity.RED] == []
    for finding in findings:
        assert finding.place.line > 0
        assert finding.place.column > 0
        assert finding.source
        assert finding.mend


@pytest.mark.parametrize(
    ("sample", "rule", "words"),
    [
        ("mailchimp", "open-transfer", "transfers"),
        ("mailchimp", "open-measures", "security"),
        ("google-docs", "retention-gap", "retention"),
        ("whatsapp", "retention-gap", "retention"),
        ("snelstart", "duty-to-keep", "basis"),
        ("pluform", "open-party", "name"),
        ("pluform", "care-question", "health"),
        ("dropbox", "likely-special", "goals"),
    ],
)
def test_a_finding_on_a_sample_points_at_the_line_that_it_is_about(sample, rule, words):
    path = SAMPLES / "praktijk" / "processors" / f"{sample}.yaml"
    finding = next(each for each in told_of(path) if each.rule == rule)
    lines = path.read_text("utf-8").splitlines()
    around = "\n".join(lines[finding.place.line - 2 : finding.place.line + 4])
    assert words in around


# What the user accepts, and newer facts


def accepting(**entry: str) -> dict:
    row = {"name": "Cloud Inc.", "address": "x", "contact": "y", "country": "US", "task": "hosting", "data": ["name"]}
    return {"subprocessors.list": [{**row, "transfer": "dpf"}], "accepted": [entry]}


def test_an_accepted_finding_stays_with_its_reason_and_no_longer_counts(tmp_path):
    findings = found(accepting(rule="T43", reason="in januari komt de terugval"), tmp_path)
    accepted = next(each for each in findings if each.rule == "T43")
    assert accepted.accepted == "in januari komt de terugval"
    assert "T43" not in names(findings)
    assert findings[-1] == accepted, "what is accepted comes last"


def test_a_finding_can_be_accepted_in_one_place_only(tmp_path):
    there = found(accepting(rule="T43", at="subprocessors.list[1]", reason="x"), tmp_path)
    elsewhere = found(accepting(rule="T43", at="subprocessors.list[2]", reason="x"), tmp_path)
    assert "T43" not in names(there)
    assert {"T43", "accepted-idle"} <= names(elsewhere)


@pytest.fixture
def workspace(tmp_path):
    """The base as a file, with a newer countries file beside it."""
    value = {**BASE, "countries": "landen.yaml"}
    (tmp_path / "dienst.yaml").write_text(json.dumps(value), encoding="utf-8")
    (tmp_path / "landen.yaml").write_text("checked_on: 2028-01-01\nreview_by: 2028-04-01\n", encoding="utf-8")
    yield tmp_path
    use_countries(None)


def run(*words: str):
    return CliRunner().invoke(main, [str(word) for word in words])


def test_facts_on_countries_are_old_after_their_day_and_a_newer_file_of_the_user_makes_them_new(workspace):
    plain_file = workspace / "oud.yaml"
    plain_file.write_text(json.dumps(BASE), encoding="utf-8")
    assert "countries-old" in run("check", plain_file, "--today", "2028-02-01").stdout
    assert "countries-old" not in run("check", workspace / "dienst.yaml", "--today", "2028-02-01").stdout
    newer = run("check", plain_file, "--today", "2028-02-01", "--countries", workspace / "landen.yaml")
    assert "countries-old" not in newer.stdout
    assert "countries-old" in run("check", workspace / "dienst.yaml", "--today", "2028-05-01").stdout


# The command


MAILCHIMP = SAMPLES / "praktijk" / "processors" / "mailchimp.yaml"


@pytest.mark.parametrize(("severity", "code"), [("red", 0), ("amber", 1), ("info", 1)])
def test_fail_on_says_from_which_severity_a_check_fails(severity, code):
    assert run("check", MAILCHIMP, "--today", "2026-11-23", "--fail-on", severity).exit_code == code


def test_sarif_holds_every_rule_and_each_finding_at_its_line():
    sarif = json.loads(run("check", MAILCHIMP, "--today", "2026-11-23", "--sarif").stdout)["runs"][0]
    assert [rule["id"] for rule in sarif["tool"]["driver"]["rules"]] == list(RULES)
    assert all(result["locations"][0]["physicalLocation"]["region"]["startLine"] for result in sarif["results"])
    assert "open-measures" in {result["ruleId"] for result in sarif["results"]}


def test_sarif_tells_of_a_file_that_cannot_be_read_and_of_what_is_accepted(tmp_path):
    (tmp_path / "a.yaml").write_text(
        json.dumps(
            {**BASE, "accepted": [{"rule": "T27", "reason": "zo afgesproken"}], "breach": {"notify_within_hours": "72"}}
        )
    )
    (tmp_path / "b.yaml").write_text("processor: [", encoding="utf-8")
    told = run("check", tmp_path / "a.yaml", tmp_path / "b.yaml", "--sarif")
    whole = json.loads(told.stdout)["runs"][0]
    assert told.exit_code == 2
    assert whole["invocations"][0]["executionSuccessful"] is False
    assert whole["results"][0]["suppressions"][0]["justification"] == "zo afgesproken"


def test_the_same_check_gives_the_same_bytes():
    first, second = (run("check", MAILCHIMP, "--today", "2026-11-23", "--json").stdout for _ in range(2))
    assert first == second
    assert json.loads(first)[0]["findings"]


def test_generate_says_in_one_line_what_a_check_would_find(tmp_path):
    told = run("generate", MAILCHIMP, "--output", tmp_path / "x.docx")
    assert told.exit_code == 0
    assert "dpa-gen check heeft" in told.stderr
    assert "dpa-gen check" not in told.stdout


def test_the_page_of_the_rules_is_up_to_date():
    assert (ROOT / "docs" / "rules.md").read_text("utf-8") == rulebook.as_markdown(), "dpa-gen rules --markdown"


def test_rules_are_shown_by_name_and_as_json():
    assert "Data Privacy Framework" in run("rules", "t43").stdout
    assert [rule["rule"] for rule in json.loads(run("rules", "--json").stdout)] == list(RULES)
    assert run("rules", "T999").exit_code == 2
