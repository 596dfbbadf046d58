"""Description files, the shared file under them, and every problem with its place and its mend."""

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dpa_gen import intake
from dpa_gen.errors import DpaError, Place, Problem, raise_any, visible
from dpa_gen.generate import Wishes, prepare
from dpa_gen.intake import laid_over, nested
from dpa_gen.library import defaults_for, shipped
from dpa_gen.source import Source, read
from dpa_gen.values import OPEN

BROKEN = Path(__file__).parent / "broken"
TABLE = yaml.load((BROKEN / "table.yaml").read_text("utf-8"), yaml.BaseLoader)
BASE = (BROKEN / "dpa-gen.yaml").read_text("utf-8")


def problems(path, **wishes):
    with pytest.raises(DpaError) as caught:
        prepare(path, Wishes(**wishes))
    return caught.value.problems


def described(tmp_path, text, base=BASE):
    """The description of a text laid over the right one."""
    (tmp_path / "dpa-gen.yaml").write_text(base, "utf-8")
    (tmp_path / "x.yaml").write_text(text, "utf-8")
    return prepare(tmp_path / "x.yaml", Wishes()).description


def test_each_broken_file_has_its_row_in_the_table():
    files = {path.stem for path in BROKEN.glob("*.yaml")} - {"table", "dpa-gen"}
    assert files == set(TABLE)


def test_what_the_broken_files_are_laid_over_is_right(tmp_path):
    assert described(tmp_path, "reference: A-1\n").controller.name == "Praktijk De Linde"


@pytest.mark.parametrize("name", TABLE)
def test_a_broken_file_is_refused_with_every_place_fault_and_mend(name):
    found = problems(BROKEN / f"{name}.yaml")
    assert len(found) == len(TABLE[name])
    for problem, (place, what, mend) in zip(found, TABLE[name], strict=True):
        where = f"{problem.place.line}:{problem.place.column}" if problem.place.line else "-"
        assert (where, problem.sentence) == (place, what)
        assert mend
        assert mend in problem.mend
        assert problem.place.file == str(BROKEN / f"{name}.yaml")


@pytest.mark.parametrize("name", TABLE)
def test_a_message_fits_a_screen_and_holds_no_python_and_no_control_character(name):
    text = "\n".join(map(str, problems(BROKEN / f"{name}.yaml"))).replace(str(BROKEN), "")
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", text)
    assert not re.search(r"Traceback|Error|dict|None|NoneType|<class|pydantic|\[\]|\['|tuple|str\b", text)
    assert max(map(len, text.splitlines())) < 400


@pytest.mark.parametrize("written", ["position: balanced", "\ufeffposition: balanced", "position: balanced\r\n"])
def test_how_a_file_was_saved_does_not_matter(tmp_path, written):
    (tmp_path / "dpa-gen.yaml").write_bytes(BASE.replace("\n", "\r\n").encode("utf-8-sig"))
    (tmp_path / "x.yaml").write_bytes(written.encode())
    assert prepare(tmp_path / "x.yaml", Wishes()).description.controller.registration.kvk == "01234567"


def test_facts_that_yaml_likes_to_change_arrive_as_they_were_written(tmp_path):
    read = described(
        tmp_path,
        "version: 1.10\nprocessor: {name: 1e3, country: NO, registration: {kvk: 01234567}}\n"
        "breach: {contact: {name: on, phone: 0612345678}}\nservice: {name: 12:30}\neffective: 2026-12-01\n"
        "transfers: {clauses: {docking: nee, importer_subject_to_gdpr: ja}}\n",
    )
    assert (read.version, read.processor.name, read.processor.country_) == ("1.10", "1e3", "NO")
    assert (read.processor.registration.kvk, read.breach.contact.phone) == ("01234567", "0612345678")
    assert (read.service.name.nl, read.effective.isoformat()) == ("12:30", "2026-12-01")
    assert (read.transfers.clauses.docking, read.transfers.clauses.importer_subject_to_gdpr) == (False, True)


@pytest.mark.parametrize(
    "fact", ['Jansen & Zn. <VOF> "De Hoek"', "Ærø — ½ naïve 日本語 😀", "{{ x }} {% y %}", "z" * 3000]
)
def test_a_difficult_fact_arrives_as_it_was_written(tmp_path, fact):
    read = described(tmp_path, yaml.safe_dump({"processor": {"name": fact}}, allow_unicode=True))
    assert read.processor.name == fact


