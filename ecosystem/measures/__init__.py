"""Measures of a network: what each actor brokers, where the holes are, what holds the parts together.

Each function takes an `ActorNetwork`, a `SimpleNetwork` or any networkx graph, leaves it as it is, and returns a
table of frozen rows with notes on how they were made. `docs/measures.md` says what each number means.

>>> import networkx as nx
>>> brokers = brokerage(nx.karate_club_graph(), by="club")
>>> [(row.actor, row.group, row.gatekeeper, row.total) for row in brokers.head(2)]
[(33, 'Officer', 40, 242), (0, 'Mr. Hi', 15, 204)]
"""

from __future__ import annotations

from ecosystem.measures.between import (
    BrokerBetween,
    Loss,
    OpenPair,
    brokers_between,
    losses_between,
    pair_ends,
    pairs_between,
)
from ecosystem.measures.betweenness import Betweenness, betweenness
from ecosystem.measures.brokerage import (
    Broker,
    RoleChance,
    RolePair,
    RoleTotal,
    brokerage,
    brokerage_by_two,
    brokerage_chances,
    brokerage_total,
)
from ecosystem.measures.centrality import Centrality, centrality
from ecosystem.measures.classes import BrokerClass, brokering_classes
from ecosystem.measures.cohesion import (
    Bridge,
    Component,
    Core,
    CutPoint,
    bridges,
    components,
    core_numbers,
    cut_points,
)
from ecosystem.measures.communities import Community, Participation, communities, modularity, participation
from ecosystem.measures.density import GroupDensity, Reciprocity, group_density, reciprocity
from ecosystem.measures.ei import ActorEI, EIIndex, GroupEI, ei_index
from ecosystem.measures.holes import Hole, structural_holes
from ecosystem.measures.keyplayers import KeyPlayer, key_players, key_value
from ecosystem.measures.prediction import Judgement, Near, common_contacts, hidden_ties, judged, near_to
from ecosystem.measures.roles import ROLES, RoleNumbers
from ecosystem.measures.triads import GroupPair, Triad, group_matrix, triads

__all__ = [
    "ROLES",
    "ActorEI",
    "Betweenness",
    "Bridge",
    "Broker",
    "BrokerBetween",
    "BrokerClass",
    "Centrality",
    "Community",
    "Component",
    "Core",
    "CutPoint",
    "EIIndex",
    "GroupDensity",
    "GroupEI",
    "GroupPair",
    "Hole",
    "Judgement",
    "KeyPlayer",
    "Loss",
    "Near",
    "OpenPair",
    "Participation",
    "Reciprocity",
    "RoleChance",
    "RoleNumbers",
    "RolePair",
    "RoleTotal",
    "Triad",
    "betweenness",
    "bridges",
    "brokerage",
    "brokerage_by_two",
    "brokerage_chances",
    "brokerage_total",
    "brokering_classes",
    "brokers_between",
    "centrality",
    "common_contacts",
    "communities",
    "components",
    "core_numbers",
    "cut_points",
    "ei_index",
    "group_density",
    "group_matrix",
    "hidden_ties",
    "judged",
    "key_players",
    "key_value",
    "losses_between",
    "modularity",
    "near_to",
    "pair_ends",
    "pairs_between",
    "participation",
    "reciprocity",
    "structural_holes",
    "triads",
]
