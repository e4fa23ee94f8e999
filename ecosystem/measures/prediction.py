"""Ties that are not there and could be: how near two actors stand by the contacts they share, and how far that tells.

References
----------
Liben-Nowell, D., & Kleinberg, J. (2007). The link-prediction problem for social networks. Journal of the American
Society for Information Science and Technology, 58(7), 1019-1031. https://doi.org/10.1002/asi.20591
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ecosystem.errors import ProjectionError
from ecosystem.measures.columns import Columns, ranked
from ecosystem.network.model import SimpleNetwork
from ecosystem.network.simple import AnyNetwork, simple, tails_of, two_way
from ecosystem.tables import Table

__all__ = ["METHODS", "Judgement", "Near", "common_contacts", "hidden_ties", "judged", "near_to"]

Floats = NDArray[np.float64]
Pairs = tuple[NDArray[np.int64], NDArray[np.int64]]

# What a shared contact of k contacts is worth.
WORTH: Final[Mapping[str, Callable[[Floats], Floats]]] = {
    "common contacts": np.ones_like,
    "Adamic-Adar": lambda degree: 1 / np.log(np.maximum(degree, 2)),
    "resource allocation": lambda degree: 1 / np.maximum(degree, 1),
}
METHODS: Final = (*WORTH, "preferential attachment", "random")
ACTORS_LOOKED_AT: Final = 2_000
CHUNK: Final = 50_000


@dataclass(frozen=True, slots=True)
class Near:
    """An actor two steps away.

    `common` counts the contacts shared; `adamic_adar` adds up 1/ln k over them and `resource_allocation` 1/k, for a
    shared contact of k contacts: who knows everybody says little.
    """

    actor: Any
    label: str
    common: int
    adamic_adar: float
    resource_allocation: float


@dataclass(frozen=True, slots=True)
class Judgement:
    """How well a method finds ties that it was not shown.

    `auc` is the chance that a hidden tie scores higher than a pair without a tie (0.5: no better than chance).
    `precision_at_10` is the share of hidden ties among the ten best candidates of an actor, on average over the actors
    that have one; `best_possible` what it would be if all that can be found were.
    """

    method: str
    hidden: int
    auc: float
    precision_at_10: float
    best_possible: float


def near_to(graph: AnyNetwork, actor: Hashable) -> Table[Near]:
    """Rank the actors that share contacts with `actor` and have no tie to it.

    Parameters
    ----------
    graph
        An `ActorNetwork`, a `SimpleNetwork` or any networkx graph; taken two-way, strengths do not matter.
    actor
        The id of an actor of the network.

    Returns
    -------
    Table of Near
        Most resource allocation first (Zhou, Lü & Zhang 2009), then by label. An isolate is near to nobody. Takes time
        in proportion to the contacts of the actor's contacts.

    Raises
    ------
    ProjectionError
        If the actor is not in the network.

    References
    ----------
    Adamic, L. A., & Adar, E. (2003). Friends and neighbors on the Web. Social Networks, 25(3), 211-230.
    https://doi.org/10.1016/S0378-8733(03)00009-1

    Zhou, T., Lü, L., & Zhang, Y.-C. (2009). Predicting missing links via local information. European Physical Journal
    B, 71, 623-630. https://doi.org/10.1140/epjb/e2009-00335-8

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.Graph([("CAF", "OECD"), ("CAF", "Chile"), ("Spain", "OECD"), ("Spain", "Chile"), ("NASA", "OECD")])
    >>> [(row.actor, row.common, round(row.resource_allocation, 2)) for row in near_to(graph, "CAF")]
    [('Spain', 2, 0.83), ('NASA', 1, 0.33)]
    """
    network = two_way(simple(graph))
    if actor not in network.ids:
        raise ProjectionError(f"'{actor}' is no actor of the network.", hint="Use the id of one of its actors.")
    own = network.ids.index(actor)
    degree = np.diff(network.indptr).astype(np.float64)
    contacts = network.heads_of(own)
    reached = [network.heads_of(contact) for contact in contacts.tolist()]
    ends = np.concatenate(reached) if reached else np.empty(0, np.int32)
    through = np.repeat(contacts, [len(one) for one in reached]) if reached else np.empty(0, np.int32)
    scores = {name: np.bincount(ends, worth(degree[through]), minlength=len(network)) for name, worth in WORTH.items()}
    candidates = scores["common contacts"] > 0
    candidates[own] = False
    candidates[contacts] = False
    chosen = np.flatnonzero(candidates)
    common, adamic, allocation = (scores[name][chosen] for name in WORTH)
    labels = [network.labels[node] for node in chosen.tolist()]
    columns = {
        "actor": [network.ids[node] for node in chosen.tolist()],
        "label": labels,
        "common": common.astype(np.int64),
        "adamic_adar": adamic,
        "resource_allocation": allocation,
    }
    rows = Columns(Near, columns, partial(ranked, -np.round(allocation, 12), labels))
    return Table(Near, rows, network.notes)


def common_contacts(network: SimpleNetwork, one: int, other: int) -> list[int]:
    """Return the nodes that both are tied to, those with fewest contacts first: they say most."""
    shared = np.intersect1d(network.heads_of(one), network.heads_of(other))
    degree = np.diff(network.indptr)[shared]
    found: list[int] = shared[np.lexsort((shared, degree))].tolist()
    return found


def hidden_ties(graph: AnyNetwork, *, share: float = 0.1, seed: int = 1) -> Table[Judgement]:
    """Hide a share of the ties and tell how well each method finds them again.

    Parameters
    ----------
    graph
        An `ActorNetwork`, a `SimpleNetwork` or any networkx graph; taken two-way, strengths do not matter.
    share
        Of the pairs that are tied, drawn at random.
    seed
        Seeds what is hidden and what it is compared with.

    Returns
    -------
    Table of Judgement
        One row for each of `METHODS`.

    Raises
    ------
    ProjectionError
        If there is nothing to hide, or nothing left.

    Notes
    -----
    Ties folded from an initiative come in cliques: hide one of its pairs and the others give it away. Judge such
    networks by later ties (`judged`), or the figures flatter every method.
    """
    network = two_way(simple(graph))
    tails, heads = tails_of(network).astype(np.int64), network.indices.astype(np.int64)
    once = tails < heads
    tails, heads = tails[once], heads[once]
    count = round(len(tails) * share)
    if not 0 < count < len(tails):
        raise ProjectionError(
            f"Of {len(tails)} ties a share of {share:g} is {count}.", hint="Some ties must be hidden, and some left."
        )
    hidden = np.zeros(len(tails), bool)
    hidden[np.random.default_rng(seed).choice(len(tails), count, replace=False)] = True
    return judged(len(network), (tails[~hidden], heads[~hidden]), (tails[hidden], heads[hidden]), seed=seed)


def judged(size: int, known: Pairs, later: Pairs, *, seed: int = 1) -> Table[Judgement]:
    """Tell how well each method finds the ties `later`, shown only those that are `known`.

    Parameters
    ----------
    size
        How many actors there are; both lists name them by number, and each pair once.
    """
    from scipy import sparse

    rng = np.random.default_rng(seed)
    ones = np.ones(2 * len(known[0]))
    ends = np.concatenate([known[0], known[1]]), np.concatenate([known[1], known[0]])
    ties = sparse.csr_array((ones, ends), shape=(size, size))
    absent = _absent(size, known, later, rng)
    looked_at = rng.permutation(np.unique(np.concatenate(later)))[:ACTORS_LOOKED_AT]
    wanted = _matrix(size, later)
    possible = np.minimum(wanted[looked_at].sum(axis=1), 10).mean() / 10
    rows = []
    for method in METHODS:
        score = _scorer(method, ties, rng)
        auc = _auc(score.pairs(*later), score.pairs(*absent))
        rows.append(Judgement(method, len(later[0]), auc, _precision(score, ties, wanted, looked_at), float(possible)))
    return Table(Judgement, tuple(rows))


@dataclass(frozen=True, slots=True)
class _Score:
    """How a method scores given pairs, and all pairs of one actor."""

    pairs: Callable[[NDArray[np.int64], NDArray[np.int64]], Floats]
    row: Callable[[int], Floats]


def _scorer(method: str, ties: Any, rng: np.random.Generator) -> _Score:
    from scipy import sparse

    degree = np.diff(ties.indptr).astype(np.float64)
    size = len(degree)
    if method == "random":
        return _Score(lambda a, b: rng.random(len(a)), lambda actor: rng.random(size))
    if method == "preferential attachment":
        return _Score(lambda a, b: degree[a] * degree[b], lambda actor: degree + 1e-6 * rng.random(size))
    weighted = ties @ sparse.diags_array(WORTH[method](degree))

    def pairs(a: NDArray[np.int64], b: NDArray[np.int64]) -> Floats:
        parts = [
            (weighted[a[start : start + CHUNK]].multiply(ties[b[start : start + CHUNK]])).sum(axis=1)
            for start in range(0, len(a), CHUNK)
        ]
        return np.concatenate([np.asarray(part).ravel() for part in parts]) if parts else np.empty(0)

    def row(actor: int) -> Floats:
        found: Floats = (weighted[[actor]] @ ties).toarray().ravel() + 1e-9 * rng.random(size)
        return found

    return _Score(pairs, row)


def _matrix(size: int, pairs: Pairs) -> Any:
    from scipy import sparse

    ends = np.concatenate(pairs), np.concatenate(pairs[::-1])
    return sparse.csr_array((np.ones(len(ends[0])), ends), shape=(size, size))


def _absent(size: int, known: Pairs, later: Pairs, rng: np.random.Generator) -> Pairs:
    """Draw as many pairs without a tie as there are later ones, 10,000 at least."""
    taken = np.concatenate([np.minimum(*pairs) * size + np.maximum(*pairs) for pairs in (known, later)])
    count = max(len(later[0]), 10_000)
    a, b = rng.integers(0, size, 3 * count), rng.integers(0, size, 3 * count)
    free = (a != b) & ~np.isin(np.minimum(a, b) * size + np.maximum(a, b), taken)
    return a[free][:count], b[free][:count]


def _auc(present: Floats, absent: Floats) -> float:
    """Return the chance that one of `present` is higher than one of `absent`, equal ones counting half."""
    ordered = np.sort(absent)
    below = np.searchsorted(ordered, present, "left") + np.searchsorted(ordered, present, "right")
    return float(below.mean() / 2 / len(absent)) if len(absent) and len(present) else float("nan")


def _precision(score: _Score, ties: Any, wanted: Any, actors: NDArray[np.int64]) -> float:
    """Return the share of wanted ones among the ten best candidates, on average; equal scores in random order."""
    shares = []
    for actor in actors.tolist():
        scores = score.row(actor)
        scores[actor] = -np.inf
        scores[ties.indices[ties.indptr[actor] : ties.indptr[actor + 1]]] = -np.inf
        best = np.argpartition(-scores, min(10, len(scores) - 1))[:10]
        found = wanted.indices[wanted.indptr[actor] : wanted.indptr[actor + 1]]
        shares.append(len(np.intersect1d(best, found)) / 10)
    return float(np.mean(shares)) if shares else float("nan")
