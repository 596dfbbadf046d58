"""Strict YAML: every scalar is text, every part has a place, and what cannot be read is refused with its place."""

import os
import re
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dpa_gen import source
from dpa_gen.errors import DpaError, Place


def told(raw):
    try:
        source.parse(source.decode(raw, "x.yaml"), "x.yaml")
    except DpaError as trouble:
        return trouble.problems
    return ()


READABLE = st.text(
    st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\u2028\u2029\ufeff\ufffe\uffff") | st.just("\n")
)


def value(text):
    return source.parse(text, "x.yaml").value


def refused(raw):
    with pytest.raises(DpaError) as caught:
        source.parse(source.decode(raw, "x.yaml"), "x.yaml")
    return caught.value.problems


@pytest.mark.parametrize(
    "written",
    "NO no yes ja true False on 01234567 0612345678 +31 1.10 1e3 0x1F 0o17 1_000 12:30 190:20:30 .inf 2026-12-01 "
    "=== a?b x:y https://example.org/#top".split(),
)
def test_a_scalar_means_what_it_says(written):
    assert value(f"key: {written}\n") == {"key": written}


@pytest.mark.parametrize("written", ["", "null", "Null", "NULL", "~"])
def test_nothing_is_read_as_empty_text(written):
    assert value(f"a: {written}\nb: 1\n") == {"a": "", "b": "1"}


def test_a_quoted_null_is_the_word_itself():
    assert value("a: 'null'\nb: \"~\"\n") == {"a": "null", "b": "~"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: ?", {"a": "?"}),
        ("a: ?   \n", {"a": "?"}),
        ("a: ? # nog vragen\n", {"a": "?"}),
        ("a:\t?\t# nog vragen\n", {"a": "?"}),
        ("a:\n  ?\nb: 1\n", {"a": "?", "b": "1"}),
        ("a: &x ?\nb: *x\n", {"a": "?", "b": "?"}),
        ("- ?\n- - ?\n  - b\n", ["?", ["?", "b"]]),
        ("a:\n- ?\n", {"a": ["?"]}),
        ("a: [?]\n", {"a": ["?"]}),
        ("a: [?,?, ? , b]\n", {"a": ["?", "?", "?", "b"]}),
        ("a: [\n  b,\n  ?,\n  ?\n]\n", {"a": ["b", "?", "?"]}),
        ("a: {b: ?, c: ?}\n", {"a": {"b": "?", "c": "?"}}),
        ("a: {\n  b: ?,\n  c:\n    ?\n}\n", {"a": {"b": "?", "c": "?"}}),
        ('{"a":?}', {"a": "?"}),
        ("a: ?\r\nb: ?\r\n", {"a": "?", "b": "?"}),
        ("a: '?'\nb: \"?\"\n", {"a": "?", "b": "?"}),
    ],
)
def test_a_question_mark_alone_is_a_value_wherever_a_value_can_stand(text, expected):
    assert value(source.decode(text.encode(), "x.yaml")) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: Wat is dit?\n", "Wat is dit?"),
        ("a: Is dit - ? - wat\n", "Is dit - ? - wat"),
        ("a: wie ?, wat ?\n", "wie ?, wat ?"),
        ("a: hallo\n  ?\n  wereld\n", "hallo ? wereld"),
        ('a: "x, ?, y [?] {b: ?}\n  - ?"\n', "x, ?, y [?] {b: ?} - ?"),
        ("a: |\n  b: ?\n  - ?\n  [?]\n", "b: ?\n- ?\n[?]\n"),
        ("a: ??\n", "??"),
    ],
)
def test_a_question_mark_within_text_stays_in_the_text(text, expected):
    assert value(text) == {"a": expected}


def test_characters_for_private_use_are_not_taken_for_a_question_mark():
    every = "".join(chr(code) for code in source.STAND_INS)
    assert value(f"a: {every}\n") == {"a": every}
    assert value('a: "\\ue000"\nb: ?\n') == {"a": "\ue000", "b": "?"}


@given(READABLE)
def test_any_text_that_yaml_can_hold_survives_reading(text):
    assert value(yaml.safe_dump({"a": [text]}, allow_unicode=True)) == {"a": [text]}


