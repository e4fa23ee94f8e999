"""What pages carry of other people's scripts is what its registry gave, and says on which terms."""

from __future__ import annotations

import gzip
import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "tools" / "vendored.py"
ENGINE = ROOT / "ecosystem" / "publish" / "vendor" / "oxigraph"


def test_the_files_are_those_that_the_checksums_name() -> None:
    said = dict(reversed(line.split("  ")) for line in (ENGINE / "SHA256SUMS").read_text(encoding="utf-8").splitlines())
    packed = (ENGINE / "web_bg.wasm.gz").read_bytes()
    held = {
        "web.js": (ENGINE / "web.js").read_bytes(),
        "web_bg.wasm.gz": packed,
        "web_bg.wasm": gzip.decompress(packed),
    }
    assert {name: hashlib.sha256(content).hexdigest() for name, content in held.items()} == said
    assert "Apache License" in (ENGINE / "LICENSE").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["graphology", "sigma"])
def test_what_draws_large_maps_needs_no_eval(name: str) -> None:
    folder = ENGINE.parent / name
    text = (folder / f"{name}.min.js").read_text(encoding="utf-8")
    assert hashlib.sha256(text.encode()).hexdigest() in (folder / "SHA256SUMS").read_text(encoding="utf-8")
    assert "eval(" not in text
    assert "new Function" not in text
    assert "MIT" in (folder / "LICENSE").read_text(encoding="utf-8")


@pytest.mark.skipif(not SCRIPT.is_file(), reason="the script that refreshes them is not part of this copy")
def test_the_script_that_refreshes_them_checks_them(tmp_path: Path) -> None:
    assert subprocess.run([sys.executable, SCRIPT], capture_output=True, check=False).returncode == 0
    changed = SCRIPT.read_text(encoding="utf-8").replace("parents[1]", "parent")
    (tmp_path / "vendored.py").write_text(changed, encoding="utf-8")
    folder = tmp_path / "ecosystem" / "publish" / "vendor"
    shutil.copytree(ENGINE.parent, folder)
    (folder / "oxigraph" / "web.js").write_text("other", encoding="utf-8")
    done = subprocess.run([sys.executable, tmp_path / "vendored.py"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "oxigraph: the files are not those that SHA256SUMS names\n")
