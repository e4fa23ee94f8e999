"""Each construct of SHACL that becomes a query finds what pySHACL finds, on data that fail it and data that do not."""

from __future__ import annotations

from pathlib import Path

import pytest
from validation.second_opinion import both

DATA = """
:Person a rdfs:Class . :Child rdfs:subClassOf :Person . :Baby rdfs:subClassOf :Child . :Dog a rdfs:Class .
:ann a :Person ; :name "Ann"@en , "Anna"@de ; :age 40 ; :knows :bob , :rex ;
    :born "1984-02-03"^^xsd:date ; :died "1984-02-03"^^xsd:date .
:bob a :Child ; :name "Bob" , "Bob"@en , "Bobby"@en ; :age 12 , 13 ; :knows :ann ; :likes :ann ; :code "AB1" .
:tim a :Baby ; :age "abc"^^xsd:integer ; :born "2020-13-45"^^xsd:date ; :code "ab1" ;
    :knows "nobody" , :tim ; :likes :tim .
:eve a :Person ; :age 7.5 , -3 ; :knows [ :name "Nameless" ] ; :name "" , "Eve"@en-GB ;
    :code "toolong" , 12 , :eve ; :likes :rex .
:rex a :Dog ; :name "Rex" ; :age "3"^^xsd:double ; :owner :ann ; :flag true , "maybe" .
:old a :Person ; :age 99999999999999999999999 ;
    :year "1900"^^xsd:gYear , "nineteen"^^xsd:gYear ; :born "1900-01-01"^^xsd:date ; :died "1850-01-01"^^xsd:date .
:a :next :b . :b :next :c . :c :next :a . :ann :parent :old . :bob :parent :ann . :tim :parent :bob .
:lone a :Person .
"""
PROPERTY = "sh:property [ sh:path {path} ; {demand} ]"
TARGETS = (
    "sh:targetClass :Person",
    "sh:targetSubjectsOf :knows",
    "sh:targetObjectsOf :knows",
    "sh:targetNode :ann , :nobody , :eve",
    "sh:targetClass :Dog , :Child ; sh:targetNode :ann",
)
PATHS = (
    ":knows",
    "[ sh:inversePath :knows ]",
    "( :knows :name )",
    "[ sh:alternativePath ( :name :code ) ]",
    "[ sh:zeroOrMorePath :parent ]",
    "[ sh:oneOrMorePath :parent ]",
    "[ sh:zeroOrOnePath :parent ]",
    "( [ sh:inversePath :parent ] [ sh:zeroOrMorePath :parent ] )",
)
OF_PATHS = (
    "sh:minCount 1",
    "sh:minCount 2",
    "sh:maxCount 1",
    "sh:maxCount 0",
    "sh:class :Person",
    "sh:nodeKind sh:IRI",
    "sh:hasValue :ann",
    'sh:hasValue "Rex"',
    "sh:uniqueLang true",
    "sh:equals :likes",
    "sh:disjoint :likes",
    "sh:not [ sh:class :Child ]",
    "sh:or ( [ sh:class :Dog ] [ sh:nodeKind sh:Literal ] )",
    "sh:xone ( [ sh:class :Person ] [ sh:class :Child ] [ sh:nodeKind sh:BlankNode ] )",
    "sh:and ( [ sh:class :Person ] [ sh:nodeKind sh:IRI ] )",
    "sh:node [ sh:property [ sh:path :name ; sh:minCount 1 ] ]",
    "sh:qualifiedValueShape [ sh:class :Person ] ; sh:qualifiedMinCount 1",
    "sh:qualifiedValueShape [ sh:class :Person ] ; sh:qualifiedMaxCount 1 ; sh:qualifiedMinCount 1",
    "sh:property [ sh:path :name ; sh:minCount 1 ; sh:datatype xsd:string ]",
)
OF_LITERALS = (
    *((":age", demand) for demand in ("sh:datatype xsd:integer", "sh:datatype xsd:decimal", "sh:datatype xsd:double")),
    *((":age", f"sh:{kind} 12") for kind in ("minInclusive", "minExclusive", "maxInclusive", "maxExclusive")),
    (":age", "sh:in ( 12 13 40 )"),
    (":age", "sh:or ( [ sh:datatype xsd:integer ] [ sh:datatype xsd:double ] )"),
    (":born", "sh:datatype xsd:date"),
    (":born", "sh:lessThan :died"),
    (":born", "sh:lessThanOrEquals :died"),
    (":born", 'sh:minInclusive "1950-01-01"^^xsd:date'),
    (":flag", "sh:datatype xsd:boolean"),
    (":name", "sh:datatype rdf:langString"),
    (":name", "sh:datatype xsd:string"),
    (":name", 'sh:languageIn ( "en" "fr" )'),
    (":name", "sh:minLength 4"),
    (":name", "sh:maxLength 3"),
    (":name", 'sh:pattern "^B"'),
    (":name", 'sh:pattern "^b" ; sh:flags "i"'),
    (":code", 'sh:pattern "^[A-Z]{2}\\\\d$"'),
    (":code", 'sh:in ( "AB1" 12 :eve )'),
    (":code", "sh:nodeKind sh:Literal"),
    (":code", "sh:nodeKind sh:BlankNodeOrIRI"),
)
OF_NODES = (
    "sh:class :Person",
    "sh:nodeKind sh:IRI",
    "sh:not [ sh:class :Child ]",
    "sh:not [ sh:property [ sh:path :name ; sh:minCount 1 ] ]",
    "sh:or ( [ sh:class :Dog ] [ sh:property [ sh:path :age ; sh:maxCount 1 ; sh:minCount 1 ] ] )",
    "sh:node [ sh:property [ sh:path :knows ; sh:node [ sh:property [ sh:path :name ; sh:minCount 1 ] ] ] ]",
    "sh:in ( :ann :bob :rex )",
    "sh:hasValue :ann",
    "sh:equals :likes",
    "sh:disjoint :likes",
    'sh:pattern "an"',
    "sh:minLength 23",
    "sh:closed true ; sh:ignoredProperties ( rdf:type :age ) ; sh:property [ sh:path :name ] , [ sh:path :knows ]",
    "sh:property [ sh:path :knows ; sh:severity sh:Warning ; sh:class :Person ] ; sh:severity sh:Info",
    "sh:property [ sh:path :knows ; sh:class :Person ; sh:deactivated true ]",
    "sh:property [ sh:path :knows ; sh:qualifiedValueShape [ sh:class :Child ] ; sh:qualifiedMinCount 1 ; "
    "sh:qualifiedValueShapesDisjoint true ] , [ sh:path :knows ; sh:qualifiedValueShape [ sh:class :Baby ] ; "
    "sh:qualifiedMaxCount 0 ; sh:qualifiedValueShapesDisjoint true ]",
    'sh:sparql [ sh:select "SELECT $this ?value WHERE { $this <https://example.org/knows> ?value . '
    'FILTER NOT EXISTS { ?value <https://example.org/name> ?name } }" ]',
    'sh:sparql [ sh:select "SELECT $this WHERE { { $this <https://example.org/age> ?a } UNION '
    '{ $this <https://example.org/code> ?a } FILTER(?a = 12) }" ]',
)


