"""Weighs the traits by which a review knows what a paper says, from papers and clauses of our own read by hand.

Run: python tests/review_weights.py   (make review-weights); needs scikit-learn, which the program does not.
What is held back (truth.yaml) is not looked at. The result is data/review/weights.yaml. First come the weights of the
traits; then, by how papers are judged that were left out while those were found, how much the heaviest window and the
signals count for in the verdict.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random

import numpy
import yaml
from our_contracts import MET_ELSEWHERE, NOTHING_OPEN, is_alone, losses, made, without
from review_score import ELEMENTS, OWN, REFERENCE, papers
from samples_of import LANGUAGES, POSITIONS
from scipy.sparse import csr_matrix, vstack
from sklearn.linear_model import LogisticRegression

from dpa_gen.paper import Kind, Paper, read, read_bytes
from dpa_gen.review.answer import Answer, Status
from dpa_gen.review.flags import red_flags
from dpa_gen.review.judging import VALUED
from dpa_gen.review.passages import reading
from dpa_gen.review.reviewing import first_answers
from dpa_gen.review.traits import Window, traits, with_traits
from dpa_gen.review.weighing import FARTHEST, told, tripped

PHRASES = Path(__file__).parent / "phrases"
TARGET = Path(__file__).parent.parent / "dpa_gen" / "data" / "review" / "weights.yaml"
OFTEN, OFTEN_IN_PAPERS = 2, 4  # clauses, or papers, in which a trait must occur to get a weight
SHOWN, TOUCHED = ("present",), ("present", "partial")
CLAUSE, NEAR_MISS, OTHER, PAPER, OURS = 3.0, 2.0, 1.0, 1.0, 8.0  # how much each kind of example counts
FOUND, NOT_THERE = 8.0, 0.3  # the window of a paper that meets an element, and each that a reader did not quote
FEW = 0.5  # the smaller, the fewer traits get a weight
LEAST = 0.05  # a smaller weight is none
ROUNDS = 3  # in each the window of a paper that fits best stands for the paper
FOLDS = 6  # of the papers, each judged by weights that were found without it
FEW_SUMS = 0.3  # the same as FEW, for the sums
STATUSES = tuple(status.value for status in Status)
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
    """A window with its traits, the answers by signals that rest on it, per element, and its sentences."""

    traits: frozenset[str]
    told: dict[str, frozenset[str]]
    texts: tuple[str, ...] = ()

    def of(self, element: str) -> frozenset[str]:
        """The traits by which one element is judged."""
        return self.traits | self.told.get(element, frozenset())


@dataclass(frozen=True)
class Clause:
    """A clause of the collection: the element it is about, and whether it meets it."""

    element: str
    truth: str
    example: Example


@dataclass(frozen=True)
class Read:
    """A paper read by hand: what it holds per element and in which windows, and what signals make of it."""

    name: str
    truth: dict[str, str]
    windows: tuple[Example, ...]
    signals: dict[str, tuple[str, ...]]
    weight: float = PAPER
    quoted: dict[str, list[int]] = field(default_factory=dict)  # element -> windows that a reader quoted

    def elsewhere(self, element: str) -> list[int]:
        """The windows that a reader did not quote; none when it is not known what he quoted."""
        known = set(self.quoted.get(element, range(len(self.windows))))
        return [rank for rank in range(len(self.windows)) if rank not in known]


def examples(paper: Paper, under: str = "") -> tuple[list[Example], dict[str, Answer]]:
    """The windows of a paper, with a heading all that stands under it as one; and the answers by signals."""
    found = reading(paper)
    answers = first_answers(found)
    flags = frozenset() if under else tripped(red_flags(found, answers))
    rests = told(answers, list(ELEMENTS.values()))
    only = [_under(found, under)] if under else []
    pairs = [(window, traits(window)) for window in only] or list(with_traits(found))
    names = list(ELEMENTS)
    rows = []
    for window, own in pairs:
        texts = tuple(sentence.text for _, sentence in window.found)
        by_element: dict[str, frozenset[str]] = {}
        for rank, trait in {each for text in texts for each in rests.get(text, ())}:
            by_element[names[rank]] = by_element.get(names[rank], frozenset()) | {trait}
        rows.append(Example(own | flags, by_element, texts))
    return rows, answers


def read_by_hand(
    name: str, paper: Paper, truth: dict[str, str], quotes: dict[str, list[str]], weight: float = PAPER
) -> Read:
    """A paper with its truth."""
    windows, answers = examples(paper)
    signals = {e: tuple(answers[i].status.value for i in ids if i in answers) for e, ids in ELEMENTS.items()}
    quoted = {element: ranks for element, texts in quotes.items() if (ranks := list(_quoted(windows, texts)))}
    return Read(name, truth, tuple(windows), signals, weight, quoted)


def _quoted(windows: list[Example], quotes: list[str]) -> Iterator[int]:
    """The windows that hold one of the quotes."""
    plain = [_plain(quote) for quote in quotes]
    for rank, window in enumerate(windows):
        if any(quote in text for text in map(_plain, window.texts) for quote in plain):
            yield rank


@cache
def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text.lower()).strip()


def sentences() -> Iterator[Clause]:
    """The sentences of review_phrases.yaml that meet an element by themselves."""
    alone = {ids[0]: element for element, ids in ELEMENTS.items() if len(ids) == 1}
    for requirement, by_language in yaml.safe_load((PHRASES.parent / "review_phrases.yaml").read_text("utf-8")).items():
        for language, texts in by_language.items() if requirement in alone else ():
            for text in texts:
                paper = read_bytes(ROUND[language].format(heading=HEADING[language], text=text).encode(), "clause.md")
                for example in examples(paper, HEADING[language])[0]:
                    yield Clause(alone[requirement], "present", example)


def ours() -> Iterator[Read]:
    """Our own contracts, which hold everything, and each without a paragraph that alone meets an element."""
    for language in LANGUAGES:
        for path in NOTHING_OPEN:
            for position in POSITIONS:
                paper = read_bytes(made(path, language, position).content, "ours.docx")
                yield read_by_hand(f"{path} {language} {position}", paper, dict.fromkeys(ELEMENTS, "present"), {})
    for name, language, position in losses():
        contract = made(NOTHING_OPEN[1], language, position)
        paragraph = next(each for each in contract.agreement.paragraphs() if each.id == name)
        lost = {each for each in paragraph.covers if is_alone(contract.agreement, paragraph, each)} - set(MET_ELSEWHERE)
        hit = {element: set(ids) <= lost for element, ids in ELEMENTS.items() if set(ids) & lost}
        if truth := {element: "absent" if is_whole else "partial" for element, is_whole in hit.items()}:
            paper = without(read_bytes(contract.content, "ours.docx"), paragraph)
            yield read_by_hand(f"{name} {language} {position}", paper, truth, {}, OURS)


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
                    for example in examples(read_bytes(text.encode(), "clause.md"), heading)[0]:
                        yield Clause(file.stem, truth, example)


def sure(elements: dict[str, str | dict]) -> dict[str, str]:
    """What a paper holds, without the cells of which its reader was not sure."""
    plain = {name: cell if isinstance(cell, dict) else {"v": cell} for name, cell in elements.items()}
    return {name: cell["v"] for name, cell in plain.items() if not cell.get("unsure")}


@cache
def tuned() -> tuple[Read, ...]:
    """Every paper that is not held back."""
    quotes = yaml.safe_load((OWN / "quotes.yaml").read_text("utf-8"))
    return tuple(
        read_by_hand(name, read(file), sure(row["elements"]), quotes.get(name, {}))
        for folder in (OWN, REFERENCE)
        for name, row, file, group in papers(folder)
        if row["is_dpa"] and group != "held back"
    )


class Matrix:
    """Traits as columns."""

    def __init__(self, collection: Sequence[Clause], more: Sequence[Read]) -> None:
        in_clauses = Counter(trait for clause in collection for trait in clause.example.traits)
        in_papers = Counter(trait for paper in more for trait in frozenset().union(*(w.traits for w in paper.windows)))
        often = {trait for trait, times in in_clauses.items() if times >= OFTEN}
        often |= {trait for trait, times in in_papers.items() if times >= OFTEN_IN_PAPERS}
        self.names = sorted(often | {f"signals {status}" for status in STATUSES})
        self.columns = {name: rank for rank, name in enumerate(self.names)}

    def of(self, rows: Iterable[frozenset[str]]) -> csr_matrix:
        """Rows of ones and zeros."""
        columns, ends = [], [0]
        for row in rows:
            columns += sorted(self.columns[trait] for trait in row if trait in self.columns)
            ends.append(len(columns))
        return csr_matrix((numpy.ones(len(columns)), columns, ends), shape=(len(ends) - 1, len(self.names)))


Weights = dict[str, float]


def weights(
    element: str, wanted: tuple[str, ...], collection: Sequence[Clause], some: Sequence[Read], matrix: Matrix
) -> Weights:
    """The weights by which an element is known; few, and in two decimals."""
    rows = matrix.of(clause.example.of(element) for clause in collection)
    is_met = numpy.array([clause.element == element and clause.truth in wanted for clause in collection])
    is_near = numpy.array([clause.element == element for clause in collection])
    counts = numpy.where(is_met, CLAUSE, numpy.where(is_near, NEAR_MISS, OTHER))
    met, other, against = [], [], []
    for paper in some:
        if element not in paper.truth:
            continue
        part = matrix.of(window.of(element) for window in paper.windows)
        if paper.truth[element] not in wanted:
            other.append(part)
            against += [paper.weight] * part.shape[0]
            continue
        met.append(part[paper.quoted[element]] if element in paper.quoted else part)
        other.append(part[paper.elsewhere(element)])
        against += [NOT_THERE] * other[-1].shape[0]
    best: list[csr_matrix] = []
    for turn in range(ROUNDS):
        every = vstack([rows, *other, *best]).tocsr()
        truth = numpy.r_[is_met, numpy.zeros(len(against), bool), numpy.ones(len(best), bool)]
        model = LogisticRegression(C=FEW, l1_ratio=1, solver="liblinear", max_iter=300, random_state=0)
        model.fit(every, truth, sample_weight=numpy.r_[counts, against, numpy.full(len(best), FOUND)])
        if turn < ROUNDS - 1:
            best = [part[int(numpy.argmax(model.decision_function(part)))] for part in met]
    found = {name: round(float(weight), 2) for name, weight in zip(matrix.names, model.coef_[0], strict=True)}
    return {
        "start": round(float(model.intercept_[0]), 2),
        **{name: each for name, each in found.items() if abs(each) >= LEAST},
    }


WEIGHED = [element for element, ids in ELEMENTS.items() if ids[0] not in VALUED]  # a period is there or it is not


def all_weights(collection: Sequence[Clause], some: Sequence[Read]) -> dict[str, dict[str, Weights]]:
    """For each element the weights by which it is shown, and touched upon."""
    matrix = Matrix(collection, some)
    kinds = (("shown", SHOWN), ("touched", TOUCHED))
    return {e: {kind: weights(e, wanted, collection, some, matrix) for kind, wanted in kinds} for e in WEIGHED}


def heaviest(known: Weights, paper: Read, element: str) -> float:
    """What the heaviest window of a paper weighs, within bounds."""
    sums = (sum(known.get(trait, 0) for trait in window.of(element)) for window in paper.windows)
    far = FARTHEST / 100
    return max(-far, min(far, known["start"] + max(sums, default=-far)))


@dataclass(frozen=True)
class Case:
    """An element of a paper as the verdict sees it."""

    element: str
    truth: str
    shown: float
    touched: float
    signals: tuple[str, ...]

    def row(self) -> list[float]:
        """What counts in the two sums, and which element it is."""
        shares = [self.signals.count(status) / max(1, len(self.signals)) for status in STATUSES]
        return [self.shown, self.touched, *shares, *(float(self.element == each) for each in WEIGHED)]


COUNTS = ("shown", "touched", *(f"signals {status}" for status in STATUSES))


def left_out(collection: Sequence[Clause], own: Sequence[Read]) -> Iterator[Case]:
    """Every element of every paper, by weights that were found without that paper."""
    order = list(tuned())
    Random(1).shuffle(order)
    for fold in range(FOLDS):
        test = order[fold::FOLDS]
        names = {paper.name for paper in test}
        known = all_weights(collection, [*(paper for paper in tuned() if paper.name not in names), *own])
        for paper in test:
            for element in WEIGHED:
                if element in paper.truth:
                    sums = [heaviest(known[element][kind], paper, element) for kind in ("shown", "touched")]
                    yield Case(element, paper.truth[element], *sums, paper.signals[element])


def verdicts(cases: Sequence[Case]) -> dict[str, tuple[Weights, dict[str, float]]]:
    """For “present”, and for “partial” of what is not: what counts for how much, and where each element begins."""
    found = {}
    for verdict, some in (("present", cases), ("partial", [case for case in cases if case.truth != "present"])):
        model = LogisticRegression(C=FEW_SUMS, max_iter=3000)
        model.fit([case.row() for case in some], [case.truth == verdict for case in some])
        each = [float(value) for value in model.coef_[0]]
        start = float(model.intercept_[0])
        starts = {e: round(start + w, 2) for e, w in zip(WEIGHED, each[len(COUNTS) :], strict=True)}
        found[verdict] = ({name: round(w, 2) for name, w in zip(COUNTS, each, strict=False)}, starts)
    return found


HEAD = """# What speaks for a requirement and what against it: weights of the traits of sentences that stand together.
# `start` is where a sum begins; a concept is said in the sentences, `under` it stands over them, `first` is the party
# they name first, `nl:` and `en:` are stems of words, `paper` is a trap of the whole paper, `signals` what
# data/review/signals.yaml makes of them. The heaviest window gives how much is `shown`, and `touched` upon at all.
# `sums` is what these count for in the verdicts “present” and “partial”, which begin at `present` and `partial`.
# Written by `make review-weights` from tests/phrases and tests/papers, without what is held back there.
"""


def main() -> None:
    """Write the weights."""
    collection, own = [*clauses(), *sentences()], list(ours())
    found = verdicts(list(left_out(collection, own)))
    known = all_weights(collection, [*tuned(), *own])
    rows = []
    for element in WEIGHED:
        row: dict[str, object] = {"meets": list(ELEMENTS[element])}
        row |= {verdict: starts[element] for verdict, (_, starts) in found.items()}
        for kind, each in known[element].items():
            row[kind] = dict(sorted(each.items(), key=lambda pair: (pair[0] != "start", -pair[1], pair[0])))
        rows.append(row)
    whole = {"sums": {verdict: counts for verdict, (counts, _) in found.items()}, "scales": rows}
    text = yaml.safe_dump(whole, sort_keys=False, allow_unicode=True, width=118, default_flow_style=None)
    TARGET.write_text(HEAD + text, "utf-8")


if __name__ == "__main__":
    main()
