"""Further ways of looking at a map, where they say something: its borders, its communities, its years."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from ecosystem.publish.view import Evidence, MapView

__all__ = ["communities", "has_borders", "span", "years"]

_YEAR = re.compile(r"\d{4}(?!\d)")
Span = list[int | None]


def has_borders(view: MapView) -> bool:
    """Tell whether a tie crosses from one group to another, and groups are more than kinds."""
    if view.groups_are_kinds:
        return False
    known = {group.id for group in view.grouping.groups}
    group = {node.id: node.group for node in view.nodes if node.group in known}
    return any(
        tie.source in group and tie.target in group and group[tie.source] != group[tie.target] for tie in view.ties
    )


def communities(view: MapView, around: str) -> list[dict[str, Any]]:
    """Return the communities, the largest first, each with its members' numbers, the best connected first.

    A community is called after its best connected actor, as `around` ("Around {name}") says; one that is all there
    is says nothing, and none is returned.
    """
    number = {node.id: index for index, node in enumerate(view.nodes)}
    members: dict[int, list[int]] = defaultdict(list)
    for index, node in enumerate(view.nodes):
        if node.community is not None:
            members[node.community].append(index)
    if len(members) < 2:
        return []
    inner: Counter[int] = Counter()
    for tie in view.ties:
        ends = number[tie.source], number[tie.target]
        if ends[0] != ends[1] and view.nodes[ends[0]].community == view.nodes[ends[1]].community:
            inner.update(ends)
    ranked = [
        sorted(members[community], key=lambda index: (-inner[index], view.nodes[index].label, index))
        for community in sorted(members, key=lambda community: (-len(members[community]), community))
    ]
    return [_community(view, around, listed) for listed in ranked]


def _community(view: MapView, around: str, members: list[int]) -> dict[str, Any]:
    actors = [index for index in members if not view.nodes[index].is_initiative]
    first = view.nodes[(actors or members)[0]]
    return {"id": first.id, "label": around.replace("{name}", first.acronym or first.label), "members": members}


def years(view: MapView) -> list[int]:
    """Return the first and the last year that nodes and ties name; nothing where they name fewer than two."""
    spans = [span([(node.since, node.until)]) for node in view.nodes]
    spans += [span(_dates(tie.evidence)) for tie in view.ties]
    found = {year for one in spans for year in one if year is not None}
    return [min(found), max(found)] if len(found) > 1 else []


def span(dates: Iterable[tuple[str, str]]) -> Span:
    """Return the first and last year of something that was so between dates, None for an open end; [] if undated.

    >>> span([("2019-05", ""), ("2017", "2018")]), span([("", "2020")]), span([("", "")])
    ([2017, None], [None, 2020], [])
    """
    dated = [(_year(since), _year(until)) for since, until in dates]
    dated = [pair for pair in dated if pair != (None, None)]
    if not dated:
        return []
    starts, ends = ([year for year in side if year is not None] for side in zip(*dated, strict=True))
    return [min(starts) if len(starts) == len(dated) else None, max(ends) if len(ends) == len(dated) else None]


def _dates(evidence: Iterable[Evidence]) -> list[tuple[str, str]]:
    return [(item.since, item.until) for item in evidence]


def _year(date: str) -> int | None:
    found = _YEAR.match(date)
    return int(found[0]) if found else None
