"""Filling figures: an ecosystem's network, brokers, gaps, communities, dates and places as the rows that are drawn."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ecosystem.api.figure_question import FigureQuestion, called, need, ranked
from ecosystem.api.words import ROLES, brokered, list_in_words
from ecosystem.errors import PublishError
from ecosystem.network import SUPRANATIONAL, ActorNetwork, Projection
from ecosystem.publish.figures import check_target, view, write_figure
from ecosystem.wording import counted

if TYPE_CHECKING:
    from ecosystem.api.ecosystem import Ecosystem

__all__ = ["KINDS", "coverage", "figure_view", "write"]

SEED: Final = 1
MOST_ROWS: Final = 60  # a page has room for fewer
KINDS_OF_ACTORS: Final = ("kind", "type", "branch")  # these make no areas: those of a kind need not be near each other
MOST_DRAWN: Final = 40_000  # nodes of a network
READ: Final = {  # what a broker's role means, in words that need no textbook
    "coordinator": "coordinator: all three of one {group}",
    "itinerant": "itinerant: between two of one other {group}",
    "gatekeeper": "gatekeeper: between its own {group} and another",
    "representative": "representative: out of its own {group} to another",
    "liaison": "liaison: between two other {group}s",
}


def figure_view(
    eco: Ecosystem, kind: str, *, by: str = "", projection: Projection | None = None, title: str = ""
) -> view.Figure:
    """Return what a figure of a kind shows, as plain rows.

    Raises
    ------
    PublishError
        If there is no such kind, or nothing to draw.
    """
    if kind not in KINDS:
        raise PublishError(f"There is no figure {kind!r}.", hint=f"Say one of: {', '.join(KINDS)}.")
    return KINDS[kind](FigureQuestion(eco, by or eco.grouping(), projection or eco.projection(), title))


def write(
    eco: Ecosystem,
    kind: str,
    path: Path,
    *,
    size: str = "page",
    by: str = "",
    projection: Projection | None = None,
    title: str = "",
) -> Path:
    """Draw a figure and write it; see `Ecosystem.figure`."""
    check_target(path, size)
    return write_figure(figure_view(eco, kind, by=by, projection=projection, title=title), path, size)


def _network(asked: FigureQuestion) -> view.Figure:
    from ecosystem.measures import communities
    from ecosystem.publish.layout import layout, node_radius

    eco, by = asked.eco, asked.by
    shown = eco.network(replace(asked.projection, initiatives="keep"))
    if len(shown) > MOST_DRAWN:
        raise PublishError(
            f"{len(shown):,} nodes are more than a figure can show.", hint="Choose with --country or --relation."
        )
    tied = sorted({*shown.tails.tolist(), *shown.heads.tolist()})
    need(tied, "No two actors are tied in these data")
    totals = {
        row.actor: row.total // (2 if asked.two_way else 1) for row in eco.brokers(by, projection=asked.projection)
    }
    degree = Counter([*shown.tails.tolist(), *shown.heads.tolist()])
    sizes = _sizes(shown, totals, degree)
    initiative = shown.is_initiative.tolist()
    attributes = [shown.attributes[by][node] or "" for node in range(len(shown))]
    groups = [name for name, _ in ranked(attributes[node] for node in tied) if name]
    code = {name: number for number, name in enumerate(groups)}
    found = {row.actor: row.community for row in communities(shown, seed=SEED)}
    placed = layout(
        len(shown),
        shown.tails.tolist(),
        shown.heads.tolist(),
        [code.get(attributes[node], -1) if by not in KINDS_OF_ACTORS else -1 for node in range(len(shown))],
        shown.strengths.tolist(),
        communities=[found.get(iri, -1) for iri in shown.ids],
        radii=[node_radius(sizes[node], initiative[node]) for node in range(len(shown))],
        central=[code[SUPRANATIONAL]] if SUPRANATIONAL in code else [],
        seed=SEED,
    )
    number = {node: place for place, node in enumerate(tied)}
    dots = tuple(
        view.Dot(
            names=_names(shown.labels[node], shown.attributes["acronym"][node]),
            x=float(placed.positions[node, 0]),
            y=float(placed.positions[node, 1]),
            radius=node_radius(sizes[node], initiative[node]),
            size=sizes[node],
            group=code.get(attributes[node], -1),
            area=int(placed.areas[node]),
            is_initiative=initiative[node],
        )
        for node in tied
    )
    ties: Counter[tuple[int, int]] = Counter()
    for one, other in zip(shown.tails.tolist(), shown.heads.tolist(), strict=True):
        if one != other:
            ties[number[min(one, other)], number[max(one, other)]] += 1
    counts = Counter(attributes[node] for node in tied)
    return view.Drawing(
        _network_words(asked, shown, tied, placed.by_community, any(totals.values())),
        dots,
        tuple((one, other, float(count)) for (one, other), count in sorted(ties.items())),
        tuple(view.Group(called(name), counts[name]) for name in groups),
        () if placed.by_community else tuple(called(name) for name in groups),
    )


def _network_words(
    asked: FigureQuestion, shown: ActorNetwork, tied: Sequence[int], by_community: bool, brokered: bool
) -> view.Words:
    actors = sum(not shown.is_initiative[node] for node in tied)
    initiatives, alone = len(tied) - actors, len(shown) - len(tied)
    lead = counted(actors, "actor") + (f" and {counted(initiatives, 'initiative')}" if initiatives else "")
    size = "pairs of actors that an actor connects" if brokered else "ties"
    lead += f", tied by {counted(shown.tie_count, 'relationship')}. Colour: {asked.by}. Size: {size}."
    more = f"Drawn together: {'communities' if by_community else asked.plural}. Distances have no scale."
    left = f"{alone:,} without a tie {'is' if alone == 1 else 'are'} not drawn." if alone else ""
    return asked.words("Who is tied to whom", lead, more, left)


def _brokers(asked: FigureQuestion) -> view.Figure:
    found = asked.eco.brokers(asked.by, projection=asked.projection)
    told = [(row.label, brokered(row, asked.two_way)) for row in found if row.total]
    need(told, f"Nobody connects actors that have no tie in these data, by {asked.by}")
    used = [role for role in ROLES if any(dict(one.roles).get(role) for _, one in told)]
    rows = []
    for label, one in told[:MOST_ROWS]:
        note = f"({one.exclusive:,} only here)" if one.exclusive else ""
        rows.append(view.Bar(label, tuple(float(dict(one.roles).get(role, 0)) for role in used), note))
    lead = (
        f"Pairs of actors without a tie to each other that an actor connects, in which role between {asked.plural}; "
        "in brackets those that nobody else connects."
    )
    bodies = f"Supranational bodies count as one {asked.by}." if SUPRANATIONAL in found["group"] else ""
    more = len(told) - len(rows)
    left = f"{more:,} more connect no more than these." if more else ""
    series = tuple(READ[role].format(group=asked.by).replace(f"{asked.by}s", asked.plural) for role in used)
    title = f"Who connects {asked.plural}"
    return view.Bars(asked.words(title, lead, bodies, left), tuple(rows), series, "more actors, who connect no more")


def _matrix(asked: FigureQuestion) -> view.Figure:
    from ecosystem.measures import group_matrix

    direction = asked.eco.direction(asked.projection)
    found = group_matrix(asked.network, by=asked.by, direction=direction)
    pairs = {(str(row.group_a), str(row.group_b)): row for row in found}
    weight: Counter[str] = Counter()
    for (one, other), row in pairs.items():
        weight[one] += row.ties + (row.open_pairs if one != other else 0)
        weight[other] += row.ties
    need(weight, f"There is nothing between {asked.plural} in these data")
    groups = [name for name, _ in sorted(weight.items(), key=lambda item: (-item[1], item[0]))]
    halves = 2 if asked.two_way else 1

    def ties(row: int, column: int) -> float | None:
        if asked.two_way and column > row:
            return None
        between = pairs.get((groups[row], groups[column]))
        return float(between.ties // (halves if row == column else 1)) if between else 0.0

    def open_pairs(row: int, column: int) -> float | None:
        if not asked.two_way or column <= row:
            return None
        between = pairs.get((groups[row], groups[column]))
        return float(between.open_pairs) if between else 0.0

    span = range(len(groups))
    layers = [view.Layer("tied actors", tuple(tuple(ties(row, column) for column in span) for row in span))]
    lead = f"Ties from the actors of a row to those of a column. Diagonal: ties inside a {asked.by}."
    if asked.two_way:
        connected = tuple(tuple(open_pairs(row, column) for column in span) for row in span)
        layers.append(view.Layer("pairs that have no tie, but someone who connects them", connected))
        lead = (
            f"Below the diagonal and on it: pairs of actors that have a tie, between {asked.plural} and inside each. "
            "Above it: pairs that have none, but share a contact who connects them."
        )
    names = tuple(called(name) for name in groups)
    return view.Matrix(
        asked.words(f"Between {asked.plural}: ties, and pairs to connect", lead), names, names, tuple(layers), True
    )


def _gaps(asked: FigureQuestion) -> view.Figure:
    from ecosystem.gaps import gap_counts

    found = asked.eco.gaps()
    need(found.rows, "The gap rules find nothing missing in these data")
    rows = tuple(
        view.Bar(row.gap, (float(row.denied), float(row.count - row.denied)), section=row.severity.capitalize())
        for row in gap_counts(found)
    )
    lead = "Findings of each rule, the gravest first. Where nothing is recorded, the thing may exist all the same."
    words = asked.words("What is missing", lead, found.notes[0], ties=False)
    return view.Bars(words, rows, ("a source says it is absent", "nothing is recorded"), "more rules", rest=True)


def _communities(asked: FigureQuestion) -> view.Figure:
    from ecosystem.measures import communities

    found = communities(asked.network, seed=SEED)
    members: defaultdict[int, list[str]] = defaultdict(list)
    for row in found:
        if row.size > 1:
            members[row.community].append(row.actor)
    need(members, "No two actors are tied in these data")
    network, index = asked.network, asked.network.index()
    degree = Counter([*network.tails.tolist(), *network.heads.tolist()])
    rows = []
    for number, actors in sorted(members.items())[:MOST_ROWS]:
        central = sorted(actors, key=lambda iri: (-degree[index[iri]], network.labels[index[iri]]))[:2]
        names = [network.attributes["acronym"][index[iri]] or network.labels[index[iri]] for iri in central]
        groups = ranked(network.attributes[asked.by][index[iri]] or "" for iri in actors)
        note = "; ".join(f"{called(name) or 'not known'} {count}" for name, count in groups[:2])
        rows.append(view.Bar(f"{number}. {list_in_words(names)}", (float(len(actors)),), note))
    alone = sum(row.size == 1 for row in found)
    lead = f"Actors in each community, named after the two with most ties; beside it, its most frequent {asked.plural}."
    left = f"{counted(alone, 'actor')} without a community {'is' if alone == 1 else 'are'} not shown." if alone else ""
    method = f"Leiden algorithm, {found.notes[-1].rstrip('.')}."
    return view.Bars(
        asked.words("Communities: who keeps to whom", lead, method, left),
        tuple(rows),
        ("actors",),
        "more communities, none larger",
    )


def _timeline(asked: FigureQuestion) -> view.Figure:
    eco = asked.eco
    kept = eco.network(Projection(initiatives="keep"))
    iris = [iri for iri, initiative in zip(kept.ids, kept.is_initiative.tolist(), strict=True) if initiative]
    profiles = eco.lookup.profiles(iris)
    begun = {
        "Initiatives": [profiles[iri].since for iri in iris],
        "Relationships": [one.since for one in eco.lookup.evidence()],
    }
    panels = tuple(_panel(label, dates) for label, dates in begun.items() if any(_year(date) for date in dates))
    need(panels, "No initiative and no relationship of these data has a date")
    lead = "By the year in which they began. What names no year is not drawn, and is counted above each panel."
    return view.Timeline(asked.words("What began when", lead, ties=False), panels)


def _panel(label: str, dates: Sequence[str]) -> view.Panel:
    years = Counter(year for date in dates if (year := _year(date)))
    undated = len(dates) - years.total()
    said = f"{years.total():,} of {len(dates):,} name a year; {undated:,} do not." if undated else "All name a year."
    return view.Panel(label, tuple(sorted(years.items())), said)


def _world(asked: FigureQuestion) -> view.Figure:
    from ecosystem.publish.figures.outlines import outlines

    eco, network = asked.eco, asked.network
    code = {eco.ontology.label(iri, eco.language): one.alpha3 for iri, one in eco.ontology.countries.items()}
    mapped = outlines()
    country = [code.get(name or "", "") for name in network.attributes["country"]]
    country = [one if one in mapped else "" for one in country]
    label = {one: name or "" for one, name in zip(country, network.attributes["country"], strict=True)}
    actors = Counter(one for one in country if one)
    need(actors, "No actor of these data has a country that is on the map")
    across: Counter[tuple[str, str]] = Counter()
    elsewhere = inside = 0
    pairs = {(min(pair), max(pair)) for pair in zip(network.tails.tolist(), network.heads.tolist(), strict=True)}
    for tail, head in sorted(pairs):
        one, other = sorted((country[tail], country[head]))
        if not one:
            elsewhere += 1
        elif one == other:
            inside += 1
        else:
            across[one, other] += 1
    placed = f"{counted(actors.total(), 'actor')} of {len(actors)} {'country' if len(actors) == 1 else 'countries'}"
    lead = (
        f"{placed}; an arc joins two countries whose actors are tied: {counted(across.total(), 'tie')} across borders, "
        f"{inside:,} inside a country."
    )
    unplaced = len(network) - actors.total()
    left = (
        f"Not on the map: {counted(unplaced, 'actor')} of no country, and their {counted(elsewhere, 'tie')}."
        if unplaced
        else ""
    )
    about = "Equal Earth projection. Outlines: Natural Earth (public domain); they express no opinion on any border."
    return view.World(
        asked.words("Ties across borders", lead, left, about),
        tuple(view.Place(one, label[one], count) for one, count in sorted(actors.items())),
        tuple(view.Arc(one, other, count) for (one, other), count in sorted(across.items())),
    )


def coverage(
    words: view.Words, rows: Sequence[str], columns: Sequence[str], counts: Mapping[tuple[str, str], int]
) -> view.Matrix:
    """Return a heat map of coverage, such as country × role: how many stand where, 0 where nobody does.

    Parameters
    ----------
    counts
        By (row, column); a pair that is not in it counts 0.
    """
    values = tuple(tuple(float(counts.get((row, column), 0)) for column in columns) for row in rows)
    return view.Matrix(words, tuple(rows), tuple(columns), (view.Layer("actors", values),))


KINDS: Final[Mapping[str, Callable[[FigureQuestion], view.Figure]]] = {
    "network": _network,
    "brokers": _brokers,
    "matrix": _matrix,
    "gaps": _gaps,
    "communities": _communities,
    "timeline": _timeline,
    "world": _world,
}


def _sizes(network: ActorNetwork, totals: Mapping[str, int], degree: Mapping[int, int]) -> list[float]:
    """Return the size of each node: by pairs connected, else small by ties."""
    most, busiest = max(totals.values(), default=0), max(degree.values(), default=1)
    return [
        totals.get(iri, 0) / most if most and not initiative else degree.get(node, 0) / busiest / 4
        for node, (iri, initiative) in enumerate(zip(network.ids, network.is_initiative.tolist(), strict=True))
    ]


def _names(label: str, acronym: str | None) -> tuple[str, ...]:
    return (label, acronym) if acronym and acronym != label else (label,)


def _year(date: str) -> int:
    """Return the year of an ISO date, 0 where there is none."""
    year = date[:4]
    return int(year) if year.isdecimal() else 0
