"""Figures for print: valid files, no label over another, hostile text as text, the same bytes on every run."""

from __future__ import annotations

import hashlib
import os
import struct
import subprocess
import sys
import xml.etree.ElementTree as ET
from itertools import combinations
from pathlib import Path

import pytest
from builders import actor, tie

from ecosystem.api import Ecosystem
from ecosystem.api.figures import KINDS, coverage, figure_view
from ecosystem.commands.drawing import KINDS as NAMED_KINDS
from ecosystem.commands.drawing import SIZES as NAMED_SIZES
from ecosystem.errors import PublishError
from ecosystem.publish.figures import FORMATS, SIZES, drawn, view, write_figure
from ecosystem.publish.figures.paper import Box, drawable

HOSTILE = '</text><script>alert(1)</script> $\\frac{1}{0}$ --> ]]> & <image href="http://evil.example/x.png"/>'
SVG = "{http://www.w3.org/2000/svg}"
HREF = "{http://www.w3.org/1999/xlink}href"


@pytest.fixture(scope="module")
def figures(opsi: Ecosystem) -> dict[str, view.Figure]:
    return {kind: figure_view(opsi, kind) for kind in KINDS}


def extents(figure: view.Figure, size: str) -> tuple[list[tuple[str, Box]], Box]:
    """Where matplotlib itself says that each text is, in pixels, and the paper."""
    from matplotlib.text import Text

    sheet = drawn(figure, size)
    renderer = sheet.canvas.get_renderer()
    found = []
    for text in sheet.findobj(Text):
        if text.get_text() and text.get_visible():
            at = text.get_window_extent(renderer)
            found.append((text.get_text(), Box(at.x0, at.y0, at.x1, at.y1)))
    width, height = sheet.get_size_inches() * sheet.dpi
    return found, Box(0, 0, width, height)


def assert_legible(figure: view.Figure, size: str) -> None:
    found, paper = extents(figure, size)
    assert found
    outside = [text for text, box in found if not paper.holds(box)]
    assert not outside
    # The boxes hold room for accents and descenders; lines of one paragraph may share a tenth of their height.
    slack = [(text, shrunk(box)) for text, box in found]
    over = [(one, other) for (one, a), (other, b) in combinations(slack, 2) if a.meets(b)]
    assert not over


def shrunk(box: Box) -> Box:
    air = 0.06 * min(box.width, box.height)
    return Box(box.left + air, box.top + air, box.right - air, box.bottom - air)


def test_the_command_names_all_kinds_and_sizes() -> None:
    assert tuple(KINDS) == NAMED_KINDS
    assert tuple(SIZES) == NAMED_SIZES


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("kind", KINDS)
def test_no_label_lies_over_another_or_leaves_the_paper(figures, kind: str, size: str) -> None:
    assert_legible(figures[kind], size)


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["kumu-uk-science-networks/science-networks.json", "eurosis/eurosis.gexf"], ids=["kumu", "eurosis"]
)
def test_no_label_lies_over_another_in_the_data_of_others(shared_data: Path, name: str) -> None:
    from ecosystem.api import open as open_ecosystem

    eco = open_ecosystem(str(shared_data / name))
    for kind in ("network", "brokers", "matrix", "communities"):
        figure = figure_view(eco, kind)
        for size in SIZES:
            assert_legible(figure, size)


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_written_in_each_format(figures, kind: str, tmp_path: Path) -> None:
    for suffix in FORMATS:
        content = write_figure(figures[kind], tmp_path / f"{kind}{suffix}", "column").read_bytes()
        if suffix == ".png":
            assert content.startswith(b"\x89PNG\r\n\x1a\n")
            width, height = struct.unpack(">II", content[16:24])
            assert width == int(80 / 25.4 * 300)
            assert 300 < height <= 180 / 25.4 * 300
        elif suffix == ".pdf":
            assert content.startswith(b"%PDF-1.")
            assert b"CreationDate" not in content
            assert b"/FontFile2" in content, "fonts are embedded"
        else:
            assert_safe(content)


