"""How a clause file is written: its keys, typed; from these models come the checks and the editors' schema."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, PlainValidator, WithJsonSchema, model_validator

from dpa_gen.clause import (
    POSITION,
    Body,
    ClauseParagraph,
    Column,
    Condition,
    Definitions,
    FactRow,
    FactTable,
    ListTable,
    Meaning,
    Wording,
    Wordings,
    condition,
)
from dpa_gen.texts import Plain, wrong
from dpa_gen.values import AsList, Frozen, Switch, Whole


class LanguageWords(Frozen):
    """The words in each language; both are always there."""

    nl: Plain
    en: Plain

    def mapping(self) -> Mapping[str, str]:
        """The words by language."""
        return {"nl": self.nl, "en": self.en}


def _condition(value: Any) -> Condition:
    if isinstance(value, Condition):
        return value
    found = condition(value) if isinstance(value, str) else None
    if found is None:
        mend = "Write `fact`, `not fact`, `fact is value` or `fact is not value`; for two conditions, a list of both."
        raise wrong("condition", f"“{value}” is not a condition", mend)
    return found


Conditions = Annotated[
    tuple[Annotated[Condition, PlainValidator(_condition), WithJsonSchema({"type": "string"})], ...], AsList
]
Ids = Annotated[tuple[Plain, ...], AsList]


class FactRowFile(Frozen):
    """A row of a table of facts."""

    label: LanguageWords
    value: Annotated[LanguageWords, BeforeValidator(lambda v: {"nl": v, "en": v} if isinstance(v, str) else v)]
    when: Conditions = ()
    covers: Ids = ()


class ColumnFile(Frozen):
    """A column of a table over a list."""

    title: LanguageWords
    cell: Annotated[LanguageWords, BeforeValidator(lambda v: {"nl": v, "en": v} if isinstance(v, str) else v)]
    width: Whole


class MeaningFile(Frozen):
    """A defined term."""

    term: LanguageWords
    means: LanguageWords
    when: Conditions = ()


class PositionsFile(Frozen):
    """A wording for each negotiating position."""

    controller: LanguageWords
    balanced: LanguageWords
    processor: LanguageWords


BODIES = ("text", "positions", "wordings", "facts", "rows", "definitions")


class ParagraphFile(Frozen):
    """A paragraph: one body, and when it is printed, what it meets, and the note for the negotiator."""

    covers: Ids = ()
    when: Conditions = ()
    title: LanguageWords | None = None
    text: LanguageWords | None = None
    positions: PositionsFile | None = None
    choose: Plain | None = None
    wordings: dict[str, LanguageWords] | None = None
    facts: tuple[FactRowFile, ...] | None = None
    rows: Plain | None = None
    columns: tuple[ColumnFile, ...] = ()
    empty: LanguageWords | None = None
    definitions: dict[str, MeaningFile] | None = None
    note: LanguageWords | None = None

    @model_validator(mode="after")
    def _one_body(self) -> ParagraphFile:
        given = [name for name in BODIES if getattr(self, name) is not None]
        if self.has_no_body():
            return self
        if len(given) != 1:
            said = "none" if not given else ", ".join(given)
            raise wrong("body", f"a paragraph has one body, this one has {said}", f"Give one of: {', '.join(BODIES)}.")
        if (self.choose is None) != (self.wordings is None):
            raise wrong("choose", "choose and wordings belong together", "Give both, or write text: instead.")
        if self.rows is not None and sum(column.width for column in self.columns) != 100:
            raise wrong("columns", "the widths of the columns do not add up to 100", "Change the widths.")
        return self

    def has_no_body(self) -> bool:
        """Whether the paragraph need not have words of its own."""
        return False

    def body(self) -> Body:
        """The body as a noun of the library."""
        if self.facts is not None:
            rows = (FactRow(r.label.mapping(), r.value.mapping(), r.when, r.covers) for r in self.facts)
            return FactTable(tuple(rows))
        if self.rows is not None:
            columns = tuple(Column(c.title.mapping(), c.cell.mapping(), c.width) for c in self.columns)
            return ListTable(self.rows, columns, Wording(self.empty.mapping()) if self.empty else None)
        if self.definitions is not None:
            terms = self.definitions.items()
            return Definitions(tuple(Meaning(i, m.term.mapping(), m.means.mapping(), m.when) for i, m in terms))
        return self._wordings()

    def _wordings(self) -> Wordings:
        if self.text is not None:
            return Wordings("", {"": Wording(self.text.mapping())})
        if self.positions is not None:
            options = {name: Wording(getattr(self.positions, name).mapping()) for name in PositionsFile.model_fields}
            return Wordings(POSITION, options)
        return Wordings(self.choose or "", {key: Wording(w.mapping()) for key, w in (self.wordings or {}).items()})

    def paragraph(self, name: str) -> ClauseParagraph:
        """The paragraph as a noun of the library, under its full name."""
        return ClauseParagraph(
            name,
            self.body(),
            self.covers,
            self.when,
            self.title.mapping() if self.title else None,
            self.note.mapping() if self.note else None,
        )


class ClauseFile(Frozen):
    """A whole clause file."""

    title: LanguageWords
    paragraphs: dict[str, ParagraphFile] = Field(min_length=1)
    note: LanguageWords | None = None


class OwnParagraphFile(ParagraphFile):
    """A paragraph of one's own: it replaces the one of its name, or is new and says where it goes, or removes one."""

    replaces: Plain | None = None
    after: Plain | None = None
    before: Plain | None = None
    remove: Switch = False

    def has_no_body(self) -> bool:
        """A removal has no words."""
        return self.remove


class OwnClauseFile(Frozen):
    """An own clause file: only what differs from the library below it."""

    title: LanguageWords | None = None
    after: Plain | None = None
    before: Plain | None = None
    remove: Switch = False
    paragraphs: dict[str, OwnParagraphFile] = Field(default_factory=dict)
    note: LanguageWords | None = None


class TermFile(Frozen):
    """A term of the vocabulary."""

    nl: Plain
    en: Plain
    weight: Literal["special", "criminal", "national-number"] | None = None
    health: Switch = False
    parameter: LanguageWords | None = None
    code: Plain | None = None
    scc: Ids = ()
    iso: Ids = ()


class OwnContentsFile(Frozen):
    """An order of one's own; what it does not give stays as it is."""

    front: tuple[Plain, ...] | None = None
    articles: tuple[Plain, ...] | None = None
    annexes: tuple[Plain, ...] | None = None


class ContentsFile(Frozen):
    """The order of the contract."""

    front: tuple[Plain, ...]
    articles: tuple[Plain, ...]
    closing: Plain
    annexes: tuple[Plain, ...]
