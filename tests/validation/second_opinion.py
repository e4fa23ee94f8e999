"""The same shapes over the same Turtle, asked of our queries and of pySHACL, which reads and reasons for itself."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pyshacl
import rdflib
from rdflib.namespace import SH
from rdflib.term import Node
from validation.stores import store_of

from ecosystem.store import RdfTerm, Store
from ecosystem.validation import Result, check_shapes

PREFIXES = """
@prefix : <https://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
# Focus, value, path where it is one property, component, severity.
Verdict = tuple[str, str, str, str, str]


def ours(shapes: Path, store: Store) -> tuple[set[Verdict], list[str]]:
    results, notes = check_shapes(shapes, store)
    return {_verdict(result) for result in results}, notes


def theirs(shapes: Path, data: rdflib.Graph) -> set[Verdict]:
    _, report, text = pyshacl.validate(data, shacl_graph=rdflib.Graph().parse(shapes), inference="none", advanced=True)
    assert isinstance(report, rdflib.Graph), text

    def told(result: Node, term: Node) -> str:
        return _plain(report.value(result, term))

    return {
        (
            told(result, SH.focusNode),
            told(result, SH.value),
            _plain(path) if isinstance(path := report.value(result, SH.resultPath), rdflib.URIRef) else "",
            told(result, SH.sourceConstraintComponent),
            told(result, SH.resultSeverity),
        )
        for result in report.objects(None, SH.result)
    }


def both(shapes: str, data: str, folder: Path) -> tuple[set[Verdict], set[Verdict], list[str]]:
    """Return our verdicts, those of pySHACL, and what was left to it."""
    path = folder / "shapes.ttl"
    path.write_text(PREFIXES + shapes, encoding="utf-8")
    triples = [quad.triple for quad in ox.parse(PREFIXES + data, format=ox.RdfFormat.TURTLE)]
    mine, notes = ours(path, store_of(triples))
    return mine, theirs(path, rdflib.Graph().parse(data=PREFIXES + data, format="turtle")), notes


def _verdict(result: Result) -> Verdict:
    value = "" if result.value is None else _spelled(result.value)
    return (_spelled(result.focus), value, result.predicate, result.component, result.severity)


def _spelled(term: RdfTerm) -> str:
    if isinstance(term, ox.BlankNode):
        return "_:"
    if isinstance(term, ox.Literal):
        return _literal(term.value, term.language or "", term.datatype.value)
    return getattr(term, "value", str(term))


def _plain(node: Node | None) -> str:
    if node is None:
        return ""
    if isinstance(node, rdflib.BNode):
        return "_:"
    if isinstance(node, rdflib.Literal):
        datatype = str(node.datatype or rdflib.XSD.string)
        return _literal(str(node), node.language or "", str(rdflib.RDF.langString) if node.language else datatype)
    return str(node)


def _literal(text: str, language: str, datatype: str) -> str:
    """Spell a literal by its value: a store writes 1.50 as 1.5, and small whole numbers as whole numbers."""
    name = datatype.rpartition("#")[2]
    whole = ("integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "unsignedByte")
    if name in (*whole, "decimal", "double", "float"):
        try:
            return f"{float(text)!r} {'integer' if name in whole else name}"
        except ValueError:
            return f"{text} {'integer' if name in whole else name}"
    return f"{text}@{language.lower()}" if language else f"{text}^^{name}"
