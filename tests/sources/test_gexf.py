"""GEXF of three versions: nodes and edges become records, what is not carried over is told once."""

from __future__ import annotations

from pathlib import Path

import pytest

from ecosystem import terms
from ecosystem.network import SUPRANATIONAL, Projection, project, simple
from ecosystem.ontology import Ontology
from ecosystem.records import Profile, Relationship
from ecosystem.sources import read
from ecosystem.store import EmbeddedStore, load

SMALL = """<?xml version="1.0"?>
<gexf xmlns="http://gexf.net/{version}" xmlns:viz="http://gexf.net/{version}/viz" version="{version}">
 <meta><creator>By hand</creator><description>Three bodies</description></meta>
 <graph defaultedgetype="undirected">
  <attributes class="node"><attribute id="0" title="Country" type="string"/>
   <attribute id="k" title="actor_type" type="string"><default>Ministry</default></attribute>
   <attribute id="s" title="size" type="integer"/></attributes>
  <attributes class="edge"><attribute id="r" title="relation" type="string"/></attributes>
  <nodes>
   <node id="a" label="Finance"><attvalues><attvalue {key}="0" value="Chile"/></attvalues><viz:size value="3"/></node>
   <node id="b" label="Court"><attvalues><attvalue {key}="0" value="PE"/>
    <attvalue {key}="k" value="Quango"/></attvalues>
    <nodes><node id="c/d" label="Fund"><attvalues><attvalue {key}="0" value="International"/>
     <attvalue {key}="s" value="4"/></attvalues></node></nodes></node>
  </nodes>
  <edges>
   <edge id="1" source="a" target="b" weight="2.5"/>
   <edge id="2" source="b" target="a" type="directed"><attvalues><attvalue {key}="r" value="audits"/></attvalues></edge>
   <edge source="a" target="c/d" type="mutual" label="funds"/>
   <edge id="4" source="a" target="b" label="is seen with" type="directed"/>
  </edges>
 </graph>
</gexf>"""


@pytest.mark.parametrize(("version", "key"), [("1.1draft", "id"), ("1.2draft", "for"), ("1.3", "for")])
def test_a_network_of_each_version(read_file, version: str, key: str) -> None:
    reading = read_file("small.gexf", SMALL.format(version=version, key=key))
    profiles = [one for one in reading.records if isinstance(one, Profile)]
    ties = [one for one in reading.records if isinstance(one, Relationship)]
    assert [one.labels[0].value for one in profiles] == ["Finance", "Court", "Fund"]
    assert [one.country.rpartition("/")[2] for one in profiles] == ["CHL", "PER", ""]
    assert [one.supranational for one in profiles] == [False, False, True]
    assert [(one.type.rpartition("#")[2], one.kind) for one in profiles] == [
        ("Ministry", ""),
        ("Actor", "Quango"),
        ("Ministry", ""),
    ]
    told = [(t.subject[-1], t.relation.rpartition("#")[2], t.object[-1], t.strength, t.role) for t in ties]
    assert told == [
        ("a", "tiedTo", "b", 2.5, ""),
        ("b", "audits", "a", None, ""),
        ("a", "funds", "d", None, ""),
        ("d", "funds", "a", None, ""),
        ("a", "tiedTo", "b", None, "is seen with"),
    ]
    assert [tie.citation.locator for tie in ties] == ["edge 1", "edge 2", "line 19", "line 19", "edge 4"]
    assert [problem.message for problem in reading.skipped] == [
        "groups are flattened: 1 node within another.",
        "not carried over: the attributes size (1).",
        "kept as ties without direction: 1 directed edge of no known relation.",
    ]
    assert (reading.records[0].creator, reading.dataset.description) == ("By hand", "Three bodies")


