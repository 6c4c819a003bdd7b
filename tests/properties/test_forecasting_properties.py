"""What holds for every yearly series: units and origins do not matter, limits stand around the forecast."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backlog_model.history.forecasting import METHODS, forecast, forecast_many

FAST = sorted(set(METHODS) - {"ets"})
VALUES = st.lists(st.integers(-10_000, 10_000), min_size=3, max_size=25).map(lambda values: np.array(values, float))
LIMITED = settings(deadline=None, max_examples=60)


def close(actual, expected, size):
    np.testing.assert_allclose(actual, expected, rtol=1e-6, atol=1e-6 * size)


@pytest.mark.parametrize("method", FAST)
@LIMITED
@given(values=VALUES, factor=st.sampled_from([-1e12, -3.0, 1e-9, 0.7, 1e15]))
def test_unit_does_not_matter(method, values, factor):
    found, scaled = forecast(values, 4, method=method), forecast(factor * values, 4, method=method)
    size = abs(factor) * np.abs(values).max()
    lower, upper = (found.lower, found.upper) if factor > 0 else (found.upper, found.lower)
    close(scaled.mean, factor * found.mean, size)
    close(scaled.lower, factor * lower, size)
    close(scaled.upper, factor * upper, size)


@pytest.mark.parametrize("method", FAST)
@LIMITED
@given(values=VALUES, shift=st.integers(-1_000_000, 1_000_000))
def test_origin_does_not_matter(method, values, shift):
    found, moved = forecast(values, 4, method=method), forecast(values + shift, 4, method=method)
    close(moved.mean, found.mean + shift, np.abs(values).max())
    close(moved.upper, found.upper + shift, np.abs(values).max())


@LIMITED
@given(values=VALUES, method=st.sampled_from(FAST), horizon=st.integers(1, 25))
def test_limits_stand_around_the_forecast_and_widen(values, method, horizon):
    found = forecast(values, horizon, (0.5, 0.8, 0.95, 0.995), method=method)
    assert np.all(np.isfinite(found.upper))
    assert np.all(np.diff([*found.lower[::-1], found.mean, *found.upper], axis=0) >= 0.0)
    assert np.all(np.diff(found.upper - found.mean, axis=1) >= -1e-9 * np.abs(found.upper).max())


@LIMITED
@given(values=VALUES, method=st.sampled_from(FAST), factor=st.sampled_from([1e-9, 3.0, 1e12]))
def test_bounds_hold_in_every_unit(values, method, factor):
    found = forecast(np.abs(values), 5, method=method, bounds="non_negative")
    scaled = forecast(factor * np.abs(values), 5, method=method, bounds=(0.0, np.inf))
    assert found.lower.min() >= 0.0
    close(scaled.upper, factor * found.upper, factor * found.upper.max())


@LIMITED
@given(values=VALUES, margin=st.integers(0, 50))
def test_nothing_leaves_a_range(values, margin):
    bounds = float(values.min() - margin), float(values.max() + margin + 1)
    found = forecast(values, 6, (0.5, 0.99), bounds=bounds)
    assert bounds[0] <= found.lower.min()
    assert found.upper.max() <= bounds[1]
    assert np.all((found.lower <= found.mean) & (found.mean <= found.upper))


@settings(deadline=None, max_examples=25)
@given(series=st.lists(VALUES, min_size=1, max_size=6), method=st.sampled_from(FAST))
def test_company_does_not_matter(series, method):
    for values, together in zip(series, forecast_many(series, 3, method=method), strict=True):
        alone = forecast(values, 3, method=method)
        close(together.mean, alone.mean, np.abs(values).max())
        close(together.lower, alone.lower, np.abs(values).max())
