"""What each gap rule finds: a case with the gap, a case without it, and one where a source denies the thing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pyoxigraph as ox
import pytest

from ecosystem import terms
from ecosystem.ontology import Ontology

Ask = Callable[[str, str], set[tuple[str, ...]]]


@dataclass(frozen=True)
class Case:
    """Turtle with the gap and the rows that it gives; Turtle that closes it; a denial, and the rows that it marks.

    A row is (subject, detail, record), by local name; empty where unbound.
    """

    gap: str
    rows: set[tuple[str, str, str]]
    closed: tuple[str, ...]
    denial: str
    denied: set[tuple[str, str, str]]


def denies(subject: str, relation: str, target: str) -> str:
    return f"""id:no a eco:Relationship ; eco:certainty eco:Denied ;
        rdf:subject {subject} ; rdf:predicate eco:{relation} ; rdf:object {target} ."""


ELEMENTS = (
    "ObjectivesAndActions",
    "MeasurableGoals",
    "ResponsibleActors",
    "TimeFrames",
    "FundingMechanisms",
    "MonitoringInstruments",
)
COURT = "id:court a eco:SupremeAuditInstitution ; eco:country country:NLD ."

CASES = {
    "AgencyWithoutOverseer": Case(
        gap="id:tax a eco:LineAgency ; eco:uses id:model . id:model a eco:AlgorithmicSystem . "
        "id:police a eco:LineAgency ; eco:playsRole eco:LineAgencyRole . "
        "id:web a eco:Platform . id:library a eco:LineAgency ; eco:uses id:web .",
        rows={("tax", "model", ""), ("police", "", "")},
        closed=(
            f"{COURT} id:court eco:audits id:tax , id:police .",
            f"{COURT} id:court eco:oversees id:model ; eco:handlesComplaintsAbout id:police .",
            f"{COURT} id:tax eco:isAccountableTo id:court . id:police eco:isAccountableTo id:court .",
        ),
        denial=denies("id:court", "audits", "id:model"),
        denied={("tax", "model", "no"), ("police", "", "")},
    ),
    "CountryWithoutAuditInstitution": Case(
        gap="id:tax a eco:LineAgency ; eco:country country:NLD . "
        "id:ministry a eco:Ministry ; eco:country country:ESP . "
        "id:school a eco:PublicBody ; eco:country country:CHL ; eco:buys id:model . id:model a eco:AlgorithmicSystem .",
        rows={("NLD", "", ""), ("CHL", "", "")},
        closed=(
            f"{COURT} id:comptroller a eco:PublicBody ; eco:country country:CHL ; "
            "eco:playsRole eco:AuditInstitutionRole .",
        ),
        denial="id:chamber a eco:PublicBody ; eco:country country:NLD . "
        + denies("id:chamber", "playsRole", "eco:AuditInstitutionRole"),
        denied={("NLD", "", "no"), ("CHL", "", "")},
    ),
    "AccountabilityActorAlone": Case(
        gap=f"{COURT} id:court eco:audits id:tax . id:tax a eco:LineAgency . id:other a eco:Ombudsperson .",
        rows={("court", "", ""), ("other", "", "")},
        closed=(
            "id:court eco:collaboratesWith id:other .",
            "id:court eco:participatesIn id:talks . id:other eco:coOrganises id:talks . id:talks a eco:Workshop .",
        ),
        denial=denies("id:court", "collaboratesWith", "id:other"),
        denied={("court", "", "no"), ("other", "", "no")},
    ),
    "AuditWithoutFollowUp": Case(
        gap="id:audit a eco:Audit . id:report a eco:Report .",
        rows={("audit", "", "")},
        closed=(
            "id:plan a eco:Strategy ; eco:followsUp id:audit .",
            "id:next a eco:Evaluation ; eco:buildsOn id:audit .",
        ),
        denial=denies("id:plan", "followsUp", "id:audit"),
        denied={("audit", "", "no")},
    ),
    "StrategyLackingElement": Case(
        gap="id:plan a eco:Strategy ; eco:hasElement "
        + " , ".join(f"eco:{name}" for name in ELEMENTS[:4])
        + " . id:law a eco:Law .",
        rows={("plan", "FundingMechanisms", ""), ("plan", "MonitoringInstruments", "")},
        closed=("id:plan eco:hasElement eco:FundingMechanisms , eco:MonitoringInstruments .",),
        denial=denies("id:plan", "hasElement", "eco:FundingMechanisms"),
        denied={("plan", "FundingMechanisms", "no"), ("plan", "MonitoringInstruments", "")},
    ),
    "PrinciplesWithoutPractice": Case(
        gap="id:principles a eco:Principles . id:advice a eco:Recommendation . id:law a eco:Law .",
        rows={("principles", "", ""), ("advice", "", "")},
        closed=("id:chile eco:adopts id:principles . id:standard a eco:Standard ; eco:buildsOn id:advice .",),
        denial=denies("id:chile", "implements", "id:advice"),
        denied={("principles", "", ""), ("advice", "", "no")},
    ),
    "CountryLackingPillar": Case(
        gap="id:ministry a eco:Ministry ; eco:country country:CHL ; eco:strengthens eco:Procurement . "
        "id:course a eco:TrainingProgramme ; eco:country country:ARG ; eco:strengthens eco:Partnerships .",
        rows={("CHL", "People", ""), ("CHL", "Partnerships", "")},
        closed=(
            "id:ministry eco:strengthens eco:People . id:ministry eco:leads id:pact . "
            "id:pact a eco:PartnershipProgramme ; eco:strengthens eco:Partnerships .",
        ),
        denial=denies("id:ministry", "strengthens", "eco:People"),
        denied={("CHL", "People", "no"), ("CHL", "Partnerships", "")},
    ),
    "CrossBorderInitiativeWithoutOrchestrator": Case(
        gap="id:nasa a eco:SpaceAgency ; eco:country country:USA ; eco:participatesIn id:food , id:principles . "
        "id:csa a eco:SpaceAgency ; eco:country country:CAN ; eco:coOrganises id:food ; eco:participatesIn id:home . "
        "id:eu a eco:SupranationalBody ; eco:funds id:corridor . country:TUR eco:participatesIn id:corridor . "
        "id:food a eco:Challenge . id:home a eco:Challenge . id:corridor a eco:Pilot . "
        "id:principles a eco:Principles . id:csa eco:adopts id:principles . "
        "id:marked a eco:Grant ; dcterms:subject eco:CrossBorderInnovation . "
        "id:road a eco:Testbed ; eco:testedIn country:TUR , country:CHN .",
        rows={("food", "", ""), ("corridor", "", ""), ("marked", "", ""), ("road", "", "")},
        closed=(
            "id:nasa eco:leads id:food . id:eu eco:coordinates id:corridor , id:road . id:csa eco:connects id:marked .",
        ),
        denial=denies("id:nasa", "coordinates", "id:food"),
        denied={("food", "", "no"), ("corridor", "", ""), ("marked", "", ""), ("road", "", "")},
    ),
    "CrossBorderNetworkWithoutOrchestrator": Case(
        gap="id:cities a eco:CityNetwork . id:local a eco:MunicipalNetwork . "
        "id:paris a eco:CityGovernment ; eco:country country:FRA ; eco:memberOf id:cities . "
        "id:berlin a eco:CityGovernment ; eco:country country:DEU ; eco:memberOf id:cities . "
        "id:leeds a eco:CityGovernment ; eco:country country:GBR ; eco:memberOf id:local .",
        rows={("cities", "", "")},
        closed=("id:paris eco:coordinates id:cities .", "id:paris eco:hosts id:cities ."),
        denial=denies("id:paris", "leads", "id:cities"),
        denied={("cities", "", "no")},
    ),
    "ExperimentWithoutHome": Case(
        gap="id:pilot a eco:Pilot . id:try a eco:Platform ; eco:stage eco:Experimenting . id:site a eco:Platform .",
        rows={("pilot", "", ""), ("try", "", "")},
        closed=("id:city eco:hosts id:pilot . id:city eco:establishes id:try .",),
        denial=denies("id:city", "hosts", "id:pilot"),
        denied={("pilot", "", "no"), ("try", "", "")},
    ),
    "ExperimentWithoutFunding": Case(
        gap="id:pilot a eco:Pilot . id:try a eco:Platform ; eco:stage eco:Experimenting . id:site a eco:Platform .",
        rows={("pilot", "", ""), ("try", "", "")},
        closed=("id:city eco:funds id:pilot . id:grant a eco:Grant ; eco:awardsTo id:try .",),
        denial=denies("id:city", "funds", "id:pilot"),
        denied={("pilot", "", "no"), ("try", "", "")},
    ),
    "InitiativeNeverEvaluated": Case(
        gap="id:grant a eco:Grant . id:site a eco:Platform ; eco:stage eco:Scaled . id:plan a eco:Strategy . "
        "id:dream a eco:Programme ; eco:stage eco:Idea . id:talk a eco:Event ; eco:stage eco:Ended .",
        rows={("grant", "", ""), ("site", "", "")},
        closed=("id:court eco:audits id:grant . id:study a eco:ImpactStudy ; eco:cites id:site .",),
        denial=denies("id:court", "evaluates", "id:grant"),
        denied={("grant", "", "no"), ("site", "", "")},
    ),
    "StartUpWithoutGovernmentTie": Case(
        gap="id:firm a eco:StartUp ; eco:partnersWith id:other . id:other a eco:Company . "
        "id:city a eco:CityGovernment .",
        rows={("firm", "", "")},
        closed=(
            "id:city eco:procuresFrom id:firm .",
            "id:city eco:uses id:model . id:firm eco:builds id:model . id:model a eco:AlgorithmicSystem .",
            "id:city eco:leads id:programme . id:programme a eco:AcceleratorProgramme ; eco:accelerates id:firm .",
        ),
        denial=denies("id:city", "contracts", "id:firm"),
        denied={("firm", "", "no")},
    ),
    "IsolatedActor": Case(
        gap="id:alone a eco:University ; eco:basedIn country:FRA ; eco:addresses eco:Govtech ; eco:cites eco:Govtech . "
        "id:tied a eco:University ; eco:partnersWith id:friend . id:friend a eco:Ministry . "
        "id:writer a eco:University ; eco:publishes id:book . id:book a eco:Report .",
        rows={("alone", "", "")},
        closed=("id:alone eco:tiedTo id:friend .", "id:friend eco:advises id:alone ."),
        denial=denies("id:friend", "partnersWith", "id:alone"),
        denied={("alone", "", "no")},
    ),
}


@pytest.fixture(scope="module")
def ask(ontology: Ontology, turtle: Callable[[str], list[ox.Triple]]) -> Ask:
    """Return a function that runs a rule over Turtle and the ontology, in graphs of their own."""
    graph, dataset = ox.NamedNode(terms.ONTOLOGY), ox.NamedNode(terms.ID + "dataset/test")
    known = ox.Store()
    known.bulk_extend(ox.Quad(*triple, graph) for triple in ontology.triples)

    def run(rule: str, text: str) -> set[tuple[str, ...]]:
        known.remove_graph(dataset)
        known.extend(ox.Quad(*triple, dataset) for triple in turtle(text))
        select = ontology.rules[terms.ECO + rule].select
        answer = known.query(select, prefixes=dict(terms.PREFIXES), use_default_graph_as_union=True)
        assert isinstance(answer, ox.QuerySolutions)
        names = {name.value for name in answer.variables}
        wanted = [name if name in names else None for name in ("subject", "detail", "record")]
        rows = [tuple(_local(row[name]) if name else "" for name in wanted) for row in answer]
        assert len(rows) == len(set(rows)), "a gap is told once"
        return set(rows)

    return run


def _local(term: ox.NamedNode | None) -> str:
    return term.value.replace("#", "/").rpartition("/")[2] if term else ""


@pytest.mark.parametrize("rule", CASES)
def test_the_gap_is_found(rule: str, ask: Ask) -> None:
    assert ask(rule, CASES[rule].gap) == CASES[rule].rows


@pytest.mark.parametrize(("rule", "closed"), [(rule, one) for rule, case in CASES.items() for one in case.closed])
def test_a_closed_gap_is_not(rule: str, closed: str, ask: Ask) -> None:
    assert ask(rule, f"{CASES[rule].gap} {closed}") == set()


@pytest.mark.parametrize("rule", CASES)
def test_a_denial_is_evidence_of_absence(rule: str, ask: Ask) -> None:
    case = CASES[rule]
    assert ask(rule, f"{case.gap} {case.denial}") == case.denied


@pytest.mark.parametrize("rule", CASES)
def test_nothing_is_missing_where_there_are_no_data(rule: str, ask: Ask) -> None:
    assert ask(rule, "") == set()


def test_no_rule_is_without_its_case(ontology: Ontology) -> None:
    assert {terms.ECO + rule for rule in CASES} == set(ontology.rules)
