"""Writes the text of every sample contract to tests/golden/; run it with `make golden` and read the difference."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from samples_of import every_sample, sample
from word_text import plain_text

GOLDEN = Path(__file__).parent / "golden"


def golden_texts() -> Iterator[tuple[Path, str]]:
    """The file of each sample contract, and the text that it has now."""
    for name, path, language in every_sample():
        yield GOLDEN / f"{name}.txt", plain_text(sample(path, language).content)


def write() -> None:
    """Make the files what the program makes now, and remove those of samples that are gone."""
    GOLDEN.mkdir(exist_ok=True)
    texts = dict(golden_texts())
    for stale in set(GOLDEN.glob("*.txt")) - set(texts):
        stale.unlink()
    for file, text in texts.items():
        file.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write()
