"""A preview: the site and a read-only SPARQL endpoint on this machine, made anew when the data change."""

from __future__ import annotations

import ipaddress
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote, urlsplit

from ecosystem.errors import EcosystemError, PublishError, TimeLimitError
from ecosystem.query import ask
from ecosystem.query.protocol import Refused, body_of, query_of, wanted
from ecosystem.resources import datasets_folder

if TYPE_CHECKING:
    from ecosystem.api.ecosystem import Ecosystem

__all__ = ["Preview", "is_loopback", "server"]

LARGEST_QUERY: Final = 1_000_000  # bytes
LARGEST_READ: Final = 4 * LARGEST_QUERY  # bytes of a query that is too large, before it is refused
LARGEST_ANSWER: Final = 50_000_000  # bytes
AT_ONCE: Final = 2  # queries
PATIENCE: Final = 30.0  # seconds for a client to send its request
LINES_SAID: Final = 10  # of what is wrong with changed data
MEDIA_TYPES: Final = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".ttl": "text/turtle; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".toml": "application/toml",
    ".xml": "application/xml",
    ".graphml": "application/graphml+xml",
}


@dataclass
class Preview:
    """The data that are served, opened and published again when their files have changed.

    Parameters
    ----------
    open, publish
        How the data are opened, and how their site is written.
    watched
        The files and folders that the data lie in; empty for the bundled data set.
    folder
        Where the site lies.
    say
        Told what happens, in words.
    """

    open: Callable[[], Ecosystem]
    publish: Callable[[Ecosystem], object]
    watched: tuple[Path, ...]
    folder: Path
    say: Callable[[str], None]
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _seen: tuple[tuple[str, int, int], ...] = ()
    _eco: Ecosystem | None = None

    def current(self) -> Ecosystem:
        """Return the ecosystem as its files are now, or, where they have become unreadable, as they were last.

        Raises
        ------
        EcosystemError
            If it cannot be opened or published, and never could be.
        """
        with self._lock:
            seen = tuple(self._state())
            if self._eco is None:
                self._eco = self._made()
            elif seen != self._seen:
                self._eco = self._made_anew(self._eco)
            self._seen = seen
            return self._eco

    def _made(self) -> Ecosystem:
        eco = self.open()
        self.publish(eco)
        return eco

    def _made_anew(self, last: Ecosystem) -> Ecosystem:
        try:
            eco = self._made()
        except EcosystemError as error:
            for line in error.lines()[:LINES_SAID]:
                self.say(f"Error: {line}")
            self.say("The last edition that could be read is still served.")
            return last
        self.say("The data have changed: the site is made anew.")
        return eco

    def _state(self) -> Iterator[tuple[str, int, int]]:
        """Yield each file of the data with when it was changed and how large it is."""
        for place in self.watched or (datasets_folder(),):
            for path in sorted(place.rglob("*")) if place.is_dir() else [place]:
                try:
                    said = path.stat()
                except OSError:
                    continue  # one that is just being replaced is seen the next time
                if path.is_file() and not path.is_relative_to(self.folder):
                    yield str(path), said.st_mtime_ns, said.st_size


def server(preview: Preview, host: str, port: int, time_limit: float) -> ThreadingHTTPServer:
    """Return a server that listens; call its `serve_forever`, and `server_close` when done.

    Parameters
    ----------
    host, port
        Where to listen; port 0 takes any that is free.
    time_limit
        Seconds after which a query is ended.

    Raises
    ------
    PublishError
        If nothing can listen there.
    """
    try:
        return _Server(preview, host, port, time_limit)
    except OSError as error:
        raise PublishError(
            f"Nothing can listen on {host}, port {port}: {error.strerror or error}.", hint="Name another --port."
        ) from error


