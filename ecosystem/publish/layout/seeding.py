"""igraph's chance, seeded for a while."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager

from ecosystem import engines

__all__ = ["seeded"]


@contextmanager
def seeded(seed: int) -> Iterator[None]:
    """Let igraph draw the same numbers on every run, until the block ends."""
    igraph = engines.igraph()
    igraph.set_random_number_generator(random.Random(seed))  # noqa: S311 (a layout, not a secret)
    try:
        yield
    finally:
        igraph.set_random_number_generator(random)
