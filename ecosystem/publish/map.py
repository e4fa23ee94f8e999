"""The map as one HTML file that needs nothing else: no other file, no network, no server."""

from __future__ import annotations

import base64
import hashlib
import unicodedata
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from ecosystem.files import write_atomically
from ecosystem.publish.columns import columns
from ecosystem.publish.drawing import chosen_renderer, drawing_columns, is_large, network_data
from ecosystem.publish.palette import CANVAS, paint_rules
from ecosystem.publish.payload import evidence_rows, legend, page_data, paint_names, safe_json, safe_url, told
from ecosystem.publish.view import SHAPES, MapView
from ecosystem.publish.words import Words, words
from ecosystem.publish.words.settings import settings_in_words

__all__ = ["render_map", "write_map"]

# Joined in this order into one script: each file has one purpose, and reads only what stands above it.
SCRIPTS = (
    "columns.js",
    "data.js",
    "dom.js",
    "parts.js",
    "state.js",
    "reach.js",
    "emphasis.js",
    "colours.js",
    "geometry.js",
    "{renderer}",
    "network.js",
    "printing.js",
    "labels.js",
    "drawing.js",
    "folds.js",
    "missing.js",
    "camera.js",
    "evidence.js",
    "{evidence}",
    "measures.js",
    "panel.js",
    "brokers.js",
    "search.js",
    "focus.js",
    "legend.js",
    "views.js",
    "filters.js",
    "table-links.js",
    "{tables}",
    "keyboard.js",
    "cite.js",
    "picture.js",
    "start.js",
)
RENDERERS: dict[str, tuple[str, ...]] = {
    "canvas": ("renderer-vis.js",),
    "webgl": ("programs.js", "renderer-sigma.js", "renderer-still.js"),
}
SMALL = {"{evidence}": ("table-evidence.js",), "{tables}": ("tables.js",)}  # tables stand in the page
LARGE = {"{evidence}": ("big-evidence.js",), "{tables}": ("big-tables.js",)}  # and are made by scripts
COLUMNS = ("name", "kind", "group", "community", "ties", "pairs", "gaps")  # of the table of actors
PAGE_ROWS = 100  # that big-tables.js shows at a time
ROW_HEIGHTS = {"actors": 36, "ties": 58, "sources": 36}  # usual ones, in pixels
VIS_FILES = "lib/vis-9.1.2/vis-network.min.js"


def write_map(view: MapView, path: Path | str, renderer: str = "auto") -> Path:
    """Write the page and return its path; a failure leaves what was there before. `renderer` is that of `render_map`.

    Raises
    ------
    PublishError
        If the file cannot be written.
    """
    target = Path(path)
    # A lone surrogate, which no UTF-8 can hold, becomes a question mark rather than an error.
    write_atomically(target, render_map(view, renderer).encode("utf-8", errors="replace"))
    return target


