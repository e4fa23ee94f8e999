"""A time limit that holds, told apart from an empty answer; Ctrl-C ends the other process too."""

from __future__ import annotations

import json
import math
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from builders import actor, tie

from ecosystem.errors import QueryError, TimeLimitError
from ecosystem.query import Answer, ask, limits
from ecosystem.query.limits import within
from ecosystem.store import EmbeddedStore, Store

COUNTED = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
SLOW = (
    COUNTED,
    "ASK { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(STRLEN(CONCAT(STR(?a), STR(?d), STR(?g))) < 0) }",
    "CONSTRUCT WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o . ?q ?r ?s }",
    "DESCRIBE ?a { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(STRLEN(CONCAT(STR(?a), STR(?d), STR(?g))) < 0) }",
)
QUICK = "SELECT ?x ?y { ?x eco:funds ?y }"
WAYS = [pytest.param(True, marks=pytest.mark.skipif(not limits.FORKS, reason="processes cannot be forked here")), False]


@pytest.fixture
def store(make_store) -> Store:
    return make_store([actor("a"), actor("b"), tie("a", "funds", "b")])


@pytest.mark.parametrize("query", SLOW)
def test_a_slow_query_is_stopped(store: Store, query: str) -> None:
    began = time.monotonic()
    with pytest.raises(TimeLimitError, match="no empty answer") as caught:
        ask(store, query, time_limit=0.3)
    assert caught.value.exit_code == 4
    assert 0.3 <= time.monotonic() - began < 5


@pytest.mark.parametrize("forks", WAYS)
@pytest.mark.parametrize("where", ["memory", "disk"])
def test_answers_are_those_of_this_process(store: Store, tmp_path: Path, forks: bool, where: str) -> None:
    if where == "disk":
        store.write(tmp_path / "store")
        store = EmbeddedStore.open(tmp_path / "store")
    queries = (
        QUICK,
        "ASK { id:a eco:funds id:b }",
        "CONSTRUCT { ?y eco:knows ?x } WHERE { ?x eco:funds ?y }",
        "DESCRIBE id:a",
    )
    for query in queries:
        assert within(60, store, query, forks=forks) == ask(store, query)
    assert len(within(60, store, "SELECT ?x { ?x eco:audits ?x }", forks=forks)) == 0, "empty, and no error"
    with pytest.raises(QueryError, match="1:12") as caught:
        within(60, store, "SELECT ?x {", forks=forks)
    assert caught.value.hint and len(caught.value.lines()) == 3, "an error keeps its hint and its place on the way"


def test_a_slow_query_is_stopped_where_processes_are_started_anew(store: Store) -> None:
    with pytest.raises(TimeLimitError):
        within(0.3, store, COUNTED, forks=False)


@pytest.mark.parametrize("forks", WAYS)
def test_a_large_answer_comes_whole(store: Store, forks: bool) -> None:
    query = "SELECT ?a ?d { ?a ?b ?c . ?d ?e ?f } LIMIT 200000"
    assert len(within(120, store, query, forks=forks)) == 200_000


def test_parameters_are_handed_over(store: Store) -> None:
    import pyoxigraph as ox

    bound = {"x": ox.NamedNode("https://w3id.org/ecosystem-mapper/id/a")}
    for forks in (limits.FORKS, False):
        assert len(within(60, store, QUICK, bound, forks=forks)) == 1
        assert len(within(60, store, QUICK, {"x": ox.Literal("a")}, forks=forks)) == 0


@pytest.mark.parametrize("seconds", [0, -1, math.nan])
def test_a_limit_is_above_zero(store: Store, seconds: float) -> None:
    with pytest.raises(QueryError, match="above 0"):
        ask(store, QUICK, time_limit=seconds)


@pytest.mark.parametrize("seconds", [math.inf, 1e12])
def test_a_limit_may_be_without_end(store: Store, seconds: float) -> None:
    assert len(ask(store, QUICK, time_limit=seconds)) == 1


def test_an_answer_without_end_is_refused_before_it_fills_the_memory(store: Store, monkeypatch) -> None:
    monkeypatch.setattr("ecosystem.query.answering.LARGEST", 100_000)
    with pytest.raises(QueryError, match="larger than"):
        ask(store, "SELECT * { ?a ?b ?c . ?d ?e ?f }")


@pytest.mark.skipif(not limits.FORKS, reason="processes cannot be forked here")
def test_a_process_that_the_system_ends_is_no_empty_answer(store: Store) -> None:
    result: list[object] = []

    def asking() -> None:
        try:
            result.append(within(60, store, COUNTED))
        except QueryError as error:
            result.append(error)

    others = _children_of(os.getpid())  # a server of other tests may be one
    thread = threading.Thread(target=asking)
    thread.start()
    child = _child_of(os.getpid(), others)
    os.kill(child, signal.SIGKILL)
    thread.join(30)
    assert isinstance(result[0], QueryError) and "SIGKILL" in str(result[0])


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are looked for in /proc")
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_no_process_is_left_when_the_program_is_ended(end: signal.Signals) -> None:
    command = [sys.executable, "-m", "ecosystem", "query", COUNTED, "--time-limit", "100"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as program:
        child = _child_of(program.pid)
        program.send_signal(end)
        program.wait(30)
        deadline = time.monotonic() + 10
        while _runs(child) and time.monotonic() < deadline:
            time.sleep(0.02)
        assert not _runs(child)
        assert program.returncode != 0
        if end == signal.SIGINT:
            assert b"Traceback" not in program.stderr.read()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a process does not learn that its parent was ended")
@pytest.mark.parametrize(("asker", "sent"), [("os.getppid()", 2), ("-1", 0)])
def test_who_was_ended_before_the_other_process_began_gets_no_answer(asker: str, sent: int) -> None:
    script = f"""
import os
from ecosystem.query.limits import _Job, _work
from ecosystem.store import EmbeddedStore
said = []
_work(_Job("ASK {{}}", {{}}, 9.0, EmbeddedStore.in_memory(), asker={asker}), said.append)
print(len(said))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert int(done.stdout) == sent


def test_an_answer_is_equal_and_of_plain_parts(store: Store) -> None:
    answer = ask(store, QUICK)
    assert answer == Answer(("x", "y"), answer.lines)
    assert json.loads(answer.write("json"))["results"]["bindings"]


def _child_of(parent: int, but: frozenset[int] = frozenset()) -> int:
    """Wait for a process to have a child that it had not before, and return it."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        for child in _children_of(parent) - but:
            return child
        time.sleep(0.02)
    raise AssertionError("no child")


def _children_of(parent: int) -> frozenset[int]:
    found = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                status = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(status[1]) == parent:
                found.add(int(entry.name))
    return frozenset(found)


def _runs(process: int) -> bool:
    try:
        status = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return False
    return status[0] not in "ZX"
