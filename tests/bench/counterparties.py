"""Invented counterparties, as many as are asked, each different and the same every time: the data of the benchmark."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

SHARED = """\
# Eén uitgever met veel leveranciers; alles is verzonnen.
language: nl
position: balanced
controller:
  name: Uitgeverij Het Voorbeeld B.V.
  form: besloten vennootschap
  registration: {kvk: "01234567"}
  address: {street: Drukkersweg 4, postcode: 3811 MH, city: Amersfoort, country: NL}
  contact: {name: afdeling Privacy, email: privacy@voorbeeld.example.nl, phone: 033 000 00 10}
  signatory: {name: Joke de Groot, role: directeur}
breach:
  contact: {name: meldpunt datalekken, email: datalek@voorbeeld.example.nl, phone: 033 000 00 12}
security:
  measures:
    - {term: encryption-in-transit, detail: TLS 1.3}
    - {term: encryption-at-rest, detail: AES-256}
    - {term: multi-factor, detail: voor alle medewerkers van de Verwerker}
    - {term: back-up, detail: "elke dag, 30 dagen bewaard"}
    - {term: logging, detail: een jaar bewaard}
liability: {cap: {amount: "250000"}}
law: {governing: NL, forum: de rechtbank Midden-Nederland}
"""
TRADES = ("Hosting", "Post", "Salaris", "Dossier", "Agenda", "Betaal", "Archief", "Zorg", "Koppel", "Bezorg")
FORMS = ("B.V.", "N.V.", "Holding B.V.", "Coöperatie U.A.", "GmbH")
CITIES = (("Utrecht", "3511 AB"), ("Groningen", "9711 LM"), ("Zwolle", "8011 PK"), ("Breda", "4811 XC"))
FIRST = ("Anna", "Bram", "Chaima", "Daan", "Esra", "Floor", "Gijs", "Hanna", "Imran", "Jet")
LAST = ("de Vries", "Jansen", "El Amrani", "van den Berg", "Bakker", "Yıldız", "Visser", "’t Hart", "Ó Briain")
WORK = (
    ("het versturen van de nieuwsbrief", "de nieuwsbrief samenstellen en versturen", "newsletter-subscribers"),
    ("de administratie van abonnementen", "abonnementen bijhouden en innen", "customers"),
    ("de salarisadministratie", "lonen berekenen en betalen", "employees"),
    ("het beheer van de website", "de website beschikbaar houden", "website-visitors"),
)
DATA = ("contact-details", "email-address", "invoices", "log-data", "messages", "appointment-data", "login-data")
NATURE = ("record", "store", "consult", "send", "host", "back-up", "support-access", "export", "erase")


def counterparty(number: int) -> str:
    """The description of one counterparty, as a person would write it: some thirty lines."""
    chance = random.Random(number)
    name = f"{chance.choice(TRADES)}{chance.choice(('farn', 'lind', 'wijs', 'nova'))} {number:05d}"
    city, postcode = chance.choice(CITIES)
    subject, purpose, whose = chance.choice(WORK)
    person = f"{chance.choice(FIRST)} {chance.choice(LAST)}"
    site = f"n{number:05d}.example.nl"
    data = chance.sample(DATA, chance.randint(2, 5))
    nature = chance.sample(NATURE, chance.randint(3, 7))
    return f"""\
# Verzonnen leverancier {number}.
reference: VWO-2026-{number:05d}
effective: 2027-0{chance.randint(1, 9)}-01
processor:
  name: {name} {chance.choice(FORMS)}
  trade_name: {name}
  form: besloten vennootschap
  registration: {{kvk: "{chance.randint(0, 99_999_999):08d}"}}
  address: {{street: Dorpsstraat {chance.randint(1, 400)}, postcode: {postcode}, city: {city}, country: NL}}
  contact: {{name: {person}, email: privacy@{site}, phone: "0{chance.randint(10, 79)} 000 {number % 10000:04d}"}}
  signatory: {{name: {chance.choice(FIRST)} {chance.choice(LAST)}, role: directeur}}
service:
  name: {name} Online
  description: {subject}
  website: https://www.{site}
  main_agreement: {{title: Opdracht, number: "{number + 1000}", date: 2026-0{chance.randint(1, 9)}-14}}
processing:
  subject: {subject}
  purpose: [{purpose}, vragen van betrokkenen beantwoorden]
  nature: [{", ".join(nature)}]
  data_subjects: [{whose}]
  personal_data: [{", ".join(data)}]
  retention: {{period: P{chance.randint(1, 7)}Y, after: end-of-agreement}}
  volume: ongeveer {chance.randint(2, 90)}00 personen
  locations: [{{country: NL, place: {city}}}, {{country: {chance.choice(("DE", "FR", "IE", "FI"))}, purpose: back-up}}]
  remote_access: [NL]
breach: {{notify_within_hours: {chance.choice((24, 36, 48))}, processor_contact: {{email: alarm@{site}}}}}
subprocessors:
  list:
    - {{name: Wadfarn Hosting B.V., country: NL, task: hosting, data: [{data[0]}]}}
    - {{name: Rheinfarn {number} GmbH, country: DE, task: back-up, data: [{data[-1]}]}}
deletion: {{format: csv}}
"""


def write_workspace(folder: Path, count: int) -> tuple[Path, ...]:
    """A workspace with as many counterparties over one shared file."""
    (folder / "processors").mkdir(parents=True, exist_ok=True)
    (folder / "dpa-gen.yaml").write_text(SHARED, "utf-8")
    return tuple(_written(folder, count))


def _written(folder: Path, count: int) -> Iterator[Path]:
    for number in range(count):
        path = folder / "processors" / f"n{number:05d}.yaml"
        path.write_text(counterparty(number), "utf-8")
        yield path
