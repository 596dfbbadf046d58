"""Review -> verdict: sign, negotiate these points, or propose your own."""

from __future__ import annotations

from dpa_gen.answers.wordings import say
from dpa_gen.law import requirements
from dpa_gen.review.answer import Answer, RedFlag, Review, Status
from dpa_gen.review.flags import traps

TOO_MUCH = 0.45  # of what the law demands missing or half there: better to start from one's own agreement
MOST_POINTS = 12


def verdict(review: Review) -> str:
    """The key of the verdict in data/review/words.yaml."""
    if not review.is_agreement:
        return "none"
    must = review.with_level("must")
    missing = sum(1.0 if each.status is Status.ABSENT else 0.5 for each in must if each.status.is_gap)
    if must and missing / len(must) > TOO_MUCH:
        return "own"
    red = any(flag.severity == "red" for flag in review.red_flags)
    doubt = any(each.status is Status.UNCLEAR for each in must)
    return "negotiate" if review.gaps or red or doubt else "sign"


def points(review: Review) -> list[Answer | RedFlag]:
    """What to negotiate, the gravest first: red flags, then what is absent, then what is half there."""
    red: list[Answer | RedFlag] = [flag for flag in review.red_flags if flag.severity == "red" and flag.evidence]
    gaps = sorted(review.gaps, key=lambda each: each.status is Status.PARTIAL)
    doubts = [each for each in review.with_level("must") if each.status is Status.UNCLEAR]
    return [*red, *gaps, *doubts][:MOST_POINTS]


def to_negotiate(review: Review, language: str) -> str:
    """The main points in one line, for a to-do list; nothing when there are none."""
    if not review.is_agreement:
        return say("verdict", "none", language)
    told = (asks(p, language) if isinstance(p, Answer) else traps()[p.id].says[language] for p in points(review))
    return " ".join(dict.fromkeys(told))


def score(review: Review, level: str) -> tuple[int, int]:
    """How many requirements of a level are met, of how many that apply."""
    rows = review.with_level(level)
    return sum(each.status is Status.PRESENT for each in rows), len(rows)


def to_mend(review: Review) -> list[Answer]:
    """Everything of the law and the regulators that is not simply there, in the order of the catalogue."""
    return [each for each in review.with_level("must", "should") if each.status is not Status.PRESENT]


def asks(answer: Answer, language: str) -> str:
    """What the requirement of an answer asks."""
    return requirements()[answer.id].asks[language]
