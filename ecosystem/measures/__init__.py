"""Measures of a network: what each actor brokers, where the holes are, what holds the parts together.

Each function takes an `ActorNetwork`, a `SimpleNetwork` or any networkx graph, leaves it as it is, and returns a
table of frozen rows with notes on how they were made. `docs/measures.md` says what each number means.

>>> import networkx as nx
>>> brokers = brokerage(nx.karate_club_graph(), by="club")
>>> [(row.actor, row.group, row.gatekeeper, row.total) for row in brokers.head(2)]
[(33, 'Officer', 40, 242), (0, 'Mr. Hi', 15, 204)]
"""

from __future__ import annotations

from ecosystem.measures.brokerage import (
    Broker,
    GroupPair,
    RoleTotal,
    Triad,
    brokerage,
    brokerage_total,
    group_matrix,
    triads,
)
from ecosystem.measures.centrality import Centrality, centrality
from ecosystem.measures.cohesion import Bridge, Component, CutPoint, bridges, components, cut_points
from ecosystem.measures.communities import Community, communities, modularity
from ecosystem.measures.ei import ActorEI, EIIndex, GroupEI, ei_index
from ecosystem.measures.holes import Hole, structural_holes
from ecosystem.measures.keyplayers import KeyPlayer, key_players, key_value
from ecosystem.measures.roles import ROLES, RoleNumbers

__all__ = [
    "ROLES",
    "ActorEI",
    "Bridge",
    "Broker",
    "Centrality",
    "Community",
    "Component",
    "CutPoint",
    "EIIndex",
    "GroupEI",
    "GroupPair",
    "Hole",
    "KeyPlayer",
    "RoleNumbers",
    "RoleTotal",
    "Triad",
    "bridges",
    "brokerage",
    "brokerage_total",
    "centrality",
    "communities",
    "components",
    "cut_points",
    "ei_index",
    "group_matrix",
    "key_players",
    "key_value",
    "modularity",
    "structural_holes",
    "triads",
]
