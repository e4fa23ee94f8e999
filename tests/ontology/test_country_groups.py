"""Country groups: their names lead to them and to nothing else, and their members are those that registers list."""

from __future__ import annotations

import pytest

from ecosystem import terms
from ecosystem.ontology import CountryGroup, Ontology


def group(ontology: Ontology, name: str) -> CountryGroup:
    iri = ontology.resolve_country_group(name)
    assert iri, name
    return ontology.country_groups[iri]


def codes(ontology: Ontology, name: str) -> set[str]:
    return {ontology.countries[iri].alpha3 for iri in group(ontology, name).members}


@pytest.mark.parametrize(
    ("name", "size"),
    [("OECD", 38), ("EU", 27), ("G7", 7), ("G20", 19), ("Arab states", 22), ("GCC", 6), ("Agile Nations", 7)],
)
def test_memberships_are_as_large_as_the_organisations_say(name: str, size: int, ontology: Ontology) -> None:
    assert len(codes(ontology, name)) == size


@pytest.mark.parametrize(
    ("name", "inside", "outside"),
    [
        ("Latin America", {"CHL", "COL", "MEX", "JAM"}, {"USA", "CAN", "ESP"}),
        ("América Latina y el Caribe", {"BRA"}, {"PRT"}),
        ("europe", {"FRA", "GBR", "RUS", "NOR", "XKX"}, {"TUR", "CYP"}),
        ("Nordic countries", {"SWE", "FIN"}, {"EST"}),
        ("Northern America", {"USA", "CAN"}, {"MEX"}),
        ("Western Asia", {"ARE", "TUR"}, {"EGY"}),
        ("Asie", {"JPN", "IND"}, {"AUS"}),
    ],
)
def test_groups_go_by_what_people_call_them(name: str, inside: set[str], outside: set[str], ontology: Ontology) -> None:
    found = codes(ontology, name)
    assert inside <= found and not outside & found


def test_every_country_but_antarctica_is_in_one_region(ontology: Ontology) -> None:
    regions = [codes(ontology, name) for name in ("Africa", "Americas", "Asia", "Europe", "Oceania")]
    assert sum(map(len, regions)) == len(set().union(*regions))
    every = {country.alpha3 for country in ontology.countries.values()}
    assert every - set().union(*regions) == {"ATA"}


@pytest.mark.parametrize(
    ("whole", "parts"),
    [
        ("Europe", ["Northern Europe", "Southern Europe", "Eastern Europe", "Western Europe"]),
        ("Latin America", ["Caribbean", "Central America", "South America"]),
        ("Americas", ["Latin America", "Northern America"]),
        ("Africa", ["Northern Africa", "Sub-Saharan Africa"]),
        ("Asia", ["Central Asia", "Eastern Asia", "South-eastern Asia", "Southern Asia", "Western Asia"]),
        ("Sub-Saharan Africa", ["Eastern Africa", "Middle Africa", "Southern Africa", "Western Africa"]),
    ],
)
def test_regions_are_the_sum_of_their_parts(whole: str, parts: list[str], ontology: Ontology) -> None:
    found = [codes(ontology, part) for part in parts]
    assert set().union(*found) == codes(ontology, whole)
    assert sum(map(len, found)) == len(codes(ontology, whole))


def test_members_are_countries_and_the_source_is_described(ontology: Ontology) -> None:
    described = {triple.subject.value for triple in ontology.triples if triple.object == _source()}
    for one in ontology.country_groups.values():
        assert one.members and set(one.members) <= set(ontology.countries)
        assert one.source in described and one.date


def _source() -> object:
    import pyoxigraph as ox

    return ox.NamedNode(terms.SOURCE)


def test_an_organisations_name_names_its_members_only_where_a_group_is_asked_for(ontology: Ontology) -> None:
    assert ontology.resolve_country_group("OECD") == terms.ECO + "OECDMembers"
    assert ontology.resolve_concept("OECD") is None
    assert ontology.resolve_country_group("Chile") is None


def test_a_group_is_a_concept_too(ontology: Ontology) -> None:
    iri = terms.ECO + "LatinAmericaAndCaribbean"
    assert ontology.concepts[iri] is ontology.country_groups[iri]
