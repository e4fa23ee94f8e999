"""Whether a store may read an RDF file as it lies: nothing in it needs another name or another place first."""

from __future__ import annotations

import mmap
import re
from typing import Final

import pyoxigraph as ox

from ecosystem.sources.inputs import PACKED, Input

__all__ = ["is_plain", "mentions"]

CHUNK: Final = 1024**2
STATEMENT: Final = b"<<"  # what a statement about a statement begins with
# What blank nodes are written with, if it is no part of a text, an address or a comment.
SIGNS: Final = {ox.RdfFormat.N_TRIPLES: (b"_:",), ox.RdfFormat.TURTLE: (b"_:", b"[", b"(")}
# All that holds no blank node, from the start of a file on.
NONE_SO_FAR: Final = re.compile(
    rb"""(?: [^"'<\#_\[(\\]++ | <[^<>\s]*+> | _(?!:)
    | "{3} (?: [^"\\] | \\. | "(?!"") )*+ "{3}  |  '{3} (?: [^'\\] | \\. | '(?!'') )*+ '{3}
    | " (?: [^"\\\n\r] | \\. )*+ "  |  ' (?: [^'\\\n\r] | \\. )*+ '  |  \# [^\n\r]*+  |  \\. )*+""",
    re.DOTALL | re.VERBOSE,
)


def is_plain(source: Input, syntax: ox.RdfFormat) -> bool:
    """Tell whether a file is Turtle or N-Triples without blank nodes and statements about statements.

    Where that is in doubt, it is not.
    """
    if syntax not in SIGNS or mentions(source, STATEMENT):
        return False
    return not mentions(source, *SIGNS[syntax]) or _has_no_blank_node(source)


def mentions(source: Input, *words: bytes) -> bool:
    """Tell whether any of these bytes occur in a file."""
    longest = max(map(len, words))
    kept = b""
    with source.open(limit=None) as file:
        while chunk := file.read(CHUNK):
            window = kept + chunk
            if any(word in window for word in words):
                return True
            kept = window[1 - longest :] if longest > 1 else b""
    return False


def _has_no_blank_node(source: Input) -> bool:
    with source.open(limit=None) as file:
        if source.content is not None or source.suffix.endswith(PACKED):
            content = file.read()
            found = NONE_SO_FAR.match(content)
            return found is not None and found.end() == len(content)
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
            match = NONE_SO_FAR.match(mapped)
            return match is not None and match.end() == len(mapped)
