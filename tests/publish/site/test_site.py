"""A site holds a page for everything, all its links lead somewhere, and the same data make the same bytes."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pyoxigraph as ox
import pytest
from links import broken, pages

from ecosystem.api import Ecosystem
from ecosystem.api.site import publish
from ecosystem.errors import PublishError
from ecosystem.resources import datasets_folder

GOLDEN = Path(__file__).with_name("opsi.sha256")
UNHELD = ("map.html", "manifest.json")  # the one is held by its own tests, the other holds the hash of the one
WHAT_TO_DO = (
    "if that is meant: UPDATE_GOLDEN=1 python -m pytest tests/publish/site/test_site.py, and look at the change"
)
LINKED = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_it_is_byte_for_byte_what_it_was(site: Path) -> None:
    """`sha256sum -c` reads the golden file too; the map is left out, for its own tests hold it."""
    made = {name: hashlib.sha256((site / name).read_bytes()).hexdigest() for name in names(site) if name not in UNHELD}
    lines = "".join(f"{digest}  {name}\n" for name, digest in made.items())
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.write_text(lines, encoding="utf-8")
    held = dict(reversed(line.split("  ", 1)) for line in GOLDEN.read_text(encoding="utf-8").splitlines())
    assert held.keys() == made.keys(), "addresses must not change; " + WHAT_TO_DO
    changed = [name for name in made if made[name] != held[name]]
    assert changed == [], f"{len(changed)} of {len(made)} files are others; {WHAT_TO_DO}"


@pytest.mark.parametrize("which", ["site", "hostile_site"])
def test_every_link_leads_somewhere(which: str, request: pytest.FixtureRequest) -> None:
    folder = request.getfixturevalue(which)
    assert broken(folder) == []
    for name, page in pages(folder).items():
        assert len(set(page.ids)) == len(page.ids), name


def test_the_checker_sees_what_is_broken(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text('<p id="x"><a href="#x"></a><a href="b.html"></a><a href="../c"></a>', "utf-8")
    (tmp_path / "b.html").write_text('<a href="a.html#y"></a><a href="javascript:1"></a>', "utf-8")
    assert broken(tmp_path) == ["a.html: ../c", "b.html: a.html#y", "b.html: javascript:1"]


@pytest.mark.parametrize("which", ["site", "hostile_site"])
def test_pages_are_held_by_their_policy_and_run_nothing(which: str, request: pytest.FixtureRequest) -> None:
    for name, page in pages(request.getfixturevalue(which)).items():
        policy = page.meta["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'"), name
        assert "unsafe" not in policy.replace("'wasm-unsafe-eval'", ""), name
        assert page.handlers == [], name
        assert ("wasm-unsafe-eval" in policy) is (name == "query.html")
        assert "http" not in policy and "*" not in policy, name
        if name != "map.html":
            assert ("script-src" in policy) is (name == "query.html"), name
            assert page.tags.count("script") <= 1, name
            assert page.tags.count("h1") == 1, name
            assert page.tags.count("main") == 1, name


def test_hostile_text_stays_text_and_hostile_ids_stay_in_their_folder(hostile_site: Path) -> None:
    found = names(hostile_site)
    assert all(re.fullmatch(r"[a-z0-9/-]+\.[a-z]+", name) for name in found)
    assert len({name.casefold() for name in found}) == len(found)
    actors = [name for name in found if name.startswith("actors/")]
    assert len(actors) == 1 + 7
    assert not {"con.html", "passwd.html"} & {Path(name).name for name in found}
    for name in found:
        if name.endswith(".html"):
            text = (hostile_site / name).read_text(encoding="utf-8")
            assert "<script>window" not in text, name
            assert "<img" not in text, name
            assert 'href="javascript' not in text and 'href="data:text' not in text, name
            assert ">49<" not in text, name


def test_every_actor_and_initiative_has_a_page_that_machines_can_read(site: Path, opsi: Ecosystem) -> None:
    said = {}
    for name in names(site):
        if name.startswith(("actors/", "initiatives/")) and not name.endswith("index.html"):
            (found,) = LINKED.findall((site / name).read_text(encoding="utf-8"))
            one = json.loads(found)
            said[one["@id"]] = one
            ox.NamedNode(one["@id"])
    overview = opsi.overview()
    assert len(said) == overview.actors + overview.initiatives
    caf = said["https://w3id.org/ecosystem-mapper/id/caf"]
    assert caf["@type"] == "Organization"
    assert caf["name"] == "CAF – Development Bank of Latin America"
    assert caf["url"] == "https://www.caf.com"
    assert said["https://w3id.org/ecosystem-mapper/id/nine-algorithms-audit"]["@type"] == "Project"


def test_an_actors_page_says_who_says_so(site: Path) -> None:
    text = (site / "actors" / "caf.html").read_text(encoding="utf-8")
    assert "CAF is one of the two that drive the alliance." in text
    assert '<a href="../sources/source-opsi-ai.html"' in text
    assert "Connects Colombia and supranational bodies as coordinator and gatekeeper" in text
    assert 'href="../map.html#node=caf"' in text


def test_time_stamps_lead_to_the_second(site: Path) -> None:
    text = (site / "sources" / "source-opsi-crossborder.html").read_text(encoding="utf-8")
    assert re.search(r'href="https://www\.youtube\.com/watch\?v=nGjuo-7sUXM&amp;t=\d+s"[^>]*>\d', text)


def test_the_manifest_knows_every_file(site: Path, opsi: Ecosystem) -> None:
    manifest = json.loads((site / "manifest.json").read_text(encoding="utf-8"))
    held = {
        name: hashlib.sha256((site / name).read_bytes()).hexdigest() for name in names(site) if name != "manifest.json"
    }
    assert manifest["files"] == held
    assert manifest["versions"]["ontology"] == opsi.ontology.version


def test_the_manifest_says_what_it_was_made_of(site: Path) -> None:
    manifest = json.loads((site / "manifest.json").read_text(encoding="utf-8"))
    data = datasets_folder() / "opsi"
    assert manifest["inputs"] == {
        f"opsi/{path.name}": hashlib.sha256(path.read_bytes()).hexdigest() for path in data.iterdir()
    }
    assert manifest["command"] == "ecosystem publish -o site"
    assert {"ties", "language", "base URL"} & manifest["parameters"].keys()


def test_links_to_the_map_name_who_stands_there(site: Path, opsi: Ecosystem) -> None:
    known = {node.id for node in opsi.view().nodes}
    shown = {
        unquote(link.partition("#node=")[2]) for page in pages(site).values() for link in page.links if "#node=" in link
    }
    assert shown == known


def test_the_map_leads_back(site: Path) -> None:
    assert "index.html" in pages(site)["map.html"].links


def test_the_description_is_turtle_that_names_every_download(site: Path) -> None:
    base = "https://example.org/map/"
    quads = list(ox.parse((site / "dcat.ttl").read_bytes(), format=ox.RdfFormat.TURTLE, base_iri=base + "dcat.ttl"))
    named = {quad.object.value for quad in quads if quad.predicate.value.endswith("#distribution")}
    assert named == {base + name for name in names(site) if name.startswith("data/")}
    stated = {quad.object.value for quad in quads if quad.predicate.value.endswith("void#triples")}
    held = ox.parse((site / "data" / "ecosystem.ttl").read_bytes(), format=ox.RdfFormat.TURTLE)
    assert stated == {str(len(set(held)))}


def test_with_a_base_url_addresses_are_whole(opsi: Ecosystem, tmp_path: Path) -> None:
    publish(opsi, tmp_path / "site", base_url="https://example.org/map")
    text = (tmp_path / "site" / "sitemap.xml").read_text(encoding="utf-8")
    assert "<loc>https://example.org/map/actors/caf.html</loc>" in text
    assert text.count("<loc>") == len(list((tmp_path / "site").rglob("*.html")))
    page = (tmp_path / "site" / "actors" / "index.html").read_text(encoding="utf-8")
    assert '<link rel="canonical" href="https://example.org/map/actors/">' in page
    assert broken(tmp_path / "site") == []
    with pytest.raises(PublishError, match="is no base URL"):
        publish(opsi, tmp_path / "other", base_url="javascript:alert(1)")
    assert not (tmp_path / "other").exists()


def test_the_same_data_make_the_same_bytes_whatever_the_hash_seed(site: Path, tmp_path: Path) -> None:
    for seed in ("1", "2"):
        command = [sys.executable, "-m", "ecosystem", "publish", "-o", str(tmp_path / seed)]
        root = Path(__file__).resolve().parents[3]
        subprocess.run(
            command, env={"PYTHONHASHSEED": seed, "PATH": "/usr/bin:/bin"}, cwd=root, check=True, timeout=120
        )
    for other in (tmp_path / "1", tmp_path / "2"):
        assert names(other) == names(site)
        assert [name for name in names(site) if (other / name).read_bytes() != (site / name).read_bytes()] == []
