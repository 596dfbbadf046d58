"""The JSON Schema for editors: draft-07, both languages, and right where the program is right."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from dpa_gen.countrycodes import COUNTRY_CODES
from dpa_gen.intake import nested
from dpa_gen.schema import DRAFT_7, description_schema, field_texts, schema_text
from dpa_gen.source import read

ROOT = Path(__file__).parent.parent
SCHEMA = description_schema()
VALIDATOR = jsonschema.Draft7Validator(SCHEMA)
FILES = sorted((ROOT / "samples").rglob("*.yaml"))


def properties(noun: dict[str, Any]) -> dict[str, Any]:
    """The keys of a noun, also of one that may be written as one text."""
    groups = [noun, *noun.get("anyOf", [])]
    return {name: entry for group in groups for name, entry in group.get("properties", {}).items()}


def test_it_is_a_schema_of_draft_07():
    assert SCHEMA["$schema"] == DRAFT_7
    jsonschema.Draft7Validator.check_schema(SCHEMA)


def test_it_is_the_same_on_every_run():
    assert schema_text() == schema_text()
    assert json.loads(schema_text()) == SCHEMA


@pytest.mark.parametrize("noun", ["Description", *(name for name in SCHEMA["definitions"])])
def test_every_field_is_described_in_dutch_and_in_english(noun):
    entries = properties(SCHEMA if noun == "Description" else SCHEMA["definitions"][noun])
    texts = field_texts().get(noun, {})
    for field, entry in entries.items():
        assert texts[field]["nl"] in entry["description"], f"{noun}.{field}"
        assert texts[field]["en"] in entry["description"], f"{noun}.{field}"
        assert "$ref" not in entry, f"{noun}.{field}: draft-07 reads nothing beside a $ref"


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_sample_fits_it_as_an_editor_reads_it_and_as_the_program_does(path):
    for value in (yaml.safe_load(path.read_text("utf-8")), read(path).value):
        dates_as_text = json.loads(json.dumps(value, default=str))
        assert [f"{list(error.path)}: {error.message[:200]}" for error in VALIDATOR.iter_errors(dates_as_text)] == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("controller", "?"),
        ("languag", "nl"),
        ("language", "fr"),
        ("position", "strong"),
        ("law.governing", "Nederland"),
        ("effective", "1 december 2026"),
        ("breach.notify_within_hours", "24 uur"),
        ("security.review", "30"),
        ("transfers.clauses.docking", "misschien"),
        ("subprocessors.list", [{"naam": "A"}]),
        ("processing.subject", {"fr": "x"}),
        ("audit.cost", "somebody"),
    ],
)
def test_what_the_program_refuses_the_schema_refuses_too(path, value):
    assert list(VALIDATOR.iter_errors(nested({path: value})))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("processor.address", "?"),
        ("processor.name", 123),
        ("controller.registration.kvk", 12345678),
        ("version", 1.1),
        ("breach.notify_within_hours", 24),
        ("breach.notify_within_hours", "24"),
        ("transfers.clauses.docking", True),
        ("transfers.clauses.docking", "ja"),
        ("processing.nature", "none"),
        ("processing.nature", "store"),
        ("processing.nature", [{"term": "store", "detail": {"nl": "x", "en": "y"}}]),
        ("processing.retention", {"period": "30 dagen"}),
        ("processing.duration", "main-agreement"),
        ("subprocessors.list", [{"name": "?", "country": "?", "task": "?", "transfer": "scc"}]),
        ("language", ["nl", "en"]),
    ],
)
def test_what_the_program_takes_the_schema_takes_too(path, value):
    assert [error.message for error in VALIDATOR.iter_errors(nested({path: value}))] == []


def test_a_country_is_offered_as_two_letters():
    country = {"law": {"governing": "NL"}}
    assert VALIDATOR.is_valid(country)
    assert all(VALIDATOR.is_valid({"law": {"governing": code}}) for code in COUNTRY_CODES)


def test_no_part_is_required_because_either_file_may_hold_it():
    assert VALIDATOR.is_valid({})
    assert '"required"' not in schema_text()
