"""Review -> lines for the terminal: a table within 80 columns, the details below."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from dpa_gen.answers.mending import Proposal, proposal
from dpa_gen.answers.verdict import asks, score, to_mend, verdict
from dpa_gen.answers.wordings import book, say
from dpa_gen.law import requirements
from dpa_gen.review.answer import Answer, Evidence, Review
from dpa_gen.review.flags import traps

WIDTH = 80
NAME, STATUS = 29, 13


def lines(review: Review, language: str, against: list[str] | None = None) -> Iterator[str]:
    """Everything told of one paper."""
    yield review.document
    if not review.is_agreement:
        yield from _wrapped(say("instead", review.why_not, language), "  ")
        yield from _wrapped(say("verdict", "none", language), "  ")
        return
    yield from _wrapped(f"{say('label', 'verdict', language)}: {say('verdict', verdict(review), language)}", "  ")
    of = say("label", "of", language)
    for level in ("must", "should"):
        met, total = score(review, level)
        yield f"  {say('label', level, language)}: {met} {of} {total}"
    yield f"  {say('label', 'core', language)}: {review.core[0]} {of} {review.core[1]}"
    yield from _notes(review, language)
    yield ""
    yield from _table(review, language)
    yield from _flags(review, language)
    yield from _details(review, language)
    if against:
        yield ""
        yield say("label", "against", language)
        for each in against:
            yield from _wrapped(f"- {each}", "  ")


def _notes(review: Review, language: str) -> Iterator[str]:
    for key, value in review.notes.items():
        shown = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        yield from _wrapped(f"! {shown} {say('notes', key, language)}", "  ")


def _table(review: Review, language: str) -> Iterator[str]:
    head = [say("label", key, language) for key in ("requirement", "status", "place")]
    yield f"{head[0]:<{NAME}}{head[1]:<{STATUS}}{head[2]}"
    yield "-" * WIDTH
    for answer in review.with_level("must", "should"):
        yield from _row(answer, language)


def _row(answer: Answer, language: str) -> Iterator[str]:
    place = where(answer.evidence[0], language) if answer.evidence else ""
    status = say("status", answer.status.value, language)
    text = f"{called(answer.id, language):<{NAME}}{status:<{STATUS}}{place}"
    yield text if len(text) <= WIDTH else text[: WIDTH - 1] + "…"


def called(requirement: str, language: str) -> str:
    """What a table calls a requirement."""
    return requirements()[requirement].name[language]


def where(evidence: Evidence, language: str) -> str:
    """A place as a person finds it."""
    page = f", {say('label', 'page', language)} {evidence.page}" if evidence.page else ""
    heading = f" ({evidence.heading})" if evidence.heading and evidence.heading not in evidence.place else ""
    return f"{evidence.place}{heading}{page}"


def _flags(review: Review, language: str) -> Iterator[str]:
    flags = (*review.red_flags, *review.remarks)
    if not flags:
        return
    yield ""
    yield say("label", "flags", language)
    for flag in flags:
        place = f" [{flag.evidence.place}]" if flag.evidence else ""
        yield from _wrapped(f"{flag.id:<5}{traps()[flag.id].says[language]}{place}", "  ", 5)


def _details(review: Review, language: str) -> Iterator[str]:
    rows = to_mend(review)
    if not rows:
        return
    yield ""
    yield say("label", "gaps", language)
    proposed: set[Proposal] = set()
    for answer in rows:
        yield ""
        status = say("status", answer.status.value, language)
        name = called(answer.id, language)
        yield from _wrapped(f"{name} ({status}, {answer.id}): {asks(answer, language)}", "  ")
        if answer.reason:
            yield from _wrapped(say("reason", answer.reason, language), "    ")
        for evidence in answer.evidence[:1]:
            yield from _wrapped(f"{where(evidence, language)}: “{evidence.text}”", "    ")
        yield from _wrapped(requirements()[answer.id].source[language] + ".", "    ")
        if mend := proposal(answer.id, paper_language(review, language)):
            yield from _proposed(mend, mend in proposed, language)
            proposed.add(mend)


def _proposed(mend: Proposal, is_told: bool, language: str) -> Iterator[str]:
    """Wording to propose, in full the first time."""
    words = say("label", "above", language) if is_told else mend.words
    yield from _wrapped(f"{say('label', 'proposal', language)} ({mend.paragraph}): {words}", "    ")
    for item in () if is_told else mend.items:
        yield from _wrapped(f"- {item}", "      ")


def paper_language(review: Review, language: str) -> str:
    """The language of wording to propose: that of the paper, or the one that was asked when it is in both."""
    return review.language if review.language in ("nl", "en") else language


def _wrapped(text: str, before: str, hang: int = 0) -> Iterator[str]:
    yield from textwrap.wrap(text, WIDTH, initial_indent=before, subsequent_indent=before + " " * hang) or [before]


def people(language: str) -> list[str]:
    """What a person must judge."""
    return [row[language] for row in book()["person"]]
