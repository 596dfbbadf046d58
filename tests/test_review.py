"""Other people's agreements are judged as their truth says; our own pass, and lack just what is taken out of them."""

import json
import os
import re
import subprocess
import sys
import zipfile
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
import review_score
import yaml
from lxml import etree
from our_contracts import MET_ELSEWHERE, NOTHING_OPEN, is_alone, losses, made, without
from samples_of import LANGUAGES, POSITIONS, SAMPLES, contract_of
from workspace_of import small, tasks

from dpa_gen import intake
from dpa_gen.answers.annotating import annotated
from dpa_gen.answers.document import report
from dpa_gen.answers.mending import proposal
from dpa_gen.answers.plain import as_json
from dpa_gen.answers.terminal import WIDTH, lines
from dpa_gen.answers.verdict import verdict
from dpa_gen.law import requirements
from dpa_gen.paper import Paper, read, read_bytes
from dpa_gen.review.answer import Status
from dpa_gen.review.flags import traps
from dpa_gen.review.lexicon import concepts
from dpa_gen.review.quantities import quantities
from dpa_gen.review.reviewing import review
from dpa_gen.review.signals import rows
from dpa_gen.review.words import sentences

ROOT = Path(__file__).parent.parent
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PLANWIJS = ROOT / "samples" / "papers" / "verwerkersovereenkomst-planwijs.md"

# Figures


@pytest.mark.skipif(not review_score.REFERENCE.exists(), reason="the reference papers are not here")
def test_the_reference_papers_come_out_as_read_by_hand_in_nine_cells_of_ten():
    found, wrong, _, _ = review_score.cells(review_score.REFERENCE)
    assert wrong == []
    assert review_score.figures(found)["accuracy"] >= 0.9


HARDLY_ONE = "en-f-vistabeam: taken for terms"  # four loose sentences on data in terms of service
LEAST = {"recall": 0.9, "accuracy": 0.846, "F2": 0.867}  # the latter two are those of research, in English alone


def test_our_own_papers_come_out_as_their_truth_says():
    found, wrong, hit, asked = review_score.cells(review_score.OWN)
    assert [each for each in wrong if "taken for" in each] == [HARDLY_ONE]
    assert hit / asked >= 0.9
    tuned = [cell for cell in found if cell.group == "own"]
    assert review_score.figures(tuned)["accuracy"] >= 0.9


def test_nine_gaps_of_ten_are_seen_in_papers_that_were_held_back():
    found, _, _, _ = review_score.cells(review_score.OWN)
    got = review_score.figures([cell for cell in found if cell.group == "held back"])
    assert {name: got[name] for name in LEAST if got[name] < LEAST[name]} == {}


@pytest.mark.parametrize(
    "name", ["README.md", "CHANGELOG.md", "docs/architecture.md", "docs/gids.md", "docs/lawyers.md"]
)
def test_what_only_speaks_of_such_agreements_is_none(name):
    found = review(read(ROOT / name))
    assert not found.is_agreement
    assert found.why_not == "explanation"


# Our own contracts


