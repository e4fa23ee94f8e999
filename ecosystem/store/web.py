"""Requests to one SPARQL server: its addresses, who asks, how often and how long.

Credentials come from the environment (ECOSYSTEM_USER and ECOSYSTEM_PASSWORD, or ECOSYSTEM_TOKEN) and are never shown.
"""

from __future__ import annotations

import http.client
import os
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from typing import IO, Final
from urllib.parse import parse_qsl, urljoin, urlsplit

from ecosystem.errors import StoreError

__all__ = ["Endpoint", "RefusalError", "Reply", "Web", "is_endpoint"]

ANSWER_LIMIT: Final = 2 * 1024**3
HELD_IN_MEMORY: Final = 16 * 1024**2
PART: Final = 2**18
PATIENCE: Final = 300.0  # seconds for one answer, if the address does not say
BUSY: Final = frozenset({502, 503, 504})
DELAYS: Final = (0.5, 1.0, 2.0, 4.0)  # seconds before each further try
TOLD: Final = 300  # characters of what a server complains of
SETTINGS: Final = ("update", "data", "page", "timeout", "copy")


def is_endpoint(text: object) -> bool:
    """Tell whether this names a SPARQL endpoint: an address of the web."""
    return isinstance(text, str) and text.casefold().startswith(("http://", "https://"))


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a server is asked, and how.

    Parameters
    ----------
    query, update, data
        Addresses of queries, of updates, and of the graph store protocol (empty: what is loaded goes by updates).
    page
        How many rows to ask for at once; 0: all, unless the server says that it gave only a part.
    seconds
        How long one answer may take.
    copy
        Whether to read all that it holds into memory and ask nothing else of it.
    """

    query: str
    update: str
    data: str = ""
    page: int = 0
    seconds: float = PATIENCE
    copy: bool = False

    @classmethod
    def of(cls, text: str) -> Endpoint:
        """Read an address with its settings: `http://host/sparql#update=/sparql-auth&data=/crud&page=10000`.

        Raises
        ------
        StoreError
            If it is no address, names credentials, another server or an unknown setting.

        >>> Endpoint.of("https://example.org/ds/query#update=update&page=500").update
        'https://example.org/ds/update'
        """
        try:
            parts, port = urlsplit(text), urlsplit(text).port
        except ValueError as error:
            raise StoreError("The address of the endpoint is no URL.") from error
        if not parts.hostname or port == 0:
            raise StoreError("The address of the endpoint names no server.", hint="Write http://HOST:PORT/PATH.")
        if parts.username is not None or parts.password is not None:
            hint = "Set ECOSYSTEM_USER and ECOSYSTEM_PASSWORD in the environment instead."
            raise StoreError(f"{parts.hostname}: credentials do not belong into an address.", hint=hint)
        query = parts._replace(fragment="").geturl()
        said = dict(parse_qsl(parts.fragment, keep_blank_values=True))
        for name in said.keys() - set(SETTINGS):
            raise StoreError(f"{_shown(query)}: {name!r} is no setting.", hint=f"There are {', '.join(SETTINGS)}.")
        update, data = (urljoin(query, said[name]) if said.get(name) else "" for name in ("update", "data"))
        for address in (update, data):
            if address and _origin(address) != _origin(query):
                raise StoreError(f"{_shown(query)}: updates must go to the same server.")
        page, seconds, copy = (_number(query, name, said.get(name, "0")) for name in ("page", "timeout", "copy"))
        return cls(query, update or query, data, int(page), seconds or PATIENCE, bool(copy))

    @property
    def shown(self) -> str:
        """The address as it may be shown: without what stands behind a question mark, which may be secret."""
        return _shown(self.query)


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered; the content is at its start."""

    content: IO[bytes]
    headers: Message

    @property
    def type(self) -> str:
        """The media type."""
        return self.headers.get_content_type()


