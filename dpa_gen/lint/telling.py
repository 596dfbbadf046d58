"""What the linter found, as lines for people and as plain values for programs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from dpa_gen.findings import Finding, Severity

WORDS = {
    "nl": {
        "red": "rood", "amber": "oranje", "info": "info", "source": "Bron", "mend": "Herstel",
        "none": "geen bevindingen", "one": "bevinding", "many": "bevindingen", "accepted": "aanvaard",
    },
    "en": {
        "red": "red", "amber": "amber", "info": "info", "source": "Source", "mend": "Mend",
        "none": "no findings", "one": "finding", "many": "findings", "accepted": "accepted",
    },
}  # fmt: skip


def lines(findings: Sequence[Finding], language: str) -> Iterator[str]:
    """Place, severity, rule and sentence; below it the source and what to do; at the end how many there are."""
    words = WORDS[language]
    for finding in counting(findings):
        severity = words[finding.severity.value]
        yield f"{finding.place}: {severity} {finding.rule}: {finding.what[language]}"
        yield f"    {words['source']}: {finding.source}"
        if mend := (finding.mend or {}).get(language):
            yield f"    {words['mend']}: {mend}"
    yield _total(findings, language)


def counting(findings: Iterable[Finding]) -> list[Finding]:
    """The findings that nobody accepted."""
    return [finding for finding in findings if not finding.accepted]


def _total(findings: Sequence[Finding], language: str) -> str:
    words, left = WORDS[language], counting(findings)
    counts = Counter(finding.severity for finding in left)
    each = [f"{counts[severity]} {words[severity.value]}" for severity in Severity if counts[severity]]
    said = f"{len(left)} {words['one' if len(left) == 1 else 'many']}: {', '.join(each)}" if left else words["none"]
    accepted = len(findings) - len(left)
    return f"{said} ({accepted} {words['accepted']})" if accepted else said


def as_json(findings: Iterable[Finding]) -> str:
    """The findings as JSON, stable to the byte."""
    return json.dumps([finding.as_json() for finding in findings], ensure_ascii=False, indent=2) + "\n"


def exit_code(findings: Iterable[Finding], fail_on: Severity) -> int:
    """0 when nothing is as grave as asked, 1 when something is, 2 when a file could not be read."""
    found = counting(findings)
    if any(finding.rule == "file" for finding in found):
        return 2
    return int(any(finding.severity.at_least(fail_on) for finding in found))
