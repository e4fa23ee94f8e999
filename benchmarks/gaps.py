"""How long each gap rule takes on a million triples of our own model, made at random from a seed.

python benchmarks/gaps.py [TRIPLES] [RULE …]

Prints CPU seconds by rule (the least of three runs, in this process and without a time limit), the slowest first. What
is generated has the shape of a large ecosystem: bodies of forty countries, networks, programmes, experiments, systems
and their audits, strategies with some of their elements, and relationship records with a source behind each.
"""

from __future__ import annotations

import io
import random
import sys
import time
from collections.abc import Iterator

from ecosystem import terms
from ecosystem.ontology import Ontology
from ecosystem.store import EmbeddedStore

COUNTRIES = 40
PER_ACTOR = 27.9  # triples that come with each actor: its own, and those of its initiatives and relationships
ACTOR_TYPES = {
    "Ministry": 8, "LineAgency": 10, "CityGovernment": 12, "NationalGovernment": 1, "Company": 20, "StartUp": 8,
    "University": 15, "ResearchInstitute": 8, "CivilSocietyOrganisation": 6, "SupremeAuditInstitution": 1,
    "InternalAuditor": 2, "Ombudsperson": 1, "Regulator": 2, "StateNetwork": 1, "CityNetwork": 1, "Office": 1,
}  # fmt: skip
INITIATIVE_TYPES = {
    "AlgorithmicSystem": 20, "Pilot": 15, "Testbed": 5, "Programme": 12, "Challenge": 8, "TrainingProgramme": 6,
    "Strategy": 4, "Audit": 5, "Report": 10, "Principles": 3, "Platform": 6, "Regulation": 2, "PartnershipProgramme": 4,
}  # fmt: skip
TO_INITIATIVES = ("leads", "participatesIn", "coOrganises", "funds", "hosts", "publishes", "participatesIn")
BETWEEN_ACTORS = ("partnersWith", "collaboratesWith", "advises", "funds", "partOf", "procuresFrom", "audits", "trains")
ELEMENTS = ("ObjectivesAndActions", "MeasurableGoals", "ResponsibleActors", "TimeFrames", "FundingMechanisms")
MECHANISMS = ("ChallengeOrPrize", "TestbedMethod", "PilotMethod", "HorizontalNetwork", "CoFunding", "Crowdsourcing")
PILLARS = ("People", "Partnerships", "Procurement")


def statements(actors: int, countries: list[str], seed: int = 1) -> Iterator[str]:
    """Yield Turtle about so many actors, a third as many initiatives, and three relationships an actor."""
    dice = random.Random(seed)
    kinds = dice.choices(list(ACTOR_TYPES), list(ACTOR_TYPES.values()), k=actors)
    home = [dice.choice(countries) for _ in range(actors)]
    initiatives = dice.choices(list(INITIATIVE_TYPES), list(INITIATIVE_TYPES.values()), k=actors // 3)
    networks = [number for number, kind in enumerate(kinds) if kind.endswith("Network")]
    for number in range(200):
        date = f'dcterms:date "{2005 + number % 20}"^^xsd:gYear'
        yield f'id:s{number} a eco:Source ; dcterms:title "Source {number}"@en ; {date} .'
    for number, kind in enumerate(kinds):
        place = "" if kind.endswith("Network") else f" ; eco:country country:{home[number]}"
        role = " ; eco:playsRole eco:UserRole" if kind == "LineAgency" and number % 3 == 0 else ""
        yield f'id:a{number} a eco:{kind} ; rdfs:label "Actor {number}"@en{place}{role} .'
    for number, kind in enumerate(initiatives):
        mechanism = f" ; eco:usesMechanism eco:{dice.choice(MECHANISMS)}" if number % 2 else ""
        stage = " ; eco:stage eco:Experimenting" if number % 11 == 0 else ""
        pillar = f" ; eco:strengthens eco:{dice.choice(PILLARS)}" if kind.endswith("Programme") else ""
        elements = "".join(
            f" ; eco:hasElement eco:{one}" for one in ELEMENTS if kind == "Strategy" and dice.random() < 0.6
        )
        yield f'id:i{number} a eco:{kind} ; rdfs:label "Initiative {number}"@en{mechanism}{stage}{pillar}{elements} .'
    systems = [number for number, kind in enumerate(initiatives) if kind == "AlgorithmicSystem"]
    for number in range(actors * 3):
        subject = f"id:a{dice.randrange(actors)}"
        draw = dice.random()
        if draw < 0.08:
            yield relationship(
                number, subject, dice.choice(("uses", "builds", "buys", "audits")), f"id:i{dice.choice(systems)}", dice
            )
        elif draw < 0.2 and networks:
            yield relationship(number, subject, "memberOf", f"id:a{dice.choice(networks)}", dice)
        elif draw < 0.55:
            yield relationship(
                number, subject, dice.choice(TO_INITIATIVES), f"id:i{dice.randrange(len(initiatives))}", dice
            )
        elif draw < 0.57:
            yield relationship(
                number,
                f"id:i{dice.randrange(len(initiatives))}",
                "buildsOn",
                f"id:i{dice.randrange(len(initiatives))}",
                dice,
            )
        else:
            yield relationship(number, subject, dice.choice(BETWEEN_ACTORS), f"id:a{dice.randrange(actors)}", dice)


def relationship(number: int, subject: str, relation: str, target: str, dice: random.Random) -> str:
    """Return a record and, unless it is denied, its triple."""
    denied = dice.random() < 0.01
    record = (
        f"id:r{number} a eco:Relationship ; rdf:subject {subject} ; rdf:predicate eco:{relation} ; "
        f"rdf:object {target} ; "
        f"eco:certainty eco:{'Denied' if denied else 'Stated'} ; prov:wasDerivedFrom id:s{dice.randrange(200)} ; "
        f'eco:locator "page {number % 90}" .'
    )
    return record if denied else f"{record} {subject} eco:{relation} {target} ."


def main(arguments: list[str]) -> None:
    """Make the data, run the rules, print what each took."""
    wanted = int(arguments[0]) if arguments else 1_000_000
    ontology = Ontology.load()
    store = EmbeddedStore.in_memory()
    store.add(ontology.triples, terms.ONTOLOGY)
    codes = [country.alpha3 for country in ontology.countries.values()][:COUNTRIES]
    head = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in terms.PREFIXES.items())
    text = head + "\n".join(statements(int(wanted / PER_ACTOR), codes))
    store.add_content(io.BytesIO(text.encode()), terms.ID + "dataset/benchmark")
    print(f"{len(store):,} triples, the ontology's {len(ontology.triples):,} among them")
    took = []
    for rule in ontology.rules.values():
        if arguments[1:] and rule.name not in arguments[1:]:
            continue
        seconds, found = [], 0
        for _ in range(3):
            start = time.process_time()
            found = len(store.select(rule.select))
            seconds.append(time.process_time() - start)
            if seconds[0] > 5:
                break
        took.append((min(seconds), rule.name, found))
    for second, name, found in sorted(took, reverse=True):
        print(f"{second:8.3f} s  {name:45} {found:8,} rows")
    print(f"{sum(second for second, _, _ in took):8.3f} s  all {len(took)} rules")


if __name__ == "__main__":
    main(sys.argv[1:])
