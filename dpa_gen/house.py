"""House styles: a docxtpl Word template, opened and compiled once, to be filled many times.

What docxtpl does with a template is done here with docxtpl's own code; only opening, compiling and packing are
not repeated for each contract.
"""

from __future__ import annotations

import json
import re
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dpa_gen.errors import DpaError, Place, Problem, raise_any
from dpa_gen.ooxml import STYLES
from dpa_gen.package import unpacked

if TYPE_CHECKING:
    from jinja2 import Environment, Template

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{NAMESPACE}}}"
LANGUAGE_TAGS = {"nl": "nl-NL", "en": "en-GB"}
SHIPPED = ("plain", "classic", "modern")
FILLED = re.compile(r"word/(document|header\d*|footer\d*|footnotes)\.xml")
COPY_STYLE = "Export a shipped look with `dpa-gen template export` and copy the style from it."
ANNEX_LABEL = re.compile(r"\{\{\s*labels\.annex\s*\}\}")

RAISED_BY_TAGS = (ArithmeticError, AttributeError, LookupError, MemoryError, RecursionError, TypeError, ValueError)
# What Word cannot open: runs inside the text of a run, and paragraphs or tables inside a run or a paragraph.
MISPLACED = "//w:t/* | //w:r/w:r | //w:r/w:p | //w:r/w:tbl | //w:r/w:sdt | //w:p/w:p | //w:p/w:tbl"

TAG = re.compile(r"\{[{%].*?[%}]\}")
ONLY_PRINTS = re.compile(r"\{\{ *contract\.(?:reference|version) *\}\}|\{% *if contract\.(?:reference|version) *%\}")
OF_A_FACT = re.compile(r"\bcontract\b(?!\.(?:title|subtitle|language|draft|draft_sentence)\b)")


@dataclass(frozen=True)
class HouseStyle:
    """A template ready to be filled in one language."""

    name: str
    language: str
    digest: str
    fixed: Mapping[str, bytes]  # the parts that are the same in every contract
    filled: Mapping[str, Template]  # the parts that are filled
    style_ids: Mapping[str, str]
    text_width: int

    @cached_property
    def looks_into_facts(self) -> bool:
        """Whether a tag does more with a fact than print it or ask whether it is there, such as compare it."""
        sources = ["".join(getattr(template, "source_lines", [])) for template in self.filled.values()]
        tags = (tag for source in sources for tag in TAG.findall(ONLY_PRINTS.sub("", source)))
        return any(OF_A_FACT.search(tag) for tag in tags)

    def fill(self, context: Mapping[str, Any]) -> dict[str, bytes]:
        """The parts of a contract; raises `DpaError` with the words around a tag that cannot be filled."""
        return {name: self._render(name, template, context) for name, template in self.filled.items()}

    def _render(self, name: str, template: Template, context: Mapping[str, Any]) -> bytes:
        from jinja2 import TemplateError

        try:
            filled = template.render(context)
        except (TemplateError, *RAISED_BY_TAGS) as trouble:
            line, said = _line_of(trouble), str(trouble) or "this asks for more memory than there is"
            raise DpaError(fault(self.name, name, said, getattr(template, "source_lines", []), line)) from None
        data = filled.replace("\n<w:p>", "<w:p>").replace("\n<w:p ", "<w:p ").encode()
        _sound(self.name, name, data)
        return data


def shipped_names() -> tuple[str, ...]:
    """The names of the looks that come with the program."""
    return SHIPPED


def template_bytes(template: str, folder: Path) -> tuple[bytes, str]:
    """The Word file of a shipped look by its name, or of a house style by its path, counted from a folder."""
    if template in SHIPPED:
        return files("dpa_gen.templates").joinpath(f"{template}.docx").read_bytes(), template
    path = folder / template
    try:
        return path.read_bytes(), str(path)
    except OSError as trouble:
        mend = f"Give the path of a .docx file, or one of: {', '.join(SHIPPED)}."
        what = f"this template cannot be read: {trouble.strerror}"
        raise DpaError.of(what, mend, Place(str(path))) from None


