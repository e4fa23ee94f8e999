"""Whether two actors are one, how sure that is, and why, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ecosystem import terms
from ecosystem.network import SUPRANATIONAL
from ecosystem.ontology import Kind
from ecosystem.reconciliation.bodies import Body
from ecosystem.reconciliation.likeness import most_alike
from ecosystem.reconciliation.names import Name, Weights, initials, is_generic

__all__ = ["CERTAIN", "LEAST", "Verdict", "initials_of", "judge", "signs_of"]

CERTAIN: Final = 0.9  # from here on a match is proposed as exact
LEAST: Final = 0.75  # below, it is not proposed
SEMAPV: Final = "https://w3id.org/semapv/vocab/"
LEXICAL, FUZZY, COMPOSITE = (
    SEMAPV + name for name in ("LexicalMatching", "LexicalSimilarityThresholdMatching", "CompositeMatching")
)
# How sure a match is: 0 … 1, held against real data in docs/reconcile.md.
SHARED_ID, SHARED_ID_OTHER_NAME, CONFLICT = 0.99, 0.93, 0.5
PLACED, UNPLACED, HALF_SUPRANATIONAL, GENERIC = 0.97, 0.92, 0.85, 0.6
UNLIKE_KIND, OTHER_ACRONYM, OTHER_ID = 0.9, 0.95, 0.5
SIGN_IS_ACRONYM, SIGN_IS_INITIALS, SHARED_ACRONYM = 0.88, 0.76, 0.78
SAME_NAME: Final = 0.6  # likeness from which two names do not contradict an identifier
ALIKE: Final = 0.7  # likeness below which names say nothing
SHORTEST_ACRONYM: Final = 3
UNIQUE: Final = ("wikidata", "lei")  # a body has one of these only


@dataclass(frozen=True, slots=True)
class Verdict:
    """How sure it is that two actors are one, on what that rests, and the reasons in words."""

    confidence: float
    justification: str
    reasons: tuple[str, ...]

    @property
    def predicate(self) -> str:
        """What to propose: an exact match, or a close one that only a person can decide."""
        return terms.EXACT_MATCH if self.confidence >= CERTAIN else terms.CLOSE_MATCH


def judge(one: Body, other: Body, weights: Weights) -> Verdict | None:
    """Compare two actors; None where nothing speaks for their being one, or their countries speak against it.

    The order of the two does not matter.
    """
    shared = sorted(one.identifiers & other.identifiers)
    apart = one.is_placed and other.is_placed and one.country != other.country
    if apart and not shared:
        return None
    likeness, mine, yours = _names(one, other, weights)
    if shared and apart:
        where = " and ".join(sorted((one.country, other.country)))
        return Verdict(CONFLICT, LEXICAL, (f"conflict: same identifier {shared[0]}, but in {where}",))
    if shared:
        same = likeness >= SAME_NAME or bool(one.acronyms & other.acronyms)
        said = _name_words(likeness, mine, yours) if same else "names differ"
        return Verdict(
            SHARED_ID if same else SHARED_ID_OTHER_NAME, COMPOSITE, (f"same identifier {shared[0]}", *_tail(said))
        )
    found = _by_name(one, other, likeness, mine, yours)
    acronym = _by_acronym(one, other)
    best = max((verdict for verdict in (found, acronym) if verdict), key=lambda v: v.confidence, default=None)
    return _doubted(best, one, other) if best else None


def _names(one: Body, other: Body, weights: Weights) -> tuple[float, Name | None, Name | None]:
    if not one.readings or not other.readings:
        return 0.0, None, None
    if one.country == other.country:
        return most_alike(one.readings, other.readings, weights)
    return most_alike(one.readings_abroad, other.readings_abroad, weights)


def _tail(words: str) -> tuple[str, ...]:
    return (words,) if words else ()


def _name_words(likeness: float, mine: Name | None, yours: Name | None) -> str:
    if mine is None or yours is None:
        return ""
    return "same name" if likeness == 1 else f"names {likeness:.2f} alike"


def _by_name(one: Body, other: Body, likeness: float, mine: Name | None, yours: Name | None) -> Verdict | None:
    if likeness < ALIKE or mine is None or yours is None:
        return None
    factor, where = _place(one, other, generic=is_generic(mine.words) or is_generic(yours.words))
    confidence, reasons = likeness * factor, [_name_words(likeness, mine, yours), where]
    exact = likeness == 1
    if one.homepage and one.homepage == other.homepage:
        confidence += (1 - confidence) / 2
        reasons.insert(0, "same homepage")
    if shared := sorted(one.acronyms & other.acronyms):
        confidence += (1 - confidence) / 3
        reasons.insert(0, f"same acronym {shared[0].upper()}")
    elif one.acronyms and other.acronyms:
        confidence *= OTHER_ACRONYM
        reasons.append("acronyms differ")
    justification = COMPOSITE if len(reasons) > 2 else LEXICAL if exact else FUZZY
    return Verdict(confidence, justification, tuple(reasons))


def _place(one: Body, other: Body, *, generic: bool) -> tuple[float, str]:
    if one.country and one.country == other.country:
        return PLACED, "both supranational" if one.country == SUPRANATIONAL else f"same country {one.country}"
    if generic:
        return GENERIC, "a name that many bodies have, and no country to tell them apart"
    if one.country and other.country:
        return HALF_SUPRANATIONAL, "one is supranational"
    return UNPLACED, "country of one unknown" if one.country or other.country else "countries unknown"


def _by_acronym(one: Body, other: Body) -> Verdict | None:
    """Judge two that have nothing but letters in common: only within one country, and never as certain."""
    if not one.country or one.country != other.country:
        return None
    where = "both supranational" if one.country == SUPRANATIONAL else f"same country {one.country}"
    signs = signs_of(one) | signs_of(other)
    acronyms = one.acronyms & other.acronyms | signs_of(one) & other.acronyms | signs_of(other) & one.acronyms
    long = sorted(sign for sign in acronyms if len(sign) >= SHORTEST_ACRONYM)
    if long:
        confidence = SIGN_IS_ACRONYM if long[0] in signs else SHARED_ACRONYM
        return Verdict(confidence, LEXICAL, (f"same acronym {long[0].upper()}", where))
    letters = sorted(signs_of(one) & initials_of(other) | signs_of(other) & initials_of(one))
    if letters:
        return Verdict(SIGN_IS_INITIALS, LEXICAL, (f"{letters[0].upper()} are the initials of the other", where))
    return None


def signs_of(body: Body) -> frozenset[str]:
    """Return those of its names that are one word, which may be an acronym."""
    return frozenset(name.casefold() for name in body.names if name.isalnum() and SHORTEST_ACRONYM <= len(name) <= 8)


def initials_of(body: Body) -> frozenset[str]:
    """Return the initials of its names."""
    return frozenset(letters for name in body.names for letters in initials(name) if len(letters) >= SHORTEST_ACRONYM)


def _doubted(verdict: Verdict, one: Body, other: Body) -> Verdict:
    """Lower a verdict by what speaks against it."""
    confidence, reasons = verdict.confidence, list(verdict.reasons)
    if _unlike(one.kind, other.kind):
        confidence *= UNLIKE_KIND
        labels = sorted(kind.label() for kind in (one.kind, other.kind) if kind)
        reasons.append(f"but one is a {labels[0]} and the other a {labels[1]}")
    for scheme in UNIQUE:
        mine, yours = ({i for i in body.identifiers if i.startswith(f"{scheme}:")} for body in (one, other))
        if mine and yours:
            confidence *= OTHER_ID
            reasons.append(f"but their {scheme} identifiers differ")
    return Verdict(confidence, verdict.justification, tuple(reasons))


def _unlike(one: Kind | None, other: Kind | None) -> bool:
    """Tell whether two kinds exclude one another: neither is the other, nor a kind of it."""
    if one is None or other is None or one.iri in other.ancestors or other.iri in one.ancestors:
        return False
    return one.branch != other.branch
