"""A review beside the house's own description: where hours, periods, sub-processors, countries and liability differ."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from dpa_gen.answers.wordings import book, say
from dpa_gen.description import Description
from dpa_gen.law import Countries, countries
from dpa_gen.paper import Paper
from dpa_gen.review.answer import Review


def differences(review: Review, paper: Paper, description: Description, language: str) -> list[dict[str, Any]]:
    """Every difference, with the path in the description, both values, and a sentence."""
    return [
        *_periods(review, description, language),
        *_subprocessors(paper, description, language),
        *_countries(paper, description, language),
        *_liability(review, description, language),
    ]


def _row(kind: str, path: str, language: str, **values: Any) -> dict[str, Any]:
    says = book()["against"][kind][language].format(**values)
    return {"path": path, "theirs": values.get("theirs"), "ours": values.get("ours"), "says": says}


def _periods(review: Review, description: Description, language: str) -> Iterator[dict[str, Any]]:
    """Longer than ours for what the processor must do, shorter for what the controller may do."""
    asked = (
        ("breach_hours", "breach.notify_within_hours", description.breach.notify_within_hours, True),
        ("deletion_days", "deletion.within_days", description.deletion.within_days, True),
        ("subprocessor_notice_days", "subprocessors.notice_days", description.subprocessors.notice_days, False),
    )
    for key, path, ours, more_is_worse in asked:
        theirs = review.values.get(key)
        what, mine = say("values", key, language), _number(ours)
        if mine is None:
            continue
        if not isinstance(theirs, (int, float)):
            yield _row("missing", path, language, what=what, ours=mine, theirs=None)
        elif (theirs > mine) if more_is_worse else (theirs < mine):
            yield _row("longer", path, language, what=what, ours=mine, theirs=theirs)


def _number(value: Any) -> int | None:
    found = re.search(r"\d+", str(value))
    return int(found[0]) if found else None


def _subprocessors(paper: Paper, description: Description, language: str) -> Iterator[dict[str, Any]]:
    text = paper.text.casefold()
    listed = description.subprocessors.list_
    for each in listed if isinstance(listed, tuple) else ():
        name = str(each.name)
        stem = re.sub(r"(?i)[,.]|\b(inc|ltd|limited|gmbh|b v|bv|llc|n v|nv)\b", "", name.replace(".", " ")).split()
        if isinstance(each.name, str) and stem and stem[0].casefold() not in text:
            yield _row("unknown_sub", "subprocessors.list", language, ours=name, theirs=None)


def _countries(paper: Paper, description: Description, language: str) -> Iterator[dict[str, Any]]:
    known = countries()
    ours = set(_own_countries(description))
    theirs = set(_named(paper.text, known))
    for code in sorted(ours - theirs):
        if code not in known.eea:
            yield _row("unknown_country", "subprocessors.list", language, ours=known.names[code][language], theirs=None)
    for code in sorted(theirs - ours):
        if code not in known.eea:
            yield _row("extra_country", "subprocessors.list", language, ours=None, theirs=known.names[code][language])


def _own_countries(description: Description) -> Iterator[str]:
    listed = description.subprocessors.list_
    for each in listed if isinstance(listed, tuple) else ():
        yield from each.countries
    for places in (description.processing.locations, description.processing.remote_access):
        yield from (place.country for place in places if isinstance(places, tuple)) if isinstance(places, tuple) else ()


_SHORT = {"US": r"\b(?:USA|U\.S\.A?\.?|VS|United States)\b", "GB": r"\b(?:UK|U\.K\.|United Kingdom)\b"}


def _named(text: str, known: Countries) -> Iterator[str]:
    for code, names in known.names.items():
        words = "|".join(re.escape(name) for name in set(names.values()))
        if re.search(rf"\b(?:{words})\b", text) or (code in _SHORT and re.search(_SHORT[code], text)):
            yield code


def _liability(review: Review, description: Description, language: str) -> Iterator[dict[str, Any]]:
    regime = description.liability.regime
    theirs = review.values.get("liability_amounts")
    shown = ", ".join(theirs) if isinstance(theirs, list) else ""
    answer = review.answer("liab.cap")
    if not shown and answer is not None and answer.evidence:
        shown = answer.evidence[0].text
    if shown and regime == "unlimited":
        yield _row("liability", "liability.regime", language, ours=regime, theirs=shown)
    cap = description.liability.cap
    amount = str(getattr(cap, "amount", "") or "")
    if regime == "cap" and amount and re.sub(r"\D", "", amount) not in re.sub(r"[^\d ]", "", shown):
        yield _row("liability", "liability.cap", language, ours=amount, theirs=shown or "–")
