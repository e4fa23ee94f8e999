"""What the measures take beside their peers: processor seconds and memory, each in a process of its own.

python benchmarks/measures.py [--size 100000] [--only census] [--long]

Measures: census, census-shared, permutations, holes, exact, sampled, closeness, leiden, matrix.

A power-law network (`pl`: 5 or 6 ties an actor, 20 groups of Zipf sizes, ties mostly within groups) and one of hubs and
spokes (`hub`: actors and projects, most of them with a single tie) are made once. Every process warms up on a small
network, so that imports and compilation are not counted; reading the network is not either. Times differ between
machines, ratios of one run less.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from ecosystem.network import SimpleNetwork

OURS = "ecosystem"
SMALL = 300
# measure: (networks, is it directed, {peer: the largest size it is tried at, without --long})
PLANS: dict[str, tuple[tuple[str, ...], bool, dict[str, int]]] = {
    "census": (("pl",), True, {OURS: 10**7, "reference": 10_000}),
    "census-shared": (("pl",), True, {OURS: 100_000, "reference": 10_000}),
    "permutations": (("pl",), True, {OURS: 100_000, "reference": 1_000}),
    "holes": (("pl", "hub"), False, {OURS: 10**7, "igraph": 100_000, "networkx": 10_000}),
    "exact": (("pl", "hub"), False, {OURS: 10_000, "igraph": 10_000, "networkx": 1_000}),
    "sampled": (("pl", "hub"), False, {OURS: 10**7, "networkx": 10_000}),
    "closeness": (("pl",), False, {OURS: 10_000, "igraph": 10_000, "networkx": 1_000}),
    "leiden": (("pl", "hub"), False, {OURS: 10**7, "igraph": 10**7}),
    "matrix": (("pl",), True, {OURS: 100_000, "reference": 10_000}),
}


def power_law(size: int, ties: int, seed: int = 1) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return tails, heads and groups: weights of exponent 2.4, 0.55 of the ties within groups, 15 % closing triads."""
    rng = np.random.default_rng(seed)
    zipf = 1 / np.arange(1, 21)
    groups = rng.choice(20, size, p=zipf / zipf.sum()).astype(np.int32)
    weights = rng.permutation((np.arange(size) + 0.32 * size**0.28) ** (-1 / 1.4))
    drawn = int(ties * 0.95)
    tails = np.searchsorted(np.cumsum(weights), rng.random(drawn) * weights.sum()).clip(0, size - 1)
    order = np.lexsort((np.arange(size), groups))
    within = np.concatenate([[0], np.cumsum(weights[order])])
    bounds = np.searchsorted(groups[order], np.arange(21))
    low, high = within[bounds[groups[tails]]], within[bounds[groups[tails] + 1]]
    low, high = np.where(rng.random(drawn) < 0.45, [[0.0], [within[-1]]], [low, high])
    place = np.searchsorted(within, low + rng.random(drawn) * (high - low), side="right") - 1
    heads = order[place.clip(0, size - 1)]
    by_tail = np.argsort(tails, kind="stable")
    starts = np.searchsorted(tails[by_tail], np.arange(size + 1))
    first = rng.integers(0, drawn, int(ties * 0.2))
    middle = heads[first]
    choices = starts[middle + 1] - starts[middle]
    first, middle, choices = (part[choices > 0] for part in (first, middle, choices))
    ends = heads[by_tail][starts[middle] + (rng.random(len(middle)) * choices).astype(np.int64)]
    tails, heads = np.concatenate([tails, tails[first]]), np.concatenate([heads, ends])
    keys = np.unique((tails * size + heads)[tails != heads])
    if len(keys) > ties:
        keys = np.sort(rng.choice(keys, ties, replace=False))
    return keys // size, keys % size, groups


