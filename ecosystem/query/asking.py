"""SPARQL as a user asks it: prefixes preset, nothing but reading allowed, the same bytes for the same question."""

from __future__ import annotations

from collections.abc import Mapping

from ecosystem.query.answer import Answer
from ecosystem.query.answering import Asked, answer
from ecosystem.query.guard import forbid_service
from ecosystem.query.limits import within
from ecosystem.store import RdfTerm

__all__ = ["ask"]


def ask(
    store: Asked,
    query: str,
    parameters: Mapping[str, RdfTerm] | None = None,
    *,
    time_limit: float | None = None,
    allow_service: bool = False,
) -> Answer:
    """Ask `query` of the store, which only ever reads.

    Rows of a SELECT without ORDER BY come sorted, so that the same question has the same answer, byte for byte.

    Parameters
    ----------
    parameters
        Terms to bind to variables of the query; they are never pasted into its text.
    time_limit
        Seconds after which the query is ended. Infinite: as long as it takes, but in a process of its own where one
        can be had cheaply, so that Ctrl-C ends it. None: in this process, which hears nothing until it is done.
    allow_service
        Whether SERVICE may ask other servers.

    Raises
    ------
    QueryError
        If the query is wrong, with its place; if it is an update, or asks another server.
    TimeLimitError
        If it took longer than its time.
    """
    if not allow_service:
        forbid_service(query)
    if time_limit is None:
        return answer(store, query, parameters)
    return within(time_limit, store, query, parameters)