def house_style(template: str, folder: Path, language: str, labels: Mapping[str, str]) -> HouseStyle:
    """A template made ready for a language; kept, so that a second contract costs nothing."""
    return _kept(template, folder, _stamp(template, folder), language, labels["annex"])


def _stamp(template: str, folder: Path) -> tuple[int, int]:
    """When a template was last changed, and its size; a shipped look does not change while the program runs."""
    if template in SHIPPED:
        return 0, 0
    try:
        state = (folder / template).stat()
    except OSError:
        return 0, 0  # reading it tells why
    return state.st_mtime_ns, state.st_size


@lru_cache(maxsize=16)
def _kept(template: str, folder: Path, stamp: tuple[int, int], language: str, annex: str) -> HouseStyle:
    raw, name = template_bytes(template, folder)
    return prepared(raw, name, language, annex)


@lru_cache(maxsize=16)
def prepared(raw: bytes, name: str, language: str, annex: str) -> HouseStyle:
    """A Word file made ready: language set, annexes named, tags compiled, styles looked up."""
    parts = {part: localised(part, data, language, annex) for part, data in unpacked(raw, name).items()}
    style_ids = style_ids_of(parts, name)
    to_fill = {part: data for part, data in parts.items() if FILLED.fullmatch(part)}
    fixed = {part: data for part, data in parts.items() if part not in to_fill}
    filled = dict(compiled(to_fill, name, environment()))
    width = text_width(parts["word/document.xml"])
    return HouseStyle(name, language, sha256(raw).hexdigest(), fixed, filled, style_ids, width)


def localised(part: str, data: bytes, language: str, annex: str) -> bytes:
    """A part with the language of its text set and the word for annexes put in its numbering."""
    if part == "word/styles.xml":
        pattern = rb'(<w:lang [^>]*?w:val=")[^"]*(")'
        return re.sub(pattern, rb"\g<1>" + LANGUAGE_TAGS[language].encode() + rb"\2", data)
    if part == "word/numbering.xml":
        return ANNEX_LABEL.sub(annex, data.decode()).encode()
    return data


def style_ids_of(parts: Mapping[str, bytes], name: str) -> dict[str, str]:
    """The ids of the styles that the program uses; raises `DpaError` for each that is missing."""
    tree = _parsed(parts.get("word/styles.xml", b"<none/>"), name, "word/styles.xml")
    found = {
        (style.get(f"{W}type"), style.find(f"{W}name").get(f"{W}val")): style.get(f"{W}styleId")
        for style in tree.iter(f"{W}style")
    }
    raise_any(
        Problem(f"the {kind} style “{style}” is missing.", COPY_STYLE, Place(name))
        for style, kind in STYLES.items()
        if (kind, style) not in found
    )
    return {style: found[kind, style] for style, kind in STYLES.items()}


def _parsed(data: bytes, name: str, part: str) -> Any:
    from lxml import etree

    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as trouble:
        raise DpaError.of(
            f"{part} is damaged: {trouble.msg}", "Open it in Word and save it again.", Place(name)
        ) from None


def text_width(document: bytes) -> int:
    """The width between the margins of the last section, in twentieths of a point."""
    page = dict(re.findall(rb'<w:pgSz [^>]*?w:(w)="(\d+)"', document))
    margins = dict(re.findall(rb'w:(left|right)="(\d+)"', (re.findall(rb"<w:pgMar [^>]*>", document) or [b""])[-1]))
    return int(page.get(b"w", 11906)) - int(margins.get(b"left", 1418)) - int(margins.get(b"right", 1418))


