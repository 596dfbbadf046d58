"""The small values of a description: facts that may be open, words per language, periods, countries, switches.

Every value comes in as text, because the YAML reader leaves all scalars as text; it is converted here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Annotated, Any, TypeVar, cast, get_args

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    ModelWrapValidatorHandler,
    PlainValidator,
    Tag,
    WithJsonSchema,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from dpa_gen.countrycodes import COMMON_MISTAKES, COUNTRY_CODES, CountryCode
from dpa_gen.texts import KNOWN, NOT_OPEN, Plain, short, text_of, wrong

T = TypeVar("T")


@dataclass(frozen=True, slots=True, repr=False)
class Open:
    """A fact that is not known yet, written `?`; compares equal to every other one."""

    def __repr__(self) -> str:
        return "?"

    def __bool__(self) -> bool:
        return False


OPEN = Open()


class _MayBeOpen:
    """Lets `?` stand where a known value is expected, without blurring the errors of the known value."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        known = handler.generate_schema(next(kind for kind in get_args(source) if kind is not Open))
        is_open = core_schema.no_info_plain_validator_function(lambda _: OPEN)
        unknown = core_schema.chain_schema([core_schema.literal_schema(["?"]), is_open])
        choices: list[CoreSchema | tuple[CoreSchema, str]] = [(known, KNOWN), (unknown, NOT_OPEN)]
        choices.append((core_schema.is_instance_schema(Open), NOT_OPEN))
        written = core_schema.wrap_serializer_function_ser_schema(_written, schema=known)
        return core_schema.union_schema(choices, mode="left_to_right", serialization=written)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        known, _ = cast(tuple[CoreSchema, str], cast(core_schema.UnionSchema, schema)["choices"][0])
        return {"anyOf": [handler(core_schema.chain_schema([known])), {"const": "?"}]}


def _written(value: Any, known_value: core_schema.SerializerFunctionWrapHandler) -> Any:
    return "?" if isinstance(value, Open) else known_value(value)


Fact = Annotated[T | Open, _MayBeOpen()]


def _whole(value: Any) -> int:
    if isinstance(value, int):
        return value
    text = text_of(value)
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise wrong("whole_number", f"a whole number is expected, not “{short(text)}”", "Write digits only, as in 30.")
    return int(text)


Whole = Annotated[int, BeforeValidator(_whole)]


def _at_least_one(value: Any) -> int:
    number = _whole(value)
    if number == 0:
        raise wrong("none_at_all", "a term of 0 is no term", "Write 1 or more.")
    return number


Hours = Annotated[
    int, BeforeValidator(_at_least_one), WithJsonSchema({"type": ["integer", "string"], "pattern": r"^\d+$"})
]
Days = Annotated[int, BeforeValidator(_whole), WithJsonSchema({"type": ["integer", "string"], "pattern": r"^\d+$"})]

YES, NO = ("yes", "ja", "true", "on", "aan", "y", "j"), ("no", "nee", "false", "off", "uit", "n")


def _switch(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    text = text_of(value).lower()
    if text in YES or text in NO:
        return text in YES
    raise wrong(
        "switch", f"yes or no is expected, not “{short(text)}”", "Write yes or no (ja, nee, true and false do as well)."
    )


Switch = Annotated[
    bool, BeforeValidator(_switch), WithJsonSchema({"anyOf": [{"type": "boolean"}, {"enum": [*YES, *NO]}]})
]


def _day(value: Any) -> date:
    if isinstance(value, date):
        return value
    text = text_of(value)
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise wrong("date", f"a date is expected, not “{short(text)}”", "Write it as year-month-day: 2026-12-01.")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise wrong("date", f"{text} is not a day of the calendar", "Check the month and the day.") from None


Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"})]


def _country(value: Any) -> CountryCode:
    text = text_of(value).upper()
    if text in COUNTRY_CODES and value.isascii():  # ı and ſ become I and S
        return CountryCode(text)
    meant = COMMON_MISTAKES.get(text)
    hint = f"Did you mean {meant}?" if meant else "Use the two letters of ISO 3166, such as NL, DE or US."
    raise wrong("country", f"“{short(value)}” is not the code of a country", hint)


Country = Annotated[
    CountryCode, PlainValidator(_country), WithJsonSchema({"type": "string", "pattern": "^[A-Za-z]{2}$"})
]


class Unit(StrEnum):
    """The unit of a period."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


_ISO_UNITS = {"D": Unit.DAY, "W": Unit.WEEK, "M": Unit.MONTH, "Y": Unit.YEAR}
_WORD_UNITS = {
    Unit.HOUR: ("hour", "hours", "uur", "uren"),
    Unit.DAY: ("day", "days", "dag", "dagen"),
    Unit.WEEK: ("week", "weeks", "weken"),
    Unit.MONTH: ("month", "months", "maand", "maanden"),
    Unit.YEAR: ("year", "years", "jaar", "jaren"),
}
_PERIOD_HELP = "Write it as P30D, P6M or P1Y, or as “30 days” or “6 maanden”."


class Frozen(BaseModel):
    """A value of the description: immutable, and closed to keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Period(Frozen):
    """A length of time, such as 30 days; written `P30D`, `30 days` or `30 dagen`."""

    amount: int
    unit: Unit

    @model_validator(mode="before")
    @classmethod
    def _read(cls, value: Any) -> Any:
        if isinstance(value, dict) and set(value) == {"amount", "unit"}:
            return value
        text = text_of(value)
        if found := re.fullmatch(r"P([0-9]{1,5})([DWMY])", text.upper()):
            return {"amount": int(found[1]), "unit": _ISO_UNITS[found[2]]}
        if found := re.fullmatch(r"([0-9]{1,5})\s+([a-z]+)", text.lower()):
            for unit, words in _WORD_UNITS.items():
                if found[2] in words:
                    return {"amount": int(found[1]), "unit": unit}
        raise wrong("period", f"“{short(text)}” is not a period", _PERIOD_HELP)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"type": "string", "pattern": r"^(P\d+[DWMYdwmy]|\d+ +[A-Za-z]+)$", "examples": ["P30D", "6 months"]}

    @property
    def days(self) -> int:
        """The length in days, a month taken as 30 and a year as 365."""
        per_unit = {Unit.HOUR: 0, Unit.DAY: 1, Unit.WEEK: 7, Unit.MONTH: 30, Unit.YEAR: 365}
        return self.amount * per_unit[self.unit]


