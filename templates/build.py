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

# Word's own names are written as Word itself stores them; Word finds them again in every language of its menus.
STYLE_IDS = {"heading 1": "Heading1"}

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
    ("Body Text", "{{r block.text }}"),
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
        ("Body Text", "none", "", 0, 0),
        ("Annex Item", "lowerLetter", "%4.", 0, 425),
    ),
    (("Closing Text", "none", "", 0, 0), ("Closing Item", "lowerLetter", "%2.", 0, 425)),
)


def style_id(name: str) -> str:
    """The id by which Word's XML points at a style."""
    return STYLE_IDS.get(name, name.replace(" ", "").replace("-", ""))


def element(tag: str, **attributes: str | int) -> str:
    """An empty element of Word's main namespace."""
    return f"<w:{tag}" + "".join(f" w:{key}={quoteattr(str(value))}" for key, value in attributes.items()) + "/>"


def font(name: str) -> str:
    """A font for every script."""
    return element("rFonts", ascii=name, hAnsi=name, eastAsia=name, cs=name)


def border(side: str, size: int, colour: str, space: int = 0) -> str:
    """A single line at one side; size in eighths of a point, space in points."""
    return element(side, val="single", sz=size, space=space, color=colour)


def size(half_points: int) -> str:
    """A size of letters."""
    return element("sz", val=half_points) + element("szCs", val=half_points)


BOLD = "<w:b/><w:bCs/>"
KEEP = "<w:keepNext/><w:keepLines/>"


def numbering_of(name: str) -> str:
    """The list and level that a style is bound to, or nothing."""
    for number, levels in enumerate(LISTS, 1):
        for depth, (style, *_) in enumerate(levels):
            if style == name:
                return f"<w:numPr>{element('ilvl', val=depth)}{element('numId', val=number)}</w:numPr>"
    return ""


def paragraph_style(
    name: str, before: int, after: int, *, flow: str = "", frame: str = "", place: str = "", letters: str = "",
    based: str = "Normal", following: str = "",
) -> str:  # fmt: skip
    """A paragraph style: flow (keeping lines together), frame (borders, tabs), place (line, indent, outline), letters."""
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{style_id(name)}">'
        f"{element('name', val=name)}{element('basedOn', val=style_id(based))}"
        f"{element('next', val=style_id(following or name))}{element('uiPriority', val=1)}<w:qFormat/>"
        f"<w:pPr>{flow}{numbering_of(name)}{frame}{element('spacing', before=before, after=after)}{place}</w:pPr>"
        f"<w:rPr>{letters}</w:rPr></w:style>"
    )
