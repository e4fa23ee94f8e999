"""Imports run downwards only: each room may import the rooms below it, and none above."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "ecosystem"
FLOORS = (
    {"errors", "terms", "progress", "collection", "engines", "wording", "__init__"},
    {"records", "tables", "files", "resources"},
    {"ontology"},
    {"sources"},
    {"store"},
    {"query", "validation", "network"},
    {"lookup", "reconciliation"},
    {"measures", "publish", "exports"},
    {"gaps"},
    {"whatif"},
    {"api"},
    {"commands"},
    {"__main__"},
)
FLOOR = {room: number for number, floor in enumerate(FLOORS) for room in floor}
MODULES = sorted(PACKAGE.rglob("*.py"))


def room_of(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


def imports_of(path: Path) -> set[str]:
    """Return the modules of ours that a file imports when it runs; those for type checkers alone are no dependency."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            node.body = []
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}: imports are absolute"
            whole = [f"{node.module}.{alias.name}" for alias in node.names]
            found |= set(whole) if node.module == "ecosystem" else {node.module}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return {name for name in found if name.split(".")[0] == "ecosystem"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_run_downwards(path: Path) -> None:
    relative = path.relative_to(PACKAGE)
    room = relative.parts[0].removesuffix(".py")
    if room == "__init__":
        pytest.skip("the package's front re-exports lazily")
    for module in imports_of(path):
        other = room_of(module)
        if other in ("__init__", "__version__", room):
            continue
        assert other in FLOOR, f"{relative} imports {module}, a room that has no floor"
        assert FLOOR[other] < FLOOR[room], f"{relative} ({room}) must not import {module} ({other})"


def test_every_room_has_a_floor() -> None:
    rooms = {path.relative_to(PACKAGE).parts[0].removesuffix(".py") for path in MODULES}
    assert rooms == set(FLOOR)


def test_measures_never_see_rdf_and_only_commands_see_click() -> None:
    for path in MODULES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = {
            name.split(".")[0]
            for node in ast.walk(tree)
            for name in (
                [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else []
            )
        }
        room = path.relative_to(PACKAGE).parts[0]
        assert "click" not in names or room == "commands", path
        assert not names & {"rdflib", "pyoxigraph", "oxrdflib"} or room not in ("measures", "commands"), path
