"""The bundled data set holds what its two documents name, and says no more than its sources do."""

from __future__ import annotations

import csv
import re
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest

from ecosystem import terms
from ecosystem.ontology import Ontology
from ecosystem.records import is_date

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "datasets" / "opsi"
SEEDS = ROOT.parent / "shared" / "seeds"
ARTICLE, RECORDING = "source-opsi-ai", "source-opsi-crossborder"
TABLES = ("sources", "actors", "initiatives", "relationships", "figures")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
TIME_STAMP = re.compile(r"\d\d:[0-5]\d:[0-5]\d")
LONGEST_RUN = 7

Row = dict[str, str]


@cache
def rows(table: str) -> tuple[Row, ...]:
    with (FOLDER / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines, strict=True))


def several(cell: str) -> list[str]:
    return [part for part in cell.split("|") if part]


@cache
def profiles() -> dict[str, Row]:
    return {row["id"]: row for row in (*rows("actors"), *rows("initiatives"))}


@cache
def ontology() -> ox.Store:
    store = ox.Store()
    for path in sorted((ROOT / "ontology").glob("*.ttl")):
        store.load(path=path, format=ox.RdfFormat.TURTLE)
    return store


def eco(name: str) -> ox.NamedNode:
    return ox.NamedNode(terms.ECO + name)


def values(subject: ox.NamedNode, predicate: str) -> list[ox.NamedNode]:
    quads = ontology().quads_for_pattern(subject, ox.NamedNode(predicate), None, None)
    return [quad.object for quad in quads if isinstance(quad.object, ox.NamedNode)]


@cache
def lineage(name: ox.NamedNode) -> frozenset[ox.NamedNode]:
    """The class and all classes above it."""
    parents = (lineage(parent) for parent in values(name, terms.SUB_CLASS_OF))
    return frozenset({name}).union(*parents)


@cache
def kinds(end: str) -> frozenset[ox.NamedNode]:
    """All classes of the subject or object that a relationship's cell names; none where it names nothing."""
    if end in profiles():
        return lineage(eco(profiles()[end]["type"]))
    if re.fullmatch(r"country:[A-Z]{3}", end):
        return lineage(ox.NamedNode(terms.COUNTRY))
    return frozenset().union(*(lineage(kind) for kind in values(eco(end), terms.RDF_TYPE)))


def instances(kind: str) -> set[str]:
    quads = ontology().quads_for_pattern(None, ox.NamedNode(terms.RDF_TYPE), eco(kind), None)
    return {quad.subject.value.removeprefix(terms.ECO) for quad in quads}


@cache
def concepts() -> frozenset[str]:
    """Local names of the members of all concept schemes."""
    quads = ontology().quads_for_pattern(None, ox.NamedNode(terms.IN_SCHEME), None, None)
    return frozenset(quad.subject.value.removeprefix(terms.ECO) for quad in quads)


def names(row: Row) -> list[str]:
    labels = [row[column] for column in row if column.split("@")[0] in ("label", "acronym")]
    return [name for name in (*labels, *several(row["alt_labels"])) if name]


# ------------------------------------------------------------------------------------------ the tables


def test_description_names_the_licence_and_says_how_thin_the_evidence_is() -> None:
    described = tomllib.loads((FOLDER / "dataset.toml").read_text(encoding="utf-8"))
    assert described["name"] == FOLDER.name
    assert described["licence"] == "CC-BY-4.0"
    assert described["language"] == "en"
    assert is_date(described["date"])
    assert all(words in described["description"] for words in ("two documents of one publisher", "thin"))


@pytest.mark.parametrize("table", TABLES)
def test_every_row_has_the_columns_of_its_header(table: str) -> None:
    assert rows(table)
    for row in rows(table):
        assert None not in (*row, *row.values())
        assert all(cell == cell.strip() for cell in row.values())


def test_ids_are_unique_slugs() -> None:
    ids = [row["id"] for table in TABLES if table != "relationships" for row in rows(table)]
    assert [name for name, count in Counter(ids).items() if count > 1] == []
    assert [name for name in ids if not SLUG.fullmatch(name)] == []


def test_no_two_relationships_say_the_same_from_the_same_place() -> None:
    keys = ("subject", "relation", "object", "since", "until", "role", "source", "locator")
    told = Counter(tuple(row[key] for key in keys) for row in rows("relationships"))
    assert [key for key, count in told.items() if count > 1] == []


