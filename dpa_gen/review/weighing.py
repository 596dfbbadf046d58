"""Answers by signals -> answers weighed: what speaks for a requirement and what against, `data/review/weights.yaml`.

Signals see what is said in the words they know. Weights see whether a few sentences look like those in which a
requirement is met, by everything they hold: each trait has a weight. The window that weighs most tells how much of the
requirement is shown, and how much it is touched upon at all. With what signals saw they make two sums, and these
decide: neither has the last word alone; but what signals see denied stays denied. Requirements that ask a period in
figures are not weighed: it is there or it is not. Weights are whole hundredths, so that no order changes a sum.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

import yaml

from dpa_gen.review.answer import Answer, Evidence, RedFlag, Status
from dpa_gen.review.flags import traps
from dpa_gen.review.judging import evidence
from dpa_gen.review.passages import Reading
from dpa_gen.review.traits import Window, with_traits

_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
CAREFUL = 30  # how far above even “present” must stand: to miss a gap is worse than a false alarm
FARTHEST = 400  # a window counts for so much at most, for and against
DENIED = frozenset({"denied", "capped", "conflict", "misplaced"})  # reasons of signals that no weight overrules
Weights = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Scale:
    """The weights of requirements that are judged together, and where the two sums begin."""

    meets: tuple[str, ...]
    shown: Weights
    touched: Weights
    present: int
    partial: int


@dataclass(frozen=True)
class Scales:
    """Every scale, and what a window and the signals count for in the two sums."""

    scales: tuple[Scale, ...]
    present: Weights
    partial: Weights
    by_trait: Mapping[str, tuple[tuple[int, int], ...]]  # trait -> slot, weight; a scale has two slots


@dataclass(frozen=True, slots=True)
class Weighed:
    """The heaviest windows of a paper for a scale: by how much it is shown, and touched."""

    shown: int
    touched: int
    window: Window | None


@cache
def scales() -> Scales:
    """The weights, read once."""
    read = yaml.load(files("dpa_gen").joinpath("data", "review", "weights.yaml").read_text("utf-8"), _Loader)
    found = tuple(
        Scale(
            tuple(row["meets"]),
            _hundredths(row["shown"]),
            _hundredths(row["touched"]),
            round(100 * float(row["present"])),
            round(100 * float(row["partial"])),
        )
        for row in read["scales"]
    )
    by_trait: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for rank, scale in enumerate(found):
        for slot, weights in ((2 * rank, scale.shown), (2 * rank + 1, scale.touched)):
            for trait, weight in weights.items():
                by_trait[trait].append((slot, weight))
    sums = read["sums"]
    slots = {trait: tuple(each) for trait, each in by_trait.items()}
    return Scales(found, _hundredths(sums["present"]), _hundredths(sums["partial"]), slots)


def _hundredths(row: Mapping[str, str]) -> dict[str, int]:
    return {name: round(100 * float(weight)) for name, weight in row.items()}


def told(answers: Mapping[str, Answer], groups: Sequence[tuple[str, ...]]) -> dict[str, set[tuple[int, str]]]:
    """For each sentence on which answers by signals rest: the group of requirements, and what signals make of it."""
    found: dict[str, set[tuple[int, str]]] = defaultdict(set)
    for rank, names in enumerate(groups):
        for answer in (answers[name] for name in names if name in answers):
            for each in answer.evidence:
                found[each.text].add((rank, f"signals {answer.status.value}"))
    return found


def tripped(flags: tuple[RedFlag, ...]) -> frozenset[str]:
    """The traps that words of the paper trip, as traits; those that follow from an answer say nothing new."""
    known = traps()
    return frozenset(f"paper {flag.id}" for flag in flags if known[flag.id].signals and not known[flag.id].absent)


def weighed(reading: Reading, answers: Mapping[str, Answer], flags: tuple[RedFlag, ...]) -> dict[str, Answer]:
    """The answers after weighing; those that no scale knows stay as they are."""
    known, found = scales(), dict(answers)
    for scale, heaviest in zip(known.scales, _heaviest(reading, answers, tripped(flags)), strict=True):
        found |= {answer.id: answer for answer in _decided(scale, heaviest, answers)}
    return found


def _heaviest(reading: Reading, answers: Mapping[str, Answer], everywhere: frozenset[str]) -> list[Weighed]:
    """For each scale the windows that weigh most."""
    known = scales()
    rests = told(answers, [scale.meets for scale in known.scales])
    start = [weights.get("start", 0) for scale in known.scales for weights in (scale.shown, scale.touched)]
    _add(start, known, everywhere)
    best: list[int | None] = [None] * len(start)
    windows: list[Window | None] = [None] * len(start)
    for window, traits in with_traits(reading):
        sums = start.copy()
        _add(sums, known, traits)
        for rank, trait in {each for _, sentence in window.found for each in rests.get(sentence.text, ())}:
            sums[2 * rank] += known.scales[rank].shown.get(trait, 0)
            sums[2 * rank + 1] += known.scales[rank].touched.get(trait, 0)
        for slot, weight in enumerate(sums):
            if (before := best[slot]) is None or weight > before:
                best[slot], windows[slot] = weight, window
    ends = [-FARTHEST if weight is None else max(-FARTHEST, min(FARTHEST, weight)) for weight in best]
    return [Weighed(ends[slot], ends[slot + 1], windows[slot]) for slot in range(0, len(ends), 2)]


def _add(sums: list[int], known: Scales, traits: frozenset[str]) -> None:
    by_trait = known.by_trait
    for trait in traits:
        for slot, weight in by_trait.get(trait, ()):
            sums[slot] += weight


def verdict(scale: Scale, heaviest: Weighed, statuses: Sequence[str]) -> Status:
    """What the two sums make of a scale; `statuses` are the answers by signals, each of which has its share."""
    known, share = scales(), max(len(statuses), 1)

    def total(start: int, weights: Weights) -> int:  # in hundredths of hundredths, times the number of answers
        windows = weights.get("shown", 0) * heaviest.shown + weights.get("touched", 0) * heaviest.touched
        return share * (100 * start + windows) + 100 * sum(weights.get(f"signals {status}", 0) for status in statuses)

    if total(scale.present, known.present) > 100 * CAREFUL * share:
        return Status.PRESENT
    return Status.PARTIAL if total(scale.partial, known.partial) > 0 else Status.ABSENT


def _decided(scale: Scale, heaviest: Weighed, answers: Mapping[str, Answer]) -> Iterator[Answer]:
    """The answers on the requirements of a scale, all met, met in part, or not at all."""
    known = [answers[name] for name in scale.meets if name in answers]
    statuses = {answer.status for answer in known}
    is_denied = any(answer.reason in DENIED or _is_said_there(answer, heaviest.window) for answer in known)
    told_ = verdict(scale, heaviest, [answer.status.value for answer in known])
    if is_denied or (len(statuses) > 1 and Status.ABSENT in statuses):
        yield from known  # signals see the one and not the other: weights cannot tell which of them is meant
    elif told_ is Status.PRESENT:
        yield from (_met(answer, heaviest.window) for answer in known)
    elif statuses == {Status.PRESENT} and len(known) == 1:
        yield replace(known[0], status=Status.PARTIAL, reason="doubt")
    elif statuses == {Status.ABSENT} and told_ is Status.PARTIAL:
        yield Answer(known[0].id, Status.PARTIAL, _places(heaviest.window), reason="partial")
    elif statuses == {Status.PARTIAL} and told_ is Status.ABSENT:
        yield from (replace(answer, status=Status.ABSENT, reason="doubt") for answer in known)


def _is_said_there(answer: Answer, window: Window | None) -> bool:
    """Whether what weighs most are the very words that signals found too general: only others can mend that."""
    said = {each.text for each in answer.evidence}
    return answer.reason == "generic" and window is not None and window.texts <= said


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
