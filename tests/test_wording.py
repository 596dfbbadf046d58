"""How a language writes numbers, dates, lists and quantities."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpa_gen.countrycodes import COUNTRY_CODES
from dpa_gen.wording import (
    MONTHS,
    NBSP,
    WITH_ARTICLE,
    article_of,
    day,
    held_together,
    listed,
    number_in_words,
    quantity,
)

LANGUAGES = ("nl", "en")


@pytest.mark.parametrize(
    ("number", "dutch", "english"),
    [
        (0, "nul", "zero"),
        (1, "één", "one"),
        (8, "acht", "eight"),
        (14, "veertien", "fourteen"),
        (21, "eenentwintig", "twenty-one"),
        (22, "tweeëntwintig", "twenty-two"),
        (33, "drieëndertig", "thirty-three"),
        (48, "achtenveertig", "forty-eight"),
        (72, "tweeënzeventig", "seventy-two"),
        (80, "tachtig", "eighty"),
        (100, "honderd", "one hundred"),
        (101, "honderdeen", "one hundred and one"),
        (180, "honderdtachtig", "one hundred and eighty"),
        (365, "driehonderdvijfenzestig", "three hundred and sixty-five"),
        (1000, "duizend", "one thousand"),
        (1001, f"duizend{NBSP}een", "one thousand and one"),
        (1250, f"duizend{NBSP}tweehonderdvijftig", "one thousand two hundred and fifty"),
        (9999, f"negenduizend{NBSP}negenhonderdnegenennegentig", "nine thousand nine hundred and ninety-nine"),
        (10_000, "10000", "10000"),
        (-1, "-1", "-1"),
    ],
)
def test_a_number_in_words(number, dutch, english):
    assert number_in_words(number, "nl") == dutch
    assert number_in_words(number, "en") == english


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_numbers_are_written_alike(language):
    assert len({number_in_words(number, language) for number in range(10_000)}) == 10_000


def test_a_day_is_written_out_and_does_not_break_over_lines():
    assert day(date(2026, 12, 1), "nl") == f"1{NBSP}december{NBSP}2026"
    assert day(date(2026, 3, 31), "en") == f"31{NBSP}March{NBSP}2026"


@given(st.dates(), st.sampled_from(LANGUAGES))
def test_a_day_can_be_read_back(value, language):
    number, month, year = day(value, language).split(NBSP)
    assert date(int(year), MONTHS[language].index(month) + 1, int(number)) == value


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a en b"),
        (["a", "b", "c"], "a, b en c"),
        (["a, met x", "b"], "a, met x; en b"),
        (["a", "b, met y", "c"], "a; b, met y; en c"),
    ],
)
def test_a_list_in_a_sentence(items, expected):
    assert listed(items, "en") == expected


@given(st.lists(st.text("abc ", min_size=1), min_size=1))
def test_a_list_in_a_sentence_leaves_nothing_out(items):
    sentence = listed(items, "of")
    for item in items:
        assert item in sentence


def test_a_quantity_has_its_number_in_words_and_the_unit_that_fits():
    assert quantity(48, ("uur", "uur"), "nl") == f"48{NBSP}(achtenveertig){NBSP}uur"
    assert quantity(1, ("dag", "dagen"), "nl") == f"1{NBSP}(één){NBSP}dag"
    assert quantity(0, ("day", "days"), "en", words=False) == f"0{NBSP}days"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("artikel 28 AVG", f"artikel{NBSP}28 AVG"),
        ("lid 3, onder a, AVG", f"lid{NBSP}3, onder{NBSP}a, AVG"),
        ("Articles 32 to 36", f"Articles{NBSP}32 to 36"),
        ("Chapter V GDPR", f"Chapter{NBSP}V GDPR"),
        ("€ 500", f"€{NBSP}500"),
        ("een artikel dat telt", "een artikel dat telt"),
        ("onder anderen", "onder anderen"),
    ],
)
def test_a_reference_does_not_break_over_lines(text, expected):
    assert held_together(text) == expected


@given(st.text())
def test_holding_together_changes_nothing_but_spaces(text):
    held = held_together(text)
    assert held.replace(NBSP, " ") == text.replace(NBSP, " ")
    assert held_together(held) == held


def test_the_netherlands_takes_an_article_in_english_and_the_united_states_in_both():
    assert [article_of("NL", language) for language in LANGUAGES] == ["", "the "]
    assert [article_of("US", language) for language in LANGUAGES] == ["de ", "the "]
    assert article_of("GB", "nl") == "het "
    assert article_of("DE", "en") == ""


def test_only_countries_take_an_article_and_each_takes_one():
    for articles in WITH_ARTICLE.values():
        codes = [code for part in articles.values() for code in part]
        assert set(codes) <= COUNTRY_CODES
        assert len(codes) == len(set(codes))
