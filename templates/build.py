"""Builds the shipped house styles: a look in, a docxtpl template (.docx) out, the same bytes on every machine."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_STORED, ZipFile, ZipInfo

FOLDER = Path(__file__).parent
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
PAGE_WIDTH, PAGE_HEIGHT = 11906, 16838  # A4, in twentieths of a point, as all measures of length below
HANG = 709  # 1.25 cm: where the text of a numbered paragraph begins
INNER = HANG + 425  # where the text of a sub-item begins
ANNEX_HANG = 1474  # leaves room for "Bijlage 10"
RED = "C00000"


@dataclass(frozen=True)
class Look:
    """What one house style has of its own; sizes in half points, colours in RRGGBB."""

    name: str
    text_font: str
    heading_font: str
    size: int
    heading_size: int
    title_size: int
    line: int  # 240 is single
    margin: int
    accent: str  # of title, headings and rules
    muted: str  # of header, footer and subtitle
    shade: str  # of header rows and label columns
    rule: str  # of the hairlines in tables
    centred: bool = False
    heading_caps: bool = False
    heading_rule: bool = False

    @property
    def width(self) -> int:
        """The width of the text."""
        return PAGE_WIDTH - 2 * self.margin


LOOKS = (
    Look("plain", "Calibri", "Calibri", 21, 23, 40, 269, 1418, "000000", "595959", "F2F2F2", "A6A6A6"),
    Look(
        "classic", "Cambria", "Cambria", 21, 22, 42, 276, 1531, "000000", "404040", "F4F1EA", "8C8C8C",
        centred=True, heading_caps=True,
    ),
    Look(
        "modern", "Arial", "Arial", 19, 22, 46, 288, 1418, "1B4F5C", "5A6B70", "E8EFF0", "9DB4B9",
        heading_rule=True,
    ),
)  # fmt: skip

# Word's own styles, under the names that Word itself stores; it finds them again in every language of its menus.
OWN_IDS = {
    "Normal": "Normal",
    "Body Text": "BodyText",
    "Title": "Title",
    "Subtitle": "Subtitle",
    "heading 1": "Heading1",
    "header": "Header",
    "footer": "Footer",
}

# (style, text) of the paragraphs of the document: the whole contract, in the order in which it is printed.
TAG = "Template Tag"
BODY = (
    ("Title", "{{ contract.title }}"),
    (TAG, "{%p if contract.subtitle %}"),
    ("Subtitle", "{{r contract.subtitle }}"),
    (TAG, "{%p endif %}"),
    (TAG, "{%p if contract.draft_sentence %}"),
    ("Draft Note", "{{ contract.draft_sentence }}"),
    (TAG, "{%p endif %}"),
    (TAG, "{%p for part in front %}"),
    (TAG, "{%p if part.title %}"),
    ("Front Heading", "{{r part.title }}"),
    (TAG, "{%p endif %}"),
    (TAG, "{%p for block in part.blocks %}"),
    (TAG, "{%p if block.kind == 'heading' %}"),
    ("Front Heading", "{{r block.text }}"),
    (TAG, "{%p elif block.kind == 'table' %}"),
    (TAG, "{{p block.table }}"),
    (TAG, "{%p elif block.kind == 'item' and part.id == 'recitals' %}"),
    ("Recital Item", "{{r block.text }}"),
    (TAG, "{%p elif block.kind == 'item' %}"),
    ("Party Item", "{{r block.text }}"),
    (TAG, "{%p elif part.id == 'recitals' %}"),
    ("Recital", "{{r block.text }}"),
    (TAG, "{%p else %}"),
    ("Party", "{{r block.text }}"),
    (TAG, "{%p endif %}"),
    (TAG, "{%p endfor %}"),
    (TAG, "{%p endfor %}"),
    (TAG, "{%p for article in articles %}"),
    ("heading 1", "{{r article.title }}"),
    (TAG, "{%p for block in article.blocks %}"),
    (TAG, "{%p if block.kind == 'item' %}"),
    ("Clause Item", "{{r block.text }}"),
    (TAG, "{%p elif block.kind == 'definition' %}"),
    ("Definition", "{{r block.text }}"),
    (TAG, "{%p elif block.kind == 'table' %}"),
    (TAG, "{{p block.table }}"),
    (TAG, "{%p else %}"),
    ("Clause", "{{r block.text }}"),
    (TAG, "{%p endif %}"),
    (TAG, "{%p endfor %}"),
    (TAG, "{%p endfor %}"),
    ("Closing Heading", "{{r closing.title }}"),
    (TAG, "{%p for block in closing.blocks %}"),
    (TAG, "{%p if block.kind == 'item' %}"),
    ("Closing Item", "{{r block.text }}"),
    (TAG, "{%p else %}"),
    ("Closing Text", "{{r block.text }}"),
    (TAG, "{%p endif %}"),
    (TAG, "{%p endfor %}"),
    (TAG, "{{p signatures }}"),
    (TAG, "{%p for annex in annexes %}"),
    ("Annex Heading", "{{r annex.title }}"),
    (TAG, "{%p for block in annex.blocks %}"),
    (TAG, "{%p if block.kind == 'heading' %}"),
    ("Annex Section", "{{r block.text }}"),
    (TAG, "{%p elif block.kind == 'item' %}"),
    ("Annex Item", "{{r block.text }}"),
    (TAG, "{%p elif block.kind == 'table' %}"),
    (TAG, "{{p block.table }}"),
    (TAG, "{%p else %}"),
    ("Annex Text", "{{r block.text }}"),
    (TAG, "{%p endif %}"),
    (TAG, "{%p endfor %}"),
    (TAG, "{%p endfor %}"),
)
HEADER_TITLE = "{{ contract.title }}"
HEADER_REFERENCE = "{% if contract.reference %}{{ labels.reference }} {{ contract.reference }}{% endif %}"
FOOTER_VERSION = "{{ labels.version }} {{ contract.version }}"

# Each list: its levels, as (style, number format, text of the number, where the number begins, where the text begins).
# An unnumbered paragraph is a level without a number, so that the sub-items of the next one begin again at a.
LISTS = (
    (
        ("heading 1", "decimal", "%1.", 0, HANG),
        ("Clause", "decimal", "%1.%2", 0, HANG),
        ("Clause Item", "lowerLetter", "%3.", HANG, INNER),
    ),
    (("Recital", "upperLetter", "(%1)", 0, HANG), ("Recital Item", "lowerLetter", "%2.", HANG, INNER)),
    (("Party", "none", "", 0, 0), ("Party Item", "decimal", "%2.", 0, HANG)),
    (
        ("Annex Heading", "decimal", "{{ labels.annex }} %1", 0, ANNEX_HANG),
        ("Annex Section", "upperLetter", "%2.", 0, HANG),
        ("Annex Text", "none", "", 0, 0),
        ("Annex Item", "lowerLetter", "%4.", 0, 425),
    ),
    (("Closing Text", "none", "", 0, 0), ("Closing Item", "lowerLetter", "%2.", 0, 425)),
)


KEEP = "<w:keepNext/><w:keepLines/>"
BOLD = "<w:b/><w:bCs/>"


def style_id(name: str) -> str:
    """The id by which Word's XML points at a style."""
    return OWN_IDS.get(name, name.replace(" ", "").replace("-", ""))


