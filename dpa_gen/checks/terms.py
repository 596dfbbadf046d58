"""Checks of what the parties agreed in figures: days and hours, which are never red unless they defeat a MUST."""

from __future__ import annotations

from collections.abc import Iterator

from dpa_gen.checks.case import Case, Trip, trip
from dpa_gen.description import Authorisation

FEWEST_NOTICE_DAYS = 14
MOST_BREACH_HOURS = 72  # what the controller itself has: Article 33(1)
MOST_AUDIT_DAYS = 30
MOST_DELETION_DAYS, MOST_BACKUP_DAYS = 90, 180
RETRIEVAL_DAYS = 30  # Article 25(2)(g) of the Data Act


def notice_of_subprocessors(case: Case) -> Iterator[Trip]:
    """Under general authorisation the controller hears of a change in time to object."""
    agreed = case.description.subprocessors
    if agreed.authorisation is not Authorisation.GENERAL:
        return
    if agreed.notice_days == 0:
        yield trip("T17", "subprocessors", "notice_days")
    elif agreed.notice_days < FEWEST_NOTICE_DAYS:
        yield trip("T19", "subprocessors", "notice_days", days=agreed.notice_days)


def breach_hours(case: Case) -> Iterator[Trip]:
    """A breach is reported soon enough for the controller to notify in time."""
    hours = case.description.breach.notify_within_hours
    if hours > MOST_BREACH_HOURS:
        yield trip("T25", "breach", "notify_within_hours", hours=hours)
    elif hours == MOST_BREACH_HOURS:
        yield trip("T27", "breach", "notify_within_hours")


def paid_assistance(case: Case) -> Iterator[Trip]:
    """Assistance that the law demands is not for sale alone."""
    if case.description.assistance.cost == "charged":
        yield trip("T28", "assistance", "cost")


def audit_notice(case: Case) -> Iterator[Trip]:
    """An audit can be held within a month."""
    days = case.description.audit.notice_days
    if days > MOST_AUDIT_DAYS:
        yield trip("T34", "audit", "notice_days", days=days)


def deletion_days(case: Case) -> Iterator[Trip]:
    """The data are gone within months of the end, copies last, and there is time to fetch them first."""
    deletion = case.description.deletion
    if deletion.within_days > MOST_DELETION_DAYS:
        yield trip("T31", "deletion", "within_days", days=deletion.within_days)
    elif deletion.backups_within_days > MOST_BACKUP_DAYS:
        yield trip("T31", "deletion", "backups_within_days", days=deletion.backups_within_days)
    if deletion.backups_within_days < deletion.within_days:
        days, backups = deletion.within_days, deletion.backups_within_days
        yield trip("backups-first", "deletion", "backups_within_days", days=days, backups=backups)
    if deletion.choice_days < RETRIEVAL_DAYS:
        yield trip("data-act", "deletion", "choice_days", days=deletion.choice_days)
