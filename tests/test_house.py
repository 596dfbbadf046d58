"""House styles: filled as docxtpl fills them, a draft marked on every page, and every fault told with its words."""

from __future__ import annotations

import re
from collections.abc import Callable
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docxtpl import DocxTemplate
from lxml import etree
from samples_of import LANGUAGES, TELLING, contract_of, least, sample
from word_text import W, parts_of, plain_text, text_of, words_of, xml

from dpa_gen.errors import DpaError
from dpa_gen.house import FILLED, environment, freed, freed_beforehand, house_style, localised, template_bytes
from dpa_gen.ooxml import Writer
from dpa_gen.package import packed, unpacked
from dpa_gen.word import Slots, context

LOOKS = ("plain", "classic", "modern")


def context_of(made: Any, look: Any) -> dict[str, Any]:
    """A fresh context, as the program gives it to a template."""
    return context(made.agreement, Slots(Writer(look.style_ids, look.text_width)), draft=False)


@pytest.mark.parametrize("look", LOOKS)
def test_what_was_freed_beforehand_of_a_shipped_look_is_what_docxtpl_makes_of_it_now(look: str) -> None:
    raw, name = template_bytes(look, Path())
    tagged = {part: data for part, data in unpacked(raw, name).items() if FILLED.fullmatch(part)}
    assert len(tagged) == 3
    for part, data in tagged.items():
        assert freed_beforehand()[sha256(data).hexdigest()] == freed(data, name, part)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize(("path", "language"), tuple(zip(TELLING, ("nl", "en", "nl"), strict=True)))
def test_a_template_is_filled_as_docxtpl_fills_it(path: str, language: str, look: str) -> None:
    made = sample(path, language)
    raw, name = template_bytes(look, Path())
    labels = made.agreement.labels
    style = house_style(look, Path(), language, labels)
    source = {part: localised(part, data, language, labels["annex"]) for part, data in unpacked(raw, name).items()}
    plainly = DocxTemplate(BytesIO(packed(source)))
    plainly.render(context_of(made, style), jinja_env=environment(), autoescape=True)
    target = BytesIO()
    plainly.save(target)
    ours, theirs = style.fill(context_of(made, style)), unpacked(target.getvalue(), "")
    assert {"word/document.xml", "word/header.xml", "word/footer.xml"} <= set(ours)
    for part, data in ours.items():
        assert canonical(data) == canonical(theirs[part]), part


def canonical(data: bytes) -> bytes:
    """XML in its canonical form, without the empty runs' indentation."""
    return etree.tostring(etree.fromstring(data), method="c14n")


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_draft_says_so_in_every_header_and_a_final_contract_nowhere(look: str, language: str) -> None:
    draft, final = (sample(TELLING[0], language, look, draft=each) for each in (True, False))
    word = draft.agreement.labels["draft"]
    for made, expected in ((draft, True), (final, False)):
        headers = [data for name, data in parts_of(made.content).items() if re.match(r"word/header\d*\.xml", name)]
        assert headers
        assert [word in text_of(etree.fromstring(data)) for data in headers] == [expected] * len(headers)
        assert (made.agreement.labels["draft-sentence"] in words_of(made.content)) is expected
        assert xml(made.content).find(f".//{W}titlePg") is None  # or the first page would have another header


def edited(change: Callable[[str], str], part: str = "word/document.xml") -> bytes:
    """The plain look with a part of it changed."""
    parts = unpacked(template_bytes("plain", Path())[0], "plain")
    after = change(parts[part].decode())
    assert after != parts[part].decode()
    return packed(parts | {part: after.encode()})


def told(raw: bytes, draft: bool = False, tmp: Path | None = None) -> str:
    """What the user is told of a template with a fault."""
    file = (tmp or Path("/nowhere")) / "huis.docx"
    file.write_bytes(raw)
    with pytest.raises(DpaError) as caught:
        contract_of(least(), template=str(file), draft=draft)
    return str(caught.value)


def put(words: str) -> Callable[[str], str]:
    """Puts words where the title is printed."""
    return lambda text: text.replace("{{ contract.title }}", "{{ contract.title }}" + words, 1)


