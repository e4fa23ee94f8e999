"""Words for readers: short names of IRIs, and what is wrong where a shape does not say it itself."""

from __future__ import annotations

from typing import Final

import pyoxigraph as ox

from ecosystem import terms
from ecosystem.validation.graph import SH
from ecosystem.validation.shapes import Constraint, Shape

__all__ = ["default_message", "short"]

SAYINGS: Final = {
    "class": "A value is not of the class {0}.",
    "datatype": "A value is no well-formed {0}.",
    "nodeKind": "A value is not of the kind {0}.",
    "minCount": "It has fewer than {0} values.",
    "maxCount": "It has more than {0} values.",
    "in": "A value is not one of {all}.",
    "hasValue": "It lacks the value {0}.",
    "minExclusive": "A value is not above {0}.",
    "minInclusive": "A value is below {0}, or cannot be compared with it.",
    "maxExclusive": "A value is not below {0}.",
    "maxInclusive": "A value is above {0}, or cannot be compared with it.",
    "minLength": "A value is shorter than {0} characters.",
    "maxLength": "A value is longer than {0} characters.",
    "pattern": "A value does not match {0}.",
    "languageIn": "A value is not in one of the languages {all}.",
    "uniqueLang": "Two values are in one language.",
    "equals": "The values are not those of {0}.",
    "disjoint": "A value is also one of {0}.",
    "lessThan": "A value is not less than that of {0}.",
    "lessThanOrEquals": "A value is greater than that of {0}.",
    "not": "It is what it must not be.",
    "and": "It is not all that it must be.",
    "or": "It is none of what it may be.",
    "xone": "It is not exactly one of what it may be.",
    "node": "It is not as its shape demands.",
    "closed": "It has a property that its shape does not list.",
    "qualifiedMinCount": "Fewer than {0} of its values are as they should be.",
    "qualifiedMaxCount": "More than {0} of its values are as only some may be.",
    "sparql": "It fails the query of its shape.",
}


def short(iri: str) -> str:
    """Return an IRI with its prefix in the place of its namespace, where it is a common one.

    >>> short(terms.LABEL), short("https://example.org/a")
    ('rdfs:label', 'https://example.org/a')
    """
    for prefix, namespace in terms.PREFIXES.items():
        if iri.startswith(namespace) and len(iri) > len(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def default_message(rule: Constraint, shape: Shape) -> str:
    """Return what is wrong where a constraint fails whose shape has no words of its own."""
    named = [_word(term) for term in rule.terms]
    said = SAYINGS[rule.name].format(*(named or [""]), all=", ".join(named))
    return f"{short(shape.path.predicate)}: {said}" if shape.path and shape.path.predicate else said


def _word(term: object) -> str:
    if isinstance(term, ox.NamedNode):
        return term.value.removeprefix(SH) if term.value.startswith(SH) else short(term.value)
    return getattr(term, "value", str(term))
