"""Probability laws at places where the answer can be worked out by hand: ends, steps, middles and means."""

import math
from collections.abc import Callable

import numpy as np
import pytest

from backlog_model.scenario import probability_laws as laws
from backlog_model.scenario.probability_laws import Array, Law

INF = math.inf
NEXT = 1 + 2**-52  # times a number: just above it


def at(function: Callable[[Array], Array] | None, *places: float) -> list[float]:
    """Values of a function of a law."""
    assert function is not None
    return [float(each) for each in function(np.array(places, dtype=np.float64))]


def close(*numbers: float) -> object:
    return pytest.approx(list(numbers), rel=1e-12, abs=0)


# Straight lines

# 10 % of the probability lies from 1 to 2, 40 % from 2 to 4, 30 % at 4 exactly, 20 % from 4 to 8.
BENT = laws.straight_lines((0.0, 0.1, 0.5, 0.8, 1.0), (1.0, 2.0, 4.0, 4.0, 8.0))


def test_straight_lines_are_read_between_their_points() -> None:
    assert at(BENT.quantile, 0.0, 0.05, 0.1, 0.3, 0.5, 0.65, 0.8, 0.9, 1.0) == close(1, 1.5, 2, 3, 4, 4, 4, 6, 8)


def test_probability_of_at_most_a_value_of_straight_lines() -> None:
    assert at(BENT.cdf, 0.9, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 8.1) == close(0, 0, 0.05, 0.1, 0.3, 0.8, 0.9, 1, 1)


def test_probability_of_less_than_a_value_of_straight_lines() -> None:
    assert at(BENT.below, 0.9, 1.0, 2.0, 4.0, 4 * NEXT, 8.0, 8.1) == close(0, 0, 0.1, 0.5, 0.8, 1, 1)


def test_mean_of_straight_lines_is_the_sum_of_the_middles() -> None:
    assert BENT.mean() == pytest.approx(0.1 * 1.5 + 0.4 * 3 + 0.3 * 4 + 0.2 * 6, rel=1e-14)


def test_the_rest_of_straight_lines() -> None:
    assert (BENT.median, BENT.support, BENT.kinks) == (4.0, (1.0, 8.0), (2.0, 4.0, 4.0))
    assert (BENT.is_event, BENT.is_count) == (False, False)


def test_small_numbers_are_told_apart_as_large_ones_are() -> None:
    small = laws.straight_lines((0.0, 0.5, 1.0), (0.002, 0.004, 0.012))
    assert at(small.cdf, 0.003, 0.004, 0.006) == close(0.25, 0.5, 0.625)
    assert small.median == 0.004


def test_points_with_probability_at_both_ends() -> None:
    law = laws.straight_lines((0.0, 0.25, 0.75, 1.0), (1.0, 1.0, 3.0, 3.0))
    assert at(law.below, 1.0, 2.0, 3.0) == [0.0, 0.5, 0.75]
    assert at(law.cdf, 1.0, 2.0, 3.0) == [0.25, 0.5, 1.0]
    assert at(law.cdf, 0.0, 4.0) == [0.0, 1.0]
    assert law.mean() == 0.25 * 1 + 0.5 * 2 + 0.25 * 3


def test_a_number_that_does_not_vary() -> None:
    law = laws.constant(0.35)
    assert at(law.quantile, 0.0, 0.3, 1.0) == [0.35, 0.35, 0.35]
    assert at(law.cdf, 0.34, 0.35, 0.36) == [0.0, 1.0, 1.0]
    assert at(law.below, 0.34, 0.35, 0.36) == [0.0, 0.0, 1.0]
    assert (law.mean(), law.central(), law.support, law.kinks) == (0.35, 0.35, (0.35, 0.35), ())


# Triangle


