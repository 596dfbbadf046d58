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
MANY = 10  # sentences that bind the processor, to one that lectures: an agreement may have questions as its headings
LEAST_DUTIES = 3  # of those of Article 28(3) that an agreement has at the very least
TITLED, UNTITLED = 6, 7  # duties that make an agreement, whatever its parties are called, with its title and without
NOTICE = 10  # duties that make one even of what is called a privacy notice
SUBTITLES, LONGEST_LINE = 3, 25  # paragraphs, and words of each
LONG, THIN, FEW = 120, 8, 5  # sentences; to one that binds the processor; duties that are met
BEGINNING = 14  # paragraphs, menus of a page among them


def kind(reading: Reading, answers: dict[str, Answer], by_signals: dict[str, Answer]) -> str:
    """What the paper is instead of an agreement: a key of data/review/words.yaml; nothing when it is one."""
    title = _title(reading)
    duties = sum(answers[name].status is not Status.ABSENT for name in DUTIES)
    is_titled = "agreement-title" in title or _is_called_so(reading)
    lectures = _count(reading, "explains")
    if (
        _says_so(reading)
        or (lectures >= 2 and {"explains", "other-title"} & title)
        or lectures >= max(4, _bound(reading) // 5)
    ):
        return "explanation"
    if _only_mentions(reading, answers):
        return "explanation"
    if _count(reading, "shared-controllers") and not _obeys(reading, by_signals):
        return "controllers"
    if not is_titled and _is_named(reading, r"privacy|cookie") and duties < NOTICE:
        return _other(reading)
    if is_titled and duties >= TITLED:
        return ""
    if _explains(reading):
        return "explanation"
    if not is_titled and "other-title" in title and (duties < UNTITLED or not _acts(reading)):
        return _other(reading)
    told = _count(reading, "roles-said") > 0
    if duties >= UNTITLED - told and _bound(reading) and _count(reading, "consumer-privacy") <= duties // 4:
        return ""
    return _doubtful(reading, answers, duties, is_titled)


def _doubtful(reading: Reading, answers: dict[str, Answer], duties: int, is_titled: bool) -> str:
    """What a paper with few duties is."""
    bound, obeys = _bound(reading), answers["art28.3.a.instr"].status is not Status.ABSENT
    if is_titled and duties >= LEAST_DUTIES - 1 and bound >= 3:
        return ""
    if "processor" not in reading.says or duties < LEAST_DUTIES:
        return "list" if answers["sub.list"].status is Status.PRESENT and bound < 5 else _other(reading)
    if not is_titled and not obeys and _count(reading, "consumer-privacy") > max(3, bound // 2):
        return "privacy"
    if _acts(reading) == 0 and duties < TITLED and (not is_titled or not obeys):
        return _other(reading)
    return "" if bound >= 3 and not _is_thin(reading) else "explanation"


def _only_mentions(reading: Reading, answers: dict[str, Answer]) -> bool:
    """Whether it is a long text that speaks of such duties here and there, and lays next to nothing on anybody."""
    met = sum(answers[name].status is Status.PRESENT for name in DUTIES)
    return _sentences(reading) >= LONG and _is_thin(reading) and met < FEW


def _is_thin(reading: Reading) -> bool:
    """Whether hardly a sentence lays something on the processor."""
    return _bound(reading) * THIN < _sentences(reading)


def _sentences(reading: Reading) -> int:
    return sum(len(p.sentences) for p in reading.passages)


def _acts(reading: Reading) -> int:
    """How often it says that one party acts for the other, or that Article 28 asks for it."""
    return _count(reading, "on-behalf") + _count(reading, "contract-basis")


def _obeys(reading: Reading, answers: dict[str, Answer]) -> bool:
    """Whether one party takes instructions of the other, and neither says that it does not."""
    return answers["art28.3.a.instr"].status is Status.PRESENT and not _count(reading, "no-processor")


def _questions(reading: Reading) -> int:
    return sum(p.text.rstrip().endswith("?") for p in reading.passages if p.paragraph.kind is Kind.HEADING)


def _says_so(reading: Reading) -> bool:
    """Whether it says of itself, at its beginning, that it explains and gives no rights."""
    return any("explains-itself" in s.own for p in reading.passages[:BEGINNING] for s in p.sentences)


def _title(reading: Reading) -> frozenset[str]:
    """The concepts of the title: the first headings, or the first lines where there are none."""
    heads = [p for p in reading.passages[:12] if p.paragraph.kind is Kind.HEADING][:2]
    first = heads or list(reading.passages[:2])
    return frozenset().union(*(p.says for p in first[:2]))


def _is_called_so(reading: Reading) -> bool:
    """Whether a short line under its title calls it an agreement."""
    lines = [p for p in reading.passages[:SUBTITLES] if len(p.text.split()) <= LONGEST_LINE]
    return any("agreement-title" in p.says for p in lines)


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
    questions = _questions(reading)
    lectures = _count(reading, "explains")
    asks = (lectures >= 2 and questions >= 1) or (lectures >= 1 and questions >= 2)
    return lectures >= 4 or (asks and _bound(reading) < MANY * lectures)


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