def environment() -> Environment:
    """Tags are filled in a sandbox, facts are escaped, and a tag without a value is an error."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    env = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    # A page of a contract needs no multiplication, and one short line of it can ask for all memory there is.
    env.binop_table |= dict.fromkeys(NO_MULTIPLYING, _refuse)
    env.intercepted_binops = NO_MULTIPLYING
    return env


NO_MULTIPLYING = frozenset(("*", "**", "%"))


def _refuse(_left: object, _right: object) -> object:
    from jinja2.exceptions import SecurityError

    raise SecurityError("a template cannot multiply")


def _sound(name: str, part: str, data: bytes) -> None:
    """Refuse a filled part that Word could not open."""
    from lxml import etree

    try:
        tree = etree.fromstring(data)
    except etree.XMLSyntaxError as trouble:
        mend = "Let each {% if %} and {% for %} begin and end in the same place: both in a row, or both in a paragraph."
        what = f"{part}: the tags do not fit into each other ({trouble.msg})."
        raise DpaError.of(what, mend, Place(name)) from None
    for found in tree.xpath(MISPLACED, namespaces={"w": NAMESPACE})[:1]:
        words = "".join(found.getparent().itertext()).strip()[:80]
        what = f"{part}: “{words}” is printed inside other text, where Word cannot show it."
        raise DpaError.of(
            what, "Print it in a paragraph of its own, with {{r ... }}, and a table with {{p ... }}.", Place(name)
        )


def compiled(parts: Mapping[str, bytes], name: str, env: Environment) -> Iterator[tuple[str, Template]]:
    """Each part that is filled, as a template; raises `DpaError` with the words around what cannot be read."""
    from jinja2 import TemplateSyntaxError

    problems = []
    for part, data in parts.items():
        source = freed_beforehand().get(sha256(data).hexdigest()) or freed(data, name, part)
        try:
            template = env.from_string(source)
        except TemplateSyntaxError as trouble:
            problems.append(fault(name, part, trouble.message or "", source.splitlines(), trouble.lineno))
            continue
        template.source_lines = source.splitlines()  # type: ignore[attr-defined]
        yield part, template
    if problems:
        raise DpaError(*problems)


@cache
def freed_beforehand() -> dict[str, str]:
    """The parts of the shipped looks as `freed` gives them, by their hash: docxtpl takes longer to load than to use."""
    shipped = files("dpa_gen.templates").joinpath("freed.json")
    parts: dict[str, str] = json.loads(shipped.read_text("utf-8")) if shipped.is_file() else {}
    return parts


def freed(data: bytes, name: str, part: str) -> str:
    """A part as a template for Jinja."""
    from lxml import etree

    return patched(etree.tostring(_parsed(data, name, part), encoding="unicode"))


def patched(xml: str) -> str:
    """The XML of a part with its tags freed from runs and paragraphs, as docxtpl frees them.

    docxtpl turns `{_{` in the finished text into `{{`; here that is done to the template before it is filled, or a
    fact that holds those signs would be changed.
    """
    from docxtpl import DocxTemplate

    freed = DocxTemplate.patch_xml(DocxTemplate(None), xml)
    freed = re.sub(r"<w:p([ >])", r"\n<w:p\1", freed)
    for escaped, meant in (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}")):
        freed = freed.replace(escaped, f"{{{{ '{meant}' }}}}")
    return str(freed)


def _line_of(trouble: Exception) -> int:
    """The line of the template where it went wrong."""
    lines = [frame.lineno for frame in traceback.extract_tb(trouble.__traceback__) if frame.filename == "<template>"]
    return (lines or [0])[-1] or 0


def fault(name: str, part: str, message: str, lines: list[str], line: int) -> Problem:
    """A fault in a template, with the words around it."""
    around = [re.sub(r"<[^>]+>", "", text).strip() for text in lines[max(line - 3, 0) : line + 2]]
    words = " / ".join(filter(None, around))
    mend = f"Around it stands: {words[:400]}" if words else "Compare it with `dpa-gen template export plain`."
    return Problem(f"{part}: {message}", mend, Place(name))