def element(tag: str, **attributes: str | int) -> str:
    """An empty element of Word's main namespace."""
    return f"<w:{tag}" + "".join(f" w:{key}={quoteattr(str(value))}" for key, value in attributes.items()) + "/>"


def font(name: str) -> str:
    """One font for every script."""
    return element("rFonts", ascii=name, hAnsi=name, eastAsia=name, cs=name)


def colour(value: str) -> str:
    """A colour of letters."""
    return element("color", val=value)


def size(half_points: int) -> str:
    """A size of letters."""
    return element("sz", val=half_points) + element("szCs", val=half_points)


def line(side: str, eighths: int, value: str, space: int = 0) -> str:
    """A line along one side, its width in eighths of a point, its distance in points."""
    return element(side, val="single", sz=eighths, space=space, color=value)


def shading(value: str) -> str:
    """A flat background."""
    return element("shd", val="clear", color="auto", fill=value)


def spacing(before: int, after: int, height: int | None = None) -> str:
    """The white above and below a paragraph, and the height of its lines (240 is single)."""
    if height is None:
        return element("spacing", before=before, after=after)
    return element("spacing", before=before, after=after, line=height, lineRule="auto")


def list_level(name: str) -> str:
    """The list and level that a style is bound to, or nothing."""
    for number, levels in enumerate(LISTS, 1):
        for depth, (style, *_) in enumerate(levels):
            if style == name:
                return f"<w:numPr>{element('ilvl', val=depth)}{element('numId', val=number)}</w:numPr>"
    return ""


def style(
    name: str, white: str, *, flow: str = "", frame: str = "", place: str = "", letters: str = "",
    base: str = "Body Text", following: str = "",
) -> str:  # fmt: skip
    """A paragraph style: flow keeps lines together, frame has borders and tabs, place has line, indent and outline."""
    custom = "" if name in OWN_IDS else ' w:customStyle="1"'
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{style_id(name)}">{element("name", val=name)}'
        f"{element('basedOn', val=style_id(base))}{element('next', val=style_id(following or name))}"
        f"{element('uiPriority', val=1)}<w:qFormat/>"
        f"<w:pPr>{flow}{list_level(name)}{frame}{white}{place}</w:pPr><w:rPr>{letters}</w:rPr></w:style>"
    )


