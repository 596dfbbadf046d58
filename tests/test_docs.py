"""What the README and the docs say is so: commands, examples, links, tables, and the reference of the YAML."""

import ast
import json
import re
import runpy
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import jsonschema
import pytest
import yaml

from dpa_gen.cli import COMMANDS, main
from dpa_gen.pdf import office
from dpa_gen.schema import description_schema

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "dpa_gen"
README = (ROOT / "README.md").read_text("utf-8")
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
COPIED = ("README.md", "docs/gids.md")  # whose examples are there to be copied
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)


def commands() -> Iterator[tuple[str, click.Command]]:
    """Every command by the words that a user types, those of a group each on its own."""
    context = click.Context(main)
    for name in COMMANDS:
        command = main.get_command(context, name)
        assert command is not None, name
        yield from below(name, command)


def below(name: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    if isinstance(command, click.Group):
        for part, inner in command.commands.items():
            yield from below(f"{name} {part}", inner)
    else:
        yield name, command


@pytest.mark.parametrize(
    ("name", "command"), list(commands()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_every_command_has_help_with_an_example(name, command):
    assert f"dpa-gen {name}" in (command.help or ""), f"the help of {name} has no example"


@pytest.mark.parametrize("name", [name for name, _ in commands()])
def test_every_command_stands_in_the_readme_with_an_example(name):
    row = next((line for line in README.splitlines() if line.startswith(f"| `{name}` |")), "")
    assert f"`dpa-gen {name}" in row, f"the table of commands in README.md has no row for {name} with an example"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_relative_link_leads_somewhere(page):
    text = re.sub(r"```.*?```|`[^`]*`", "", page.read_text("utf-8"), flags=re.S)
    for target in re.findall(r"\]\(([^)]+)\)", text):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        led = (page.parent / path) if path else page
        assert led.exists(), f"{page.name} links to {target}"
        if anchor:
            assert anchor in anchors(led), f"{page.name} links to {target}"


def anchors(page: Path) -> set[str]:
    """The anchors of the headings of a page, as they are made from their words."""
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def blocks(page: str) -> Iterator[tuple[str, str]]:
    """The blocks of code of a page with their language."""
    yield from BLOCK.findall((ROOT / page).read_text("utf-8"))


@pytest.mark.parametrize("page", COPIED)
def test_the_examples_run_one_after_the_other(page, tmp_path):
    copy_what_examples_use(tmp_path)
    for language, block in blocks(page):
        if language == "yaml" and (named := re.match(r"# (\S+\.yaml)\n", block)):
            (tmp_path / named[1]).write_text(block, "utf-8")
        elif language == "sh":
            for line in block.splitlines():
                run(line, tmp_path)


@pytest.mark.parametrize("line", re.findall(r"^\| `[a-z -]+` \|.*\| `(dpa-gen [^`]+)` \|$", README, re.M))
def test_the_example_of_each_command_runs(line, tmp_path):
    copy_what_examples_use(tmp_path)
    if not line.startswith("dpa-gen init"):
        run("dpa-gen init mijn-praktijk", tmp_path)
    run(line, tmp_path)


def copy_what_examples_use(folder: Path) -> None:
    """Put the samples and the templates where an example looks for them."""
    for name in ("samples", "templates"):
        shutil.copytree(ROOT / name, folder / name)


def run(line: str, folder: Path) -> None:
    """Run a line of an example when it is one of dpa-gen; one that needs LibreOffice only where that is."""
    words = shlex.split(line, comments=True)
    if not words or words[0] != "dpa-gen" or ("--pdf" in words and not office()):
        return
    words = [found for word in words[1:] for found in expanded(word, folder)]
    command = [sys.executable, "-c", "from dpa_gen.cli import run; run()", *words]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, encoding="utf-8", timeout=180, check=False
    )
    assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
    assert done.stdout, line


def expanded(word: str, folder: Path) -> list[str]:
    """A word with * as the shell gives it to a program."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.glob(word)) if "*" in word else [word]


@pytest.mark.parametrize("page", COPIED)
def test_every_example_of_yaml_is_right(page):
    schema = jsonschema.Draft7Validator(json.loads(json.dumps(description_schema())))
    for language, block in blocks(page):
        value = yaml.safe_load(block) if language == "yaml" else {}
        if "paragraphs" not in value:
            schema.validate(value)


def test_the_guide_shows_what_the_program_prints(tmp_path):
    told = ""
    for words in (["init", "mijn-praktijk"], ["generate", "mijn-praktijk/processors/nieuwsbrief.yaml"]):
        command = [sys.executable, "-c", "from dpa_gen.cli import run; run()", *words]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=True)
        told += (done.stdout + done.stderr).replace("\\", "/")
    for language, block in blocks("docs/gids.md"):
        if language == "text":
            assert block in told


def test_the_reference_of_the_yaml_is_up_to_date():
    built = runpy.run_path(str(ROOT / "docs" / "build.py"))["reference"]()
    assert (ROOT / "docs" / "yaml.md").read_text("utf-8") == built, "run: python docs/build.py"


def rows() -> Iterator[tuple[int, str]]:
    """The modules in the table of docs/architecture.md, with the number of their row."""
    table = re.findall(r"^\| (\d+) \| (.+?) \|", (ROOT / "docs" / "architecture.md").read_text("utf-8"), re.M)
    for number, modules in table:
        for module in re.findall(r"`([\w.]+)`", modules):
            yield int(number), module


def modules() -> dict[str, set[str]]:
    """Every module of the package, by its name in the table, with the others that it imports."""
    found: dict[str, set[str]] = {}
    for file in sorted(PACKAGE.rglob("*.py")):
        name = in_table(".".join(file.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__"))
        if name not in ("__init__", "commands"):
            found.setdefault(name, set()).update(imported(ast.parse(file.read_text("utf-8"))))
    return {name: others - {name} for name, others in found.items()}


def in_table(module: str) -> str:
    """A package stands in the table as a whole; only the commands stand there each by its name."""
    return module if module.startswith("commands.") else module.partition(".")[0]


def imported(code: ast.AST) -> Iterator[str]:
    """The modules of the package that some code imports, those for the type checker alone left out."""
    for node in ast.iter_child_nodes(code):
        if isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING":
            continue
        if isinstance(node, ast.ImportFrom) and node.module == "dpa_gen":
            yield from (in_table(alias.name) for alias in node.names if alias.name != "__version__")
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("dpa_gen."):
            yield in_table((node.module or "").removeprefix("dpa_gen."))
        else:
            yield from imported(node)


def test_every_module_stands_in_the_table_of_the_architecture_once():
    named = [module for _, module in rows()]
    assert set(modules()) - set(named) == set(), "give these a row in docs/architecture.md"
    assert set(named) - set(modules()) == set(), "these are gone, and still have a row in docs/architecture.md"
    assert len(named) == len(set(named))


def test_a_module_imports_only_from_the_rows_above_it():
    row = {module: number for number, module in rows()}
    sideways = [
        f"{name} (row {row[name]}) imports {other} (row {row[other]})"
        for name, others in modules().items()
        for other in others
        if name in row and other in row and row[other] >= row[name]
    ]
    assert sideways == []
