"""Findings that a comment accepts: `# lint: accept <rule>: <reason>`, above the words or within their paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from dpa_gen.errors import Place
from dpa_gen.findings import Finding
from dpa_gen.lint.reading import Linted
from dpa_gen.lint.rules import rule, rules
from dpa_gen.source import Source

_ACCEPT = re.compile(r"lint:\s*accept\s+([\w.-]+)\s*(?::\s*(.*))?")


@dataclass(frozen=True, slots=True)
class Accepted:
    """A comment that accepts a rule, and the lines to which it reaches."""

    rule: str
    reason: str
    place: Place
    first: int
    last: int

    def reaches(self, finding: Finding) -> bool:
        """Whether a finding is the one that is accepted."""
        place = finding.place
        return self.rule == finding.rule and place.file == self.place.file and self.first <= place.line <= self.last


def after_acceptance(linted: Linted, findings: Sequence[Finding]) -> Iterator[Finding]:
    """The findings, with the reason of the comment that accepts them, and those about the comments themselves."""
    comments = [each for read in linted.sources for each in _comments(read)]
    valid = [each for each in comments if each.reason and each.rule in rules()]
    for finding in findings:
        reasons = (each.reason for each in valid if each.reaches(finding))
        yield replace(finding, accepted=next(reasons, ""))
    yield from _of_comments(comments, findings)
    yield from _printed(linted)


def _of_comments(comments: Iterable[Accepted], findings: Sequence[Finding]) -> Iterator[Finding]:
    """A comment without a reason, of an unknown rule, or that accepts nothing."""
    for comment in comments:
        if comment.rule not in rules():
            yield rule("accept.unknown").finding(comment.place, comment.rule, comment.rule, word=comment.rule)
        elif not comment.reason:
            yield rule("accept.reason").finding(comment.place, comment.rule, comment.rule, word=comment.rule)
        elif not any(comment.reaches(finding) for finding in findings):
            yield rule("accept.unused").finding(comment.place, comment.rule, comment.rule, word=comment.rule)


def _printed(linted: Linted) -> Iterator[Finding]:
    """A comment that stands within the words would be printed in the contract."""
    for passage in linted.passages:
        if found := re.search(r"#\s*lint:", passage.words):
            yield rule("accept.printed").finding(passage.place(found.start()), passage.holder, found[0])


def _comments(read: Source) -> Iterator[Accepted]:
    lines = read.text.splitlines()
    starts = _starts(read, lines)
    for number, text in read.comments():
        if found := _ACCEPT.fullmatch(text):
            line = lines[number - 1]
            place = Place(read.name, number, len(line) - len(line.lstrip()) + 1)
            first, last = _reach(lines, starts, number)
            yield Accepted(found[1], (found[2] or "").strip(), place, first, last)


def _starts(read: Source, lines: Sequence[str]) -> list[int]:
    """The first line of each paragraph (or, where there are none, of each key), with the comments right above it."""
    value = read.value if isinstance(read.value, dict) else {}
    paragraphs = value.get("paragraphs")
    inner = [("paragraphs", key) for key in paragraphs] if isinstance(paragraphs, dict) else []
    paths: list[tuple[str, ...]] = [*((key,) for key in value), *inner]
    return sorted({_with_comments(lines, read.place(path, key=True).line) for path in paths})


def _with_comments(lines: Sequence[str], number: int) -> int:
    while number > 1 and lines[number - 2].lstrip().startswith("#"):
        number -= 1
    return number


def _reach(lines: Sequence[str], starts: Sequence[int], number: int) -> tuple[int, int]:
    """From the start of the paragraph in which a comment stands up to the next one."""
    first = max((start for start in starts if start <= number), default=1)
    last = min((start - 1 for start in starts if start > number), default=len(lines))
    return first, last
