"""Each task of the guides for lawyers, done by following the guide alone: its files, its commands, what comes of it."""

import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

import docx
import pytest

from dpa_gen.library import shipped_folder

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "docs"))
from following import FONT, Follower, logo, steps  # noqa: E402

UPGRADED = "import dpa_gen.library as it; from pathlib import Path; it.shipped_folder = lambda: Path({folder!r}); "
DOOR = "from dpa_gen.cli import run; run()"
Guide = dict[str, str]
DUTCH: Guide = {
    "page": "juristen.md",
    "contract": "contracten/dossier.docx",
    "other": "contracten/wondzorg.docx",
    "draft": "proef/concept.docx",
    "refused": "proef/contract.docx",
    "style": "huisstijl.docx",
    "guide": "onderhandelingsgids.docx",
    "preview": "subverwerkers.docx",
}
ENGLISH: Guide = {
    "page": "lawyers.md",
    "contract": "contracts/files.docx",
    "other": "contracts/wounds.docx",
    "draft": "trial/draft.docx",
    "refused": "trial/contract.docx",
    "style": "house-style.docx",
    "guide": "negotiation-guide.docx",
    "preview": "sub-processors.docx",
}


@dataclass
class Done:
    """A guide followed from its first line to its last: how each section left the contract, and what was printed."""

    guide: Guide
    folder: Path
    contracts: list[list[str]] = field(default_factory=list)
    printed: list[str] = field(default_factory=list)

    def after(self, section: int) -> str:
        """The words of the contract when a section was done."""
        return "\n".join(self.contracts[section])

    def articles(self, section: int) -> list[str]:
        """The titles of the articles when a section was done."""
        return [line.removeprefix("Heading 1|") for line in self.contracts[section] if line.startswith("Heading 1|")]

    def file(self, name: str) -> Path:
        """A file that the guide makes, by its name in the lists above."""
        return self.folder / self.guide[name]


@pytest.fixture(scope="module", params=[DUTCH, ENGLISH], ids=["nl", "en"])
def done(request, tmp_path_factory) -> Done:
    somebody = Follower(tmp_path_factory.mktemp("lawyer"))
    result = Done(request.param, somebody.folder)
    for _, section in groupby(steps(request.param["page"]), lambda step: step.section):
        printed = ""
        for step in section:
            somebody.do(step)
            printed += somebody.printed if step.language == "sh" else ""
        result.folder = somebody.folder
        result.contracts.append(list(lines(result.file("contract"))))
        result.printed.append(printed)
    return result


def lines(file: Path) -> Iterator[str]:
    """The lines of a contract, each after the style that it has."""
    yield from (f"{paragraph.style.name}|{paragraph.text}" for paragraph in docx.Document(str(file)).paragraphs)


BEGIN, PERIOD, EEA, ARTICLE, LEFT_OUT, ORDER, WORD, DEFAULT, READ, STYLE, TALK, UPGRADE = range(12)


def test_the_breach_period_and_its_sentence_change_and_nothing_else(done):
    now = done.after(PERIOD).replace("\u00a0", " ")
    assert re.search(r"uiterlijk 24 \(vierentwintig\) uur nadat|no later than 24 \(twenty-four\) hours after", now)
    assert re.search("Hij belt daarvoor het contactpunt|It shall telephone the contact point", now)
    changed = [line for line in done.contracts[PERIOD] if line not in done.contracts[BEGIN]]
    assert len(changed) == 1


def test_the_difference_is_told_word_by_word(done):
    assert "breaches.period replaced" in done.printed[PERIOD]
    assert "[-" in done.printed[PERIOD]
    assert "{+" in done.printed[PERIOD]


def test_new_transfers_to_subprocessors_outside_the_eea_are_forbidden(done):
    forbidden = ("Een nieuwe of gewijzigde Doorgifte is niet toegestaan", "A new or changed Transfer is not allowed")
    assert not any(words in done.after(PERIOD) for words in forbidden)
    assert any(words in done.after(ARTICLE) for words in forbidden)


def test_the_new_article_stands_after_confidentiality_with_two_paragraphs_and_a_defined_term(done):
    titles = done.articles(ARTICLE)
    place = next(i for i, title in enumerate(titles) if title in ("Medisch beroepsgeheim", "Medical confidentiality"))
    assert titles[place - 1] in ("Geheimhouding", "Confidentiality")
    assert len(titles) == len(done.articles(BEGIN)) + 1
    paragraphs = done.contracts[ARTICLE]
    start = next(i for i, line in enumerate(paragraphs) if line == f"Heading 1|{titles[place]}")
    body = [line for line in paragraphs[start + 1 : start + 4] if line.startswith("Clause|")]
    assert len(body) == 2
    assert all(re.search("Patiënt|Patient", line) for line in body)
    assert re.search(r"Definition\|(Patiënt|Patient):", done.after(ARTICLE))


def test_the_article_on_liability_goes_and_the_contract_is_made(done):
    liability = {"Aansprakelijkheid", "Liability"}
    assert liability & set(done.articles(ARTICLE))
    assert not liability & set(done.articles(LEFT_OUT))


def test_an_article_that_the_law_wants_cannot_go_and_its_place_in_the_law_is_named(done):
    assert re.search(r"artikel 28, lid 3, onder h, AVG|Article 28\(3\)\(h\) GDPR", done.printed[LEFT_OUT])
    assert "audit.yaml:2:9" in done.printed[LEFT_OUT]
    assert "audit.audit" in done.printed[LEFT_OUT]
    assert not done.file("refused").exists()


