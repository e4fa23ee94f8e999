"""How alike two names are: the share of their telling words that they have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from ecosystem.reconciliation.names import Name, Weights
from ecosystem.reconciliation.words import OPPOSITES

__all__ = ["alike", "most_alike"]

SAME_WORD: Final = 0.75  # how alike two words must be to be one word misspelt
SHORTEST: Final = 4  # letters of a word that may be misspelt
JOINED: Final = 0.97  # names that differ in their blanks only
OTHER_NUMBER, ONE_NUMBER, OPPOSITE = 0.6, 0.9, 0.7


def alike(one: Name, other: Name, weights: Weights) -> float:
    """Return how alike two names are, 0 … 1; the order of the two does not matter.

    It is twice the weight of the words in common, divided by the weight of all words of both (the Dice coefficient).
    Words that may be one misspelt count in part. Names with different numbers, or with north in the place of south,
    are less alike.

    >>> from ecosystem.reconciliation.names import readings
    >>> weights = Weights([])
    >>> words = lambda text: readings(text)[0]
    >>> alike(words("Ministry of Finance"), words("The Finance Ministry"), weights)
    1.0
    >>> alike(words("University of Oslo"), words("University of Bergen"), weights) < 0.6
    True
    """
    if one.words == other.words:
        return min(one.counts, other.counts)
    mine, yours = Counter(one.words), Counter(other.words)
    left, right = sorted((mine - yours).elements()), sorted((yours - mine).elements())
    common = 2 * weights.of(sorted((mine & yours).elements())) + _misspelt(left, right, weights)
    whole = weights.of(one.words) + weights.of(other.words)
    found = min(common / whole, 1.0) if whole else 0.0
    if one.joined == other.joined:
        found = max(found, JOINED)
    numbers = {word for word in left if word.isdecimal()}, {word for word in right if word.isdecimal()}
    if any(numbers):
        found *= OTHER_NUMBER if all(numbers) else ONE_NUMBER
    if any(group.intersection(left) and group.intersection(right) for group in OPPOSITES):
        found *= OPPOSITE
    return found * min(one.counts, other.counts)


def _misspelt(left: Sequence[str], right: Sequence[str], weights: Weights) -> float:
    """Return the weight of words that are alike, the closest first; each counts once."""
    from rapidfuzz.distance import Levenshtein

    pairs = []
    for word in left:
        for other in right:
            if min(len(word), len(other)) >= SHORTEST and not (word.isdecimal() or other.isdecimal()):
                share = Levenshtein.normalized_similarity(word, other, score_cutoff=SAME_WORD)
                if share:
                    pairs.append((-share, sorted((word, other)), word, other))
    total = 0.0
    free, open_ = Counter(left), Counter(right)
    for loss, _, word, other in sorted(pairs):
        if free[word] and open_[other]:
            free[word] -= 1
            open_[other] -= 1
            total += loss**2 * (weights[word] + weights[other])
    return total


def most_alike(mine: Sequence[Name], yours: Sequence[Name], weights: Weights) -> tuple[float, Name, Name]:
    """Return how alike the two names are that are most alike, and which these are; of equals the first by text.

    Raises
    ------
    ValueError
        If one of the two has no name.
    """
    found = ((alike(one, other, weights), one, other) for one in mine for other in yours)
    return min(found, key=lambda pair: (-pair[0], sorted((pair[1].text, pair[2].text))))