@pytest.mark.parametrize("position", POSITIONS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", NOTHING_OPEN)
def test_a_contract_of_ours_is_complete_and_has_no_red_flag(path, language, position):
    found = review(read_bytes(made(path, language, position).content, "ours.docx"))
    assert found.is_agreement
    assert [answer.id for answer in found.gaps] == []
    assert [(flag.id, flag.evidence.text if flag.evidence else "") for flag in found.red_flags] == []
    assert verdict(found) == "sign"


def test_a_contract_of_ours_with_open_fields_lacks_only_what_is_open():
    value = dict(intake.read(SAMPLES / "praktijk/processors/mailchimp.yaml").value)
    found = review(read_bytes(contract_of(value, "nl", draft=True).content, "ours.docx"))
    assert found.is_agreement
    assert {flag.id for flag in found.red_flags} <= {
        "T04",
        "T21",
    }  # blanks, and what they leave unsaid of sub-processors


@cache
def gaps_of(language: str, position: str) -> frozenset[str]:
    """What the whole contract lacks already, which should be nothing."""
    full = review(read_bytes(made(NOTHING_OPEN[1], language, position).content, "ours.docx"))
    return frozenset(answer.id for answer in full.answers if answer.status.is_gap)


@pytest.mark.parametrize(("name", "language", "position"), list(losses()))
def test_a_contract_without_a_paragraph_lacks_just_what_it_met(name, language, position):
    contract = made(NOTHING_OPEN[1], language, position)
    paragraph = next(p for p in contract.agreement.paragraphs() if p.id == name)
    paper = read_bytes(contract.content, "ours.docx")
    less = review(without(paper, paragraph))
    had = gaps_of(language, position)
    gaps = {answer.id for answer in less.with_level("must", "should") if answer.status.is_gap} - had
    lost = {one for one in paragraph.covers if is_alone(contract.agreement, paragraph, one)}
    assert lost - set(MET_ELSEWHERE) - gaps == set(), "not seen as missing"
    assert gaps - set(paragraph.covers) == set(), "seen as missing, and still there"


# The data


def test_every_concept_has_words_in_both_languages():
    assert [name for name, row in concepts().items() if not row.get("nl") or not row.get("en")] == []


def test_signals_name_requirements_that_exist():
    assert set(rows()) - set(requirements()) == set()
    assert {name for trap in traps().values() for name in (*trap.absent, *trap.denied)} - set(requirements()) == set()


def test_no_synonym_names_a_firm_or_a_paper():
    known = ("recruitin", "kronr", "chef data", "keboola", "common paper", "pstudio", "mailchimp")
    text = json.dumps({name: dict(row) for name, row in concepts().items()}).lower()
    assert [name for name in known if name in text] == []


# Small things


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("uiterlijk 24 (vierentwintig) uur na ontdekking", ["24 hours"]),
        ("within seventy-two (72) hours", ["72 hours"]),
        ("binnen tien werkdagen", ["10 working days"]),
        ("no later than 5 business days", ["5 working days"]),
        ("within three months", ["3 months"]),
    ],
)
def test_periods_are_read_in_figures_and_in_words(text, told):
    assert [str(each) for each in quantities(text)] == told


def test_a_sentence_does_not_end_at_an_abbreviation():
    assert len(list(sentences("Zie art. 28 AVG. Daarna volgt lid 2."))) == 2


# Doubt


def ending_with(words: str, paper: Path = PLANWIJS) -> Paper:
    """A paper with a paragraph more."""
    return read_bytes(f"{paper.read_text('utf-8')}\n\n{words}\n".encode(), paper.name)


def test_what_one_provision_promises_and_another_denies_is_for_a_person():
    found = review(ending_with("Planwijs is nimmer aansprakelijk voor gedragingen van haar subverwerkers."))
    answer = found.answer("art28.4.liab")
    assert (answer.status, answer.reason) == (Status.UNCLEAR, "conflict")
    assert "T23" in {flag.id for flag in found.red_flags}
    assert not found.is_complete
    assert verdict(found) == "negotiate"


def test_a_duty_in_the_recitals_alone_is_for_a_person():
    found = review(
        read_bytes(
            b"# Data Processing Agreement\n\n## Recitals\n\nThe Processor shall keep a record of all categories of "
            b"processing.\n\n## 1 Instructions\n\nThe Processor processes personal data only on instructions.\n",
            "paper.md",
        )
    )
    assert found.answer("art30.2").status is Status.UNCLEAR
    assert found.answer("art28.3.a.instr").status is Status.PRESENT


# Traps

