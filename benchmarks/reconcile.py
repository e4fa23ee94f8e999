"""How well names are matched, on names that people matched by hand, beside two that others use.

python benchmarks/reconcile.py DATA [--splink PYTHON] [--without-wratio]

DATA is the folder with map-name.tsv (47,956 names under which bodies occur in British lists; 1,777 of them with the id
of the body meant) and government-organisation.tsv (the register: 981 bodies). For each name the best match of the
register is taken. Recall is the share of the 1,777 that find their body. Precision counts the answers for these only:
most names without an id are no body of the register, but some are and nobody wrote the id down, so that precision over
all names ("lower bound") is too low; docs/reconcile.md says by how much. PYTHON is an interpreter that has splink and
pandas.
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

COUNTRY = "United Kingdom"
Best = Mapping[int, tuple[float, str]]  # position of a name → score and id of what it is matched with


@dataclass(frozen=True)
class Gold:
    """Names with the ids that people gave them, the register by id, and its acronyms."""

    names: Sequence[tuple[str, str]]
    register: Mapping[str, str]
    acronyms: Mapping[str, str]

    @classmethod
    def read(cls, folder: Path) -> Gold:
        """Read the files of the folder."""
        register = {
            row["government-organisation"]: row["name"] for row in _rows(folder / "government-organisation.tsv")
        }
        acronyms = {row["government-organisation"]: row["abbreviation"] for row in _rows(folder / "govuk-list.tsv")}
        names = [(row["name"], row["government-organisation"]) for row in _rows(folder / "map-name.tsv")]
        return cls(names, register, {one: sign for one, sign in acronyms.items() if sign and one in register})

    def figures(self, best: Best, threshold: float) -> str:
        """Return recall, recall of names that are written otherwise than in the register, and both precisions."""
        answers = [(place, found) for place, (score, found) in best.items() if score >= threshold]
        known = [(place, found) for place, found in answers if self.names[place][1]]
        right = [place for place, found in known if self.names[place][1] == found]
        mapped = [place for place, (_, one) in enumerate(self.names) if one]
        other = {place for place in mapped if self.names[place][0] != self.register[self.names[place][1]]}
        return (
            f"{threshold:>9.2f} {len(right) / len(mapped):>8.3f} {len(other.intersection(right)) / len(other):>10.3f} "
            f"{len(right) / max(len(known), 1):>11.4f} {len(right) / max(len(answers), 1):>13.3f}"
        )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def ours(gold: Gold, *, acronyms: bool) -> Best:
    """Match as `ecosystem reconcile` does: all names and the register as actors of one country."""
    from ecosystem.reconciliation.bodies import Body
    from ecosystem.reconciliation.candidates import candidates
    from ecosystem.reconciliation.judging import judge
    from ecosystem.reconciliation.names import Weights

    bodies = [Body(str(place), name, (name,), country=COUNTRY) for place, (name, _) in enumerate(gold.names)]
    for one, name in sorted(gold.register.items()):
        signs = frozenset([gold.acronyms[one].casefold()]) if acronyms and one in gold.acronyms else frozenset()
        bodies.append(Body(one, name, (name,), signs, country=COUNTRY))
    weights = Weights(name.words for body in bodies for name in body.readings[:1])
    best: dict[int, tuple[float, str]] = {}
    first = len(gold.names)
    pairs, _ = candidates(bodies, weights)
    for place, other in sorted(pair for pair in pairs if pair[0] < first <= pair[1]):
        verdict = judge(bodies[place], bodies[other], weights)
        if verdict and verdict.confidence > best.get(place, (0.0, ""))[0]:
            best[place] = (verdict.confidence, bodies[other].iri)
    return best


def wratio(gold: Gold) -> Best:
    """Match by rapidfuzz's WRatio on names in small letters without signs: all with all."""
    import numpy as np
    from rapidfuzz import fuzz, process, utils

    ids, names = zip(*sorted(gold.register.items()), strict=True)
    right = [utils.default_process(name) for name in names]
    best: dict[int, tuple[float, str]] = {}
    for start in range(0, len(gold.names), 2000):
        left = [utils.default_process(name) for name, _ in gold.names[start : start + 2000]]
        scores = process.cdist(left, right, scorer=fuzz.WRatio, dtype=np.float32)
        for row, place in enumerate(scores.argmax(axis=1).tolist()):
            best[start + row] = (float(scores[row, place]) / 100, ids[place])
    return best


