"""Checking data and ontologies: the vocabulary first, then the shapes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from ecosystem import terms
from ecosystem.errors import OntologyError, QueryError
from ecosystem.ontology import Ontology
from ecosystem.progress import Progress, silent
from ecosystem.store import EmbeddedStore, Store, bare
from ecosystem.tables import Table
from ecosystem.validation.compiling import Check, Compiler
from ecosystem.validation.elsewhere import results_of_pyshacl
from ecosystem.validation.findings import Finding, Origins, findings_of, table_of
from ecosystem.validation.graph import SH, Facts, ShapesError, Unsupported
from ecosystem.validation.results import Result, classes_below, results_of
from ecosystem.validation.shapes import TARGETS, read_shapes
from ecosystem.validation.vocabulary import unknown_terms
from ecosystem.validation.words import short

__all__ = ["check_ontology", "check_shapes", "validate"]

DATA_SHAPES: Final = "shapes.ttl"
ONTOLOGY_SHAPES: Final = "meta.ttl"
ESCAPE: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
ELSEWHERE: Final = re.compile(r"(?<![?$:])service", re.IGNORECASE)


def validate(
    store: Store,
    ontology: Ontology,
    *,
    shapes: Sequence[Path] = (),
    origins: Origins | None = None,
    progress: Progress = silent,
) -> Table[Finding]:
    """Check what a store holds against the vocabulary and the shapes of its ontology.

    Parameters
    ----------
    store
        Data sets and, in its own graph, the ontology.
    shapes
        Turtle files with more shapes.
    origins
        Says where things were read; without it, places are sources and IRIs.

    Returns
    -------
    Table of Finding
        Violations first; empty where all is well. Its notes name the shapes that pySHACL was asked about.

    Raises
    ------
    OntologyError
        If an ontology folder holds no shapes, or shapes are wrong themselves.
    """
    ours = _files(ontology.folders, DATA_SHAPES)
    known = _named(ontology.triples)
    progress("Checking the vocabulary", 0, None)
    found = list(unknown_terms(store, known, beside=terms.ONTOLOGY))
    notes: list[str] = []
    for path in (*ours, *shapes):
        found += _found_by(path, store, notes, progress)
    return table_of(
        findings_of(found, store, origins), f"{len(store)} statements checked, those of the ontology included.", *notes
    )


def check_ontology(*ontology_folders: Path) -> Table[Finding]:
    """Check an ontology against its own rules: `meta.ttl`, undefined terms, and gap rules that cannot be asked.

    Raises
    ------
    OntologyError
        If the folder holds no ontology, or its shapes are wrong themselves.
    """
    ontology = Ontology.load(*ontology_folders)
    store = EmbeddedStore.in_memory()
    store.add(ontology.triples, terms.ONTOLOGY)
    found = list(unknown_terms(store, _named(ontology.triples)))
    notes: list[str] = []
    for path in _files(ontology.folders, ONTOLOGY_SHAPES):
        found += _found_by(path, store, notes, silent)
    said = f"{len(ontology.triples)} statements of the ontology checked."
    return table_of([*findings_of(found, store), *_wrong_queries(ontology)], said, *notes)


def check_shapes(path: Path, store: Store) -> tuple[list[Result], list[str]]:
    """Return what the shapes of a file find, and notes on those that pySHACL was asked about."""
    notes: list[str] = []
    return _found_by(path, store, notes, silent), notes


def _files(folders: Iterable[Path], name: str) -> list[Path]:
    paths = [folder / name for folder in folders]
    if not any(path.is_file() for path in paths):
        raise OntologyError(f"{paths[0]}: not there.", hint="An ontology folder holds its shapes in this file.")
    return [path for path in paths if path.is_file()]


def _named(triples: Iterable[ox.Triple]) -> set[str]:
    """Return the IRIs of our namespaces that are described."""
    subjects = (triple.subject for triple in triples)
    return {
        node.value
        for node in subjects
        if isinstance(node, ox.NamedNode) and node.value.startswith((terms.ECO, terms.VIEW))
    }


def _found_by(path: Path, store: Store, notes: list[str], progress: Progress) -> list[Result]:
    """Return what the shapes of a file find."""
    try:
        triples = [quad.triple for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE)]
        plan = _planned(triples, store)
        found: dict[Result, None] = {}
        for number, check in enumerate(plan.checks):
            progress(f"Checking {path.name}", number, len(plan.checks))
            found.update(dict.fromkeys(results_of(check, store)))
        if plan.rest:
            notes.extend(f"{path}: {note}" for note in plan.notes)
            found.update(dict.fromkeys(results_of_pyshacl(plan.rest, store)))
    except (OSError, SyntaxError, ShapesError, QueryError) as error:
        raise OntologyError(
            f"{path}: the shapes are wrong: {error}.", hint="Mend the shape that this names."
        ) from error
    return list(found)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is asked of the store, and the shapes that are left to pySHACL."""

    checks: tuple[Check, ...]
    rest: tuple[ox.Triple, ...]
    notes: tuple[str, ...]


def _planned(triples: Sequence[ox.Triple], store: Store) -> _Plan:
    for triple in triples:
        if triple.predicate.value.startswith(SH) and isinstance(triple.object, ox.Literal):
            _refuse_other_servers(triple.object.value)
    compiler = Compiler(lru_cache(maxsize=None)(lambda kind: classes_below(store, kind)))
    checks: list[Check] = []
    compiled, notes = set(), []
    for shape, node, reason in read_shapes(Facts(triples)):
        try:
            made = list(compiler.checks(shape)) if shape else None
        except Unsupported as unknown:
            made, reason = None, str(unknown)
        if made is None:
            name = short(node.value) if isinstance(node, ox.NamedNode) else "a shape without a name"
            notes.append(f"{name} was left to pySHACL, which is slower: {reason}.")
        else:
            for check in made:
                _try(check)
            checks += made
            compiled.add(node)
    rest = tuple(triple for triple in triples if not _aims(triple, compiled)) if notes else ()
    return _Plan(tuple(checks), rest, tuple(notes))


def _try(check: Check) -> None:
    """Ask a shape's own query of an empty store: what is wrong with it must not wait for the first node to show.

    Raises
    ------
    QueryError
        If it is wrong.
    """
    if check.constraint.query:
        EmbeddedStore.in_memory().select(check.constraint.query, {"this": ox.NamedNode(terms.ONTOLOGY)})


def _aims(triple: ox.Triple, shapes: set[ox.NamedNode | ox.BlankNode]) -> bool:
    """Tell whether a statement makes one of these shapes aim at something."""
    aiming = triple.predicate.value in {SH + kind for kind in TARGETS}
    return triple.subject in shapes and (aiming or (triple.predicate.value == terms.RDF_TYPE and _is_class(triple)))


def _is_class(triple: ox.Triple) -> bool:
    return isinstance(triple.object, ox.NamedNode) and not triple.object.value.startswith(SH)


def _refuse_other_servers(text: str) -> None:
    unescaped = ESCAPE.sub(lambda match: chr(int(match[1] or match[2], 16)), text)
    if "service" in unescaped.lower() and "{" in unescaped and ELSEWHERE.search(bare(unescaped)):
        raise ShapesError("a query asks another server (SERVICE), which is not allowed")


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
        yield Finding("violation", rule.iri, rule.label(), terms.SELECT, wrong, remedy, place=short(rule.iri))
