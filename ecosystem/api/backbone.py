"""Filling the map's view of a very large ecosystem: its actors alone, and for each the partners it shares most with.

What is left out is told among the page's notes. Texts come from the store by column, without a profile an actor.
"""

from __future__ import annotations

import shlex
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ecosystem import terms
from ecosystem.api.map_parts import (
    SEED,
    community_numbers,
    data_words,
    datasets_of,
    gaps_by_rule,
    kind_ids,
    kinds_of,
    language_words,
    settings_of,
    short,
)
from ecosystem.api.words import brokered, date_in_words, pairs_of
from ecosystem.network import SUPRANATIONAL, ActorNetwork, Projection
from ecosystem.publish import view as page
from ecosystem.publish.words import Words

if TYPE_CHECKING:
    from ecosystem.api.ecosystem import Ecosystem
    from ecosystem.gaps import Gap
    from ecosystem.measures import Broker
    from ecosystem.tables import Table

__all__ = ["backbone_view", "is_very_large"]

VERY_LARGE = 100_000  # nodes and ties together, initiatives folded
PARTNERS = 3  # of each actor that are drawn
NAMED = 3  # shared initiatives that a tie names
RANKED = 60  # brokers in the ranking
LISTED = 200  # actors that each gap lists
SHARES = "shares"  # the one relation of the map

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Backbone:
    """The strongest pairs: ends, strength, how many edges stand behind each and which; `pairs` of them there are."""

    tails: Ints
    heads: Ints
    strengths: NDArray[np.float64]
    edges: tuple[Ints, ...]
    pairs: int


def is_very_large(network: ActorNetwork) -> bool:
    """Tell whether a network is more than a map can show whole."""
    return len(network) + len(network.tails) > VERY_LARGE


def backbone(network: ActorNetwork, partners: int = PARTNERS) -> Backbone:
    """Return for each node the pairs with the `partners` it is tied to most strongly; ties between one pair add up."""
    n = len(network)
    tails, heads = network.tails.astype(np.int64), network.heads.astype(np.int64)
    kept = np.flatnonzero(tails != heads)
    keys = np.minimum(tails, heads)[kept] * n + np.maximum(tails, heads)[kept]
    pairs, which = np.unique(keys, return_inverse=True)
    strengths = np.bincount(which, network.strengths[kept], len(pairs))
    low, high = pairs // n, pairs % n
    ends, number = np.concatenate((low, high)), np.concatenate((np.arange(len(pairs)),) * 2)
    order = np.lexsort((number, -strengths[number], ends))
    first = np.searchsorted(ends[order], np.arange(n))
    place = np.arange(len(order)) - first[ends[order]]
    chosen = np.unique(number[order[place < partners]])
    by_pair = np.argsort(which, kind="stable")
    starts = np.searchsorted(which[by_pair], np.stack((chosen, chosen + 1)))
    edges = tuple(kept[by_pair[start:end]] for start, end in starts.T.tolist())
    return Backbone(low[chosen], high[chosen], strengths[chosen], edges, len(pairs))


def backbone_view(eco: Ecosystem, *, by: str, projection: Projection | None, title: str) -> page.MapView:
    """Return what a map of a very large ecosystem shows; see `ecosystem.api.picture.map_view`."""
    from ecosystem.measures import communities

    choice, speak = projection or eco.projection(), Words(eco.language)
    two_way = eco.direction(choice) == "two-way"
    shown = eco.network(choice)
    by = by or eco.grouping(shown)
    brokers = eco.brokers(by, projection=choice)
    gaps = eco.gaps()
    found = communities(shown, seed=SEED, iterations=2)
    drawn, tied = backbone(shown), speak.say("backbone_tie")
    datasets = datasets_of(eco)
    return page.MapView(
        title=title or speak.listed([name for name, _ in datasets]) or speak.say("untitled"),
        sentence=_sentence(shown, drawn, datasets, speak),
        date=max((date for _, date in datasets), default=""),
        nodes=_nodes(eco, shown, by, brokers, two_way, gaps.rows, community_numbers(found), speak),
        ties=_ties(eco, shown, drawn, speak),
        kinds=kinds_of(eco, shown),
        relations=(page.Relation(SHARES, tied, tied, "#5b6b7a", 0, directed=False),),
        grouping=_grouping(shown, by, speak),
        measure=speak.say("size_pairs"),
        brokers=_ranking(brokers, two_way),
        gaps=tuple(replace(gap, rows=gap.rows[:LISTED]) for gap in gaps_by_rule(gaps.rows, shown, speak)),
        sources=tuple(
            page.SourceEntry(
                short(source.iri), source.title, source.url, source.date, source.licence, source.relationships
            )
            for source in eco.lookup.sources()
        ),
        notes=(
            speak.say(
                "backbone_drawn",
                drawn=speak.figure(len(drawn.tails)),
                pairs=speak.figure(drawn.pairs),
                partners=str(PARTNERS),
            ),
        ),
        remarks=(*shown.notes, *brokers.notes, *gaps.notes),
        settings={
            **settings_of(eco, choice, by),
            "communities": f"Leiden, {found.notes[-1].rstrip('.')}",
            "ties drawn": speak.say("backbone_setting", n=str(PARTNERS)),
        },
        command=f"ecosystem map{data_words(eco)} --by {shlex.quote(by)}{language_words(eco)}",
        language=eco.language,
    )