NESTED = st.recursive(READABLE, lambda inner: st.lists(inner) | st.dictionaries(READABLE, inner), max_leaves=8)


@given(NESTED)
def test_any_nesting_of_texts_survives_reading(nested):
    written = yaml.safe_dump({"a": nested}, allow_unicode=True, default_style='"', width=10_000)
    assert value(written) == {"a": nested}


@given(st.binary(max_size=200) | st.text(alphabet="a?:-[]{}&*!|>'\"%@`#, \n\t\\<~", max_size=60).map(str.encode))
def test_whatever_a_file_holds_it_is_read_or_refused_with_a_sentence(raw):
    for problem in told(raw):
        assert problem.what
        assert problem.mend
        assert problem.place.file


@given(st.text(alphabet="ab:?-[]{}, \n", max_size=40))
def test_every_part_that_was_read_has_a_place_in_the_text(text):
    try:
        read = source.parse(text, "x.yaml")
    except DpaError:
        return
    lines = text.split("\n")
    for path in paths(read.value, ()):
        place = read.place(path)
        assert 1 <= place.line <= len(lines) + 1
        assert place.column >= 1


def paths(read, path):
    yield path
    inner = read.items() if isinstance(read, dict) else enumerate(read) if isinstance(read, list) else ()
    for step, part in inner:
        yield from paths(part, (*path, step))


def test_utf_8_with_a_byte_order_mark_and_windows_line_ends_is_read_as_it_is_meant():
    text = source.decode(b"\xef\xbb\xbfnaam: \xc3\x86r\xc3\xb8\r\nplaats: Zwolle\r\n", "x.yaml")
    read = source.parse(text, "x.yaml")
    assert read.value == {"naam": "Ærø", "plaats": "Zwolle"}
    assert read.place(("plaats",)) == Place("x.yaml", 2, 9)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_utf_16_is_named_and_the_mend_is_to_save_as_utf_8(encoding):
    (problem,) = refused("naam: Jansen\n".encode(encoding))
    assert problem.what == "this file is written in UTF-16"
    assert "UTF-8" in problem.mend


@pytest.mark.parametrize("raw", [b"PK\x03\x04\x14\x00\x06\x00", b"\x89PNG\r\n\x1a\n\x00\x00", b"\x7fELF\x02\x01\x00"])
def test_a_binary_file_is_called_one(raw):
    (problem,) = refused(raw)
    assert problem.what == "this is a binary file, not a YAML text"


def test_a_byte_that_is_not_utf_8_has_its_line_and_column():
    (problem,) = refused("a: b\nnaam: café\n".encode("cp1252"))
    assert str(problem.place) == "x.yaml:2:10"
    assert "0xE9" in problem.what


@pytest.mark.parametrize("character", "\x00 \x07 \x0b \x1b \x7f \x85 \u2028 \ufeff \ufffe".split(" "))
def test_a_character_that_yaml_cannot_hold_is_named_with_its_place(character):
    with pytest.raises(DpaError, match=rf"x.yaml:2:5: .*U\+{ord(character):04X}"):
        source.parse(f"a: b\nc: d{character}e\n", "x.yaml")


def test_each_odd_character_of_a_file_is_named_once():
    bell, escape = refused(b"a: \x07\x07\x1b\nb: \x07\n")
    assert "U+0007" in bell.what
    assert "U+001B" in escape.what


def test_duplicate_keys_and_tags_are_told_all_at_once_in_the_order_of_the_lines():
    problems = refused(b"a: !!int 1\nb: {c: 1, c: 2}\na: 2\n")
    assert [problem.place.line for problem in problems] == [1, 2, 3]


def test_what_was_found_before_a_fault_is_told_with_it():
    problems = refused(b"a: 1\na: 2\nb: c: d\n")
    assert [problem.place.line for problem in problems] == [2, 3]


def test_a_tag_is_never_acted_upon(tmp_path):
    made = tmp_path / "made"
    (problem,) = refused(f'a: !!python/object/apply:os.mkdir ["{made}"]\n'.encode())
    assert "!!python/object/apply:os.mkdir" in problem.what
    assert not made.exists()


