"""The contracts that several tests look at: every sample in both languages, and descriptions made from plain values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
from docx.document import Document

from dpa_gen import intake
from dpa_gen.generate import Contract, Prepared, Wishes, contract, prepare
from dpa_gen.intake import Layers
from dpa_gen.library import defaults_for, shipped
from dpa_gen.source import Source

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples"
LANGUAGES = ("nl", "en")
POSITIONS = ("controller", "balanced", "processor")
DESCRIPTIONS = tuple(path for path in sorted(SAMPLES.rglob("*.yaml")) if path.name != intake.SHARED_FILE)
# Each of these has something that the others have not: nothing open, English first, and much that is open.
TELLING = ("volledig/overeenkomst.yaml", "complete/agreement.yaml", "praktijk/processors/mailchimp.yaml")

LEAST: dict[str, Any] = {
    "controller": {"name": "Praktijk Voorbeeld"},
    "processor": {"name": "Dienst Voorbeeld B.V.", "country": "NL"},
    "service": {"name": "Voorbeelddienst"},
    "processing": {
        "subject": "de nieuwsbrief",
        "purpose": "nieuws sturen",
        "nature": ["store", "send"],
        "data_subjects": ["clients"],
        "personal_data": ["name", "email-address"],
        "retention": {"period": "P30D", "after": "closing"},
        "locations": "none",
        "remote_access": "none",
    },
    "security": {"measures": ["encryption-in-transit"]},
    "subprocessors": {"list": "none"},
}


def every_sample() -> Iterator[tuple[str, Path, str]]:
    """Name, description and language of every sample contract."""
    for path in DESCRIPTIONS:
        for language in LANGUAGES:
            yield f"{path.relative_to(SAMPLES).with_suffix('').as_posix().replace('/', '-')}-{language}", path, language


@cache
def sample(path: Path | str, language: str, template: str = "plain", draft: bool = False) -> Contract:
    """The contract of a sample, made once."""
    wishes = Wishes(languages=(language,), template=template, draft=draft)
    return contract(prepare(SAMPLES / path, wishes), wishes, language)


def opened(made: Contract | bytes) -> Document:
    """A contract as python-docx reads it."""
    return docx.Document(BytesIO(made if isinstance(made, bytes) else made.content))


def described(value: Mapping[str, Any], language: str = "nl") -> Prepared:
    """A description from plain values, as if it stood in a file."""
    library, stance = shipped(), value.get("position", "balanced")
    defaults = intake.nested(defaults_for(library, stance, value.get("positions", {})))
    layers = Layers((Source("test.yaml", "", dict(value)),), dict(value)).beneath(defaults)
    return Prepared(Path("test.yaml"), layers, intake.describe(layers, (language,)), library)


def least(**changes: Any) -> dict[str, Any]:
    """The least that a description can hold, with changes by dotted path (two underscores for a dot)."""
    flat = {name.replace("__", "."): value for name, value in changes.items()}
    return with_changes(LEAST, flat)


def with_changes(value: Mapping[str, Any], flat: Mapping[str, Any]) -> dict[str, Any]:
    """The values with those of dotted paths in their place; a value of None takes the path out."""
    changed = intake.laid_over(intake.nested(flat), value)
    return _without_none(changed)


def _without_none(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_none(part) for key, part in value.items() if part is not None}
    return value


def contract_of(value: Mapping[str, Any], language: str = "nl", **wishes: Any) -> Contract:
    """The contract of plain values."""
    asked = Wishes(languages=(language,), **wishes)
    return contract(described(value, language), asked, language)
