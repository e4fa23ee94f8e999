"""Vocabulary first, then shapes; findings in one order whatever the order of the input."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from validation.stores import checked

from ecosystem import terms
from ecosystem.api import Ecosystem
from ecosystem.errors import OntologyError
from ecosystem.resources import ontology_folder
from ecosystem.tables import Table
from ecosystem.validation import SEVERITIES, Finding, check_ontology

Check = Callable[[str], Table[Finding]]
Read = Callable[[str], list[ox.Triple]]

MENTORS = """
eco:mentors a owl:ObjectProperty , eco:RelationType ;
    rdfs:label "mentors"@en , "encadre"@fr , "tutela a"@es ;
    eco:inverseLabel "is mentored by"@en , "est encadré par"@fr , "es tutelado por"@es ;
    skos:definition "Accompanies another actor over time with advice and contacts."@en ;
    schema:domainIncludes eco:Actor ;
    schema:rangeIncludes eco:StartUp ;
    eco:directed true ;
    eco:conveys eco:Contact , eco:Knowledge ;
    view:colour "#228833" ;
    view:order 425 .
"""
MENTORED = """
id:bank a eco:DevelopmentBank ; rdfs:label "Bank"@en ; eco:mentors id:firm .
id:firm a eco:StartUp ; rdfs:label "Firm"@en .
id:rel-1 a eco:Relationship ; rdf:subject id:bank ; rdf:predicate eco:mentors ; rdf:object id:firm ;
    prov:wasDerivedFrom id:paper ; eco:locator "page 1" .
id:paper a eco:Source ; rdfs:label "Paper"@en .
"""


def test_a_misspelt_class_is_found_and_the_right_one_named(check: Check) -> None:
    told = check('id:a a eco:Ministri ; rdfs:label "A"@en . id:b a eco:Ministri ; rdfs:label "B"@en .')
    assert [(f.severity, f.focus, f.label, f.path) for f in told] == [
        ("violation", terms.ID + "a", "A", terms.ECO + "Ministri")
    ]
    assert told[0].message == "eco:Ministri is not a term of the ontology; it is used 2 times, here for the first."
    assert told[0].remedy == "Did you mean eco:Ministry?"


def test_a_misspelt_property_is_found(check: Check) -> None:
    told = check('id:a a eco:Ministry ; rdfs:label "A"@en ; eco:akronym "A" .')
    assert [(f.path, f.remedy) for f in told] == [(terms.ECO + "akronym", "Did you mean eco:acronym?")]


def test_where_nothing_is_near_the_way_to_the_terms_is_told(check: Check) -> None:
    told = check('id:a a eco:Xqzwv ; rdfs:label "A"@en .')
    assert "ontology list" in told[0].remedy


def test_terms_that_the_data_define_are_known(check: Check) -> None:
    said = 'eco:Lighthouse a owl:Class ; rdfs:subClassOf eco:Actor . id:a a eco:Lighthouse ; rdfs:label "A"@en .'
    assert list(check(said)) == []


def test_foreign_vocabularies_are_let_be(check: Check) -> None:
    assert list(check('id:a a org:Organization , eco:Actor ; rdfs:label "A"@en ; schema:slogan "Onwards" .')) == []


def test_a_relationship_is_labelled_by_what_it_says(check: Check) -> None:
    told = check(MENTORED.replace("eco:mentors", "eco:advises").replace('; eco:locator "page 1"', ""))
    assert [(f.severity, f.label) for f in told] == [("info", "Bank advises Firm")]


def test_quads_and_the_ontology_itself_may_be_among_the_data(turtle: Read) -> None:
    graph = ox.NamedNode(terms.ID + "dataset/test")
    triples = turtle('id:a a eco:Ministry ; rdfs:label "A"@en .')
    known = [
        quad
        for path in sorted(ontology_folder().glob("*.ttl"))
        for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE)
    ]
    assert list(checked([*known, *(ox.Quad(*triple, graph) for triple in triples)], ontology_folder())) == []


def test_blank_nodes_hostile_labels_and_nested_triples_do_no_harm(turtle: Read) -> None:
    triples = turtle('[] a eco:Ministry . id:a a eco:Ministri ; rdfs:label "<script>alert(1)</script>\\n"@ar .')
    nested = ox.Triple(ox.NamedNode(terms.ID + "n"), ox.NamedNode(terms.ID + "says"), triples[0])
    told = checked([*triples, nested], ontology_folder())
    assert [(finding.focus, finding.label, finding.message.split()[0]) for finding in told] == [
        (terms.ID + "a", "<script>alert(1)</script>\n", "eco:Ministri"),
        ("", "something unnamed", "It"),
    ]


def test_the_gravest_comes_first_whatever_the_order_of_the_input(turtle: Read) -> None:
    text = """id:r a eco:Relationship ; rdf:subject id:a ; rdf:predicate eco:advises ; rdf:object id:b .
        id:a a eco:Ministry . id:b a eco:Ministry , eco:Ministri ; rdfs:label "B"@en ; eco:since "then" ."""
    triples = turtle(text)
    first = checked(triples, ontology_folder())
    ranks = [SEVERITIES.index(finding.severity) for finding in first]
    assert ranks == sorted(ranks)
    assert set(ranks) == {0, 1, 2}
    shuffled = random.Random(7).sample(triples, len(triples))
    assert checked(shuffled, ontology_folder()) == first


@pytest.mark.parametrize("seed", ["0", "1"])
def test_the_hash_seed_changes_nothing(seed: str, tmp_path: Path) -> None:
    script = """
