"""The nouns of the YAML: one processing relationship as typed, immutable values.

What each field means, in Dutch and English, stands in `data/fields.yaml`; what is filled in when a field
is left out stands in the clause library (`clauses/defaults.yaml`), because it is a lawyer's choice.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from dpa_gen.keeping import Accepted, Record, Standing, Suitability, Supervision
from dpa_gen.texts import Plain, wrong
from dpa_gen.values import (
    OPEN,
    AsList,
    Country,
    Day,
    Days,
    Fact,
    Frozen,
    Hours,
    Open,
    Period,
    Switch,
    Terms,
    TextOr,
    Words,
    WordsList,
    either_way,
)

Language = Literal["nl", "en"]


class Position(StrEnum):
    """Whose negotiating position the wording takes."""

    CONTROLLER = "controller"
    BALANCED = "balanced"
    PROCESSOR = "processor"


class Registration(Frozen):
    """Where a party is registered: a Dutch KvK number, or the name of a register and a number in it."""

    kvk: Plain | None = None
    register_name: Annotated[Plain | None, Field(alias="register")] = None
    number: Plain | None = None
    vat: Plain | None = None


class Address(Frozen):
    """A postal address; lines that a country does not use are left out."""

    street: Fact[Plain]
    postcode: Plain | None = None
    city: Fact[Plain]
    region: Plain | None = None
    country: Country


class Contact(Frozen):
    """Whom to reach, and how."""

    name: Plain | None = None
    role: Words | None = None
    email: Fact[Plain] | None = None
    phone: Fact[Plain] | None = None
    address: Address | None = None

    @model_validator(mode="after")
    def _reachable(self) -> Contact:
        if not any((self.name, self.email is not None, self.phone is not None, self.address)):
            raise wrong("contact", "this contact has no name, e-mail or phone", "Give at least one, or write ?.")
        return self


class Signatory(Frozen):
    """Who signs for a party."""

    name: Fact[Plain] = OPEN
    role: Fact[Words] = OPEN


def _signatories(value: object) -> object:
    return ({},) if value == "?" else value


Signatories = Annotated[tuple[Signatory, ...], AsList, BeforeValidator(_signatories)]


class Party(Frozen):
    """A legal person, or a person who runs a practice."""

    name: Fact[Plain]
    trade_name: Plain | None = None
    form: Words | None = None
    registration: Fact[Registration] = OPEN
    address: Fact[Address] = OPEN
    country_: Annotated[Country | None, Field(alias="country")] = None
    contact: Fact[Contact] = OPEN
    dpo: Fact[Contact] | None = None
    representative: Fact[Contact] | None = None
    signatory: Signatories = (Signatory(),)

    @property
    def country(self) -> str | None:
        """The country of establishment: that of the address, or the one given while the address is open."""
        return self.address.country if isinstance(self.address, Address) else self.country_


class MainAgreement(Frozen):
    """The contract for the service itself."""

    title: Words
    number: Plain | None = None
    date: Fact[Day] | None = None


class Service(Frozen):
    """What the processor does for the controller."""

    name: Words
    description: Words | None = None
    website: Plain | None = None
    main_agreement: Fact[MainAgreement] = OPEN


class Duration(Frozen):
    """How long the processing lasts: as long as the main agreement, until a day, for a period, or by a criterion."""

    until: Day | None = None
    period: Period | None = None
    criterion: Words | None = None

    @model_validator(mode="before")
    @classmethod
    def _read(cls, value: object) -> object:
        return {} if value == "main-agreement" else value

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return either_way(handler, schema)

    @model_validator(mode="after")
    def _one(self) -> Duration:
        if sum(part is not None for part in (self.until, self.period, self.criterion)) > 1:
            raise wrong("duration", "the duration is given in two ways", "Keep one of until, period and criterion.")
        return self

    @property
    def kind(self) -> str:
        """Which of the four ways was chosen."""
        given = [name for name in ("until", "period", "criterion") if getattr(self, name) is not None]
        return given[0] if given else "main-agreement"


class Retention(Frozen):
    """How long a kind of data is kept during the service; no `data` means all data."""

    data: WordsList = ()
    period: Period | None = None
    after: Words | None = None
    criterion: Words | None = None
    basis: Words | None = None

    @model_validator(mode="after")
    def _known(self) -> Retention:
        if self.period is None and self.criterion is None:
            raise wrong(
                "retention", "this retention has no period", "Add period: P30D with after: ..., or criterion: ...."
            )
        return self


class Basis(StrEnum):
    """What a transfer outside the EEA rests on (Chapter V GDPR)."""

    ADEQUACY = "adequacy"  # Article 45
    DPF = "dpf"  # Article 45: Decision (EU) 2023/1795, only for listed organisations
    SCC = "scc"  # Article 46(2)(c): Decision (EU) 2021/914
    BCR = "bcr"  # Article 46(2)(b), 47
    DEROGATION = "derogation"  # Article 49


class Assessment(Frozen):
    """A documented transfer impact assessment (clause 14(d) of the standard contractual clauses)."""

    date: Fact[Day]
    reference: Plain | None = None


class Transfer(Frozen):
    """What a transfer rests on, and what it falls back on when that lapses."""

    basis: Fact[Basis]
    fallback: Basis | None = None
    assessment: Fact[Assessment] | None = None
    supplementary: Words | None = None

    @model_validator(mode="before")
    @classmethod
    def _read(cls, value: object) -> object:
        return {"basis": value} if isinstance(value, str) and value != "?" else value

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return either_way(handler, schema)


class Location(Frozen):
    """A country where data are kept, or from where they can be reached."""

    country: Country
    place: Plain | None = None
    party: Plain | None = None
    purpose: Words | None = None
    transfer: Fact[Transfer] | None = None

    @model_validator(mode="before")
    @classmethod
    def _read(cls, value: object) -> object:
        return {"country": value} if isinstance(value, str) else value

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return either_way(handler, schema)


Locations = Annotated[tuple[Location, ...], AsList]


class Processing(Frozen):
    """What is done with which data of whom, for what and how long (Article 28(3), opening words)."""

    subject: Fact[Words]
    purpose: Fact[WordsList]
    nature: Fact[Terms]
    data_subjects: Fact[Terms]
    personal_data: Fact[Terms]
    duration: Fact[Duration] = Duration()
    retention: Fact[Annotated[tuple[Retention, ...], AsList]]
    safeguards: WordsList = ()
    volume: Words | None = None
    frequency: Words | None = None
    locations: Fact[Locations] = OPEN
    remote_access: Fact[Locations] = OPEN


class Certificate(Frozen):
    """A certificate or assurance report."""

    name: Plain
    scope: Words | None = None
    issuer: Plain | None = None
    number: Plain | None = None
    valid_until: Fact[Day] | None = None


class Security(Frozen):
    """The measures of Article 32, each with its parameter."""

    measures: Fact[Terms] = OPEN
    certifications: Annotated[tuple[Certificate, ...], AsList] = ()
    review: Period


class Authorisation(StrEnum):
    """Article 28(2): specific or general written authorisation."""

    SPECIFIC = "specific"
    GENERAL = "general"


class Subprocessor(Frozen):
    """Another processor that the processor engages."""

    name: Fact[Plain]
    address: Fact[TextOr[Address]] = OPEN
    contact: Fact[TextOr[Contact]] = OPEN
    country: Fact[Country]
    locations: Locations = ()
    task: Fact[Words]
    data: Fact[Terms] = OPEN
    transfer: Fact[Transfer] | None = None

    @property
    def countries(self) -> tuple[str, ...]:
        """Where this sub-processor is, and where it processes; an open country is left out."""
        own = () if isinstance(self.country, Open) else (self.country,)
        return tuple(dict.fromkeys((*own, *(location.country for location in self.locations))))


class Subprocessors(Frozen):
    """Who else may be engaged, and how the controller agrees to it."""

    authorisation: Authorisation
    notice_days: Days
    outside_eea: Literal["allowed", "forbidden"]
    selection: Words | None = None
    list_: Annotated[Fact[Annotated[tuple[Subprocessor, ...], AsList]], Field(alias="list")] = OPEN


class StandardClauses(Frozen):
    """The choices within the standard contractual clauses of Decision (EU) 2021/914 (LAW 1.9)."""

    module: Literal["2", "3"] | None = None
    importer_subject_to_gdpr: Switch | None = None
    docking: Switch
    authorisation: Authorisation | None = None
    notice_days: Days | None = None
    dispute_body: Plain | None = None
    authority: Fact[Words]
    governing_law: Country
    courts: Country
    assessment: Fact[Assessment] = OPEN


class Transfers(Frozen):
    """What the parties agree on transfers outside the EEA."""

    to_processor: Fact[Transfer] | None = None
    clauses: StandardClauses


class Breach(Frozen):
    """How soon and where a personal data breach is reported."""

    notify_within_hours: Hours
    contact: Fact[Contact] | None = None
    processor_contact: Fact[Contact] | None = None


class Requests(Frozen):
    """Requests of data subjects (Articles 12 to 22)."""

    forward_within_working_days: Days


class Assistance(Frozen):
    """Who bears the cost of assistance."""

    cost: Literal["included", "reasonable", "charged"]
    rate: Words | None = None


class Audit(Frozen):
    """Audits and inspections (Article 28(3)(h))."""

    notice_days: Days
    cost: Literal["processor", "own", "controller"]


class Deletion(Frozen):
    """The end: deletion or return (Article 28(3)(g))."""

    choice_days: Days
    within_days: Days
    backups_within_days: Days
    format: Words


class Cap(Frozen):
    """A limit to liability between the parties."""

    amount: Plain | None = None
    currency: Plain | None = None
    basis: Words | None = None

    @model_validator(mode="after")
    def _known(self) -> Cap:
        if self.amount is None and self.basis is None:
            raise wrong("cap", "this cap has no amount", 'Add amount: "50000" (euro), or basis: a sentence.')
        return self


class Liability(Frozen):
    """Liability between the parties; the law leaves it to them."""

    regime: Literal["unlimited", "cap", "main-agreement"]
    cap: Fact[Cap] = OPEN


class Precedence(Frozen):
    """Which document prevails."""

    over: Literal["everything", "data-protection"]


class Law(Frozen):
    """Governing law and courts."""

    governing: Country
    forum: Fact[Words] = OPEN


class Signing(Frozen):
    """How the contract is signed."""

    method: Literal["paper", "electronic"]


class Description(Frozen):
    """Everything that one contract is made from."""

    language: Annotated[tuple[Language, ...], AsList] = ("nl",)
    position: Position = Position.BALANCED
    positions: dict[str, Position] = Field(default_factory=dict)
    reference: Plain | None = None
    version: Plain = "1.0"
    effective: Fact[Day] | None = None
    processing_starts: Fact[Day] | None = None
    controller: Party
    processor: Party
    service: Service
    processing: Processing
    security: Security
    subprocessors: Subprocessors
    transfers: Transfers
    breach: Breach
    requests: Requests
    assistance: Assistance
    audit: Audit
    deletion: Deletion
    liability: Liability
    precedence: Precedence
    law: Law
    signing: Signing
    clauses: Annotated[tuple[Plain, ...], AsList] = ()
    template: Plain | None = None
    countries: Plain | None = None
    accepted: Annotated[tuple[Accepted, ...], AsList] = ()
    agreement: Standing = Standing()
    assessment: Suitability = Suitability()
    record: Record = Record()
    supervision: Supervision = Supervision()
