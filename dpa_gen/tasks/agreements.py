"""What has to be done for the agreement of one description: conclude, send, remind, renew, review, close."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from dpa_gen.progress import EXPIRED
from dpa_gen.subject import Subject
from dpa_gen.tasks.task import Setting, Task, kinds
from dpa_gen.wording import day

SOON = 60  # days before an end at which it must be prepared
REVIEW_AFTER = 2  # years
REMIND_AFTER = 14  # days


def agreement_tasks(subject: Subject, setting: Setting) -> Iterator[Task]:
    """The tasks that follow from the state of the agreement."""
    yield from STEPS[subject.progress.state](subject, setting)


def _task(subject: Subject, setting: Setting, kind: str, by: date, **words: str) -> Task:
    """A task about the agreement with the other party."""
    about, file = subject.service, subject.member.file
    words = {"them": subject.them, "service": about, "for_service": subject.for_service, "path": file, **words}
    return setting.task(kind, by, file, words, about, file)


def _none(subject: Subject, setting: Setting) -> Iterator[Task]:
    kind = kinds()["missing"]
    by = setting.in_days(kind.sensitive if subject.sensitive else kind.within)
    yield _task(subject, setting, "missing", min(by, _start(subject, setting) or by))


def _start(subject: Subject, setting: Setting) -> date | None:
    """The day on which the processing starts, when that is still to come."""
    start = subject.description.processing_starts
    return start if isinstance(start, date) and start > setting.today else None


def _drafted(subject: Subject, setting: Setting) -> Iterator[Task]:
    found = subject.progress
    kind = "outdated" if found.outdated else "drafted"
    by = (found.drafted or setting.today) + timedelta(days=kinds()[kind].within)
    yield _task(subject, setting, kind, max(by, _filled_by(subject, setting)), file=found.file)


def _filled_by(subject: Subject, setting: Setting) -> date:
    """A week after what is still open was asked for; an agreement with gaps is not sent before."""
    asking = kinds()["ask"]
    open_still = subject.open_facts("controller", "processor", "both")
    return setting.in_days((asking.sensitive if subject.sensitive else asking.within) + 7) if open_still else date.min


def _sent(subject: Subject, setting: Setting) -> Iterator[Task]:
    sent = subject.progress.sent or setting.today
    yield _task(
        subject, setting, "sent", sent + timedelta(days=kinds()["sent"].within), date=day(sent, setting.language)
    )


def _signed(subject: Subject, setting: Setting) -> Iterator[Task]:
    found, language = subject.progress, setting.language
    ends = found.until or found.ended
    if ends and ends <= setting.in_days(SOON):
        yield _task(subject, setting, "expires", ends, date=day(ends, language))
    if not subject.member.file_there:
        signed = (found.signed or setting.today).isoformat()
        yield _task(subject, setting, "file", setting.in_days(kinds()["file"].within), day=signed)
    if subject.side == "controller":
        yield from _yearly(subject, setting)
    yield from _review(subject, setting)


def _yearly(subject: Subject, setting: Setting) -> Iterator[Task]:
    """The check that the processor keeps its word, as often as the agreement reviews its security."""
    last = subject.description.supervision.checked or subject.progress.signed
    if last:
        by = last + timedelta(days=subject.description.security.review.days)
        yield _task(subject, setting, "yearly", by)


def _review(subject: Subject, setting: Setting) -> Iterator[Task]:
    signed = subject.progress.signed
    by = subject.description.agreement.review_by or (years_after(signed, REVIEW_AFTER) if signed else None)
    if by and signed:
        yield _task(subject, setting, "review", by, date=day(signed, setting.language))


def _expired(subject: Subject, setting: Setting) -> Iterator[Task]:
    until = subject.progress.until or setting.today
    by = until + timedelta(days=kinds()["expired"].within)
    yield _task(subject, setting, "expired", by, date=day(until, setting.language))


def _ended(subject: Subject, setting: Setting) -> Iterator[Task]:
    """The deletion that must follow the end, until it was noted that it was checked."""
    ended = subject.progress.ended or setting.today
    checked = subject.description.supervision.checked
    if subject.side == "controller" and not (checked and checked >= ended):
        yield _task(subject, setting, "ended", ended + timedelta(days=subject.description.deletion.within_days))


def years_after(day_: date, years: int) -> date:
    """The same day some years later; 28 February for the 29th where that year has none."""
    try:
        return day_.replace(year=day_.year + years)
    except ValueError:
        return day_.replace(year=day_.year + years, day=28)


STEPS = {
    "none": _none,
    "drafted": _drafted,
    "sent": _sent,
    "signed": _signed,
    EXPIRED: _expired,
    "ended": _ended,
}
