"""Each rule about data finds what it is there to find: one wrong statement a rule, all in one ecosystem."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from ecosystem import terms
from ecosystem.tables import Table
from ecosystem.validation import Finding

Check = Callable[[str], Table[Finding]]
SHAPE = "https://w3id.org/ecosystem-mapper/shape#"
SHAPES = Path(terms.__file__).resolve().parents[1] / "ontology" / "shapes.ttl"

# An ecosystem without fault; what is wrong leans on it.
SOUND = """
id:paper a eco:Source ; dcterms:title "A paper"@en .
id:bank a eco:DevelopmentBank ; rdfs:label "Bank"@en .
id:city a eco:CityGovernment ; rdfs:label "City"@en ; eco:country country:COL ; eco:since "2001"^^xsd:gYear .
id:firm a eco:StartUp ; rdfs:label "Firm"@en ; eco:country country:COL .
id:pilot a eco:Pilot ; rdfs:label "Pilot"@en ; eco:stage eco:Experimenting ;
    eco:since "2021-06"^^xsd:gYearMonth ; eco:until "2021"^^xsd:gYear .
id:plan a eco:Strategy ; rdfs:label "Plan"@en .
id:rel-sound a eco:Relationship ; rdf:subject id:bank ; rdf:predicate eco:funds ; rdf:object id:pilot ;
    eco:strength 2.0 ; eco:confidence 0.9 ; eco:certainty eco:Stated ; eco:amount 100 ; eco:currency "USD" ;
    prov:wasDerivedFrom id:paper ; eco:locator "page 1" .
id:bank eco:funds id:pilot .
id:rel-concept a eco:Relationship ; rdf:subject id:plan ; rdf:predicate eco:hasElement ; rdf:object eco:TimeFrames ;
    eco:certainty eco:Implied ; prov:wasDerivedFrom id:paper ; eco:locator "page 2" .
id:plan eco:hasElement eco:TimeFrames .
id:rel-place a eco:Relationship ; rdf:subject id:firm ; rdf:predicate eco:basedIn ; rdf:object country:COL ;
    eco:certainty eco:Stated ; prov:wasDerivedFrom id:paper ; eco:locator "page 3" .
id:firm eco:basedIn country:COL .
id:rel-denied a eco:Relationship ; rdf:subject id:city ; rdf:predicate eco:hosts ; rdf:object id:pilot ;
    eco:certainty eco:Denied ; prov:wasDerivedFrom id:paper ; eco:locator "page 4" .
id:people a eco:Figure ; rdfs:label "People reached"@en ;
    eco:figureOf id:pilot ; eco:value 28000.0 ; eco:unit "people" ;
    prov:wasDerivedFrom id:paper .