def test_an_alias_repeats_a_value_and_has_the_place_where_it_stands():
    read = source.parse("a: &x {b: 1}\nc: *x\n", "x.yaml")
    assert read.value == {"a": {"b": "1"}, "c": {"b": "1"}}
    assert read.place(("c",)) == Place("x.yaml", 2, 4)
    assert read.place(("c", "b")) == Place("x.yaml", 2, 4)


def test_a_bomb_of_aliases_is_stopped():
    names = "abcdefghij"
    bomb = "a: &a [" + ",".join("x" * 10) + "]\n"
    bomb += "".join(f"{b}: &{b} [{','.join([f'*{a}'] * 10)}]\n" for a, b in pairwise(names))
    (problem,) = refused(bomb.encode())
    assert problem.what == "the aliases repeat too much"


def test_aliases_cannot_nest_deeper_than_brackets_can():
    tower = "a0: &a0 x\n" + "".join(f"a{n}: &a{n} [[[*a{n - 1}]]]\n" for n in range(1, 30))
    (problem,) = refused(tower.encode())
    assert problem.what == "the aliases repeat too much"


@pytest.mark.parametrize("raw", [b"[" * 100_000, b"{a: " * 100_000, b"- " * 100_000, b"? " * 50], ids=len)
def test_nesting_without_end_is_refused_at_once(raw):
    assert refused(raw)


@pytest.mark.parametrize("raw", [b"", b"  \n\n", b"# nog niets\n", b"\xef\xbb\xbf", b"%YAML 1.1\n# x\n"])
def test_a_file_with_nothing_in_it_is_called_empty_or_refused(raw):
    (problem,) = refused(raw)
    assert problem.mend


def test_a_file_of_more_than_four_megabytes_is_refused_without_being_read_whole(tmp_path):
    (tmp_path / "x.yaml").write_bytes(b"a" * (source.LARGEST_FILE + 1))
    with pytest.raises(DpaError, match="larger than 4 MB"):
        source.read(tmp_path / "x.yaml")


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this system has no file without an end")
def test_a_file_without_an_end_is_refused():
    with pytest.raises(DpaError, match="larger than 4 MB"):
        source.read(Path("/dev/zero"))


def test_a_folder_is_told_from_a_file(tmp_path):
    with pytest.raises(DpaError, match="this is a folder"):
        source.read(tmp_path)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(DpaError, match=r"geen\.yaml: this file cannot be read: No such file"):
        source.read(tmp_path / "geen.yaml")


def test_the_place_of_what_is_not_there_is_that_of_its_nearest_parent():
    read = source.parse("a:\n  b: {c: 1}\n", "x.yaml")
    assert read.place(("a", "b", "d", 3)) == Place("x.yaml", 2, 6)
    assert read.place(("a", "b"), key=True) == Place("x.yaml", 2, 3)
    assert read.place(("nergens",)) == Place("x.yaml", 1, 1)


def test_comments_on_a_line_of_their_own_are_kept_with_their_line():
    read = source.parse("# een\na: 1 # twee\n  ## drie\n", "x.yaml")
    assert list(read.comments()) == [(1, "een"), (3, "drie")]


def test_a_byte_order_mark_does_not_shift_the_place_of_a_byte_that_is_no_text():
    with pytest.raises(DpaError) as caught:
        source.decode(b"\xef\xbb\xbfab: c\nd: \xff", "x.yaml")
    assert caught.value.problems[0].place == Place("x.yaml", 2, 4)


@given(st.text(st.sampled_from("? \t\n:,[]{}#ax'\""), max_size=12))
def test_a_bare_question_mark_is_one_that_stands_alone_where_a_value_can(text):
    alone = re.compile(r"(?m)(?<![^\s\[{,:])\?(?=[ \t]*(?:$|[,}\]]|(?<=[ \t])#))")
    assert source.BARE_QUESTION.sub("!", text) == alone.sub("!", text)


@pytest.mark.skipif(sys.platform == "win32", reason="pipes with a name are POSIX")
def test_a_pipe_that_does_not_tell_its_size_is_read_to_its_end(tmp_path):
    path = tmp_path / "pipe.yaml"
    os.mkfifo(path)
    with ThreadPoolExecutor() as beside:
        beside.submit(path.write_text, "a: b\nc: d\n", "utf-8")
        assert source.read(path).value == {"a": "b", "c": "d"}
