"""A Word paper and its review -> a copy with a comment at each finding; the text itself is not touched."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from dpa_gen.answers.mending import proposal
from dpa_gen.answers.verdict import asks, to_mend, verdict
from dpa_gen.answers.wordings import say
from dpa_gen.errors import DpaError, Place
from dpa_gen.package import CONTENT_TYPES, packed, unpacked
from dpa_gen.paper import Paper, read
from dpa_gen.review.answer import Review
from dpa_gen.review.flags import traps

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
COMMENTS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
COMMENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
AUTHOR = "dpa-gen"
BODY = "word/document.xml"


def annotated(path: Path, review: Review, language: str) -> bytes:
    """The bytes of the copy; `DpaError` when the paper is no Word file."""
    paper = read(path)
    if paper.kind != "docx":
        raise DpaError.of(
            "comments can only be put in a Word file (.docx).", "Give --output for a report instead.", Place(str(path))
        )
    parts = unpacked(path.read_bytes(), path.name)
    from lxml import etree

    body = etree.fromstring(parts[BODY], etree.XMLParser(resolve_entities=False, no_network=True))
    comments = _comments_part(parts)
    number = max((int(each.get(_w("id"), "0")) for each in comments), default=-1) + 1
    paragraphs = list(body.iter(_w("p")))
    for rank, text in _remarks(paper, review, language):
        target = paragraphs[rank] if 0 <= rank < len(paragraphs) else paragraphs[0]
        _mark(target, number)
        comments.append(_comment(number, text))
        number += 1
    parts[BODY] = etree.tostring(body, xml_declaration=True, encoding="UTF-8", standalone=True)
    _keep(parts, comments)
    return packed(parts)


def _w(name: str) -> str:
    return f"{{{W}}}{name}"


def _remarks(paper: Paper, review: Review, language: str) -> Iterator[tuple[int, str]]:
    """Where a comment goes (the rank of a w:p) and what it says: gaps and flags at their words, the rest at the top."""
    if not review.is_agreement:
        yield 0, say("instead", review.why_not, language)
        return
    missing = [answer for answer in to_mend(review) if not answer.evidence]
    summary = [say("verdict", verdict(review), language)]
    summary += [f"– {asks(answer, language)}" for answer in missing]
    yield _rank(paper, 0), "\n".join(summary)
    for flag in review.red_flags:
        if flag.evidence:
            trap = traps()[flag.id]
            yield _rank(paper, flag.evidence.index), f"{trap.says[language]} ({trap.source})"
    for answer in to_mend(review):
        if answer.evidence:
            status = say("status", answer.status.value, language)
            text = f"{status.capitalize()}: {asks(answer, language)}"
            if answer.reason:
                text += f"\n{say('reason', answer.reason, language)}"
            if mend := proposal(answer.id, review.language if review.language != "both" else language):
                text += f"\n{say('label', 'proposal', language)}: {mend}"
            yield _rank(paper, answer.evidence[0].index), text


def _rank(paper: Paper, index: int) -> int:
    """The w:p of a paragraph of the paper, or of the nearest before it in the body."""
    for paragraph in reversed(paper.paragraphs[: index + 1]):
        if paragraph.source.part == BODY and paragraph.source.index >= 0:
            return paragraph.source.index
    return 0


def _mark(paragraph: Element, number: int) -> None:
    """Put the start, the end and the sign of a comment in a paragraph, around all its words."""
    from lxml import etree

    at = 1 if len(paragraph) and paragraph[0].tag == _w("pPr") else 0
    paragraph.insert(at, etree.Element(_w("commentRangeStart"), {_w("id"): str(number)}))
    paragraph.append(etree.Element(_w("commentRangeEnd"), {_w("id"): str(number)}))
    run = etree.SubElement(paragraph, _w("r"))
    etree.SubElement(run, _w("commentReference"), {_w("id"): str(number)})


def _comment(number: int, text: str) -> Element:
    from lxml import etree

    comment = etree.Element(_w("comment"), {_w("id"): str(number), _w("author"): AUTHOR, _w("initials"): "DG"})
    for line in text.split("\n"):
        run = etree.SubElement(etree.SubElement(comment, _w("p")), _w("r"))
        words = etree.SubElement(run, _w("t"), {"{http://www.w3.org/XML/1998/namespace}space": "preserve"})
        words.text = "".join(sign for sign in line if sign >= " ")
    return comment


def _comments_part(parts: dict[str, bytes]) -> Element:
    """The comments that the paper has already, or an empty list of them."""
    from lxml import etree

    name = _comments_name(parts)
    if name in parts:
        return etree.fromstring(parts[name], etree.XMLParser(resolve_entities=False, no_network=True))
    return etree.Element(_w("comments"), nsmap={"w": W})


def _comments_name(parts: dict[str, bytes]) -> str:
    from lxml import etree

    for each in etree.fromstring(parts.get("word/_rels/document.xml.rels", b"<Relationships/>")):
        if each.get("Type") == COMMENTS:
            return "word/" + (each.get("Target") or "comments.xml").removeprefix("/word/")
    return "word/comments.xml"


def _keep(parts: dict[str, bytes], comments: Element) -> None:
    """Put the comments among the parts, with what makes Word find them."""
    from lxml import etree

    name = _comments_name(parts)
    is_new = name not in parts
    parts[name] = etree.tostring(comments, xml_declaration=True, encoding="UTF-8", standalone=True)
    if not is_new:
        return
    links = etree.fromstring(parts.get("word/_rels/document.xml.rels", f'<Relationships xmlns="{RELS}"/>'.encode()))
    if not any(each.get("Type") == COMMENTS for each in links):
        etree.SubElement(links, f"{{{RELS}}}Relationship", Id="rIdDpaGenComments", Type=COMMENTS, Target="comments.xml")
    parts["word/_rels/document.xml.rels"] = etree.tostring(
        links, xml_declaration=True, encoding="UTF-8", standalone=True
    )
    types = etree.fromstring(parts[CONTENT_TYPES])
    namespace = types.nsmap[None]
    etree.SubElement(types, f"{{{namespace}}}Override", PartName=f"/{name}", ContentType=COMMENT_TYPE)
    parts[CONTENT_TYPES] = etree.tostring(types, xml_declaration=True, encoding="UTF-8", standalone=True)
