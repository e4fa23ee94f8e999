"""Who could fill gaps, in words: the candidates, who introduces, on whose evidence, and the peer to ask."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from ecosystem.api.connections import Ties
from ecosystem.gaps import Gap
from ecosystem.gaps.bearing import Bearers
from ecosystem.gaps.filling import Near, Search, missing_of
from ecosystem.lookup import Evidence
from ecosystem.tables import Table

if TYPE_CHECKING:
    from ecosystem.api.ecosystem import Ecosystem

__all__ = ["Filler", "fillers"]


@dataclass(frozen=True, slots=True)
class Filler:
    """Somebody who could fill a gap, or knows how others did.

    `way` is a shortest chain of ties from the subject of the gap to `who`; `introduces` is the first on it, who knows
    both sides, and empty where subject and candidate know each other. Without a way, `who` is empty and only the peer
    stands: a country of the same group that has what is missing, with one of those who have it there.
    """

    gap: str
    subject: str
    detail: str
    missing: str
    who: str
    kind: str
    country: str
    steps: int | None
    introduces: str
    way: str
    evidence: tuple[Evidence, ...]
    peer: str
    peer_has: str
    subject_iri: str = field(default="", metadata={"hidden": True})
    who_iri: str = field(default="", metadata={"hidden": True})
    introduces_iri: str = field(default="", metadata={"hidden": True})
    peer_iri: str = field(default="", metadata={"hidden": True})
    rule: str = field(default="", metadata={"hidden": True})


def fillers(eco: Ecosystem, gaps: Table[Gap], *, each: int = 3, most: int = 200) -> Table[Filler]:
    """Return for each gap the nearest actors that have what is missing, by ties of contact.

    What is missing the rule declares (`eco:missing`). Gaps of rules that declare nothing are passed over.

    Parameters
    ----------
    each
        How many candidates a gap.
    most
        How many gaps, the first of them.
    """
    search = Search(Bearers(eco.store, eco.ontology), eco.network())
    wanted = [(gap, missing) for gap in gaps if (missing := missing_of(search.bearers, gap))]
    found: list[tuple[Gap, tuple[str, ...], Near | None]] = []
    nobody = 0
    for gap, missing in wanted[:most]:
        candidates = search.candidates(missing) - {gap.subject_iri}
        near = search.nearest(search.starts(gap.subject_iri), candidates, gap.country_iri, each)
        nobody += not near
        found += [(gap, missing, one) for one in near] or [(gap, missing, None)]
    steps = {pair for _, _, near in found if near for pair in pairwise(near.way)}
    ids = search.network.ids
    ties = Ties.of(eco, search.network, {ids[node] for pair in steps for node in pair})
    evidence = ties.evidence((ids[one], ids[other]) for one, other in sorted(steps))
    rows = tuple(_filler(eco, search, evidence, *one) for one in found)
    return Table(Filler, rows, _notes(len(gaps), len(wanted), most, nobody))


def _filler(
    eco: Ecosystem,
    search: Search,
    evidence: dict[tuple[str, str], tuple[Evidence, ...]],
    gap: Gap,
    missing: tuple[str, ...],
    near: Near | None,
) -> Filler:
    network, lookup = search.network, eco.lookup
    way = near.way if near else ()
    peer, there = search.peer(gap.country_iri, missing) if gap.country_iri else ("", frozenset())
    # Whoever stands first on the way is met first; the last before the candidate could also introduce.
    introducing = network.ids[way[1]] if len(way) > 2 else ""
    kind = search.bearers.kinds.get(near.actor) if near else None
    countries = sorted(search.bearers.countries_of(near.actor)) if near else []
    example = min(there, key=lambda actor: (lookup.label(actor), actor), default="")
    return Filler(
        gap=gap.gap,
        subject=gap.subject,
        detail=gap.detail,
        missing=", ".join(_called(eco, item) for item in missing),
        who=lookup.label(near.actor) if near else "",
        kind=kind.label(eco.language) if kind else "",
        country=", ".join(lookup.label(country) for country in countries),
        steps=near.steps if near else None,
        introduces=lookup.label(introducing) if introducing else "",
        way=" → ".join(network.labels[node] for node in way),
        evidence=tuple(one for a, b in pairwise(way) for one in evidence[network.ids[a], network.ids[b]][:1]),
        peer=lookup.label(peer) if peer else "",
        peer_has=lookup.label(example) if example else "",
        subject_iri=gap.subject_iri,
        who_iri=near.actor if near else "",
        introduces_iri=introducing,
        peer_iri=peer,
        rule=gap.rule,
    )


def _called(eco: Ecosystem, item: str) -> str:
    relation = eco.ontology.relations.get(item)
    return f"who {relation.label(eco.language)}" if relation else eco.lookup.label(item)


def _notes(gaps: int, wanted: int, most: int, nobody: int) -> tuple[str, ...]:
    notes = [f"{wanted} of {gaps} gaps say what is missing; ways run over ties of contact."]
    if wanted > most:
        notes.append(f"Only the first {most} are followed.")
    if nobody:
        notes.append(f"For {nobody} of them no way leads to anybody who has it: nobody is recorded, or no tie is.")
    return tuple(notes)
