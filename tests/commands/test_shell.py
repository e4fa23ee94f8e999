"""`ecosystem shell`, through a real terminal and through a pipe."""

from __future__ import annotations

import os
import re
import select
import signal
import struct
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ecosystem.api import Ecosystem
from ecosystem.commands.completion import Completions
from ecosystem.commands.session import COMMANDS
from ecosystem.commands.shell import entries, is_alone

pty = pytest.importorskip("pty", reason="there are no pseudo-terminals here")
fcntl, termios = pytest.importorskip("fcntl"), pytest.importorskip("termios")
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


class Terminal:
    """The program in a pseudo-terminal, and what it has shown."""

    def __init__(self, state: Path, *arguments: str) -> None:
        self.process, self.end = pty.fork()
        if self.process == 0:
            os.environ.update(TERM="xterm", XDG_STATE_HOME=str(state), COLUMNS="100", LINES="30", NO_COLOR="1")
            os.execv(sys.executable, [sys.executable, "-m", "ecosystem", "shell", *arguments])
        fcntl.ioctl(self.end, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
        self.shown = ""

    def type(self, text: str) -> None:
        os.write(self.end, text.encode())

    def wait_for(self, wanted: str, seconds: float = 30) -> None:
        """Read until `wanted` is shown; what was shown before it is done with."""
        deadline = time.monotonic() + seconds
        while wanted not in self.shown:
            assert time.monotonic() < deadline, f"never shown: {wanted!r}; but: {self.shown!r}"
            ready, _, _ = select.select([self.end], [], [], 0.2)
            if ready:
                try:
                    part = os.read(self.end, 65536).decode(errors="replace")
                except OSError as error:
                    raise AssertionError(f"gone before {wanted!r}; shown: {self.shown!r}") from error
                if "\x1b[6n" in part:
                    self.type("\x1b[1;1R")  # a terminal tells where its cursor is
                self.shown += re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]|\r", "", part)
        self.shown = self.shown[self.shown.index(wanted) + len(wanted) :]

    def left(self, seconds: float = 30) -> int:
        """Wait for the program to end; return its exit code."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            ready, _, _ = select.select([self.end], [], [], 0.1)
            try:
                if ready:
                    os.read(self.end, 65536)
            except OSError:
                pass
            done, status = os.waitpid(self.process, os.WNOHANG)
            if done:
                self.process = 0
                return os.waitstatus_to_exitcode(status)
        raise AssertionError("it does not leave")

    def close(self) -> None:
        if self.process:
            os.kill(self.process, signal.SIGKILL)
            os.waitpid(self.process, 0)
        os.close(self.end)


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    opened = Terminal(tmp_path)
    opened.wait_for("ecosystem>")
    yield opened
    opened.close()


def test_a_session_in_a_terminal(terminal: Terminal, tmp_path: Path) -> None:
    terminal.type("SELECT ?x {\r")
    terminal.wait_for(".....")
    terminal.type("?x a eco:SpaceAgency }\r")
    terminal.wait_for("id:nasa")
    terminal.wait_for("2 rows.")
    terminal.wait_for("ecosystem>")
    terminal.type("SELECT ?x { ?x ?? }\r")
    terminal.wait_for("not expected here")
    terminal.wait_for("ecosystem>")
    terminal.type("shared-memberships one=Italy other=Japan\r")
    terminal.wait_for("Government of Japan")
    terminal.wait_for("ecosystem>")
    terminal.type("SELECT ?half {")
    terminal.wait_for("?half")
    terminal.type("\x03")
    terminal.wait_for("ecosystem>")
    terminal.type("ASK {}\r")
    terminal.wait_for("true")
    terminal.wait_for("ecosystem>")
    terminal.type("\x04")
    assert terminal.left() == 0
    history = (tmp_path / "ecosystem" / "history").read_text(encoding="utf-8")
    assert "eco:SpaceAgency" in history and "shared-memberships" in history
    assert (tmp_path / "ecosystem" / "history").stat().st_mode & 0o077 == 0, "what one asks is one's own"


def test_ctrl_c_stops_a_query_and_the_session_goes_on(terminal: Terminal) -> None:
    terminal.type(SLOW + "\r")
    time.sleep(1)
    terminal.type("\x03")
    terminal.wait_for("Stopped.")
    terminal.wait_for("ecosystem>")
    terminal.type(".time 0.3\r")
    terminal.wait_for("ecosystem>")
    terminal.type(SLOW + "\r")
    terminal.wait_for("no empty answer")
    terminal.wait_for("ecosystem>")
    terminal.type(".quit\r")
    assert terminal.left() == 0


def test_tab_completes(terminal: Terminal) -> None:
    terminal.type("who-overs\t")
    terminal.wait_for("ees-whom")  # only what is new is painted
    terminal.type("\r")
    terminal.wait_for("Netherlands Court of Audit")
    terminal.type("\x04")


def test_a_pipe_is_read_in_the_same_way(run) -> None:
    text = """\
