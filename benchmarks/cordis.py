"""The whole way from a real list of participations to brokers, beside the same way in plain rdflib and networkx.

python benchmarks/cordis.py DATA [--peer-seconds 600] [--steps-only]

DATA is the folder with h2020.csv.gz (144,726 participations of 35,871 organisations in 31,451 projects of Horizon
2020). Each way runs in a process of its own: processor seconds and peak memory a step, then ratios. Times differ
between machines, ratios of one run hardly do: the first line times work that is nobody's, to compare machines by.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from ecosystem.network import SimpleNetwork
    from ecosystem.ontology import Ontology
    from ecosystem.store import EmbeddedStore

ROOT = Path(__file__).resolve().parents[1]
PLAN = ROOT / "benchmarks" / "h2020.toml"
# The steps of both ways, and of which of ours they are the measures.
READ, LOAD, NETWORK, CENSUS = "read the table", "load the store", "project and fold", "census by country"
READ_AND_LOAD = f"{READ}, {LOAD}"
HOLES, COMMUNITIES, CUT_POINTS = "structural holes", "communities", "cut points"
MEASURES = (CENSUS, HOLES, COMMUNITIES, CUT_POINTS)
PREFIX = "https://w3id.org/ecosystem-mapper/"


@contextmanager
def step(name: str) -> Iterator[dict[str, object]]:
    """Time a step, and print it as a line of JSON when it is done."""
    found: dict[str, object] = {}
    began = time.process_time()
    yield found
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"step": name, "cpu": time.process_time() - began, "memory": memory} | found), flush=True)


def ours(folder: Path) -> None:
    """Go the whole way with this package, as its commands do."""
    with step("import"):
        sys.path.insert(0, str(ROOT))
        from ecosystem import engines, measures
        from ecosystem.api.opening import load_ontology
        from ecosystem.network import project, simple
        from ecosystem.sources import read
        from ecosystem.store import EmbeddedStore, load

        engines.undrawn()
        ontology = load_ontology()
    with step(READ_AND_LOAD) as found:
        store = EmbeddedStore.in_memory()
        load(store, [read(folder / PLAN.name, ontology)], ontology)
        found["note"] = f"{len(store):,} statements"
    with step(NETWORK) as found:
        network = project(store, ontology)
        graph = simple(network)
        found["note"] = f"{len(graph):,} actors, {graph.tie_count // 2:,} pairs"
    with step(CENSUS) as found:
        found["note"] = f"{len(measures.brokerage(graph, by='country')):,} actors"
    with step(HOLES) as found:
        found["note"] = f"{len(measures.structural_holes(graph)):,} actors"
    with step(COMMUNITIES) as found:
        communities = measures.communities(graph, iterations=2)
        found["note"] = f"{max(communities['community']):,} communities, isolates among them"
    with step(CUT_POINTS) as found:
        found["note"] = f"{len(measures.cut_points(graph)):,} cut points"
    _asked(store, ontology, graph)


def _asked(store: EmbeddedStore, ontology: Ontology, graph: SimpleNetwork) -> None:
    """Ask what a facilitator asks: of the actor with most contacts, and of one with a tenth of them."""
    import numpy as np

    from ecosystem.api import Ecosystem

    eco, contacts = Ecosystem(store, ontology), np.diff(graph.indptr)
    busiest = int(contacts.argmax())
    other = int(np.abs(contacts - contacts[busiest] // 10).argmin())
    for about, node in (("busiest", busiest), ("other", other)):
        actor = str(graph.ids[node])
        with step(f"partners of the {about}") as found:
            proposed = eco.partners(actor)
            found["note"] = (
                f"{contacts[node]:,} contacts, {len(proposed):,} candidates, {len(proposed.head(10))} in words"
            )
        with step(f"without the {about}") as found:
            found["note"] = f"{len(eco.what_if(remove=[actor]).differences(gaps=False)):,} numbers change"
    with step("with a tie of the two") as found:
        changed = eco.what_if(add=[f"{graph.ids[busiest]} partnersWith {graph.ids[other]}"])
        found["note"] = f"{len(changed.differences(gaps=False)):,} numbers change"


def peer(folder: Path) -> None:
    """Go the same way as one would with rdflib and networkx alone, with the same statements."""
    with step("import"):
        import networkx as nx
        import rdflib

        eco, rdf = rdflib.Namespace(PREFIX + "ontology#"), rdflib.RDF
    with step(READ) as found:
        with gzip.open(folder / "h2020.csv.gz", "rt", encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        found["note"] = f"{len(rows):,} rows"
    with step(LOAD) as found:
        statements = rdflib.Graph()
        _state(rows, statements, rdflib.Namespace(PREFIX + "id/"), eco, rdflib)
        found["note"] = f"{len(statements):,} statements"
    with step(NETWORK) as found:
        query = "SELECT ?actor ?project { ?r rdf:subject ?actor ; rdf:predicate ?p ; rdf:object ?project }"
        taking_part = nx.Graph()
        country = {str(actor): str(place) for actor, place in statements.subject_objects(eco.country)}
        actors = {str(actor) for actor in statements.subjects(rdf.type, eco.Actor)}
        taking_part.add_nodes_from(actors)
        for actor, initiative in cast(Iterable[tuple[object, object]], statements.query(query, initNs={"rdf": rdf})):
            taking_part.add_edge(str(actor), str(initiative))
        graph = nx.bipartite.collaboration_weighted_projected_graph(taking_part, actors)
        found["note"] = f"{len(graph):,} actors, {graph.number_of_edges():,} pairs"
    with step(CUT_POINTS) as found:
        found["note"] = f"{len(list(nx.articulation_points(graph))):,} cut points"
    with step(COMMUNITIES) as found:
        found["note"] = (
            f"{len(nx.community.louvain_communities(graph, weight='weight', seed=1)):,} communities (Louvain)"
        )
    with step(CENSUS) as found:
        found["note"] = f"{len(_census(graph, country)):,} actors"
    with step(HOLES) as found:
        found["note"] = f"{len(nx.constraint(graph)):,} actors (constraint alone)"


def _state(rows: Sequence[Mapping[str, str]], statements: Any, space: Any, eco: Any, rdflib: Any) -> None:
    rdf, prov = rdflib.RDF, rdflib.Namespace("http://www.w3.org/ns/prov#")
    relation = {"coordinator": eco.coordinates}
    for number, row in enumerate(rows, start=2):
        actor, initiative, record = space["pic-" + row["pic"]], space["rcn-" + row["rcn"]], space[f"rel-{number}"]
        verb = relation.get(row["role"], eco.participatesIn)
        for triple in (
            (actor, rdf.type, eco.Actor),
            (actor, rdflib.RDFS.label, rdflib.Literal("pic-" + row["pic"])),
            (actor, eco.country, space[row["country"]]),
            (initiative, rdf.type, eco.Initiative),
            (initiative, rdflib.RDFS.label, rdflib.Literal("rcn-" + row["rcn"])),
            (initiative, eco.since, rdflib.Literal(row["start_date"])),
            (initiative, eco.until, rdflib.Literal(row["end_date"])),
            (record, rdf.type, eco.Relationship),
            (record, rdf.subject, actor),
            (record, rdf.predicate, verb),
            (record, rdf.object, initiative),
            (record, prov.wasDerivedFrom, space["source-cordis-h2020"]),
            (record, eco.locator, rdflib.Literal(f"row {number}")),
            (actor, verb, initiative),
        ):
            statements.add(triple)


def _census(graph: Any, country: Mapping[str, str]) -> dict[str, list[int]]:
    """Count open pairs by role around each actor, as one writes it in a few lines."""
    found = {}
    for broker in graph:
        own, around = country.get(broker), list(graph[broker])
        counts = [0] * 5
        for place, one in enumerate(around):
            near = graph[one]
            for other in around[place + 1 :]:
                if other not in near:
                    a, b = country.get(one), country.get(other)
                    role = (0 if a == own else 1) if a == b else (2 if b == own else 3 if a == own else 4)
                    counts[role] += 1
        found[broker] = counts
    return found


def calibrate() -> float:
    """Return the processor seconds that parsing half a million made-up triples takes here."""
    import pyoxigraph as ox

    lines = (f"<urn:a{number}> <urn:p{number % 9}> <urn:b{number % 999}> .\n" for number in range(500_000))
    content = "".join(lines).encode()
    began = time.process_time()
    for _ in ox.parse(content, ox.RdfFormat.N_TRIPLES):
        pass
    return time.process_time() - began


def run(way: str, folder: Path, limit: float | None) -> dict[str, tuple[float, int, str]]:
    """Run one way in a process of its own and print its steps as they come; it is ended at the time limit."""
    print(f"\n{way}")
    found: dict[str, tuple[float, int, str]] = {}
    command = [sys.executable, str(Path(__file__).resolve()), str(folder), "--way", way]
    began = time.monotonic()
    with tempfile.TemporaryFile("w+") as output:
        process = subprocess.Popen(command, stdout=output)
        try:
            process.wait(limit)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            print(f"  ended after {time.monotonic() - began:.0f} seconds, as asked")
        output.seek(0)
        for line in output:
            about = json.loads(line)
            found[about["step"]] = about["cpu"], about["memory"], about.get("note", "")
            print(f"  {about['step']:20}{about['cpu']:8.2f} s {about['memory']:6} MB   {about.get('note', '')}")
    total, peak = sum(cpu for cpu, _, _ in found.values()), max((memory for _, memory, _ in found.values()), default=0)
    print(f"  {'together':20}{total:8.2f} s {peak:6} MB")
    return found


def main() -> None:
    """Run both ways and print ratios."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="the folder with h2020.csv.gz")
    parser.add_argument("--peer-seconds", type=float, default=600, help="end the peer after this; 0: leave it out")
    parser.add_argument("--way", choices=("ours", "peer"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.way:
        {"ours": ours, "peer": peer}[options.way](options.folder)
        return
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} processors, processor seconds")
    print(f"For comparing machines: parsing 500,000 triples takes {calibrate():.2f} s here")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        shutil.copy(PLAN, folder)
        (folder / "h2020.csv.gz").symlink_to((options.folder / "h2020.csv.gz").resolve())
        mine = run("ours", folder, None)
        print(f"  {'the measures alone':20}{sum(mine[name][0] for name in MEASURES):8.2f} s")
        theirs = run("peer", folder, options.peer_seconds) if options.peer_seconds else {}
    both = [name for name in mine if name in theirs and name != "import"]
    print()
    for name in both:
        print(f"{name:22} peer / ours {theirs[name][0] / mine[name][0]:8.1f}")
    if both:
        ratio = sum(theirs[name][0] for name in both) / sum(mine[name][0] for name in both)
        print(f"{'these steps together':22} peer / ours {ratio:8.1f}")


if __name__ == "__main__":
    main()
