"""A site of an ecosystem: all that its pages say, gathered once, and written where only what changed is touched."""

from __future__ import annotations

import shlex
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from ecosystem import __version__, terms
from ecosystem.api.exporting import written
from ecosystem.api.inputs import inputs
from ecosystem.api.site_answers import answered
from ecosystem.api.site_pages import Gathered
from ecosystem.errors import PublishError
from ecosystem.progress import Progress, silent
from ecosystem.publish.payload import safe_url
from ecosystem.publish.site import Written, files, write_site
from ecosystem.publish.site.model import DatasetLine, Download, Site
from ecosystem.publish.words import Words

if TYPE_CHECKING:
    from ecosystem.api.ecosystem import Ecosystem

__all__ = ["publish", "site_of"]

# What can be downloaded: the format, where it lies, and what browsers call it.
OFFERED: Final = (
    ("turtle", "data/ecosystem.ttl", "text/turtle"),
    ("jsonld", "data/ecosystem.jsonld", "application/ld+json"),
    ("graphml", "data/ecosystem.graphml", "application/graphml+xml"),
    ("dataset", "data/csv", "text/csv"),
)


def publish(
    eco: Ecosystem,
    folder: Path,
    *,
    title: str = "",
    base_url: str = "",
    by: str = "",
    progress: Progress = silent,
) -> Written:
    """Write the site of an ecosystem into a folder that is new, empty, or holds an earlier edition of a site.

    Parameters
    ----------
    title
        The heading; by default the data sets' titles.
    base_url
        Where the site will stand; with it, there is a sitemap, and addresses in descriptions are whole.
    by
        What groups are made of; empty: the country where most actors have one, else the kind.

    Raises
    ------
    PublishError
        If the folder holds something else, or cannot be written; or if the base URL is none.
    """
    site = site_of(eco, title=title, base_url=base_url, by=by, progress=progress)
    about = {
        "title": site.title,
        "command": site.command,
        "versions": dict(site.versions),
        "parameters": {"base URL": site.base_url, "language": eco.language, **site.view.settings},
        "data": list(eco.data) or ["the bundled data set"],
        "inputs": inputs(eco, folder),
    }
    return write_site(folder, files(site), about, progress)


def site_of(eco: Ecosystem, *, title: str = "", base_url: str = "", by: str = "", progress: Progress = silent) -> Site:
    """Return all that the site of an ecosystem says, as plain data; see `publish`."""
    from ecosystem.publish.layout import place

    base = _base(base_url)
    command = shlex.join(
        (
            *("ecosystem", "publish"),
            *(part for name in eco.data for part in ("-d", name)),
            *(
                part
                for option, value in (
                    *(("--title", title), ("--base-url", base), ("--by", by)),
                    ("--language", "" if eco.language == "en" else eco.language),
                )
                if value
                for part in (option, value)
            ),
        )
    )
    progress("Drawing the map", 0, 1)
    view = replace(place(eco.view(by, title=title)), command=f"{command} -o site")
    progress("Drawing the map", 1, 1)
    found = Gathered(eco, view)
    things = found.things(progress)
    return Site(
        view=view,
        command=view.command,
        query_command=shlex.join(
            ("ecosystem", "query", "question.rq", *(part for name in eco.data for part in ("-d", name)))
        ),
        things=things,
        brokers=found.brokers(),
        rules=found.rules(),
        countries=found.countries(things),
        sources=found.sources(),
        questions=answered(eco, found.connected, progress),
        downloads=_downloads(eco),
        datasets=_datasets(eco),
        grids=found.grids(),
        base_url=base,
        relationships=len(found.evidence),
        triples=len({one for graph in eco.store.graphs() if graph != terms.ONTOLOGY for one in eco.store.graph(graph)}),
        trig=_trig(eco),
        labels=eco.lookup.labels,
        versions={"ecosystem-mapper": __version__, "ontology": eco.ontology.version},
    )


def _base(url: str) -> str:
    if not url:
        return ""
    if not safe_url(url) or any(sign in url for sign in '?#<>"{}|\\^` '):
        raise PublishError(f"{url!r} is no base URL.", hint="Write it as https://example.org/map/.")
    return url.rstrip("/") + "/"


def _downloads(eco: Ecosystem) -> tuple[Download, ...]:
    ontology = ox.serialize(
        sorted(eco.store.graph(terms.ONTOLOGY), key=str), format=ox.RdfFormat.TURTLE, prefixes=dict(terms.PREFIXES)
    )
    speak = Words(eco.language)
    found = [Download("data/ontology.ttl", speak.say("file_ontology"), "text/turtle", ontology or b"")]
    for form, path, media_type in OFFERED:
        made = written(eco, form)
        title = speak.say(f"file_{form}")
        if isinstance(made.content, bytes):
            found.append(Download(path, title, media_type, made.content, made.left_out))
            continue
        for name, content in sorted(made.content.items()):
            kind = media_type if name.endswith(".csv") else "application/toml"
            found.append(Download(f"{path}/{name}", title, kind, content, made.left_out))
    return (*found[1:], found[0])


def _trig(eco: Ecosystem) -> bytes:
    """Return all that can be asked, the ontology included: questions about types and relations need it."""
    quads = sorted(
        (
            ox.Quad(triple.subject, triple.predicate, triple.object, ox.NamedNode(graph))
            for graph in eco.store.graphs()
            for triple in eco.store.graph(graph)
        ),
        key=str,
    )
    return ox.serialize(quads, format=ox.RdfFormat.TRIG, prefixes=dict(terms.PREFIXES)) or b""


def _datasets(eco: Ecosystem) -> tuple[DatasetLine, ...]:
    """Return what the data sets say of themselves, by title."""
    asked = {"description": terms.DESCRIPTION, "licence": terms.LICENCE, "publisher": terms.PUBLISHER}
    asked["date"] = terms.DATE
    optional = " ".join(f"OPTIONAL {{ ?iri <{term}> ?{name} }}" for name, term in asked.items())
    query = (
        f"SELECT ?title ?iri ?description ?licence ?publisher ?date WHERE "
        f"{{ ?iri a <{terms.DATASET}> ; <{terms.TITLE}> ?title {optional} }}"
    )
    found = {row[1]: DatasetLine(*row) for row in sorted(eco.store.select(query).values(), reverse=True)}
    return tuple(sorted(found.values(), key=lambda one: (one.title, one.iri)))