@pytest.mark.parametrize(
    "path",
    "effective processing_starts controller.name controller.registration controller.address controller.contact "
    "controller.dpo controller.representative processor.address.street processor.address.city processor.contact.email "
    "processor.contact.phone service.main_agreement processing.subject processing.purpose processing.nature "
    "processing.data_subjects processing.personal_data processing.duration processing.retention processing.locations "
    "processing.remote_access security.measures subprocessors.list transfers.to_processor transfers.clauses.authority "
    "transfers.clauses.assessment breach.contact breach.processor_contact liability.cap law.forum".split(),
)
def test_a_question_mark_leaves_a_fact_open(tmp_path, path):
    value = described(tmp_path, yaml.safe_dump(nested({path: "?"})).replace("'?'", "?"))
    for step in path.split("."):
        value = getattr(value, {"list": "list_"}.get(step, step))
    assert value == OPEN


def test_a_question_mark_for_the_one_who_signs_leaves_name_and_role_open(tmp_path):
    (signatory,) = described(tmp_path, "processor: {signatory: ?}\n").processor.signatory
    assert (signatory.name, signatory.role) == (OPEN, OPEN)


def test_the_shared_file_is_found_by_walking_up(tmp_path):
    deep = tmp_path / "a" / "b" / "c"
    deep.mkdir(parents=True)
    (tmp_path / "dpa-gen.yaml").write_text(BASE, "utf-8")
    (deep / "x.yaml").write_text("reference: A-1\n", "utf-8")
    assert prepare(deep / "x.yaml", Wishes()).description.controller.name == "Praktijk De Linde"


def test_the_nearest_shared_file_is_the_only_one_that_counts(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "dpa-gen.yaml").write_text("reference: van boven\n", "utf-8")
    (tmp_path / "a" / "dpa-gen.yaml").write_text(BASE, "utf-8")
    (tmp_path / "a" / "x.yaml").write_text("version: 2\n", "utf-8")
    assert prepare(tmp_path / "a" / "x.yaml", Wishes()).description.reference is None


def test_the_shared_file_may_be_described_itself(tmp_path):
    (tmp_path / "dpa-gen.yaml").write_text(BASE, "utf-8")
    layers = intake.read(tmp_path / "dpa-gen.yaml")
    assert len(layers.sources) == 1


def test_a_description_without_a_shared_file_stands_alone(tmp_path):
    (tmp_path / "alleen.yaml").write_text(BASE, "utf-8")
    assert prepare(tmp_path / "alleen.yaml", Wishes()).description.controller.name == "Praktijk De Linde"


def test_the_shared_file_is_named_as_seen_from_where_one_stands(tmp_path, monkeypatch):
    (tmp_path / "processors").mkdir()
    (tmp_path / "dpa-gen.yaml").write_text("language: fr\n", "utf-8")
    (tmp_path / "processors" / "x.yaml").write_text(BASE.replace("language: nl\n", ""), "utf-8")
    for folder, path, seen in [
        (tmp_path, "processors/x.yaml", "dpa-gen.yaml"),
        (tmp_path / "processors", "x.yaml", "../dpa-gen.yaml"),
        (tmp_path / "processors", "../processors/x.yaml", "../processors/../dpa-gen.yaml"),
    ]:
        monkeypatch.chdir(folder)
        (problem,) = problems(Path(path))
        assert Path(problem.place.file).resolve() == tmp_path / "dpa-gen.yaml", seen
        assert not Path(problem.place.file).is_absolute()


def test_own_facts_win_from_shared_ones_key_by_key(tmp_path):
    read = described(tmp_path, "controller: {address: {city: Zeist}}\nprocessing: {nature: [send]}\n")
    assert (read.controller.address.city, read.controller.address.street) == ("Zeist", "Lindelaan 12")
    assert len(read.processing.nature) == 1


def test_words_in_a_language_are_replaced_whole():
    lower = {"purpose": {"nl": "oud", "en": "old"}, "more": {"nl": "x", "other": "y"}}
    assert laid_over({"purpose": {"nl": "nieuw"}}, lower)["purpose"] == {"nl": "nieuw"}
    assert laid_over({"more": {"en": "z"}}, lower)["more"] == {"nl": "x", "other": "y", "en": "z"}


KEY = st.sampled_from("abcd")
PART = st.recursive(st.text("ab", max_size=2), lambda inner: st.dictionaries(KEY, inner), max_leaves=6)
GROUP = st.dictionaries(KEY, PART)


@given(GROUP)
def test_laid_over_nothing_or_under_nothing_is_unchanged(group):
    assert laid_over(group, {}) == group
    assert laid_over({}, group) == group
    assert laid_over(group, group) == group


@given(GROUP, GROUP, GROUP)
def test_three_layers_may_be_laid_in_either_order(top, middle, bottom):
    """Associative, except where a text in the middle parts two groups."""
    if not any(parts(top, middle, bottom)):
        assert laid_over(laid_over(top, middle), bottom) == laid_over(top, laid_over(middle, bottom))


def parts(top, middle, bottom):
    for key in set(top) & set(middle) & set(bottom):
        three = (top[key], middle[key], bottom[key])
        if all(isinstance(value, dict) for value in three):
            yield from parts(*three)
        elif isinstance(three[0], dict) and isinstance(three[2], dict):
            yield key


