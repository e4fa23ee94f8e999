"""What a store says of each actor that may tell whether it is the same as another."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final
from urllib.parse import urlsplit

from ecosystem import terms
from ecosystem.network import SUPRANATIONAL, labels_of
from ecosystem.ontology import Kind, Ontology, local_name
from ecosystem.reconciliation.names import Name, acronyms_of, named_after, readings
from ecosystem.store import Store

__all__ = ["Body", "bodies", "identifier"]

WIKIDATA: Final = re.compile(
    r"(?:https?://(?:www\.)?wikidata\.org/(?:entity|wiki)/|wikidata:|wd:)?(Q[1-9][0-9]*)", re.I
)
LEI: Final = re.compile(r"(?:lei:)?([A-Z0-9]{18}[0-9]{2})", re.IGNORECASE)
SCHEMED: Final = re.compile(r"[A-Za-z][\w.-]*:\S+")
TERMS: Final = (
    *(terms.LABEL, terms.ALT_LABEL, terms.ACRONYM, terms.IN_COUNTRY),
    *(terms.SUPRANATIONAL, terms.HOMEPAGE, terms.IDENTIFIER),
)
DESCRIBED: Final = (
    "SELECT ?thing ?kind ?graph WHERE { VALUES ?kind { KINDS } GRAPH ?graph { ?thing a ?kind } "
    f"FILTER(?graph != <{terms.ONTOLOGY}> && isIRI(?thing)) }}"
)
MANY: Final = 5  # what more bodies than this share is no identifier of one of them


@dataclass(frozen=True)
class Body:
    """An actor as reconciliation sees it.

    Parameters
    ----------
    names
        All that it is called, in any language: labels first, then alternative labels.
    acronyms
        Acronyms, stated or shown in a name, in small letters.
    country
        What its country is called, "Supranational" for a body of several, empty where nobody says.
    identifiers
        Identifiers with their schemes, comparable: `wikidata:Q41550`.
    homepage
        Address without protocol, `www.` and closing slash.
    sources
        IRIs of the data sets that describe it, sorted.
    """

    iri: str
    label: str
    names: tuple[str, ...] = ()
    acronyms: frozenset[str] = frozenset()
    country: str = ""
    kind: Kind | None = None
    identifiers: frozenset[str] = frozenset()
    homepage: str = ""
    sources: tuple[str, ...] = ()

    @cached_property
    def readings(self) -> tuple[Name, ...]:
        """The ways to read its names, without its country: to compare it with others of that country."""
        country = self.country if self.is_placed else ""
        return _distinct(name for text in self.names for name in readings(text, country))

    @cached_property
    def readings_abroad(self) -> tuple[Name, ...]:
        """The ways to read its names, with its country and without: to compare it with those of whom none is known."""
        if not self.is_placed:
            return self.readings
        return _distinct((*self.readings, *(named_after(name, self.country) for name in self.readings)))

    @property
    def is_placed(self) -> bool:
        """Whether a country is known for it."""
        return self.country not in ("", SUPRANATIONAL)


def _distinct(names: Iterable[Name]) -> tuple[Name, ...]:
    found: dict[tuple[str, ...], Name] = {}
    for name in names:
        if name.words not in found or found[name.words].counts < name.counts:
            found[name.words] = name
    return tuple(found.values())


def bodies(store: Store, ontology: Ontology, language: str = "en") -> list[Body]:
    """Return all actors of a store that are no places, sorted by IRI."""
    types: defaultdict[str, set[str]] = defaultdict(set)
    sources: defaultdict[str, set[str]] = defaultdict(set)
    kinds_ = " ".join(f"<{iri}>" for iri in sorted(ontology.kinds))
    for thing, kind, graph in _rows(store, DESCRIBED.replace("KINDS", kinds_), ("thing", "kind", "graph")):
        types[thing].add(kind)
        sources[thing].add(graph)
    kinds = {iri: ontology.most_specific(found) for iri, found in types.items()}
    actors = sorted(iri for iri, kind in kinds.items() if kind and not kind.is_initiative and not kind.is_place)
    labels = labels_of(store, language)
    said: dict[str, Mapping[str, list[str]]] = {term: _values(store, term) for term in TERMS}
    said[terms.HOMEPAGE] = _telling(said[terms.HOMEPAGE])
    return [
        _body(
            iri, labels, kinds[iri], ontology, {term: found.get(iri, []) for term, found in said.items()}, sources[iri]
        )
        for iri in actors
    ]


def _body(
    iri: str,
    labels: Mapping[str, str],
    kind: Kind | None,
    ontology: Ontology,
    said: Mapping[str, list[str]],
    sources: Iterable[str],
) -> Body:
    names = tuple(dict.fromkeys(said[terms.LABEL] + said[terms.ALT_LABEL]))
    places = [ontology.label(place, "en") for place in said[terms.IN_COUNTRY] if place in ontology.countries]
    across = (kind and kind.supranational) or "true" in said[terms.SUPRANATIONAL] or "1" in said[terms.SUPRANATIONAL]
    graphs = tuple(sorted(sources))
    return Body(
        iri=iri,
        label=labels.get(iri) or local_name(iri),
        names=names,
        acronyms=frozenset(one.casefold() for one in said[terms.ACRONYM]).union(*map(acronyms_of, names)),
        country=places[0] if places else SUPRANATIONAL if across else "",
        kind=kind,
        identifiers=frozenset(identifier(one, graphs[0]) for one in said[terms.IDENTIFIER]),
        homepage=next(iter(said[terms.HOMEPAGE]), ""),
        sources=graphs,
    )


def identifier(text: str, source: str = "") -> str:
    """Return an identifier in a form that can be compared; one without a scheme holds in its own data set only.

    >>> identifier("http://www.wikidata.org/entity/Q41550"), identifier("wikidata:Q41550")
    ('wikidata:Q41550', 'wikidata:Q41550')
    >>> identifier("EU.PIC:999574050"), identifier("17", "urn:a") == identifier("17", "urn:b")
    ('eu.pic:999574050', False)
    """
    text = text.strip()
    if found := WIKIDATA.fullmatch(text):
        return f"wikidata:{found[1].upper()}"
    if (found := LEI.fullmatch(text)) and int("".join(str(int(char, 36)) for char in found[1])) % 97 == 1:
        return f"lei:{found[1].upper()}"
    if text.casefold().startswith(("http://", "https://")):
        return _page(text)
    return _lowered(text) if SCHEMED.fullmatch(text) else f"{source} {text}"


def _lowered(text: str) -> str:
    scheme, _, value = text.partition(":")
    return f"{scheme.casefold()}:{value}"


def _page(url: str) -> str:
    try:
        parts = urlsplit(url.strip() if "//" in url else f"//{url.strip()}")
    except ValueError:
        return ""
    query = f"?{parts.query}" if parts.query else ""
    return (parts.netloc.casefold().removeprefix("www.") + parts.path.rstrip("/") + query).strip()


def _telling(pages: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Return addresses, comparable, without those of portals that many bodies share."""
    found = {iri: sorted({_page(url) for url in urls} - {""}) for iri, urls in pages.items()}
    users = Counter(page for some in found.values() for page in some)
    return {iri: [page for page in some if users[page] <= MANY] for iri, some in found.items()}


def _values(store: Store, term: str) -> Mapping[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for thing, value in sorted(set(_rows(store, f"SELECT ?thing ?value WHERE {{ ?thing <{term}> ?value }}"))):
        found[thing].append(value)
    return found


def _rows(store: Store, query: str, names: Sequence[str] = ("thing", "value")) -> Iterator[tuple[str, ...]]:
    answer = store.columns(query)
    return zip(*(answer.column(name) for name in names), strict=True)
