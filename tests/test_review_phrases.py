"""What the law asks is seen in whatever words a paper says it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from dpa_gen.paper import Paper, read_bytes
from dpa_gen.review.answer import Status
from dpa_gen.review.passages import reading
from dpa_gen.review.reviewing import first_answers, review

PHRASES = yaml.safe_load(Path(__file__).with_name("review_phrases.yaml").read_text("utf-8"))
ROUND = {
    "en": """# Data Processing Agreement

Alpha Ltd ("Customer"), the controller, and Beta Ltd ("Provider"), the processor, agree as follows.

## 1 General

{phrase}

## 2 Other

The parties will meet in good faith.
""",
    "nl": """# Verwerkersovereenkomst

Alfa B.V. (hierna: “Opdrachtgever”), verwerkingsverantwoordelijke, en Bèta B.V. (hierna: “Opdrachtnemer”), verwerker.

## 1 Algemeen

{phrase}

## 2 Overig

De partijen spreken elkaar in goed vertrouwen en lossen wat zich voordoet op in overleg met elkaar.
""",
}
SURROUNDINGS = {  # where a sentence says what it is about only together with its neighbours
    "art28.3.d.object": {
        "en": "Provider informs Customer of new Sub-processors. ",
        "nl": "Opdrachtnemer meldt subverwerkers. ",
    },
}


def phrases() -> Iterator[tuple[str, str, str]]:
    """Every requirement with a language and a sentence that meets it."""
    for requirement, by_language in PHRASES.items():
        for language, sentences in by_language.items():
            for sentence in sentences:
                yield requirement, language, sentence


def paper_with(requirement: str, language: str, phrase: str) -> Paper:
    """A short agreement around a sentence."""
    before = SURROUNDINGS.get(requirement, {}).get(language, "")
    return read_bytes(ROUND[language].format(phrase=before + phrase).encode(), "paper.md")


@pytest.mark.parametrize(("requirement", "language", "phrase"), list(phrases()))
def test_a_sentence_that_meets_a_requirement_is_seen_by_signals_and_after_weighing(requirement, language, phrase):
    paper = paper_with(requirement, language, phrase)
    assert first_answers(reading(paper))[requirement].status is Status.PRESENT
    assert review(paper).answer(requirement).status is Status.PRESENT
