"""Classes of brokers by how much they broker, and how much of it nobody else does (Hamilton, Hileman & Bodin 2020)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from ecosystem.measures.brokerage import brokerage
from ecosystem.network.model import Direction
from ecosystem.network.simple import AnyNetwork, By
from ecosystem.tables import Table

__all__ = ["CLASSES", "BrokerClass", "brokering_classes"]

# (more active than average, more exclusive than average) → class
CLASSES: Final = {
    (True, True): "powerhouse",
    (True, False): "connector",
    (False, True): "linchpin",
    (False, False): "sideliner",
}
ORDER: Final = tuple(CLASSES.values())


@dataclass(frozen=True, slots=True)
class BrokerClass:
    """The class of a broker, and the two numbers that it follows from."""

    actor: Any
    label: str
    group: Any
    brokering: str
    activity: int
    exclusivity: int


def brokering_classes(graph: AnyNetwork, *, by: By, direction: Direction | None = None) -> Table[BrokerClass]:
    """Put each actor into one of four classes by its brokerage between groups.

    `activity` counts the open pairs of actors of different groups that an actor serves, `exclusivity` those of them
    that nobody else serves. Each is held against the mean of all actors (also of those who broker nothing):

    =========== ================== =====================
    class       activity           exclusivity
    =========== ================== =====================
    powerhouse  above the mean     above the mean
    connector   above the mean     not above the mean
    linchpin    not above the mean above the mean
    sideliner   not above the mean not above the mean
    =========== ================== =====================

    Parameters
    ----------
    graph, by, direction
        As in `brokerage`.

    Returns
    -------
    Table of BrokerClass
        Powerhouses first, then in the order of the table; within a class most active first, then by label. Isolates are
        sideliners. Actors without a group are left out; the notes say how many, and state the two means.

    Raises
    ------
    ProjectionError
        If no actor has the attribute, or a value for it.

    Notes
    -----
    The classes are relative: with an actor more or fewer, others may change theirs. The mean as the cut is that of R's
    netrics (manynet), which leaves an actor just at a mean without a class; here it counts as not above. Takes as long
    as `brokerage`.

    References
    ----------
    Hamilton, M., Hileman, J., & Bodin, Ö. (2020). Evaluating heterogeneous brokerage: New conceptual and methodological
    approaches and their application to multi-level environmental governance networks. Social Networks, 61, 1-10.
    https://doi.org/10.1016/j.socnet.2019.08.002

    Examples
    --------
    >>> import networkx as nx
    >>> star = nx.star_graph(["OECD", "Chile", "Spain", "Japan"])
    >>> [(row.actor, row.brokering, row.activity) for row in brokering_classes(star, by={name: name for name in star})]
    [('OECD', 'powerhouse', 6), ('Chile', 'sideliner', 0), ('Japan', 'sideliner', 0), ('Spain', 'sideliner', 0)]
    """
    brokers = brokerage(graph, by=by, direction=direction, exclusive=True)
    exclusive = [row.exclusive_cross_group or 0 for row in brokers]
    activity, exclusivity = (
        float(np.mean(numbers)) if numbers else 0.0 for numbers in (brokers["cross_group"], exclusive)
    )
    rows = [
        BrokerClass(
            actor=row.actor,
            label=row.label,
            group=row.group,
            brokering=CLASSES[row.cross_group > activity, alone > exclusivity],
            activity=row.cross_group,
            exclusivity=alone,
        )
        for row, alone in zip(brokers, exclusive, strict=True)
    ]
    rows.sort(key=lambda row: (ORDER.index(row.brokering), -row.activity, row.label))
    note = f"Means over all actors: activity {activity:.4g}, exclusivity {exclusivity:.4g}."
    return Table(BrokerClass, tuple(rows), (*brokers.notes, note))
