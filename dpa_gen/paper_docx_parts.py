"""The parts of a Word file in; each with its relationships and the rank of its paragraphs out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dpa_gen.errors import DpaError, Place
from dpa_gen.paper_docx_lists import W
from dpa_gen.paper_zip import Package

Element = Any  # lxml brings no types

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
RELATED = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the file with what it points at and the rank of each of its paragraphs."""

    name: str
    root: Element
    links: dict[str, tuple[str, str]]  # id -> (type, target)
    ranks: dict[Element, int]


def main_part(package: Package) -> Part:
    """The part with the text of the document; `DpaError` when there is none."""
    root = package.tree("_rels/.rels")
    related = [] if root is None else root.iter(RELATED)
    targets = [one.get("Target", "").lstrip("/") for one in related if one.get("Type", "").endswith("/officeDocument")]
    part = part_of(package, targets[0] if targets else "word/document.xml")
    if part is None or part.root.find(W + "body") is None:
        raise DpaError.of(
            "This is not a Word document, or its text is missing.",
            "Open it in Word or LibreOffice and save it anew.",
            Place(package.name),
        )
    return part


def part_of(package: Package, name: str) -> Part | None:
    """A part by its name; None when the file has none of that name."""
    root = package.tree(name)
    if root is None:
        return None
    folder, _, file = name.rpartition("/")
    rels = package.tree(f"{folder}/_rels/{file}.rels")
    links = {one.get("Id", ""): _link(folder, one) for one in ([] if rels is None else rels.iter(RELATED))}
    return Part(name, root, links, {element: rank for rank, element in enumerate(root.iter(W + "p"))})


def _link(folder: str, related: Element) -> tuple[str, str]:
    """The type and target of a relationship; an address outside the file stays as it is."""
    type_, target = related.get("Type", "").rpartition("/")[2], related.get("Target", "")
    if related.get("TargetMode") == "External":
        return type_, target
    if target.startswith("/"):
        return type_, target[1:]
    names = folder.split("/") if folder else []
    for name in target.split("/"):
        if name == "..":
            names = names[:-1]
        elif name != ".":
            names.append(name)
    return type_, "/".join(names)


def chosen(alternate: Element) -> Element | None:
    """The one branch of an mc:AlternateContent that is read: Word writes a text box twice."""
    branches = [*alternate.iterfind(MC + "Choice"), *alternate.iterfind(MC + "Fallback")]
    return next((one for one in branches if next(one.iter(W + "t"), None) is not None), None)


def changes(root: Element, name: str) -> int:
    """Tracked insertions or deletions; the mark of a paragraph counts only where none of its words do."""
    total = 0
    for element in root.iter(W + name, W + f"cell{name.capitalize()}"):
        parent = element.getparent()
        if parent is None or parent.tag != W + "rPr":
            total += 1
        elif (holder := parent.getparent()) is not None and holder.tag == W + "pPr":
            total += holder.getparent().find(W + name) is None
    return total
