"""How much processor time the commands take, beside the bare imports that they cannot do without.

python benchmarks/startup.py [RUNS]

Prints medians and ratios. Times differ between machines; ratios of one run hardly do.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAIRS = (
    ("ecosystem --help", ["-m", "ecosystem", "--help"], "import click", 3),
    ("ecosystem brokers", ["-m", "ecosystem", "brokers"], "import networkx, rdflib, pyoxigraph", 3),
    ("ecosystem gaps", ["-m", "ecosystem", "gaps"], "import networkx, rdflib, pyoxigraph", None),
    ("ecosystem show CAF", ["-m", "ecosystem", "show", "CAF"], "import networkx, rdflib, pyoxigraph", None),
    (
        "ecosystem map",
        ["-m", "ecosystem", "map", "-o", "ecosystem-map/benchmark.html"],
        "import networkx, rdflib, pyoxigraph",
        None,
    ),
)


def cpu_seconds(arguments: list[str]) -> float:
    """Return user and system seconds of one fresh process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *arguments], cwd=ROOT, check=False, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} processors, median of {runs} runs, CPU seconds")
    for name, ours, imports, budget in PAIRS:
        rounds = [(cpu_seconds(ours), cpu_seconds(["-c", imports])) for _ in range(runs + 1)][1:]
        mine = statistics.median(one for one, _ in rounds)
        theirs = statistics.median(other for _, other in rounds)
        ratio = statistics.median(one / other for one, other in rounds)
        allowed = f" (at most {budget})" if budget else ""
        print(f"{name:20} {mine:6.3f}   python -c '{imports}' {theirs:6.3f}   ratio {ratio:4.2f}{allowed}")


if __name__ == "__main__":
    main()
