"""Other programs read what we write and find the same: networkx, igraph, polars, calamine, rdflib, an XML parser."""

from __future__ import annotations

import io
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from ecosystem.api import Ecosystem
from ecosystem.api.exporting import EXPORTS, RDF, written
from ecosystem.api.recorded import recorded
from ecosystem.exports import FORMATS, Content
from ecosystem.exports.graph import Carried, graph_of, left_out


@pytest.fixture(scope="module")
def content(opsi: Ecosystem) -> Content:
    return recorded(opsi).content


@pytest.fixture(scope="module")
def made(opsi: Ecosystem) -> dict[str, object]:
    return {name: written(opsi, name).content for name in EXPORTS}


@pytest.fixture(scope="module")
def sizes(content: Content) -> tuple[int, int]:
    """Nodes, concepts and countries among them, and edges."""
    graph = graph_of(content, Carried.all_but())
    return len(graph.nodes), len(graph.edges)


def test_networkx_reads_graphml(made, sizes, content: Content) -> None:
    import networkx as nx

    # It knows no graph of mixed edges, which the format allows: here all are directed.
    text = made["graphml"].decode().replace(' directed="false"', "")
    graph = nx.read_graphml(io.BytesIO(text.encode()))
    assert (len(graph), graph.number_of_edges()) == sizes
    assert graph.nodes["oecd"]["country" if "country" in graph.nodes["oecd"] else "type"]
    statements = {data["statement"] for _, _, data in graph.edges(data=True) if "statement" in data}
    assert statements == {said.statement.value for said in content.relationships if said.statement.value}
    assert all(isinstance(data["weight"], float) for _, _, data in graph.edges(data=True) if "weight" in data)


def test_networkx_reads_gexf(made, sizes) -> None:
    import networkx as nx

    # It knows no GEXF 1.3, whose elements that we write are those of 1.2, and no mixed edges.
    text = made["gexf"].decode().replace("http://gexf.net/1.3", "http://www.gexf.net/1.2draft")
    text = text.replace('version="1.3"', 'version="1.2"').replace('type="undirected"', 'type="directed"')
    graph = nx.read_gexf(io.BytesIO(text.encode()))
    assert (len(graph), graph.number_of_edges()) == sizes


def test_networkx_reads_node_link(made, sizes) -> None:
    import networkx as nx

    graph = nx.node_link_graph(json.loads(made["node-link"]), edges="edges")
    assert (len(graph), graph.number_of_edges()) == sizes


def test_igraph_reads_graphml_and_pajek(made, sizes, content: Content, tmp_path: Path) -> None:
    import igraph

    (tmp_path / "a.graphml").write_bytes(made["graphml"])
    (tmp_path / "a.net").write_bytes(made["pajek"])
    graph = igraph.Graph.Read_GraphML(str(tmp_path / "a.graphml"))
    assert (graph.vcount(), graph.ecount()) == sizes
    assert "Organisation for Economic Co-operation and Development" in graph.vs["label"]
    pajek = igraph.Graph.Read_Pajek(str(tmp_path / "a.net"))
    graph = graph_of(content, FORMATS["pajek"].carried)
    assert (pajek.vcount(), pajek.ecount()) == (len(graph.nodes), len(graph.edges))


def test_gexf_names_its_version_directions_kinds_and_dates(made) -> None:
    root = ElementTree.fromstring(made["gexf"])
    space = {"g": "http://gexf.net/1.3"}
    assert root.tag == "{http://gexf.net/1.3}gexf" and root.get("version") == "1.3"
    edges = root.findall(".//g:edge", space)
    assert {edge.get("type") for edge in edges} == {"directed", "undirected"}
    assert {edge.get("kind") for edge in edges} >= {"partOf", "audits"}
    assert all(len(edge.get("start")) == len("2022-01-01") for edge in edges if edge.get("start"))
    assert any(edge.get("start") for edge in edges)
    assert len({edge.get("id") for edge in edges}) == len(edges)


def test_graphology_edges_name_nodes_that_are_there(made, sizes) -> None:
    document = json.loads(made["graphology"])
    keys = {node["key"] for node in document["nodes"]}
    assert len(keys) == sizes[0] == len(document["nodes"])
    assert {edge[end] for edge in document["edges"] for end in ("source", "target")} <= keys
    assert len({edge["key"] for edge in document["edges"]}) == sizes[1]


def test_entities_have_names_and_ends(made) -> None:
    entities = [json.loads(line) for line in made["ftm"].decode().splitlines()]
    ids = {one["id"] for one in entities}
    assert len(ids) == len(entities)
    for one in entities:
        assert set(one) == {"id", "schema", "properties"}
        assert all(isinstance(value, list) and value for value in one["properties"].values())
        if one["schema"] == "UnknownLink":
            assert {*one["properties"]["subject"], *one["properties"]["object"]} <= ids
        else:
            assert one["properties"]["name"]


def test_followthemoney_finds_every_property_and_value_valid(made, content: Content) -> None:
    model = pytest.importorskip("followthemoney", reason="no followthemoney: pip install -e '.[judges]'").model
    seen = set()
    for line in made["ftm"].decode().splitlines():
        said = json.loads(line)
        entity = model.get_proxy(said, cleaned=False)
        entity.schema.validate(said)  # raises for a value that is not of its property's type
        seen.add(entity.schema.name)
        for name, values in said["properties"].items():
            assert name in entity.schema.properties, (entity.schema.name, name)
            assert len(entity.get(name)) == len(set(values)), (name, values)  # cleaned, none refused
    assert {"PublicBody", "Organization", "Project", "Position", "UnknownLink"} <= seen


def test_what_a_schema_of_followthemoney_holds_no_property_for_is_said_to_be_left_out(content: Content) -> None:
    left = " ".join(left_out(content, FORMATS["ftm"].carried))
    unkinded = [one for one in content.profiles if content.ontology.is_initiative_type(one.type)]
    assert f"types ({len(unkinded) + 2})" in left  # and two offices
    assert f"web pages ({sum(bool(one.homepage) for one in unkinded)})" in left


def test_polars_reads_parquet(made, content: Content) -> None:
    import polars as pl

    frames = {name: pl.read_parquet(io.BytesIO(data)) for name, data in made["parquet"].items()}
    assert frames["relationships.parquet"].height == len(content.relationships)
    assert frames["actors.parquet"].height + frames["initiatives.parquet"].height == len(content.profiles)
    assert frames["actors.parquet"].schema["topics"] == pl.List(pl.String)
    assert frames["figures.parquet"].schema["value"] == pl.Float64


def test_calamine_reads_the_workbook(made, content: Content) -> None:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(made["xlsx"]))
    assert book.sheet_names == ["actors", "initiatives", "relationships", "sources", "figures"]
    rows = book.get_sheet_by_name("relationships").to_python()
    assert rows[0][:4] == ["subject", "relation", "object", "since"] and len(rows) == len(content.relationships) + 1


@pytest.mark.parametrize("form", RDF)
def test_rdflib_reads_rdf(form: str, made, opsi: Ecosystem) -> None:
    import rdflib

    data = rdflib.Dataset(default_union=True)
    syntax = {"ntriples": "nt", "jsonld": "json-ld"}.get(form, form)
    data.parse(data=made[form].decode(), format=syntax)
    told = {triple for graph in opsi.store.graphs() if "dataset/" in graph for triple in opsi.store.graph(graph)}
    assert len(set(data.triples((None, None, None)))) == len(told)


@pytest.mark.parametrize("form", EXPORTS)
def test_the_same_bytes_each_time(form: str, made, opsi: Ecosystem) -> None:
    assert written(opsi, form).content == made[form]
