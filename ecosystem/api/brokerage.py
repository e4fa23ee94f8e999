"""Who brokers, asked of an ecosystem: one choice of ties and groups, and all that can be known of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ecosystem.measures import (
    Broker,
    GroupPair,
    RoleChance,
    RolePair,
    RoleTotal,
    brokerage,
    brokerage_by_two,
    brokerage_chances,
    brokerage_total,
    group_matrix,
)
from ecosystem.network import ActorNetwork, Projection
from ecosystem.network.model import Direction
from ecosystem.progress import Progress, silent
from ecosystem.tables import Table

if TYPE_CHECKING:
    from ecosystem.api.connections import TriadEvidence
    from ecosystem.api.ecosystem import Ecosystem

__all__ = ["BrokerQuestion"]


@dataclass(frozen=True)
class BrokerQuestion:
    """A question about brokers.

    Parameters
    ----------
    eco
        Of which ecosystem.
    by
        What groups are made of.
    projection
        What counts as a tie.
    stated_direction
        How ties run, if the user says; else as what they convey asks for.
    actor
        A name: only of this broker. Empty: of all.
    """

    eco: Ecosystem
    by: str
    projection: Projection
    stated_direction: Direction | None = None
    actor: str = ""

    @cached_property
    def _network(self) -> ActorNetwork:
        return self.eco.network(self.projection)

    @property
    def _direction(self) -> Direction:
        return self.stated_direction or self.eco.direction(self.projection)

    def brokers(self, top: int = 0) -> Table[Broker]:
        """Return the `top` who broker anything, or all actors."""
        return self._chosen(brokerage(self._network, by=self.by, direction=self._direction), top)

    def chances(
        self, top: int, permutations: int, *, within: str = "", seed: int = 1, progress: Progress = silent
    ) -> Table[RoleChance]:
        """Return how often those who broker most play each role, and how often by chance."""
        found = brokerage(
            self._network,
            by=self.by,
            direction=self._direction,
            permutations=permutations,
            seed=seed,
            within=within or None,
            progress=lambda done, total: progress("Dealing groups out", done, total),
        )
        return brokerage_chances(self._chosen(found, top))

    def whole(self) -> Table[RoleTotal]:
        """Return how often each role is played in the whole network, and how often by chance."""
        return brokerage_total(self._network, by=self.by, direction=self._direction)

    def groups(self) -> Table[GroupPair]:
        """Return who connects which two groups; those that nobody connects are left out."""
        found = group_matrix(self._network, by=self.by, direction=self._direction)
        return found.where(lambda row: row.open_pairs > 0)

    def by_two(self, second: str) -> Table[RolePair]:
        """Return the roles in two groupings at once."""
        found = brokerage_by_two(self._network, by=(self.by, second), direction=self._direction)
        if not self.actor:
            return found
        wanted = self.eco.lookup.find(self.actor)
        return found.where(lambda row: row.actor == wanted)

    def evidence(self, broker: str) -> Table[TriadEvidence]:
        """Expand a broker's count to its triads."""
        return self.eco.broker_evidence(broker, self.by, projection=self.projection, direction=self._direction)

    def _chosen(self, found: Table[Broker], top: int) -> Table[Broker]:
        if self.actor:
            wanted = self.eco.lookup.find(self.actor)
            return found.where(lambda row: row.actor == wanted)
        return found.where(lambda row: row.total > 0).head(top) if top else found
