"""Same actor, two names: which actors may be one and why; tables of matches that people edit; what they decided."""

from ecosystem.reconciliation.bodies import Body, bodies
from ecosystem.reconciliation.decisions import MATCHES, decided, decisions_in, rejected_in, to_turtle
from ecosystem.reconciliation.judging import LEAST
from ecosystem.reconciliation.proposals import Match, propose
from ecosystem.reconciliation.sssom import read_sssom, sssom

__all__ = [
    "LEAST",
    "MATCHES",
    "Body",
    "Match",
    "bodies",
    "decided",
    "decisions_in",
    "propose",
    "read_sssom",
    "rejected_in",
    "sssom",
    "to_turtle",
]