def text_styles(look: Look) -> Iterator[str]:
    """The styles of front part, articles and closing."""
    head = font(look.heading_font) + BOLD
    shape = ("<w:caps/>" if look.heading_caps else "") + colour(look.accent)
    shape += element("spacing", val=12) if look.heading_caps else ""
    rule = f"<w:pBdr>{line('bottom', 4, look.rule, 3)}</w:pBdr>" if look.heading_rule else ""
    centre = element("jc", val="center") if look.centred else ""
    top = element("outlineLvl", val=0)
    heading = head + shape + size(look.heading_size)
    yield style("Body Text", spacing(60, 120), base="Normal")
    yield style(
        "Title", spacing(0, 80, 240), flow=KEEP, place=centre, base="Normal", following="Subtitle",
        letters=font(look.heading_font) + ("" if look.centred else BOLD) + colour(look.accent) + size(look.title_size),
    )  # fmt: skip
    yield style(
        "Subtitle", spacing(0, 360), flow=KEEP, place=centre, base="Normal", following="Body Text",
        letters=colour(look.muted) + size(look.size + 3),
    )  # fmt: skip
    yield style(
        "Draft Note", spacing(0, 240), letters=colour(RED),
        frame=f"<w:pBdr>{line('left', 18, RED, 6)}</w:pBdr>", place=element("ind", left=140),
    )  # fmt: skip
    yield style(
        "Front Heading", spacing(320, 100), flow=KEEP, frame=rule, place=top, letters=heading, following="Body Text"
    )
    yield style("Party", spacing(60, 120))
    yield style("Party Item", spacing(60, 120))
    yield style("Recital", spacing(60, 120))
    yield style("Recital Item", spacing(20, 80))
    yield style("heading 1", spacing(340, 100), flow=KEEP, frame=rule, place=top, letters=heading, following="Clause")
    yield style("Clause", spacing(60, 120))
    yield style("Clause Item", spacing(20, 80))
    yield style("Definition", spacing(60, 100), place=element("ind", left=HANG))
    yield style(
        "Closing Heading", spacing(360, 100), flow=KEEP, frame=rule, place=top, letters=heading,
        following="Closing Text",
    )  # fmt: skip
    yield style("Closing Text", spacing(60, 120), flow=KEEP)
    yield style("Closing Item", spacing(20, 80), flow=KEEP)
    yield style("Signature Heading", spacing(40, 80, 252), flow=KEEP, letters=BOLD + colour(look.accent))
    yield style("Signature Text", spacing(40, 40, 252), flow=KEEP)


def annex_styles(look: Look) -> Iterator[str]:
    """The styles of the annexes and of tables."""
    head = font(look.heading_font) + BOLD + colour(look.accent)
    small = size(look.size - 2)
    yield style(
        "Annex Heading", spacing(0, 200, 252), flow=KEEP + "<w:pageBreakBefore/>", following="Annex Text",
        frame=f"<w:pBdr>{line('bottom', 8, look.accent, 4)}</w:pBdr>", place=element("outlineLvl", val=0),
        letters=head + size(look.heading_size + 7),
    )  # fmt: skip
    yield style(
        "Annex Section", spacing(320, 120), flow=KEEP, place=element("outlineLvl", val=1), following="Annex Text",
        letters=head + size(look.heading_size),
    )  # fmt: skip
    yield style("Annex Text", spacing(100, 120))
    yield style("Annex Item", spacing(20, 80))
    yield style("Table Text", spacing(50, 50, 252), letters=small, base="Normal")
    yield style("Table Heading", spacing(60, 60, 252), flow=KEEP, letters=BOLD + colour(look.accent), base="Table Text")
    yield style("Table Label", spacing(50, 50, 252), letters=BOLD, base="Table Text")


def margin_styles(look: Look) -> Iterator[str]:
    """The styles of header and footer, and of the tags, which never reach a contract."""
    tab = f"<w:tabs>{element('tab', val='right', pos=look.width)}</w:tabs>"
    quiet = colour(look.muted) + size(17)
    yield style(
        "header", spacing(0, 0, 240), base="Normal", letters=quiet,
        frame=f"<w:pBdr>{line('bottom', 4, look.rule, 4)}</w:pBdr>{tab}",
    )  # fmt: skip
    yield style("footer", spacing(0, 0, 240), base="Normal", letters=quiet, frame=tab)
    sides = "".join(line(side, 12, RED, 3) for side in ("top", "left", "bottom", "right"))
    yield style(
        "Draft Mark", spacing(0, 160, 240), base="Normal", flow="<w:keepNext/>", frame=f"<w:pBdr>{sides}</w:pBdr>",
        place=element("ind", left=80, right=80) + element("jc", val="center"),
        letters=BOLD + "<w:caps/>" + colour(RED) + element("spacing", val=20) + size(24),
    )  # fmt: skip
    yield style(TAG, spacing(0, 0, 240), base="Normal", letters=colour("808080") + size(14))


