"""The five brokerage roles of Gould and Fernandez, and a set of numbers with one for each of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Final

from ecosystem.errors import ProjectionError

__all__ = ["ROLES", "RoleNumbers", "check_role", "role_of"]

ROLES: Final = ("coordinator", "itinerant", "gatekeeper", "representative", "liaison")


@dataclass(frozen=True, slots=True)
class RoleNumbers:
    """One number for each brokerage role, and one for all of them together."""

    coordinator: float
    itinerant: float
    gatekeeper: float
    representative: float
    liaison: float
    total: float

    @classmethod
    def of(cls, numbers: Iterable[float]) -> RoleNumbers:
        """Make it of six numbers: those of `ROLES` in their order, then the total."""
        return cls(*numbers)

    def numbers(self) -> list[float]:
        """Return the six numbers in the order of the fields."""
        return [getattr(self, field.name) for field in fields(self)]


def role_of(first: object, own: object, last: object) -> str:
    """Return the role of a broker of group `own` between an actor of group `first` and one of group `last`.

    Examples
    --------
    >>> [role_of(*groups) for groups in ("AAA", "ABA", "ABB", "AAB", "ABC")]
    ['coordinator', 'itinerant', 'gatekeeper', 'representative', 'liaison']
    """
    if first == last:
        return "coordinator" if own == first else "itinerant"
    if own == last:
        return "gatekeeper"
    return "representative" if own == first else "liaison"


def check_role(role: str) -> str:
    """Return `role` if there is such a role.

    Raises
    ------
    ProjectionError
        If there is none.
    """
    if role not in ROLES:
        raise ProjectionError(f"There is no brokerage role '{role}'.", hint=f"Say one of: {', '.join(ROLES)}.")
    return role
