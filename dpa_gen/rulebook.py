"""The rules of `dpa-gen check` to text for people, a page of the docs, and JSON."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Iterator
from typing import Any

from dpa_gen.checks.rules import Rule, rules
from dpa_gen.report import WORDS

INTRODUCTION = """\
# Rules

What `dpa-gen check` looks for. This page is made by `dpa-gen rules --markdown`; the rules stand in
`dpa_gen/data/rules.yaml`.

Red (rood) misses or contradicts what the law demands. Amber (oranje) is a real risk or a plain mistake. Info is good
to know. Hours, days, caps and costs are never red by themselves, unless they defeat what the law demands.

A finding that you know of and let be is accepted, with its reason, in the description or in `dpa-gen.yaml`:

```yaml
accepted:
  - {rule: T43, at: "subprocessors.list[2]", reason: the vendor signs the standard clauses in January}
```
"""


def chosen(names: Iterable[str]) -> tuple[Rule, ...]:
    """The rules of some ids, or all of them; ids are taken without regard to capitals."""
    wanted = {name.casefold() for name in names}
    return tuple(rule for rule in rules().values() if not wanted or rule.id.casefold() in wanted)


def as_text(found: Iterable[Rule], language: str, width: int) -> Iterator[str]:
    """Each rule with what it says, why, and on which authority."""
    words = WORDS[language]
    for rule in found:
        yield f"{rule.id}  {words[rule.severity.value]}"
        for label, text in _parts(rule, language).items():
            yield from textwrap.wrap(f"{label}{text}", width, initial_indent="    ", subsequent_indent="    ")


def _parts(rule: Rule, language: str) -> dict[str, str]:
    labels = {"nl": ("Bron: ", "Doen: "), "en": ("Source: ", "To do: ")}[language]
    told = {"": f"{bare(rule.sentence[language])} {rule.reason[language]}"}
    return told | {labels[0]: f"{rule.source[language]}.", labels[1]: bare(rule.mend[language])}


def bare(sentence: str) -> str:
    """A sentence with its blanks as they stand, and a doubled brace as one."""
    return sentence.replace("{{", "\0").replace("}}", "\1").replace("\0", "{").replace("\1", "}")


def as_json(found: Iterable[Rule]) -> str:
    """The rules as JSON, in both languages."""
    return json.dumps([_plain(rule) for rule in found], ensure_ascii=False, indent=2) + "\n"


def _plain(rule: Rule) -> dict[str, Any]:
    return {
        "rule": rule.id,
        "severity": rule.severity.value,
        "sentence": {language: bare(words) for language, words in rule.sentence.items()},
        "reason": rule.reason,
        "source": rule.source,
        "mend": {language: bare(words) for language, words in rule.mend.items()},
    }


def as_markdown() -> str:
    """The page of the docs."""
    rows = "\n".join(map(_row, rules().values()))
    table = f"| rule | severity | what it says |\n| --- | --- | --- |\n{rows}\n"
    return "\n".join((INTRODUCTION, table, *map(_section, rules().values())))


def _anchor(rule: Rule) -> str:
    return rule.id.lower().replace(".", "")


def _row(rule: Rule) -> str:
    sentence = bare(rule.sentence["en"]).replace("|", "\\|")
    return f"| [{rule.id}](#{_anchor(rule)}) | {rule.severity} | {sentence} |"


def _section(rule: Rule) -> str:
    lines = [f"## {rule.id}", "", f"*{rule.severity}*", ""]
    for language, source, mend in (("en", "Source", "To do"), ("nl", "Bron", "Doen")):
        lines += [f"{bare(rule.sentence[language])} {rule.reason[language]}", ""]
        lines += [f"- {source}: {rule.source[language]}", f"- {mend}: {bare(rule.mend[language])}", ""]
    return "\n".join(lines)