def render_map(view: MapView, renderer: str = "auto") -> str:
    """Return the page of a view whose nodes have been placed (see `ecosystem.publish.layout.place`).

    `renderer` is "canvas", "webgl", or "auto": the one that is smooth for so many nodes and ties.

    Every text of the view ends up as text: in the markup through the template's escaping, in the data through
    `safe_json`, in the scripts through `textContent`. The page's Content-Security-Policy allows the page's own
    scripts and styles by their hashes, and nothing from elsewhere.
    """
    from jinja2 import Environment, PackageLoader

    environment = Environment(
        loader=PackageLoader("ecosystem.publish"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["safe_url"] = safe_url
    language_words, spoken = words(view.language), Words(view.language)
    drawn_by, large = chosen_renderer(view, renderer), is_large(view)
    data = page_data(view) | {"words": language_words, "language": view.language}
    headings = _columns(view, language_words, bool(data["communities"]))
    styles = [_text("map.css") + _paint_style(view) + _column_style(headings) + _table_heights(view)]
    scripts = [_text("js/theme.js"), *_libraries(drawn_by), _script(drawn_by, large)]
    return environment.get_template("map.html.j2").render(
        view=view,
        w=language_words,
        count=spoken.count,
        figure=spoken.figure,
        direction=spoken.direction,
        policy=_policy(styles, scripts),
        styles=styles,
        theme_script=scripts[0],
        scripts=scripts[1:],
        legend=legend(view),
        page=data,
        acronyms={node.id: node.acronym for node in view.nodes},
        shapes=SHAPES,
        columns=headings,
        actor_rows=[] if large else _by_label(data["nodes"]),
        links=[] if large else _links(data["nodes"]),
        tie_rows=[] if large else _by_ends(data),
        told=[] if large else told(view),
        large=large,
        evidence=safe_json(columns(evidence_rows(view))) if large else "",
        undated=sum("years" not in tie for tie in data["ties"]),
        sureness=_sureness(data["ties"]),
        degrees=_degrees(data),
        data=safe_json(data | {name: columns(data[name]) for name in ("nodes", "ties")} if large else data),
        network=safe_json(_through_pyvis(view) if drawn_by == "canvas" else drawing_columns(view)),
        settings=safe_json(dict(view.settings)),
        settings_told=settings_in_words(view.settings, spoken),
        language=spoken.spoken,
    )


def _through_pyvis(view: MapView) -> dict[str, Any]:
    """Return nodes, edges and options as pyvis holds them.

    The finished lists are handed over whole: adding one by one takes pyvis quadratic time.
    """
    from pyvis.network import Network

    nodes, edges, options = network_data(view)
    network = Network(directed=True, cdn_resources="in_line")
    network.nodes, network.edges = nodes, edges
    network.options = options
    import json

    held_nodes, held_edges, *_, held_options = network.get_network_data()
    return {"renderer": "canvas", "nodes": held_nodes, "edges": held_edges, "options": json.loads(held_options)}


def _sureness(ties: list[dict[str, Any]]) -> dict[str, int]:
    """Count the ties whose evidence says how sure it is, and those of which none or not all does."""
    said = sum("sure" in tie for tie in ties)
    return {"said": said, "unsaid": len(ties) - said}


def _by_label(nodes: list[dict[str, Any]]) -> list[tuple[int, dict[str, Any]]]:
    return sorted(enumerate(nodes), key=lambda row: (_plain(row[1]["label"]), row[0]))


def _by_ends(page: dict[str, Any]) -> list[tuple[int, dict[str, Any]]]:
    names = [_plain(node["label"]) for node in page["nodes"]]

    def key(row: tuple[int, dict[str, Any]]) -> tuple[str, int, str, int]:
        number, tie = row
        return names[tie["source"]], tie["relation"], names[tie["target"]], number

    return sorted(enumerate(page["ties"]), key=key)


def _links(nodes: list[dict[str, Any]]) -> list[Markup]:
    """Return each node's name as a link to it: made once, for it stands in many rows."""
    link = Markup('<a href="#node={}">{}</a>')
    return [link.format(quote(node["id"]), node["label"]) for node in nodes]


def _plain(text: str) -> str:
    spelt = unicodedata.normalize("NFD", text).casefold()
    return "".join(sign for sign in spelt if not unicodedata.combining(sign))


def _degrees(page: dict[str, Any]) -> list[int]:
    degrees = [0] * len(page["nodes"])
    for tie in page["ties"]:
        for end in {tie["source"], tie["target"]}:
            degrees[end] += 1
    return degrees


def _policy(styles: list[str], scripts: list[str]) -> str:
    style_hashes, script_hashes = " ".join(map(_hash, styles)), " ".join(map(_hash, scripts))
    return (
        f"default-src 'none'; script-src {script_hashes}; style-src {style_hashes}; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _paint_style(view: MapView) -> str:
    paints = paint_names(view)
    light, dark = (f"{paint_rules(paints, theme)};--canvas:{CANVAS[theme]}" for theme in ("light", "dark"))
    classes = "".join(
        f".{name}{{--fill:var(--{name});--line:var(--{name}-line);--text:var(--{name}-text)}}" for name in paints
    )
    return f":root{{{light}}}:root[data-theme=dark]{{{dark}}}{classes}\n"


def _columns(view: MapView, language_words: dict[str, str], with_communities: bool) -> dict[str, str]:
    """Return the columns of the table of actors with their headings."""
    headings = {name: language_words[f"column_{name}"] for name in COLUMNS}
    headings["group"] = view.grouping.label or headings["group"]
    return {name: heading for name, heading in headings.items() if name != "community" or with_communities}


def _column_style(columns: dict[str, str]) -> str:
    """Return the headings of the table of actors as CSS: on a narrow page they stand beside each cell."""
    return "".join(
        f"#actors td:nth-child({place}){{--heading:{_css_text(heading)}}}"
        for place, heading in enumerate(columns.values(), start=1)
    )


def _table_heights(view: MapView) -> str:
    """Return how high the tables are likely to be: what is out of sight is not laid out, yet keeps its room."""
    most = PAGE_ROWS if is_large(view) else max(len(view.nodes), len(view.ties))
    rows = {"actors": min(len(view.nodes), most), "ties": min(len(view.ties), most), "sources": len(view.sources)}
    return "".join(
        f"#{name}-table{{contain-intrinsic-size:auto {ROW_HEIGHTS[name] * (count + 1)}px}}"
        for name, count in rows.items()
    )


def _css_text(text: str) -> str:
    r"""Return a CSS string that says the text, and can say nothing else.

    >>> _css_text("Kind"), _css_text('"}')
    ('"Kind"', '"\\22 \\7d "')
    """
    kept = (sign if sign.isalnum() and sign.isascii() else f"\\{ord(sign):x} " for sign in text)
    return f'"{"".join(kept)}"'


def _script(renderer: str, large: bool) -> str:
    chosen = {"{renderer}": RENDERERS[renderer], **(LARGE if large else SMALL)}
    names = [part for name in SCRIPTS for part in chosen.get(name, (name,))]
    body = "\n".join(_text(f"js/{name}") for name in names)
    return f'(() => {{\n"use strict";\n{body}\n}})();\n'


def _libraries(renderer: str) -> list[str]:
    """Return the libraries that draw: the copy of vis-network that pyvis brings, or ours of sigma.js."""
    if renderer == "canvas":
        return [_without_map(resources.files("pyvis").joinpath(VIS_FILES))]
    vendor = resources.files("ecosystem.publish").joinpath("vendor")
    graphology, sigma = (_without_map(vendor.joinpath(name, f"{name}.min.js")) for name in ("graphology", "sigma"))
    # sigma asks for WebGL while it is read, and throws where a browser has none.
    return [graphology, f'if (document.createElement("canvas").getContext("webgl")) {{\n{sigma}}}\n']


def _without_map(script: Traversable) -> str:
    """Return a script without the address of its source map, which a browser would ask for."""
    return script.read_text(encoding="utf-8").rstrip().split("\n//# sourceMappingURL=")[0] + "\n"


def _text(name: str) -> str:
    return resources.files("ecosystem.publish").joinpath("templates", name).read_text(encoding="utf-8")
