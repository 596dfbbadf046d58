"""The house: who may import whom, how long a module may be, and that every public part says what it is."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "dpa_gen"
FILES = {
    ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
    if path != PACKAGE / "__init__.py"
}
# A package that only says what its modules are for, and needs no row for it.
INITS = {name: path.read_text("utf-8") for name, path in FILES.items() if path.name == "__init__.py"}
EMPTY = {name for name, text in INITS.items() if text.count("\n") == 1}
Documented = ast.Module | ast.ClassDef | ast.FunctionDef
LONGEST = 320
LONGER = {"description": "the nouns of the YAML are read as one list"}


@cache
def tree(name: str) -> ast.Module:
    """A module as Python reads it."""
    return ast.parse(FILES[name].read_text("utf-8"), str(FILES[name]))


def rows() -> Iterator[tuple[str, int]]:
    """Each module, or package of modules, with its row in the table of docs/architecture.md."""
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    for row, names in re.findall(r"^\| *(\d+) *\|([^|]*)\|", text, re.M):
        yield from ((name, int(row)) for name in re.findall(r"`([\w.]+)`", names))


NAMED = [name for name, _ in rows()]
ROWS = dict(rows())


def room(name: str) -> str:
    """What the table names a module by: itself, or the package that it is in."""
    while name and name not in ROWS:
        name = name.rpartition(".")[0]
    return name


def imports(name: str) -> Iterator[str]:
    """The modules of the package that a module imports, also within functions, but not for the type checker alone."""
    for node in running(tree(name)):
        if isinstance(node, ast.ImportFrom) and node.module == "dpa_gen":
            yield from (alias.name for alias in node.names if alias.name in FILES)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("dpa_gen."):
            module = (node.module or "").removeprefix("dpa_gen.")
            parts = [f"{module}.{alias.name}" for alias in node.names]
            yield from (part for part in parts if part in FILES)
            if module in FILES and not all(part in FILES for part in parts):
                yield module
        elif isinstance(node, ast.Import):
            yield from (alias.name.removeprefix("dpa_gen.") for alias in node.names if "dpa_gen." in alias.name)


def running(node: ast.AST) -> Iterator[ast.AST]:
    """The parts of a module that run, so without what stands under `if TYPE_CHECKING`."""
    yield node
    for child in ast.iter_child_nodes(node):
        if not (isinstance(child, ast.If) and isinstance(child.test, ast.Name) and child.test.id == "TYPE_CHECKING"):
            yield from running(child)


def test_the_table_of_rows_names_every_module_once_and_no_other():
    assert sorted(NAMED) == sorted(set(NAMED))
    assert set(NAMED) - set(FILES) == set(), "in the table of docs/architecture.md, and not in the package"
    assert {name for name in FILES if not room(name)} - EMPTY == set(), "not in the table of docs/architecture.md"


@pytest.mark.parametrize("name", [name for name in FILES if room(name)])
def test_a_module_imports_only_from_rows_above_its_own(name):
    own = room(name)
    others = {other for other in imports(name) if room(other) and room(other) != own}
    wrong = sorted(f"{other} (row {ROWS[room(other)]})" for other in others if ROWS[room(other)] >= ROWS[own])
    assert not wrong, f"{name} stands in row {ROWS[own]} and imports sideways or downwards: {', '.join(wrong)}"


def test_no_module_imports_itself_by_way_of_others():
    TopologicalSorter({name: set(imports(name)) - {name} for name in FILES}).prepare()


@pytest.mark.parametrize("name", sorted(FILES))
def test_every_public_part_says_what_it_is_in_a_sentence(name):
    silent = [part for part, node in public(tree(name), name) if not (ast.get_docstring(node) or is_shape(node))]
    assert silent == []


def is_shape(node: Documented) -> bool:
    """Whether a function only shows the shape of one, as in a protocol."""
    return len(node.body) == 1 and ast.unparse(node.body[0]) == "..."


def public(outer: ast.Module | ast.ClassDef, name: str) -> Iterator[tuple[str, Documented]]:
    """The module, its classes and functions, and their methods, as far as their names are for others."""
    if isinstance(outer, ast.Module):
        yield name, outer
    for node in outer.body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_"):
            yield f"{name}.{node.name}", node
            if isinstance(node, ast.ClassDef):
                yield from public(node, f"{name}.{node.name}")


@pytest.mark.parametrize("name", sorted(set(FILES) - set(LONGER)))
def test_a_module_is_not_too_long_to_read(name):
    lines = FILES[name].read_text("utf-8").count("\n")
    assert lines <= LONGEST, f"{name} has {lines} lines: it is two modules"


def test_no_module_is_a_drawer_for_whatever_is_left():
    assert not {part for name in FILES for part in name.split(".")} & {"utils", "util", "helpers", "misc", "common"}
