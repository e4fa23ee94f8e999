"""A patched network, a patched store, and the way back: nothing that was asked about ever changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from builders import actor, tie
from hypothesis import given, settings
from hypothesis import strategies as st

from ecosystem import terms
from ecosystem.api import Ecosystem
from ecosystem.network import ActorNetwork, project
from ecosystem.ontology import Ontology
from ecosystem.publish.trig import trig
from ecosystem.records import Dataset, Source, Text
from ecosystem.sources.reading import Reading
from ecosystem.store import EmbeddedStore, Store, load
from ecosystem.whatif import Patch, amendment, overlaid, patched
from ecosystem.whatif.overlay import folded_network

NAMES = ("ana", "ben", "cat", "dan", "lab", "net")
TYPES = dict(zip(NAMES, ("Actor", "City", "Actor", "Actor", "Pilot", "StateNetwork"), strict=True))
RELATIONS = ("partnersWith", "funds", "participatesIn", "coordinates", "audits", "basedIn")
ends = st.sampled_from(NAMES)
made_ties = st.builds(
    lambda a, relation, b, since, certainty: tie(a, relation, b, since=since, certainty=certainty),
    ends,
    st.sampled_from(RELATIONS),
    ends,
    st.sampled_from(["", "2018", "2022"]),
    st.sampled_from([terms.STATED, terms.INFERRED, terms.DENIED]),
)


def store_of(records: list[Any], ontology: Ontology) -> Store:
    source = Source(terms.ID + "source-a", (Text("A source", "en"),))
    store = EmbeddedStore.in_memory()
    reading = Reading(Dataset("made", "Made"), (source, *dict.fromkeys(records)), path="made")
    load(store, [reading], ontology)
    return store


def columns(network: ActorNetwork) -> list[Any]:
    return [
        list(network.ids), list(network.labels), network.is_initiative.tolist(), network.tails.tolist(),
        network.heads.tolist(), list(network.relations), list(network.records), network.strengths.tolist(),
        network.directed.tolist(), list(network.via), list(network.types),
        {name: list(values) for name, values in network.attributes.items()},
    ]  # fmt: skip


@cache
def read_once() -> Ontology:
    return Ontology.load()


@st.composite
def patches(draw: Any) -> tuple[list[Any], Patch]:
    ties = list({one.iri: one for one in draw(st.lists(made_ties, max_size=12))}.values())
    new = [actor("eve", country="CHL")] if draw(st.booleans()) else []
    added = draw(st.lists(made_ties, max_size=4))
    if new:
        added += [tie("eve", "partnersWith", draw(ends)), tie("eve", "participatesIn", "lab")]
    gone = draw(st.lists(ends, max_size=2, unique=True))
    lost = {terms.ID + name for name in gone}
    added = [one for one in added if not lost.intersection((one.subject, one.object))]
    held = {one.iri for one in ties}
    # Another place in the patch makes another record, as it does when a patch is read.
    added = [one for one in {one.iri: one for one in added}.values() if one.iri not in held]
    records = draw(st.lists(st.sampled_from(sorted(held)), max_size=3, unique=True)) if held else []
    return ties, Patch(tuple(new), tuple(added), tuple(sorted(lost)), tuple(records))


@settings(max_examples=60, deadline=None)
@given(made=patches(), initiatives=st.sampled_from(["keep", "fold", "leave out"]), as_of=st.sampled_from(["", "2019"]))
def test_the_overlay_is_what_the_patched_store_gives(made: Any, initiatives: Any, as_of: str) -> None:
    ontology = read_once()
    ties, patch = made
    store = store_of([*(actor(name, TYPES[name]) for name in NAMES), *ties], ontology)
    eco = Ecosystem(store, ontology)
    choice = eco.projection(initiatives=initiatives, as_of=as_of)
    said = trig(store)
    kept = project(store, ontology, replace(choice, initiatives="keep"))
    shown = folded_network(overlaid(store, ontology, kept, patch), choice)
    change = amendment(store, patch)
    copy = patched(store, change)
    assert columns(folded_network(kept, choice)) == columns(project(store, ontology, choice))
    assert columns(shown) == columns(project(copy, ontology, choice))
    assert trig(store) == said, "the store that was asked about is as it was"
    copy.amend(change.undone.added, change.undone.removed)
    assert trig(copy) == said, "undone, the copy holds the same bytes"
    assert len(copy) == len(store)


def test_only_some_countries(small: Ecosystem, patch_of: Callable[..., Patch]) -> None:
    choice = small.projection(countries=["Chile", "Spain"])
    patch = patch_of("add,Audit Lab,a,City", "add,chile,partnersWith,spain", "add,japan,partnersWith,spain")
    kept = small.network(replace(choice, initiatives="keep"))
    shown = folded_network(overlaid(small.store, small.ontology, kept, patch), choice)
    assert list(shown.labels) == ["Chile", "Spain"] and shown.tie_count == 1


def test_whoever_moves_changes_country(small: Ecosystem, patch_of: Callable[..., Patch]) -> None:
    patch = patch_of(
        "add,paris,a,City,France", "add,lab,basedIn,paris,", header="change,subject,relation,object,country"
    )
    kept = small.network(small.projection(initiatives="keep"))
    shown = overlaid(small.store, small.ontology, kept, patch)
    countries = [dict(zip(one.labels, one.attributes["country"], strict=True))["Lab"] for one in (kept, shown)]
    assert countries == [None, "France"]


def test_a_record_that_is_said_twice_keeps_its_direct_statement(ontology: Ontology) -> None:
    twice = [tie("ana", "funds", "cat"), tie("ana", "funds", "cat", since="2020")]
    store = store_of([actor("ana"), actor("cat"), *twice], ontology)
    ask = f"ASK {{ <{terms.ID}ana> <{terms.ECO}funds> <{terms.ID}cat> }}"
    one = patched(store, amendment(store, Patch(without_ties=(twice[0].iri,))))
    both = patched(store, amendment(store, Patch(without_ties=tuple(one.iri for one in twice))))
    assert bool(one.query(ask)) and not bool(both.query(ask))


def test_figures_go_with_their_actor(opsi: Ecosystem) -> None:
    audited = opsi.lookup.find("nine-algorithms-audit")
    left = patched(opsi.store, amendment(opsi.store, Patch(without_actors=(audited,))))
    assert not any(audited in str(quad) for quad in left.quads())
    assert any(audited in str(quad) for quad in opsi.store.quads())


@pytest.mark.parametrize("initiatives", ["keep", "fold", "leave out"])
def test_an_empty_patch_is_the_network_itself(opsi: Ecosystem, initiatives: Any) -> None:
    choice = opsi.projection(initiatives=initiatives)
    kept = opsi.network(replace(choice, initiatives="keep"))
    shown = folded_network(overlaid(opsi.store, opsi.ontology, kept, Patch()), choice)
    assert columns(shown) == columns(opsi.network(choice)) and shown.notes == opsi.network(choice).notes
