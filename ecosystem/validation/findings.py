"""Findings: results in plain words, with the place of what is to be mended."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from typing import Final

import pyoxigraph as ox

from ecosystem import terms
from ecosystem.ontology import local_name
from ecosystem.records import Origin
from ecosystem.store import RdfTerm, Store
from ecosystem.tables import Table
from ecosystem.validation.results import PLACEHOLDER, Result
from ecosystem.validation.words import short

__all__ = ["SEVERITIES", "Finding", "Origins", "findings_of", "table_of"]

SEVERITIES: Final = ("violation", "warning", "info")
UNNAMED: Final = "something unnamed"
ENDS: Final = (terms.RDF_SUBJECT, terms.RDF_PREDICATE, terms.RDF_OBJECT)
ASKED_AT_ONCE: Final = 2000
# Finds where things were read, of those that are asked for: by IRI.
Origins = Callable[[Set[str]], Mapping[str, Origin]]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be, and what to do about it.

    `severity` is `violation` (cannot be used, or contradicts itself), `warning` (usable, not fully to be relied
    upon) or `info` (worth adding). `focus` is the IRI of what to mend, `label` what a reader calls it. `place` is
    where to mend it: file and row where they are known, else its source and the place in that, else its IRI. `path`
    is the property concerned, if there is one. A blank node has no name that lasts, so its `focus` is empty.
    """

    severity: str
    focus: str
    label: str
    path: str
    message: str
    remedy: str = ""
    place: str = ""
    rule: str = field(default="", metadata={"hidden": True})
    result: Result | None = field(default=None, compare=False, repr=False, metadata={"hidden": True})


def findings_of(results: Iterable[Result], store: Store, origins: Origins | None = None) -> Iterator[Finding]:
    """Put results into words."""
    found = list(results)
    blamed = [(result, *_blame(result)) for result in found]
    named = {node.value for _, node, _ in blamed if isinstance(node, ox.NamedNode)}
    spoken = {term.value for result in found for _, term in result.said if isinstance(term, ox.NamedNode)}
    names = _Names(store, named | spoken)
    read = origins(named) if origins and named else {}
    for result, node, value in blamed:
        message = _filled(result, names)
        focus = node.value if isinstance(node, ox.NamedNode) else ""
        yield Finding(
            severity=local_name(result.severity).lower(),
            focus=focus,
            label=names.label(focus) if focus else UNNAMED,
            path=result.predicate,
            message=f"{message} Found: {value}." if value else message,
            remedy=result.remedy,
            place=_place(read.get(focus), focus, names),
            rule=result.rule,
            result=replace(result, message=message, said=()),
        )


def table_of(findings: Iterable[Finding], *notes: str) -> Table[Finding]:
    """Return findings, the gravest first."""
    return Table(Finding, tuple(sorted(findings, key=_rank)), notes)


def _rank(one: Finding) -> tuple[int | str, ...]:
    grave = SEVERITIES.index(one.severity) if one.severity in SEVERITIES else len(SEVERITIES)
    return (grave, one.severity, one.label, one.focus, one.path, one.message, one.rule)


def _blame(result: Result) -> tuple[RdfTerm, str]:
    """Return what is to be mended, and the words for the value that is to blame."""
    # A rule about the whole graph aims at the ontology's head; what it complains of is the value.
    if getattr(result.focus, "value", "") == terms.ONTOLOGY and result.value is not None:
        return result.value, ""
    if result.value is None or result.value == result.focus:
        return result.focus, ""
    return result.focus, UNNAMED if isinstance(result.value, ox.BlankNode) else short(
        getattr(result.value, "value", "")
    )


def _filled(result: Result, names: _Names) -> str:
    """Put the names of what a query found into the places that a message has for them."""
    said = dict(result.said)
    return PLACEHOLDER.sub(lambda match: names.name(said[match[1]]) if match[1] in said else match[0], result.message)


def _place(origin: Origin | None, focus: str, names: _Names) -> str:
    if origin is not None and origin.path:
        return str(origin)
    return names.citation(focus) or short(focus)


class _Names:
    """Names and sources of things, asked for in a few questions whatever their number."""

    def __init__(self, store: Store, wanted: Set[str]) -> None:
        self._said: defaultdict[str, defaultdict[str, list[RdfTerm]]] = defaultdict(lambda: defaultdict(list))
        self._fetch(store, wanted)
        others = {
            end.value
            for said in list(self._said.values())
            for part in (*ENDS, terms.DERIVED_FROM)
            for end in said[part]
            if isinstance(end, ox.NamedNode)
        }
        self._fetch(store, others - wanted)

    def _fetch(self, store: Store, wanted: Set[str]) -> None:
        ordered = sorted(wanted)
        parts = ", ".join(str(ox.NamedNode(part)) for part in (terms.LABEL, terms.DERIVED_FROM, terms.LOCATOR, *ENDS))
        for start in range(0, len(ordered), ASKED_AT_ONCE):
            about = " ".join(str(ox.NamedNode(iri)) for iri in ordered[start : start + ASKED_AT_ONCE])
            question = f"SELECT DISTINCT ?s ?p ?o {{ VALUES ?s {{ {about} }} ?s ?p ?o FILTER(?p IN ({parts})) }}"
            for subject, part, value in store.select(question):
                if isinstance(subject, ox.NamedNode) and isinstance(part, ox.NamedNode) and value is not None:
                    self._said[subject.value][part.value].append(value)

    def label(self, iri: str) -> str:
        """Return what a reader calls this: its label, or subject, relation and object of a relationship."""
        ends = [self._said[iri][part] for part in ENDS]
        if all(ends):
            return " ".join(min(map(self.name, end)) for end in ends)
        return self.name(ox.NamedNode(iri))

    def citation(self, iri: str) -> str:
        """Return the source that something rests on, and the place in it."""
        said = self._said[iri]
        parts = [min(map(self.name, said[part])) for part in (terms.DERIVED_FROM, terms.LOCATOR) if said[part]]
        return ", ".join(parts)

    def name(self, node: RdfTerm) -> str:
        """Return the label of a thing, or the words that a literal is."""
        if not isinstance(node, ox.NamedNode):
            return node.value if isinstance(node, ox.Literal) else UNNAMED
        labels = [value for value in self._said[node.value][terms.LABEL] if isinstance(value, ox.Literal)]
        best = min(labels, key=lambda label: (label.language != "en", label.language or "", label.value), default=None)
        return best.value if best else local_name(node.value)
