"""Every choice that a description can make leads to a whole contract: nothing unmet, nothing left over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import combinations, pairwise, product
from math import prod
from typing import Any

import pytest
from samples_of import DESCRIPTIONS, LANGUAGES, LEAST, POSITIONS, described, sample, with_changes

from dpa_gen.agreement import Agreement, Reference, plain
from dpa_gen.assembly import assemble
from dpa_gen.clause import Condition, Definitions, FactTable, Wordings
from dpa_gen.coverage import unmet
from dpa_gen.library import shipped

MOST = 300  # combinations for one article
Choice = Mapping[str, Any]  # dotted path -> value; None leaves it out

SUB = {"name": "Sub B.V.", "country": "NL", "task": "hosting"}
CONTACT = {"name": "Team Privacy", "role": "privacy", "email": "privacy@example.nl", "phone": "0612345678"}
ADDRESS = {"street": "Straat 1", "postcode": "1234 AB", "city": "Zwolle", "country": "NL"}


def given(path: str, *values: Any) -> tuple[Choice, ...]:
    """A fact that has one of these values."""
    return tuple({path: value} for value in values)


def places(name: str, **more: Any) -> Choice:
    return {f"processing.{name}": [{"country": "NL", "place": "Zwolle"}, {"country": "US", **more}]}


def listed(**more: Any) -> Choice:
    return {"subprocessors.list": [SUB, {**SUB, "name": "Other Inc.", "country": "US", **more}]}


def transfers() -> Iterator[Choice]:
    """No transfer, each basis with and without a fallback, to everyone who can receive one, and all that is open."""
    yield {"subprocessors.list": "none"}
    for basis in ("adequacy", "dpf", "scc", "bcr", "derogation", "?"):
        yield listed(transfer=basis)
        yield {"processor.country": "US", "transfers.to_processor": basis}
    yield listed(transfer={"basis": "dpf", "fallback": "scc", "assessment": {"date": "?"}, "supplementary": "extra"})
    yield listed(country="NL", locations=[{"country": "IN", "transfer": "scc"}])
    yield {"subprocessors.list": "?", "processing.locations": "?", "processing.remote_access": "?"}
    yield from of_subprocessors()[2:]
    for name in ("locations", "remote_access"):
        yield from of_places(name)[2:]


def of_subprocessors() -> tuple[Choice, ...]:
    named = {**SUB, "address": "Straat 1, Utrecht", "contact": "sub@example.nl", "data": ["name"]}
    return (
        {"subprocessors.list": "none"},
        {"subprocessors.list": [named, SUB]},
        {"subprocessors.list": "?"},
        {"subprocessors.list": [{"name": "?", "country": "?", "task": "?"}]},
        listed(),
        listed(transfer="?", address="?", contact="?", data="?"),
        listed(transfer={"basis": "scc", "assessment": {"date": "2026-01-02", "reference": "TIA-1"}}),
        listed(transfer={"basis": "adequacy", "fallback": "bcr"}),
        listed(address={**ADDRESS, "country": "US"}, contact=CONTACT, locations=[{"country": "US", "transfer": "dpf"}]),
    )


def of_processor() -> tuple[Choice, ...]:
    return (
        {"processor.country": "NL"},
        {"processor.country": None},
        {"processor.country": "US"},
        {"processor.country": "US", "transfers.to_processor": {"basis": "dpf", "fallback": "scc"}},
        {"processor.country": "JP", "transfers.to_processor": "adequacy"},
    )


def of_places(name: str) -> tuple[Choice, ...]:
    return (
        {f"processing.{name}": "none"},
        {f"processing.{name}": ["NL", {"country": "DE", "place": "Berlijn", "party": "Sub B.V."}]},
        {f"processing.{name}": "?"},
        places(name),
        places(name, transfer="scc"),
        places(name, party="Support Inc.", purpose="hulp", transfer={"basis": "?"}),
    )


def parties() -> Iterator[tuple[Choice, ...]]:
    for who in ("controller", "processor"):
        yield given(f"{who}.trade_name", None, "De Praktijk")
        yield given(f"{who}.form", None, "stichting")
        yield given(f"{who}.registration", None, {"kvk": "01234567"}, {"register": "Handelsregister", "number": "7"})
        yield given(f"{who}.address", None, ADDRESS, {**ADDRESS, "street": "?", "city": "?", "postcode": None})
        yield given(f"{who}.contact", None, CONTACT, {"email": "?", "address": ADDRESS}, {"phone": "?"})
        yield given(f"{who}.dpo", None, "?", CONTACT)
        yield given(f"{who}.representative", None, "?", CONTACT)
        yield given(f"{who}.signatory", None, "?", [{"name": "A", "role": "B"}, {"name": "?", "role": "?"}])
    yield given("controller.name", "Praktijk Voorbeeld", "?")
    yield given("processor.name", "Dienst Voorbeeld B.V.", "?")


def of_processing() -> Iterator[tuple[Choice, ...]]:
    data = ("name", "health", "bsn", "criminal-data", {"term": "health", "detail": "klachten", "basis": "wet"})
    kinds = [[kind] for kind in data]
    yield given("processing.personal_data", *kinds, ["name", "health", "bsn", "criminal-data"], "?")
    yield given("processing.safeguards", None, ["pseudoniemen", "aparte opslag"])
    yield given("processing.subject", "nieuwsbrief", "?")
    yield given("processing.purpose", "sturen", ["sturen", "meten, en verbeteren"], "?")
    yield given("processing.nature", ["store"], ["store", {"term": "send", "detail": "per post"}, "Vrije tekst"], "?")
    yield given("processing.data_subjects", ["clients"], "?")
    kept = ({"until": "2027-12-31"}, {"period": "P1Y"}, {"criterion": "zolang nodig"}, "main-agreement", "?")
    yield given("processing.duration", None, *kept)
    rows = [{"data": ["name"], "period": "P7Y", "after": "closing", "basis": "wet"}, {"criterion": "zolang nodig"}]
    yield given("processing.retention", rows, "?", "none")
    yield given("processing.volume", None, "100 cliënten")
    yield given("processing.frequency", None, "wekelijks")
    yield given("security.measures", ["encryption-at-rest"], [{"term": "logging", "detail": "1 jaar"}, "Vrij"], "?")
    certificate = {"name": "ISO 27001", "scope": "alles", "issuer": "X", "number": "1", "valid_until": "?"}
    yield given("security.certifications", None, [{"name": "NEN 7510"}, certificate])
    yield given("security.review", None, "P6M")


def of_terms() -> Iterator[tuple[Choice, ...]]:
    yield given("reference", None, "A-1")
    yield given("effective", None, "?", "2027-01-01")
    yield given("processing_starts", None, "?", "2027-01-01")
    yield given("service.description", None, "een dienst")
    yield given("service.website", None, "https://example.nl")
    whole = {"title": "Abonnement", "number": "12", "date": "2026-03-01"}
    yield given("service.main_agreement", None, whole, {"title": "Abonnement", "date": "?"}, {"title": "Abonnement"})
    yield given("subprocessors.authorisation", None, "specific", "general")
    yield given("subprocessors.notice_days", None, "1", "30")
    yield given("subprocessors.outside_eea", None, "allowed", "forbidden")
    yield given("subprocessors.selection", None, "een certificaat")
    yield given("breach.contact", None, "?", CONTACT)
    yield given("breach.processor_contact", None, "?", CONTACT)
    yield given("breach.notify_within_hours", None, "1", "72")
    yield given("requests.forward_within_working_days", None, "1")
    yield given("assistance.cost", None, "included", "reasonable", "charged")
    yield given("assistance.rate", None, "€ 100 per uur")
    yield given("audit.cost", None, "processor", "own", "controller")
    yield given("deletion.choice_days", None, "1")
    yield given("liability.regime", None, "unlimited", "cap", "main-agreement")
    cap = {"amount": "50000", "currency": "USD", "basis": "per jaar"}
    yield given("liability.cap", None, {"amount": "50000"}, {"basis": "de jaarvergoeding"}, cap)
    yield given("precedence.over", None, "everything", "data-protection")
    yield given("law.governing", None, "BE", "US")
    yield given("law.forum", None, "de rechtbank Overijssel")
    yield given("signing.method", None, "paper", "electronic")


def of_clauses() -> Iterator[tuple[Choice, ...]]:
    at = "transfers.clauses"
    yield given(f"{at}.module", None, "2", "3")
    yield given(f"{at}.docking", None, "yes", "no")
    yield given(f"{at}.authorisation", None, "specific", "general")
    yield given(f"{at}.notice_days", None, "10")
    yield given(f"{at}.dispute_body", None, "Stichting Geschil")
    yield given(f"{at}.importer_subject_to_gdpr", None, "yes", "no")
    yield given(f"{at}.assessment", None, {"date": "2026-01-02"}, {"date": "?", "reference": "TIA"})
    yield given(f"{at}.authority", None, "?")
    yield given(f"{at}.governing_law", None, "IE")
    yield given(f"{at}.courts", None, "IE")


AXES: tuple[tuple[Choice, ...], ...] = (
    given("language", *LANGUAGES),
    given("position", *POSITIONS),
    of_subprocessors(),
    of_processor(),
    of_places("locations"),
    of_places("remote_access"),
    *of_processing(),
    *parties(),
    *of_terms(),
    *of_clauses(),
)


def covering(axes: tuple[tuple[Choice, ...], ...]) -> Iterator[dict[str, Any]]:
    """Descriptions in which every two choices stand together at least once.

    Each axis is a point of the projective plane over the numbers modulo a prime, each description a vector; two
    points are independent, so that every pair of remainders occurs.
    """
    prime = next(p for p in (5, 7, 11, 13) if p >= max(map(len, axes)) and p * p + p + 1 >= len(axes))
    points = [(1, b, c) for b in range(prime) for c in range(prime)] + [(0, 1, c) for c in range(prime)] + [(0, 0, 1)]
    for vector in product(range(prime), repeat=3):
        chosen = (
            choices[sum(p * v for p, v in zip(point, vector, strict=True)) % prime % len(choices)]
            for point, choices in zip(points, axes, strict=False)
        )
        yield {path: value for choice in chosen for path, value in choice.items()}


OF_THE_PROGRAM = r"\{\{|\}\}|\{%|\bNone\b|\bnan\b|\bTrue\b|\bFalse\b|<[a-z_]+>|\bdpa_gen\b"
OF_A_FACT_THAT_IS_NOT_THERE = (
    r"  | \u00a0|\u00a0 | [,;]|(?<!\.)\.\.(?!\.)|[,;:][,;]|[,;:] ?\.(?: |$)|\( | \)|\(\)|\[\]|^ | $"
)
LEFT_OVER = re.compile(f"{OF_THE_PROGRAM}|{OF_A_FACT_THAT_IS_NOT_THERE}")


def texts_of(agreement: Agreement) -> Iterator[str]:
    """Every text that is printed."""
    for part in agreement.parts():
        yield part.title
    for paragraph in agreement.paragraphs():
        yield from map(plain, paragraph.texts())
        if paragraph.table:
            yield from paragraph.table.head
    for signature in agreement.signatures:
        yield plain(signature.party)
        yield from (plain(value) for _, value in signature.rows if value)


def left_over(agreement: Agreement) -> list[str]:
    """Texts that are empty, or hold signs of the program or of a fact that is not there."""
    return [text for text in texts_of(agreement) if not text or LEFT_OVER.search(text)]


def empty_parts(agreement: Agreement) -> list[str]:
    """Articles without paragraphs, paragraphs without words, tables without rows."""
    found = [part.id for part in agreement.parts() if not part.paragraphs]
    for paragraph in agreement.paragraphs():
        tables = paragraph.table is not None and not (paragraph.table.rows and all(map(all, paragraph.table.rows)))
        words = not (paragraph.text or paragraph.definitions or paragraph.table)
        found += [paragraph.id] * (tables or words)
    return found


def lost_references(agreement: Agreement) -> list[str]:
    """References to what is not printed, or under another number."""
    numbers = {part.id: part.number for part in (*agreement.articles, *agreement.annexes)}
    numbers |= {p.id: p.number for article in agreement.articles for p in article.paragraphs if p.number}
    found = [
        span
        for paragraph in agreement.paragraphs()
        for text in paragraph.texts()
        for span in text
        if isinstance(span, Reference)
    ]
    return [str(span) for span in found if span.number.split("\u00a0")[-1] != numbers.get(span.target)]


def tables_that_touch(agreement: Agreement) -> list[str]:
    """Tables with nothing between them, which Word would make one."""
    return [
        second.id
        for part in agreement.parts()
        for first, second in pairwise(part.paragraphs)
        if first.table and second.table and not (second.title or second.text)
    ]


def not_whole(agreement: Agreement) -> list[str]:
    """Whatever would be seen to be wrong by a reader who knows no law."""
    empty, lost = empty_parts(agreement), lost_references(agreement)
    return [*left_over(agreement), *empty, *lost, *tables_that_touch(agreement)]


def faults(flat: Mapping[str, Any], language: str) -> list[object]:
    """What is wrong with the contract of these choices."""
    prepared = described(with_changes(LEAST, flat), language)
    agreement = assemble(prepared.description, prepared.library, language)
    lacking = [finding.path for finding in unmet(agreement, prepared.facts)]
    return [*lacking, *not_whole(agreement)]


def failing(descriptions: Iterator[Mapping[str, Any]]) -> list[tuple[Mapping[str, Any], list[object]]]:
    """The first few descriptions with their faults."""
    found = []
    for flat in descriptions:
        if wrong := faults(flat, flat.get("language", "nl")):
            found.append((flat, wrong))
        if len(found) == 3:
            break
    return found


@pytest.mark.parametrize("text", ["a  b", "{{ a }}", "None", "a, nan", "a ,b", "a..", "naam: .", "a ()", "a;.", "a "])
def test_what_is_left_over_is_seen(text: str) -> None:
    assert LEFT_OVER.search(text)


@pytest.mark.parametrize("text", ["Nonet en banaan", "a (b), c; d.", "e.g. x...", "48\u00a0(achtenveertig)\u00a0uur"])
def test_ordinary_words_are_not_taken_for_what_is_left_over(text: str) -> None:
    assert not LEFT_OVER.search(text)


def test_every_two_choices_together_make_a_whole_contract() -> None:
    assert failing(covering(AXES)) == []


def test_the_descriptions_hold_every_two_choices_together() -> None:
    """The construction keeps its promise: here shown for the first axes, among them the widest."""
    axes = tuple(tuple({f"axis{n}": str(c)} for c in range(len(axis))) for n, axis in enumerate(AXES))
    rows = list(covering(axes))
    for (first, ours), (second, theirs) in combinations(list(enumerate(axes))[:8], 2):
        seen = {(row[f"axis{first}"], row[f"axis{second}"]) for row in rows}
        assert len(seen) == len(ours) * len(theirs)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("position", POSITIONS)
def test_position_authorisation_transfers_and_kinds_of_data_in_every_combination(position: str, language: str) -> None:
    kinds = (["name"], ["health"], ["bsn"], ["criminal-data"], ["name", "health", "bsn", "criminal-data"], "?")
    choices = product(("specific", "general"), kinds, transfers())
    assert (
        failing(
            {
                "language": language,
                "position": position,
                "subprocessors.authorisation": authorisation,
                "processing.personal_data": data,
                **transfer,
            }
            for authorisation, data, transfer in choices
        )
        == []
    )


def paths_of(name: str) -> set[str]:
    """The facts that decide which words of a clause are printed."""
    conditions: list[Condition] = []
    chosen: set[str] = set()
    for paragraph in shipped().clauses[name].paragraphs:
        body = paragraph.body
        conditions += paragraph.when
        if isinstance(body, Wordings):
            chosen.add(body.choose)
        elif isinstance(body, FactTable):
            conditions += [each for row in body.rows for each in row.when]
        elif isinstance(body, Definitions):
            conditions += [each for meaning in body.meanings for each in meaning.when]
    return {condition.path for condition in conditions} | (chosen - {""})


@pytest.mark.parametrize("name", shipped().clauses)
def test_every_choice_of_an_article_is_walked_in_every_combination(name: str) -> None:
    decisive = {path.removesuffix(".kind") for path in paths_of(name)}
    axes = [axis for axis in AXES if decisive & {path for choice in axis for path in choice}]
    if decisive & {"sensitive", "national_numbers", "health_data"}:
        axes.append(next(axis for axis in AXES if "processing.personal_data" in axis[0]))
    if any(path.startswith("transfers.") for path in decisive):
        axes.append(tuple(transfers()))
    combinations_of = ({k: v for choice in row for k, v in choice.items()} for row in product(*bounded(axes)))
    language = LANGUAGES[len(name) % 2]
    assert failing({"language": language, **flat} for flat in combinations_of) == []


def bounded(axes: list[tuple[Choice, ...]]) -> list[tuple[Choice, ...]]:
    """The axes, the widest cut short while their combinations are too many to walk in a second."""
    while prod(map(len, axes)) > MOST:
        widest = max(range(len(axes)), key=lambda n: len(axes[n]))
        axes = [axis[:-1] if n == widest else axis for n, axis in enumerate(axes)]
    return axes


@pytest.mark.parametrize("position", POSITIONS)
@pytest.mark.parametrize("name", [clause.id for clause in shipped().of_kind("article")])
def test_each_article_may_take_a_position_of_its_own(name: str, position: str) -> None:
    flat = {"positions": {name: position}, "subprocessors.list": [SUB]}
    assert [faults(flat, language) for language in LANGUAGES] == [[], []]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", DESCRIPTIONS, ids=lambda path: path.stem)
def test_every_sample_makes_a_whole_contract(path: Any, language: str) -> None:
    made = sample(path, language)
    assert (made.complete, made.findings, not_whole(made.agreement)) == (True, (), [])
