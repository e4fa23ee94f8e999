"""Pajek, Gephi's tables, JSON networks and Kumu's workbook: each as other programs write it."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from comparing import told

from ecosystem.records import Profile, Relationship
from ecosystem.sources import read

PAJEK = """% made by hand
*Network Some bodies
*Vertices 4
1 "Court of Audit" 0.1 0.5 0.5 ellipse ic Red
2 Bank [1990-1995]
3 "Contralor&#237;a"
*Arcs :1 "audits"
1 2
1 3 2.5 c Blue
*Edges :2 "partners with"
2 3 1 [5-10]
*Arcslist
1 2 4
*Edgeslist
3 4
2: 1 4
"""


def test_pajek_vertices_relations_and_lists(read_file) -> None:
    content = PAJEK.replace("2: 1 4\n", "*Arcs\n1: 4 1\n")
    reading = read_file("some.net", content)
    profiles, ties = told(reading)
    assert [name for name, *_ in profiles] == ["Court of Audit", "Bank", "Contraloría", "4"]
    assert ties == [
        ("1", "audits", "2", None),
        ("1", "audits", "3", 2.5),
        ("2", "partnersWith", "3", None),
        ("1", "tiedTo", "2", None),
        ("1", "tiedTo", "4", None),
        ("3", "tiedTo", "4", None),
        ("4", "audits", "1", None),
    ]
    assert reading.dataset.title == "Some bodies"
    bank = [one for one in reading.records if isinstance(one, Profile)][1]
    assert (bank.since, bank.until) == ("1990", "1995")
    assert [problem.message for problem in reading.skipped] == [
        "not carried over: moments (1).",
        "kept as ties without direction: 2 directed edges of no known relation.",
    ]


def test_a_pajek_matrix_of_two_modes_in_an_old_code_page(read_file) -> None:
    content = '*Vertices 3 1\n1 "Per\xfa"\n2 b\n3 c\n*Matrix\n0 2\n'.encode("latin-1")
    reading = read_file("old.net", content)
    profiles, ties = told(reading)
    assert profiles[0][0] == "Perú" and ties == [("1", "tiedTo", "3", 2.0)]
    assert "is not UTF-8 and is read as Windows-1252: look at the accents." in [p.message for p in reading.skipped]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("1 2\n", "a.net:1: is not a network of Pajek."),
        ("*Arcs\n", "a.net: has no vertices."),
        ("*Vertices x\n", "a.net:1: *Vertices does not say how many."),
        ("*Vertices 999999999\n", "a.net:1: has more than 5,000,000 vertices."),
        ("*Vertices 2\n*Arcs\n1 3\n", 'a.net:3: "3" is no vertex. Vertices have the numbers 1 to 2.'),
        ("*Vertices 2\n1 a\n1 b\n", "a.net:3: vertex 1 occurs twice."),
        ("*Vertices 2\n*Edges\n1\n", "a.net:3: names one end only."),
        ("*Vertices 2\n*Edges\n1 2 -1\n", 'a.net:3: weight "-1" is not above 0.'),
        ("*Vertices 1\n*Vertices 1\n", "a.net:2: *Vertices occurs twice."),
    ],
)
def test_mistakes_in_pajek(write, mistakes, content: str, expected: str) -> None:
    assert mistakes(write(a__net=content))[0].startswith(expected)


PROJECT = """*Network Some bodies
*Vertices 2
1 Court
2 Bank
*Arcs
1 2 3
*Partition Kinds
*Vertices 2
1
2
*Vector Sizes
*Vertices 2
0.5
0.25
"""


def test_the_only_network_of_a_pajek_project_is_read_and_of_two_none(read_file, write, mistakes) -> None:
    reading = read_file("a.paj", PROJECT)
    profiles, ties = told(reading)
    assert [name for name, *_ in profiles] == ["Court", "Bank"] and ties == [("1", "tiedTo", "2", 3.0)]
    assert reading.skipped[0].message == "not carried over: *partition (1), *vector (1)."
    assert mistakes(write(a__paj=PROJECT + "*Network Others\n*Vertices 1\n")) == [
        "a.paj:15: holds several networks. Save each network as a file of its own."
    ]


def test_comments_and_links_as_infomap_writes_them(read_file) -> None:
    content = "# A network\n*Vertices 2\n# id name\n1 Court\n2 Bank\n*Links\n# source target weight\n1 2 0.5\n"
    assert told(read_file("a.net", content))[1] == [("1", "tiedTo", "2", 0.5)]


NODES = "Id;Label;Country;timeset\n1;Court;Chile;\n2;'=Bank;;<[2001.0, 2005.0]>\n"
EDGES = "Source;Target;Type;Id;Label;Weight\n1;2;Directed;0;audits;1.0\n2;1;Undirected;1;;2.5\n"


def test_gephis_tables_as_a_folder_or_by_the_edges(write, ontology) -> None:
    folder = write(nodes__csv=NODES, edges__csv=EDGES)
    for path in (folder, folder / "edges.csv"):
        reading = read(path, ontology)
        profiles, ties = told(reading)
        assert [(name, country) for name, _, _, country in profiles] == [("Court", "CHL"), ("=Bank", "")]
        assert ties == [("1", "audits", "2", 1.0), ("2", "tiedTo", "1", 2.5)]


def test_a_bare_list_of_edges_names_its_actors(write, ontology) -> None:
    reading = read(write(ties__csv="source,target\nCourt,Bank\nBank,Court\n"), ontology)
    profiles, ties = told(reading)
    assert [name for name, *_ in profiles] == ["Court", "Bank"] and len(ties) == 2
    assert "no table of nodes lies beside it" in reading.skipped[0].message


def test_gephis_tables_in_an_archive(tmp_path: Path, ontology) -> None:
    with zipfile.ZipFile(tmp_path / "pair.zip", "w") as archive:
        archive.writestr("in/Ties [Edges].csv", EDGES)
        archive.writestr("in/Ties [Nodes].csv", NODES)
    reading = read(tmp_path / "pair.zip", ontology)
    assert [name for name, *_ in told(reading)[0]] == ["Court", "=Bank"] and len(told(reading)[1]) == 2
    assert not any("passed over" in problem.message for problem in reading.skipped)


def test_edges_that_say_what_they_are_and_ids_that_were_numbers(write, ontology) -> None:
    folder = write(nodes__csv="Id,Label\n1,Court\n2,Bank\n", edges__csv="sep=,\nsource,target,type\n1.0,2.0,audits\n")
    assert told(read(folder / "edges.csv", ontology))[1] == [("1", "audits", "2", None)]


def test_what_was_repaired_in_gephis_tables_is_told_and_a_year_is_a_date(write, ontology) -> None:
    edges = "Source;Target;timeset\nContralor\xeda;Bank;<[2001.0, Infinity]>\n".encode("latin-1")
    reading = read(write(ties__csv=edges), ontology)
    assert told(reading)[0][0][0] == "Contraloría"
    assert [one.since for one in reading.records if isinstance(one, Relationship)] == ["2001"]
    assert [problem.message for problem in reading.skipped] == [
        "is not UTF-8: 1 line from here on are read as Windows-1252.",
        "no table of nodes lies beside it: actors are known by what its edges call them.",
        "kept as ties without direction: 1 directed edge of no known relation.",
    ]


def test_mistakes_in_gephis_tables(write, mistakes) -> None:
    folder = write(nodes__csv=NODES + "1;Again;;\n", edges__csv=EDGES + "1;9;Directed;2;;\n1;2;Sideways;3;;\n")
    assert [line.partition(" Give")[0].partition(" Name")[0] for line in mistakes(folder / "edges.csv")] == [
        'nodes.csv:4: the id "1" is that of another node.',
        'edges.csv:4: target "9" of an edge is no node.',
        'edges.csv:5: the type "sideways" of an edge is not known. Write directed, undirected or mutual.',
    ]


GRAPHOLOGY = {
    "attributes": {"title": "Some"},
    "options": {"type": "mixed", "multi": True},
    "nodes": [{"key": "a", "attributes": {"label": "Court", "tags": ["x"], "at": {"x": 1}}}, {"key": 2}],
    "edges": [
        {"key": "e", "source": "a", "target": 2, "attributes": {"relation": "audits", "weight": 2}},
        {"source": "a", "target": "2", "undirected": True},
    ],
}


def test_graphology(read_file) -> None:
    reading = read_file("some.json", json.dumps(GRAPHOLOGY))
    profiles, ties = told(reading)
    assert [name for name, *_ in profiles] == ["Court", "2"]
    assert ties == [("a", "audits", "2", 2.0), ("a", "tiedTo", "2", None)]
    locators = [one.citation.locator for one in reading.records if isinstance(one, Relationship)]
    assert locators == ["edge e", "edges[1]"]
    assert [problem.message for problem in reading.skipped] == ["not carried over: the attributes at (1), tags (1)."]


def test_what_networkx_says_in_node_link_form(read_file) -> None:
    import networkx as nx

    graph = nx.MultiGraph(title="Some")
    graph.add_node(1, label="Court")
    graph.add_edge(1, 2, relation="partnersWith", confidence=0.5)
    for edges in ("links", "edges"):
        reading = read_file("some.json", json.dumps(nx.node_link_data(graph, edges=edges)))
        profiles, ties = told(reading)
        assert [name for name, *_ in profiles] == ["Court", "2"] and ties == [("1", "partnersWith", "2", None)]
        assert [one.confidence for one in reading.records if isinstance(one, Relationship)] == [0.5]
        assert reading.dataset.title == "Some" and reading.skipped == ()


@pytest.mark.parametrize(
    ("nodes", "ends"),
    [
        ([{"name": "Court"}, {"name": "Bank"}], ("Court", "Bank")),
        ([{"group": 1}, {"group": 2}], (0, 1)),
        ([{"id": "a", "name": "Court"}, {"id": "b"}], ({"id": "a"}, {"id": "b"})),
    ],
)
def test_what_d3_makes_of_it(read_file, nodes: list[object], ends: tuple[object, ...]) -> None:
    links = [{"source": ends[0], "target": ends[1], "value": 3}]
    reading = read_file("some.json", json.dumps({"nodes": nodes, "links": links}))
    profiles, ties = told(reading)
    assert len(profiles) == 2 and len(ties) == 1


COURT: dict[str, object] = {"id": "a", "label": "Court"}
TIE: dict[str, object] = {"source": "a", "target": "b", "relation": "funds"}


@pytest.mark.parametrize(
    "document",
    [
        {"elements": {"nodes": [{"data": COURT}, {"data": {"id": "b"}}], "edges": [{"data": TIE}]}},
        {"elements": [{"data": COURT}, {"data": {"id": "b"}}, {"data": TIE}]},
        [{"data": COURT}, {"data": {"id": "b"}}, {"data": TIE}],
        {"graph": {"nodes": {"a": {"label": "Court"}, "b": {}}, "edges": [TIE]}},
        {
            "graph": {
                "nodes": [COURT, {"id": "b"}],
                "edges": [{**TIE, "relation": "", "metadata": {"relation": "funds"}}],
            }
        },
        {"nodes": [COURT, {"id": "b"}], "edges": [{"from": "a", "to": "b", "label": "funds"}]},
    ],
)
def test_nodes_and_links_in_other_wrapping(read_file, document: object) -> None:
    profiles, ties = told(read_file("some.json", json.dumps(document)))
    assert [name for name, *_ in profiles] == ["Court", "b"] and [(tie[0], tie[2]) for tie in ties] == [("a", "b")]


def test_mistakes_in_json(write, mistakes) -> None:
    document = {**GRAPHOLOGY, "edges": [{"source": "a", "target": "z"}, 4]}
    assert mistakes(write(some__json=json.dumps(document))) == [
        "some.json: edges[1]: is not an object. Mend it, or export the network again.",
        'some.json: edges[0]: target "z" of an edge is no node. Name a node by its id.',
    ]


def workbook(**sheets: list[list[object]]) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    for name, rows in sheets.items():
        page = book.add_worksheet(name.replace("_", " "))
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    book.close()
    return out.getvalue()


ELEMENTS: list[list[object]] = [
    ["Label", "Type", "Description", "Tags", "Founded"],
    ["Court", "Supreme audit institution | Body", "Audits.", "govtech|Books", 1814],
    [],
    ["Bank", "", "", "", ""],
]
CONNECTIONS: list[list[object]] = [["From", "To", "Direction", "Type", "Label"], ["Court", "Bank", "", "audits", ""]]


def test_kumus_workbook(write, ontology) -> None:
    sheets = {"Elements": ELEMENTS, "Connections": CONNECTIONS, "Notes_(ignore)": [["x"]], "Other": [["y"]]}
    reading = read(write(map__xlsx=workbook(**sheets)), ontology)
    court, bank = [one for one in reading.records if isinstance(one, Profile)]
    assert court.type.endswith("#SupremeAuditInstitution") and court.kind == "Body"
    assert court.keywords == ("Books",) and len(court.topics) == 1 and bank.labels[0].value == "Bank"
    assert told(reading)[1] == [("Court", "audits", "Bank", None)]
    assert [problem.message for problem in reading.skipped] == [
        'sheet "Other" is none of a map\'s and is passed over.',
        "not carried over: the attributes founded (1).",
    ]


def test_a_workbook_of_connections_alone_and_one_that_is_wrong(write, mistakes, ontology, tmp_path: Path) -> None:
    reading = read(write(map__xlsx=workbook(Connections=CONNECTIONS)), ontology)
    assert [name for name, *_ in told(reading)[0]] == ["Court", "Bank"]
    wrong = [*CONNECTIONS, ["Court", "Nobody", "sideways"]]
    assert mistakes(write(map__xlsx=workbook(Elements=ELEMENTS, Connections=wrong))) == [
        "map.xlsx: Connections, row 3: 'to' names \"Nobody\", which is no element. Add the element, or mend the name."
    ]
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 no")
    (told_of,) = mistakes(tmp_path / "broken.xlsx")
    assert told_of.startswith("broken.xlsx: is not a workbook, or damaged")