@pytest.mark.parametrize("table", [table for table in TABLES if table != "sources"])
def test_every_row_has_a_source_and_a_place_in_it(table: str) -> None:
    known = {row["id"] for row in rows("sources")}
    for row in rows(table):
        assert row["source"] in known, row
        assert row["locator"], row
        if row["source"] == RECORDING:
            assert TIME_STAMP.fullmatch(row["locator"]), row


def test_every_source_is_used_and_described() -> None:
    used = {row["source"] for table in TABLES if table != "sources" for row in rows(table)}
    assert used == {row["id"] for row in rows("sources")}
    for row in rows("sources"):
        assert row["label"]
        assert row["publisher"] or row["creator"]
        assert row["url"].startswith("https://") or row["id"] == ARTICLE


def test_most_relationships_rest_on_the_two_documents() -> None:
    counts = Counter(row["source"] in (ARTICLE, RECORDING) for row in rows("relationships"))
    assert counts[True] > 2 * counts[False]


def test_labels_tell_actors_and_initiatives_apart() -> None:
    labels = Counter((row["label"].casefold(), row["country"]) for row in profiles().values())
    assert [label for label, count in labels.items() if count > 1] == []


def test_dates_are_iso_dates() -> None:
    for row in (*profiles().values(), *rows("relationships")):
        for column in ("since", "until"):
            assert not row[column] or is_date(row[column]), row


# ------------------------------------------------------------------------------------------ against the ontology


@pytest.mark.parametrize(("table", "top"), [("actors", terms.ACTOR), ("initiatives", terms.INITIATIVE)])
def test_types_are_classes_of_the_ontology(table: str, top: str) -> None:
    wrong = [row["id"] for row in rows(table) if ox.NamedNode(top) not in lineage(eco(row["type"]))]
    assert wrong == []


def test_stages_topics_certainties_and_relations_exist() -> None:
    stages, topics, certainties = instances("Stage"), instances("Topic"), instances("Certainty")
    assert {row["stage"] for row in rows("initiatives")} - {""} <= stages
    assert {topic for row in profiles().values() for topic in several(row["topics"])} <= topics
    assert {row["certainty"] for row in rows("relationships")} <= certainties
    assert {row["relation"] for row in rows("relationships")} <= instances("RelationType")


def test_both_ends_resolve() -> None:
    ends = {row[end] for row in rows("relationships") for end in ("subject", "object")}
    assert sorted(end for end in ends if not kinds(end)) == []
    assert sorted(row["id"] for row in rows("figures") if row["subject"] not in profiles()) == []


@pytest.mark.parametrize(("end", "allowing"), [("subject", terms.DOMAIN_INCLUDES), ("object", terms.RANGE_INCLUDES)])
def test_each_relation_joins_what_it_may_join(end: str, allowing: str) -> None:
    wrong = [
        (row["subject"], row["relation"], row["object"])
        for row in rows("relationships")
        if not kinds(row[end]) & set(values(eco(row["relation"]), allowing))
    ]
    assert wrong == []


def test_only_supranational_actors_and_networks_have_no_country() -> None:
    supranational = {
        quad.subject
        for quad in ontology().quads_for_pattern(None, ox.NamedNode(terms.SUPRANATIONAL), None, None)
        if quad.object.value == "true"
    }
    stateless = {row["id"] for row in rows("actors") if not row["country"]}
    unexplained = {name for name in stateless if not kinds(name) & supranational}
    assert unexplained == {"nitrous"}  # its country is not stated
    assert {row["country"] for row in rows("actors") if kinds(row["id"]) & {eco("InternationalActor")}} == {""}


def test_every_actor_and_initiative_is_tied_to_another() -> None:
    tied = {
        end
        for row in rows("relationships")
        if row["object"] in profiles() and row["subject"] != row["object"]
        for end in (row["subject"], row["object"])
    }
    assert sorted(set(profiles()) - tied) == []


def test_every_concept_of_the_ontology_is_met_in_the_data() -> None:
    used = {row[end] for row in rows("relationships") for end in ("subject", "object")}
    used |= {topic for row in profiles().values() for topic in several(row["topics"])}
    used |= {row["stage"] for row in rows("initiatives")}
    # Country groups are for comparing; the documents speak of one of them.
    groups = {iri.removeprefix(terms.ECO) for iri in Ontology.load().country_groups}
    assert "LatinAmericaAndCaribbean" in used
    assert sorted(concepts() - used - groups) == []


# ------------------------------------------------------------------------------------------ what the documents name

