"""Same actor, two names: which actors may be one, and why."""

from ecosystem.reconciliation.bodies import Body, bodies
from ecosystem.reconciliation.proposals import Match, propose

__all__ = ["Body", "Match", "bodies", "propose"]
