"""The small values: what each kind of fact accepts, what it refuses, and that nothing is changed on the way."""

import pickle
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from dpa_gen import texts
from dpa_gen.countrycodes import COUNTRY_CODES
from dpa_gen.texts import Plain, complaints
from dpa_gen.values import (
    OPEN,
    Country,
    Day,
    Fact,
    Hours,
    Open,
    Period,
    Switch,
    Terms,
    Unit,
    Whole,
    Words,
    WordsList,
)


def read(kind, value):
    return TypeAdapter(kind).validate_python(value)


def refusal(kind, value):
    with pytest.raises(ValidationError) as caught:
        read(kind, value)
    return next(complaints(caught.value))


PRINTABLE = st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff")).filter(
    lambda text: text.strip() and text.strip() != "?"
)


@given(PRINTABLE)
def test_a_text_keeps_every_character_but_the_spaces_around_it(text):
    assert read(Plain, text) == text.strip()


ODD = st.text(st.sampled_from("?? \t\n\r\x00\x0b\x1c\x1f\x7f\x85\xa0\u2003\u2028\u3000\u200b\ufeff\ufffe\ud83dax"))


@given(st.one_of(st.text(st.characters()), ODD, st.none(), st.integers(), st.lists(st.text(), max_size=1)))
def test_the_core_of_the_model_takes_the_texts_that_our_own_rules_take_and_gives_their_reasons(value):
    wanted, why = None, None
    try:
        wanted = texts.text_of(value)
    except PydanticCustomError as refused:
        why = {"type": refused.type, "msg": refused.message(), "ctx": refused.context}
    if why is None:
        assert read(Plain, value) == wanted
    else:
        assert refusal(Plain, value).items() >= why.items()


@pytest.mark.parametrize(
    "text",
    ['Jansen & Zn. <VOF> "De Hoek"', "Ærø — ½ naïve 日本語 😀", "{{ naam }} {% x %}", "a\nb", "z" * 3000, "N.V. ?"],
)
def test_a_difficult_text_is_kept_as_it_is(text):
    assert read(Plain, text) == text


@pytest.mark.parametrize("code", [0, 7, 0x0B, 0x1B, 0x7F, 0x85, 0xD83D, 0xFFFE])
def test_a_control_character_is_refused_by_name(code):
    assert f"U+{code:04X}" in refusal(Plain, f"a{chr(code)}b")["msg"]


@pytest.mark.parametrize("value", ["", "   ", "\n", "?", [], {}, ["a"], {"a": "b"}, None])
def test_what_is_no_text_is_refused_with_a_mend(value):
    assert refusal(Plain, value)["ctx"]["mend"]


@pytest.mark.parametrize("written", ["yes", "ja", "true", "on", "aan", "y", "j", "YES", "Ja", " true "])
def test_a_switch_is_on(written):
    assert read(Switch, written) is True


@pytest.mark.parametrize("written", ["no", "nee", "false", "off", "uit", "n", "NO", "Nee"])
def test_a_switch_is_off(written):
    assert read(Switch, written) is False


@pytest.mark.parametrize("written", ["misschien", "1", "0", "?", "", ["ja"]])
def test_a_switch_takes_nothing_but_yes_and_no(written):
    assert refusal(Switch, written)


@given(st.dates())
def test_every_day_of_the_calendar_is_read(day):
    assert read(Day, day.isoformat()) == day


@pytest.mark.parametrize(
    "written", ["2026-02-29", "2026-00-10", "0000-01-01", "2026-1-1", "1-1-2026", "٢٠٢٦-01-01", "2026-W01-1"]
)
def test_what_is_no_day_is_refused(written):
    assert refusal(Day, written)["ctx"]["mend"]


def test_a_leap_day_is_a_day():
    assert read(Day, "2028-02-29") == date(2028, 2, 29)


@pytest.mark.parametrize("code", ["NO", "no", "No", " nl "])
def test_a_country_may_be_written_small_or_large(code):
    assert read(Country, code) == code.strip().upper()


@pytest.mark.parametrize(("written", "meant"), [("UK", "GB"), ("EL", "GR"), ("USA", "US"), ("NLD", "NL"), ("uk", "GB")])
def test_a_usual_mistake_in_a_country_is_recognised(written, meant):
    assert refusal(Country, written)["ctx"]["mend"] == f"Did you mean {meant}?"


