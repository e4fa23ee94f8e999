"""A view turned into what the page's template and scripts read: plain dictionaries, numbers in place of ids."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import fields
from typing import Any
from urllib.parse import urlsplit

from ecosystem.publish.drawing import shape_of
from ecosystem.publish.facets import at_time, certain, certainties, ghost_ties, places, sureness, triads
from ecosystem.publish.layout import node_radius
from ecosystem.publish.palette import FULL, OTHER, PAINTS
from ecosystem.publish.view import Evidence, MapNode, MapView
from ecosystem.publish.ways import communities, has_borders, span, years
from ecosystem.publish.words import words

__all__ = ["colours", "evidence_rows", "legend", "page_data", "paint_names", "safe_json", "safe_url", "told"]

# How far the corners of each shape reach, in radii: what a ring has to go round.
SHAPE_REACH = {"square": 1.24, "diamond": 1.18, "triangle": 1.29, "triangleDown": 1.29, "star": 1.33, "hexagon": 1.04}
ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
EVIDENCE = tuple(field.name for field in fields(Evidence))
LEADING = 10  # so many brokers are ringed; were all of them, a ring would say nothing

Plain = dict[str, Any]


def safe_json(data: Any) -> str:
    r"""Return JSON that can stand inside a `<script>` element: no character of it can end the element.

    >>> safe_json("</script>")
    '"\\u003c/script\\u003e"'
    """
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True).translate(ESCAPES)


def safe_url(url: str) -> str:
    """Return the URL if it is one of http or https, else nothing.

    >>> safe_url("https://oecd-opsi.org/"), safe_url("javascript:alert(1)"), safe_url("//x.org"), safe_url("http://[")
    ('https://oecd-opsi.org/', '', '', '')
    """
    cleaned = url.strip()
    try:
        parts = urlsplit(cleaned)
    except ValueError:
        return ""
    return cleaned if parts.scheme in ("http", "https") and parts.netloc else ""


def colours(view: MapView) -> tuple[str, list[int]]:
    """Return what colour stands for ("group" or "kind"), and the number of each node's paint.

    Colour tells groups apart where there are at least two of them that are not kinds, else kinds.
    """
    groups = [group.id for group in view.grouping.groups]
    if len({node.group for node in view.nodes if node.group in groups}) > 1 and not view.groups_are_kinds:
        ranked, told, by = groups, [node.group for node in view.nodes], "group"
    else:
        told, by = [node.kind for node in view.nodes], "kind"
        ranked = [kind for kind, _ in sorted(Counter(told).items(), key=lambda item: (-item[1], item[0]))]
    seen = set(told)
    paints = {name: number for number, name in enumerate([name for name in ranked if name in seen][:FULL])}
    return by, [paints.get(name, FULL) for name in told]


def paint_names(view: MapView) -> dict[str, str]:
    """Return the names of the page's colours (`p0` … `p8`, `r0` …) with their starting values."""
    paints = {f"p{number}": colour for number, colour in enumerate((*PAINTS, OTHER))}
    return paints | {f"r{number}": relation.colour for number, relation in enumerate(_relations(view))}


def page_data(view: MapView) -> Plain:
    """Return everything that the page's scripts show, without what is empty.

    The evidence of ties is not among it: it stands in the table of ties, where the scripts read it.
    """
    found = communities(view, words(view.language)["community_name"])
    return {
        "title": view.title,
        "sentence": view.sentence,
        "date": view.date,
        "sources": [source.title for source in view.sources],
        "command": view.command,
        "commands": dict(view.commands),
        "brokers": triads(view),
        "missing": ghost_ties(view),
        "areasAre": _areas_are(view),
        "views": _views(view, bool(found)),
        "years": years(view),
        "communities": [{**one, "paint": min(rank, FULL)} for rank, one in enumerate(found)],
        "groupedBy": view.grouping.label,
        "nodes": _node_rows(view, found),
        "ties": _tie_rows(view),
        **_lists(view),
    }


