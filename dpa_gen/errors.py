"""What the user must mend before anything can be made: a `DpaError` holding every `Problem` found."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

# What would steer a terminal or hide in a line, were it printed as it is.
INVISIBLE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")


def visible(text: str) -> str:
    """The text with its control characters written out, such as \\u001b."""
    return INVISIBLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A spot in a file of the user; line and column count from 1, and 0 means that they are not known."""

    file: str = ""
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        parts = [self.file or "-"]
        if self.line:
            parts += [str(self.line), str(self.column)]
        return visible(":".join(parts))


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: what, where, and how to mend it."""

    what: str
    mend: str = ""
    place: Place = Place()
    path: tuple[str | int, ...] = ()  # where in the description, e.g. ("processor", "name")

    def at(self, place: Place) -> Problem:
        """The same problem with its place known."""
        return replace(self, place=place)

    @property
    def sentence(self) -> str:
        """What is wrong, ended as a sentence."""
        text = visible(self.what)
        return text if text.endswith((".", "?", "!", "…")) else f"{text}."

    def as_json(self) -> dict[str, Any]:
        """The problem as plain values, for programs."""
        place = {"file": self.place.file, "line": self.place.line, "column": self.place.column}
        return {**place, "path": list(self.path), "what": self.sentence, "mend": self.mend}

    def __str__(self) -> str:
        text = f"{self.place}: {self.sentence}" if self.place.file else self.sentence
        return f"{text}\n    {visible(self.mend)}" if self.mend else text


class DpaError(Exception):
    """The user must act first; all problems of one reading come together."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__(problems)

    @classmethod
    def of(cls, what: str, mend: str = "", place: Place = Place()) -> DpaError:
        """An error with a single problem."""
        return cls(Problem(what, mend, place))

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


def raise_any(problems: Iterable[Problem]) -> None:
    """Raise a `DpaError` when there is at least one problem, in the order of the files."""
    found = sorted(set(problems), key=lambda problem: (problem.place, problem.what))
    if found:
        raise DpaError(*found)
