"""The typed model as a JSON Schema (draft-07) with a description of every field in Dutch and English."""

from __future__ import annotations

import json
import warnings
from importlib.resources import files
from typing import Any

import yaml
from pydantic.json_schema import GenerateJsonSchema, PydanticJsonSchemaWarning

from dpa_gen.description import Description

DRAFT_7 = "http://json-schema.org/draft-07/schema#"
DEFINED = "#/definitions/{model}"


def field_texts() -> dict[str, dict[str, dict[str, str]]]:
    """What each field means, per noun and per language."""
    text = files("dpa_gen").joinpath("data/fields.yaml").read_text("utf-8")
    texts: dict[str, dict[str, dict[str, str]]] = yaml.load(text, yaml.CBaseLoader)
    return texts


def description_schema() -> dict[str, Any]:
    """The schema of a description file or of a shared file: either may hold any part, so no part is required."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PydanticJsonSchemaWarning)
        schema = Description.model_json_schema(ref_template=DEFINED, schema_generator=GenerateJsonSchema)
    schema["definitions"] = schema.pop("$defs")
    for name, noun in {"Description": schema, **schema["definitions"]}.items():
        _explain(name, noun)
    return {"$schema": DRAFT_7, **plain_values_too(schema), "title": "dpa-gen"}


def _explain(name: str, noun: dict[str, Any]) -> None:
    texts = field_texts().get(name, {})
    keys = noun["anyOf"][1] if "anyOf" in noun and "properties" in noun["anyOf"][-1] else noun
    keys.pop("required", None)
    for field, entry in keys.get("properties", {}).items():
        entry.pop("title", None)
        if entry.get("default") in (None, {}):  # nothing, or open: no value that an editor should put there
            entry.pop("default", None)
        if field in texts:
            entry["description"] = f"{texts[field]['nl']}\n\n{texts[field]['en']}"
        if "$ref" in entry:  # draft-07 reads nothing beside a $ref
            keys["properties"][field] = {"allOf": [{"$ref": entry.pop("$ref")}], **entry}


def plain_values_too(schema: Any) -> Any:
    """The schema with every text also taking numbers and switches: YAML that looks like one is read as text."""
    if isinstance(schema, list):
        return [plain_values_too(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if schema.get("type") == "string" and not {"enum", "const", "pattern"} & set(schema):
        return {**schema, "type": ["string", "number", "boolean"]}
    return {key: plain_values_too(part) for key, part in schema.items()}


def schema_text() -> str:
    """The schema as it is printed."""
    return json.dumps(description_schema(), ensure_ascii=False, indent=2) + "\n"
