"""What the store costs beside the bare engine and beside rdflib: one run, and the ratios are printed.

python benchmarks/store.py [--triples 1000000] [--repeat 3] [--no-rdflib]

Processor seconds, each way in a process of its own, the ways by turns; the best of all repeats counts. rdflib loads to
memory, and to disk where its BerkeleyDB store can be had (`pip install berkeleydb`, which needs the library's headers).
The data are made here: actors with a type, label, country, year and homepage, and ties as five statements each beside a
direct one; few actors have many ties, and many of those to each other, as in real networks. They are no data of our
vocabulary: what is measured is a plain RDF file.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import cast

ROOT = Path(__file__).resolve().parents[1]
SPACE = "http://example.org/"
NAMES = f"{SPACE}ontology#"
PREFIXES = {
    "a": "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
    "label": "http://www.w3.org/2000/01/rdf-schema#label",
    "year": "http://www.w3.org/2001/XMLSchema#gYear",
    "number": "http://www.w3.org/2001/XMLSchema#integer",
}
QUESTIONS = {
    "neighbours": "SELECT ?b { <ACTOR> <LINKED> ?b }",
    "two hops": "SELECT ?b ?c { <ACTOR> <LINKED> ?b . ?b <LINKED> ?c }",
    "count by country": "SELECT ?c (COUNT(?a) AS ?n) { ?a <COUNTRY> ?c } GROUP BY ?c",
    "ties of a year": "SELECT ?a ?b { ?t <SINCE> ?y FILTER(STR(?y) = '1999') ?t <FROM> ?a ; <TO> ?b }",
}
REPEATED = 25  # times each question is asked; the best counts
TWO_STEPS = "two hops"
ACTORS = (0, 1, 5, 20, 100, 1000)  # with some 420, 210, 120, 60, 20 and 7 ties from them
LIMITS = {"load / bare": 1.15, "rdflib / load": 5, "query / bare": 1.1, "rdflib / query": 20, "lookup": 0.3}


def lines(triples: int) -> Iterator[str]:
    """Yield N-Triples: a few actors have very many ties, as in real networks."""
    rng = random.Random(4)
    actors = triples * 45 // 1000
    kind, label = PREFIXES["a"], PREFIXES["label"]
    for number in range(actors):
        actor = f"<{SPACE}actor/{number}>"
        yield f"{actor} <{kind}> <{NAMES}Kind{number % 12}> .\n"
        yield f'{actor} <{label}> "Organisation number {number}"@en .\n'
        yield f"{actor} <{NAMES}country> <{NAMES}country{int(20 * rng.random() ** 2)}> .\n"
        yield f'{actor} <{NAMES}founded> "{1900 + number % 120}"^^<{PREFIXES["year"]}> .\n'
        yield f"{actor} <{NAMES}homepage> <https://www.example.org/organisation/{number}> .\n"
    for number in range((triples - 5 * actors) // 6):
        one, other = (f"<{SPACE}actor/{int(actors * rng.random() ** power)}>" for power in (1.9, 1.9))
        tie = f"<{SPACE}tie/{number}>"
        yield f"{tie} <{kind}> <{NAMES}Tie> .\n{tie} <{NAMES}from> {one} .\n{tie} <{NAMES}to> {other} .\n"
        yield f'{tie} <{NAMES}since> "{1990 + number % 35}"^^<{PREFIXES["year"]}> .\n'
        yield f'{tie} <{NAMES}weight> "{1 + number % 9}"^^<{PREFIXES["number"]}> .\n'
        yield f"{one} <{NAMES}linked> {other} .\n"


def questions() -> Iterator[tuple[str, list[str]]]:
    """Yield the questions, each of actors with many ties and with few."""
    for name, query in QUESTIONS.items():
        for word in ("LINKED", "COUNTRY", "SINCE", "FROM", "TO"):
            query = query.replace(f"<{word}>", f"<{NAMES}{word.casefold()}>")
        asked = [query.replace("ACTOR", f"{SPACE}actor/{actor}") for actor in ACTORS]
        yield name, sorted(set(asked), key=asked.index)


def bare_load(folder: Path) -> Iterator[tuple[str, float]]:
    """Load with pyoxigraph's own bulk loader."""
    import pyoxigraph as ox

    shutil.rmtree(folder / "bare", ignore_errors=True)
    began = time.process_time()
    store = ox.Store(str(folder / "bare"))
    store.bulk_load(path=str(folder / "data.nt"), format=ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode("urn:data"))
    store.flush()
    yield "load", time.process_time() - began


