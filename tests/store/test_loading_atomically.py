"""Loads that fail or are killed leave the old content whole; whoever reads meanwhile goes on reading."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from ecosystem import terms
from ecosystem.api.opening import load_into
from ecosystem.errors import StoreError
from ecosystem.store import EmbeddedStore

COUNT = "SELECT (COUNT(*) AS ?n) { ?s <urn:p> ?o }"
MANY = 20_000
# Large enough to go straight to the engine, and to take it a while.
LARGE = "".join(f"<urn:x{n:0>220}> <urn:p> <urn:y{n % 9}> .\n" for n in range(MANY))
LOAD = [sys.executable, "-m", "ecosystem", "load"]
pytestmark = pytest.mark.skipif(os.name == "nt", reason="SIGKILL is what is tested")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store with 3 statements of the data set `small`."""
    (tmp_path / "small.nt").write_text("".join(f"<urn:a{n}> <urn:p> <urn:b> .\n" for n in range(3)))
    (tmp_path / "large.nt").write_text(LARGE)
    load_into([tmp_path / "small.nt"], tmp_path / "store")
    return tmp_path / "store"


def count(folder: Path) -> int:
    ((number,),) = EmbeddedStore.open(folder).select(COUNT).values()
    return int(number)


def generations(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("generation-*"))


def has_begun(folder: Path) -> bool:
    return len(generations(folder)) == 2


def has_tables(folder: Path) -> bool:
    return has_begun(folder) and len(list((folder / generations(folder)[-1]).glob("*.sst"))) > 0


def holds_much(folder: Path) -> bool:
    new = folder / generations(folder)[-1]
    return has_begun(folder) and sum(path.stat().st_size for path in new.glob("*.sst") if path.exists()) > 300_000


def has_turned(folder: Path) -> bool:
    return "generation-000002" in (folder / "ecosystem-store").read_text()


@pytest.mark.parametrize("moment", [has_begun, has_tables, holds_much, has_turned])
@pytest.mark.parametrize("delay", [0.0, 0.02])
def test_a_load_that_is_killed_leaves_the_old_content(
    folder: Path, moment: Callable[[Path], bool], delay: float
) -> None:
    loading = subprocess.Popen([*LOAD, str(folder.parent / "large.nt"), "-s", str(folder)], stderr=subprocess.DEVNULL)
    try:
        ends = time.monotonic() + 60
        while not _tried(moment, folder) and loading.poll() is None and time.monotonic() < ends:
            time.sleep(0.001)
        time.sleep(delay)
    finally:
        loading.send_signal(signal.SIGKILL)
        loading.wait()
    # Nothing of the load is there, or, where the pointer had turned, all of it.
    assert count(folder) == (MANY + 3 if has_turned(folder) else 3)
    load_into([folder.parent / "large.nt"], folder)
    assert count(folder) == MANY + 3
    assert len(generations(folder)) == 1, "what the dead load left is gone"


def _tried(moment: Callable[[Path], bool], folder: Path) -> bool:
    try:
        return moment(folder)
    except OSError:  # a file that is gone while it is looked at
        return False


def test_a_first_load_that_is_killed_leaves_a_folder_to_load_into(tmp_path: Path) -> None:
    (tmp_path / "large.nt").write_text(LARGE)
    folder = tmp_path / "store"
    loading = subprocess.Popen([*LOAD, str(tmp_path / "large.nt"), "-s", str(folder)], stderr=subprocess.DEVNULL)
    while not generations(folder) and loading.poll() is None:
        time.sleep(0.001)
    loading.kill()
    loading.wait()
    load_into([tmp_path / "large.nt"], folder)
    assert count(folder) == MANY and len(generations(folder)) == 1


def test_a_load_that_fails_late_leaves_the_old_content(folder: Path) -> None:
    wrong = folder.parent / "wrong.nt"
    wrong.write_text((folder.parent / "large.nt").read_text() + "<urn:a> <urn:p> .\n")
    done = subprocess.run([*LOAD, str(wrong), "-s", str(folder)], capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert f"wrong.nt:{MANY + 1}: is not N-Triples" in done.stderr and len(done.stderr.splitlines()) == 1
    assert count(folder) == 3 and len(generations(folder)) == 1


def test_two_loads_at_once_are_not_mixed(folder: Path) -> None:
    with EmbeddedStore.replacing(folder) as new:
        new.add([], terms.ID + "dataset/x")
        with pytest.raises(StoreError, match="another load is writing"):
            load_into([folder.parent / "small.nt"], folder)
    assert count(folder) == 3


READER = """
import sys
from pathlib import Path
from ecosystem.store import EmbeddedStore
store = EmbeddedStore.open(Path(sys.argv[1]))
print("open", flush=True)
while (line := sys.stdin.readline()):
    ((number,),) = store.select("SELECT (COUNT(*) AS ?n) { ?s <urn:p> ?o }").values()
    backwards = len(store.select("SELECT ?s { ?s ?p <urn:b> }"))
    print(number, backwards, len(list(store.graph("https://w3id.org/ecosystem-mapper/id/dataset/small"))), flush=True)
"""


def test_several_processes_read_while_another_loads(folder: Path) -> None:
    readers = [
        subprocess.Popen(
            [sys.executable, "-c", READER, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]

    def asked(reader: subprocess.Popen[str]) -> str:
        assert reader.stdin and reader.stdout
        print(file=reader.stdin, flush=True)
        return reader.stdout.readline().strip()

    try:
        assert [reader.stdout.readline().strip() for reader in readers if reader.stdout] == ["open"] * 3
        before = asked(readers[0])
        loading = subprocess.Popen([*LOAD, str(folder.parent / "large.nt"), "-s", str(folder)])
        while loading.poll() is None:
            assert asked(readers[1]) == before
        assert loading.returncode == 0
        load_into([folder.parent / "large.nt"], folder)
        # All still see what they opened, also those that ask for the first time now that it is replaced twice.
        assert [asked(reader) for reader in readers] == [before] * 3
        assert before.split()[0] == "3" and count(folder) == MANY + 3
    finally:
        for reader in readers:
            reader.kill()
            reader.wait()


def test_other_data_sets_stay_when_one_is_loaded_again(folder: Path) -> None:
    load_into([folder.parent / "large.nt"], folder)
    (folder.parent / "small.nt").write_text("<urn:a9> <urn:p> <urn:b> .\n")
    load_into([folder.parent / "small.nt"], folder)  # little is replaced: the new generation shares the rest
    assert count(folder) == MANY + 1
    (folder.parent / "large.nt").write_text("<urn:x> <urn:p> <urn:y> .\n")
    load_into([folder.parent / "large.nt"], folder)  # most is replaced: the rest is copied
    assert count(folder) == 2
    expected = [terms.ID + "dataset/large", terms.ID + "dataset/small", terms.ONTOLOGY]
    assert EmbeddedStore.open(folder).graphs() == sorted(expected)
