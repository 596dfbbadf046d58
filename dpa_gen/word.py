"""Agreement + house style -> the bytes of a Word file; what was made can be recognised and compared later."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from zlib import crc32

from dpa_gen.agreement import GAP_OPENS, Agreement, Article, Gap, Paragraph, Strong, plain
from dpa_gen.errors import DpaError, Place, Problem, raise_any
from dpa_gen.house import LANGUAGE_TAGS, HouseStyle
from dpa_gen.ooxml import Writer, escape, quoted
from dpa_gen.package import CONTENT_TYPES, packed, unpacked

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
PROPERTIES_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
CONTRACT = "urn:dpa-gen:contract:1"
CORE, CUSTOM = "docProps/core.xml", "docProps/custom.xml"
DESCRIPTION, DIGEST = "the description", "the digest"  # the names of gaps that are no facts
PRINT_ONCE = "Compare it with `dpa-gen template export plain`: each part of a contract is printed once."
SEAL = "dpa-gen seal"  # the property that holds the hash of all other parts


class Slot(str):
    """Ready-made XML for one place of a template; knows how often the template printed it."""

    what: str
    printed: int

    def __new__(cls, xml: str, what: str) -> Slot:
        slot = super().__new__(cls, xml)
        slot.what, slot.printed = what, 0
        return slot

    def __html__(self) -> str:
        self.printed += 1
        return str.__str__(self)


class InRun(str):
    """Words for the inside of a run: a tag that prints them gets XML, any other tag sees the words themselves."""

    __slots__ = ()

    def __html__(self) -> str:
        return in_run(self)


@dataclass(frozen=True)
class Origin:
    """What a contract was made from, as the file carries it."""

    description: str  # its facts as JSON, the same text every time
    library_version: str
    library_digest: str
    program_version: str
    draft: bool = False


@dataclass
class Slots:
    """Makes the slots of one contract and knows them all."""

    writer: Writer
    made: list[Slot] = field(default_factory=list)

    def slot(self, xml: str, what: str) -> Slot:
        """A slot that the template has to print exactly once."""
        made = Slot(xml, what)
        self.made.append(made)
        return made

    def part(self, article: Article) -> dict[str, Any]:
        """An article, an annex or another part with its blocks, as a template sees it."""
        title = self.writer.marked(article.id, self.writer.inline((article.title,)))
        blocks = [block for paragraph in article.paragraphs for block in self.blocks(paragraph)]
        return {"id": article.id, "title": self.slot(title, article.id), "blocks": blocks}

    def blocks(self, paragraph: Paragraph) -> Iterator[dict[str, Any]]:
        """A paragraph as blocks: its heading, its words, its sub-items, its definitions, its table."""
        write, mark = self.writer.inline, paragraph.id
        if paragraph.title:
            yield self.block("heading", write((paragraph.title,)), mark)
        if paragraph.text:
            yield self.block("paragraph", self.writer.marked(mark, write(paragraph.text)), mark)
        for item in paragraph.items:
            yield self.block("item", write(item), mark)
        for definition in paragraph.definitions:
            words = (Strong(definition.term), ": ", *definition.meaning)
            yield self.block("definition", self.writer.marked(f"definition.{definition.id}", write(words)), mark)
        if paragraph.table:
            table = self.slot(self.writer.table(paragraph.table, mark), mark)
            yield {"kind": "table", "text": "", "table": table}

    def block(self, kind: str, xml: str, what: str) -> dict[str, Any]:
        """One paragraph of the Word file."""
        return {"kind": kind, "text": self.slot(xml, what), "table": ""}


def docx(agreement: Agreement, style: HouseStyle, origin: Origin) -> bytes:
    """The Word file of a contract; raises `DpaError` when the house style would lose a part of it."""
    parts = parts_of(agreement, style, origin)
    sealed = seal(checksums_of(parts))
    return packed({**parts, CUSTOM: custom_properties(agreement.language, origin, style, sealed)})


def parts_of(agreement: Agreement, style: HouseStyle, origin: Origin) -> dict[str, bytes]:
    """Every part of the Word file but the one that holds the seal."""
    slots = Slots(Writer(style.style_ids, style.text_width))
    values = context(agreement, slots, origin.draft)
    parts = {**style.fixed, **style.fill(values)}
    headers = sum("/header" in part for part in style.filled)
    all_printed(slots, style.name, headers, values["contract"]["draft"] if origin.draft else None)
    return parts | carried(agreement, origin, style, parts)


def context(agreement: Agreement, slots: Slots, draft: bool) -> dict[str, Any]:
    """What a template can print."""
    labels = agreement.labels
    subtitle = slots.slot(slots.writer.inline(agreement.subtitle), "contract.subtitle")
    return {
        "contract": {
            "title": InRun(agreement.title),
            "subtitle": subtitle,
            "reference": InRun(agreement.reference),
            "version": InRun(agreement.version),
            "language": agreement.language,
            "draft": Slot(in_run(labels["draft"]), "contract.draft") if draft else "",
            "draft_sentence": InRun(labels["draft-sentence"]) if draft else "",
        },
        "labels": {name: InRun(label) for name, label in labels.items()},
        "front": [slots.part(part) for part in agreement.parties],
        "articles": [slots.part(article) for article in agreement.articles],
        "closing": slots.part(agreement.closing),
        "signatures": slots.slot(slots.writer.signatures(agreement.signatures), "signatures"),
        "annexes": [slots.part(annex) for annex in agreement.annexes],
    }


def in_run(words: str) -> str:
    """Words as XML for the inside of a run; line breaks and tabs become their elements."""
    xml = escape(words).replace('"', "&quot;")
    for sign, element in (("\n", "<w:br/>"), ("\t", "<w:tab/>")):
        xml = xml.replace(sign, f'</w:t>{element}<w:t xml:space="preserve">')
    return xml


def all_printed(slots: Slots, name: str, headers: int, draft: Slot | None) -> None:
    """Refuse a contract of which the template prints a part not at all, or twice."""
    raise_any(_misprinted(slots, name))
    if draft is not None and draft.printed < max(headers, 1):
        what = "the template has no {{ contract.draft }} in every header, so a draft would not show that it is one."
        raise DpaError.of(what, "Put {{ contract.draft }} in each header.", Place(name))


def _misprinted(slots: Slots, name: str) -> Iterator[Problem]:
    """What a template prints not at all, and what it prints more than once."""
    counts = [(slot.what, slot.printed) for slot in slots.made if str.__str__(slot)]
    lost = dict.fromkeys(what for what, printed in counts if printed == 0)
    doubled = dict.fromkeys(what for what, printed in counts if printed > 1)
    for names, said in ((lost, "not at all"), (doubled, "more than once")):
        if names:
            what = f"the template prints these parts of a contract {said}: {', '.join(names)}."
            yield Problem(what, PRINT_ONCE, Place(name))


def carried(agreement: Agreement, origin: Origin, style: HouseStyle, parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts that tell what the file is: properties, the description, and how they are tied to the package."""
    number = next(n for n in range(1, 1000) if f"customXml/item{n}.xml" not in parts)
    item, properties = f"customXml/item{number}.xml", f"customXml/itemProps{number}.xml"
    document_rels = "word/_rels/document.xml.rels"
    return {
        CORE: core_properties(agreement),
        item: description_part(origin),
        properties: (
            f'{XML}<ds:datastoreItem xmlns:ds="{OFFICE}/customXml" ds:itemID="{_item_id(parts)}"><ds:schemaRefs>'
            f'<ds:schemaRef ds:uri="{CONTRACT}"/></ds:schemaRefs></ds:datastoreItem>'
        ).encode(),
        f"customXml/_rels/item{number}.xml.rels": (
            f'{XML}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
            f'Type="{OFFICE}/relationships/customXmlProps" Target="itemProps{number}.xml"/></Relationships>'
        ).encode(),
        document_rels: _related(parts[document_rels], f"{OFFICE}/relationships/customXml", f"../{item}"),
        "_rels/.rels": _related(
            _related(parts["_rels/.rels"], f"{PACKAGE}/relationships/metadata/core-properties", CORE),
            f"{OFFICE}/relationships/custom-properties",
            CUSTOM,
        ),
        CONTENT_TYPES: _typed(
            parts[CONTENT_TYPES],
            {
                CORE: "application/vnd.openxmlformats-package.core-properties+xml",
                CUSTOM: "application/vnd.openxmlformats-officedocument.custom-properties+xml",
                properties: "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
            },
        ),
    }


