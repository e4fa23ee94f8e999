"""A million relationships from a table of our own columns to a store, beside reading and loading them bare.

python benchmarks/reading.py [--rows 1000000]

The bare way is polars' own reader of CSV, and pyoxigraph's load of the same statements from N-Triples; ours also
checks every cell and every end. Each step runs in a process of its own: processor seconds and peak memory.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ACTORS, SOURCES, SEED = 50_000, 500, 7
RELATIONS = ("funds", "partnersWith", "advises", "participatesIn", "oversees", "adopts")
ROLES = ("", "", "lead", "partner", "host", "third party")
CERTAINTIES = ("", "Stated", "Stated", "Implied", "Inferred", "Denied")
TABLE, STATEMENTS = "relationships.csv", "statements.nt"
PARTICULARS = ("since", "until", "strength", "confidence", "certainty", "role", "amount", "currency")
HEADER = ("id", "subject", "relation", "object", *PARTICULARS, "source", "locator", "statement")


def write(folder: Path, count: int) -> None:
    """Write a data set of `count` relationships, the same every time."""
    dice = random.Random(SEED)
    tables: dict[str, tuple[tuple[str, ...], Iterator[tuple[object, ...]]]] = {
        "actors.csv": (("id", "label"), ((f"actor-{number}", f"Actor {number}") for number in range(ACTORS))),
        "sources.csv": (("id", "label"), ((f"source-{number}", f"Source {number}") for number in range(SOURCES))),
        TABLE: (HEADER, (row(dice, number) for number in range(count))),
    }
    for name, (header, rows) in tables.items():
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([header])
            csv.writer(file).writerows(rows)


def row(dice: random.Random, number: int) -> tuple[object, ...]:
    """Return a row; every other one has an id, most have dates, some have numbers, a role and words."""
    year = dice.randrange(1990, 2020)
    money = dice.random() < 0.3
    return (
        f"tie-{number}" if number % 2 else "",
        f"actor-{dice.randrange(ACTORS)}",
        dice.choice(RELATIONS),
        f"actor-{dice.randrange(ACTORS)}",
        f"{year}-{dice.randrange(1, 13):02}-{dice.randrange(1, 29):02}" if dice.random() < 0.7 else "",
        year + dice.randrange(1, 9) if dice.random() < 0.4 else "",
        dice.randrange(1, 100) / 4 if dice.random() < 0.5 else "",
        dice.randrange(1, 101) / 100 if dice.random() < 0.3 else "",
        dice.choice(CERTAINTIES),
        dice.choice(ROLES),
        dice.randrange(1000, 5_000_000) if money else "",
        "EUR" if money else "",
        f"source-{dice.randrange(SOURCES)}",
        f"p. {dice.randrange(1, 400)}, row {number}",
        f"It is said that number {number} does so." if dice.random() < 0.2 else "",
    )


def polars(folder: Path) -> str:
    """Read the table with polars."""
    import polars

    return f"{polars.read_csv(folder / TABLE, infer_schema_length=10_000).height:,} rows"


def bare(folder: Path) -> str:
    """Load the statements with pyoxigraph's own bulk loader to disk."""
    import pyoxigraph as ox

    with tempfile.TemporaryDirectory() as place:
        store = ox.Store(place)
        store.bulk_load(path=str(folder / STATEMENTS), format=ox.RdfFormat.N_TRIPLES)
        store.flush()
        return f"{len(store):,} statements"


def ours(folder: Path) -> str:
    """Read and check the data set, and load it to disk."""
    from ecosystem.api.opening import load_ontology
    from ecosystem.sources import read
    from ecosystem.store import EmbeddedStore, load

    ontology = load_ontology()
    with tempfile.TemporaryDirectory() as place:
        with EmbeddedStore.replacing(Path(place) / "store") as store:
            load(store, [read(folder, ontology)], ontology)
        return f"{len(EmbeddedStore.open(Path(place) / 'store')):,} statements"


def serialise(folder: Path) -> str:
    """Write the statements that the table makes as N-Triples, for the bare way."""
    import pyoxigraph as ox

    from ecosystem.api.opening import load_ontology
    from ecosystem.sources import read
    from ecosystem.store import EmbeddedStore, load

    ontology, store = load_ontology(), EmbeddedStore.in_memory()
    reading = read(folder, ontology)
    load(store, [reading], ontology)
    with (folder / STATEMENTS).open("wb") as file:
        ox.serialize(store.graph(reading.dataset.iri), file, ox.RdfFormat.N_TRIPLES)
    return f"{(folder / STATEMENTS).stat().st_size / 1e6:.0f} MB of N-Triples"


WAYS: dict[str, Callable[[Path], str]] = {"serialise": serialise, "polars": polars, "bare": bare, "ours": ours}


def run(way: str, folder: Path) -> float:
    """Run one way in a process of its own, print what it took, and return its processor seconds."""
    command = [sys.executable, str(Path(__file__).resolve()), "--way", way, "--folder", str(folder)]
    told = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    print(f"{way:10}{told['cpu']:8.2f} s {told['memory']:6} MB   {told['note']}", flush=True)
    return float(told["cpu"])


def main() -> None:
    """Make the data, run all ways and print ratios."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, help="keep the data here, or take what is there")
    parser.add_argument("--way", choices=WAYS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.way:
        sys.path.insert(0, str(ROOT))
        began = time.process_time()
        note = WAYS[options.way](options.folder)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(json.dumps({"cpu": time.process_time() - began, "memory": memory, "note": note}))
        return
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} processors, processor seconds")
    with tempfile.TemporaryDirectory() as place:
        folder = options.folder or Path(place)
        folder.mkdir(exist_ok=True)
        if not (folder / TABLE).exists():
            write(folder, options.rows)
        print(f"{options.rows:,} rows, {(folder / TABLE).stat().st_size / 1e6:.0f} MB")
        if not (folder / STATEMENTS).exists():
            run("serialise", folder)
        theirs = run("polars", folder) + run("bare", folder)
        print(f"ours / (polars + bare load) {run('ours', folder) / theirs:6.2f}")


if __name__ == "__main__":
    main()
