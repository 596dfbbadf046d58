"""The clause library: `clauses/` to a `Library`; the only reader of clause files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

from dpa_gen import source
from dpa_gen.changes import Change
from dpa_gen.clause import Clause, ClauseParagraph, Condition, Definitions, FactTable, ListTable, Wordings
from dpa_gen.clausefile import ClauseFile, ContentsFile, TermFile
from dpa_gen.errors import DpaError, Place, Problem
from dpa_gen.shape import fit
from dpa_gen.source import Source

KINDS = {"front": "front", "articles": "article", "closing": "closing", "annexes": "annex"}  # folder -> kind
VOCABULARIES = ("operations", "data-subjects", "personal-data", "measures", "events")


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the vocabulary: its name per language, its legal weight, and what must be filled in beside it."""

    id: str
    vocabulary: str
    name: Mapping[str, str]
    weight: str = ""  # "special", "criminal" or "national-number"
    health: bool = False  # data concerning health (Article 4(15) GDPR)
    parameter: Mapping[str, str] | None = None
    code: str = ""


@dataclass(frozen=True, slots=True)
class Switches:
    """What a library asks of the facts before it prints a word: conditions, facts that pick, lists of tables."""

    conditions: tuple[Condition, ...]
    chosen: tuple[str, ...]
    lists: tuple[str, ...]


@dataclass(frozen=True)
class Library:
    """Clauses in their order, the vocabulary, the phrases, and the defaults of a description."""

    clauses: Mapping[str, Clause]
    contents: ContentsFile
    terms: Mapping[str, Mapping[str, Term]]  # vocabulary -> id -> term
    phrases: Mapping[str, Any]
    defaults: Mapping[str, Mapping[str, Any]]  # topic -> path -> value, or value per position
    version: str
    digest: str  # a hash over every word of it
    changes: tuple[Change, ...] = ()  # what own files changed, the lowest layer first
    sources: tuple[Source, ...] = ()  # the own files

    def of_kind(self, kind: str) -> Iterator[Clause]:
        """The clauses of a kind in the order of the contract."""
        order = {"front": self.contents.front, "article": self.contents.articles, "annex": self.contents.annexes}
        yield from (self.clauses[name] for name in order.get(kind, (self.contents.closing,)))

    def paragraphs(self) -> Iterator[tuple[Clause, ClauseParagraph]]:
        """Every paragraph with its clause, in the order of the contract."""
        for kind in ("front", "article", "closing", "annex"):
            for clause in self.of_kind(kind):
                for paragraph in clause.paragraphs:
                    yield clause, paragraph

    def phrase(self, name: str, language: str) -> str:
        """A small printed word, such as `labels.page`."""
        found: Any = self.phrases
        for step in name.split("."):
            found = found[step]
        return str(found[language])

    @cached_property
    def switches(self) -> Switches:
        """Everything that decides which words a contract gets."""
        paragraphs = [paragraph for _, paragraph in self.paragraphs()]
        bodies = [paragraph.body for paragraph in paragraphs]
        rows = [row for body in bodies if isinstance(body, FactTable) for row in body.rows]
        meanings = [meaning for body in bodies if isinstance(body, Definitions) for meaning in body.meanings]
        asked = [part.when for part in paragraphs] + [row.when for row in rows] + [term.when for term in meanings]
        conditions = [condition for when in asked for condition in when]
        chosen = [body.choose for body in bodies if isinstance(body, Wordings)]
        lists = [body.list_path for body in bodies if isinstance(body, ListTable)]
        return Switches(
            tuple(dict.fromkeys(conditions)), tuple(dict.fromkeys(filter(None, chosen))), tuple(dict.fromkeys(lists))
        )

    @cached_property
    def list_tables(self) -> Mapping[str, ListTable]:
        """The tables over a list, by the id of their paragraph."""
        return {p.id: p.body for _, p in self.paragraphs() if isinstance(p.body, ListTable)}

    @cached_property
    def labels(self) -> Mapping[str, Mapping[str, str]]:
        """The labels of the contract per language."""
        return {language: {k: v[language] for k, v in self.phrases["labels"].items()} for language in ("nl", "en")}


def shipped_folder() -> Path:
    """The folder of the shipped clause library."""
    return Path(str(files("dpa_gen.clauses")))


@lru_cache(maxsize=1)
def shipped() -> Library:
    """The library as it is shipped."""
    from dpa_gen import __version__

    folder = shipped_folder()
    contents = fit(ContentsFile, *_value_and_place(_read(folder, "contents.yaml")))
    clauses = {clause.id: clause for clause in _clauses(folder, contents)}
    terms = {name: _terms(_read(folder, f"vocabulary/{name}.yaml"), name) for name in VOCABULARIES}
    phrases = _read(folder, "vocabulary/phrases.yaml").value
    defaults = _read(folder, "defaults.yaml").value
    return Library(clauses, contents, terms, phrases, defaults, __version__, _digest(folder))


def _digest(folder: Path) -> str:
    """A hash over every word of a folder, the same on every system."""
    whole = sha256()
    for file in sorted(folder.rglob("*.yaml")):
        whole.update(file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes().replace(b"\r\n", b"\n"))
    return whole.hexdigest()


def _read(folder: Path, name: str) -> Source:
    return source.read(folder / name, f"clauses/{name}")


def _value_and_place(read: Source) -> tuple[Any, Any]:
    return read.value, read.place


def _clauses(folder: Path, contents: ContentsFile) -> Iterator[Clause]:
    named = {"front": contents.front, "articles": contents.articles, "annexes": contents.annexes}
    problems: list[Problem] = []
    for subfolder, kind in KINDS.items():
        for name in named.get(subfolder, (contents.closing,)):
            try:
                yield clause_of(_read(folder, f"{subfolder}/{name}.yaml"), name, kind)
            except DpaError as trouble:
                problems += trouble.problems
    if problems:
        raise DpaError(*problems)


def clause_of(read: Source, name: str, kind: str) -> Clause:
    """A clause file as a noun."""
    file = fit(ClauseFile, read.value, read.place)
    paragraphs = tuple(
        replace(written.paragraph(f"{name}.{key}"), place=Place(read.name)) for key, written in file.paragraphs.items()
    )
    return Clause(
        name, kind, file.title.mapping(), paragraphs, file.note.mapping() if file.note else None, Place(read.name)
    )


def _terms(read: Source, vocabulary: str) -> dict[str, Term]:
    return {name: term_of(name, vocabulary, fit(TermFile, entry, read.place)) for name, entry in read.value.items()}


def term_of(name: str, vocabulary: str, file: TermFile) -> Term:
    """A term as a noun."""
    parameter = file.parameter.mapping() if file.parameter else None
    names = {"nl": file.nl, "en": file.en}
    return Term(name, vocabulary, names, file.weight or "", file.health, parameter, file.code or "")


def defaults_for(library: Library, position: str, positions: Mapping[str, str]) -> dict[str, Any]:
    """The values that a description need not give, by dotted path, for a position (and for a topic's own position)."""
    chosen: dict[str, Any] = {}
    for topic, values in library.defaults.items():
        stance = positions.get(topic, position)
        for path, value in values.items():
            by_position = isinstance(value, dict) and "balanced" in value
            chosen[path] = value.get(stance, value["balanced"]) if by_position else value
    return chosen
