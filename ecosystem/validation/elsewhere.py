"""Shapes that have no form as queries, asked of pySHACL over a view of the store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox

from ecosystem import terms
from ecosystem.store import RdfTerm, Store
from ecosystem.validation.graph import SH, ShapesError
from ecosystem.validation.results import Result

if TYPE_CHECKING:
    import rdflib

__all__ = ["results_of_pyshacl"]

ADVANCED: Final = frozenset({SH + "target", SH + "expression"})


def results_of_pyshacl(shapes: Iterable[ox.Triple], store: Store) -> Iterator[Result]:
    """Yield what pySHACL finds; some thirty times slower, and it takes a copy of the data.

    Raises
    ------
    ShapesError
        If pySHACL cannot make sense of the shapes.
    """
    import pyshacl
    import rdflib
    from pyshacl.errors import ReportableRuntimeError, ValidationFailure

    # Read by the same parser as the data: rdflib's own tells "text" and "text"^^xsd:string apart.
    said = list(shapes)
    wanted = _view(said)
    # SHACL's advanced features make pySHACL copy the data into rdflib: only for shapes that need them.
    advanced = any(triple.predicate.value in ADVANCED for triple in said)
    data = _view(quad.triple for quad in store.quads())
    try:
        _, report, text = pyshacl.validate(
            data, shacl_graph=wanted, inference="none", do_owl_imports=False, advanced=advanced
        )
    except (SyntaxError, ValueError, ReportableRuntimeError, ValidationFailure) as error:
        raise ShapesError(str(error)) from error
    if not isinstance(report, rdflib.Graph):
        raise ShapesError(str(text))
    for found in report.objects(None, rdflib.URIRef(SH + "result")):
        yield _result(report, found, wanted)


def _result(report: rdflib.Graph, found: Any, shapes: rdflib.Graph) -> Result:
    import rdflib

    def told(name: str) -> Any:
        return report.value(found, rdflib.URIRef(SH + name))

    shape, path = told("sourceShape"), told("resultPath")
    named = isinstance(path, rdflib.URIRef)
    return Result(
        focus=_term(told("focusNode")),
        path=f"<{path}>" if named else "",
        predicate=str(path) if named else "",
        value=_term(told("value")) if told("value") is not None else None,
        component=str(told("sourceConstraintComponent")),
        shape=_term(shape),
        severity=str(told("resultSeverity")),
        message=str(told("resultMessage") or "It fails its shape."),
        rule=str(shape) if isinstance(shape, rdflib.URIRef) else "",
        remedy=str(shapes.value(shape, rdflib.URIRef(terms.REMEDY)) or ""),
    )


def _term(node: Any) -> RdfTerm:
    import rdflib

    if isinstance(node, rdflib.URIRef):
        return ox.NamedNode(str(node))
    if isinstance(node, rdflib.BNode):
        return ox.BlankNode(str(node))
    datatype = ox.NamedNode(str(node.datatype)) if node.datatype and not node.language else None
    return ox.Literal(str(node), language=node.language, datatype=datatype)


def _view(triples: Iterable[ox.Triple]) -> rdflib.Graph:
    """Return triples for rdflib to read; queries are answered by the engine itself."""
    import rdflib
    from oxrdflib import OxigraphStore
    from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

    store = ox.Store()
    # A triple about a triple is beyond SHACL.
    store.bulk_extend(
        ox.Quad(subject, predicate, value)
        for subject, predicate, value in triples
        if not isinstance(value, ox.Triple) and not isinstance(subject, ox.Triple)
    )
    size = len(store)

    class Graph(rdflib.Graph):
        # pySHACL asks for a graph's truth at every result, and the store counts all it holds each time.
        def __len__(self) -> int:
            return size

    return Graph(store=OxigraphStore(store=store), identifier=DATASET_DEFAULT_GRAPH_ID)