class Words(Frozen):
    """Text that prints: a plain string serves every language, `{nl: ..., en: ...}` gives each its own."""

    nl: Plain | None = None
    en: Plain | None = None

    @model_validator(mode="wrap")
    @classmethod
    def _read(cls, value: Any, group: ModelWrapValidatorHandler[Words]) -> Words:
        if isinstance(value, str):
            return in_every_language(value)
        if isinstance(value, list) or value == {}:
            raise wrong("words", "text is expected here", "Write a sentence, or one per language under nl: and en:.")
        return group(value)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        each = {"nl": {"type": "string"}, "en": {"type": "string"}}
        return {"anyOf": [{"type": "string"}, {"type": "object", "properties": each, "additionalProperties": False}]}

    def in_language(self, language: str) -> str | None:
        """The words in a language, or nothing when they were not given in it."""
        words: str | None = getattr(self, language)
        return words


@lru_cache(maxsize=1024)
def in_every_language(text: str) -> Words:
    """A text that serves every language; kept, because the terms of a vocabulary come back in each description."""
    words = text_of(text)
    return Words.model_construct(nl=words, en=words)


def either_way(handler: GetJsonSchemaHandler, schema: CoreSchema) -> JsonSchemaValue:
    """The schema of a noun that may be written as a group of keys or, in short, as one text."""
    group = handler(schema)
    described = handler.resolve_ref_schema(group)
    keys = {key: described.pop(key) for key in list(described)}
    described["anyOf"] = [{"type": "string"}, keys]
    return group


class TermUse(Frozen):
    """A term of the vocabulary, or free text; `detail` says which or how, `basis` names the law that allows it."""

    term: Words
    detail: Words | None = None
    basis: Words | None = None

    @model_validator(mode="wrap")
    @classmethod
    def _read(cls, value: Any, group: ModelWrapValidatorHandler[TermUse]) -> TermUse:
        if isinstance(value, str):
            return a_term(value)
        return group({"term": value} if isinstance(value, dict) and ("nl" in value or "en" in value) else value)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return either_way(handler, schema)


@lru_cache(maxsize=1024)
def a_term(text: str) -> TermUse:
    """A term without anything beside it; kept, as its words are."""
    return TermUse.model_construct(term=in_every_language(text))


def _shape(value: Any) -> str:
    return "text" if isinstance(value, str) else "group"


TextOr = Annotated[Annotated[Plain, Tag("text")] | Annotated[T, Tag("group")], Discriminator(_shape)]


def _as_list(value: Any) -> Any:
    """A single entry counts as a list of one; "none" and "geen" as an empty list."""
    if isinstance(value, str) and value.strip().lower() in ("none", "geen"):
        return []
    return value if isinstance(value, list | tuple) else [value]


class _AsList:
    """Lets one entry stand where a list is expected, and `none` for an empty one."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(_as_list, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        many = handler(schema)
        return {"anyOf": [many, many["items"], {"enum": ["none", "geen"]}]}


AsList = _AsList()
Terms = Annotated[tuple[TermUse, ...], AsList]
WordsList = Annotated[tuple[Words, ...], AsList]
