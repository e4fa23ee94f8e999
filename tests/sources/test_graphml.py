"""GraphML as four programs write it: nodes and edges become records, what is not carried over is told once."""

from __future__ import annotations

import io

import pytest
from comparing import told

from ecosystem.records import Relationship

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
SMALL = (
    HEAD
    + """ <key id="d0" for="node" attr.name="label" attr.type="string"/>
 <key id="d1" for="node" attr.name="Country" attr.type="string"/>
 <key id="d2" for="node" attr.name="actor_type" attr.type="string"><default>Ministry</default></key>
 <key id="d3" for="all" attr.name="size" attr.type="double"/>
 <key id="d4" for="edge" attr.name="weight" attr.type="double"/>
 <key id="d5" for="edge" attr.name="Edge Label" attr.type="string"/>
 <graph id="g" edgedefault="undirected"><desc>Three bodies</desc>
  <node id="a"><data key="d0">Finance</data><data key="d1">Chile</data><data key="d3">2</data></node>
  <node id="b"><data key="d0">Court &amp; co</data><data key="d2">Quango</data></node>
  <node id="c"><graph edgedefault="directed"><node id="c::1"><data key="d0">Fund</data></node></graph></node>
  <edge id="e1" source="a" target="b"><data key="d4">2.5</data></edge>
  <edge source="b" target="a" directed="true"><data key="d5">audits</data></edge>
  <hyperedge><endpoint node="a"/></hyperedge>
 </graph>
</graphml>"""
)


def test_keys_defaults_groups_and_directions(read_file) -> None:
    reading = read_file("small.graphml", SMALL)
    profiles, ties = told(reading)
    assert profiles == [
        ("Finance", "Ministry", "", "CHL"),
        ("Court & co", "Actor", "Quango", ""),
        ("c", "Ministry", "", ""),
        ("Fund", "Ministry", "", ""),
    ]
    assert ties == [("a", "tiedTo", "b", 2.5), ("b", "audits", "a", None)]
    assert [problem.message for problem in reading.skipped] == [
        "groups are flattened: 1 graph within a node.",
        "not carried over: 1 hyperedge.",
        "not carried over: the attributes size (1).",
    ]
    assert reading.dataset.description == "Three bodies"


def test_what_networkx_writes(read_file) -> None:
    import networkx as nx

    graph = nx.MultiDiGraph(title="By networkx")
    graph.add_node("a", label="A", country="PE")
    graph.add_node("b", label="B", score=1.5)
    graph.add_edge("a", "b", relation="funds", weight=3, since="2020")
    graph.add_edge("a", "b", relation="advises")
    out = io.BytesIO()
    nx.write_graphml(graph, out)
    reading = read_file("nx.graphml", out.getvalue())
    profiles, ties = told(reading)
    assert profiles == [("A", "Actor", "", "PER"), ("B", "Actor", "", "")]
    assert ties == [("a", "funds", "b", 3.0), ("a", "advises", "b", None)]
    assert reading.dataset.title == "By networkx"
    assert [one.since for one in reading.records if isinstance(one, Relationship)] == ["2020", ""]


def test_what_igraph_writes(read_file, tmp_path) -> None:
    import igraph

    graph = igraph.Graph([(0, 1)], directed=True)
    graph.vs["name"], graph.es["weight"] = ["Court", "Bank"], [2.0]
    graph.write_graphml(str(tmp_path / "written.graphml"))
    profiles, ties = told(read_file("ig.graphml", (tmp_path / "written.graphml").read_bytes()))
    assert [name for name, *_ in profiles] == ["Court", "Bank"] and ties == [("n0", "tiedTo", "n1", 2.0)]


