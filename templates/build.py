"""Builds the shipped house styles: a look in, a docxtpl template (.docx) out, the same bytes on every machine."""

import json
import sys
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from looks import LOOKS, PAGE_HEIGHT, PAGE_WIDTH, Look
from outline import BODY, FOOTER_VERSION, HANG, HEADER_REFERENCE, HEADER_TITLE, LISTS, TAG
from styles import WORD, XML, element, style_id, styles

from dpa_gen.house import FILLED, freed

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def numbering() -> str:
    """numbering.xml: the lists, each level bound to its style."""
    abstract = ""
    for number, levels in enumerate(LISTS, 1):
        abstract += f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>'
        for depth, (name, form, text, begin, indent) in enumerate(levels):
            abstract += (
                f'<w:lvl w:ilvl="{depth}">{element("start", val=1)}{element("numFmt", val=form)}'
                f"{element('pStyle', val=style_id(name))}{element('suff', val='tab' if text else 'nothing')}"
                f"{element('lvlText', val=text)}{element('lvlJc', val='left')}"
                f"<w:pPr>{element('ind', left=indent, hanging=indent - begin)}</w:pPr></w:lvl>"
            )
        abstract += "</w:abstractNum>"
    bound = "".join(
        f'<w:num w:numId="{number}">{element("abstractNumId", val=number)}</w:num>'
        for number in range(1, len(LISTS) + 1)
    )
    return f'{XML}<w:numbering xmlns:w="{WORD}">{abstract}{bound}</w:numbering>'


def run(text: str) -> str:
    """A run of text."""
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def field(code: str) -> str:
    """A field that Word fills in itself."""
    marks = ("begin", "separate", "end")
    begin, separate, end = (f"<w:r>{element('fldChar', fldCharType=kind)}</w:r>" for kind in marks)
    return f'{begin}<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>{separate}{run("1")}{end}'


def paragraph(name: str, content: str) -> str:
    """A paragraph in a style."""
    return f"<w:p><w:pPr>{element('pStyle', val=style_id(name))}</w:pPr>{content}</w:p>"


def document(look: Look) -> str:
    """document.xml: the tags, in the order in which the contract is printed."""
    body = "".join(paragraph(name, run(text)) for name, text in BODY)
    edges = {"top": 1701, "right": look.margin, "bottom": 1474, "left": look.margin}
    sides = element("pgMar", **edges, header=737, footer=680, gutter=0)
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId3"/><w:footerReference w:type="default" r:id="rId4"/>'
        f"{element('pgSz', w=PAGE_WIDTH, h=PAGE_HEIGHT)}{sides}</w:sectPr>"
    )
    return f'{XML}<w:document xmlns:w="{WORD}" xmlns:r="{OFFICE}"><w:body>{body}{section}</w:body></w:document>'


def header() -> str:
    """The header: the draft mark of a draft, then title and reference."""
    mark = (
        paragraph(TAG, run("{%p if contract.draft %}"))
        + paragraph("Draft Mark", run("{{ contract.draft }}"))
        + paragraph(TAG, run("{%p endif %}"))
    )
    line_of_title = paragraph("header", run(HEADER_TITLE) + "<w:r><w:tab/></w:r>" + run(HEADER_REFERENCE))
    return f'{XML}<w:hdr xmlns:w="{WORD}">{mark}{line_of_title}</w:hdr>'


def footer() -> str:
    """The footer: version on the left, page of pages on the right."""
    pages = run("{{ labels.page }} ") + field("PAGE") + run(" {{ labels.of }} ") + field("NUMPAGES")
    content = paragraph("footer", run(FOOTER_VERSION) + "<w:r><w:tab/></w:r>" + pages)
    return f'{XML}<w:ftr xmlns:w="{WORD}">{content}</w:ftr>'


def settings() -> str:
    """settings.xml: the way Word 2013 and later lay out a page."""
    mode = '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    words = "<w:autoHyphenation/>" + element("consecutiveHyphenLimit", val=2)
    tab = element("defaultTabStop", val=HANG)
    return f'{XML}<w:settings xmlns:w="{WORD}">{tab}{words}<w:compat>{mode}</w:compat></w:settings>'


def relationships(*targets: tuple[str, str]) -> str:
    """A .rels part: what belongs to what, as (kind, file)."""
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'


def content_types() -> str:
    """What kind of file each part is."""
    rows = "".join(
        f'<Override PartName="/word/{kind.partition(".")[0]}.xml" ContentType="{TYPES}.{kind}+xml"/>'
        for kind in ("document.main", "footer", "header", "numbering", "settings", "styles")
    )
    return (
        f'{XML}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        f'ContentType="application/xml"/>{rows}<Override PartName="/docProps/core.xml" ContentType='
        '"application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
    )


def core() -> str:
    """The core properties: the title, without dates; safe, because docxtpl writes it as text and not as XML."""
    return (
        f'{XML}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{{ contract.title|safe }}</dc:title></cp:coreProperties>'
    )


def parts(look: Look) -> dict[str, str]:
    """All the parts of a template, by their path."""
    return {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": relationships(
            (f"{OFFICE}/officeDocument", "word/document.xml"),
            (f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "docProps/core.xml": core(),
        "word/_rels/document.xml.rels": relationships(
            *((f"{OFFICE}/{name}", f"{name}.xml") for name in ("styles", "numbering", "header", "footer", "settings"))
        ),
        "word/document.xml": document(look),
        "word/footer.xml": footer(),
        "word/header.xml": header(),
        "word/numbering.xml": numbering(),
        "word/settings.xml": settings(),
        "word/styles.xml": styles(look),
    }


def build(look: Look) -> bytes:
    """The template of a look; stored without compression, because compressors differ from machine to machine."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_STORED) as archive:
        for path, text in sorted(parts(look).items()):
            entry = ZipInfo(path, date_time=(1980, 1, 1, 0, 0, 0))
            entry.create_system = 3  # else the bytes would tell Windows from the rest
            archive.writestr(entry, text.encode())
    return file.getvalue()


def freed_parts() -> str:
    """The parts with tags of all looks, each by its hash, as docxtpl frees the tags: read instead of made each time."""
    tagged = {text.encode() for look in LOOKS for path, text in parts(look).items() if FILLED.fullmatch(path)}
    made = {sha256(data).hexdigest(): freed(data, "a shipped look", "a part") for data in tagged}
    return json.dumps(made, indent=1, sort_keys=True) + "\n"


def main(folder: Path) -> None:
    """Writes every shipped template into a folder, and what saves reading them anew."""
    for look in LOOKS:
        (folder / f"{look.name}.docx").write_bytes(build(look))
    (folder / "freed.json").write_text(freed_parts(), "utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).parent)