def hubs(size: int, seed: int = 1) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return tails, heads and groups of actors and 15 % projects, 1.27 ties a node."""
    rng = np.random.default_rng(seed)
    projects = int(size * 0.15)
    actors, ties = size - projects, int(1.27 * size)
    busy, big = np.arange(1, actors + 1) ** -0.75, np.arange(1, projects + 1) ** -0.83
    tails = np.concatenate([np.arange(actors), rng.choice(actors, ties - actors, p=busy / busy.sum())])
    heads = actors + rng.choice(projects, ties, p=big / big.sum())
    keys = np.unique(tails * size + heads)
    return keys // size, keys % size, np.zeros(size, np.int32)


def write_network(folder: Path, kind: str, size: int, directed: bool) -> Path:
    """Write the arrays of a network, and return the file."""
    path = folder / f"{kind}-{size}-{'directed' if directed else 'two-way'}.npz"
    if not path.exists():
        ties = 5 * size if size in (1_000, 1_000_000) else 6 * size
        tails, heads, groups = power_law(size, ties) if kind == "pl" else hubs(size)
        if not directed:
            keys = np.unique(np.concatenate([tails * size + heads, heads * size + tails]))
            tails, heads = keys // size, keys % size
        indptr = np.concatenate([[0], np.cumsum(np.bincount(tails, minlength=size))]).astype(np.int64)
        np.savez(path, indptr=indptr, indices=heads.astype(np.int32), groups=groups, directed=directed)
    return path


def read_network(path: Path) -> SimpleNetwork:
    """Return the network, with a node attribute `group`."""
    arrays = np.load(path)
    size = len(arrays["indptr"]) - 1
    names = [f"group {code}" for code in range(20)]
    return SimpleNetwork(
        ids=range(size),
        labels=tuple(map(str, range(size))),
        indptr=arrays["indptr"],
        indices=arrays["indices"],
        strengths=np.ones(len(arrays["indices"])),
        symmetric=not arrays["directed"],
        attributes={"group": [names[code] for code in arrays["groups"].tolist()]},
    )


def prepared(measure: str, peer: str, network: SimpleNetwork) -> Callable[[], Any]:
    """Return what is to be timed, the peer's own form of the network made beforehand."""
    from ecosystem import measures
    from ecosystem.measures.engine import to_igraph
    from ecosystem.network.simple import to_networkx

    calls: dict[str, Callable[[], Any]]
    if peer in (OURS, "reference"):
        calls = {
            "census": lambda: measures.brokerage(network, by="group", exclusive=False).head(20),
            "census-shared": lambda: measures.brokerage(network, by="group", exclusive=True).head(20),
            "permutations": lambda: measures.brokerage(network, by="group", exclusive=False, permutations=10).head(20),
            "holes": lambda: measures.structural_holes(network).head(20),
            "exact": lambda: measures.betweenness(network, method="exact")["actor"][:20],
            "sampled": lambda: measures.betweenness(network, method="sampled")["actor"][:20],
            "closeness": lambda: _kernel_closeness(network),
            "leiden": lambda: measures.communities(network, iterations=2)["community"],
            "matrix": lambda: measures.group_matrix(network, by="group"),
        }
        return calls[measure]
    if peer == "igraph" and measure == "leiden":
        return lambda: _leiden(network)
    if peer == "igraph":
        graph = to_igraph(network)
        calls = {
            "holes": graph.constraint,
            "exact": lambda: _top(graph.betweenness(directed=False)),
            "closeness": graph.closeness,
        }
        return calls[measure]
    import networkx as nx

    plain = to_networkx(network)
    return {
        "holes": lambda: (nx.constraint(plain), nx.effective_size(plain)),
        "exact": lambda: nx.betweenness_centrality(plain),
        "sampled": lambda: _top(list(nx.betweenness_centrality(plain, k=100, seed=1).values())),
        "closeness": lambda: nx.closeness_centrality(plain),
    }[measure]


