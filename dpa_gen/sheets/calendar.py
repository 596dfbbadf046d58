"""Tasks as a calendar file (RFC 5545): a whole day each, the same name every time, no clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from dpa_gen.tasks.task import Task

LONGEST_LINE = 75  # octets, without the line ending (section 3.1)
DOMAIN = "dpa-gen.invalid"


def calendar(tasks: Iterable[Task], today: date, title: str) -> bytes:
    """The calendar file of tasks; `today` is the day on which the list was made."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//dpa-gen//dpa-gen//EN", "CALSCALE:GREGORIAN"]
    lines += [f"X-WR-CALNAME:{text(title)}"]
    for task in tasks:
        lines += _event(task, today)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line)).encode()


def _event(task: Task, today: date) -> Iterator[str]:
    """A task on its day; what is overdue stands on today, where it will be seen."""
    shown = max(task.by, today)
    yield "BEGIN:VEVENT"
    yield f"UID:{task.id}@{DOMAIN}"
    yield f"DTSTAMP:{today:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{shown:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{shown + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{text(task.what)}"
    told = "\n".join(filter(None, (task.why, task.source, task.who, task.file)))
    yield f"DESCRIPTION:{text(told)}"
    yield "TRANSP:TRANSPARENT"
    yield f"PRIORITY:{PRIORITIES[task.severity.value]}"
    yield "END:VEVENT"


PRIORITIES = {"red": 1, "amber": 5, "info": 9}


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
