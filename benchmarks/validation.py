"""What a validation takes beside pySHACL: processor seconds and memory, each run in a process of its own.

python benchmarks/validation.py [--size 1000000] [--beside 10000 100000] [--runs 3]

An ecosystem of our own model is made, with every kind of finding in a few of a thousand things: actors with names,
countries and dates, and four relationships an actor, each with strength, certainty, source and place. Ours is the
vocabulary check and all shapes; pySHACL gets the shapes alone, over a view of the same engine (which is its fastest
way here). Loading is not counted. The best of some runs is printed; ratios are of one run.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from ecosystem import terms
from ecosystem.ontology import Ontology
from ecosystem.records import Citation, Profile, Relationship, Source, Text
from ecosystem.resources import ontology_folder
from ecosystem.store import EmbeddedStore, Store
from ecosystem.store.statements import PREFIXES, turtle
from ecosystem.validation import validate
from ecosystem.validation.elsewhere import results_of_pyshacl

PAPER = terms.ID + "paper"
TIES_PER_ACTOR = 4
STATEMENTS_PER_ACTOR = 6 + TIES_PER_ACTOR * 10
COUNTRIES = tuple(terms.COUNTRY_AUTHORITY + code for code in ("COL", "CHL", "FIN", "EST", "FRA"))
SHARE = 0.001
OURS, PEER = "ecosystem", "pyshacl"


def ecosystem_of(size: int) -> Iterator[str]:
    """Yield Turtle of some `size` statements, one thing after another; the same whenever it is called."""
    chance = random.Random(7)
    ontology = Ontology.load()
    relations = [one for one in ontology.relations.values() if one.iri != ontology.default_relation]
    actors = size // STATEMENTS_PER_ACTOR
    yield PREFIXES
    yield turtle(Source(PAPER, (Text("Paper", "en"),)))

    def wrong() -> bool:
        return chance.random() < SHARE

    kinds = [kind for kind in ontology.kinds.values() if not kind.is_initiative]
    for number in range(actors):
        yield turtle(
            Profile(
                f"{terms.ID}actor-{number}",
                terms.ECO + "Ministri" if wrong() else kinds[number % len(kinds)].iri,
                () if wrong() else (Text(f"Actor {number}", "en"),),
                country=terms.COUNTRY_AUTHORITY + "ATL" if wrong() else COUNTRIES[number % len(COUNTRIES)],
                since="2001",
                until="1999" if wrong() else "",
                citation=Citation(PAPER),
            )
        )
    usual = [one.iri for one in relations if {terms.ACTOR} & set(one.domains) and {terms.ACTOR} & set(one.ranges)]
    for number in range(actors * TIES_PER_ACTOR):
        subject, other = chance.randrange(actors), chance.randrange(actors)
        yield turtle(
            Relationship(
                f"{terms.ID}actor-{subject}",
                chance.choice(relations).iri if wrong() else usual[number % len(usual)],
                f"{terms.ID}nobody-{number}" if wrong() else f"{terms.ID}actor-{other}",
                since="2019",
                strength=-1.0 if wrong() else 2.0,
                citation=Citation("" if wrong() else PAPER, "" if wrong() else f"page {number}"),
            )
        )


def store_of(path: Path) -> Store:
    """Return a store as `ecosystem.open` leaves it."""
    ontology, store = Ontology.load(), EmbeddedStore.in_memory()
    store.add(ontology.triples, terms.ONTOLOGY)
    with path.open("rb") as content:
        store.add_content(content, terms.ID + "dataset/benchmark")
    return store


def measure(who: str, path: Path) -> dict[str, float]:
    """Return seconds, results, statements and memory of one validation in this process."""
    store = store_of(path)
    loaded = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    shapes = [quad.triple for quad in ox.parse(path=ontology_folder() / "shapes.ttl", format=ox.RdfFormat.TURTLE)]
    ontology = Ontology.load()
    start = time.process_time()
    found = len(validate(store, ontology)) if who == OURS else len(list(results_of_pyshacl(shapes, store)))
    seconds = time.process_time() - start
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {"seconds": seconds, "found": found, "statements": len(store), "loaded": loaded / 1024, "most": most / 1024}


def best(who: str, path: Path, runs: int) -> dict[str, float]:
    """Return the fastest of some runs, each in a process of its own."""
    command = [sys.executable, __file__, "--one", who, str(path)]
    outs = [subprocess.run(command, check=True, capture_output=True, text=True).stdout for _ in range(runs)]
    return min((json.loads(out) for out in outs), key=lambda row: row["seconds"])


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--size", type=int, default=1_000_000, help="statements for ours alone")
    parser.add_argument("--beside", type=int, nargs="*", default=[10_000, 100_000], help="statements for both")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--one", nargs=2, metavar=("WHO", "FILE"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measure(options.one[0], Path(options.one[1]))))
        return
    row = "{:>12} {:>10} {:>9} {:>10} {:>12} {:>10} {:>7}"
    print(row.format("statements", "who", "CPU s", "findings", "loaded MB", "most MB", "ratio"))
    with tempfile.TemporaryDirectory() as folder:
        for size in (*options.beside, options.size):
            path = Path(folder) / f"{size}.ttl"
            path.write_text("".join(ecosystem_of(size)), encoding="utf-8")
            ours = best(OURS, path, options.runs)
            rows = {OURS: ours}
            if size in options.beside:
                rows[PEER] = best(PEER, path, 1)
            for who, got in rows.items():
                ratio = f"{got['seconds'] / ours['seconds']:.1f}"
                cells = (f"{got['seconds']:.2f}", f"{got['found']:,}", f"{got['loaded']:.0f}", f"{got['most']:.0f}")
                print(row.format(f"{got['statements']:,}", who, *cells, ratio), flush=True)


if __name__ == "__main__":
    main()
