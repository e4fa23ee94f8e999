"""From a site as data to its files: each page by its template, every text escaped, every link relative."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from importlib import resources
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from ecosystem import terms
from ecosystem.publish.map import render_map
from ecosystem.publish.payload import safe_json, safe_url
from ecosystem.publish.site import asking
from ecosystem.publish.site.addresses import address, relative
from ecosystem.publish.site.linked import dataset_json, description, thing_json
from ecosystem.publish.site.model import QuestionPage, Site, Thing
from ecosystem.publish.site.sketch import paints, sketch
from ecosystem.publish.site.wording import in_markup
from ecosystem.publish.site.writing import File
from ecosystem.publish.words import Words
from ecosystem.publish.words.settings import settings_in_words

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["files"]

# The pages that every page leads to: path, and the key of what the navigation calls it.
SECTIONS: Final = (
    ("map.html", "map"),
    ("brokers.html", "brokers"),
    ("gaps.html", "gaps"),
    ("actors/index.html", "actors"),
    ("initiatives/index.html", "initiatives"),
    ("countries/index.html", "countries"),
    ("sources/index.html", "sources"),
    ("questions/index.html", "questions"),
    ("query.html", "ask"),
    ("data.html", "data"),
)
ROLES: Final = ("coordinator", "itinerant", "gatekeeper", "representative", "liaison")
ASKING: Final = ("dom.js", "text.js", "engine.js", "answer.js", "page.js")  # of the query page, joined in this order
TOP: Final = 5  # of each list on the start page
ROOT: Final = re.compile(r":root \{(?P<light>[^}]*)\}\s*:root\[data-theme=dark\] \{(?P<dark>[^}]*)\}")


def files(site: Site) -> list[File]:
    """Return all files of a site but its manifest; their bytes are made one by one, when they are asked for."""
    pages = _Pages(site)
    found = [File(path, partial(pages.render, path, template, words)) for path, template, words in pages.listed()]
    found.append(File("map.html", lambda: _bytes(render_map(replace(site.view, home="index.html")))))
    found += [File(one.path, partial(bytes, one.content)) for one in site.downloads]
    if len(site.trig) <= asking.LARGEST:
        found += [File(asking.ENGINE, asking.engine), File(asking.DATA, lambda: asking.data(site, pages.addresses))]
    found.append(File(asking.LICENCE, asking.licence))
    found.append(File("dcat.ttl", lambda: description(site)))
    if site.base_url:
        paths = sorted(one.path for one in found if one.path.endswith(".html"))
        found.append(File("sitemap.xml", lambda: _sitemap(site.base_url, paths)))
    return found


@dataclass(frozen=True)
class _Pages:
    """The pages of one site: which there are, where each thing stands, and how one is rendered."""

    site: Site

    @cached_property
    def speak(self) -> Words:
        """The words of the site's language."""
        return Words(self.site.view.language)

    @cached_property
    def addresses(self) -> Mapping[str, str]:
        """The path of the page of everything that has one, by IRI."""
        site = self.site
        found = {one.profile.iri: address("sources", one.profile.iri) for one in site.sources}
        found |= {one.iri: address("countries", one.iri) for one in site.countries}
        return found | {one.iri: _place(one) for one in site.things}

    def listed(self) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """Yield each page's path, its template, and what it is about."""
        site = self.site
        newest = sorted(site.sources, key=lambda one: one.profile.date, reverse=True)[:TOP]
        start = {"sketch": sketch(site.view), "linked": dataset_json(site), "top": TOP, "newest": newest}
        yield "index.html", "start", start
        known = dict.fromkeys(role for broker in site.brokers for role, _ in broker.roles)
        yield "brokers.html", "brokers", {"roles": [role for role in ROLES if role in known]}
        yield "gaps.html", "gaps", {}
        yield "actors/index.html", "things", {"things": site.actors, "heading": "actors"}
        yield "initiatives/index.html", "things", {"things": site.initiatives, "heading": "initiatives"}
        yield "countries/index.html", "countries", {}
        yield "sources/index.html", "sources", {}
        yield "questions/index.html", "questions", {}
        yield "query.html", "query", self._query()
        settings = settings_in_words(site.view.settings, self.speak)
        yield "data.html", "data", {"linked": dataset_json(site), "settings": settings}
        for thing in site.things:
            yield _place(thing), "thing", {"thing": thing, "linked": thing_json(thing)}
        for country in site.countries:
            yield self.addresses[country.iri], "country", {"country": country}
        for source in site.sources:
            yield self.addresses[source.profile.iri], "source", {"source": source}
        for question in site.questions:
            yield f"questions/{question.name}.html", "question", {"question": question}

    def render(self, path: str, template: str, words: Mapping[str, Any]) -> bytes:
        """Return a page."""
        page = self._environment.get_template(f"site/{template}.html.j2").render(
            site=self.site,
            path=path,
            sections=SECTIONS,
            style=self._style,
            policy=self._policy(words.get("script", "")),
            to=lambda target: relative(target, path),
            where=lambda iri: relative(self.addresses[iri], path) if iri in self.addresses else "",
            **words,
        )
        return _bytes(page)

    @cached_property
    def _environment(self) -> Environment:
        from jinja2 import Environment, PackageLoader

        environment = Environment(
            loader=PackageLoader("ecosystem.publish"), autoescape=True, trim_blocks=True, lstrip_blocks=True
        )
        environment.filters |= {
            "safe_url": safe_url,
            "safe_json": safe_json,
            "fragment": partial(quote, safe=""),
            "number": self.speak.figure,
            "sentence": _sentence,
            "isolated": self.speak.isolated,
        }
        environment.globals |= in_markup(self.speak)
        return environment

    @cached_property
    def _style(self) -> str:
        return _tokens() + _text("site/site.css") + paints(self.site.view)

    def _query(self) -> dict[str, Any]:
        """Return what the page that asks in the browser is about."""
        site = self.site
        if len(site.trig) > asking.LARGEST:
            return {"script": "", "prefixes": terms.PREFIXES}
        known = {
            "PREFIXES": dict(terms.PREFIXES),
            "QUESTIONS": [_started(one) for one in site.questions],
            "LANGUAGE": self.speak.spoken,
            "WORDS": asking.words(self.speak),
        }
        lines = "".join(f"const {name} = {safe_json(value)};\n" for name, value in known.items())
        body = "\n".join(_text(f"site/query/{name}") for name in ASKING)
        return {
            "script": f'(() => {{\n"use strict";\n{lines}{body}\n}})();\n',
            "prefixes": terms.PREFIXES,
        }

    def _policy(self, script: str) -> str:
        """Return what a page may do: show itself, and, if it has a script, run that and the engine beside it."""
        runs = f"script-src {_hash(script)} 'self' 'wasm-unsafe-eval'; worker-src blob:; " if script else ""
        style = f"style-src {_hash(self._style)}; img-src data:"
        return f"default-src 'none'; {runs}{style}; base-uri 'none'; form-action 'none'"


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _started(question: QuestionPage) -> dict[str, str]:
    return {"name": question.name, "text": question.begin}


