"""Findings to SARIF 2.1.0, which code review shows beside the line; the same findings give the same bytes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import PurePath
from typing import Any, Protocol

from dpa_gen import __version__
from dpa_gen.errors import Place, Problem
from dpa_gen.findings import Finding, Severity

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {Severity.RED: "error", Severity.AMBER: "warning", Severity.INFO: "note"}


class Described(Protocol):
    """A rule as SARIF describes it: why it is there and on which authority, per language."""

    @property
    def id(self) -> str: ...
    @property
    def severity(self) -> Severity: ...
    @property
    def reason(self) -> Mapping[str, str]: ...
    @property
    def source(self) -> Mapping[str, str]: ...


def sarif(
    findings: Iterable[Finding], rules: Iterable[Described], language: str = "en", problems: Iterable[Problem] = ()
) -> str:
    """One run of the program as SARIF: every rule, a result for each finding, and what could not be read."""
    described = list(rules)
    index = {rule.id: number for number, rule in enumerate(described)}
    driver = {
        "name": "dpa-gen",
        "semanticVersion": __version__,
        "rules": [_rule(rule, language) for rule in described],
    }
    run: dict[str, Any] = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, index, language) for finding in findings],
    }
    if notes := [_notification(problem) for problem in problems]:
        run["invocations"] = [{"executionSuccessful": False, "toolExecutionNotifications": notes}]
    whole = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _rule(rule: Described, language: str) -> dict[str, Any]:
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.reason[language]},
        "help": {"text": f"{rule.reason[language]} ({rule.source[language]})"},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
    }


def _result(finding: Finding, index: Mapping[str, int], language: str) -> dict[str, Any]:
    mend = (finding.mend or {}).get(language, "")
    said = " ".join(filter(None, (finding.what[language], mend, f"({finding.source})" if finding.source else "")))
    result: dict[str, Any] = {"ruleId": finding.rule, "level": LEVELS[finding.severity], "message": {"text": said}}
    if finding.rule in index:
        result["ruleIndex"] = index[finding.rule]
    if finding.place.file or finding.path:
        result["locations"] = [_location(finding)]
    if finding.accepted:
        result["suppressions"] = [{"kind": "inSource", "justification": finding.accepted}]
    return result


def _notification(problem: Problem) -> dict[str, Any]:
    """A problem of a file that stopped its check."""
    note: dict[str, Any] = {"level": "error"}
    note["message"] = {"text": " ".join(filter(None, (problem.what, problem.mend)))}
    if problem.place.file:
        note["locations"] = [{"physicalLocation": _physical(problem.place)}]
    return note


def _location(finding: Finding) -> dict[str, Any]:
    location: dict[str, Any] = {}
    if finding.place.file:
        location["physicalLocation"] = _physical(finding.place)
    if finding.path:
        location["logicalLocations"] = [{"fullyQualifiedName": finding.path}]
    return location


def _physical(place: Place) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(place.file)}}
    if place.line:
        physical["region"] = {"startLine": place.line, "startColumn": max(place.column, 1)}
    return physical


def _uri(file: str) -> str:
    """A path as a URI; relative paths stay so, for they are read from the root of the repository."""
    from urllib.parse import quote

    path = PurePath(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
