"""Columns are read from what a store writes, whatever is in it and wherever it is cut into parts."""

from __future__ import annotations

import numpy as np
import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecosystem.errors import QueryError
from ecosystem.store import Column, EmbeddedStore, Texts
from ecosystem.store.columns import TabSeparated


@settings(max_examples=60, deadline=None)
@given(
    texts=st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=12), max_size=8), cut=st.integers(1, 9)
)
def test_any_text_comes_back(texts: list[str], cut: int) -> None:
    store = ox.Store()
    for number, text in enumerate(texts):
        store.add(ox.Quad(ox.NamedNode(f"urn:a{number}"), ox.NamedNode("urn:says"), ox.Literal(text, language="en")))
    query = "SELECT ?thing ?text ?none { ?thing <urn:says> ?text OPTIONAL { ?thing <urn:no> ?none } }"
    written = store.query(query).serialize(format=ox.QueryResultsFormat.TSV)
    answer = TabSeparated(texts=("thing",))
    for start in range(0, len(written), cut):
        answer.write(written[start : start + cut])
    found = dict(zip(answer.texts("thing"), answer.column("text"), strict=True))
    assert found == {f"urn:a{number}": text for number, text in enumerate(texts)}
    assert set(answer.column("none")) <= {""}


def test_blocks_join(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ecosystem.store.columns.BLOCK", 16)
    store = EmbeddedStore.in_memory()
    node = ox.NamedNode
    store.add([ox.Triple(node(f"urn:a{i}"), node("urn:p"), node(f"urn:b{i % 3}")) for i in range(50)], "urn:g")
    answer = store.columns("SELECT ?a ?b { ?a <urn:p> ?b }", texts=("a",))
    pairs = sorted(zip(answer.texts("a"), answer.column("b"), strict=True))
    assert pairs == sorted((f"urn:a{i}", f"urn:b{i % 3}") for i in range(50))
    assert len(answer.column("b").table) == 3


def test_only_a_select_has_columns() -> None:
    with pytest.raises(QueryError, match="must be a SELECT"):
        EmbeddedStore.in_memory().columns("ASK { ?a ?b ?c }")


def test_lazy_sequences_behave_like_tuples() -> None:
    texts = Texts.of(["a", "é", "", "d"])
    assert (texts[1], texts[-1], texts[1:3], len(texts)) == ("é", "d", ("é", ""), 4)
    assert texts == ("a", "é", "", "d") and texts != ("a",) and texts != "aéd"
    assert texts.index("d") == 3 and "é" in texts and "x" not in texts
    assert texts.take(np.array([3, 0])) == ["d", "a"]
    with pytest.raises(IndexError):
        texts[4]
    column = Column(np.array([1, -1, 0], np.int32), ["x", "y"], None)
    assert column == ["y", None, "x"] and column.take(np.array([0, 0])) == ("y", "y")
    assert repr(column) == "('y', None, 'x')"