@pytest.mark.parametrize(
    ("law", "values", "reached"),
    [
        # from 0 to 4 with the mode at 1: x^2 / (4 * 1) up to it, 1 - (4 - x)^2 / (4 * 3) from it
        ((0, 1, 4), (-1, 0, 0.5, 1, 2, 4, 5), (0, 0, 0.25 / 4, 1 / 4, 1 - 4 / 12, 1, 1)),
        ((0, 3, 4), (-1, 0, 1, 3, 3.5, 4, 5), (0, 0, 1 / 12, 9 / 12, 1 - 0.25 / 4, 1, 1)),
        ((0, 0, 4), (-1, 0, 1, 3), (0, 0, 1 - 9 / 16, 1 - 1 / 16)),
        ((0, 4, 4), (1, 3, 4), (1 / 16, 9 / 16, 1)),
        ((-2, 0, 2), (-1, 0, 1), (1 / 8, 0.5, 7 / 8)),
        ((10, 12, 20), (11, 12, 16), (1 / 20, 0.2, 1 - 16 / 80)),
        ((0, 0.01, 0.04), (0.005, 0.01, 0.02), (0.25 / 4, 1 / 4, 1 - 4 / 12)),
        ((0, 0.03, 0.04), (0.01, 0.03, 0.035), (1 / 12, 9 / 12, 1 - 0.25 / 4)),
    ],
)
def test_a_triangle_reaches_what_its_area_says(
    law: tuple[float, float, float], values: tuple[float, ...], reached: tuple[float, ...]
) -> None:
    triangle = laws.triangular(*law)
    assert at(triangle.cdf, *values) == close(*reached)
    inside = [(x, u) for x, u in zip(values, reached, strict=True) if law[0] < x < law[2]]
    assert at(triangle.quantile, *(u for _, u in inside)) == close(*(x for x, _ in inside))
    assert at(triangle.quantile, 0.0, 1.0) == [law[0], law[2]]
    assert triangle.mean() == pytest.approx(sum(law) / 3, rel=1e-15)
    assert (triangle.support, triangle.kinks) == ((law[0], law[2]), (law[1],))


@pytest.mark.parametrize(
    ("law", "median"),
    [
        ((0, 1, 9), 9 - 6.0),  # (9 - 3)^2 = 36 is half of 9 * 8
        ((0, 8, 9), 6.0),  # 6^2 = 36 is half of 9 * 8
        ((10, 11, 19), 10 + 3.0),
        ((10, 18, 19), 10 + 6.0),
        ((1, 3, 5), 3.0),
        ((0, 0, 2), 2 - math.sqrt(2)),
        ((0, 2, 2), math.sqrt(2)),
    ],
)
def test_the_median_of_a_triangle_halves_its_area(law: tuple[float, float, float], median: float) -> None:
    triangle = laws.triangular(*law)
    assert triangle.median == pytest.approx(median, rel=1e-14)
    assert triangle.central() == triangle.median
    assert at(triangle.quantile, 0.5) == close(median)


# Normal and lognormal

SIGMAS = 1.2815515655446004  # 90 % of a normal law lie below this many standard deviations
WITHIN_ONE = 0.8413447460685429  # of a normal law, the share below one standard deviation


def test_a_normal_law_at_whole_standard_deviations() -> None:
    law = laws.normal(10.0, 2.0)
    expected = (1 - WITHIN_ONE, 0.5, WITHIN_ONE)
    assert at(law.cdf, 8.0, 10.0, 12.0) == close(*expected)
    assert at(law.quantile, 0.1, 0.5, 0.9) == close(10 - 2 * SIGMAS, 10, 10 + 2 * SIGMAS)
    assert [law.probability_up_to(each) for each in (8.0, 10.0, 12.0)] == close(*expected)
    assert [law.probability_below(each) for each in (8.0, 10.0, 12.0)] == close(*expected)
    assert [law.quantile_at(each) for each in (0.1, 0.5, 0.9)] == close(10 - 2 * SIGMAS, 10, 10 + 2 * SIGMAS)
    assert (law.mean(), law.median, law.central(), law.support) == (10.0, 10.0, 10.0, (-INF, INF))


