"""A description file as text, with one group of keys changed: comments, order and everything else stay as they are."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import yaml

from dpa_gen import source
from dpa_gen.errors import DpaError, Place
from dpa_gen.files import write

BYTE_ORDER_MARK = "\ufeff"
Edit = tuple[int, int, str]  # from, until, and what comes in its place


def update(path: Path, group: str, values: Mapping[str, str]) -> None:
    """Write values into a top-level group of a file; raises `DpaError`, leaving the file, when more would change."""
    before = source.read(path)
    raw = path.read_bytes().decode("utf-8")
    mark = BYTE_ORDER_MARK if raw.startswith(BYTE_ORDER_MARK) else ""
    after = with_values(raw.removeprefix(mark), group, values, str(path))
    read_again = source.parse(source.decode(after.encode(), str(path)), str(path))
    _same_but_for(before.value, read_again.value, group, values, path)
    write(path, (mark + after).encode())


def _same_but_for(before: object, after: object, group: str, values: Mapping[str, str], path: Path) -> None:
    """Refuse a text that says anything else than was asked."""
    there = before.get(group) if isinstance(before, dict) else None
    asked = {**there, **values} if isinstance(there, dict) else dict(values)
    wanted = {**before, group: asked} if isinstance(before, dict) else None
    if after != wanted:
        what = f"{group} cannot be written here without changing something else."
        raise DpaError.of(what, f"Write it yourself: {_shown(group, values)}", Place(str(path)))


def _shown(group: str, values: Mapping[str, str]) -> str:
    return f"{group}: {{{', '.join(f'{key}: {scalar(value)}' for key, value in values.items())}}}"


def with_values(text: str, group: str, values: Mapping[str, str], name: str) -> str:
    """The text with the values in a top-level group, in the line endings that the text has."""
    ending = "\r\n" if "\r\n" in text else "\n"
    folded = text.replace("\r\n", "\n")
    if ending == "\r\n" and folded.count("\n") != text.count("\r\n"):
        raise DpaError.of("this file mixes two kinds of line endings.", "Save it again in your editor.", Place(name))
    for start, end, put in sorted(_edits(folded, group, values, name), reverse=True):
        folded = folded[:start] + put + folded[end:]
    return folded.replace("\n", ending)


def _edits(text: str, group: str, values: Mapping[str, str], name: str) -> list[Edit]:
    root = _compose(text, name)
    if root.flow_style:
        what, mend = "this file is written between braces.", f"Add it yourself: {_shown(group, values)}"
        raise DpaError.of(what, mend, Place(name))
    there = next((value for key, value in root.value if key.value == group), None)
    if there is None:
        return [_appended(text, group, values)]
    if not isinstance(there, yaml.MappingNode):
        return [_instead(text, there, group, values)]
    return _between_braces(text, there, values, name) if there.flow_style else _in_lines(text, there, values)


def _compose(text: str, name: str) -> yaml.MappingNode:
    """The nodes of the text with their places; a letter stands in for `?`, which YAML would take for a mark."""
    node = yaml.compose(text.replace("?", "q"), Loader=yaml.BaseLoader)
    if not isinstance(node, yaml.MappingNode):
        raise DpaError.of("this file does not hold keys and values", "Give a description.", Place(name, 1, 1))
    return node


def _appended(text: str, group: str, values: Mapping[str, str]) -> Edit:
    """The group as the last lines of the file, before a mark of the end when there is one."""
    end = len(text)
    lines = text.rstrip().rpartition("\n")
    if lines[2] == "...":
        end = len(lines[0]) + 1
    before = "" if text[:end].endswith("\n") or not end else "\n"
    rows = "".join(f"  {key}: {scalar(value)}\n" for key, value in values.items())
    return end, end, f"{before}{group}:\n{rows}"


def _instead(text: str, node: yaml.Node, group: str, values: Mapping[str, str]) -> Edit:
    """The values in the place of an empty group."""
    start, end = node.start_mark.index, node.end_mark.index
    if text[start:end].strip():
        return start, end, _braces(values)
    colon = text.rindex(":", 0, start + 1) + 1 if ":" in text[: start + 1] else start
    return colon, max(colon, end), f" {_braces(values)}"


def _braces(values: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"{key}: {scalar(value)}" for key, value in values.items()) + "}"


def _between_braces(text: str, node: yaml.MappingNode, values: Mapping[str, str], name: str) -> list[Edit]:
    """Changes within braces: a value in the place of the old one, new keys before the closing brace."""
    edits = [_replaced(value, values[key.value]) for key, value in node.value if key.value in values]
    new = {key: value for key, value in values.items() if key not in {k.value for k, _ in node.value}}
    if new:
        last = node.value[-1][1].end_mark.index if node.value else node.start_mark.index + 1
        rows = ", ".join(f"{key}: {scalar(value)}" for key, value in new.items())
        edits.append((last, last, f", {rows}" if node.value else rows))
    return edits


def _replaced(node: yaml.Node, value: str) -> Edit:
    return node.start_mark.index, node.end_mark.index, scalar(value)


def _in_lines(text: str, node: yaml.MappingNode, values: Mapping[str, str]) -> list[Edit]:
    """Changes in lines: a value in the place of the old one, new keys on lines of their own under the last."""
    edits = [_replaced(value, values[key.value]) for key, value in node.value if key.value in values]
    new = {key: value for key, value in values.items() if key not in {k.value for k, _ in node.value}}
    if new:
        at = _line_after(text, node.value[-1][1].end_mark.index)
        margin = " " * node.value[0][0].start_mark.column
        before = "" if not at or text[at - 1] == "\n" else "\n"
        rows = "".join(f"{margin}{key}: {scalar(value)}\n" for key, value in new.items())
        edits.append((at, at, before + rows))
    return edits


def _line_after(text: str, index: int) -> int:
    """Where the next line begins; a group that ends at the start of a line ends there already."""
    if index and text[index - 1] == "\n":
        return index
    found = text.find("\n", index)
    return len(text) if found < 0 else found + 1


def scalar(value: str) -> str:
    """A value as YAML writes it on one line, in quotes where it needs them."""
    plain = value[:1].isalnum() and all(letter.isalnum() or letter in "-_./ " for letter in value)
    if plain and value == value.strip():
        return value
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
