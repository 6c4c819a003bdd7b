"""Laws made of other laws, worked out by hand: a chance event, a law cut to an interval, shares that add to one."""

import math
from collections.abc import Callable

import numpy as np
import pytest

from backlog_model.scenario import probability_laws as laws
from backlog_model.scenario.compound_laws import dirichlet_shares, event, truncated
from backlog_model.scenario.probability_laws import Array

INF = math.inf
LAST = 1 - 2**-53  # the largest number below 1


def at(function: Callable[[Array], Array] | None, *places: float) -> list[float]:
    """Values of a function of a law."""
    assert function is not None
    return [float(each) for each in function(np.array(places, dtype=np.float64))]


def close(*numbers: float) -> object:
    return pytest.approx(list(numbers), rel=1e-12, abs=0)


def uniform(low: float, high: float) -> laws.Law:
    return laws.straight_lines((0.0, 1.0), (low, high))


# A chance event

FLOOD = event(0.25, uniform(100, 900))


def test_an_event_is_nothing_until_it_happens() -> None:
    assert at(FLOOD.quantile, 0.0, 0.5, 0.75, 0.8, 0.9, 1.0) == close(0, 0, 0, 260, 580, 900)
    assert FLOOD.quantile(np.full((2, 1, 3), 0.9)).tolist() == [[[pytest.approx(580)] * 3]] * 2


def test_probabilities_of_an_event() -> None:
    assert at(FLOOD.cdf, -1.0, 0.0, 100.0, 500.0, 900.0, 1000.0) == close(0, 0.75, 0.75, 0.875, 1, 1)
    assert at(FLOOD.below, -1.0, 0.0, 1.0, 500.0, 900.0) == close(0, 0, 0.75, 0.875, 1)
    assert (FLOOD.probability_up_to(0.0), FLOOD.probability_below(0.0)) == (0.75, 0.0)


def test_a_size_that_is_certain_carries_all_the_probability_of_the_event() -> None:
    fire = event(0.25, laws.constant(8.0))
    assert at(fire.cdf, 0.0, 7.9, 8.0) == [0.75, 0.75, 1.0]
    assert at(fire.below, 0.0, 8.0, 8.1) == [0.0, 0.75, 1.0]
    assert at(fire.quantile, 0.75, 0.75 + 2**-53, LAST) == [0.0, 8.0, 8.0]


def test_a_size_without_jumps_needs_no_second_function() -> None:
    share = event(0.5, laws.beta(1.0, 1.0))
    assert at(share.cdf, 0.0, 0.5) == [0.5, 0.75]
    assert at(share.below, 0.0, 0.5) == [0.0, 0.75]


def test_an_event_enters_the_central_run_at_its_mean() -> None:
    assert FLOOD.central() == FLOOD.mean() == 0.25 * 500
    assert (FLOOD.is_event, FLOOD.is_count, FLOOD.median, FLOOD.kinks) == (True, False, None, ())


@pytest.mark.parametrize(("probability", "support"), [(0.0, (0, 0)), (0.25, (0, 900)), (1.0, (100, 900))])
def test_what_an_event_can_reach(probability: float, support: tuple[float, float]) -> None:
    law = event(probability, uniform(100, 900))
    assert law.support == support
    assert at(law.quantile, 0.0, LAST) == close(0.0, support[1] if probability else 0.0)
    assert law.mean() == probability * 500


def test_an_event_of_probability_1_is_its_size() -> None:
    law = event(1.0, uniform(100, 900))
    assert at(law.quantile, 0.125, 0.5) == [200.0, 500.0]
    assert at(law.cdf, 99.0, 300.0) == [0.0, 0.25]


def test_a_number_rounded_to_the_end_gives_a_size_that_is_finite() -> None:
    """8.2095 standard deviations: where a normal law has all but 2^-53 of its probability below it."""
    assert at(event(1.0, laws.normal(0.0, 1.0)).quantile, 1.0) == pytest.approx([8.2095], abs=1e-4)
    assert at(event(0.5, laws.normal(0.0, 1.0)).quantile, 0.5 + 2**-53)[0] < -8


# A law cut to an interval


def test_a_cut_keeps_the_proportions_inside() -> None:
    law = truncated(uniform(0, 10), 2.0, 6.0)
    assert at(law.quantile, 0.0, 0.25, 0.5, 1.0) == close(2, 3, 4, 6)
    assert at(law.cdf, 1.9, 2.0, 3.0, 5.0, 6.0, 6.1) == close(0, 0, 0.25, 0.75, 1, 1)
    assert at(law.below, 1.9, 2.0, 3.0, 5.0, 6.0, 6.1) == close(0, 0, 0.25, 0.75, 1, 1)
    assert (law.quantile_at(0.25), law.central()) == close(3, 4)
    assert law.mean() == pytest.approx(4.0, rel=1e-13)
    assert (law.support, law.is_event, law.is_count) == ((2.0, 6.0), False, False)


