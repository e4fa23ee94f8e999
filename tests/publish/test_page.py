import base64
import hashlib
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from ecosystem.errors import PublishError
from ecosystem.publish.drawing import network_data
from ecosystem.publish.map import COLUMNS, render_map, write_map
from ecosystem.publish.payload import colours, page_data, safe_json
from ecosystem.publish.view import Kind, MapNode, MapTie, MapView
from ecosystem.publish.words import ENGLISH, words

TEMPLATES = Path(__file__).parents[2] / "ecosystem" / "publish" / "templates"
LOADING = {"src", "srcset", "data", "poster", "background", "action", "formaction", "ping", "manifest", "archive"}


class Page(HTMLParser):
    """What a browser would make of the page: elements with their attributes, and the text of each."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.bodies: dict[str, list[str]] = {"script": [], "style": []}
        self.inside = ""
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag in self.bodies:
            self.bodies[tag].append("")
            self.inside = tag

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.bodies[self.inside][-1] += data
        else:
            self.text += data

    def all(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.elements if tag == name]


@pytest.fixture(scope="module")
def page(ministry: MapView) -> str:
    return render_map(ministry)


@pytest.fixture(scope="module")
def hostile_page(hostile: MapView) -> str:
    return render_map(hostile)


def test_nothing_is_loaded_from_elsewhere(page: str, hostile_page: str) -> None:
    for text in (page, hostile_page):
        parsed = Page(text)
        for tag, attributes in parsed.elements:
            assert tag not in {"link", "iframe", "object", "embed", "base", "img", "form", "video", "audio"}, tag
            assert not LOADING & {name for name in attributes if tag != "meta"}, (tag, attributes)
            assert "style" not in attributes and not [name for name in attributes if name.startswith("on")]
        for style in parsed.bodies["style"]:
            assert "url(" not in style and "@import" not in style
        assert "sourceMappingURL" not in text


def test_links_lead_to_the_web_or_into_the_page(page: str, hostile_page: str) -> None:
    for text in (page, hostile_page):
        for link in Page(text).all("a"):
            href = link["href"] or ""
            assert href.startswith(("#", "http://", "https://")), href
            assert href.startswith("#") or link["rel"] == "noopener noreferrer"


def test_the_policy_allows_these_scripts_and_styles_alone(page: str) -> None:
    parsed = Page(page)
    policy = next(meta["content"] for meta in parsed.all("meta") if meta.get("http-equiv")) or ""
    rules = {rule.split()[0]: set(rule.split()[1:]) for rule in policy.split("; ")}
    assert rules["default-src"] == {"'none'"}
    assert "connect-src" not in rules
    run = [
        body for body, script in zip(parsed.bodies["script"], parsed.all("script"), strict=True) if "type" not in script
    ]
    assert len(run) == 3
    for name, bodies in (("script-src", run), ("style-src", parsed.bodies["style"])):
        digests = (base64.b64encode(hashlib.sha256(body.encode()).digest()).decode() for body in bodies)
        assert rules[name] == {f"'sha256-{digest}'" for digest in digests}


def test_the_page_declares_what_it_is(page: str) -> None:
    assert page.lstrip().startswith("<!doctype html>")
    parsed = Page(page)
    assert parsed.all("html")[0]["lang"] == "en"
    assert {"charset": "utf-8"} in parsed.all("meta")


def test_hostile_text_comes_out_as_text(hostile_page: str, hostile: MapView) -> None:
    parsed = Page(hostile_page)
    for node in hostile.nodes:
        assert node.label in parsed.text
    assert len(parsed.all("script")) == 6 and len(parsed.all("style")) == 1
    assert "body{display:none}" not in "".join(parsed.bodies["style"])
    assert "onload=window" not in "".join(f"<{tag} {' '.join(a)}" for tag, a in parsed.elements)


def test_hostile_data_is_read_back_whole(hostile_page: str, hostile: MapView) -> None:
    parsed = Page(hostile_page)
    bodies = dict(zip((script.get("id") for script in parsed.all("script")), parsed.bodies["script"], strict=True))
    data = json.loads(bodies["view"] or "")
    assert [node["label"] for node in data["nodes"]] == [node.label for node in hostile.nodes]
    assert not any("homepage" in node or "url" in node["evidence"][0] for node in data["nodes"])


def test_json_holds_nothing_that_ends_a_script() -> None:
    text = safe_json({"a": "</script><!--<script>&\u2028\u2029"})
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text) == {"a": "</script><!--<script>&\u2028\u2029"}


def test_tables_hold_all_that_the_map_shows(page: str, ministry: MapView) -> None:
    parsed = Page(page)
    shown = parsed.text
    for node in ministry.nodes:
        assert node.label in shown
        for gap in node.gaps:
            assert gap in shown
    for tie in ministry.ties:
        for item in tie.evidence:
            assert item.statement in shown and item.source in shown and item.locator in shown
    rows = [row for row in parsed.all("tr") if "data-number" in row]
    assert len(rows) == len(ministry.nodes) + len(ministry.ties)
    for source in ministry.sources:
        assert source.title in shown
    assert ministry.command in shown and ministry.notes[0] in shown and ministry.date in shown


def test_parallel_ties_and_ties_to_itself_are_all_kept() -> None:
    ties = (
        MapTie("1", "a", "b", "r"),
        MapTie("2", "a", "b", "r"),
        MapTie("3", "b", "a", "r"),
        MapTie("4", "a", "a", "r"),
    )
    view = MapView("t", (MapNode("a", "A", "k"), MapNode("b", "B", "k")), ties, kinds=(Kind("k", "Kind"),))
    _, edges, options = network_data(view)
    assert len(edges) == 4
    bent = {
        (edge["from"] < edge["to"], edge["smooth"]["type"], edge["smooth"]["roundness"])
        for edge in edges[:3]
        if "smooth" in edge
    }
    assert len(bent) == 2
    assert options["physics"] == {"enabled": False}


def test_eight_groups_have_colours_and_the_rest_are_grey(ministry: MapView) -> None:
    data = page_data(ministry)
    paints = {node["group"]: node["paint"] for node in data["nodes"]}
    assert sorted(paint for paint in paints.values() if paint < 8) == list(range(8))
    assert {paint for group, paint in paints.items() if group >= 8 or group < 0} == {8}


def test_kinds_have_colours_where_there_are_no_groups(ministry: MapView) -> None:
    without = replace(ministry, nodes=tuple(replace(node, group="") for node in ministry.nodes))
    data = page_data(without)
    assert colours(without)[0] == "kind"
    assert len({node["paint"] for node in data["nodes"]}) == 9


def test_a_view_of_nothing_is_a_page_too() -> None:
    assert "<h1" in render_map(MapView("Nothing yet", ()))


def test_the_file_is_whole_or_not_there(ministry: MapView, tmp_path: Path) -> None:
    path = write_map(ministry, tmp_path / "map.html")
    assert path.read_text(encoding="utf-8") == render_map(ministry)
    assert [file.name for file in tmp_path.iterdir()] == ["map.html"]


def test_a_folder_that_is_not_there_is_one_clear_line(ministry: MapView, tmp_path: Path) -> None:
    with pytest.raises(PublishError, match=r"map\.html: .*written") as told:
        write_map(ministry, tmp_path / "missing" / "map.html")
    assert len(told.value.lines()) == 1


def test_a_lone_surrogate_does_not_stop_the_page(tmp_path: Path) -> None:
    view = MapView("t", (MapNode("a", "broken \ud800 label", "k"),), kinds=(Kind("k", "Kind"),))
    assert "broken ? label" in write_map(view, tmp_path / "map.html").read_text(encoding="utf-8")


def test_every_word_is_used_and_every_used_word_is_there() -> None:
    template = (TEMPLATES / "map.html.j2").read_text(encoding="utf-8")
    scripts = "".join(file.read_text(encoding="utf-8") for file in (TEMPLATES / "js").iterdir())
    keys = {key.split(".")[0] for key in ENGLISH}
    told = set(re.findall(r"\bw\.(\w+)", template)) | set(re.findall(r'count\("(\w+)"', template))
    made = "".join((TEMPLATES.parent / name).read_text(encoding="utf-8") for name in ("map.py", "payload.py"))
    api = TEMPLATES.parents[1] / "api"
    made += "".join((api / name).read_text(encoding="utf-8") for name in ("picture.py", "captions.py"))
    told |= {f"column_{name}" for name in COLUMNS} | set(re.findall(r"page\.words\.(\w+)", scripts))
    told |= set(re.findall(r'"(\w+)"', made + "".join(re.findall(r"say\([^;]*", scripts)))) & keys
    begun = tuple(set(re.findall(r'f"(\w+_)\{', made)) | set(re.findall(r"say\(`(\w+_)\$\{", scripts)))
    assert keys == told | {key for key in keys if key.startswith(begun)}
    for key in re.findall(r'say\("(\w+)"', scripts):
        assert key in ENGLISH or f"{key}.one" in ENGLISH, key


def test_words_of_an_unknown_language_are_english() -> None:
    assert words("tlh") == ENGLISH
