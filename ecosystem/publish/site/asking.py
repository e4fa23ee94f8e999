"""What the query page needs beside itself: the engine, and the data as the store holds them.

Both are plain scripts that a page can load from a web server and from the file system alike, where nothing else can be
read: the engine as the text of a worker and its WebAssembly, the data as TriG.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from importlib import resources
from typing import Final

from ecosystem.publish.payload import safe_json
from ecosystem.publish.site.model import Site
from ecosystem.publish.words import Words

__all__ = ["DATA", "ENGINE", "LARGEST", "LICENCE", "data", "engine", "licence", "words"]

ENGINE: Final = "query/engine.js"
DATA: Final = "query/data.js"
LICENCE: Final = "query/oxigraph.txt"
LARGEST: Final = 40_000_000  # bytes of TriG that a browser is asked to hold
VENDORED: Final = ("vendor", "oxigraph")
WORKER: Final = "templates/site/query/worker.js"
SAID: Final = "asking_"  # what the words begin with that the scripts say
EXPORTED: Final = re.compile(r"(?m)^export (?=class |function |async function )")
EXPORTS: Final = re.compile(r"(?m)^export \{[^}]*\};?\n?")


def engine() -> bytes:
    """Return the script that holds the engine: what runs in the worker, and the WebAssembly in base64 of gzip."""
    wasm = _vendored("web_bg.wasm.gz")
    script = f"{_classic(_vendored('web.js').decode())}\n{_own(WORKER)}"
    return _set("ecosystemEngine", {"script": script, "wasm": base64.b64encode(wasm).decode()})


def data(site: Site, pages: Mapping[str, str]) -> bytes:
    """Return the script that holds the data, and what to call things and where their `pages` are, by IRI."""
    return _set("ecosystemData", {"trig": site.trig.decode(), "labels": dict(site.labels), "pages": dict(pages)})


def words(speak: Words) -> dict[str, str]:
    """Return what the page's scripts say, by the names that they use."""
    said = {key.removeprefix(SAID): text for key, text in speak.all().items() if key.startswith(SAID)}
    return said | {"thousands": speak.figure(1000)[1:-3]}


def licence() -> bytes:
    """Return whose work the engine is, and on which terms it may be passed on."""
    return _vendored("README.md") + b"\n" + _vendored("LICENSE")


def _classic(module: str) -> str:
    r"""Return a module as a classic script: what a page from the file system can run in a worker.

    >>> _classic("export class Store {\n}\nexport function parse() {}\nexport { a as default };\n")
    'class Store {\n}\nfunction parse() {}\n'
    """
    script = EXPORTS.sub("", EXPORTED.sub("", module)).replace("import.meta.url", "self.location.href")
    if re.search(r"(?m)^(export|import)\b|import\.meta", script):
        raise ValueError("the engine's script holds an import or export that a classic script cannot")
    return script


def _set(name: str, value: dict[str, object]) -> bytes:
    return f"self.{name} = {safe_json(value)};\n".encode("utf-8", errors="replace")


def _vendored(name: str) -> bytes:
    return resources.files("ecosystem.publish").joinpath(*VENDORED, name).read_bytes()


def _own(name: str) -> str:
    return resources.files("ecosystem.publish").joinpath(name).read_text(encoding="utf-8")
