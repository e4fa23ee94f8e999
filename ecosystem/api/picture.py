"""Filling the map's view: an ecosystem's profiles, ties, evidence, brokers and gaps as the plain data a page draws."""

from __future__ import annotations

import shlex
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ecosystem.api.captions import heading
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
from ecosystem.api.triads import brokers_told
from ecosystem.api.words import brokered, pairs_of, thinness
from ecosystem.lookup import Evidence, Profile
from ecosystem.network import SUPRANATIONAL, ActorNetwork, Projection
from ecosystem.publish import view as page
from ecosystem.publish.words import Words

if TYPE_CHECKING:
    from ecosystem.api.ecosystem import Ecosystem
    from ecosystem.gaps import Gap
    from ecosystem.tables import Table

__all__ = ["map_view"]


def map_view(eco: Ecosystem, *, by: str, projection: Projection | None, title: str) -> page.MapView:
    """Return what a map of the ecosystem shows.

    Actors and initiatives are nodes; brokers are counted on the network in which initiatives are folded.

    Parameters
    ----------
    by
        The attribute that groups are made of; empty: the country where most have one, else the kind.
    """
    choice, speak = projection or eco.projection(), Words(eco.language)
    from ecosystem.measures import communities

    two_way = eco.direction(choice) == "two-way"
    shown = eco.network(replace(choice, initiatives="keep"))
    by = by or eco.grouping()
    brokers = eco.brokers(by, projection=choice)
    totals = pairs_of(brokers, two_way)
    connecting = sum(map(bool, totals.values()))  # those who do come first
    told = brokers_told(
        eco,
        brokers.rows,
        by=by,
        choice=choice,
        node={iri: short(iri) for iri in shown.ids},
        tie={record: short(records[0]) for records in shown.records for record in records},
    )
    gaps = eco.gaps()
    found = communities(shown, seed=SEED)
    evidence = {one.record: one for one in eco.lookup.evidence()}
    datasets = datasets_of(eco)
    return page.MapView(
        title=title or speak.listed([name for name, _ in datasets]) or speak.say("untitled"),
        sentence=heading(shown, datasets, speak),
        date=max((date for _, date in datasets), default=""),
        nodes=_nodes(
            eco,
            shown,
            by,
            totals,
            {iri: one.words for iri, one in told.items()},
            gaps.rows,
            community_numbers(found),
            speak,
        ),
        ties=_ties(shown, evidence),
        kinds=kinds_of(eco, shown),
        relations=_relations(eco, shown),
        grouping=_grouping(shown, by, speak),
        measure=speak.say("size_pairs" if connecting else "size_ties"),
        brokers=tuple(
            page.Broker(
                id=short(row.actor),
                label=row.label,
                words=told[row.actor].words if row.actor in told else "",
                roles=counts.roles,
                total=counts.total,
                triads=told[row.actor].triads if row.actor in told else (),
            )
            for row in brokers.head(connecting)
            for counts in [brokered(row, two_way)]
        ),
        gaps=gaps_by_rule(gaps.rows, shown, speak),
        sources=tuple(
            page.SourceEntry(
                id=short(source.iri),
                title=source.title,
                url=source.url,
                date=source.date,
                licence=source.licence,
                statements=source.relationships,
            )
            for source in eco.lookup.sources()
        ),
        notes=(thinness(list(evidence.values()), speak),),
        remarks=(*brokers.notes, *gaps.notes),
        settings={**settings_of(eco, choice, by), "communities": f"Leiden, {found.notes[-1].rstrip('.')}"},
        command=f"ecosystem map{data_words(eco)} --by {shlex.quote(by)}{language_words(eco)}",
        commands=_commands(eco, by),
        missing=_missing(eco, gaps, shown),
        language=eco.language,
    )


def _nodes(
    eco: Ecosystem,
    network: ActorNetwork,
    by: str,
    totals: Mapping[str, int],
    sentences: Mapping[str, str],
    gaps: Sequence[Gap],
    community: Mapping[str, int],
    speak: Words,
) -> tuple[page.MapNode, ...]:
    degree = Counter([*network.tails.tolist(), *network.heads.tolist()])
    top_total, top_degree = max(totals.values(), default=0), max(degree.values(), default=1)
    gaps_of: dict[str, list[str]] = defaultdict(list)
    for gap in gaps:
        gaps_of[gap.subject_iri].append(f"{gap.gap}: {gap.detail}" if gap.detail else gap.gap)
    profiles, kinds = eco.lookup.profiles(network.ids), kind_ids(network)
    nodes = []
    for number, iri in enumerate(network.ids):
        total, initiative = totals.get(iri), bool(network.is_initiative[number])
        share = (total or 0) / top_total if top_total and not initiative else degree[number] / top_degree / 4
        nodes.append(
            replace(
                _node(profiles[iri], kinds[number], speak),
                group=network.attributes[by][number] or "",
                country=network.attributes["country"][number] or "",
                is_initiative=initiative,
                size=share,
                measure=speak.count("pairs", total) if total else speak.count("ties_count", degree[number]),
                broker=sentences.get(iri, ""),
                broker_total=total,
                gaps=tuple(sorted(gaps_of[iri])),
                community=community.get(iri),
            )
        )
    return tuple(nodes)