TRIPS = (  # a trap, words that trip it, and words near to them that do not
    ("T05", "Purpose of the processing: to provide the services.", "Purpose of the processing: to pay salaries."),
    (
        "T21",
        "The sub-processor Hostrix Ltd is engaged.",
        "Hostrix Ltd, Dock Road 5, a@hostrix.example, is a sub-processor.",
    ),
    (
        "T22",
        "The Processor shall enter into a written agreement with similar obligations with each sub-processor.",
        "The Processor shall impose the same obligations on each sub-processor by contract.",
    ),
    (
        "T38",
        "Transfers to the United States rest on an adequacy decision.",
        "Transfers to the United States rest on an adequacy decision, the Data Privacy Framework.",
    ),
    (
        "T39",
        "Transfers to a third country rest on the Privacy Shield.",
        "Transfers to a third country rest on the standard contractual clauses.",
    ),
    (
        "T40",
        "For transfers outside the EEA the standard contractual clauses apply.",
        "For transfers outside the EEA the standard contractual clauses, module three, apply.",
    ),
    (
        "T42",
        "This Agreement prevails over the Standard Contractual Clauses.",
        "The Standard Contractual Clauses prevail over this Agreement.",
    ),
    (
        "T44",
        "Personal data are stored in the EU. Support staff in India have access.",
        "Personal data are stored in the EU. Support staff in Ireland have access.",
    ),
    ("T52", "The parties agree.", "The parties agree. Version 3."),
)


@pytest.mark.parametrize(("trap", "trips", "lets_be"), TRIPS)
def test_a_trap_is_seen_in_words_that_trip_it_and_not_in_those_beside_them(trap, trips, lets_be):
    for words, expected in ((trips, True), (lets_be, False)):
        text = (
            "# Data Processing Agreement\n\n## 1 General\n\n"
            "The Processor processes personal data only on the documented instructions of the Controller. "
            "The Processor keeps personal data confidential. The Processor shall notify "
            f"the Controller of a personal data breach.\n\n## 2 Particulars\n\n{words}\n"
        )
        found = review(read_bytes(text.encode(), "paper.md"))
        assert (trap in {flag.id for flag in (*found.red_flags, *found.remarks)}) is expected, words


# Answers


def test_json_is_the_same_every_time_and_has_what_the_reader_of_it_needs():
    told = [json.dumps(as_json(review(read(PLANWIJS), "paper.md"), "nl")) for _ in range(2)]
    assert told[0] == told[1]
    plain_ = json.loads(told[0])
    assert {"document", "language", "is_agreement", "requirements", "red_flags", "core_score"} <= set(plain_)
    assert {"id", "status", "evidence", "values"} <= set(plain_["requirements"][0])
    hours = next(row for row in plain_["requirements"] if row["id"] == "breach.hours")
    assert hours["values"]["hours"] == 36
    assert hours["evidence"][0]["text"].startswith("Planwijs meldt een datalek")


def test_the_terminal_is_no_wider_than_eighty_columns():
    for name, _, file, _ in review_score.papers(review_score.OWN):
        for language in LANGUAGES:
            assert max(map(len, lines(review(read(file), name), language))) <= WIDTH, name


def test_the_report_of_a_bad_paper_gives_the_verdict_and_wording_to_propose():
    bad = review(read(ROOT / "tests" / "papers" / "en-hostile.txt"), "vendor.txt")
    content = report(bad, "en")
    assert content == report(bad, "en")
    text = "".join(etree.fromstring(zipfile.ZipFile(BytesIO(content)).read("word/document.xml")).itertext())
    assert "Proposed wording" in text
    assert "machine learning models" in text
    assert verdict(bad) == "own"


def test_the_answer_does_not_depend_on_the_order_in_which_python_keeps_sets():
    command = [sys.executable, "-c", "from dpa_gen.cli import run; run()", "review", str(PLANWIJS), "--json"]
    told = {
        subprocess.run(command, capture_output=True, check=False, env={**os.environ, "PYTHONHASHSEED": seed}).stdout
        for seed in ("1", "2", "3")
    }
    assert len(told) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_wording_to_propose_can_be_sent_to_a_vendor_without_names_of_fields_or_clauses(language):
    told = [mend for name in requirements() if (mend := proposal(name, language))]
    assert len(told) > 40
    assert [str(mend) for mend in told if re.search(r"\[[a-z_]+\.[a-z_.]+\]|→", str(mend))] == []


def test_of_a_table_of_facts_only_the_row_that_meets_a_requirement_is_proposed():
    assert proposal("art28.3.nature", "en").items == ("Nature of the processing: […]",)