LOSSES = """<gexf xmlns="http://gexf.net/1.3" version="1.3"><meta><keywords>money</keywords></meta>
 <graph defaultedgetype="directed">
  <attributes class="node"><attribute id="0" title="Alt_Labels" type="liststring"/>
   <attribute id="1" title="Rank" type="string"/><attribute id="2" title="rank" type="string"/>
   <attribute id="3" title="name" type="string"/></attributes>
  <nodes>
   <node id="a" label="a" timestamp="2001.0"><attvalues><attvalue for="0" value='[Audit, "Cour, la"]'/>
    <attvalue for="1" value="7" end="2001"/><attvalue for="1" value="8"/><attvalue for="2" value="9"/>
    <attvalue for="3" value="Court"/></attvalues></node>
   <node id="b" label="2" pid="a"><attvalues><attvalue for="3" value="Bank"/></attvalues></node>
  </nodes><edges/>
 </graph></gexf>"""


def test_names_and_lists_are_kept_and_what_has_no_place_is_told(read_file) -> None:
    reading = read_file("some.gexf", LOSSES)
    court, bank = [one for one in reading.records if isinstance(one, Profile)]
    assert [text.value for text in (*court.labels, *court.alternatives)] == ["Court", "Audit", "Cour, la"]
    assert [text.value for text in (*bank.labels, *bank.alternatives)] == ["2", "Bank"]
    assert [problem.message for problem in reading.skipped] == [
        "groups are flattened: 1 node within another.",
        "1 value that others follow in time are passed over: the last counts.",
        "not carried over of the network itself: keywords.",
        "not carried over: the attributes rank (1), rank (2) (1), timestamp (1).",
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('target="b" weight="2.5"', 'target="z"', 'small.gexf:17: target "z" of an edge is no node.'),
        ('weight="2.5"', 'weight="-1"', 'small.gexf:17: weight "-1" is not above 0.'),
        ('weight="2.5"', 'weight="NaN"', 'small.gexf:17: weight "NaN" is not a number.'),
        ('id="b" label', 'id="a" label', 'small.gexf:11: the id "a" is that of another node.'),
        ('type="mutual"', 'type="sideways"', 'small.gexf:19: the type "sideways" of an edge is not known.'),
        ("</gexf>", "", "small.gexf:23: is not XML: no element found"),
        ("<gexf", "<!DOCTYPE x [<!ENTITY a 'aa'>]><gexf", 'small.gexf:2: declares the entity "a".'),
        ("<gexf", "<html/><gexf", "small.gexf:2: is a web page, not GEXF."),
        ("<nodes>", "<nodes>" + "<nodes>" * 600, "small.gexf:9: nests more than 500 elements."),
    ],
)
def test_mistakes(write, mistakes, old: str, new: str, expected: str) -> None:
    content = SMALL.format(version="1.3", key="for").replace(old, new, 1)
    assert mistakes(write(small__gexf=content))[0].startswith(expected)


@pytest.mark.parametrize(("name", "edges"), [("eurosis.gexf", 7524), ("eurosis-light.gexf", 6462)])
def test_the_eurosis_maps(shared_data: Path, ontology: Ontology, name: str, edges: int) -> None:
    reading = read(shared_data / "eurosis" / name, ontology)
    store = EmbeddedStore.in_memory()
    load(store, [reading], ontology)
    network = project(store, ontology, Projection())
    countries = network.attributes["country"]
    assert (len(network), network.tie_count) == (1285, edges)
    assert len({*countries} - {SUPRANATIONAL}) == 12 and None not in countries
    assert simple(network).tie_count // 2 <= 6462
    assert all(problem.message.startswith("not carried over: the attributes tag_") for problem in reading.skipped)


def test_an_actor_may_say_that_it_is_supranational(make_store, ontology: Ontology) -> None:
    from builders import actor

    network = project(make_store([actor("a", supranational=True), actor("b")]), ontology)
    assert network.attributes["country"] == [SUPRANATIONAL, None]
    assert terms.SUPRANATIONAL == terms.ECO + "supranational"
