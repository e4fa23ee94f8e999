"""SHACL property paths: as SPARQL asks along them, and as a report writes them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from ecosystem.validation.graph import SH, Facts, Node, ShapesError, Unsupported

__all__ = ["Path", "path_of"]

REPEATED: Final = {"zeroOrMorePath": "*", "oneOrMorePath": "+", "zeroOrOnePath": "?"}
DEEPEST: Final = 20


@dataclass(frozen=True, slots=True)
class Path:
    """A way from a node to its values.

    `sparql` is a SPARQL property path, `turtle` the same as RDF (both with full IRIs); `predicate` is its IRI where
    the path is one property. A path that is `open` may match nothing at all, so that it must never be asked with
    both of its ends unknown.
    """

    sparql: str
    turtle: str
    predicate: str = ""
    open: bool = False


def path_of(node: Node | ox.Literal | ox.Triple, facts: Facts, depth: int = 0) -> Path:
    """Read a path.

    Raises
    ------
    ShapesError
        If it is none.
    """
    if isinstance(node, ox.NamedNode):
        return Path(str(node), str(node), node.value)
    if not isinstance(node, ox.BlankNode) or depth > DEEPEST:
        raise ShapesError(f"{node} is no property path")
    steps = facts.items(node)
    if steps:
        return _joined(steps, "/", lambda parts: f"( {parts} )", facts, depth)
    for name, target in facts.about(node):
        kind = name.removeprefix(SH)
        if kind == "alternativePath":
            written = "[ " + str(ox.NamedNode(name)) + " ( {} ) ]"
            return _joined(facts.items(target), "|", lambda parts, w=written: w.format(parts), facts, depth)  # type: ignore[misc]
        if kind == "inversePath" or kind in REPEATED:
            inner = path_of(target, facts, depth + 1)
            turtle = f"[ {ox.NamedNode(name)} {inner.turtle} ]"
            if kind == "inversePath":
                return Path(f"^({inner.sparql})", turtle, open=inner.open)
            return Path(f"({inner.sparql}){REPEATED[kind]}", turtle, open=inner.open or kind != "oneOrMorePath")
    raise Unsupported(f"the path {node}")


def _joined(
    nodes: tuple[Node | ox.Literal | ox.Triple, ...],
    sign: str,
    write: Callable[[str], str],
    facts: Facts,
    depth: int,
) -> Path:
    parts = [path_of(node, facts, depth + 1) for node in nodes]
    if len(parts) < 2:
        raise ShapesError("a path of several parts has fewer than two")
    opens = all(part.open for part in parts) if sign == "/" else any(part.open for part in parts)
    return Path(
        sign.join(f"({part.sparql})" for part in parts), write(" ".join(part.turtle for part in parts)), open=opens
    )
