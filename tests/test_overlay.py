"""Own wording over the shipped: every kind of change, every kind of error with its place, and the law that holds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import docx
import pytest
from click.testing import CliRunner
from samples_of import POSITIONS, described, least

from dpa_gen.assembly import assemble
from dpa_gen.changes import wording_hash
from dpa_gen.cli import main
from dpa_gen.coverage import applicable, met_by, unmet
from dpa_gen.errors import DpaError
from dpa_gen.findings import Finding, Severity
from dpa_gen.generate import Prepared
from dpa_gen.law import requirements
from dpa_gen.library import Library, defaults_for, shipped
from dpa_gen.overlay import laid_over, library

WORDS = "{nl: De Verwerker doet dit., en: The Processor shall do this.}"
ARTICLE = f"title: {{nl: Nieuw, en: New}}\nafter: audit\nparagraphs:\n  one:\n    text: {WORDS}\n"


def own(folder: Path, files: Mapping[str, str]) -> Path:
    """A folder with own wording."""
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return folder


def laid(folder: Path, **files: str) -> Library:
    """The shipped library with own clause files over it, by their name."""
    return laid_over(shipped(), own(folder, {f"{name.replace('_', '-')}.yaml": text for name, text in files.items()}))


def words(whole: Library, paragraph: str) -> str:
    """The Dutch words of a paragraph, all its wordings together."""
    clause = whole.clauses[paragraph.partition(".")[0]]
    return " ".join(text for each in clause.paragraphs if each.id == paragraph for text in each.texts("nl"))


def names(whole: Library, clause: str) -> list[str]:
    return [paragraph.id.partition(".")[2] for paragraph in whole.clauses[clause].paragraphs]


# Every kind of change


def test_a_paragraph_is_replaced_and_the_others_stay(tmp_path):
    whole = laid(tmp_path, breaches=f"paragraphs:\n  respond:\n    text: {WORDS}\n")
    assert words(whole, "breaches.respond") == "De Verwerker doet dit."
    others = [name for name in names(shipped(), "breaches") if name != "respond"]
    assert all(words(whole, f"breaches.{name}") == words(shipped(), f"breaches.{name}") for name in others)
    assert names(whole, "breaches") == names(shipped(), "breaches")


@pytest.mark.parametrize(("where", "step"), [("after", 1), ("before", 0)])
def test_a_paragraph_is_added_before_or_after_another(tmp_path, where, step):
    whole = laid(tmp_path, breaches=f"paragraphs:\n  new:\n    {where}: content\n    text: {WORDS}\n")
    before = names(shipped(), "breaches")
    index = before.index("content") + step
    assert names(whole, "breaches") == [*before[:index], "new", *before[index:]]


def test_two_new_paragraphs_may_follow_on_each_other(tmp_path):
    text = f"paragraphs:\n  one:\n    after: content\n    text: {WORDS}\n  two:\n    after: one\n    text: {WORDS}\n"
    added = names(laid(tmp_path, breaches=text), "breaches")
    assert added[added.index("content") :][:3] == ["content", "one", "two"]


def test_a_paragraph_is_removed(tmp_path):
    whole = laid(tmp_path, breaches="paragraphs:\n  respond: {remove: yes}\n")
    assert names(whole, "breaches") == [name for name in names(shipped(), "breaches") if name != "respond"]


def test_a_title_is_replaced_and_the_paragraphs_stay(tmp_path):
    whole = laid(tmp_path, breaches="title: {nl: Datalekken, en: Data leaks}\n")
    assert whole.clauses["breaches"].title == {"nl": "Datalekken", "en": "Data leaks"}
    assert whole.clauses["breaches"].paragraphs == shipped().clauses["breaches"].paragraphs


def test_an_article_is_added_at_its_place(tmp_path):
    whole = laid(tmp_path, secrecy=ARTICLE)
    order = list(shipped().contents.articles)
    index = order.index("audit") + 1
    assert list(whole.contents.articles) == [*order[:index], "secrecy", *order[index:]]
    assert whole.clauses["secrecy"].kind == "article"
    assert [(change.paragraph, change.before) for change in whole.changes] == [("secrecy.one", None)]


def test_new_articles_may_follow_on_each_other_whatever_their_names(tmp_path):
    whole = laid(tmp_path, aa=ARTICLE.replace("audit", "zz"), zz=ARTICLE, mm=ARTICLE.replace("audit", "aa"))
    order = list(whole.contents.articles)
    assert order[order.index("audit") :][:4] == ["audit", "zz", "aa", "mm"]


def test_new_articles_that_wait_for_each_other_are_told(tmp_path):
    with pytest.raises(DpaError, match="“aa” is not one of the articles"):
        laid(tmp_path, aa=ARTICLE.replace("audit", "zz"), zz=ARTICLE.replace("audit", "aa"))


def test_an_annex_is_added_in_a_folder_for_annexes(tmp_path):
    text = ARTICLE.replace("after: audit", "before: annex-security")
    whole = laid_over(shipped(), own(tmp_path, {"annexes/annex-forms.yaml": text}))
    order = list(whole.contents.annexes)
    assert order.index("annex-forms") == order.index("annex-security") - 1
    assert whole.clauses["annex-forms"].kind == "annex"


def test_a_whole_article_is_removed(tmp_path):
    whole = laid(tmp_path, liability="remove: yes\n")
    assert "liability" not in whole.clauses
    assert "liability" not in whole.contents.articles


def test_the_articles_take_another_order_in_which_new_ones_are_named_and_removed_ones_not(tmp_path):
    order = ["secrecy", *(name for name in reversed(shipped().contents.articles) if name != "liability")]
    whole = laid(tmp_path, contents=f"articles: {order}\n", secrecy=ARTICLE, liability="remove: yes\n")
    assert list(whole.contents.articles) == order
    assert whole.contents.annexes == shipped().contents.annexes


def test_terms_of_the_vocabulary_are_added_and_changed(tmp_path):
    text = "wound: {nl: foto, en: photograph, weight: special}\nname: {nl: voornaam en naam, en: full name}\n"
    whole = laid_over(shipped(), own(tmp_path, {"vocabulary/personal-data.yaml": text}))
    terms = whole.terms["personal-data"]
    assert terms["wound"].weight == "special"
    assert terms["name"].name == {"nl": "voornaam en naam", "en": "full name"}
    assert set(terms) == {*shipped().terms["personal-data"], "wound"}


def test_a_default_is_changed_for_one_position_or_for_all(tmp_path):
    text = "audit:\n  audit.notice_days: {controller: 7, balanced: 14, processor: 21}\n"
    whole = laid(tmp_path, defaults=f"{text}breaches:\n  breach.notify_within_hours: 24\n")
    assert [defaults_for(whole, each, {})["audit.notice_days"] for each in POSITIONS] == ["7", "14", "21"]
    assert {defaults_for(whole, each, {})["breach.notify_within_hours"] for each in POSITIONS} == {"24"}
    assert defaults_for(whole, "balanced", {})["deletion.within_days"] == "30"


def test_definitions_are_laid_over_each_other_term_by_term(tmp_path):
    term = "{term: {nl: Patiënt, en: Patient}, means: {nl: een mens., en: a human being.}}"
    whole = laid(tmp_path, definitions=f"paragraphs:\n  terms:\n    definitions:\n      patient: {term}\n")
    assert "Patiënt" in words(whole, "definitions.terms")
    assert words(shipped(), "definitions.terms") in words(whole, "definitions.terms")


def test_a_note_is_given_to_an_article(tmp_path):
    whole = laid(tmp_path, breaches="note: {nl: Niet toegeven., en: Do not give way.}\n")
    assert whole.clauses["breaches"].note == {"nl": "Niet toegeven.", "en": "Do not give way."}


def test_the_first_folder_lies_on_top_office_over_sector_over_shipped(tmp_path):
    said = "paragraphs:\n  {name}:\n    text: {{nl: '{who}.', en: '{who}.'}}\n"
    office = own(tmp_path / "office", {"breaches.yaml": said.format(name="respond", who="Kantoor")})
    both = (
        said.format(name="respond", who="Branche") + said.format(name="phases", who="Branche")[len("paragraphs:\n") :]
    )
    sector = own(tmp_path / "sector", {"breaches.yaml": both})
    whole = library((office, sector))
    told = [words(whole, f"breaches.{name}") for name in ("respond", "phases")]
    assert told == ["Kantoor.", "Branche."]
    assert words(whole, "breaches.content") == words(shipped(), "breaches.content")
    layers = {each.id: each.layer for each in whole.clauses["breaches"].paragraphs}
    assert layers["breaches.respond"] == str(office)
    assert layers["breaches.phases"] == str(sector)
    assert layers["breaches.content"] == ""
    assert library((sector, office)) != whole


def test_own_wording_is_part_of_what_a_library_is_known_by(tmp_path):
    whole = laid(tmp_path, breaches="title: {nl: Datalekken, en: Data leaks}\n")
    assert whole.digest != shipped().digest


def test_a_replaced_paragraph_knows_when_the_wording_below_it_has_changed(tmp_path):
    (below,) = (each for each in shipped().clauses["breaches"].paragraphs if each.id == "breaches.respond")
    for mark, outdated in ((wording_hash(below), False), ("0123456789ab", True)):
        text = f"paragraphs:\n  respond:\n    replaces: '{mark}'\n    text: {WORDS}\n"
        (change,) = laid(tmp_path, breaches=text).changes
        assert change.outdated is outdated


def test_the_example_of_the_format_is_own_wording_that_can_be_laid(tmp_path):
    page = (Path(__file__).parent.parent / "docs" / "clause-format.md").read_text("utf-8")
    (example,) = re.findall(r"^```yaml\n# own (\S+)\n(.*?)^```$", page, re.M | re.S)
    whole = laid_over(shipped(), own(tmp_path, {example[0]: example[1]}))
    assert names(whole, "breaches") == ["period", "aware", "content", "respond", "drill", "inform"]


# Every kind of error: the file, what it says, line and column, words of the message and of its mend

PARAGRAPH = "paragraphs:\n  respond:\n    text:\n      nl: {nl}\n      en: The Processor shall do this.\n"
ERRORS = {
    "a clause that is not there": ("breeches.yaml", f"paragraphs:\n  a:\n    text: {WORDS}\n", "1:1", "breaches?"),
    "a paragraph that is not there": (
        "breaches.yaml", f"paragraphs:\n  respnd:\n    text: {WORDS}\n", "2:3", "Did you mean respond? A new paragraph",
    ),
    "a paragraph after nothing": (
        "breaches.yaml", f"paragraphs:\n  new:\n    after: contnt\n    text: {WORDS}\n", "2:3", "Did you mean content?",
    ),
    "an article after nothing": ("secrecy.yaml", ARTICLE.replace("audit", "audt"), "2:8", "Did you mean audit?"),
    "a removal of what is not there": ("liabilty.yaml", "remove: yes\n", "1:9", "Did you mean liability?"),
    "a part that cannot be removed": ("parties.yaml", "remove: yes\n", "1:9", "cannot be removed|can be removed"),
    "a missing language": (
        "breaches.yaml", "paragraphs:\n  respond:\n    text:\n      nl: De Verwerker doet dit.\n", "4:7", "en",
    ),
    "a blank that is no fact": (
        "breaches.yaml", PARAGRAPH.format(nl="'{{ breach.notify_within_hour }}'"), "4:15",
        "Did you mean breach.notify_within_hours?",
    ),
    "a reference to nothing": (
        "breaches.yaml", PARAGRAPH.format(nl="'Zie {{ ref: audits }}.'"), "2:3", "Did you mean audit?",
    ),
    "a key that does not exist": (
        "breaches.yaml", f"paragraphs:\n  respond:\n    texts: {WORDS}\n", "3:5", "text",
    ),
    "a key of the file that does not exist": ("breaches.yaml", "titel: {nl: A, en: B}\n", "1:1", "title"),
    "a requirement that is not there": (
        "breaches.yaml", f"paragraphs:\n  respond:\n    covers: [art33.22]\n    text: {WORDS}\n", "3:5",
        "Did you mean art33.2?",
    ),
    "a condition that is none": (
        "breaches.yaml", f"paragraphs:\n  respond:\n    when: if breach or so\n    text: {WORDS}\n", "3:11",
        "not a condition",
    ),
    "a condition on nothing": (
        "breaches.yaml", f"paragraphs:\n  respond:\n    when: breach.contct\n    text: {WORDS}\n", "3:11",
        "Did you mean breach.contact?",
    ),
    "two bodies": (
        "breaches.yaml",
        f"paragraphs:\n  respond:\n    text: {WORDS}\n    choose: law.governing\n    wordings: {{a: {WORDS}}}\n",
        "3:5", "one body",
    ),
    "no body": ("breaches.yaml", "paragraphs:\n  respond:\n    covers: [art33.2]\n", "3:5", "one body"),
    "widths that are not 100": (
        "annex-security.yaml",
        f"paragraphs:\n  certifications:\n    rows: security.certifications\n    columns:\n"
        f"      - {{title: {WORDS}, cell: '{{{{ row.name }}}}', width: 30}}\n",
        "3:5", "100",
    ),
    "an order that forgets an article": ("contents.yaml", "articles: [definitions]\n", "1:1", "remove: yes"),
    "an order with a name too many": (
        "contents.yaml", f"annexes: [annex-form, {', '.join(shipped().contents.annexes)}]\n", "1:11",
        "not one of the annexes",
    ),
    "an order with a name twice": (
        "contents.yaml", f"annexes: [{', '.join(shipped().contents.annexes)}, annex-security]\n", "1:", "twice",
    ),
    "a vocabulary that is not there": (
        "vocabulary/personel-data.yaml", "a: {nl: a, en: b}\n", "1:1", "Did you mean personal-data?",
    ),
    "a term in one language": ("vocabulary/events.yaml", "party:\n  nl: feest\n", "2:3", "en"),
    "a default that is no fact": (
        "defaults.yaml", "breaches:\n  breach.hours: 24\n", "2:3", "is not a fact",
    ),
    "a default without a path": ("defaults.yaml", "breaches: 24\n", "1:1", "paths with their values"),
    "a file that is no YAML": ("breaches.yaml", "paragraphs: [\n", "", "breaches.yaml"),
    "a file that is a list": ("breaches.yaml", "- a\n", "1:1", "keys and values"),
    "a key that stands twice": ("breaches.yaml", "title: {nl: a, en: b}\ntitle: {nl: a, en: b}\n", "2:1", "twice"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "text", "place", "said"), ERRORS.values(), ids=list(ERRORS))
def test_an_error_says_where_it_is_and_what_was_probably_meant(tmp_path, name, text, place, said):
    with pytest.raises(DpaError) as trouble:
        laid_over(shipped(), own(tmp_path, {name: text}))
    told = " ".join(str(trouble.value).split())
    assert f"{name}:{place}" in told.replace("\\", "/")
    assert re.search(said.replace("?", r"\?"), told), told


def test_every_error_of_every_file_is_told_at_once(tmp_path):
    files = {name: text for name, text, _, _ in ERRORS.values() if name in ("liabilty.yaml", "secrecy.yaml")}
    two = f"paragraphs:\n  respnd:\n    text: {WORDS}\n  contnt:\n    text: {WORDS}\n"
    with pytest.raises(DpaError) as trouble:
        laid_over(shipped(), own(tmp_path, {**files, "breaches.yaml": two}))
    assert len(trouble.value.problems) == 4


def test_an_order_that_names_what_an_own_file_removes_says_so(tmp_path):
    order = ", ".join(shipped().contents.articles)
    with pytest.raises(DpaError, match="An own file removes it"):
        laid(tmp_path, contents=f"articles: [{order}]\n", liability="remove: yes\n")


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(DpaError, match="nowhere"):
        laid_over(shipped(), tmp_path / "nowhere")


# The law holds

BASE = """\
controller: {name: Praktijk Voorbeeld}
processor: {name: Dienst Voorbeeld B.V., country: NL}
service: {name: Voorbeelddienst}
processing:
  subject: de nieuwsbrief
  purpose: nieuws sturen
  nature: [send]
  data_subjects: [clients]
  personal_data: [name]
  retention: {period: P30D, after: closing}
  locations: none
  remote_access: none