class Web:
    """Sends requests to the server of an endpoint, and to no other."""

    def __init__(self, endpoint: Endpoint, environment: Mapping[str, str] = os.environ) -> None:
        self.endpoint = endpoint
        self._token = environment.get("ECOSYSTEM_TOKEN", "")
        user, password = environment.get("ECOSYSTEM_USER", ""), environment.get("ECOSYSTEM_PASSWORD", "")
        self._opener = urllib.request.OpenerDirector()
        handlers: list[urllib.request.BaseHandler] = [
            urllib.request.ProxyHandler(),
            urllib.request.HTTPHandler(),
            urllib.request.HTTPSHandler(),
            urllib.request.HTTPDefaultErrorHandler(),
            urllib.request.HTTPErrorProcessor(),
            _SameServer(),
        ]
        if user and not self._token:
            known = urllib.request.HTTPPasswordMgrWithDefaultRealm()
            known.add_password(None, "://".join(_origin(endpoint.query)), user, password)
            handlers += [_Digest(known), urllib.request.HTTPBasicAuthHandler(known)]
        for handler in handlers:
            self._opener.add_handler(handler)

    def post(self, address: str, body: bytes, headers: Mapping[str, str], *, again: bool = True) -> Reply:
        """Send a request and return the answer.

        Parameters
        ----------
        again
            Whether it may be sent more than once, because that does no more than once.

        Raises
        ------
        StoreError
            If the server cannot be reached, refuses, or does not answer in time or in bounds.
        """
        for delay in (*DELAYS, None):
            try:
                return self._post(address, body, headers)
            except urllib.error.HTTPError as error:
                if error.code not in BUSY or not again or delay is None:
                    raise self._refused(error) from None
                wait = _retry_after(error.headers, delay)
            except (OSError, http.client.HTTPException) as error:
                reason = getattr(error, "reason", None) or error
                lost = isinstance(reason, ConnectionError | http.client.HTTPException)
                if not lost or not again or delay is None or isinstance(reason, ConnectionRefusedError):
                    raise self._unreachable(reason) from None
                wait = delay
            time.sleep(wait)
        raise AssertionError("the last try returns or raises")

    def _post(self, address: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        request = urllib.request.Request(address, body, dict(headers), method="POST")  # noqa: S310 (see Endpoint.of)
        if self._token:
            request.add_header("Authorization", f"Bearer {self._token}")
        ends = time.monotonic() + self.endpoint.seconds
        with self._opener.open(request, timeout=self.endpoint.seconds) as answer:
            kept: IO[bytes] = tempfile.SpooledTemporaryFile(HELD_IN_MEMORY)  # noqa: SIM115 (the reply has it)
            while part := answer.read(PART):
                kept.write(part)
                if kept.tell() > ANSWER_LIMIT:
                    raise StoreError(f"{self.endpoint.shown}: the answer is larger than {ANSWER_LIMIT // 1024**3} GB.")
                if time.monotonic() > ends:
                    raise TimeoutError
            kept.seek(0)
            return Reply(kept, answer.headers)

    def _refused(self, error: urllib.error.HTTPError) -> StoreError:
        with error:
            told = error.read(PART).decode("utf-8", "replace")
        if error.code in (401, 403):
            hint = "Set ECOSYSTEM_USER and ECOSYSTEM_PASSWORD, or ECOSYSTEM_TOKEN, to those of a user who may do this."
            return RefusalError(f"{self.endpoint.shown}: the server does not allow this ({error.code}).", hint=hint)
        about = _first_words(told) if error.headers.get_content_maintype() == "text" else ""
        words = f": {about}" if about else ""
        return RefusalError(
            f"{self.endpoint.shown}: the server answers {error.code}{words}.", status=error.code, told=about
        )

    def _unreachable(self, reason: object) -> StoreError:
        if isinstance(reason, TimeoutError):
            hint = "Ask for less, or allow more time: put #timeout=SECONDS behind the address."
            return StoreError(f"{self.endpoint.shown}: no answer within {self.endpoint.seconds:g} s.", hint=hint)
        words = getattr(reason, "strerror", None) or type(reason).__name__
        return StoreError(f"{self.endpoint.shown}: cannot be reached: {words}.", hint="Mend the address, or try later.")


class RefusalError(StoreError):
    """A server understood, and did not do what was asked; `told` is what it says about that."""

    def __init__(self, message: str, *, hint: str = "", status: int = 0, told: str = "") -> None:
        super().__init__(message, hint=hint)
        self.status, self.told = status, told


class _SameServer(urllib.request.HTTPRedirectHandler):
    """Follows a redirection only where it stays on the server, which alone may see the request."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> urllib.request.Request:
        """Return the same request to another address of the server."""
        if _origin(newurl) != _origin(req.full_url):
            raise StoreError(
                f"{_shown(req.full_url)}: the server sends us to another one, {_shown(newurl)}.",
                hint="If you trust it, give its address.",
            )
        return urllib.request.Request(newurl, req.data, req.headers, method=req.method)  # noqa: S310


class _Digest(urllib.request.HTTPDigestAuthHandler):
    """Answers the last challenge before it is made again, so that nothing large is sent twice."""

    _challenge: dict[str, str] | None = None

    def http_request(self, request: urllib.request.Request) -> urllib.request.Request:
        """Sign a request."""
        signed = self._challenge and self.get_authorization(request, self._challenge)
        if signed:
            request.add_unredirected_header(self.auth_header, f"Digest {signed}")
        return request

    https_request = http_request

    def retry_http_digest_auth(self, req: urllib.request.Request, auth: str) -> object:
        """Keep a challenge, and answer it."""
        _, _, challenge = auth.partition(" ")
        self._challenge = urllib.request.parse_keqv_list(urllib.request.parse_http_list(challenge))
        return super().retry_http_digest_auth(req, auth)


def _origin(address: str) -> tuple[str, str]:
    parts = urlsplit(address)
    return parts.scheme.casefold(), parts.netloc.casefold()


def _shown(address: str) -> str:
    parts = urlsplit(address)
    place = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    return f"{parts.scheme}://{place}{f':{parts.port}' if parts.port else ''}{parts.path}"


def _number(query: str, name: str, text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1
    if not 0 <= value < 1e9:
        raise StoreError(f"{_shown(query)}: {name} must be a number.", hint=f"Write {name}=100.")
    return value


def _retry_after(headers: Message, delay: float) -> float:
    told = headers.get("Retry-After", "")
    return min(float(told), 30.0) if told.isdecimal() else delay


def _first_words(text: str) -> str:
    """Return the first line of an error page that says something, on one line and without markup."""
    if "<html" in text[:1000].casefold():
        return ""
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return "".join(char if char.isprintable() else " " for char in line)[:TOLD].rstrip(". ")
