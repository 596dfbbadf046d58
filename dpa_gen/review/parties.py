"""Who is who: the names that a paper gives its controller and processor, and a text with the parties in their place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from dpa_gen.paper import Paper

_SUB = (
    r"(?:sub|onder|hulp)[\s\-‑]?(?:data[\s\-])?(?:processors?|verwerkers?|bewerkers?)|third[\s\-]party processors?|"
    r"sub[\s\-‑]?contractors?|onderaannemers?|hulpleveranciers?|vierde\s+partij(?:en)?|"
    r"(?:another|other|further|additional|new)\s+(?:data\s+)?processors?|andere?\s+(?:sub)?verwerkers?"
)
_CONTROLLER = (
    r"(?:data\s+)?controller|(?:verwerkings[\s\-]?)?verantwoordelijke|opdrachtgever|klant|afnemer|gebruiksgerechtigde|"
    r"customer|client|subscriber|data\s+exporter|licensee|licentienemer|merchant|buyer|school|werkgever|you|your|u|uw|jij|je|jouw|jullie"
)
_PROCESSOR = (
    r"(?:data\s+)?processor|(?:be|ver)werker|opdrachtnemer|leverancier|dienstverlener|(?:service\s+)?provider|supplier|"
    r"vendor|contractor|data\s+importer|licensor|licentiegever|aanbieder|uitvoerder|servicebureau|consultant|we|us|our|wij|ons|onze"
)
_ROLE = {
    "CONTROLLER": r"(?:data\s+)?controller|(?:verwerkings)?verantwoordelijke|customer|client|klant|opdrachtgever",
    "PROCESSOR": r"(?:data\s+)?processor|verwerker|bewerker|provider|supplier|vendor|leverancier|opdrachtnemer",
}
_ARTICLE = re.compile(r"^(?:De|Het|Een|The|A|An) ")
_NAME = r"[A-ZÀ-Þ][\w&.\-’]*(?: (?:[A-ZÀ-Þ][\w&.\-’]*|&)){0,3}"
_NO_NAMES = frozenset(
    "de het een the a an this deze dit these where indien if als bij in on op onder under to the any each for voor"
    " personal data gdpr avg dpa agreement overeenkomst verwerkersovereenkomst partij partijen party parties when"
    " persoonsgegevens services service dienst diensten eu eea eer scc sccs annex bijlage artikel article section it he"
    " ze zij hij and en of or such which all alle although upon after na no geen that dat"
    " main annex schedule hoofdovereenkomst".split()
)
_COMMON = re.compile(
    r"(?i)(?:data|gegevens|processing|verwerking|agreement|overeenkomst|incident|breach|datalek|applicable|laws?|report|"
    r"gdpr|avg|addendum|bijlage|partijen|transfer|services?|diensten?|terms|clauses?|annex|bijlage|sub\w*|customer|client|klant|controller|processor|"
    r"verwerker|party|partij|effective|date|dpa|eea|scc\w*|union|article|artikel|security|confidential\w*|personal|"
    r"instructi\w*|end|users?|authori\w*|member|state|european|commission|affiliates?|where|in|of|the|and|"
    r"for|uk|us|eu|restricted|responsible|special|category)"
)
_DUTIES = (
    r"shall|will|must|undertakes|agrees|processes|uses|has|ensures|implements|notifies|assists|zal|dient|verwerkt|meldt"
    r"|treft|neemt|gebruikt|informeert|stelt|biedt|zorgt|waarborgt|verleent|helpt|schakelt|legt|wist|houdt|bewaart"
    r"|verbindt|verplicht"
)
_OWED = (
    r"instructions? (?:of|from)|inform|informs|notify|notifies|assist|assists|behalf of|consent of|choice of|option of|"
    r"approval of|to|enable|instructies? van|informeert|stelt|helpt|namens|toestemming van|opdracht van|behoeve van|"
    r"keuze van|jegens|aan|verleent|ondersteunt|door"
)


@dataclass(frozen=True)
class Parties:
    """The names of each party in one paper."""

    controller: frozenset[str]
    processor: frozenset[str]

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        def names(each: frozenset[str]) -> str:
            return "|".join(re.escape(name) for name in sorted(each, key=len, reverse=True)) or r"(?!)"

        return re.compile(
            r"(?:\b(?i:the|de|het|een|an?|any|each|elke|iedere|every)\s+)?(?:"
            rf"(?P<SUB>(?i:\b(?:{_SUB})\b))|(?P<C1>\b(?:{names(self.controller)})\b)"
            rf"|(?P<P1>\b(?:{names(self.processor)})\b)"
            rf"|(?P<C2>(?i:\b(?:{_CONTROLLER})\b))|(?P<P2>(?i:\b(?:{_PROCESSOR})\b)))(?:[’']s\b)?"
        )

    def folded(self, text: str) -> str:
        """The text with CONTROLLER, PROCESSOR and SUB where it names the parties."""
        return self._pattern.sub(_label, text)


def _label(match: re.Match[str]) -> str:
    if match.lastgroup == "SUB":
        return " SUB "
    if match.group() in ("US", "U", "Us") and match.group() != "Us":
        return match.group()  # the country, not the firm
    return " CONTROLLER " if str(match.lastgroup).startswith("C") else " PROCESSOR "


def parties_of(paper: Paper) -> Parties:
    """The names that a paper gives the parties where it introduces them."""
    text = "\n".join(paragraph.text for paragraph in paper.paragraphs)[:200_000]
    found: dict[str, set[str]] = {"CONTROLLER": set(), "PROCESSOR": set()}
    for role, name in (*_introduced(text), *_aliased(text)):
        name = _FORM.sub("", _ARTICLE.sub("", name))
        if _is_name(name):
            found[role].add(name)
    found = {role: {name for name in names if text.count(name) >= 3} for role, names in found.items()}
    found = _other_half(text, found)
    both = found["CONTROLLER"] & found["PROCESSOR"]
    found = {role: names - both for role, names in found.items()}
    if not found["PROCESSOR"]:
        found["PROCESSOR"] |= _most_bound(text, found["CONTROLLER"])
    if not found["CONTROLLER"] and not _is_generic(text, "CONTROLLER"):
        found["CONTROLLER"] |= _most_owed(text, found["PROCESSOR"])
    return Parties(frozenset(found["CONTROLLER"]), frozenset(found["PROCESSOR"]))


def _introduced(text: str) -> Iterator[tuple[str, str]]:
    for role, nouns in _ROLE.items():
        # Processor ("Acme")
        for match in re.finditer(
            rf"(?i:\b(?:{nouns})\b)[ (*_,:]{{0,4}}(?:hierna[^\"“„]{{0,20}})?[\"“„]([^\"”“]{{2,40}})[\"”]", text
        ):
            yield role, match[1].strip()
        # Acme acts as processor, Acme (as a processor), Acme is the processor
        acts = (
            r"(?:(?:treedt|treden|handelt|optreedt|acts?|acting|kwalificeert|qualifies)(?: \w+){0,3}? (?:als|as)"
            r"|is|\(as|\(als)"
            r"(?: (?:een|de|a|an|the|data|aan te merken als))*"
        )
        for match in re.finditer(rf"\b({_NAME}),? (?:[a-z\-]+ ){{0,4}}?{acts} (?i:(?:{nouns}))\b", text):
            yield role, match[1].strip(" .,")


def _aliased(text: str) -> Iterator[tuple[str, str]]:
    """Names in the front matter: (“Acme”), processor; Acme B.V. (processor); the school (controller)."""
    for role, nouns in _ROLE.items():
        after = rf"[\"“„]([^\"”“]{{2,40}})[\"”]\)?,? (?:as |als |is |the |de |een |a )*(?i:{nouns})\b"
        before = rf"({_NAME})[^().;\n]{{0,80}}\((?:hierna:? |de |the |as |als )*(?i:{nouns})\)"
        plain = rf"\b(?:de|het|the) ([a-z]{{4,20}})\b[^().;\n]{{0,80}}\((?:hierna:? |de |the |as |als )*(?i:{nouns})\)"
        for pattern in (after, before, plain):
            for match in re.finditer(pattern, text):
                yield role, match[1].strip()
        row = rf"(?im:^(?:{nouns})(?: \| |: ))\s*([^|,\n]{{3,60}})"
        for match in re.finditer(row, text):
            yield role, match[1].strip()
            first = match[1].split()[0].lower()
            if len(first) > 4 and len(re.findall(rf"\b(?:de|het|the) {re.escape(first)}\b", text)) >= 2:
                yield role, first


def _other_half(text: str, found: dict[str, set[str]]) -> dict[str, set[str]]:
    """Where two short names are introduced and one is known to be the processor, the other is the controller."""
    quoted = re.findall(
        r"(?:hierna[^\"“„‘']{0,20}|hereinafter[^\"“„‘']{0,20}|[(,] ?(?:the )?)[\"“„‘']([^\"”“‘’']{3,40})[\"”’']",
        text[:4000],
    )
    names = [name for name in dict.fromkeys(quoted) if _is_name(name) and text.count(name) >= 3]
    named = {role: any(re.fullmatch(nouns, each, re.I) for each in quoted) for role, nouns in _ROLE.items()}
    for role, other in (("PROCESSOR", "CONTROLLER"), ("CONTROLLER", "PROCESSOR")):
        if named[role] and not named[other] and not found[other] and len(names) == 1:
            return {**found, other: {names[0]}}
        rest = [name for name in names if name not in found[role]]
        if not found[other] and len(names) == 2 and len(rest) == 1:
            return {**found, other: {rest[0]}}
    return found


_FORM = re.compile(r",? (?:B\.?V\.?|N\.?V\.?|Inc\.?|LLC|GmbH|Ltd\.?|Limited|plc)$")


def _is_name(name: str) -> bool:
    if (
        len(name) < 3
        or len(name) > 40
        or ". " in name
        or name.lower() in _NO_NAMES
        or all(map(_COMMON.fullmatch, name.split()))
    ):
        return False
    nouns = f"{_CONTROLLER}|{_PROCESSOR}|{_SUB}"
    return not re.fullmatch(nouns, name, re.I) and all(part.lower() not in _NO_NAMES for part in name.split()[:1])


def _most_bound(text: str, taken: set[str]) -> set[str]:
    """The name that most duties are laid on, when it carries several and is nobody else's."""
    counted = Counter(
        match[1] for match in re.finditer(rf"(?m:^|[.;:)]\s)(?:(?:The|De|Het) )?({_NAME})\s(?:{_DUTIES})\b", text)
    )
    names = [(name, times) for name, times in counted.most_common(5) if _is_name(name) and name not in taken]
    return {names[0][0]} if names and names[0][1] >= 3 else set()


def _is_generic(text: str, role: str) -> bool:
    """Whether a paper calls a party by a word that anybody understands."""
    return len(re.findall(rf"(?i)\b(?:{_ROLE[role]}|you|jij|je|u)\b", text)) >= 6


def _most_owed(text: str, taken: set[str]) -> set[str]:
    """The name that most is owed to: instructions of it, notices to it, help for it."""
    owed = re.finditer(rf"\b(?:{_OWED}) (?:the |de |het )?({_NAME})", text)
    counted = Counter(match[1].rstrip(".,") for match in owed)
    names = [(name, times) for name, times in counted.most_common(8) if _is_name(name) and name not in taken]
    return {names[0][0]} if names and names[0][1] >= 3 else set()