def same(shape: str, folder: Path) -> int:
    mine, their, notes = both(f":shape {shape} .", DATA, folder)
    assert not notes
    assert mine == their
    return len(mine)


@pytest.mark.parametrize("demand", OF_PATHS)
@pytest.mark.parametrize("path", PATHS)
def test_demands_on_what_a_path_leads_to(path: str, demand: str, tmp_path: Path) -> None:
    shape = PROPERTY.format(path=path, demand=demand)
    same(f"a sh:NodeShape ; {TARGETS[0]} ; {shape}", tmp_path)


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("demand", OF_PATHS)
def test_demands_wherever_a_shape_aims(target: str, demand: str, tmp_path: Path) -> None:
    same(f"a sh:PropertyShape ; {target} ; sh:path :knows ; {demand}", tmp_path)


@pytest.mark.parametrize(("path", "demand"), OF_LITERALS)
def test_demands_on_literals(path: str, demand: str, tmp_path: Path) -> None:
    found = same(f"a sh:PropertyShape ; sh:targetSubjectsOf {path} ; sh:path {path} ; {demand}", tmp_path)
    assert found  # each of them fails somewhere: two empty answers would agree too


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("demand", OF_NODES)
def test_demands_on_nodes(target: str, demand: str, tmp_path: Path) -> None:
    same(f"a sh:NodeShape ; {target} ; {demand}", tmp_path)


