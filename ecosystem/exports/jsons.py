"""Networks in JSON: node-link, graphology, and Kumu's blueprint."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from ecosystem import terms
from ecosystem.exports.graph import Edge, Graph, Node
from ecosystem.exports.particulars import Value
from ecosystem.sources.items import BETWEEN_VALUES

__all__ = ["graphology", "kumu", "node_link"]

# What has a place of its own in a blueprint.
TAGS: Final = ("topics", "keywords")


def node_link(graph: Graph) -> bytes:
    """Return a network as networkx's `node_link_graph` reads it; a tie without direction says `directed: false`."""
    return _written(
        {
            "directed": True,
            "multigraph": True,
            "graph": dict(graph.about),
            "nodes": [{"id": node.id, "label": node.label, **node.fields} for node in graph.nodes],
            "edges": [
                {
                    **{"source": edge.source, "target": edge.target, "key": edge.id},
                    **({} if edge.directed else {"directed": False}),
                    **_named(edge),
                }
                for edge in graph.edges
            ],
        }
    )


def graphology(graph: Graph) -> bytes:
    """Return a network as graphology's `import` reads it."""
    return _written(
        {
            "attributes": dict(graph.about),
            "options": {"type": "mixed", "multi": True, "allowSelfLoops": True},
            "nodes": [{"key": node.id, "attributes": {"label": node.label, **node.fields}} for node in graph.nodes],
            "edges": [
                {
                    **{"key": edge.id, "source": edge.source, "target": edge.target},
                    "attributes": _named(edge),
                    **({} if edge.directed else {"undirected": True}),
                }
                for edge in graph.edges
            ],
        }
    )


def kumu(graph: Graph) -> bytes:
    """Return a map that Kumu imports: types in words, topics and keywords as tags, the rest as fields."""
    return _written(
        {
            "name": graph.about.get("title", graph.name),
            "description": graph.about.get("description", ""),
            "elements": [_element(node, graph) for node in graph.nodes],
            "connections": [_connection(edge, graph) for edge in graph.edges],
        }
    )


def _element(node: Node, graph: Graph) -> dict[str, Any]:
    ontology, language = graph.content.ontology, graph.content.language
    fields = dict(node.fields)
    tags = [tag for name in TAGS for tag in str(fields.pop(name, "")).split(BETWEEN_VALUES) if tag]
    type_ = str(fields.pop("type", ""))
    kind = str(fields.get("kind", ""))
    # A kind in the words of its source is what people know it by, unless a type says more.
    if kind and node.profile and node.profile.type == ontology.default_actor_type and not ontology.resolve_type(kind):
        type_ = str(fields.pop("kind"))
    else:
        known = terms.ECO + type_ if not type_.startswith("http") else type_
        type_ = ontology.label(known, language) if ontology.resolve_type(known) == known else type_
    shown = {"id": node.id, "label": node.label, "type": type_, "description": fields.pop("description", "")}
    return {**{name: words for name, words in shown.items() if words}, **({"tags": tags} if tags else {}), **fields}


def _connection(edge: Edge, graph: Graph) -> dict[str, Any]:
    ontology, language = graph.content.ontology, graph.content.language
    fields = dict(edge.fields)
    role = str(fields.pop("role", ""))
    kind = ontology.relations[edge.relation].label(language)
    if edge.relation == ontology.default_relation:
        # A tie of unstated kind has the map's own words for it, as long as they do not name a relation by chance.
        named = ontology.resolve_relation(role) if role else None
        by_chance = named is not None and not ontology.relations[named].directed
        kind, role = (kind, role) if by_chance else ("", role)
    shown = {
        **{"id": edge.id, "from": edge.source, "to": edge.target},
        "direction": "directed" if edge.directed else "undirected",
        **{"type": kind, "label": role, "description": fields.pop("statement", "")},
        "strength": fields.pop("weight", ""),
    }
    return {**{name: words for name, words in shown.items() if words != ""}, **fields}


def _named(edge: Edge) -> Mapping[str, Value]:
    return {"label": edge.label, "relation": edge.relation.removeprefix(terms.ECO), **edge.fields}


def _written(document: Mapping[str, Any]) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