security: {measures: [back-up]}
subprocessors: {list: none}
clauses: eigen/
"""


@pytest.fixture
def rewritten(tmp_path) -> Path:
    """A description whose own wording says the same in other words, but not that it meets the same."""
    own(tmp_path, {"a.yaml": BASE, "eigen/articles/deletion.yaml": f"paragraphs:\n  choice:\n    text: {WORDS}\n"})
    return tmp_path


def run(*given: str) -> Any:
    return CliRunner().invoke(main, list(given))


@pytest.mark.parametrize(
    ("language", "law"), [("nl", "artikel 28, lid 3, onder g, AVG"), ("en", "Article 28(3)(g) GDPR")]
)
def test_wording_that_no_longer_says_what_it_meets_is_refused_with_law_own_file_and_shipped_paragraph(
    rewritten, language, law
):
    target = rewritten / "a.docx"
    done = run("generate", str(rewritten / "a.yaml"), "-l", language, "-o", str(target))
    told = " ".join(done.output.split())
    assert done.exit_code == 1, told
    assert not target.exists()
    assert law in told
    assert "deletion.yaml:2:3" in told
    assert "deletion.choice" in told


@pytest.mark.parametrize("option", ["--draft", "--allow-incomplete"])
def test_as_a_draft_it_is_made_all_the_same_and_marked_on_every_page(rewritten, option):
    target = rewritten / "a.docx"
    done = run("generate", str(rewritten / "a.yaml"), "-o", str(target), option)
    assert done.exit_code == 1
    for section in docx.Document(str(target)).sections:
        assert "concept" in " ".join(paragraph.text for paragraph in section.header.paragraphs).lower()
        assert not section.different_first_page_header_footer


def test_wording_that_says_again_what_it_meets_is_accepted(rewritten):
    file = rewritten / "eigen" / "articles" / "deletion.yaml"
    (below,) = (each for each in shipped().clauses["deletion"].paragraphs if each.id == "deletion.choice")
    covers = f"    covers: [{', '.join(below.requirements())}]\n"
    file.write_text(file.read_text("utf-8").replace("    text:", f"{covers}    text:"), "utf-8")
    assert run("generate", str(rewritten / "a.yaml"), "-o", str(rewritten / "a.docx")).exit_code == 0


# Every removal of any single paragraph

EVERYWHERE: tuple[dict[str, Any], ...] = (
    least(
        subprocessors__authorisation="general",
        subprocessors__list=[
            {"name": "Far Inc.", "country": "US", "task": "hosting", "transfer": {"basis": "dpf", "fallback": "scc"}},
            {"name": "Near B.V.", "country": "JP", "task": "hosting", "transfer": "adequacy"},
            {"name": "Bound B.V.", "country": "US", "task": "hosting", "transfer": "bcr"},
            {"name": "Rare B.V.", "country": "US", "task": "hosting", "transfer": "derogation"},
        ],
        subprocessors__selection="een certificaat",
        processing__personal_data=["name", "health", "bsn", "criminal-data"],
        processing__safeguards=["versleuteling"],
        processor__representative={"email": "eu@example.nl"},
        security__certifications=[{"name": "ISO 27001"}],
        effective="2027-01-01",
        processing_starts="2027-01-01",
    ),
    least(
        subprocessors__authorisation="specific",
        position="processor",
        processing__duration={"until": "2030-01-01"},
        processor__country="US",
        transfers__to_processor="scc",
        transfers__clauses__module="2",
        signing__method="paper",
        processing__personal_data=["health"],
        assistance={"cost": "charged", "rate": "€ 100 per uur"},
    ),
    least(position="controller", processing__duration={"period": "P1Y"}, subprocessors__outside_eea="forbidden"),
)


@cache
def made() -> tuple[tuple[Prepared, Mapping[str, tuple[str, ...]], frozenset[str]], ...]:
    """Contracts that together print every paragraph; of each what meets what, and which paragraphs it prints."""
    found = []
    for value in EVERYWHERE:
        prepared = described(value)
        agreement = assemble(prepared.description, shipped(), "nl")
        assert not [each for each in unmet(agreement, prepared.facts) if each.severity is Severity.RED]
        found.append((prepared, met_by(agreement), frozenset(each.id for each in agreement.paragraphs())))
    return tuple(found)


PARAGRAPHS = [paragraph.id for _, paragraph in shipped().paragraphs()]


def test_every_paragraph_is_printed_by_one_of_the_contracts():
    assert set(PARAGRAPHS) - {name for _, _, printed in made() for name in printed} == set()


@pytest.mark.parametrize("name", PARAGRAPHS)
def test_without_one_paragraph_the_law_is_still_met_or_the_right_article_is_named(name, tmp_path):
    clause, _, key = name.partition(".")
    folder = own(tmp_path, {f"{clause}.yaml": f"paragraphs:\n  {key}: {{remove: yes}}\n"})
    place = f"{clause}.yaml:2:3"
    for prepared, met, printed in made():
        if name not in printed:
            continue
        lost = {each.id for each in applicable(prepared.facts) if each.level == "must" and met[each.id] == (name,)}
        red, refused = incomplete(prepared, folder)
        if refused:  # another paragraph refers to this one
            assert place in refused
            assert all(requirements()[each].source["en"] in refused for each in lost)
            continue
        assert {each.path for each in red} == lost
        for each in red:
            assert each.source == requirements()[each.path].source["nl"]
            assert str(each.place).endswith(place)
            assert each.mend is not None
            assert name in each.mend["nl"]


def incomplete(prepared: Prepared, folder: Path) -> tuple[list[Finding], str]:
    """The MUSTs that a contract no longer meets with own wording, or why it cannot be made at all."""
    try:
        other = replace(prepared, library=laid_over(shipped(), folder))
        found = unmet(assemble(other.description, other.library, "nl"), other.facts)
    except DpaError as refused:
        return [], str(refused)
    return [each for each in found if each.severity is Severity.RED], ""


def test_a_contract_whose_closing_words_were_taken_away_can_still_be_seen_as_a_draft(tmp_path):
    own(tmp_path, {"a.yaml": BASE, "eigen/signature.yaml": "paragraphs:\n  signed: {remove: yes}\n"})
    final = run("generate", str(tmp_path / "a.yaml"), "-o", str(tmp_path / "a.docx"))
    assert final.exit_code == 1
    assert "artikel 28, lid 9, AVG" in final.output
    draft = run("generate", str(tmp_path / "a.yaml"), "-o", str(tmp_path / "a.docx"), "--draft")
    assert draft.exit_code == 1
    assert "Ondertekening" in [paragraph.text for paragraph in docx.Document(str(tmp_path / "a.docx")).paragraphs]
