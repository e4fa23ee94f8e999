"""Which actors are worth comparing: those that share an identifier, an acronym, or enough of a name's telling words.

Comparing all with all would take n² comparisons. Instead every name is a sparse row of its words' weights; the product
of the rows of one country gives the weight that two names share, and so a bound on how alike they can be.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ecosystem.progress import Progress, silent
from ecosystem.reconciliation.bodies import Body
from ecosystem.reconciliation.judging import initials_of, signs_of
from ecosystem.reconciliation.names import Name, Weights

__all__ = ["candidates"]

STEM: Final = 5  # letters of a word by which candidates are found: endings and misspellings come behind
COMMON: Final = 300  # a word in more names than this finds no candidates
BLOCK: Final = 60  # a name or acronym that more bodies of a country share finds none either
BOUND: Final = 0.6  # names that cannot be more alike than this are not compared
ROWS: Final = 2000  # rows multiplied at a time: bounds the memory

Pairs = set[tuple[int, int]]


def candidates(bodies: Sequence[Body], weights: Weights, progress: Progress = silent) -> tuple[Pairs, int]:
    """Return pairs of positions, the smaller first, and how many names too many bodies share to be compared."""
    found, skipped = _sharing(bodies)
    groups = _groups(bodies)
    for done, (mine, yours) in enumerate(groups):
        progress("Comparing names", done, len(groups))
        found |= _alike(bodies, mine, yours, weights)
    return found, skipped


def _groups(bodies: Sequence[Body]) -> list[tuple[list[int], list[int]]]:
    """Return which bodies to compare with which: those of a country with one another, those of none with all."""
    by_country: defaultdict[str, list[int]] = defaultdict(list)
    for position, body in enumerate(bodies):
        by_country[body.country if body.is_placed else ""].append(position)
    homeless = by_country.pop("", [])
    groups = [(found, found) for _, found in sorted(by_country.items()) if len(found) > 1]
    return [*groups, (homeless, list(range(len(bodies))))] if homeless else groups


def _sharing(bodies: Sequence[Body]) -> tuple[Pairs, int]:
    """Return the pairs that share an identifier, a homepage, a whole name, an acronym, or one's letters."""
    blocks: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    spelt: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for position, body in enumerate(bodies):
        keys: set[tuple[str, ...]] = {("id", one) for one in body.identifiers}
        keys |= {("page", body.homepage)} if body.homepage else set()
        keys |= {("name", body.country if body.is_placed else "", name.joined) for name in body.readings}
        keys |= {("words", body.country if body.is_placed else "", *name.words) for name in body.readings}
        if body.country:
            keys |= {("sign", body.country, sign) for sign in signs_of(body) | body.acronyms}
            for letters in initials_of(body):
                spelt[body.country, letters].append(position)
        for key in keys:
            blocks[key].append(position)
    found: Pairs = set()
    skipped = 0
    for key, block in blocks.items():
        others = spelt.get((key[1], key[2]), []) if key[0] == "sign" else []
        if len(block) > BLOCK or len(others) > BLOCK:
            skipped += 1
            continue
        found.update(combinations(block, 2))
        found.update((min(one, other), max(one, other)) for one in block for other in others if one != other)
    return found, skipped


def _alike(bodies: Sequence[Body], mine: list[int], yours: list[int], weights: Weights) -> Pairs:
    columns: dict[str, int] = {}
    abroad = mine is not yours
    right = _Rows(bodies, yours, weights, columns, abroad=abroad)
    left = _Rows(bodies, mine, weights, columns, abroad=abroad) if abroad else right
    frequent = np.bincount(right.columns, minlength=len(columns)) > COMMON
    found: Pairs = set()
    across = right.matrix(frequent, len(columns)).T.tocsr()
    rows = left.matrix(frequent, len(columns))
    more_left, more_right = left.weight_of(frequent), right.weight_of(frequent)
    for start in range(0, rows.shape[0], ROWS):
        product = (rows[start : start + ROWS] @ across).tocoo()
        one, other = product.row + start, product.col
        bound = 2 * (product.data + np.minimum(more_left[one], more_right[other]))
        near = bound >= BOUND * (left.whole[one] + right.whole[other])
        pairs = np.column_stack([left.body[one[near]], right.body[other[near]]])
        pairs.sort(axis=1)
        found.update(map(tuple, np.unique(pairs[pairs[:, 0] < pairs[:, 1]], axis=0).tolist()))
    return found


def _readings(body: Body, abroad: bool) -> Sequence[Name]:
    return body.readings_abroad if abroad else body.readings


class _Rows:
    """The readings of some bodies as sparse rows; `columns` numbers the stems of words, and grows."""

    def __init__(
        self, bodies: Sequence[Body], chosen: Sequence[int], weights: Weights, columns: dict[str, int], *, abroad: bool
    ) -> None:
        cells = list(_cells(bodies, chosen, weights, columns, abroad))
        owners = [position for position in chosen for _ in _readings(bodies[position], abroad)]
        self.body = np.array(owners, np.int64)
        self.row = np.array([cell[0] for cell in cells], np.int64)
        self.columns = np.array([cell[1] for cell in cells], np.int64)
        self.values = np.array([cell[2] for cell in cells], np.float64)
        self.whole = np.bincount(self.row, self.values, len(owners))

    def matrix(self, frequent: NDArray[np.bool_], width: int) -> Any:
        """Return the rows without frequent words: the product of two is the weight that they share."""
        from scipy.sparse import csr_matrix

        kept = ~frequent[self.columns]
        cells = (np.sqrt(self.values[kept]), (self.row[kept], self.columns[kept]))
        return csr_matrix(cells, shape=(len(self.body), width))

    def weight_of(self, frequent: NDArray[np.bool_]) -> NDArray[np.float64]:
        """Return the weight of each row's frequent words."""
        return np.bincount(self.row, self.values * frequent[self.columns], len(self.body)).astype(np.float64)


def _cells(
    bodies: Sequence[Body], chosen: Sequence[int], weights: Weights, columns: dict[str, int], abroad: bool
) -> Iterator[tuple[int, int, float]]:
    row = 0
    for position in chosen:
        for name in _readings(bodies[position], abroad):
            stems: defaultdict[str, float] = defaultdict(float)
            for word in name.words:
                stems[word if word.isdecimal() else word[:STEM]] += weights[word]
            for stem, weight in stems.items():
                yield row, columns.setdefault(stem, len(columns)), weight
            row += 1
