"""The ways of placing nodes: the same every time, none on another, and each true to its name."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest

from ecosystem.errors import PublishError
from ecosystem.publish.layout import LAYOUTS, node_radius, place
from ecosystem.publish.packing import near_pairs
from ecosystem.publish.view import Group, Grouping, Kind, MapNode, MapTie, MapView

CODES = {"Chile": "CHL", "Finland": "FIN", "Kenya": "KEN", "Japan": "JPN"}
ALONE = 5


def view_of(count: int, seed: int = 3, countries: tuple[str, ...] = tuple(CODES)) -> MapView:
    """A network whose last five nodes have no tie and whose every tenth node has no country."""
    dice = random.Random(seed)
    kinds = ("ministry", "firm", "university")
    nodes = tuple(
        MapNode(
            id=f"n{number:05}",
            label=f"Actor {number}",
            kind=dice.choice(kinds),
            group="" if number % 10 == 9 else (home := dice.choice(countries)),
            country="" if number % 10 == 9 else home,
            size=dice.random() ** 4,
        )
        for number in range(count)
    )
    tied = count - ALONE
    ties = tuple(
        MapTie(f"t{number}", nodes[number % tied].id, nodes[dice.randrange(tied)].id, "knows")
        for number in range(2 * tied)
    )
    return MapView(
        "Made up",
        nodes,
        ties,
        kinds=tuple(Kind(kind, kind, kind, order=order) for order, kind in enumerate(kinds)),
        grouping=Grouping("Country", tuple(Group(name, name) for name in countries)),
    )


def positions(view: MapView) -> np.ndarray:
    return np.array([(node.x, node.y) for node in view.nodes])


def least_room(view: MapView) -> float:
    """The least free space between two nodes: below 0 they overlap."""
    at = positions(view)
    radii = np.array([node_radius(node.size, node.is_initiative) for node in view.nodes])
    one, other = near_pairs(at[:, 0], at[:, 1], 2 * float(radii.max()) + 5)
    return float((np.hypot(*(at[one] - at[other]).T) - radii[one] - radii[other]).min(initial=np.inf))


def middle(view: MapView, country: str) -> np.ndarray:
    return np.mean([(node.x, node.y) for node in view.nodes[:-ALONE] if node.country == country], axis=0)


@pytest.fixture(scope="module", params=LAYOUTS)
def placed(request: pytest.FixtureRequest) -> MapView:
    return place(view_of(400), layout=request.param, countries=CODES)


def test_the_same_input_has_the_same_places(placed: MapView) -> None:
    again = place(view_of(400), layout=placed.settings["layout"], countries=CODES)
    assert np.array_equal(positions(placed), positions(again))


def test_no_node_lies_on_another(placed: MapView) -> None:
    assert least_room(placed) > 0


def test_who_has_no_tie_stands_in_a_row_below(placed: MapView) -> None:
    at = positions(placed)
    assert (at[-ALONE:, 1] > at[:-ALONE, 1].max()).all()
    assert len(set(at[-ALONE:, 1])) == 1 and (np.diff(at[-ALONE:, 0]) > 0).all()


def test_the_order_of_ties_changes_nothing(placed: MapView) -> None:
    view = view_of(400)
    turned = replace(view, ties=tuple(reversed(view.ties)))
    again = place(turned, layout=placed.settings["layout"], countries=CODES)
    assert np.allclose(positions(placed), positions(again), atol=0.2)


def test_on_the_globe_chile_is_in_the_south_west_and_japan_in_the_east() -> None:
    view = place(view_of(300), layout="geographic", countries=CODES)
    chile, finland, kenya, japan = (middle(view, country) for country in CODES)
    assert chile[0] < finland[0] < japan[0]
    assert finland[1] < japan[1] < kenya[1] < chile[1], "y grows to the south"


def test_on_the_globe_what_has_no_country_stands_below() -> None:
    view = place(view_of(300), layout="geographic", countries=CODES)
    tied = view.nodes[:-ALONE]
    assert min(node.y for node in tied if not node.country) > max(node.y for node in tied if node.country)


def test_a_map_without_countries_cannot_go_on_the_globe() -> None:
    with pytest.raises(PublishError, match="on the globe"):
        place(view_of(30), layout="geographic", countries={})


def test_an_unknown_layout_names_the_known_ones() -> None:
    with pytest.raises(PublishError, match="no layout 'spiral'") as caught:
        place(view_of(30), layout="spiral")
    assert "layered" in str(caught.value.hint)


def test_layers_follow_the_order_of_kinds() -> None:
    view = place(view_of(300), layout="layered")
    lines = [{node.y for node in view.nodes[:-ALONE] if node.kind == kind.id} for kind in view.kinds]
    assert max(lines[0]) < min(lines[1]) and max(lines[1]) < min(lines[2])


def test_on_a_grid_the_largest_group_comes_first() -> None:
    view = place(view_of(300, countries=("a", "a2", "b")), layout="grid")
    sizes = {group.id: sum(node.group == group.id for node in view.nodes) for group in view.grouping.groups}
    largest = max(sizes, key=lambda group: sizes[group])
    first = min(view.nodes[:-ALONE], key=lambda node: node.x + node.y)
    assert first.group == largest


def test_on_a_circle_groups_stand_around_what_has_none() -> None:
    view = place(view_of(300), layout="circle")
    middles = np.array([middle(view, country) for country in CODES])
    without = middle(view, "")
    assert np.hypot(*(middles - without).T).min() > np.hypot(*(middles.mean(axis=0) - without))


def test_ten_thousand_nodes_keep_apart() -> None:
    view = place(view_of(10_000))
    assert least_room(view) > -1, "pixels"
    assert np.array_equal(positions(view), positions(place(view_of(10_000))))
