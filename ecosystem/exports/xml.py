"""Networks in XML: GraphML, and GEXF 1.3."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Mapping
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from ecosystem import terms
from ecosystem.exports.graph import Edge, Graph, Node
from ecosystem.exports.particulars import Value

__all__ = ["gexf", "graphml"]

HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
# What XML 1.0 has no way of writing.
UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
TYPES: Final = {str: "string", float: "double", bool: "boolean"}
WEIGHT: Final = "weight"
LABELS: Final = {"label": str}


def graphml(graph: Graph) -> bytes:
    """Return a network in GraphML; labels, relations and all else are data by name."""
    lines = [HEAD, '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n']
    keys: dict[tuple[str, str], str] = {}
    columns: dict[str, dict[str, type]] = {
        "graph": dict.fromkeys(graph.about, str),
        "node": {**LABELS, **graph.columns(lambda all_: all_.nodes)},
        "edge": {**LABELS, "relation": str, **graph.columns(lambda all_: all_.edges)},
    }
    for kind, names in columns.items():
        for name, type_ in names.items():
            keys[kind, name] = f"d{len(keys)}"
            title = f'attr.name={_quoted(name)} attr.type="{TYPES[type_]}"'
            lines.append(f' <key id="{keys[kind, name]}" for="{kind}" {title}/>\n')
    directed = any(edge.directed for edge in graph.edges)
    default = "directed" if directed or not graph.edges else "undirected"
    lines.append(f' <graph id={_quoted(graph.name)} edgedefault="{default}">\n')
    lines += (f'  <data key="{keys["graph", name]}">{_text(words)}</data>\n' for name, words in graph.about.items())
    for node in graph.nodes:
        data = _data("node", {"label": node.label, **node.fields}, keys)
        lines.append(f"  <node id={_quoted(node.id)}>\n{data}  </node>\n")
    for edge in graph.edges:
        data = _data("edge", {"label": edge.label, "relation": _short(edge), **edge.fields}, keys)
        own = "" if edge.directed is directed else ' directed="false"'
        ends = f"id={_quoted(edge.id)} source={_quoted(edge.source)} target={_quoted(edge.target)}{own}"
        lines.append(f"  <edge {ends}>\n{data}  </edge>\n")
    lines.append(" </graph>\n</graphml>\n")
    return "".join(lines).encode("utf-8")


def gexf(graph: Graph) -> bytes:
    """Return a network in GEXF 1.3: dates as beginnings and ends, parallel edges told apart by their kind."""
    fields = (item.fields for items in (graph.nodes, graph.edges) for item in items)
    dated = any({"since", "until"} & told.keys() for told in fields)
    mode = 'mode="dynamic" timeformat="date"' if dated else 'mode="static"'
    lines = [HEAD, '<gexf xmlns="http://gexf.net/1.3" version="1.3">\n <meta>\n']
    lines += (
        f"  <{name}>{_text(graph.about[key])}</{name}>\n"
        for name, key in (("creator", "publisher"), ("description", "description"))
        if key in graph.about
    )
    lines.append(f' </meta>\n <graph defaultedgetype="directed" {mode}>\n')
    ids: dict[str, Mapping[str, str]] = {}
    of_edges = {"relation": str, **graph.columns(lambda all_: all_.edges)}
    for kind, names in (("node", graph.columns(lambda all_: all_.nodes)), ("edge", of_edges)):
        kept = {name: type_ for name, type_ in names.items() if kind == "node" or name != WEIGHT}
        ids[kind] = {name: str(number) for number, name in enumerate(kept)}
        lines.append(f'  <attributes class="{kind}">\n')
        for name, type_ in kept.items():
            attribute = f'id="{ids[kind][name]}" title={_quoted(name)} type="{TYPES[type_]}"'
            lines.append(f"   <attribute {attribute}/>\n")
        lines.append("  </attributes>\n")
    lines.append("  <nodes>\n")
    lines += (_gexf_node(node, ids["node"]) for node in graph.nodes)
    lines.append("  </nodes>\n  <edges>\n")
    lines += (_gexf_edge(edge, ids["edge"]) for edge in graph.edges)
    lines.append("  </edges>\n </graph>\n</gexf>\n")
    return "".join(lines).encode("utf-8")


def _gexf_node(node: Node, ids: Mapping[str, str]) -> str:
    own = f"id={_quoted(node.id)} label={_quoted(node.label)}{_times(node.fields)}"
    return f"   <node {own}>\n{_values(node.fields.items(), ids)}   </node>\n"


def _gexf_edge(edge: Edge, ids: Mapping[str, str]) -> str:
    own = f"id={_quoted(edge.id)} source={_quoted(edge.source)} target={_quoted(edge.target)}"
    own += f' type="{"directed" if edge.directed else "undirected"}" kind={_quoted(_short(edge))}'
    own += f" label={_quoted(edge.label)}"
    if WEIGHT in edge.fields:
        own += f' weight="{_plain(edge.fields[WEIGHT])}"'
    fields = {"relation": _short(edge), **{name: value for name, value in edge.fields.items() if name != WEIGHT}}
    return f"   <edge {own}{_times(edge.fields)}>\n{_values(fields.items(), ids)}   </edge>\n"


def _values(fields: Iterable[tuple[str, Value]], ids: Mapping[str, str]) -> str:
    inner = "".join(f'     <attvalue for="{ids[name]}" value={_quoted(_plain(value))}/>\n' for name, value in fields)
    return f"    <attvalues>\n{inner}    </attvalues>\n" if inner else ""


def _times(fields: Mapping[str, Value]) -> str:
    """Return the first and the last day of a period; the dates as they are stated are attributes beside them."""
    since, until = str(fields.get("since", "")), str(fields.get("until", ""))
    found = [(name, day) for name, day in (("start", _day(since, last=False)), ("end", _day(until, last=True))) if day]
    return "".join(f' {name}="{day}"' for name, day in found)


def _day(date: str, *, last: bool) -> str:
    """Return the first or the last day of a year or month.

    >>> _day("2020-02", last=True), _day("2020", last=False), _day("", last=True)
    ('2020-02-29', '2020-01-01', '')
    """
    if len(date) == len("2020"):
        return f"{date}-{'12-31' if last else '01-01'}"
    if len(date) == len("2020-02"):
        year, month = int(date[:4]), int(date[5:])
        days = calendar.monthrange(year, month)[1] if year else 28
        return f"{date}-{days if last else 1:02d}"
    return date


def _data(kind: str, fields: Mapping[str, Value], keys: Mapping[tuple[str, str], str]) -> str:
    return "".join(
        f'   <data key="{keys[kind, name]}">{_text(_plain(value))}</data>\n' for name, value in fields.items()
    )


def _short(edge: Edge) -> str:
    return edge.relation.removeprefix(terms.ECO)


def _plain(value: Value) -> str:
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def _text(words: str) -> str:
    return escape(UNWRITABLE.sub("\ufffd", words), {"\r": "&#13;"})


def _quoted(words: str) -> str:
    return quoteattr(UNWRITABLE.sub("\ufffd", words), {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})