def test_a_slide_has_the_size_of_a_slide(figures, tmp_path: Path) -> None:
    content = write_figure(figures["gaps"], tmp_path / "a.png", "slide").read_bytes()
    assert struct.unpack(">II", content[16:24]) == (2000, 1125)


def assert_safe(svg: bytes) -> None:
    """An SVG that runs nothing and asks no other file for anything."""
    assert b"<!DOCTYPE" not in svg
    root = ET.fromstring(svg)
    tags = {element.tag for element in root.iter()}
    assert not tags & {SVG + "script", SVG + "image", SVG + "foreignObject", SVG + "a", SVG + "text"}
    for element in root.iter():
        for name, value in element.attrib.items():
            assert not name.split("}")[-1].startswith("on")
            if name in (HREF, "href"):
                assert value.startswith("#")


@pytest.mark.parametrize("size", SIZES)
def test_hostile_labels_are_text(size: str, tmp_path: Path) -> None:
    words = view.Words(HOSTILE, HOSTILE, HOSTILE)
    dots = tuple(view.Dot((HOSTILE,), 60.0 * n, 40.0 * n, 9.0, 0.5, 0, 0) for n in range(3))
    shown = [
        view.Bars(words, (view.Bar(HOSTILE, (3.0, 1.0), HOSTILE, HOSTILE),), (HOSTILE, "b")),
        view.Matrix(words, (HOSTILE,), (HOSTILE,), (view.Layer(HOSTILE, ((1.0,),)),)),
        view.Drawing(words, dots, ((0, 1, 1.0),), (view.Group(HOSTILE, 3),), (HOSTILE,)),
        view.Timeline(words, (view.Panel(HOSTILE, ((2020, 3),), HOSTILE),)),
        view.World(
            words, (view.Place("COL", HOSTILE, 1), view.Place("FRA", "France", 2)), (view.Arc("COL", "FRA", 1),)
        ),
    ]
    for number, figure in enumerate(shown):
        assert_safe(write_figure(figure, tmp_path / f"{number}.svg", size).read_bytes())
        found, paper = extents(figure, size)
        assert any("$" in text or "…" in text for text, _ in found), "no mathematics is read"
        assert not [text for text, box in found if not paper.holds(box)]


def test_what_the_font_has_not_is_a_replacement_character_and_no_warning(recwarn, tmp_path: Path) -> None:
    figure = view.Bars(view.Words("漢字 \ud800 \x00"), (view.Bar("漢 \u202e", (1.0,)),), ("n",))
    write_figure(figure, tmp_path / "a.png")
    assert not [warning for warning in recwarn if "Glyph" in str(warning.message)]
    assert drawable("漢字") == "\ufffd\ufffd"


def test_colours_and_numbers_of_a_matrix(tmp_path: Path) -> None:
    counts = {("Chile", "auditor"): 2}
    figure = coverage(view.Words("Who is there"), ("Chile", "Spain"), ("auditor", "funder"), counts)
    assert figure.layers[0].values == ((2.0, 0.0), (0.0, 0.0))
    found, _ = extents(figure, "page")
    assert "2" in [text for text, _ in found]
    assert "0" not in [text for text, _ in found]


def test_a_matrix_counts_each_pair_once(make_store, ontology) -> None:
    records = [
        actor("a", country="CHL"),
        actor("b", country="CHL"),
        actor("c", country="COL"),
        actor("d", country="ESP"),
    ]
    records += [tie("a", "partnersWith", "b"), tie("b", "partnersWith", "c"), tie("c", "partnersWith", "d")]
    figure = figure_view(Ecosystem(make_store(records), ontology), "matrix", by="country")
    ties, open_pairs = (layer.values for layer in figure.layers)
    at = {name: number for number, name in enumerate(figure.rows)}
    chile, colombia, spain = at["Chile"], at["Colombia"], at["Spain"]
    assert ties[chile][chile] == 1  # a – b
    assert ties[max(chile, colombia)][min(chile, colombia)] == 1  # b – c
    assert ties[max(chile, spain)][min(chile, spain)] == 0
    assert open_pairs[min(chile, colombia)][max(chile, colombia)] == 1  # a – c, by b
    assert open_pairs[min(chile, spain)][max(chile, spain)] == 1  # b – d, by c