YED = (
    HEAD.replace("<graphml ", '<graphml xmlns:y="http://www.yworks.com/xml/graphml" ')
    + """ <key for="node" id="d6" yfiles.type="nodegraphics"/><key for="edge" id="d9" yfiles.type="edgegraphics"/>
 <key attr.name="description" attr.type="string" for="node" id="d5"/>
 <graph edgedefault="directed" id="G">
  <node id="n0"><data key="d5">Audits.</data><data key="d6"><y:ShapeNode><y:Geometry x="1"/>
   <y:NodeLabel>Court of
 Audit<y:LabelModel/></y:NodeLabel></y:ShapeNode></data></node>
  <node id="n1"><data key="d6"><y:ShapeNode><y:NodeLabel>Bank</y:NodeLabel></y:ShapeNode></data></node>
  <edge id="e0" source="n0" target="n1"><data key="d9"><y:PolyLineEdge><y:Arrows source="standard" target="none"/>
   <y:EdgeLabel>funds</y:EdgeLabel></y:PolyLineEdge></data></edge>
  <edge id="e1" source="n0" target="n1"><data key="d9"><y:PolyLineEdge><y:Arrows source="none" target="none"/>
   </y:PolyLineEdge></data></edge>
  <edge id="e2" source="n0" target="n1"><data key="d9"><y:PolyLineEdge><y:Arrows source="standard" target="standard"/>
   <y:EdgeLabel>advises</y:EdgeLabel></y:PolyLineEdge></data></edge>
 </graph></graphml>"""
)


def test_what_yed_draws(read_file) -> None:
    reading = read_file("drawn.graphml", YED)
    profiles, ties = told(reading)
    assert [name for name, *_ in profiles] == ["Court of Audit", "Bank"]
    assert ties == [
        ("n1", "funds", "n0", None),
        ("n0", "tiedTo", "n1", None),
        ("n0", "advises", "n1", None),
        ("n1", "advises", "n0", None),
    ]
    assert reading.skipped == ()


NEO4J = (
    HEAD
    + """ <key id="name" for="node" attr.name="name"/><key id="labels" for="node" attr.name="labels"/>
 <key id="e" for="edge" attr.name="interaction"/>
 <graph id="G" edgedefault="directed">
  <node id="n0" labels=":Fiscal:Ministry"><data key="labels">:Fiscal:Ministry</data>
   <data key="name">Treasury</data></node>
  <node id="n1" labels=":Company" rank="3"><data key="name">Acme</data></node>
  <edge id="e0" source="n0" target="n1" label="FUNDS"><data key="label">FUNDS</data></edge>
  <edge id="e1" source="n1" target="n0" label="PART_OF"/>
  <edge id="e2" source="n1" target="n0"><data key="e">advises</data></edge>
 </graph></graphml>"""
)


def test_what_neo4j_and_cytoscape_call_things(read_file) -> None:
    reading = read_file("db.graphml", NEO4J)
    profiles, ties = told(reading)
    assert profiles == [("Treasury", "Ministry", "Fiscal", ""), ("Acme", "Company", "", "")]
    assert [relation for _, relation, _, _ in ties] == ["funds", "partOf", "advises"]
    assert [problem.message for problem in reading.skipped] == ["not carried over: the attributes rank (1)."]


def test_two_attributes_of_one_name_are_both_told(read_file) -> None:
    keys = '<key id="a" for="node" attr.name="Rank"/><key id="b" for="node" attr.name="rank"/>'
    node = '<node id="n"><data key="a">1</data><data key="b">2</data></node>'
    reading = read_file("some.graphml", f"{HEAD}{keys}<graph edgedefault='directed'>{node}</graph></graphml>")
    (problem,) = reading.skipped
    assert problem.message == "not carried over: the attributes rank (1), rank (2) (1)."


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('target="b"', 'target="z"', 'small.graphml:13: target "z" of an edge is no node.'),
        (">2.5<", ">-1<", 'small.graphml:13: weight "-1" is not above 0.'),
        ('id="b"', 'id="a"', 'small.graphml:11: the id "a" is that of another node.'),
        ('directed="true"', 'directed="sideways"', 'small.graphml:14: the type "sideways" of an edge is not known.'),
        ("</graphml>", "", "small.graphml:17: is not XML: no element found"),
        ("<graphml", "<!DOCTYPE x [<!ENTITY a 'aa'>]><graphml", 'small.graphml:2: declares the entity "a".'),
        (
            "<graphml",
            "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><graphml",
            'small.graphml:2: declares the entity "a".',
        ),
        ("<graphml", "<html/><graphml", "small.graphml:2: is a web page, not GraphML."),
        ('<node id="a">', "<node>" * 600, "small.graphml:10: nests more than 500 elements."),
    ],
)
def test_mistakes(write, mistakes, old: str, new: str, expected: str) -> None:
    assert mistakes(write(small__graphml=SMALL.replace(old, new, 1)))[0].startswith(expected)
