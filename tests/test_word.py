"""The Word file: styles, lists, references, fields and what it carries; facts arrive unchanged, faults are told."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from samples_of import (
    DESCRIPTIONS,
    LANGUAGES,
    SAMPLES,
    TELLING,
    contract_of,
    described,
    every_sample,
    least,
    opened,
    sample,
)
from word_text import Line, W, lines_of, parts_of, text_of, value, words_of, xml

from dpa_gen.assembly import assemble
from dpa_gen.generate import Wishes, contract, prepare
from dpa_gen.house import template_bytes
from dpa_gen.library import shipped
from dpa_gen.ooxml import bookmark_name
from dpa_gen.package import packed, unpacked
from dpa_gen.word import is_untouched

EVERY = [pytest.param(path, language, id=name) for name, path, language in every_sample()]
every_sample_contract = pytest.mark.parametrize(("path", "language"), EVERY)
LOOKS = ("plain", "classic", "modern")
CONTRACT = "{urn:dpa-gen:contract:1}"


def body_lines(content: bytes) -> list[Line]:
    return [line for line in lines_of(content) if isinstance(line, Line)]


def telling() -> list[Any]:
    return [
        pytest.param(SAMPLES / path, language, id=path[:8] + language) for path in TELLING for language in LANGUAGES
    ]


# What Word needs


@every_sample_contract
def test_every_paragraph_has_a_style_of_its_own_and_words(path: Path, language: str) -> None:
    document = opened(sample(path, language))
    paragraphs = list(document.element.body.iter(f"{W}p"))
    names = {style.style_id: style.name for style in document.styles}
    styles = [names[value(paragraph, "pPr", "pStyle") or "none"] for paragraph in paragraphs]
    assert "Normal" not in styles
    empty = [style for style, paragraph in zip(styles, paragraphs, strict=True) if not text_of(paragraph).strip()]
    assert set(empty) <= {"Signature Text", "Signature Heading"}  # a line to write on


@every_sample_contract
def test_a_reference_shows_the_number_that_word_computes(path: Path, language: str) -> None:
    made = sample(path, language)
    numbers = {mark: line.number.rstrip(".") for line in body_lines(made.content) for mark in line.bookmarks}
    fields = list(xml(made.content).iter(f"{W}fldSimple"))
    assert fields
    for each in fields:
        code, target, *switches = each.get(f"{W}instr").split()
        assert (code, switches) == ("REF", ["\\n", "\\h"])
        assert text_of(each).replace("\u00a0", " ") == numbers[target]


@every_sample_contract
def test_articles_paragraphs_and_items_are_numbered_by_word_as_the_contract_is(path: Path, language: str) -> None:
    made = sample(path, language)
    lines = body_lines(made.content)
    articles = [(line.number, line.text) for line in lines if line.style.lower() == "heading 1"]
    assert articles == [(f"{article.number}.", article.title) for article in made.agreement.articles]
    clauses = [line.number for line in lines if line.style == "Clause"]
    assert clauses == [p.number for article in made.agreement.articles for p in article.paragraphs if p.text]
    items = [line.number for line in lines if line.style == "Clause Item"]
    letters = [f"{chr(97 + n)}." for a in made.agreement.articles for p in a.paragraphs for n in range(len(p.items))]
    assert items == letters
    word = made.agreement.labels["annex"]
    annexes = [(line.number, line.text) for line in lines if line.style == "Annex Heading"]
    assert annexes == [(f"{word} {annex.number}", annex.title) for annex in made.agreement.annexes]


@every_sample_contract
def test_each_article_and_annex_has_one_bookmark_with_its_name(path: Path, language: str) -> None:
    made = sample(path, language)
    marks = [mark.get(f"{W}name") for mark in xml(made.content).iter(f"{W}bookmarkStart")]
    ids = [mark.get(f"{W}id") for mark in xml(made.content).iter(f"{W}bookmarkStart")]
    ends = [mark.get(f"{W}id") for mark in xml(made.content).iter(f"{W}bookmarkEnd")]
    assert len(marks) == len(set(marks))
    assert sorted(ids) == sorted(set(ids)) == sorted(ends)
    assert max(map(len, marks)) <= 40
    wanted = {bookmark_name(part.id) for part in (*made.agreement.articles, *made.agreement.annexes)}
    assert wanted <= {mark for line in body_lines(made.content) for mark in line.bookmarks}


@every_sample_contract
def test_rows_stay_whole_and_the_head_of_a_table_is_repeated(path: Path, language: str) -> None:
    body = xml(sample(path, language).content)
    for table in body.iter(f"{W}tbl"):
        rows = list(table.iter(f"{W}tr"))
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
        heads = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows]
        assert heads == [value(table, "tblPr", "tblStyle") == "DPATable"] + [False] * (len(rows) - 1)
        assert table.getnext().tag != f"{W}tbl"  # Word would make one table of the two


@every_sample_contract
def test_each_open_fact_is_a_content_control_with_its_name_and_path(path: Path, language: str) -> None:
    made = sample(path, language)
    controls = [
        (value(each, "sdtPr", "tag"), value(each, "sdtPr", "alias"), text_of(each), value(each, "sdtPr", "id"))
        for each in xml(made.content).iter(f"{W}sdt")
    ]
    wanted = {(each.path[:64], each.title[:64], f"[{each.title}]") for each in made.agreement.open_fields()}
    assert {control[:3] for control in controls} == wanted
    assert len({control[3] for control in controls}) == len(controls)


@pytest.mark.parametrize(("path", "language"), telling())
def test_header_and_footer_hold_title_reference_and_the_number_of_pages(path: Path, language: str) -> None:
    made = sample(path, language)
    header, footer = (xml(made.content, f"word/{part}.xml") for part in ("header", "footer"))
    assert made.agreement.title in text_of(header)
    assert made.agreement.reference in text_of(header)
    assert [each.text.strip() for each in footer.iter(f"{W}instrText")] == ["PAGE", "NUMPAGES"]
    labels = made.agreement.labels
    assert text_of(footer) == f"{labels['version']} {made.agreement.version}\t{labels['page']} 1 {labels['of']} 1"


@pytest.mark.parametrize(("path", "language"), telling())
def test_the_file_tells_its_title_its_subject_and_its_language(path: Path, language: str) -> None:
    made = sample(path, language)
    properties, tag = opened(made).core_properties, {"nl": "nl-NL", "en": "en-GB"}[language]
    service = prepare(path, Wishes()).description.service.name.in_language(language)
    assert (properties.title, properties.subject, properties.language) == (made.agreement.title, service, tag)
    langs = {each.get(f"{W}val") for each in xml(made.content, "word/styles.xml").iter(f"{W}lang")}
    assert langs == {tag}


# What it carries


def carried(content: bytes) -> Any:
    """The part that tells what the contract was made from."""
    found = [data for name, data in parts_of(content).items() if re.fullmatch(r"customXml/item\d+\.xml", name)]
    trees = [tree for tree in map(etree.fromstring, found) if tree.tag == f"{CONTRACT}contract"]
    assert len(trees) == 1
    return trees[0]


def custom(content: bytes) -> dict[str, str]:
    return {each.get("name"): each[0].text or "" for each in xml(content, "docProps/custom.xml")}


@pytest.mark.parametrize(("path", "language"), telling())
def test_the_contract_carries_its_description_and_the_hashes_are_right(path: Path, language: str) -> None:
    content = sample(path, language).content
    description, library = (carried(content).find(f"{CONTRACT}{name}") for name in ("description", "library"))
    assert sha256(description.text.encode()).hexdigest() == description.get("sha256")
    facts = json.loads(description.text)
    assert facts["processor"]["name"] == prepare(path, Wishes()).layers.value["processor"]["name"]
    assert not {"position", "positions", "clauses", "template"} & set(facts)
    properties = custom(content)
    assert properties["dpa-gen description"] == description.get("sha256")
    assert library.get("sha256") in properties["dpa-gen library"]
    assert library.get("sha256") == shipped().digest
    assert properties["dpa-gen template"] == sha256(template_bytes("plain", Path())[0]).hexdigest()


def test_a_contract_knows_whether_it_was_changed() -> None:
    content = sample(TELLING[0], "nl").content
    assert is_untouched(content)
    for part in ("word/document.xml", "word/styles.xml", "customXml/item1.xml"):
        parts = unpacked(content, "")
        changed = parts | {part: parts[part].replace(b"de ", b"een ", 1) + b" "}
        assert not is_untouched(packed(changed))


def test_the_same_description_gives_the_same_bytes_in_another_process_on_another_day(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from dpa_gen.generate import Contract, Wishes, contract, prepare\n"
        "for path in sys.argv[2:]:\n"
        "    for language in ('nl', 'en'):\n"
        "        wishes = Wishes(languages=(language,))\n"
        "        made = contract(prepare(Path(path), wishes), wishes, language)\n"
        "        Path(sys.argv[1], f'{Path(path).stem}-{language}').write_bytes(made.content)\n"
    )
    elsewhere = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "C"}
    command = [sys.executable, "-c", script, str(tmp_path), *map(str, DESCRIPTIONS)]
    subprocess.run(command, check=True, env=elsewhere, cwd=tmp_path)
    for path in DESCRIPTIONS:
        for language in LANGUAGES:
            assert (tmp_path / f"{path.stem}-{language}").read_bytes() == sample(path, language).content


def test_a_second_run_gives_the_same_bytes() -> None:
    wishes = Wishes(languages=("nl",))
    again = [contract(prepare(path, wishes), wishes, "nl").content for path in DESCRIPTIONS]
    assert again == [sample(path, "nl").content for path in DESCRIPTIONS]


# Facts arrive unchanged

HARD = (
    'Jansen & Zn. <VOF> "De Hoek"',
    "Ærø — ½ naïve 日本語",
    "“krul” ‘enkel’ 'recht' `schuin`",
    "{{ x }} en {{ contract.title }}",
    "{_{ x }_} {_% if %_} {% raw %} {# weg #}",
    "100 % & meer &amp; minder &lt;b&gt;",
    "eerste regel\ntweede regel",
    "met een\ttab",
    "<w:p/> ]]> <!-- weg -->",
    "x" * 60 + " \\n \\1 \\g<0> $1 %s {0}",
    "עברית 🙂 é",
    "\ue000processor.name\ue001",
)


@pytest.mark.parametrize("fact", HARD)
@pytest.mark.parametrize("path", ["controller__name", "processing__subject", "processing__purpose", "law__forum"])
def test_a_fact_stands_in_the_contract_as_it_was_written(path: str, fact: str) -> None:
    assert fact in words_of(contract_of(least(**{path: fact})).content)


@pytest.mark.parametrize("fact", [each for each in HARD if "\n" not in each])
@pytest.mark.parametrize("look", LOOKS)
def test_reference_version_and_service_arrive_in_header_footer_and_properties(fact: str, look: str) -> None:
    made = contract_of(least(reference=fact, version=fact, service__name=fact), template=look)
    assert fact in text_of(xml(made.content, "word/header.xml"))
    assert fact in text_of(xml(made.content, "word/footer.xml"))
    assert opened(made).core_properties.subject == fact
    facts = json.loads(carried(made.content).find(f"{CONTRACT}description").text)
    assert (facts["reference"], facts["service"]["name"]) == (fact, fact)


def test_a_long_purpose_arrives_whole() -> None:
    purpose = " ".join(f"Zin {n} over het doel; & <met> tekens." for n in range(80))
    assert len(purpose) > 2500
    assert purpose in "\n".join(
        text_of(each) for each in xml(contract_of(least(processing__purpose=purpose)).content).iter(f"{W}p")
    )


def test_a_fact_in_every_column_of_every_table_arrives() -> None:
    hard = HARD[0]
    transfer = {"basis": "scc", "supplementary": hard}
    sub = {"name": hard, "country": "US", "task": hard, "address": hard, "contact": hard, "data": [hard]}
    place = {
        "country": "US",
        "place": hard,
        "party": hard,
        "purpose": hard,
        "transfer": {"basis": "scc", "supplementary": hard},
    }
    changes = {
        "subprocessors__list": [{**sub, "transfer": transfer}],
        "processing__locations": [place],
        "processing__remote_access": [place],
        "processing__personal_data": [{"term": hard, "detail": hard, "basis": hard}],
        "processing__retention": [{"data": [hard], "criterion": hard, "basis": hard}],
        "security__measures": [{"term": hard, "detail": hard}],
        "security__certifications": [{"name": hard, "scope": hard, "issuer": hard, "number": hard}],
    }
    whole = text_of(xml(contract_of(least(**changes)).content))
    assert whole.count(hard) >= 25
    assert whole.count("Jansen") == whole.count(hard)


def test_an_incomplete_contract_has_no_file_unless_a_draft_is_asked() -> None:
    prepared_one = described(least())
    assert assemble(prepared_one.description, prepared_one.library, "nl").open_fields()
    assert contract_of(least()).content
    assert contract_of(least(), draft=True).content != contract_of(least()).content
