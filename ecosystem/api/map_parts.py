"""What maps of all sizes, and sites, tell alike: kinds, gaps, settings, the names of data sets."""

from __future__ import annotations

import shlex
from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from ecosystem import __version__, terms
from ecosystem.gaps import RECORDED, Gap
from ecosystem.network import ActorNetwork, Projection
from ecosystem.publish import view as page
from ecosystem.publish.words import Words

if TYPE_CHECKING:
    from ecosystem.api.ecosystem import Ecosystem
    from ecosystem.measures import Community
    from ecosystem.tables import Table

__all__ = [
    "SEED",
    "community_numbers",
    "data_words",
    "datasets_of",
    "evidence_in_words",
    "gaps_by_rule",
    "kind_ids",
    "kinds_of",
    "language_words",
    "settings_of",
    "short",
]

SEED: Final = 1  # communities are looked for with this seed, so that they are the same on every run


def datasets_of(eco: Ecosystem) -> list[tuple[str, str]]:
    """Return title and date of the data sets, the date empty where none is said."""
    rows = eco.store.select(
        f"SELECT ?title ?date WHERE {{ ?dataset a <{terms.DATASET}> ; <{terms.TITLE}> ?title "
        f"OPTIONAL {{ ?dataset <{terms.DATE}> ?date }} }}"
    )
    return sorted((title, date) for title, date in rows.values())


def community_numbers(found: Table[Community]) -> dict[str, int]:
    """Return the number of each actor's community; who has no tie is in none."""
    columns = zip(found["actor"], found["community"], found["size"], strict=True)
    return {actor: community for actor, community, size in columns if size > 1}


def kinds_of(eco: Ecosystem, network: ActorNetwork) -> tuple[page.Kind, ...]:
    """Return the kinds that the nodes of a network are of, in the order of the legend."""
    found = {}
    columns = zip(kind_ids(network), network.types, network.attributes["kind"], strict=True)
    for name, iri, stated in dict.fromkeys(columns):
        kind = eco.ontology.kinds[iri]
        found[name] = page.Kind(
            id=name,
            label=stated or kind.label(eco.language),
            branch=eco.ontology.label(kind.branch, eco.language),
            shape=kind.shape,
            colour=kind.colour,
            order=kind.order,
        )
    return tuple(sorted(found.values(), key=lambda kind: (kind.order, kind.label)))


def kind_ids(network: ActorNetwork) -> list[str]:
    """Return the ids of nodes' kinds in the legend: a node's type, told apart by the kind that the input states."""
    columns = zip(network.types, network.attributes["type"], network.attributes["kind"], strict=True)
    return [short(kind) if stated == own else f"{short(kind)}/{stated}" for kind, own, stated in columns]


def evidence_in_words(gap: Gap, speak: Words) -> str:
    """Say whether a source says that a thing is absent, or nobody has recorded anything."""
    return speak.say("evidence_recorded" if gap.evidence == RECORDED else "evidence_unrecorded")


def gaps_by_rule(gaps: Sequence[Gap], network: ActorNetwork, speak: Words) -> tuple[page.Gap, ...]:
    """Return what each gap rule finds, those who are on the map by their node."""
    by_rule: dict[str, list[Gap]] = defaultdict(list)
    for gap in gaps:
        by_rule[gap.rule].append(gap)
    shown = set(network.ids)
    return tuple(
        page.Gap(
            label=found[0].gap,
            severity=found[0].severity,
            count=len(found),
            rationale=found[0].rationale,
            remedy=found[0].remedy,
            rows=tuple(
                page.GapRow(
                    label=gap.subject,
                    node=short(gap.subject_iri) if gap.subject_iri in shown else "",
                    detail=speak.say("semicolon").join(filter(None, (gap.detail, evidence_in_words(gap, speak)))),
                )
                for gap in found
            ),
        )
        for found in by_rule.values()
    )


def settings_of(eco: Ecosystem, choice: Projection, by: str) -> dict[str, str]:
    """Return how a map was made; names and values are those of the code, `settings_in_words` says them to readers."""
    named = {
        "conveys": choice.conveys,
        "relations": choice.relations,
        "types": choice.types,
        "countries": choice.countries,
    }
    words = {name: ", ".join(eco.ontology.label(iri, eco.language) for iri in iris) for name, iris in named.items()}
    return {
        "grouped by": by,
        **{name: text or "all" for name, text in words.items()},
        "initiatives": f"{choice.initiatives} (for brokers)",
        "as of": choice.as_of or _window(choice) or "all dates",
        "direction": eco.direction(choice),
        "ecosystem-mapper": __version__,
        "ontology": eco.ontology.version,
    }


def _window(choice: Projection) -> str:
    """Return a window of time in words: "from 2019 to 2021"; nothing where there is none."""
    ends = (("from", choice.start), ("to", choice.end))
    return " ".join(f"{word} {date}" for word, date in ends if date)


def short(iri: str) -> str:
    """Return the part of an IRI that tells it apart in a page's address."""
    return iri.removeprefix(terms.ID).removeprefix(terms.ECO)


def data_words(eco: Ecosystem) -> str:
    """Return the part of a command line that names the data, with a space before; nothing for the bundled ones."""
    return "".join(f" -d {shlex.quote(name)}" for name in eco.data)


def language_words(eco: Ecosystem) -> str:
    """Return the part of a command line that names the language, with a space before; nothing for English."""
    return "" if eco.language == "en" else f" --language {shlex.quote(eco.language)}"
