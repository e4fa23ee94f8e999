"""Proposals: which actors of a store may be one, as rows that a person can judge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from ecosystem import terms
from ecosystem.collection import collection_paused
from ecosystem.network import joined
from ecosystem.progress import Progress, silent
from ecosystem.reconciliation.bodies import Body
from ecosystem.reconciliation.candidates import candidates
from ecosystem.reconciliation.judging import CERTAIN, LEAST, Verdict, judge
from ecosystem.reconciliation.names import Weights
from ecosystem.tables import Table

__all__ = ["Match", "propose"]

MOST = 3  # close matches of one actor: more are no help to whoever decides


@dataclass(frozen=True, slots=True)
class Match:
    """A row of a table of matches; the fields are slots of SSSOM, identifiers are full IRIs.

    `predicate_modifier` is "Not" where a person has decided that the two are not one.
    """

    subject_id: str
    subject_label: str
    predicate_id: str
    predicate_modifier: str
    object_id: str
    object_label: str
    mapping_justification: str
    subject_source: str
    object_source: str
    confidence: float
    comment: str

    @property
    def pair(self) -> frozenset[str]:
        """The two that are matched."""
        return frozenset((self.subject_id, self.object_id))

    @property
    def is_rejected(self) -> bool:
        """Whether it says that the two are not one."""
        return bool(self.predicate_modifier)

    @property
    def is_exact(self) -> bool:
        """Whether it says that the two are one."""
        return self.predicate_id == terms.EXACT_MATCH and not self.is_rejected


@collection_paused()
def propose(
    bodies: Sequence[Body],
    *,
    rejected: Collection[frozenset[str]] = (),
    same: Mapping[str, str] | None = None,
    least: float = LEAST,
    progress: Progress = silent,
) -> Table[Match]:
    """Return which of `bodies` may be one, the surest first.

    Parameters
    ----------
    bodies
        Actors with different IRIs; their order does not matter.
    rejected
        Pairs of which somebody decided that they are not one: they are not proposed again.
    same
        What stands for each IRI whose body has several; see `ecosystem.network.representatives`. Those that are
        known to be one are not proposed.
    least
        How sure a match must be, 0 … 1.
    """
    ordered = sorted(bodies, key=lambda body: body.iri)
    stands = same or {}
    weights = Weights(name.words for body in ordered for name in body.readings[:1])
    pairs, skipped = candidates(ordered, weights, progress)
    found = []
    for count, (one, other) in enumerate(sorted(pairs)):
        if count % 20_000 == 0:
            progress("Judging pairs", count, len(pairs))
        mine, yours = ordered[one], ordered[other]
        verdict = judge(mine, yours, weights)
        if verdict is None or (verdict.confidence < least and not _is_conflict(verdict)):
            continue
        known = stands.get(mine.iri, mine.iri) == stands.get(yours.iri, yours.iri)
        if not known and frozenset((mine.iri, yours.iri)) not in rejected:
            found.append((verdict, mine, yours))
    found.sort(key=lambda one: (-one[0].confidence, one[1].iri, one[2].iri))
    rows = tuple(_row(*one) for one in _best(found))
    return Table(Match, rows, _notes(rows, len(ordered), skipped))


def _is_conflict(verdict: Verdict) -> bool:
    return verdict.reasons[0].startswith("conflict")


def _best(found: Iterable[tuple[Verdict, Body, Body]]) -> Iterable[tuple[Verdict, Body, Body]]:
    """Keep all that are certain, and of the others the best few of each actor."""
    count: Counter[str] = Counter()
    for verdict, one, other in found:
        if verdict.confidence >= CERTAIN or _is_conflict(verdict) or min(count[one.iri], count[other.iri]) < MOST:
            count.update((one.iri, other.iri))
            yield verdict, one, other


def _row(verdict: Verdict, one: Body, other: Body) -> Match:
    return Match(
        subject_id=one.iri,
        subject_label=one.label,
        predicate_id=verdict.predicate,
        predicate_modifier="",
        object_id=other.iri,
        object_label=other.label,
        mapping_justification=verdict.justification,
        subject_source=next(iter(one.sources), ""),
        object_source=next(iter(other.sources), ""),
        confidence=round(verdict.confidence, 3),
        comment="; ".join(verdict.reasons),
    )


def _notes(rows: Sequence[Match], count: int, skipped: int) -> tuple[str, ...]:
    exact = sum(row.is_exact for row in rows)
    notes = [
        f"{len(rows)} matches among {count:,} actors: {exact} exact, {len(rows) - exact} close, for a person to decide."
    ]
    if skipped:
        notes.append(f"{skipped} names or acronyms are shared by too many actors to compare these by them.")
    chains = _chained(rows)
    if chains:
        notes.append(f"Exact matches join {chains} groups of three or more actors: look at these first.")
    return tuple(notes)


def _chained(rows: Iterable[Match]) -> int:
    """Return how many groups of three or more the exact matches join."""
    roots = joined((row.subject_id, row.object_id) for row in rows if row.is_exact)
    return sum(count > 2 for count in Counter(roots.values()).values())
