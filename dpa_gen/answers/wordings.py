"""The words of an answer in Dutch and in English."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@cache
def book() -> Mapping[str, Any]:
    """Every word of `data/review/words.yaml`."""
    text = files("dpa_gen").joinpath("data", "review", "words.yaml").read_text("utf-8")
    return dict(yaml.load(text, _Loader))


def say(part: str, key: str, language: str) -> str:
    """The words of a key in a language."""
    return str(book()[part][key][language])
