"""Answers by signals -> answers weighed: what speaks for a requirement and what against, `data/review/weights.yaml`.

Signals see what is said in the words they know. Weights see whether a few sentences look like those in which a
requirement is met, by everything they hold: each trait has a weight, and the sum decides. The signals’ own answer is
one trait among them, so that neither has the last word alone; what signals see denied stays denied. Requirements that
ask a period in figures are not weighed: it is there or it is not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

import yaml

from dpa_gen.review.answer import Answer, Evidence, RedFlag, Status
from dpa_gen.review.flags import traps
from dpa_gen.review.judging import evidence
from dpa_gen.review.passages import Reading
from dpa_gen.review.traits import Window, traits, windows

_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
SURE = 70  # a sum above it shows a requirement
SURER = 200  # the same, of requirements that are judged together and of which signals see some in part
OVERRULES = -65  # a sum below it puts in doubt what signals see; between the two the signals’ answer stands
TOUCHED = 0  # a sum above it, of the other weights, shows that it is addressed at all
LIGHTEST = -1_000_000  # what a paper without a sentence weighs
DENIED = frozenset({"denied", "capped", "conflict"})  # reasons of signals that no weight overrules
Weights = Mapping[str, int]  # in hundredths, so that a sum is the same in whatever order it is made


@dataclass(frozen=True, slots=True)
class Scale:
    """The weights of requirements that are judged together: by which they are shown, and by which touched upon."""

    meets: tuple[str, ...]
    shown: Weights
    touched: Weights


@dataclass(frozen=True, slots=True)
class Weighed:
    """The heaviest window of a paper for a scale."""

    shown: int
    touched: int
    window: Window | None


@cache
def scales() -> tuple[Scale, ...]:
    """Every scale, read once."""
    text = files("dpa_gen").joinpath("data", "review", "weights.yaml").read_text("utf-8")
    return tuple(
        Scale(
            tuple(row["meets"]),
            *({t: round(100 * float(w)) for t, w in row[part].items()} for part in ("shown", "touched")),
        )
        for row in yaml.load(text, _Loader)
    )


def told(window: Window, meets: tuple[str, ...], answers: Mapping[str, Answer]) -> frozenset[str]:
    """The answers by signals that rest on a sentence of a window, as traits."""
    texts = window.texts
    return frozenset(
        f"signals {answer.status.value}"
        for name in meets
        if (answer := answers.get(name)) and any(each.text in texts for each in answer.evidence)
    )


def tripped(flags: tuple[RedFlag, ...]) -> frozenset[str]:
    """The traps that words of the paper trip, as traits; those that follow from an answer say nothing new."""
    known = traps()
    return frozenset(f"paper {flag.id}" for flag in flags if known[flag.id].signals and not known[flag.id].absent)


def weighed(reading: Reading, answers: Mapping[str, Answer], flags: tuple[RedFlag, ...]) -> dict[str, Answer]:
    """The answers after weighing; those that no scale knows stay as they are."""
    found = dict(answers)
    pairs = [(window, traits(window) | tripped(flags)) for window in windows(reading)]
    for scale in scales():
        heaviest = _heaviest(scale, pairs, answers)
        found |= {answer.id: answer for answer in _decided(scale, heaviest, answers)}
    return found


def _heaviest(scale: Scale, pairs: list[tuple[Window, frozenset[str]]], answers: Mapping[str, Answer]) -> Weighed:
    best, shown, touched = None, LIGHTEST, LIGHTEST
    for window, own in pairs:
        has = own | told(window, scale.meets, answers)
        weight = _sum(scale.shown, has)
        if weight > shown:
            best, shown = window, weight
        touched = max(touched, _sum(scale.touched, has))
    return Weighed(shown, touched, best)


def _sum(weights: Weights, has: frozenset[str]) -> int:
    return weights.get("start", 0) + sum(weights[trait] for trait in has if trait in weights)


def _decided(scale: Scale, heaviest: Weighed, answers: Mapping[str, Answer]) -> Iterator[Answer]:
    """The answers on the requirements of a scale, all met, met in part, or not at all."""
    known = [answers[name] for name in scale.meets if name in answers]
    statuses = {answer.status for answer in known}
    needed = SURER if len(statuses) > 1 else SURE
    if len(statuses) > 1 and Status.ABSENT in statuses:
        yield from known  # signals see the one and not the other: weights cannot tell which of them is meant
    elif heaviest.shown > needed and not DENIED & {answer.reason for answer in known}:
        yield from (_met(answer, heaviest.window) for answer in known)
    elif statuses == {Status.PRESENT}:
        yield from known if heaviest.shown > OVERRULES or len(known) > 1 else (_doubted(answer) for answer in known)
    elif statuses == {Status.ABSENT} and heaviest.touched > TOUCHED and not DENIED & {a.reason for a in known}:
        places = _places(heaviest.window)
        yield Answer(known[0].id, Status.PARTIAL, places, reason="partial")
    elif statuses == {Status.PARTIAL} and heaviest.touched <= TOUCHED and not DENIED & {a.reason for a in known}:
        yield from (replace(answer, status=Status.ABSENT, reason="doubt") for answer in known)


def _doubted(answer: Answer) -> Answer:
    return replace(answer, status=Status.PARTIAL, reason="doubt")


def _met(answer: Answer, window: Window | None) -> Answer:
    if answer.status is Status.PRESENT or window is None:
        return answer
    return Answer(answer.id, Status.PRESENT, _places(window), answer.values)


def _places(window: Window | None) -> tuple[Evidence, ...]:
    if window is None:
        return ()
    first, last = window.found[0], window.found[-1]
    places = [evidence(first[0], first[1].text)]
    return tuple([*places, evidence(last[0], last[1].text)] if last[1].text != first[1].text else places)
