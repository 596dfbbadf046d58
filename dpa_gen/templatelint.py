"""A house style in; every fault of it out, before any contract is made with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dpa_gen import intake, source
from dpa_gen.agreement import Agreement
from dpa_gen.assembly import assemble
from dpa_gen.errors import DpaError, Place, Problem
from dpa_gen.house import FILLED, compiled, environment, fault, style_ids_of, text_width
from dpa_gen.intake import Layers
from dpa_gen.library import defaults_for, shipped
from dpa_gen.ooxml import STYLES, Writer
from dpa_gen.package import unpacked
from dpa_gen.word import Slots, all_printed, context

if TYPE_CHECKING:
    from jinja2 import Environment


STARTER = ("nieuwsbrief.yaml", "dpa-gen.yaml")  # the files of `dpa-gen init` that make a contract


def faults(raw: bytes, name: str) -> tuple[Problem, ...]:
    """Everything that is wrong with a house style: damaged parts, missing styles, unknown tags, lost parts."""
    try:
        parts = unpacked(raw, name)
        return tuple(dict.fromkeys(_faults(parts, name)))
    except DpaError as trouble:
        return trouble.problems


def _faults(parts: Mapping[str, bytes], name: str) -> Iterator[Problem]:
    style_ids, missing = _styles(parts, name)
    yield from missing
    to_fill = {part: data for part, data in parts.items() if FILLED.fullmatch(part)}
    unknown: list[str] = []
    try:
        templates = dict(compiled(to_fill, name, _noting(unknown)))
    except DpaError as trouble:
        yield from trouble.problems
        return
    slots = Slots(Writer(style_ids, text_width(parts["word/document.xml"])))
    values = context(specimen(), slots, draft=True)
    for part, template in templates.items():
        yield from _part_faults(part, template, values, unknown, name)
    try:
        all_printed(slots, name, sum("/header" in part for part in templates), values["contract"]["draft"])
    except DpaError as trouble:
        yield from trouble.problems


def _styles(parts: Mapping[str, bytes], name: str) -> tuple[Mapping[str, str], tuple[Problem, ...]]:
    """The ids of the styles, and what is missing; a missing one gets its own name, so that the search can go on."""
    try:
        return style_ids_of(parts, name), ()
    except DpaError as trouble:
        return dict.fromkeys(STYLES, "x"), trouble.problems


def _part_faults(
    part: str, template: Any, values: Mapping[str, Any], unknown: list[str], name: str
) -> Iterator[Problem]:
    from jinja2 import TemplateError

    unknown.clear()
    lines: list[str] = template.source_lines
    try:
        template.render(values)
    except (TemplateError, TypeError, ValueError) as trouble:
        yield fault(name, part, str(trouble), lines, 0)
    for word in dict.fromkeys(unknown):
        line = next((number for number, text in enumerate(lines, 1) if word in text and "{" in text), 0)
        yield fault(name, part, f"“{word}” is not a field.", lines, line)


def _noting(unknown: list[str]) -> Environment:
    """An environment in which an unknown field is noted and the rest still filled."""
    from jinja2 import ChainableUndefined

    class Noting(ChainableUndefined):
        """A field that is not there."""

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            if self._undefined_name is not None:
                unknown.append(str(self._undefined_name))

    env = environment()
    env.undefined = Noting
    return env


def specimen() -> Agreement:
    """A contract to try a house style on, made from the description that `dpa-gen init` writes."""
    folder = files("dpa_gen") / "data" / "starter"
    own, shared = (source.parse(folder.joinpath(name).read_text("utf-8"), name) for name in STARTER)
    layers = Layers((own, shared), intake.laid_over(own.value, shared.value))
    whole = layers.beneath(intake.nested(defaults_for(shipped(), "balanced", {})))
    agreement = assemble(intake.describe(whole), shipped(), "nl")
    return replace(agreement, reference="VWO-1")


def problems_of(path: Path) -> tuple[Problem, ...]:
    """The faults of a house style by its path."""
    try:
        return faults(path.read_bytes(), str(path))
    except OSError as trouble:
        return (Problem(f"this file cannot be read: {trouble.strerror}.", "Check the name.", Place(str(path))),)
