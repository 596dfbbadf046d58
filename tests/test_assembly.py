"""From facts and clauses to a contract: what is left out, how the rest is numbered, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from samples_of import DESCRIPTIONS, LANGUAGES, SAMPLES, described, least, sample

from dpa_gen.agreement import Agreement, OpenField, Paragraph, plain
from dpa_gen.assembly import assemble
from dpa_gen.clause import ClauseParagraph, Wording, Wordings, condition
from dpa_gen.errors import DpaError
from dpa_gen.library import Library, shipped

SUB = {"name": "Sub B.V.", "country": "NL", "task": "hosting"}
FAR = {"name": "Far Inc.", "country": "US", "task": "support", "transfer": "scc"}


def made(language: str = "nl", **changes: Any) -> Agreement:
    """The contract of the least description, with changes."""
    prepared = described(least(**changes), language)
    return assemble(prepared.description, prepared.library, language)


def with_paragraph(words: str, when: str = "") -> Library:
    """The shipped library with one more paragraph in the article on audit."""
    library = shipped()
    audit = library.clauses["audit"]
    asked = tuple(filter(None, (condition(when),))) if when else ()
    body = Wordings("", {"": Wording({"nl": words, "en": words})})
    more = replace(audit, paragraphs=(*audit.paragraphs, ClauseParagraph("audit.more", body, when=asked)))
    return replace(library, clauses={**library.clauses, "audit": more}, digest=words)


def made_with(library: Library, **changes: Any) -> Agreement:
    prepared = described(least(**changes))
    return assemble(prepared.description, library, "nl")


def told(**changes: Any) -> str:
    """What the user is told of a description that cannot be made."""
    with pytest.raises(DpaError) as caught:
        made(**changes)
    return str(caught.value)


def paragraph(agreement: Agreement, name: str) -> Paragraph:
    return next(each for each in agreement.paragraphs() if each.id == name)


def structure(agreement: Agreement) -> Iterator[tuple[Any, ...]]:
    """All that must be the same in every language."""
    for part in agreement.parts():
        yield part.id, part.number, len(part.paragraphs)
    for each in agreement.paragraphs():
        table = each.table and (len(each.table.head), each.table.widths, [len(row) for row in each.table.rows])
        yield each.id, each.number, bool(each.text), len(each.items), table, each.covers
        yield tuple(sorted(definition.id for definition in each.definitions))


@pytest.mark.parametrize("path", DESCRIPTIONS, ids=lambda path: path.stem)
def test_a_contract_is_built_the_same_in_each_language(path: Path) -> None:
    dutch, english = (list(structure(sample(path, language).agreement)) for language in LANGUAGES)
    assert dutch == english


@pytest.mark.parametrize("path", DESCRIPTIONS, ids=lambda path: path.stem)
def test_both_languages_leave_the_same_facts_open_for_the_same_party(path: Path) -> None:
    dutch, english = (sample(path, language).agreement.open_fields() for language in LANGUAGES)
    assert {(each.path, each.who) for each in dutch} == {(each.path, each.who) for each in english}


def test_articles_and_paragraphs_are_numbered_without_gaps() -> None:
    agreement = made()
    assert [article.number for article in agreement.articles] == [str(n) for n in range(1, len(agreement.articles) + 1)]
    for article in agreement.articles:
        numbers = [each.number for each in article.paragraphs if each.number]
        assert numbers == [f"{article.number}.{n}" for n in range(1, len(numbers) + 1)]


def test_an_annex_that_nothing_needs_is_left_out_and_comes_when_it_is_needed() -> None:
    without, with_it = made(subprocessors__list=[SUB]), made(subprocessors__list=[FAR])
    assert "annex-transfers" not in [annex.id for annex in without.annexes]
    assert [annex.id for annex in with_it.annexes][-1] == "annex-transfers"
    assert [annex.number for annex in with_it.annexes] == [str(n) for n in range(1, len(with_it.annexes) + 1)]


def test_a_paragraph_that_is_left_out_moves_the_numbers_of_those_after_it() -> None:
    near, far = made(subprocessors__list=[SUB]), made(subprocessors__list=[FAR])
    last = "transfers.authorities"
    assert paragraph(near, last).number != paragraph(far, last).number


def test_a_position_changes_the_words_and_not_the_numbers() -> None:
    fixed = {
        "subprocessors__authorisation": "general",
        "subprocessors__outside_eea": "allowed",
        "assistance__cost": "included",
        "liability__regime": "unlimited",
        "precedence__over": "everything",
    }
    each = [made(position=position, **fixed) for position in ("controller", "balanced", "processor")]
    assert len({str(list(structure(agreement))) for agreement in each}) == 1
    assert len({str(agreement) for agreement in each}) == 3


def test_an_article_of_its_own_position_leaves_the_others_as_they_are() -> None:
    usual, own = made(), made(positions={"audit": "controller"}, audit__cost="own", audit__notice_days="30")
    changed = {a.id for a, b in zip(usual.articles, own.articles, strict=True) if a != b}
    assert changed == {"audit"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_definitions_stand_in_the_order_of_the_alphabet(language: str) -> None:
    found = [each for p in made(language).paragraphs() for each in p.definitions]
    terms = [definition.term for definition in found]
    assert terms == sorted(terms, key=str.casefold)
    assert len(terms) > 10


def test_a_list_that_is_not_known_yet_leaves_one_row_of_fields() -> None:
    table = paragraph(made(subprocessors__list="?"), "annex-subprocessors.list").table
    assert table is not None
    assert len(table.rows) == 1
    spans = [span for cell in table.rows[0] for line in cell.lines for span in line]
    assert spans
    assert all(isinstance(span, OpenField) and span.path == "subprocessors.list" for span in spans)


def test_an_open_fact_of_a_transfer_is_asked_where_the_description_tells_it() -> None:
    agreement = made(
        processor={"name": "?", "country": "US"}, processing__subject="?", transfers__to_processor={"basis": "?"}
    )
    paths = {each.path for each in agreement.open_fields()}
    assert {"processor.name", "processing.subject", "transfers.to_processor.basis"} <= paths
    assert not [path for path in paths if path.startswith(("transfers.name", "transfers.task"))]


def test_everyone_who_signs_has_a_block_with_lines_to_write_on() -> None:
    people = [{"name": "A", "role": "directeur"}, {"name": "?", "role": "?"}]
    agreement = made(processor__signatory=people)
    assert [plain(each.party) for each in agreement.signatures] == ["Praktijk Voorbeeld"] + 2 * [
        "Dienst Voorbeeld B.V."
    ]
    assert [label for label, value in agreement.signatures[1].rows if not value] == ["Plaats", "Datum", "Handtekening"]


def test_a_reference_prints_the_number_of_what_it_refers_to() -> None:
    agreement = made_with(with_paragraph("Zie {{ ref: law }} en {{ ref: annex-security }}."))
    numbers = {part.id: part.number for part in (*agreement.articles, *agreement.annexes)}
    expected = f"Zie artikel\u00a0{numbers['law']} en Bijlage\u00a0{numbers['annex-security']}."
    assert plain(paragraph(agreement, "audit.more").text) == expected


def test_a_reference_to_what_is_not_printed_is_refused_with_its_name() -> None:
    with pytest.raises(DpaError, match="annex-transfers"):
        made_with(with_paragraph("Zie {{ ref: annex-transfers }}."), subprocessors__list=[SUB])


def test_a_fact_that_is_printed_and_not_given_is_asked_for_with_the_paragraph_that_prints_it() -> None:
    with pytest.raises(DpaError) as caught:
        made_with(with_paragraph("Zie {{ service.website }}."))
    assert "service.website" in str(caught.value)
    assert "audit.more" in str(caught.value)


@pytest.mark.parametrize(
    ("when", "printed"),
    [
        ("service.website", False),
        ("not service.website", True),
        ("subprocessors.list", False),
        ("audit.cost is own", True),
        ("audit.cost is not own", False),
        ("processing.volume", True),
        ("transfers.clauses.docking", True),
    ],
)
def test_a_condition_is_about_what_is_there(when: str, printed: bool) -> None:
    agreement = made_with(with_paragraph("Meer.", when), processing__volume="veel")
    assert any(each.id == "audit.more" for each in agreement.paragraphs()) is printed


def test_a_term_that_is_nearly_one_of_the_vocabulary_is_refused_with_the_one_that_was_meant() -> None:
    assert "Did you mean contact-details?" in told(processing__personal_data=["contact-detials"])


def test_words_of_ones_own_are_printed_as_they_stand() -> None:
    table = paragraph(made(processing__personal_data=["Schoenmaat"]), "annex-processing.data").table
    assert table is not None
    assert plain(table.rows[0][0].lines[0]) == "Schoenmaat"


def test_a_position_for_what_is_no_article_is_refused_with_the_names_of_the_articles() -> None:
    message = told(positions={"audits": "controller"})
    assert "“audits” is not an article" in message
    assert "audit" in message


def test_the_english_contract_of_a_dutch_description_keeps_its_facts() -> None:
    path = SAMPLES / "volledig" / "overeenkomst.yaml"
    dutch, english = (sample(path, language).agreement for language in LANGUAGES)
    assert [plain(each.party) for each in dutch.signatures] == [plain(each.party) for each in english.signatures]


def test_the_contract_follows_the_order_of_the_contents() -> None:
    contents = shipped().contents
    agreement = made(subprocessors__list=[FAR])
    assert tuple(article.id for article in agreement.articles) == contents.articles
    assert tuple(annex.id for annex in agreement.annexes) == contents.annexes
