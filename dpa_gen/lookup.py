"""A dotted path and a description in; the fact that it gives there out."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from operator import attrgetter
from typing import Any

from pydantic import BaseModel

from dpa_gen.description import Description
from dpa_gen.shape import nouns_in
from dpa_gen.values import Open


def given(description: Description, path: str) -> Any:
    """The value that a description gives at a dotted path; `None` when a group on the way is not there or open."""
    try:
        return _straight(path)(description)
    except AttributeError:  # a group that is not there, or a list
        return _step_by_step(description, path)


@cache
def _straight(path: str) -> Callable[[Any], Any]:
    """The way to a path along which every group is there, as nearly always: one step at a time takes thrice as long."""
    noun: type[BaseModel] | None = Description
    names: list[str] = []
    for step in _steps(path):
        if noun is None:
            return partial(_step_by_step, path=path)
        names.append(_attribute(noun, step))
        info = noun.model_fields.get(names[-1])
        noun = next(iter(nouns_in(info.annotation)), None) if info else None
    return attrgetter(".".join(names))


def _step_by_step(description: Description, path: str) -> Any:
    value: Any = description
    for step in _steps(path):
        if value is None or isinstance(value, Open):
            return value
        if isinstance(value, tuple):
            return tuple(getattr(entry, _attribute(entry.__class__, step)) for entry in value)
        value = getattr(value, _attribute(value.__class__, step))
    return value


@cache
def _steps(path: str) -> tuple[str, ...]:
    return tuple(path.split("."))


@cache
def _attribute(noun: type, step: str) -> str:
    """The attribute behind a key of the YAML; raises `KeyError` when the noun has no such key."""
    if issubclass(noun, BaseModel):
        for name, info in noun.model_fields.items():
            if (info.alias or name) == step:
                return name
    if isinstance(getattr(noun, step, None), property):
        return step
    raise KeyError(step)
