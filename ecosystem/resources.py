"""Where the folders that are not Python lie: beside the package in a checkout, inside it in a wheel."""

from __future__ import annotations

from pathlib import Path

__all__ = ["datasets_folder", "ontology_folder"]

PACKAGE = Path(__file__).resolve().parent


def ontology_folder() -> Path:
    """Return the folder of the bundled ontology."""
    return _folder("ontology")


def datasets_folder() -> Path:
    """Return the folder of the bundled data sets."""
    return _folder("datasets")


def _folder(name: str) -> Path:
    installed = PACKAGE / "_data" / name
    return installed if installed.is_dir() else PACKAGE.parent / name
