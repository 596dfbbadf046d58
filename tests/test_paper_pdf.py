"""A vendor's PDF is read in the order of the eye."""

from __future__ import annotations

from paper_files import at, lines, pdf

from dpa_gen.paper import Kind, Paper, read_bytes
from dpa_gen.paper_pdf import is_garbled

FILLER = [
    "The processor keeps all personal data secret and sees to it that everyone",
    "who works under its authority does the same, also after the contract has",
    "come to an end, for as long as the data have not become public by a lawful",
    "act of the controller or of the person whom these data are about.",
]


def read(*pages: str) -> Paper:
    return read_bytes(pdf(*pages), "paper.pdf")


def shown(paper: Paper) -> list[str]:
    return [str(paragraph) for paragraph in paper.paragraphs]


def test_lines_are_joined_and_numbers_and_headings_found():
    page = at(60, 780, "Data processing agreement", "F2", 18) + at(60, 740, "3. Secrecy", "F2", 12)
    page += lines(60, 720, "3.1 " + FILLER[0], *FILLER[1:]) + lines(60, 664, "3.2 It answers for them.")
    title, heading, first, second = read(page).paragraphs
    assert (title.kind, heading.kind, heading.number) == (Kind.HEADING, Kind.HEADING, "3.")
    assert (first.number, first.text) == ("3.1", " ".join(FILLER))
    assert (second.number, second.headings, second.page) == ("3.2", ("Data processing agreement", "3. Secrecy"), 1)


def test_a_word_broken_at_the_end_of_a_line_is_whole_again_and_a_real_hyphen_stays():
    page = lines(
        60,
        700,
        "The processor tells the controller at once of each breach and gives the infor-",
        "mation that the controller needs, also where the breach happened at a sub-",
        "processor. A sub-processor is told to do the same, and all of it is kept on file",
        "for three years or longer.",
    )
    text = read(page + lines(60, 600, *FILLER)).paragraphs[0].text
    assert "the information that" in text
    assert "at a sub-processor. A sub-processor" in text


def test_two_columns_are_read_one_after_the_other():
    left = [f"left column line {rank} runs on and" for rank in range(8)]
    right = [f"right column line {rank} runs on an" for rank in range(8)]
    page = "".join(at(60, 700 - 12 * rank, left[rank]) + at(320, 700 - 12 * rank, right[rank]) for rank in range(8))
    wide = at(
        60, 740, "A heading over both of the columns that reaches from left to the far right side of it", "F1", 10
    )
    text = read(wide + page).text
    assert text.index("left column line 7") < text.index("right column line 0")
    assert text.index("A heading over both") < text.index("left column line 0")


def test_running_heads_stand_once_and_page_numbers_not_at_all():
    pages = [
        at(60, 810, "Acme DPA version 4")
        + lines(60, 700, f"Clause {word} of this text.", *FILLER)
        + at(280, 30, f"Page {rank} of 3")
        for rank, word in enumerate(("one", "two", "three"), 1)
    ]
    paper = read(*pages)
    assert sum("Acme DPA" in line for line in shown(paper)) == 1
    assert paper.paragraphs[0].kind is Kind.HEADER
    assert not any("Page" in line for line in shown(paper))
    assert paper.notes.pages == 3


def test_a_paragraph_goes_on_over_the_page():
    first = lines(
        60,
        100,
        "The processor tells the controller of a breach within a day, and does so in a way",
        "that leaves no doubt about what happened, with the facts it knows, so that the",
    )
    second = lines(60, 780, "controller can tell the authority in time. It keeps a list of all breaches.", *FILLER)
    filler = lines(60, 700, *FILLER)
    texts = [one.text for one in read(filler + first, second).paragraphs]
    assert any("so that the controller can tell the authority" in text for text in texts)


def test_a_table_is_read_row_by_row():
    rows = [("Name", "Country", "Task"), ("Acme Hosting", "Belgium", "storage"), ("Bolt Mail", "Ireland", "e-mail")]
    page = lines(60, 760, *FILLER)
    for rank, row in enumerate(rows):
        page += "".join(at(60 + 170 * column, 680 - 18 * rank, cell) for column, cell in enumerate(row))
    found = [one for one in read(page).paragraphs if one.kind is Kind.ROW]
    assert [one.cells for one in found] == rows
    assert [one.place.row for one in found] == [1, 2, 3]


def test_a_page_without_text_among_others_is_told():
    paper = read(lines(60, 700, *FILLER, *FILLER), "0 0 500 500 re f", lines(60, 700, *FILLER, *FILLER))
    assert paper.notes.pages_without_text == (2,)


def test_writing_in_other_languages_is_not_taken_for_garbled():
    dutch = (
        "De verwerker meldt een inbreuk zonder onredelijke vertraging aan de verwerkingsverantwoordelijke".split() * 5
    )
    german = "Der Auftragsverarbeiter unterstützt den Verantwortlichen bei der Einhaltung der Pflichten".split() * 5
    greek = "Ο εκτελών την επεξεργασία ενημερώνει αμελλητί τον υπεύθυνο επεξεργασίας".split() * 5
    assert not any(map(is_garbled, (dutch, german, greek)))
    assert is_garbled(["".join(chr(ord(sign) - 29) for sign in word) for word in dutch])
