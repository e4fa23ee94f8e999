"""What is installed: the ontology and the data travel with the package, and no stray module does."""

from __future__ import annotations

import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

import ecosystem
from ecosystem.resources import datasets_folder, ontology_folder

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    target = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(target)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    return next(target.glob("*.whl"))


def test_the_wheel_carries_ontology_and_data_and_nothing_else_at_the_top(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    assert tops == {"ecosystem", f"ecosystem_mapper-{ecosystem.__version__}.dist-info"}
    assert "ecosystem/_data/ontology/relations.ttl" in names
    assert "ecosystem/_data/datasets/opsi/relationships.csv" in names
    assert any(name.startswith("ecosystem/publish/templates/") for name in names)
    assert "ecosystem/publish/data/outlines.json" in names
    assert "ecosystem/publish/vendor/oxigraph/web_bg.wasm.gz" in names
    assert "ecosystem/py.typed" in names


def test_the_wheel_works_away_from_the_checkout(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    script = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "import ecosystem; from ecosystem.resources import ontology_folder\n"
        "assert sys.argv[1] in str(ontology_folder()), ontology_folder()\n"
        "print(len(ecosystem.open().brokers(by='country')))"
    )
    command = [sys.executable, "-I", "-c", script, str(tmp_path / "site")]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 50


def test_a_checkout_reads_the_folders_beside_the_package() -> None:
    assert ontology_folder() == ROOT / "ontology"
    assert datasets_folder() == ROOT / "datasets"


def test_versions_agree(ontology) -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert declared == ecosystem.__version__ == ontology.version
