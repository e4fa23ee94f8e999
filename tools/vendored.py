"""Refresh what pages carry of other people's scripts, from the npm registry, each at its pinned version.

    python tools/vendored.py            # check that what is here is what the table says
    python tools/vendored.py --refresh  # fetch it again, check it, and write it

To take a newer version, change VERSION and INTEGRITY of its row (`npm view NAME@VERSION dist.integrity` says it).
"""

from __future__ import annotations

import argparse
import base64
import gzip
import hashlib
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

VENDOR = Path(__file__).resolve().parents[1] / "ecosystem" / "publish" / "vendor"
SUMS = "SHA256SUMS"
LIMIT = 300  # seconds


@dataclass(frozen=True)
class Package:
    """A package of the registry: the tarball's SHA-512 in base64, and which of its files are kept under which name.

    What is kept under a name that ends in `.gz` is compressed here, and its contents stay what they were.
    """

    name: str
    version: str
    integrity: str
    files: Mapping[str, str]


PACKAGES = (
    Package(
        "graphology",
        "0.26.0",
        "8SSImzgUUYC89Z042s+0r/vMibY7GX/Emz4LDO5e7jYXhuoWfHISPFJYjpRLUSJGq6UQ6xlenvX1p/hJdfXuXg==",
        {"package/dist/graphology.umd.min.js": "graphology.min.js", "package/LICENSE.txt": "LICENSE"},
    ),
    Package(
        "oxigraph",
        "0.5.11",
        "zKdgmp1tsrutGzC1lCCywwZRPpLJKaJnKSDWoY2hIhMiwiCRRXNN1DU7WUyTInBvgPKT8Y5N+RgwTL8qKXpLng==",
        {"package/web.js": "web.js", "package/web_bg.wasm": "web_bg.wasm.gz"},
    ),
    Package(
        "sigma",
        "3.0.3",
        "5H0zFlx6/NTQpqBg4Rm569ZOpnBOXMaS25UQThIWMU3XyzI5AhmorK/gnl87BvJBLhQd0tW4C0LIp3enWzMoNw==",
        {"package/dist/sigma.min.js": "sigma.min.js", "package/LICENSE.txt": "LICENSE"},
    ),
)


def fetched(package: Package) -> dict[str, bytes]:
    """Return the files of a package that are kept, from a tarball that is the very one."""
    with tempfile.TemporaryDirectory() as folder:
        command = [
            "npm",
            "pack",
            f"{package.name}@{package.version}",
            "--silent",
            "--ignore-scripts",
            "--pack-destination",
            folder,
        ]
        subprocess.run(command, check=True, timeout=LIMIT, stdout=subprocess.DEVNULL)  # noqa: S603 (our own table)
        (tarball,) = Path(folder).glob("*.tgz")
        content = tarball.read_bytes()
        if base64.b64encode(hashlib.sha512(content).digest()).decode() != package.integrity:
            raise SystemExit(f"{package.name}@{package.version}: this is not the tarball that the table names.")
        with tarfile.open(tarball) as archive:
            found = {kept: _member(archive, name) for name, kept in package.files.items()}
    return {name: gzip.compress(one, 9, mtime=0) if name.endswith(".gz") else one for name, one in found.items()}


def _member(archive: tarfile.TarFile, name: str) -> bytes:
    file = archive.extractfile(name)
    if file is None:
        raise SystemExit(f"{name}: is no file of the tarball.")
    return file.read()


def sums(files: Mapping[str, bytes]) -> str:
    """Return the SHA-256 of each file, of a compressed one that of its contents too."""
    lines = dict(files)
    lines |= {name.removesuffix(".gz"): gzip.decompress(one) for name, one in files.items() if name.endswith(".gz")}
    return "".join(f"{hashlib.sha256(one).hexdigest()}  {name}\n" for name, one in sorted(lines.items()))


def wrong(package: Package) -> str:
    """Return what is wrong with what is here of a package; nothing if it is whole."""
    folder = VENDOR / package.name
    try:
        held = {name: (folder / name).read_bytes() for name in package.files.values()}
        said = (folder / SUMS).read_text(encoding="utf-8")
        about = (folder / "README.md").read_text(encoding="utf-8")
    except OSError as error:
        return f"{package.name}: {error}"
    if said != sums(held):
        return f"{package.name}: the files are not those that {SUMS} names"
    return "" if f"{package.name} {package.version}" in about else f"{package.name}: README.md names another version"


def main() -> int:
    """Check what is here, or fetch it again."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--refresh", action="store_true", help="fetch everything again")
    if asked.parse_args().refresh:
        for package in PACKAGES:
            files = fetched(package)
            folder = VENDOR / package.name
            folder.mkdir(parents=True, exist_ok=True)
            for name, content in files.items():
                (folder / name).write_bytes(content)
            (folder / SUMS).write_text(sums(files), encoding="utf-8")
    faults = [fault for fault in map(wrong, PACKAGES) if fault]
    for fault in faults:
        sys.stderr.write(f"{fault}\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
