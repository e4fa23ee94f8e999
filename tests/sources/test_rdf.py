"""RDF in every syntax: the same graph comes out, nothing is fetched, and a mistake is told by its line."""

from __future__ import annotations

import json
import shutil
import socket
from pathlib import Path

import pyoxigraph as ox
import pytest

from ecosystem import terms
from ecosystem.ontology import Ontology
from ecosystem.records import Dataset
from ecosystem.sources import Reading, guards, read
from ecosystem.sources.rdf import FORMATS

EXAMPLE = "https://example.org/"
SYNTAXES = ("ttl", "trig", "nt", "nq", "rdf", "jsonld")


def graph(reading: Reading) -> list[str]:
    """Return the triples as canonical N-Triples, blank nodes that got an IRI made blank again."""

    def blank(term: ox.NamedNode | ox.Literal) -> ox.NamedNode | ox.BlankNode | ox.Literal:
        return ox.BlankNode(term.value[-6:].replace("-", "x")) if "/bnode-" in term.value else term

    found = ox.Dataset(ox.Quad(blank(q.subject), q.predicate, blank(q.object)) for q in reading.quads)
    found.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return sorted(str(quad) for quad in found)


@pytest.mark.parametrize("syntax", SYNTAXES)
def test_the_same_graph_in_every_syntax(fixtures: Path, ontology: Ontology, syntax: str) -> None:
    reading = read(fixtures / f"graph.{syntax}", ontology)
    assert graph(reading) == graph(read(fixtures / "graph.ttl", ontology))
    assert len(graph(reading)) == 8
    assert reading.dataset == Dataset("graph", "graph", language="")
    assert all(isinstance(quad.graph_name, ox.DefaultGraph) for quad in reading.quads)
    assert [notice.message for notice in reading.skipped] == (
        ["folded into the graph of the data set: 2 named graphs."] if syntax in ("trig", "nq") else []
    )


def test_relative_addresses_hang_on_the_data_set_and_never_on_a_path(fixtures: Path, ontology: Ontology) -> None:
    reading = read(fixtures / "graph.ttl", ontology, name="other")
    assert ox.NamedNode(terms.ID + "other/treasury") in {quad.subject for quad in reading.quads}
    assert not any("file:" in str(quad) or str(fixtures) in str(quad) for quad in reading.quads)


def test_blank_nodes_get_the_same_address_each_time_and_never_that_of_another_file(write, ontology: Ontology) -> None:
    first = write(a__ttl="_:x <p:p> [ <p:q> ( 1 2 ) ] .")
    second = write(b__ttl="_:x <p:p> [ <p:q> ( 1 3 ) ] .")
    blank = {
        path: [term for quad in read(path, ontology, name="same").quads for term in (quad.subject, quad.object)]
        for path in (first, second)
    }
    reading = read(first, ontology, name="same")
    assert [term for quad in reading.quads for term in (quad.subject, quad.object)] == blank[first]
    assert list(reading.quads) == list(reading.quads)
    nodes = {path: {term for term in found if isinstance(term, ox.NamedNode)} for path, found in blank.items()}
    rest = {ox.NamedNode(terms.PREFIXES["rdf"] + "nil")}
    assert len(nodes[first] - rest) == 4 and nodes[first] & nodes[second] == rest
    assert all(node.value.startswith(terms.ID + "same/bnode-") for node in nodes[first] - rest)


def test_a_description_in_the_data_is_taken(read_file) -> None:
    text = """
        @prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dcterms: <http://purl.org/dc/terms/> .
        <https://w3id.org/ecosystem-mapper/id/dataset/courts> a dcat:Dataset ;
            dcterms:title "Cours"@fr, "Courts"@en ; dcterms:description "All of them."@en ;
            dcterms:license <https://creativecommons.org/publicdomain/zero/1.0/> ;
            dcterms:publisher [] ; dcterms:issued "2022-06-21T10:00:00Z" ."""
    reading = read_file("some.ttl", text)
    assert reading.dataset == Dataset(
        "courts",
        "Courts",
        "All of them.",
        "https://creativecommons.org/publicdomain/zero/1.0/",
        date="2022-06-21",
        language="en",
    )
    assert read_file("some.ttl", text.replace("https://w3id", "http://w3id")).dataset.name == "some"
    assert read_file("some.ttl", text + " <x> a dcat:Dataset .").dataset == Dataset("some", "some", language="")