def test_a_timeline_says_what_names_no_year(make_store, ontology) -> None:
    records = [actor("a"), actor("b"), tie("a", "partnersWith", "b", since="2020-03"), tie("b", "funds", "a")]
    figure = figure_view(Ecosystem(make_store(records), ontology), "timeline")
    (panel,) = figure.panels
    assert panel.counts == ((2020, 1),)
    assert panel.undated == "1 of 2 name a year; 1 do not."


def test_a_world_counts_ties_between_countries_once_and_says_what_is_not_on_it(opsi: Ecosystem) -> None:
    figure = figure_view(opsi, "world")
    assert all(arc.one < arc.other and arc.ties > 0 for arc in figure.arcs)
    assert {arc.one for arc in figure.arcs} <= {place.code for place in figure.places}
    assert "Not on the map: 22 actors" in figure.words.caption
    assert "Equal Earth projection" in figure.words.caption


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_to_draw_is_said_in_one_line(kind: str, make_store, ontology) -> None:
    records = [actor("a", "ResearchInstitute"), actor("b", "ResearchInstitute")]
    if kind == "gaps":  # an actor without ties is a gap
        records.append(tie("a", "partnersWith", "b"))
    eco = Ecosystem(make_store(records), ontology)
    with pytest.raises(PublishError, match="there is nothing to draw") as raised:
        figure_view(eco, kind)
    assert len(raised.value.lines()) == 1


def test_wrong_kinds_sizes_and_suffixes_are_said(opsi: Ecosystem, tmp_path: Path) -> None:
    with pytest.raises(PublishError, match="no figure 'pie'"):
        opsi.figure("pie", tmp_path / "a.png")
    with pytest.raises(PublishError, match="no size 'poster'"):
        opsi.figure("gaps", tmp_path / "a.png", size="poster")
    with pytest.raises(PublishError, match=r"\.png, \.svg or \.pdf"):
        opsi.figure("gaps", tmp_path / "a.jpeg")
    assert not list(tmp_path.iterdir())


def test_the_same_bytes_whatever_the_hash_seed(tmp_path: Path) -> None:
    script = (
        "import sys, pathlib, ecosystem\n"
        "eco = ecosystem.open()\n"
        "for name in ('network.svg', 'brokers.pdf', 'communities.svg', 'world.png'):\n"
        "    eco.figure(name.split('.')[0], pathlib.Path(sys.argv[1], name), size='column')\n"
    )
    digests = []
    for seed in ("1", "2"):
        folder = tmp_path / seed
        folder.mkdir()
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        subprocess.run([sys.executable, "-c", script, str(folder)], env=environment, check=True)
        digests.append({path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())})
    assert len(digests[0]) == 4
    assert digests[0] == digests[1]


def test_drawing_leaves_the_settings_of_a_notebook_alone(opsi: Ecosystem, tmp_path: Path) -> None:
    import matplotlib

    with matplotlib.rc_context({"font.family": "monospace", "svg.fonttype": "none"}):
        theirs = dict(matplotlib.rcParams)
        one = opsi.figure("gaps", tmp_path / "one.svg").read_bytes()
        assert dict(matplotlib.rcParams) == theirs
    assert opsi.figure("gaps", tmp_path / "two.svg").read_bytes() == one


def test_the_command_draws(tmp_path: Path) -> None:
    from click.testing import CliRunner

    from ecosystem.commands import cli

    target = tmp_path / "brokers.svg"
    done = CliRunner().invoke(cli, ["figure", "brokers", "--size", "column", "--title", "Ours", "-o", str(target)])
    assert done.exit_code == 0
    assert done.stdout.strip() == str(target)
    assert "<title>Ours</title>" in target.read_text(encoding="utf-8")
    wrong = CliRunner().invoke(cli, ["figure", "brokers", "-o", str(tmp_path / "a.gif")])
    assert wrong.exit_code == 3
    assert wrong.stderr.count("\n") == 1
