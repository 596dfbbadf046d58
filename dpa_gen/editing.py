"""Own files that start from the shipped wording: a paragraph of the library to a file that is ready to change."""

from __future__ import annotations

from pathlib import Path

from dpa_gen import source
from dpa_gen.changes import wording_hash
from dpa_gen.clause import Clause, ClauseParagraph
from dpa_gen.clausefile import OwnParagraphFile
from dpa_gen.clauseview import find
from dpa_gen.errors import DpaError, Place
from dpa_gen.files import write
from dpa_gen.library import KINDS, Library, shipped_folder
from dpa_gen.ownfiles import KEPT, SCHEMA
from dpa_gen.shape import fit

FOLDERS = {kind: folder for folder, kind in KINDS.items()}
OPENING = "# Eigen tekst over de meegeleverde. Own wording over the shipped one: only what stands here differs.\n"


def edit(library: Library, name: str, folder: Path) -> Path:
    """Write the own file for a paragraph, starting from the words below; raises `DpaError` when it has them already."""
    clause, paragraphs = find(library, name)
    if "." not in name:
        names = ", ".join(paragraph.id for paragraph in paragraphs)
        raise DpaError.of(f"“{name}” is a whole article.", f"Name one of its paragraphs: {names}.")
    if paragraphs[0].layer == str(folder):
        raise DpaError.of(f"{name} stands in this file already.", "Change it there.", paragraphs[0].place)
    target = folder / FOLDERS[clause.kind] / f"{clause.id}.yaml"
    words = marked_words(paragraphs[0], clause)
    before = target.read_text("utf-8") if target.exists() else ""
    if before and name.partition(".")[2] in (source.parse(before, str(target)).value.get("paragraphs") or {}):
        raise DpaError.of(f"{name} stands in this file already.", "Change it there.", Place(str(target)))
    write(target, (_with(before, words) if before else _begun(target, words)).encode())
    write(folder / KEPT / f"{wording_hash(paragraphs[0])}.yaml", words.encode())
    return target


def _begun(target: Path, words: str) -> str:
    """A new file; its first line points editors at the schema, when the workspace has it."""
    folders = target.resolve().parent.parents
    steps = next((number for number, folder in enumerate(folders, 1) if (folder / SCHEMA).is_file()), 0)
    first = f"# yaml-language-server: $schema={'../' * steps}{SCHEMA}\n" if steps else ""
    return f"{first}{OPENING}paragraphs:\n{words}"


def _with(before: str, words: str) -> str:
    """A file with a paragraph more."""
    if "\nparagraphs:" not in f"\n{before}":
        return f"{before.rstrip()}\nparagraphs:\n{words}"
    head, mark, rest = f"\n{before}".partition("\nparagraphs:\n")
    if not mark:
        raise DpaError.of(
            "the key paragraphs: of this file is written on one line.", "Put each paragraph on its own line."
        )
    return f"{head}{mark}{words}{rest}".lstrip("\n")


def marked_words(paragraph: ClauseParagraph, clause: Clause) -> str:
    """The text of a paragraph as it stands in its file, with the hash of the wording that it will replace."""
    key = paragraph.id.partition(".")[2]
    path = _file_of(paragraph, clause)
    read = source.read(path)
    start = read.place(("paragraphs", key), key=True).line
    later = [read.place(("paragraphs", each), key=True).line for each in read.value["paragraphs"]]
    end = min((line for line in later if line > start), default=_after_paragraphs(read))
    lines = read.text.splitlines()[start - 1 : end - 1]
    while lines and (not lines[-1].strip() or lines[-1].lstrip().startswith("#")):
        lines.pop()
    kept = [line for line in lines[1:] if not line.startswith("    replaces:")]
    return "\n".join([f"  {key}:", f"    replaces: {wording_hash(paragraph)}", *kept]) + "\n"


def _file_of(paragraph: ClauseParagraph, clause: Clause) -> Path:
    """The file that a paragraph comes from: an own one, or the shipped one."""
    if paragraph.layer:
        return Path(paragraph.place.file)
    return shipped_folder() / FOLDERS[clause.kind] / f"{clause.id}.yaml"


def _after_paragraphs(read: source.Source) -> int:
    """The line after the last paragraph: that of the next top-level key, or the end of the file."""
    start = read.place(("paragraphs",), key=True).line
    later = [read.place((key,), key=True).line for key in read.value]
    return min((line for line in later if line > start), default=len(read.text.splitlines()) + 1)


def replaced_wording(folder: Path, digest: str) -> ClauseParagraph | None:
    """The wording that an own paragraph replaced, as it was kept beside it when it was made."""
    kept = folder / KEPT / f"{digest}.yaml"
    if not kept.is_file():
        return None
    read = source.parse(f"paragraphs:\n{kept.read_text('utf-8')}", str(kept))
    key, value = next(iter(read.value["paragraphs"].items()))
    return fit(OwnParagraphFile, value, read.place).paragraph(key)
