"""Relationship records as ties between numbered nodes: what counts, without a Python object a tie."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ecosystem import terms
from ecosystem.errors import ProjectionError
from ecosystem.network.model import Projection
from ecosystem.ontology import Ontology, local_name
from ecosystem.store import Column, Store, Texts

__all__ = ["Ties", "holds", "ties"]

Indices = NDArray[np.int32]
UNKNOWN = -2  # an end that nobody describes
ELSEWHERE = -1  # one that is described and is no node


@dataclass(frozen=True, slots=True)
class Ties:
    """Ties as columns.

    Parameters
    ----------
    tails, heads
        Node numbers.
    relations
        Numbers into `relation_table`, -1 for a folded tie.
    records
        Two numbers a tie into `record_table`; the second is -1 where one record says it.
    strengths, directed
        How strong a tie is, and whether it has a direction.
    via
        Node number of the initiative that a folded tie runs through, else -1.
    """

    tails: Indices
    heads: Indices
    relations: Indices
    records: Indices
    strengths: NDArray[np.float64]
    directed: NDArray[np.bool_]
    via: Indices
    relation_table: Sequence[str]
    record_table: Texts

    def __len__(self) -> int:
        return len(self.tails)

    def take(self, chosen: NDArray[Any]) -> Ties:
        """Return the chosen ties, by position or by a mask."""
        return replace(
            self,
            tails=self.tails[chosen],
            heads=self.heads[chosen],
            relations=self.relations[chosen],
            records=self.records[chosen],
            strengths=self.strengths[chosen],
            directed=self.directed[chosen],
            via=self.via[chosen],
        )

    def followed_by(self, other: Ties) -> Ties:
        """Return the ties of both, which share their tables."""
        return replace(
            self,
            tails=np.concatenate([self.tails, other.tails]),
            heads=np.concatenate([self.heads, other.heads]),
            relations=np.concatenate([self.relations, other.relations]),
            records=np.concatenate([self.records, other.records]),
            strengths=np.concatenate([self.strengths, other.strengths]),
            directed=np.concatenate([self.directed, other.directed]),
            via=np.concatenate([self.via, other.via]),
        )

    def renumbered(self, number: Indices) -> Ties:
        """Return the ties of nodes that have other numbers now; `via` keeps those it had."""
        return replace(self, tails=number[self.tails], heads=number[self.heads])


def ties(
    store: Store, ontology: Ontology, choice: Projection, nodes: Mapping[bytes, int], described: Collection[bytes]
) -> tuple[Ties, tuple[str, ...]]:
    """Return the relationships that `choice` counts as ties between `nodes`, and notes on those left out.

    They are ordered by tail, head, relation and record, whatever the order of the store.

    Parameters
    ----------
    nodes
        The number of each node, by its IRI in angle brackets.
    described
        All else that the data describe, likewise; a relationship with any other end is counted and left out.

    Raises
    ------
    ProjectionError
        If a strength is not a number.
    """
    counted = set(ontology.conveying(choice.conveys)) if choice.conveys else set(ontology.relations)
    if choice.relations:
        counted &= set(choice.relations)
    with_strength = _occurs(store, terms.STRENGTH)
    answer = store.columns(_query(counted, choice, with_strength), texts=("record",))
    subject, target = answer.coded("subject"), answer.coded("object")
    relation, records = answer.column("relation"), answer.texts("record")
    tails, heads = (_numbers(end, nodes, described) for end in (subject, target))
    first, last = choice.as_of or choice.start, choice.as_of or choice.end
    held = _held(answer.column("since"), answer.column("until"), first, last) if first or last else None
    valid = np.ones(len(tails), bool) if held is None else held
    strengths = np.ones(len(tails))
    if with_strength:
        strengths = _strengths(answer.column("strength"), records)
    lost = int(np.count_nonzero(valid & ((tails == UNKNOWN) | (heads == UNKNOWN))))
    directed = np.array([ontology.relations[iri].directed for iri in relation.table], bool)
    rank = np.argsort(np.argsort(np.array(relation.table, object))) if relation.table else np.zeros(0, np.int64)
    chosen = np.flatnonzero(valid & (tails >= 0) & (heads >= 0))
    chosen = chosen[np.lexsort((rank[relation.codes[chosen]], heads[chosen], tails[chosen]))]
    found = Ties(
        tails=tails,
        heads=heads,
        relations=relation.codes,
        records=np.column_stack([np.arange(len(tails), dtype=np.int32), np.full(len(tails), -1, np.int32)]),
        strengths=strengths,
        directed=directed[relation.codes] if len(tails) else np.zeros(0, bool),
        via=np.full(len(tails), -1, np.int32),
        relation_table=relation.table,
        record_table=records,
    ).take(chosen)
    noted = (f"{lost} relationships have an end that nobody describes and are left out.",) if lost else ()
    return _ordered(found), noted


def _query(counted: Collection[str], choice: Projection, with_strength: bool) -> str:
    unwanted = [terms.DENIED, *([terms.INFERRED] if choice.leave_out_inferred else [])]
    optional = [("strength", terms.STRENGTH)] if with_strength else []
    dated = choice.as_of or choice.start or choice.end
    optional += [("since", terms.SINCE), ("until", terms.UNTIL)] if dated else []
    return " ".join(
        (
            "SELECT ?subject ?object ?relation ?record",
            *(f"?{name}" for name, _ in optional),
            "WHERE { VALUES ?relation {",
            *(f"<{iri}>" for iri in sorted(counted)),
            "} ?record rdf:predicate ?relation ; rdf:subject ?subject ; rdf:object ?object",
            *(f"OPTIONAL {{ ?record <{term}> ?{name} }}" for name, term in optional),
            *(f"MINUS {{ ?record eco:certainty <{iri}> }}" for iri in unwanted),
            "FILTER(isIRI(?record)) }",
        )
    )


def _occurs(store: Store, term: str) -> bool:
    return bool(store.query(f"ASK {{ ?record <{term}> ?value }}"))


def _numbers(ends: Column[bytes], nodes: Mapping[bytes, int], described: Collection[bytes]) -> Indices:
    known = (nodes.get(iri, ELSEWHERE if iri in described else UNKNOWN) for iri in ends.table)
    return np.fromiter(known, np.int32, len(ends.table))[ends.codes]


def _strengths(column: Column[str], records: Texts) -> NDArray[np.float64]:
    """Return strengths as numbers; whether they can be calculated with is checked when they are."""
    found = np.ones(len(column.table))
    for code, text in enumerate(column.table):
        try:
            found[code] = float(text) if text else 1.0
        except ValueError as error:
            record = records[int(np.flatnonzero(column.codes == code)[0])]
            raise ProjectionError(
                f"The relationship {local_name(record)} has the strength {text!r}.",
                hint="A strength must be a positive number; see `ecosystem validate`.",
            ) from error
    return found[column.codes]


def _held(since: Column[str], until: Column[str], first: str, last: str) -> NDArray[np.bool_]:
    pairs, place = np.unique(np.column_stack([since.codes, until.codes]), axis=0, return_inverse=True)
    verdicts = [holds(since.table[began], until.table[ended], first, last) for began, ended in pairs.tolist()]
    return np.array(verdicts, bool)[place.reshape(-1)]


def holds(since: str, until: str, first: str, last: str) -> bool:
    """Tell whether something that holds from `since` until `until` does at any time from `first` to `last`.

    A year stands for all its days; an empty date, for no limit.

    >>> holds("2021-06", "", "2021", "2021"), holds("2021-06", "", "2020-12-31", "2020-12-31")
    (True, False)
    >>> (
    ...     holds("", "2019", "2019-07-01", "2020"),
    ...     holds("2018", "2019", "", "2017"),
    ...     holds("2018", "2019", "2017", "2020"),
    ... )
    (True, False, True)
    """
    began = not since or not last or since[: len(last)] <= last[: len(since)]
    lasts = not until or not first or until[: len(first)] >= first[: len(until)]
    return began and lasts


def _ordered(found: Ties) -> Ties:
    """Put parallel ties in the order of their records, and keep what was read twice once."""
    if len(found) < 2:
        return found
    same = (np.diff(found.tails) == 0) & (np.diff(found.heads) == 0) & (np.diff(found.relations) == 0)
    if not same.any():
        return found
    run = np.concatenate([[0], np.cumsum(~same)])
    parallel = np.flatnonzero(np.concatenate([[False], same]) | np.concatenate([same, [False]]))
    record = found.records[:, 0]
    key = {int(place): found.record_table[int(record[place])] for place in parallel}
    order = np.arange(len(found))
    order[parallel] = sorted(key, key=lambda place: (run[place], key[place], found.strengths[place]))
    told = {(int(run[place]), key[int(order[place])]): int(place) for place in parallel[::-1]}
    again = sorted({int(place) for place in parallel} - set(told.values()))
    return found.take(np.delete(order, again))