def _place(thing: Thing) -> str:
    return address("initiatives" if thing.is_initiative else "actors", thing.iri)


def _tokens() -> str:
    """Return the map page's colours and fonts, so that site and map look alike; dark where the reader's screen is."""
    found = ROOT.search(_text("map.css"))
    if found is None:
        raise ValueError("map.css must begin with the colours of the light and of the dark page")
    return f":root{{{found['light']}}}@media screen and (prefers-color-scheme:dark){{:root{{{found['dark']}}}}}\n"


def _sentence(words: str) -> str:
    """Return words with a capital letter before and a full stop behind."""
    return words[:1].upper() + words[1:] + ("" if words.endswith((".", "!", "?", "…")) else ".")


def _sitemap(base: str, paths: list[str]) -> bytes:
    from xml.sax.saxutils import escape

    places = "".join(f"<url><loc>{escape(base + path.removesuffix('index.html'))}</loc></url>\n" for path in paths)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{head}{places}</urlset>\n".encode()


def _bytes(text: str) -> bytes:
    # A lone surrogate, which no UTF-8 can hold, becomes a question mark rather than an error.
    return text.encode("utf-8", errors="replace")


def _text(name: str) -> str:
    return resources.files("ecosystem.publish").joinpath("templates", name).read_text(encoding="utf-8")
