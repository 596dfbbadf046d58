"""How well the review judges: per element and overall, on our own papers and on the reference papers where they are.

Run: python tests/review_score.py [--cells]   (make review-score)
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from dpa_gen.paper import read
from dpa_gen.review.answer import Review, Status
from dpa_gen.review.reviewing import review

ROOT = Path(__file__).parent.parent
OWN = ROOT / "tests" / "papers"
REFERENCE = ROOT.parent / "shared" / "reference-dpas"
ELEMENTS = {
    "subject_matter": ("art28.3.subject",),
    "duration": ("art28.3.duration",),
    "nature": ("art28.3.nature",),
    "purpose": ("art28.3.purpose",),
    "data_types": ("art28.3.datatypes",),
    "data_subject_categories": ("art28.3.subjects",),
    "controller_rights_obligations": ("art28.3.controller",),
    "instructions_only": ("art28.3.a.instr",),
    "transfer_on_instruction": ("art28.3.a.transfer",),
    "legal_compulsion_notice": ("art28.3.a.inform",),
    "confidentiality": ("art28.3.b",),
    "security": ("art28.3.c",),
    "security_measures_listed": ("sec.detail",),
    "subprocessor_authorisation": ("art28.3.d.auth",),
    "subprocessor_change_notice_and_objection": ("art28.3.d.notice", "art28.3.d.object"),
    "subprocessor_flow_down": ("art28.4.flow",),
    "subprocessor_liability": ("art28.4.liab",),
    "subprocessor_list_present": ("sub.list",),
    "data_subject_rights_assistance": ("art28.3.e",),
    "breach_notice": ("art33.2",),
    "breach_deadline_stated": ("breach.hours",),
    "assist_security_dpia_consultation": ("art28.3.f.32", "art28.3.f.35", "art28.3.f.36"),
    "deletion_or_return": ("art28.3.g.choice",),
    "deletion_period_stated": ("del.time",),
    "audit_and_information": ("art28.3.h.info", "art28.3.h.audit"),
    "unlawful_instruction_notice": ("art28.3.last",),
    "records": ("art30.2",),
    "third_country_transfer_safeguards": ("art44-49",),
    "liability": ("liab.cap",),
    "governing_law": ("law.forum",),
}


@dataclass(frozen=True)
class Cell:
    """One element of one paper: what a reader found, and what the review says."""

    paper: str
    element: str
    truth: str
    told: str
    group: str
    note: str = ""


def told(found: Review, element: str) -> str:
    """What a review says on an element: present when all its requirements are, partial when some are."""
    statuses = [answer.status for name in ELEMENTS[element] if (answer := found.answer(name)) is not None]
    if statuses and all(status is Status.PRESENT for status in statuses):
        return "present"
    return "absent" if all(status is Status.ABSENT for status in statuses) else "partial"


def papers(folder: Path) -> Iterator[tuple[str, dict, Path, str]]:
    """Every paper of a folder: name, truth, file, and the group it is counted in."""
    if not (folder / "truth.yaml").exists():
        return
    truth = yaml.safe_load((folder / "truth.yaml").read_text("utf-8"))
    files = {row["id"]: row["file"] for row in truth["sources"]} if "sources" in truth else {}
    for name, row in truth["documents"].items():
        group = "reference" if folder == REFERENCE else "held back" if row.get("held_back") else "own"
        yield name, row, folder / (files.get(name) or row["file"]), group


def cells(folder: Path) -> tuple[list[Cell], list[str], int, int]:
    """The cells of a folder, what was judged wrongly as a whole, and how many red flags were found of how many."""
    found: list[Cell] = []
    wrong: list[str] = []
    hit = asked = 0
    for name, row, file, group in papers(folder):
        result = review(read(file))
        if result.is_agreement != row["is_dpa"]:
            wrong.append(f"{name}: taken for {'an agreement' if result.is_agreement else result.why_not}")
        flags = {flag.id for flag in (*result.red_flags, *result.remarks)}
        wanted = set(row.get("red_flags", ())) if folder == OWN else set()
        hit, asked = hit + len(wanted & flags), asked + len(wanted)
        if missed := wanted - flags:
            wrong.append(f"{name}: flags missed {sorted(missed)}")
        if row["is_dpa"]:
            for element, cell in row["elements"].items():
                plain = cell if isinstance(cell, str) else cell["v"]
                if not (isinstance(cell, dict) and cell.get("unsure")):
                    found.append(Cell(name, element, plain, told(result, element), group))
    return found, wrong, hit, asked


def figures(some: list[Cell]) -> dict[str, float]:
    """Precision, recall and F2 of finding what is absent or partial, and the accuracy of the three answers."""
    gap = [(cell.truth != "present", cell.told != "present") for cell in some]
    both, told_, true = sum(a and b for a, b in gap), sum(b for _, b in gap), sum(a for a, _ in gap)
    precision, recall = both / told_ if told_ else 1.0, both / true if true else 1.0
    f2 = 5 * precision * recall / (4 * precision + recall) if precision + recall else 0.0
    return {
        "n": len(some),
        "gaps": true,
        "precision": precision,
        "recall": recall,
        "F2": f2,
        "accuracy": sum(cell.truth == cell.told for cell in some) / len(some) if some else 1.0,
    }


def line(name: str, some: list[Cell]) -> str:
    """One row of the table."""
    got = figures(some)
    shares = "  ".join(f"{got[key]:>9.1%}" for key in ("precision", "recall", "F2", "accuracy"))
    return f"{name:<42}{got['n']:>5.0f}{got['gaps']:>6.0f}  {shares}"


def main() -> None:
    """Print the figures."""
    every: list[Cell] = []
    for folder in (OWN, REFERENCE):
        found, wrong, hit, asked = cells(folder)
        every += found
        for each in wrong:
            print(each)
        if asked:
            print(f"red flags of our own papers: {hit} of {asked} found")
    if "--cells" in sys.argv:
        for cell in every:
            if cell.truth != cell.told:
                print(f"{cell.group:<10}{cell.paper:<24}{cell.element:<44}{cell.truth:<9}told {cell.told}")
    print(f"{'':<42}{'cells':>5}{'gaps':>6}  {'precision':>9}  {'recall':>9}  {'F2':>9}  {'accuracy':>9}")
    for element in ELEMENTS:
        if some := [cell for cell in every if cell.element == element]:
            print(line(element, some))
    for group in ("own", "held back", "reference"):
        if some := [cell for cell in every if cell.group == group]:
            print(line(f"ALL, {group}", some))
    print(line("ALL", every))


if __name__ == "__main__":
    main()