def is_loopback(host: str) -> bool:
    """Tell whether only this machine can reach a host.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("0.0.0.0")
    (True, True, False)
    """
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class _Server(ThreadingHTTPServer):
    """A server that knows what it serves; a connection that breaks off is no news."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, preview: Preview, host: str, port: int, time_limit: float) -> None:
        self.preview = preview
        self.host = host
        self.time_limit = time_limit
        self.turns = threading.BoundedSemaphore(AT_ONCE)
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        super().__init__((host, port), _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Print the traceback of a bug."""
        if not isinstance(sys.exc_info()[1], ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    """Answers one request: a file of the site, or a query."""

    server: _Server
    timeout = PATIENCE
    server_version, sys_version = "ecosystem-mapper", ""
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer a GET."""
        self._answer()

    def do_HEAD(self) -> None:
        """Answer a HEAD."""
        self._answer()

    def do_POST(self) -> None:
        """Answer a POST."""
        self._answer()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: stderr is for what the user can act on."""

    def _answer(self) -> None:
        try:
            body = self._body()
            self._check_origin()
            path, _, search = self.path.partition("?")
            if path == "/sparql":
                self._send(200, *self._ask(search, body))
            elif self.command == "POST":
                raise Refused(405, "Only /sparql takes a POST.")
            else:
                self._send(200, *self._file(path))
        except Refused as refused:
            self.close_connection = True
            self._send(refused.status, "text/plain; charset=utf-8", (refused.why + "\n").encode(errors="replace"))

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding"):
            raise Refused(411, "Say how long the request is.")
        told = self.headers.get("Content-Length", "0")
        if not (told.isascii() and told.isdecimal() and len(told) < len(str(LARGEST_QUERY)) + 3):
            raise Refused(400, "The length of the request cannot be read.")
        if int(told) > LARGEST_QUERY:
            self.rfile.read(min(int(told), LARGEST_READ))  # who is still sending hears no answer
            raise Refused(413, f"A query is at most {LARGEST_QUERY:,} bytes long.")
        return self.rfile.read(int(told))

    def _check_origin(self) -> None:
        """Refuse what another site has a browser ask.

        A name that somebody makes lead here (DNS rebinding) is not one of ours; what other pages send names them.
        """
        host = self.headers.get("Host", "")
        if not self._is_ours(host):
            raise Refused(421, "This server does not answer to that name.")
        origin = self.headers.get("Origin")
        if (origin and origin != f"http://{host}") or self.headers.get("Sec-Fetch-Site") == "cross-site":
            raise Refused(403, "Other sites may not ask this server.")

    def _is_ours(self, host: str) -> bool:
        if "@" in host:
            return False
        try:
            name = urlsplit(f"//{host}").hostname or ""
            if name in ("localhost", self.server.host):
                return True
            address = ipaddress.ip_address(name)
        except ValueError:
            return False
        # What is itself an address is no name that somebody could make lead here.
        return address.is_loopback or not is_loopback(self.server.host)

    def _ask(self, search: str, body: bytes) -> tuple[str, bytes]:
        if self.command == "HEAD":
            raise Refused(405, "Ask with GET or POST.")
        query = query_of(self.command, search, self.headers.get("Content-Type", ""), body)
        if not self.server.turns.acquire(blocking=False):
            raise Refused(503, "Other queries are being answered: ask again.")
        try:
            answer = ask(self.server.preview.current().store, query, time_limit=self.server.time_limit)
        except TimeLimitError as error:
            raise Refused(503, error.message) from error
        except EcosystemError as error:
            raise Refused(400, "\n".join(error.lines())) from error
        finally:
            self.server.turns.release()
        media_type, form = wanted(self.headers.get("Accept", ""), answer.of_triples)
        content = body_of(answer, form)
        if len(content) > LARGEST_ANSWER:
            raise Refused(503, f"The answer is larger than {LARGEST_ANSWER:,} bytes: ask for less, with LIMIT.")
        return media_type, content

    def _file(self, path: str) -> tuple[str, bytes]:
        self.server.preview.current()
        parts = [part for part in unquote(path).split("/") if part]
        if any(part.startswith(".") or set(part) & set("\\\0:") for part in parts):
            raise Refused(404, "There is no such page.")
        root = self.server.preview.folder.resolve()
        target = root.joinpath(*parts, *(["index.html"] if path.endswith("/") else []))
        if not target.resolve().is_relative_to(root) or target.suffix not in MEDIA_TYPES or not target.is_file():
            raise Refused(404, "There is no such page.")
        return MEDIA_TYPES[target.suffix], target.read_bytes()

    def _send(self, status: int, media_type: str, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-cache")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        if status == 405:
            self.send_header("Allow", "GET, POST")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)
