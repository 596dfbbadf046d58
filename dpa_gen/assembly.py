"""Description + library -> `Agreement`: articles chosen once, numbered once, then worded per language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from dpa_gen.agreement import (
    Agreement,
    Article,
    Cell,
    Definition,
    Gap,
    Paragraph,
    Reference,
    Signature,
    Span,
    Table,
    Text,
)
from dpa_gen.changes import also_met
from dpa_gen.choosing import Chosen, choose, misfits
from dpa_gen.clause import (
    POSITION,
    Blank,
    Clause,
    ClauseParagraph,
    Definitions,
    FactTable,
    ListTable,
    Part,
    Ref,
    Template,
    Wording,
    Wordings,
    template,
)
from dpa_gen.description import Description, Party
from dpa_gen.errors import DpaError, Problem, raise_any
from dpa_gen.facts import Facts
from dpa_gen.library import Library
from dpa_gen.printing import Printer, Unprintable, at
from dpa_gen.tables import Row, row, rows
from dpa_gen.values import Open
from dpa_gen.wording import NBSP, held_together

FACTS_WIDTHS = (35, 65)
ROWS_OF, SIGNATORY = "rows of ", " of signatory "  # the names of gaps that are no paths


def assemble(description: Description, library: Library, language: str) -> Agreement:
    """The contract in one language; raises `DpaError` for facts that do not fit the words of the library."""
    facts = Facts(description, library)
    raise_any(misfits(facts))
    return Assembly(facts, choose(facts), Printer(library, language)).agreement()


@lru_cache(maxsize=256)
def lines(words: str) -> tuple[Template, ...]:
    """The lines of a cell, taken apart."""
    return tuple(template(line.strip()) for line in words.splitlines() if line.strip())


@dataclass(frozen=True)
class Assembly:
    """The wording of one contract in one language."""

    facts: Facts
    chosen: Chosen
    printer: Printer
    as_pattern: bool = False  # leave a gap for every fact, to be printed later

    @property
    def language(self) -> str:
        """The language of the contract."""
        return self.printer.language

    def agreement(self) -> Agreement:
        """The whole contract."""
        description, labels = self.facts.description, self.facts.library.labels[self.language]
        parts = {kind: tuple(self.parts(kind)) for kind in ("front", "article", "closing", "annex")}
        paragraphs = (p for kind in parts.values() for article in kind for p in article.paragraphs)
        return Agreement(
            language=self.language,
            title=labels["title"],
            subtitle=self.fact("service.name", {}),
            reference=self.plain_fact("reference", description.reference or ""),
            version=self.plain_fact("version", description.version),
            labels=dict(labels),
            parties=parts["front"],
            articles=parts["article"],
            closing=parts["closing"][0],
            signatures=tuple(self.signatures(labels)),
            annexes=parts["annex"],
            covers=frozenset(name for paragraph in paragraphs for name in paragraph.covers),
        )

    def parts(self, kind: str) -> Iterator[Article]:
        """The articles, annexes or other parts of a kind."""
        for clause, paragraphs in self.chosen.clauses:
            if clause.kind == kind:
                number = self.chosen.numbers.get(clause.id, "")
                worded = tuple(self.paragraph(clause, paragraph) for paragraph in paragraphs)
                yield Article(clause.id, number, clause.title[self.language], worded)

    def paragraph(self, clause: Clause, paragraph: ClauseParagraph) -> Paragraph:
        """A paragraph, worded."""
        try:
            return self.worded(clause, paragraph)
        except Unprintable as missing:
            what = f"{missing.path} is missing."
            mend = f"The paragraph {paragraph.id} prints it. Add it, with ? when it is not known yet."
            path = tuple(missing.path.partition("[")[0].split("."))
            raise DpaError(Problem(what, mend, path=path)) from None

    def worded(self, clause: Clause, paragraph: ClauseParagraph) -> Paragraph:
        """A paragraph with its words, items, definitions or table."""
        body, text, items = paragraph.body, (), ()  # type: tuple[object, Text, tuple[Text, ...]]
        table = None
        definitions: tuple[Definition, ...] = ()
        if isinstance(body, Wordings):
            text, items = self.wording(self.pick(clause, body))
        elif isinstance(body, FactTable):
            table = self.fact_table(body)
        elif isinstance(body, ListTable):
            table = self.list_table(body)
            if table and self.as_pattern:
                table = replace(table, gap=Gap(f"{ROWS_OF}{paragraph.id}"))
            text = self.wording(body.empty)[0] if table is None and body.empty else ()
        elif isinstance(body, Definitions):
            definitions = self.definitions(body)
        return Paragraph(
            paragraph.id,
            self.chosen.numbers.get(paragraph.id, ""),
            text,
            items,
            definitions,
            table,
            self.covers(paragraph),
            paragraph.title[self.language] if paragraph.title else "",
            paragraph.place.file,
        )

    def covers(self, paragraph: ClauseParagraph) -> tuple[str, ...]:
        """What the printed words meet; a row that is not printed meets nothing."""
        printed = ()  # type: tuple[str, ...]
        if isinstance(paragraph.body, FactTable):
            kept = (row for row in paragraph.body.rows if all(map(self.facts.holds, row.when)))
            printed = tuple(name for row in kept for name in row.covers)
        return tuple(dict.fromkeys((*paragraph.covers, *printed)))

    def pick(self, clause: Clause, body: Wordings) -> Wording:
        """The wording that the position or the fact picks."""
        if not body.choose:
            return body.options[""]
        if body.choose == POSITION:
            return body.options[self.facts.position(clause.id)]
        return body.options[self.facts.choice(body.choose)]

    def wording(self, wording: Wording) -> tuple[Text, tuple[Text, ...]]:
        """Words and sub-items with their blanks filled."""
        body, items = wording.parsed[self.language]
        return self.filled(body, {}), tuple(self.filled(item, {}) for item in items)

    def filled(self, parts: Template, row: Row) -> Text:
        """A template with its blanks and references filled."""
        spans: list[Span] = []
        for part in parts:
            spans += self.part(part, row)
        return tuple(spans)

    def part(self, part: Part, row: Row) -> Text:
        """A piece of words, a fact, or a reference."""
        if isinstance(part, Blank):
            return self.fact(part.path, row)
        return (self.reference(part.target),) if isinstance(part, Ref) else (held_together(part),)

    def fact(self, path: str, row: Row) -> Text:
        """A fact as it reads; a cell of the row when the path begins with `row`."""
        if path.startswith("row."):
            return row[path.removeprefix("row.")]
        return (Gap(path),) if self.as_pattern else self.printed(path)

    def printed(self, path: str) -> Text:
        """A fact of the description as it reads."""
        return self.printer.text(self.facts.value(path), at(path))

    def plain_fact(self, path: str, value: str) -> str:
        """A fact that is printed as it stands; one that is not given leaves no gap."""
        return str(Gap(path)) if self.as_pattern and value else value

    def reference(self, target: str) -> Reference:
        """A reference with the number that Word will show."""
        labels = self.facts.library.labels[self.language]
        number = self.chosen.numbers.get(target)
        if number is None:
            raise DpaError(self.unprinted(target))
        if self.chosen.kind_of(target) == "annex":
            return Reference(target, f"{labels['annex']}{NBSP}{number}")
        return Reference(target, number, f"{labels['article']}{NBSP}")

    def unprinted(self, target: str) -> Problem:
        """A reference to what is not printed, told at the own file that took its words away when one did."""
        what = f"a paragraph refers to “{target}”, which is not printed in this contract."
        removed = (change for change in self.facts.library.changes if change.after is None)
        if causes := [change for change in removed if change.paragraph.partition(".")[0] == target]:
            names = ", ".join(change.paragraph for change in causes)
            return Problem(what, f"Own wording takes {names} away; keep it.{also_met(causes)}", causes[0].place)
        return Problem(what, f"Give that paragraph the same when: as {target}, or refer to something else.")

    def fact_table(self, body: FactTable) -> Table:
        """A table of labels and values."""
        kept = [row for row in body.rows if all(map(self.facts.holds, row.when))]
        return Table(
            (),
            tuple(
                (Cell(((row.label[self.language],),)), Cell((self.filled(template(row.value[self.language]), {}),)))
                for row in kept
            ),
            FACTS_WIDTHS,
        )

    def list_table(self, body: ListTable) -> Table | None:
        """A table with a row for each entry, or nothing when there is none."""
        found = rows(self.facts, self.printer, body.list_path)
        if isinstance(found, Open):
            return self.open_table(body)
        if not found and body.empty:
            return None
        return Table(
            tuple(column.title[self.language] for column in body.columns),
            tuple(self.cells(body, entry) for entry in found),
            tuple(column.width for column in body.columns),
        )

    def list_row(self, body: ListTable, index: int) -> tuple[Cell, ...]:
        """One row of such a table, counted from 0."""
        return self.cells(body, row(self.facts, self.printer, body.list_path, index))

    def cells(self, body: ListTable, entry: Row) -> tuple[Cell, ...]:
        """The cells of an entry."""
        return tuple([self.cell(lines(column.cell[self.language]), entry) for column in body.columns])

    def open_table(self, body: ListTable) -> Table:
        """The table of a list that is not known yet: one row, each cell a field to fill in."""
        whole = self.printer.open_field(at(body.list_path))
        titles = tuple(column.title[self.language] for column in body.columns)
        fields = (replace(whole, title=f"{whole.title}: {title.lower()}") for title in titles)
        row = tuple(Cell(((field,),)) for field in fields)
        return Table(titles, (row,), tuple(column.width for column in body.columns))

    def cell(self, templates: tuple[Template, ...], entry: Row) -> Cell:
        """A cell with its lines filled."""
        return Cell(tuple(self.filled(line, entry) for line in templates))

    def definitions(self, body: Definitions) -> tuple[Definition, ...]:
        """The defined terms in the order of the alphabet of the language."""
        kept = (meaning for meaning in body.meanings if all(map(self.facts.holds, meaning.when)))
        worded = (
            Definition(m.id, m.term[self.language], self.filled(template(m.means[self.language]), {})) for m in kept
        )
        return tuple(sorted(worded, key=lambda definition: definition.term.casefold()))

    def table_of(self, body: ListTable) -> Table:
        """The table of a list that is printed, as a pattern holds gaps only for those."""
        table = self.list_table(body)
        assert table is not None, body.list_path
        return table

    def signed(self, path: str, index: int) -> Text:
        """The name or capacity of the one who signs as number `index`."""
        return (Gap(f"{path}{SIGNATORY}{index}"),) if self.as_pattern else self.signatory(path, index)

    def signatory(self, path: str, index: int) -> Text:
        """What a path such as `controller.signatory.name` is for the one who signs as number `index`."""
        role, _, name = path.split(".")
        signatories = getattr(self.facts.description, role).signatory
        where = at(f"{role}.signatory") if len(signatories) == 1 else at(f"{role}.signatory").row(index)
        return self.printer.text(getattr(signatories[index], name), where.step(name))

    def signatures(self, labels: Mapping[str, str]) -> Iterator[Signature]:
        """A block for every person who signs, the controller's first."""
        for role in ("controller", "processor"):
            party: Party = getattr(self.facts.description, role)
            for index in range(len(party.signatory)):
                yield Signature(
                    labels[role],
                    self.fact(f"{role}.name", {}),
                    (
                        (labels["name"], self.signed(f"{role}.signatory.name", index)),
                        (labels["capacity"], self.signed(f"{role}.signatory.role", index)),
                        (labels["place"], ()),
                        (labels["date"], ()),
                        (labels["signature"], ()),
                    ),
                )