def letter_styles() -> Iterator[str]:
    """The styles for words within a paragraph."""
    for name, letters in (("Fill-in Field", shading("FFE97F")), ("Defined Term", BOLD)):
        yield (
            f'<w:style w:type="character" w:customStyle="1" w:styleId="{style_id(name)}">{element("name", val=name)}'
            f'{element("basedOn", val="DefaultParagraphFont")}{element("uiPriority", val=1)}<w:qFormat/>'
            f"<w:rPr>{letters}</w:rPr></w:style>"
        )


def table_style(name: str, borders: str, part: str, letters: str, fill: str, edge: str, cell: tuple[int, int]) -> str:
    """A table style in which one part (firstRow, firstCol) has its own letters, background and edge."""
    space = "".join(
        element(side, w=width, type="dxa")
        for side, width in (("top", cell[0]), ("left", cell[1]), ("bottom", cell[0]), ("right", cell[1]))
    )
    special = (
        f'<w:tblStylePr w:type="{part}"><w:rPr>{letters}</w:rPr>'
        f"<w:tcPr><w:tcBorders>{edge}</w:tcBorders>{shading(fill)}</w:tcPr></w:tblStylePr>"
    )
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{style_id(name)}">{element("name", val=name)}'
        f'{element("basedOn", val="TableNormal")}{element("uiPriority", val=1)}<w:qFormat/>'
        f"<w:tblPr>{element('tblInd', w=0, type='dxa')}<w:tblBorders>{borders}</w:tblBorders>"
        f"<w:tblCellMar>{space}</w:tblCellMar></w:tblPr>{special if part else ''}</w:style>"
    )


def table_styles(look: Look) -> Iterator[str]:
    """The three kinds of table: with a header row, with a column of labels, and for signatures."""
    heavy = 8 if look.centred else 4
    edges = line("top", heavy, look.accent if look.centred else look.rule)
    edges += line("bottom", heavy, look.accent if look.centred else look.rule) + line("insideH", 4, look.rule)
    under = line("bottom", 6, look.accent)
    yield table_style("DPA Table", edges, "firstRow", BOLD, look.shade, under, (0, 100))
    yield table_style("DPA Facts", edges, "firstCol", BOLD, look.shade, "", (0, 100))
    bare = "".join(element(side, val="nil") for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    yield table_style("Signature Table", bare, "", "", "", "", (0, 0))


def styles(look: Look) -> str:
    """styles.xml: defaults, Word's four basic styles, and all of ours."""
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{font(look.text_font)}{size(look.size)}"
        f"{element('lang', val='nl-NL')}</w:rPr></w:rPrDefault>"
        f"<w:pPrDefault><w:pPr><w:widowControl/>{spacing(0, 0, look.line)}</w:pPr></w:pPrDefault></w:docDefaults>"
        '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1" w:defUnhideWhenUsed="1"'
        ' w:defQFormat="0" w:count="376"/>'
    )
    basic = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
    )
    ours = (*text_styles(look), *annex_styles(look), *margin_styles(look), *letter_styles(), *table_styles(look))
    return f'{XML}<w:styles xmlns:w="{WORD}">{defaults}{basic}{"".join(ours)}</w:styles>'


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
    sides = element("pgMar", top=1701, right=look.margin, bottom=1474, left=look.margin, header=737, footer=680, gutter=0)
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
    mode = (
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    )
    tab = element("defaultTabStop", val=HANG)
    return f'{XML}<w:settings xmlns:w="{WORD}">{tab}<w:compat>{mode}</w:compat></w:settings>'


def relationships(*targets: tuple[str, str]) -> str:
    """A .rels part: what belongs to what, as (kind, file)."""
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'


def content_types() -> str:
    """What kind of file each part is."""
    parts = {name: name for name in ("footer", "header", "numbering", "settings", "styles")} | {"document": "document.main"}
    rows = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{TYPES}.{kind}+xml"/>' for name, kind in parts.items()
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


def main() -> None:
    """Writes every shipped template beside this script."""
    for look in LOOKS:
        (FOLDER / f"{look.name}.docx").write_bytes(build(look))


if __name__ == "__main__":
    main()
