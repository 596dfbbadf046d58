"""Numbers of paragraphs: a count written in the ways of word processors, and the number that a writer typed."""

from __future__ import annotations

import re
from dataclasses import dataclass

KEYWORDS = (
    "artikel|article|art\\.|section|clause|clausule|paragraaf|paragraph|hoofdstuk|chapter|deel|part|"
    "bijlage|annex|appendix|schedule|exhibit|addendum|aanhangsel|attachment|module|§"
)
ANNEXES = re.compile(r"(?i)^(bijlage|annex|appendix|schedule|exhibit|addendum|aanhangsel|attachment)\b")
MONTHS = (
    "jan|feb|maart|march|mrt|apr|mei|may|jun|jul|aug|sep|okt|oct|nov|dec|januari|februari|april|juni|juli|augustus|"
    "september|oktober|november|december|january|february|june|july|august|october"
)

_ROMAN = r"(?=[ivxlc])(?:c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})"
_KEYWORD = re.compile(
    rf"(?i)^(?P<number>(?:{KEYWORDS})\s*(?:\d{{1,3}}(?:\.\d{{1,3}})*[a-z]?|{_ROMAN}|[a-z])(?:\([a-z]\))?)"
    r"(?P<sep>\s*[.:)]?\s*[-–—:|]\s*|\s*[.:)](?=\s|$)|\s+|$)(?P<rest>.*)$",
    re.S,
)
_DECIMAL = re.compile(
    r"^(?P<number>\(?(?:\d{1,3}\.)*\d{1,3}[a-z]?(?:\.\)|[.):])?|§\s*\d+)(?P<sep>\s+[-–—]?\s*)(?P<rest>\S.*)$", re.S
)
_LETTER = re.compile(rf"(?i)^(?P<number>\(?(?:[a-z]|aa|bb|cc|{_ROMAN})[.)]{{1,2}})(?P<sep>\s+)(?P<rest>\S.*)$", re.S)
_BULLET = re.compile(r"^(?P<mark>[-–—•▪◦●○‣·▫■□✓✔➢➤►*\uf0b7\uf0a7\uf0fc\uf02d])\s+(?P<rest>\S.*)$", re.S)
_DATE = re.compile(rf"(?i)^(?:{MONTHS})\b")
_GOES_ON = re.compile(
    r"(?i)^(?:(?:lid|paragraph|par\.?|sub|van|of|and|en|\(\d|AVG|GDPR|UAVG|Regulation|Verordening)\b|\()"
)

ONES = {
    "en": (
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen twenty"
    ).split(),
    "nl": (
        "een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien "
        "achttien negentien twintig"
    ).split(),
}
FIRSTS = {
    "en": (
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
    ).split(),
    "nl": (
        "eerste tweede derde vierde vijfde zesde zevende achtste negende tiende elfde twaalfde dertiende veertiende "
        "vijftiende zestiende zeventiende achttiende negentiende twintigste"
    ).split(),
}


@dataclass(frozen=True, slots=True)
class Typed:
    """What a writer typed before the words: a number or a bullet."""

    number: str
    rest: str
    is_bullet: bool = False


def roman(count: int) -> str:
    """A count of 1 to 3999 in small roman numerals; others in digits."""
    if not 0 < count < 4000:
        return str(count)
    signs = ("m", 1000), ("cm", 900), ("d", 500), ("cd", 400), ("c", 100), ("xc", 90), ("l", 50), ("xl", 40)
    text = ""
    for sign, worth in (*signs, ("x", 10), ("ix", 9), ("v", 5), ("iv", 4), ("i", 1)):
        while count >= worth:
            text, count = text + sign, count - worth
    return text


def letters(count: int) -> str:
    """A count as a letter; after z Word goes on with aa, bb, cc."""
    if not 0 < count <= 26 * 30:
        return str(count)
    times, rank = divmod(count - 1, 26)
    return chr(ord("a") + rank) * (times + 1)


