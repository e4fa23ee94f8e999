"""Networks in GraphML, as networkx, igraph, Gephi and yEd write it: nodes become profiles, edges relationships.

Groups of nodes are flattened; hyperedges, ports and drawings are passed over with a note. The XML is read as a stream,
and nothing in it is fetched or unfolded.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from ecosystem.sources import values
from ecosystem.sources.elements import Elements
from ecosystem.sources.inputs import Input
from ecosystem.sources.items import BETWEEN_VALUES, Item
from ecosystem.sources.networks import Network
from ecosystem.sources.reading import Reading, Vocabulary
from ecosystem.wording import counted

__all__ = ["read"]

KINDS: Final = ("graph", "node", "edge")
UNREAD: Final = ("hyperedge", "port")
DIRECTED: Final = {"true": "directed", "1": "directed", "false": "undirected", "0": "undirected"}
# What yEd writes into a drawing rather than into data: what it shows, and how an edge points.
SHOWN: Final = ("NodeLabel", "EdgeLabel")
NO_ARROW: Final = frozenset({"none", ""})
# What programs call an attribute that the format itself has a place for.
OTHER_NAMES: Final = {"edge label": "label", "v_name": "name", "e_weight": "weight", "shared name": "name"}
# What a node or edge says of itself by the format, or of its drawing; anything else that programs put there is data.
STRUCTURE: Final = frozenset({"id", "source", "target", "directed", "sourceport", "targetport"})
OF_PROGRAMS: Final = ("parse.", "yfiles.")
# Neo4j writes a colon before each of several labels.
BEFORE_LABEL: Final = ":"
LABELS: Final = ("labels", "label")


def read(source: Input, vocabulary: Vocabulary) -> Reading:
    """Read a network; the file itself is the source of what it says.

    Raises
    ------
    DataError
        If it is not GraphML, or with every node and edge that is wrong.
    """
    document = _Document(source)
    document.elements.parse()
    network = Network(source, vocabulary, document.about(), notes=list(document.notes()))
    for found in document.found["node"]:
        network.node(found.own.get("id", ""), "", found.item)
    for found in document.found["edge"]:
        ends = found.own.get("source", ""), found.own.get("target", "")
        network.edge(found.own.get("id", ""), ends, found.direction, found.item)
    return network.reading()


@dataclass(slots=True)
class _Found:
    own: dict[str, str]
    item: Item
    direction: str = ""
    shown: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Key:
    """What a `key` element declares: whose data it names, what it is called, and what is meant where none is given."""

    kind: str
    name: str
    default: str = ""


class _Document:
    """The elements of a file, gathered while it is parsed."""

    def __init__(self, source: Input) -> None:
        self.elements = Elements(source, "GraphML", "graphml", self._begin, self._end)
        self.found: dict[str, list[_Found]] = {"graph": [], "node": [], "edge": []}
        self._keys: dict[str, _Key] = {}
        self._open: list[_Found] = []
        self._graphs: list[str] = []
        self._key = self._data = ""
        self._count: Counter[str] = Counter()

    def about(self) -> dict[str, str]:
        """Return what the first graph says of itself."""
        return self.found["graph"][0].item.fields if self.found["graph"] else {}

    def notes(self) -> Iterator[str]:
        """Yield what of the structure is not carried over."""
        if self._count["group"]:
            yield f"groups are flattened: {counted(self._count['group'], 'graph')} within a node."
        if self._count["graph"] > 1:
            yield f"read as one network: {counted(self._count['graph'], 'graph')}."
        for name in UNREAD:
            if self._count[name]:
                yield f"not carried over: {counted(self._count[name], name)}."

    def _begin(self, name: str, space: str, own: dict[str, str]) -> None:
        if name == "key":
            title = own.get("attr.name", own.get("id", "")).strip().casefold()
            self._key = own.get("id", "")
            self._keys[self._key] = _Key(own.get("for", "all"), OTHER_NAMES.get(title, title))
        elif name == "graph" and not self._data:
            self._count["group" if self._open else "graph"] += 1
            self._graphs.append(own.get("edgedefault", ""))
            self._start("graph", own, "")
        elif name in ("node", "edge") and not self._data:
            default = self._graphs[-1] if self._graphs else "undirected"
            stated = own.get("directed", "").strip().casefold()
            self._start(name, own, DIRECTED.get(stated, stated) or default)
        elif name == "data":
            self._data = own.get("key", "")
        elif name == "Arrows" and self._data and self._open:
            tail, head = (own.get(end, "none") in NO_ARROW for end in ("source", "target"))
            self._open[-1].direction = "undirected" if tail and head else "directed" if tail else "reversed"
            if not tail and not head:
                self._open[-1].direction = "mutual"
        elif name in UNREAD:
            self._count[name] += 1

    def _start(self, kind: str, own: dict[str, str], direction: str) -> None:
        found = _Found(own, Item(line=self.elements.line), direction)
        self.found[kind].append(found)
        self._open.append(found)

    def _end(self, name: str, text: str) -> None:
        if name == "data":
            key = self._keys.get(self._data)
            if self._open and text:
                self._open[-1].item.add(key.name if key else self._data.casefold(), text)
            self._data = ""
        elif name in SHOWN and self._data and self._open and text:
            self._open[-1].shown.append(text)
        elif name == "default" and self._key in self._keys:
            self._keys[self._key].default = text
        elif name == "desc" and self._open and not self._data and text:
            self._open[-1].item.fields.setdefault("description", text)
        elif name in KINDS and self._open and not self._data:
            self._finish(self._open.pop(), name)
        if name == "graph" and self._graphs and not self._data:
            self._graphs.pop()

    def _finish(self, found: _Found, kind: str) -> None:
        fields = found.item.fields
        for key in self._keys.values():
            if key.default and key.kind in (kind, "all"):
                fields.setdefault(key.name, key.default)
        if found.shown:
            found.item.add("label", values.one_line(" ".join(found.shown)))
        for name, words in found.own.items() if kind != "graph" else ():
            if name not in STRUCTURE and not name.startswith(OF_PROGRAMS) and words:
                found.item.add(name.rpartition(" ")[2].casefold(), words)
        for name in LABELS:
            if fields.get(name, "").startswith(BEFORE_LABEL):
                fields[name] = fields[name].strip(BEFORE_LABEL).replace(BEFORE_LABEL, BETWEEN_VALUES)
        if found.direction == "reversed":
            found.own = {**found.own, "source": found.own.get("target", ""), "target": found.own.get("source", "")}
            found.direction = "directed"
