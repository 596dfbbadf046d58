"""The models of own clause files as JSON Schemas (draft-07), every key explained in Dutch and in English."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterable, Mapping
from importlib.resources import files
from typing import Any

import yaml
from pydantic import BaseModel
from pydantic.json_schema import PydanticJsonSchemaWarning

from dpa_gen.clausefile import BODIES, OwnClauseFile, OwnContentsFile, TermFile
from dpa_gen.facts import known_paths
from dpa_gen.law import requirements
from dpa_gen.library import shipped
from dpa_gen.schema import DEFINED, DRAFT_7, plain_values_too

MODELS: Mapping[str, type[BaseModel]] = {
    "clause": OwnClauseFile,
    "contents": OwnContentsFile,
    "vocabulary": TermFile,
}
KINDS = (*MODELS, "defaults")
TEXT, OPTIONAL = {"type": "string"}, {"type": "null"}

Schema = dict[str, Any]


def clause_schema(kind: str = "clause") -> Schema:
    """The schema of an own file of a kind: a clause, the contents, a vocabulary or the defaults."""
    if kind == "defaults":
        return _titled(_defaults())
    schema = _modelled(MODELS[kind])
    if kind == "vocabulary":
        definitions = schema.pop("definitions")
        schema = {"type": "object", "additionalProperties": schema, "definitions": definitions}
    return _titled(schema)


def clause_schema_text(kind: str = "clause") -> str:
    """The schema as it is printed."""
    return json.dumps(clause_schema(kind), ensure_ascii=False, indent=2) + "\n"


def key_texts() -> dict[str, dict[str, dict[str, str]]]:
    """What each key means, per noun and per language."""
    text = files("dpa_gen").joinpath("data/clause-fields.yaml").read_text("utf-8")
    texts: dict[str, dict[str, dict[str, str]]] = yaml.load(text, yaml.CBaseLoader)
    return texts


def _titled(schema: Schema) -> Schema:
    plain: Schema = plain_values_too(schema)
    return {"$schema": DRAFT_7, "title": "dpa-gen clauses", **plain}


def _modelled(model: type[BaseModel]) -> Schema:
    """The schema of a model, with what editors can complete and what only the program checked before."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PydanticJsonSchemaWarning)
        schema = model.model_json_schema(ref_template=DEFINED)
    definitions: Schema = schema.pop("$defs", {})
    for name, noun in {model.__name__: schema, **definitions}.items():
        _complete(name, noun)
    return {**schema, "definitions": definitions}


def _complete(name: str, noun: Schema) -> None:
    """A noun with each key explained, and with the names that can stand there."""
    noun.pop("title", None)
    noun.pop("description", None)
    for key, entry in noun["properties"].items():
        texts = key_texts()[name][key]
        told = {"description": f"{texts['nl']}\n\n{texts['en']}"}
        noun["properties"][key] = {**_allowed(name, key, entry), **told}
    if name == "OwnParagraphFile":
        noun["oneOf"] = [{"required": [body]} for body in (*BODIES, "remove")]
        noun["dependencies"] = {"choose": ["wordings"], "wordings": ["choose"], "rows": ["columns"]}


def _allowed(name: str, key: str, entry: Schema) -> Schema:
    """What may stand at a key: as the model has it, but with the known names to choose from."""
    if key == "covers":
        return _list_of({"enum": list(requirements())})
    if key == "when":
        return _list_of(TEXT)
    if (name, key) in {("FactRowFile", "value"), ("ColumnFile", "cell")}:
        return {"anyOf": [TEXT, {"$ref": DEFINED.format(model="LanguageWords")}]}
    if known := _names_for(name, key):
        one = _or_other(known)
        return {"type": "array", "items": one} if name == "OwnContentsFile" else one
    return _without_null(entry)


def _names_for(name: str, key: str) -> Iterable[str]:
    """The names that an editor offers at a key; others may be meant as well."""
    contents = shipped().contents
    if name == "OwnContentsFile":
        shown: tuple[str, ...] = getattr(contents, key)
        return shown
    if name == "OwnClauseFile" and key in ("after", "before"):
        return (*contents.articles, *contents.annexes)
    if name == "OwnParagraphFile" and key in ("choose", "rows"):
        switches = shipped().switches
        return sorted(switches.chosen if key == "choose" else switches.lists)
    return ()


def _or_other(known: Iterable[str]) -> Schema:
    return {"anyOf": [{"enum": list(known)}, TEXT]}


def _list_of(one: Schema) -> Schema:
    """A list, or the one that stands for a list of one."""
    return {"anyOf": [{"type": "array", "items": one}, one]}


def _without_null(entry: Schema) -> Schema:
    """An entry without the nothing that a key has when it is left out; draft-07 reads nothing beside a $ref."""
    kept = {key: part for key, part in entry.items() if key not in ("title", "default")}
    options = [option for option in kept.pop("anyOf", ()) if option != OPTIONAL]
    if "$ref" in kept:
        return {"allOf": [{"$ref": kept.pop("$ref")}], **kept}
    return {**kept, "anyOf": options} if options else kept


def _defaults() -> Schema:
    """The values that a description need not give: topics with paths, each a value or one for each position."""
    topic = {"type": "object", "propertyNames": {"enum": sorted(known_paths())}}
    known = {
        name: {"allOf": [{"$ref": "#/definitions/Topic"}], "properties": {path: _shown(path) for path in values}}
        for name, values in shipped().defaults.items()
    }
    other = {"$ref": "#/definitions/Topic"}
    return {"type": "object", "properties": known, "additionalProperties": other, "definitions": {"Topic": topic}}


def _shown(path: str) -> Schema:
    """A default as an editor explains it: with the value that is shipped."""
    value = next(values[path] for values in shipped().defaults.values() if path in values)
    told = json.dumps(value, ensure_ascii=False)
    return {"description": f"Meegeleverd: {told}\n\nShipped: {told}"}
