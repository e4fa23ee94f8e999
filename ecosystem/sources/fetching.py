"""Fetching what a document names by address: only where the user allows it, only from the web, and never much."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from email.message import Message
from typing import Final
from urllib.parse import urljoin, urlsplit

__all__ = ["FetchError", "fetch_linked_data"]

SIZE_LIMIT: Final = 4 * 1024**2
SECONDS: Final = 20
STEPS: Final = 3  # from a page to the document that it names as its form in JSON-LD
LINKED_DATA: Final = "application/ld+json"
WANTED: Final = f"{LINKED_DATA}, application/json;q=0.9"
LINK: Final = re.compile(r"<([^>]*)>((?:\s*;\s*[^,;]+)*)")


class FetchError(Exception):
    """An address gave nothing usable; the message says why."""


def fetch_linked_data(address: str) -> bytes:
    """Return the JSON-LD at an address, or that to which its server says that a page has it.

    Raises
    ------
    FetchError
        If the address is not of the web, does not answer in time, or gives something else or too much.
    """
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler,
        urllib.request.HTTPHandler,
        urllib.request.HTTPSHandler,
        urllib.request.HTTPErrorProcessor,
        urllib.request.HTTPDefaultErrorHandler,
        urllib.request.HTTPRedirectHandler,  # to the web and to FTP, which nothing here speaks
        urllib.request.UnknownHandler,
    ):
        opener.add_handler(handler())
    for _ in range(STEPS):
        if not _is_of_the_web(address):
            raise FetchError("only http and https are fetched")
        try:
            request = urllib.request.Request(address, headers={"Accept": WANTED})  # noqa: S310 (http and https alone)
            with opener.open(request, timeout=SECONDS) as reply:
                content, headers, address = reply.read(SIZE_LIMIT + 1), reply.headers, reply.geturl()
        except urllib.error.HTTPError as error:
            error.close()
            raise FetchError(f"its server answers {error.code}") from error
        except (OSError, ValueError) as error:
            reason = getattr(error, "reason", error)
            raise FetchError(str(getattr(reason, "strerror", None) or reason)) from error
        if "json" in headers.get_content_type():
            if len(content) > SIZE_LIMIT:
                raise FetchError(f"it is larger than {SIZE_LIMIT // 1024**2} MiB")
            return bytes(content)
        address = _other_form(headers, address)
    raise FetchError("it is no JSON-LD")


def _is_of_the_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _other_form(headers: Message, address: str) -> str:
    """Return the address that a page's headers name as its form in JSON-LD."""
    for line in headers.get_all("Link", ()):
        for target, said in LINK.findall(line):
            if "alternate" in said and LINKED_DATA in said:
                return str(urljoin(address, target))
    raise FetchError("it is no JSON-LD")
