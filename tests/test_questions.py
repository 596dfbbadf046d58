"""The five questions before a processor is engaged, and the practice's own check."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from workspace_of import COMPLETE, PRACTICE, plain, small

from dpa_gen.commands.questions import assess, avg_check
from dpa_gen.questions import Reply, before_engaging, of_practice, parts, verdict

EVERY = (*before_engaging(), *of_practice())
GOOD = {question.id: Reply("yes") for question in before_engaging()}
TODAY = ("--today", "2026-11-23")


def run(command, *arguments, said=None):
    return CliRunner().invoke(command, [*map(str, arguments), *TODAY], input=said)


def test_there_are_five_questions_before_engaging_and_some_twenty_five_of_the_practice():
    assert len(before_engaging()) == 5
    assert 23 <= len(of_practice()) <= 27


@pytest.mark.parametrize("question", EVERY, ids=lambda question: question.id)
def test_every_question_has_its_article_one_sentence_of_explanation_and_a_task_in_both_languages(question):
    for texts in (question.ask, question.because, question.source, question.todo):
        assert set(texts) == {"nl", "en"}
    assert all(text.endswith("?") for text in question.ask.values())
    assert all(text.endswith(".") and ". " not in text for text in question.because.values())
    assert "artikel" in question.source["nl"]
    assert "Article" in question.source["en"]


def test_every_question_of_the_practice_stands_in_a_part_that_has_a_title():
    assert {question.part for question in of_practice()} == set(parts())


@pytest.mark.parametrize(
    ("changed", "sensitive", "expected"),
    [
        ({}, False, "use"),
        ({"assistance": Reply("not-applicable")}, False, "use"),
        ({"retention": Reply("no")}, False, "mend"),
        ({"retention": Reply("unknown")}, False, "mend"),
        ({"protection": Reply("partly")}, True, "mend"),
        ({"destination": Reply("no")}, False, "mend"),
        ({"destination": Reply("no")}, True, "own-hands"),
        ({"agreement": Reply("no")}, False, "own-hands"),
        ({"retention": Reply("no"), "protection": Reply("no"), "destination": Reply("no")}, False, "own-hands"),
    ],
)
def test_the_verdict_follows_from_the_answers(changed, sensitive, expected):
    assert verdict({**GOOD, **changed}, sensitive).outcome == expected


def test_what_the_description_shows_is_not_asked(tmp_path):
    path = small(tmp_path) / "processors" / "dienst.yaml"
    result = run(assess, path, "--ask", said="ja\nja\n")
    assert "Is duidelijk hoelang" in result.stdout
    assert "Is duidelijk hoelang" not in result.stderr
    assert (result.exit_code, "u kunt Voorbeelddienst gebruiken" in result.stdout) == (0, True)


def test_answers_are_kept_in_the_file_of_the_processor_and_not_asked_again(tmp_path):
    path = small(tmp_path) / "processors" / "dienst.yaml"
    run(assess, path, "--ask", said="wat\nja\nnee\n")
    assert plain(path)["assessment"] == {"date": "2026-11-23", "assistance": "yes", "agreement": "no"}
    assert path.read_text("utf-8").startswith(COMPLETE)
    result = run(assess, path, "--ask", said="")
    assert (result.exit_code, "in eigen hand" in result.stdout) == (1, True)


def test_what_was_answered_before_breaking_off_is_kept(tmp_path):
    path = small(tmp_path) / "processors" / "dienst.yaml"
    assert run(assess, path, "--ask", said="ja\n").exit_code == 1
    assert plain(path)["assessment"] == {"date": "2026-11-23", "assistance": "yes"}


def test_without_a_terminal_what_is_not_known_stays_unknown_and_the_file_is_left_alone(tmp_path):
    path = small(tmp_path) / "processors" / "dienst.yaml"
    result = run(assess, path, "--no-ask", "--json")
    told = json.loads(result.stdout)
    assert told["verdict"] == "mend"
    assert [point["id"] for point in told["points"]] == ["assistance", "agreement"]
    assert path.read_text("utf-8") == COMPLETE


def test_a_measure_without_its_parameter_is_only_a_part_of_the_answer(tmp_path):
    description = COMPLETE.replace("{term: multi-factor, detail: voor iedereen}", "multi-factor")
    path = small(tmp_path, "", description) / "processors" / "dienst.yaml"
    assert json.loads(run(assess, path, "--no-ask", "--json").stdout)["answers"]["protection"]["answer"] == "partly"


def test_a_transfer_without_a_basis_is_a_no(tmp_path):
    description = COMPLETE.replace("[{country: NL, place: Amsterdam}]", '[{country: US, transfer: "?"}]')
    path = small(tmp_path, "", description) / "processors" / "dienst.yaml"
    assert json.loads(run(assess, path, "--no-ask", "--json").stdout)["answers"]["destination"]["answer"] == "no"


def test_the_own_check_asks_only_what_the_folder_does_not_show(tmp_path):
    result = run(avg_check, small(tmp_path), "--ask", said="ja\n" * 30)
    assert "Weet u van elke verwerking de grondslag" not in result.stderr
    assert "Heeft iedereen een eigen account" in result.stderr


def test_the_own_check_can_be_broken_off_and_taken_up_again(tmp_path):
    folder = small(tmp_path)
    run(avg_check, folder, "--ask", said="ja\nnee\n")
    first = plain(folder / "avg-check.yaml")
    assert list(first.values()) == ["yes", "no"]
    run(avg_check, folder, "--ask", said="deels\n")
    assert list(plain(folder / "avg-check.yaml").values()) == ["yes", "no", "partly"]


def test_the_own_check_ends_in_a_list_with_a_part_on_the_register(tmp_path):
    folder = small(tmp_path)
    (folder / "avg-check.yaml").write_text("register-own: no\nbreach-log: nee\n", "utf-8")
    result = run(avg_check, folder, "--no-ask")
    first, last = result.stdout.split("Voor het register")
    assert "Begin een lijst met datum" in first
    assert "Beschrijf de verwerkingen zonder verwerker" in last
    assert result.exit_code == 0


def test_answers_can_come_from_another_file(tmp_path):
    answers = tmp_path / "antwoorden.yaml"
    answers.write_text("breach-log: no\n", "utf-8")
    told = json.loads(run(avg_check, PRACTICE, "--answers", answers, "--no-ask", "--json").stdout)
    assert told["answers"]["breach-log"]["answer"] == "no"
    assert [task["what"] for task in told["tasks"] if task["kind"] == "avg"] == [
        "Begin een lijst met datum, wat er gebeurde, gevolgen en maatregelen."
    ]


def test_a_wrong_answer_and_an_unknown_question_are_told_together(tmp_path):
    answers = tmp_path / "antwoorden.yaml"
    answers.write_text("breach-log: misschien\nzomaar: ja\n", "utf-8")
    trouble = str(run(avg_check, PRACTICE, "--answers", answers, "--no-ask").exception)
    assert "antwoorden.yaml:1" in trouble
    assert "antwoorden.yaml:2" in trouble


def test_an_empty_folder_can_be_checked_before_there_is_anything_in_it(tmp_path):
    result = run(avg_check, tmp_path, "--no-ask", "--language", "en")
    assert "Do you have a record of your processing activities?" in result.stdout


def test_the_answers_of_the_own_check_are_in_the_to_do_list(tmp_path):
    from dpa_gen.commands.register import todo

    folder = small(tmp_path)
    (folder / "avg-check.yaml").write_text("backup: no\n", "utf-8")
    assert "Richt een back-up in" in run(todo, folder).stdout
