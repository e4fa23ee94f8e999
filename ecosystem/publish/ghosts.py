"""Two views as one: what only the second shows is new, what only the first shows is gone; both stay on the map."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, TypeVar

from ecosystem.publish.view import Grouping, MapView

__all__ = ["ADDED", "REMOVED", "both"]

ADDED, REMOVED = "added", "removed"
Item = TypeVar("Item")


def both(before: MapView, after: MapView) -> MapView:
    """Return the view `after` with what is new in it marked, and with what it lacks of `before` marked as gone.

    Measures, rankings and gaps are those of `after`.
    """
    groups = _together(before.grouping.groups, after.grouping.groups)
    return replace(
        after,
        nodes=_marked(before.nodes, after.nodes),
        ties=_marked(before.ties, after.ties),
        kinds=tuple(_together(before.kinds, after.kinds)),
        relations=tuple(_together(before.relations, after.relations)),
        grouping=Grouping(after.grouping.label, tuple(groups)),
        sources=tuple(_together(before.sources, after.sources)),
    )


def _together(before: Iterable[Item], after: Iterable[Item]) -> list[Item]:
    """Return what stands in either, by id, as the later one describes it."""
    by_id: dict[str, Item] = {_id(item): item for item in after}
    for item in before:
        by_id.setdefault(_id(item), item)
    return list(by_id.values())


def _marked(before: Iterable[Any], after: Iterable[Any]) -> tuple[Any, ...]:
    """Return nodes or ties of both, those of the second first."""
    old = {_id(item): item for item in before}
    new = {_id(item): item for item in after}
    kept = [item if key in old else replace(item, ghost=ADDED) for key, item in new.items()]
    gone = [replace(item, ghost=REMOVED) for key, item in old.items() if key not in new]
    return tuple(kept + [_bare(item) for item in gone])


def _bare(item: Any) -> Any:
    """Return a node that is gone without what is measured of the network that it is no part of."""
    if not hasattr(item, "broker_total"):
        return item
    return replace(item, broker="", broker_total=None, gaps=(), community=None)


def _id(item: Any) -> str:
    found: str = item.id
    return found