def our_load(folder: Path) -> Iterator[tuple[str, float]]:
    """Load as `ecosystem load` does, the ontology, the alignments and the report of changes included."""
    from ecosystem.api.opening import load_into

    shutil.rmtree(folder / "ours", ignore_errors=True)
    began = time.process_time()
    load_into([folder / "data.nt"], folder / "ours")
    yield "load", time.process_time() - began


def rows(ask: Callable[[str], object], queries: Sequence[str]) -> list[list[object]]:
    """Return the rows that answer each query."""
    return [list(cast(Iterable[object], ask(query))) for query in queries]


def ask(folder: Path) -> Iterator[tuple[str, float]]:
    """Ask pyoxigraph and the store by turns, so that whatever else the machine does slows both."""
    import pyoxigraph as ox

    from ecosystem.store import EmbeddedStore

    bare, ours = ox.Store.read_only(str(folder / "bare")), EmbeddedStore.open(folder / "ours")
    for name, queries in questions():
        ways = {
            "bare": partial(rows, partial(bare.query, use_default_graph_as_union=True), queries),
            "ours": partial(rows, ours.query, queries),
        }
        took: dict[str, list[float]] = {way: [] for way in ways}
        for _ in range(REPEATED):
            for way, work in ways.items():
                began = time.process_time()
                work()
                took[way].append(time.process_time() - began)
        for way, seconds in took.items():
            yield f"{way}: {name}", min(seconds)


def our_lookup(folder: Path) -> Iterator[tuple[str, float]]:
    """Open the store and tell what is said of one actor; what importing takes is not counted."""
    import ecosystem.api
    import ecosystem.lookup

    began = time.process_time()
    eco = ecosystem.api.open(folder / "ours")
    yield "open", time.process_time() - began
    found = eco.query(f"SELECT ?term ?value {{ <{SPACE}actor/7> ?term ?value }}")
    assert len(found) >= 5
    yield "open and query", time.process_time() - began
    began = time.process_time()
    eco = ecosystem.api.open(folder / "ours")
    assert eco.show(f"{SPACE}actor/7").label == "Organisation number 7"
    yield "open and show", time.process_time() - began


def best(work: Callable[[], object], times: int = REPEATED) -> float:
    """Return the processor seconds that the fastest of several runs takes."""

    def once() -> float:
        began = time.process_time()
        work()
        return time.process_time() - began

    return min(once() for _ in range(times))


def our_memory(folder: Path) -> Iterator[tuple[str, float]]:
    """Read the file into memory and ask it there, as rdflib does: for rows, and for what is printed."""
    import ecosystem.api

    began = time.process_time()
    eco = ecosystem.api.open(folder / "data.nt")
    yield "load", time.process_time() - began
    asked = dict(questions())
    for name, queries in asked.items():
        yield name, best(partial(rows, eco.store.query, queries))
    yield f"{TWO_STEPS}, CSV", best(lambda: [eco.query(one).write("csv") for one in asked[TWO_STEPS]])


def rdflib_memory(folder: Path) -> Iterator[tuple[str, float]]:
    """Load and ask with rdflib, in memory."""
    import rdflib

    began = time.process_time()
    graph = rdflib.Graph()
    graph.parse(folder / "data.nt", format="nt")
    yield "load", time.process_time() - began
    asked = dict(questions())
    for name, queries in asked.items():
        yield name, best(partial(rows, graph.query, queries), 3)
    yield f"{TWO_STEPS}, CSV", best(lambda: [graph.query(one).serialize(format="csv") for one in asked[TWO_STEPS]], 3)


