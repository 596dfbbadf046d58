"""The memory of a folder with contracts: what is in it, how little it forgets, and what it never throws away."""

import dataclasses
import json
import os

import pytest

from dpa_gen.batch.manifest import NAME, Entry, Kept, Manifest, Stamp
from dpa_gen.batch.naming import Names, check_pattern, folded, wanted_name
from dpa_gen.batch.recipe import Parts, Recipe
from dpa_gen.errors import DpaError

RECIPE = Recipe("about", "library", "template", "", "0.1", "nl")
KEPT = Kept("contracten/Café.docx", "Café", Stamp(3, 5, "abc"), True, 7, Stamp(1, 2, "pdf"))
ENTRY = Entry(RECIPE, Parts(("../eigen",), "plain", ""), ("processors/a.yaml",), "", "{key}", {"nl": KEPT})


def test_what_is_saved_is_read_back(tmp_path):
    manifest = Manifest(tmp_path)
    manifest.entries["processors/a.yaml"] = ENTRY
    manifest.sources = {"processors/a.yaml": Stamp(1, 2, "x"), "not used any more.yaml": Stamp(1, 2, "y")}
    manifest.save()
    again = Manifest.read(tmp_path)
    assert again.entries == manifest.entries
    assert again.sources == {"processors/a.yaml": Stamp(1, 2, "x")}


def test_a_manifest_knows_description_clauses_template_and_program(tmp_path):
    manifest = Manifest(tmp_path)
    manifest.entries = {"a.yaml": ENTRY, "b.yaml": ENTRY}
    manifest.save()
    plain = json.loads((tmp_path / NAME).read_text("utf-8"))
    assert plain["kinds"] == [["library", "template", "", "0.1", "nl", ["../eigen"], "plain", "", "{key}"]]
    assert plain["contracts"]["b.yaml"]["description"] == "about"
    assert RECIPE.values() == dataclasses.astuple(RECIPE)


def test_what_did_not_change_is_not_written_again(tmp_path):
    manifest = Manifest(tmp_path)
    manifest.entries["a.yaml"] = ENTRY
    manifest.save()
    before = (tmp_path / NAME).stat()
    manifest.save()
    Manifest.read(tmp_path).save()
    assert (tmp_path / NAME).stat().st_ino == before.st_ino


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b'{"format": 99}', b'{"format": 1, "sources": {}}', b"\xff\xfe"])
def test_a_manifest_that_cannot_be_read_is_told_and_kept(raw, tmp_path):
    (tmp_path / NAME).write_bytes(raw)
    with pytest.raises(DpaError, match="memory of earlier runs") as trouble:
        Manifest.read(tmp_path)
    assert "remove it" in str(trouble.value)
    assert (tmp_path / NAME).read_bytes() == raw


def test_a_file_is_read_only_when_its_size_or_moment_differs(tmp_path, monkeypatch):
    path = tmp_path / "a"
    path.write_bytes(b"abc")
    stamp = Stamp.of(path)
    monkeypatch.setattr(type(path), "read_bytes", lambda self: pytest.fail("it was read"))
    assert stamp.holds(path)
    monkeypatch.undo()
    os.utime(path, ns=(1, 1))
    assert stamp.holds(path)
    path.write_bytes(b"abd")
    assert not stamp.holds(path)
    path.unlink()
    assert not stamp.holds(path)


@pytest.mark.parametrize(
    ("pattern", "name"),
    [
        ("{key}", "post"),
        ("{reference} {processor.name}", "VWO-1 Postfarn - Mail"),
        ("{processor.name} ({language})", "Postfarn - Mail (nl)"),
        ("{service.name}", "Verzenden"),
        ("{processor.contact.email}", "post"),
        ("{processor.signatory}", "post"),
        ("{controller.name}-{reference}", "VWO-1"),
    ],
)
def test_a_name_is_the_pattern_filled_with_facts(pattern, name):
    value = {
        "reference": "VWO-1",
        "processor": {"name": "Postfarn / Mail", "signatory": [{"name": "x"}]},
        "service": {"name": {"nl": "Verzenden", "en": "Sending"}},
        "controller": {"name": "?"},
    }
    assert wanted_name(pattern, "post", "nl", value) == name


@pytest.mark.parametrize(
    ("pattern", "words"), [("{procesor.name}", "Did you mean processor.name?"), ("contract", "no blank")]
)
def test_a_pattern_that_cannot_be_filled_is_told(pattern, words):
    with pytest.raises(DpaError) as trouble:
        check_pattern(pattern)
    assert words in str(trouble.value)


def test_names_that_differ_only_in_case_or_form_are_the_same_name():
    assert folded("STRASSE Café") == folded("strasse cafe\u0301")


def test_a_name_that_is_taken_gets_letters_that_are_always_the_same():
    names = Names([])
    first = names.name_for("a.yaml", "", "Post", ".docx")
    second = names.name_for("b.yaml", "", "POST", ".docx")
    assert first == "Post.docx"
    assert second == "POST b6c6.docx" or second.startswith("POST ")
    assert names.name_for("b.yaml", "", "POST", ".docx") == second
    assert Names([(first, "a.yaml")]).name_for("b.yaml", "", "POST", ".docx") == second
