"""Views to draw: one as a ministry would publish it, one full of hostile text, and the pages made from them."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ecosystem.publish.layout import place
from ecosystem.publish.map import write_map
from ecosystem.publish.view import (
    Broker,
    Evidence,
    Gap,
    GapRow,
    Group,
    Grouping,
    Kind,
    MapNode,
    MapTie,
    MapView,
    Missing,
    Relation,
    SourceEntry,
    Triad,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# WebGL without a graphics card, and without the warning that it is slow.
SOFTWARE_GL = ("--use-angle=swiftshader", "--enable-unsafe-swiftshader")

ARTICLE = "AI in the public sector: an article of the observatory"
RECORDING = "Cross-border government innovation: notes on a recording"
VIDEO = "https://www.youtube.com/watch?v=nGjuo-7sUXM&t={}s"

KINDS = (
    Kind("DigitalAgency", "Digital agency", "Public body", "square", "#0072b2", 1),
    Kind("SpaceAgency", "Space agency", "Public body", "square", "#0072b2", 2),
    Kind("CityGovernment", "City government", "Public body", "square", "#0072b2", 3),
    Kind("Office", "Office", "Public body", "square", "#0072b2", 4),
    Kind("SupremeAuditInstitution", "Supreme audit institution", "Accountability actor", "triangle", "#d55e00", 5),
    Kind("IntergovernmentalOrganisation", "Intergovernmental organisation", "International actor", "hexagon", "", 6),
    Kind("DevelopmentBank", "Development bank", "International actor", "hexagon", "", 7),
    Kind("GlobalPartnership", "Global partnership", "International actor", "hexagon", "", 8),
    Kind("StateNetwork", "Network of states", "Network", "star", "", 9),
    Kind("ResearchInstitute", "Research institute", "Knowledge actor", "diamond", "", 10),
    Kind("StartUp", "Start-up", "Private or civic actor", "triangleDown", "", 11),
    Kind("Strategy", "Strategy", "Instrument", "dot", "", 12),
    Kind("Challenge", "Challenge", "Programme", "dot", "", 13),
    Kind("Programme", "Programme", "Programme", "dot", "", 14),
)
RELATIONS = (
    Relation("partOf", "is part of", "has part", "#7f7f7f", 1),
    Relation("memberOf", "is a member of", "has as member", "#0072b2", 2),
    Relation("leads", "leads", "is led by", "#009e73", 3),
    Relation("partnersWith", "is a partner of", "", "#aa4499", 4, directed=False),
    Relation("funds", "funds", "is funded by", "#e69f00", 5),
    Relation("audits", "audits", "is audited by", "#d55e00", 6),
    Relation("advises", "advises", "is advised by", "#882255", 7),
    Relation("participatesIn", "takes part in", "has as participant", "#56b4e9", 8),
)
GROUPS = (
    Group("supranational", "Supranational", central=True),
    Group("GBR", "United Kingdom"),
    Group("ARE", "United Arab Emirates"),
    Group("CHL", "Chile"),
    Group("USA", "United States"),
    Group("NLD", "Netherlands"),
    Group("COL", "Colombia"),
    Group("CAN", "Canada"),
    Group("ESP", "Spain"),
    Group("BRA", "Brazil"),
    Group("CIV", "Côte d’Ivoire"),
)
COUNTRY = {group.id: group.label for group in GROUPS}

# id, label, acronym, kind, group, size, pairs
IGO, SUPRA = "IntergovernmentalOrganisation", "supranational"
UNESCO = "United Nations Educational, Scientific and Cultural Organization"
CONPES = "National policy for digital transformation and AI"
ROWS: tuple[tuple[str, str, str, str, str, float, int | None], ...] = (
    ("oecd", "Organisation for Economic Co-operation and Development", "OECD", IGO, SUPRA, 1.0, 64),
    ("opsi", "Observatory of Public Sector Innovation", "OPSI", IGO, SUPRA, 0.9, 51),
    ("caf", "Development Bank of Latin America", "CAF", "DevelopmentBank", SUPRA, 0.45, 14),
    ("unesco", UNESCO, "UNESCO", IGO, SUPRA, 0.1, 2),
    ("ogp", "Open Government Partnership", "OGP", "GlobalPartnership", SUPRA, 0.15, 4),
    ("agile-nations", "Agile Nations", "", "StateNetwork", SUPRA, 0.35, 10),
    ("mbrcgi", "Mohammed bin Rashid Center for Government Innovation", "MBRCGI", "Office", "ARE", 0.5, 17),
    ("uae-ai-office", "Office of the Minister of State for Artificial Intelligence", "", "Office", "ARE", 0.1, 1),
    ("accelerators", "UAE Government Accelerators", "", "Programme", "ARE", 0.1, 0),
    ("moonshot", "Moonshot Pilot Grant", "", "Programme", "ARE", 0.0, 0),
    ("loti", "London Office of Technology and Innovation", "LOTI", "Office", "GBR", 0.2, 5),
    ("london", "London", "", "CityGovernment", "GBR", 0.25, 6),
    ("turing", "The Alan Turing Institute", "ATI", "ResearchInstitute", "GBR", 0.1, 1),
    ("ada", "Ada Lovelace Institute", "", "ResearchInstitute", "GBR", 0.1, 1),
    ("data-observatory", "Data Observatory", "DO", "ResearchInstitute", "CHL", 0.1, 1),
    ("chile-directive", "Directive on the procurement of innovation", "", "Strategy", "CHL", 0.0, 0),
    ("chile-gov", "Government of Chile", "", "Office", "CHL", 0.3, 8),
    ("nasa", "National Aeronautics and Space Administration", "NASA", "SpaceAgency", "USA", 0.4, 12),
    ("space-apps", "International Space Apps Challenge", "", "Challenge", "", 0.15, 0),
    ("deep-space", "Deep Space Food Challenge", "", "Challenge", "", 0.2, 2),
    ("csa", "Canadian Space Agency", "CSA", "SpaceAgency", "CAN", 0.2, 4),
    ("nca", "Netherlands Court of Audit", "", "SupremeAuditInstitution", "NLD", 0.15, 2),
    ("nl-tax", "Line agency with an audited algorithm", "", "DigitalAgency", "NLD", 0.0, 0),
    ("colombia-gov", "Government of Colombia", "", "Office", "COL", 0.35, 9),
    ("colombia-strategy", CONPES, "CONPES 3975", "Strategy", "COL", 0.0, 0),
    ("sedia", "Secretary of State for Digitalisation and AI", "SEDIA", "Office", "ESP", 0.1, 1),
    ("start-up-brazil", "Start-Up Brazil", "", "Programme", "BRA", 0.0, 0),
    ("citizenlab", "CitizenLab", "", "StartUp", "", 0.0, None),
    ("abidjan", "Agence numérique d’Abidjan", "", "DigitalAgency", "CIV", 0.0, None),
)  # fmt: skip

# source, relation, target, where the statement is: a section of the article or seconds of the recording
TIES: tuple[tuple[str, str, str, str | int], ...] = (
    ("opsi", "partOf", "oecd", "Introduction"),
    ("opsi", "partnersWith", "mbrcgi", 168),
    ("mbrcgi", "funds", "opsi", 189),
    ("colombia-gov", "memberOf", "oecd", "Strategies"),
    ("chile-gov", "memberOf", "oecd", "Strategies"),
    ("caf", "funds", "colombia-gov", "Strategies"),
    ("caf", "advises", "chile-gov", "Strategies"),
    ("caf", "partnersWith", "opsi", "Introduction"),
    ("colombia-gov", "leads", "colombia-strategy", "Strategies"),
    ("chile-gov", "leads", "chile-directive", "Procurement"),
    ("chile-gov", "partnersWith", "data-observatory", "Partnerships"),
    ("data-observatory", "partnersWith", "turing", "Partnerships"),
    ("nasa", "leads", "space-apps", 3956),
    ("nasa", "leads", "deep-space", 352),
    ("csa", "leads", "deep-space", 352),
    ("csa", "partnersWith", "nasa", 4201),
    ("loti", "partOf", "london", 3685),
    ("london", "participatesIn", "agile-nations", 7248),
    ("mbrcgi", "leads", "accelerators", 4304),
    ("mbrcgi", "leads", "moonshot", 4759),
    ("uae-ai-office", "advises", "mbrcgi", 4759),
    ("mbrcgi", "memberOf", "agile-nations", 7248),
    ("csa", "memberOf", "agile-nations", 7248),
    ("nca", "audits", "nl-tax", "Accountability"),
    ("nca", "advises", "oecd", "Accountability"),
    ("ada", "partnersWith", "ogp", "Accountability"),
    ("ogp", "partnersWith", "oecd", "Accountability"),
    ("unesco", "partnersWith", "oecd", "Principles"),
    ("sedia", "memberOf", "oecd", "Capacity"),
    ("ada", "partnersWith", "turing", "Accountability"),
    ("turing", "advises", "loti", "Capacity"),
    ("opsi", "advises", "sedia", "Capacity"),
    ("start-up-brazil", "participatesIn", "caf", "Partnerships"),
    ("nasa", "partnersWith", "opsi", 3581),
    ("london", "partnersWith", "opsi", 376),
)

# Some of CAF's pairs, with the numbers of the ties by which each end reaches it.
TRIADS = {
    "caf": (
        Triad("chile-gov", "colombia-gov", "itinerant", False, ("rel-0006",), ("rel-0005",)),
        Triad("chile-gov", "start-up-brazil", "liaison", True, ("rel-0006",), ("rel-0020",)),
    )
}
MISSING = (
    Missing("abidjan", "nca", "Agency that uses AI, and no overseer", "who audits"),
    Missing("sedia", "colombia-strategy", "Strategy without a measure of success"),
)
COMMANDS = {
    "node": "ecosystem show {node} --evidence -d datasets/opsi",
    "path": "ecosystem path {from} {to} --evidence -d datasets/opsi",
    "broker": "ecosystem brokers --actor {node} --evidence --by country -d datasets/opsi",
    "gaps": "ecosystem gaps -d datasets/opsi",
}

COMMUNITIES = (
    "oecd opsi caf unesco ogp colombia-gov colombia-strategy chile-gov chile-directive sedia start-up-brazil nca "
    "nl-tax",
    "mbrcgi uae-ai-office accelerators moonshot agile-nations london",
    "nasa csa space-apps deep-space",
    "turing ada data-observatory loti",
)
COMMUNITY = {name: number for number, names in enumerate(COMMUNITIES, start=1) for name in names.split()}
DATES = {"start-up-brazil": ("2012", ""), "deep-space": ("2021-01", "2024-08")}

GAPS = (
    Gap(
        "Agency that uses AI, and no overseer",
        "High",
        2,
        "Accountability needs an overseer tied to those who build, buy and use algorithms.",
        "Link a supreme audit institution or an internal auditor.",
        (
            GapRow("Agence numérique d’Abidjan", "abidjan"),
            GapRow("Secretary of State for Digitalisation and AI", "sedia"),
        ),
    ),
    Gap(
        "Strategy without a measure of success",
        "Medium",
        2,
        "A strategy that cannot be measured cannot be acted on.",
        "Record measurable goals, or say that there are none.",
        (GapRow(CONPES, "colombia-strategy", "measurable goals"),),
    ),
    Gap(
        "Isolated actor",
        "Low",
        2,
        rows=(GapRow("CitizenLab", "citizenlab"), GapRow("Agence numérique d’Abidjan", "abidjan")),
    ),
)


def ministry_view() -> MapView:
    """A map of the size and the texts that a ministry would publish, not yet placed."""
    nodes = tuple(_node(*row) for row in ROWS)
    ranking = sorted((node for node in nodes if node.broker_total), key=lambda node: -(node.broker_total or 0))
    return MapView(
        title="Who connects governments on artificial intelligence and across borders",
        sentence="29 actors and initiatives of ten countries and the bodies between them, with 35 ties that two "
        "public sources state, as of June 2022.",
        date="2022-06-30",
        measure="pairs that it connects",
        nodes=nodes,
        ties=tuple(_tie(number, *row) for number, row in enumerate(TIES)),
        kinds=KINDS,
        relations=RELATIONS,
        grouping=Grouping("Country", GROUPS),
        brokers=tuple(
            Broker(
                node.id,
                node.acronym or node.label,
                node.broker,
                (("gatekeeper", 6), ("liaison", 8)),
                node.broker_total or 0,
                TRIADS.get(node.id, ()),
            )
            for node in ranking[:10]
        ),
        gaps=GAPS,
        sources=(
            SourceEntry("article", ARTICLE, "https://oecd-opsi.org/", "2021-06-22", "CC-BY-SA-3.0-IGO", 20),
            SourceEntry("recording", RECORDING, VIDEO.format(0), "2021-11-18", "", 15),
        ),
        notes=(
            "Two sources stand behind nearly everything here, and most ties rest on one sentence: treat an absent "
            "tie as not yet told, not as not there.",
            "Brokerage counts pairs of actors without a direct tie that an actor connects, by country.",
        ),
        settings={"Ties": "relations that convey contact", "Initiatives": "kept", "Version": "0.1.0"},
        command="ecosystem map -d datasets/opsi --output map.html",
        commands=COMMANDS,
        missing=MISSING,
    )


def _node(name: str, label: str, acronym: str, kind: str, group: str, size: float, pairs: int | None) -> MapNode:
    words = f"Connects Chile and the OECD as gatekeeper: {pairs} pairs, 2 that nobody else connects." if pairs else ""
    return MapNode(
        id=name,
        label=label,
        acronym=acronym,
        alternatives=("Corporación Andina de Fomento",) if name == "caf" else (),
        kind=kind,
        group=group,
        country=COUNTRY.get(group, ""),
        description=f"{label} as the two sources tell of it.",
        homepage="https://www.oecd.org/" if name == "oecd" else "",
        is_initiative=kind in ("Strategy", "Challenge", "Programme"),
        size=size,
        measure=f"Connects {pairs} pairs." if pairs is not None else "",
        broker=words,
        broker_total=pairs,
        gaps=tuple(gap.label for gap in GAPS if any(row.node == name for row in gap.rows)),
        community=COMMUNITY.get(name),
        since=DATES.get(name, ("", ""))[0],
        until=DATES.get(name, ("", ""))[1],
        facts=(("Stage", "Sustained"),) if kind == "Programme" else (),
        evidence=(Evidence(source=ARTICLE, url="https://oecd-opsi.org/", locator="Introduction"),),
    )


def _tie(number: int, source: str, relation: str, target: str, where: str | int) -> MapTie:
    labels = {row[0]: row[1] for row in ROWS}
    in_video = isinstance(where, int)
    clock = f"{where // 3600:02}:{where // 60 % 60:02}:{where % 60:02}" if isinstance(where, int) else where
    return MapTie(
        id=f"rel-{number:04x}",
        source=source,
        target=target,
        relation=relation,
        strength=2.0 if relation == "partOf" else 1.0,
        evidence=(
            Evidence(
                statement=f"{labels[source]} and {labels[target]} are named together here.",
                source=RECORDING if in_video else ARTICLE,
                url=VIDEO.format(where) if in_video else "https://oecd-opsi.org/",
                locator=clock,
                certainty="stated",
                since="2021" if in_video else "",
                confidence=0.9 if in_video else None,
            ),
        ),
    )


HOSTILE = (
    "</script><script>window.__pwned = 1</script>",
    "<img src=x onerror='window.__pwned = 2'>",
    '"><svg onload=window.__pwned=3>',
    "javascript:window.__pwned=4",
    "<a href='https://evil.example/'>href</a>",
    "{{ 7 * 7 }} {% raw %}",
    "line\u2028separator\u2029and \u202eright to left",
    "هيئة الحكومة الرقمية",
    "<!-- <script> -->",
    "'; alert(1); //",
    "</style><style>body{display:none}</style>",
    "]]>&amp;&lt;b&gt;",
)


def hostile_view() -> MapView:
    """Every text of the view is an attack, or text that is easily mistaken for one; not yet placed."""
    evil = HOSTILE[0]
    evidence = tuple(
        Evidence(text, text, "javascript:window.__pwned=5", text, text, text, text, 0.5) for text in HOSTILE
    )
    nodes = tuple(
        MapNode(
            id=text,
            label=text,
            acronym=HOSTILE[1] if number % 2 else "",
            alternatives=(text, evil),
            kind=HOSTILE[number % 3],
            group=HOSTILE[number % 4],
            country=text,
            description=text,
            homepage="javascript:window.__pwned=6",
            size=0.5,
            measure=text,
            broker=text,
            broker_total=number,
            gaps=(evil,),
            community=1 + number % 2,
            since=text if number % 2 else "2020",
            until=text if number % 3 else "2022",
            facts=((text, text),),
            evidence=evidence,
        )
        for number, text in enumerate(HOSTILE)
    )
    ties = tuple(
        MapTie(text, HOSTILE[number - 1], text, HOSTILE[number % 2], evidence, via=text)
        for number, text in enumerate(HOSTILE)
    )
    return MapView(
        title=evil,
        sentence=evil,
        date=evil,
        measure=evil,
        nodes=nodes,
        ties=ties,
        kinds=tuple(Kind(text, text, text, "</svg>", "red;}body{display:none}", 0) for text in HOSTILE[:3]),
        relations=tuple(Relation(text, text, text, "#zzzzzz", 0) for text in HOSTILE[:2]),
        grouping=Grouping(evil, tuple(Group(text, text) for text in HOSTILE[:4])),
        brokers=tuple(
            Broker(
                text, text, text, (("liaison", 1),), 1, (Triad(evil, HOSTILE[4], "liaison", True, (evil,), (evil,)),)
            )
            for text in HOSTILE[1:4]
        ),
        missing=tuple(Missing(evil, text, text, text) for text in HOSTILE[1:]),
        commands=dict.fromkeys(("node", "path", "broker"), f"{evil} {{node}} {{from}} {{to}}"),
        gaps=(Gap(evil, evil, 1, evil, evil, (GapRow(evil, HOSTILE[1], evil),)),),
        sources=(SourceEntry(evil, evil, "javascript:window.__pwned=7", evil, evil, 1),),
        notes=HOSTILE,
        settings=dict(zip(HOSTILE, reversed(HOSTILE), strict=True)),
        command=evil,
        language="en",
    )


@pytest.fixture(scope="session")
def ministry() -> MapView:
    return place(ministry_view())


@pytest.fixture(scope="session")
def hostile() -> MapView:
    return place(hostile_view())


@pytest.fixture(scope="session")
def page_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[MapView], Path]:
    def written(view: MapView) -> Path:
        return write_map(view, tmp_path_factory.mktemp("map") / "map.html")

    return written


@pytest.fixture(scope="session")
def ministry_page(page_of: Callable[[MapView], Path], ministry: MapView) -> Path:
    return page_of(ministry)


@pytest.fixture(scope="session")
def hostile_page(page_of: Callable[[MapView], Path], hostile: MapView) -> Path:
    return page_of(hostile)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A real Chromium; where there is none the test is skipped, or fails if CI=true."""
    helper = Path(__file__).parents[1] / "browser.py"
    spec = importlib.util.spec_from_file_location("browser_helper", helper)
    assert spec is not None and spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    path = found.find_chromium()
    if path is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(found.WHAT_TO_DO)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", *SOFTWARE_GL])
        yield browser
        browser.close()
