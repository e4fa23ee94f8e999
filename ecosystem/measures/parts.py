"""Parts that a network is divided into (communities, components), numbered by size."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Parts"]


@dataclass(frozen=True, slots=True)
class Parts:
    """The part of each actor: part 1 is the largest, parts of one size are numbered in order of their first actor.

    Parameters
    ----------
    number
        The number of each actor's part.
    size
        How many actors each actor's part has.
    sizes
        How many each part has, the largest first.
    """

    number: NDArray[np.int64]
    size: NDArray[np.int64]
    sizes: NDArray[np.int64]

    @classmethod
    def of(cls, membership: list[int]) -> Parts:
        """Return the parts of actors that have the same code if they are of the same part.

        >>> Parts.of([7, 3, 3, 9])
        Parts(number=array([2, 1, 1, 3]), size=array([1, 2, 2, 1]), sizes=array([2, 1, 1]))
        """
        codes = np.array(membership, np.int64)
        _, first, code, sizes = np.unique(codes, return_index=True, return_inverse=True, return_counts=True)
        order = np.lexsort((first, -sizes))
        number = np.empty(len(order), np.int64)
        number[order] = np.arange(1, len(order) + 1)
        return cls(number[code], sizes[code], sizes[order])