def test_statements_about_statements_are_passed_over_with_a_count(read_file) -> None:
    reading = read_file("some.ttl", "<a> <b> <<( <c> <d> <e> )>> . <a> <b> <c> .")
    assert len(list(reading.quads)) == 1
    assert [notice.message for notice in reading.skipped] == ["passed over: 1 statement about statements."]


@pytest.mark.parametrize("content", ["", "\ufeff", "# nothing\n"])
def test_a_file_without_statements_is_told(read_file, content: str) -> None:
    assert [notice.message for notice in read_file("some.ttl", content).skipped] == ["holds no statements."]


@pytest.mark.parametrize("syntax", SYNTAXES)
def test_a_byte_order_mark_does_no_harm(fixtures: Path, read_file, ontology: Ontology, syntax: str) -> None:
    content = (fixtures / f"graph.{syntax}").read_bytes()
    assert graph(read_file(f"graph.{syntax}", b"\xef\xbb\xbf" + content)) == graph(
        read(fixtures / "graph.ttl", ontology)
    )


def test_hostile_labels_stay_text(read_file) -> None:
    label = "</script> \u202e \"quoted\" 'it'\nline\t🏛️"
    written = json.dumps(label, ensure_ascii=False)
    for name, text in {
        "some.ttl": f"<a> <b> {written} .",
        "some.jsonld": json.dumps({"@id": "a", EXAMPLE + "b": label}),
    }.items():
        (quad,) = read_file(name, text).quads
        assert quad.object == ox.Literal(label)