NAMED = {
    "IntergovernmentalOrganisation": "OECD|UNESCO",
    "InternationalUnit": "OECD Public Governance Directorate|OPSI|"
    "Digital, Innovative and Open Government Division|Interoperability Unit of DG DIGIT|"
    "Joint Research Centre",
    "PolicyObservatory": "OECD.AI",
    "SupranationalBody": "European Commission|European Union",
    "DevelopmentBank": "CAF",
    "ResearchInstitute": "Ada Lovelace Institute|AI Now Institute|Alan Turing Institute",
    "GlobalPartnership": "Open Government Partnership|GAVI",
    "SupremeAuditInstitution": "Netherlands Court of Audit",
    "Audit": "6-of-9 audit",
    "StartUp": "CitizenLab",
    "PartnershipProgramme": "Public Policy Programme at The Alan Turing Institute",
    "PublicPrivateResearchBody": "Chile's Data Observatory",
    "Directive": "Chile's Public Procurement Innovation Directive",
    "AcceleratorProgramme": "Start-Up Brazil|UAE Government Accelerators",
    "Alliance": "GovTech Leaders Alliance",
    "Office": "Secretary of State for Digitalisation and Artificial Intelligence|"
    "Minister of State for Artificial Intelligence",
    "Strategy": "Colombia's strategy for AI in the public sector|UK GovTech strategy",
    "Regulation": "EU AI Act",
    "Law": "United States law on prize competitions|United States law on citizen science",
    "Principles": "OECD AI Principles|OECD Good Practice Principles for Data Ethics in the Public Sector",
    "Recommendation": "UNESCO Recommendation on the Ethics of Artificial Intelligence",
    "Framework": "OECD Framework for digital talent and skills in the public sector",
    "TrainingProgramme": "Elements of AI|Artificial Intelligence Multidisciplinary Training Programme",
    "Handbook": "TechFAR Handbook",
    "Report": "Hello, World: Artificial Intelligence and its use in the public sector|"
    "The State of the art in the use of emerging technologies in the public sector|OECD-CAF report|"
    "Digital Government Review of LAC|Achieving Cross-Border Government Innovation|"
    "Surfacing Insights and Experimenting Across Borders",
    "Conference": "Artificial Intelligence: What's in it for the Public Sector?",
    "InnovationCentre": "MBRCGI",
    "OpenCall": "Global call for innovation",
    "Workshop": "Open global workshops",
    "SpaceAgency": "Canadian Space Agency|NASA",
    "Challenge": "Deep Space Food Challenge|Creative Cities Challenge",
    "Hackathon": "Space Apps",
    "CityNetwork": "Global Innovation Collaborative",
    "CityGovernment": "Paris|London|New York|Berlin",
    "Pilot": "5G-MOBIX",
    "Apprenticeship": "Moonshot Apprenticeship",
    "Grant": "Moonshot Pilot Grant",
    "StateNetwork": "Agile Nations",
    "Platform": "challenge.gov|data.gov",
    "MunicipalNetwork": "LOTI",
    "NationalGovernment": "Government of Colombia|Government of Spain|UAE Government|Brazilian government",
}

SCHEMES = {
    "AccountabilityRoles": "OmbudspersonRole AuditInstitutionRole InternalAuditorRole RuleSetterRole LineAgencyRole",
    "GovernmentRoles": "ConvenerRole FinancierRole RegulatorRole DirectUserRole",
    "StrategyElements": "ObjectivesAndActions MeasurableGoals ResponsibleActors TimeFrames FundingMechanisms "
    "MonitoringInstruments",
    "ThreePs": "People Partnerships Procurement",
    "GovernanceMechanisms": "InnovativeGovernanceBody HorizontalNetwork CoordinatedSystemsApproach "
    "TransnationalConnection CoGovernance CoFunding MiniLateralism DedicatedInstitution",
    "InsightMechanisms": "ChallengeOrPrize Crowdsourcing CitizensAssemblyMethod OpenInnovationPlatform "
    "CollectiveIntelligencePlatform NetworkAcrossCommunities HackathonMethod CitizenScience",
    "ExperimentMechanisms": "TestbedMethod SandboxMethod PilotMethod AcceleratorMethod ApprenticeshipMethod",
    "Obstacles": "CulturalNorms MissingFeedbackLoops UndevelopedEcosystem ScalingObstacle",
    "SuccessFactors": "Openness Agility DiverseStakeholders ClearRoles Orchestrators IterationAndLearning "
    "ScalableDesign FormalMechanisms",
    "Enablers": "LegalAndPolicyFramework SharedInfrastructure CommunitiesOfPractice BudgetingForSuccess "
    "AgencyProcessesAndReporting ExternalAssessment",
    "Orientations": "VerticalEcosystem HorizontalEcosystem",
    "DomainIdeas": "AccountabilityEcosystem AlgorithmicAccountabilityIdea CollectiveIntelligence Orchestrator "
    "HundredDayCap",
}


