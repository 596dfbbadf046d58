"""What a batch has to do: which descriptions are still as they were when their contracts were made, and which not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from dpa_gen.batch.manifest import Entry, Manifest
from dpa_gen.batch.recipe import Parts, Recipe, as_it_is_now, digest_of_value
from dpa_gen.batch.rows import Row
from dpa_gen.batch.worker import Task
from dpa_gen.errors import Problem
from dpa_gen.generate import Wishes
from dpa_gen.house import SHIPPED
from dpa_gen.intake import SHARED_FILE, shared_file

Subject = Path | Row


@dataclass(frozen=True)
class Order:
    """What was asked of a batch."""

    subjects: tuple[Subject, ...]
    folder: Path
    wishes: Wishes = Wishes()
    pattern: str = "{key}"
    in_one: bool = True  # all contracts in the folder itself, and not in one folder for each language
    jobs: int = 1
    with_pdf: bool = False
    dry: bool = False
    force: bool = False
    refused: tuple[tuple[str, tuple[Problem, ...]], ...] = ()  # rows that could not be read, by their key

    @property
    def layout(self) -> str:
        """What decides over names and places."""
        return self.pattern if self.in_one else f"contracten/{self.pattern}"


class Plan:
    """Compares descriptions with what a manifest remembers of them."""

    def __init__(self, order: Order, manifest: Manifest) -> None:
        self.order, self.manifest = order, manifest
        self._today: dict[Parts, Recipe | None] = {}
        self._named: dict[Parts, Parts] = {}
        self._shared: dict[Path, str] = {}

    def key(self, subject: Subject) -> str:
        """The name of a description in the manifest."""
        if isinstance(subject, Row):
            return f"{self.manifest.name_of(subject.name)}#{subject.key}"
        return self.manifest.name_of(subject)

    def task(self, subject: Subject) -> Task | None:
        """What has to be done for a description; nothing when its contracts are as they should be."""
        key = self.key(subject)
        entry = self.manifest.entries.get(key)
        if entry is None or entry.pattern != self.order.layout or not self.in_place(entry):
            return Task(key, subject)
        if entry.recipe.description and self.same_sources(entry, subject) and self.same_beside(entry):
            return None
        return Task(key, subject, entry.recipe)

    def in_place(self, entry: Entry) -> bool:
        """Whether each contract is there; one that was edited since counts, unless it may be overwritten."""
        folder = self.manifest.folder
        if self.order.force:
            return all(kept.stamp.holds(folder / kept.file) for kept in entry.files.values())
        return all((folder / kept.file).is_file() for kept in entry.files.values())

    def same_sources(self, entry: Entry, subject: Subject) -> bool:
        """Whether the files of a description, or its row, say what they said."""
        shared = self.shared(subject)
        if shared != next((name for name in entry.sources if name.endswith(SHARED_FILE)), ""):
            return False
        if isinstance(subject, Row) and digest_of_value(subject.value) != entry.row:
            return False
        return all(map(self.manifest.knows, entry.sources))

    def shared(self, subject: Subject) -> str:
        """The shared file under a description, as the manifest names it."""
        if isinstance(subject, Row):
            return self.manifest.name_of(subject.shared) if subject.shared else ""
        folder = subject.parent
        if folder not in self._shared:
            found = shared_file(subject)
            self._shared[folder] = self.manifest.name_of(found) if found else ""
        return self._shared[folder]

    def same_beside(self, entry: Entry) -> bool:
        """Whether library, template, countries, program and wishes are those of the last time."""
        if entry.parts not in self._today:
            parts = self.found(entry.parts)
            self._today[entry.parts] = as_it_is_now(entry.recipe, parts, self.order.wishes) if parts else None
        today = self._today[entry.parts]
        return today is not None and replace(today, description=entry.recipe.description) == entry.recipe

    def found(self, parts: Parts) -> Parts | None:
        """The files of a manifest as paths that can be opened; nothing when others are asked for now."""
        wishes, where = self.order.wishes, self.manifest.path_of
        found = Parts(
            tuple(str(where(name)) for name in parts.clauses),
            parts.template if parts.template in SHIPPED else str(where(parts.template)),
            str(where(parts.countries)) if parts.countries else "",
        )
        asked = self.named(Parts(tuple(map(str, wishes.clauses)), wishes.template or "", str(wishes.countries or "")))
        pairs = (
            (asked.clauses, parts.clauses),
            (asked.template, parts.template),
            (asked.countries, parts.countries),
        )
        return found if all(not new or new == old for new, old in pairs) else None

    def named(self, parts: Parts) -> Parts:
        """The files as the manifest names them."""
        if parts not in self._named:
            self._named[parts] = self._renamed(parts)
        return self._named[parts]

    def _renamed(self, parts: Parts) -> Parts:
        name = self.manifest.name_of
        return Parts(
            tuple(map(name, parts.clauses)),
            parts.template if parts.template in ("", *SHIPPED) else name(parts.template),
            name(parts.countries) if parts.countries else "",
        )


def tasks(plan: Plan, subjects: Iterable[Subject]) -> tuple[list[Task], list[str]]:
    """What has to be done, and the keys of what is as it should be."""
    to_do: list[Task] = []
    same: list[str] = []
    for subject in subjects:
        task = plan.task(subject)
        if task:
            to_do.append(task)
        else:
            same.append(plan.key(subject))
    return to_do, same
