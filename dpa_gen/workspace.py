"""A folder in; a workspace to start from out: shared file, one processor, a folder for own wording, the schemas."""

from __future__ import annotations

import os
from importlib.resources import files
from pathlib import Path

from dpa_gen.clauseschema import clause_schema_text
from dpa_gen.errors import Place, Problem, raise_any
from dpa_gen.files import write
from dpa_gen.ownfiles import SCHEMA as CLAUSE_SCHEMA
from dpa_gen.schema import schema_text

# What is copied, and under which name it comes to stand in the workspace.
STARTER = {
    "dpa-gen.yaml": "dpa-gen.yaml",
    "nieuwsbrief.yaml": "processors/nieuwsbrief.yaml",
    "LEESMIJ.txt": "clauses/LEESMIJ.txt",
}
SCHEMA = "dpa-gen.schema.json"


def begin(directory: Path) -> tuple[Path, ...]:
    """Write a workspace and return its files; raises `DpaError` naming each file that is there already."""
    contents = {directory / name: content for name, content in _starter().items()}
    raise_any(_in_the_way(directory, path) for path in (directory, *contents) if _blocks(directory, path))
    for path, content in contents.items():
        write(path, content)
    return tuple(contents)


def _starter() -> dict[str, bytes]:
    """What a new workspace holds, by its name there."""
    folder = files("dpa_gen") / "data" / "starter"
    starter = {name: folder.joinpath(file).read_bytes() for file, name in STARTER.items()}
    return {**starter, SCHEMA: schema_text().encode(), CLAUSE_SCHEMA: clause_schema_text().encode()}


def _blocks(directory: Path, path: Path) -> bool:
    """Whether something stands where a file must come, or a file where the folder must come."""
    return directory.exists() and not directory.is_dir() if path == directory else os.path.lexists(path)


def _in_the_way(directory: Path, path: Path) -> Problem:
    if path == directory:
        return Problem("this is a file, not a folder.", "Give the name of a new folder.", Place(str(path)))
    mend = "Give the name of a new folder, or move this file away first."
    return Problem("this file is there already, and is not overwritten.", mend, Place(str(path)))
