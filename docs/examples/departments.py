"""Silos between the departments of a map of British science networks, and the actors who bridge them.

python docs/examples/departments.py science-networks.json
"""

from __future__ import annotations

import sys

import networkx as nx

import ecosystem
from ecosystem.measures import brokerage, ei_index
from ecosystem.network import simple, to_networkx

network = simple(ecosystem.open(sys.argv[1]).network())
name = dict(zip(network.ids, network.labels, strict=True))
kind = dict(zip(network.ids, network.attributes["type"], strict=True))
graph = to_networkx(network)
ways = {actor: nx.single_source_shortest_path_length(graph, actor) for actor in graph if kind[actor] == "ministry"}


def home(actor: object) -> str:
    """Return the department that is fewest ties away; whoever stands between several is of none of them."""
    least = min(steps[actor] for steps in ways.values())
    nearest = [name[department] for department, steps in ways.items() if steps[actor] == least]
    return nearest[0] if len(nearest) == 1 else "(between)"


homes = {actor: home(actor) for actor in graph}
index = ei_index(network, by=homes, permutations=999)
print(f"E-I index between departments {index.index:.2f}; by the sizes of the groups alone {index.expected:.2f}")
print(f"\n{'department':12}{'actors':>7}{'ties inside':>13}{'ties out':>10}{'E-I':>7}")
for row in sorted(index.groups, key=lambda row: (row.index, row.group)):
    if row.size >= 5:
        print(f"{row.group:12}{row.size:7}{row.internal // 2:13}{row.external:10}{row.index:7.2f}")
print(f"\n{'who bridges them':38}{'of':11}{'gatekeeper':>11}{'liaison':>9}{'across':>8}{'alone':>7}")
for broker in sorted(brokerage(network, by=homes), key=lambda one: (-one.cross_group, one.label))[:10]:
    counts = broker.gatekeeper, broker.liaison, broker.cross_group, broker.exclusive_cross_group
    print(f"{broker.label:38}{broker.group:11}{counts[0]:11}{counts[1]:9}{counts[2]:8}{counts[3]:7}")
