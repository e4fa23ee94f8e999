"""The measures that have to be fast, compiled by numba from loops over arrays.

They calculate what the reference forms beside them define, and are held to them in the tests;
`ecosystem.measures.forms` decides which of the two runs. Importing a module of this room imports numba, so that is
done inside the functions that need one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from ecosystem.engines import jit

__all__ = ["in_order", "jit"]

Block = TypeVar("Block")
Answer = TypeVar("Answer")


def in_order(task: Callable[[Block], Answer], blocks: Iterable[Block], threads: int) -> Iterator[Answer]:
    """Yield the answer for each block, in the order of the blocks whatever the number of threads.

    Plain threads rather than numba's own: those end the process when two threads of the caller use them at once.
    """
    if threads == 1:
        yield from map(task, blocks)
        return
    with ThreadPoolExecutor(threads) as pool:
        yield from pool.map(task, blocks)
