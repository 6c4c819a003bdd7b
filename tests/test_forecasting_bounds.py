"""Forecasts of values that cannot leave their bounds."""

import math

import numpy as np
import pytest

from backlog_model.history.forecasting import METHODS, forecast
from backlog_model.history.forecasting.bounded_scales import BoundedScale, limits_of, scale_within

FALLING = np.array([40.0, 31.0, 22.0, 16.0, 9.0, 4.0, 1.0, 0.0])
SHARES = np.array([0.80, 0.86, 0.90, 0.93, 0.97, 0.99, 1.0])
RANGES = [(0.0, math.inf), (-5.0, math.inf), (-math.inf, 60.0), (0.0, 40.0)]


@pytest.mark.parametrize("limits", RANGES)
def test_scale_leads_there_and_back(limits):
    scale = scale_within(FALLING, limits)
    free = scale.forward(FALLING)
    assert np.all(np.diff(free) < 0.0)
    np.testing.assert_allclose(scale.back(free), FALLING, atol=1e-12)


@pytest.mark.parametrize("limits", RANGES)
def test_nothing_comes_back_from_beyond(limits):
    back = scale_within(FALLING, limits).back(np.array([-1e9, -30.0, 0.0, 30.0, 1e9]))
    assert back.min() >= limits[0]
    assert back.max() <= limits[1]
    assert np.all(np.diff(back) >= 0.0)


def test_scale_is_straight_far_from_its_bound():
    scale = BoundedScale(0.0, math.inf, bend=1.0)
    np.testing.assert_allclose(np.diff(scale.forward(np.array([20.0, 21.0, 25.0]))), [1.0, 4.0], rtol=1e-6)


def test_upper_bound_mirrors_a_lower_one():
    below = scale_within(FALLING, (-1.0, math.inf)).forward(FALLING)
    above = scale_within(-FALLING, (-math.inf, 1.0)).forward(-FALLING)
    np.testing.assert_allclose(above, -below)


def test_no_bounds_change_nothing():
    assert scale_within(FALLING, limits_of(None)).free
    np.testing.assert_array_equal(forecast(FALLING, 3, bounds=(-math.inf, math.inf)).mean, forecast(FALLING, 3).mean)


@pytest.mark.parametrize("method", METHODS)
def test_limits_stay_within(method):
    found = forecast(FALLING, 6, method=method, bounds="non_negative")
    assert found.lower.min() >= 0.0
    assert np.all(found.lower <= found.mean)
    assert np.all(found.upper > found.mean)
    assert forecast(FALLING, 6, method="drift").mean.max() < 0.0  # without them it would leave


def test_share_stays_a_share():
    found = forecast(SHARES, 10, (0.5, 0.99), bounds=(0, 1))
    assert found.upper.max() <= 1.0
    assert found.lower.min() >= 0.0
    assert np.all(found.lower[1] < found.mean)


def test_a_bound_far_away_matters_little():
    values = 1e6 + FALLING
    free, bounded = forecast(values, 3), forecast(values, 3, bounds="non_negative")
    np.testing.assert_allclose(bounded.mean - 1e6, free.mean - 1e6, rtol=0.25)


@pytest.mark.parametrize("value", [0.0, 3.0])
def test_constant_on_or_off_its_bound_stays(value):
    np.testing.assert_array_equal(forecast([value] * 5, 3, bounds="non_negative").upper, np.full((2, 3), value))
