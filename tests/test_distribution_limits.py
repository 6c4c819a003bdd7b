"""What a planner may write for an uncertain value, up to the very limit, and what the numbers then mean."""

import math
from collections.abc import Mapping

import numpy as np
import pytest

from backlog_model.scenario.distribution_numbers import DistributionError
from backlog_model.scenario.distributions import Distribution, parse_distribution

INF = math.inf
Written = Mapping[str, object]
Limits = tuple[float, float]


def values(distribution: Distribution, *probabilities: float) -> list[float]:
    return [float(each) for each in distribution.quantile(np.array(probabilities))]


def close(*expected: float) -> object:
    return pytest.approx(list(expected), rel=1e-12, abs=1e-15)


# Range: 45 % of the probability on either side of the middle, 5 % at the same slope beyond


@pytest.mark.parametrize(
    ("written", "limits", "ends", "bends"),
    [
        ([10, 19, 37], (-INF, INF), (9, 39), (10, 19, 37)),
        ([10, 19, 37], (9, 39), (9, 39), (10, 19, 37)),
        ([10, 19, 37], (9.5, INF), (9.5, 39), (9.5, 10, 19, 37)),
        ([10, 19, 37], (-INF, 38), (9, 38), (10, 19, 37, 38)),
        ([10, 19, 37], (10, 37), (10, 37), (10, 10, 19, 37, 37)),
        ([19, 19, 37], (-INF, INF), (19, 39), (19, 19, 37)),
    ],
)
def test_ends_and_bends_of_a_range(
    written: list[float], limits: Limits, ends: Limits, bends: tuple[float, ...]
) -> None:
    read = parse_distribution({"range": written}, limits)
    assert (read.support, read.law.support, read.law.kinks) == (ends, ends, bends)
    assert read.central() == 19
    assert values(read, 0.05, 0.275, 0.5, 0.725, 0.95) == close(written[0], (written[0] + 19) / 2, 19, 28, 37)


def test_a_range_keeps_its_slopes_in_both_tails() -> None:
    read = parse_distribution({"range": [10, 19, 37]})  # 9 in 45 % below the middle, 18 in 45 % above it
    assert values(read, 0.01, 0.025, 0.975, 0.99) == close(9.2, 9.5, 38, 38.6)
    assert read.mean() == pytest.approx(0.05 * (9.5 + 38) + 0.45 * (14.5 + 28), rel=1e-14)


def test_what_a_range_loses_at_a_limit_lies_at_the_limit() -> None:
    """A slope of 40 below the middle, 80 above it: 9.5 is met at 0.05 - 0.5 / 40, 66 at 0.95 + 2 / 80."""
    read = parse_distribution({"range": [10, 28, 64]}, (9.5, 66.0))
    assert values(read, 0.02, 0.0375, 0.045, 0.97, 0.975, 0.99) == close(9.5, 9.5, 9.8, 65.6, 66, 66)
    assert [float(each) for each in read.cdf(np.array([9.4, 9.5, 10, 65, 66]))] == close(0, 0.0375, 0.05, 0.9625, 1)


# Values cut off by the limits of a field: at most 1 in 1000 of an open tail

EVEN: Written = {"beta": {"a": 1, "b": 1}}  # all from 0 to 1 alike


@pytest.mark.parametrize("limits", [(0.001, 1.0), (0.0, 0.9991), (0.0004, 0.9995), (0.0, 1.0), (-1.0, 2.0)])
def test_one_value_in_a_thousand_may_lie_outside(limits: Limits) -> None:
    read = parse_distribution(EVEN, limits)
    assert read.support == (max(limits[0], 0.0), min(limits[1], 1.0))
    assert values(read, 1e-9, 1 - 1e-9) == pytest.approx(list(read.support), abs=2e-9)
    assert read.mean() == 0.5


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        ((0.002, 1.0), r"^0.20% of the values lie outside 0.002 to 1; narrow it or add truncate: \[0.002, 1\]$"),
        ((0.0, 0.9), r"^10.00% of the values lie outside 0 to 0.9; narrow it or add truncate: \[0, 0.9\]$"),
        ((0.0008, 0.9996), r"^0.12% of the values lie outside"),
        ((-3.0, 0.75), r"^25.00% of the values lie outside -3 to 0.75; narrow it or add truncate: \[0, 0.75\]$"),
        ((0.25, 3.0), r"^25.00% of the values lie outside 0.25 to 3; narrow it or add truncate: \[0.25, 1\]$"),
    ],
)
def test_more_of_them_may_not(limits: Limits, message: str) -> None:
    with pytest.raises(DistributionError, match=message) as caught:
        parse_distribution(EVEN, limits)
    assert caught.value.at == ("beta",)


def test_what_was_cut_on_purpose_may_be_anything() -> None:
    read = parse_distribution({**EVEN, "truncate": [0.25, 0.75]}, (0.25, 0.8))
    assert (read.support, read.central()) == ((0.25, 0.75), 0.5)
    with pytest.raises(DistributionError, match=r"^40.00% of the values lie outside 0.45 to 0.8"):
        parse_distribution({**EVEN, "truncate": [0.25, 0.75]}, (0.45, 0.8))


def test_a_jump_at_a_limit_is_inside() -> None:
    """Counts: 1/2 at 0, 1/4 at 1, 1/8 at 2 and so on; from 10 on there are 1 in 1024, from 9 on 1 in 512."""
    halving = {"negative_binomial": {"mean": 1, "dispersion": 1}}
    assert parse_distribution(halving, (0.0, 9.0)).support == (0.0, 9.0)
    with pytest.raises(DistributionError, match=r"^0.20% of the values lie outside 0 to 8"):
        parse_distribution(halving, (0.0, 8.0))


def test_parts_are_checked_one_by_one() -> None:
    """The whole loses 0.8 in 1000, one part of it 1.6 in 1000."""
    written = {"mixture": [{"weight": 0.5, **EVEN}, {"weight": 0.5, "uniform": [0.1, 0.2]}]}
    with pytest.raises(DistributionError, match=r"^0.16% of the values lie outside") as caught:
        parse_distribution(written, (0.0016, 1.0))
    assert caught.value.at == ("mixture", 0, "beta")


def test_values_are_brought_back_to_the_limits() -> None:
    normal = parse_distribution({"normal": {"mean": 3.5, "sd": 1}}, (0.0, 10.0))  # 0.02 % lie below 0
    assert values(normal, 1e-9, 0.5, 1 - 1e-15)[:2] == [0.0, 3.5]
    assert normal.support == (0.0, 10.0)
    skewed = Distribution("event", parse_distribution({"event": {"probability": 0.5, "size": 8}}).law, (5.0, 6.0))
    assert (skewed.central(), skewed.support, skewed.mean(), skewed.is_event) == (5.0, (5.0, 6.0), 4.0, True)
    low = Distribution("event", skewed.law, (0.0, 3.0))
    assert (low.central(), low.support) == (3.0, (0.0, 3.0))
