"""Whatever the draws: turned round, scaled or shuffled, a comparison says the same."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from backlog_model.analysis.paired_draws import paired, ranks
from backlog_model.summary import Sampling

# Whole numbers, so that ties are frequent and no two numbers are nearly equal.
NUMBERS = arrays.arrays(np.float64, (2, 8, 3), elements=st.integers(-5, 5).map(float))
DIRECTIONS = st.sampled_from(["down", "up", None])
SAMPLING = Sampling(8, 1, "random")


def chances(found):
    return np.stack([found.first_better.probability, found.second_better.probability, found.same])


@given(NUMBERS, NUMBERS, DIRECTIONS)
def test_turned_round_signs_and_chances_change_places(first, second, direction):
    one, other = (paired(*pair, SAMPLING, direction=direction) for pair in ((first, second), (second, first)))
    np.testing.assert_array_equal(one.mean, -other.mean)
    np.testing.assert_array_equal(chances(one)[[0, 1]], chances(other)[[1, 0]])
    assert chances(one).sum(axis=0) == pytest.approx(np.ones((2, 3)))


@given(NUMBERS, NUMBERS, st.permutations(range(8)))
def test_only_pairs_matter_not_their_order(first, second, order):
    one, other = (paired(first[:, place], second[:, place], SAMPLING) for place in (list(range(8)), list(order)))
    np.testing.assert_allclose(one.mean, other.mean, atol=1e-12)
    np.testing.assert_array_equal(one.quantiles, other.quantiles)
    np.testing.assert_array_equal(chances(one), chances(other))


@given(NUMBERS, NUMBERS)
def test_less_is_better_is_more_is_better_upside_down(first, second):
    down = paired(first, second, SAMPLING, direction="down")
    up = paired(-first, -second, SAMPLING, direction="up")
    np.testing.assert_array_equal(chances(down), chances(up))


@given(NUMBERS)
def test_ranks_are_one_more_than_the_number_of_larger_regions(values):
    rows = values[:, 0]
    expected = [[1 + sum(other > each for other in row) for each in row] for row in rows]
    np.testing.assert_array_equal(ranks(rows), expected)
