"""The to-do list: who has to do what by when, why, and on which authority."""

from __future__ import annotations

from datetime import date, timedelta
from string import Formatter

import pytest
from workspace_of import COMPLETE, PRACTICE, TODAY, TODO, copied, read, small, tasks, todo_text

from dpa_gen import law
from dpa_gen.sheets.calendar import calendar
from dpa_gen.tasks.lists import events
from dpa_gen.tasks.task import kinds

DAY = timedelta(days=1)


def kinds_of(folder, today=TODAY, within=90):
    return [task.kind for task in tasks(folder, today, within) if task.kind != "own-processing"]


def test_the_list_of_the_practice_is_right_line_by_line():
    """After a change that is meant: `python tests/workspace_of.py`, and read the difference as a coach would."""
    assert todo_text().splitlines() == TODO.read_text(encoding="utf-8").splitlines()


def test_a_complete_description_without_agreement_asks_for_the_agreement_alone(tmp_path):
    assert kinds_of(small(tmp_path)) == ["missing"]


@pytest.mark.parametrize(
    ("more", "today", "expected"),
    [
        ("agreement: {state: sent, sent: 2026-11-20}", TODAY, ["sent"]),
        ("agreement: {sent: 2026-11-20}", TODAY, ["sent"]),
        ("agreement: {state: drafted, drafted: 2026-11-20}", TODAY, ["drafted"]),
        ("agreement: {state: signed, signed: 2026-11-20}", TODAY, ["file"]),
        ("agreement: {state: signed, signed: 2026-11-20, file: dienst.yaml}", TODAY, []),
        ("agreement: {state: signed, signed: 2026-01-20, file: dienst.yaml}", TODAY, ["yearly"]),
        ("agreement: {state: signed, signed: 2024-11-24, file: dienst.yaml}", TODAY, ["yearly", "review"]),
        ("agreement: {state: signed, signed: 2026-11-20, file: dienst.yaml, review_by: 2026-12-01}", TODAY, ["review"]),
        ("agreement: {state: ended, ended: 2026-11-20}", TODAY, ["ended"]),
        ("agreement: {state: ended, ended: 2026-11-20}\nsupervision: {checked: 2026-11-22}", TODAY, []),
        ("agreement: {state: none}", TODAY, ["missing"]),
    ],
)
def test_the_state_of_the_agreement_decides_what_comes_next(tmp_path, more, today, expected):
    assert kinds_of(small(tmp_path, more), today) == expected


def test_a_signed_agreement_that_ran_until_yesterday_must_be_renewed_first(tmp_path):
    description = COMPLETE.replace("  nature:", "  duration: {until: 2026-11-22}\n  nature:")
    folder = small(tmp_path, "agreement: {state: signed, signed: 2026-11-20}", description)
    found = [task for task in tasks(folder) if task.kind == "expired"]
    assert [task.severity.value for task in found] == ["red"]
    assert "22\u00a0november\u00a02026" in found[0].what


def test_an_agreement_that_ends_soon_is_told_with_its_last_day(tmp_path):
    description = COMPLETE.replace("  nature:", "  duration: {until: 2026-12-31}\n  nature:")
    folder = small(tmp_path, "agreement: {state: signed, signed: 2026-11-20, file: dienst.yaml}", description)
    assert next((task.kind, task.by) for task in tasks(folder)) == ("expires", date(2026, 12, 31))


def test_an_objection_period_that_runs_gives_its_last_day_and_who_is_new(tmp_path):
    change = "supervision: {changes: [{name: Wolkopslag Ltd, task: opslag, country: IN, announced: 2026-11-10}]}"
    (found,) = [task for task in tasks(small(tmp_path, change)) if task.kind == "change"]
    assert found.by == date(2026, 11, 10) + 30 * DAY
    assert "Wolkopslag Ltd" in found.what
    assert "India" in found.what


def test_an_objection_that_was_decided_is_off_the_list(tmp_path):
    change = "supervision: {changes: [{name: Wolkopslag Ltd, announced: 2026-11-10, decision: accepted}]}"
    assert "change" not in kinds_of(small(tmp_path, change))


def test_under_specific_authorisation_silence_is_no_consent_and_the_task_says_so(tmp_path):
    description = COMPLETE.replace(
        "subprocessors: {list: none}", "subprocessors: {authorisation: specific, list: none}"
    )
    change = "supervision: {changes: [{name: Wolkopslag Ltd, announced: 2026-11-10}]}"
    assert "change-specific" in kinds_of(small(tmp_path, change, description))


def test_a_certificate_that_expires_is_asked_for_by_its_last_day(tmp_path):
    certificate = "  certifications: {name: ISO 27001, valid_until: 2027-01-31}\nsubprocessors:"
    folder = small(tmp_path, "", COMPLETE.replace("subprocessors:", certificate))
    (found,) = [task for task in tasks(folder) if task.kind == "certificate"]
    assert (found.by, "ISO 27001" in found.what) == (date(2027, 1, 31), True)


def test_a_transfer_whose_decision_ends_is_on_the_list_by_that_day(tmp_path):
    places = "  locations: [{country: GB, transfer: adequacy}]"
    folder = small(tmp_path, "", COMPLETE.replace("  locations: [{country: NL, place: Amsterdam}]", places))
    until = law.adequacy("GB").until
    assert [task.by for task in tasks(folder, until - 30 * DAY) if task.kind == "decision-ends"] == [until]
    assert "decision-ends" not in kinds_of(folder)


