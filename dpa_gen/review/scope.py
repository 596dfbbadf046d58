"""The subject matter of a processing: the service or the work that an agreement is about."""

from __future__ import annotations

import re

from dpa_gen.paper import Kind
from dpa_gen.review.answer import Answer, Status
from dpa_gen.review.judging import evidence, quoted
from dpa_gen.review.passages import Passage, Reading, Sentence

NAME = "art28.3.subject"
# Headings under which a sentence on the work of the processor says something else than what the agreement is about.
AWAY = frozenset({"measures", "sub", "audit", "breach", "after-end", "third-country", "liability-word"})
# What a clause is about that lays a duty on the processor and does not describe its work.
DUTIES = frozenset(
    "instruction helps informs measures secrecy deletes returns audit rights-request record-of-processing permission"
    " sub-change".split()
)
_LABEL = re.compile(
    r"(?i)\W*(?:subject(?: matter)?|onderwerp"
    r"|(?:omschrijving (?:van )?(?:de )?)?dienst(?:en|verlening)?|services?(?: provided)?"
    r"|description of (?:the )?services?)[*_ ]*:[*_ ]*\w+ \w+"
)
_ACCESS = re.compile(r"(?i)\b(?:toegang tot|access to)\b")
WORK = frozenset({"service-named", "operation"})


def subject(reading: Reading) -> Answer:
    """The answer on the subject matter."""
    some: list[tuple[Passage, Sentence]] = []
    for passage in reading.passages:
        if passage.is_definition or AWAY & passage.over or passage.paragraph.kind is Kind.HEADING:
            continue
        for sentence in passage.sentences:
            if {"breach", "sub", "audit", "instruction"} & sentence.says:
                continue
            kind = _shown(passage, sentence)
            if kind is Status.PRESENT:
                return Answer(NAME, Status.PRESENT, quoted([(passage, sentence)]))
            if kind is Status.PARTIAL:
                some.append((passage, sentence))
    rows = [p for p in reading.passages if _is_row(p)]
    if rows:
        return Answer(NAME, Status.PRESENT, (evidence(rows[0]),))
    return Answer(NAME, Status.PARTIAL if some else Status.ABSENT, quoted(some), reason="generic" if some else "absent")


def _shown(passage: Passage, sentence: Sentence) -> Status:
    """Whether a sentence says what the agreement is about, comes near, or does neither."""
    says, own = sentence.says, sentence.own
    if _LABEL.match(sentence.text) and WORK & own and not {"elsewhere", "set-out", "blank"} & own:
        return Status.PRESENT
    worked = "processing" in says or bool(_ACCESS.search(sentence.text))
    about = worked and {"scope-said", "personal-data"} <= says and bool({"processor", "controller"} & says)
    described = (
        {"label-description", "label-nature"} & passage.over
        and {"processor"} <= own
        and bool(WORK & own)
        and not DUTIES & own
    )
    labelled = "label-subject" in passage.over | own and {"processing"} <= says and bool(WORK & own)
    apart = "description-of" in own and bool({"elsewhere", "set-out"} & own)
    if not (about or described or labelled or apart) or "purpose-of-agreement" in own:
        return Status.ABSENT
    if apart or says >= {"elsewhere", "set-out"} or "blank" in own:
        return Status.PARTIAL
    return Status.PRESENT if described or labelled or "service-named" in says else Status.PARTIAL


def _is_row(passage: Passage) -> bool:
    """Whether a row of a table is labelled as the subject, with something beside it."""
    cells = passage.paragraph.cells
    if passage.paragraph.kind is not Kind.ROW or len(cells) < 2 or len(" ".join(cells[1:])) < 8:
        return False
    return "label-subject" in passage.over and "[" not in cells[1] and "__" not in cells[1]
