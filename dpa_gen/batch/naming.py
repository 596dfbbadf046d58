"""File names of many contracts: a pattern filled with facts, safe everywhere, and no two alike on any system."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from hashlib import sha256
from typing import Any

from dpa_gen.errors import DpaError
from dpa_gen.facts import known_paths
from dpa_gen.files import safe_name

BLANK = re.compile(r"\{([^{}]*)\}")
OWN = ("key", "language")  # what a pattern can hold beside facts


def check_pattern(pattern: str) -> None:
    """Raise `DpaError` for a pattern with a blank that is no fact, or with none at all."""
    blanks = BLANK.findall(pattern)
    known = (*OWN, *known_paths())
    for blank in blanks:
        if blank not in known:
            close = get_close_matches(blank, known, 1, 0.6)
            mend = f"Did you mean {close[0]}?" if close else "Write it as in {reference} {processor.name}."
            raise DpaError.of(f"--pattern: “{blank}” is not a fact.", mend)
    if not blanks:
        raise DpaError.of("--pattern has no blank, so all names would be the same.", "Write it as in {processor.name}.")


def wanted_name(pattern: str, key: str, language: str, value: Mapping[str, Any]) -> str:
    """The name that a pattern asks for; a fact that is open or left out becomes nothing."""
    own = {"key": key, "language": language}
    words = BLANK.sub(lambda blank: own.get(blank[1]) or _words(value, blank[1].split("."), language), pattern)
    return safe_name(words) if words.strip(" .-_,()") else safe_name(key)


def _words(value: Any, steps: list[str], language: str) -> str:
    """A fact as it stands in a name."""
    for step in steps:
        value = value.get(step) if isinstance(value, Mapping) else None
    if isinstance(value, Mapping):
        value = value.get(language)
    if isinstance(value, list | tuple):
        value = value[0] if value else None
    return "" if value in (None, "?") or not isinstance(value, str | int) else str(value)


def folded(name: str) -> str:
    """A name as a system sees it that knows no case and one way only to write é."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


class Names:
    """The names that are taken, and by whom."""

    def __init__(self, taken: Iterable[tuple[str, str]]) -> None:
        self.owner = {folded(name): who for name, who in taken}

    def name_for(self, who: str, folder: str, stem: str, ending: str) -> str:
        """A free name; where it is taken, a few letters follow that are always the same for the same description."""
        digest = sha256(who.encode()).hexdigest()
        for length in (0, 4, 8, 16, 64):
            name = f"{folder}{stem}{f' {digest[:length]}' if length else ''}{ending}"
            if self.owner.setdefault(folded(name), who) == who:
                return name
        raise AssertionError("two descriptions cannot have the same digest")