def test_comments_are_put_beside_the_words_and_the_words_stay(tmp_path):
    content = made(NOTHING_OPEN[1], "en", "balanced").content
    with zipfile.ZipFile(BytesIO(content)) as package:
        before = {name: package.read(name) for name in package.namelist()}
    body = before["word/document.xml"].replace(b"without undue delay to the contact", b"in due course to the contact")
    paper = tmp_path / "paper.docx"
    with zipfile.ZipFile(paper, "w") as package:
        for name, data in before.items():
            package.writestr(name, body if name == "word/document.xml" else data)
    found = review(read(paper))
    copy = tmp_path / "copy.docx"
    copy.write_bytes(annotated(paper, found, "en"))
    with zipfile.ZipFile(copy) as package:
        comments = etree.fromstring(package.read("word/comments.xml"))
        document = etree.fromstring(package.read("word/document.xml"))
    assert len(comments) >= 1
    assert len(list(document.iter(f"{W}commentReference"))) == len(comments)
    assert [p.text for p in read(copy).paragraphs] == [p.text for p in read(paper).paragraphs]


def test_the_command_ends_with_one_for_a_paper_with_gaps_and_two_for_one_that_cannot_be_read(tmp_path):
    empty = tmp_path / "empty.docx"
    empty.write_bytes(b"")
    for file, code in ((PLANWIJS, 0), (ROOT / "tests" / "papers" / "en-hostile.txt", 1), (empty, 2)):
        command = [sys.executable, "-c", "from dpa_gen.cli import run; run()", "review", str(file), "--json"]
        assert subprocess.run(command, capture_output=True, check=False).returncode == code


def test_values_are_held_against_the_description_of_the_house(tmp_path):
    command = [sys.executable, "-c", "from dpa_gen.cli import run; run()", "review", str(PLANWIJS), "--json"]
    command += ["--against", str(SAMPLES / NOTHING_OPEN[0])]
    done = subprocess.run(command, capture_output=True, check=False, text=True, encoding="utf-8")
    paths = {row["path"] for row in json.loads(done.stdout)[0]["against"]}
    assert "breach.notify_within_hours" in paths
    assert "liability.cap" in paths


def test_what_is_to_be_negotiated_goes_into_the_to_do_list(tmp_path):
    folder = small(tmp_path)
    program = [sys.executable, "-c", "from dpa_gen.cli import run; run()"]
    paper, description = ROOT / "tests" / "papers" / "en-hostile.txt", next((folder / "processors").glob("*.yaml"))
    before = description.read_text("utf-8")
    command = [*program, "review", str(paper), "--against", str(description), "--note", "--language", "nl"]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 1
    assert description.read_text("utf-8").startswith(before)
    task = next(task for task in tasks(folder) if task.kind == "negotiate")
    assert "eigen doeleinden" in task.what


def test_every_paper_of_ours_has_a_truth():
    truth = yaml.safe_load((ROOT / "tests" / "papers" / "truth.yaml").read_text("utf-8"))
    named = {row["file"] for row in truth["documents"].values()}
    there = {path.name for path in (ROOT / "tests" / "papers").iterdir()} - {"truth.yaml", "quotes.yaml"}
    assert named == there
    assert sum(bool(row.get("held_back")) for row in truth["documents"].values()) >= 6


def test_quotes_are_of_papers_that_are_not_held_back_and_of_what_these_hold():
    truth = yaml.safe_load((ROOT / "tests" / "papers" / "truth.yaml").read_text("utf-8"))["documents"]
    quotes = yaml.safe_load((ROOT / "tests" / "papers" / "quotes.yaml").read_text("utf-8"))
    assert [name for name in quotes if truth[name].get("held_back")] == []
    cells = [(name, element, truth[name]["elements"][element]) for name, row in quotes.items() for element in row]
    told = [(name, element, cell if isinstance(cell, str) else cell["v"]) for name, element, cell in cells]
    assert [each for each in told if each[2] == "absent"] == []