def rdflib_disk(folder: Path) -> Iterator[tuple[str, float]]:
    """Load with rdflib to the one store on disk that comes with it, if its library is there."""
    import rdflib
    from rdflib.plugins.stores.berkeleydb import has_bsddb

    if not has_bsddb:
        return
    began = time.process_time()
    graph = rdflib.Graph("BerkeleyDB")
    graph.store.open(str(folder / "rdflib"), create=True)
    graph.parse(folder / "data.nt", format="nt")
    graph.close()
    yield "load", time.process_time() - began


WAYS = {way.__name__: way for way in (bare_load, our_load, ask, our_lookup, our_memory, rdflib_memory, rdflib_disk)}


def run(way: str, folder: Path, kept: dict[str, float]) -> None:
    """Run one way in a process of its own; keep the best of what it takes."""
    command = [sys.executable, str(Path(__file__).resolve()), "--way", way, "--folder", str(folder)]
    told = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT)
    for line in told.stdout.splitlines():
        name, seconds = json.loads(line)
        kept[f"{way} {name}"] = min(kept.get(f"{way} {name}", seconds), seconds)


def report(took: dict[str, float]) -> Iterable[str]:
    """Yield what was found, and whether it is within its limit."""

    def line(what: str, value: float, limit: float, at_most: bool) -> str:
        verdict = "holds" if (value <= limit) == at_most else "FALLS SHORT"
        return f"{what:44}{value:8.2f}   ({'at most' if at_most else 'at least'} {limit:g}: {verdict})"

    yield line("load / bare", took["our_load load"] / took["bare_load load"], LIMITS["load / bare"], True)
    for name in QUESTIONS:
        ratio = took[f"ask ours: {name}"] / took[f"ask bare: {name}"]
        yield line(f"query / bare: {name}", ratio, LIMITS["query / bare"], True)
    if "rdflib_memory load" in took:
        loaded, asked = LIMITS["rdflib / load"], LIMITS["rdflib / query"]
        yield line("load, rdflib / ours, memory", took["rdflib_memory load"] / took["our_memory load"], loaded, False)
        if "rdflib_disk load" in took:
            yield line("load, rdflib / ours, disk", took["rdflib_disk load"] / took["our_load load"], loaded, False)
        for way in ("our", "bare"):
            ratio = took["rdflib_memory load"] / took[f"{way}_load load"]
            yield line(f"load, rdflib in memory / {way} on disk", ratio, loaded, False)
        for name in (TWO_STEPS, f"{TWO_STEPS}, CSV"):
            ratio = took[f"rdflib_memory {name}"] / took[f"our_memory {name}"]
            yield line(f"{name}, rdflib / ours, memory", ratio, asked, False)
        for way in ("ours", "bare"):
            ratio = took[f"rdflib_memory {TWO_STEPS}"] / took[f"ask {way}: {TWO_STEPS}"]
            yield line(f"{TWO_STEPS}, rdflib in memory / {way} on disk", ratio, asked, False)
    for name in ("open", "open and query", "open and show"):
        yield line(f"{name}, CPU s", took[f"our_lookup {name}"], LIMITS["lookup"], True)


def main() -> None:
    """Make data, run all ways by turns, print figures and ratios."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--no-rdflib", action="store_true")
    parser.add_argument("--way", choices=tuple(WAYS), help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.way:
        sys.path.insert(0, str(ROOT))
        for found in WAYS[options.way](options.folder):
            print(json.dumps(found), flush=True)
        return
    took: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        with (folder / "data.nt").open("w", encoding="utf-8") as file:
            file.writelines(lines(options.triples))
        for way in ("bare_load", "our_load", "ask") * options.repeat + ("our_lookup", "our_memory"):
            run(way, folder, took)
        for way in () if options.no_rdflib else ("rdflib_memory", "rdflib_disk"):
            run(way, folder, took)
    print(f"Python {sys.version.split()[0]}, {options.triples:,} triples, processor seconds")
    for name, seconds in took.items():
        print(f"{name:36}{seconds:12.4f}")
    print()
    print("\n".join(report(took)))


if __name__ == "__main__":
    main()
