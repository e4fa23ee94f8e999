"""How all commands behave: help with an example, data on stdout, words on stderr, one line for a mistake."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from ecosystem.commands import cli

HEAVY = (
    "rdflib",
    "networkx",
    "matplotlib",
    "pyvis",
    "pandas",
    "pyshacl",
    "scipy",
    "igraph",
    "numpy",
    "pyoxigraph",
    "prompt_toolkit",
    "rich",
)


def commands(group: click.Group = cli, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    for name, command in sorted(group.commands.items()):
        yield (*path, name), command
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))


ALL = dict(commands())


def test_the_commands_are_those_that_are_promised() -> None:
    promised = [
        "load",
        "plan",
        "validate",
        "stats",
        "show",
        "search",
        "path",
        "query",
        "shell",
        "brokers",
        "orchestrators",
        "cohesion",
        "communities",
        "keyplayers",
        "partners",
        "gaps",
        "map",
        "convert",
        "figure",
        "build",
        "brief",
        "publish",
        "serve",
        "ontology",
        "reconcile",
        "whatif",
        "timeline",
        "diff",
    ]
    assert sorted(cli.commands) == sorted(promised)
    assert {("ontology", name) for name in ("list", "show", "check")} <= ALL.keys()


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_every_command_has_help_with_an_example(path: tuple[str, ...]) -> None:
    text = ALL[path].help or ""
    assert f"ecosystem {' '.join(path)}" in text, "the help shows how the command is called"
    for parameter in ALL[path].params:
        assert not isinstance(parameter, click.Option) or parameter.help, f"{parameter.name} is not explained"


def test_help_loads_nothing_heavy() -> None:
    script = (
        "import sys; from ecosystem.commands import cli\n"
        "try: cli(['--help'])\n"
        "except SystemExit: pass\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert found.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("show", "no such thing"), 3, "Nothing is called 'no such thing'"),
        (("show", "United"), 3, "United"),
        (("path", "CAF", "nobody at all"), 3, "Nothing is called"),
        (("query", "SELECT ?x {"), 3, "ends too early"),
        (("query", "DROP ALL"), 3, "only read"),
        (("brokers", "--by", "colour"), 3, "colour"),
        (("brokers", "--conveys", "mony"), 3, "Is it Money?"),
        (("brokers", "--country", "Atlantis"), 3, "Atlantis"),
        (("brokers", "--as-of", "yesterday"), 2, "2021-06"),
        (("gaps", "--rule", "NoSuchRule"), 3, "NoSuchRule"),
        (("orchestrators", "--between", "Latin Amerika", "--and", "EU"), 3, "Is it LatinAmericaAndCaribbean?"),
        (("orchestrators", "--between", "Oceania", "--and", "EU"), 3, "No actor of this network is of Oceania"),
        (("orchestrators", "--between", "EU"), 2, "--and"),
        (("cohesion", "--by", "colour"), 3, "colour"),
        (("communities", "--resolution", "0"), 3, "resolution of 0"),
        (("keyplayers", "--size", "0"), 3, "set of 0"),
        (("ontology", "show", "handlesComplaint"), 3, "Is it handlesComplaintsAbout?"),
        (("map", "-o", "no/such/folder/map.html"), 3, "no/such/folder"),
        (("stats", "-d", "nowhere.csv"), 3, "nowhere.csv"),
        (("query", "missing.rq"), 2, "missing.rq"),
        (("nonsense",), 2, "nonsense"),
    ],
)  # fmt: skip
def test_a_mistake_is_a_line_with_what_to_do_and_no_traceback(program, arguments, code: int, message: str) -> None:
    done = program(*arguments)
    assert done.returncode == code, done.stderr
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_debug_shows_where_a_mistake_was_found(program) -> None:
    done = program("--debug", "show", "no such thing")
    assert "Traceback" in done.stderr and done.returncode == 1


def test_version(run) -> None:
    from ecosystem import __version__

    assert run("--version").output == f"ecosystem, version {__version__}\n"


def test_python_cli_py_is_the_same_program() -> None:
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run([sys.executable, "cli.py", "--version"], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("ecosystem, version")
