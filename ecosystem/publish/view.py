"""What a map page shows, as plain frozen data: whoever has the ecosystem fills these, publish only draws them.

Every text is in the language of the page and is shown as it stands; none is read as HTML.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = [
    "SHAPES",
    "Broker",
    "Evidence",
    "Gap",
    "GapRow",
    "Group",
    "Grouping",
    "Kind",
    "MapNode",
    "MapTie",
    "MapView",
    "Missing",
    "Relation",
    "SourceEntry",
    "Triad",
]

SHAPES = ("dot", "square", "diamond", "triangle", "triangleDown", "star", "hexagon")


@dataclass(frozen=True, slots=True)
class Evidence:
    """One statement that something rests on, and where it was read.

    `locator` is a section, a page or a time in a recording; `url` leads to that very place where the source allows
    it, else to the source. `certainty` is a word ("stated", "inferred"); `confidence` lies in 0 … 1.
    """

    statement: str = ""
    source: str = ""
    url: str = ""
    locator: str = ""
    certainty: str = ""
    since: str = ""
    until: str = ""
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of actor or initiative: `branch` is the larger family whose shape it shares in the legend.

    `shape` is one of `SHAPES` ("box" and "ellipse" are drawn as square and dot); `colour` is `#rrggbb`.
    """

    id: str
    label: str
    branch: str = ""
    shape: str = "dot"
    colour: str = ""
    order: int = 0


@dataclass(frozen=True, slots=True)
class Relation:
    """A type of tie: `label` reads from source to target, `inverse` from target to source."""

    id: str
    label: str
    inverse: str = ""
    colour: str = ""
    order: int = 0
    directed: bool = True


@dataclass(frozen=True, slots=True)
class Group:
    """One group that nodes belong to: a country, a sector, the supranational bodies."""

    id: str
    label: str
    central: bool = False


@dataclass(frozen=True, slots=True)
class Grouping:
    """The attribute that nodes are grouped by ("Country") and its groups, the most important first.

    The first eight are told apart by colour. A `central` group is placed in the middle of the map.
    """

    label: str = ""
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True)
class MapNode:
    """An actor or initiative.

    Parameters
    ----------
    id
        What its address in the page ends in (`#node=<id>`); unique.
    kind
        Id of its `Kind`.
    group
        Id of its `Group`, empty where it has none.
    country
        What to call its place: a country, or "Supranational"; empty where it is not known.
    size
        The one measure that sizes are drawn by, from 0 to 1.
    measure
        The same in words: "brokers 12 pairs".
    broker
        One sentence about whom it connects and how; empty for those who broker nothing.
    broker_total
        The pairs it connects; None where brokerage was not counted.
    gaps
        What each gap rule finds missing with it, in words.
    community
        Number of the community that its ties put it in, 1 for the largest; None for those without a tie.
    since, until
        ISO dates between which it existed or ran, empty where they are not known or it still does.
    facts
        Whatever else is known, as (label, value): stage, topics, dates, identifiers, figures.
    ghost
        "added" for what is only supposed, "removed" for what is supposed to be gone; empty for what is there.
    x, y
        Its place on the map, in pixels at scale 1; None until `place` has been called.
    area
        Number of the area it was placed in; None for isolates and for nodes that stand between areas.
    """

    id: str
    label: str
    kind: str
    acronym: str = ""
    alternatives: tuple[str, ...] = ()
    group: str = ""
    country: str = ""
    description: str = ""
    homepage: str = ""
    is_initiative: bool = False
    size: float = 0.0
    measure: str = ""
    broker: str = ""
    broker_total: int | None = None
    gaps: tuple[str, ...] = ()
    community: int | None = None
    since: str = ""
    until: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    evidence: tuple[Evidence, ...] = ()
    ghost: str = ""
    x: float | None = None
    y: float | None = None
    area: int | None = None


