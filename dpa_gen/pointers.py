"""What a paragraph of the library points at: the facts it asks for, and the clauses it refers to."""

from __future__ import annotations

from collections.abc import Iterator

from dpa_gen.clause import Blank, ClauseParagraph, Ref, template
from dpa_gen.library import Library


def asked_paths(paragraph: ClauseParagraph) -> Iterator[str]:
    """Every fact that a paragraph asks for, in its words and in its switches."""
    for language in ("nl", "en"):
        for text in paragraph.texts(language):
            yield from (part.path for part in template(text) if isinstance(part, Blank))
    yield from (condition.path for condition in paragraph.when)
    yield from (
        path for path in (getattr(paragraph.body, "choose", ""), getattr(paragraph.body, "list_path", "")) if path
    )


def references(paragraph: ClauseParagraph) -> Iterator[str]:
    """Every article, paragraph or annex that a paragraph refers to, once."""
    found = (part.target for text in paragraph.texts("nl") for part in template(text) if isinstance(part, Ref))
    also = (part.target for text in paragraph.texts("en") for part in template(text) if isinstance(part, Ref))
    yield from dict.fromkeys((*found, *also))


def reference_names(library: Library) -> tuple[str, ...]:
    """What can be referred to: articles, annexes, and numbered paragraphs of articles."""
    numbered = (c for c in library.clauses.values() if c.kind in ("article", "annex"))
    return tuple(name for clause in numbered for name in (clause.id, *(p.id for p in clause.paragraphs)))
