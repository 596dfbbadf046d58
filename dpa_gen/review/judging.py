"""Reading -> the answer on each requirement that signals can show."""

from __future__ import annotations

from dpa_gen.review.answer import Answer, Evidence, Status
from dpa_gen.review.passages import Passage, Reading, Sentence
from dpa_gen.review.quantities import Quantity
from dpa_gen.review.signals import Row, fitting, rows, values_of

QUOTES = 3  # at most, for one requirement
LONGEST = 420  # characters of a quote
VALUED = {"breach.hours": "hours", "del.time": "days", "sub.period": "days"}

Found = tuple[Passage, Sentence]


def evidence(passage: Passage, text: str = "") -> Evidence:
    """A place of the paper with its words."""
    paragraph = passage.paragraph
    words = text or passage.text
    if len(words) > LONGEST:
        words = words[:LONGEST].rsplit(" ", 1)[0] + " …"
    place = (
        paragraph.reference
        or paragraph.number
        or (f"“{paragraph.heading}”" if paragraph.heading else f"§ {paragraph.index + 1}")
    )
    return Evidence(words, place, paragraph.index, paragraph.heading, paragraph.page)


def quoted(found: list[Found]) -> tuple[Evidence, ...]:
    """The first few places found, each once."""
    seen: dict[tuple[int, str], Evidence] = {}
    for passage, sentence in found:
        seen.setdefault((passage.paragraph.index, sentence.text), evidence(passage, sentence.text))
    return tuple(list(seen.values())[:QUOTES])


def judged(reading: Reading) -> dict[str, Answer]:
    """The answers by their ids; what several together meet is met last."""
    answers = {name: _judged(reading, row) for name, row in rows().items()}
    for row in rows().values():
        if row.inside and answers[row.id].status is not Status.PRESENT:
            answers[row.id] = _within(reading, row, answers)
    for name, row in rows().items():
        if row.also and all(answers[other].status is not Status.ABSENT for other in row.also[:-1]):
            strong = all(answers[other].status is Status.PRESENT for other in row.also[:-1])
            if (
                strong
                and answers[row.also[-1]].status is not Status.ABSENT
                and answers[name].status is not Status.PRESENT
            ):
                answers[name] = Answer(name, Status.PRESENT, answers[row.also[0]].evidence)
    return answers


def _within(reading: Reading, row: Row, answers: dict[str, Answer]) -> Answer:
    """The answer on what is part of another requirement that is met."""
    other = answers[row.inside]
    places = {each.index for each in other.evidence}
    if other.status is Status.PRESENT and not any(row.unless & reading.passages[place].near for place in places):
        return Answer(row.id, Status.PRESENT, other.evidence)
    return answers[row.id]


def _judged(reading: Reading, row: Row) -> Answer:
    shown = list(fitting(reading, row.present))
    firm = [(passage, sentence) for passage, sentence in shown if not row.weak & sentence.own]
    denied = list(fitting(reading, row.against)) if row.against else []
    capped = list(fitting(reading, row.capped)) if row.capped else []
    if firm and not denied and not capped:
        status = Status.UNCLEAR if _only_recited(firm) else Status.PRESENT
        reason = "misplaced" if status is Status.UNCLEAR else ""
        return Answer(row.id, status, quoted(firm), periods_of(row.id, firm), reason)
    if firm and denied and not capped and _apart(firm, denied):
        return Answer(row.id, Status.UNCLEAR, quoted([*denied[:1], *firm]), periods_of(row.id, firm), "conflict")
    if shown:
        reason = "denied" if denied else "capped" if capped else "weak"
        return Answer(row.id, Status.PARTIAL, quoted([*(denied or capped), *shown]), periods_of(row.id, shown), reason)
    if denied:
        return Answer(row.id, Status.ABSENT, quoted(denied), reason="denied")
    some = list(fitting(reading, row.partial))
    if some:
        return Answer(row.id, Status.PARTIAL, quoted(some), reason="partial")
    return Answer(row.id, Status.ABSENT, reason="absent")


def _only_recited(firm: list[Found]) -> bool:
    """Whether a duty on the processor stands in the recitals alone, where it may bind nobody."""
    return all("recitals-heading" in passage.over and "processor" in sentence.says for passage, sentence in firm)


def _apart(firm: list[Found], denied: list[Found]) -> bool:
    """Whether a promise and its denial stand in paragraphs of their own, so that neither reads as part of the other."""
    promised, against = ({passage.paragraph.index for passage, _ in found} for found in (firm, denied))
    return bool(promised - against) and bool(against - promised)


def periods_of(name: str, found: list[Found]) -> dict[str, object]:
    """The periods in the sentences found, the shortest breach period and the longest other one first."""
    kind = VALUED.get(name)
    if not kind:
        return {}
    periods = [each for _, sentence in found for each in values_of(sentence, kind)]
    if not periods:
        return {}
    return {
        "periods": list(dict.fromkeys(map(str, periods))),
        "hours" if kind == "hours" else "days": _first(kind, periods),
    }


def _first(kind: str, periods: list[Quantity]) -> float | int:
    first = periods[0]
    number = first.hours if kind == "hours" else first.days
    return int(number) if number == int(number) else number