def test_a_cut_beyond_the_ends_changes_nothing() -> None:
    law = truncated(laws.triangular(0.0, 1.0, 4.0), -5.0, 9.0)
    assert at(law.cdf, -0.1, 0.0, 0.5, 2.0, 4.0) == close(0, 0, 1 / 16, 1 - 4 / 12, 1)
    assert at(law.quantile, 1 / 16, 1 - 4 / 12) == close(0.5, 2)
    assert law.support == (0.0, 4.0)
    assert law.mean() == pytest.approx(5 / 3, rel=1e-13)


def test_a_cut_of_an_open_law() -> None:
    """Half of a normal law from its mean up to one standard deviation: 0.3413 of the whole."""
    inside = 0.3413447460685429
    law = truncated(laws.normal(0.0, 1.0), 0.0, 1.0)
    assert at(law.cdf, 0.0, 0.5, 1.0) == close(0, 0.1914624612740131 / inside, 1)
    density = (1 - math.exp(-0.5)) / math.sqrt(2 * math.pi)  # of the mean: the fall of the density from 0 to 1
    assert law.mean() == pytest.approx(density / inside, rel=1e-12)
    assert law.central() == pytest.approx(at(law.quantile, 0.5)[0], rel=1e-12)


def test_a_cut_open_to_the_left_starts_at_the_lowest_number() -> None:
    law = truncated(laws.normal(0.0, 1.0), -40.0, 0.0)
    assert at(law.cdf, -1.0, 0.0) == close(2 * 0.15865525393145707, 1)
    assert at(law.quantile, 0.0)[0] == pytest.approx(-37.0, abs=0.1)  # where 1e-300 of the probability lies below


def test_the_far_end_of_a_cut_is_drawn_from_the_law_and_not_from_its_limit() -> None:
    law = truncated(laws.normal(0.0, 1.0), 0.0, 1e6)
    assert at(law.quantile, LAST, 1.0) == pytest.approx([8.2095, 8.2095], abs=1e-4)


def test_a_cut_at_a_jump_keeps_the_whole_jump() -> None:
    law = truncated(laws.empirical([1, 2, 2, 4, 9]), 2.0, 4.0)
    assert at(law.cdf, 1.0, 1.9, 2.0, 3.0, 4.0, 9.0) == close(0, 0, 2 / 3, 2 / 3, 1, 1)
    assert at(law.below, 2.0, 2.1, 4.0, 4.1) == close(0, 2 / 3, 2 / 3, 1)
    assert at(law.quantile, 0.1, 0.6, 0.7, 0.9) == [2, 2, 4, 4]
    assert law.mean() == pytest.approx((2 + 2 + 4) / 3, rel=1e-13)
    assert law.kinks == ()  # both ends, and nothing between them


def test_a_cut_keeps_the_bends_inside_it() -> None:
    bent = laws.straight_lines((0.0, 0.2, 0.4, 0.6, 1.0), (0.0, 1.0, 4.0, 5.0, 9.0))
    assert truncated(bent, 0.5, 8.0).kinks == (1.0, 4.0, 5.0)
    assert truncated(bent, 1.0, 5.0).kinks == (4.0,)


def test_the_mean_of_a_cut_with_bends() -> None:
    """From 1 to 9 with 80 % of the whole: 20 % from 1 to 4, 20 % from 4 to 5, 40 % from 5 to 9."""
    bent = laws.straight_lines((0.0, 0.2, 0.4, 0.6, 1.0), (0.0, 1.0, 4.0, 5.0, 9.0))
    expected = (0.2 * 2.5 + 0.2 * 4.5 + 0.4 * 7) / 0.8
    assert truncated(bent, 1.0, 9.0).mean() == pytest.approx(expected, rel=1e-13)


HALVING = laws.negative_binomial(1.0, 1.0)  # 0, 1, 2 … with probability 1/2, 1/4, 1/8 …


