"""Networks with known answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import astuple

import networkx as nx
import pytest

from ecosystem.measures.forms import prefer

KNOKE_NAMES = ["COUN", "COMM", "EDUC", "INDU", "MAYR", "WRO", "NEWS", "UWAY", "WELF", "WEST"]
KNOKE_ROWS = [
    "0100101010",
    "1011101110",
    "0101111001",
    "1100101000",
    "1111001111",
    "0010001010",
    "0101100000",
    "1101101010",
    "0100101000",
    "1110101000",
]
KNOKE_GROUPS = dict(zip(KNOKE_NAMES, (1, 2, 1, 2, 1, 3, 2, 3, 3, 3), strict=True))


@pytest.fixture(params=["reference", "kernel"], scope="module")
def both_forms(request: pytest.FixtureRequest) -> Iterator[None]:
    """Run the tests of a module by the reference forms and by the kernels."""
    with prefer(request.param):
        yield


@pytest.fixture
def knoke() -> nx.DiGraph:
    """Information exchange of ten public and welfare organisations (Knoke & Wood 1981)."""
    graph = nx.DiGraph()
    graph.add_nodes_from((name, {"sector": group}) for name, group in KNOKE_GROUPS.items())
    graph.add_edges_from(
        (sender, KNOKE_NAMES[column])
        for sender, row in zip(KNOKE_NAMES, KNOKE_ROWS, strict=True)
        for column, cell in enumerate(row)
        if cell == "1"
    )
    return graph


@pytest.fixture
def borgatti() -> nx.Graph:
    """The example of Borgatti 1997, with strengths."""
    graph = nx.Graph()
    for tie in ["AB2", "AF3", "AG5", "AE2", "EG8", "FG3", "BG4", "BD1", "DG3", "GC10"]:
        graph.add_edge(tie[0], tie[1], strength=int(tie[2:]))
    return graph


@pytest.fixture
def content() -> Callable[[nx.Graph], tuple[object, ...]]:
    """All that a graph holds, to compare it before and after."""
    return lambda graph: (
        type(graph),
        dict(graph.graph),
        [(node, dict(data)) for node, data in graph.nodes(data=True)],
        [(*ends, dict(data)) for *ends, data in graph.edges(data=True)],
    )


@pytest.fixture
def same_rows() -> Callable[[object, object], bool]:
    """Compare tables cell by cell, NaN equal to NaN."""
    return lambda first, second: repr([astuple(row) for row in first]) == repr([astuple(row) for row in second])
