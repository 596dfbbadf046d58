"""The model, the clause library and the rules in; docs/yaml.md, docs/rules.md and the schema beside the samples out.

Run it after a change of a field, a default, a term or a rule: python docs/build.py
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from dpa_gen import description, values
from dpa_gen.library import Term, shipped
from dpa_gen.rulebook import as_markdown
from dpa_gen.schema import description_schema, field_texts, schema_text

ROOT = Path(__file__).parent.parent
MOST_PATHS = 6
POSITIONS = ("controller", "balanced", "processor")
PATTERNS = {r"^\d{4}-\d{2}-\d{2}$": "day, `2026-12-01`", "^[A-Za-z]{2}$": "country, `NL`", r"^\d+$": "whole number"}
SHORT = {
    "Words": "text (or `{nl: ..., en: ...}`)",
    "Period": "period: `P30D`, `6 months`, `6 maanden`",
    "TermUse": "[term](#termuse)",
}
VOCABULARY = {
    "personal-data": ("personal_data", "Kinds of personal data", "Soorten persoonsgegevens"),
    "data-subjects": ("data_subjects", "Data subjects", "Betrokkenen"),
    "operations": ("nature", "Operations", "Wat de verwerker doet"),
    "events": ("retention: after", "Events after which a period begins", "Gebeurtenissen waarna een termijn begint"),
    "measures": ("security: measures", "Security measures", "Beveiligingsmaatregelen"),
}
HEAD = """# The YAML of a description

<!-- Written by docs/build.py; change dpa_gen/data/fields.yaml or clauses/ and run it again. -->

A contract is made from one description: one processing relationship. What is the same in each contract stands in a
shared file, `dpa-gen.yaml`, in the folder of the description or above it; either file may hold any part, and what the
description says goes before what the shared file says. Groups of keys are merged; a text or a list is replaced whole.

*Een contract wordt gemaakt uit één beschrijving: één verwerker. Wat in elk contract hetzelfde is, staat in een gedeeld
bestand, `dpa-gen.yaml`, in de map van de beschrijving of daarboven. Wat de beschrijving zegt, gaat voor.*

## How to write it

| to say | write | |
|---|---|---|
| not known yet | `address: ?` or `address: "?"` | a fill-in field in the contract, where *value* allows it |
| there are none | `list: none` (or `geen`) | for a list |
| one entry of a list | `data_subjects: clients` | as good as `[clients]` |
| yes or no | `yes`, `ja`, `true`, `no`, `nee`, `false` | |
| a day | `2026-12-01` | year, month, day |
| a period | `P30D`, `P6M`, `P1Y`, `30 days`, `6 maanden` | |
| a country | `NL`, `DE`, `US` | two letters (ISO 3166); `NO` is Norway |
| a text per language | `{nl: ..., en: ...}` | a plain text serves every language |
| a text with a comma or a colon | `"overleg, advies"` | in quotes |