def test_a_shape_that_is_a_class_aims_at_its_instances_and_theirs_below(tmp_path: Path) -> None:
    mine, their, _ = both(":Person a rdfs:Class , sh:NodeShape ; sh:nodeKind sh:BlankNode .", DATA, tmp_path)
    assert mine == their
    assert {focus.rpartition("/")[2] for focus, *_ in mine} == {"ann", "bob", "tim", "eve", "old", "lone"}


@pytest.mark.parametrize("state", ["sh:deactivated true ;", ""])
def test_a_shape_that_is_switched_off_finds_nothing(state: str, tmp_path: Path) -> None:
    mine, their, _ = both(f":s a sh:NodeShape ; {state} sh:targetClass :Person ; sh:class :Dog .", DATA, tmp_path)
    assert mine == their
    assert bool(mine) is not bool(state)


@pytest.mark.parametrize(
    ("literal", "datatype", "sound"),
    [
        ('"maybe"^^xsd:boolean', "boolean", False),  # which rdflib takes for false
        ('"19"^^xsd:gYear', "gYear", False),  # pySHACL does not look at the letters of years
        ('"2021-06"^^xsd:gYearMonth', "gYearMonth", True),
        ('"2021-13"^^xsd:gYearMonth', "gYearMonth", False),
        ('"24:61:00"^^xsd:time', "time", False),
        ('"12"^^xsd:int', "int", True),
        ('"3000000000"^^xsd:int', "int", False),
        ('"-1"^^xsd:nonNegativeInteger', "nonNegativeInteger", False),
        ('"0.123456789012345678901234567890"^^xsd:decimal', "decimal", True),
        ('"1,5"^^xsd:decimal', "decimal", False),
        ('"INF"^^xsd:double', "double", True),
        ('"P1X"^^xsd:duration', "duration", False),
        ('"2020-01-01T10:00:00Z"^^xsd:dateTimeStamp', "dateTimeStamp", True),
        ('"2020-01-01T10:00:00"^^xsd:dateTime', "dateTimeStamp", False),
    ],
)
def test_a_literal_that_is_not_what_its_datatype_says_is_found(
    literal: str, datatype: str, sound: bool, tmp_path: Path
) -> None:
    shape = f":s a sh:PropertyShape ; sh:targetNode :x ; sh:path :p ; sh:datatype xsd:{datatype} ."
    mine, _, _ = both(shape, f":x :p {literal} .", tmp_path)
    assert (not mine) is sound


@pytest.mark.parametrize("kind", ["minInclusive", "maxInclusive", "minExclusive", "maxExclusive"])
@pytest.mark.parametrize("value", ['"2001-02-03"^^xsd:date', '"abc"^^xsd:integer', '"5"', ":iri"])
def test_what_cannot_be_compared_is_in_no_range(kind: str, value: str, tmp_path: Path) -> None:
    shape = f":s a sh:PropertyShape ; sh:targetNode :x ; sh:path :p ; sh:{kind} 2 ."
    mine, _, _ = both(shape, f":x :p {value} .", tmp_path)
    assert len(mine) == 1


UNKNOWN = {
    "a shape that refers to itself": ":s a sh:NodeShape ; sh:targetNode :bob ; "
    "sh:property [ sh:path :parent ; sh:node :s ; sh:maxCount 0 ] .",
    "the pattern": ':s a sh:PropertyShape ; sh:targetClass :Person ; sh:path :name ; sh:pattern "(.)\\\\1" .',
    "sh:target": ":s a sh:NodeShape ; sh:class :Dog ; sh:target [ a sh:SPARQLTarget ; sh:select "
    '"SELECT ?this WHERE { ?this <https://example.org/likes> ?any }" ] .',
    "sh:reifierShape": ":s a sh:PropertyShape ; sh:targetClass :Person ; sh:path :name ; sh:minCount 1 ; "
    "sh:reifierShape [] .",
}


@pytest.mark.parametrize("reason", UNKNOWN)
def test_what_has_no_form_as_a_query_goes_to_pyshacl_with_a_note(reason: str, tmp_path: Path) -> None:
    other = ":t a sh:PropertyShape ; sh:targetClass :Person ; sh:path :age ; sh:maxCount 1 ."
    mine, their, notes = both(UNKNOWN[reason] + other, DATA, tmp_path)
    assert mine == their
    assert mine
    assert len(notes) == 1
    assert reason in notes[0]
