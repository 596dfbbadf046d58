"""A guide in; what somebody who follows it to the letter does out: files written and commands run, in order.

In a guide, a block of YAML that begins with `# <path>` is a file to write, or to write anew; one that begins with
`# <path> +` goes below what the file holds. A block of shell holds commands; one with a remark in round brackets behind
it is expected to end with 1. A block of text shows lines that the commands above it print.
"""

from __future__ import annotations

import io
import re
import struct
import subprocess
import sys
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Mm

FOLDER = Path(__file__).parent
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)
FILE = re.compile(r"# (\S+\.yaml)( \+)?\n")
MARK = re.compile(r"replaces: \w+")
FONT = "Times New Roman"
PROGRAM = (sys.executable, "-c", "from dpa_gen.cli import run; run()")


@dataclass(frozen=True)
class Step:
    """One block of a guide, below the heading of its section."""

    section: str
    language: str
    text: str


def steps(page: str) -> Iterator[Step]:
    """The blocks of a guide in their order."""
    for part in re.split(r"^(?=## )", (FOLDER / page).read_text("utf-8"), flags=re.M):
        heading = part.partition("\n")[0].removeprefix("## ")
        for language, text in BLOCK.findall(part):
            yield Step(heading, language, text)


@dataclass
class Follower:
    """Somebody at a keyboard in a folder, with the guide in hand."""

    folder: Path
    printed: str = ""  # what the commands of the last block printed
    program: tuple[str, ...] = PROGRAM

    def do(self, step: Step) -> None:
        """Do what a block says."""
        if step.language == "yaml" and (named := FILE.match(step.text)):
            self.write(self.folder / named[1], step.text[named.end() :] if named[2] else step.text, bool(named[2]))
        elif step.language == "sh":
            self.printed = "".join(map(self.type, filter(None, step.text.splitlines())))
        elif step.language == "text":
            assert step.text in self.printed, f"{step.section}: this is not printed:\n{step.text}\nbut:\n{self.printed}"

    def write(self, file: Path, text: str, below: bool) -> None:
        """Write a file, or put something below what it holds."""
        file.parent.mkdir(parents=True, exist_ok=True)
        held = file.read_text("utf-8") if file.exists() else ""
        if marks := MARK.findall(held):  # the guide says to leave the mark as the program wrote it
            text = MARK.sub(marks[0], text)
        file.write_text(held + text if below else text, "utf-8", newline="\n")

    def type(self, line: str) -> str:
        """Type a command, and read what it prints."""
        words, _, remark = line.partition("  # ")
        name, *rest = words.split()
        if name == "cd":
            self.folder = self.folder / rest[0]
            return ""
        assert name == "dpa-gen", line
        done = subprocess.run(
            [*self.program, *rest], cwd=self.folder, capture_output=True, text=True, encoding="utf-8", check=False
        )
        printed = (done.stdout + done.stderr).replace("\\", "/")
        if rest[:2] == ["template", "export"]:
            in_word(self.folder / rest[-1])
        assert done.returncode == (1 if remark.startswith("(") else 0), f"{line}\n{printed}"
        return printed


def in_word(file: Path) -> None:
    """What somebody does to a house style in Word: another font, and a logo in the header."""
    document = docx.Document(str(file))
    for style in document.styles:
        if style.type == WD_STYLE_TYPE.PARAGRAPH and (style.name == "Normal" or style.font.name):
            style.font.name = FONT
    above = document.sections[0].header.paragraphs[0].insert_paragraph_before()
    above.add_run().add_picture(io.BytesIO(logo()), height=Mm(9))
    document.save(str(file))


def logo(width: int = 96, height: int = 32) -> bytes:
    """A logo as a PNG: three bars of rising height."""
    ink, paper = b"\x1f\x4e\x79", b"\xff\xff\xff"
    rows = b""
    for up in range(height, 0, -1):
        dots = (ink if x % 32 < 24 and up <= (x // 32 + 1) * height // 3 else paper for x in range(width))
        rows += b"\0" + b"".join(dots)
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = (b"IHDR" + head, b"IDAT" + zlib.compress(rows, 9), b"IEND")
    framed = (struct.pack(">I", len(part) - 4) + part + struct.pack(">I", zlib.crc32(part)) for part in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(framed)
