"""Paper -> review: read, judge, tell what it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dpa_gen.law import core, requirements
from dpa_gen.paper import Paper
from dpa_gen.review.answer import Answer, Review, Status
from dpa_gen.review.content import described
from dpa_gen.review.flags import red_flags
from dpa_gen.review.judging import judged
from dpa_gen.review.kind import kind
from dpa_gen.review.lists import listed
from dpa_gen.review.passages import Reading, Sentence, reading
from dpa_gen.review.quantities import amounts, percentages
from dpa_gen.review.weighing import weighed
from dpa_gen.review.words import LANGUAGES

ONLY_GENERAL = ("sub.push", "sub.criteria")  # asked where permission is general
ONLY_TRANSFERS = ("transfer.map", "transfer.tia")  # asked where data leave the EEA


def review(paper: Paper, document: str = "") -> Review:
    """What a paper says on everything that the law and the regulators ask."""
    read = reading(paper)
    by_signals = first_answers(read)
    answers = weighed(read, by_signals, red_flags(read, by_signals))
    instead = kind(read, answers, by_signals)
    left_out = _not_applicable(read, answers)
    order = [name for name in requirements() if name in answers and name not in left_out]
    kept = {name: answers[name] for name in order}
    flags = red_flags(read, answers) if not instead else ()
    return Review(
        document or paper.name,
        "both" if len(read.languages) == len(LANGUAGES) else read.language,
        not instead,
        instead,
        tuple(kept.values()),
        left_out,
        tuple(flag for flag in flags if flag.severity != "info"),
        tuple(flag for flag in flags if flag.severity == "info"),
        _values(read, answers),
        core_score(answers),
        _notes(paper),
    )


def first_answers(read: Reading) -> dict[str, Answer]:
    """The answers by signals, labels and lists, before they are weighed."""
    return {**judged(read), **described(read), **listed(read)}


def _not_applicable(read: Reading, answers: Mapping[str, Answer]) -> tuple[str, ...]:
    """What is not asked of this paper."""
    left_out = [] if "art28.3.special" in answers else ["art28.3.special"]
    general = any({"general-permission"} == {"general-permission", "no-sub-without"} & s.own for s in _all(read))
    specific = answers["art28.3.d.auth"].status is Status.PRESENT and not general
    if specific:
        left_out += ONLY_GENERAL
        if answers["art28.3.d.notice"].status is Status.ABSENT:
            left_out += ["sub.period"]
    if not {"outside-eea", "instrument"} & read.says or _stays(read):
        left_out += ONLY_TRANSFERS
    return tuple(name for name in requirements() if name in left_out)


def _all(read: Reading) -> Iterator[Sentence]:
    return (sentence for passage in read.passages for sentence in passage.sentences)


def _stays(read: Reading) -> bool:
    """Whether no transfer takes place: no instrument is named in any list or clause."""
    return not any("instrument" in s.own for p in read.passages for s in p.sentences if not p.is_definition)


def core_score(answers: Mapping[str, Answer]) -> tuple[int, int]:
    """How many of the core requirements of the research are met; one of several rows is met when all are."""
    rows: dict[str, list[bool]] = {}
    for requirement in core():
        met = requirement.id in answers and answers[requirement.id].status is Status.PRESENT
        for name in requirement.core:
            rows.setdefault("R13" if name == "R14" else name, []).append(met)
    return sum(all(each) for each in rows.values()), len(rows)


def _values(read: Reading, answers: Mapping[str, Answer]) -> dict[str, object]:
    """The figures and choices of a paper that a person will want to see."""
    found: dict[str, object] = {}
    for key, name, unit in (
        ("breach_hours", "breach.hours", "hours"),
        ("deletion_days", "del.time", "days"),
        ("subprocessor_notice_days", "sub.period", "days"),
    ):
        if unit in answers[name].values:
            found[key] = answers[name].values[unit]
    caps = [s.text for p in read.passages for s in p.sentences if "liability-word" in s.says]
    if money := [each for text in caps for each in amounts(text)]:
        found["liability_amounts"] = list(dict.fromkeys(money))
    if shares := [each for text in caps for each in percentages(text)]:
        found["liability_percentages"] = list(dict.fromkeys(shares))
    if law := [answers["law.forum"].evidence[0].text] if answers["law.forum"].evidence else []:
        found["law"] = law[0]
    forum = [
        s.text
        for p in read.passages
        for s in p.sentences
        if "forum" in s.own and {"governing-law", "label-subject"} & (p.near | s.own)
    ]
    if forum:
        found["forum"] = forum[0]
    return found


def _notes(paper: Paper) -> dict[str, object]:
    """What a reader should know of the file itself."""
    notes = paper.notes
    told = {
        "tracked_changes": notes.tracked_changes,
        "comments": notes.comments,
        "hidden": notes.hidden,
        "pages_without_text": list(notes.pages_without_text),
        "unread": list(notes.unread),
        "cut_off": notes.is_cut_off,
    }
    return {key: value for key, value in told.items() if value}