def _item_id(parts: Mapping[str, bytes]) -> str:
    """A name for the description's part that is the same every time, in the form that Word expects."""
    digest = sha256(b"".join(sorted(name.encode() for name in parts))).hexdigest().upper()
    return f"{{{digest[:8]}-{digest[8:12]}-{digest[12:16]}-{digest[16:20]}-{digest[20:32]}}}"


def _related(rels: bytes, kind: str, target: str) -> bytes:
    """Relationships with one more, unless the target is there already."""
    text = rels.decode()
    if f'"{target}"' in text or f'"/{target}"' in text:
        return rels
    taken = set(re.findall(r'Id="([^"]+)"', text))
    name = next(f"rIdDpa{n}" for n in range(1, 1000) if f"rIdDpa{n}" not in taken)
    added = f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/></Relationships>'
    return text.replace("</Relationships>", added).encode()


def _typed(content_types: bytes, added: Mapping[str, str]) -> bytes:
    text = content_types.decode()
    new = "".join(
        f'<Override PartName="/{part}" ContentType="{kind}"/>'
        for part, kind in added.items()
        if f'"/{part}"' not in text
    )
    return text.replace("</Types>", f"{new}</Types>").encode()


def core_properties(agreement: Agreement) -> bytes:
    """Title, subject and language; no dates, so that the same contract is the same file on any day."""
    subject = plain(agreement.subtitle)
    return (
        f'{XML}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(agreement.title)}</dc:title><dc:subject>{escape(subject)}</dc:subject>"
        f"<dc:language>{LANGUAGE_TAGS[agreement.language]}</dc:language></cp:coreProperties>"
    ).encode()


