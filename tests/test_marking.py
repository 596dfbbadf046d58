"""A state is written into a description, and nothing else in it changes."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from samples_of import DESCRIPTIONS
from workspace_of import COMPLETE, plain, small

from dpa_gen.commands.register import mark
from dpa_gen.errors import DpaError
from dpa_gen.marking import update, with_values

SENT = {"state": "sent", "sent": "2026-12-01"}
CASES = {
    "nothing yet": ("a: 1\n", "a: 1\nagreement:\n  state: sent\n  sent: 2026-12-01\n"),
    "no last line ending": ("a: 1", "a: 1\nagreement:\n  state: sent\n  sent: 2026-12-01\n"),
    "a mark of the end": ("a: 1\n...\n", "a: 1\nagreement:\n  state: sent\n  sent: 2026-12-01\n...\n"),
    "lines": (
        "agreement:   # stand\n  # eerst\n  state: drafted  # nog niet\n\n# b\nb: ?\n",
        "agreement:   # stand\n  # eerst\n  state: sent  # nog niet\n  sent: 2026-12-01\n\n# b\nb: ?\n",
    ),
    "deeper lines": (
        "agreement:\n    version: 2\nb: 1\n",
        "agreement:\n    version: 2\n    state: sent\n    sent: 2026-12-01\nb: 1\n",
    ),
    "braces": ("agreement: {state: none}  # c\nb: 2\n", "agreement: {state: sent, sent: 2026-12-01}  # c\nb: 2\n"),
    "empty braces": ("agreement: {}\nb: 2\n", "agreement: {state: sent, sent: 2026-12-01}\nb: 2\n"),
    "an open group": ("agreement:\nb: 2\n", "agreement: {state: sent, sent: 2026-12-01}\nb: 2\n"),
    "already there": ("agreement: {sent: 2025-01-01, state: sent}\n", "agreement: {sent: 2026-12-01, state: sent}\n"),
    "quoted": ('"agreement": {"state": "none"}\n', '"agreement": {"state": sent, sent: 2026-12-01}\n'),
}  # fmt: skip


@pytest.mark.parametrize(("before", "after"), CASES.values(), ids=CASES)
def test_the_text_changes_where_it_must_and_nowhere_else(before, after):
    assert with_values(before, "agreement", SENT, "x.yaml") == after


@pytest.mark.parametrize("path", DESCRIPTIONS, ids=lambda path: path.stem)
def test_every_sample_keeps_all_its_lines_and_gains_the_state(tmp_path, path):
    copy = tmp_path / path.name
    copy.write_bytes(path.read_bytes())
    update(copy, "agreement", SENT)
    update(copy, "agreement", {"state": "signed", "signed": "2026-12-09", "file": "een bestand, getekend.pdf"})
    assert copy.read_text("utf-8").startswith(path.read_text("utf-8"))
    stated = {"state": "signed", "sent": "2026-12-01", "signed": "2026-12-09", "file": "een bestand, getekend.pdf"}
    assert plain(copy) == {**plain(path), "agreement": stated}


def test_line_endings_and_the_byte_order_mark_stay_as_they_are(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\r\nagreement: {state: none}\r\n# slot\r\n")
    update(path, "agreement", SENT)
    assert path.read_bytes() == b"\xef\xbb\xbfa: 1\r\nagreement: {state: sent, sent: 2026-12-01}\r\n# slot\r\n"


@pytest.mark.parametrize("text", ["{a: 1}\n", "agreement: &x {state: none}\nb: *x\n"])
def test_a_file_where_more_would_change_is_left_alone_and_says_what_to_write(tmp_path, text):
    path = tmp_path / "a.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(DpaError, match="state: sent"):
        update(path, "agreement", SENT)
    assert path.read_text("utf-8") == text


def run(*arguments):
    return CliRunner().invoke(mark, [*map(str, arguments), "--today", "2026-12-31"])


def test_mark_writes_the_day_and_where_the_signed_copy_lies(tmp_path):
    path = small(tmp_path) / "processors" / "dienst.yaml"
    (tmp_path / "getekend.pdf").write_bytes(b"%PDF")
    assert run(path, "sent", "--on", "2026-12-01").exit_code == 0
    assert run(path, "signed", "--on", "2026-12-09", "--file", tmp_path / "getekend.pdf").exit_code == 0
    stated = {"state": "signed", "sent": "2026-12-01", "signed": "2026-12-09", "file": "../getekend.pdf"}
    assert plain(path)["agreement"] == stated
    assert path.read_text("utf-8").startswith(COMPLETE)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("signed", "--on", "2027-01-01"), "still to come"),
        (("signed", "--on", "2026-11-01"), "not in order"),
        (("signed", "--on", "2026-12-09", "--file", "nergens.pdf"), "no such file"),
    ],
)
def test_mark_refuses_what_cannot_be(tmp_path, arguments, words):
    path = small(tmp_path, "agreement: {state: sent, sent: 2026-12-01}\n") / "processors" / "dienst.yaml"
    before = path.read_bytes()
    assert words in str(run(path, *arguments).exception)
    assert path.read_bytes() == before
