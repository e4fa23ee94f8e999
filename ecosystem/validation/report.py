"""Findings as a SHACL validation report: RDF that other tools read."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from ecosystem.store import RdfTerm
from ecosystem.validation.findings import Finding
from ecosystem.validation.graph import SH
from ecosystem.validation.results import Result

__all__ = ["report"]


def report(findings: Iterable[Finding]) -> str:
    """Return a sh:ValidationReport as Turtle, its results in the order of the findings."""
    results = [finding.result for finding in findings if finding.result is not None]
    names: dict[str, str] = {}
    said = "".join(f" ;\n    sh:result [\n{_body(result, names)}\n    ]" for result in results)
    conforms = "false" if results else "true"
    return f"@prefix sh: <{SH}> .\n\n[] a sh:ValidationReport ;\n    sh:conforms {conforms}{said} .\n"


def _body(result: Result, names: dict[str, str]) -> str:
    lines = [
        "a sh:ValidationResult",
        f"sh:focusNode {_term(result.focus, names)}",
        f"sh:resultPath {result.path}" if result.path else "",
        f"sh:value {_term(result.value, names)}" if result.value is not None else "",
        f"sh:sourceShape {_term(result.shape, names)}",
        f"sh:sourceConstraintComponent {_short(result.component)}",
        f"sh:resultSeverity {_short(result.severity)}",
        f"sh:resultMessage {ox.Literal(result.message)}",
    ]
    return " ;\n".join(f"        {line}" for line in lines if line)


def _short(iri: str) -> str:
    return f"sh:{iri.removeprefix(SH)}" if iri.startswith(SH) and iri[len(SH) :].isalpha() else str(ox.NamedNode(iri))


def _term(term: RdfTerm, names: dict[str, str]) -> str:
    """Write a term; blank nodes are numbered as they come, so that the same findings give the same bytes."""
    if isinstance(term, ox.BlankNode):
        return names.setdefault(term.value, f"_:node{len(names) + 1}")
    return str(term)
