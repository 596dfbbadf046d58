"""The law as data: complete, in both languages, dated, and pointing at real conditions and paths."""

from __future__ import annotations

import pickle
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, get_args, get_origin

import pytest
import yaml
from pydantic import BaseModel

from dpa_gen import law
from dpa_gen.countrycodes import COUNTRY_CODES
from dpa_gen.description import Description
from dpa_gen.errors import DpaError
from dpa_gen.values import Open

ROOT = Path(__file__).parent.parent
VOCABULARY = ROOT / "clauses" / "vocabulary"
TERMS = ["operations", "data-subjects", "personal-data", "measures", "events"]
# Fields of rows that the program composes; the description has no path for them that may be open.
COMPOSED = {
    "processing.personal_data.detail",
    "processing.personal_data.basis",
    "security.measures.detail",
    "transfers.rows.basis",
    "transfers.rows",
    "transfers.rows.assessment",
    "sensitive",
    "special_categories",
    "criminal_data",
    "national_numbers",
    "health_data",
}


class _Unique(yaml.BaseLoader):
    """Refuses a key that stands twice in the same group."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key) for key, _ in node.value]
        assert len(keys) == len(set(keys)), f"line {node.start_mark.line + 1}: {keys}"
        return super().construct_mapping(node, deep)


def read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), _Unique)


def groups(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    """Every group of keys of a file, with where it stands."""
    if isinstance(value, dict):
        yield path, value
        for key, inner in value.items():
            yield from groups(inner, (*path, key))


DATA_FILES = [
    ROOT / "dpa_gen" / "data" / "requirements.yaml",
    ROOT / "dpa_gen" / "data" / "countries.yaml",
    *(VOCABULARY / f"{name}.yaml" for name in [*TERMS, "phrases"]),
]


@pytest.fixture(autouse=True)
def _shipped_countries_again() -> Iterator[None]:
    yield
    law.use_countries(None)


@pytest.mark.parametrize("path", DATA_FILES, ids=lambda path: path.stem)
def test_no_key_stands_twice_and_all_words_are_there_in_both_languages(path: Path) -> None:
    for where, group in groups(read(path)):
        if {"nl", "en"} & set(group):
            assert all(group.get(language) for language in law.LANGUAGES), where


def test_every_requirement_has_a_known_level_a_sentence_and_a_source() -> None:
    for requirement in law.requirements().values():
        assert requirement.level in get_args(law.Level), requirement.id
        assert all(requirement.asks[language].endswith(".") for language in law.LANGUAGES), requirement.id
        assert all(requirement.source[language] for language in law.LANGUAGES), requirement.id


def test_a_dutch_sentence_on_what_is_asked_differs_from_the_english_one() -> None:
    for requirement in law.requirements().values():
        assert requirement.asks["nl"] != requirement.asks["en"], requirement.id


def test_the_opening_words_and_the_letters_of_article_28_3_are_mandatory() -> None:
    ids = {requirement.id for requirement in law.mandatory()}
    opening = "subject duration nature purpose datatypes special subjects controller".split()
    letters = (
        "a.instr a.transfer a.law a.inform b c d.auth d.notice d.object e f.32 f.33 f.34 f.35 f.36 g.choice g.copies"
    )
    assert {f"art28.3.{name}" for name in [*opening, *letters.split(), "h.info", "h.audit", "last"]} <= ids
    assert {"art28.4.flow", "art28.4.liab", "art28.9"} <= ids


def test_the_core_counts_26_with_r13_and_r14_as_one() -> None:
    numbers = {number for requirement in law.core() for number in requirement.core}
    assert numbers == {f"R{number}" for number in [*range(1, 7), *range(10, 30), 36]}
    assert len(numbers) - 1 == 26


def test_a_condition_is_written_in_the_language_of_clauses() -> None:
    form = re.compile(r"(not )?[a-z_]+(\.[a-z_]+)*( is (not )?[a-z-]+)?")
    for requirement in law.requirements().values():
        assert all(form.fullmatch(condition) for condition in requirement.when), requirement.id


def test_notice_and_objection_are_asked_only_under_general_authorisation() -> None:
    for name in ("art28.3.d.notice", "art28.3.d.object", "sub.criteria"):
        assert law.requirements()[name].when == ("subprocessors.authorisation is general",)


@pytest.mark.parametrize("language", law.LANGUAGES)
def test_what_a_contract_must_or_should_hold_has_a_short_name_of_its_own(language: str) -> None:
    names = [requirement.name[language] for requirement in law.of_level("must", "should")]
    assert len(set(names)) == len(names)
    assert max(map(len, names)) < 29  # a column of the review's table


def test_every_country_has_a_name_of_its_own_in_both_languages() -> None:
    for language in law.LANGUAGES:
        assert len({law.country_name(code, language) for code in COUNTRY_CODES}) == len(COUNTRY_CODES)


def test_norway_is_norway_and_not_a_switch() -> None:
    assert law.country_name("NO", "nl") == "Noorwegen"
    assert law.in_eea("NO")


def test_the_eea_has_thirty_states_and_all_codes_are_of_countries() -> None:
    plain = read(ROOT / "dpa_gen" / "data" / "countries.yaml")
    assert len(plain["eea"]) == 30
    assert {*plain["eea"], *plain["eea_territories"], *plain["adequacy"], *plain["mistaken_for_eea"]} <= COUNTRY_CODES


@pytest.mark.parametrize("code", ["AW", "BQ", "CW", "SX"])
def test_the_caribbean_part_of_the_kingdom_is_a_third_country_and_the_reason_is_given(code: str) -> None:
    assert not law.in_eea(code)
    assert law.adequacy(code) is None
    assert "derde land" in (law.why_not_eea(code, "nl") or "")


def test_no_country_of_the_eea_has_an_adequacy_decision() -> None:
    assert not [code for code in COUNTRY_CODES if law.in_eea(code) and law.adequacy(code)]


def test_every_adequacy_decision_names_its_number_and_was_taken_before_the_check() -> None:
    for decision in law.countries().adequacy.values():
        assert re.search(r"\d{4}/\d+", decision.decision["en"]), decision.code
        assert decision.holds_on(law.checked_on()), decision.code
        assert decision.source["nl"], decision.code


def test_the_decision_for_the_united_kingdom_ends_on_27_december_2031() -> None:
    decision = law.adequacy("GB")
    assert decision is not None
    assert decision.holds_on(date(2031, 12, 27))
    assert not decision.holds_on(date(2031, 12, 28))


@pytest.mark.parametrize("code", ["US", "CA", "BR", "JP", "KR", "EPO"])
def test_a_decision_that_does_not_hold_for_every_recipient_says_so(code: str) -> None:
    decision = law.adequacy(code)
    assert decision is not None
    assert decision.scope_limited


@pytest.mark.parametrize("code", ["IN", "CN", "PH", "AU", "SG", "KE"])
def test_other_countries_have_no_decision(code: str) -> None:
    assert law.adequacy(code) is None


def test_the_facts_on_countries_are_reviewed_within_a_quarter() -> None:
    assert timedelta(0) < law.review_by() - law.checked_on() <= timedelta(days=92)


def test_a_newer_countries_file_replaces_what_it_names_and_leaves_the_rest(tmp_path: Path) -> None:
    newer = tmp_path / "countries.yaml"
    newer.write_text(
        "checked_on: 2027-03-01\nreview_by: 2027-06-01\nadequacy:\n  US:\n  KE:\n"
        "    decision: {nl: Uitvoeringsbesluit (EU) 2027/1, en: Implementing Decision (EU) 2027/1}\n"
        "    date: 2027-02-01\n    scope: {nl: alle ontvangers, en: all recipients}\n",
        encoding="utf-8",
    )
    law.use_countries(newer)
    assert law.adequacy("US") is None
    assert law.adequacy("KE") is not None
    assert law.adequacy("JP") is not None
    assert law.checked_on() == date(2027, 3, 1)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("adequasy: {}\n", "“adequasy” is not a part of a countries file"),
        ("adequacy: {XX: {date: 2027-01-01}}\n", "“XX” is not the code of a country"),
        ("review_by: soon\n", "this is not a countries file"),
        ("names: {NL: {nl: Nederland}}\n", "this is not a countries file"),
        ("names: [NL]\n", "this is not a countries file"),
        ("- NL\n", "this is not a countries file"),
        ("adequacy: {\n", "cannot be read"),
    ],
)
def test_a_faulty_countries_file_is_refused_with_its_name(tmp_path: Path, text: str, words: str) -> None:
    newer = tmp_path / "landen.yaml"
    newer.write_text(text, encoding="utf-8")
    with pytest.raises(DpaError, match=r"landen\.yaml") as caught:
        law.use_countries(newer)
    assert words in str(caught.value)
    assert law.country_name("NL", "nl") == "Nederland"


def test_the_values_can_be_sent_to_another_process() -> None:
    values = (law.requirements()["art28.9"], law.adequacy("GB"), law.dpf())
    assert pickle.loads(pickle.dumps(values)) == values


@pytest.mark.parametrize("name", TERMS)
def test_no_two_terms_print_the_same_words(name: str) -> None:
    terms = read(VOCABULARY / f"{name}.yaml")
    for language in law.LANGUAGES:
        printed = [term[language] for term in terms.values()]
        assert len(printed) == len(set(printed)), language


@pytest.mark.parametrize("name", TERMS)
def test_a_term_has_only_known_keys_and_an_id_in_small_letters(name: str) -> None:
    known = {"nl", "en", "weight", "health", "parameter"} | ({"code", "scc", "iso"} if name == "measures" else set())
    for term, row in read(VOCABULARY / f"{name}.yaml").items():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", term)
        assert set(row) <= known, term


def test_a_weight_is_a_kind_that_the_phrases_name_and_asks_for_a_detail() -> None:
    kinds = read(VOCABULARY / "phrases.yaml")["kinds"]
    for term, row in read(VOCABULARY / "personal-data.yaml").items():
        if "weight" in row:
            assert row["weight"] in kinds, term
            assert "parameter" in row, term


def test_the_thirty_measures_are_all_there() -> None:
    codes = [row["code"] for row in read(VOCABULARY / "measures.yaml").values()]
    assert codes == [f"S{number:02}" for number in range(1, 31)]


def open_paths(model: type[BaseModel], before: str = "") -> Iterator[str]:
    """Every path of the description that may be left open with a question mark."""
    for name, info in model.model_fields.items():
        path = f"{before}{info.alias or name}"
        if Open in _parts(info.annotation):
            yield path
        for inner in _parts(info.annotation):
            if isinstance(inner, type) and issubclass(inner, BaseModel) and inner.__module__ == Description.__module__:
                yield from open_paths(inner, f"{path}.")


def _parts(annotation: Any) -> set[Any]:
    if get_origin(annotation) is None and not get_args(annotation):
        return {annotation}
    return {part for argument in get_args(annotation) for part in _parts(argument)}


def test_every_fact_that_may_be_open_has_a_field_and_no_other_has() -> None:
    fields = read(VOCABULARY / "phrases.yaml")["fields"]
    paths = set(open_paths(Description))
    assert set(fields) - COMPOSED <= paths
    untitled = {path for path in paths if not any(path == known or path.startswith(f"{known}.") for known in fields)}
    assert untitled == set()


def test_every_field_says_who_must_fill_it_in() -> None:
    for path, field in read(VOCABULARY / "phrases.yaml")["fields"].items():
        assert field["who"] in ("controller", "processor", "both"), path
