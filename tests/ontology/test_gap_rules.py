"""What each gap rule finds: a case with the gap, a case without it, and one where a source denies the thing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

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
    denial: str = ""
    denied: set[tuple[str, str, str]] = field(default_factory=set)


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
USED = "id:tax a eco:LineAgency ; eco:country country:NLD ; eco:uses id:model . id:model a eco:AlgorithmicSystem ."
PEERS = (
    "id:france a eco:Ministry ; eco:country country:FRA . id:chile a eco:Ministry ; eco:country country:CHL . "
    "id:alone a eco:Ministry ; eco:country country:PER ."
)
SHARED = "id:food a eco:Challenge . id:france eco:participatesIn id:food . id:chile eco:participatesIn id:food ."
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
        "id:course a eco:TrainingProgramme ; eco:strengthens eco:People . id:office eco:leads id:course ; "
        "eco:country country:ARG . id:silent a eco:Ministry ; eco:country country:PER .",
        rows={
            ("CHL", "People", ""),
            ("CHL", "Partnerships", ""),
            ("ARG", "Procurement", ""),
            ("ARG", "Partnerships", ""),
        },
        closed=(
            "id:ministry eco:strengthens eco:People ; eco:leads id:pact . "
            "id:pact a eco:PartnershipProgramme ; eco:strengthens eco:Partnerships . "
            "id:office eco:strengthens eco:Procurement , eco:Partnerships .",
        ),
        denial=denies("id:ministry", "strengthens", "eco:People"),
        denied={
            ("CHL", "People", "no"),
            ("CHL", "Partnerships", ""),
            ("ARG", "Procurement", ""),
            ("ARG", "Partnerships", ""),
        },
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
    "RequirementsNotMet": Case(
        gap="id:rules a eco:Framework . id:police a eco:LineAgency . "
        "id:book a eco:Report . " + denies("id:police", "implements", "id:rules"),
        rows={("police", "rules", "no")},
        closed=("id:police eco:implements id:rules .",),
        denied={("police", "rules", "no")},
    ),
    "AuditInstitutionApart": Case(
        gap=f"{COURT} id:tax a eco:LineAgency ; eco:country country:NLD . "
        "id:office a eco:SupremeAuditInstitution ; eco:country country:DEU ; eco:audits id:tax . "
        "id:berlin a eco:CityGovernment ; eco:country country:DEU .",
        rows={("court", "", "")},
        closed=("id:court eco:audits id:tax .", "id:tax eco:reportsTo id:court ."),
        denial=denies("id:court", "audits", "id:tax"),
        denied={("court", "", "no")},
    ),
    "CountryAccountabilityApart": Case(
        gap=f"{COURT} id:ombud a eco:Ombudsperson ; eco:country country:NLD . "
        "id:lonely a eco:Ombudsperson ; eco:country country:ESP .",
        rows={("NLD", "", "")},
        closed=(
            "id:court eco:collaboratesWith id:ombud .",
            "id:court eco:participatesIn id:talks . id:ombud eco:hosts id:talks . id:talks a eco:Workshop .",
        ),
        denial=denies("id:court", "collaboratesWith", "id:ombud"),
        denied={("NLD", "", "no")},
    ),
    "SystemWithoutComplaints": Case(
        gap=f"{USED} id:firm a eco:Company ; eco:uses id:other . id:other a eco:AlgorithmicSystem .",
        rows={("model", "", "")},
        closed=(
            "id:ombud eco:handlesComplaintsAbout id:model .",
            "id:ombud eco:handlesComplaintsAbout id:tax .",
        ),
        denial=denies("id:ombud", "handlesComplaintsAbout", "id:model"),
        denied={("model", "", "no")},
    ),
    "BodyWithoutInternalAuditor": Case(
        gap=f"{USED} {COURT} id:court eco:audits id:tax .",
        rows={("tax", "", "")},
        closed=(
            "id:inside a eco:InternalAuditor ; eco:partOf id:tax .",
            "id:inside a eco:Unit ; eco:playsRole eco:InternalAuditorRole ; eco:audits id:tax .",
        ),
        denial="id:inside a eco:InternalAuditor . " + denies("id:inside", "audits", "id:tax"),
        denied={("tax", "", "no")},
    ),
    "SystemWithoutRegister": Case(
        gap=USED,
        rows={("model", "", "")},
        closed=("id:model eco:partOf id:register . id:register a eco:Platform .", "id:tax eco:publishes id:model ."),
        denial=denies("id:tax", "publishes", "id:model"),
        denied={("model", "", "no")},
    ),
    "SystemWithoutRules": Case(
        gap=f"{USED} id:tax eco:implements id:guide . id:guide a eco:Guideline .",
        rows={("model", "", "")},
        closed=(
            "id:act a eco:Law ; eco:regulates id:model .",
            "id:act a eco:Law ; eco:setsRulesFor id:tax .",
            "id:guide eco:addresses eco:AlgorithmicAccountability .",
        ),
        denial="id:act a eco:Law . " + denies("id:act", "regulates", "id:model"),
        denied={("model", "", "no")},
    ),
    "StrategyWithoutOwner": Case(
        gap="id:plan a eco:Strategy . id:state eco:adopts id:plan . id:law a eco:Law .",
        rows={("plan", "", "")},
        closed=("id:office eco:leads id:plan .", "id:office eco:implements id:plan ."),
        denial=denies("id:office", "leads", "id:plan"),
        denied={("plan", "", "no")},
    ),
    "StrategyNeverReviewed": Case(
        gap="id:plan a eco:Strategy . id:law a eco:Law ; eco:cites id:plan .",
        rows={("plan", "", "")},
        closed=(
            "id:book a eco:Report ; eco:cites id:plan .",
            "id:next a eco:Strategy ; eco:succeeds id:plan . id:court eco:evaluates id:next .",
        ),
        denial=denies("id:court", "evaluates", "id:plan"),
        denied={("plan", "", "no")},
    ),
    "CountryWithoutStrategy": Case(
        gap="id:office a eco:Office ; eco:country country:ESP ; eco:addresses eco:AIInGovernment . "
        "id:school a eco:Ministry ; eco:country country:CHL . " + USED,
        rows={("ESP", "", ""), ("NLD", "", "")},
        closed=(
            "id:plan a eco:Strategy ; eco:country country:ESP . id:tax eco:adopts id:other . id:other a eco:Strategy .",
        ),
        denial="id:plan a eco:Strategy . " + denies("id:office", "adopts", "id:plan"),
        denied={("ESP", "", "no"), ("NLD", "", "")},
    ),
    "CountryWithoutCoordinator": Case(
        gap=f"{USED} id:office a eco:Office ; eco:country country:ESP .",
        rows={("NLD", "", "")},
        closed=("id:centre a eco:CentreOfGovernment ; eco:country country:NLD .",),
        denial=denies("id:tax", "playsRole", "eco:ConvenerRole"),
        denied={("NLD", "", "no")},
    ),
    "SystemsWithoutTraining": Case(
        gap=f"{USED} id:other a eco:LineAgency ; eco:country country:ESP .",
        rows={("NLD", "", "")},
        closed=(
            "id:school eco:trains id:tax .",
            "id:course a eco:TrainingProgramme ; eco:country country:NLD .",
            "id:tax eco:leads id:course . id:course a eco:Programme ; eco:strengthens eco:People .",
        ),
        denial=denies("id:tax", "strengthens", "eco:People"),
        denied={("NLD", "", "no")},
    ),
    "ProcurementRulesWithoutGuide": Case(
        gap="id:code a eco:Regulation ; eco:addresses eco:PublicProcurement . id:act a eco:Law . "
        "id:book a eco:Report ; eco:cites id:code .",
        rows={("code", "", "")},
        closed=("id:guide a eco:Handbook ; eco:cites id:code .",),
        denial="id:guide a eco:Handbook . " + denies("id:guide", "cites", "id:code"),
        denied={("code", "", "no")},
    ),
    "PartnershipWithinGovernment": Case(
        gap="id:pact a eco:PartnershipProgramme . id:one a eco:Ministry ; eco:leads id:pact . "
        "id:two a eco:CityGovernment ; eco:participatesIn id:pact . "
        "id:small a eco:PartnershipProgramme . id:one eco:leads id:small .",
        rows={("pact", "", "")},
        closed=(
            "id:lab a eco:University ; eco:participatesIn id:pact .",
            "id:firm a eco:StartUp ; eco:funds id:pact .",
        ),
        denial="id:lab a eco:University . " + denies("id:lab", "participatesIn", "id:pact"),
        denied={("pact", "", "no")},
    ),
    "CountriesApartInOneNetwork": Case(
        gap=f"id:net a eco:StateNetwork . {PEERS} id:france eco:memberOf id:net . id:chile eco:memberOf id:net .",
        rows={("CHL", "FRA", "")},
        closed=(
            "id:chile eco:partnersWith id:france .",
            "id:france eco:leads id:pact . id:chile eco:coOrganises id:pact . id:pact a eco:PartnershipProgramme .",
        ),
        denial=denies("id:france", "partnersWith", "id:chile"),
        denied={("CHL", "FRA", "no")},
    ),
    "CrossBorderWithoutFormalMechanism": Case(
        gap=f"{PEERS} {SHARED} id:bed a eco:Testbed ; eco:testedIn country:CHN , country:TUR .",
        rows={("food", "", "")},
        closed=(
            "id:food eco:usesMechanism eco:CoFunding .",
            "id:charter a eco:Framework ; eco:setsRulesFor id:food .",
            "id:net a eco:CityNetwork ; eco:coordinates id:food ; eco:usesMechanism eco:HorizontalNetwork .",
        ),
        denial=denies("id:food", "usesMechanism", "eco:CoFunding"),
        denied={("food", "", "no")},
    ),
    "LedFromSeveralSidesWithoutRoles": Case(
        gap=f"{PEERS} id:food a eco:Challenge . id:chile eco:leads id:food . id:france eco:leads id:food . "
        "id:home a eco:Challenge . id:chile eco:leads id:home . id:other eco:leads id:home ; eco:country country:CHL .",
        rows={("food", "", "")},
        closed=(
            "id:food eco:shows eco:ClearRoles .",
            'id:record rdf:object id:food ; eco:role "runs the jury" .',
        ),
        denial=denies("id:food", "shows", "eco:ClearRoles"),
        denied={("food", "", "no")},
    ),
    "EvaluatedFromOneSide": Case(
        gap=f"{PEERS} {SHARED} id:food a eco:Challenge . id:judge a eco:University ; eco:country country:CHL ; "
        "eco:evaluates id:food .",
        rows={("food", "", "")},
        closed=(
            "id:second a eco:University ; eco:country country:FRA ; eco:evaluates id:food .",
            "id:oecd a eco:IntergovernmentalOrganisation ; eco:evaluates id:food .",
        ),
        denial=denies("id:france", "evaluates", "id:food"),
        denied={("food", "", "no")},
    ),
    "CrossBorderWithoutLearning": Case(
        gap=f"{PEERS} {SHARED}",
        rows={("food", "", "")},
        closed=(
            "id:next a eco:Challenge ; eco:buildsOn id:food .",
            "id:book a eco:Report ; eco:cites id:food .",
            "id:food eco:shows eco:IterationAndLearning .",
        ),
        denial=denies("id:next", "followsUp", "id:food"),
        denied={("food", "", "no")},
    ),
    "MethodInOneRegion": Case(
        gap="id:prize a eco:Challenge ; eco:country country:CHL ; eco:usesMechanism eco:ChallengeOrPrize . "
        "id:bed a eco:Testbed ; eco:testedIn country:FRA ; eco:usesMechanism eco:TestbedMethod . "
        "id:world a eco:Testbed ; eco:usesMechanism eco:TestbedMethod .",
        rows={("ChallengeOrPrize", "Americas", "")},
        closed=("id:second a eco:Challenge ; eco:country country:JPN ; eco:usesMechanism eco:ChallengeOrPrize .",),
        denial=denies("id:lab", "usesMechanism", "eco:ChallengeOrPrize"),
        denied={("ChallengeOrPrize", "Americas", "no")},
    ),
    "ChallengeNobodyActsOn": Case(
        gap="id:talk a eco:Conference ; eco:addresses eco:WaterSecurity , eco:Govtech . "
        "id:firm a eco:StartUp ; eco:addresses eco:Govtech .",
        rows={("WaterSecurity", "", "")},
        closed=("id:plan a eco:Programme ; dcterms:subject eco:WaterSecurity .",),
        denial=denies("id:firm", "addresses", "eco:WaterSecurity"),
        denied={("WaterSecurity", "", "no")},
    ),
    "MoneyThatEnds": Case(
        gap="id:lab a eco:Programme . id:grant rdf:predicate eco:funds ; rdf:subject id:bank ; rdf:object id:lab ; "
        'eco:certainty eco:Stated ; eco:until "2020"^^xsd:gYear . id:bank eco:funds id:lab .',
        rows={("lab", "", "")},
        closed=("id:more rdf:predicate eco:coFunds ; rdf:object id:lab ; eco:certainty eco:Stated .",),
        denial=denies("id:state", "funds", "id:lab"),
        denied={("lab", "", "no")},
    ),
    "TriedAndNotScaled": Case(
        gap="id:pilot a eco:Pilot . id:try a eco:Platform ; eco:stage eco:Experimenting . id:site a eco:Platform .",
        rows={("pilot", "", ""), ("try", "", "")},
        closed=(
            "id:pilot eco:scaledTo country:FRA . id:try eco:shows eco:ScalableDesign .",
            "id:pilot eco:stage eco:Sustained . id:next a eco:Programme ; eco:succeeds id:try .",
        ),
        denial=denies("id:pilot", "scaledTo", "country:FRA"),
        denied={("pilot", "", "no"), ("try", "", "")},
    ),
    "NothingAfterItsEnd": Case(
        gap="id:pilot a eco:Pilot ; eco:stage eco:Ended . id:site a eco:Platform ; "
        'eco:until "2019"^^xsd:gYear . id:talk a eco:Event ; eco:stage eco:Ended . id:lab a eco:Pilot .',
        rows={("pilot", "", ""), ("site", "", "")},
        closed=("id:next a eco:Programme ; eco:buildsOn id:pilot ; eco:followsUp id:site .",),
        denial=denies("id:next", "succeeds", "id:pilot"),
        denied={("pilot", "", "no"), ("site", "", "")},
    ),
    "StartUpWithOneBuyer": Case(
        gap="id:firm a eco:StartUp . id:city a eco:CityGovernment ; eco:procuresFrom id:firm . "
        "id:second a eco:StartUp ; eco:builds id:model . id:tax eco:buys id:model ; eco:contracts id:second . "
        "id:third a eco:StartUp .",
        rows={("firm", "city", ""), ("second", "tax", "")},
        closed=("id:town eco:contracts id:firm . id:town eco:buys id:model .",),
        denial=denies("id:town", "contracts", "id:firm"),
        denied={("firm", "city", "no"), ("second", "tax", "")},
    ),
    "CountryWithoutRouteForStartUps": Case(
        gap="id:firm a eco:StartUp ; eco:country country:BEL . id:shop a eco:Company ; eco:country country:FRA .",
        rows={("BEL", "", "")},
        closed=(
            "id:boost a eco:AcceleratorProgramme ; eco:country country:BEL .",
            "id:state a eco:Ministry ; eco:country country:BEL ; eco:leads id:prize . id:prize a eco:Challenge .",
            "id:state a eco:Ministry ; eco:country country:BEL ; eco:procuresFrom id:firm .",
        ),
        denial=denies("id:state", "procuresFrom", "id:firm"),
        denied={("BEL", "", "no")},
    ),
    "ActorWithoutSource": Case(
        gap="id:lab a eco:University . id:other a eco:University . id:quiet a eco:University . "
        "id:bare rdf:subject id:lab ; rdf:object id:other . "
        "id:said rdf:subject id:other ; prov:wasDerivedFrom id:book .",
        rows={("lab", "", "")},
        closed=("id:bare prov:wasDerivedFrom id:book .", "id:lab prov:wasDerivedFrom id:book ."),
    ),
    "ActorFromOneSource": Case(
        gap="id:lab a eco:University . id:other a eco:University . "
        + " ".join(f"id:r{n} rdf:subject id:lab ; rdf:object id:x{n} ; prov:wasDerivedFrom id:book ." for n in range(5))
        + " id:r0 a eco:Relationship . "
        "id:r9 a eco:Relationship ; rdf:subject id:other ; prov:wasDerivedFrom id:second .",
        rows={("lab", "book", "")},
        closed=("id:r6 rdf:object id:lab ; prov:wasDerivedFrom id:second .",),
    ),
    "StaleRecord": Case(
        gap="id:lab a eco:University . id:new a eco:University . "
        'id:old a eco:Source ; dcterms:date "2014-05"^^xsd:gYearMonth . '
        'id:fresh a eco:Source ; dcterms:date "2020"^^xsd:gYear . '
        "id:r1 a eco:Relationship ; rdf:subject id:lab ; prov:wasDerivedFrom id:old . "
        "id:r2 a eco:Relationship ; rdf:object id:new ; prov:wasDerivedFrom id:fresh , id:old .",
        rows={("lab", "2014", "")},
        closed=(
            "id:r3 a eco:Relationship ; rdf:object id:lab ; prov:wasDerivedFrom id:fresh .",
            "id:r3 a eco:Relationship ; rdf:object id:lab ; prov:wasDerivedFrom id:undated .",
        ),
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


def _local(term: ox.NamedNode | ox.Literal | None) -> str:
    return term.value.replace("#", "/").rpartition("/")[2] if term else ""


@pytest.mark.parametrize("rule", CASES)
def test_the_gap_is_found(rule: str, ask: Ask) -> None:
    assert ask(rule, CASES[rule].gap) == CASES[rule].rows


@pytest.mark.parametrize(("rule", "closed"), [(rule, one) for rule, case in CASES.items() for one in case.closed])
def test_a_closed_gap_is_not(rule: str, closed: str, ask: Ask) -> None:
    assert ask(rule, f"{CASES[rule].gap} {closed}") == set()


@pytest.mark.parametrize("rule", [rule for rule, case in CASES.items() if case.denial])
def test_a_denial_is_evidence_of_absence(rule: str, ask: Ask) -> None:
    case = CASES[rule]
    assert ask(rule, f"{case.gap} {case.denial}") == case.denied


@pytest.mark.parametrize("rule", CASES)
def test_nothing_is_missing_where_there_are_no_data(rule: str, ask: Ask) -> None:
    assert ask(rule, "") == set()


def test_data_of_one_source_as_a_whole_say_nothing_by_that(ask: Ask) -> None:
    alone = CASES["ActorFromOneSource"].gap.replace("id:second", "id:book")
    assert ask("ActorFromOneSource", alone) == set()


def test_no_rule_is_without_its_case(ontology: Ontology) -> None:
    assert {terms.ECO + rule for rule in CASES} == set(ontology.rules)


def test_every_rule_is_told_in_three_languages(ontology: Ontology) -> None:
    for rule in ontology.rules.values():
        for texts in (rule.labels, rule.rationales, rule.remedies):
            assert {"en", "fr", "es"} <= texts.keys(), rule.name
            assert len(set(texts.values())) == len(texts), f"{rule.name}: one text in two languages"
        for texts in (rule.rationales, rule.remedies):
            assert all(text.endswith(".") for text in texts.values()), rule.name


def test_a_rule_is_told_in_the_language_asked_for_or_in_english(ontology: Ontology) -> None:
    rule = ontology.rules[terms.ECO + "AuditWithoutFollowUp"]
    assert rule.remedy("fr").startswith("Chercher ce que sont devenus les constats")
    assert rule.rationale("es").startswith("Una auditoría")
    assert rule.remedy("tlh") == rule.remedy() and rule.rationale("ar") == rule.rationale()
