"""The practice of the samples as a workspace that a test may change, and its to-do list as text."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from samples_of import SAMPLES

from dpa_gen import workspaces
from dpa_gen.tasks.lists import lines, list_of
from dpa_gen.tasks.task import Task
from dpa_gen.workspaces import Workspace

TODAY = date(2026, 11, 23)
PRACTICE = SAMPLES / "praktijk"
TODO = Path(__file__).parent / "golden" / "workspace" / "te-doen.txt"
SHARED = """
language: nl
controller:
  name: Praktijk Voorbeeld
  registration: {kvk: "12345678"}
  address: {street: Lindelaan 12, postcode: 3512 AB, city: Utrecht, country: NL}
  contact: {name: Jo Vos, email: jo@praktijk.example.nl}
  signatory: {name: Jo Vos, role: eigenaar}
liability: {regime: unlimited}
law: {governing: NL, forum: de rechtbank Midden-Nederland}
"""
COMPLETE = """
# Waar dit bestand over gaat.
processor:
  name: Dienst Voorbeeld B.V.
  registration: {kvk: "87654321"}
  address: {street: Dorpsstraat 1, postcode: 1000 AA, city: Amsterdam, country: NL}
  contact: {name: Privacy, email: privacy@dienst.example.nl}
  signatory: {name: An de Boer, role: directeur}
service: {name: Voorbeelddienst, main_agreement: {title: abonnement, date: 2026-01-01}}
processing:
  subject: de nieuwsbrief
  purpose: belangstellenden informeren over het aanbod
  nature: [store, send]
  data_subjects: [prospects]
  personal_data: [name, email-address]
  retention: {period: P30D, after: unsubscribing}
  locations: [{country: NL, place: Amsterdam}]
  remote_access: none
security:
  measures:   # wat er is afgesproken
    - {term: encryption-in-transit, detail: TLS 1.3}
    - {term: multi-factor, detail: voor iedereen}
subprocessors: {list: none}
record: {legal_basis: toestemming}
"""


def small(folder: Path, more: str = "", description: str = COMPLETE) -> Path:
    """A workspace with one processor; `more` stands at the end of its file."""
    (folder / "processors").mkdir(parents=True)
    (folder / "dpa-gen.yaml").write_text(SHARED, encoding="utf-8")
    (folder / "processors" / "dienst.yaml").write_text(description + more, encoding="utf-8")
    return folder


def read(folder: Path, today: date = TODAY) -> Workspace:
    """A workspace as it is on a day."""
    return workspaces.read(folder, today)


def tasks(folder: Path, today: date = TODAY, within: int = 90) -> tuple[Task, ...]:
    """The to-do list of a workspace."""
    return list_of(read(folder, today), {}, today, within)


def copied(folder: Path) -> Path:
    """The practice of the samples, to be changed."""
    shutil.copytree(PRACTICE, folder, dirs_exist_ok=True)
    return folder


def todo_text() -> str:
    """The to-do list of the practice of the samples as it is printed."""
    return "\n".join(lines(tasks(PRACTICE), "nl", TODAY)) + "\n"


def plain(path: Path) -> Any:
    """What a YAML file says, by a reader that is not ours."""
    return yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)


if __name__ == "__main__":
    TODO.write_text(todo_text(), encoding="utf-8")