@dataclass(frozen=True, slots=True)
class MapTie:
    """One tie between two nodes, given by their ids; parallel ties stay apart.

    `via` names the initiative through which a folded tie runs. `strength` is larger for stronger ties. `ghost` is that
    of `MapNode`.
    """

    id: str
    source: str
    target: str
    relation: str
    evidence: tuple[Evidence, ...] = ()
    strength: float = 1.0
    via: str = ""
    ghost: str = ""


@dataclass(frozen=True, slots=True)
class Triad:
    """An open pair that a broker connects: two nodes, and the ties by which each of them reaches it.

    `role` is one of the five of Gould and Fernandez; `exclusive` says that nobody else connects the two.
    """

    a: str
    b: str
    role: str
    exclusive: bool = False
    first: tuple[str, ...] = ()
    second: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Broker:
    """A row of the ranking of brokers: `words` say whom it connects, `roles` counts each role in turn.

    `triads` are the most telling of its `total` pairs; their number is capped by who fills the view.
    """

    id: str
    label: str
    words: str = ""
    roles: tuple[tuple[str, int], ...] = ()
    total: int = 0
    triads: tuple[Triad, ...] = ()


@dataclass(frozen=True, slots=True)
class Missing:
    """A tie that is missing between two nodes, drawn as a dashed ghost; `words` name the gap.

    `offer` says what the target could bring, where it is not the gap that names it but who could fill it.
    """

    source: str
    target: str
    words: str
    offer: str = ""


@dataclass(frozen=True, slots=True)
class GapRow:
    """Who or what has a gap; `node` is a node's id, or empty where it does not stand on the map."""

    label: str
    node: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """The findings of one gap rule: why it matters, what to do, and who has the gap."""

    label: str
    severity: str = ""
    count: int = 0
    rationale: str = ""
    remedy: str = ""
    rows: tuple[GapRow, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """A source of the map and how many of its statements rest on it."""

    id: str
    title: str
    url: str = ""
    date: str = ""
    licence: str = ""
    statements: int = 0


@dataclass(frozen=True, slots=True)
class MapView:
    """A whole map page.

    Parameters
    ----------
    title, sentence, date
        The heading, one sentence that says what is shown and from when, and the date of the data.
    measure
        What the size of a node stands for, named in the legend: "pairs that it connects".
    brokers
        The ranking, most important first; the first three are named in the heading.
    notes
        Sentences that a reader needs before relying on the map, how thin its evidence is first.
    remarks
        More of them, on how it was counted; in English, whatever the language of the page.
    settings
        How the map was made: projection, seed, versions. Printed at the bottom, embedded as JSON.
    command
        The command line that makes this page again.
    commands
        What repeats parts of the page in a terminal: "node", "path", "broker", "brokers", "gaps", "communities";
        `{node}`, `{from}` and `{to}` in them stand for names.
    missing
        The ties that gaps miss between two nodes.
    home
        Where the page of the whole site is that this map is part of; empty where it is part of none.
    """

    title: str
    nodes: tuple[MapNode, ...]
    ties: tuple[MapTie, ...] = ()
    kinds: tuple[Kind, ...] = ()
    relations: tuple[Relation, ...] = ()
    grouping: Grouping = Grouping()
    sentence: str = ""
    date: str = ""
    measure: str = ""
    brokers: tuple[Broker, ...] = ()
    gaps: tuple[Gap, ...] = ()
    sources: tuple[SourceEntry, ...] = ()
    notes: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    settings: Mapping[str, str] = field(default_factory=dict)
    command: str = ""
    commands: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[Missing, ...] = ()
    language: str = "en"
    home: str = ""

    @property
    def groups_are_kinds(self) -> bool:
        """Whether the nodes are grouped by nothing else than their kind, which shape and colour tell anyway."""
        kinds = {kind.id: kind.label for kind in self.kinds}
        groups = {group.id: group.label for group in self.grouping.groups}
        return bool(groups) and all(groups.get(node.group) == kinds.get(node.kind) for node in self.nodes)