SPLINK = """
import json, sys, pandas, splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
left, right = (pandas.DataFrame(rows, columns=["unique_id", "name"]) for rows in json.load(open(sys.argv[1])))
for frame in (left, right):
    plain = frame["name"].str.lower().str.replace("&", " and ").str.replace(r"[^a-z0-9 ]", " ", regex=True)
    words = plain.str.split().map(lambda found: [one for one in found if one not in ("the", "of", "for", "and")])
    frame["name"] = words.map(" ".join)
    frame["words"] = words.map(lambda found: sorted(set(found)) or [""])
    frame["first"] = words.map(lambda found: found[0] if found else "")
    frame["last"] = words.map(lambda found: found[-1] if found else "")
    frame["start"] = words.map(lambda found: "".join(sorted(found))[:8])
settings = SettingsCreator(
    link_type="link_only",
    comparisons=[
        cl.JaroWinklerAtThresholds("name", [0.97, 0.92, 0.88, 0.8]).configure(term_frequency_adjustments=True),
        cl.ArrayIntersectAtSizes("words", [4, 3, 2, 1]),
    ],
    blocking_rules_to_generate_predictions=[block_on("first"), block_on("last"), block_on("start")],
    probability_two_random_records_match=1 / 30000,
)
api = DuckDBAPI()
frames = [api.register(frame, dataset_display_name=name) for frame, name in ((left, "l"), (right, "r"))]
linker = Linker(frames, settings, log_level="ERROR")
linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
linker.training.estimate_parameters_using_expectation_maximisation(block_on("start"))
linker.training.estimate_parameters_using_expectation_maximisation(block_on("first", "last"))
found = linker.inference.predict(threshold_match_probability=0.01).as_pandas_dataframe()
found = found.sort_values("match_probability", ascending=False).drop_duplicates("unique_id_l")
print(json.dumps([[str(a), b, c] for a, b, c in zip(found.unique_id_l, found.unique_id_r, found.match_probability)]))
"""


def splink(gold: Gold, python: str) -> Best:
    """Match by splink's model of chance and agreement, trained on the data itself, in a process of its own."""
    rows = [[[str(place), name] for place, (name, _) in enumerate(gold.names)], sorted(gold.register.items())]
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data.json"
        data.write_text(json.dumps(rows), encoding="utf-8")
        done = subprocess.run(
            [python, "-c", SPLINK, str(data)], capture_output=True, text=True, check=True, timeout=900
        )
    return {int(place): (score, one) for place, one, score in json.loads(done.stdout.splitlines()[-1])}


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--splink", metavar="PYTHON", default="")
    parser.add_argument("--without-wratio", action="store_true", help="it takes minutes")
    chosen = parser.parse_args()
    gold = Gold.read(chosen.data)
    ways: list[tuple[str, Callable[[], Best], tuple[float, ...]]] = [
        ("ecosystem reconcile", lambda: ours(gold, acronyms=False), (0.95, 0.9, 0.85, 0.8, 0.75)),
        (
            "ecosystem reconcile, with the register's acronyms",
            lambda: ours(gold, acronyms=True),
            (0.95, 0.9, 0.85, 0.75),
        ),
        ("rapidfuzz WRatio", lambda: wratio(gold), (0.99, 0.95, 0.9, 0.86, 0.8)),
    ]
    if chosen.without_wratio:
        ways.pop()
    if chosen.splink:
        ways.append(("splink", lambda: splink(gold, chosen.splink), (0.999, 0.99, 0.95, 0.9, 0.5)))
    for title, way, thresholds in ways:
        began, processor = time.perf_counter(), time.process_time()
        best = way()
        print(f"\n{title}: {time.process_time() - processor:.1f} s CPU, {time.perf_counter() - began:.1f} s")
        print("threshold   recall  otherwise   precision   lower bound")
        for threshold in thresholds:
            print(gold.figures(best, threshold), flush=True)


if __name__ == "__main__":
    main()
