"""Python names structural terms only, and all that it names is defined."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from ecosystem import terms
from ecosystem.ontology import Ontology

PACKAGE = Path(terms.__file__).parent
NAMED_IN_PYTHON = {
    name: value
    for name, value in vars(terms).items()
    if isinstance(value, str) and value.startswith((terms.ECO, terms.VIEW)) and value not in (terms.ECO, terms.VIEW)
}
# An English word is no proof that Python names a term; a word with a capital inside it is.
COINED = re.compile(r"[A-Za-z]+[a-z][A-Z][A-Za-z]*")


@pytest.fixture(scope="module")
def data_names(ontology: Ontology) -> set[str]:
    """The local names of all that the ontology defines and that Python may not know."""
    subjects = {getattr(triple.subject, "value", "") for triple in ontology.triples}
    free = {iri for iri in subjects if iri.startswith(terms.ECO)} - set(NAMED_IN_PYTHON.values())
    return {iri.removeprefix(terms.ECO) for iri in free}


@pytest.mark.parametrize("name", NAMED_IN_PYTHON)
def test_what_python_names_is_defined(name: str, ontology: Ontology) -> None:
    about = {
        triple.predicate.value: triple.object.value
        for triple in ontology.triples
        if getattr(triple.subject, "value", "") == NAMED_IN_PYTHON[name]
    }
    assert {terms.RDF_TYPE, terms.LABEL, terms.DEFINITION} <= set(about)


def test_the_ontology_is_mostly_data(data_names: set[str]) -> None:
    assert {"audits", "Ministry", "Orchestrator", "IsolatedActor", "ThreePs", "Contact"} <= data_names
    assert not {"Actor", "Relationship", "conveys"} & data_names


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_python_names_no_data_of_the_ontology(path: Path, data_names: set[str]) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert sorted({*_in_strings(tree, data_names), *_in_identifiers(tree, data_names)}) == []


def _in_strings(tree: ast.AST, names: set[str]) -> Iterator[str]:
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            if node.value in names and COINED.fullmatch(node.value):
                yield f"{node.lineno}: {node.value}"
            for name in re.findall(r"(?:eco:|ontology#)(\w+)", node.value):
                if name in names:
                    yield f"{node.lineno}: eco:{name}"
        # terms.ECO + "funds": any word is a name there.
        if isinstance(node, ast.BinOp) and isinstance(node.right, ast.Constant) and node.right.value in names:
            yield f"{node.lineno}: {node.right.value}"


def _in_identifiers(tree: ast.AST, names: set[str]) -> Iterator[str]:
    for node in ast.walk(tree):
        name = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
        if name in names and COINED.fullmatch(name):
            yield f"{node.lineno}: {name}"