def test_a_lognormal_law_is_a_median_times_a_factor() -> None:
    law = laws.lognormal(400.0, 0.5)
    points = [400 * math.exp(0.5 * each) for each in (-1, 0, 1)]
    expected = (1 - WITHIN_ONE, 0.5, WITHIN_ONE)
    tails = close(400 * math.exp(-0.5 * SIGMAS), 400, 400 * math.exp(0.5 * SIGMAS))
    assert at(law.cdf, *points) == close(*expected)
    assert [law.probability_up_to(each) for each in points] == close(*expected)
    assert at(law.quantile, 0.1, 0.5, 0.9) == tails
    assert [law.quantile_at(each) for each in (0.1, 0.5, 0.9)] == tails
    assert law.mean() == pytest.approx(400 * math.exp(0.125), rel=1e-15)
    assert (law.median, law.support) == (400.0, (0.0, INF))


def test_a_lognormal_law_of_small_numbers() -> None:
    law = laws.lognormal(0.004, 0.6)
    low = 0.004 * math.exp(-0.6)
    assert at(law.cdf, low, 0.004) == close(1 - WITHIN_ONE, 0.5)
    assert law.probability_up_to(low) == pytest.approx(1 - WITHIN_ONE, rel=1e-12)


def test_nothing_of_a_lognormal_law_lies_at_zero_or_below() -> None:
    law = laws.lognormal(1.0, 37.0)  # so wide that even 1e-300 is not far out
    assert at(law.cdf, -1.0, 0.0) == [0.0, 0.0]
    assert (law.probability_up_to(-1.0), law.probability_up_to(0.0), law.probability_below(0.0)) == (0.0, 0.0, 0.0)
    assert at(law.cdf, 1e-300)[0] > 0


# Beta


@pytest.mark.parametrize(
    ("a", "b", "values", "reached"),
    [
        (1, 1, (0.2, 0.5, 0.9), (0.2, 0.5, 0.9)),
        (2, 1, (0.2, 0.5, 0.9), (0.04, 0.25, 0.81)),
        (1, 3, (0.2, 0.5, 0.9), (1 - 0.8**3, 1 - 0.5**3, 1 - 0.1**3)),
        (2, 2, (0.25, 0.5), (3 / 16 - 2 / 64, 0.5)),  # 3 x^2 - 2 x^3
    ],
)
def test_a_beta_law_of_whole_numbers_is_a_polynomial(
    a: float, b: float, values: tuple[float, ...], reached: tuple[float, ...]
) -> None:
    law, wide = laws.beta(a, b), laws.beta(a, b, -10.0, 30.0)
    stretched = [-10 + 40 * each for each in values]
    assert at(law.cdf, -0.1, 0.0, *values, 1.0, 1.1) == close(0, 0, *reached, 1, 1)
    assert at(law.quantile, *reached) == close(*values)
    assert at(wide.cdf, -11.0, -10.0, *stretched, 30.0, 31.0) == close(0, 0, *reached, 1, 1)
    assert at(wide.quantile, *reached) == pytest.approx(stretched, rel=1e-12, abs=1e-13)
    assert (law.mean(), wide.mean()) == close(a / (a + b), -10 + 40 * a / (a + b))
    assert (law.support, wide.support, law.median) == ((0.0, 1.0), (-10.0, 30.0), None)
    assert law.central() == at(law.quantile, 0.5)[0]


def test_a_pert_law_has_four_parts_of_its_mode() -> None:
    law = laws.pert(10.0, 14.0, 18.0)  # a beta law of 3 and 3: x^3 (10 - 15 x + 6 x^2)
    assert at(law.cdf, 12.0, 14.0, 16.0) == close(0.103515625, 0.5, 1 - 0.103515625)
    assert law.mean() == pytest.approx((10 + 4 * 14 + 18) / 6, rel=1e-15)
    assert law.support == (10.0, 18.0)