import pathlib, sys, pyoxigraph as ox
from ecosystem.resources import ontology_folder
from validation.stores import checked
text = '''@prefix eco: <https://w3id.org/ecosystem-mapper/ontology#> . @prefix : <https://example.org/> .
:a a eco:Ministry , eco:Pilott . :b a eco:Office ; eco:stage eco:Hih , :x ; eco:since "then" .'''
print(checked(ox.parse(input=text, format=ox.RdfFormat.TURTLE), ontology_folder()).to_json())
"""
    runs = [
        subprocess.run(
            [sys.executable, "-c", script],
            env={
                **os.environ,
                "PYTHONHASHSEED": each,
                "PYTHONPATH": f"{ontology_folder().parent}{os.pathsep}{Path(__file__).parents[1]}",
            },
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for each in (seed, "4711")
    ]
    assert runs[0] == runs[1]
    assert "Pilott" in runs[0]


def test_a_relation_is_added_by_one_block(turtle: Read, tmp_path: Path) -> None:
    folder = tmp_path / "ontology"
    shutil.copytree(ontology_folder(), folder)
    before = checked(turtle(MENTORED), folder)
    assert {finding.path for finding in before if not finding.rule} == {terms.ECO + "mentors"}
    with (folder / "relations.ttl").open("a", encoding="utf-8") as file:
        file.write(MENTORS)
    assert list(checked(turtle(MENTORED), folder)) == []
    assert list(check_ontology(folder)) == []
    turned = MENTORED.replace("rdf:object id:firm", "rdf:object eco:Govtech")
    assert "cannot lead to" in checked(turtle(turned), folder)[0].message


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (None, "not there"),
        ("a b c", "the shapes are wrong"),
        ("<x:s> a <http://www.w3.org/ns/shacl#PropertyShape> .", "the shapes are wrong"),
    ],
)
def test_shapes_that_are_missing_or_wrong_are_the_users_to_mend(text: str | None, told: str, tmp_path: Path) -> None:
    folder = tmp_path / "ontology"
    shutil.copytree(ontology_folder(), folder)
    (folder / "shapes.ttl").unlink()
    if text is not None:
        (folder / "shapes.ttl").write_text(text, encoding="utf-8")
    with pytest.raises(OntologyError, match=told):
        checked([], folder)


def test_the_bundled_data_are_sound(opsi: Ecosystem) -> None:
    assert list(opsi.validate()) == []
