"""How fast a paper is reviewed, beside a bare text extraction of the same file."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pypdfium2
from docx import Document
from memory import most_memory

from dpa_gen.paper import read
from dpa_gen.pdf import office, pdf
from dpa_gen.review.reviewing import review

ROUNDS = 5
MANY = 100


def reviewing(contract: bytes) -> None:
    """A Word paper, a hundred of them, and the same words as a PDF of some two hundred pages."""
    print("\nReview of a paper, warm, beside a bare text extraction of the same file\n")
    with tempfile.TemporaryDirectory(prefix="dpa-gen-bench-") as name:
        word, long = Path(name, "paper.docx"), Path(name, "long.pdf")
        word.write_bytes(contract)
        _told("Word paper", lambda: _reviewed(word), lambda: "\n".join(p.text for p in Document(str(word)).paragraphs))
        before = most_memory()
        begun = time.perf_counter()
        for _ in range(MANY):
            _reviewed(word)
        grown = (most_memory() - before) / 1_000_000
        print(f"{MANY} papers: {time.perf_counter() - begun:.1f} s, {grown:.0f} MB more at most")
        pages = _long(word, long) if office() else 0
        if pages:
            _told(f"PDF of {pages} pages", lambda: _reviewed(long), lambda: _bare(long), 1)


def _reviewed(path: Path) -> object:
    return review(read(path))


def _told(what: str, ours: Callable[[], object], bare: Callable[[], object], rounds: int = ROUNDS) -> None:
    taken: dict[str, list[float]] = {"review": [], "bare": []}
    for _ in range(rounds):
        for key, do in (("review", ours), ("bare", bare)):
            begun = time.perf_counter()
            do()
            taken[key].append(time.perf_counter() - begun)
    both = {key: 1000 * statistics.median(each) for key, each in taken.items()}
    print(f"{what}: review {both['review']:.0f} ms, bare text {both['bare']:.0f} ms")


def _bare(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def _long(word: Path, target: Path) -> int:
    """The paper as a PDF, over and over until it has two hundred pages; how many it has."""
    with pypdfium2.PdfDocument(pdf(word)) as source, pypdfium2.PdfDocument.new() as long:
        while len(long) < 200:
            long.import_pages(source)
        long.save(target)
        return len(long)
