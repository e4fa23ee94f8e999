"""Whether data are what the ontology says they should be: its vocabulary first, then its SHACL shapes.

A misspelt class passes every shape, because no shape aims at it; unknown terms of our namespaces are therefore
looked for before anything else. Shapes see data and ontology together and nothing is inferred, so that a wrong
record cannot be reasoned into a right one.
"""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from ecosystem import terms
from ecosystem.errors import OntologyError
from ecosystem.ontology import Ontology, local_name
from ecosystem.tables import Table

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node

__all__ = ["SEVERITIES", "Finding", "check_ontology", "validate"]

SEVERITIES: Final = ("violation", "warning", "info")
UNNAMED: Final = "something unnamed"
OURS: Final = {"eco:": terms.ECO, "view:": terms.VIEW}
SHACL: Final = terms.PREFIXES["sh"]
Value = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be, and what to do about it.

    `severity` is `violation` (cannot be used, or contradicts itself), `warning` (usable, not fully to be relied
    upon) or `info` (worth adding). `focus` is the IRI of what to mend, `label` what a reader calls it, `path` the
    property concerned, if there is one. A blank node has no name that lasts, so its `focus` is empty.
    """

    severity: str
    focus: str
    label: str
    path: str
    message: str
    remedy: str = ""
    rule: str = field(default="", metadata={"hidden": True})


def validate(data: Iterable[ox.Quad | ox.Triple], *ontology_folders: Path) -> Table[Finding]:
    """Check statements against the vocabulary and the shapes (`shapes.ttl`) of an ontology.

    Parameters
    ----------
    data
        Statements of any number of data sets; the ontology may be among them or not.
    ontology_folders
        The folders that hold the ontology; the shapes of all of them hold.

    Returns
    -------
    Table of Finding
        Violations first; empty where all is well.

    Raises
    ------
    OntologyError
        If the folder holds no ontology, or its shapes are wrong themselves.
    """
    ontology = Ontology.load(*ontology_folders)
    statements = [ox.Triple(each.subject, each.predicate, each.object) for each in data]
    named = {*_named(ontology.triples), *_named(statements)}
    view = _View([*ontology.triples, *statements])
    found = [*_unknown_terms(statements, named, view), *_shacl(view, ontology.folders, "shapes.ttl")]
    return _table(found, f"{len(statements)} statements checked.")


def check_ontology(*ontology_folders: Path) -> Table[Finding]:
    """Check an ontology against its own rules: `meta.ttl`, undefined terms, and gap rules that cannot be asked.

    Raises
    ------
    OntologyError
        If the folder holds no ontology, or its shapes are wrong themselves.
    """
    ontology = Ontology.load(*ontology_folders)
    view = _View(ontology.triples)
    found = [
        *_unknown_terms(ontology.triples, _named(ontology.triples), view),
        *_shacl(view, ontology.folders, "meta.ttl"),
        *_wrong_queries(ontology),
    ]
    return _table(found, f"{len(ontology.triples)} statements of the ontology checked.")


def _table(found: Iterable[Finding], note: str) -> Table[Finding]:
    """Return findings, each once, the gravest first."""
    rows = sorted(set(found), key=_rank)
    return Table(Finding, tuple(rows), (note,))


def _rank(finding: Finding) -> tuple[int | str, ...]:
    told = (finding.label, finding.focus, finding.path, finding.message, finding.rule)
    return (SEVERITIES.index(finding.severity), *told)


class _View:
    """Triples in a store of their own, with the few questions that a finding asks about them."""

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        self.store = ox.Store()
        # A triple about a triple is beyond SHACL.
        self.store.bulk_extend(
            ox.Quad(subject, predicate, value)
            for subject, predicate, value in triples
            if not isinstance(value, ox.Triple)
        )

    def graph(self) -> rdflib.Graph:
        """Return the triples for rdflib to read; queries are answered by the store itself."""
        import rdflib
        from oxrdflib import OxigraphStore
        from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

        size = len(self.store)

        class Graph(rdflib.Graph):
            # pySHACL asks for a graph's truth at every result, and the store counts all it holds each time.
            def __len__(self) -> int:
                return size

        return Graph(store=OxigraphStore(store=self.store), identifier=DATASET_DEFAULT_GRAPH_ID)

    def label(self, iri: str) -> str:
        """Return what a reader calls this: its label, or subject, relation and object of a relationship."""
        about = ox.NamedNode(iri)
        parts = [self._values(about, part) for part in (terms.RDF_SUBJECT, terms.RDF_PREDICATE, terms.RDF_OBJECT)]
        if all(parts):
            return " ".join(min(map(self._name, part)) for part in parts)
        return self._name(about)

    def _name(self, node: Value) -> str:
        if not isinstance(node, ox.NamedNode):
            return node.value if isinstance(node, ox.Literal) else UNNAMED
        labels = [value for value in self._values(node, terms.LABEL) if isinstance(value, ox.Literal)]
        best = min(labels, key=lambda label: (label.language != "en", label.language or "", label.value), default=None)
        return best.value if best else local_name(node.value)

    def _values(self, about: ox.NamedNode, term: str) -> list[Value]:
        return [quad.object for quad in self.store.quads_for_pattern(about, ox.NamedNode(term), None)]


# ── Vocabulary ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _named(triples: Iterable[ox.Triple]) -> set[str]:
    """Return the IRIs of our namespaces that are described."""
    subjects = (triple.subject for triple in triples)
    return {node.value for node in subjects if isinstance(node, ox.NamedNode) and _is_ours(node.value)}


def _is_ours(iri: str) -> bool:
    return iri.startswith(tuple(OURS.values()))


def _unknown_terms(triples: Iterable[ox.Triple], known: set[str], view: _View) -> Iterator[Finding]:
    """Yield one finding for each term of our namespaces that is used and that nobody defines."""
    uses: dict[str, list[str]] = defaultdict(list)
    for triple in triples:
        for node in (triple.predicate, triple.object):
            if isinstance(node, ox.NamedNode) and _is_ours(node.value) and node.value not in known:
                uses[node.value].append(triple.subject.value if isinstance(triple.subject, ox.NamedNode) else "")
    for term, users in uses.items():
        first = min(users)
        times = "once" if len(users) == 1 else f"{len(users)} times, here for the first"
        yield Finding(
            severity="violation",
            focus=first or term,
            label=view.label(first or term),
            path=term,
            message=f"{_short(term)} is not a term of the ontology; it is used {times}.",
            remedy=_suggestion(term, known),
        )


def _suggestion(term: str, known: set[str]) -> str:
    namespace = terms.VIEW if term.startswith(terms.VIEW) else terms.ECO
    names = sorted(local_name(iri) for iri in known if iri.startswith(namespace))
    close = difflib.get_close_matches(local_name(term), names, n=1, cutoff=0.6)
    if close:
        return f"Did you mean {_short(namespace + close[0])}?"
    return "Choose a term that `ecosystem ontology list` shows, or add a block for it to the ontology."


def _short(text: str) -> str:
    """Return an IRI with its prefix in the place of its namespace, where it is a common one."""
    for prefix, namespace in terms.PREFIXES.items():
        if text.startswith(namespace) and len(text) > len(namespace):
            return f"{prefix}:{text[len(namespace) :]}"
    return text


# ── Shapes ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _shacl(view: _View, folders: Iterable[Path], name: str) -> Iterator[Finding]:
    """Yield what the shapes in the files of this name find."""
    import pyshacl
    import rdflib
    from pyshacl.errors import ReportableRuntimeError, ValidationFailure

    paths = [folder / name for folder in folders]
    if not any(path.is_file() for path in paths):
        raise OntologyError(f"{paths[0]}: not there.", hint="An ontology folder holds its shapes in this file.")
    files = ", ".join(str(path) for path in paths if path.is_file())
    try:
        # Read by the same parser as the data: rdflib's own tells "text" and "text"^^xsd:string apart.
        shapes = _View(
            quad.triple for path in paths if path.is_file() for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE)
        ).graph()
        _, report, text = pyshacl.validate(view.graph(), shacl_graph=shapes, inference="none", do_owl_imports=False)
    except (SyntaxError, ValueError, ReportableRuntimeError, ValidationFailure) as error:
        raise OntologyError(
            f"{files}: the shapes are wrong: {error}.", hint="Mend the shape that this names."
        ) from error
    if not isinstance(report, rdflib.Graph):
        raise OntologyError(f"{files}: the shapes are wrong: {text}.", hint="Mend the shape that this names.")
    for result in report.objects(None, rdflib.URIRef(SHACL + "result")):
        yield _finding(report, result, shapes, view)


def _finding(report: rdflib.Graph, result: Node, shapes: rdflib.Graph, view: _View) -> Finding:
    import rdflib

    def told(name: str) -> Node | None:
        return report.value(result, rdflib.URIRef(SHACL + name))

    shape, value, focus, path = told("sourceShape"), told("value"), told("focusNode"), told("resultPath")
    message = str(told("resultMessage"))
    # A rule about the whole graph aims at the ontology's head; what it complains of is the value.
    if str(focus) == terms.ONTOLOGY and value is not None:
        focus = value
    elif value is not None and value != focus:
        message = f"{message} Found: {UNNAMED if isinstance(value, rdflib.BNode) else _short(str(value))}."
    name = "" if isinstance(focus, rdflib.BNode) else str(focus)
    return Finding(
        severity=local_name(str(told("resultSeverity"))).lower(),
        focus=name,
        label=view.label(name) if name else UNNAMED,
        path=str(path) if isinstance(path, rdflib.URIRef) else "",
        message=message,
        remedy=str(shapes.value(shape, rdflib.URIRef(terms.REMEDY)) or "") if shape else "",
        rule=str(shape),
    )


def _wrong_queries(ontology: Ontology) -> Iterator[Finding]:
    """Yield a finding for each gap rule whose query is not SPARQL or does not answer with a subject."""
    nothing = ox.Store()
    for rule in ontology.rules.values():
        try:
            answer = nothing.query(rule.select, prefixes=dict(terms.PREFIXES))
        except SyntaxError as error:
            wrong = f"Its query is not SPARQL: {error}."
        else:
            if isinstance(answer, ox.QuerySolutions) and "subject" in {name.value for name in answer.variables}:
                continue
            wrong = "Its query does not answer with ?subject."
        remedy = "Mend eco:select; try it with `ecosystem query`."
        yield Finding("violation", rule.iri, rule.label(), terms.SELECT, wrong, remedy)
