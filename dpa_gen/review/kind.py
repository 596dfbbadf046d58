"""Whether a paper is an agreement under Article 28 at all, and what it seems to be instead."""

from __future__ import annotations

import re

from dpa_gen.paper import Kind
from dpa_gen.review.answer import Answer, Status
from dpa_gen.review.passages import Reading

DUTIES = (
    "art28.3.a.instr",
    "art28.3.b",
    "art28.3.c",
    "art28.3.d.auth",
    "art28.3.e",
    "art33.2",
    "art28.3.f.35",
    "art28.3.g.choice",
    "art28.3.h.audit",
    "art28.4.flow",
    "art28.3.h.info",
    "art28.3.a.law",
)
LEAST_DUTIES = 3  # of those of Article 28(3) that an agreement has at the very least
TITLED, UNTITLED = 6, 7  # duties that make an agreement, whatever its parties are called, with its title and without
_YOU = re.compile(r"\b(?:you|your|je|jij|jouw|jullie|u|uw)\b", re.I)
_I = re.compile(r"\b(?:ik|mijn|mij)\b", re.I)


def kind(reading: Reading, answers: dict[str, Answer]) -> str:
    """What the paper is instead of an agreement: a key of data/review/words.yaml; nothing when it is one."""
    title = _title(reading)
    heads = " ".join(p.text for p in reading.passages[:2])
    duties = sum(answers[name].status is not Status.ABSENT for name in DUTIES)
    bound = _bound(reading)
    acts = _count(reading, "on-behalf") + _count(reading, "contract-basis")
    guide = re.search(r"(?i)\b(?:uitleg|explained|guide|gids)\b", heads)
    told = "explains" in title or (guide and _count(reading, "explains"))
    if told or _explains(reading) or bool(_first_person(reading)):
        return "explanation"
    if "agreement-title" not in title and "other-title" in title:
        if _is_named(reading, r"sub-?\s?(?:processor|verwerker)s?") and duties < 5:
            return "list"
        if duties < 7 or acts < 2:
            return _other(reading)
    if "agreement-title" in title and (duties >= TITLED or (duties >= LEAST_DUTIES - 1 and bound >= 3)):
        return ""
    if duties >= UNTITLED and _count(reading, "consumer-privacy") == 0:
        return ""
    if not {"processor"} & reading.says or duties < LEAST_DUTIES:
        return "list" if answers["sub.list"].status is Status.PRESENT and bound < 5 else _other(reading)
    consumer = _count(reading, "consumer-privacy")
    if (
        "agreement-title" not in title
        and consumer > max(3, bound // 2)
        and answers["art28.3.a.instr"].status is Status.ABSENT
    ):
        return "privacy"
    if "agreement-title" not in title and acts == 0 and duties < 6:
        return _other(reading)
    if answers["art28.3.a.instr"].status is Status.ABSENT and acts == 0 and duties < 6:
        return _other(reading)
    if bound < 3:
        return "explanation"
    return ""


def _title(reading: Reading) -> frozenset[str]:
    """The concepts of the title: the first headings, or the first lines where there are none."""
    heads = [p for p in reading.passages[:12] if p.paragraph.kind is Kind.HEADING][:2]
    first = heads or list(reading.passages[:2])
    return frozenset().union(*(p.says for p in first[:2]))


def _is_named(reading: Reading, pattern: str) -> bool:
    heads = [p.text for p in reading.passages[:6] if p.paragraph.kind is Kind.HEADING] or [reading.passages[0].text]
    return any(re.search(pattern, head, re.I) for head in heads[:2])


def _bound(reading: Reading) -> int:
    """How many sentences lay something on the processor."""
    return sum("processor" in s.own for p in reading.passages for s in p.sentences)


def _count(reading: Reading, concept: str) -> int:
    return sum(concept in s.own for p in reading.passages for s in p.sentences)


def _explains(reading: Reading) -> bool:
    """Whether it tells about such agreements more than it makes one."""
    questions = sum(p.text.rstrip().endswith("?") for p in reading.passages if p.paragraph.kind is Kind.HEADING)
    lectures = _count(reading, "explains")
    return lectures >= 4 or (lectures >= 2 and questions >= 1) or (lectures >= 1 and questions >= 2)


def _first_person(reading: Reading) -> bool:
    """Whether somebody tells the public what has been agreed with others."""
    text = reading.paper.text
    return len(_I.findall(text)) >= 6 and reading.language == "nl"


def _other(reading: Reading) -> str:
    """What it looks like instead."""
    if _is_named(reading, r"non-?\s?disclosure|\bnda\b|geheimhouding|confidentiality agreement"):
        return "secrecy"
    if _is_named(reading, r"sub-?\s?(?:processor|verwerker)s?"):
        return "list"
    if _is_named(reading, r"privacy|cookie"):
        return "privacy"
    if _is_named(reading, r"terms|voorwaarden|conditions|service level"):
        return "terms"
    receiving = len(
        re.findall(
            r"receiving party|disclosing party|ontvangende partij|verstrekkende partij", reading.paper.text, re.I
        )
    )
    if receiving >= 3:
        return "secrecy"
    return "privacy" if _count(reading, "consumer-privacy") >= 3 else "other"
