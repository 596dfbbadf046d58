"""Contracts of ours as somebody else's paper: whole, and without one paragraph."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from samples_of import LANGUAGES, POSITIONS, SAMPLES, contract_of

from dpa_gen import intake
from dpa_gen.agreement import Paragraph, plain
from dpa_gen.law import requirements
from dpa_gen.paper import Paper

NOTHING_OPEN = ("volledig/overeenkomst.yaml", "complete/agreement.yaml")

# What another paragraph of the same contract meets as well, with the reason; its loss is not seen from outside.
MET_ELSEWHERE = {
    "art28.3.binding": "the signature binds too",
    "art28.3.contract": "the signature names the article",
    "art28.9": "the signature block stands below",
    "art28.3.duration": "the article on the term says how long the processing lasts",
    "art28.3.subject": "the article on roles says which service it is about",
    "art28.3.datatypes": "the retention periods name the types",
    "art28.3.nature": "the tables name the operations",
    "art28.3.g.choice": "the article on return speaks of a choice, of return and of deletion",
    "art28.3.h.audit": "an audit after a breach is an audit",
    "transfer.tia": "the list of transfers names each assessment",
}


@cache
def made(path: str, language: str, position: str):
    value = dict(intake.read(SAMPLES / path).value)
    for key in ("positions", "clauses", "countries"):
        value.pop(key, None)
    return contract_of({**value, "position": position}, language)


def without(paper: Paper, paragraph: Paragraph) -> Paper:
    """A contract of ours as it would be without one paragraph."""
    texts = {" ".join(plain(text).split()) for text in paragraph.texts()}
    number = paragraph.number if re.fullmatch(r"\d+\.\d+", paragraph.number) else ""

    def is_gone(each) -> bool:
        if number and (each.reference == number or each.reference.startswith(f"{number}(")):
            return True
        if each.kind.value == "row" and paragraph.table:
            if paragraph.title and not any(paragraph.title in head for head in each.headings):
                return False
            return all(
                len(cell) < 4 or any(cell in text or text in cell for text in texts if text) for cell in each.cells
            )
        return each.text in texts and len(each.text) > 15

    kept = [each for each in paper.paragraphs if not is_gone(each)]
    return replace(paper, paragraphs=tuple(replace(each, index=rank) for rank, each in enumerate(kept)))


def losses() -> Iterator[tuple[str, str, str]]:
    """Every paragraph that alone meets a requirement, in each position and language."""
    for position in POSITIONS:
        agreement = made(NOTHING_OPEN[1], "en", position).agreement
        alone = [p for p in agreement.paragraphs() if any(is_alone(agreement, p, name) for name in p.covers)]
        yield from ((paragraph.id, language, position) for paragraph in alone for language in LANGUAGES)


def is_alone(agreement, paragraph, name) -> bool:
    """Whether no other paragraph meets a requirement."""
    others = [p.id for p in agreement.paragraphs() if name in p.covers and p.id != paragraph.id]
    return not others and requirements()[name].level in ("must", "should")
