"""igraph without what it brings along, and numba where it may keep what it compiles.

Importing igraph imports matplotlib's pyplot for its drawing, which nothing here uses and which takes longer than most
measures do. A process that is ours alone, such as a command, goes without; in a notebook igraph stays whole.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextvars import ContextVar
from types import ModuleType
from typing import Any, TypeVar

__all__ = ["igraph", "jit", "undrawn"]

Function = TypeVar("Function", bound=Callable[..., Any])

_undrawn: ContextVar[bool] = ContextVar("undrawn", default=False)


def undrawn() -> None:
    """Say that nobody in this process will draw with igraph."""
    _undrawn.set(True)


def igraph() -> Any:
    """Return the module igraph, imported on the first call."""
    if not _undrawn.get() or {"igraph", "matplotlib"} & sys.modules.keys():
        import igraph

        return igraph
    modules: dict[str, ModuleType | None] = sys.modules  # type: ignore[assignment]
    modules["matplotlib"] = None  # to igraph, as if it were not installed
    try:
        import igraph
    finally:
        del modules["matplotlib"]
    return igraph


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
