"""The seam between statements and numbers: from an RDF graph to a network, and on to one to calculate with."""

from ecosystem.network.merging import joined, representatives
from ecosystem.network.model import ActorNetwork, Collapse, Projection, SimpleNetwork
from ecosystem.network.paths import Step, shortest_path
from ecosystem.network.projection import SUPRANATIONAL, labels_of, project
from ecosystem.network.simple import collapse, groups_of, simple, to_networkx

__all__ = [
    "SUPRANATIONAL",
    "ActorNetwork",
    "Collapse",
    "Projection",
    "SimpleNetwork",
    "Step",
    "collapse",
    "groups_of",
    "joined",
    "labels_of",
    "project",
    "representatives",
    "shortest_path",
    "simple",
    "to_networkx",
]
