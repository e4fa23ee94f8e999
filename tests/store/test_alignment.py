"""RDF that others wrote is understood through the alignments that the ontology declares."""

from __future__ import annotations

import pyoxigraph as ox

from ecosystem import terms
from ecosystem.network import Projection, project
from ecosystem.ontology import Ontology
from ecosystem.records import Dataset
from ecosystem.sources.reading import Reading
from ecosystem.store import EmbeddedStore, load

FOREIGN = """
@prefix org: <http://www.w3.org/ns/org#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix ex: <https://example.org/> .
ex:oecd a org:Organization ; skos:prefLabel "OECD"@en ; org:hasSubOrganization ex:gov .
ex:gov a org:Organization ; skos:prefLabel "Public Governance Directorate"@en .
ex:opsi a org:Organization ; skos:prefLabel "OPSI"@en ; org:subOrganizationOf ex:gov .
"""


def stored(turtle: str, ontology: Ontology) -> EmbeddedStore:
    quads = tuple(ox.parse(turtle.encode(), format=ox.RdfFormat.TURTLE))
    store = EmbeddedStore.in_memory()
    reading = Reading(dataset=Dataset("foreign", "Foreign"), records=(), quads=quads, path="foreign.ttl")
    load(store, [reading], ontology)
    return store


def test_org_organisations_and_their_units_become_actors_and_ties(ontology: Ontology) -> None:
    store = stored(FOREIGN, ontology)
    network = project(store, ontology, Projection())
    assert network.labels == ("Public Governance Directorate", "OECD", "OPSI")
    names = network.labels
    found = {(names[a], names[b]) for a, b in zip(network.tails, network.heads, strict=True)}
    assert found == {("OPSI", names[0]), (names[0], "OECD")}, "hasSubOrganization is read the other way round"
    assert bool(store.query("ASK { <https://example.org/oecd> skos:prefLabel ?what }")), "what was said stays"


def test_a_bare_triple_gets_a_record_that_cites_its_data_set(ontology: Ontology) -> None:
    bare = "<urn:a> a eco:Actor ; eco:funds <urn:b> . <urn:b> a eco:Actor ."
    store = stored(f"@prefix eco: <{terms.ECO}> . {bare}", ontology)
    rows = store.select("SELECT ?source { ?r rdf:subject <urn:a> ; rdf:object <urn:b> ; prov:wasDerivedFrom ?source }")
    assert list(rows.values()) == [(terms.ID + "dataset/foreign",)]


def test_a_record_gets_the_direct_triple_unless_it_denies(ontology: Ontology) -> None:
    record = (
        "<urn:{0}> a eco:Relationship ; rdf:subject <urn:{0}s> ; rdf:predicate eco:funds ; rdf:object <urn:o> {1} ."
    )
    prefixes = f"@prefix eco: <{terms.ECO}> . @prefix rdf: <{terms.PREFIXES['rdf']}> .\n"
    text = prefixes + record.format("x", "") + record.format("y", "; eco:certainty eco:Denied")
    store = stored(text, ontology)
    assert bool(store.query("ASK { <urn:xs> eco:funds <urn:o> }"))
    assert not bool(store.query("ASK { <urn:ys> eco:funds <urn:o> }"))
    assert len(store.select("SELECT ?r { ?r a eco:Relationship }")) == 2, "no second record is made"


def test_ties_to_what_nobody_describes_are_reported(ontology: Ontology) -> None:
    turtle = f"@prefix eco: <{terms.ECO}> . <urn:a> a eco:Actor ; eco:funds <urn:lost> , <urn:gone> ."
    reading = Reading(
        dataset=Dataset("foreign", "Foreign"),
        records=(),
        quads=tuple(ox.parse(turtle.encode(), format=ox.RdfFormat.TURTLE)),
        path="foreign.ttl",
    )
    noted = load(EmbeddedStore.in_memory(), [reading], ontology)
    assert [str(problem) for problem in noted] == [
        "foreign.ttl: relationships lead to 2 things that are described nowhere: urn:gone, urn:lost. "
        "They are no ties of a network until these are described."
    ]
