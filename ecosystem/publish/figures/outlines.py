"""The outlines of countries that come with the package; see `ecosystem/publish/data/README.md`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

__all__ = ["Outline", "outlines"]


@dataclass(frozen=True, slots=True)
class Outline:
    """A country: a point well inside it, and its rings, the largest first, as longitude and latitude, shape (n, 2).

    What is inland of an outer ring runs clockwise about it, a hole the other way. Tiny countries may have no ring.
    """

    point: tuple[float, float]
    rings: tuple[NDArray[np.float64], ...]


@lru_cache(maxsize=1)
def outlines() -> Mapping[str, Outline]:
    """Return the outline of each country by its ISO 3166-1 alpha-3 code, Kosovo's being XKX."""
    text = resources.files("ecosystem.publish").joinpath("data", "outlines.json").read_text(encoding="utf-8")
    return {
        code: Outline((entry["point"][0], entry["point"][1]), tuple(_ring(steps) for steps in entry["rings"]))
        for code, entry in json.loads(text)["countries"].items()
    }


def _ring(steps: list[int]) -> NDArray[np.float64]:
    return np.cumsum(np.array(steps, dtype=np.int64).reshape(-1, 2), axis=0) / 10.0
