"""CPU seconds and bytes of a site, by the number of its actors: `python benchmarks/site.py [ACTORS …]`.

The ecosystem is made up: actors of forty countries in a scale-free network, one initiative and five ties an actor.
"""

from __future__ import annotations

import csv
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from ecosystem.api import open as open_ecosystem
from ecosystem.api.site import publish

COUNTRIES = [
    "ARG",
    "AUS",
    "AUT",
    "BEL",
    "BRA",
    "CAN",
    "CHE",
    "CHL",
    "COL",
    "CRI",
    "CZE",
    "DEU",
    "DNK",
    "ESP",
    "EST",
    "FIN",
    "FRA",
    "GBR",
    "GRC",
    "HUN",
    "IND",
    "IRL",
    "ISL",
    "ISR",
    "ITA",
    "JPN",
    "KOR",
    "LTU",
    "LUX",
    "LVA",
    "MEX",
    "NLD",
    "NOR",
    "NZL",
    "POL",
    "PRT",
    "SVK",
    "SVN",
    "SWE",
    "USA",
]
TYPES = ("Ministry", "CityGovernment", "SupremeAuditInstitution", "StartUp", "ResearchInstitute", "DigitalAgency")
RELATIONS = ("partnersWith", "funds", "advises")
SOURCES = 50


def _ties(actors: int, chance: random.Random) -> Iterator[tuple[str, str, str]]:
    ends = [0]
    for number in range(1, actors):
        for _ in range(3):
            other = chance.choice(ends)
            if other != number:
                yield f"actor-{number}", chance.choice(RELATIONS), f"actor-{other}"
                ends += [other, number]
        yield f"actor-{number}", "leads", f"initiative-{number}"
        yield f"actor-{chance.choice(ends)}", "participatesIn", f"initiative-{number}"


def made_up(folder: Path, actors: int) -> Path:
    """Write a data set folder."""
    chance = random.Random(1)
    rows: dict[str, list[tuple[str, ...]]] = {
        "actors": [("id", "type", "label", "country", "description", "source", "locator")],
        "initiatives": [("id", "type", "label", "country", "source", "locator")],
        "relationships": [("subject", "relation", "object", "source", "locator", "statement")],
        "sources": [("id", "label", "url")],
    }
    rows["sources"] += [(f"s-{n}", f"Source {n}", f"https://example.org/{n}") for n in range(SOURCES)]
    for number in range(actors):
        place, source = chance.choice(COUNTRIES), f"s-{number % SOURCES}"
        told = f"Body number {number}, which works with others on public services and reports on it."
        rows["actors"].append((f"actor-{number}", chance.choice(TYPES), f"Actor {number}", place, told, source, "p. 1"))
        rows["initiatives"].append((f"initiative-{number}", "Challenge", f"Challenge {number}", place, source, "p. 2"))
    for number, ends in enumerate(dict.fromkeys(_ties(actors, chance))):
        statement = f"Statement {number} says that the one and the other have something to do with each other."
        rows["relationships"].append((*ends, f"s-{number % SOURCES}", f"p. {number}", statement))
    folder.mkdir()
    (folder / "dataset.toml").write_text('name = "made-up"\ntitle = "Made up"\nlicence = "CC0-1.0"\n', "utf-8")
    for name, lines in rows.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(lines)
    return folder


def _cpu() -> float:
    return sum(
        used.ru_utime + used.ru_stime
        for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def main() -> None:
    """Print a line a size: opening, the first run, the second with nothing to do, and what lies on disk."""
    print("actors  pages  open s  site s (wall)  again s   MB")
    for actors in [int(text) for text in sys.argv[1:]] or [250, 1_000]:
        with tempfile.TemporaryDirectory() as place:
            data = made_up(Path(place) / "data", actors)
            marks, walls = [_cpu()], [time.monotonic()]
            eco = open_ecosystem(data)
            marks.append(_cpu())
            walls.append(time.monotonic())
            for _ in range(2):
                publish(eco, Path(place) / "site")
                marks.append(_cpu())
                walls.append(time.monotonic())
            files = [path for path in (Path(place) / "site").rglob("*") if path.is_file()]
            size = sum(path.stat().st_size for path in files) / 1e6
            opened, first, again = (after - before for before, after in pairwise(marks))
            print(
                f"{actors:>6} {len(files):>6} {opened:>7.1f} {first:>7.1f} ({walls[2] - walls[1]:.0f}) "
                f"{again:>8.1f} {size:>6.0f}"
            )


if __name__ == "__main__":
    main()
