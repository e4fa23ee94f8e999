"""Two forms of a network: `ActorNetwork`, which loses nothing, and `SimpleNetwork`, to calculate with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ecosystem.store.columns import Lazy

__all__ = ["ActorNetwork", "Collapse", "Projection", "Records", "SimpleNetwork"]

Initiatives = Literal["keep", "fold", "leave out"]
Direction = Literal["as stated", "two-way"]


@dataclass(frozen=True, slots=True)
class Projection:
    """What counts as an actor and as a tie: every choice that is made between an RDF graph and a network.

    Parameters
    ----------
    conveys
        IRIs of flows; a relation is a tie if it conveys one of them. Empty: every relation is.
    relations
        IRIs of relation types that are ties; empty: all that `conveys` lets through.
    types
        IRIs of actor types (with their subtypes) that are nodes; empty: all actors that are not places.
    countries
        IRIs of countries to which actors are limited; empty: no limit.
    initiatives
        `keep` them as nodes, `fold` them into ties between their participants (each pair of the k actors of an
        initiative gets strength 1/(k-1), Newman 2001), or `leave out`.
    as_of
        A date: only relationships that hold then; empty: all.
    start, end
        Dates: only relationships that hold at any time from the one to the other; empty: however early, however late.
        `as_of` says both.
    leave_out_inferred
        Leave out relationships that the editors of the data inferred.
    fold_limit
        Initiatives with more actors than this are not folded but reported.
    """

    conveys: tuple[str, ...] = ()
    relations: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    initiatives: Initiatives = "fold"
    as_of: str = ""
    start: str = ""
    end: str = ""
    leave_out_inferred: bool = False
    fold_limit: int = 200


@dataclass(frozen=True, slots=True)
class Collapse:
    """How a network of statements becomes one of numbers.

    `direction`: ties as they are stated, or every tie in both directions. Parallel ties add their strengths up;
    ties of a node to itself are dropped; isolates stay.
    """

    direction: Direction = "two-way"


class Records(Lazy[tuple[str, ...]]):
    """The IRIs of the records behind each edge: rows of numbers into their table, -1 where there is no second."""

    __slots__ = ("codes", "table")

    def __init__(self, codes: NDArray[np.int32], table: Sequence[str]) -> None:
        self.codes, self.table = codes, table

    def __len__(self) -> int:
        return len(self.codes)

    def at(self, position: int) -> tuple[str, ...]:
        """Return the records of one edge."""
        return tuple(self.table[code] for code in self.codes[position].tolist() if code >= 0)


@dataclass(frozen=True, slots=True)
class ActorNetwork:
    """Actors (and initiatives, where they are kept) as columns, and one edge for each relationship record.

    Node columns have length n, edge columns length m. `attributes` maps a name ("type", "kind", "country",
    "acronym", "role" …) to one value a node, None where it is not known; these are what `by=` groups by.

    A network that was projected from a store holds no Python object a node or an edge: texts are decoded when they
    are asked for. Its edges take 37 bytes each, its nodes some 60 bytes beside their names, its records 16 bytes
    beside their IRIs. Any sequence does in the place of a column, for networks made by hand.

    Parameters
    ----------
    ids
        IRIs, sorted.
    labels
        What to call each node, in the language asked for.
    is_initiative
        Whether a node is an initiative.
    tails, heads
        Node indices of each edge, from subject to object.
    relations
        IRI of each edge's relation type; empty for a folded tie.
    records
        IRIs of the records behind each edge: one, or for a folded tie the two that join its ends to the
        initiative.
    strengths
        Strength of each edge; 1 where the data give none.
    directed
        Whether the edge has a direction, said by its relation type.
    via
        For a folded tie the IRI of the initiative, else empty.
    types
        IRI of each node's most specific type.
    """

    ids: Sequence[str]
    labels: Sequence[str]
    is_initiative: NDArray[np.bool_]
    attributes: Mapping[str, Sequence[str | None]]
    tails: NDArray[np.int32]
    heads: NDArray[np.int32]
    relations: Sequence[str]
    records: Sequence[tuple[str, ...]]
    strengths: NDArray[np.float64]
    directed: NDArray[np.bool_]
    via: Sequence[str]
    types: Sequence[str] = ()
    projection: Projection = Projection()
    notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def tie_count(self) -> int:
        """The number of edges, parallel ones counted each."""
        return len(self.tails)

    def _repr_html_(self) -> str:
        from ecosystem.network.shown import shown

        return shown(self)

    def index(self) -> dict[str, int]:
        """Return a mapping from IRI to node number: a Python object a node, so not for millions of them."""
        return {iri: number for number, iri in enumerate(self.ids)}


@dataclass(frozen=True, slots=True)
class SimpleNetwork:
    """A simple weighted digraph in compressed sparse rows: no parallel ties, no self-loops, isolates kept.

    Row i of (`indptr`, `indices`, `strengths`) holds the heads of node i's ties, sorted. `symmetric` says that the
    network is undirected: declared so, or made two-way. Ties that only happen to be mutual do not make it so.
    """

    ids: Sequence[object]
    labels: Sequence[str]
    indptr: NDArray[np.int64]
    indices: NDArray[np.int32]
    strengths: NDArray[np.float64]
    symmetric: bool
    attributes: Mapping[str, Sequence[object]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def tie_count(self) -> int:
        """The number of ordered pairs that are tied."""
        return len(self.indices)

    def heads_of(self, node: int) -> NDArray[np.int32]:
        """Return the nodes that `node` has a tie to, sorted."""
        return self.indices[self.indptr[node] : self.indptr[node + 1]]
