import numpy as np
import pytest

from ecosystem.publish.packing import gather, near_pairs, pack, spread


def overlap(points: np.ndarray, radii: np.ndarray) -> float:
    """The deepest overlap of any two circles."""
    apart = np.hypot(*(points[:, None, :] - points[None, :, :]).transpose(2, 0, 1))
    deep = radii[:, None] + radii[None, :] - apart
    np.fill_diagonal(deep, -np.inf)
    return float(deep.max())


@pytest.mark.parametrize("count", [2, 40, 300])
def test_near_pairs_holds_every_pair_within_reach_once(count: int) -> None:
    points = np.random.default_rng(count).normal(0, 40, (count, 2))
    first, second = near_pairs(points[:, 0], points[:, 1], 9.0)
    told = {frozenset(pair) for pair in zip(first.tolist(), second.tolist(), strict=True)}
    assert len(told) == len(first), "a pair came twice"
    near = {
        frozenset((i, j)) for i in range(count) for j in range(i) if np.hypot(*(points[i] - points[j])) < 9.0
    }  # fmt: skip
    assert near <= told


@pytest.mark.parametrize("count", [2, 30, 400])
def test_spread_leaves_no_overlap_even_from_one_spot(count: int) -> None:
    radii = np.random.default_rng(count).uniform(5, 30, count)
    assert overlap(spread(np.zeros((count, 2)), radii), radii) < 1.0


def test_spread_leaves_what_lies_apart_where_it_is() -> None:
    points = np.array([[0.0, 0.0], [100.0, 0.0]])
    assert np.array_equal(spread(points, np.array([10.0, 20.0])), points)


def test_heavier_circles_move_less() -> None:
    moved = spread(np.array([[0.0, 0.0], [5.0, 0.0]]), np.array([10.0, 10.0]), np.array([1.0, 99.0]))
    assert abs(moved[1, 0] - 5) < 1 < abs(moved[0, 0])


def test_gather_draws_together() -> None:
    points = np.random.default_rng(1).normal(0, 500, (50, 2))
    drawn = gather(points, np.full(50, 10.0))
    assert overlap(drawn, np.full(50, 10.0)) < 0.5
    assert np.ptp(drawn, axis=0).max() < np.ptp(points, axis=0).max() / 2


def test_pack_puts_those_that_pull_each_other_side_by_side() -> None:
    pulls = np.zeros((6, 6))
    pulls[0, 5] = pulls[5, 0] = 1.0
    radii = np.full(6, 20.0)
    angle = np.arange(6) * np.pi / 3
    start = 90 * np.column_stack((np.cos(angle), np.sin(angle)))[[0, 1, 2, 4, 5, 3]]  # 0 and 5 face each other
    placed = pack(start, radii, pulls, np.ones(6))
    assert overlap(placed, radii) < 0.5
    assert np.hypot(*(placed[0] - placed[5])) < 50