@given(st.text(min_size=1, max_size=4))
def test_nothing_but_the_codes_of_countries_is_a_country(text):
    if text.isascii() and text.strip().upper() in COUNTRY_CODES:
        assert read(Country, text) == text.strip().upper()
    else:
        assert refusal(Country, text)


def test_there_are_249_countries():
    assert len(COUNTRY_CODES) == 249


@given(st.integers(0, 999_999_999))
def test_a_whole_number_is_read_with_its_zeros_in_front(number):
    text = f"00{number}"[-9:]
    assert read(Whole, text) == int(text)


@pytest.mark.parametrize("written", ["-1", "+1", "1.0", "1e3", "24 uur", "٢٤", "²", "1_000", "", "?", "9" * 10])
def test_what_is_no_whole_number_is_refused(written):
    assert refusal(Hours, written)["ctx"]["mend"]


@pytest.mark.parametrize(
    ("written", "amount", "unit"),
    [
        ("P30D", 30, Unit.DAY),
        ("p6m", 6, Unit.MONTH),
        ("P1Y", 1, Unit.YEAR),
        ("P2W", 2, Unit.WEEK),
        ("30 dagen", 30, Unit.DAY),
        ("1 maand", 1, Unit.MONTH),
        ("20  jaar", 20, Unit.YEAR),
        ("48 uur", 48, Unit.HOUR),
        ("6 Weeks", 6, Unit.WEEK),
    ],
)
def test_a_period_is_read_in_each_way_of_writing(written, amount, unit):
    assert read(Period, written) == Period.model_construct(amount=amount, unit=unit)


@pytest.mark.parametrize("written", ["30", "P30", "P", "P-1D", "P1Y6M", "PT24H", "dertig dagen", "٣٠ dagen", "?", ""])
def test_what_is_no_period_is_refused(written):
    assert refusal(Period, written)["ctx"]["mend"]


def test_a_period_in_days_takes_a_month_for_thirty():
    assert [read(Period, text).days for text in ("P1D", "P1W", "P1M", "P1Y", "24 uur")] == [1, 7, 30, 365, 0]


def test_a_fact_may_be_open_and_open_is_not_a_text():
    assert read(Fact[Plain], "?") is OPEN
    assert read(Fact[Words], "?") == Open()
    assert not OPEN
    assert OPEN != "?"


def test_an_open_fact_is_written_as_a_question_mark_again():
    assert TypeAdapter(Fact[Plain]).dump_python(OPEN) == "?"
    assert TypeAdapter(Fact[Plain]).dump_python("naam") == "naam"


def test_an_open_fact_survives_a_process_pool():
    assert pickle.loads(pickle.dumps(OPEN)) == OPEN


def test_one_text_serves_both_languages_and_two_each_their_own():
    assert read(Words, "e-mail").in_language("en") == "e-mail"
    own = read(Words, {"nl": "nieuwsbrief", "en": "newsletter"})
    assert [own.in_language("nl"), own.in_language("en")] == ["nieuwsbrief", "newsletter"]


def test_words_in_one_language_have_none_in_the_other():
    assert read(Words, {"nl": "nieuwsbrief"}).in_language("en") is None


@pytest.mark.parametrize("value", [[], ["a"], {}, {"fr": "lettre"}, {"nl": ["a"]}, ""])
def test_what_are_no_words_is_refused(value):
    assert refusal(Words, value)


@pytest.mark.parametrize("value", ["none", "geen", "None", " GEEN "])
def test_none_is_an_empty_list(value):
    assert read(WordsList, value) == ()


def test_a_single_entry_is_a_list_of_one():
    assert read(WordsList, "informeren") == read(WordsList, ["informeren"])
    assert read(Terms, {"term": "health", "detail": "x"}) == read(Terms, [{"term": "health", "detail": "x"}])


def test_a_term_may_be_words_per_language():
    (term,) = read(Terms, [{"nl": "maatgegevens", "en": "sizes"}])
    assert term.term.in_language("en") == "sizes"


def test_values_cannot_be_changed():
    words = read(Words, "x")
    with pytest.raises(ValidationError):
        words.nl = "y"


def test_a_long_text_of_the_user_is_shortened_in_a_message():
    assert texts.short("a\n  b") == "a b"
    assert texts.short("x" * 61) == "x" * 59 + "…"
    assert "…" in refusal(Hours, "x" * 3000)["msg"]
