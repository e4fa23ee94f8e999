"""Whether a store may read an RDF file as it lies: nothing in it needs another name or another place first."""

from __future__ import annotations

import mmap
import re
from typing import Final

import pyoxigraph as ox

from ecosystem.sources.inputs import Input

__all__ = ["is_plain"]

CHUNK: Final = 1024**2
# What a statement about a statement begins with, and what a data set that describes itself cannot do without.
NEVER: Final = (b"<<", b"www.w3.org/ns/dcat#")
# What blank nodes are written with, if it is no part of a text, an address or a comment.
SIGNS: Final = {ox.RdfFormat.N_TRIPLES: (b"_:",), ox.RdfFormat.TURTLE: (b"_:", b"[", b"(")}
LONGEST: Final = max(map(len, NEVER))
# All that holds no blank node, from the start of a file on.
NONE_SO_FAR: Final = re.compile(
    rb"""(?: [^"'<\#_\[(\\]++ | <[^<>\s]*+> | _(?!:)
    | "{3} (?: [^"\\] | \\. | "(?!"") )*+ "{3}  |  '{3} (?: [^'\\] | \\. | '(?!'') )*+ '{3}
    | " (?: [^"\\\n\r] | \\. )*+ "  |  ' (?: [^'\\\n\r] | \\. )*+ '  |  \# [^\n\r]*+  |  \\. )*+""",
    re.DOTALL | re.VERBOSE,
)


def is_plain(source: Input, syntax: ox.RdfFormat) -> bool:
    """Tell whether a file is Turtle or N-Triples with no blank node, no statement about a statement, no description.

    Where that is in doubt, it is not.
    """
    if syntax not in SIGNS:
        return False
    doubtful = False
    with source.open(limit=None) as file:
        kept = b""
        while chunk := file.read(CHUNK):
            window = kept + chunk
            if any(sign in window for sign in NEVER):
                return False
            doubtful = doubtful or any(sign in window for sign in SIGNS[syntax])
            kept = window[-LONGEST:]
    return not doubtful or _has_no_blank_node(source)


def _has_no_blank_node(source: Input) -> bool:
    with source.open(limit=None) as file:
        if source.content is not None or source.suffix.endswith(".gz"):
            content = file.read()
            found = NONE_SO_FAR.match(content)
            return found is not None and found.end() == len(content)
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
            match = NONE_SO_FAR.match(mapped)
            return match is not None and match.end() == len(mapped)