def _nodes(
    eco: Ecosystem,
    network: ActorNetwork,
    by: str,
    brokers: Table[Broker],
    two_way: bool,
    gaps: Sequence[Gap],
    community: Mapping[str, int],
    speak: Words,
) -> tuple[page.MapNode, ...]:
    totals = pairs_of(brokers, two_way)
    top, colon = max(totals.values(), default=0) or 1, speak.say("colon")
    gaps_of: dict[str, list[str]] = defaultdict(list)
    for gap in gaps:
        gaps_of[gap.subject_iri].append(f"{gap.gap}{colon}{gap.detail}" if gap.detail else gap.gap)
    descriptions, homepages = (_said(eco, term) for term in (terms.DESCRIPTION, terms.HOMEPAGE))
    columns = (
        *(network.labels, network.attributes["acronym"], network.attributes[by], network.attributes["country"]),
        kind_ids(network),
    )
    return tuple(
        page.MapNode(
            id=short(iri),
            label=label,
            kind=kind,
            acronym=acronym or "",
            group=group or "",
            country=country or "",
            description=descriptions.get(iri, ""),
            homepage=homepages.get(iri, ""),
            size=totals.get(iri, 0) / top,
            measure=speak.count("backbone_connects", totals.get(iri, 0)),
            broker_total=totals.get(iri),
            gaps=tuple(sorted(gaps_of[iri])) if iri in gaps_of else (),
            community=community.get(iri),
        )
        for iri, label, acronym, group, country, kind in zip(network.ids, *columns, strict=True)
    )


def _said(eco: Ecosystem, term: str) -> dict[str, str]:
    """Return what is said of each thing in one term; the first text where there are several."""
    found = eco.store.columns(f"SELECT ?thing ?value WHERE {{ ?thing a ?type ; <{term}> ?value }}")
    pairs = sorted(zip(found.column("thing"), found.column("value"), strict=True), reverse=True)
    return dict(pairs)


def _ties(eco: Ecosystem, network: ActorNetwork, drawn: Backbone, speak: Words) -> tuple[page.MapTie, ...]:
    names = eco.lookup.labels
    ids = [short(iri) for iri in network.ids]
    cited = {source.iri: source for source in eco.lookup.sources()}
    source_of, initiatives = _sources(eco), [names.get(iri, "") for iri in network.via]
    ties = []
    for number, edges in enumerate(drawn.edges):
        one, other = ids[int(drawn.tails[number])], ids[int(drawn.heads[number])]
        via = sorted({initiatives[edge] for edge in edges.tolist()} - {""})
        source = cited.get(source_of.get(network.records[int(edges[0])][0], ""))
        evidence = page.Evidence(
            statement=_shared(via, speak),
            source=source.title if source else "",
            url=source.url if source else "",
        )
        ties.append(
            page.MapTie(f"{one}~{other}", one, other, SHARES, (evidence,), strength=float(drawn.strengths[number]))
        )
    return tuple(ties)


def _shared(via: Sequence[str], speak: Words) -> str:
    if not via:
        return ""
    names = speak.series(via[:NAMED])
    if len(via) > NAMED:
        names = speak.say("backbone_more", names=names, n=speak.figure(len(via) - NAMED))
    return speak.count("backbone_shared", len(via), names=names)


def _sources(eco: Ecosystem) -> dict[str, str]:
    """Return the source of each record of a relationship."""
    found = eco.store.columns(
        f"SELECT ?record ?source WHERE {{ ?record a <{terms.RELATIONSHIP}> ; <{terms.DERIVED_FROM}> ?source }}",
        texts=["record"],
    )
    return dict(zip(found.texts("record"), found.column("source"), strict=True))


def _ranking(brokers: Table[Broker], two_way: bool) -> tuple[page.Broker, ...]:
    told = ((row, brokered(row, two_way)) for row in brokers.rows[:RANKED])
    return tuple(
        page.Broker(short(row.actor), row.label, roles=one.roles, total=one.total) for row, one in told if one.total
    )


def _grouping(network: ActorNetwork, by: str, speak: Words) -> page.Grouping:
    counted = Counter(group for group in network.attributes[by] if group)
    ranked = sorted(counted, key=lambda group: (-counted[group], group))
    return page.Grouping(
        speak.get(f"by_{by}", by.capitalize()), tuple(page.Group(one, one, one == SUPRANATIONAL) for one in ranked)
    )


def _sentence(network: ActorNetwork, drawn: Backbone, datasets: Sequence[tuple[str, str]], speak: Words) -> str:
    countries = {country for country in network.attributes["country"] if country} - {SUPRANATIONAL}
    date = max((date for _, date in datasets), default="")
    where = "backbone_actors_from" if len(countries) > 1 else "backbone_actors"
    return speak.say(
        "backbone_said",
        actors=speak.say(where, actors=speak.figure(len(network)), countries=str(len(countries))),
        when=speak.say("said_when", date=date_in_words(date, speak)) if date else "",
        pairs=speak.figure(drawn.pairs),
        drawn=speak.figure(len(drawn.tails)),
        partners=str(PARTNERS),
    )
