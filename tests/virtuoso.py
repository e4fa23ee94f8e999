"""The Virtuoso that the store's tests talk to: a SPARQL server of others, started in a folder of its own.

`python tests/virtuoso.py` prints its path; `python tests/virtuoso.py --install` gets one first where there is none.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SERVER, SHELL = "virtuoso-t", "isql-vt"
# The server and its shell alone: the package virtuoso-opensource would also set up and start a service.
PACKAGE = "virtuoso-opensource-7-bin"
WHAT_TO_DO = "No Virtuoso was found: run `python tests/virtuoso.py --install` (Debian and Ubuntu)."
PACKAGE_LIMIT, START_LIMIT = 600, 60  # seconds
USER, PASSWORD = "loader", "only-for-tests"  # of a server that lives as long as the tests
MAX_ROWS = 2000  # more rows than this are cut, as public servers do
SETTINGS = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
ServerThreads = 10
NumberOfBuffers = 4000
MaxDirtyBuffers = 3000
DirsAllowed = .
CheckpointInterval = 0
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 5
[SPARQL]
ResultSetMaxRows = {rows}
"""


@dataclass(frozen=True)
class Virtuoso:
    """A running server: its address for all uses, and what it took to start."""

    origin: str
    seconds: float

    @property
    def address(self) -> str:
        """The address as `ecosystem -d` and `-s` take it."""
        return f"{self.origin}/sparql#update=/sparql-auth&data=/sparql-graph-crud-auth"

    @property
    def environment(self) -> dict[str, str]:
        """The credentials of a user who may load."""
        return {"ECOSYSTEM_USER": USER, "ECOSYSTEM_PASSWORD": PASSWORD}


def find_virtuoso() -> Path | None:
    """Return the path of the server, if it and its shell are installed."""
    found = shutil.which(SERVER)
    return Path(found) if found and shutil.which(SHELL) else None


def install_virtuoso() -> Path | None:
    """Return the server, after getting one by apt where there is none."""
    found = find_virtuoso()
    if found or not shutil.which("apt-get"):
        return found
    as_root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if as_root and not shutil.which("sudo"):
        return None
    for command in (["update", "-q"], ["install", "-y", "-q", "--no-install-recommends", PACKAGE]):
        whole = [*as_root, "apt-get", *command]
        print("$", *whole, file=sys.stderr)
        try:
            done = subprocess.run(whole, stdout=sys.stderr, timeout=PACKAGE_LIMIT, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            print(f"{whole[0]}: {error}", file=sys.stderr)
            return None
        if done.returncode:
            return None
    return find_virtuoso()


@contextmanager
def running(folder: Path, rows: int = MAX_ROWS) -> Iterator[Virtuoso]:
    """Run a server in an empty folder until the block ends.

    Parameters
    ----------
    rows
        How many rows it gives at most.
    """
    program = find_virtuoso()
    assert program is not None, WHAT_TO_DO
    sql, http = _free_port(), _free_port()
    (folder / "virtuoso.ini").write_text(SETTINGS.format(sql=sql, http=http, rows=rows), encoding="utf-8")
    began = time.monotonic()
    with (folder / "output").open("wb") as output:
        server = subprocess.Popen(
            [str(program), "+configfile", "virtuoso.ini", "+foreground"], cwd=folder, stdout=output, stderr=output
        )
    try:
        _wait_for(f"http://127.0.0.1:{http}/sparql", server, folder)
        commands = f"DB.DBA.USER_CREATE ('{USER}', '{PASSWORD}'); GRANT SPARQL_UPDATE TO \"{USER}\";"
        shell = [SHELL, f"127.0.0.1:{sql}", "dba", "dba", "ERRORS=STDOUT", f"EXEC={commands}"]
        told = subprocess.run(shell, capture_output=True, text=True, timeout=START_LIMIT, check=False)
        assert told.returncode == 0 and "Error" not in told.stdout, told.stdout
        yield Virtuoso(f"http://127.0.0.1:{http}", time.monotonic() - began)
    finally:
        server.kill()  # there is nothing that it should save
        server.wait()


def _wait_for(address: str, server: subprocess.Popen[bytes], folder: Path) -> None:
    ends = time.monotonic() + START_LIMIT
    while time.monotonic() < ends and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    log = folder / "virtuoso.log"
    raise AssertionError(log.read_text(errors="replace") if log.exists() else "Virtuoso did not start.")


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def main() -> int:
    found = install_virtuoso() if "--install" in sys.argv[1:] else find_virtuoso()
    if found:
        print(found)
        return 0
    print(f"{WHAT_TO_DO} Elsewhere, the tests that need it are skipped.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
