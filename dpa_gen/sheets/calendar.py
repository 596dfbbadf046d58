"""Things to do as a calendar file (RFC 5545): a whole day each, the same name every time, no clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

LONGEST_LINE = 75  # octets, without the line ending (section 3.1)
DOMAIN = "dpa-gen.invalid"


@dataclass(frozen=True, slots=True)
class Event:
    """Something to do on a day; `priority` runs from 1, the most urgent, to 9."""

    id: str
    by: date
    title: str
    told: tuple[str, ...]
    priority: int


def calendar(events: Iterable[Event], today: date, title: str) -> bytes:
    """The calendar file of events; `today` is the day on which the list was made."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//dpa-gen//dpa-gen//EN", "CALSCALE:GREGORIAN"]
    lines += [f"X-WR-CALNAME:{text(title)}"]
    for event in events:
        lines += _event(event, today)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line)).encode()


def _event(event: Event, today: date) -> Iterator[str]:
    """An event on its day; what is overdue stands on today, where it will be seen."""
    shown = max(event.by, today)
    yield "BEGIN:VEVENT"
    yield f"UID:{event.id}@{DOMAIN}"
    yield f"DTSTAMP:{today:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{shown:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{shown + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{text(event.title)}"
    told = "\n".join(filter(None, event.told))
    yield f"DESCRIPTION:{text(told)}"
    yield "TRANSP:TRANSPARENT"
    yield f"PRIORITY:{event.priority}"
    yield "END:VEVENT"


def text(words: str) -> str:
    """Words as a value of the type TEXT (section 3.3.11)."""
    escaped = words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(escaped.splitlines())


def _folded(line: str) -> Iterator[str]:
    """A line in parts of at most 75 octets, cut between characters; each next part begins with a space."""
    part, size, room = "", 0, LONGEST_LINE
    for letter in line:
        width = len(letter.encode())
        if size + width > room:
            yield part
            part, size = " ", 1
        part, size = part + letter, size + width
    yield part
