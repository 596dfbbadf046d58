"""The text of every sample contract, with numbers and tables, is what was last read and agreed on.

After a change of wording: `make golden`, and read the difference as a redline.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from golden_text import GOLDEN
from samples_of import every_sample, sample
from word_text import plain_text

EVERY = [pytest.param(path, language, name, id=name) for name, path, language in every_sample()]


@pytest.mark.parametrize(("path", "language", "name"), EVERY)
def test_the_text_of_a_sample_contract_is_as_agreed(path: Path, language: str, name: str) -> None:
    agreed = (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")
    assert plain_text(sample(path, language).content).splitlines() == agreed.splitlines()


def test_there_is_a_text_for_every_sample_contract_and_for_nothing_else() -> None:
    assert {file.stem for file in GOLDEN.glob("*.txt")} == {name for name, _, _ in every_sample()}
