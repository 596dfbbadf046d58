"""The pictures of the guides for lawyers: the guides followed to the letter, the Word files that come of it as pages.

Run it after a change of the guides, the clauses or the looks, with LibreOffice and pdftoppm: python docs/pictures.py
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2
from following import Follower, Step, steps

from dpa_gen.pdf import pdf

PICTURES = Path(__file__).parent / "pictures"
DOTS = 80  # per inch, so that a page stays a small file


@dataclass(frozen=True)
class Picture:
    """A part of a page: of which file, made when a section of the guide is done, from which words on."""

    name: str
    section: str
    file: str
    words: str = ""
    height: int = 250  # points; a whole page when no words are named


GUIDES = {
    "juristen.md": (
        Picture("nl-stijl", "Geen subverwerkers buiten de EER", "contracten/dossier.docx"),
        Picture(
            "nl-inbreuk", "Geen subverwerkers buiten de EER", "contracten/dossier.docx", "Inbreuken in verband met"
        ),
        Picture("nl-beroepsgeheim", "Een artikel weglaten", "contracten/dossier.docx", "Medisch beroepsgeheim", 150),
        Picture("nl-huisstijl", "De onderhandeling", "contracten/dossier.docx"),
        Picture("nl-gids", "Een nieuwe versie", "onderhandelingsgids.docx", "audit.audit", 330),
    ),
    "lawyers.md": (
        Picture("en-plain", "No sub-processors outside the EEA", "contracts/files.docx"),
        Picture("en-breach", "No sub-processors outside the EEA", "contracts/files.docx", "Personal data breaches"),
        Picture("en-secrecy", "Leave out an article", "contracts/files.docx", "Medical confidentiality", 150),
        Picture("en-house", "The negotiation", "contracts/files.docx"),
        Picture("en-guide", "An upgrade", "negotiation-guide.docx", "audit.audit", 330),
    ),
}


def taken(guide: str, folder: Path) -> Iterator[Path]:
    """Follow a guide, and take each picture before the first step of its section."""
    somebody, waiting = Follower(folder), list(GUIDES[guide])
    for step in steps(guide):
        yield from (picture_of(each, somebody.folder) for each in due(waiting, step))
        waiting = [each for each in waiting if each.section != step.section]
        somebody.do(step)


def due(waiting: list[Picture], step: Step) -> list[Picture]:
    """The pictures that show how things stand when a section begins."""
    return [each for each in waiting if each.section == step.section]


def picture_of(picture: Picture, folder: Path) -> Path:
    """A part of a page as a PNG."""
    with TemporaryDirectory() as room:
        paper = Path(room) / "paper.pdf"
        paper.write_bytes(pdf(folder / picture.file))
        page, top = found(paper, picture.words)
        part = ("-x", "0", "-y", str(dots(top)), "-W", "2000", "-H", str(dots(picture.height))) if picture.words else ()
        size = DOTS if picture.words else DOTS // 2
        command = ["pdftoppm", "-png", "-gray" if picture.words else "-png", "-r", str(size), "-singlefile"]
        target = PICTURES / picture.name
        subprocess.run([*command, "-f", str(page), "-l", str(page), *part, str(paper), str(target)], check=True)
    return target.with_suffix(".png")


def dots(points: float) -> int:
    """A length on paper in the dots of a picture."""
    return round(points * DOTS / 72)


def found(paper: Path, words: str) -> tuple[int, float]:
    """The last page that holds some words, and how far from its top they stand; the first page for no words."""
    if not words:
        return 1, 0
    document = pypdfium2.PdfDocument(paper)
    places = []
    for number, page in enumerate(document, 1):
        text = page.get_textpage()
        if at := text.search(words, match_case=True).get_next():
            places.append((number, page.get_height() - text.get_charbox(at[0])[3] - 14))
    return places[-1]


if __name__ == "__main__":
    PICTURES.mkdir(exist_ok=True)
    for guide in GUIDES:
        with TemporaryDirectory() as room:
            for file in taken(guide, Path(room)):
                print(file.name, file.stat().st_size)
