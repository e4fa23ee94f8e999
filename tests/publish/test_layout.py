import os
import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from ecosystem.publish.layout import Layout, layout, node_radius, place
from ecosystem.publish.view import MapView

ROOT = Path(__file__).parents[2]


def cross_border(n: int = 120, groups: int = 6, seed: int = 3) -> tuple[int, list[int], list[int], list[int]]:
    """A network whose ties run mostly, not only, within its groups; its last node has none."""
    dice = random.Random(seed)
    group = [dice.randrange(groups) for _ in range(n)]
    tails, heads = [], []
    for node in range(n - 1):
        for _ in range(2):
            same = [other for other in range(n - 1) if group[other] == group[node]]
            tails.append(node)
            heads.append(dice.choice(same) if dice.random() < 0.7 else dice.randrange(n - 1))
    return n, tails, heads, group


def centre(found: Layout, nodes: list[int]) -> np.ndarray:
    return found.positions[nodes].mean(axis=0)


def distance(one: np.ndarray, other: np.ndarray) -> float:
    return float(np.hypot(*(one - other)))


def test_same_seed_same_positions() -> None:
    network = cross_border()
    assert np.array_equal(layout(*network, seed=5).positions, layout(*network, seed=5).positions)


def test_page_has_the_same_bytes_whatever_the_hash_seed() -> None:
    code = (
        "import importlib.util, hashlib, sys\n"
        f"spec = importlib.util.spec_from_file_location('views', r'{Path(__file__).parent / 'conftest.py'}')\n"
        "views = importlib.util.module_from_spec(spec); spec.loader.exec_module(views)\n"
        "from ecosystem.publish.layout import place\n"
        "from ecosystem.publish.map import render_map\n"
        "page = render_map(place(views.ministry_view()))\n"
        "print(hashlib.sha256(page.encode()).hexdigest())"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "77")
    }
    assert len(told) == 1


def test_nodes_do_not_overlap() -> None:
    n, tails, heads, groups = cross_border(300, 9)
    radii = np.random.default_rng(0).uniform(7, 24, n)
    found = layout(n, tails, heads, groups, radii=radii.tolist())
    apart = np.hypot(*(found.positions[:, None, :] - found.positions[None, :, :]).transpose(2, 0, 1))
    np.fill_diagonal(apart, np.inf)
    assert (apart - radii[:, None] - radii[None, :]).min() > 4


def test_isolates_stand_in_a_row_below_all_others() -> None:
    tails, heads = [0, 1, 2], [1, 2, 0]
    found = layout(7, tails, heads, [0, 0, 1, 0, 1, 1, 0])
    lowest = found.positions[:3, 1].max()
    row = found.positions[3:]
    assert (row[:, 1] > lowest + 40).all()
    assert len(set(row[:, 1].tolist())) == 1
    assert sorted(row[:, 0].tolist()) == row[:, 0].tolist()
    assert (found.areas[3:] == -1).all()


def test_members_of_a_group_stand_together() -> None:
    n, tails, heads, groups = cross_border()
    found = layout(n, tails, heads, groups)
    group = np.array(groups[:-1])
    centres = np.array([centre(found, np.flatnonzero(group == one).tolist()) for one in range(6)])
    nearest = np.array([np.argmin([distance(at, one) for one in centres]) for at in found.positions[:-1]])
    assert not found.by_community
    assert (nearest == group).mean() > 0.95


