"""Set up and run: the only commands a fresh machine with Python 3.11 or later needs.

    python3 run.py demo     set up, then turn the bundled data into an RDF graph, brokers, gaps and a map
    python3 run.py test     set up, find or install a browser (in CI a SPARQL server too), then run all tests
    python3 run.py check    set up, then lint, types and documentation

Everything is installed into `.venv` beside this file. It uses the standard library only.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")


def main(arguments: list[str]) -> int:
    """Run one verb; what stands behind it is handed on to the tool that does the work."""
    verbs = {"demo": demo, "test": test, "check": check}
    if sys.version_info < (3, 11):  # noqa: UP036 (whoever starts this may have an older one)
        print(f"Python 3.11 or later is needed; this is {sys.version.split()[0]}.", file=sys.stderr)
        return 2
    if not arguments or arguments[0] not in verbs:
        print(__doc__)
        return 0 if arguments in (["-h"], ["--help"]) else 2
    return verbs[arguments[0]](arguments[1:])


def demo(arguments: list[str]) -> int:
    """Do the main job on the bundled data set."""
    set_up(extra="")
    return run(PYTHON, "-m", "ecosystem", "build", "-o", "ecosystem-map", *arguments)


def test(arguments: list[str]) -> int:
    """Run all tests, those in a real browser and, where there is one, on a real SPARQL server included."""
    set_up(extra="[dev]")
    ci = os.environ.get("CI") == "true"
    if run(PYTHON, "tests/browser.py", "--install") and ci:
        return 1
    if ci:  # elsewhere nobody is given a server or judges who did not ask; without them their tests are skipped
        run(PYTHON, "tests/virtuoso.py", "--install")
        run(PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--editable", ".[judges]")
    # All tests run on all processors, a file at a time on each; a choice of them runs in order.
    return run(PYTHON, "-m", "pytest", *(arguments or ("--numprocesses", "auto", "--dist", "loadfile")))


def check(arguments: list[str]) -> int:
    """Check style, types, the ontology, and that the documentation is what the code says."""
    set_up(extra="[dev]")
    steps = (
        ("-m", "ruff", "check", "."),
        ("-m", "ruff", "format", "--check", "."),
        ("-m", "mypy"),
        ("-m", "ecosystem", "ontology", "check"),
        ("docs/generate.py", "--check"),
    )
    return max(run(PYTHON, *step) for step in steps)


def set_up(extra: str) -> None:
    """Make the virtual environment and install this project into it, unless that is done already."""
    wanted = hashlib.sha256((ROOT / "pyproject.toml").read_bytes() + sys.version.encode()).hexdigest()
    stamp = VENV / f"installed{extra}"
    if stamp.is_file() and stamp.read_text() == wanted and PYTHON.is_file():
        return
    print("Setting up .venv (once; this takes a minute or two) …", file=sys.stderr, flush=True)
    if not PYTHON.is_file() or run(PYTHON, "-m", "pip", "--version", quiet=True):
        make_environment()
    command = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--editable", f".{extra}")
    if run(PYTHON, *command):
        sys.exit("The packages could not be installed; the lines above say why.")
    stamp.write_text(wanted)


def make_environment() -> None:
    """Make `.venv`, on a Debian or Ubuntu without the venv module by installing that first."""
    make = (sys.executable, "-m", "venv", "--clear", str(VENV))
    if not run(*make, quiet=True):
        return
    if os.name == "posix" and shutil.which("apt-get") and os.geteuid() == 0:
        run("apt-get", "update", "-qq")
        run("apt-get", "install", "-y", "-qq", "python3-venv")
    if run(*make):
        sys.exit("Python's venv module is needed (on Debian and Ubuntu: apt-get install python3-venv).")


def run(program: str | Path, *arguments: str, quiet: bool = False) -> int:
    """Run a program in the project's folder and return its exit code."""
    output = subprocess.DEVNULL if quiet else None
    return subprocess.run([str(program), *arguments], cwd=ROOT, stdout=output, stderr=output, check=False).returncode


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