def _lists(view: MapView) -> Plain:
    """Return what can be switched on and off, each list in the order of the numbers that nodes and ties have of it."""
    families = _families(view)
    return {
        "countries": [{"id": label, "label": label} for label in places(view)],
        "certainties": [{"id": word, "label": word} for word in certainties(view)],
        "families": [{"id": label, "label": label} for label in families],
        "kinds": [
            {
                "id": kind.id,
                "label": kind.label,
                "shape": shape_of(kind.shape),
                "family": families.index(kind.branch or kind.label),
            }
            for kind in _kinds(view)
        ],
        "groups": [{"id": group.id, "label": group.label} for group in view.grouping.groups],
        "relations": [
            {"id": relation.id, "label": relation.label, "inverse": relation.inverse, "directed": relation.directed}
            for relation in _relations(view)
        ],
    }


def _families(view: MapView) -> list[str]:
    return list(dict.fromkeys(kind.branch or kind.label for kind in _kinds(view)))


def _node_rows(view: MapView, found: list[Plain]) -> list[Plain]:
    kinds = {kind.id: index for index, kind in enumerate(_kinds(view))}
    groups = {group.id: index for index, group in enumerate(view.grouping.groups)}
    shapes = {kind.id: shape_of(kind.shape) for kind in view.kinds}
    leading = {broker.id for broker in view.brokers[:LEADING]}
    community = {member: rank for rank, one in enumerate(found) for member in one["members"]}
    place = {label: index for index, label in enumerate(places(view))}
    _, paints = colours(view)
    return [
        _full(
            id=node.id,
            label=node.label,
            acronym=node.acronym,
            alternatives=list(node.alternatives),
            kind=kinds[node.kind],
            group=groups.get(node.group, -1),
            area=node.area,
            community=community.get(index),
            years=span([(node.since, node.until)]),
            paint=paint,
            country=node.country,
            place=place.get(node.country, -1) if place else None,
            description=node.description,
            homepage=safe_url(node.homepage),
            initiative=node.is_initiative,
            x=node.x or 0.0,
            y=node.y or 0.0,
            size=round(node.size, 4),
            radius=round(_reach(node, shapes[node.kind]), 2),
            broker=node.broker,
            leading=node.id in leading,
            pairs=node.broker_total,
            gaps=list(node.gaps),
            facts=[list(fact) for fact in node.facts],
            evidence=[_evidence(item) for item in node.evidence],
            ghost=node.ghost,
        )
        for index, (node, paint) in enumerate(zip(view.nodes, paints, strict=True))
    ]


def _tie_rows(view: MapView) -> list[Plain]:
    number = {node.id: index for index, node in enumerate(view.nodes)}
    relations = {relation.id: index for index, relation in enumerate(_relations(view))}
    certainty = {word: index for index, word in enumerate(certainties(view))}
    return [
        _full(
            id=tie.id,
            source=number[tie.source],
            target=number[tie.target],
            relation=relations[tie.relation],
            via=tie.via,
            ghost=tie.ghost,
            years=span((item.since, item.until) for item in tie.evidence),
            sure=sureness(tie),
            certain=certain(tie, certainty),
        )
        for tie in view.ties
    ]


def told(view: MapView) -> list[list[Plain]]:
    """Return the evidence of each tie, without what is empty."""
    return [[_evidence(item) for item in tie.evidence] for tie in view.ties]


def _views(view: MapView, has_communities: bool) -> list[str]:
    """Return the views that say something about this map, in the order in which they are offered."""
    says = {
        "all": True,
        "borders": has_borders(view),
        "brokers": bool(view.brokers),
        "gaps": any(node.gaps for node in view.nodes),
        "communities": has_communities,
    }
    return [name for name, said in says.items() if said]


