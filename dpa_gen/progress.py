"""How far an agreement is today: what `dpa-gen mark` wrote, the contract files that lie there, and the calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dpa_gen.description import Duration
from dpa_gen.keeping import Standing, State
from dpa_gen.workspaces import Draft, Member

EXPIRED = "expired"
STATES = ("none", "drafted", "sent", "signed", EXPIRED, "ended")


@dataclass(frozen=True)
class Progress:
    """The state of one agreement on a day."""

    state: str  # one of STATES
    drafted: date | None = None
    sent: date | None = None
    signed: date | None = None
    ended: date | None = None
    until: date | None = None  # the day up to which it was agreed
    file: str = ""
    version: str = ""
    outdated: bool = False  # the draft was made of an earlier description


def progress(member: Member, today: date) -> Progress:
    """How far the agreement of a description is on a day."""
    standing, draft = member.description.agreement, _best(member.drafts)
    drafted = standing.drafted or (draft.made if draft else None)
    return Progress(
        _state(standing, draft, _until(member), today),
        drafted,
        standing.sent,
        standing.signed,
        standing.ended,
        _until(member),
        standing.file or (draft.file if draft else ""),
        standing.version or member.description.version,
        outdated=draft is not None and not draft.current,
    )


def _best(drafts: tuple[Draft, ...]) -> Draft | None:
    """The draft that speaks for the others: one made of the description as it is, or else the first."""
    return next((draft for draft in drafts if draft.current), drafts[0] if drafts else None)


def _until(member: Member) -> date | None:
    duration = member.description.processing.duration
    return duration.until if isinstance(duration, Duration) else None


def _state(standing: Standing, draft: Draft | None, until: date | None, today: date) -> str:
    reached = standing.state or _reached(standing, draft)
    if reached is State.ENDED and standing.ended and standing.ended > today:
        reached = State.SIGNED if standing.signed else State.SENT
    if reached is State.SIGNED and until and until < today:
        return EXPIRED
    return reached.value


def _reached(standing: Standing, draft: Draft | None) -> State:
    """The state that the dates tell of when it is not stated itself."""
    for state, day in ((State.ENDED, standing.ended), (State.SIGNED, standing.signed), (State.SENT, standing.sent)):
        if day:
            return state
    return State.DRAFTED if standing.drafted or draft else State.NONE
