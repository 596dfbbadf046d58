"""A contract filled from a pattern is, part by part, the contract that the ordinary way makes."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from dpa_gen import generate, intake
from dpa_gen.assembly import assemble
from dpa_gen.errors import DpaError
from dpa_gen.generate import Wishes, contract, description_json, facts_only, prepare
from dpa_gen.house import house_style
from dpa_gen.package import unpacked
from dpa_gen.pattern import key
from dpa_gen.word import Origin, docx

SAMPLES = sorted(Path("samples").rglob("processors/*.yaml")) + sorted(Path("samples").glob("*/*ment*.yaml"))
SAMPLES += [Path("samples/volledig/overeenkomst.yaml")]


def in_the_ordinary_way(path: Path, language: str) -> dict[str, bytes]:
    prepared = prepare(path, Wishes((language,)))
    agreement = assemble(prepared.description, prepared.library, language)
    style = house_style("plain", Path(), language, agreement.labels)
    library = prepared.library
    told = description_json(facts_only(prepared.layers))
    return unpacked(docx(agreement, style, Origin(told, library.version, library.digest, generate.__version__)), "it")


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_contract_from_a_pattern_is_the_contract_of_the_ordinary_way(path: Path) -> None:
    language = prepare(path, Wishes()).description.language[0]
    made = contract(prepare(path, Wishes()), Wishes(), language)
    assert unpacked(made.content, "it") == in_the_ordinary_way(path, language)
    assert made.open_fields == made.agreement.open_fields()


def test_a_pattern_made_for_one_description_serves_another_without_taking_its_facts_along() -> None:
    first, second = SAMPLES[0], SAMPLES[1]
    generate._PATTERNS.clear()
    contract(prepare(first, Wishes()), Wishes(), "nl")
    made = contract(prepare(second, Wishes()), Wishes(), "nl")
    assert unpacked(made.content, "it") == in_the_ordinary_way(second, "nl")


def test_another_choice_is_another_pattern_and_another_fact_is_not() -> None:
    prepared = prepare(Path("samples/volledig/overeenkomst.yaml"), Wishes())
    facts, description = prepared.facts, prepared.description
    other_fact = description.model_copy(update={"reference": "VWO-9"})
    other_choice = description.model_copy(
        update={"liability": description.liability.model_copy(update={"regime": "unlimited"})}
    )
    whole = key(facts, "nl", draft=False)
    assert key(replace(facts, description=other_fact), "nl", draft=False) == whole
    assert key(replace(facts, description=other_choice), "nl", draft=False) != whole
    assert key(facts, "en", draft=False) != whole
    assert key(facts, "nl", draft=True) != whole


def test_a_contract_is_the_same_file_whatever_was_made_before_it() -> None:
    def made(path: Path) -> bytes:
        return contract(prepare(path, Wishes()), Wishes(), "nl").content

    among_others = [made(path) for _ in range(2) for path in SAMPLES][len(SAMPLES) :]
    for path, content in zip(SAMPLES, among_others, strict=True):
        generate._PATTERNS.clear()
        intake._LAST.clear()
        assert made(path) == content, path


def test_a_row_that_was_printed_before_comes_back_in_another_contract_and_no_field_to_fill_in_does(
    tmp_path: Path,
) -> None:
    text = Path("samples/volledig/overeenkomst.yaml").read_text("utf-8")
    generate._PATTERNS.clear()
    for number, listed in enumerate(("[NL, DE]", "[DE, NL]", "['?']", "'?'")):
        path = tmp_path / f"{number}.yaml"
        path.write_text(re.sub(r"(?m)^  locations:.*\n(?:    .*\n)*", f"  locations: {listed}\n", text), "utf-8")
        try:
            made = contract(prepare(path, Wishes()), Wishes(), "nl")
        except DpaError:
            assert listed == "['?']"
            continue
        assert unpacked(made.content, "it") == in_the_ordinary_way(path, "nl")
        assert made.open_fields == made.agreement.open_fields()
