"""What the user must mend before anything can be made: a `DpaError` holding every `Problem` found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace


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
        return ":".join(parts)


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

    def __str__(self) -> str:
        text = f"{self.place}: {self.what}" if self.place.file else self.what
        return f"{text}\n    {self.mend}" if self.mend else text


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
