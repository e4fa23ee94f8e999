"""What the things of a foreign table are called: by their id, else by name and country, and never by name alone."""

from __future__ import annotations

import hashlib
import unicodedata
from typing import Final

from ecosystem import terms
from ecosystem.sources import values

__all__ = ["Names"]

LENGTH: Final = 80


class Names:
    """The IRIs that were given, each to one thing."""

    def __init__(self) -> None:
        self._given: dict[tuple[str, str, str], str] = {}
        self._taken: dict[str, tuple[str, str, str]] = {}

    def iri(self, prefix: str, text: str, country: str = "") -> str:
        """Return the IRI of the thing with this id, or with this name in this country (its IRI).

        >>> names = Names()
        >>> iris = [names.iri("", "Ministry of Finance", f"…/{code}") for code in ("FRA", "ITA")]
        >>> [iri.removeprefix(terms.ID) for iri in iris]
        ['ministry-of-finance-fra', 'ministry-of-finance-ita']
        """
        key = prefix, text, country
        found = self._given.get(key)
        if found is None:
            found = self._made(prefix, text, country)
            if self._taken.setdefault(found, key) != key:  # another thing, which is written nearly alike
                found = f"{found}-{_number(text, country)}"
                self._taken[found] = key
            self._given[key] = found
        return found

    def _made(self, prefix: str, text: str, country: str) -> str:
        whole = prefix + text
        if not country and (values.is_slug(whole) or values.is_iri(whole)):
            return whole if values.is_iri(whole) else terms.ID + whole
        parts = [values.slug(whole)[:LENGTH].rstrip("-._")]
        if country:
            parts.append(country.rpartition("/")[2].casefold())
        if _letters(whole) != _letters(parts[0]):
            parts.append(_number(text, country))
        return terms.ID + "-".join(parts)


def _letters(text: str) -> str:
    """Return the letters and digits of a text, without accents: what its slug must not lose."""
    return "".join(char for char in unicodedata.normalize("NFKD", text.casefold()) if char.isalnum())


def _number(text: str, country: str) -> str:
    return hashlib.sha256(f"{text}\x1f{country}".encode()).hexdigest()[:8]