def _node(profile: Profile, kind: str, speak: Words) -> page.MapNode:
    facts = {
        "stage": profile.stage,
        "since": profile.since,
        "until": profile.until,
        "topics": ", ".join(profile.topics),
        "identifiers": ", ".join(profile.identifiers),
        "figures": "; ".join(profile.figures),
    }
    cited = page.Evidence(source=profile.source, url=profile.link, locator=profile.locator)
    return page.MapNode(
        id=short(profile.iri),
        label=profile.label,
        kind=kind,
        acronym=profile.acronym,
        alternatives=profile.alternatives,
        description=profile.description,
        homepage=profile.homepage,
        since=profile.since,
        until=profile.until,
        facts=tuple((speak.say(f"fact_{name}"), value) for name, value in facts.items() if value),
        evidence=(cited,) if profile.source else (),
    )


def _ties(network: ActorNetwork, evidence: Mapping[str, Evidence]) -> tuple[page.MapTie, ...]:
    return tuple(
        page.MapTie(
            id=short(network.records[edge][0]),
            source=short(network.ids[tail]),
            target=short(network.ids[head]),
            relation=short(network.relations[edge]),
            evidence=tuple(_shown(evidence[record]) for record in network.records[edge] if record in evidence),
            strength=float(network.strengths[edge]),
        )
        for edge, (tail, head) in enumerate(zip(network.tails.tolist(), network.heads.tolist(), strict=True))
    )


def _shown(one: Evidence) -> page.Evidence:
    return page.Evidence(
        statement=one.statement,
        source=one.source,
        url=one.link,
        locator=one.locator,
        certainty=one.certainty,
        since=one.since,
        until=one.until,
        confidence=float(one.confidence) if one.confidence else None,
    )


def _relations(eco: Ecosystem, network: ActorNetwork) -> tuple[page.Relation, ...]:
    used = set(network.relations)
    return tuple(
        page.Relation(
            id=short(iri),
            label=relation.label(eco.language),
            inverse=relation.inverse_label(eco.language),
            colour=relation.colour,
            order=relation.order,
            directed=relation.directed,
        )
        for iri, relation in eco.ontology.relations.items()
        if iri in used
    )


def _grouping(network: ActorNetwork, by: str, speak: Words) -> page.Grouping:
    actors = [
        group
        for group, initiative in zip(network.attributes[by], network.is_initiative, strict=True)
        if group and not initiative
    ]
    known = Counter(group for group in network.attributes[by] if group)
    counted = Counter(actors)
    ranked = sorted(known, key=lambda group: (-counted[group], -known[group], group))
    groups = tuple(page.Group(id=group, label=group, central=group == SUPRANATIONAL) for group in ranked)
    return page.Grouping(label=speak.get(f"by_{by}", by.capitalize()), groups=groups)


def _missing(eco: Ecosystem, gaps: Table[Gap], network: ActorNetwork) -> tuple[page.Missing, ...]:
    """Return the ties that gaps miss: to what a rule names beside the subject, else to the nearest who could fill it.

    Pairs that are tied already are none.
    """
    shown = set(network.ids)
    ids = list(network.ids)
    tied = {
        frozenset((ids[tail], ids[head]))
        for tail, head in zip(network.tails.tolist(), network.heads.tolist(), strict=True)
    }
    wanted = [(gap.subject_iri, gap.detail_iri, gap.gap, "") for gap in gaps]
    if gaps:
        wanted += [(row.subject_iri, row.who_iri, row.gap, row.missing) for row in eco.fillers(gaps, each=1)]
    found: dict[tuple[str, str, str], page.Missing] = {}
    for one, other, words, offer in wanted:
        if {one, other} <= shown and one != other and frozenset((one, other)) not in tied:
            found.setdefault((one, other, words), page.Missing(short(one), short(other), words, offer))
    return tuple(found.values())


def _commands(eco: Ecosystem, by: str) -> dict[str, str]:
    """Return the command lines that repeat what a reader of the page looks at."""
    data, grouped = data_words(eco) + language_words(eco), f" --by {shlex.quote(by)}"
    return {
        "node": f"ecosystem show {{node}} --evidence{data}",
        "path": f"ecosystem path {{from}} {{to}} --evidence{data}",
        "broker": f"ecosystem brokers --actor {{node}} --evidence{grouped}{data}",
        "brokers": f"ecosystem brokers{grouped}{data}",
        "gaps": f"ecosystem gaps{data}",
        "communities": f"ecosystem communities{data}",
    }