RDF = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="https://example.org/">\n'
NODE_ID = "A nodeID must begin with a letter: put one before each, or take the same data as Turtle."
UTF_8 = "Save the file as UTF-8 (in a spreadsheet: CSV UTF-8)."
BAD_RDF = {
    "cut short": (
        "a.ttl",
        '<a> <b> <c> .\n<a> <b> "x .\n',
        "a.ttl:2: is not Turtle: Unexpected end of file (column 9). The file may be cut short: fetch it again.",
    ),
    "no prefix": (
        "a.trig",
        "\nx:a x:b x:c .",
        "a.trig:2: is not TriG: The prefix x: has not been declared (column 1). "
        "Declare the prefix at the top of the file.",
    ),
    "no dot": (
        "a.nt",
        "<x:a> <x:b> <x:c>\n<x:a> <x:b> <x:c> .\n",
        "a.nt:2: is not N-Triples: Quads must be followed by a dot (column 1). Mend this line.",
    ),
    "a blank in an address": (
        "a.nq",
        "<x:a> <x:b> <http://example.org/a b> .",
        "a.nq:1: is not N-Quads: Invalid IRI code point ' ' (column 13). Mend the address; a character that may not "
        "stand in one is written as % and its code, a space as %20.",
    ),
    "Latin-1": (
        "a.ttl",
        "<a> <b>\n  'é' .".encode("latin-1"),
        f"a.ttl:2: is not UTF-8: byte 0xE9 at position 4 of this line. {UTF_8}",
    ),
    "Latin-1 in XML": (
        "a.rdf",
        f"{RDF}<e:A><e:b>é</e:b></e:A></rdf:RDF>".encode("latin-1"),
        f"a.rdf:2: is not UTF-8: byte 0xE9 at position 11 of this line. {UTF_8}",
    ),
    "declared as Latin-1": (
        "a.rdf",
        f'<?xml version="1.0" encoding="iso-8859-1"?>\n{RDF}<e:A/></rdf:RDF>',
        "a.rdf:1: is not RDF/XML: Only UTF-8 is supported by the RDF/XML parser. Save the file as UTF-8.",
    ),
    "a nodeID as Wikidata writes it": (
        "Q42.rdf",
        f'{RDF}<e:A/>\n<e:A rdf:nodeID="0a1b2c"/>\n<e:A/>\n</rdf:RDF>',
        f"Q42.rdf:3: is not RDF/XML: 0a1b2c is not a valid rdf:nodeID value. {NODE_ID}",
    ),
    "XML cut short": (
        "a.rdf",
        f"{RDF}<e:A>\n</e:A>\n",
        "a.rdf:4: is not XML: no element found (column 1). The file is empty or cut short: fetch it again.",
    ),
    "XML of tags that cross": (
        "a.owl",
        f"{RDF}<e:A><e:b>\n</e:A></e:b></rdf:RDF>",
        "a.owl:3: is not XML: mismatched tag (column 3). Mend this line.",
    ),
    "empty XML": (
        "a.rdf",
        "",
        "a.rdf:1: is not XML: no element found (column 1). The file is empty or cut short: fetch it again.",
    ),
    "XML of another kind": (
        "a.rdf",
        "<gexf><nodes/></gexf>",
        "a.rdf:1: is not RDF/XML: XML namespaces are required in RDF/XML. Mend this line.",
    ),
    "a web page": ("a.rdf", "<html><body/></html>", "a.rdf:1: is a web page, not RDF/XML. Download the data itself."),
    "another web page": (
        "a.ttl",
        "\n<!DOCTYPE html>\n<html></html>",
        "a.ttl: is a web page, not Turtle. Download the data itself.",
    ),
    "entities that unfold": (
        "a.rdf",
        f'<!DOCTYPE x [\n<!ENTITY a "ha">\n<!ENTITY b "&a;&a;">]>\n{RDF}<e:A><e:b>&b;</e:b></e:A></rdf:RDF>',
        "a.rdf:3: declares the entity 'b', which stands for more than a short text. "
        "Write the text itself where it is used.",
    ),
    "an entity from elsewhere": (
        "a.rdf",
        f'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>\n{RDF}<e:A><e:b>&a;</e:b></e:A></rdf:RDF>',
        "a.rdf:1: declares the entity 'a', which stands for more than a short text. "
        "Write the text itself where it is used.",
    ),
    "elements without end": ("a.rdf", RDF + "<e:a>\n" * 600, "a.rdf:501: nests more than 500 elements."),
    "statements without end": (
        "a.ttl",
        "<a> <b> " + "<<( <a> <b> " * 50_000,
        "a.ttl: nests more than 1,000 statements.",
    ),
    "JSON that is none": (
        "a.jsonld",
        '{"@id": "a",\n}',
        "a.jsonld:2: is not JSON: Expecting property name enclosed in double quotes (column 1). Mend this line.",
    ),
    "JSON-LD without end": (
        "a.jsonld",
        '{"x:b": ' * 700 + "1" + "}" * 700,
        "a.jsonld: nests more than 500 deep. Is this the right file?",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD_RDF)
def test_bad_rdf_is_told_by_its_line(write, mistakes, case: str) -> None:
    name, content, expected = BAD_RDF[case]
    assert mistakes(write(**{name.replace(".", "__"): content})) == [expected]


def test_brackets_are_told_from_text_and_counted_across_chunks(
    fixtures: Path, read_file, write, mistakes, monkeypatch
) -> None:
    monkeypatch.setattr(guards, "CHUNK", 7)
    monkeypatch.setattr(guards, "STATEMENT_DEPTH_LIMIT", 20)
    text = (fixtures / "brackets.ttl").read_text()
    assert len(list(read_file("a.ttl", text * 10).quads)) == 50
    nest = "<x:a> <x:b> " + "<<( <x:a> # >>\n <x:b> " * 30
    assert mistakes(write(b__ttl=text + nest)) == ["b.ttl: nests more than 20 statements."]
    assert mistakes(write(c__ttl="@prefix x: <x:> . x:a\\#b x:b " + nest)) == ["c.ttl: nests more than 20 statements."]


@pytest.fixture
def no_network(monkeypatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("something asked for the network")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.usefixtures("no_network")
def test_a_context_elsewhere_is_never_fetched(write, mistakes) -> None:
    path = write(a__jsonld='{\n"@context": ["https://example.org/v1/", {"b": "x:b"}],\n"@id": "x:a", "b": "c"}')
    assert mistakes(path) == [
        'a.jsonld:2: the context "https://example.org/v1/" is elsewhere, and is not fetched. '
        "Write the context itself into the file, put a copy beside it, called v1.jsonld, "
        "or load it with --allow-remote-context."
    ]
    nested = write(a__jsonld='{"@context": {"b": {"@id": "x:b", "@context": "../c%20d.json"}}, "b": "c"}')
    assert mistakes(nested) == [
        'a.jsonld:1: the context "../c%20d.json" is elsewhere, and is not fetched. '
        "Write the context itself into the file or load it with --allow-remote-context."
    ]


@pytest.mark.usefixtures("no_network")
def test_a_copy_of_a_context_beside_the_file_is_taken(write, ontology: Ontology) -> None:
    folder = write(
        v1__jsonld='{"@context": ["more.json", {"b": "https://example.org/b"}]}',
        more__json='{"@context": {"@import": "base.json", "c": {"@id": "https://example.org/c", "@type": "@id"}}}',
        base__json='{"@context": {"@vocab": "https://example.org/vocabulary/"}}',
        a__jsonld='{"@context": "https://example.org/v1", "@id": "https://example.org/a", "b": 1, "c": "x", "d": "e"}',
    )
    reading = read(folder / "a.jsonld", ontology)
    assert sorted(str(quad.triple) for quad in reading.quads) == [
        '<https://example.org/a> <https://example.org/b> "1"^^<http://www.w3.org/2001/XMLSchema#integer>',
        f"<https://example.org/a> <https://example.org/c> <{terms.ID}a/x>",
        '<https://example.org/a> <https://example.org/vocabulary/d> "e"',
    ]


def test_contexts_that_name_each_other_are_refused(write, mistakes) -> None:
    folder = write(
        a__json='{"@context": ["b.json"]}', b__json='{"@context": ["a.json"]}', c__jsonld='{"@context": "a.json"}'
    )
    assert mistakes(folder / "c.jsonld") == ["c.jsonld: names contexts that name each other. Write one context."]


def test_json_ld_is_known_by_its_content_too(read_file) -> None:
    assert len(list(read_file("a.json", '[{"@id": "x:a", "x:b": "c"}]').quads)) == 1


# What the vocabularies' own list of files states; a file that repeats a triple states more.
CPOV = {"2.00-voc": 140, "2.00-SHACL.ttl": 308, "2.1.2-SHACL": 760, "2.1.2-example.ttl": 57}


def test_real_vocabularies_are_read(shared_data: Path, ontology: Ontology) -> None:
    for path in sorted((shared_data / "cpov").iterdir()):
        expected = next((count for start, count in CPOV.items() if path.name.startswith(start)), None)
        if path.suffix in FORMATS and expected:
            assert len(set(read(path, ontology).quads)) == expected, path.name


def test_the_public_organisation_example_needs_its_context_beside_it(
    shared_data: Path, tmp_path: Path, mistakes, ontology: Ontology
) -> None:
    path = tmp_path / "example.jsonld"
    shutil.copy(shared_data / "cpov" / "2.1.2-example.jsonld", path)
    (line,) = mistakes(path)
    assert line.startswith('example.jsonld:3: the context "https://semiceu.github.io/uri.semic.eu-generated/')
    assert "put a copy beside it, called core-public-organisation-ap.jsonld," in line
    shutil.copy(shared_data / "cpov" / "2.1.2-context.jsonld", tmp_path / "core-public-organisation-ap.jsonld")
    as_turtle = read(shared_data / "cpov" / "2.1.2-example.ttl", ontology)
    assert len(set(read(path, ontology).quads)) == len(set(as_turtle.quads)) == 57


def test_a_real_register_is_read(shared_data: Path, ontology: Ontology) -> None:
    stated = {"03": 10810, "05": 5612, "11": 1023}
    for path in sorted((shared_data / "lblod-organisations").glob("*.ttl")):
        if path.name[:2] in stated:
            assert len(set(read(path, ontology).quads)) == stated[path.name[:2]], path.name
