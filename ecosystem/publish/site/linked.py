"""What machines read in a page's head: schema.org in JSON-LD, and the data set described in DCAT and VoID."""

from __future__ import annotations

from typing import Any, Final

import pyoxigraph as ox

from ecosystem import terms
from ecosystem.publish.payload import safe_url
from ecosystem.publish.site.model import Site, Thing

__all__ = ["dataset_json", "description", "thing_json"]

SCHEMA: Final = "https://schema.org"
# Stands for the place of a site that has none yet, and is never written; no IRI of the data begins like it.
NOWHERE: Final = "x-site://here/"


def thing_json(thing: Thing) -> dict[str, Any]:
    """Return an actor as a schema.org Organization, an initiative as a Project."""
    said = thing.profile
    found = {
        "@context": SCHEMA,
        "@id": said.iri,
        "@type": "Project" if thing.is_initiative else "Organization",
        "name": said.label,
        "alternateName": [name for name in (said.acronym, *said.alternatives) if name],
        "description": said.description,
        "additionalType": thing.kind,
        "url": safe_url(said.homepage),
        "identifier": list(said.identifiers),
        "foundingDate": said.since,
        "dissolutionDate": said.until,
        "location": {"@type": "Country", "name": thing.country, "@id": thing.country_iri} if thing.country_iri else "",
        "keywords": list(said.topics),
    }
    return {name: value for name, value in found.items() if value}


def dataset_json(site: Site) -> dict[str, Any]:
    """Return the site's data as a schema.org Dataset, as search engines for data read it."""
    found = {
        "@context": SCHEMA,
        "@type": "Dataset",
        "name": site.title,
        "description": " ".join(one.description for one in site.datasets) or site.view.sentence,
        "license": [one.licence for one in site.datasets if one.licence],
        "creator": [{"@type": "Organization", "name": one.publisher} for one in site.datasets if one.publisher],
        "dateModified": site.view.date,
        "url": site.base_url,
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": one.media_type, "contentUrl": site.base_url + one.path}
            for one in site.downloads
        ],
    }
    return {name: value for name, value in found.items() if value}


def description(site: Site) -> bytes:
    """Return what the site holds as Turtle: a DCAT data set with its distributions, counted in VoID.

    Without a base URL its addresses are relative to the file, and right wherever it is put.
    """
    base = site.base_url or NOWHERE
    whole = ox.NamedNode(base)
    quads = [ox.Quad(whole, *said) for said in _said(site)]
    for one in site.downloads:
        quads += _distribution(whole, ox.NamedNode(base + one.path), one.media_type, one.title, len(one.content))
    written = ox.serialize(
        (quad.triple for quad in sorted(quads, key=str)),
        format=ox.RdfFormat.TURTLE,
        prefixes={name: terms.PREFIXES[name] for name in ("dcat", "dcterms", "void", "prov", "xsd", "id")},
        base_iri=None if site.base_url else base,
    )
    lines = (written or b"").splitlines(keepends=True)
    return b"".join(line for line in lines if not line.startswith(b"@base"))


def _term(name: str) -> ox.NamedNode:
    prefix, local = name.split(":")
    return ox.NamedNode(terms.PREFIXES[prefix] + local)


def _said(site: Site) -> list[tuple[ox.NamedNode, ox.NamedNode | ox.Literal]]:
    """Return what is said of the data set itself."""
    kind = ox.NamedNode(terms.RDF_TYPE)
    said: list[tuple[ox.NamedNode, ox.NamedNode | ox.Literal]] = [
        (kind, _term("dcat:Dataset")),
        (kind, _term("void:Dataset")),
        (_term("dcterms:title"), ox.Literal(site.title)),
        (_term("dcterms:description"), ox.Literal(site.view.sentence)),
        (_term("void:triples"), ox.Literal(site.triples)),
        (_term("void:entities"), ox.Literal(len(site.things))),
        (_term("void:vocabulary"), ox.NamedNode(terms.ECO)),
    ]
    for one in site.datasets:
        said += [(ox.NamedNode(terms.DERIVED_FROM), ox.NamedNode(one.iri))] if one.iri else []
        said += [(_term("dcterms:license"), ox.Literal(one.licence))] if one.licence else []
        said += [(_term("dcterms:publisher"), ox.Literal(one.publisher))] if one.publisher else []
    if site.view.date:
        said.append((_term("dcterms:modified"), ox.Literal(site.view.date)))
    return said


def _distribution(whole: ox.NamedNode, file: ox.NamedNode, media_type: str, title: str, size: int) -> list[ox.Quad]:
    found = [
        ox.Quad(whole, _term("dcat:distribution"), file),
        ox.Quad(file, ox.NamedNode(terms.RDF_TYPE), _term("dcat:Distribution")),
        ox.Quad(file, _term("dcat:downloadURL"), file),
        ox.Quad(
            file, _term("dcat:mediaType"), ox.NamedNode(f"https://www.iana.org/assignments/media-types/{media_type}")
        ),
        ox.Quad(file, _term("dcat:byteSize"), ox.Literal(size)),
        ox.Quad(file, _term("dcterms:title"), ox.Literal(title)),
    ]
    if media_type in ("text/turtle", "application/ld+json"):
        found.append(ox.Quad(whole, _term("void:dataDump"), file))
    return found
