"""Every saved query answers rightly on the bundled data: as the tables say when they are read without RDF.

The tables of `datasets/opsi` are read here with the standard library alone; of the ontology, only which type stands
below which, and which relation conveys what. The number of rows and a row that was found by hand stand beside each.
"""

from __future__ import annotations

import csv
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable

import networkx as nx
import pytest

from ecosystem import terms
from ecosystem.api import Ecosystem
from ecosystem.ontology import local_name
from ecosystem.records import Text
from ecosystem.resources import datasets_folder

Row = tuple[str, ...]
Table = list[dict[str, str]]


def read(name: str) -> Table:
    with (datasets_folder() / "opsi" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [{key: value or "" for key, value in row.items()} for row in csv.DictReader(file)]


def local(text: str) -> str:
    return (
        local_name(text)
        if text.startswith("http") and text.startswith((terms.ID, terms.ECO, terms.COUNTRY_AUTHORITY))
        else text
    )


class Tables:
    """The data set as its tables have it."""

    def __init__(self, ontology: object) -> None:
        self.actors, self.initiatives, self.figures = read("actors"), read("initiatives"), read("figures")
        self.ties = read("relationships")
        for tie in self.ties:
            tie["object"] = tie["object"].removeprefix("country:")
        self.held = [tie for tie in self.ties if tie["certainty"] != "Denied"]
        self.things = {row["id"]: row for row in (*self.actors, *self.initiatives)}
        self.country = {iri: row["country"] for iri, row in self.things.items() if row["country"]}
        self.ontology = ontology
        kinds = ontology.kinds.values()  # type: ignore[attr-defined]
        self.above = {kind.name: {kind.name, *map(local_name, kind.ancestors)} for kind in kinds}
        relations = ontology.relations.values()  # type: ignore[attr-defined]
        self.conveys = {one.name: {local_name(flow) for flow in one.conveys} for one in relations}
        self.orchestrates = {one.name for one in relations if one.orchestrates}

    def is_a(self, iri: str, kind: str) -> bool:
        return iri in self.things and kind in self.above[self.things[iri]["type"]]

    def of(self, kind: str) -> list[str]:
        return [iri for iri in self.things if self.is_a(iri, kind)]

    def members(self, group: str) -> set[str]:
        iri = self.ontology.resolve_country_group(group)  # type: ignore[attr-defined]
        return {local_name(one) for one in self.ontology.country_groups[iri].members}  # type: ignore[attr-defined]

    def contacts(self) -> list[tuple[str, str]]:
        return [(tie["subject"], tie["object"]) for tie in self.held if "Contact" in self.conveys[tie["relation"]]]

    def gathered(self) -> dict[str, set[str]]:
        """Who is in contact with what, by what it is."""
        by: dict[str, set[str]] = defaultdict(set)
        for subject, target in self.contacts():
            by[target].add(subject)
        return by

    def columns(self, ties: Iterable[dict[str, str]], *names: str) -> set[Row]:
        return {tuple(tie[name] for name in names) for tie in ties}


@pytest.fixture(scope="module")
def tables(opsi: Ecosystem) -> Tables:
    return Tables(opsi.ontology)


OVERSEES = ("audits", "oversees", "evaluates", "handlesComplaintsAbout")
HOLDS = ("builds", "buys", "uses")
CASES: dict[str, tuple[dict[str, str], Callable[[Tables], set[Row]], int, Row]] = {}


def case(name: str, rows: int, example: Row, **given: str) -> Callable[[Callable[[Tables], set[Row]]], None]:
    def keep(expected: Callable[[Tables], set[Row]]) -> None:
        CASES[name] = (given, expected, rows, example)

    return keep


@case(
    "who-oversees-whom",
    5,
    ("netherlands-court-of-audit", "audits", "netherlands-police", "2022", "source-nine-algorithms-audit"),
)
def _(t: Tables) -> set[Row]:
    return t.columns(
        (x for x in t.ties if x["relation"] in OVERSEES), "subject", "relation", "object", "since", "source"
    )


@case("systems-nobody-oversees", 2, ("citizenlab-contribution-analysis", "citizenlab", "builds", "BEL"))
def _(t: Tables) -> set[Row]:
    seen = {x["object"] for x in t.ties if x["relation"] in OVERSEES}
    return {
        (x["object"], x["subject"], x["relation"], t.country.get(x["subject"], ""))
        for x in t.ties
        if x["object"] in set(t.of("AlgorithmicSystem")) - seen and x["relation"] in HOLDS
    }


@case("systems-and-their-holders", 6, ("nine-audited-algorithms", "uses", "netherlands-police", "NLD"))
def _(t: Tables) -> set[Row]:
    found = [x for x in t.ties if t.is_a(x["object"], "AlgorithmicSystem") and x["relation"] in HOLDS]
    return {(x["object"], x["relation"], x["subject"], t.country.get(x["subject"], "")) for x in found}


@case("initiatives-across-borders", 8, ("agile-nations-charter", "7", "7"))
def _(t: Tables) -> set[Row]:
    rows = set()
    for target, who in t.gathered().items():
        placed = {one for one in who if one in t.country}
        countries = {t.country[one] for one in placed}
        if t.is_a(target, "Initiative") and len(countries) > 1:
            rows.add((target, str(len(countries)), str(len(placed))))
    return rows


@case("who-leads-across-borders", 7, ("agile-nations", "government-of-the-united-kingdom", "leads", "GBR", "7"))
def _(t: Tables) -> set[Row]:
    wide = {what: {t.country[one] for one in who if one in t.country} for what, who in t.gathered().items()}
    return {
        (x["object"], x["subject"], x["relation"], t.country.get(x["subject"], ""), str(len(wide[x["object"]])))
        for x in t.ties
        if x["relation"] in t.orchestrates and len(wide.get(x["object"], ())) > 1
    }


@case(
    "funders-of-a-country",
    1,
    (
        "ARE",
        "government-of-the-united-arab-emirates",
        "funds",
        "moonshot-pilot-grant",
        "100000",
        "USD",
        "",
        "source-opsi-crossborder",
    ),
    country="ARE",
)
def _(t: Tables) -> set[Row]:
    names = ("subject", "relation", "object", "amount", "currency", "since", "source")
    found = (x for x in t.ties if "Money" in t.conveys[x["relation"]] and t.country.get(x["object"]) == "ARE")
    return {("ARE", *row) for row in t.columns(found, *names)}


@case("money-flows", 4, ("gates-foundation", "funds", "gavi", "750000000", "USD", "1999", "source-gavi-partners"))
def _(t: Tables) -> set[Row]:
    names = ("subject", "relation", "object", "amount", "currency", "since", "source")
    return t.columns((x for x in t.ties if "Money" in t.conveys[x["relation"]]), *names)


@case(
    "statements-about",
    6,
    (
        "caf",
        "caf",
        "coordinates",
        "govtech-leaders-alliance",
        "Implied",
        "source-opsi-ai",
        "Procurement",
        "CAF is one of the two that drive the alliance.",
    ),
    about="CAF",
)
def _(t: Tables) -> set[Row]:
    names = ("subject", "relation", "object", "certainty", "source", "locator", "statement")
    return {("caf", *row) for row in t.columns((x for x in t.ties if "caf" in (x["subject"], x["object"])), *names)}


@case(
    "statements-of-a-source",
    5,
    (
        "source-gavi-partners",
        "unicef",
        "memberOf",
        "gavi",
        "Founding partners",
        "The agency is one of Gavi's four founding partners and buys its vaccines.",
    ),
    source="Gavi's partnership model",
)
def _(t: Tables) -> set[Row]:
    names = ("source", "subject", "relation", "object", "locator", "statement")
    return t.columns((x for x in t.ties if x["source"] == "source-gavi-partners"), *names)


@case("sources-and-their-weight", 22, ("source-opsi-ai", "154", "OECD Observatory of Public Sector Innovation", "2022"))
def _(t: Tables) -> set[Row]:
    said = {row["id"]: row for row in read("sources")}
    counts = Counter(x["source"] for x in t.ties)
    return {(one, str(count), said[one]["publisher"], said[one]["date"]) for one, count in counts.items()}


@case("actors-known-from-one-source", 48, ("caf", "source-opsi-ai", "6"))
def _(t: Tables) -> set[Row]:
    rows = set()
    for iri in set(t.of("Actor")) - set(t.of("Place")):
        sources = [x["source"] for x in t.ties if iri in (x["subject"], x["object"])]
        if len(set(sources)) == 1:
            rows.add((iri, sources[0], str(len(sources))))
    return rows


@case(
    "statements-by-certainty",
    33,
    (
        "Inferred",
        "5g-mobix",
        "usesMechanism",
        "TransnationalConnection",
        "source-opsi-crossborder",
        "00:26:50",
        "The corridors cross the borders of the Union.",
    ),
)
def _(t: Tables) -> set[Row]:
    names = ("certainty", "subject", "relation", "object", "source", "locator", "statement")
    return t.columns((x for x in t.ties if x["certainty"] == "Inferred"), *names)


@case(
    "shared-memberships",
    1,
    ("agile-nations", "ITA", "government-of-italy", "JPN", "government-of-japan"),
    one="Italy",
    other="Japan",
)
def _(t: Tables) -> set[Row]:
    members = [(x["object"], x["subject"]) for x in t.ties if x["relation"] == "memberOf"]
    return {
        (network, "ITA", one, "JPN", other)
        for network, one in members
        for same, other in members
        if same == network and t.country.get(one) == "ITA" and t.country.get(other) == "JPN"
    }


@case(
    "ties-between-countries",
    1,
    (
        "GBR",
        "ada-lovelace-institute",
        "partnersWith",
        "ai-now-institute",
        "USA",
        "source-algorithmic-accountability",
        "The two were partners, with a third, in the first worldwide study of such policies.",
    ),
    one="GBR",
    other="USA",
)
def _(t: Tables) -> set[Row]:
    found = (x for x in t.ties if {t.country.get(x["subject"]), t.country.get(x["object"])} == {"GBR", "USA"})
    names = ("subject", "relation", "object", "source", "statement")
    return {("GBR", *row[:3], "USA", *row[3:]) for row in t.columns(found, *names)}


@case("no-tie-across-borders", 23, ("citizenlab", "BEL"))
def _(t: Tables) -> set[Row]:
    gathered, contacts = t.gathered(), t.contacts()
    reach: dict[str, set[str]] = defaultdict(set)
    for subject, target in contacts:
        reach[subject] |= {t.country.get(target, ""), *(t.country.get(one, "") for one in gathered[target])}
        reach[target].add(t.country.get(subject, ""))
    return {
        (iri, t.country[iri])
        for iri in t.of("Actor")
        if iri in t.country and not t.is_a(iri, "Place") and not reach[iri] - {"", t.country[iri]}
    }


@case("strategies-lacking-elements", 6, ("uk-govtech-strategy", "TimeFrames", ""))
def _(t: Tables) -> set[Row]:
    has = {(x["subject"], x["object"]) for x in t.ties if x["relation"] == "hasElement"}
    elements = {two for _, two in has}
    assert len(elements) == 6, "Colombia's strategy has all six"
    return {(one, two, "") for one in t.of("Strategy") for two in elements if (one, two) not in has}


@case("mechanisms-by-country", 22, ("", "TestbedMethod", "3"))
def _(t: Tables) -> set[Row]:
    uses = {(x["subject"], x["object"]) for x in t.ties if x["relation"] == "usesMechanism"}
    counts = Counter((t.country.get(user, ""), mechanism) for user, mechanism in uses)
    return {(*key, str(count)) for key, count in counts.items()}


@case(
    "who-uses-a-mechanism",
    3,
    ("TestbedMethod", "gic-local-testbeds", "", "Stated", "source-opsi-crossborder"),
    mechanism="TestbedMethod",
)
def _(t: Tables) -> set[Row]:
    found = [x for x in t.ties if x["relation"] == "usesMechanism" and x["object"] == "TestbedMethod"]
    return {
        ("TestbedMethod", x["subject"], t.country.get(x["subject"], ""), x["certainty"], x["source"]) for x in found
    }


@case(
    "timeline-of-initiatives",
    5,
    ("2020", "2021-06", "", "uae-moonshot-apprenticeship", "Apprenticeship", "ARE"),
    **{"from": "2020"},
)
def _(t: Tables) -> set[Row]:
    return {
        ("2020", x["since"], x["until"], x["id"], x["type"], x["country"])
        for x in t.initiatives
        if x["since"] and int(x["since"][:4]) >= 2020
    }


@case("experiments-and-their-stage", 6, ("5g-mobix", "Pilot", "Experimenting", "coordinates", "ertico"))
def _(t: Tables) -> set[Row]:
    who = ("leads", "coordinates", "hosts")
    return {
        (x["object"], t.things[x["object"]]["type"], t.things[x["object"]]["stage"], x["relation"], x["subject"])
        for x in t.ties
        if t.is_a(x["object"], "Experiment") and x["relation"] in who
    }


@case("initiatives-at-a-stage", 3, ("Experimenting", "moonshot-pilot-grant", "Grant", "ARE"))
def _(t: Tables) -> set[Row]:
    found = (x for x in t.initiatives if x["stage"] == "Experimenting")
    return t.columns(found, "stage", "id", "type", "country")


@case("start-ups-and-buyers", 1, ("citizenlab", "BEL", "citizenlab-contribution-analysis", "", ""))
def _(t: Tables) -> set[Row]:
    buys = [x for x in t.ties if x["relation"] in ("procuresFrom", "contracts")]
    assert not buys, "no purchase is recorded"
    builds = {x["subject"]: x["object"] for x in t.ties if x["relation"] == "builds"}
    return {(one, t.country.get(one, ""), builds.get(one, ""), "", "") for one in t.of("StartUp")}


@case("topics-by-country", 45, ("ARE", "CrossBorderInnovation", "4"))
def _(t: Tables) -> set[Row]:
    pairs = ((x["country"], topic) for x in t.things.values() for topic in x["topics"].split("|"))
    return {(*key, str(count)) for key, count in Counter(pairs).items() if all(key)}


@case("who-works-on-a-topic", 15, ("Govtech", "caf", "DevelopmentBank", ""), topic="govtech")
def _(t: Tables) -> set[Row]:
    found = (x for x in t.things.values() if "Govtech" in x["topics"].split("|"))
    return {("Govtech", *row) for row in t.columns(found, "id", "type", "country")}


@case("networks-and-members", 4, ("agile-nations", "7", "7"))
def _(t: Tables) -> set[Row]:
    members: dict[str, set[str]] = defaultdict(set)
    for x in t.ties:
        if x["relation"] == "memberOf":
            members[x["object"]].add(x["subject"])
    return {
        (network, str(len(who)), str(len({t.country[one] for one in who if one in t.country})))
        for network, who in members.items()
    }


@case("members-in-a-region", 8, ("Europe", "agile-nations", "government-of-italy", "ITA"), region="Europe")
def _(t: Tables) -> set[Row]:
    europe = t.members("Europe")
    return {
        ("Europe", x["object"], x["subject"], t.country[x["subject"]])
        for x in t.ties
        if x["relation"] == "memberOf" and t.country.get(x["subject"]) in europe
    }


@case(
    "actors-in-a-region",
    10,
    ("LatinAmericaAndCaribbean", "CHL", "universidad-adolfo-ibanez", "University"),
    region="Latin America",
)
def _(t: Tables) -> set[Row]:
    latin = t.members("Latin America")
    group = "LatinAmericaAndCaribbean"
    return {(group, x["country"], x["id"], x["type"]) for x in t.actors if x["country"] in latin}


@case(
    "actors-of-a-type",
    6,
    ("SupremeAuditInstitution", "bundesrechnungshof", "SupremeAuditInstitution", "DEU"),
    type="supreme audit institution",
)
def _(t: Tables) -> set[Row]:
    kind = "SupremeAuditInstitution"
    return {(kind, one, t.things[one]["type"], t.country.get(one, "")) for one in t.of(kind)}


@case(
    "actors-of-a-role",
    19,
    ("AuditInstitutionRole", "bundesrechnungshof", "DEU", "Stated", "source-auditing-algorithms"),
)
def _(t: Tables) -> set[Row]:
    return {
        (x["object"], x["subject"], t.country.get(x["subject"], ""), x["certainty"], x["source"])
        for x in t.ties
        if x["relation"] == "playsRole"
    }


@case("countries-at-a-glance", 19, ("NLD", "5", "3"))
def _(t: Tables) -> set[Row]:
    actors, initiatives = (Counter(x["country"] for x in rows) for rows in (t.actors, t.initiatives))
    return {(one, str(actors[one]), str(initiatives[one])) for one in {*actors, *initiatives} - {""}}


@case("relations-in-use", 36, ("cites", "74", "8", "69"))
def _(t: Tables) -> set[Row]:
    by: dict[str, list[dict[str, str]]] = defaultdict(list)
    for x in t.ties:
        by[x["relation"]].append(x)
    return {
        (one, str(len(rows)), str(len({x["subject"] for x in rows})), str(len({x["object"] for x in rows})))
        for one, rows in by.items()
    }


@case(
    "relationships-of-a-relation",
    10,
    (
        "partnersWith",
        "oecd",
        "caf",
        "",
        "",
        "source-opsi-ai",
        "The OECD and CAF write reports on the region's governments together.",
    ),
    relation="partners with",
)
def _(t: Tables) -> set[Row]:
    names = ("relation", "subject", "object", "since", "until", "source", "statement")
    return t.columns((x for x in t.ties if x["relation"] == "partnersWith"), *names)


@case(
    "ended-relationships",
    1,
    (
        "1900",
        "2022",
        "government-of-the-united-kingdom",
        "leads",
        "agile-nations",
        "2020-12",
        "source-agile-nations-progress",
    ),
)
def _(t: Tables) -> set[Row]:
    names = ("until", "subject", "relation", "object", "since", "source")
    return {("1900", *row) for row in t.columns((x for x in t.ties if x["until"]), *names)}


@case("who-leads-what", 31, ("ertico", "coordinates", "5g-mobix", "2018-11", "", "source-5g-mobix-launch"))
def _(t: Tables) -> set[Row]:
    names = ("subject", "relation", "object", "since", "until", "source")
    return t.columns((x for x in t.ties if x["relation"] in t.orchestrates), *names)


@case("most-connected", 81, ("oecd", "14"))
def _(t: Tables) -> set[Row]:
    graph = nx.Graph((one, two) for one, two in t.contacts() if one != two)
    return {(one, str(graph.degree(one))) for one in t.of("Actor") if one in graph}


@case(
    "paths-of-two-steps",
    1,
    ("government-of-colombia", "partnersWith", "caf", "partnersWith", "oecd"),
    start="Government of Colombia",
    end="OECD",
)
def _(t: Tables) -> set[Row]:
    graph = nx.MultiGraph()
    graph.add_edges_from((x["subject"], x["object"], x["relation"]) for x in t.ties if t.conveys[x["relation"]])
    ends = ("government-of-colombia", "oecd")
    return {
        (ends[0], first, via, second, ends[1])
        for via in nx.common_neighbors(nx.Graph(graph), *ends)
        for first in graph[ends[0]][via]
        for second in graph[via][ends[1]]
    }


@case("rules-and-adopters", 21, ("eu-ai-act", "Regulation", "adopts", "european-union", "2024-06-13"))
def _(t: Tables) -> set[Row]:
    return {
        (x["object"], t.things[x["object"]]["type"], x["relation"], x["subject"], x["since"])
        for x in t.held
        if t.is_a(x["object"], "Instrument") and x["relation"] in ("issues", "adopts", "implements")
    }


@case(
    "what-builds-on",
    1,
    ("oecd-govtech-work", "lac-digital-government-review", "Report"),
    initiative="oecd-govtech-work",
)
def _(t: Tables) -> set[Row]:
    later = ("followsUp", "buildsOn", "succeeds")
    graph = nx.DiGraph((x["object"], x["subject"]) for x in t.ties if x["relation"] in later)
    return {("oecd-govtech-work", one, t.things[one]["type"]) for one in nx.descendants(graph, "oecd-govtech-work")}


@case(
    "figures",
    10,
    ("gavi", "Time since its creation, as said in the recording", "20", "years", "source-opsi-crossborder", "01:15:16"),
)
def _(t: Tables) -> set[Row]:
    return t.columns(t.figures, "subject", "label", "value", "unit", "source", "locator")


@case("neighbourhood", 6, ("oecd", "partnersWith", "caf"), about="caf")
def _(t: Tables) -> set[Row]:
    return t.columns((x for x in t.ties if "caf" in (x["subject"], x["object"])), "subject", "relation", "object")


@pytest.mark.parametrize("name", CASES)
def test_answers_are_what_the_tables_say(opsi: Ecosystem, tables: Tables, name: str) -> None:
    given, expected, rows, example = CASES[name]
    answer = opsi.query(name, **given)
    found = {tuple(local(cell) for cell in row) for row in answer.table().values()}
    if answer.of_triples:
        found = {row for row in found if row[1] != terms.LABEL}
    else:
        assert len(found) == len(answer), "no row comes twice"
    assert found == expected(tables)
    assert len(found) == rows
    assert example in found


def test_every_saved_query_is_held_against_the_tables(opsi: Ecosystem) -> None:
    by_hand = {"denied-statements", "actors-without-ties"}  # see below
    assert set(CASES) | by_hand == set(opsi.ontology.queries)
    assert len(opsi.query("denied-statements")) == 4, "bodies that do not meet an audit's requirements"
    assert len(opsi.query("actors-without-ties")) == 0


def test_what_is_denied_and_who_stands_alone(make_store, ontology) -> None:
    from builders import actor, tie

    denied = tie("a", "audits", "b", certainty=terms.DENIED, statement=Text("Nobody audits b.", "en"))
    store = make_store([actor("a"), actor("b"), actor("c", "Company", "ESP"), tie("a", "funds", "b"), denied])
    eco = Ecosystem(store, ontology)
    rows = [tuple(map(local, row)) for row in eco.query("denied-statements").table().values()]
    assert rows == [("a", "audits", "b", "source-a", "page 1", "Nobody audits b.")]
    assert [tuple(map(local, row)) for row in eco.query("actors-without-ties").table().values()] == [
        ("c", "Company", "ESP")
    ]
    assert len(eco.query("who-oversees-whom")) == 0, "what is denied is no oversight"
    assert len(eco.query("statements-about", about="b")) == 2, "what is known of it includes what is denied"


def test_an_actor_that_leads_narrows_the_answer(opsi: Ecosystem) -> None:
    everything, one = opsi.query("who-leads-what"), opsi.query("who-leads-what", leader="ERTICO")
    assert set(one.lines) < set(everything.lines) and len(one) == 1
    spain = opsi.query("topics-by-country", country="Spain")
    assert set(spain.lines) < set(opsi.query("topics-by-country").lines)
    assert opsi.query("no-tie-across-borders", country="Belgium").lines


def test_each_is_quick(opsi: Ecosystem) -> None:
    for name, (given, *_) in CASES.items():
        question = opsi.question(name, given)
        began = time.process_time()
        question.ask()
        assert time.process_time() - began < 0.5, name
