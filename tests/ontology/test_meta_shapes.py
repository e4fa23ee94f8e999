"""Each rule about the ontology finds what it is there to find: one wrong block a rule, all beside the real ontology."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

from ecosystem import terms
from ecosystem.tables import Table
from ecosystem.validation import Finding, check_ontology

META = "https://w3id.org/ecosystem-mapper/meta#"
FOLDER = Path(terms.__file__).resolve().parents[1] / "ontology"
PROPERTY_SHAPE = terms.PREFIXES["sh"] + "PropertyShape"
NODE_SHAPE = terms.PREFIXES["sh"] + "NodeShape"

# Rule → the term that it should complain of, and the block that is wrong.
WRONG = {
    "Versioned": ("", f'<{terms.ONTOLOGY}> owl:versionInfo "9.9" .'),
    "Labelled": ("NoFrench", 'eco:NoFrench a eco:Topic ; rdfs:label "nf"@en , "nf"@es .'),
    "OneLabelALanguage": ("TwoLabels", 'eco:TwoLabels rdfs:label "one"@en , "two"@en .'),
    "Defined": ("Undefined", 'eco:Undefined a eco:Flow ; rdfs:label "undefined"@en .'),
    "KindNamesDiffer": ("Ministry", 'eco:Twin rdfs:subClassOf eco:PublicBody ; skos:altLabel "MINISTRY"@en .'),
    "RelationNamesDiffer": ("audits", 'eco:scrutinises a eco:RelationType ; rdfs:label "Audits"@en .'),
    "ConceptNamesDiffer": ("Govtech", 'eco:Gt a eco:Topic ; skos:inScheme eco:Topics ; rdfs:label "Govtech"@en .'),
    "ReadAsOneThing": ("Actor", "eco:Crew eco:reads org:Organization ."),
    "KindShaped": ("Shapeless", "eco:Actor rdfs:subClassOf eco:Nature . eco:Shapeless rdfs:subClassOf eco:Actor ."),
    "KindColoured": ("Colourless", "eco:Colourless rdfs:subClassOf eco:Initiative ."),
    "ShapeKnown": ("Blob", 'eco:Blob view:shape "blob" .'),
    "ColourReadable": ("Reddish", 'eco:Reddish view:colour "red" .'),
    "InverseLabelled": ("bare", "eco:bare a eco:RelationType ."),
    "RelationStarts": ("bare", "eco:bare a eco:RelationType ."),
    "RelationEnds": ("lost", "eco:lost a eco:RelationType ; schema:rangeIncludes eco:Nowhere ."),
    "RelationDirected": ("bare", "eco:bare a eco:RelationType ."),
    "RelationColoured": ("bare", "eco:bare a eco:RelationType ."),
    "RelationOrdered": ("bare", "eco:bare a eco:RelationType ."),
    "RelationOrderDiffers": ("partOf", "eco:rival a eco:RelationType ; view:order 10 ."),
    "FlowKnown": ("gossips", "eco:gossips eco:conveys eco:Rumour ."),
    "FlowRuns": ("Rumours", "eco:Rumours a eco:Flow ."),
    "ConceptInScheme": ("Stray", "eco:Stray a eco:Topic ."),
    "ConceptSourced": ("Stray", "eco:Stray a eco:Topic ; prov:wasDerivedFrom id:hearsay ."),
    "ConceptLocated": ("Stray", "eco:Stray a eco:Topic ."),
    "CountryCoded": ("Atlantis", 'eco:Atlantis a eco:Country ; skos:notation "A" .'),
    "CountryCodedShortly": ("Atlantis", "eco:Atlantis a eco:Country ."),
    "GroupPeopled": ("Nowhereland", "eco:Nowhereland a eco:CountryGroup ."),
    "GroupDated": ("Nowhereland", "eco:Nowhereland a eco:CountryGroup ."),
    "GroupNamesDiffer": ("Peru", 'eco:Peru a eco:CountryGroup ; rdfs:label "peru"@en .'),
    "RuleExplained": ("BareRule", "eco:BareRule a eco:GapRule ."),
    "RuleInEveryLanguage": ("Half", 'eco:Half a eco:GapRule ; eco:rationale "why"@en , "pourquoi"@fr , "por qué"@es .'),
    "RuleSourced": ("BareRule", "eco:BareRule a eco:GapRule ."),
    "RuleLocated": ("BareRule", "eco:BareRule a eco:GapRule ."),
    "RuleGraded": ("BareRule", "eco:BareRule a eco:GapRule ; eco:severity eco:Stated ."),
    "RuleOfAFamily": ("BareRule", "eco:BareRule a eco:GapRule ."),
    "RuleTellsAbsence": ("BareRule", "eco:BareRule a eco:GapRule ."),
    "RuleRemedied": ("BareRule", "eco:BareRule a eco:GapRule ."),
    "RuleAsks": ("BareRule", "eco:BareRule a eco:GapRule ."),
}

ADVICE = {"RuleInEveryLanguage"}  # whoever adds rules for one country need not tell them in three languages


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Table[Finding]:
    folder = tmp_path_factory.mktemp("wrong") / "ontology"
    shutil.copytree(FOLDER, folder)
    # Every kind takes its look from its root, so the roots lose one each.
    for name, look in (("actors.ttl", 'view:shape "dot" ;'), ("initiatives.ttl", 'view:colour "#6699cc" ;')):
        text = (folder / name).read_text(encoding="utf-8")
        (folder / name).write_text(text.replace(look, "", 1), encoding="utf-8")
    head = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in terms.PREFIXES.items())
    blocks = "\n".join(sorted({block for _, block in WRONG.values()}))
    queries = 'eco:Garbled a eco:GapRule ; eco:select "SELECT ?subject WHERE" .\n'
    queries += 'eco:Mute a eco:GapRule ; eco:select "SELECT ?x WHERE { ?x a ?subject }" .\n'
    (folder / "wrong.ttl").write_text(f"{head}{blocks}\n{queries}", encoding="utf-8")
    return check_ontology(folder)


@pytest.mark.parametrize("rule", WRONG)
def test_a_wrong_block_is_found(rule: str, found: Table[Finding]) -> None:
    name, _ = WRONG[rule]
    focus = terms.ECO + name if name else terms.ONTOLOGY
    told = [finding for finding in found if (finding.rule, finding.focus) == (META + rule, focus)]
    assert told, rule
    assert all(finding.message.endswith(".") and finding.remedy.endswith(".") for finding in told)
    assert {finding.severity for finding in told} == {"warning" if rule in ADVICE else "violation"}


def test_the_bundled_ontology_needs_no_advice() -> None:
    assert list(check_ontology(FOLDER)) == []


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_each_language_is_asked_for(language: str, found: Table[Finding]) -> None:
    told = [finding.message for finding in found if finding.focus == terms.ECO + "bare"]
    assert f"It has no label in the language ‘{language}’." in told
    assert f"The relation has no inverse label in the language ‘{language}’." in told


def test_no_rule_is_without_its_wrong_block() -> None:
    shapes = {
        quad.subject.value.removeprefix(META)
        for quad in ox.parse(path=FOLDER / "meta.ttl", format=ox.RdfFormat.TURTLE)
        if quad.predicate.value == terms.RDF_TYPE and quad.object.value in (PROPERTY_SHAPE, NODE_SHAPE)
    }
    assert shapes == set(WRONG)


@pytest.mark.parametrize(("name", "told"), [("Garbled", "not SPARQL"), ("Mute", "does not answer with ?subject")])
def test_a_gap_rule_that_cannot_be_asked_is_found(name: str, told: str, found: Table[Finding]) -> None:
    assert [told in finding.message for finding in found if finding.focus == terms.ECO + name].count(True) == 1


def test_an_undefined_term_is_found(found: Table[Finding]) -> None:
    assert terms.ECO + "Nowhere" in [finding.path for finding in found if not finding.rule]
