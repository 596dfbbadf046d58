"""Plain values to typed nouns: fits a pydantic model and turns its complaints into problems with place and mend."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any, Protocol, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError

from dpa_gen.errors import Place, Problem, raise_any
from dpa_gen.texts import complaints, short
from dpa_gen.values import Open

KeyPath = tuple[str | int, ...]
Noun = TypeVar("Noun", bound=BaseModel)


CALLED = {"Description": "a description", "OwnParagraphFile": "a paragraph", "OwnClauseFile": "a clause file"}


class PlaceOf(Protocol):
    """Tells where a path stands in the user's files."""

    def __call__(self, path: Sequence[str | int], key: bool = False) -> Place: ...


def fit(noun: type[Noun], value: Any, place_of: PlaceOf) -> Noun:
    """The value as a noun; raises `DpaError` with every problem and its place."""
    try:
        return noun.model_validate(value)
    except ValidationError as trouble:
        raise_any({_problem(noun, value, place_of, error) for error in complaints(trouble)})
        raise  # cannot be: a validation error holds at least one error


def _problem(noun: type[BaseModel], value: Any, place_of: PlaceOf, error: dict[str, Any]) -> Problem:
    """A complaint of the model, in words that say what to do."""
    path = _real_path(value, error["loc"], error["type"])
    kind, name = error["type"], shown(path)
    if kind == "missing":
        what, mend = f"{name} is missing", _how_to_add(noun, path)
        return Problem(f"{what}.", mend, place_of(path), path)
    if kind == "extra_forbidden":
        return _unknown_key(noun, value, place_of, path)
    place = place_of(path)
    if kind in ("literal_error", "enum"):
        return _not_a_choice(error, name, place, path)
    if "mend" in error.get("ctx", {}):
        return Problem(f"{name}: {error['msg']}.", error["ctx"]["mend"], place, path)
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        return Problem(f"{name}: a group of keys is expected here.", _how_to_group(noun, path, error), place, path)
    return Problem(f"{name}: {error['msg']}.", "", place, path)


def _how_to_group(noun: type[BaseModel], path: KeyPath, error: dict[str, Any]) -> str:
    keys, given = ", ".join(_keys_at(noun, path)) or "key: value", error["input"]
    if given == "?":
        return f"Write ? at each of its keys that is not known yet: {keys}."
    if isinstance(given, str) and re.match(r"[a-z_]+:\S", given):  # notice_days:30
        return f"Put a space after the colon. Its keys are: {keys}."
    return f"Its keys are: {keys}."


def _real_path(value: Any, location: Sequence[str | int], kind: str) -> KeyPath:
    """The location of an error without the marks that the model puts between the keys."""
    path: list[str | int] = []
    for index, step in enumerate(location):
        last = index == len(location) - 1
        if _steps_into(value, step):
            value = value[step]
            path.append(step)
        elif last and kind == "missing":
            path.append(step)
    return tuple(path)


def _steps_into(value: Any, step: str | int) -> bool:
    if isinstance(value, dict):
        return step in value
    return isinstance(value, list) and isinstance(step, int) and step < len(value)


def _unknown_key(noun: type[BaseModel], value: Any, place_of: PlaceOf, path: KeyPath) -> Problem:
    key, known = str(path[-1]), _keys_at(noun, path[:-1])
    close = get_close_matches(key.lower(), known, 1, 0.6)
    where = shown(path[:-1]) if path[:-1] else CALLED.get(noun.__name__, "this group")
    mend = f"Did you mean {close[0]}?" if close else f"Its keys are: {', '.join(known)}."
    if " " in key or (not close and _at(value, path) == ""):  # {name: Jansen, De Vries}
        mend = f"Text with a comma in it goes in quotes. {'' if close else mend}".rstrip()
    return Problem(f"“{short(key)}” is not a key of {where}.", mend, place_of(path, key=True), path)


def _not_a_choice(error: dict[str, Any], name: str, place: Place, path: KeyPath) -> Problem:
    given, choices = error["input"], _choices(str(error["ctx"]["expected"]))
    if not isinstance(given, str):
        what = f"{name}: one word is expected here, not a list or a group of keys."
        return Problem(what, f"Choose from: {', '.join(choices)}.", place, path)
    close = get_close_matches(given.lower()[:60], choices, 1, 0.6)
    mend = f"Did you mean {close[0]}? " if close else ""
    return Problem(
        f"{name}: “{short(given)}” is not one of its values.", f"{mend}Choose from: {', '.join(choices)}.", place, path
    )


def _choices(expected: str) -> list[str]:
    return [part.strip().strip("'") for part in expected.replace(" or ", ", ").split(",")]


def _how_to_add(noun: type[BaseModel], path: KeyPath) -> str:
    model = _noun_at(noun, path[:-1])
    info = next((i for n, i in model.model_fields.items() if (i.alias or n) == path[-1]), None) if model else None
    if info is None or Open not in _all_args(info.annotation):
        return f"Add {path[-1]}:."
    return f"Add {path[-1]}:, with ? when it is not known yet."


def _all_args(annotation: Any) -> set[Any]:
    found = {annotation}
    for part in get_args(annotation):
        found |= _all_args(part)
    return found


def nouns_in(annotation: Any) -> tuple[type[BaseModel], ...]:
    """The nouns that an annotation holds, in the order of their names."""
    parts = (part for part in _all_args(annotation) if isinstance(part, type) and issubclass(part, BaseModel))
    return tuple(sorted(parts, key=lambda part: part.__name__))


def _noun_at(noun: type[BaseModel], path: KeyPath) -> type[BaseModel] | None:
    """The noun that a path leads to."""
    here: type[BaseModel] | None = noun
    is_name = False  # whether the next step is a free name, as of a paragraph
    for step in path:
        if isinstance(step, int) or here is None:
            continue
        if is_name:
            is_name = False
            continue
        info = next((info for name, info in here.model_fields.items() if (info.alias or name) == step), None)
        here = next(iter(nouns_in(info.annotation)), None) if info else None
        is_name = info is not None and any(get_origin(part) is dict for part in _all_args(info.annotation))
    return here


def _keys_at(noun: type[BaseModel], path: KeyPath) -> list[str]:
    model = _noun_at(noun, path)
    return [info.alias or name for name, info in model.model_fields.items()] if model else []


def _at(value: Any, path: Sequence[str | int]) -> Any:
    for step in path:
        value = value[step]
    return value


def shown(path: Sequence[str | int]) -> str:
    """A path as a person writes it; entries of a list count from 1: subprocessors.list[2].name."""
    text = ""
    for step in path:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if text else str(step)
    return text


def holds(value: Any, path: Sequence[str | int]) -> bool:
    """Whether a plain value has something at a path."""
    for step in path:
        if not _steps_into(value, step):
            return False
        value = value[step]
    return True