_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def description_json(description: Mapping[str, Any]) -> str:
    """A description as text that is the same every time."""
    return _JSON.encode(description)


def digest_of(description: str) -> str:
    """The hash of a description; a pattern leaves it open with the description itself."""
    return str(Gap(DIGEST)) if description.startswith(GAP_OPENS) else sha256(description.encode()).hexdigest()


def description_part(origin: Origin) -> bytes:
    """The facts that the contract was made from, and their hash."""
    return (
        f'{XML}<contract xmlns="{CONTRACT}"><program version={quoted(origin.program_version)}/>'
        f"<library version={quoted(origin.library_version)} sha256={quoted(origin.library_digest)}/>"
        f"<description sha256={quoted(digest_of(origin.description))}>{escape(origin.description)}"
        "</description></contract>"
    ).encode()


def custom_properties(language: str, origin: Origin, style: HouseStyle, sealed: str) -> bytes:
    """The hashes by which a returned contract is recognised."""
    properties = {
        "dpa-gen version": origin.program_version,
        "dpa-gen language": language,
        "dpa-gen library": f"{origin.library_version} {origin.library_digest}",
        "dpa-gen description": digest_of(origin.description),
        "dpa-gen template": style.digest,
        SEAL: sealed,
    }
    written = "".join(
        f'<property fmtid="{PROPERTIES_ID}" pid="{number}" name="{name}">'
        f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(properties.items(), 2)
    )
    return (
        f'{XML}<Properties xmlns="{OFFICE}/custom-properties" xmlns:vt="{OFFICE}/docPropsVTypes">{written}</Properties>'
    ).encode()


def seal(checksums: Mapping[str, tuple[int, int]]) -> str:
    """A hash over the checksum and the size of every part but the one that holds it.

    It tells whether a file was edited or signed since it was made; it is no proof against somebody who forges it.
    """
    whole = sha256()
    for name in sorted(checksums.keys() - {CUSTOM}):
        checksum, size = checksums[name]
        whole.update(f"{name}\0{checksum}\0{size}\0".encode())
    return whole.hexdigest()


def checksums_of(parts: Mapping[str, bytes]) -> dict[str, tuple[int, int]]:
    """The checksum and the size of each part."""
    return {name: (crc32(data), len(data)) for name, data in parts.items()}


def is_untouched(raw: bytes) -> bool:
    """Whether a file was made by dpa-gen and not changed since."""
    try:
        parts = unpacked(raw, "")
    except DpaError:
        return False
    found = re.search(rf'name="{SEAL}"><vt:lpwstr>([0-9a-f]+)<', parts.get(CUSTOM, b"").decode(errors="replace"))
    return found is not None and found[1] == seal(checksums_of(parts))
