"""The clause library keeps its own rules: alike in every language and position, every name real, every term defined."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import Enum
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

import pytest
from pydantic import BaseModel
from samples_of import LANGUAGES, POSITIONS, ROOT, SAMPLES, TELLING, Wishes, prepare

from dpa_gen.clause import (
    Blank,
    Clause,
    ClauseParagraph,
    Condition,
    Definitions,
    FactTable,
    LanguageText,
    ListTable,
    Meaning,
    Ref,
    Wordings,
    body_and_items,
    condition,
    template,
)
from dpa_gen.description import Description, Position
from dpa_gen.facts import Facts
from dpa_gen.law import expected, mandatory, requirements
from dpa_gen.library import KINDS, shipped
from dpa_gen.tables import BUILDERS, CELLS

CLAUSES = ROOT / "clauses"
MOST_WORDS, LONGEST_SENTENCE = 120, 45
DERIVED = {  # values that follow from other facts, and so have no field of the model
    "position": {each.value for each in Position},
    "processing.duration.kind": {"main-agreement", "until", "period", "criterion"},
    "transfers.clauses.module": {"2", "3"},
}

EVERY = [pytest.param(clause, paragraph, id=paragraph.id) for clause, paragraph in shipped().paragraphs()]
every_paragraph = pytest.mark.parametrize(("clause", "paragraph"), EVERY)


def wordings(paragraph: ClauseParagraph) -> Iterator[LanguageText]:
    """Each thing that is said once per language: a wording, a label, a cell, a meaning, a title."""
    body = paragraph.body
    if paragraph.title:
        yield paragraph.title
    if isinstance(body, Wordings):
        yield from (wording.words for wording in body.options.values())
    elif isinstance(body, FactTable):
        yield from (words for row in body.rows for words in (row.label, row.value))
    elif isinstance(body, ListTable):
        yield from (words for column in body.columns for words in (column.title, column.cell))
        yield from [body.empty.words] if body.empty else []
    else:
        yield from (words for meaning in body.meanings for words in (meaning.term, meaning.means))


def conditions(paragraph: ClauseParagraph) -> Iterator[Condition]:
    """Every condition of a paragraph, those of its rows and terms included."""
    yield from paragraph.when
    if isinstance(paragraph.body, FactTable):
        yield from (each for row in paragraph.body.rows for each in row.when)
    if isinstance(paragraph.body, Definitions):
        yield from (each for meaning in paragraph.body.meanings for each in meaning.when)


def shape(words: str) -> tuple[list[str], list[str], int]:
    """What the languages must have in common: blanks, references and the number of sub-items."""
    parts = template(words)
    blanks = sorted(part.path for part in parts if isinstance(part, Blank))
    references = sorted(part.target for part in parts if isinstance(part, Ref))
    return blanks, references, len(body_and_items(words)[1])


def targets(paragraph: ClauseParagraph) -> set[str]:
    """What a paragraph refers to."""
    parts = (part for words in wordings(paragraph) for text in words.values() for part in template(text))
    return {part.target for part in parts if isinstance(part, Ref)}


def blanks(paragraph: ClauseParagraph) -> set[str]:
    """The facts that a paragraph prints."""
    parts = (part for words in wordings(paragraph) for text in words.values() for part in template(text))
    return {part.path for part in parts if isinstance(part, Blank)}


# Alike


@every_paragraph
def test_languages_have_the_same_blanks_references_and_sub_items(clause: Clause, paragraph: ClauseParagraph) -> None:
    for words in wordings(paragraph):
        assert shape(words["nl"]) == shape(words["en"])


@every_paragraph
def test_positions_have_the_same_blanks_references_and_sub_items(clause: Clause, paragraph: ClauseParagraph) -> None:
    body = paragraph.body
    if isinstance(body, Wordings) and body.choose == "position":
        assert set(body.options) == set(POSITIONS)
        assert len({str(shape(wording.words["nl"])) for wording in body.options.values()}) == 1


@every_paragraph
def test_what_is_negotiated_has_a_note_for_the_negotiator(clause: Clause, paragraph: ClauseParagraph) -> None:
    negotiated = isinstance(paragraph.body, Wordings) and paragraph.body.choose == "position"
    assert not negotiated or (paragraph.note and all(paragraph.note[language].strip() for language in LANGUAGES))


@every_paragraph
def test_cells_have_the_same_lines_in_each_language(clause: Clause, paragraph: ClauseParagraph) -> None:
    if isinstance(paragraph.body, ListTable):
        for column in paragraph.body.columns:
            assert len(column.cell["nl"].splitlines()) == len(column.cell["en"].splitlines())


# Names are real


@pytest.fixture(scope="module")
def known() -> list[Facts]:
    return [prepare(SAMPLES / path, Wishes()).facts for path in TELLING]


@every_paragraph
def test_every_fact_that_is_printed_or_asked_for_exists(
    clause: Clause, paragraph: ClauseParagraph, known: list[Facts]
) -> None:
    body = paragraph.body
    chosen = {body.choose} - {""} if isinstance(body, Wordings) else set()
    for path in (
        {p for p in blanks(paragraph) if not p.startswith("row.")}
        | chosen
        | {each.path for each in conditions(paragraph)}
    ):
        for facts in known:
            facts.value(path)  # a KeyError when there is no such fact


@every_paragraph
def test_every_cell_is_one_that_its_list_has(clause: Clause, paragraph: ClauseParagraph) -> None:
    cells = {path.removeprefix("row.") for path in blanks(paragraph) if path.startswith("row.")}
    if isinstance(paragraph.body, ListTable):
        assert cells <= set(CELLS[paragraph.body.list_path])
    else:
        assert not cells


def test_every_list_has_its_cells() -> None:
    assert set(BUILDERS) == set(CELLS)


@every_paragraph
def test_every_reference_is_to_what_is_always_printed_or_printed_with_it(
    clause: Clause, paragraph: ClauseParagraph
) -> None:
    """A clause goes when all its paragraphs go; a target with conditions needs them on the one who points at it."""
    library = shipped()
    known = {each.id: each.when for _, each in library.paragraphs()}
    for target in targets(paragraph):
        if "." in target:
            assert set(known[target]) <= set(paragraph.when) | set(conditions(paragraph))
        else:
            always = any(not each.when for each in library.clauses[target].paragraphs)
            shared = [set(each.when) & set(conditions(paragraph)) for each in library.clauses[target].paragraphs]
            assert always or any(shared), f"{target} is not always printed"


@every_paragraph
def test_every_requirement_that_is_said_to_be_met_is_in_the_catalogue(
    clause: Clause, paragraph: ClauseParagraph
) -> None:
    assert set(paragraph.requirements()) <= set(requirements())


@pytest.mark.parametrize("requirement", [*mandatory(), *expected()], ids=lambda each: each.id)
def test_every_requirement_is_met_by_a_paragraph(requirement: Any) -> None:
    assert [each.id for _, each in shipped().paragraphs() if requirement.id in each.requirements()]


@every_paragraph
def test_there_is_a_wording_for_every_value_of_the_fact_that_chooses(
    clause: Clause, paragraph: ClauseParagraph
) -> None:
    if isinstance(paragraph.body, Wordings) and paragraph.body.choose:
        assert set(paragraph.body.options) == allowed(paragraph.body.choose)


@every_paragraph
def test_a_condition_asks_for_a_value_that_can_be(clause: Clause, paragraph: ClauseParagraph) -> None:
    asked = [each for each in conditions(paragraph) if each.value]
    assert [str(each) for each in asked if each.value not in allowed(each.path)] == []


@pytest.mark.parametrize("requirement", requirements().values(), ids=lambda each: each.id)
def test_a_condition_of_a_requirement_can_be_read(requirement: Any, known: list[Facts]) -> None:
    for text in requirement.when:
        asked = condition(text)
        assert asked is not None
        assert [facts.holds(asked) for facts in known]
        assert not asked.value or asked.value in allowed(asked.path)


def allowed(path: str) -> set[str]:
    """The values that a fact can have, as the name of a wording."""
    if path in DERIVED:
        return DERIVED[path]
    noun: Any = Description
    for step in path.split("."):
        info = next(info for name, info in noun.model_fields.items() if (info.alias or name) == step)
        noun = next((kind for kind in _kinds(info.annotation) if _is(kind, BaseModel)), info.annotation)
    return {value for kind in _kinds(noun) for value in _values(kind)}


def _kinds(annotation: Any) -> Iterator[Any]:
    """The kinds of value behind an annotation."""
    if get_origin(annotation) in (Union, UnionType):
        for part in get_args(annotation):
            yield from _kinds(part)
    elif hasattr(annotation, "__metadata__"):
        yield from _kinds(get_args(annotation)[0])
    else:
        yield annotation


def _values(kind: Any) -> Iterator[str]:
    if get_origin(kind) is Literal:
        yield from get_args(kind)
    elif _is(kind, Enum):
        yield from (each.value for each in kind)
    elif kind is bool:
        yield from ("yes", "no")


def _is(kind: Any, noun: type) -> bool:
    return isinstance(kind, type) and issubclass(kind, noun)


def test_the_contents_name_every_file_and_every_file_is_named() -> None:
    contents = shipped().contents
    named = {"front": contents.front, "articles": contents.articles, "annexes": contents.annexes}
    for folder in KINDS:
        files = {file.stem for file in (CLAUSES / folder).glob("*.yaml")}
        assert files == set(named.get(folder, (contents.closing,)))
        assert len(files) == len(named.get(folder, (contents.closing,)))


# Words


def sentences(words: str) -> Iterator[str]:
    """The sentences and sub-items of a text; each line of a file holds one or more sentences."""
    for line in words.splitlines():
        yield from re.split(r"(?<=[.!?])\s+(?=[A-Z“])", line.strip().removeprefix("- "))


def count(words: str) -> int:
    """The number of words, a blank or a reference taken as one."""
    return len(re.sub(r"\{\{[^}]*\}\}", "X", words).split())


@pytest.mark.parametrize("language", LANGUAGES)
@every_paragraph
def test_a_paragraph_can_be_read_in_one_breath(clause: Clause, paragraph: ClauseParagraph, language: str) -> None:
    for words in wordings(paragraph):
        assert count(words[language]) <= MOST_WORDS
        assert [each for each in sentences(words[language]) if count(each) > LONGEST_SENTENCE] == []


@pytest.mark.parametrize("language", LANGUAGES)
@every_paragraph
def test_words_are_written_as_they_print(clause: Clause, paragraph: ClauseParagraph, language: str) -> None:
    for words in wordings(paragraph):
        text = re.sub(r"\{\{[^}]*\}\}", "X", words[language])
        assert not re.search(r"  |\"|\.\.|'| ,|\bTODO\b|\t", text), text
        begun = [
            each
            for each in sentences(words[language])
            if re.match(r"\{\{ ref: (?!annex-)", each) and each.endswith(".")
        ]
        assert begun == [], "a sentence begins with the small word for an article"


OF_LAW = re.compile(r"\b(AVG|UAVG|GDPR|BW|Besluit|Decision|Wetboek|verordening|Verordening|Regulation|VWEU|TFEU)\b")


@pytest.mark.parametrize("language", LANGUAGES)
@every_paragraph
def test_a_number_of_an_article_is_one_of_law(clause: Clause, paragraph: ClauseParagraph, language: str) -> None:
    for words in wordings(paragraph):
        for sentence in sentences(words[language]):
            if re.search(r"\b(artikel(en)?|Articles?) \d", sentence):
                assert OF_LAW.search(sentence) or "hoofdstuk V" in sentence or "Chapter V" in sentence, sentence
            assert not re.search(r"\b(Bijlage|Annex) \d", sentence), sentence


# Defined terms

ENDINGS = {"nl": ("", "n", "en", "s", "’s"), "en": ("", "s", "es", "’s", "s’")}
IRREGULAR = {"nl": {"Partij": ("Partijen",), "Inbreuk": ("Inbreuken",)}, "en": {"Party": ("Parties",)}}
# Capitalised words that are names or laws, not terms of the contract.
NAMES = {
    "nl": (
        "EU-US Data Privacy Framework|Algemene verordening gegevensbescherming|Europese Economische Ruimte"
        "|Europese Unie|Europese Commissie|Verenigde Staten|Autoriteit Persoonsgegevens|Uitvoeringsbesluit"
        "|Uitvoeringswet|Verordening|EU|VS|UAVG|BW|AI|NEN|ISO|[IVX]+\\.[A-C]"
    ),
    "en": (
        "General Data Protection Regulation|European Economic Area|European Union|Member States?|Union|Commission"
        "|United States|EU-US Data Privacy Framework|Dutch GDPR Implementation Act|Implementing Decision|Decision"
        "|Regulation|Articles?|Chapter|EU|US|AI|Dutch|ISO|Civil Code|Monday|Friday|June|[IVX]+\\.[A-C]"
    ),
}


def meanings() -> list[Meaning]:
    found = [p.body for _, p in shipped().paragraphs() if isinstance(p.body, Definitions)]
    return [meaning for body in found for meaning in body.meanings]


def forms(term: str, language: str) -> tuple[str, ...]:
    """A term as it may stand in a sentence."""
    return (*(term + ending for ending in ENDINGS[language]), *IRREGULAR[language].get(term, ()))


def pattern_of(terms: Mapping[str, Any] | list[str], language: str) -> re.Pattern[str]:
    every = sorted((form for term in terms for form in forms(term, language)), key=len, reverse=True)
    return re.compile(rf"\b({'|'.join(map(re.escape, every))})(?!\w)")


def printed(language: str) -> Iterator[tuple[str, str]]:
    """Every text of the library with the paragraph it stands in, but for the terms themselves."""
    for _, paragraph in shipped().paragraphs():
        if isinstance(paragraph.body, Definitions):
            yield from ((f"{paragraph.id}:{m.id}", m.means[language]) for m in paragraph.body.meanings)
        else:
            yield from ((paragraph.id, words[language]) for words in wordings(paragraph))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_with_a_capital_is_a_name_or_a_defined_term(language: str) -> None:
    terms = pattern_of([meaning.term[language] for meaning in meanings()], language)
    names = re.compile(rf"\b({NAMES[language]})\b")
    found = []
    for where, text in printed(language):
        for sentence in sentences(text):
            rest = terms.sub("x", names.sub("x", re.sub(r"\{\{[^}]*\}\}", "x", sentence)))
            rest = re.sub(
                r"^[^\w]*\w+|[:;] *[A-Z]\w*|\([A-Za-z]\)", "x", rest
            )  # the first word of a sentence or of a cell
            found += [
                (where, word) for word in re.findall(r"\b[A-Z][\w-]*", rest) if word not in ("V", "I", "II", "III")
            ]
    assert found == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("meaning", meanings(), ids=lambda meaning: meaning.id)
def test_a_defined_term_is_used_outside_its_own_definition(meaning: Meaning, language: str) -> None:
    own = pattern_of([meaning.term[language]], language)
    longer = [m.term[language] for m in meanings() if m.term[language] != meaning.term[language]]
    longer = [term for term in longer if meaning.term[language] in term]
    texts = [text for where, text in printed(language) if not where.endswith(f":{meaning.id}")]
    hidden = [pattern_of(longer, language).sub("", text) for text in texts] if longer else texts
    assert any(own.search(text) for text in hidden)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_term_is_defined_once(language: str) -> None:
    terms = [meaning.term[language].casefold() for meaning in meanings()]
    assert sorted(terms) == sorted(set(terms))
    inline = [
        (where, text)
        for where, text in printed(language)
        if re.search(r"\((hierna|de|het|the|hereinafter)?:? *[“‘]", text)
    ]
    assert inline == []