Every value is read as text first: `kvk: 01234567` keeps its zero and `version: 1.10` its nought. Keys that do not exist
are refused, with the one that was probably meant, and so are keys that stand twice.
"""


whole_schema = cache(description_schema)
explanations = cache(field_texts)


def reference() -> str:
    """The whole reference as Markdown."""
    parts = ["".join(f"{line}\n" for line in section) for section in (fields(), defaults(), vocabulary())]
    return "\n".join([HEAD, *parts])


def fields() -> Iterator[str]:
    """A table for each noun, in the order in which a description names them."""
    schema = whole_schema()
    known = {"Description": schema, **schema["definitions"]}
    paths = where(schema, known)
    yield "## The fields"
    for name in ("Description", *(noun for noun in paths if noun not in ("Words", "Period"))):
        yield ""
        yield f"### {'The description itself' if name == 'Description' else name}"
        yield ""
        if name != "Description":
            yield f"In: {', '.join(f'`{path}`' for path in paths[name][:MOST_PATHS])}{more(paths[name])}"
            yield ""
        yield "| field | value | left out | what |"
        yield "|---|---|---|---|"
        for field, entry in keys(known[name]).items():
            nl, en = (explanations()[name][field][language] for language in ("nl", "en"))
            yield row(f"`{field}`", value(entry), left_out(name, field, paths), f"{nl}<br>*{en}*")


def more(paths: list[str]) -> str:
    """Says that a noun has more places than are listed."""
    return " and more" if len(paths) > MOST_PATHS else ""


def keys(noun: dict[str, Any]) -> dict[str, Any]:
    """The fields of a noun, also of one that may be written as a single text."""
    group = noun["anyOf"][-1] if "anyOf" in noun else noun
    found: dict[str, Any] = group.get("properties", {})
    return found


def where(schema: dict[str, Any], known: dict[str, Any]) -> dict[str, list[str]]:
    """Each noun with the paths at which a description holds it."""
    found: dict[str, list[str]] = {}
    waiting = [("", schema)]
    while waiting:
        path, noun = waiting.pop(0)
        for field, entry in keys(noun).items():
            for name in dict.fromkeys(references(entry)):
                if not keys(known[name]):
                    continue
                here = f"{path}.{field}".lstrip(".")
                if here not in found.setdefault(name, []):
                    found[name].append(here)
                    waiting.append((here, known[name]))
    return found


def references(entry: Any) -> Iterator[str]:
    """The nouns that an entry of the schema names."""
    if isinstance(entry, dict):
        if "$ref" in entry:
            yield entry["$ref"].rsplit("/", 1)[1]
        for part in entry.values():
            yield from references(part)
    elif isinstance(entry, list):
        for part in entry:
            yield from references(part)


def value(entry: dict[str, Any]) -> str:
    """What may be written in a field, in words."""
    return ", or ".join(dict.fromkeys(ways(entry)))


def ways(entry: dict[str, Any]) -> Iterator[str]:
    """The ways of writing a field, `?` last."""
    if "const" in entry:
        yield f"`{entry['const']}`"
    elif entry.get("type") == "null":
        return
    elif "enum" in entry:
        yield "one of " + ", ".join(f"`{choice}`" for choice in entry["enum"])
    elif "$ref" in entry:
        name = entry["$ref"].rsplit("/", 1)[1]
        noun = whole_schema()["definitions"][name]
        yield SHORT.get(name) or ("".join(ways(noun)) if "enum" in noun else f"[{name}](#{name.lower()})")
    elif options := entry.get("anyOf") or entry.get("oneOf") or entry.get("allOf"):
        yield from one_of(options)
    elif entry.get("type") == "array":
        yield f"a list of: {value(entry['items'])}"
    elif entry.get("type") == "object":
        yield f"`{{article: position}}`, where a position is {value(entry['additionalProperties'])}"
    else:
        yield PATTERNS.get(entry.get("pattern", ""), "text")


def one_of(options: list[dict[str, Any]]) -> Iterator[str]:
    """The ways of a choice; one entry in place of a list, and the many words for yes and no, go without saying."""
    if {"type": "boolean"} in options:
        yield "`yes` or `no`"
        return
    lists = [option for option in options if option.get("type") == "array"]
    for option in lists or options:
        yield from ways(option)


def left_out(noun: str, field: str, paths: dict[str, list[str]]) -> str:
    """What holds when a field is left out."""
    here = {f"{path}.{field}" for path in paths.get(noun, ())} if noun != "Description" else {field}
    if any(path == given or given.startswith(f"{path}.") for path in here for given in default_paths()):
        return "[default](#defaults)"
    info = model_field(noun, field)
    if info.is_required():
        return "must be given"
    default = info.default if info.default_factory is None else None
    if isinstance(default, values.Open) or default == (description.Signatory(),):
        return "`?`, a field to fill in"
    if isinstance(default, description.Duration):
        return "`main-agreement`"
    if default in (None, ()) or isinstance(default, BaseModel):
        return "nothing"
    return f"`{default[0] if isinstance(default, tuple) else getattr(default, 'value', default)}`"


def model_field(noun: str, field: str) -> FieldInfo:
    """The field of the typed model with the name that a user writes."""
    model = next(model for model in nouns(values.Frozen) if model.__name__ == noun)
    return next(info for name, info in model.model_fields.items() if (info.alias or name) == field)


def nouns(root: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """Every noun of a description as it is typed."""
    for model in root.__subclasses__():
        yield model
        yield from nouns(model)


def default_paths() -> dict[str, Any]:
    """Every default of the shipped library by its path."""
    return {path: given for topic in shipped().defaults.values() for path, given in topic.items()}


def defaults() -> Iterator[str]:
    """The defaults per negotiating position."""
    yield "## Defaults"
    yield ""
    yield "What the contract says when neither file does, by `position`, or by `positions` for one article."
    yield "`dpa-gen check` lists those that a contract would print. They stand in `clauses/defaults.yaml`."
    yield ""
    yield "| article | field | controller | balanced | processor |"
    yield "|---|---|---|---|---|"
    for article, given in shipped().defaults.items():
        for path, choice in given.items():
            by_position = isinstance(choice, dict) and "balanced" in choice
            shown = [plainly(choice[position] if by_position else choice) for position in POSITIONS]
            yield row(article, f"`{path}`", *shown)


def plainly(choice: Any) -> str:
    """A default as it is written; a text per language with the languages below each other."""
    return f"{choice['nl']}<br>*{choice['en']}*" if isinstance(choice, dict) else f"`{choice}`"


def vocabulary() -> Iterator[str]:
    """The terms that may be used as they are."""
    yield "## Vocabulary"
    yield ""
    yield "Words that recur are terms, with their words per language and what the law attaches to them. Free text may"
    yield "always stand in place of a term. Give what the last column names as `detail`: `{term: ..., detail: ...}`."
    yield "*Met een term staat het in elke taal goed in het contract; eigen woorden mag ook.*"
    for name, terms in shipped().terms.items():
        field, english, dutch = VOCABULARY[name]
        yield from (
            "",
            f"### {english} / {dutch} (`{field}`)",
            "",
            "| term | Nederlands | English | to add |",
            "|---|---|---|---|",
        )
        for term in terms.values():
            yield row(f"`{term.id}`", term.name["nl"], term.name["en"], to_add(term))


def to_add(term: Term) -> str:
    """What the law attaches to a term, and which detail it wants."""
    weight = {"special": "Article 9 GDPR", "criminal": "Article 10 GDPR", "national-number": "Article 87 GDPR"}
    wanted = f"{term.parameter['nl']}<br>*{term.parameter['en']}*" if term.parameter else ""
    return "; ".join(filter(None, (weight.get(term.weight, ""), wanted)))


def row(*cells: str) -> str:
    """A row of a table."""
    return f"| {' | '.join(escaped(cells))} |"


def escaped(cells: Iterable[str]) -> Iterator[str]:
    """Cells in which nothing ends the cell too early."""
    return (cell.replace("|", "\\|").replace("\n", " ") for cell in cells)


if __name__ == "__main__":
    (ROOT / "docs" / "yaml.md").write_text(reference(), "utf-8", newline="\n")
    (ROOT / "docs" / "rules.md").write_text(as_markdown(), "utf-8", newline="\n")
    (ROOT / "samples" / "dpa-gen.schema.json").write_text(schema_text(), "utf-8", newline="\n")
