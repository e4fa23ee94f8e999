"""Write ecosystem/publish/vendor/: the JavaScript libraries that pages carry, as npm has them, checked.

    python tools/refresh_vendor.py            get the pinned versions, check them, write files and checksums
    python tools/refresh_vendor.py --check    only check the files that are there against their checksums

To take up another version, change `PACKAGES`: the integrity is what `npm view NAME@VERSION dist.integrity` says.
"""

from __future__ import annotations

import base64
import hashlib
import re
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

VENDOR = Path(__file__).resolve().parent.parent / "ecosystem" / "publish" / "vendor"
CHECKSUMS = "SHA512SUMS"
LIMIT = 120  # seconds
SOURCE_MAP = re.compile(rb"\n?//# sourceMappingURL=\S+\s*$")  # an address that a browser would ask for


@dataclass(frozen=True, slots=True)
class Package:
    """A package of the npm registry, its sha-512 as the registry states it, and what of it is kept under what name."""

    name: str
    version: str
    integrity: str
    files: dict[str, str]


PACKAGES = (
    Package(
        "sigma",
        "3.0.3",
        "sha512-5H0zFlx6/NTQpqBg4Rm569ZOpnBOXMaS25UQThIWMU3XyzI5AhmorK/gnl87BvJBLhQd0tW4C0LIp3enWzMoNw==",
        {"package/dist/sigma.min.js": "sigma.min.js", "package/LICENSE.txt": "LICENSE-sigma.txt"},
    ),
    Package(
        "graphology",
        "0.26.0",
        "sha512-8SSImzgUUYC89Z042s+0r/vMibY7GX/Emz4LDO5e7jYXhuoWfHISPFJYjpRLUSJGq6UQ6xlenvX1p/hJdfXuXg==",
        {"package/dist/graphology.umd.min.js": "graphology.min.js", "package/LICENSE.txt": "LICENSE-graphology.txt"},
    ),
)


def main(arguments: list[str]) -> int:
    """Refresh or check; return 1 if a file is not what its checksum says."""
    if "--check" not in arguments:
        VENDOR.mkdir(exist_ok=True)
        written = {name: body for package in PACKAGES for name, body in got(package).items()}
        for name, body in written.items():
            (VENDOR / name).write_bytes(body)
        (VENDOR / CHECKSUMS).write_text(
            "".join(f"{hashlib.sha512(body).hexdigest()}  {name}\n" for name, body in sorted(written.items()))
        )
    wrong = altered()
    for name in wrong:
        print(f"{name} is not what {CHECKSUMS} says.", file=sys.stderr)  # noqa: T201
    return 1 if wrong else 0


def got(package: Package) -> dict[str, bytes]:
    """Return the kept files of a package, fetched by npm."""
    with tempfile.TemporaryDirectory() as folder:
        wanted = f"{package.name}@{package.version}"
        command = ["npm", "pack", "--silent", "--ignore-scripts", "--pack-destination", folder, wanted]
        subprocess.run(command, check=True, timeout=LIMIT, stdout=subprocess.DEVNULL)  # noqa: S603
        (archive,) = Path(folder).glob("*.tgz")
        found = "sha512-" + base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
        if found != package.integrity:
            sys.exit(f"{wanted} is not the package that was pinned: {found}")
        kept = {}
        with tarfile.open(archive) as members:
            for member, name in package.files.items():
                body = members.extractfile(member)
                assert body is not None, member
                kept[name] = SOURCE_MAP.sub(b"\n", body.read())
        return kept


def altered() -> list[str]:
    """Return the files that are missing, changed or not listed."""
    lines = (VENDOR / CHECKSUMS).read_text().splitlines()
    stated = {name: digest for digest, name in (line.split("  ") for line in lines)}
    there = {path.name for path in VENDOR.iterdir()} - {CHECKSUMS, "README.md"}
    return sorted(
        name
        for name in there | set(stated)
        if name not in there or hashlib.sha512((VENDOR / name).read_bytes()).hexdigest() != stated.get(name)
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
