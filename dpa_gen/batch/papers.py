"""A PDF beside each contract of a batch that lacks one, many in one start of LibreOffice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from dpa_gen.batch.manifest import Kept, Manifest, Stamp
from dpa_gen.batch.placing import Fate, State
from dpa_gen.batch.plan import Order
from dpa_gen.errors import DpaError, Problem
from dpa_gen.files import may_write_pdf, write_pdf
from dpa_gen.pdf import TOGETHER, Made, pdfs


@dataclass(frozen=True)
class Wanted:
    """A contract that lacks its PDF, or has that of an earlier version."""

    description: str
    language: str
    kept: Kept
    document: Path

    @property
    def target(self) -> Path:
        """Where the PDF goes."""
        return self.document.with_suffix(".pdf")


def with_pdfs(fates: Sequence[Fate], order: Order, manifest: Manifest, stopped: Callable[[], bool]) -> Iterator[Fate]:
    """The same fates, with a PDF beside each contract; when stopped, those under way are finished."""
    problems: defaultdict[str, list[Problem]] = defaultdict(list)
    allowed = [each for fate in fates for each in _lacking(fate, manifest) if _may_be(each, order, problems)]
    many = max(1, min(TOGETHER, -(-len(allowed) // order.jobs)))
    chunks = [allowed[begin : begin + many] for begin in range(0, len(allowed), many)]

    def made(chunk: Sequence[Wanted]) -> Made:
        return {} if stopped() else pdfs([each.document for each in chunk])

    with ThreadPoolExecutor(order.jobs) as offices:
        for chunk, found in zip(chunks, offices.map(made, chunks), strict=True):
            _put(chunk, found, manifest, problems)
    yield from (_told(fate, problems[fate.description]) for fate in fates)


def _lacking(fate: Fate, manifest: Manifest) -> Iterator[Wanted]:
    """The contracts of a description that lack their PDF."""
    entry = manifest.entries.get(fate.description)
    for language, kept in (entry.files if entry else {}).items():
        wanted = Wanted(fate.description, language, kept, manifest.folder / kept.file)
        if kept.file in fate.files and not (kept.pdf and kept.pdf.holds(wanted.target)):
            yield wanted


def _may_be(wanted: Wanted, order: Order, problems: defaultdict[str, list[Problem]]) -> bool:
    """Whether the place of a PDF is free, or holds one of ours."""
    try:
        may_write_pdf(wanted.target, order.force)
    except DpaError as trouble:
        problems[wanted.description] += trouble.problems
        return False
    return True


def _put(chunk: Iterable[Wanted], found: Made, manifest: Manifest, problems: defaultdict[str, list[Problem]]) -> None:
    """Write the PDFs that were made and remember them; what was not made has a problem, and the others go on."""
    for wanted in chunk:
        made = found.get(wanted.document)
        try:
            if isinstance(made, DpaError):
                raise made
            if made is not None:
                write_pdf(wanted.target, made)
                kept = replace(wanted.kept, pdf=Stamp.of(wanted.target))
                manifest.entries[wanted.description].files[wanted.language] = kept
        except DpaError as trouble:
            problems[wanted.description] += trouble.problems


def _told(fate: Fate, problems: Sequence[Problem]) -> Fate:
    """A fate with what went wrong with its PDFs."""
    if not problems:
        return fate
    return replace(fate, problems=(*fate.problems, *problems), state=State.REFUSED)
