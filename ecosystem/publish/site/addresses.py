"""Addresses of pages: the same for the same thing in every edition, and safe as the name of a file anywhere."""

from __future__ import annotations

import hashlib
import re
from typing import Final

from ecosystem import terms

__all__ = ["address", "relative"]

PLAIN: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
HASHED: Final = re.compile(r"-[0-9a-f]{10}$")
COUNTRIES: Final = "countries"
CODE: Final = re.compile(r"[A-Z0-9]{2,8}")
LONGEST: Final = 80
# "index" is a page of ours; the others name devices on Windows, whatever their suffix.
TAKEN: Final = frozenset(
    ("index", "con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10)))
)


def address(folder: str, iri: str) -> str:
    """Return the path of a thing's page below the site's root.

    An id of ours that is plain is its own name. Of any other, so much is kept as reads well, with a hash of the whole
    IRI, so that no two things ever share a page.

    >>> address("actors", terms.ID + "caf")
    'actors/caf.html'
    >>> address("actors", terms.ID + "CAF"), address("actors", "https://example.org/../etc/passwd")
    ('actors/caf-f2b2ca89ef.html', 'actors/passwd-9b2ed8487b.html')

    A country is named after its code, and nothing else that has a page among them is.

    >>> address("countries", terms.COUNTRY_AUTHORITY + "CHL"), address("countries", terms.ID + "chl")
    ('countries/chl.html', 'countries/chl-f793e8dc20.html')
    """
    code = iri.removeprefix(terms.COUNTRY_AUTHORITY)
    if folder == COUNTRIES and CODE.fullmatch(code) and code.lower() not in TAKEN:
        return f"{folder}/{code.lower()}.html"
    name = iri.removeprefix(terms.ID)
    if (
        folder != COUNTRIES
        and name != iri
        and PLAIN.fullmatch(name)
        and not HASHED.search(name)
        and name not in TAKEN
        and len(name) < LONGEST
    ):
        return f"{folder}/{name}.html"
    words = re.findall(r"[a-z0-9]+", name.rstrip("/#").replace("#", "/").rpartition("/")[2].casefold())
    short = "-".join(words)[: LONGEST // 2].strip("-")
    mark = hashlib.sha256(iri.encode("utf-8", errors="surrogatepass")).hexdigest()[:10]
    return f"{folder}/{short}-{mark}.html" if short else f"{folder}/{mark}.html"


def relative(path: str, page: str) -> str:
    """Return a link to a path of the site from one of its pages.

    >>> relative("actors/caf.html", "sources/index.html"), relative("map.html#all", "index.html")
    ('../actors/caf.html', 'map.html#all')
    """
    return "../" * page.count("/") + path
