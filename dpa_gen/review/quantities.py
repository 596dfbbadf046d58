"""Values in a text: hours, days, months, percentages and amounts, each with the words they stand in."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WORDS = {
    "nl": "een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien".split(),
    "en": "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split(),
}
NUMBERS = {word: rank for words in _WORDS.values() for rank, word in enumerate(words, 1)}
NUMBERS |= {"één": 1, "twintig": 20, "vierentwintig": 24, "dertig": 30, "zesendertig": 36, "achtenveertig": 48}
NUMBERS |= {"zestig": 60, "tweeënzeventig": 72, "negentig": 90, "twenty": 20, "twenty-four": 24, "thirty": 30}
NUMBERS |= {"thirty-six": 36, "forty-eight": 48, "forty-five": 45, "sixty": 60, "seventy-two": 72, "ninety": 90}
_UNITS = {
    "hours": r"hours?|uur|uren|hrs?",
    "days": r"days?|dagen|dag|etmalen|etmaal",
    "weeks": r"weeks?|weken|week",
    "months": r"months?|maanden|maand",
    "years": r"years?|jaren|jaar",
}
_NUMBER = r"\d{1,4}|" + "|".join(sorted(map(re.escape, NUMBERS), key=len, reverse=True))
_QUANTITY = re.compile(
    rf"\b(?P<number>{_NUMBER})(?:\s*\([^)]{{1,24}}\))?[\s\-‑\u00a0]*"
    rf"(?P<kind>(?:consecutive|opeenvolgende|volle|full|calendar|kalender|business|working|werk|clock)?[\s\-]?)"
    rf"(?:{'|'.join(f'(?P<{unit}>{words})' for unit, words in _UNITS.items())})\b",
    re.I,
)
_PER_YEAR = re.compile(r"\b(?:per|a|each|elk|ieder)\s*$", re.I)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of hours, days and so on; `working` for working days."""

    number: int
    unit: str
    working: bool = False

    @property
    def hours(self) -> int:
        """The length in hours, a working day as a day."""
        return self.number * {"hours": 1, "days": 24, "weeks": 168, "months": 720, "years": 8760}[self.unit]

    @property
    def days(self) -> float:
        """The length in days."""
        return self.hours / 24

    def __str__(self) -> str:
        return f"{self.number} {'working ' if self.working else ''}{self.unit}"


def quantities(text: str) -> list[Quantity]:
    """Every length of time in a text, in order."""
    found = []
    for match in _QUANTITY.finditer(text):
        unit = next(name for name in _UNITS if match[name])
        raw = match["number"].lower()
        number = int(raw) if raw.isdigit() else NUMBERS[raw]
        if number:
            found.append(Quantity(number, unit, bool(re.search(r"business|working|werk", match["kind"] or "", re.I))))
    return found


def percentages(text: str) -> list[str]:
    """Every percentage in a text."""
    return [" ".join(match.split()) for match in re.findall(r"\d+(?:[.,]\d+)?\s?(?:%|procent|percent)", text)]


def amounts(text: str) -> list[str]:
    """Every amount of money in a text."""
    pattern = r"(?:€|EUR|USD|\$|£|GBP)\s?\d[\d.,]*(?:\s?(?:miljoen|million|mln))?|\d[\d.,]*\s?(?:euro|dollar)s?\b"
    return [" ".join(match.split()).rstrip(".,") for match in re.findall(pattern, text)]
