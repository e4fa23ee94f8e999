"""What fails a shape: found by queries in the engine, or by pySHACL where a shape has no form as queries."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from ecosystem import terms
from ecosystem.store import RdfTerm, Store
from ecosystem.validation.compiling import FOCUS, PATH, VALUE, Check
from ecosystem.validation.words import default_message

__all__ = ["PLACEHOLDER", "Result", "classes_below", "results_of"]

PLACEHOLDER: Final = re.compile(r"\{[?$](\w+)\}")


@dataclass(frozen=True, slots=True)
class Result:
    """One validation result, as SHACL has it.

    `path` is the result path as Turtle; `predicate` its IRI where it is one property. `said` is what a query found for
    the {?variables} of the message. `rule` is the IRI of the named shape that `shape` is or stands in.
    """

    focus: RdfTerm
    path: str
    predicate: str
    value: RdfTerm | None
    component: str
    shape: RdfTerm
    severity: str
    message: str
    said: tuple[tuple[str, RdfTerm], ...] = ()
    rule: str = ""
    remedy: str = ""


def classes_below(store: Store, kind: str) -> list[str]:
    """Return a class and all those that the store says are below it, sorted."""
    below = f"SELECT DISTINCT ?c WHERE {{ ?c {ox.NamedNode(terms.SUB_CLASS_OF)}+ {ox.NamedNode(kind)} }}"
    return sorted({kind, *(row[0].value for row in store.select(below) if isinstance(row[0], ox.NamedNode))})


def results_of(check: Check, store: Store) -> Iterator[Result]:
    """Ask a store what fails a check."""
    if check.focuses:
        yield from _asked(check, store)
        return
    if check.screen and not _answer(store, check.screen):
        return
    found = store.select(check.query)
    columns = [f"?{name}" for name in found.columns]
    for row in found:
        said = dict(zip(columns, row, strict=True))
        focus = said[FOCUS]
        if focus is not None:
            value = focus if check.shape.path is None and not said.keys() & {VALUE} else said.get(VALUE)
            value = value if len(columns) > 1 or check.constraint.name in PER_VALUE else None
            yield _result(check, focus, value, said.get(PATH), {})


def _asked(check: Check, store: Store) -> Iterator[Result]:
    """Ask a query of the shape's own, for one node after the other, as SHACL binds $this."""
    for (focus,) in store.select(check.focuses):
        if focus is None:
            continue
        found = store.select(check.query, {"this": focus})
        for row in found:
            said = dict(zip(found.columns, row, strict=True))
            value = said.get("value") or (focus if check.shape.path is None else None)
            yield _result(check, said.get("this") or focus, value, said.get("path"), said)


# A node shape's constraints on its values blame the node itself.
PER_VALUE: Final = frozenset(
    {"class", "datatype", "nodeKind", "in", "not", "and", "or", "xone", "node", "pattern", "languageIn"}
    | {"minLength", "maxLength", "minInclusive", "minExclusive", "maxInclusive", "maxExclusive"}
)


def _answer(store: Store, question: str) -> bool:
    return bool(store.query(question))


def _result(
    check: Check, focus: RdfTerm, value: RdfTerm | None, path: RdfTerm | None, said: Mapping[str, RdfTerm | None]
) -> Result:
    shape, rule = check.shape, check.constraint
    predicate = path.value if isinstance(path, ox.NamedNode) else shape.path.predicate if shape.path else ""
    turtle = str(path) if isinstance(path, ox.NamedNode) else shape.path.turtle if shape.path else ""
    messages = rule.messages or shape.messages
    message = messages[0] if messages else default_message(rule, shape)
    used = tuple((name, term) for name in PLACEHOLDER.findall(message) if (term := said.get(name)) is not None)
    return Result(
        focus,
        turtle,
        predicate,
        value,
        rule.component,
        shape.node,
        shape.severity,
        message,
        used,
        shape.rule,
        shape.remedy,
    )