.format csv
.set about=CAF
statements-about
SELECT ?x {
  ?x a eco:SpaceAgency
}
ORDER BY ?x
LIMIT 1

PREFIX e: <urn:e>
ASK { ?x e:nothing ?y }
SELECT ?x { ?x a eco:DigitalAgency }
.names words
SELECT ?x { ?x a eco:DigitalAgency }
.limit 1
SELECT ?x { ?x a eco:SpaceAgency }
.quit
ASK {}
"""
    result = run("shell", input=text)
    assert result.exit_code == 0
    assert "coordinates,GovTech Leaders Alliance" in result.stdout
    tail = result.stdout[result.stdout.index("x\n") :].splitlines()
    assert tail == [
        "x",
        "https://w3id.org/ecosystem-mapper/id/canadian-space-agency",
        *("answer", "false", "x", "https://w3id.org/ecosystem-mapper/id/us-digital-service"),
        *("x", "United States Digital Service", "x", "Canadian Space Agency"),
    ]
    assert "The first 1 of 2 rows; .limit 0 gives all." in result.stderr


def test_errors_in_a_pipe_do_not_end_it_and_are_told_by_the_exit_code(run) -> None:
    mistakes = ".nothing\n.format parquet\n.limit x\n.time x\n.names x\n.set a\nfoo-bar\nstatements-about about='a\n"
    result = run("shell", input=mistakes + "SELECT ?x {\n\nASK {}\n")
    assert result.exit_code == 1
    assert result.stderr.count("Error: ") >= 9 and "Traceback" not in result.stderr
    assert "true" in result.stdout


def test_every_command_is_listed(run) -> None:
    shown = run("shell", input=".help\n.list testbed\n.show who-oversees-whom\n.prefixes\n").stdout
    assert all(name in shown for name in COMMANDS)
    assert "experiments-and-their-stage" in shown and "# title: Who oversees whom" in shown and "skos:" in shown


def test_what_belongs_together() -> None:
    lines = [
        "SELECT ?x {",
        "  ?x ?y ?z",
        "}",
        "LIMIT 5",
        "ASK {}",
        ".help",
        "DESCRIBE id:caf",
        "who-leads-what",
        "",
        "SELECT",
    ]
    assert list(entries(lines)) == [
        "SELECT ?x {\n  ?x ?y ?z\n}\nLIMIT 5",
        *("ASK {}", ".help", "DESCRIBE id:caf", "who-leads-what", "SELECT"),
    ]
    assert not is_alone("select ?x { }")


def test_proposals(opsi: Ecosystem) -> None:
    completions = Completions(opsi, COMMANDS)

    def texts(before: str) -> list[str]:
        return [text for text, _ in completions.proposals(before)[1]]

    assert texts(".fo") == [".format"]
    assert "who-oversees-whom" in texts("who-")
    assert "eco:partnersWith" in texts("SELECT * { ?x eco:partn")
    assert ("id:caf", "CAF – Development Bank of Latin America") in completions.proposals("DESCRIBE id:development")[1]
    assert "id:nasa" in texts("SELECT * { nasa") and "country:ESP" in texts("SELECT * { ?x eco:country country:spa")
    assert "OPTIONAL" in texts("SELECT * { opt") and "skos:" in texts("SELECT * { sk")
    assert texts("SELECT * { nothing-like-this") == [] and texts("zzz:a") == []
