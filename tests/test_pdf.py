"""Word files to PDFs: many in one start, and one that fails takes no other along."""

import os
import stat
import sys
import time
from pathlib import Path

import pytest
from bench.counterparties import counterparty, write_workspace

from dpa_gen import pdf
from dpa_gen.batch.plan import Order
from dpa_gen.batch.running import run
from dpa_gen.errors import DpaError
from dpa_gen.generate import Wishes, contracts, prepare
from dpa_gen.pdf import office, pdfs
from dpa_gen.workspaces import descriptions

NEEDS_OFFICE = pytest.mark.skipif(office() is None, reason="LibreOffice is not installed: no PDF is made")
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="a script that plays the office, with a first line of POSIX")
# Plays LibreOffice: writes down that it was started, and does with each file what the file says.
OFFICE = """\
#!{python}
import os, sys, subprocess, time
from pathlib import Path
with open({log!r}, "a") as log:
    print(*sys.argv, file=log)
folder = Path(sys.argv[sys.argv.index("--outdir") + 1])
for name in sys.argv[sys.argv.index("--outdir") + 2:]:
    if not Path(name).exists():
        continue
    said = Path(name).read_text("utf-8", "replace")[:20]
    if said == "crash":
        os._exit(139)
    if said == "hang":
        sleeper = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
        Path({log!r} + ".pid").write_text(str(sleeper.pid))
        sleeper.wait()
    if said != "refuse":
        end = "" if said == "half" else "%%EOF\\n"
        folder.joinpath(Path(name).stem + ".pdf").write_text("%PDF " + said + "\\n" + end, "utf-8")
"""


@pytest.fixture
def starts(tmp_path, monkeypatch):
    """Gives an office that is a script, and tells how many files it was given at each start."""
    script, log = tmp_path / "office", tmp_path / "log"
    script.write_text(OFFICE.format(python=sys.executable, log=str(log)), "utf-8")
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(pdf, "PROGRAMS", (str(script),))
    return lambda: [line.count(".docx") for line in log.read_text("utf-8").splitlines()]


def papers(folder: Path, *said: str) -> list[Path]:
    """Files that say what the office does with them, two folders deep so that two can be called alike."""
    made = [folder / str(number) / "contract.docx" for number in range(len(said))]
    for path, words in zip(made, said, strict=True):
        path.parent.mkdir()
        path.write_text(words, "utf-8")
    return made


@POSIX
def test_many_are_made_in_one_start_and_files_of_the_same_name_are_kept_apart(tmp_path, starts, monkeypatch):
    monkeypatch.setattr(pdf, "TOGETHER", 3)
    documents = papers(tmp_path, *"abcdefg")
    made = pdfs(documents)
    assert [made[path] for path in documents] == [f"%PDF {word}\n%%EOF\n".encode() for word in "abcdefg"]
    assert starts() == [3, 3, 1]


@POSIX
@pytest.mark.parametrize("fault", ["crash", "refuse", "half"])
def test_one_that_fails_is_told_and_the_others_are_made(tmp_path, starts, fault):
    documents = papers(tmp_path, "a", fault, "b", "c")
    made = pdfs(documents)
    assert [isinstance(made[path], DpaError) for path in documents] == [False, True, False, False]
    assert "could not turn this file into a PDF" in str(made[documents[1]])
    assert len(starts()) <= 3


@POSIX
def test_one_that_is_gone_is_told_and_the_others_are_made(tmp_path, starts):
    documents = papers(tmp_path, "a", "b")
    documents[0].unlink()
    made = pdfs(documents)
    assert isinstance(made[documents[0]], DpaError)
    assert made[documents[1]] == b"%PDF b\n%%EOF\n"


@POSIX
def test_one_that_does_not_finish_is_ended_with_all_that_was_started_for_it(tmp_path, starts, monkeypatch):
    monkeypatch.setattr(pdf, "PATIENCE", 1)
    monkeypatch.setattr(pdf, "PATIENCE_MORE", 0)
    documents = papers(tmp_path, "a", "hang", "b")
    made = pdfs(documents)
    assert [isinstance(made[path], DpaError) for path in documents] == [False, True, False]
    assert "within 1 seconds" in str(made[documents[1]])
    assert not alive(int((tmp_path / "log.pid").read_text()))


def alive(process: int) -> bool:
    """Whether a process still runs; one that was ended a moment ago gets a moment."""
    for _ in range(50):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return False
        state = Path(f"/proc/{process}/stat")
        if state.exists() and state.read_text().rpartition(")")[2].split()[0] == "Z":
            return False
        time.sleep(0.1)
    return True


@NEEDS_OFFICE
def test_libreoffice_makes_many_in_one_start_and_leaves_out_what_is_no_word_file(tmp_path, monkeypatch):
    ready = prepare(Path("samples/complete/agreement.yaml"), Wishes())
    content = next(contracts(ready, Wishes())).content
    documents = papers(tmp_path, "", "", "")
    for path in (documents[0], documents[2]):
        path.write_bytes(content)
    documents[1].write_bytes(content[:2000])
    made = pdfs(documents)
    assert [isinstance(made[path], bytes) for path in documents] == [True, False, True]
    assert bytes(made[documents[0]]).startswith(b"%PDF")


@POSIX
def test_a_batch_makes_the_pdfs_together_keeps_a_signed_one_and_makes_none_again(tmp_path, starts):
    write_workspace(tmp_path / "w", 4)
    folder = tmp_path / "w" / "uit"
    folder.mkdir()
    (folder / "n00001.pdf").write_bytes(b"%PDF signed")
    order = Order(descriptions(tmp_path / "w"), folder, with_pdf=True)
    report = run(order)
    assert [fate.state.value for fate in report.fates] == ["made", "refused", "made", "made"]
    assert (folder / "n00001.pdf").read_bytes() == b"%PDF signed"
    assert sorted(path.name for path in folder.glob("*.pdf")) == [f"n0000{number}.pdf" for number in range(4)]
    assert starts() == [3]
    run(order)
    assert starts() == [3]
    (tmp_path / "w" / "processors" / "n00002.yaml").write_text(counterparty(9), "utf-8")
    run(order)
    assert starts() == [3, 1]
