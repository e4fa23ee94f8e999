"""A time limit that holds. The engine has none, and hears no signal while it works: so it works in another process.

Where processes can be forked, the other one has the data at once: a store in memory as it is, a store on disk opened
again. Elsewhere it is started anew, opens the same folder or is handed the data in a file.
"""

from __future__ import annotations

import contextlib
import ctypes
import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, cast

import pyoxigraph as ox

from ecosystem.errors import EcosystemError, QueryError, TimeLimitError
from ecosystem.query.answer import Answer
from ecosystem.query.answering import Asked, answer
from ecosystem.store import EmbeddedStore, RdfTerm

__all__ = ["within"]

# On macOS, the system's own libraries do not bear it.
FORKS: Final = "fork" in multiprocessing.get_all_start_methods() and sys.platform != "darwin"
LONGEST: Final = 1_000_000.0  # seconds; a longer limit is none
GRACE: Final = 1.0  # seconds after which the other process ends itself, should nobody else do so
END_WITH_PARENT: Final = 1  # PR_SET_PDEATHSIG of Linux
READY: Final = b"."
Outcome = Answer | EcosystemError


@dataclass(frozen=True, slots=True)
class _Job:
    """What the other process is to do, and within how many seconds; without `store`, it opens `folder` or `file`.

    `asker` is the process that wants the answer.
    """

    query: str
    parameters: Mapping[str, RdfTerm]
    patience: float | None
    store: Asked | None = None
    folder: Path | None = None
    file: Path | None = None
    asker: int = field(default_factory=os.getpid)

    def open(self) -> Asked:
        """Return the store to ask."""
        if self.folder is not None:
            return EmbeddedStore.open(self.folder)
        if self.file is not None:
            quads = ox.Store()
            quads.bulk_load(path=str(self.file), format=ox.RdfFormat.N_QUADS)
            return EmbeddedStore(quads)
        return cast(Asked, self.store)


def within(
    seconds: float,
    store: Asked,
    query: str,
    parameters: Mapping[str, RdfTerm] | None = None,
    *,
    forks: bool = FORKS,
) -> Answer:
    """Ask `query` of the store, and end it after `seconds`, or on Ctrl-C.

    Parameters
    ----------
    seconds
        Counted from when the data are ready. If infinite and processes cannot be forked here, it is asked in this
        one: handing the data over would take longer than most queries.
    forks
        Whether to fork; by default, wherever that is safe.

    Raises
    ------
    TimeLimitError
        If there is no answer after `seconds`.
    QueryError
        If the query is wrong, or the other process was ended by the system.
    """
    if not seconds > 0:
        raise QueryError("A time limit is a number of seconds above 0.")
    patience = seconds if seconds <= LONGEST else None
    if patience is None and not forks:
        return answer(store, query, parameters)
    with _handed_over(_Job(query, parameters or {}, patience), store, forks) as job:
        outcome = _forked(job) if forks else _started(job)
    if isinstance(outcome, EcosystemError):
        raise outcome
    return outcome


def _forked(job: _Job) -> Outcome:
    """Do a job in a copy of this process."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_work, args=(job, theirs.send_bytes), daemon=True)
    with warnings.catch_warnings():
        # Python warns of forking beside threads; the child runs no Python code that waits for another thread.
        warnings.simplefilter("ignore", DeprecationWarning)
        child.start()
    theirs.close()
    try:
        ours.recv_bytes()  # ready
        if not ours.poll(job.patience):
            raise _stopped(job)
        return cast(Outcome, pickle.loads(ours.recv_bytes()))  # noqa: S301 (our own process wrote it)
    except EOFError:
        child.join()
        raise _ended(child.exitcode) from None
    finally:
        child.kill()
        child.join()
        ours.close()


def _started(job: _Job) -> Outcome:
    """Do a job in a new process."""
    command = [sys.executable, "-c", "from ecosystem.query.limits import _serve; _serve()"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment) as child:  # noqa: S603
        if child.stdin is None or child.stdout is None:
            raise RuntimeError("pipes were asked for")
        try:
            with child.stdin as pipe:
                pickle.dump(job, pipe)
            child.stdin = None  # done with; `communicate` must not look at it
            os.read(child.stdout.fileno(), len(READY))  # not by way of a buffer: the answer follows
            written, _ = child.communicate(timeout=job.patience)
        except subprocess.TimeoutExpired:
            raise _stopped(job) from None
        except BrokenPipeError:
            written = b""
        finally:
            child.kill()
        if not written:
            raise _ended(child.wait())
    return cast(Outcome, pickle.loads(written))  # noqa: S301 (our own process wrote it)


def _stopped(job: _Job) -> TimeLimitError:
    return TimeLimitError(
        f"The query was stopped after {job.patience:g} s, its time limit; that is no empty answer.",
        hint="Ask for less, or give it more time with --time-limit.",
    )


def _ended(code: int | None) -> Exception:
    """Return why a process ended without an answer: the system's doing is the user's to mend, all else is a bug."""
    if code is not None and code < 0:
        name = signal.Signals(-code).name
        hint = "It may need more memory than there is: ask for less."
        return QueryError(f"The system ended the query ({name}).", hint=hint)
    return RuntimeError("the process of the query ended without an answer; its traceback is above")


@contextlib.contextmanager
def _handed_over(job: _Job, store: Asked, forks: bool) -> Iterator[_Job]:
    """Give the job with the data that the other process is to open."""
    folder = store.folder if isinstance(store, EmbeddedStore) else None
    if folder is not None:
        yield replace(job, folder=folder)
    elif forks or not isinstance(store, EmbeddedStore):
        yield replace(job, store=store)
    else:
        with tempfile.TemporaryDirectory() as place:
            file = Path(place) / "data.nq"
            with file.open("wb") as out:
                ox.serialize(store.quads(), out, ox.RdfFormat.N_QUADS)
            yield replace(job, file=file)


def _work(job: _Job, send: Callable[[bytes], object]) -> None:
    """Do a job; this is all that the other process does."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(END_WITH_PARENT, signal.SIGKILL)
        if os.getppid() != job.asker:  # it was ended before it could be said what then becomes of this process
            return
    outcome: Outcome
    try:
        store = job.open()
        send(READY)
        if hasattr(signal, "setitimer") and job.patience is not None:
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.setitimer(signal.ITIMER_REAL, job.patience + GRACE)
        outcome = answer(store, job.query, job.parameters)
    except EcosystemError as error:
        outcome = error
    with contextlib.suppress(BrokenPipeError):
        send(pickle.dumps(outcome, protocol=pickle.HIGHEST_PROTOCOL))


def _serve() -> None:
    """Do the job that comes on standard input; the answer goes to standard output."""
    out = sys.stdout.buffer

    def send(content: bytes) -> None:
        out.write(content)
        out.flush()

    _work(pickle.load(sys.stdin.buffer), send)  # noqa: S301 (the process that started this one wrote it)
