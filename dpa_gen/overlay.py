"""Own wording over the shipped library: a folder of files that hold only what differs, laid over a `Library`.

Everything that an own file does not name keeps coming from below, so an upgrade of the shipped library reaches it.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from dpa_gen.errors import DpaError, Place, raise_any
from dpa_gen.laying import Laying
from dpa_gen.library import Library, shipped


@lru_cache(maxsize=64)
def library(folders: tuple[Path, ...]) -> Library:
    """The shipped library with own folders laid over it, the first of them on top."""
    whole = shipped()
    for folder in reversed(folders):
        whole = laid_over(whole, folder)
    return whole


def laid_over(below: Library, folder: Path) -> Library:
    """A library with one folder of own wording over it; raises `DpaError` with every fault of every file."""
    if not folder.is_dir():
        raise DpaError.of(
            "this folder with own wording is not there.", "Check clauses: or --clauses.", Place(str(folder))
        )
    laying = Laying(below, folder)
    laid = laying.lay()
    raise_any(laying.problems)
    words = below.digest + "".join(read.text for read in laying.sources)
    return replace(laid, digest=sha256(words.encode()).hexdigest())
