"""Two wordings to the words that differ: [-taken away-] and {+put in+}, as text that reads in any terminal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from dpa_gen.changes import wording_hash
from dpa_gen.clause import ClauseParagraph
from dpa_gen.clauseview import wordings

if TYPE_CHECKING:
    from dpa_gen.changes import Change


def word_diff(old: str, new: str) -> str:
    """The new words with what was taken away and put in marked."""
    before, after = re.findall(r"\s+|[\w.-]+|.", old), re.findall(r"\s+|[\w.-]+|.", new)
    parts = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            parts.append("".join(before[a:b]))
            continue
        parts += [f"[-{''.join(before[a:b])}-]"] if b > a else []
        parts += [f"{{+{''.join(after[c:d])}+}}"] if d > c else []
    return "".join(parts)


def flat(paragraph: ClauseParagraph, language: str) -> dict[str, str]:
    """The words of a paragraph by the choice under which they are printed."""
    return {
        shown.choice: "\n".join(filter(None, (shown.words, *(f"- {item}" for item in shown.items))))
        for shown in wordings(paragraph, language)
    }


def paragraph_diff(old: ClauseParagraph | None, new: ClauseParagraph | None) -> Iterator[str]:
    """What differs between two paragraphs, in each language and under each choice."""
    for language in ("nl", "en"):
        before = flat(old, language) if old else {}
        after = flat(new, language) if new else {}
        for choice in _choices(before, after):
            was, now = before.get(choice, before.get("", "")), after.get(choice, after.get("", ""))
            if was != now:
                yield f"  {language}{f', {choice}' if choice else ''}:"
                yield from (f"    {line}" for line in word_diff(was, now).splitlines())
    yield from _switches(old, new)


def _choices(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """The choices under which to compare; one wording for all stands beside each of several."""
    choices = list(dict.fromkeys((*before, *after)))
    several = [choice for choice in choices if choice]
    return several if several and {""} in (set(before), set(after)) else choices


def _switches(old: ClauseParagraph | None, new: ClauseParagraph | None) -> Iterator[str]:
    if old is None or new is None:
        return
    for name in ("covers", "when"):
        was, now = (", ".join(map(str, getattr(paragraph, name))) for paragraph in (old, new))
        if was != now:
            yield f"  {name}: {word_diff(was, now)}"


def change_told(change: Change, basis: ClauseParagraph | None) -> Iterator[str]:
    """A change of an own file against the library below it; and how that library has changed since, when it has."""
    done = "removed" if change.after is None else "added" if change.before is None else "replaced"
    yield f"{change.place}: {change.paragraph} {done}"
    yield from paragraph_diff(change.before, change.after)
    if change.lost:
        yield f"  no longer says that it meets: {', '.join(change.lost)}"
    if change.outdated and change.before:
        yield "  the shipped wording has changed since this file was made:"
        yield from paragraph_diff(basis, change.before)
        yield f"  when yours takes account of it, write: replaces: {wording_hash(change.before)}"
