"""Many queries within a time limit each, in one process beside this one that is ended and begun anew where need be.

`ecosystem.query.limits` starts a process for one query, which for forty small ones takes five times as long as the
queries themselves. Here one process answers them in turn; only a query that takes too long costs another.
"""

from __future__ import annotations

import contextlib
import math
import multiprocessing
import pickle
import signal
import warnings
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection
from typing import cast

from ecosystem.errors import EcosystemError, QueryError, TimeLimitError
from ecosystem.query import Answer, ask
from ecosystem.query.limits import FORKS
from ecosystem.store import EmbeddedStore, Store

__all__ = ["Outcome", "answers"]

Outcome = Answer | EcosystemError


def answers(store: Store, queries: Sequence[str], seconds: float, *, forks: bool = FORKS) -> Iterator[Outcome]:
    """Yield for each query its answer, or the error that kept it from one.

    Parameters
    ----------
    seconds
        What each query may take.
    forks
        Whether to fork; where processes cannot be forked, queries are asked in this one, without a limit.
    """
    if not forks:
        yield from (_asked(store, query) for query in queries)
        return
    done = 0
    while done < len(queries):
        with _beside(store, queries[done:]) as pipe:
            for _ in queries[done:]:
                done += 1
                outcome = _next(pipe, seconds)
                yield outcome if outcome is not None else TimeLimitError(f"It took longer than {seconds:g} s.")
                if outcome is None or isinstance(outcome, _EndedError):
                    break


class _EndedError(QueryError):
    """The system ended the process."""


def _next(pipe: Connection, seconds: float) -> Outcome | None:
    """Return what comes next out of a process; None if it takes too long."""
    if not pipe.poll(None if math.isinf(seconds) else seconds):
        return None
    try:
        return cast(Outcome, pickle.loads(pipe.recv_bytes()))  # noqa: S301 (our own process wrote it)
    except EOFError:
        return _EndedError("The system ended the query.", hint="It may need more memory than there is: ask for less.")


@contextlib.contextmanager
def _beside(store: Store, queries: Sequence[str]) -> Iterator[Connection]:
    """Let a copy of this process answer queries; it is gone when the caller is done."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_work, args=(store, queries, theirs), daemon=True)
    with warnings.catch_warnings():
        # Python warns of forking beside threads; the child runs no Python code that waits for another thread.
        warnings.simplefilter("ignore", DeprecationWarning)
        child.start()
    theirs.close()
    try:
        yield ours
    finally:
        child.kill()
        child.join()
        ours.close()


def _work(store: Store, queries: Sequence[str], pipe: Connection) -> None:
    """Answer queries; this is all that the other process does."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    opened: Store = store
    if isinstance(store, EmbeddedStore) and store.folder is not None:
        opened = EmbeddedStore.open(store.folder)
    with contextlib.suppress(BrokenPipeError):
        for query in queries:
            pipe.send_bytes(pickle.dumps(_asked(opened, query), protocol=pickle.HIGHEST_PROTOCOL))


def _asked(store: Store, query: str) -> Outcome:
    try:
        return ask(store, query)
    except EcosystemError as error:
        return error
