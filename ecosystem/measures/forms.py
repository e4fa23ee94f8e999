"""Which form of a measure runs: the reference, readable, or the kernel, compiled.

This is the one place that decides. Both give the same numbers (to 1e-9, most to the last digit). The reference needs
no compiler and starts at once, so it serves where it is done in about a second; numba takes a quarter of that to be
imported, and some seconds more to compile a kernel for the first time on a machine.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final, Literal, TypeAlias

import numpy as np

from ecosystem.network.model import SimpleNetwork

__all__ = ["COMPILED_FROM", "Form", "compiled", "prefer", "thread_count", "two_step_paths"]

Form: TypeAlias = Literal["reference", "kernel"]
COMPILED_FROM: Final = 500_000
"""Elementary steps of plain Python from which a kernel runs: about half a second's worth."""

_form: ContextVar[Form | None] = ContextVar("form", default=None)
_threads: ContextVar[int | None] = ContextVar("threads", default=None)


def compiled(steps: int) -> bool:
    """Return whether a kernel is to run, for a reference that takes about so many elementary steps."""
    form = _form.get()
    return steps >= COMPILED_FROM if form is None else form == "kernel"


def thread_count() -> int:
    """Return how many threads a kernel may use: the processors that this process may."""
    chosen = _threads.get()
    if chosen is not None:
        return chosen
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def prefer(form: Form | None = None, *, threads: int | None = None) -> Iterator[None]:
    """Choose the form, the number of threads, or both, for what is measured within the block.

    >>> with prefer("reference", threads=1):
    ...     compiled(10**12), thread_count()
    (False, 1)
    """
    form_before, threads_before = _form.set(form), _threads.set(threads)
    try:
        yield
    finally:
        _form.reset(form_before)
        _threads.reset(threads_before)


def two_step_paths(network: SimpleNetwork) -> int:
    """Return the number of paths a → v → b, which is what the references of census and holes take."""
    towards = np.bincount(network.indices, minlength=len(network))
    return int((np.diff(network.indptr) * towards).sum())
