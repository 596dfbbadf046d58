"""The negotiation guide: every negotiable paragraph with its positions side by side, the note and the source of law."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.enum.section import WD_ORIENT

from dpa_gen.clause import POSITION, ClauseParagraph, Wordings
from dpa_gen.guide import guide_docx, preview_docx
from dpa_gen.law import requirements
from dpa_gen.library import shipped
from dpa_gen.overlay import laid_over

LANGUAGES = ("nl", "en")
NEGOTIABLE = [
    paragraph
    for _, paragraph in shipped().paragraphs()
    if isinstance(paragraph.body, Wordings) and paragraph.body.choose == POSITION
]


@pytest.fixture(scope="module", params=LANGUAGES)
def made(request) -> tuple[Document, str]:
    """The guide of the shipped library in a language."""
    return docx.Document(io.BytesIO(guide_docx(shipped(), request.param))), request.param


def texts(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def test_every_article_with_something_to_negotiate_has_its_heading(made):
    document, language = made
    topics = {paragraph.id.partition(".")[0] for paragraph in NEGOTIABLE}
    titles = [clause.title[language] for clause in shipped().of_kind("article") if clause.id in topics]
    assert [text for text in texts(document) if text in titles] == titles


@pytest.mark.parametrize("paragraph", NEGOTIABLE, ids=lambda each: each.id)
def test_the_three_positions_stand_side_by_side_and_differ(made, paragraph: ClauseParagraph):
    document, language = made
    tables = [table for table in document.tables if len(table.columns) == 3]
    first = [next(iter(w.words[language].split("{{")))[:40].strip() for w in paragraph.body.options.values()]
    rows = [[cell.text for cell in row.cells] for table in tables for row in table.rows]
    assert any(all(words in cell for words, cell in zip(first, row, strict=True)) for row in rows)


@pytest.mark.parametrize("paragraph", NEGOTIABLE, ids=lambda each: each.id)
def test_the_note_and_the_source_stand_below_it(made, paragraph: ClauseParagraph):
    document, language = made
    whole = " ".join("\n".join(texts(document)).split())
    assert paragraph.note is not None
    assert " ".join(paragraph.note[language].split()) in whole
    for name in paragraph.requirements():
        assert " ".join(requirements()[name].source[language].split()) in whole


def test_the_paper_lies_on_its_side_so_that_three_columns_fit(made):
    section = made[0].sections[0]
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert section.page_width > section.page_height


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_bytes_come_on_every_run(language):
    assert guide_docx(shipped(), language) == guide_docx(shipped(), language)


def test_nothing_of_the_template_is_left_in_it(made):
    document, _ = made
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    header = [paragraph.text for paragraph in document.sections[0].header.paragraphs]
    assert not [text for text in (*texts(document), *cells, *header) if "{{" in text or "{%" in text]


def test_own_wording_and_its_note_stand_in_it(tmp_path: Path):
    both = "{{nl: {0} NL., en: {0} EN.}}"
    positions = ", ".join(f"{name}: {both.format(name)}" for name in ("controller", "balanced", "processor"))
    text = f"paragraphs:\n  period:\n    positions: {{{positions}}}\n    note: {both.format('Note')}\n"
    (tmp_path / "breaches.yaml").write_text(text, "utf-8")
    document = docx.Document(io.BytesIO(guide_docx(laid_over(shipped(), tmp_path), "en")))
    assert any(table.rows[-1].cells[0].text == "controller EN." for table in document.tables)
    assert any("Note EN." in text for text in texts(document))


def test_a_preview_of_an_article_has_all_its_paragraphs():
    document = docx.Document(io.BytesIO(preview_docx(shipped(), "audit")))
    for paragraph in shipped().clauses["audit"].paragraphs:
        assert texts(document).count(paragraph.id) == len(LANGUAGES)
