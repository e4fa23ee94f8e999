"""Networks in JSON: graphology's serialisation, and the node-link form of networkx, d3, sigma and vis.

Cytoscape's elements and the JSON Graph Format are the latter in other wrapping.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from typing import Any, Final

from ecosystem.sources.inputs import Input
from ecosystem.sources.items import Item, words_of
from ecosystem.sources.networks import Network
from ecosystem.sources.reading import Reading, Vocabulary

__all__ = ["is_graphology", "is_node_link", "read_graphology", "read_node_link"]

DIRECTIONS: Final = {True: "directed", False: "undirected"}
EDGES: Final = ("links", "edges")
STRUCTURE: Final = frozenset({"directed", "multigraph", "graph", "nodes", "elements", "type", *EDGES})
NESTED: Final = ("attributes", "metadata")
# What the ends of an edge are called, the likeliest first.
ENDS: Final = (("source", "from"), ("target", "to"))


def is_graphology(document: object) -> bool:
    """Tell whether a JSON document looks like a graph of graphology."""
    if not isinstance(document, dict) or not isinstance(document.get("nodes"), list):
        return False
    keyed = [node for node in document["nodes"][:1] if isinstance(node, dict) and "key" in node and "id" not in node]
    return bool(keyed) or (not document["nodes"] and "options" in document)


def is_node_link(document: object) -> bool:
    """Tell whether a JSON document looks like nodes and links."""
    bare = _unwrapped(document)
    return isinstance(bare.get("nodes"), list) and any(isinstance(bare.get(name), list) for name in EDGES)


def read_graphology(document: dict[str, Any], source: Input, vocabulary: Vocabulary) -> Reading:
    """Read a graph of graphology; the file itself is the source of what it says.

    Raises
    ------
    DataError
        With every node and edge that is wrong, by its position (the first is `nodes[0]`).
    """
    network = Network(source, vocabulary, _texts(document.get("attributes")))
    options = document.get("options")
    undirected = isinstance(options, dict) and options.get("type") == "undirected"
    for place, node in _objects(network, document, "nodes"):
        network.node(words_of(node.get("key")), "", _item(place, node.get("attributes"), network))
    for place, edge in _objects(network, document, "edges"):
        item = _item(place, edge.get("attributes"), network)
        stated = edge.get("undirected")
        directed = not stated if isinstance(stated, bool) else not undirected
        network.edge(words_of(edge.get("key")), _ends(edge), DIRECTIONS[directed], item)
    return network.reading()


def read_node_link(document: Any, source: Input, vocabulary: Vocabulary) -> Reading:
    """Read nodes and links; links name nodes by `id`, by `name`, or where there is neither by their position.

    Raises
    ------
    DataError
        With every node and link that is wrong, by its position (the first is `nodes[0]`).
    """
    document = _unwrapped(document)
    about = document.get("graph")
    told = _texts(about if isinstance(about, dict) else document)
    network = Network(source, vocabulary, {name: words for name, words in told.items() if name not in STRUCTURE})
    directed = document.get("directed") is True
    named = next((name for name in ("id", "key", "name") if _all_have(name, document["nodes"])), "")
    for number, (place, node) in enumerate(_objects(network, document, "nodes")):
        given = words_of(node.get(named)) if named else str(number)
        fields = {name: value for name, value in node.items() if name != named or name == "name"}
        network.node(given, "", _item(place, {**_nested(fields), **fields}, network))
    edges = next((name for name in EDGES if isinstance(document.get(name), list)), EDGES[0])
    structure = {*itertools.chain(*ENDS), "key", "directed", *(["id"] if edges == "edges" else [])}
    for place, edge in _objects(network, document, edges):
        fields = {name: value for name, value in edge.items() if name not in structure}
        own = edge.get("directed")
        direction = DIRECTIONS[own if isinstance(own, bool) else directed]
        item = _item(place, {**_nested(fields), **fields}, network)
        network.edge(words_of(edge.get("id")), _ends(edge), direction, item)
    return network.reading()


def _unwrapped(document: object) -> dict[str, Any]:
    """Return nodes and edges without what Cytoscape and the JSON Graph Format put around them."""
    found = document if isinstance(document, dict) else {"elements": document}
    elements, graph = found.get("elements"), found.get("graph")
    if (
        isinstance(elements, list)
        and elements
        and all(isinstance(_data(one), dict) and "data" in one for one in elements)
    ):
        elements = {
            "nodes": [one for one in elements if "source" not in _data(one)],
            "edges": [one for one in elements if "source" in _data(one)],
        }
    if isinstance(elements, dict) and isinstance(elements.get("nodes"), list):
        wrapped = {name: [_data(one) for one in given] for name, given in elements.items() if isinstance(given, list)}
        return {"edges": [], **wrapped, "directed": found.get("directed"), "graph": _data(found)}
    if isinstance(graph, dict) and "nodes" in graph and "nodes" not in found:
        nodes = graph["nodes"]
        if isinstance(nodes, dict):
            nodes = [{"id": key, **(one if isinstance(one, dict) else {})} for key, one in nodes.items()]
        return {"edges": [], **graph, "nodes": nodes, "graph": graph}
    return found


def _data(wrapped: object) -> Any:
    """Return what Cytoscape has within `data`, without where it draws it."""
    return wrapped["data"] if isinstance(wrapped, dict) and "data" in wrapped else wrapped


def _all_have(name: str, nodes: list[Any]) -> bool:
    return all(isinstance(node, dict) and words_of(node.get(name)) for node in nodes)


def _objects(network: Network, document: Mapping[str, Any], name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    given = document.get(name, [])
    if not isinstance(given, list):
        network.wrong(f"{name} is not a list.", "Export the network again.", Item())
        return
    for number, item in enumerate(given):
        place = f"{name}[{number}]: "
        if isinstance(item, dict):
            yield place, item
        else:
            network.wrong("is not an object.", "Mend it, or export the network again.", Item(place))


def _ends(edge: Mapping[str, Any]) -> tuple[str, str]:
    """Return the ids of both ends; some programs write the whole node in the place of its id."""
    ends = (next((edge[name] for name in names if name in edge), None) for names in ENDS)
    source, target = (words_of(end.get("id", end.get("key")) if isinstance(end, dict) else end) for end in ends)
    return source, target


def _nested(fields: dict[str, Any]) -> dict[str, Any]:
    """Return attributes that stand in an object of their own."""
    within = next((name for name in NESTED if isinstance(fields.get(name), dict)), "")
    return fields.pop(within) if within else {}


def _item(place: str, given: object, network: Network) -> Item:
    fields = given if isinstance(given, dict) else {}
    network.passed_over(*(name for name, value in fields.items() if isinstance(value, dict) and value))
    return Item(place, fields={name.strip().casefold(): words for name, words in _texts(fields).items()})


def _texts(given: object) -> dict[str, str]:
    found = given if isinstance(given, dict) else {}
    return {str(name): words for name, value in found.items() if (words := words_of(value))}
