"""What a reader can filter and open on a map beside its kinds and groups: countries, certainty, triads, ghost ties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from ecosystem.publish.view import MapTie, MapView

__all__ = ["at_time", "certain", "certainties", "ghost_ties", "places", "sureness", "triads"]

RECORDINGS = {
    "www.youtube.com": "t",
    "youtube.com": "t",
    "m.youtube.com": "t",
    "youtu.be": "t",
    "www.youtube-nocookie.com": "start",
}


def places(view: MapView) -> list[str]:
    """Return the countries of a map, the largest first; none where groups tell the same, or all is in one."""
    groups = {group.id: group.label for group in view.grouping.groups}
    counted = Counter(node.country for node in view.nodes)
    if len(counted) < 2 or all(groups.get(node.group, "") == node.country for node in view.nodes):
        return []
    return sorted((place for place in counted if place), key=lambda place: (-counted[place], place))


def certainties(view: MapView) -> list[str]:
    """Return the words that evidence uses for how certain it is, the most used first; none where it is one at most."""
    counted = Counter(item.certainty for tie in view.ties for item in tie.evidence if item.certainty)
    return sorted(counted, key=lambda word: (-counted[word], word)) if len(counted) > 1 else []


def certain(tie: MapTie, known: Mapping[str, int]) -> list[int]:
    """Return the numbers of the certainties that a tie's evidence names; [] where one of it names none."""
    words = {item.certainty for item in tie.evidence}
    return sorted(known[word] for word in words) if words <= known.keys() else []


def sureness(tie: MapTie) -> int | None:
    """Return how sure a tie is, in percent: as its surest evidence; None where one of it does not say.

    >>> from ecosystem.publish.view import Evidence
    >>> sureness(MapTie("t", "a", "b", "r", (Evidence(confidence=0.4), Evidence(confidence=0.9))))
    90
    >>> sureness(MapTie("t", "a", "b", "r", (Evidence(confidence=0.4), Evidence())))
    """
    stated = [item.confidence for item in tie.evidence if item.confidence is not None]
    return round(100 * min(max(*stated, 0.0), 1.0)) if stated and len(stated) == len(tie.evidence) else None


def triads(view: MapView) -> list[dict[str, Any]]:
    """Return the brokers whose pairs are known: `[a, b, role, exclusive, ties, ties]` each, in numbers.

    The number of a role is its place among the broker's `roles`, a list of names with counts.
    """
    node = {node.id: number for number, node in enumerate(view.nodes)}
    tie = {tie.id: number for number, tie in enumerate(view.ties)}
    found = []
    for broker in view.brokers:
        if not broker.triads or broker.id not in node:
            continue
        counts = dict(broker.roles)
        roles = list(counts | {one.role: counts.get(one.role, 0) for one in broker.triads})
        pairs = [
            [
                node[one.a],
                node[one.b],
                roles.index(one.role),
                int(one.exclusive),
                [tie[name] for name in one.first if name in tie],
                [tie[name] for name in one.second if name in tie],
            ]
            for one in broker.triads
            if one.a in node and one.b in node
        ]
        found.append(
            {
                "node": node[broker.id],
                "total": broker.total,
                "roles": [[role, counts.get(role, 0)] for role in roles],
                "pairs": pairs,
            }
        )
    return found


def ghost_ties(view: MapView) -> list[dict[str, Any]]:
    """Return the ties that gaps miss, between nodes that are on the map."""
    node = {node.id: number for number, node in enumerate(view.nodes)}
    return [
        {"source": node[one.source], "target": node[one.target], "words": one.words}
        | ({"offer": one.offer} if one.offer else {})
        for one in view.missing
        if one.source in node and one.target in node
    ]


def at_time(url: str, locator: str) -> str:
    """Return the address of the very second of a recording that a locator names, where its host is known to have one.

    >>> at_time("https://www.youtube.com/watch?v=nGjuo", "01:10:01")
    'https://www.youtube.com/watch?v=nGjuo&t=4201s'
    >>> at_time("https://vimeo.com/76979871", "12:34")
    'https://vimeo.com/76979871#t=754s'
    >>> at_time("https://www.oecd.org/", "12:34"), at_time("https://youtu.be/nGjuo", "section 3")
    ('https://www.oecd.org/', 'https://youtu.be/nGjuo')
    """
    seconds = _seconds(locator)
    if seconds is None:
        return url
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    asked = parse_qsl(parts.query, keep_blank_values=True)
    if host in ("vimeo.com", "player.vimeo.com") and not parts.fragment:
        return urlunsplit(parts._replace(fragment=f"t={seconds}s"))
    name = RECORDINGS.get(host)
    if name is None or any(key in ("t", "start") for key, _ in asked):
        return url
    said = f"{seconds}s" if name == "t" else str(seconds)
    return urlunsplit(parts._replace(query=urlencode([*asked, (name, said)])))


def _seconds(locator: str) -> int | None:
    """Return a time stamp "h:mm:ss" or "m:ss" as seconds after the start; None for anything else."""
    parts = locator.strip().split(":")
    if not 2 <= len(parts) <= 3 or not all(part.isascii() and part.isdigit() and len(part) <= 3 for part in parts):
        return None
    if any(int(part) > 59 for part in parts[1:]):
        return None
    seconds = 0
    for part in parts:
        seconds = seconds * 60 + int(part)
    return seconds
