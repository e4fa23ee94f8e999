"""igraph without what it brings along.

Importing igraph imports matplotlib's pyplot for its drawing, which nothing here uses and which takes longer than most
measures do. A process that is ours alone, such as a command, goes without; in a notebook igraph stays whole.
"""

from __future__ import annotations

import sys
from contextvars import ContextVar
from types import ModuleType
from typing import Any

__all__ = ["igraph", "undrawn"]

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
