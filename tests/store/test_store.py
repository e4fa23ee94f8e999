"""Stores in memory and on disk: what is put in comes out, and a folder changes wholly or not at all."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from builders import actor, tie

from ecosystem import terms
from ecosystem.errors import DataError, QueryError, StoreError
from ecosystem.ontology import Ontology
from ecosystem.records import Dataset
from ecosystem.sources.reading import Reading
from ecosystem.store import EmbeddedStore, changes, is_store, load
from ecosystem.store.embedded import watched


def reading(*records, name: str = "hand-made") -> Reading:
    return Reading(dataset=Dataset(name, name), records=records, path=f"{name}.csv")


def test_a_store_on_disk_holds_what_it_was_given_and_opens_twice(tmp_path: Path, make_store) -> None:
    memory = make_store([actor("a"), actor("b"), tie("a", "funds", "b")])
    folder = tmp_path / "store"
    memory.write(folder)
    one, other = EmbeddedStore.open(folder), EmbeddedStore.open(folder)
    assert is_store(folder)
    assert len(one) == len(other) == len(memory)
    assert one.graphs() == memory.graphs()


def test_writing_again_replaces_the_content_and_leaves_one_generation(tmp_path: Path, make_store) -> None:
    folder = tmp_path / "store"
    make_store([actor("a")]).write(folder)
    make_store([actor("b")]).write(folder)
    store = EmbeddedStore.open(folder)
    assert bool(store.query("ASK { id:b a ?type }")) and not bool(store.query("ASK { id:a a ?type }"))
    assert len(list(folder.glob("generation-*"))) == 1


def test_a_folder_with_something_else_in_it_is_never_touched(tmp_path: Path, make_store) -> None:
    (tmp_path / "letter.txt").write_text("dear …")
    with pytest.raises(StoreError, match="not a store"):
        make_store([actor("a")]).write(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_load_that_dies_before_the_pointer_turns_leaves_the_old_content(tmp_path: Path, make_store) -> None:
    folder = tmp_path / "store"
    make_store([actor("a")]).write(folder)
    half = folder / "generation-000002"
    half.mkdir()
    (half / "garbage").write_bytes(b"\x00" * 100)
    assert bool(EmbeddedStore.open(folder).query("ASK { id:a a ?type }"))
    make_store([actor("b")]).write(folder)
    assert bool(EmbeddedStore.open(folder).query("ASK { id:b a ?type }"))


@pytest.mark.parametrize("damage", ["pointer", "generation", "content"])
def test_a_damaged_store_is_one_clear_line(tmp_path: Path, make_store, damage: str) -> None:
    folder = tmp_path / "store"
    make_store([actor("a")]).write(folder)
    generation = next(folder.glob("generation-*"))
    if damage == "pointer":
        (folder / "ecosystem-store").write_text("../../etc")
    elif damage == "generation":
        generation.rename(tmp_path / "elsewhere")
    else:
        for path in generation.iterdir():
            path.write_bytes(b"no database")
    with pytest.raises(StoreError) as caught:
        EmbeddedStore.open(folder)
    assert str(folder) in caught.value.lines()[0]


def test_each_data_set_is_a_graph_and_a_question_sees_all(make_store, ontology: Ontology) -> None:
    store = make_store([actor("a")], name="one")
    load(store, [reading(actor("b"), name="two")], ontology)
    assert store.graphs() == sorted([terms.ONTOLOGY, terms.ID + "dataset/one", terms.ID + "dataset/two"])
    rows = store.select("SELECT ?x { ?x a eco:Actor FILTER(STRSTARTS(STR(?x), STR(id:))) } ORDER BY ?x").values()
    assert list(rows) == [(terms.ID + "a",), (terms.ID + "b",)]


def test_parameters_are_bound_and_not_pasted(make_store) -> None:
    store = make_store([actor("a")])
    hostile = ox.Literal('x" } INSERT DATA { <urn:a> <urn:b> "')
    assert len(store.select("SELECT ?s ?label { ?s rdfs:label ?label }", {"label": hostile})) == 0
    assert (
        len(store.select("SELECT ?s ?label { ?s rdfs:label ?label }", {"label": ox.Literal("A", language="en")})) == 1
    )


def test_a_wrong_query_says_where(make_store) -> None:
    with pytest.raises(QueryError, match="1:11"):
        make_store([]).select("SELECT ? {")


def test_dangling_ends_are_errors_with_their_rows(ontology: Ontology) -> None:
    from ecosystem.records import Origin

    lost = tie("a", "funds", "nobody", origin=Origin("relationships.csv", 7))
    store = EmbeddedStore.in_memory()
    with pytest.raises(DataError) as caught:
        load(store, [reading(actor("a"), lost)], ontology)
    assert caught.value.lines() == [
        "relationships.csv:7: the object 'nobody' is described nowhere. "
        "Add it to actors.csv or initiatives.csv, or mend its id.",
        "relationships.csv:7: the source 'source-a' is described nowhere. Add it to sources.csv, or mend its id.",
    ]


def test_changes_are_counted_thing_by_thing(make_store, ontology: Ontology) -> None:
    store = make_store([actor("a"), actor("b"), actor("gone"), tie("a", "funds", "b")])
    source = next(iter(make_store([]).select("SELECT ?s { ?s a eco:Source }")))  # the fixture's own source stays
    assert source
    from ecosystem.records import Source, Text

    same = Source(terms.ID + "source-a", (Text("A source", "en"),), url="https://example.org/a")
    again = reading(
        same, actor("a"), actor("b", country="FRA"), actor("new"), tie("a", "funds", "b"), tie("a", "funds", "new")
    )
    new = EmbeddedStore.in_memory()
    load(new, [again], ontology, beside=store)
    rows = changes([again.dataset], new, store, ontology)
    assert {(row.kind, row.created, row.updated, row.unchanged, row.removed) for row in rows} >= {
        ("actor", 1, 1, 1, 1),
        ("relationship", 1, 0, 1, 0),
        ("source", 0, 0, 1, 0),
    }


def test_two_data_sets_of_one_name_are_refused(ontology: Ontology) -> None:
    one, other = reading(actor("a")), reading(actor("b"))
    twin = Reading(dataset=other.dataset, records=other.records, path="elsewhere.csv")
    with pytest.raises(DataError, match="this data set has the same name"):
        load(EmbeddedStore.in_memory(), [one, twin], ontology)


def test_a_load_that_is_interrupted_leaves_nothing_half_done() -> None:
    store = EmbeddedStore.in_memory()
    content = [b"<urn:a%d> <urn:p> <urn:b> .\n" % number for number in range(200_000)]
    size, told = sum(map(len, content)), []

    def stop(what: str, done: int, total: int | None) -> None:
        told.append(done)
        if done > size / 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.add_content(watched(content, "Loading", stop, size), "urn:g")
    assert told and len(store) == 0


def test_progress_is_told_to_its_end() -> None:
    told = []
    content = watched([b"<urn:a> <urn:p> ", b"<urn:b> ."], "Loading", lambda what, done, total: told.append(done))
    EmbeddedStore.in_memory().add_content(content, "urn:g")
    assert told[-1] == 25
