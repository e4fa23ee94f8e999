"""The files of the ontology folder: they parse, hold together, and look as they should."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from ecosystem import terms
from ecosystem.ontology import Ontology, fold
from ecosystem.validation import check_ontology

FOLDER = Path(terms.__file__).resolve().parents[1] / "ontology"
OUR_NAMESPACES = tuple(
    f"https://w3id.org/ecosystem-mapper/{name}" for name in ("ontology", "view#", "id/source", "shape#", "meta#")
)
LIGHT, DARK = "#ffffff", "#1e1e1e"
BRANCHES = {
    "PublicBody",
    "AccountabilityActor",
    "InternationalActor",
    "Network",
    "PrivateOrCivicActor",
    "KnowledgeActor",
    "Place",
}


def _triples(path: Path) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE)]


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.ttl")), ids=lambda path: path.name)
def test_each_file_is_turtle(path: Path) -> None:
    assert len(_triples(path)) > 5


def test_the_ontology_keeps_its_own_rules(folder: Path) -> None:
    assert list(check_ontology(folder)) == []


def test_every_term_of_ours_that_is_referred_to_is_defined(folder: Path) -> None:
    triples = [triple for path in sorted(folder.glob("*.ttl")) for triple in _triples(path)]
    defined = {triple.subject.value for triple in triples if isinstance(triple.subject, ox.NamedNode)}
    used = {
        node.value for triple in triples for node in (triple.predicate, triple.object) if isinstance(node, ox.NamedNode)
    }
    version = f"{terms.ONTOLOGY}/0.1.0"
    assert {iri for iri in used if iri.startswith(OUR_NAMESPACES)} - defined == {version}


def test_each_term_has_one_home(folder: Path) -> None:
    homes: dict[str, set[str]] = {}
    for path in sorted(folder.glob("*.ttl")):
        for triple in _triples(path):
            if triple.predicate.value == terms.RDF_TYPE and isinstance(triple.subject, ox.NamedNode):
                homes.setdefault(triple.subject.value, set()).add(path.name)
    assert {iri: files for iri, files in homes.items() if len(files) > 1} == {}


def test_sources_that_are_named_are_described(folder: Path) -> None:
    described = {
        triple.subject.value
        for path in sorted(folder.glob("*.ttl"))
        for triple in _triples(path)
        if triple.predicate.value == terms.RDF_TYPE and triple.object.value == terms.SOURCE
    }
    named = {
        triple.object.value
        for path in sorted(folder.glob("*.ttl"))
        for triple in _triples(path)
        if triple.predicate.value == terms.DERIVED_FROM
    }
    assert named == described


def test_the_version_is_that_of_the_package(ontology: Ontology) -> None:
    pyproject = (FOLDER.parent / "pyproject.toml").read_text(encoding="utf-8")
    assert f'version = "{ontology.version}"' in pyproject


@pytest.mark.parametrize("group", ["kinds", "relations", "concepts", "countries"])
def test_every_name_leads_to_its_own_term(group: str, ontology: Ontology) -> None:
    singular = {"kinds": "type", "relations": "relation", "concepts": "concept", "countries": "country"}[group]
    for term in getattr(ontology, group).values():
        for name in (term.iri, term.name, *term.labels.values(), *term.alternatives):
            assert ontology.resolve(singular, name) == term.iri, f"{name} of {term.iri}"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Department", "Ministry"),
        ("Ministerial department", "Ministry"),
        ("Executive Agency", "LineAgency"),
        ("Arm's Length Body", "SpecialisedAgency"),
        ("Research Council", "ResearchFunder"),
        ("Science Advisory Committee", "AdvisoryCommittee"),
        ("Science Advisory Council", "AdvisoryCommittee"),
        ("Research Centre", "ResearchInstitute"),
        ("National Academy", "LearnedSociety"),
        ("Devolved Administration", "RegionalGovernment"),
        ("Subcommittee", "Unit"),
        ("Network", "Network"),
        ("Office", "Office"),
        ("Profession", "CommunityOfPractice"),
        ("NGO", "CivilSocietyOrganisation"),
        ("Ombudsman", "Ombudsperson"),
        ("jeune pousse", "StartUp"),
        ("tribunal de cuentas", "SupremeAuditInstitution"),
    ],
)
def test_names_from_other_maps_resolve(name: str, kind: str, ontology: Ontology) -> None:
    assert ontology.resolve_type(name) == terms.ECO + kind


@pytest.mark.parametrize("name", ["Group of government experts", "Industrial Council", "External Experts", "n/a"])
def test_names_without_an_honest_fit_do_not(name: str, ontology: Ontology) -> None:
    assert ontology.resolve_type(name) is None


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("UK", "GBR"),
        ("UAE", "ARE"),
        ("US", "USA"),
        ("USA", "USA"),
        ("Turkey", "TUR"),
        ("Türkiye", "TUR"),
        ("co", "COL"),
    ],
)
def test_countries_go_by_what_people_call_them(name: str, code: str, ontology: Ontology) -> None:
    assert ontology.resolve_country(name) == terms.COUNTRY_AUTHORITY + code


def test_all_countries_are_there(ontology: Ontology) -> None:
    assert len(ontology.countries) == 250, "ISO 3166-1 and Kosovo"
    assert {fold(country.label("fr")) for country in ontology.countries.values()} >= {"colombie", "emirats arabes unis"}


def test_each_branch_has_a_shape_of_its_own(ontology: Ontology) -> None:
    shapes = {name: ontology.kinds[terms.ECO + name].shape for name in (*BRANCHES, "Initiative", "Actor")}
    assert len(set(shapes.values())) == len(shapes)
    auditor = ontology.kinds[terms.ECO + "SupremeAuditInstitution"]
    assert (auditor.shape, auditor.branch) == (shapes["AccountabilityActor"], terms.ECO + "AccountabilityActor")


def test_colours_are_seen_on_light_and_on_dark(ontology: Ontology) -> None:
    colours = {term.colour for term in (*ontology.kinds.values(), *ontology.relations.values())}
    faint = [colour for colour in sorted(colours) if min(_contrast(colour, LIGHT), _contrast(colour, DARK)) < 3]
    assert faint == []
    assert len(colours) <= 9  # eight and a grey


def _contrast(one: str, other: str) -> float:
    """The contrast of two colours after WCAG 2.1, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    shares = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