@pytest.mark.parametrize(
    ("mode", "reached"),
    [
        (10, 1 - (3 / 4) ** 5),  # a beta law of 1 and 5
        (18, (1 / 4) ** 5),  # of 5 and 1
        (12, 1 - (3 / 4) ** 5 - 5 / 4 * (3 / 4) ** 4),  # of 2 and 4
    ],
)
def test_a_pert_law_with_its_mode_to_one_side(mode: float, reached: float) -> None:
    law = laws.pert(10.0, mode, 18.0)
    assert at(law.cdf, 12.0) == close(reached)
    assert at(law.quantile, reached) == close(12.0)
    assert law.mean() == pytest.approx((10 + 4 * mode + 18) / 6, rel=1e-15)


# Lists of values


def test_a_list_gives_each_value_the_same_probability() -> None:
    law = laws.empirical([7, 1, 3, 3, 9])
    assert at(law.quantile, 1e-9, 0.2, 0.2 * NEXT, 0.6, 0.61, 0.8, 0.81, 1.0) == [1, 1, 3, 3, 7, 7, 9, 9]
    assert at(law.cdf, 0.9, 1.0, 3.0, 6.9, 7.0, 9.0, 10.0) == [0.0, 0.2, 0.6, 0.6, 0.8, 1.0, 1.0]
    assert at(law.below, 0.9, 1.0, 3.0, 6.9, 7.0, 9.0, 10.0) == [0.0, 0.0, 0.2, 0.6, 0.6, 0.8, 1.0]
    assert (law.mean(), law.median, law.support, law.kinks) == (23 / 5, 3.0, (1.0, 9.0), (3.0, 3.0, 7.0))


@pytest.mark.parametrize(("values", "median"), [([5], 5.0), ([5, 6], 5.0), ([6, 5, 9], 6.0), ([4, 3, 2, 1], 2.0)])
def test_the_median_of_a_list_is_one_of_its_values(values: list[float], median: float) -> None:
    law = laws.empirical(values)
    assert law.central() == median
    assert at(law.quantile, 0.5) == [median]


# Counts


def geometric(count: float) -> float:
    """Of a law with mean 1 and dispersion 1, the probability of at most a count: each is half as likely as the last."""
    return float(1 - 0.5 ** (count + 1))


def test_counts_of_mean_1_and_dispersion_1_halve_each_time() -> None:
    law = laws.negative_binomial(1.0, 1.0)
    values = (-INF, -1, -0.1, 0, 0.9, 1, 2, 2.5, 10, INF)
    expected = [0, 0, 0, *map(geometric, (0, 0, 1, 2, 2, 10)), 1]
    assert at(law.cdf, *values) == pytest.approx(expected, rel=1e-14)
    below = [0, 0, 0, 0, *map(geometric, (0, 0, 1, 2, 9)), 1]
    assert at(law.below, *values) == pytest.approx(below, rel=1e-14)
    assert (law.mean(), law.central(), law.support) == (1.0, 1.0, (0.0, INF))
    assert (law.is_event, law.is_count, law.kinks, law.median) == (True, True, (), None)


def test_counts_with_another_dispersion() -> None:
    """Size 1 / 2: none with probability (size / (size + mean)) ^ size, one with `size * mean / (size + mean)` of it."""
    law = laws.negative_binomial(4.0, 2.0)
    none = math.sqrt(0.5 / 4.5)
    assert at(law.cdf, 0, 1) == close(none, none * (1 + 0.5 * 4 / 4.5))
    assert law.mean() == 4.0


