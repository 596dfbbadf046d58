"""What a paper lists: measures, sub-processors, the parties themselves, and data that call for extra protection."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from dpa_gen.paper import Kind
from dpa_gen.review.answer import Answer, Status
from dpa_gen.review.judging import evidence, quoted
from dpa_gen.review.passages import Passage, Reading, Sentence
from dpa_gen.review.traits import COMPANY

Found = list[tuple[Passage, Sentence]]
ART_32 = frozenset({"cia"})  # the four headings of Article 32(1) are no list of measures


def listed(reading: Reading) -> dict[str, Answer]:
    """The answers on lists."""
    answers = {"sec.detail": _measures(reading), **_subs(reading), **_parties(reading)}
    if special := _special(reading):
        answers["art28.3.special"] = special
    return answers


def _measures(reading: Reading) -> Answer:
    """Three kinds of measure make a list; fewer, a standard or a reference make half of one."""
    kinds: dict[str, tuple[Passage, Sentence]] = {}
    for passage in reading.passages:
        if "sub" in passage.over or passage.is_definition or ({"third-country"} & passage.over):
            continue
        bare = bool(ART_32 & passage.near)
        for sentence in passage.sentences:
            if "audit-by-reports" in sentence.own and {"audit", "gives"} & (sentence.says | passage.over):
                continue  # what an auditor looked at is told to prove something, not to promise it
            for concept, said, _, _ in sentence.said:
                if concept == "measure-kind" and not (
                    bare and said.startswith(("encr", "pseud", "versl", "herst", "resil"))
                ):
                    kinds.setdefault(said, (passage, sentence))
    if len(kinds) >= 3:
        return Answer("sec.detail", Status.PRESENT, quoted(list(kinds.values())))
    half = list(kinds.values()) or [
        (p, s)
        for p in reading.passages
        for s in p.sentences
        if "measures" in s.says and {"elsewhere", "set-out", "cia", "audit-by-reports"} & s.own and "sub" not in s.own
    ]
    return Answer(
        "sec.detail", Status.PARTIAL if half else Status.ABSENT, quoted(half), reason="elsewhere" if half else "absent"
    )


_PROPER = re.compile(r"^[\W]*[A-Z0-9À-Þ][\w.&’\-]+")
_ADDRESS = re.compile(
    r"\b\d{4}\s?[A-Z]{2}\b|\b\d{1,4}[a-z]?,|straat|laan|plein|weg\b|street|road|avenue|\bLane\b|Blvd|Suite|\b\d{5}\b|Quay|Square|Park\b",
    re.I,
)
_MAIL = re.compile(r"[\w.+\-]+@[\w\-]+\.\w+|tel(?:efoon|ephone)?\.?\s*:?\s*[+\d]", re.I)


def _subs(reading: Reading) -> dict[str, Answer]:
    """The list of sub-processors, and what it tells of each."""
    rows = list(_sub_rows(reading))
    if rows:
        found = tuple(evidence(row) for row in rows[:3])
        text = "\n".join(row.text for row in rows)
        wide = max(len(row.paragraph.cells) for row in rows)
        identity = bool(_ADDRESS.search(text)) and bool(_MAIL.search(text))
        info = wide >= 3 or "—" in text or bool({"operation"} & frozenset().union(*(r.says for r in rows)))
        return {
            "sub.list": Answer("sub.list", Status.PRESENT, found, {"named": len(rows)}),
            "sub.identity": Answer(
                "sub.identity",
                Status.PRESENT if identity else Status.PARTIAL,
                found,
                reason="" if identity else "identity",
            ),
            "sub.info": Answer(
                "sub.info", Status.PRESENT if info else Status.PARTIAL, found, reason="" if info else "info"
            ),
        }
    if none := _no_subs(reading):
        return {name: Answer(name, Status.PRESENT, quoted(none)) for name in ("sub.list", "sub.identity", "sub.info")}
    some = _list_elsewhere(reading)
    status = Status.PARTIAL if some else Status.ABSENT
    return {
        "sub.list": Answer("sub.list", status, quoted(some), reason="elsewhere" if some else "absent"),
        "sub.identity": Answer("sub.identity", Status.ABSENT, reason="absent"),
        "sub.info": Answer("sub.info", Status.ABSENT, reason="absent"),
    }


def _sub_rows(reading: Reading) -> Iterator[Passage]:
    """Rows and items that name a sub-processor, and sentences that name companies as such."""
    annexes = _annexes_of_subs(reading)
    for passage in reading.passages:
        paragraph = passage.paragraph
        if paragraph.kind in (Kind.ROW, Kind.ITEM):
            heads = paragraph.headings
            under = "sub" in passage.over or any("SUB" in reading.parties.folded(head) for head in heads)
            under = under or any(head.lower().startswith(annex) for head in heads for annex in annexes)
            if under and _names_someone(passage):
                yield passage
        elif "sub" in passage.says and not passage.is_definition:
            named = [
                s
                for s in passage.sentences
                if _companies(s.text) and ({"sub", "engages"} & s.own or not {"processor", "controller"} & s.own)
            ]
            if named:
                yield passage


_ANNEX = re.compile(r"(?i)\b(?:bijlage|annex|schedule|appendix|exhibit|tabel|table) (?:[0-9]{1,2}|[IVX]{1,4}|[A-F])\b")


def _annexes_of_subs(reading: Reading) -> set[str]:
    """The annexes in which the paper says its list of sub-processors stands."""
    return {
        found[0].lower()
        for passage in reading.passages
        for number, sentence in enumerate(passage.sentences)
        if (found := _ANNEX.search(sentence.text))
        and {"list-word"} & sentence.own
        and any("sub" in each.says for each in passage.sentences[max(0, number - 1) : number + 1])
        and not {"scc-choice", "measures"} & sentence.own
    }


def _companies(text: str) -> bool:
    return len(COMPANY.findall(text)) >= 1 and "PROCESSOR" not in text


def _names_someone(passage: Passage) -> bool:
    """Whether a row or item opens with a proper name: capitals or a company form, and no sentence or blank."""
    cells = passage.paragraph.cells or (re.split(r"\s[—–\-:(]\s?|:\s|\s\(", passage.text)[0],)
    first = re.sub(r"[*_`]", "", cells[0]).strip()
    place = passage.paragraph.place
    if _ANNEX.match(first):
        return False  # a row that says which annex is which
    is_head = (
        place is not None
        and (place.is_head or place.row == 1)
        and "sub-table-head" in passage.says
        and not COMPANY.search(first)
    )
    if (
        is_head
        or not first
        or len(first) > 160
        or not re.search(r"[^\W\d_]{2}", first)
        or re.search(r"_{3,}|\[|\.{4,}|…", passage.text)
    ):
        return False
    if {"sub", "processor", "controller"} & _first_words(passage) and not COMPANY.search(first):
        return False
    if passage.paragraph.kind is Kind.ITEM and passage.text == first:
        return bool(COMPANY.search(first)) or (len(first.split()) <= 4 and bool(_PROPER.match(first)))
    if passage.paragraph.kind is Kind.ITEM:
        return (
            bool(_PROPER.match(first))
            and len(first.split()) <= 8
            and not {"informs", "imposes", "objection"} & passage.says
        )
    return bool(_PROPER.match(first)) and not {"informs", "objection", "scc-choice"} & passage.says


def _first_words(passage: Passage) -> set[str]:
    return {concept for s in passage.sentences[:1] for concept, _, start, _ in s.said if start <= 1}


_NONE = re.compile(
    r"(?i)(?:geen|no)\s+sub-?\s?(?:verwerkers?|processors?)"
    r"\s*(?:ingeschakeld|engaged|in gebruik|are used|at present|op dit moment)?\s*\.?$"
    r"|(?:none|geen)(?: of them)? (?:is|are|wordt|worden|zijn) (?:currently |nu )?(?:engaged|used|ingeschakeld)"
    r"|(?:does not|do not|doesn’t|don't) (?:use|engage) (?:any )?sub-?processors?\."
    r"|(?:maakt|maken) geen gebruik van sub-?verwerkers\."
)


def _no_subs(reading: Reading) -> Found:
    return [(p, s) for p in reading.passages for s in p.sentences if "sub" in p.says and _NONE.search(s.text.strip())]


def _list_elsewhere(reading: Reading) -> Found:
    return [
        (p, s)
        for p in reading.passages
        for s in p.sentences
        if ("sub" in p.says or "sub" in p.over)
        and (
            {"elsewhere", "sub-website-only"} & s.own
            or ("list-word" in s.own and "set-out" in s.own)
            or p.paragraph.links
        )
        and "on-request" not in s.own
        and not {"copy-of-contract", "breach"} & s.own
        and not p.is_definition
    ][:2] or [
        (p, s)
        for p in reading.passages
        for s in p.sentences
        if "sub" in s.own
        and "list-word" in s.own
        and not {"on-request", "copy-of-contract", "breach", "same-duties", "scc-choice"} & s.own
        and not p.is_definition
    ][:2]


def _parties(reading: Reading) -> dict[str, Answer]:
    """The parties with name and address, as the front of the paper or its signature has them."""
    return {f"parties.{role}": _party(reading, role) for role in ("controller", "processor")}


def _party(reading: Reading, role: str) -> Answer:
    name = f"parties.{role}"
    near = [
        p
        for p in reading.passages
        if role in p.says and not p.is_definition and _introduces(p, role) and (p.paragraph.index < FRONT or _signed(p))
    ]
    best: tuple[int, Passage] | None = None
    for passage in near[:12]:
        block = _block(reading, passage, role)
        text = "\n".join(each.text for each in block)
        score = 2 if (_ADDRESS.search(text) or _MAIL.search(text)) else 1
        blanks = len(re.findall(r"_{3,}|\[[^\]]{2,60}\]|\.{5,}", text))
        score = 0 if blanks and not re.search(r"_|\[", text.replace("[", "_", 0)) else score
        if blanks >= 2 or (blanks and score == 1):
            score = 0
        if best is None or score > best[0]:
            best = (score, passage)
    if best is None or best[0] == 0:
        return Answer(name, Status.ABSENT, (evidence(best[1]),) if best else (), reason="blank" if best else "absent")
    status = Status.PRESENT if best[0] == 2 else Status.PARTIAL
    return Answer(name, status, (evidence(best[1]),), reason="" if best[0] == 2 else "address")


FRONT = 30  # paragraphs in which the parties are introduced
_BETWEEN = re.compile(r"(?i)partij|ondergetekende|ondertekening|namens|part(?:y|ies)\b|signature|signed")
_BOUND = re.compile(r"(?i)\b(?:shall|must|zal|dient|bepaalt|biedt|stelt|verwerkt|infringes|provides?)\b")


def _signed(passage: Passage) -> bool:
    """Whether a passage stands among the parties, the contacts or the signatures."""
    return any(_BETWEEN.search(head) for head in passage.paragraph.headings[-2:])


def _introduces(passage: Passage, role: str) -> bool:
    first = _first_words(passage)
    return (
        role in first or bool(re.search(r"[\"“„(]", passage.text)) or passage.paragraph.kind in (Kind.ROW, Kind.HEADING)
    )


def _block(reading: Reading, passage: Passage, role: str) -> list[Passage]:
    other = "processor" if role == "controller" else "controller"
    block = [passage]
    for each in reading.passages[passage.paragraph.index + 1 : passage.paragraph.index + 8]:
        if other in _first_words(each) or each.paragraph.kind is Kind.HEADING:
            break
        block.append(each)
    return block


def _special(reading: Reading) -> Answer | None:
    """Whether data that call for extra protection are named with safeguards; nothing where there are none."""
    label = {"data-kind", "label-data", "special-label"}
    found = [
        (p, s)
        for p in reading.passages
        for s in p.sentences
        if not p.is_definition
        and _names_sensitive(s)
        and label & (p.over | s.says | p.near)
        and not {"no-special", "own-use"} & s.own
        and not ({"measures", "secrecy"} & s.own and not {"label-data"} & (p.over | s.own))
    ]
    if not found:
        return None
    extra = [
        (p, s)
        for p in reading.passages
        for s in p.sentences
        if {"special-extra"} & s.own and {"special-label", "sensitive-trigger"} & (s.says | p.near)
    ]
    status = Status.PRESENT if extra else Status.PARTIAL
    return Answer("art28.3.special", status, quoted([*found[:2], *extra[:1]]), reason="" if extra else "special")


def _names_sensitive(sentence: Sentence) -> bool:
    """Whether a sentence names sensitive data, other than to leave them out (“without diagnosis”)."""
    for concept, _, start, _ in sentence.said:
        before = {word.form for word in sentence.words[max(0, start - 2) : start]}
        if concept == "sensitive-trigger" and not before & {"zonder", "geen", "without", "no", "not", "niet", "non"}:
            return True
    return False


def texts(passages: Iterable[Passage]) -> str:
    """The words of passages, one a line."""
    return "\n".join(passage.text for passage in passages)
