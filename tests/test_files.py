"""Writing: whole files or none, names that are safe everywhere, and nothing of the user's overwritten."""

import os
import re
import stat
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpa_gen import files
from dpa_gen.errors import DpaError
from dpa_gen.files import may_write_pdf, safe_name, write, write_contract, write_pdf
from dpa_gen.generate import Wishes, contracts, prepare

NEEDS_RIGHTS = pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="the administrator may write everywhere"
)
ODD = st.text(alphabet='aé😀 .-_<>:"/\\|?*\x00\x1f\u202e', max_size=300)
ANY_NAME = st.text() | ODD | st.from_regex(files.RESERVED)


@given(ANY_NAME)
def test_a_name_is_safe_on_every_system(words):
    name = safe_name(words)
    assert name
    assert not re.search(r'[<>:"/\\|?*\x00-\x1f\x7f]', name)
    assert name == name.strip(" .")
    assert not files.RESERVED.match(name)
    assert not files.RESERVED.match(f"{name}.docx")
    assert len(f"{name}-nl.docx".encode()) < 150
    assert safe_name(name) == name


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("nieuwsbrief", "nieuwsbrief"),
        ("Ærø — naïve 日本語", "Ærø — naïve 日本語"),
        ("a/b\\c:d", "a-b-c-d"),
        ("  twee   spaties\n", "twee spaties"),
        ("CON", "CON-"),
        ("con.v2", "con-.v2"),
        ("Lpt1", "Lpt1-"),
        ("aux .x", "aux- .x"),
        ("CONIN$", "CONIN$-"),
        ("console", "console"),
        ("...", "contract"),
        ("???", "contract"),
        ("", "contract"),
        ("einde. ", "einde"),
        ("e\u0301", "é"),
        ("a\u202egnp.exe", "a-gnp.exe"),
        ("😀" * 100, "😀" * 30),
    ],
)
def test_a_name_is_as_close_to_the_words_as_can_be(words, name):
    assert safe_name(words) == name


def test_a_file_is_written_with_the_folders_that_it_needs(tmp_path):
    write(tmp_path / "a" / "b" / "c.docx", b"x")
    assert (tmp_path / "a" / "b" / "c.docx").read_bytes() == b"x"


def test_writing_leaves_nothing_else_behind(tmp_path):
    write(tmp_path / "c.docx", b"x")
    write(tmp_path / "c.docx", b"y")
    assert os.listdir(tmp_path) == ["c.docx"]


def test_a_failing_write_leaves_the_old_file_whole_and_nothing_else(tmp_path):
    (tmp_path / "c.docx").mkdir()
    with pytest.raises(DpaError, match="cannot be written"):
        write(tmp_path / "c.docx", b"x")
    assert os.listdir(tmp_path) == ["c.docx"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such rights")
def test_a_new_file_has_the_rights_of_any_other_new_file(tmp_path):
    (tmp_path / "usual").write_bytes(b"")
    write(tmp_path / "c.docx", b"x")
    rights = [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("usual", "c.docx")]
    assert rights[0] == rights[1]


@NEEDS_RIGHTS
def test_a_folder_that_may_not_be_written_in_is_named(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(DpaError, match="Permission denied"):
        write(tmp_path / "c.docx", b"x")


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="this system has no folder that nobody can write in")
def test_a_folder_that_nobody_can_write_in_is_named_even_to_the_administrator():
    with pytest.raises(DpaError, match=r"/proc/self/c\.docx: this file cannot be written"):
        write(files.Path("/proc/self/c.docx"), b"x")


@pytest.mark.parametrize("name", ["x" * 300 + ".docx", "dpa-gen.yaml/c.docx"])
def test_a_name_that_cannot_be_is_refused(tmp_path, name):
    (tmp_path / "dpa-gen.yaml").write_text("x")
    with pytest.raises(DpaError, match="cannot be written"):
        write_contract(tmp_path / name, b"x", force=False)


@pytest.fixture(scope="module")
def contract():
    path = files.Path(__file__).parent / "broken" / "dpa-gen.yaml"
    (made,) = contracts(prepare(path, Wishes()), Wishes())
    return made.content


def test_a_contract_is_written_once_and_the_second_time_nothing_changes(tmp_path, contract):
    target = tmp_path / "c.docx"
    assert write_contract(target, contract, force=False) is True
    before = target.stat().st_mtime_ns
    assert write_contract(target, contract, force=False) is False
    assert target.stat().st_mtime_ns == before


def test_a_contract_that_nobody_touched_is_replaced(tmp_path, contract):
    (tmp_path / "c.docx").write_bytes(contract)
    assert write_contract(tmp_path / "c.docx", b"newer", force=False) is True


@pytest.mark.parametrize("there", [b"", b"a letter of somebody", b"PK\x03\x04 half a Word file"])
def test_a_file_of_somebody_else_is_not_overwritten_without_force(tmp_path, contract, there):
    target = tmp_path / "c.docx"
    target.write_bytes(there)
    with pytest.raises(DpaError, match="not made by dpa-gen"):
        write_contract(target, contract, force=False)
    assert target.read_bytes() == there
    assert write_contract(target, contract, force=True) is True
    assert target.read_bytes() == contract


def test_a_contract_that_was_edited_is_not_overwritten_without_force(tmp_path, contract):
    from docx import Document

    target = tmp_path / "c.docx"
    target.write_bytes(contract)
    document = Document(str(target))
    document.paragraphs[3].add_run(" en nog een afspraak")
    document.save(str(target))
    edited = target.read_bytes()
    with pytest.raises(DpaError, match="or was changed since"):
        write_contract(target, contract, force=False)
    assert target.read_bytes() == edited


def test_a_pdf_is_known_again_and_a_signed_or_foreign_one_is_not_overwritten(tmp_path):
    target = tmp_path / "c.pdf"
    may_write_pdf(target, force=False)
    write_pdf(target, b"%PDF-1.7\nx\n%%EOF\n")
    assert target.read_bytes().startswith(b"%PDF-1.7\nx\n%%EOF\n")
    may_write_pdf(target, force=False)
    target.write_bytes(target.read_bytes() + b"a signature")
    with pytest.raises(DpaError, match="not made by dpa-gen"):
        may_write_pdf(target, force=False)
    may_write_pdf(target, force=True)
    target.write_bytes(b"%PDF-1.7\nscanned\n%%EOF\n")
    with pytest.raises(DpaError, match="not made by dpa-gen"):
        may_write_pdf(target, force=False)
