"""The measures that have to be fast, compiled by numba from loops over arrays.

They calculate what the reference forms beside them define, and are held to them in the tests;
`ecosystem.measures.forms` decides which of the two runs. Importing a module of this room imports numba, so that is
done inside the functions that need one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

__all__ = ["in_order", "jit"]

Function = TypeVar("Function", bound=Callable[..., Any])
Block = TypeVar("Block")
Answer = TypeVar("Answer")


def jit(function: Function) -> Function:
    """Compile a function on its first call, and keep the machine code for the next process.

    numba keeps it beside the source or in the user's cache folder (or in `NUMBA_CACHE_DIR`). Where it may write to
    none of them, the function is compiled anew in each process, some seconds each time. The compiled function does
    not hold Python's lock.
    """
    import numba

    compiled: Callable[..., Any] = numba.njit(nogil=True, error_model="numpy")
    cached: Callable[..., Any] = numba.njit(nogil=True, error_model="numpy", cache=True)
    try:
        found: Function = cached(function)
    except RuntimeError:  # there is no folder to write to
        found = compiled(function)
    return found


def in_order(task: Callable[[Block], Answer], blocks: Iterable[Block], threads: int) -> Iterator[Answer]:
    """Yield the answer for each block, in the order of the blocks whatever the number of threads.

    Plain threads rather than numba's own: those end the process when two threads of the caller use them at once.
    """
    if threads == 1:
        yield from map(task, blocks)
        return
    with ThreadPoolExecutor(threads) as pool:
        yield from pool.map(task, blocks)