FAULTS = {
    "an unknown tag": (put("{{ contract.tittle }}"), ["tittle", "{{ contract.title }}"]),
    "an unknown name": (put("{{ kontract }}"), ["kontract", "Around it stands"]),
    "a tag that is not closed": (put("{{ contract.title"), ["contract.subtitle", "not at all"]),
    "a block that is not closed": (put("{% if contract.draft %}"), ["word/document.xml", "endif"]),
    "an unknown filter": (put("{{ contract.title | shout }}"), ["shout"]),
    "a sum of words and numbers": (put("{{ contract.title + 1 }}"), ["word/document.xml"]),
    "a division by zero": (put("{{ 1 / 0 }}"), ["division by zero"]),
    "a part printed twice": (put("{{r contract.subtitle }}"), ["contract.subtitle", "more than once"]),
    "a part without the sign for runs": (
        lambda text: text.replace("{{r article.title }}", "{{ article.title }}").replace(
            "{{r\u00a0article.title }}", "{{ article.title }}"
        ),
        ["{{r"],
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_of_a_template_is_told_with_the_words_around_it(name: str, tmp_path: Path) -> None:
    change, words = FAULTS[name]
    message = told(edited(change), tmp=tmp_path)
    assert "huis.docx" in message
    assert [word for word in words if word not in message] == []


def test_a_template_that_leaves_out_a_part_of_the_contract_is_refused(tmp_path: Path) -> None:
    raw = edited(lambda text: text.replace("{{p signatures }}", ""))
    message = told(raw, tmp=tmp_path)
    assert "signatures" in message
    assert "not at all" in message


def test_a_template_without_a_style_is_refused_with_the_names_of_all_that_are_missing(tmp_path: Path) -> None:
    def without(text: str) -> str:
        return text.replace('"Fill-in Field"', '"Anders"').replace('"Table Label"', '"Ook anders"')

    message = told(edited(without, "word/styles.xml"), tmp=tmp_path)
    assert "“Fill-in Field” is missing" in message
    assert "“Table Label” is missing" in message


def test_a_template_whose_header_has_no_draft_mark_makes_no_draft(tmp_path: Path) -> None:
    raw = edited(lambda text: text.replace("{{ contract.draft }}", ""), "word/header.xml")
    assert "{{ contract.draft }}" in told(raw, draft=True, tmp=tmp_path)


@pytest.mark.parametrize("raw", [b"", b"geen Word", packed({"a.txt": b"x"})])
def test_a_file_that_is_no_word_file_is_refused(raw: bytes, tmp_path: Path) -> None:
    assert "huis.docx" in told(raw, tmp=tmp_path)


def test_a_damaged_part_of_a_template_is_told(tmp_path: Path) -> None:
    raw = edited(lambda text: text.replace("</w:body>", "", 1))
    assert "word/document.xml is damaged" in told(raw, tmp=tmp_path)


def test_a_template_whose_filled_text_is_no_xml_is_refused(tmp_path: Path) -> None:
    raw = edited(put("{{ '<' | safe }}"))
    assert "word/document.xml" in told(raw, tmp=tmp_path)


HOSTILE = (
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ contract.__class__.__init__.__globals__ }}",
    "{{ labels.items.__globals__ }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{% for a in range(999999999) %}{% endfor %}",
    "{{ contract.update({'title': 'x'}) }}",
    "{% include '/etc/passwd' %}",
    "{{ '%s' * 2 ** 9999999999 }}",
    "{{ contract.title * 99999999999 }}",
    "{{ lipsum(n=5) }}{{ contract.nothing }}",
)


@pytest.mark.parametrize("words", HOSTILE)
def test_a_hostile_template_reaches_nothing(words: str, tmp_path: Path) -> None:
    assert "huis.docx" in told(edited(put(words)), tmp=tmp_path)


def test_a_template_of_the_user_works_as_a_shipped_one_does(tmp_path: Path) -> None:
    file = tmp_path / "huis.docx"
    file.write_bytes(edited(lambda text: text.replace("{{ contract.title }}", "{{ contract.title }} van de maatschap")))
    made = contract_of(least(), template=str(file))
    assert "Verwerkersovereenkomst van de maatschap" in plain_text(made.content)


@pytest.mark.parametrize(
    ("words", "printed"),
    [
        ("{{ contract.reference | upper }}", "ABC & 1"),
        ("{{ contract.reference[:3] }}", "abc"),
        ("{% if contract.version == '1.0' %}eerste{% endif %}", "eerste"),
        ("{{ contract.version | length }}", "3"),
        ("{% if contract.reference %} met{% endif %}", " met"),
        ("{% for name in contract %}{{ contract[name] | length }}{% endfor %}", ""),
    ],
)
def test_a_template_may_do_more_with_a_fact_than_print_it(words: str, printed: str, tmp_path: Path) -> None:
    file = tmp_path / "huis.docx"
    file.write_bytes(edited(put(words)))
    for reference in ("abc & 1", "abc & 1"):  # the second is made from what was kept of the first, if anything was
        made = contract_of(least(reference=reference, version="1.0"), template=str(file))
        assert text_of(xml(made.content)).startswith(f"Verwerkersovereenkomst{printed}")
