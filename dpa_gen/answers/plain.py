"""Review -> plain values for --json, and findings for SARIF; the same review gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dpa_gen.answers.mending import proposal
from dpa_gen.answers.verdict import score, verdict
from dpa_gen.answers.wordings import say
from dpa_gen.errors import Place
from dpa_gen.findings import Finding, Severity
from dpa_gen.law import requirements
from dpa_gen.review.answer import Answer, Evidence, RedFlag, Review, Status
from dpa_gen.review.flags import traps


def as_json(review: Review, language: str, against: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    """A review as plain values."""
    plain: dict[str, Any] = {
        "document": review.document,
        "language": review.language,
        "is_agreement": review.is_agreement,
        "instead": review.why_not,
        "verdict": verdict(review),
        "complete": review.is_complete,
        "core_score": _score(review.core),
        "score": {level: _score(score(review, level)) for level in ("must", "should")},
        "requirements": [_answer(each, language) for each in review.answers],
        "not_applicable": list(review.not_applicable),
        "red_flags": [_flag(flag, language) for flag in review.red_flags],
        "remarks": [_flag(flag, language) for flag in review.remarks],
        "values": dict(review.values),
        "notes": dict(review.notes),
    }
    if against is not None:
        plain["against"] = against
    return plain


def _score(pair: tuple[int, int]) -> dict[str, int]:
    return {"met": pair[0], "of": pair[1]}


def _answer(answer: Answer, language: str) -> dict[str, Any]:
    requirement = requirements()[answer.id]
    mend = None if answer.status is Status.PRESENT else proposal(answer.id, language)
    return {
        "id": answer.id,
        "level": requirement.level,
        "status": answer.status.value,
        "asks": requirement.asks[language],
        "source": requirement.source[language],
        "reason": say("reason", answer.reason, language) if answer.reason else "",
        "evidence": [_evidence(each) for each in answer.evidence],
        "values": dict(answer.values),
        "mend": {"paragraph": mend.paragraph, "text": str(mend)} if mend else None,
    }


def _evidence(evidence: Evidence) -> dict[str, Any]:
    return {"place": evidence.place, "text": evidence.text, "heading": evidence.heading, "page": evidence.page}


def _flag(flag: RedFlag, language: str) -> dict[str, Any]:
    trap = traps()[flag.id]
    return {
        "id": flag.id,
        "severity": flag.severity,
        "says": trap.says[language],
        "source": trap.source,
        "place": flag.evidence.place if flag.evidence else "",
        "text": flag.evidence.text if flag.evidence else "",
    }


# Findings


@dataclass(frozen=True)
class Described:
    """A requirement or trap as SARIF describes a rule."""

    id: str
    severity: Severity
    reason: Mapping[str, str]
    source: Mapping[str, str]


def rules() -> Iterator[Described]:
    """Everything a review can find."""
    for requirement in requirements().values():
        if requirement.level in ("must", "should"):
            severity = Severity.RED if requirement.level == "must" else Severity.AMBER
            yield Described(requirement.id, severity, requirement.asks, requirement.source)
    for trap in traps().values():
        yield Described(trap.id, Severity(trap.severity), trap.says, dict.fromkeys(("nl", "en"), trap.source))


def findings(review: Review, file: str) -> Iterator[Finding]:
    """What a review found wanting, in the one shape of all findings."""
    for answer in review.with_level("must", "should"):
        if answer.status is not Status.PRESENT:
            yield _gap(answer, file)
    for flag in (*review.red_flags, *review.remarks):
        trap = traps()[flag.id]
        place, text = (flag.evidence.place, flag.evidence.text) if flag.evidence else ("", "")
        yield Finding(flag.id, Severity(flag.severity), dict(trap.says), trap.source, Place(file), place, None, text)


def _gap(answer: Answer, file: str) -> Finding:
    requirement = requirements()[answer.id]
    grave = requirement.level == "must" and answer.status is Status.ABSENT
    what = {
        language: f"{say('status', answer.status.value, language).capitalize()}: {requirement.asks[language]}"
        for language in ("nl", "en")
    }
    mend = {language: str(found) for language in ("nl", "en") if (found := proposal(answer.id, language))}
    first = answer.evidence[0] if answer.evidence else None
    return Finding(
        answer.id,
        Severity.RED if grave else Severity.AMBER,
        what,
        requirement.source["en"],
        Place(file),
        first.place if first else "",
        mend or None,
        first.text if first else "",
    )
