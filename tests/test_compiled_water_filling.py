"""Provincial pots between floors and caps, as machine code shares them, against shares worked by hand."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from backlog_model.dynamics.compiled.structure import Field
from backlog_model.dynamics.compiled.tracing import DRAW, REGION, Graph
from backlog_model.inputs import Array
from tiny_program import equations, program_of, quick_compiler, recorded, structure

pytest.importorskip("llvmlite")

SHARE = ("budget_idr", 0)
WEIGHT, FLOOR, CAP = (("year", n, 0) for n in range(3))

# Weights, floors, caps and shares of each region; all but the first in powers of 2, so that they are exact.
CASES: dict[str, tuple[list[float], list[float], list[float], list[float]]] = {
    # 0.65 is left above the floors: 0.49, 0.295, 0.215; 0.04 too much goes 3 to 1
    "floors and a cap": ([6000, 3000, 1000], [0.10, 0.10, 0.15], [0.45, 1, 1], [0.45, 0.325, 0.225]),
    "by weight": ([1, 2, 5], [0, 0, 0], [1, 1, 1], [0.125, 0.25, 0.625]),
    # 1/2 is left above the floors, a quarter of it for the first: 1/4 + 1/8, 1/4 + 3/8
    "floors": ([1, 3], [0.25, 0.25], [1, 1], [0.375, 0.625]),
    # 1/2, 1/4, 1/8, 1/8; 1/4 too much, nothing of it for the second, which is at its cap
    "one at its cap": ([8, 4, 2, 2], [0, 0, 0, 0], [0.25, 0.25, 1, 1], [0.25, 0.25, 0.25, 0.25]),
    # 1/4 too much goes 4 to 2 to 2: 3/8, 3/16, 3/16; then 1/16 too much goes to the last two
    "twice shared again": ([8, 4, 2, 2], [0, 0, 0, 0], [0.25, 0.3125, 1, 1], [0.25, 0.3125, 0.21875, 0.21875]),
    "all at their cap": ([1, 1, 1, 1], [0, 0, 0, 0], [0.125, 0.125, 0.125, 0.125], [0.125, 0.125, 0.125, 0.125]),
    # nothing is shared but the floors; what is over a cap reaches nobody
    "no weight": ([0, 0], [0.25, 0.5], [1, 0.375], [0.25, 0.375]),
    # floors take more than all: nothing is left to share
    "floors of more than all": ([1, 3], [0.75, 0.5], [1, 1], [0.75, 0.5]),
    "one region": ([5], [0], [0.5], [0.5]),
    # the last has no weight, and gets none of what is too much
    "no weight in one": ([3, 1, 0], [0, 0, 0.25], [0.5, 1, 1], [0.5, 0.25, 0.25]),
    # 1/2 each; 1/4 too much in one, room for 1/8 in the other: 1/8 reaches nobody
    "too little room": ([1, 1], [0, 0], [0.25, 0.625], [0.25, 0.625]),
}


@pytest.fixture(autouse=True, scope="module")
def _compiler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with quick_compiler(tmp_path_factory.mktemp("cache")):
        yield


def shared(weight: Array, floor: Array, cap: Array, *, level: int) -> Array:
    """(region, draw) shares by compiled code, of weights (draw, region) that vary as is said."""
    graph = Graph()
    fields = Field((), level, False), Field((), REGION, False), Field((), REGION, False)
    leaves = graph.leaf(WEIGHT, level), graph.leaf(FLOOR, REGION), graph.leaf(CAP, REGION)
    nothing = equations(Graph(), {})
    code = program_of(structure(fields), [equations(graph, {SHARE: graph.shares(*leaves)})], nothing)
    draws = max(2, len(weight))
    read = {WEIGHT: weight[None], FLOOR: floor[None, None], CAP: cap[None, None]}
    found: Array = recorded(code, read, [0], draws, floor.size)[SHARE][0]
    return found


def of_case(name: str) -> tuple[Array, Array, Array, Array]:
    weight, floor, cap, share = (np.array(numbers, dtype=np.float64) for numbers in CASES[name])
    return weight, floor, cap, share


@pytest.mark.parametrize("name", CASES)
def test_what_is_the_same_in_all_draws(name: str) -> None:
    weight, floor, cap, share = of_case(name)
    found = shared(weight[None], floor, cap, level=REGION)
    np.testing.assert_allclose(found, np.stack([share, share], axis=1), rtol=1e-15)


@pytest.mark.parametrize("name", CASES)
def test_what_varies_by_draw(name: str) -> None:
    """The other draw has the weights in twice the size: its shares are the same."""
    weight, floor, cap, share = of_case(name)
    found = shared(np.stack([weight, 2 * weight]), floor, cap, level=REGION | DRAW)
    np.testing.assert_allclose(found, np.stack([share, share], axis=1), rtol=1e-15)


def test_a_draw_is_shared_as_it_would_be_alone() -> None:
    """Draws of a vector need no, one or two more rounds; each is ready before or after its neighbour.

    With caps of 1/4, 5/16, 1, 1: 8 to 4 to 2 to 2 as above; 4 to 4 to 4 to 4 stays below all caps; 0 to 4 to 2 to 2 is
    0, 1/2, 1/4, 1/4 of which 3/16 is shared again; 6 to 2 to 4 to 4 is 3/8, 1/8, 1/4, 1/4 with 1/8 to share again,
    2 to 4 to 4.
    """
    weights = np.array([[8.0, 4, 2, 2], [4, 4, 4, 4], [0, 4, 2, 2], [6, 2, 4, 4]])
    cap = np.array([0.25, 0.3125, 1, 1])
    found = shared(weights, np.zeros(4), cap, level=REGION | DRAW).T
    expected = [[0.25, 0.3125, 0.21875, 0.21875], [0.25] * 4, [0, 0.3125, 0.34375, 0.34375], [0.25, 0.15, 0.3, 0.3]]
    np.testing.assert_allclose(found, expected, rtol=1e-15)
    for draw, weight in enumerate(weights):
        alone = shared(np.stack([weight, weight]), np.zeros(4), cap, level=REGION | DRAW)
        np.testing.assert_array_equal(alone[:, 0], found[draw])


def test_a_round_for_every_cap_that_is_met() -> None:
    """1/4 each; 1/8 too much goes to three, 1/4 + 1/24 each, which is more than 9/32 for the second; its 1/96 goes to
    two, 19/64 each, which is more than 75/256 for the third; the last takes what is left.
    """
    found = shared(np.ones((1, 4)), np.zeros(4), np.array([1 / 8, 9 / 32, 75 / 256, 1.0]), level=REGION)
    left = 77 / 256  # 1 - 32 / 256 - 72 / 256 - 75 / 256
    np.testing.assert_allclose(found[:, 0], [1 / 8, 9 / 32, 75 / 256, left], rtol=1e-15)


def test_two_pots_have_places_of_their_own() -> None:
    """One of weights 1 and 3, one of weights 3 and 1 with a floor of 1/4 each; and one of numbers known before."""
    graph = Graph()
    weight, other = graph.leaf(WEIGHT, REGION | DRAW), graph.leaf(FLOOR, REGION | DRAW)
    rows: dict[tuple[str, int], Any] = {
        SHARE: graph.shares(weight, 0.0, 1.0),
        ("budget_idr", 1): graph.shares(other, 0.25, 1.0),
        ("budget_idr", 2): graph.shares(1.0, 0.0, 0.375),
    }
    fields = Field((), REGION | DRAW, False), Field((), REGION | DRAW, False)
    code = program_of(structure(fields), [equations(graph, rows)], equations(Graph(), {}))
    read = {WEIGHT: np.array([[[1.0, 3.0]] * 2]), FLOOR: np.array([[[3.0, 1.0]] * 2])}
    found = recorded(code, read, [0], 2, 2)
    assert found[SHARE][0].tolist() == [[0.25, 0.25], [0.75, 0.75]]
    assert found["budget_idr", 1][0].tolist() == [[0.625, 0.625], [0.375, 0.375]]
    assert found["budget_idr", 2][0].tolist() == [[0.375, 0.375], [0.375, 0.375]]
    assert (code.memory, code.by_region) == (2 * 4, 1 + 4)


def test_a_share_may_be_the_weight_of_a_later_pot() -> None:
    """1/4 and 3/4 of the first; of the second by their squares, 1 to 9."""
    graph = Graph()
    weight = graph.leaf(WEIGHT, REGION | DRAW)
    share = graph.shares(weight, 0.0, 1.0)
    rows = {
        SHARE: graph.shares(share * share, 0.0, 1.0),
        ("unallocated_idr", 0): graph.sum_over_regions(share * weight),
    }
    code = program_of(structure((Field((), REGION | DRAW, False),)), [equations(graph, rows)], equations(Graph(), {}))
    found = recorded(code, {WEIGHT: np.array([[[1.0, 3.0]] * 2])}, [0], 2, 2)
    np.testing.assert_allclose(found[SHARE][0], [[0.1, 0.1], [0.9, 0.9]], rtol=1e-15)
    assert found["unallocated_idr", 0][0, 0].tolist() == [2.5, 2.5]  # 1/4 * 1 + 3/4 * 3
