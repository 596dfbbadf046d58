"""Weighs the traits by which a review knows what a paper says, from papers and clauses of our own read by hand.

Run: python tests/review_weights.py   (make review-weights); needs scikit-learn, which the program does not.
What is held back (truth.yaml) is not looked at. The result is data/review/weights.yaml.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy
import yaml
from our_contracts import MET_ELSEWHERE, NOTHING_OPEN, is_alone, losses, made, without
from review_score import ELEMENTS, OWN, REFERENCE, papers
from samples_of import LANGUAGES, POSITIONS
from scipy.sparse import csr_matrix, vstack
from sklearn.linear_model import LogisticRegression

from dpa_gen.paper import Kind, Paper, read, read_bytes
from dpa_gen.review.flags import red_flags
from dpa_gen.review.judging import VALUED
from dpa_gen.review.passages import reading
from dpa_gen.review.reviewing import first_answers
from dpa_gen.review.traits import Window, traits, windows
from dpa_gen.review.weighing import told, tripped

PHRASES = Path(__file__).parent / "phrases"
TARGET = Path(__file__).parent.parent / "dpa_gen" / "data" / "review" / "weights.yaml"
OFTEN = 2  # clauses in which a trait must occur to get a weight
SHOWN, TOUCHED = ("present",), ("present", "partial")
CLAUSE, NEAR_MISS, OTHER, PAPER, OURS = 3.0, 2.0, 1.0, 1.0, 8.0  # how much each kind of example counts
FEW = 0.5  # the smaller, the fewer traits get a weight
LEAST = 0.05  # a smaller weight is none
ROUNDS = 3  # in each the window of a paper that fits best stands for the paper
ROUND = {  # where a clause stands when it stands alone
    "en": """# Data Processing Agreement

Alpha Ltd ("Controller"), the controller, and Beta Ltd ("Processor"), the processor, agree as follows.

## {heading}

{text}
""",
    "nl": """# Verwerkersovereenkomst

Alfa B.V. (hierna: “Verwerkingsverantwoordelijke”), verwerkingsverantwoordelijke, en Bèta B.V. (hierna: “Verwerker”).

## {heading}