def test_sensitive_data_ask_to_consider_an_impact_assessment_until_it_is_noted(tmp_path):
    description = COMPLETE.replace("[name, email-address]", "[name, {term: health, detail: verzuim, basis: artikel 9}]")
    assert "dpia" in kinds_of(small(tmp_path / "a", "", description))
    noted = description.replace("record: {", "record: {impact_assessment: {outcome: not-needed}, ")
    assert "dpia" not in kinds_of(small(tmp_path / "b", "", noted))


def test_what_the_other_party_must_tell_is_one_question(tmp_path):
    description = COMPLETE.replace("  remote_access: none", '  remote_access: "?"').replace("list: none", 'list: "?"')
    (found,) = [task for task in tasks(small(tmp_path, "", description)) if task.kind == "ask"]
    assert "landen van waaruit toegang op afstand mogelijk is; subverwerkers" in found.what
    assert found.who == "Jo Vos"


def test_what_the_owner_leaves_open_is_asked_once_for_all_descriptions(tmp_path):
    folder = copied(tmp_path)
    shared = folder / "dpa-gen.yaml"
    shared.write_text(
        shared.read_text("utf-8").replace('registration: {kvk: "12345678"}', 'registration: "?"'), "utf-8"
    )
    assert len([task for task in tasks(folder) if task.kind == "fill"]) == 1


def test_a_file_that_cannot_be_read_is_a_task_and_stops_no_other(tmp_path):
    folder = small(tmp_path)
    (folder / "processors" / "kapot.yaml").write_text("processor: {name: [\n", encoding="utf-8")
    assert kinds_of(folder) == ["unreadable", "missing"]


def test_a_processor_judged_unfit_is_a_red_task(tmp_path):
    (found,) = [t for t in tasks(small(tmp_path, "assessment: {agreement: no}")) if t.kind == "unsuitable"]
    assert found.severity.value == "red"


def test_the_most_urgent_comes_first_and_the_gravest_of_a_day_before_the_others():
    order = {"red": 0, "amber": 1, "info": 2}
    found = [(task.by, order[task.severity.value]) for task in tasks(PRACTICE)]
    assert found == sorted(found)


def test_no_finding_is_told_beside_the_question_that_asks_for_the_same_fact():
    assert not [task for task in tasks(PRACTICE) if task.kind == "finding" and "om de lijst" in task.what]


def test_every_task_has_who_what_why_source_and_a_name_of_its_own():
    found = tasks(PRACTICE)
    assert all(task.who and task.what and task.why and task.source for task in found)
    assert len({task.id for task in found}) == len(found)


def test_the_names_of_tasks_are_the_same_on_another_day():
    same = {task.id for task in tasks(PRACTICE)} & {task.id for task in tasks(PRACTICE, TODAY + DAY)}
    assert same == {task.id for task in tasks(PRACTICE)}


@pytest.mark.parametrize("name", [name for name in kinds() if name != "finding"])
def test_every_kind_of_task_has_its_sentences_in_both_languages_with_the_same_blanks(name):
    kind = kinds()[name]
    for texts in (kind.what, kind.why, kind.source):
        assert set(texts) == {"nl", "en"}
        assert blanks(texts["nl"]) == blanks(texts["en"])


def blanks(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_a_workspace_of_a_vendor_is_seen_from_the_side_of_the_processor(tmp_path):
    (tmp_path / "klanten").mkdir()
    party, rest = COMPLETE.split("service:")
    (tmp_path / "dpa-gen.yaml").write_text(party, encoding="utf-8")
    customer = "controller: {name: Klant B.V., country: NL}\nservice:" + rest
    (tmp_path / "klanten" / "klant.yaml").write_text(customer, encoding="utf-8")
    found = read(tmp_path)
    assert found.side == "processor"
    asked = [task for task in tasks(tmp_path) if task.kind in ("ask", "ask-last")]
    assert asked[0].what.startswith("Vraag Klant B.V.")
    assert asked[0].who == "Privacy"


def test_the_calendar_holds_a_whole_day_for_each_task_in_lines_that_are_not_too_long():
    made = calendar(events(tasks(PRACTICE)), TODAY, "Te doen")
    lines = made.split(b"\r\n")
    assert made.count(b"BEGIN:VEVENT") == len(tasks(PRACTICE))
    assert max(map(len, lines)) <= 75
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert b"DTSTART;VALUE=DATE:20261130" in made
    assert made.decode().replace("\r\n ", "").count("Pluform naar: naam\\; inschrijvingsnummer") == 1


def test_the_calendar_is_the_same_every_time():
    first, second = (calendar(events(tasks(PRACTICE)), TODAY, "Te doen") for _ in range(2))
    assert first == second


def test_what_is_overdue_stands_in_the_calendar_on_the_day_of_the_list(tmp_path):
    folder = small(tmp_path, "agreement: {state: sent, sent: 2026-01-01}")
    made = calendar(events(tasks(folder)), TODAY, "Te doen")
    assert b"DTSTART;VALUE=DATE:20261123" in made
