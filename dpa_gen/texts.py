"""The texts of a description: which can be printed, and what is said of those that cannot."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationError
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

# What XML 1.0 cannot hold; tab and line feed are allowed, carriage returns are folded by the YAML reader.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def short(text: str) -> str:
    """A text of the user as a message quotes it: on one line, and no more than 60 characters of it."""
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:59]}…"


def wrong(kind: str, message: str, mend: str = "") -> PydanticCustomError:
    """An error of a value, with its sentence and its mend."""
    return PydanticCustomError(kind, "{message}", {"message": message, "mend": mend})


def text_of(value: Any) -> str:
    """A text without the spaces around it; raises what is wrong with one that a contract cannot print."""
    if not isinstance(value, str):
        raise wrong("text", "text is expected here, not a list or a group of keys", "Write one text after the colon.")
    if found := FORBIDDEN.search(value):
        raise wrong(
            "control_character",
            f"the text holds the control character U+{ord(found[0]):04X}, which a Word file cannot hold",
            "Remove that character.",
        )
    if not value.strip():
        raise wrong("empty", "this is empty", "Write the fact, ? when it is not known yet, or leave the line out.")
    if value.strip() == "?":
        raise wrong("open_here", "this cannot be left open with ?", "Write the fact, or put ? for the whole group.")
    return value.strip()


# The same rules for the core of the model, which is not Python: nothing forbidden, and something else than one `?`.
_NO = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\x{fffe}\x{ffff}"
_PRINTABLE = rf"^\s*(?:[^\s?{_NO}][^{_NO}]*|\?[^{_NO}]*[^\s{_NO}][^{_NO}]*)$"
_NO_TEXT = ("string_type", "string_unicode", "string_pattern_mismatch")

# What the core puts in the path of an error in a fact that may be open: which of the two it was taken for.
KNOWN, NOT_OPEN = "\0known", "\0open"


class _InCore:
    """Has the core of the model read a text; only one that it refuses is looked at by `text_of`, which says why."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        allowed = core_schema.str_schema(strict=True, pattern=_PRINTABLE)
        return core_schema.chain_schema([allowed, core_schema.str_schema(strip_whitespace=True)])

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"type": "string"}


Plain = Annotated[str, _InCore()]


def complaints(trouble: ValidationError) -> Iterator[dict[str, Any]]:
    """What a model complains of, with our words where its core has only its own; not that a known fact is no `?`."""
    for error in trouble.errors(include_url=False, include_context=True):
        if NOT_OPEN not in error["loc"]:
            yield {**error, **(_why_not(error["input"]) if error["type"] in _NO_TEXT else {})}


def _why_not(value: Any) -> dict[str, Any]:
    """Why a value is no text that can be printed."""
    try:
        text_of(value)
    except PydanticCustomError as why:
        return {"type": why.type, "msg": why.message(), "ctx": why.context}
    return {}