@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind, named in NAMED.items() for name in several(named)])
def test_what_the_documents_name_is_there(kind: str, name: str) -> None:
    found = [row for row in profiles().values() if name in names(row)]
    assert [row["type"] for row in found] == [kind]
    assert found[0]["source"] in (ARTICLE, RECORDING)
    about = found[0]["id"]
    assert any(about in (row["subject"], row["object"]) for row in rows("relationships"))


@pytest.mark.parametrize(
    ("scheme", "name"), [(scheme, name) for scheme, members in SCHEMES.items() for name in members.split()]
)
def test_the_documents_ideas_are_concepts_with_scheme_and_source(scheme: str, name: str) -> None:
    assert eco(scheme) in values(eco(name), terms.IN_SCHEME)
    derived = {source.value for source in values(eco(name), terms.DERIVED_FROM)}
    assert derived & {terms.ID + ARTICLE, terms.ID + RECORDING}


def told(subject: str, relation: str) -> set[str]:
    return {row["object"] for row in rows("relationships") if (row["subject"], row["relation"]) == (subject, relation)}


def test_the_colombian_strategy_has_all_six_elements() -> None:
    assert told("colombia-ai-strategy", "hasElement") == set(SCHEMES["StrategyElements"].split())


def test_5g_mobix_reaches_from_the_union_into_china_and_turkiye() -> None:
    places = {"area-of-the-european-union", "country:CHN", "country:TUR"}
    assert told("5g-mobix", "testedIn") == places


def test_the_seven_agile_nations_rest_on_a_public_source_where_the_recording_is_silent() -> None:
    members = {
        row["subject"]: row["source"]
        for row in rows("relationships")
        if row["object"] == "agile-nations" and row["relation"] == "memberOf"
    }
    assert len(members) == 7
    assert [name for name, source in members.items() if source == RECORDING] == [
        "government-of-the-united-arab-emirates"
    ]


def test_the_figures_of_the_documents_are_there() -> None:
    figures = {(row["subject"], float(row["value"]), row["unit"]) for row in rows("figures")}
    assert figures == {
        ("nine-algorithms-audit", 9, "algorithms"),
        ("nine-algorithms-audit", 6, "algorithms"),
        ("oecd-ai", 60, "countries"),
        ("us-procurement-regulations", 2000, "pages"),
        ("space-apps-challenge", 28000, "people"),
        ("space-apps-challenge", 162, "countries"),
        ("uae-government-accelerators", 100, "days"),
        ("moonshot-pilot-grant", 100000, "US dollars"),
        ("agile-nations", 6, "nations"),
        ("gavi", 20, "years"),
    }


# ------------------------------------------------------------------------------------------ against the documents


@pytest.fixture(scope="module")
def documents() -> dict[str, str]:
    paths = sorted(SEEDS.glob("*.txt"))
    if len(paths) != 2:
        pytest.skip(f"the two source documents are not at {SEEDS.name}/ beside the checkout")
    texts = [path.read_text(encoding="utf-8") for path in paths]
    return {RECORDING if "yt-timestamp" in text else ARTICLE: text for text in texts}


def words(text: str) -> list[str]:
    plain = re.sub(r"<[^>]*>|\[\[[^\]|]*\|", " ", text)
    return re.findall(r"\w+", plain.casefold())


def runs(text: str) -> set[tuple[str, ...]]:
    tokens, length = words(text), LONGEST_RUN + 1
    return {tuple(tokens[start : start + length]) for start in range(len(tokens) - length + 1)}


def test_statements_and_descriptions_are_in_our_own_words(documents: dict[str, str]) -> None:
    theirs = set().union(*(runs(text) for text in documents.values()))
    titles = {name for row in profiles().values() for name in names(row) if len(words(name)) > 3}
    cells = [row["statement"] for row in rows("relationships")]
    cells += [row["description"] for row in profiles().values()]
    for title in sorted(titles, key=len, reverse=True):
        cells = [cell.replace(title, ". ") for cell in cells]
    assert [cell for cell in cells if runs(cell) & theirs] == []


def test_every_locator_is_found_in_its_document(documents: dict[str, str]) -> None:
    places = {(row["source"], row["locator"]) for table in TABLES[1:] for row in rows(table)}
    headings = [line.strip() for line in documents[ARTICLE].splitlines()]
    lost = [
        locator
        for source, locator in sorted(places)
        if (source == ARTICLE and not any(heading.startswith(locator) for heading in headings))
        or (source == RECORDING and f"[{locator}]" not in documents[RECORDING])
    ]
    assert lost == []
