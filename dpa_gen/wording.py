"""How a language writes things: numbers in words, dates, lists, no-break spaces, quantities with their unit.

Values in, text out; the words of units come from the clause library's phrases.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

NBSP = "\u00a0"

# Countries whose name takes an article in a sentence ("the law of the Netherlands"), not in an address.
WITH_ARTICLE = {
    "nl": {"de": "US AE PH VA BS MH KY MV SC FO FK".split(), "het": "GB IM".split()},
    "en": {"the": "NL US GB PH AE BS GM MV CF CD DO KM MH SB VA KY FK FO IM".split()},
}
MONTHS = {
    "nl": ("januari februari maart april mei juni juli augustus september oktober november december").split(),
    "en": ("January February March April May June July August September October November December").split(),
}
SMALL = {
    "nl": (
        "nul één twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien "
        "zeventien achttien negentien"
    ).split(),
    "en": (
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen"
    ).split(),
}
TENS = {
    "nl": ("- - twintig dertig veertig vijftig zestig zeventig tachtig negentig").split(),
    "en": ("- - twenty thirty forty fifty sixty seventy eighty ninety").split(),
}


@lru_cache(maxsize=1024)
def number_in_words(number: int, language: str) -> str:
    """A whole number from 0 to 9999 in words: 48 is “achtenveertig” in Dutch, “forty-eight” in English."""
    if not 0 <= number <= 9999:
        return str(number)
    return _dutch(number) if language == "nl" else _english(number)


def _dutch(number: int) -> str:
    if number < 20:
        return SMALL["nl"][number]
    if number < 100:
        tens, ones = divmod(number, 10)
        if not ones:
            return TENS["nl"][tens]
        one = {1: "een", 2: "tweeën", 3: "drieën"}.get(ones, SMALL["nl"][ones] + "en")
        return ("eenen" if ones == 1 else one) + TENS["nl"][tens]
    unit, word = (1000, "duizend") if number >= 1000 else (100, "honderd")
    many, rest = divmod(number, unit)
    head = ("" if many == 1 else _dutch(many)) + word
    tail = {0: "", 1: "een"}.get(rest, _dutch(rest))
    return head + (NBSP if unit == 1000 and tail else "") + tail


def _english(number: int) -> str:
    if number < 20:
        return SMALL["en"][number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return TENS["en"][tens] + (f"-{SMALL['en'][ones]}" if ones else "")
    unit, word = (1000, "thousand") if number >= 1000 else (100, "hundred")
    many, rest = divmod(number, unit)
    tail = "" if not rest else (" and " if rest < 100 else " ") + _english(rest)
    return f"{_english(many)} {word}{tail}"


def article_of(code: str, language: str) -> str:
    """The article that goes before the name of a country in a sentence, with its space; nothing for most."""
    return next((f"{article} " for article, codes in WITH_ARTICLE[language].items() if code in codes), "")


def day(value: date, language: str) -> str:
    """A date as it is written out: “1 december 2026”, “1 December 2026”."""
    return f"{value.day}{NBSP}{MONTHS[language][value.month - 1]}{NBSP}{value.year}"


def listed(items: Sequence[str], last: str) -> str:
    """Items as a list in a sentence: “a, b en c”; items that hold commas are parted by semicolons."""
    if len(items) < 2:
        return "".join(items)
    comma = "; " if any("," in item for item in items) else ", "
    return f"{comma.join(items[:-1])}{';' if comma == '; ' else ''} {last} {items[-1]}"


def quantity(number: int, units: tuple[str, str], language: str, words: bool = True) -> str:
    """A number with its unit: “48 (achtenveertig) uur”, “1 (één) dag”; `units` are singular and plural."""
    unit = units[0] if number == 1 else units[1]
    spelled = f"{NBSP}({number_in_words(number, language)})" if words else ""
    return f"{number}{spelled}{NBSP}{unit}"


_HELD_TOGETHER = re.compile(
    r"(?<!\w)([Aa]rtikel|[Aa]rtikelen|[Ll]id|[Oo]nder|[Aa]rticle|[Aa]rticles|[Pp]aragraph|[Pp]oint|[Cc]lause|[Bb]epaling"
    r"|[Mm]odule|[Bb]ijlage|[Aa]nnex|[Oo]ptie|[Oo]ption|[Hh]oofdstuk|[Cc]hapter|€|EUR) (?=[0-9IVX]+\b|[a-z]\b)"
)


@lru_cache(maxsize=4096)
def held_together(text: str) -> str:
    """The same text with no-break spaces where a line may not end, as in “artikel 28”."""
    return _HELD_TOGETHER.sub(rf"\1{NBSP}", text)
