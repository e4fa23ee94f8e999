"""Structural holes around an actor (Burt 1992): how far its contacts are tied to each other, or not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from math import fsum, log, nan
from typing import Any, Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import NDArray

from ecosystem.errors import ProjectionError
from ecosystem.measures.columns import Columns, ranked
from ecosystem.measures.forms import compiled, two_step_paths
from ecosystem.measures.grouping import collapse_for
from ecosystem.network.model import Direction, SimpleNetwork
from ecosystem.network.simple import AnyNetwork, simple, two_way
from ecosystem.tables import Table

__all__ = ["Hole", "Model", "constraint", "holes_around", "structural_holes"]

Model = Literal["whole network", "ego network"]
Contacts: TypeAlias = Mapping[int, float]
Floats: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Hole:
    """How an actor's contacts are tied among themselves.

    `degree` is the number of contacts. `constraint` is high where they are tied to each other and to few others.
    `effective_size` is the number of contacts less what is redundant among them, `efficiency` its share of the
    degree. `hierarchy` tells how far one contact alone makes the constraint: 0 all the same, 1 one of them all.
    """

    actor: Any
    label: str
    degree: int
    constraint: float
    effective_size: float
    efficiency: float
    hierarchy: float


def structural_holes(
    graph: AnyNetwork, *, model: Model = "whole network", direction: Direction | None = None
) -> Table[Hole]:
    """Measure constraint, effective size, efficiency and hierarchy of each actor (Burt 1992).

    With z_ij = a_ij + a_ji the strength of a tie, p_ij = z_ij / Σ_k z_ik and m_jq = z_jq / max_k z_jk, over the
    contacts j and q of i:

    - constraint: Σ_j c_ij with c_ij = (p_ij + Σ_q p_iq p_qj)²
    - effective size: Σ_j (1 - Σ_q p_iq m_jq)
    - efficiency: effective size / number of contacts
    - hierarchy: Σ_j r_j ln r_j / (N ln N) with r_j = c_ij / (constraint / N), N contacts (Coleman–Theil)

    Parameters
    ----------
    graph
        An `ActorNetwork`, a `SimpleNetwork` or any networkx graph; ties are weighted by `strength`. Whoever has a
        tie to or from an actor is its contact.
    model
        "whole network": p_qj and m_jq count all ties of a contact. "ego network": only those to the actor and its
        other contacts, as Burt measured with surveys of single persons. Numbers differ; compare within one model.
    direction
        As in `brokerage`. "two-way" adds a_ij and a_ji up, which this measure does in any case: the two differ only
        where an `ActorNetwork` holds ties without direction, which "as stated" weigh double beside directed ones.

    Returns
    -------
    Table of Hole
        Least constrained actor first. An isolate has degree 0 and NaN elsewhere: it has no contacts to be
        constrained by. Hierarchy is NaN for a single contact. Parts that are not connected do not matter.

    Raises
    ------
    ProjectionError
        If there is no such model.

    Notes
    -----
    Constraint can exceed 1 (1.125 for each of a triangle's actors in the ego-network model). Takes time in
    proportion to m^1.5 for m ties at worst, hubs or not. Rows of large tables are made when they are looked at.

    References
    ----------
    Burt, R. S. (1992). Structural Holes. Harvard University Press.

    Borgatti, S. P. (1997). Structural holes: unpacking Burt's redundancy measures. Connections, 20(1), 35-38.

    Examples
    --------
    >>> import networkx as nx
    >>> star = structural_holes(nx.star_graph(4))
    >>> star[0].actor, star[0].constraint, star[0].effective_size
    (0, 0.25, 4.0)
    """
    if model not in get_args(Model):
        raise ProjectionError(f"There is no model '{model}'.", hint="Say 'whole network' or 'ego network'.")
    network = simple(graph, collapse_for(direction))
    degree, constrained, effective_size, hierarchy = _measured(network, model)
    columns = {
        "actor": network.ids,
        "label": network.labels,
        "degree": degree,
        "constraint": constrained,
        "effective_size": effective_size,
        "efficiency": effective_size / np.where(degree > 0, degree, 1),
        "hierarchy": hierarchy,
    }
    rows = Columns(Hole, columns, partial(ranked, constrained, network.labels))
    return Table(Hole, rows, (*network.notes, *_notes(model, network)))


def constraint(network: SimpleNetwork) -> Floats:
    """Return the constraint of each actor in the whole network, in their order, as `structural_holes` has it.

    >>> import networkx as nx
    >>> constraint(simple(nx.star_graph(4))).tolist()
    [0.25, 1.0, 1.0, 1.0, 1.0]
    """
    return _measured(network, "whole network")[1]


def holes_around(ego: int, contacts: Sequence[Contacts], model: Model) -> tuple[float, float, float, float]:
    """Return constraint, effective size, efficiency and hierarchy of one actor, as the definition reads.

    Parameters
    ----------
    ego
        The actor's number.
    contacts
        For each actor its contacts and the strength z of the tie to each; the same from both ends.
    model
        Which ties of a contact count.
    """
    near = contacts[ego]
    if not near:
        return nan, nan, nan, nan

    def ties_of(contact: int) -> list[float]:
        if model == "whole network":
            return list(contacts[contact].values())
        return [strength for other, strength in contacts[contact].items() if other == ego or other in near]

    own = fsum(near.values())
    share = {contact: strength / own for contact, strength in near.items()}
    totals = {contact: fsum(ties_of(contact)) for contact in near}
    strongest = {contact: max(ties_of(contact)) for contact in near}
    constraints, redundancies = [], []
    for contact, direct in share.items():
        shared = _shared(near, contacts[contact])
        detour = fsum(share[other] * contacts[other][contact] / totals[other] for other in shared)
        constraints.append((direct + detour) ** 2)
        redundancies.append(fsum(share[other] * contacts[contact][other] / strongest[contact] for other in shared))
    effective_size = len(near) - fsum(redundancies)
    return fsum(constraints), effective_size, effective_size / len(near), _hierarchy(constraints)


def _measured(network: SimpleNetwork, model: Model) -> tuple[NDArray[np.int64], Floats, Floats, Floats]:
    """Return degree, constraint, effective size and hierarchy of all actors, in the form that suits their number."""
    if compiled(two_step_paths(network)):
        from ecosystem.measures.kernels.holes import hole_columns

        return hole_columns(network, ego=model == "ego network")
    contacts = _contacts(network)
    measured = [holes_around(node, contacts, model) for node in range(len(network))]
    constrained, effective_size, _, hierarchy = np.array(measured, np.float64).reshape(-1, 4).T
    return np.array([len(near) for near in contacts], np.int64), constrained, effective_size, hierarchy


def _contacts(network: SimpleNetwork) -> list[Contacts]:
    both = two_way(network)
    heads, strengths, ends = both.indices.tolist(), both.strengths.tolist(), both.indptr.tolist()
    return [dict(zip(heads[start:stop], strengths[start:stop], strict=True)) for start, stop in pairwise(ends)]


def _shared(first: Contacts, second: Contacts) -> list[int]:
    few, many = (first, second) if len(first) < len(second) else (second, first)
    return [contact for contact in few if contact in many]


def _hierarchy(constraints: list[float]) -> float:
    """Return the Coleman–Theil inequality of the constraints; NaN for one, which is unequal to nothing."""
    count = len(constraints)
    if count < 2:
        return nan
    mean = fsum(constraints) / count
    inequality = fsum(part / mean * log(part / mean) for part in constraints) / (count * log(count))
    return max(inequality, 0.0)


def _notes(model: Model, network: SimpleNetwork) -> tuple[str, ...]:
    strength = "the strength of a tie" if network.symmetric else "the sum of the strengths of both directions of a tie"
    return (f"Structural holes in the {model} model, weighted by {strength}.",)
