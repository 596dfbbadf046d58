"""Questions at the terminal: the five before a processor is engaged, and the practice's own check."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dpa_gen.commands.register import JSON, TODAY, day_of, say_tasks, troubles
from dpa_gen.commands.shared import DONE, EXISTING, INCOMPLETE, LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dpa_gen.questions import Question, Reply, Verdict
    from dpa_gen.subject import Subject

ASK = click.option(
    "--ask/--no-ask", default=None, help="Put questions at the terminal, or not. Otherwise: if it is one."
)
PROMPT = {"nl": "ja, nee, deels, ? of n.v.t.", "en": "yes, no, partly, ? or n/a"}
AGAIN = {"nl": "Antwoord met ja, nee, deels, ? (weet ik niet) of n.v.t.", "en": "Answer yes, no, partly, ? or n/a."}
ANSWERED = {
    "nl": {"yes": "ja", "no": "nee", "partly": "deels", "unknown": "onbekend", "not-applicable": "n.v.t."},
    "en": {"yes": "yes", "no": "no", "partly": "partly", "unknown": "unknown", "not-applicable": "n/a"},
}
OUTCOMES = {
    "nl": {
        "use": "Oordeel: u kunt {service} gebruiken.",
        "mend": "Oordeel: gebruik {service} pas als deze punten in orde zijn.",
        "own-hands": "Oordeel: houd dit liever in eigen hand, of zoek een andere dienst dan {service}.",
    },
    "en": {
        "use": "Verdict: you can use {service}.",
        "mend": "Verdict: use {service} only after mending these points.",
        "own-hands": "Verdict: better keep this in your own hands, or find another service than {service}.",
    },
}
SHOWN = {"nl": "staat in de bestanden", "en": "stands in the files"}
LEFT = {"nl": "Nog niet beantwoord ({count}):", "en": "Not answered yet ({count}):"}
SHORT = {"j": "ja", "n": "nee", "d": "deels", "p": "partly"}


@click.command()
@click.argument("processor", type=EXISTING)
@ASK
@click.option("--save/--no-save", default=True, help="Keep what was answered in the processor's file.")
@TODAY
@JSON
def assess(processor: Path, ask: bool | None, save: bool, today: datetime | None, as_json: bool) -> None:
    """Put the five questions that come before a processor is engaged, and give a verdict with its reasons.

    What the file shows already is not asked. Ends with 1 when the verdict is to keep it in your own hands.

    \b
    Example: dpa-gen assess processors/nieuwsbrief.yaml
    """
    from dpa_gen.questions import OWN_HANDS, before_engaging, given, shown, verdict

    subject = _subject(processor, today)
    replies = {**shown(subject), **given(subject.description.assessment, subject)}
    asked: dict[str, Reply] = {}
    try:
        for question in before_engaging() if _asks(ask) else ():
            if question.id not in replies:
                asked[question.id] = _put(question, subject.language)
    finally:  # what was answered before breaking off is kept as well
        if asked and save:
            _keep(processor, asked, today)
    found = verdict({**replies, **asked}, subject.sensitive)
    if as_json:
        click.echo(_json(_verdict_json(found, subject)), nl=False)
    else:
        _say_verdict(found, subject)
    sys.exit(INCOMPLETE if found.outcome == OWN_HANDS else DONE)


def _subject(processor: Path, today: datetime | None) -> Subject:
    """A description as the questions look at it."""
    from dpa_gen.subject import Subject
    from dpa_gen.workspaces import around, member

    found = member(around(processor), processor, day_of(today))
    return Subject(found, "controller", found.description.language[0], day_of(today))


def _asks(ask: bool | None) -> bool:
    return sys.stdin.isatty() if ask is None else ask


def _put(question: Question, language: str) -> Reply:
    """Ask until there is an answer; questions go to standard error, so that the result stays clean."""
    from dpa_gen.keeping import ANSWERS
    from dpa_gen.questions import Reply

    click.echo(f"\n{question.ask[language]}", err=True)
    click.echo(f"    {question.because[language]} ({question.source[language]})", err=True)
    while True:
        text = click.prompt(f"    {PROMPT[language]}", err=True).strip().lower()
        answer = ANSWERS.get(SHORT.get(text, text))
        if answer is not None:
            return Reply(answer)
        click.echo(f"    {AGAIN[language]}", err=True)


def _keep(processor: Path, asked: Mapping[str, Reply], today: datetime | None) -> None:
    from dpa_gen.marking import update

    values = {"date": day_of(today).isoformat(), **{name: reply.answer for name, reply in asked.items()}}
    update(processor, "assessment", values)
    click.echo(f"{processor}: assessment", err=True)


def _say_verdict(found: Verdict, subject: Subject) -> None:
    from dpa_gen.questions import Reply, before_engaging

    language = subject.language
    for question in before_engaging():
        reply = found.replies.get(question.id, Reply("unknown"))
        click.echo(f"{question.ask[language]} {ANSWERED[language][reply.answer]}{_because(reply, language)}")
    click.echo("\n" + OUTCOMES[language][found.outcome].format(service=subject.service))
    for question, _ in found.open_points():
        click.echo(f"  - {question.todo[language]}: {question.because[language]} ({question.source[language]})")


def _because(reply: Reply, language: str) -> str:
    told = [SHOWN[language]] if reply.shown else []
    told += [reply.why] if reply.why else []
    return f" ({': '.join(told)})" if told else ""


def _verdict_json(found: Verdict, subject: Subject) -> dict[str, Any]:
    answers = {name: _reply_json(reply) for name, reply in found.replies.items()}
    points = [
        {"id": question.id, "todo": dict(question.todo), "source": dict(question.source)}
        for question, _ in found.open_points()
    ]
    return {"service": subject.service, "verdict": found.outcome, "answers": answers, "points": points}


def _reply_json(reply: Reply) -> dict[str, Any]:
    return {"answer": reply.answer, "why": reply.why, "shown": reply.shown}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


@click.command("avg-check")
@click.argument("workspace", type=EXISTING, default=".")
@click.option("--answers", "given", type=EXISTING, help="A file with the answers, instead of avg-check.yaml.")
@click.option("--again", is_flag=True, help="Ask everything again.")
@click.option("--language", "-l", type=LANGUAGE, help="Instead of that of the workspace.")
@ASK
@TODAY
@JSON
def avg_check(
    workspace: Path,
    given: Path | None,
    again: bool,
    language: str | None,
    ask: bool | None,
    today: datetime | None,
    as_json: bool,
) -> None:
    """Check your own practice in 5 to 15 minutes, ending in a to-do list.

    Every answer is kept at once in avg-check.yaml, so you can break off (Ctrl-C) and go on later. What the workspace
    shows already is not asked. A file that cannot be read is named and left out; then it ends with 2.

    \b
    Examples:
      dpa-gen avg-check mijn-praktijk
      dpa-gen avg-check mijn-praktijk --answers antwoorden.yaml --json
    """
    from dpa_gen.tasks import practice
    from dpa_gen.tasks.lists import list_of
    from dpa_gen.tasks.task import Setting
    from dpa_gen.tasks.todo import HORIZON, responsible
    from dpa_gen.workspaces import survey

    day = day_of(today)
    found = survey(workspace, day)
    found = replace(found, language=language) if language else found
    setting = Setting(day, found.language, responsible(found))
    shown = practice.shown(found, practice.of_workspace(found, setting))
    path = given or workspace / practice.KEPT_IN
    kept = {} if again else practice.answers(path)
    if _asks(ask):
        _put_all(kept, shown, found.language, lambda: practice.keep(path, kept, found.language))
    replies = {**kept, **shown}
    tasks = list_of(found, kept, day, HORIZON)
    if as_json:
        told = {name: _reply_json(reply) for name, reply in replies.items()}
        click.echo(_json({"answers": told, "tasks": [task.as_json() for task in tasks]}), nl=False)
    else:
        _say_answers(replies, found.language)
        say_tasks(tasks, found.language, day)
    sys.exit(troubles(found))


def _put_all(kept: dict[str, Reply], shown: Mapping[str, Reply], language: str, keep: Callable[[], None]) -> None:
    """Put each question that has no answer yet, and keep each answer at once."""
    from dpa_gen.questions import of_practice, parts

    part = ""
    for question in of_practice():
        if question.id in kept or question.id in shown:
            continue
        if question.part != part:
            part = question.part
            click.echo(f"\n== {parts()[part][language]}", err=True)
        kept[question.id] = _put(question, language)
        keep()


def _unanswered(replies: Mapping[str, Reply]) -> tuple[Question, ...]:
    from dpa_gen.questions import of_practice

    return tuple(question for question in of_practice() if question.id not in replies)


def _say_answers(replies: Mapping[str, Reply], language: str) -> None:
    """The answers by part, and the questions that have none."""
    from dpa_gen.questions import of_practice, parts

    part = ""
    for question in of_practice():
        if question.id not in replies:
            continue
        if question.part != part:
            part = question.part
            click.echo(f"== {parts()[part][language]}")
        reply = replies[question.id]
        click.echo(f"{question.ask[language]} {ANSWERED[language][reply.answer]}{_because(reply, language)}")
    if left := _unanswered(replies):
        click.echo("\n" + LEFT[language].format(count=len(left)))
        for question in left:
            click.echo(f"  - {question.ask[language]} ({question.source[language]})")
    click.echo()
