"""A folder of own wording and the library below it to the library that they make, with every fault of every file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from dpa_gen import source
from dpa_gen.changes import Change, also_met
from dpa_gen.clause import Clause, ClauseParagraph, Definitions
from dpa_gen.clausefile import OwnClauseFile, OwnContentsFile, OwnParagraphFile, TermFile
from dpa_gen.errors import DpaError, Place, Problem
from dpa_gen.facts import known_paths
from dpa_gen.law import requirements
from dpa_gen.library import KINDS, VOCABULARIES, Library, Term, term_of
from dpa_gen.ownfiles import CONTENTS, DEFAULTS, VOCABULARY, did_you_mean, keys_of, own_files, within, word_place
from dpa_gen.pointers import asked_paths, reference_names, references
from dpa_gen.shape import fit
from dpa_gen.source import Source


class Laying:
    """One folder being laid over a library; collects the problems of all its files."""

    def __init__(self, below: Library, folder: Path) -> None:
        self.library, self.folder = below, folder
        self.changes: list[Change] = []
        self.problems: list[Problem] = []
        self.sources: list[Source] = []
        self.begun: set[Path] = set()
        self.unreadable: set[str] = set()  # paragraphs with a fault in their form

    def lay(self) -> Library:
        """Every file laid, as far as it can be read, with what was changed and the files themselves."""
        for file in own_files(self.folder):
            self.attempt(file)
        self.check_references()
        changes, sources = (*self.library.changes, *self.changes), (*self.library.sources, *self.sources)
        return replace(self.library, changes=changes, sources=sources)

    def attempt(self, file: Path) -> None:
        """Lay one file, once, and note what is wrong with it."""
        if file in self.begun:
            return
        self.begun.add(file)
        try:
            read = source.read(file)
            self.sources.append(read)
            self.step_for(file)(read, file)
        except DpaError as trouble:
            self.problems += trouble.problems

    def step_for(self, file: Path) -> Callable[[Source, Path], None]:
        """What a file is, by its name and its folder."""
        if file.parent.name == VOCABULARY:
            return self.vocabulary
        return {CONTENTS: self.contents, DEFAULTS: self.defaults}.get(file.name, self.clause)

    def vocabulary(self, read: Source, file: Path) -> None:
        """Terms added or changed."""
        if file.stem not in VOCABULARIES:
            mend = did_you_mean(file.stem, VOCABULARIES)
            raise DpaError.of(f"“{file.stem}” is not a vocabulary.", mend, Place(read.name, 1, 1))
        own: dict[str, Term] = {}
        for name, entry in keys_of(read).items():
            own[name] = term_of(name, file.stem, fit(TermFile, entry, within(read, name)))
        terms = {**self.library.terms, file.stem: {**self.library.terms[file.stem], **own}}
        self.library = replace(self.library, terms=terms)

    def defaults(self, read: Source, _: Path) -> None:
        """Values that a description need not give."""
        known = known_paths()
        merged = {topic: dict(values) for topic, values in self.library.defaults.items()}
        for topic, values in keys_of(read).items():
            if not isinstance(values, dict):
                self.note(
                    read, (topic,), "a topic holds paths with their values.", "Write a path and its value below it."
                )
                continue
            for path, value in values.items():
                if path not in known:
                    self.note(read, (topic, path), f"“{path}” is not a fact.", did_you_mean(path, known))
                merged.setdefault(topic, {})[path] = value
        self.library = replace(self.library, defaults=merged)

    def contents(self, read: Source, _: Path) -> None:
        """Another order."""
        wanted = fit(OwnContentsFile, read.value, read.place)
        contents = self.library.contents
        for part in ("front", "articles", "annexes"):
            order = getattr(wanted, part)
            if order is not None:
                self.check_order(read, part, order, getattr(contents, part))
                contents = contents.model_copy(update={part: order})
        self.library = replace(self.library, contents=contents)

    def check_order(self, read: Source, part: str, order: Sequence[str], below: Sequence[str]) -> None:
        """An order names everything that there is, once; leaving one out would lose it silently."""
        for name in below:
            if name not in order:
                mend = f"Add it, or remove it with `remove: yes` in {name}.yaml."
                self.note(read, (part,), f"“{name}” is missing from this order.", mend)
        for index, name in enumerate(order):
            if name not in below:
                gone = any(change.after is None and change.paragraph.startswith(f"{name}.") for change in self.changes)
                mend = "An own file removes it: take it out of this order." if gone else did_you_mean(name, below)
                self.note(read, (part, index), f"“{name}” is not one of the {part}.", mend)
            elif name in order[:index]:
                self.note(read, (part, index), f"“{name}” stands here twice.", "Keep one.")

    def clause(self, read: Source, file: Path) -> None:
        """An article, annex or other part: changed, added or removed."""
        own = self.readable(read)
        name, below = file.stem, self.library.clauses.get(file.stem)
        if own.remove:
            self.remove_clause(read, name, below)
        elif below is None:
            self.add_clause(read, file, own)
        else:
            self.change_clause(read, own, below)

    def readable(self, read: Source) -> OwnClauseFile:
        """An own file as a noun; a fault in one paragraph does not hide those of the others."""
        value = dict(keys_of(read))
        written = value.pop("paragraphs", {})
        good: dict[str, OwnParagraphFile] = {}
        for key, paragraph in written.items() if isinstance(written, dict) else ():
            try:
                good[key] = fit(OwnParagraphFile, paragraph, within(read, "paragraphs", key))
            except DpaError as trouble:
                self.problems += trouble.problems
                self.unreadable.add(f"{Path(read.name).stem}.{key}")
        whole = {**value, "paragraphs": {}} if isinstance(written, dict) else read.value
        return fit(OwnClauseFile, whole, read.place).model_copy(update={"paragraphs": good})

    def remove_clause(self, read: Source, name: str, below: Clause | None) -> None:
        """An article taken out whole."""
        if below is None or below.kind in ("front", "closing"):
            mend = did_you_mean(name, self.library.clauses)
            raise DpaError.of(
                f"“{name}” is not an article or annex that can be removed.", mend, read.place(("remove",))
            )
        self.changes += [Change(p.id, read.place(("remove",)), p, None) for p in below.paragraphs]
        self.library = _without(self.library, name)

    def add_clause(self, read: Source, file: Path, own: OwnClauseFile) -> None:
        """A new article or annex, at its place in the order."""
        name, anchor = file.stem, own.after or own.before
        part = "annexes" if file.parent.name == "annexes" else "articles"
        for other in own_files(self.folder):  # a new article may stand beside another new one
            if other.stem == anchor:
                self.attempt(other)
        order: tuple[str, ...] = getattr(self.library.contents, part)
        if anchor is None or own.title is None:
            mend = f"{did_you_mean(name, self.library.clauses)} A new article has a title, and after: or before:."
            raise DpaError.of(f"there is no article “{name}” to change.", mend, Place(read.name, 1, 1))
        if anchor not in order:
            key = "after" if own.after else "before"
            raise DpaError.of(f"“{anchor}” is not one of the {part}.", did_you_mean(anchor, order), read.place((key,)))
        index = order.index(anchor) + (1 if own.after else 0)
        paragraphs = tuple(self.own_paragraph(read, name, key, p) for key, p in own.paragraphs.items() if not p.remove)
        self.changes += [Change(each.id, each.place, None, each) for each in paragraphs]
        kind = KINDS[part]
        clause = Clause(name, kind, own.title.mapping(), paragraphs, _note(own), Place(read.name, 1, 1))
        contents = self.library.contents.model_copy(update={part: (*order[:index], name, *order[index:])})
        self.library = replace(self.library, contents=contents, clauses={**self.library.clauses, name: clause})

    def change_clause(self, read: Source, own: OwnClauseFile, below: Clause) -> None:
        """Paragraphs replaced, added and removed; a title replaced."""
        paragraphs = list(below.paragraphs)
        for key, written in own.paragraphs.items():
            self.lay_paragraph(read, below.id, key, written, paragraphs)
        title = own.title.mapping() if own.title else below.title
        clause = replace(below, title=title, paragraphs=tuple(paragraphs), note=_note(own) or below.note)
        self.library = replace(self.library, clauses={**self.library.clauses, below.id: clause})

    def lay_paragraph(
        self, read: Source, clause: str, key: str, written: OwnParagraphFile, paragraphs: list[ClauseParagraph]
    ) -> None:
        """One paragraph of an own file laid into those of its clause."""
        names = [paragraph.id for paragraph in paragraphs]
        name, place = f"{clause}.{key}", read.place(("paragraphs", key), key=True)
        anchor = written.after or written.before
        if name in names:
            index = names.index(name)
            before = paragraphs[index]
            new = None if written.remove else _merged(before, self.own_paragraph(read, clause, key, written))
            paragraphs[index : index + 1] = [new] if new else []
            self.changes.append(Change(name, place, before, new, written.replaces or ""))
        elif anchor is None or f"{clause}.{anchor}" not in names:
            self.no_such_paragraph(read, clause, key, anchor, names)
        else:
            index = names.index(f"{clause}.{anchor}") + (1 if written.after else 0)
            new = self.own_paragraph(read, clause, key, written)
            paragraphs.insert(index, new)
            self.changes.append(Change(name, place, None, new))

    def no_such_paragraph(self, read: Source, clause: str, key: str, anchor: str | None, names: Sequence[str]) -> None:
        """A paragraph that is not there and does not say where it goes."""
        known = [name.partition(".")[2] for name in names]
        if anchor is None:
            mend = f"{did_you_mean(key, known)} A new paragraph says where it goes: after: or before:."
            self.note(read, ("paragraphs", key), f"“{key}” is not a paragraph of {clause}.", mend)
        else:
            what = f"“{anchor}” is not a paragraph of {clause}."
            self.note(read, ("paragraphs", key), what, did_you_mean(anchor, known))

    def own_paragraph(self, read: Source, clause: str, key: str, written: OwnParagraphFile) -> ClauseParagraph:
        """A paragraph of an own file as a noun, its blanks and requirements checked."""
        place = read.place(("paragraphs", key), key=True)
        paragraph = replace(written.paragraph(f"{clause}.{key}"), place=place, layer=str(self.folder))
        self.check_words(read, key, paragraph)
        return paragraph

    def check_words(self, read: Source, key: str, paragraph: ClauseParagraph) -> None:
        """Every requirement that a paragraph says it meets exists, and so does every fact that it asks for."""
        known, paths = requirements(), known_paths()
        for name in paragraph.requirements():
            if name not in known:
                what = f"“{name}” is not a requirement."
                self.note(read, ("paragraphs", key, "covers"), what, did_you_mean(name, known))
        for path in dict.fromkeys(asked_paths(paragraph)):
            if path not in paths and not path.startswith("row."):
                what = f"“{path}” is not a fact of the description."
                self.problems.append(Problem(what, did_you_mean(path, paths), word_place(read, key, path)))

    def check_references(self) -> None:
        """Every reference of an own paragraph points at something that is there."""
        names = reference_names(self.library)
        for clause in self.library.clauses.values():
            for paragraph in clause.paragraphs:
                for target in references(paragraph):
                    if target not in names and target not in self.unreadable:
                        self.dangling(paragraph, target, names)

    def dangling(self, paragraph: ClauseParagraph, target: str, names: Sequence[str]) -> None:
        """A reference to nothing, told at the own file that wrote it or that took its target away."""
        what = f"the paragraph {paragraph.id} refers to “{target}”, which is not there."
        causes = [change for change in self.changes if change.paragraph.startswith(target)]
        if paragraph.layer == str(self.folder) or not causes:
            self.problems.append(Problem(what, did_you_mean(target, names), paragraph.place))
        else:
            mend = f"This file removes it; write {paragraph.id} anew without the reference, or keep {target}."
            self.problems.append(Problem(what, f"{mend}{also_met(causes)}", causes[0].place))

    def note(self, read: Source, path: tuple[str | int, ...], what: str, mend: str) -> None:
        """Note a problem at a place of a file and read on."""
        is_key = isinstance(path[-1], str)
        self.problems.append(Problem(what, mend, read.place(path, key=is_key)))


def _merged(before: ClauseParagraph, own: ClauseParagraph) -> ClauseParagraph:
    """An own paragraph in the place of another; own definitions are laid over the others term by term."""
    if not (isinstance(before.body, Definitions) and isinstance(own.body, Definitions)):
        return own
    meanings = {meaning.id: meaning for meaning in (*before.body.meanings, *own.body.meanings)}
    covers = tuple(dict.fromkeys((*before.covers, *own.covers)))
    return replace(own, body=Definitions(tuple(meanings.values())), covers=covers, when=own.when or before.when)


def _without(library: Library, name: str) -> Library:
    """A library without one of its clauses."""
    contents = library.contents
    update: dict[str, Any] = {
        part: tuple(each for each in getattr(contents, part) if each != name) for part in ("articles", "annexes")
    }
    clauses = {key: clause for key, clause in library.clauses.items() if key != name}
    return replace(library, contents=contents.model_copy(update=update), clauses=clauses)


def _note(own: OwnClauseFile) -> Mapping[str, str] | None:
    return own.note.mapping() if own.note else None