def test_poisson_counts() -> None:
    law = laws.poisson(2.0)
    expected = [0, math.exp(-2), 3 * math.exp(-2), 3 * math.exp(-2), 5 * math.exp(-2), 1]
    assert at(law.cdf, -1, 0, 1, 1.9, 2, INF) == close(*expected)
    assert at(law.below, 0, 0.5, 1, 2, 2.5, 3) == close(0, *(each * math.exp(-2) for each in (1, 1, 3, 5, 5)))
    assert (law.mean(), law.is_event, law.is_count, law.support) == (2.0, True, True, (0.0, INF))


@pytest.mark.parametrize("law", [laws.negative_binomial(1.0, 1.0), laws.poisson(2.0)], ids=["halving", "poisson"])
def test_a_probability_reached_exactly_gives_its_own_count(law: Law) -> None:
    """A count each time its probability is met, and the next one just beyond: between the tails and far out in both."""
    counts = np.arange(0.0, 45.0)
    reached = law.cdf(counts)
    told_apart = np.concatenate([[True], np.diff(reached) > 1e-15])
    counts, reached = counts[told_apart], reached[told_apart]
    assert law.quantile(reached).tolist() == counts.tolist()
    assert [float(law.quantile(reached[[place]])[0]) for place in range(len(counts))] == counts.tolist()
    assert law.quantile(np.nextafter(reached[:-1], 2.0)).tolist() == (counts[:-1] + 1).tolist()


def test_the_smallest_count_is_0() -> None:
    assert at(laws.poisson(2.0).quantile, 1e-300, 0.1, 0.1353, 0.1354) == [0, 0, 0, 1]
    assert at(laws.poisson(0.001).quantile, 0.5, 0.999, 0.9991) == [0, 0, 1]


def test_one_number_asks_for_no_long_table() -> None:
    """A table of counts is no longer than the numbers looked up in it, or than 5,000."""
    sizes: list[int] = []
    known = laws.poisson(1e8)

    def counted(values: Array) -> Array:
        sizes.append(values.size)
        return known.cdf(values)

    assert at(lambda u: laws._smallest_count(counted, u), 0.5) == at(known.quantile, 0.5)
    assert max(sizes) == 2
    for wanted, lines in ((4, 5), (6_000, 5_000)):
        sizes.clear()
        laws._smallest_count(counted, np.linspace(0.4, 0.6, wanted))
        assert next(size for size in sizes if size > 2) == lines


def test_a_short_table_holds_every_count() -> None:
    """From 0 to 13, the first count that all but 1 in 10,000 do not pass when each is half as likely as the last."""
    asked: list[list[float]] = []

    def noted(values: Array) -> Array:
        asked.append(values.tolist())
        return laws.negative_binomial(1.0, 1.0).cdf(values)

    laws._smallest_count(noted, np.linspace(0.1, 0.9, 50))
    assert list(map(float, range(14))) in asked


# One number at a time


def test_one_number_is_as_good_as_an_array_of_them() -> None:
    assert [BENT.quantile_at(each) for each in (0.05, 0.65)] == close(1.5, 4)
    assert (BENT.probability_up_to(4.0), BENT.probability_below(4.0)) == close(0.8, 0.5)
    beta = laws.beta(2.0, 1.0)
    assert (beta.probability_up_to(0.5), beta.probability_below(0.5)) == (0.25, 0.25)
    counts = laws.negative_binomial(1.0, 1.0)
    assert (counts.probability_up_to(1), counts.probability_below(1), counts.quantile_at(0.75)) == close(0.75, 0.5, 1)


def test_a_law_has_few_words_unless_told_more() -> None:
    law = Law(quantile=np.sqrt, cdf=np.square, mean=lambda: 2 / 3, support=(0.0, 1.0))
    assert (law.median, law.below, law.kinks, law.is_event, law.is_count) == (None, None, (), False, False)
    assert law.central() == math.sqrt(0.5)
    assert (law.quantile_at(0.25), law.probability_up_to(0.5), law.probability_below(0.5)) == (0.5, 0.25, 0.25)
