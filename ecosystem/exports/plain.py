"""Networks as plain lines: Pajek's .net, Gephi's pair of tables, and the entities of FollowTheMoney."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ecosystem import terms
from ecosystem.exports.graph import Edge, Graph, Node
from ecosystem.ontology import Ontology, local_name
from ecosystem.sources.ftm import FTM
from ecosystem.tables import spreadsheet_safe

__all__ = ["followthemoney", "gephi", "pajek"]


def pajek(graph: Graph) -> bytes:
    """Return a network in Pajek's .net: the relation is the label of a line, ties without direction are edges.

    Numbered relations, the other way of saying it, are refused by igraph.
    """
    numbers = {node.id: number for number, node in enumerate(graph.nodes, start=1)}
    lines = [f"*Vertices {len(graph.nodes)}"]
    lines += (f'{numbers[node.id]} "{_pajek(node.label)}"' for node in graph.nodes)
    for heading, directed in (("*Arcs", True), ("*Edges", False)):
        edges = [edge for edge in graph.edges if edge.directed is directed]
        lines += [heading] if edges else []
        for edge in edges:
            # A label needs a value before it: 1 is what Pajek takes for one that is not stated.
            name, value = _pajek(edge.relation.removeprefix(terms.ECO)), edge.fields.get("weight", 1)
            lines.append(f'{numbers[edge.source]} {numbers[edge.target]} {value} l "{name}"')
    return ("\n".join(lines) + "\n").encode("utf-8")


def _pajek(words: str) -> str:
    return " ".join(words.split()).replace("&#", "&#38;#").replace('"', "&#34;").replace("\\", "&#92;")


def gephi(graph: Graph) -> dict[str, bytes]:
    """Return the pair of tables that Gephi's spreadsheet import reads."""
    node_columns = list(graph.columns(lambda all_: all_.nodes))
    edge_columns = [name for name in graph.columns(lambda all_: all_.edges) if name != "weight"]
    nodes = ([node.id, node.label, *(_cell(node, name) for name in node_columns)] for node in graph.nodes)
    edges = (
        [
            *(edge.source, edge.target, "Directed" if edge.directed else "Undirected", edge.id, edge.label),
            *(_cell(edge, "weight"), edge.relation.removeprefix(terms.ECO)),
            *(_cell(edge, name) for name in edge_columns),
        ]
        for edge in graph.edges
    )
    head = ["Source", "Target", "Type", "Id", "Label", "Weight", "relation", *edge_columns]
    return {"nodes.csv": _table(["Id", "Label", *node_columns], nodes), "edges.csv": _table(head, edges)}


def _cell(item: Node | Edge, name: str) -> str:
    value = item.fields.get(name, "")
    return ("true" if value else "") if isinstance(value, bool) else str(value)


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([spreadsheet_safe(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8")


def followthemoney(graph: Graph) -> bytes:
    """Return entities, one a line: things first, then a link for each relationship, its relation as the role."""
    ontology = graph.content.ontology
    link = _schema(ontology, ontology.default_relation)
    subject, target = (local_name(end) for end in ontology.ends_read[FTM + link])
    lines = [_entity(node.id, _schema(ontology, _type(node)), _thing(node)) for node in graph.nodes]
    for edge in graph.edges:
        told = edge.fields
        relation = "" if edge.relation == ontology.default_relation else edge.relation.removeprefix(terms.ECO)
        said: dict[str, Sequence[Any]] = {
            subject: [edge.source],
            target: [edge.target],
            "role": [relation, told.get("role")],
            "startDate": [told.get("since")],
            "endDate": [told.get("until")],
            "summary": [told.get("statement")],
            "recordId": [told.get("locator")],
            "sourceUrl": [told.get("source_url")],
            "publisher": [told.get("source_label")],
        }
        lines.append(_entity(f"{graph.name}-{edge.id}", link, said))
    return "".join(lines).encode("utf-8")


def _thing(node: Node) -> Mapping[str, Sequence[Any]]:
    profile, told = node.profile, node.fields
    if profile is None:
        return {"name": [node.label]}
    names = [text.value for text in (*profile.labels, *profile.alternatives)]
    return {
        "name": [node.label],
        "alias": [name for name in dict.fromkeys(names) if name != node.label],
        "weakAlias": [profile.acronym],
        "summary": [told.get("description")],
        "country": [str(told.get("country", "")).casefold()],
        "classification": [profile.kind, told.get("type")],
        "startDate" if "since" in told else "": [told.get("since")],
        "endDate" if "until" in told else "": [told.get("until")],
        "website": [profile.homepage],
        "keywords": [*(local_name(topic) for topic in profile.topics), *profile.keywords],
        "sourceUrl": [told.get("source_url")],
        "publisher": [told.get("source_label")],
    }


def _type(node: Node) -> str:
    return node.profile.type if node.profile else terms.ACTOR


def _schema(ontology: Ontology, iri: str) -> str:
    """Return the schema as which a type or relation is written: its own, or that of the nearest type above it."""
    kind = ontology.kinds.get(iri)
    line = (iri, *(kind.ancestors if kind else ()), terms.ACTOR)
    found = (name for one in line for name in ontology.written_as.get(one, ()) if name.startswith(FTM))
    return next(found).removeprefix(FTM)


def _entity(id_: str, schema: str, properties: Mapping[str, Sequence[Any]]) -> str:
    stated = {name: [str(value) for value in found if value] for name, found in properties.items()}
    document = {"id": id_, "schema": schema, "properties": {name: found for name, found in stated.items() if found}}
    return json.dumps(document, ensure_ascii=False) + "\n"