def test_the_draft_says_so_on_every_page(done):
    document = docx.Document(str(done.file("draft")))
    for section in document.sections:
        assert re.search("concept|draft", "".join(p.text for p in section.header.paragraphs), re.I)
        assert not section.different_first_page_header_footer


def test_the_articles_take_the_order_of_the_house(done):
    titles = done.articles(STYLE)
    assert titles[2] in ("Toepasselijk recht en bevoegde rechter", "Governing law and courts")
    assert sorted(titles) == sorted(done.articles(LEFT_OUT))


def test_a_word_of_the_house_is_printed_in_the_language_of_the_contract(done):
    document = docx.Document(str(done.file("other")))
    cells = " ".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    assert re.search("foto’s van wonden|photographs of wounds", cells)
    assert "wound-photos" not in cells


def test_a_default_of_the_house_is_printed(done):
    assert "14\u00a0(veertien)" in done.after(STYLE) or "14\u00a0(fourteen)" in done.after(STYLE)


def test_a_finding_is_told_with_its_place_and_gone_once_it_is_accepted_with_a_reason(done):
    assert re.search(r"records\.yaml:\d+:\d+: \w+ vague\.duty", done.printed[READ])
    assert re.search(r"\(2 (aanvaard|accepted)\)", done.printed[READ])


def test_the_house_style_has_its_font_and_its_logo_in_the_contract(done):
    document = docx.Document(str(done.file("contract")))
    assert document.styles["Normal"].font.name == FONT
    pictures = [part.blob for part in document.sections[0].header.part.related_parts.values()]
    assert logo() in pictures
    assert logo() not in [part.blob for part in docx.Document(str(done.file("other"))).part.package.iter_parts()]


def test_the_negotiation_guide_has_the_positions_side_by_side(done):
    document = docx.Document(str(done.file("guide")))
    heads = [[cell.text for cell in table.rows[0].cells] for table in document.tables]
    assert any(len(row) == 3 and re.search("Evenwichtig|Balanced", row[1]) for row in heads)
    assert any(re.match("(Toelichting|Note): ", paragraph.text) for paragraph in document.paragraphs)
    assert done.file("preview").exists()


@pytest.fixture
def upgraded(done, tmp_path) -> tuple[Follower, str]:
    """Somebody whose program has a new version of the library, in which one paragraph was changed."""
    folder = tmp_path / "clauses"
    shutil.copytree(shipped_folder(), folder)
    file = folder / "articles" / "breaches.yaml"
    file.write_text(
        file.read_text("utf-8")
        .replace("zonder onredelijke vertraging bij het contactpunt", "onverwijld bij het contactpunt")
        .replace("without undue delay to the contact point", "immediately to the contact point"),
        "utf-8",
    )
    program = (sys.executable, "-c", UPGRADED.format(folder=str(folder)) + DOOR)
    return Follower(done.folder, program=program), done.guide["page"]


def test_an_upgrade_under_an_own_paragraph_is_told_and_how(upgraded):
    somebody, page = upgraded
    (step,) = (step for step in steps(page) if step.section in ("Een nieuwe versie", "An upgrade"))
    somebody.do(step)
    assert "own.outdated" in somebody.printed
    assert re.search("is sindsdien gewijzigd|has changed since", somebody.printed)
    told = somebody.printed.partition("the shipped wording has changed since this file was made")[2]
    assert "{+onverwijld+}" in told
    assert "{+immediately+}" in told
    assert "replaces: " in told


def test_what_is_not_the_own_paragraph_comes_from_the_new_version(done, tmp_path):
    folder = tmp_path / "clauses"
    shutil.copytree(shipped_folder(), folder)
    file = folder / "articles" / "breaches.yaml"
    text = file.read_text("utf-8")
    for line in ("De melding bevat in elk geval:", "The notification shall contain at least:"):
        assert line in text
        text = text.replace(line, f"NEW {line}")
    file.write_text(text, "utf-8")
    somebody = Follower(done.folder, program=(sys.executable, "-c", UPGRADED.format(folder=str(folder)) + DOOR))
    source = next(path for path in (done.folder / "processors").glob("*.yaml") if path.stem in done.guide["contract"])
    somebody.type(f"dpa-gen generate processors/{source.name} --output upgraded.docx")
    assert "NEW " in "\n".join(lines(done.folder / "upgraded.docx"))
    assert re.search("Hij belt daarvoor|It shall telephone", "\n".join(lines(done.folder / "upgraded.docx")))


@pytest.mark.parametrize("page", ["juristen.md", "lawyers.md"])
def test_the_guide_speaks_to_lawyers(page):
    text = (ROOT / "docs" / page).read_text("utf-8")
    assert "python" not in text.lower()
    assert "pip " not in text


def test_the_two_guides_have_the_same_steps():
    kinds = [[(step.language, step.text.count("\n")) for step in steps(guide["page"])] for guide in (DUTCH, ENGLISH)]
    assert [kind for kind, _ in kinds[0]] == [kind for kind, _ in kinds[1]]


@pytest.mark.parametrize("picture", sorted((ROOT / "docs" / "pictures").glob("*.png")), ids=lambda path: path.name)
def test_a_picture_is_small_and_shown(picture):
    assert picture.stat().st_size < 150_000
    guides = [(ROOT / "docs" / guide["page"]).read_text("utf-8") for guide in (DUTCH, ENGLISH)]
    assert any(f"pictures/{picture.name}" in text for text in guides)
