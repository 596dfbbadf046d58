"""The looks that ship with dpa-gen: what one house style has and another has not."""

from dataclasses import dataclass

PAGE_WIDTH, PAGE_HEIGHT = 11906, 16838  # A4, in twentieths of a point


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
