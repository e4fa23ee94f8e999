"""Networks that are empty, tiny, or hold strengths that cannot be calculated with: a clear answer each."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from builders import actor, tie

from ecosystem import terms
from ecosystem.errors import ProjectionError
from ecosystem.measures import brokerage, communities, cut_points, structural_holes
from ecosystem.network import Projection, project, simple
from ecosystem.ontology import Ontology

CONTACT = Projection(conveys=(terms.ECO + "Contact",))


def test_one_actor(make_store, ontology: Ontology) -> None:
    network = project(make_store([actor("a", country="CHL")]), ontology, CONTACT)
    assert (len(network), network.tie_count, network.relations, network.records) == (1, 0, (), ())
    assert [row.total for row in brokerage(network, by="country")] == [0]
    for measure in (structural_holes, communities):
        assert len(measure(network)) == 1
    assert len(cut_points(network)) == 0


def test_only_initiatives_are_no_actors(make_store, ontology: Ontology) -> None:
    with pytest.raises(ProjectionError, match="There is no actor in these data"):
        project(make_store([actor("call", "OpenCall")]), ontology, CONTACT)


def test_only_self_loops(make_store, ontology: Ontology) -> None:
    store = make_store([actor("a", country="CHL"), actor("b", country="PER"), tie("a", "funds", "a")])
    network = project(store, ontology, CONTACT)
    assert network.tie_count == 1, "what was said is not dropped"
    assert simple(network).tie_count == 0, "but nobody is tied to itself"
    assert [row.total for row in brokerage(network, by="country")] == [0, 0]


@pytest.mark.parametrize("strength", [-1.0, 0.0, float("nan"), float("inf")])
def test_a_strength_that_is_no_positive_number(make_store, ontology: Ontology, strength: float) -> None:
    store = make_store([actor("a"), actor("b")])
    double = ox.NamedNode(terms.PREFIXES["xsd"] + "double")
    text = {"nan": "NaN", "inf": "INF"}.get(str(strength), str(strength))
    _state(store, ox.Literal(text, datatype=double))
    network = project(store, ontology, CONTACT)
    with pytest.raises(ProjectionError, match="A tie of 'A' has the strength"):
        simple(network)


def test_a_strength_that_is_no_number_names_its_relationship(make_store, ontology: Ontology) -> None:
    store = make_store([actor("a"), actor("b")])
    _state(store, ox.Literal("strong"))
    with pytest.raises(ProjectionError, match="The relationship record has the strength 'strong'"):
        project(store, ontology, CONTACT)


def _state(store, strength: ox.Literal) -> None:
    record = ox.NamedNode(terms.ID + "record")
    parts = {
        terms.RDF_SUBJECT: ox.NamedNode(terms.ID + "a"),
        terms.RDF_PREDICATE: ox.NamedNode(terms.ECO + "funds"),
        terms.RDF_OBJECT: ox.NamedNode(terms.ID + "b"),
        terms.STRENGTH: strength,
    }
    store.add([ox.Triple(record, ox.NamedNode(term), value) for term, value in parts.items()], terms.ID + "more")


def test_what_two_data_sets_say_alike_is_one_tie(make_store, ontology: Ontology) -> None:
    store = make_store(
        [actor("a"), actor("b"), tie("a", "funds", "b", strength=2), tie("a", "funds", "b", since="2020")]
    )
    for triple in list(store.graph(terms.ID + "dataset/hand-made")):
        store.add([triple], terms.ID + "dataset/copy")
    network = project(store, ontology, CONTACT)
    assert network.tie_count == 2
    assert sorted(network.strengths.tolist()) == [1.0, 2.0]
    assert list(network.records) == sorted(network.records)