def test_cut_counts_keep_both_ends_and_stay_counts() -> None:
    law = truncated(HALVING, 1.0, 3.0)  # 1, 2, 3 in the proportion 4 : 2 : 1
    assert at(law.cdf, 0.0, 1.0, 1.5, 2.0, 3.0) == close(0, 4 / 7, 4 / 7, 6 / 7, 1)
    assert at(law.below, 1.0, 1.5, 2.0, 3.0, 3.5) == close(0, 4 / 7, 4 / 7, 6 / 7, 1)
    assert at(law.quantile, 0.01, 0.57, 0.58, 0.85, 0.86, LAST) == [1, 1, 2, 2, 3, 3]
    assert law.central() == law.mean() == pytest.approx((1 * 4 + 2 * 2 + 3) / 7, rel=1e-13)
    assert (law.is_event, law.is_count) == (True, True)


@pytest.mark.parametrize(
    ("low", "high", "mean"),
    [
        (0.5, 3.5, (1 * 4 + 2 * 2 + 3) / 7),  # ends between two counts
        (-4.0, 1.0, 1 / 3),
        (2.0, 2.9, 2.0),
        (0.0, 60.0, 1.0),
    ],
)
def test_the_mean_of_cut_counts(low: float, high: float, mean: float) -> None:
    assert truncated(HALVING, low, high).mean() == pytest.approx(mean, rel=1e-12)


def test_a_cut_of_a_cut() -> None:
    law = truncated(truncated(HALVING, 1.0, 5.0), 2.0, 3.0)
    assert at(law.cdf, 1.0, 2.0, 3.0) == close(0, 2 / 3, 1)
    assert truncated(truncated(laws.beta(1.0, 1.0), 0.2, 0.8), 0.5, 0.9).mean() == pytest.approx(0.65, rel=1e-12)


# Shares that add to one


def gamma_one(u: float) -> float:
    """Quantile of a gamma law of shape 1, an exponential one."""
    return -math.log(1 - u)


def test_shares_are_gamma_numbers_over_their_sum() -> None:
    """Weights 1, 2 and 1 of 4 at a concentration of 4 have shapes 1, 2 and 1."""
    two = 3.0  # a gamma law of shape 2 reaches 1 - (1 + x) exp(-x)
    u = np.array([[[0.5, 1 - 4 * math.exp(-3), 0.9]]])
    parts = np.array([gamma_one(0.5), two, gamma_one(0.9)])
    shares = dirichlet_shares(np.array([[[1.0, 2.0, 1.0]]]), 4.0, u)
    np.testing.assert_allclose(shares, (parts / parts.sum())[None, None, :], rtol=1e-12)


def test_only_the_proportions_of_weights_count() -> None:
    u = np.array([[[0.3, 0.6], [0.9, 0.2]]])
    one = dirichlet_shares(np.array([[[0.25, 0.75]]]), 8.0, u)
    np.testing.assert_allclose(dirichlet_shares(np.array([[[10.0, 30.0]]]), 8.0, u), one, rtol=1e-14)
    assert one.shape == (1, 2, 2)
    np.testing.assert_allclose(one.sum(axis=-1), 1.0, rtol=1e-15)


def test_each_year_has_its_own_weights() -> None:
    weights = np.array([[[1.0, 1.0]], [[2.0, 0.0]]])
    shares = dirichlet_shares(weights, 2.0, np.full((2, 1, 2), 0.5))
    assert shares.tolist() == [[[0.5, 0.5]], [[1.0, 0.0]]]


def test_a_region_without_weight_has_no_share_whatever_is_drawn() -> None:
    u = np.array([[[1e-9, 0.999, 1e-9]]])
    shares = dirichlet_shares(np.array([[[1.0, 0.0, 1.0]]]), 2.0, u)
    assert shares.tolist() == [[[0.5, 0.0, 0.5]]]


def test_shares_stay_numbers_where_every_draw_is_smaller_than_any_double() -> None:
    shares = dirichlet_shares(np.array([[[1.0, 0.0, 1.0, 2.0]]]), 0.004, np.full((1, 1, 4), 1e-12))
    assert shares.tolist() == [[[pytest.approx(1 / 3), 0.0, pytest.approx(1 / 3), pytest.approx(1 / 3)]]]


@pytest.mark.parametrize(("concentration", "spread"), [(1.0, 3 / 16 / 2), (11.0, 3 / 16 / 12)])
def test_shares_spread_as_the_concentration_says(concentration: float, spread: float) -> None:
    """Variance w (1 - w) / (concentration + 1) with w = 1/4; 100 by 100 even numbers are good to a per cent."""
    even = (np.arange(100) + 0.5) / 100
    u = np.stack([each.ravel() for each in np.meshgrid(even, even)], axis=-1)[None]
    first = dirichlet_shares(np.array([[[1.0, 3.0]]]), concentration, u)[0, :, 0]
    assert first.mean() == pytest.approx(0.25, rel=0.01)
    assert first.var() == pytest.approx(spread, rel=0.02)
