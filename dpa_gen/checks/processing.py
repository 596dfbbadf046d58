"""Checks of what is processed and how it is kept safe: open facts, sensitive data, measures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dpa_gen.checks.case import Case, Trip, known, trip, word_of, words_in
from dpa_gen.values import Open, TermUse

HEALTH_MEASURES = (
    "encryption-in-transit encryption-at-rest key-management role-based-access multi-factor joiners-leavers logging "
    "physical-security incident-procedure"
).split()
NUMBER_MEASURES = "encryption-at-rest role-based-access multi-factor logging".split()
TELLING_KINDS = ("session-notes", "goals", "transcripts", "call-recordings")

HEALTH_WORDS = re.compile(
    r"medisch|medicijn|medicat|gezondheid|diagnos|ziekte|verzuim|allergie|\bggz\b|psych(?:iatr|olog)\w* gegevens"
    r"|\bmedical|\bhealth|illness|sickness|disabilit|religi|geloofs|etnisch|ethnic|seksue|sexual|vakbond|trade union"
    r"|biometri|genetisch|genetic|strafrecht|criminal",
    re.IGNORECASE,
)
NUMBER_WORDS = re.compile(r"\bbsn\b|burgerservicenummer|citizen service number", re.IGNORECASE)
LEFT_OUT = re.compile(r"\b(zonder|geen|niet|afgeschermd|onleesbaar|without|no|not|masked|redacted)\b", re.IGNORECASE)

OPENING = {
    "subject": {"nl": "het onderwerp", "en": "the subject-matter"},
    "purpose": {"nl": "het doel", "en": "the purpose"},
    "nature": {"nl": "de aard van de verwerking", "en": "the nature of the processing"},
    "data_subjects": {"nl": "de categorieën van betrokkenen", "en": "the categories of data subjects"},
    "personal_data": {"nl": "de soorten persoonsgegevens", "en": "the types of personal data"},
    "duration": {"nl": "de duur", "en": "the duration"},
    "retention": {"nl": "de bewaartermijn", "en": "the retention period"},
}
PLACES = {
    "locations": {"nl": "in welke landen de gegevens worden bewaard", "en": "in which countries the data are kept"},
    "remote_access": {
        "nl": "vanuit welke landen men op afstand bij de gegevens kan",
        "en": "from which countries the data can be reached remotely",
    },
}


def opening_words(case: Case) -> Iterator[Trip]:
    """The contract says what Article 28(3) asks it to say about the processing."""
    for name, what in OPENING.items():
        value = getattr(case.description.processing, name)
        if isinstance(value, Open):
            yield trip("T04", "processing", name, what=what)


def open_places(case: Case) -> Iterator[Trip]:
    """It is known where the data are kept and from where they can be reached."""
    open_ones = [name for name in PLACES if isinstance(getattr(case.description.processing, name), Open)]
    if open_ones:
        yield trip("open-places", "processing", open_ones[0], what=tuple(PLACES[name] for name in open_ones))


def open_annexes(case: Case) -> Iterator[Trip]:
    """Measures and sub-processors are listed."""
    if isinstance(case.description.security.measures, Open):
        yield trip("open-measures", "security", "measures")
    if isinstance(case.description.subprocessors.list_, Open):
        yield trip("open-subprocessors", "subprocessors", "list")


def measure_details(case: Case) -> Iterator[Trip]:
    """Each measure carries its parameter, or it promises nothing."""
    bare = [
        (index, use)
        for index, use in enumerate(known(case.description.security.measures))
        if use.detail is None and (term := case.facts.term_of(use, "measures")) and term.parameter
    ]
    if bare:
        yield trip("measure-detail", "security", "measures", bare[0][0], measures=tuple(use for _, use in bare))


def which_data(case: Case) -> Iterator[Trip]:
    """Of sensitive data the contract says which they are."""
    for index, use in enumerate(known(case.description.processing.personal_data)):
        term = case.facts.term_of(use, "personal-data")
        if term and term.weight in ("special", "criminal") and use.detail is None:
            yield trip("which-data", "processing", "personal_data", index, data=use)


def sensitive_data(case: Case) -> Iterator[Trip]:
    """Sensitive data have extra safeguards and a ground in law."""
    uses = (*case.weighed("special_categories"), *case.weighed("criminal_data"))
    sensitive = (*uses, *case.weighed("national_numbers"))
    if sensitive and not case.description.processing.safeguards:
        yield trip("T07", "processing", "personal_data", data=sensitive)
    for index, use in enumerate(known(case.description.processing.personal_data)):
        if use in uses and use.basis is None:
            yield trip("sensitive-basis", "processing", "personal_data", index, data=use)


def hidden_data(case: Case) -> Iterator[Trip]:
    """Sensitive data stand in the list under their own term, and not within other words."""
    terms = set(case.terms("personal_data"))
    sensitive = bool(case.weighed("sensitive"))
    for index, use in enumerate(known(case.description.processing.personal_data)):
        said = words_in(use.term, use.detail)
        is_term = case.facts.term_of(use, "personal-data") is not None
        if "bsn" not in terms and NUMBER_WORDS.search(said) and not LEFT_OUT.search(said):
            yield trip("hidden-bsn", "processing", "personal_data", index, data=use)
        if not is_term and HEALTH_WORDS.search(said) and not LEFT_OUT.search(said):
            yield trip("hidden-special", "processing", "personal_data", index, data=use)
        elif not sensitive and word_of(use) in TELLING_KINDS:
            yield trip("likely-special", "processing", "personal_data", index, data=use)
            sensitive = True  # once is enough


def measures_for(case: Case) -> Iterator[Trip]:
    """Data on health and national numbers have the measures that belong with them."""
    if not case.measures():
        return
    if case.on_health():
        yield from _lacking(case, HEALTH_MEASURES, "health-measures")
    elif case.weighed("national_numbers"):
        yield from _lacking(case, NUMBER_MEASURES, "number-measures")


def _lacking(case: Case, wanted: list[str], rule: str) -> Iterator[Trip]:
    there = set(case.measures())
    lacks = tuple(TermUse.model_validate(name) for name in wanted if name not in there)
    if lacks:
        yield trip(rule, "security", "measures", measures=lacks)
