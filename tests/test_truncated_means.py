"""Means of laws cut to an interval, wherever its ends lie; the central run of a chance event rests on them."""

import math

import numpy as np
import pytest
from scipy import stats

from backlog_model.scenario.distributions import DistributionError, parse_distribution

NORMAL = {"normal": {"mean": 5000.0, "sd": 1500.0}}
LOGNORMAL = {"lognormal": {"median": 5000.0, "sigma": 0.8}}
POISSON = {"poisson": {"mean": 7.0}}
NEGATIVE_BINOMIAL = {"negative_binomial": {"mean": 12.0, "dispersion": 0.5}}


@pytest.mark.parametrize("end", [1e5, 1e6, 1e9, 1e15, 1e300])
def test_a_far_end_changes_nothing(end: float) -> None:
    above_0 = stats.truncnorm(-5000 / 1500, np.inf, 5000, 1500).mean()
    assert parse_distribution({**NORMAL, "truncate": [0, end]}).mean() == pytest.approx(above_0, rel=1e-12)
    assert parse_distribution({**NORMAL, "truncate": [-end, end]}).mean() == pytest.approx(5000, rel=1e-12)
    event = {"event": {"probability": 0.1, "size": {**NORMAL, "truncate": [0, end]}}}
    assert parse_distribution(event).central() == pytest.approx(0.1 * above_0, rel=1e-12)


@pytest.mark.parametrize("end", [1e7, 1e12, 1e300])
def test_the_mean_of_a_skewed_law_with_a_far_end_is_its_own(end: float) -> None:
    mean = parse_distribution({**LOGNORMAL, "truncate": [0, end]}).mean()
    assert mean == pytest.approx(5000 * math.exp(0.8**2 / 2), rel=1e-10)


def test_near_ends_count() -> None:
    low, high = (3000 - 5000) / 1500, (5500 - 5000) / 1500
    expected = stats.truncnorm(low, high, 5000, 1500).mean()
    assert parse_distribution({**NORMAL, "truncate": [3000, 5500]}).mean() == pytest.approx(expected, rel=1e-12)
    # density 6 - x from 3 to 4: the area of x (6 - x) is 26 / 3, that of 6 - x is 5 / 2
    triangle = parse_distribution({"triangular": [3, 3, 6], "truncate": [3, 4]})
    assert triangle.mean() == pytest.approx(26 / 3 / (5 / 2), rel=1e-12)


def test_single_values_keep_their_weight() -> None:
    assert parse_distribution({"samples": [1, 2, 3, 9], "truncate": [2, 9]}).mean() == pytest.approx(14 / 3, rel=1e-12)
    # half of all values are 1; from 1 to 4 lie 0.2, evenly, of which 0.2 * 2 / 3 up to 3, 2 in the mean
    points = parse_distribution({"quantiles": {0.2: 1, 0.5: 1, 0.7: 4}, "truncate": [0, 3]})
    assert points.mean() == pytest.approx((0.5 * 1 + 0.4 / 3 * 2) / (0.5 + 0.4 / 3), rel=1e-12)


@pytest.mark.parametrize(("low", "high"), [(1, 1e13), (1, 3), (3.5, 9.2), (-1, 0.5), (6.5, 7.5), (0, 30)])
@pytest.mark.parametrize(
    ("kind", "known"), [(POISSON, stats.poisson(7)), (NEGATIVE_BINOMIAL, stats.nbinom(2, 2 / (2 + 12)))]
)
def test_counts_are_summed_one_by_one(kind: dict, known: object, low: float, high: float) -> None:
    counts = np.arange(math.ceil(low), min(math.floor(high), 400) + 1)
    chances = known.pmf(counts)  # type: ignore[attr-defined]
    mean = parse_distribution({**kind, "truncate": [low, high]}).central()
    assert mean == pytest.approx(float(counts @ chances / chances.sum()), rel=1e-10, abs=1e-12)


def test_many_counts_take_no_memory() -> None:
    wide = {"negative_binomial": {"mean": 1e9, "dispersion": 0.5}, "truncate": [0, 1e14]}
    assert parse_distribution(wide).central() == pytest.approx(1e9, rel=1e-9)


@pytest.mark.parametrize(
    ("kind", "offered"),
    [
        ({"normal": {"mean": 3, "sd": 10}}, (0, 40.19)),  # 3 + 10 * 3.719
        ({"lognormal": {"median": 0.001, "sigma": 5.0}}, (0, 119100.0)),  # 0.001 * exp(5 * 3.719)
    ],
)
def test_the_end_that_is_offered_can_be_written(kind: dict, offered: tuple[float, float]) -> None:
    limits = (0.0, 1000.0) if "lognormal" in kind else (0.0, math.inf)
    with pytest.raises(DistributionError, match=r"narrow it or add truncate: \[0, ") as refused:
        parse_distribution(kind, limits)
    high = min(offered[1], limits[1])
    assert str(refused.value).endswith(f"[0, {high:g}]")
    assert parse_distribution({**kind, "truncate": [0, high]}, limits).support == (0, high)


def test_counts_of_a_mixture_are_whole_in_its_tails() -> None:
    both = [{"weight": 0.5, "poisson": {"mean": 6000}}, {"weight": 0.5, "poisson": {"mean": 6010}}]
    found = parse_distribution({"mixture": both}).quantile(np.linspace(1e-6, 1e-4, 50))
    assert np.array_equal(found, np.rint(found))
    assert 5600 < found[0] < found[-1] < 5800
