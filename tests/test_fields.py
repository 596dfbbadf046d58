"""Every field of a description is explained, in both languages."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from pydantic import BaseModel

from dpa_gen import activities, description, keeping, values

FIELDS: dict[str, dict[str, dict[str, str]]] = yaml.safe_load(
    (Path(description.__file__).parent / "data" / "fields.yaml").read_text(encoding="utf-8")
)


def models() -> Iterator[type[BaseModel]]:
    """The nouns of a description, each once."""
    found = {
        value
        for module in (values, description, keeping, activities)
        for value in vars(module).values()
        if isinstance(value, type)
    }
    yield from (model for model in found if issubclass(model, BaseModel) and model.model_fields)


def named() -> set[str]:
    """Each field as a user writes it, after the name of its noun."""
    return {
        f"{model.__name__}.{field.alias or name}" for model in models() for name, field in model.model_fields.items()
    }


def explained() -> set[str]:
    """Each entry of the explanations."""
    return {f"{model}.{field}" for model, fields in FIELDS.items() for field in fields}


def test_every_field_of_a_description_is_explained():
    assert named() - explained() == set()


def test_no_explanation_is_left_over_from_a_field_that_is_gone():
    assert explained() - named() == set()


@pytest.mark.parametrize("model", sorted(FIELDS))
def test_each_explanation_is_one_sentence_in_dutch_and_in_english(model):
    for field, texts in FIELDS[model].items():
        assert sorted(texts) == ["en", "nl"], f"{model}.{field}"
        for language, text in texts.items():
            assert text.strip().endswith("."), f"{model}.{field} in {language} does not end as a sentence"
