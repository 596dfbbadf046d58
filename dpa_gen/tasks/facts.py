"""What has to be found out, mended or watched in one description: open facts, findings, sub-processors and more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from dpa_gen.countrycodes import CountryCode
from dpa_gen.description import Authorisation, Basis, Transfer
from dpa_gen.facts import TransferRow
from dpa_gen.findings import Finding, Severity
from dpa_gen.keeping import SubprocessorChange
from dpa_gen.law import Adequacy, adequacy, country_name, in_eea
from dpa_gen.subject import ROW, Subject
from dpa_gen.tasks.task import Setting, Task, identity, kinds
from dpa_gen.values import Open
from dpa_gen.wording import day

# Without these a contract does not describe the processing; names and numbers can be filled in when it is signed.
TELLING = ("processing.", "security.", "subprocessors.", "transfers.", "processor.name", "controller.name")
OTHER = {"controller": "processor", "processor": "controller"}


def fact_tasks(subject: Subject, setting: Setting) -> Iterator[Task]:
    """The tasks that follow from the facts of a description."""
    yield from _asked(subject, setting)
    yield from _filled(subject, setting)
    yield from _found(subject, setting)
    yield from _lapsing(subject, setting)
    if subject.side == "controller":
        yield from _paper(subject, setting)
        yield from _changes(subject, setting)
        yield from _certificates(subject, setting)
        yield from _impact(subject, setting)


def _task(subject: Subject, setting: Setting, kind: str, by: date, key: str = "", **words: str) -> Task:
    about, file = subject.service, subject.member.file
    words = {"them": subject.them, "service": about, "for_service": subject.for_service, "path": file, **words}
    return setting.task(kind, by, f"{file} {key}".strip(), words, about, file)


def _due(subject: Subject, setting: Setting, kind: str) -> date:
    found = kinds()[kind]
    return setting.in_days(found.sensitive if subject.sensitive else found.within)


def _asked(subject: Subject, setting: Setting) -> Iterator[Task]:
    """What the other party must tell, in one question."""
    facts, state = subject.open_facts(OTHER[subject.side], "both"), subject.progress.state
    kind = "ask" if any(path.startswith(TELLING) for path in facts) else "ask-last"
    if facts and state != "ended" and not (kind == "ask-last" and state == "signed"):
        yield _task(subject, setting, kind, _due(subject, setting, kind), facts=listing(facts.values()))


def _filled(subject: Subject, setting: Setting) -> Iterator[Task]:
    """What the owner itself must still fill in for this service; what is the same everywhere is asked once."""
    facts = {path: title for path, title in subject.open_facts(subject.side).items() if not shared(path, subject.side)}
    if facts and subject.progress.state != "ended":
        yield _task(subject, setting, "fill", _due(subject, setting, "fill"), facts=listing(facts.values()))


def shared(path: str, side: str) -> bool:
    """Whether a fact is one of the owner itself, which the shared file tells for all descriptions."""
    return path.startswith(f"{side}.")


def listing(titles: Iterable[str]) -> str:
    """Titles in a row, each once, in their order."""
    return "; ".join(dict.fromkeys(titles))


def _found(subject: Subject, setting: Setting) -> Iterator[Task]:
    """The red and amber findings; one about a fact that is still open is asked for already."""
    asked = set(subject.open_facts("controller", "processor", "both"))
    for finding in subject.member.findings:
        grave = finding.severity is Severity.RED
        if grave or (finding.severity is Severity.AMBER and ROW.sub("", finding.path) not in asked):
            yield _of_finding(subject, setting, finding)


def _of_finding(subject: Subject, setting: Setting, finding: Finding) -> Task:
    language, file = setting.language, subject.member.file
    mend = (finding.mend or {}).get(language, "")
    by = _due(subject, setting, "finding")
    about = subject.service
    what = f"{about}: {mend or finding.what[language]}"
    why = finding.what[language]
    key = identity("finding", f"{file} {finding.rule} {finding.path}")
    return Task(key, "finding", finding.severity, by, setting.who, about, what, why, finding.source, file)


def _paper(subject: Subject, setting: Setting) -> Iterator[Task]:
    """What the processor's own agreement lacks, until it is signed or the note is taken away."""
    words = subject.words(subject.description.supervision.negotiate)
    if words and subject.progress.state not in ("signed", "ended"):
        yield _task(subject, setting, "negotiate", _due(subject, setting, "negotiate"), facts=words)


def _changes(subject: Subject, setting: Setting) -> Iterator[Task]:
    """The announced sub-processors on which no decision was taken."""
    for change in subject.description.supervision.changes:
        if change.decision is None:
            yield _change(subject, setting, change)


def _change(subject: Subject, setting: Setting, change: SubprocessorChange) -> Task:
    agreed = subject.description.subprocessors
    kind = "change" if agreed.authorisation is Authorisation.GENERAL else "change-specific"
    by = change.object_by or change.announced + timedelta(days=agreed.notice_days)
    task = subject.words(change.task)
    country = country_name(change.country, setting.language) if change.country else ""
    told = ", ".join(filter(None, (task, country)))
    words = {"name": change.name, "task": f" ({told})" if told else "", "date": day(change.announced, setting.language)}
    return _task(subject, setting, kind, by, change.name, **words)


def _lapsing(subject: Subject, setting: Setting) -> Iterator[Task]:
    """The transfers that rest on a decision with a last day."""
    rows = subject.member.facts.transfers
    for row in () if isinstance(rows, Open) else rows:
        for country, decision in _decisions(row):
            if decision.until is not None:
                yield _task(subject, setting, "decision-ends", decision.until, f"{row.path} {country}", **_lapse(
                    subject, setting, row, country, decision
                ))  # fmt: skip


def _decisions(row: TransferRow) -> Iterator[tuple[str, Adequacy]]:
    """The adequacy decisions that a transfer rests on."""
    if not isinstance(row.transfer, Transfer) or row.transfer.basis not in (Basis.ADEQUACY, Basis.DPF):
        return
    codes = row.country if isinstance(row.country, tuple) else (row.country,)
    for code in codes:
        if isinstance(code, CountryCode) and not in_eea(code) and (found := adequacy(code)):
            yield code, found


def _lapse(subject: Subject, setting: Setting, row: TransferRow, country: str, decision: Adequacy) -> dict[str, str]:
    assert decision.until is not None
    recipient = subject.them if isinstance(row.recipient, Open) else str(row.recipient)
    language = setting.language
    return {
        "country": country_name(country, language),
        "recipient": recipient,
        "date": day(decision.until, language),
        "decision": decision.decision[language],
    }


def _certificates(subject: Subject, setting: Setting) -> Iterator[Task]:
    """The certificates of the processor that expire."""
    for certificate in subject.description.security.certifications:
        until = certificate.valid_until
        if isinstance(until, date) and subject.progress.state != "ended":
            words = {"name": certificate.name, "date": day(until, setting.language)}
            yield _task(subject, setting, "certificate", until, certificate.name, **words)


def _impact(subject: Subject, setting: Setting) -> Iterator[Task]:
    """The impact assessment to consider where the data are sensitive and nothing was noted."""
    noted = subject.description.record.impact_assessment
    if subject.sensitive and (noted is None or noted.outcome == "planned") and subject.progress.state != "ended":
        data = subject.sensitive_data()
        yield _task(subject, setting, "dpia", _due(subject, setting, "dpia"), data=data)
