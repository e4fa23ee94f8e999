"""Writing a site again touches what changed and nothing else, and never what is not its own."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest

from ecosystem.errors import PublishError
from ecosystem.publish.site.addresses import address
from ecosystem.publish.site.writing import MANIFEST, File, write_site

ID = "https://w3id.org/ecosystem-mapper/id/"


def files(**content: str) -> list[File]:
    return [File(name.replace("__", "/").replace("_", "."), partial(text.encode)) for name, text in content.items()]


def test_only_what_changed_is_touched_and_what_is_gone_is_removed(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    write_site(folder, files(a_html="a", b_html="b", c__d_html="d"), {})
    (folder / "CNAME").write_text("example.org")
    before = (folder / "a.html").stat().st_mtime_ns
    made = write_site(folder, files(a_html="a", b_html="other"), {})
    assert (made.written, made.unchanged, made.removed) == (("b.html",), ("a.html",), ("c/d.html",))
    assert (folder / "a.html").stat().st_mtime_ns == before
    assert sorted(path.name for path in folder.iterdir()) == ["CNAME", "a.html", "b.html", MANIFEST]
    manifest = (folder / MANIFEST).stat().st_mtime_ns
    write_site(folder, files(a_html="a", b_html="other"), {})
    assert (folder / MANIFEST).stat().st_mtime_ns == manifest


def test_a_run_that_is_stopped_leaves_whole_files_and_the_next_one_cleans_up(tmp_path: Path) -> None:
    def stop(what: str, done: int, total: int | None) -> None:
        if done == 1:
            raise KeyboardInterrupt

    folder = tmp_path / "site"
    with pytest.raises(KeyboardInterrupt):
        write_site(folder, files(a_html="a", b_html="b"), {}, stop)
    assert json.loads((folder / MANIFEST).read_text())["complete"] is False
    made = write_site(folder, files(b_html="b"), {})
    assert made.removed == ("a.html",)
    assert sorted(path.name for path in folder.iterdir()) == ["b.html", MANIFEST]


@pytest.mark.parametrize("said", [None, "{}", "[1]", "not JSON", '{"made by": "somebody"}'])
def test_a_folder_with_other_things_is_left_alone(tmp_path: Path, said: str | None) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    if said is not None:
        (tmp_path / MANIFEST).write_text(said)
    with pytest.raises(PublishError, match="something else than a site"):
        write_site(tmp_path, files(a_html="a"), {})
    assert not (tmp_path / "a.html").exists()


def test_a_forged_manifest_cannot_reach_outside(tmp_path: Path) -> None:
    outside, folder = tmp_path / "outside.txt", tmp_path / "site"
    outside.write_text("mine")
    write_site(folder, files(a_html="a"), {})
    (folder / "link").symlink_to(tmp_path)
    manifest = json.loads((folder / MANIFEST).read_text())
    manifest["files"] |= {"../outside.txt": "", str(outside): "", "link/outside.txt": "", "a.html": ""}
    (folder / MANIFEST).write_text(json.dumps(manifest))
    assert write_site(folder, files(b_html="b"), {}).removed == ("a.html",)
    assert outside.read_text() == "mine"


@pytest.mark.parametrize("name", ["index", "con", "lpt1", "a-0123456789", "CAF", "a b", "..", "é", "", "x" * 200])
def test_only_plain_names_stay_as_they_are(name: str) -> None:
    made = address("actors", ID + name).removeprefix("actors/").removesuffix(".html")
    assert made != name
    assert len(made) < 80 and made.replace("-", "").isalnum() and made.isascii() and made == made.lower()
    assert address("actors", ID + "plain-name-2") == "actors/plain-name-2.html"