"""


def rel(name: str, subject: str, relation: str, target: str, more: str = "") -> str:
    return f"""id:{name} a eco:Relationship ;
        rdf:subject id:{subject} ; rdf:predicate eco:{relation} ; rdf:object {target} ;
        prov:wasDerivedFrom id:paper ; eco:locator "page 9" . {more}"""


# Rule → severity, the local name of what it should complain of, words of the message, and the statement that is wrong.
WRONG = {
    "Named": ("violation", "nameless", "no name", "id:nameless a eco:Ministry ."),
    "OneNature": (
        "violation",
        "centaur",
        "an actor and an initiative",
        'id:centaur a eco:Ministry , eco:Pilot ; rdfs:label "Centaur"@en .',
    ),
    "KnownCountry": (
        "violation",
        "atlantean",
        "Found: country:ATL",
        'id:atlantean a eco:Actor ; rdfs:label "Atlantean"@en ; eco:country country:ATL .',
    ),
    "OneCountry": (
        "warning",
        "dual",
        "more than one country",
        'id:dual a eco:Actor ; rdfs:label "Dual"@en ; eco:country country:COL , country:CHL .',
    ),
    "KnownStage": (
        "violation",
        "odd-stage",
        "Found: eco:High",
        'id:odd-stage a eco:Pilot ; rdfs:label "P"@en ; eco:stage eco:High .',
    ),
    "OneSubject": (
        "violation",
        "two-subjects",
        "exactly one subject",
        rel("two-subjects", "bank", "funds", "id:pilot", "id:two-subjects rdf:subject id:city ."),
    ),
    "OneRelation": ("violation", "no-relation", "Found: eco:role", rel("no-relation", "bank", "role", "id:pilot")),
    "OneObject": ("violation", "literal-end", "exactly one object", rel("literal-end", "bank", "funds", '"the pilot"')),
    "SubjectDescribed": ("violation", "from-nobody", "starts from", rel("from-nobody", "nobody", "funds", "id:pilot")),
    "ObjectDescribed": ("violation", "to-nobody", "leads to", rel("to-nobody", "bank", "funds", "id:nobody")),
    "NoTieToItself": ("warning", "self", "to itself", rel("self", "bank", "partnersWith", "id:bank")),
    "SubjectOfRightNature": (
        "violation",
        "turned",
        "‘leads’ cannot start from ‘Pilot’ (pilot).",
        rel("turned", "pilot", "leads", "id:plan"),
    ),
    "ObjectOfRightNature": (
        "violation",
        "led-concept",
        "‘leads’ cannot lead to ‘govtech’ (topic).",
        rel("led-concept", "city", "leads", "eco:Govtech"),
    ),
    "UsualSubject": (
        "warning",
        "odd-buyer",
        "‘procures from’ does not usually start from ‘Firm’ (start-up).",
        rel("odd-buyer", "firm", "procuresFrom", "id:firm"),
    ),
    "UsualObject": (
        "warning",
        "odd-member",
        "‘is a member of’ does not usually lead to ‘City’ (city government).",
        rel("odd-member", "firm", "memberOf", "id:city"),
    ),
    "DeniedAndAsserted": (
        "warning",
        "disputed",
        "denied here and asserted elsewhere",
        rel("disputed", "bank", "funds", "id:pilot", "id:disputed eco:certainty eco:Denied ."),
    ),
    "Sourced": (
        "warning",
        "sourceless",
        "names no source",
        "id:sourceless a eco:Relationship ; rdf:subject id:bank ; rdf:predicate eco:advises ; rdf:object id:city .",
    ),
    "Located": (
        "info",
        "sourceless",
        "where in its source",
        "id:sourceless a eco:Relationship ; rdf:subject id:bank ; rdf:predicate eco:advises ; rdf:object id:city .",
    ),
    "KnownCertainty": (
        "violation",
        "certain",
        "Found: eco:Low",
        rel("certain", "bank", "funds", "id:plan", "id:certain eco:certainty eco:Low ."),
    ),
    "ConfidenceInRange": (
        "violation",
        "sure",
        "Found: 80",
        rel("sure", "bank", "funds", "id:plan", "id:sure eco:confidence 80 ."),
    ),
    "PositiveStrength": (
        "violation",
        "weak",
        "Found: 0",
        rel("weak", "bank", "funds", "id:plan", "id:weak eco:strength 0 ."),
    ),
    "AmountWithCurrency": (
        "warning",
        "costly",
        "currency",
        rel("costly", "bank", "funds", "id:plan", "id:costly eco:amount 5 ."),
    ),
    "ReadableSince": (
        "warning",
        "dated",
        "Found: last spring",
        'id:dated a eco:Actor ; rdfs:label "D"@en ; eco:since "last spring" .',
    ),
    "ReadableUntil": (
        "warning",
        "dated",
        "Found: soon",
        'id:dated eco:until "soon" .',
    ),
    "SinceBeforeUntil": (
        "violation",
        "backwards",
        "begins (2021-06) after it ends (2020)",
        'id:backwards a eco:Actor ; rdfs:label "B"@en ; eco:since "2021-06"^^xsd:gYearMonth ; '
        'eco:until "2020"^^xsd:gYear .',
    ),
    "SourceTitled": ("violation", "untitled", "no title", "id:untitled a eco:Source ."),
    "SourceDescribed": (
        "warning",
        "hearsay-tie",
        "Found: id:hearsay",
        'id:hearsay-tie a eco:Figure ; rdfs:label "F"@en ; eco:figureOf id:pilot ; eco:value 1 ; eco:unit "x" ; '
        "prov:wasDerivedFrom id:hearsay .",
    ),
    "FigureValued": (
        "violation",
        "figure",
        "Found: many",
        'id:figure a eco:Figure ; rdfs:label "F"@en ; eco:value "many" .',
    ),
    "FigureMeasured": ("violation", "figure", "what it counts", "id:figure a eco:Figure ."),
    "FigureOfSomething": ("violation", "figure", "exactly one actor", "id:figure a eco:Figure ."),
    "FigureSourced": ("warning", "figure", "names no source", "id:figure a eco:Figure ."),
}


@pytest.fixture(scope="module")
def found(check: Check) -> Table[Finding]:
    return check(SOUND + "\n".join(sorted({statement for *_, statement in WRONG.values()})))


def test_what_is_sound_passes(check: Check) -> None:
    assert list(check(SOUND)) == []


@pytest.mark.parametrize("rule", WRONG)
def test_what_is_wrong_is_found(rule: str, found: Table[Finding]) -> None:
    severity, focus, words, _ = WRONG[rule]
    told = [finding for finding in found if (finding.rule, finding.focus) == (SHAPE + rule, terms.ID + focus)]
    assert [finding.severity for finding in told] == [severity]
    assert words in told[0].message
    assert told[0].remedy.endswith(".")


def test_nothing_sound_is_blamed(found: Table[Finding]) -> None:
    blamed = {finding.focus.removeprefix(terms.ID) for finding in found}
    assert blamed == {focus for _, focus, _, _ in WRONG.values()}


def test_no_rule_is_without_its_wrong_statement() -> None:
    kinds = {terms.PREFIXES["sh"] + "PropertyShape", terms.PREFIXES["sh"] + "NodeShape"}
    shapes = {
        quad.subject.value.removeprefix(SHAPE)
        for quad in ox.parse(path=SHAPES, format=ox.RdfFormat.TURTLE)
        if quad.predicate.value == terms.RDF_TYPE and quad.object.value in kinds
    }
    assert shapes == set(WRONG)


def test_an_end_that_fits_through_a_supertype_is_fine(check: Check) -> None:
    auditor = 'id:court a eco:SupremeAuditInstitution ; rdfs:label "Court"@en .'
    assert list(check(SOUND + auditor + rel("fits", "court", "audits", "id:city"))) == []


def test_an_end_of_a_class_that_nobody_knows_is_told(check: Check) -> None:
    stranger = 'id:ship a <https://example.org/Ship> ; rdfs:label "Ship"@en .'
    told = check(SOUND + stranger + rel("boards", "ship", "funds", "id:pilot"))
    assert [finding.message for finding in told] == ["‘funds’ cannot start from ‘Ship’ (Ship)."]
