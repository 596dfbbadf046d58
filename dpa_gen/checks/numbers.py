"""Numbers and addresses that carry their own proof: KvK, VAT, postcode, e-mail and telephone."""

from __future__ import annotations

import re

# Of a Dutch VAT number the nine digits pass the eleven test (numbers given to companies and, before 2020, to
# people), or the whole passes modulo 97 (numbers given to people from 2020 on).
DUTCH_VAT = re.compile(r"NL(\d{9})B\d{2}")
LETTER_VALUES = {"N": "23", "L": "21", "B": "11"}
KVK = re.compile(r"\d{8}")
POSTCODE = re.compile(r"[1-9]\d{3} ?(?!SA|SD|SS)[A-Z]{2}", re.IGNORECASE)
EMAIL = re.compile(r"[^\s@<>,;\"()]+@(?:[^\s@.<>,;\"()]+\.)+[^\s@.<>,;\"()\d]{2,}")
PHONE = re.compile(r"\+?[\d\s().,/\-–]+(?:\s*(?:ext|toestel|tst)\.?\s*\d+)?", re.IGNORECASE)
FEWEST_DIGITS = 3  # 112, 144 and company numbers of four digits are real


def is_kvk(number: str) -> bool:
    """Whether a text is a number of the Dutch commercial register: eight digits."""
    return bool(KVK.fullmatch(number.replace(" ", "")))


def is_dutch_vat(number: str) -> bool:
    """Whether a text is a Dutch VAT number whose check digits are right."""
    compact = re.sub(r"[\s.\-]", "", number).upper()
    found = DUTCH_VAT.fullmatch(compact)
    return bool(found) and (passes_eleven(found[1]) or passes_97(compact)) if found else False


def passes_eleven(digits: str) -> bool:
    """The eleven test of Dutch numbers of nine digits: weights 9 to 2, and -1 for the last."""
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    total = sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=True))
    return total % 11 == 0 and int(digits) > 0


def passes_97(number: str) -> bool:
    """The test of Dutch VAT numbers since 2020: with letters as figures (A is 10) the rest modulo 97 is 1."""
    figures = "".join(LETTER_VALUES.get(character, character) for character in number)
    return int(figures) % 97 == 1


def is_dutch_postcode(text: str) -> bool:
    """Whether a text has the form of a Dutch postcode."""
    return bool(POSTCODE.fullmatch(text.strip()))


def is_email(text: str) -> bool:
    """Whether a text has the form of an e-mail address."""
    return bool(EMAIL.fullmatch(text))


def is_phone(text: str) -> bool:
    """Whether a text reads as a telephone number."""
    return bool(PHONE.fullmatch(text)) and sum(character.isdigit() for character in text) >= FEWEST_DIGITS
