"""Reading small files made in a test, and the lines that a mistake in them gives."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ecosystem.errors import DataError
from ecosystem.ontology import Ontology
from ecosystem.sources import Reading, read

Content = str | bytes
Write = Callable[..., Path]


@pytest.fixture
def fixtures() -> Path:
    return Path(__file__).resolve().parents[1] / "fixtures" / "sources"


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write files into a folder; give the path of the only one, or of the folder."""

    def make(**files: Content) -> Path:
        for name, content in files.items():
            path = tmp_path / name.replace("__", ".")
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path if len(files) == 1 else tmp_path

    return make


@pytest.fixture
def read_file(write: Write, ontology: Ontology) -> Callable[[str, Content], Reading]:
    """Read a file of this name and content."""
    return lambda name, content: read(write(**{name.replace(".", "__"): content}), ontology)


@pytest.fixture
def mistakes(ontology: Ontology, tmp_path: Path) -> Callable[[Path], list[str]]:
    """Return the lines that reading a bad file gives, without the folder that it lies in."""

    def lines(path: Path, **options: str) -> list[str]:
        with pytest.raises(DataError) as caught:
            read(path, ontology, **options)
        return [line.replace(f"{tmp_path}/", "") for line in caught.value.lines()]

    return lines
