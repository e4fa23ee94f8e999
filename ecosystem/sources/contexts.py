"""JSON-LD contexts named by address: from a copy beside the file; from the web only where the user allows it."""

from __future__ import annotations

import json
import re
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

from ecosystem.errors import DataError
from ecosystem.sources.documents import document_of
from ecosystem.sources.fetching import FetchError, fetch_linked_data
from ecosystem.sources.inputs import Input
from ecosystem.sources.values import one_line, quoted

__all__ = ["embedded"]

CIRCLE: Final = "names contexts that name each other."
FILE_NAME: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*")


def embedded(document: Any, source: Input) -> bytes | None:
    """Return `document` with the contexts that it names by address written into it; None if it names none.

    The copy of a context is a file beside the document that is called as the last part of the address; where there is
    none and the source is allowed to, the address itself is asked.

    Raises
    ------
    DataError
        If a context is not to be had, or contexts name each other in a circle.
    """
    copies: dict[str, Any] = {}
    seen: set[int] = set()
    waiting = [document]
    while waiting:
        node = waiting.pop()
        if id(node) in seen or not isinstance(node, dict | list):
            continue
        seen.add(id(node))
        if isinstance(node, dict):
            _embed(node, source, copies)
        waiting += node.values() if isinstance(node, dict) else node
    if not copies:
        return None
    try:
        return json.dumps(document).encode()
    except (ValueError, RecursionError) as error:
        raise DataError(source.problem(CIRCLE, "Write one context.")) from error


def _embed(node: dict[str, Any], source: Input, copies: dict[str, Any]) -> None:
    def written(context: Any, within: tuple[str, ...] = ()) -> Any:
        """Return a context without addresses; `within` are the addresses that led to it."""
        if isinstance(context, list):
            parts = [written(part, within) for part in context]
            return [item for part in parts for item in (part if isinstance(part, list) else [part])]
        if not isinstance(context, str):
            return context
        context = urljoin(within[-1], context) if within else context
        if context in within:
            raise DataError(source.problem(CIRCLE, "Write one context."))
        if context not in copies:
            copies[context] = _context(context, source)
        return written(copies[context], (*within, context))

    if "@context" in node:
        node["@context"] = written(node["@context"])
    if isinstance(node.get("@import"), str):
        imported = written(node.pop("@import"))
        for key, value in imported.items() if isinstance(imported, dict) else ():
            node.setdefault(key, value)


def _context(address: str, source: Input) -> Any:
    name = urlsplit(address).path.rstrip("/").rpartition("/")[2] or "context"
    name = name if name.endswith((".jsonld", ".json")) else f"{name}.jsonld"
    beside = source.neighbour(name, ".jsonld", "") if FILE_NAME.fullmatch(name) else None
    if beside is not None:
        copy = document_of(beside)
    elif source.allows_fetching:
        copy = _fetched(address, source)
    else:
        put = f", put a copy beside it, called {name}," if FILE_NAME.fullmatch(name) else ""
        hint = f"Write the context itself into the file{put} or load it with --allow-remote-context."
        message = f"the context {quoted(address)} is elsewhere, and is not fetched."
        raise DataError(source.problem(message, hint, _line_of(address, source)))
    return copy.get("@context", copy) if isinstance(copy, dict) else copy


def _fetched(address: str, source: Input) -> Any:
    try:
        content = fetch_linked_data(address)
    except FetchError as error:
        message = f"the context {quoted(address)} could not be fetched: {one_line(str(error))}."
        hint = "Try again, or put a copy beside the file."
        raise DataError(source.problem(message, hint, _line_of(address, source))) from error
    return document_of(Input(address, ".jsonld", "", content))


def _line_of(address: str, source: Input) -> int:
    wanted = json.dumps(address, ensure_ascii=False).encode()
    with source.open() as file:
        return next((number for number, line in enumerate(file, start=1) if wanted in line), 0)
