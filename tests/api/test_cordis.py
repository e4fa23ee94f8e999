"""A real list of 144,726 participations, all the way from CSV to brokers, where the file is present."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

import ecosystem
from ecosystem.measures import brokerage
from ecosystem.network import simple
from ecosystem.network.simple import tails_of

PLAN = Path(__file__).resolve().parents[2] / "benchmarks" / "h2020.toml"


@pytest.mark.slow
def test_horizon_2020(shared_data: Path, tmp_path: Path) -> None:
    shutil.copy(PLAN, tmp_path)
    (tmp_path / "h2020.csv.gz").symlink_to((shared_data / "cordis-h2020" / "h2020.csv.gz").resolve())
    eco = ecosystem.open(tmp_path / "h2020.toml")
    count = "SELECT (COUNT(?thing) AS ?count) { ?thing %s }"
    for what, expected in (("eco:country ?c", 35_871), ("a eco:Initiative", 31_451), ("a eco:Relationship", 144_726)):
        assert [int(row[0]) for row in eco.store.select(count % what).values()] == [expected]
    network = eco.network()
    assert (len(network), network.notes) == (35_871, ())
    country = network.attributes["country"]
    assert len(set(country)) == 169 and None not in country
    graph = simple(network)
    codes = np.unique(list(country), return_inverse=True)[1]
    crossing = np.count_nonzero(codes[tails_of(graph)] != codes[graph.indices]) // 2
    assert (graph.tie_count // 2, crossing) == (796_670, 705_170)
    edge = int(np.flatnonzero(np.asarray(network.strengths) < 1)[0])
    evidence = eco.evidence(network.records[edge])
    assert len(evidence) == 2 and all(one.locator.startswith("row ") for one in evidence)
    assert len(brokerage(graph, by="country")) == 35_871
