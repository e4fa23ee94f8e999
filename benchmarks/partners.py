"""How often are proposed ties right? Ties are hidden, or later ones awaited, and each method says what it would expect.

python benchmarks/partners.py DATA

DATA is a folder with eurosis.gexf, science-networks.json and h2020.csv.gz (anywhere below it). The first two lose a
tenth of their ties at random, five times. Horizon 2020 is cut by year: what was begun until the end of a year predicts
which of the organisations that were there meet for the first time in a project of the year after.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import resource
import time
from collections.abc import Collection
from pathlib import Path

import numpy as np

import ecosystem
from ecosystem.measures.prediction import METHODS, Judgement, Pairs, hidden_ties, judged
from ecosystem.tables import Table

SEEDS = range(1, 6)
YEARS = (2016, 2017, 2018)
LARGEST = 50  # actors of a project: larger ones say little of who knows whom, and are left out as `fold_limit` does


def shown(title: str, runs: list[Table[Judgement]]) -> None:
    print(f"\n{title}")
    print(f"{'method':26}{'AUC':>8}{'precision@10':>15}{'possible':>11}")
    for method in METHODS:
        rows = [row for run in runs for row in run if row.method == method]
        auc, precision, best = (
            np.mean([getattr(row, name) for row in rows]) for name in ("auc", "precision_at_10", "best_possible")
        )
        print(f"{method:26}{auc:8.3f}{precision:15.3f}{best:11.3f}")


def hidden(path: Path, title: str) -> None:
    network = ecosystem.open(path).network()
    runs = [hidden_ties(network, seed=seed) for seed in SEEDS]
    shown(f"{title}: {runs[0][0].hidden} ties hidden, five times", runs)


def by_year(path: Path) -> None:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        dated = (row for row in csv.DictReader(file) if row["start_date"][:4].isdecimal())
        rows = [(row["rcn"], row["pic"], int(row["start_date"][:4])) for row in dated]
    actor = {pic: number for number, pic in enumerate(sorted({pic for _, pic, _ in rows}))}
    projects: dict[str, tuple[int, set[int]]] = {}
    for project, pic, year in rows:
        projects.setdefault(project, (year, set()))[1].add(actor[pic])
    runs = [_year(projects.values(), year, len(actor)) for year in YEARS]
    later = " / ".join(f"{run[0].hidden:,}" for run in runs)
    shown(f"Horizon 2020, first meetings in {' / '.join(str(year + 1) for year in YEARS)} ({later})", runs)


def _year(projects: Collection[tuple[int, set[int]]], year: int, size: int) -> Table[Judgement]:
    known = _pairs([members for began, members in projects if began <= year], size)
    later = _pairs([members for began, members in projects if began == year + 1], size)
    there = np.zeros(size, bool)
    there[known // size] = there[known % size] = True
    later = later[there[later // size] & there[later % size] & ~np.isin(later, known)]
    number = np.cumsum(there) - 1

    def pairs(keys: np.ndarray) -> Pairs:
        return number[keys // size], number[keys % size]

    return judged(int(there.sum()), pairs(known), pairs(later))


def _pairs(projects: list[set[int]], size: int) -> np.ndarray:
    keys = []
    for members in projects:
        if len(members) <= LARGEST:
            one = np.array(sorted(members))
            low, high = np.triu_indices(len(one), 1)
            keys.append(one[low] * size + one[high])
    return np.unique(np.concatenate(keys))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    began = time.process_time()
    for name, title in (("eurosis.gexf", "EuroSiS"), ("science-networks.json", "UK science networks")):
        hidden(next(folder.rglob(name)), title)
    by_year(next(folder.rglob("h2020.csv.gz")))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"\n{time.process_time() - began:.0f} CPU s, {memory} MB")


if __name__ == "__main__":
    main()
