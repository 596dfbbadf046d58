"""The styles of a template: a look in, styles.xml out."""

from collections.abc import Iterator
from xml.sax.saxutils import quoteattr

from looks import Look
from outline import HANG, LISTS, TAG

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RED = "C00000"
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
    yield style("Party", spacing(120, 120))
    yield style("Party Item", spacing(60, 120))
    yield style("Recital", spacing(120, 120))
    yield style("Recital Item", spacing(20, 80))
    yield style("heading 1", spacing(340, 100), flow=KEEP, frame=rule, place=top, letters=heading, following="Clause")
    yield style("Clause", spacing(120, 120))
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
        letters=head + size(look.heading_size + 6),
    )  # fmt: skip
    yield style(
        "Annex Section", spacing(320, 120), flow=KEEP, place=element("outlineLvl", val=1), following="Annex Text",
        letters=head + size(look.heading_size),
    )  # fmt: skip
    yield style("Annex Text", spacing(140, 120))
    yield style("Annex Item", spacing(20, 80))
    hyphens = element("suppressAutoHyphens", val=0)  # narrow columns need them, the text does not
    yield style("Table Text", spacing(50, 50, 252), letters=small, base="Normal", frame=hyphens)
    yield style("Table Heading", spacing(60, 60, 252), flow=KEEP, letters=BOLD + colour(look.accent), base="Table Text")
    yield style("Table Label", spacing(50, 50, 252), letters=BOLD, base="Table Text")


def margin_styles(look: Look) -> Iterator[str]:
    """The styles of header and footer, and of the tags, which never reach a contract."""
    tab = f"<w:tabs>{element('tab', val='right', pos=look.width)}</w:tabs>"
    quiet = colour(look.muted) + size(17)
    yield style(
        "header", spacing(0, 280, 240), base="Normal", letters=quiet,
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
            f"{element('basedOn', val='DefaultParagraphFont')}{element('uiPriority', val=1)}<w:qFormat/>"
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
        f"{element('basedOn', val='TableNormal')}{element('uiPriority', val=1)}<w:qFormat/>"
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
        f"<w:pPrDefault><w:pPr><w:widowControl/><w:suppressAutoHyphens/>{spacing(0, 0, look.line)}"
        "</w:pPr></w:pPrDefault></w:docDefaults>"
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
