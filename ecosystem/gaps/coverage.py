"""Coverage: which roles, mechanisms or types are present in each country, and absent where its peers have them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ecosystem import terms
from ecosystem.errors import OntologyError
from ecosystem.gaps.bearing import Bearers, peers_of
from ecosystem.gaps.rules import RECORDED, UNRECORDED
from ecosystem.lookup import Lookup
from ecosystem.tables import Table

__all__ = ["PRESENT", "Coverage", "CoverageCell", "coverage"]

PRESENT = "recorded"
EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class CoverageCell:
    """Whether one country has one thing.

    `state` is recorded, recorded as absent (a source denies it and nothing asserts it) or nothing recorded. `count` is
    the number of actors and initiatives that have it, `by` the first of them. `peers_with` of `peers` countries of the
    country's `group` have it.
    """

    country: str
    item: str
    state: str
    count: int
    by: tuple[str, ...]
    group: str
    peers_with: int
    peers: int
    examples: tuple[str, ...]
    country_iri: str = field(default="", metadata={"hidden": True})
    item_iri: str = field(default="", metadata={"hidden": True})


@dataclass(frozen=True, slots=True)
class Coverage:
    """A table of countries by what they have; `cells` run country by country, in the order of `items`.

    `nowhere` names what no country is recorded to have.
    """

    of: str
    countries: tuple[str, ...]
    items: tuple[str, ...]
    cells: Table[CoverageCell]
    nowhere: tuple[str, ...] = ()

    def missing(self) -> Table[CoverageCell]:
        """Return what is absent or unrecorded in a country while some of its peers have it, the commonest first."""
        found = [cell for cell in self.cells if cell.state != PRESENT and cell.peers_with]
        found.sort(key=lambda cell: (cell.state != RECORDED, -cell.peers_with / cell.peers, cell.country, cell.item))
        return Table(CoverageCell, tuple(found), self.cells.notes)

    def counts(self) -> list[list[int]]:
        """Return how many things each country has each item by: a row a country; -1 where a source denies it."""
        width = len(self.items)
        values = [-1 if cell.state == RECORDED else cell.count for cell in self.cells]
        return [values[start : start + width] for start in range(0, len(values), max(width, 1))]


def coverage(bearers: Bearers, lookup: Lookup, of: str) -> Coverage:
    """Return the coverage of one kind of thing: roles, mechanisms, pillars, types … as the ontology names them.

    Countries are those with an actor. Items are those that a country has, or that a source denies of one: what nobody
    has anywhere would tell nothing of any country.

    Raises
    ------
    OntologyError
        If the ontology gathers nothing under this name.
    """
    ontology = lookup.ontology
    if of not in ontology.coverages:
        known = ", ".join(ontology.coverages)
        raise OntologyError(f"Nothing is covered by the name {of!r}.", hint=f"There are: {known}.")
    countries = sorted(
        {country for actor in bearers.actors for country in bearers.countries_of(actor)}, key=lookup.label
    )
    present = _present(bearers, of)
    denied = _denied(bearers)
    found = [
        iri
        for iri in _items(bearers, of)
        if any((country, iri) in present or (country, iri) in denied for country in countries)
    ]
    cells = []
    for country in countries:
        group, peers = peers_of(ontology, country, countries)
        for iri in found:
            by = sorted(present.get((country, iri), ()), key=lambda thing: (lookup.label(thing), thing))
            having = [lookup.label(peer) for peer in peers if (peer, iri) in present]
            cells.append(
                CoverageCell(
                    country=lookup.label(country),
                    item=ontology.label(iri, lookup.language),
                    state=PRESENT if by else RECORDED if (country, iri) in denied else UNRECORDED,
                    count=len(by),
                    by=tuple(lookup.label(thing) for thing in by[:EXAMPLES]),
                    group=ontology.label(group, lookup.language) if group else "",
                    peers_with=len(having),
                    peers=len(peers),
                    examples=tuple(having[:EXAMPLES]),
                    country_iri=country,
                    item_iri=iri,
                )
            )
    names = tuple(lookup.label(country) for country in countries)
    labels = tuple(ontology.label(iri, lookup.language) for iri in found)
    nowhere = [ontology.label(iri, lookup.language) for iri in _items(bearers, of) if iri not in found]
    return Coverage(of, names, labels, Table(CoverageCell, tuple(cells), _notes(cells, nowhere)), tuple(nowhere))


def _items(bearers: Bearers, of: str) -> list[str]:
    """Return the concepts or types that are gathered under a name, in the ontology's order."""
    ontology = bearers.ontology
    found: list[str] = []
    for gathered in ontology.coverages[of]:
        if gathered in ontology.kinds:
            below = ontology.subtypes([gathered])
            found += [kind.iri for kind in ontology.kinds.values() if kind.iri in below and not kind.is_place]
        else:
            found += [concept.iri for concept in ontology.concepts.values() if concept.kind == gathered]
    return found


def _present(bearers: Bearers, of: str) -> Mapping[tuple[str, str], set[str]]:
    """Return the things by which each country has each item."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for item in _items(bearers, of):
        for thing in bearers.things_with(item):
            # A type is told by the most specific one: a city government is not told again as a public body.
            if item in bearers.ontology.kinds and bearers.kinds[thing].iri != item:
                continue
            for country in bearers.countries_of(thing):
                found[country, item].add(thing)
    return found


def _denied(bearers: Bearers) -> frozenset[tuple[str, str]]:
    """Return the countries of which a source denies something."""
    query = (
        f"SELECT ?subject ?object WHERE {{ ?record <{terms.HAS_CERTAINTY}> <{terms.DENIED}> ; "
        "rdf:subject ?subject ; rdf:object ?object }"
    )
    return frozenset(
        (country, item)
        for subject, item in bearers.store.select(query).values()
        for country in bearers.countries_of(subject)
    )


def _notes(cells: Sequence[CoverageCell], nowhere: Sequence[str]) -> tuple[str, ...]:
    count = {state: sum(cell.state == state for cell in cells) for state in (PRESENT, RECORDED, UNRECORDED)}
    return (
        f"{len(cells)} cells: {count[PRESENT]} recorded, {count[RECORDED]} recorded as absent, {count[UNRECORDED]} of "
        "which nothing is recorded. Absence of evidence is not evidence of absence.",
        "Peers are the countries of these data in the smallest country group that holds two others at least.",
        *((f"Recorded of no country: {', '.join(nowhere)}.",) if nowhere else ()),
    )