def test_groups_that_share_ties_stand_nearer() -> None:
    # Six groups of four in a ring of ties: 0-1, 1-2, 2-3, 3-4, 4-5, 5-0.
    groups = [node // 4 for node in range(24)]
    within = [(4 * g + i, 4 * g + (i + 1) % 4) for g in range(6) for i in range(4)]
    between = [(4 * g + i, 4 * ((g + 1) % 6) + i) for g in range(6) for i in range(3)]
    tails, heads = zip(*(within + between), strict=True)
    found = layout(24, tails, heads, groups)
    centres = [centre(found, list(range(4 * g, 4 * g + 4))) for g in range(6)]
    tied = np.mean([distance(centres[g], centres[(g + 1) % 6]) for g in range(6)])
    opposite = np.mean([distance(centres[g], centres[(g + 3) % 6]) for g in range(3)])
    assert tied < opposite


def test_a_broker_stands_on_the_side_that_it_ties() -> None:
    # Two groups, complete within; one member of the first knows all of the second.
    within = [(a, b) for start in (0, 8) for a in range(start, start + 8) for b in range(start, a)]
    tails, heads = zip(*(within + [(3, other) for other in range(8, 16)]), strict=True)
    found = layout(16, tails, heads, [0] * 8 + [1] * 8)
    second = centre(found, list(range(8, 16)))
    others = [distance(found.positions[node], second) for node in range(8) if node != 3]
    assert distance(found.positions[3], second) < np.mean(others)


def test_a_central_group_stands_in_the_middle() -> None:
    # A ring of twelve groups, each tied to the next; the thirteenth has a tie to three of them alone.
    groups = [node // 3 for node in range(39)]
    pairs = [(3 * g, 3 * ((g + 1) % 12)) for g in range(12)] + [(36, 0), (37, 12), (38, 24)]
    pairs += [(3 * g, 3 * g + i) for g in range(13) for i in (1, 2)]
    tails, heads = zip(*pairs, strict=True)
    found = layout(39, tails, heads, groups, central=[12])
    middle = found.positions.mean(axis=0)
    away = [distance(centre(found, [3 * g, 3 * g + 1, 3 * g + 2]), middle) for g in range(13)]
    assert away[12] == min(away)


def test_what_has_no_group_stands_near_those_it_is_tied_to() -> None:
    groups = [node // 5 for node in range(30)] + [-1]
    pairs = [(5 * g, 5 * g + i) for g in range(6) for i in range(1, 5)]
    pairs += [(5 * g, 5 * ((g + 1) % 6)) for g in range(6)] + [(30, 1), (30, 2)]
    tails, heads = zip(*pairs, strict=True)
    found = layout(31, tails, heads, groups)
    away = [distance(found.positions[30], centre(found, list(range(5 * g, 5 * g + 5)))) for g in range(6)]
    assert away[0] == min(away)
    assert found.areas[30] == -1


def test_communities_take_the_place_of_groups_that_say_nothing() -> None:
    cliques = [(a, b) for start in (0, 6, 12) for a in range(start, start + 6) for b in range(start, a)]
    tails, heads = zip(*[*cliques, (0, 6), (6, 12)], strict=True)
    found = layout(18, tails, heads, [-1] * 18, communities=[1 + node // 6 for node in range(18)])
    assert found.by_community
    assert [len(set(found.areas[start : start + 6].tolist())) for start in (0, 6, 12)] == [1, 1, 1]
    assert len(set(found.areas.tolist())) == 3


def test_ties_that_are_parallel_to_itself_or_without_strength_do_no_harm() -> None:
    found = layout(3, [0, 0, 0, 1], [1, 1, 0, 2], [0, 0, 1], [1.0, 2.0, 1.0, 0.0])
    assert np.isfinite(found.positions).all()


@pytest.mark.parametrize("n", [0, 1, 2, 9])
def test_networks_without_ties(n: int) -> None:
    found = layout(n, [], [], [0] * n)
    assert found.positions.shape == (n, 2)
    assert len({tuple(at) for at in found.positions.tolist()}) == n


def test_the_dice_of_others_are_left_alone() -> None:
    import igraph

    random.seed(4)
    before = random.getstate()
    layout(*cross_border())
    assert random.getstate() == before
    igraph.Graph.Erdos_Renyi(5, 0.5)
    assert random.getstate() != before, "igraph draws from the random module again"


def test_place_gives_every_node_a_position_and_keeps_all_else(ministry: MapView) -> None:
    assert all(node.x is not None and node.y is not None for node in ministry.nodes)
    alone = {node.id for node in ministry.nodes if node.area is None and not node.is_initiative}
    assert alone == {"citizenlab", "abidjan"}
    assert place(ministry, seed=1) == ministry


def test_the_seed_is_told_among_the_settings(ministry: MapView) -> None:
    assert place(ministry, seed=7).settings == {**ministry.settings, "layout seed": "7"}


def test_larger_measures_are_drawn_larger() -> None:
    assert node_radius(0) < node_radius(0.2) < node_radius(1) == node_radius(7)
    assert node_radius(0.5, is_initiative=True) < node_radius(0.5)