def ordinal(count: int, language: str) -> str:
    """1st, 2nd, 3rd; in Dutch 1e, 2e, 3e."""
    if language == "nl":
        return f"{count}e"
    last = {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")
    return f"{count}{'th' if 10 < count % 100 < 14 else last}"


def _word(count: int, words: list[str]) -> str:
    return words[count - 1].capitalize() if 0 < count <= len(words) else str(count)


def written(count: int, style: str, language: str = "en") -> str:
    """A count in one of Word's number formats, e.g. lowerRoman; an unknown format is written in digits."""
    language = language if language in ONES else "en"
    match style:
        case "bullet" | "none":
            return ""
        case "lowerRoman":
            return roman(count)
        case "upperRoman":
            return roman(count).upper()
        case "lowerLetter":
            return letters(count)
        case "upperLetter":
            return letters(count).upper()
        case "decimalZero":
            return f"{count:02d}"
        case "ordinal":
            return ordinal(count, language)
        case "cardinalText":
            return _word(count, ONES[language])
        case "ordinalText":
            return _word(count, FIRSTS[language])
        case "hex":
            return f"{count:X}"
        case "numberInDash":
            return f"- {count} -"
        case "decimalEnclosedParen":
            return f"({count})"
        case "decimalEnclosedFullstop":
            return f"{count}."
        case "decimalEnclosedCircle" if 0 < count <= 20:
            return chr(0x2460 + count - 1)
        case "chicago":
            return "*†‡§"[(count - 1) % 4] * ((count - 1) // 4 + 1) if 0 < count < 100 else str(count)
        case _:
            return str(count)


def typed(text: str) -> Typed | None:
    """The number or bullet that opens a text, where it is one: not "72 hours", nor "Article 28 GDPR asks"."""
    if bullet := _BULLET.match(text):
        return Typed("", bullet["rest"], is_bullet=True)
    for pattern, is_number in ((_KEYWORD, _is_article), (_DECIMAL, _is_decimal), (_LETTER, _is_letter)):
        found = pattern.match(text)
        if found and is_number(found):
            return Typed(found["number"].strip(), found["rest"].strip())
    return None


def _is_article(found: re.Match[str]) -> bool:
    """Whether the words are a label and not a sentence about an article."""
    rest, sep = found["rest"], found["sep"].strip()
    if not rest or "\n" in found["sep"]:
        return True
    if sep in ("", ")"):
        title = rest[:1].isupper() and not _GOES_ON.match(rest)
        return title and len(rest) < 90 and not rest.endswith((".", ";", ","))
    return True


def _is_decimal(found: re.Match[str]) -> bool:
    """Whether the digits number the text: 1. and 1.2 do, 72 only before a short title or after a tab."""
    number, rest = found["number"], found["rest"]
    if any(mark in number for mark in ".)(:§"):
        return bool(re.match(r"[^\W\d_]|[\"'“‘\[(<_*☐☒]|\d", rest)) and not rest.startswith(("%", "€"))
    is_title = rest[:1].isupper() and len(rest) < 80 and not rest.endswith((".", ";", ","))
    return ("\t" in found["sep"] or is_title) and not _DATE.match(rest)


def _is_letter(found: re.Match[str]) -> bool:
    """Whether the letter numbers the text; "E. Jansen" and the like are names."""
    if "\t" in found["sep"] or not (found["number"].endswith(".") and found["number"][0].isupper()):
        return True
    words = found["rest"].split()
    return len(words) > 2 or (len(words) == 2 and len(words[0]) > 3 and words[0][0].isupper())


def style_of(number: str) -> str:
    """The way a number is written: "1", "1.1", "a", "i", "article" or nothing, to tell siblings from children."""
    bare = number.strip("().:§ \t").lower()
    if not bare:
        return ""
    if re.fullmatch(r"\d+(\.\d+)*[a-z]?", bare):
        return "1" + ".1" * bare.count(".")
    if re.fullmatch(r"([a-z]|[ivxlc]+)(\.\d+)+", bare):
        return "1" + ".1" * bare.count(".")
    if re.fullmatch(_ROMAN, bare):
        return "i"
    return "a" if re.fullmatch(r"[a-z]|([a-z])\1", bare) else "article"


def depth_of(number: str) -> int:
    """How deep a number goes: 1 for "3." and "Artikel 3", 2 for "3.2"."""
    style = style_of(number)
    return 1 + (re.sub(r"^\D+", "", number).strip("().: ").count(".") if style == "article" else style.count("."))
