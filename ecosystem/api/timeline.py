"""An ecosystem year by year: how many actors and ties, in how many parts, and who brokers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from ecosystem import terms
from ecosystem.errors import ProjectionError
from ecosystem.measures import ROLES, Broker, brokerage
from ecosystem.network import ActorNetwork, Projection, collapse
from ecosystem.network.model import Direction
from ecosystem.network.ties import holds
from ecosystem.tables import Table
from ecosystem.whatif.overlay import folded_network, with_edges
from ecosystem.whatif.reaching import parts_of
from ecosystem.wording import counted

if TYPE_CHECKING:
    from ecosystem.api.ecosystem import Ecosystem

__all__ = ["MOST_YEARS", "Year", "timeline"]

MOST_YEARS = 400
Span = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Year:
    """An ecosystem in one year, by its dated relationships.

    `relationships` hold in this year, `begun` of them since this year, `ended` until it. `actors` have a tie, of
    `pairs` such that have one in all, in `parts` of which the largest has `largest` actors. The roles are pairs that
    the actors of that year connect, those of a gatekeeper and a representative being one where ties are two-way;
    `broker` connects most.
    """

    year: int
    relationships: int
    begun: int
    ended: int
    actors: int
    pairs: int
    parts: int
    largest: int
    coordinator: int
    itinerant: int
    gatekeeper: int
    representative: int
    liaison: int
    brokered: int
    broker: str
    broker_pairs: int


def timeline(
    eco: Ecosystem, *, by: str = "", projection: Projection | None = None, undated: bool = False
) -> Table[Year]:
    """Return one row a year, from the first that a relationship begins or ends in to the last.

    A relationship with an initiative that bears no dates holds while the initiative ran. Those without any date are
    counted apart, and are in no year.

    Parameters
    ----------
    by
        What groups are made of; empty: the country where most actors have one, else the kind.
    projection
        What counts as a tie; `start` and `end` limit the years.
    undated
        Let what bears no date hold in every year.

    Raises
    ------
    ProjectionError
        If no relationship that counts bears a date.
    """
    choice = projection or eco.projection()
    kept = eco.network(replace(choice, initiatives="keep"))
    spans = _spans(eco, kept)
    dated = [span for span in spans if any(span)]
    years = _years(dated, choice)
    if not years:
        raise ProjectionError(
            "No relationship that counts as a tie bears a date.",
            hint="since and until of relationships or initiatives say when they hold.",
        )
    grouping = by or eco.grouping(folded_network(kept, choice))
    direction = eco.direction(choice)
    without = np.array([not any(span) for span in spans], bool)
    rows = []
    for year in years:
        told = {span for span in set(dated) if holds(*span, str(year), str(year))}
        held = np.array([span in told for span in spans], bool)
        network = folded_network(with_edges(kept, held | without if undated else held), choice)
        rows.append(_row(year, network, grouping, direction, [spans[place] for place in np.flatnonzero(held).tolist()]))
    return Table(Year, tuple(rows), _notes(len(spans), len(spans) - len(dated), undated, grouping))


def _spans(eco: Ecosystem, kept: ActorNetwork) -> list[Span]:
    """Return from when until when each relationship of a network holds, empty where that is not known."""
    dates = _dates(eco)
    ends = zip(kept.tails.tolist(), kept.heads.tolist(), kept.records, strict=True)
    spans = []
    for tail, head, records in ends:
        own = dates.get(records[0], ("", ""))
        if not any(own):
            venue = next((node for node in (tail, head) if kept.is_initiative[node]), None)
            own = dates.get(kept.ids[venue], own) if venue is not None else own
        spans.append(own)
    return spans


def _dates(eco: Ecosystem) -> Mapping[str, Span]:
    """Return since when and until when things and relationships are said to hold."""
    found: dict[str, Span] = {}
    for place, term in enumerate((terms.SINCE, terms.UNTIL)):
        for thing, date in sorted(eco.store.select(f"SELECT ?thing ?date WHERE {{ ?thing <{term}> ?date }}").values()):
            since, until = found.get(thing, ("", ""))
            found[thing] = (date, until) if place == 0 else (since, date)
    return found


def _years(dated: Sequence[Span], choice: Projection) -> range:
    """Return the years that dates name, within those of the projection."""
    named = [int(date[:4]) for span in dated for date in span if date]
    if not named:
        return range(0)
    first, last = min(named), max(named)
    first = max(first, int(choice.start[:4])) if choice.start else first
    last = min(last, int(choice.end[:4])) if choice.end else last
    if last - first >= MOST_YEARS:
        raise ProjectionError(
            f"The dates run from {first} to {last}: more than {MOST_YEARS} years.", hint="Say --from and --to."
        )
    return range(first, last + 1)


def _row(year: int, network: ActorNetwork, by: str, direction: Direction, held: Sequence[Span]) -> Year:
    plain = collapse(network)
    tied = np.diff(plain.indptr) > 0
    sizes = np.bincount(parts_of(plain)[tied]) if tied.any() else np.zeros(0, np.int64)
    brokers, each = _brokers(network, by, direction), 2 if direction == "two-way" else 1
    totals = {name: sum(brokers[name]) if brokers else 0 for name in ROLES}
    roles = {name: total // each for name, total in totals.items()}
    if each == 2:  # a gatekeeper one way is the representative the other way
        roles["gatekeeper"], roles["representative"] = totals["gatekeeper"], 0
    top = brokers[0] if brokers and brokers[0].total else None
    return Year(
        year=year,
        relationships=len(held),
        begun=sum(since[:4] == str(year) for since, _ in held),
        ended=sum(until[:4] == str(year) for _, until in held),
        actors=int(tied.sum()),
        pairs=plain.tie_count // 2,
        parts=int((sizes > 0).sum()),
        largest=int(sizes.max(initial=0)),
        **roles,
        brokered=sum(roles.values()),
        broker=top.label if top else "",
        broker_pairs=top.total // each if top else 0,
    )


def _brokers(network: ActorNetwork, by: str, direction: Direction) -> Table[Broker]:
    """Return who brokers; nobody where no actor has a group."""
    if not any(network.attributes.get(by, ())):
        return Table(Broker, ())
    return brokerage(network, by=by, direction=direction, exclusive=False)


def _notes(count: int, undated: int, with_undated: bool, grouping: str) -> tuple[str, ...]:
    return tuple(_said(count, undated, with_undated, grouping))


def _said(count: int, undated: int, with_undated: bool, grouping: str) -> Iterator[str]:
    if undated:
        where = "counted in every year" if with_undated else "in no year: say --undated to have them in each"
        yield f"{undated:,} of {counted(count, 'relationship')} bear no date and are {where}."
    yield f"Roles by {grouping}. What has begun and bears no end is taken to last."
