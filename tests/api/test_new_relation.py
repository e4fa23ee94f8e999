"""The ontology is the single source of truth: a relation, a type and a gap rule are added in Turtle and no Python."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

import ecosystem
from ecosystem import terms
from ecosystem.api import Ecosystem

BLOCK = """
@prefix eco: <https://w3id.org/ecosystem-mapper/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix view: <https://w3id.org/ecosystem-mapper/view#> .

eco:mentors a owl:ObjectProperty, eco:RelationType ;
    rdfs:label "mentors"@en, "accompagne"@fr, "orienta"@es ;
    eco:inverseLabel "is mentored by"@en, "est accompagné par"@fr, "es orientado por"@es ;
    skos:definition "Shares experience with a younger body over a longer time."@en ;
    schema:domainIncludes eco:PublicBody ; schema:rangeIncludes eco:StartUp ;
    eco:directed true ; eco:conveys eco:Contact, eco:Knowledge ; view:colour "#123456" ; view:order 901 .

eco:PolicyLab a owl:Class ; rdfs:subClassOf eco:PublicBody ;
    rdfs:label "policy lab"@en, "laboratoire de politiques"@fr, "laboratorio de políticas"@es ;
    skos:definition "A team that tries out policies before they are made."@en ; view:order 902 .

eco:LabThatMentorsNobody a eco:GapRule ;
    rdfs:label "Lab that mentors nobody"@en, "Laboratoire sans accompagnement"@fr, "Laboratorio sin orientados"@es ;
    eco:rationale "A lab that mentors nobody learns alone."@en ;
    prov:wasDerivedFrom <https://w3id.org/ecosystem-mapper/id/source-opsi-ai> ; eco:locator "Partners" ;
    eco:severity eco:Low ; eco:remedy "Introduce a start-up."@en ; eco:family eco:StartUpGaps ;
    eco:absence "A source denies that it mentors anybody; or nobody is recorded."@en ;
    eco:select "SELECT ?subject WHERE { ?subject a eco:PolicyLab MINUS { ?subject eco:mentors ?anyone } }" .
"""
TABLES = {
    "actors.csv": "id,type,label,country\n"
    "lab,PolicyLab,The Lab,CHL\nlonely,policy lab,The Lonely Lab,FRA\nfirm,StartUp,The Firm,CHL\n",
    "relationships.csv": "subject,relation,object,source,locator\nlab,mentors,firm,source-opsi-ai,Partners\n",
}


@pytest.fixture
def extended(tmp_path: Path) -> Ecosystem:
    folder, data = tmp_path / "words", tmp_path / "data"
    folder.mkdir()
    data.mkdir()
    (folder / "mentoring.ttl").write_text(BLOCK, encoding="utf-8")
    for name, text in TABLES.items():
        (data / name).write_text(text, encoding="utf-8")
    return ecosystem.open(data, ontology=[folder])


def test_the_tie_appears_in_the_network(extended: Ecosystem) -> None:
    network = extended.network()
    assert network.relations == (terms.ECO + "mentors",)
    assert (network.labels[network.tails[0]], network.labels[network.heads[0]]) == ("The Lab", "The Firm")


def test_the_legend_entry_appears_on_the_map(extended: Ecosystem) -> None:
    view = extended.view(by="type")
    assert [(relation.label, relation.inverse, relation.colour) for relation in view.relations] == [
        ("mentors", "is mentored by", "#123456")
    ]
    lab = next(kind for kind in view.kinds if kind.label == "policy lab")
    assert lab.branch == "public body" and lab.shape, "a new type looks like its family"


def test_the_gap_rule_runs(extended: Ecosystem) -> None:
    assert [gap.subject for gap in extended.gaps(["LabThatMentorsNobody"])] == ["The Lonely Lab"]


def test_the_ends_are_checked(extended: Ecosystem, tmp_path: Path) -> None:
    assert not [one for one in extended.validate() if one.severity == "violation"]
    relationships = tmp_path / "data" / "relationships.csv"
    relationships.write_text(TABLES["relationships.csv"].replace("lab,mentors,firm", "firm,mentors,lab"))
    wrong = ecosystem.open(tmp_path / "data", ontology=[tmp_path / "words"]).validate()
    assert any("mentors" in one.message or "mentors" in one.path for one in wrong), "a start-up is no public body"


def test_the_words_resolve_and_are_documented(extended: Ecosystem) -> None:
    from ecosystem.api.glossary import describe, entries

    assert extended.ontology.resolve_relation("accompagne") == terms.ECO + "mentors"
    assert "mentors" in entries(extended.ontology, "relations")["name"]
    assert ("read backwards", "is mentored by") in describe(extended.ontology, "mentors")


def test_the_block_is_checked_with_the_ontology_that_it_adds_to(extended: Ecosystem, tmp_path: Path) -> None:
    from click.testing import CliRunner

    from ecosystem.commands import cli

    folder = tmp_path / "words"
    assert CliRunner().invoke(cli, ["ontology", "check", str(folder)]).exit_code == 0
    (folder / "mentoring.ttl").write_text(BLOCK.replace('"mentors"@en, ', ""), encoding="utf-8")
    wrong = CliRunner().invoke(cli, ["ontology", "check", str(folder)])
    assert wrong.exit_code == 1 and "mentors" in wrong.output


def test_a_foreign_vocabulary_is_read_by_three_lines_of_turtle(tmp_path: Path) -> None:
    guide = (Path(__file__).resolve().parents[2] / "docs" / "bring-your-data.md").read_text(encoding="utf-8")
    taught = guide.split("```turtle\n")[1].split("```")[0]
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "register.ttl").write_text(taught, encoding="utf-8")
    data = tmp_path / "register.ttl"
    data.write_text(
        "@prefix reg: <https://example.org/register#> . <urn:prize> a reg:Challenge ; reg:hasSponsor <urn:fund> . "
        "<urn:fund> a reg:Body .",
        encoding="utf-8",
    )
    eco = ecosystem.open(data, ontology=[tmp_path / "words"])
    network = eco.network(eco.projection(initiatives="keep"))
    assert network.ids == ("urn:fund", "urn:prize")
    assert (network.tails.tolist(), network.heads.tolist()) == ([0], [1])
    assert network.relations == (eco.ontology.resolve_relation("funds"),)


def test_the_rule_stands_in_the_generated_documentation(extended: Ecosystem) -> None:
    path = Path(__file__).parents[2] / "docs" / "generate.py"
    spec = importlib.util.spec_from_file_location("generate", path)
    assert spec is not None and spec.loader is not None
    generate = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generate)
    (line,) = (line for line in generate.ontology(extended.ontology).splitlines() if "LabThatMentorsNobody" in line)
    assert "A lab that mentors nobody learns alone." in line and "Introduce a start-up." in line


def test_one_folder_of_words_needs_no_list(tmp_path: Path) -> None:
    (tmp_path / "mentoring.ttl").write_text(BLOCK, encoding="utf-8")
    for folder in (tmp_path, str(tmp_path)):
        assert ecosystem.open(ontology=folder).ontology.resolve_relation("mentors") == terms.ECO + "mentors"
