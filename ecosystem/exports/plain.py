"""Networks as plain lines: Pajek's .net, and Gephi's pair of tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from ecosystem import terms
from ecosystem.exports.graph import Edge, Graph, Node
from ecosystem.tables import spreadsheet_safe

__all__ = ["gephi", "pajek"]


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
