"""The printed words of the register, from `data/register.yaml`."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml

from dpa_gen.sheets.sheet import Column

Texts = dict[str, dict[str, dict[str, str]]]
WIDTHS = {
    "activity": 26, "service": 26, "purpose": 40, "legal_basis": 28, "data_subjects": 24, "personal_data": 36,
    "sensitive": 28, "recipients": 30, "processor": 28, "controller": 28, "party": 28, "contact": 32, "joint": 22,
    "officer": 28, "representative": 28, "categories": 30, "transfers": 34, "retention": 34, "measures": 44,
    "impact": 12, "country": 18, "main_agreement": 34, "state": 12, "drafted": 12, "sent": 12, "signed": 12, "ends": 12,
    "checked": 14, "version": 9, "file": 30, "description": 28, "open": 10, "red": 7, "amber": 9, "reference": 13,
    "subprocessor": 28, "address": 34, "task": 30, "data": 36, "recipient": 28, "for": 30, "basis": 34,
    "assessment": 24, "until": 14, "by": 15, "who": 20, "about": 26, "what": 60, "why": 46, "source": 32,
    "severity": 14, "done": 9,
}  # fmt: skip


@cache
def _texts() -> Texts:
    text = files("dpa_gen").joinpath("data", "register.yaml").read_text(encoding="utf-8")
    found: Texts = yaml.load(text, getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    return found


def word(group: str, name: str, language: str) -> str:
    """A printed word, such as the state “signed”."""
    return _texts()[group][name][language]


def label(name: str, language: str) -> str:
    """A small word of the register."""
    return word("labels", name, language)


def column(key: str, language: str, choices: tuple[str, ...] = ()) -> Column:
    """A column with its title and width."""
    return Column(key, word("columns", key, language), WIDTHS[key], choices)