{text}
""",
}
HEADING = {"en": "General", "nl": "Algemeen"}


@dataclass(frozen=True)
class Example:
    """A window with its traits, and the answers by signals that rest on it, per element."""

    traits: frozenset[str]
    told: dict[str, frozenset[str]]

    def of(self, element: str) -> frozenset[str]:
        """The traits by which one element is judged."""
        return self.traits | self.told[element]


@dataclass(frozen=True)
class Clause:
    """A clause of the collection: the element it is about, and whether it meets it."""

    element: str
    truth: str
    example: Example


@dataclass(frozen=True)
class Read:
    """A paper read by hand: what it holds per element, and its windows."""

    truth: dict[str, str]
    windows: tuple[Example, ...]
    weight: float = PAPER


def examples(paper: Paper, under: str = "") -> Iterator[Example]:
    """The windows of a paper; with a heading all that stands under it, as one."""
    found = reading(paper)
    answers = first_answers(found)
    flags = frozenset() if under else tripped(red_flags(found, answers))
    for window in [_under(found, under)] if under else windows(found):
        yield Example(traits(window) | flags, {name: told(window, ids, answers) for name, ids in ELEMENTS.items()})


def sentences() -> Iterator[Clause]:
    """The sentences of review_phrases.yaml that meet an element by themselves."""
    alone = {ids[0]: element for element, ids in ELEMENTS.items() if len(ids) == 1}
    for requirement, by_language in yaml.safe_load((PHRASES.parent / "review_phrases.yaml").read_text("utf-8")).items():
        for language, texts in by_language.items() if requirement in alone else ():
            for text in texts:
                paper = read_bytes(ROUND[language].format(heading=HEADING[language], text=text).encode(), "clause.md")
                for example in examples(paper, HEADING[language]):
                    yield Clause(alone[requirement], "present", example)


def ours() -> Iterator[Read]:
    """Our own contracts, which hold everything, and each without a paragraph that alone meets an element."""
    for language in LANGUAGES:
        for path in NOTHING_OPEN:
            for position in POSITIONS:
                paper = read_bytes(made(path, language, position).content, "ours.docx")
                yield Read(dict.fromkeys(ELEMENTS, "present"), tuple(examples(paper)))
    for name, language, position in losses():
        contract = made(NOTHING_OPEN[1], language, position)
        paragraph = next(each for each in contract.agreement.paragraphs() if each.id == name)
        lost = {each for each in paragraph.covers if is_alone(contract.agreement, paragraph, each)} - set(MET_ELSEWHERE)
        hit = {element: set(ids) <= lost for element, ids in ELEMENTS.items() if set(ids) & lost}
        if truth := {element: "absent" if is_whole else "partial" for element, is_whole in hit.items()}:
            paper = without(read_bytes(contract.content, "ours.docx"), paragraph)
            yield Read(truth, tuple(examples(paper)), OURS)


def _under(found, heading: str) -> Window:
    passages = [
        p for p in found.passages if p.paragraph.headings[-1:] == (heading,) and p.paragraph.kind is not Kind.HEADING
    ]
    return Window(tuple((passage, sentence) for passage in passages for sentence in passage.sentences))


def clauses() -> Iterator[Clause]:
    """Every clause of the collection."""
    for language in ROUND:
        for file in sorted((PHRASES / language).glob("*.yaml")):
            for truth, rows in yaml.safe_load(file.read_text("utf-8")).items():
                for row in rows:
                    heading = row.get("heading", HEADING[language])
                    text = ROUND[language].format(heading=heading, text=row["text"])
                    for example in examples(read_bytes(text.encode(), "clause.md"), heading):
                        yield Clause(file.stem, truth, example)


def sure(elements: dict[str, str | dict]) -> dict[str, str]:
    """What a paper holds, without the cells of which its reader was not sure."""
    plain = {name: cell if isinstance(cell, dict) else {"v": cell} for name, cell in elements.items()}
    return {name: cell["v"] for name, cell in plain.items() if not cell.get("unsure")}


@cache
def tuned() -> tuple[Read, ...]:
    """Every paper that is not held back."""
    found = []
    for folder in (OWN, REFERENCE):
        for _, row, file, group in papers(folder):
            if row["is_dpa"] and group != "held back":
                cells = {
                    name: cell if isinstance(cell, dict) else {"v": cell} for name, cell in row["elements"].items()
                }
                truth = {name: cell["v"] for name, cell in cells.items() if not cell.get("unsure")}
                found.append(Read(truth, tuple(examples(read(file)))))
    return (*found, *ours())


class Matrix:
    """Traits as columns."""

    def __init__(self, collection: list[Clause], more: Iterable[Read]) -> None:
        often = Counter(trait for clause in collection for trait in clause.example.traits)
        often.update(
            {trait: OFTEN for paper in more for trait in paper.windows[0].traits if trait.startswith("paper ")}
        )
        signals = {f"signals {status}" for status in ("present", "partial", "absent", "unclear")}
        self.names = sorted({trait for trait, times in often.items() if times >= OFTEN} | signals)
        self.columns = {name: rank for rank, name in enumerate(self.names)}

    def of(self, rows: Iterable[frozenset[str]]) -> csr_matrix:
        """Rows of ones and zeros."""
        columns, ends = [], [0]
        for row in rows:
            columns += sorted(self.columns[trait] for trait in row if trait in self.columns)
            ends.append(len(columns))
        return csr_matrix((numpy.ones(len(columns)), columns, ends), shape=(len(ends) - 1, len(self.names)))


def weights(element: str, wanted: tuple[str, ...], collection: list[Clause], matrix: Matrix) -> dict[str, float]:
    """The weights by which an element is known; few, and in two decimals."""
    rows = matrix.of(clause.example.of(element) for clause in collection)
    is_met = numpy.array([clause.element == element and clause.truth in wanted for clause in collection])
    is_near = numpy.array([clause.element == element for clause in collection])
    counts = numpy.where(is_met, CLAUSE, numpy.where(is_near, NEAR_MISS, OTHER))
    met, other, against = [], [], []
    for paper in tuned():
        if element in paper.truth:
            part = matrix.of(window.of(element) for window in paper.windows)
            if paper.truth[element] in wanted:
                met.append(part)
            else:
                other.append(part)
                against += [paper.weight] * part.shape[0]
    best: list[csr_matrix] = []
    for turn in range(ROUNDS):
        every = vstack([rows, *other, *best]).tocsr()
        truth = numpy.r_[is_met, numpy.zeros(len(against), bool), numpy.ones(len(best), bool)]
        model = LogisticRegression(C=FEW, l1_ratio=1, solver="liblinear", max_iter=300, random_state=0)
        model.fit(every, truth, sample_weight=numpy.r_[counts, against, numpy.full(len(best), CLAUSE)])
        if turn < ROUNDS - 1:
            best = [part[int(numpy.argmax(model.decision_function(part)))] for part in met]
    found = {name: round(float(weight), 2) for name, weight in zip(matrix.names, model.coef_[0], strict=True)}
    return {
        "start": round(float(model.intercept_[0]), 2),
        **{name: each for name, each in found.items() if abs(each) >= 0.05},
    }


HEAD = """# What speaks for a requirement and what against it: weights of the traits of sentences that stand together.
# A sum above the threshold of review/weighing.py shows it (shown), or shows that it is addressed at all (touched).
# `start` is where the sum begins; a concept is said in the sentences, `under` it stands over them, `first` is the party
# they name first, `paper` a trap of the whole paper, `signals` what data/review/signals.yaml makes of them.
# Written by `make review-weights` from tests/phrases and tests/papers, without what is held back there.
"""


def main() -> None:
    """Write the weights."""
    collection = [*clauses(), *sentences()]
    matrix = Matrix(collection, tuned())
    rows = []
    for element, ids in ELEMENTS.items():
        if ids[0] in VALUED:
            continue  # a period is there or it is not
        row = {"meets": list(ids)}
        for name, wanted in (("shown", SHOWN), ("touched", TOUCHED)):
            found = weights(element, wanted, collection, matrix)
            row[name] = dict(sorted(found.items(), key=lambda each: (each[0] != "start", -each[1], each[0])))
        rows.append(row)
    text = yaml.safe_dump(rows, sort_keys=False, allow_unicode=True, width=118, default_flow_style=None)
    TARGET.write_text(HEAD + text, "utf-8")


if __name__ == "__main__":
    main()
