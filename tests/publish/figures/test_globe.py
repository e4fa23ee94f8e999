"""The world as a map: projection, arcs, and the outlines that come with the package."""

from __future__ import annotations

import numpy as np
import pytest

from ecosystem.publish.figures.globe import arc, equal_earth
from ecosystem.publish.figures.outlines import Outline, outlines


def test_equal_earth_keeps_areas() -> None:
    """Cells of one degree have the area that they have on the globe, which is 4π in all."""
    steps = 180
    longitude, latitude = np.meshgrid(np.linspace(-180, 180, 2 * steps + 1), np.linspace(-90, 90, steps + 1))
    x, y = equal_earth(longitude, latitude)
    wide = (np.diff(x, axis=1)[1:] + np.diff(x, axis=1)[:-1]) / 2
    areas = wide * np.diff(y, axis=0)[:, :-1]
    on_globe = np.radians(1) * np.diff(np.sin(np.radians(np.linspace(-90, 90, steps + 1))))[:, None]
    assert areas.sum() == pytest.approx(4 * np.pi, rel=1e-3)
    assert np.allclose(areas[5:-5], np.broadcast_to(on_globe, areas.shape)[5:-5], rtol=5e-3)


@pytest.mark.parametrize("other", [(139.0, 36.0), (-74.0, 4.0), (0.0, 51.0), (10.0, -51.0), (-170.0, 51.0)])
def test_an_arc_joins_its_ends_and_stays_on_the_map(other: tuple[float, float]) -> None:
    pieces = arc((10.0, 51.0), other)
    assert (pieces[0][0][0], pieces[0][1][0]) == (10.0, 51.0)
    assert pieces[-1][0][-1] == pytest.approx(other[0])
    assert pieces[-1][1][-1] == pytest.approx(other[1])
    for longitude, latitude in pieces:
        assert np.abs(longitude).max() <= 180
        assert np.abs(latitude).max() < 84
        assert np.abs(np.diff(longitude)).max(initial=0) < 10


def test_an_arc_over_the_date_line_comes_in_two_pieces() -> None:
    east, west = arc((140.0, 36.0), (-100.0, 40.0))
    assert (east[0][-1], west[0][0]) == (180.0, -180.0)
    assert east[1][-1] == pytest.approx(west[1][0])


def test_every_country_of_the_ontology_has_a_point(ontology) -> None:
    codes = {country.alpha3 for country in ontology.countries.values()}
    assert codes <= outlines().keys()


def test_rings_stay_within_the_map_and_do_not_run_around_it() -> None:
    for code, outline in outlines().items():
        for ring in outline.rings:
            assert len(ring) > 2
            assert np.abs(ring[:, 0]).max() <= 180, code
            assert np.abs(ring[:, 1]).max() <= 90, code
            leaps = np.abs(np.diff(np.vstack((ring, ring[:1])), axis=0))[:, 0]
            assert leaps.max() < 40 or code == "ATA", code


def test_points_lie_inside_their_country() -> None:
    for code, outline in outlines().items():
        if outline.rings and np.ptp(outline.rings[0], axis=0).min() > 0.5:
            assert any(holds(ring, outline.point) for ring in outline.rings), code


def test_neighbours_share_their_border() -> None:
    """France and Spain have been simplified alike: they have the corners of their border in common."""
    france, spain = (corners(outlines()[code]) for code in ("FRA", "ESP"))
    assert len(france & spain) > 4


def test_the_file_is_small_and_names_its_source() -> None:
    from importlib import resources

    text = resources.files("ecosystem.publish").joinpath("data", "outlines.json").read_text(encoding="utf-8")
    assert len(text) <= 150_000
    assert "Natural Earth" in text
    assert "sha256" in text


def corners(outline: Outline) -> set[tuple[float, float]]:
    return {(x, y) for ring in outline.rings for x, y in ring.round(1).tolist()}


def holds(ring: np.ndarray, point: tuple[float, float]) -> bool:
    (x, y), inside = point, False
    for (ax, ay), (bx, by) in zip(ring, np.roll(ring, -1, axis=0), strict=True):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            inside = not inside
    return inside
