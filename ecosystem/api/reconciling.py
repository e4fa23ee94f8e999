"""Same actor, two names: matches proposed, decisions applied, and what that changes for the brokers."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from ecosystem.api.ecosystem import Ecosystem
from ecosystem.api.opening import load_into
from ecosystem.errors import DataError, Problem, PublishError
from ecosystem.files import write_atomically
from ecosystem.network import joined, representatives
from ecosystem.progress import Progress, silent
from ecosystem.reconciliation import (
    LEAST,
    MATCHES,
    Match,
    bodies,
    decided,
    decisions_in,
    propose,
    read_sssom,
    rejected_in,
    to_turtle,
)
from ecosystem.store import EmbeddedStore
from ecosystem.tables import Table

if TYPE_CHECKING:
    from ecosystem.measures import Broker

__all__ = ["BrokerChange", "Decision", "decide", "reconcile"]

FILE: Final = "matches.ttl"
CHANGES: Final = "brokers.csv"
ROLES: Final = ("coordinator", "itinerant", "gatekeeper", "representative", "liaison", "total")


@dataclass(frozen=True, slots=True)
class BrokerChange:
    """How often an actor plays a role before and after bodies with several names are counted once.

    `after` is None where the actor is counted `with` another, whose numbers it is part of.
    """

    label: str
    group: str
    role: str
    before: int | None
    after: int | None
    counted_with: str
    actor: str


def reconcile(eco: Ecosystem, *, least: float = LEAST, progress: Progress = silent) -> Table[Match]:
    """Propose which actors may be one, the surest first; not what is decided already.

    Parameters
    ----------
    least
        How sure a match must be, 0 … 1.
    """
    found = bodies(eco.store, eco.ontology, eco.language)
    same = representatives(eco.store, eco.ontology)
    return propose(found, rejected=rejected_in(eco.store), same=same, least=least, progress=progress)


@dataclass(frozen=True)
class Decision:
    """What a table of matches decides about an ecosystem.

    Parameters
    ----------
    matches
        All decisions: those that the data hold already, and over them those of the table.
    before, after
        The ecosystem without and with the table's decisions.
    notes
        What the one who decided should know.
    """

    matches: tuple[Match, ...]
    before: Ecosystem
    after: Ecosystem
    notes: tuple[str, ...]

    def changes(self, by: str = "country") -> Table[BrokerChange]:
        """Return the brokers whose roles between groups change, those that change most first.

        Raises
        ------
        ProjectionError
            If no actor has the attribute `by`.
        """
        old = {row.actor: row for row in self.before.brokers(by)}
        new = {row.actor: row for row in self.after.brokers(by)}
        stands = representatives(self.after.store, self.after.ontology)
        rows = [
            change
            for actor in {**old, **new}
            for change in _changes(old.get(actor), new.get(actor), self._other(stands, actor))
        ]
        size = {row.actor: abs((row.after or 0) - (row.before or 0)) for row in rows if row.role == ROLES[-1]}
        rows.sort(key=lambda row: (-size.get(row.actor, 0), row.label, row.actor, ROLES.index(row.role)))
        count = len({row.actor for row in rows})
        return Table(BrokerChange, tuple(rows), (*self.notes, f"The roles of {count} actors change, by {by}."))

    def _other(self, stands: dict[str, str], actor: str) -> str:
        return self.after.lookup.label(stands[actor]) if actor in stands else ""

    def write(self, folder: Path, by: str = "country") -> Path:
        """Write the decisions as a data set, and the brokers that change as a table, and return the former's path.

        Raises
        ------
        PublishError
            If the folder cannot be written.
        """
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise PublishError(f"{folder}: cannot be made: {error.strerror or error}.", hint="Name another.") from error
        write_atomically(folder / FILE, to_turtle(self.matches))
        write_atomically(folder / CHANGES, self.changes(by).to_csv())
        return folder / FILE

    def load(self, folder: Path) -> None:
        """Put the decisions into a store folder, as a data set beside the others.

        Raises
        ------
        StoreError
            If the store cannot be written.
        """
        with tempfile.TemporaryDirectory() as place:
            path = Path(place) / FILE
            path.write_text(to_turtle(self.matches), encoding="utf-8")
            load_into([path], folder, ontology=self.before.ontology.folders[1:])


def decide(eco: Ecosystem, table: Path, *, earlier: Path | None = None) -> Decision:
    """Read a table of matches that a person has edited, and return what it decides.

    Parameters
    ----------
    earlier
        A folder that `Decision.write` wrote before: its decisions hold on, where the table says nothing else.

    Raises
    ------
    DataError
        With one problem a wrong row.
    """
    known = {body.iri: body.label for body in bodies(eco.store, eco.ontology, eco.language)}
    rows = read_sssom(table, known)
    old = decided(decisions_in(eco.store.graph(MATCHES)), _written(earlier))
    matches = decided(old, rows)
    store = EmbeddedStore.in_memory()
    store.copy(eco.store)
    store.drop(MATCHES)
    store.add(_triples(matches), MATCHES)
    after = Ecosystem(store, eco.ontology, language=eco.language, data=eco.data)
    return Decision(tuple(matches), eco, after, _notes(rows, matches))


def _written(folder: Path | None) -> list[Match]:
    if folder is None or not (folder / FILE).is_file():
        return []
    try:
        content = (folder / FILE).read_bytes()
        return decisions_in(quad.triple for quad in ox.parse(content, ox.RdfFormat.TURTLE))
    except (OSError, SyntaxError) as error:
        hint = "Mend it, or name another folder."
        raise DataError(Problem(str(folder / FILE), 0, f"cannot be read: {error}.", hint)) from error


def _triples(matches: Iterable[Match]) -> Iterable[ox.Triple]:
    return (quad.triple for quad in ox.parse(to_turtle(matches).encode("utf-8"), ox.RdfFormat.TURTLE))


def _changes(old: Broker | None, new: Broker | None, counted_with: str) -> Iterable[BrokerChange]:
    one = new or old
    for role in ROLES:
        before = getattr(old, role) if old else None
        after = getattr(new, role) if new else None
        if one and (before or 0) != (after or 0):
            yield BrokerChange(one.label, str(one.group), role, before, after, counted_with, one.actor)


def _notes(rows: Iterable[Match], matches: Iterable[Match]) -> tuple[str, ...]:
    rows = list(rows)
    exact, no = sum(row.is_exact for row in rows), sum(row.is_rejected for row in rows)
    notes = [f"{exact} pairs are one, {no} are not, {len(rows) - exact - no} are left open."]
    matches = list(matches)
    roots = joined((match.subject_id, match.object_id) for match in matches if match.is_exact)
    for match in matches:
        root = roots.get(match.subject_id)
        if match.is_rejected and root is not None and root == roots.get(match.object_id):
            one, other = match.subject_label or match.subject_id, match.object_label or match.object_id
            notes.append(f"{one} and {other} are said not to be one, and yet other matches join them.")
    return tuple(notes)
