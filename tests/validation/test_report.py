"""Findings as a SHACL validation report, as the standard has it, and with the places of what is to be mended."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import RDF, SH
from validation.stores import checked, store_of

from ecosystem import terms
from ecosystem.errors import OntologyError
from ecosystem.ontology import Ontology
from ecosystem.records import Origin
from ecosystem.resources import ontology_folder
from ecosystem.tables import Table
from ecosystem.validation import Finding, report, validate

Read = Callable[[str], list[ox.Triple]]
Check = Callable[[str], Table[Finding]]

WRONG = """id:r a eco:Relationship ; rdf:subject id:a ; rdf:predicate eco:advises ; rdf:object id:nobody ;
    prov:wasDerivedFrom id:paper ; eco:locator "page 3" ; eco:strength 0 .
id:a a eco:Ministry , eco:Ministri ; rdfs:label "A \\"quoted\\" name\\n"@en . [] a eco:Ministry . id:s a eco:Source .
id:paper a eco:Source ; rdfs:label "A paper"@en ."""


@pytest.fixture(scope="module")
def graph(check: Check) -> rdflib.Graph:
    return rdflib.Graph().parse(data=report(check(WRONG)), format="turtle")


def test_a_report_holds_what_the_standard_demands(graph: rdflib.Graph, check: Check) -> None:
    (head,) = graph.subjects(RDF.type, SH.ValidationReport)
    assert graph.value(head, SH.conforms) == rdflib.Literal(False)
    results = list(graph.objects(head, SH.result))
    assert len(results) == len(check(WRONG)) > 4
    for result in results:
        assert (result, RDF.type, SH.ValidationResult) in graph
        for one in (SH.focusNode, SH.resultSeverity, SH.sourceConstraintComponent, SH.sourceShape, SH.resultMessage):
            assert len(list(graph.objects(result, one))) == 1, one
        assert graph.value(result, SH.resultSeverity) in (SH.Violation, SH.Warning, SH.Info)


def test_a_value_and_a_path_are_told(graph: rdflib.Graph) -> None:
    (result,) = graph.subjects(SH.sourceConstraintComponent, SH.MinExclusiveConstraintComponent)
    assert graph.value(result, SH.focusNode) == rdflib.URIRef(terms.ID + "r")
    assert graph.value(result, SH.resultPath) == rdflib.URIRef(terms.STRENGTH)
    assert graph.value(result, SH.value) == rdflib.Literal(0)


def test_a_path_of_several_steps_is_written_as_shacl_writes_it(graph: rdflib.Graph) -> None:
    shape = rdflib.URIRef("https://w3id.org/ecosystem-mapper/shape#ObjectDescribed")
    path = graph.value(graph.value(None, SH.sourceShape, shape), SH.resultPath)
    assert list(graph.items(path)) == [RDF.object, RDF.type]
    shape = rdflib.URIRef("https://w3id.org/ecosystem-mapper/shape#SourceTitled")
    path = graph.value(graph.value(None, SH.sourceShape, shape), SH.resultPath)
    assert len(list(graph.items(graph.value(path, SH.alternativePath)))) == 2


def test_where_nothing_is_wrong_data_conform(check: Check) -> None:
    graph = rdflib.Graph().parse(data=report(check("")), format="turtle")
    assert list(graph.objects(None, SH.conforms)) == [rdflib.Literal(True)]
    assert not list(graph.objects(None, SH.result))


def test_a_finding_stands_where_it_was_read_else_in_its_source_else_under_its_iri(turtle: Read) -> None:
    ontology = Ontology.load()

    def origins(wanted: Set[str]) -> Mapping[str, Origin]:
        assert terms.ID + "a" in wanted
        return {terms.ID + "a": Origin("actors.csv", 7)}

    found = validate(store_of(turtle(WRONG), ontology), ontology, origins=origins)
    places = {finding.focus.removeprefix(terms.ID): finding.place for finding in found}
    assert places == {"a": "actors.csv:7", "r": "A paper, page 3", "s": "id:s", "": ""}


SHAPES = """@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix eco: <https://w3id.org/ecosystem-mapper/ontology#> .
@prefix : <https://example.org/> ."""


def shapes_in(folder: Path, text: str) -> Path:
    path = folder / "mine.ttl"
    path.write_text(SHAPES + text, encoding="utf-8")
    return path


def test_shapes_of_ones_own_stand_beside_ours(turtle: Read, tmp_path: Path) -> None:
    mine = shapes_in(
        tmp_path, ":s a sh:PropertyShape ; sh:targetClass eco:Ministry ; sh:path eco:acronym ; sh:minCount 1 ."
    )
    found = checked(turtle('id:a a eco:Ministry ; rdfs:label "A"@en .'), ontology_folder(), shapes=[mine])
    assert [(one.label, one.message, one.rule) for one in found] == [
        ("A", "eco:acronym: It has fewer than 1 values.", "https://example.org/s")
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (":s a sh:PropertyShape ; sh:targetClass :C .", "has no sh:path"),
        (
            ':s a sh:NodeShape ; sh:targetClass :C ; sh:property [ sh:path :p ; sh:minCount "x" ] .',
            "not a whole number",
        ),
        (":s a sh:NodeShape ; sh:targetClass :C ; sh:minCount 1 .", "without a path"),
        (':s a sh:NodeShape ; sh:targetClass :C ; sh:sparql [ sh:select "SELECT $this WHERE {" ] .', "SPARQL"),
        (":s a sh:NodeShape ; sh:targetNode :x ; sh:or () .", "names no shapes"),
        (
            ':s a sh:NodeShape ; sh:targetNode :x ; sh:sparql [ sh:select """SELECT $this WHERE '
            '{ \\\\u0053ERVICE <http://127.0.0.1:9/> { ?a ?b ?c } }""" ] .',
            "another server",
        ),
        (
            ':s a sh:NodeShape ; sh:targetNode :x ; sh:sparql [ sh:select """SELECT $this WHERE '
            '{ ?a ?b 1SERVICE<http://127.0.0.1:9/>{ ?a ?b ?c } }""" ] .',
            "another server",
        ),
        (
            ":l rdf:first 1 ; rdf:rest :l .:s a sh:NodeShape ; sh:targetNode :x ; sh:in :l .",
            "does not end",
        ),
    ],
)
def test_wrong_shapes_are_one_line_with_the_file(text: str, told: str, turtle: Read, tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match=told) as caught:
        checked(turtle("id:a a eco:Ministry ."), ontology_folder(), shapes=[shapes_in(tmp_path, text)])
    assert "mine.ttl" in str(caught.value)


def test_a_subclass_that_only_the_data_know_is_validated(check: Check) -> None:
    told = check("<urn:Office> rdfs:subClassOf eco:Ministry . <urn:x> a <urn:Office> .")
    assert [(one.focus, one.message) for one in told] == [("urn:x", "It has no name.")]