def legend(view: MapView) -> Plain:
    """Return the legend's entries with their counts: branches of kinds, groups and relations that are in use."""
    coloured_by, paints = colours(view)
    kind_count = Counter(node.kind for node in view.nodes)
    group_count = Counter(node.group for node in view.nodes)
    tie_count = Counter(tie.relation for tie in view.ties)
    kind_paint = {node.kind: paint for node, paint in zip(view.nodes, paints, strict=True)}
    group_paint = {node.group: paint for node, paint in zip(view.nodes, paints, strict=True)}
    hollow = {node.kind: node.is_initiative for node in view.nodes}
    branches: dict[str, Plain] = {}
    for number, kind in enumerate(_kinds(view)):
        if not kind_count[kind.id]:
            continue
        branch = branches.setdefault(
            kind.branch or kind.label,
            {"shape": shape_of(kind.shape), "hollow": hollow[kind.id], "kinds": [], "count": 0},
        )
        paint = kind_paint[kind.id] if coloured_by == "kind" else None
        branch["kinds"].append(
            {
                "number": number,
                "label": kind.label,
                "count": kind_count[kind.id],
                "shape": shape_of(kind.shape),
                "paint": paint,
                "hollow": hollow[kind.id],
            }
        )
        branch["count"] += kind_count[kind.id]
    place_count = Counter(node.country for node in view.nodes)
    certainty = {word: number for number, word in enumerate(certainties(view))}
    certain_count = Counter(number for tie in view.ties for number in certain(tie, certainty))
    known = {group.id for group in view.grouping.groups}
    groups = [
        {"number": number, "label": group.label, "count": group_count[group.id], "paint": group_paint[group.id]}
        for number, group in enumerate(view.grouping.groups)
        if group_count[group.id]
    ]
    without = sum(count for group, count in group_count.items() if group not in known)
    return {
        "coloured_by": coloured_by,
        "branches": [{"label": label, **entry} for label, entry in branches.items()],
        "groups": groups if coloured_by == "group" else [],
        "without_group": without,
        "countries": [
            {"number": number, "label": label, "count": place_count[label]} for number, label in enumerate(places(view))
        ],
        "without_country": place_count[""],
        "certainties": [
            {"number": number, "label": word, "count": certain_count[number]} for word, number in certainty.items()
        ],
        "relations": [
            {"number": number, "label": relation.label, "count": tie_count[relation.id], "directed": relation.directed}
            for number, relation in enumerate(_relations(view))
            if tie_count[relation.id]
        ],
        "initiatives": any(node.is_initiative for node in view.nodes),
        "ghosts": sorted({*(node.ghost for node in view.nodes), *(tie.ghost for tie in view.ties)} - {""}),
        "directed": any(relation.directed and tie_count[relation.id] for relation in view.relations),
    }


def _kinds(view: MapView) -> list[Any]:
    return sorted(view.kinds, key=lambda kind: (kind.order, kind.label, kind.id))


def _relations(view: MapView) -> list[Any]:
    return sorted(view.relations, key=lambda relation: (relation.order, relation.label, relation.id))


def _reach(node: MapNode, shape: str) -> float:
    return node_radius(node.size, node.is_initiative) * SHAPE_REACH.get(shape, 1.0)


def _areas_are(view: MapView) -> str:
    """Return what the areas of the layout are, whose names they can bear: "groups", "communities" or nothing."""
    groups = {group.id: index for index, group in enumerate(view.grouping.groups)}
    placed = [node for node in view.nodes if node.area is not None]
    if placed and all(node.area == groups.get(node.group) for node in placed):
        return "groups"
    return "communities" if placed and all(node.area == node.community for node in placed) else ""


def _evidence(item: Evidence) -> Plain:
    said = {name: getattr(item, name) for name in EVIDENCE}  # asdict would copy deeply, which is slow for thousands
    return _full(**{**said, "url": at_time(safe_url(item.url), item.locator)})


def evidence_rows(view: MapView) -> list[Plain]:
    """Return the evidence of all ties as one list, each item with the number of its tie."""
    return [{"tie": number, **_evidence(item)} for number, tie in enumerate(view.ties) for item in tie.evidence]


def _full(**fields: Any) -> Plain:
    """Return the fields that say something; 0 does, an empty text or list, False and None do not."""
    return {
        name: value
        for name, value in fields.items()
        if value is not None and value is not False and value != "" and value != []
    }