def _kernel_closeness(network: SimpleNetwork) -> Any:
    from ecosystem.measures.forms import thread_count
    from ecosystem.measures.kernels.closeness import distances

    return distances(network, thread_count())


def _leiden(network: SimpleNetwork) -> Any:
    """Go from the same arrays to communities, as one does with igraph alone."""
    import igraph

    tails = np.repeat(np.arange(len(network)), np.diff(network.indptr))
    once = tails < network.indices
    edges = np.column_stack([tails[once], network.indices[once]])
    graph = igraph.Graph(n=len(network), edges=edges)
    graph.es["weight"] = network.strengths[once].tolist()
    return list(graph.community_leiden("modularity", weights="weight", n_iterations=2).membership)


def _top(values: list[float]) -> list[int]:
    return [int(place) for place in np.argsort(-np.array(values), kind="stable")[:20]]


def run_one(measure: str, peer: str, path: Path, small: Path) -> None:
    """Measure once, in this process, and print the figures."""
    from ecosystem.measures.forms import prefer

    with prefer("reference" if peer == "reference" else "kernel"):
        prepared(measure, peer, read_network(small))()
    network = read_network(path)
    with prefer("reference" if peer == "reference" else "kernel"):
        call = prepared(measure, peer, network)
        before, cpu, wall = memory(), time.process_time(), time.perf_counter()
        answer = call()
        figures = {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall}
    top = answer if measure in ("exact", "sampled") and isinstance(answer, list) else []
    print(json.dumps({**figures, "before": before, "peak": memory(), "top": top}))


def memory() -> int:
    """Return the most memory that this process has held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def in_child(measure: str, peer: str, path: Path, small: Path) -> dict[str, Any]:
    command = [sys.executable, __file__, "--child", measure, peer, str(path), str(small)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return {"error": (done.stderr.strip().splitlines() or ["it was ended"])[-1][:60]}
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def compare(measure: str, size: int, folder: Path, long: bool) -> None:
    """Print a line for each network and each peer that can take it."""
    kinds, directed, peers = PLANS[measure]
    for kind in kinds:
        chosen = [peer for peer, limit in peers.items() if long or size <= limit]
        if not chosen:
            print(f"{measure:14} {kind}-{size}: not tried at this size without --long")
            continue
        path, small = (write_network(folder, kind, count, directed) for count in (size, SMALL))
        exact: list[int] = []
        if measure == "sampled" and (size <= 10_000 or long):
            exact = in_child("exact", OURS, path, small)["top"]
        ours: dict[str, Any] = {}
        for peer in chosen:
            found = in_child(measure, peer, path, small)
            ours = found if peer == OURS else ours
            print(f"{measure:14} {kind}-{size:<9} {peer:10}", line(found, ours, exact), flush=True)


def line(found: dict[str, Any], ours: dict[str, Any], exact: list[int]) -> str:
    if "error" in found:
        return str(found["error"])
    ratio = f"{found['cpu'] / ours['cpu']:8.1f} x" if "cpu" in ours and found is not ours else " " * 10
    top = f"  {len(set(exact) & set(found['top']))} of the true top 20" if exact and found["top"] else ""
    return (
        f"{found['cpu']:9.3f} CPU s {found['wall']:9.3f} s  "
        f"peak {found['peak']:6} MB (network {found['before']} MB){ratio}{top}"
    )


def main() -> None:
    if sys.argv[1:2] == ["--child"]:
        run_one(sys.argv[2], sys.argv[3], Path(sys.argv[4]), Path(sys.argv[5]))
        return
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=100_000, help="actors")
    parser.add_argument("--only", choices=PLANS, help="one measure")
    parser.add_argument("--long", action="store_true", help="all peers at any size")
    chosen = parser.parse_args()
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as folder:
        for measure in [chosen.only] if chosen.only else PLANS:
            compare(measure, chosen.size, Path(folder), chosen.long)


if __name__ == "__main__":
    main()
