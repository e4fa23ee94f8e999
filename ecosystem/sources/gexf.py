"""Networks in GEXF 1.0 to 1.3, the format of Gephi: nodes become profiles, edges relationships.

How a map is drawn (colours, positions, sizes) is not carried over. The XML is read as a stream, and nothing in it is
fetched or unfolded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ecosystem.sources.elements import Elements
from ecosystem.sources.inputs import Input
from ecosystem.sources.items import BETWEEN_VALUES, Item
from ecosystem.sources.networks import Network
from ecosystem.sources.reading import Reading, Vocabulary
from ecosystem.wording import counted

__all__ = ["read"]

# What the attributes of nodes and of edges say.
TIMES: Final = ("start", "end")
OWN: Final = ("kind", "label", "weight")
# Lists are a|b in 1.2 and [a, b] in 1.3.
LIST: Final = re.compile(r"\[(.*)\]", re.DOTALL)
MEMBER: Final = re.compile(r'\s*(?:"((?:[^"\\]|\\.)*)"|([^,]+))')
# What this reader knows of the attributes of nodes and edges themselves; `parents` and `pid` are those of groups.
KNOWN: Final = frozenset({"id", "label", "source", "target", "type", "pid", "parents", "spells", *TIMES, *OWN})


def read(source: Input, vocabulary: Vocabulary) -> Reading:
    """Read a network; the file itself is the source of what it says.

    Raises
    ------
    DataError
        If it is not GEXF, or with every node and edge that is wrong.
    """
    document = _Document(source)
    document.elements.parse()
    network = Network(source, vocabulary, document.about, notes=list(document.notes()))
    for own, item in document.items("node"):
        network.node(own.get("id", ""), own.get("label", "").strip(), item)
    for own, item in document.items("edge"):
        ends = own.get("source", ""), own.get("target", "")
        network.edge(own.get("id", ""), ends, own.get("type") or document.direction, item)
    return network.reading()


class _Document:
    """The elements of a file, gathered while it is parsed: XML attributes, values by attribute id, and the line."""

    def __init__(self, source: Input) -> None:
        self.elements = Elements(source, "GEXF", "gexf", self._begin, self._end)
        self.direction = "undirected"
        self.about: dict[str, str] = {}
        self._found: dict[str, list[tuple[dict[str, str], Item]]] = {"node": [], "edge": []}
        self._titles: dict[str, dict[str, str]] = {"node": {}, "edge": {}}
        self._defaults: dict[str, dict[str, str]] = {"node": {}, "edge": {}}
        self._open: list[tuple[dict[str, str], Item]] = []
        self._declared = ("node", "")
        self._within = self._changed = 0
        self._lists: set[tuple[str, str]] = set()
        self._meta = False

    def notes(self) -> Iterator[str]:
        """Yield what of the structure is not carried over."""
        if self._within:
            yield f"groups are flattened: {counted(self._within, 'node')} within another."
        if self._changed:
            yield f"{counted(self._changed, 'value')} that others follow in time are passed over: the last counts."

    def items(self, kind: str) -> list[tuple[dict[str, str], Item]]:
        """Return the nodes or edges, their values by the titles of the attributes."""
        titles, defaults = self._titles[kind], self._defaults[kind]
        for own, item in self._found[kind]:
            stated, item.fields = {**defaults, **item.fields}, {}
            for key, words in stated.items():
                if words:
                    shown = _members(words) if (kind, key) in self._lists else words
                    item.add(titles.get(key, key).casefold(), shown)
            times = {name: own[name] for name in TIMES if own.get(name)}
            said = {f"edge {name}": own[name].strip() for name in OWN if kind == "edge" and own.get(name)}
            unread = {key: words for key, words in own.items() if key not in KNOWN and words}
            item.fields = {**unread, **times, **item.fields, **said}
        return self._found[kind]

    def _begin(self, name: str, space: str, own: dict[str, str]) -> None:
        if space.endswith("viz"):
            return
        if name in ("node", "edge"):
            own = {key.rpartition(" ")[2]: words for key, words in own.items()}
            grouped = own.get("pid") or (self._open if name == "node" else [])
            self._within += bool(grouped)
            self._open.append((own, Item(line=self.elements.line)))
            self._found[name].append(self._open[-1])
        elif name == "meta":
            self._meta = True
        elif name == "graph":
            self.direction = own.get("defaultedgetype", self.direction)
        elif name == "attributes":
            self._declared = (own.get("class", "node"), "")
        elif name == "attribute" and self._declared[0] in self._titles:
            self._declared = (self._declared[0], own.get("id", ""))
            title = own.get("title", own.get("id", "")).strip().casefold()
            self._titles[self._declared[0]][self._declared[1]] = title
            if own.get("type", "").startswith("list"):
                self._lists.add(self._declared)
        elif name == "attvalue" and self._open:
            # GEXF 1.0 said `id` where all later ones say `for`.
            key = own.get("for", own.get("id", ""))
            fields, words = self._open[-1][1].fields, own.get("value", "").strip()
            self._changed += fields.get(key, words) != words
            fields[key] = words
        elif name == "spell" and self._open:
            _widen(self._open[-1][0], own)

    def _end(self, name: str, text: str) -> None:
        if name in ("node", "edge") and self._open:
            self._open.pop()
        elif name == "default" and self._declared[0] in self._defaults:
            self._defaults[self._declared[0]][self._declared[1]] = text
        elif name == "meta":
            self._meta = False
        elif self._meta and text:
            self.about.setdefault(name, text)


def _members(words: str) -> str:
    r"""Return a list as others write it.

    >>> _members('[a, "b, c"]'), _members("a|b")
    ('a|b, c', 'a|b')
    """
    found = LIST.fullmatch(words)
    if found is None:
        return words
    members = (one[1] if one[1] is not None else one[2].strip() for one in MEMBER.finditer(found[1]))
    return BETWEEN_VALUES.join(filter(None, members))


def _widen(own: dict[str, str], spell: dict[str, str]) -> None:
    """Let an item last from its first spell to its last."""
    first = not own.get("spells")
    own["spells"] = "read"
    for name, choose in (("start", min), ("end", max)):
        stated, other = own.get(name, ""), spell.get(name, "")
        # A spell without a beginning or an end is open on that side.
        own[name] = other if first else choose(stated, other) if stated and other else ""