@given(GROUP, GROUP)
def test_laying_over_changes_neither_layer_and_keeps_every_key(upper, lower):
    before = repr(upper), repr(lower)
    merged = laid_over(upper, lower)
    assert (repr(upper), repr(lower)) == before
    assert set(merged) == set(upper) | set(lower)


def test_problems_of_both_files_are_told_at_once(tmp_path):
    (tmp_path / "dpa-gen.yaml").write_text(BASE.replace("country: NL", "country: ZZ", 1) + "law: {gov: NL}\n", "utf-8")
    (tmp_path / "x.yaml").write_text("effective: 2026-02-30\nversion: 1\nversion: 2\n", "utf-8")
    found = [(Path(problem.place.file).name, problem.place.line) for problem in problems(tmp_path / "x.yaml")]
    assert sorted(found) == [("dpa-gen.yaml", 6), ("dpa-gen.yaml", 24), ("x.yaml", 1), ("x.yaml", 3)]


def test_files_that_cannot_be_read_at_all_are_told_together(tmp_path):
    (tmp_path / "dpa-gen.yaml").write_text("a: [\n", "utf-8")
    (tmp_path / "x.yaml").write_text("b: {\n", "utf-8")
    assert {Path(problem.place.file).name for problem in problems(tmp_path / "x.yaml")} == {"dpa-gen.yaml", "x.yaml"}


def test_a_problem_stands_at_the_file_that_says_it(tmp_path):
    (tmp_path / "dpa-gen.yaml").write_text(BASE, "utf-8")
    (tmp_path / "x.yaml").write_text("controller:\n  address: {country: UK}\n", "utf-8")
    (problem,) = problems(tmp_path / "x.yaml")
    assert (Path(problem.place.file).name, problem.place.line, problem.place.column) == ("x.yaml", 2, 22)


def test_a_language_asked_on_the_command_line_must_have_its_words(tmp_path):
    subject = "verzending van de nieuwsbrief"
    (tmp_path / "x.yaml").write_text(BASE.replace(subject, f"{{nl: {subject}}}"), "utf-8")
    (problem,) = problems(tmp_path / "x.yaml", languages=("en",))
    assert problem.what == "processing.subject has no English text"


def test_paths_with_dots_become_groups():
    assert nested({"a.b.c": 1, "a.d": 2, "e": 3}) == {"a": {"b": {"c": 1}, "d": 2}, "e": 3}


def test_problems_come_once_and_in_the_order_of_the_lines():
    first, second = Problem("b", "x", Place("f", 2, 1)), Problem("a", "x", Place("f", 10, 1))
    with pytest.raises(DpaError) as caught:
        raise_any([second, first, second])
    assert caught.value.problems == (first, second)


def test_a_problem_reads_as_file_line_column_fault_and_mend():
    assert str(Problem("this is wrong", "Do so.", Place("f.yaml", 2, 3))) == "f.yaml:2:3: this is wrong.\n    Do so."
    assert str(Problem("this is wrong.")) == "this is wrong."


def test_what_steers_a_terminal_is_written_out():
    assert visible("a\x1b[2Jb\u202e\udcff") == "a\\u001b[2Jb\\u202e\\udcff"
    assert str(Place("\x1b.yaml", 1, 1)) == "\\u001b.yaml:1:1"
    assert visible("é — \xa0") == "é — \xa0"


WHOLE = read(BROKEN.parent.parent / "samples" / "volledig" / "overeenkomst.yaml")
DEFAULTS = nested(defaults_for(shipped(), "balanced", {}))


def places(value, path=()):
    """Each path into a plain value; of a list, that of its first entry."""
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value[:1]) if isinstance(value, list) else ()
    for step, part in inner:
        yield from places(part, (*path, step))


def with_odd(value, path, odd):
    """The value with something odd at a path."""
    if not path:
        return odd
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = with_odd(value[path[0]], path[1:], odd)
    return copy


def told(value):
    """What is said of a plain value that stands for a whole description."""
    layers = intake.Layers((Source("x.yaml", WHOLE.text, value),), laid_over(value, DEFAULTS))
    try:
        intake.describe(layers)
    except DpaError as trouble:
        return trouble.problems
    return ()


@pytest.mark.parametrize(
    "odd", ["?", "", "none", "a\x07b", [], {}, ["?"], [["a"]], {"a": "b"}, {"nl": "?"}], ids=lambda odd: ascii(odd)
)
def test_whatever_stands_anywhere_it_is_read_or_refused_with_its_place_and_a_mend(odd):
    for path in list(places(WHOLE.value))[1:]:
        value = with_odd(WHOLE.value, path, odd)
        for problem in told(value):
            assert problem.mend, path
            assert problem.place.line, path
            assert "Input should" not in problem.what, path
