"""Our queries and pySHACL agree: on the bundled data, on what is wrong, on real files, on chance."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from validation.second_opinion import Verdict, both, ours
from validation.stores import store_of
from validation.test_shapes import SHAPES, SOUND, WRONG

from ecosystem.api import Ecosystem
from ecosystem.ontology import Ontology
from ecosystem.resources import ontology_folder
from ecosystem.store import EmbeddedStore, Store
from ecosystem.validation import Result
from ecosystem.validation.elsewhere import results_of_pyshacl

Read = Callable[[str], list[ox.Triple]]
LBLOD = Path(__file__).resolve().parents[3] / "shared" / "data" / "lblod-organisations"


def verdicts(results: list[Result]) -> set[tuple[object, ...]]:
    return {
        (one.focus, one.value, one.predicate, one.component, one.severity, one.rule or one.shape) for one in results
    }


def agree(shapes: Path, store: Store) -> int:
    from ecosystem.validation import check_shapes

    triples = [quad.triple for quad in ox.parse(path=shapes, format=ox.RdfFormat.TURTLE)]
    mine, notes = check_shapes(shapes, store)
    assert notes == []
    assert verdicts(mine) == verdicts(list(results_of_pyshacl(triples, store)))
    return len(mine)


def test_on_the_bundled_data(opsi: Ecosystem) -> None:
    assert agree(SHAPES, opsi.store) == 0


def test_on_everything_that_is_wrong(turtle: Read) -> None:
    wrong = SOUND + "\n".join(sorted({statement for *_, statement in WRONG.values()}))
    assert agree(SHAPES, store_of(turtle(wrong), Ontology.load())) > len(WRONG) - 5


def test_on_the_ontology_and_its_own_rules() -> None:
    assert agree(ontology_folder() / "meta.ttl", store_of([], Ontology.load())) == 0


@pytest.mark.slow
@pytest.mark.skipif(not LBLOD.is_dir(), reason="the LBLOD organisations are not beside the checkout")
def test_on_real_organisations(tmp_path: Path) -> None:
    shapes = tmp_path / "shapes.ttl"
    shapes.write_text(
        """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix org: <http://www.w3.org/ns/org#> .
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
        @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix : <https://example.org/> .
        :named a sh:PropertyShape ; sh:targetSubjectsOf org:classification ; sh:path skos:prefLabel ;
            sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:string ; sh:minLength 3 ; sh:pattern "^[A-Z]" .
        :sited a sh:PropertyShape ; sh:targetSubjectsOf org:hasPrimarySite ;
            sh:path ( org:hasPrimarySite rdf:type ) ; sh:minCount 1 .
        :below a sh:NodeShape ; sh:targetObjectsOf org:subOrganizationOf , org:linkedTo ;
            sh:property [ sh:path [ sh:inversePath org:subOrganizationOf ] ; sh:maxCount 5 ] ;
            sh:or ( [ sh:property [ sh:path skos:prefLabel ; sh:minCount 1 ] ] [ sh:nodeKind sh:BlankNode ] ) .""",
        encoding="utf-8",
    )
    quads = [quad for file in sorted(LBLOD.glob("*.ttl")) for quad in ox.parse(path=file, format=ox.RdfFormat.TURTLE)]
    assert agree(shapes, store_of(quads)) > 0


# Dates are left out: pySHACL finds an order between a date and a number, where SPARQL and SHACL have none.
# Chance: small graphs of a few nodes, properties, classes and values, and one demand on them.
NODES = ("a", "b", "c", "d")
PROPERTIES = ("p", "q")
VALUES = (*(f":{node}" for node in NODES), '"x"', '"X"@en', '"y"@en', '"z"@de', "1", "2", "2.5")
DEMANDS = st.sampled_from(
    (
        *(f"sh:{kind} {number}" for kind in ("minCount", "maxCount", "minLength", "maxLength") for number in (0, 1, 2)),
        *(f"sh:{kind} 2" for kind in ("minInclusive", "maxInclusive", "minExclusive", "maxExclusive")),
        *("sh:class :C", "sh:class :D", "sh:datatype xsd:integer", "sh:datatype xsd:decimal", "sh:hasValue :a"),
        *(f"sh:nodeKind sh:{kind}" for kind in ("IRI", "Literal", "BlankNodeOrIRI", "IRIOrLiteral")),
        *('sh:in ( :a 1 "x" )', 'sh:languageIn ( "en" )', "sh:uniqueLang true", 'sh:pattern "[xX]"'),
        *("sh:equals :q", "sh:disjoint :q", "sh:lessThan :q", "sh:lessThanOrEquals :q"),
        "sh:qualifiedValueShape [ sh:class :C ] ; sh:qualifiedMinCount 1 ; sh:qualifiedMaxCount 1",
        "sh:node [ sh:property [ sh:path :q ; sh:minCount 1 ; sh:nodeKind sh:IRI ] ]",
    )
)
SIMPLE = st.sampled_from(
    ("sh:class :C", "sh:class :D", "sh:nodeKind sh:IRI", "sh:in ( :a 1 )", "sh:property [ sh:path :p ; sh:minCount 1 ]")
)
LOGIC = st.one_of(
    st.builds("sh:not [ {} ]".format, SIMPLE),
    *(st.builds(f"sh:{kind} ( [ {{}} ] [ {{}} ] )".format, SIMPLE, SIMPLE) for kind in ("and", "or", "xone")),
)
PATH = st.sampled_from(
    (":p", "[ sh:inversePath :p ]", "( :p :q )", "[ sh:alternativePath ( :p :q ) ]", "[ sh:zeroOrMorePath :p ]")
)
TARGET = st.sampled_from(
    ("sh:targetClass :C", "sh:targetSubjectsOf :p", "sh:targetObjectsOf :q", "sh:targetNode :a , :e")
)
FACTS = st.lists(
    st.one_of(
        st.builds(":{} :{} {} .".format, st.sampled_from(NODES), st.sampled_from(PROPERTIES), st.sampled_from(VALUES)),
        st.builds(":{} a :{} .".format, st.sampled_from(NODES), st.sampled_from(("C", "D"))),
        st.just(":D rdfs:subClassOf :C ."),
    ),
    max_size=14,
)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(target=TARGET, path=PATH, demand=st.one_of(DEMANDS, LOGIC), facts=FACTS)
def test_on_chance(target: str, path: str, demand: str, facts: list[str]) -> None:
    shape = f":s a sh:PropertyShape ; {target} ; sh:path {path} ; {demand} ."
    with tempfile.TemporaryDirectory() as folder:
        mine, their, notes = both(shape, "\n".join(facts), Path(folder))
    assert (mine, notes) == (their, [])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(target=TARGET, demand=LOGIC, facts=FACTS)
def test_on_chance_about_nodes(target: str, demand: str, facts: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        mine, their, notes = both(f":s a sh:NodeShape ; {target} ; {demand} .", "\n".join(facts), Path(folder))
    assert (mine, notes) == (their, [])


def test_the_same_statement_in_two_data_sets_counts_once(tmp_path: Path, turtle: Read) -> None:
    shapes = tmp_path / "shapes.ttl"
    shapes.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:s> a sh:PropertyShape ; sh:targetSubjectsOf <urn:p> ;"
        "sh:path <urn:p> ; sh:maxCount 1 .",
        encoding="utf-8",
    )
    store = EmbeddedStore.in_memory()
    for graph in ("urn:one", "urn:two"):
        store.add(turtle("<urn:x> <urn:p> 1 ."), graph)
    found: tuple[set[Verdict], list[str]] = ours(shapes, store)
    assert found == (set(), [])
