"""Conditions on a value that can be told by looking at it alone, as SPARQL expressions.

An expression that fails counts as false.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

import pyoxigraph as ox

from ecosystem import terms
from ecosystem.validation.graph import SH, ShapesError, Unsupported
from ecosystem.validation.shapes import Constraint

__all__ = ["CONDITIONS"]

XSD: Final = terms.PREFIXES["xsd"]
RDF: Final = terms.PREFIXES["rdf"]
# Datatypes whose literals the engine reads, by a cast that fails where they are wrong. Whole and decimal numbers of
# more digits than it counts with are read by their letters.
READ: Final = frozenset(
    {"boolean", "float", "double", "date", "time", "dateTime", "duration", "dayTimeDuration", "yearMonthDuration"}
    | {"gYear", "gYearMonth"}
)
WRITTEN: Final = {"integer": r"^[+-]?[0-9]+$", "decimal": r"^[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)$"}
# The store keeps these as whole numbers, and xsd:dateTimeStamp as xsd:dateTime.
WHOLE: Final[dict[str, tuple[int | None, int | None]]] = {
    "byte": (-(2**7), 2**7 - 1),
    "short": (-(2**15), 2**15 - 1),
    "int": (-(2**31), 2**31 - 1),
    "long": (-(2**63), 2**63 - 1),
    "unsignedByte": (0, 2**8 - 1),
    "unsignedShort": (0, 2**16 - 1),
    "unsignedInt": (0, 2**32 - 1),
    "unsignedLong": (0, 2**64 - 1),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
}
KINDS: Final = {
    "IRI": "isIRI({0})",
    "BlankNode": "isBLANK({0})",
    "Literal": "isLITERAL({0})",
    "BlankNodeOrIRI": "!isLITERAL({0})",
    "BlankNodeOrLiteral": "!isIRI({0})",
    "IRIOrLiteral": "!isBLANK({0})",
}
FLAGS: Final = frozenset("imsx")


def _datatype(rule: Constraint, value: str) -> str:
    datatype = rule.terms[0]
    if not isinstance(datatype, ox.NamedNode):
        raise ShapesError(f"sh:datatype is no IRI: {datatype}")
    name = datatype.value.removeprefix(XSD) if datatype.value.startswith(XSD) else ""
    if name in WHOLE:
        low, high = WHOLE[name]
        parts = [f"DATATYPE({value}) = <{XSD}integer>", f'REGEX(STR({value}), "{WRITTEN["integer"]}")']
        parts += [f"{value} >= {low}"] if low is not None else []
        parts += [f"{value} <= {high}"] if high is not None else []
        return " && ".join(parts)
    stored = f"<{XSD}dateTime>" if name == "dateTimeStamp" else str(datatype)
    same = f"DATATYPE({value}) = {stored}"
    if name == "dateTimeStamp":
        return f'{same} && REGEX(STR({value}), "(Z|[+-][0-9]{{2}}:[0-9]{{2}})$")'
    if name in READ:
        return f"{same} && DATATYPE(<{XSD}{name}>({value})) = {stored}"
    if name in WRITTEN:
        return (
            f'{same} && COALESCE(DATATYPE(<{XSD}{name}>({value})) = {stored}, REGEX(STR({value}), "{WRITTEN[name]}"))'
        )
    return same


def _kind(rule: Constraint, value: str) -> str:
    kind = getattr(rule.terms[0], "value", "").removeprefix(SH)
    if kind not in KINDS:
        raise ShapesError(f"sh:nodeKind knows no {rule.terms[0]}")
    return KINDS[kind].format(value)


def _in(rule: Constraint, value: str) -> str:
    return " || ".join(f"sameTerm({value}, {_constant(term)})" for term in rule.terms) or "false"


def _constant(term: object) -> str:
    if not isinstance(term, ox.NamedNode | ox.Literal):
        raise Unsupported("a blank node as a value")
    return str(term)


def _length(sign: str) -> Callable[[Constraint, str], str]:
    return lambda rule, value: f"!isBLANK({value}) && STRLEN(STR({value})) {sign} {_plain(rule)}"


def _plain(rule: Constraint) -> str:
    return getattr(rule.terms[0], "value", "")


def _range(sign: str) -> Callable[[Constraint, str], str]:
    def condition(rule: Constraint, value: str) -> str:
        limit = _constant(rule.terms[0])
        # Numbers of more digits than the engine counts with are compared as far as a double goes.
        long = f"DATATYPE({value}) IN (<{XSD}integer>, <{XSD}decimal>) && <{XSD}double>(STR({value})) {sign} {limit}"
        return f"COALESCE({value} {sign} {limit}, {long})"

    return condition


def _pattern(rule: Constraint, value: str) -> str:
    if not set(rule.flags) <= FLAGS:
        raise Unsupported(f"sh:flags {rule.flags!r}")
    text = _plain(rule)
    # What two engines could read in two ways is left to the one whose reading is the standard for us.
    if re.search(r"\\[^\w\s]?[0-9]|\(\?(?!:)|\\[bBcCiIpPAZzGkux]|\[[^\]]*(\[|&&|--|~~)", text):
        raise Unsupported(f"the pattern {text!r}")
    flags = f', "{rule.flags}"' if rule.flags else ""
    return f"!isBLANK({value}) && REGEX(STR({value}), {ox.Literal(text)}{flags})"


def _languages(rule: Constraint, value: str) -> str:
    return (
        " || ".join(f"LANGMATCHES(LANG({value}), {ox.Literal(getattr(term, 'value', ''))})" for term in rule.terms)
        or "false"
    )


CONDITIONS: Final[dict[str, Callable[[Constraint, str], str]]] = {
    "datatype": _datatype,
    "nodeKind": _kind,
    "in": _in,
    "minLength": _length(">="),
    "maxLength": _length("<="),
    "minInclusive": _range(">="),
    "minExclusive": _range(">"),
    "maxInclusive": _range("<="),
    "maxExclusive": _range("<"),
    "pattern": _pattern,
    "languageIn": _languages,
}
