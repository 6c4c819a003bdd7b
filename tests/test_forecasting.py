"""Forecasts of yearly series: what every method gives, what is refused, what a reader is told."""

import numpy as np
import pytest

from backlog_model.errors import DataError
from backlog_model.history.forecasting import METHODS, forecast, forecast_many
from backlog_model.history.forecasting.smoothing import ets
from backlog_model.history.forecasting.trends import damped_trend

GROWING = np.array([10.0, 12.0, 11.0, 15.0, 16.0, 19.0, 18.0, 22.0])
ALL = pytest.mark.parametrize("method", METHODS)


def test_naive_repeats_the_last_value():
    np.testing.assert_array_equal(forecast(GROWING, 3, method="naive").mean, [22.0, 22.0, 22.0])


def test_drift_adds_the_mean_yearly_change():
    np.testing.assert_allclose(forecast(GROWING, 2, method="drift").mean, [22.0 + 12.0 / 7.0, 22.0 + 24.0 / 7.0])


def test_combination_is_the_default_and_lies_half_way():
    halves = (forecast(GROWING, 4, method="drift").mean + forecast(GROWING, 4, method="theta").mean) / 2.0
    np.testing.assert_allclose(forecast(GROWING, 4).mean, halves)


@pytest.mark.parametrize(
    ("method", "years"), [("drift", 3), ("theta", 5), ("theta", 20), ("ets", 12), ("combination", 8)]
)
def test_line_goes_on(method, years):
    line = 100.0 - 3.0 * np.arange(years + 3)
    np.testing.assert_allclose(forecast(line[:years], 3, method=method).mean, line[years:], rtol=1e-3)


def test_damped_trend_goes_on_more_slowly():
    ahead = forecast(np.arange(1.0, 16.0), 6, method="damped_trend").mean
    steps = np.diff(np.append(15.0, ahead))
    assert np.all(steps > 0.0)
    assert np.all(np.diff(steps) < 0.0)


def test_damped_trend_gives_the_same_in_any_company():
    series = np.random.default_rng(3).normal(size=(300, 9)).cumsum(axis=1)
    np.testing.assert_allclose(damped_trend(series, 3)[-2:], damped_trend(series[-2:], 3))


def test_damped_trend_leans_to_the_weights_that_fit():
    steps = np.repeat([0.0, 10.0], 10)[None]  # a level that jumped: only a large weight follows at once
    assert damped_trend(steps, 1)[0, 0] > 9.0


def test_exponential_smoothing_takes_the_model_of_least_corrected_aic():
    trending = np.array([1.0, 2.3, 2.8, 4.1, 5.2, 5.8, 7.1, 8.2, 8.9, 10.1])
    noise = np.array([5.0, 5.3, 4.8, 5.1, 4.7, 5.2, 4.9, 5.1, 5.0, 4.8])
    ahead = ets(np.stack([trending, noise]), 3)
    assert np.all(np.diff(ahead[0]) > 0.8)
    np.testing.assert_allclose(ahead[1], ahead[1, 0])  # no trend


@ALL
@pytest.mark.parametrize("value", [0.0, 7.5, -1e15, 1e-9])
def test_constant_stays(method, value):
    found = forecast([value] * 6, 3, method=method)
    for row in (found.mean, found.lower[1], found.upper[1]):
        np.testing.assert_array_equal(row, [value] * 3)
    assert found.cautions == ("constant",)


@ALL
@pytest.mark.parametrize("years", [3, 4, 5, 6])
def test_few_years_give_wide_but_finite_limits(method, years):
    found = forecast(GROWING[:years], 5, method=method)
    assert np.all(np.isfinite(found.upper - found.lower))
    assert np.all(found.upper[1, 0] - found.lower[1, 0] > np.abs(np.diff(GROWING[:years])).max())
    assert ("few_points" in found.cautions) == (years <= 5)


def test_limits_come_in_the_order_asked_for():
    found = forecast(GROWING, 2, (0.9, 0.5))
    assert found.levels == (0.9, 0.5)
    assert np.all(found.upper[0] > found.upper[1])
    assert found.lower.shape == (2, 2)


def test_many_series_are_forecast_as_if_alone():
    series = [GROWING, GROWING[:5], GROWING[::-1], np.array([1.0, np.nan, 2.0, 5.0, 4.0, 4.0, 6.0, 9.0]), GROWING[2:7]]
    for alone, together in zip(series, forecast_many(series, 3), strict=True):
        expected = forecast(alone, 3)
        np.testing.assert_allclose(together.mean, expected.mean)
        np.testing.assert_allclose(together.upper, expected.upper)
        assert together.cautions == expected.cautions


def test_no_series_give_no_forecasts():
    assert forecast_many([], 3) == ()


def test_missing_years_at_the_ends_are_left_out():
    padded = [np.nan, *GROWING, np.nan, np.nan]
    np.testing.assert_array_equal(forecast(padded, 2).lower, forecast(GROWING, 2).lower)
    assert forecast(padded, 2).cautions == ()


def test_missing_years_inside_lie_on_a_line():
    found = forecast([1.0, 2.0, np.nan, np.nan, 8.0, 9.0], 2)
    np.testing.assert_allclose(found.mean, forecast([1.0, 2.0, 4.0, 6.0, 8.0, 9.0], 2).mean)
    assert found.cautions == ("few_points", "missing_years_filled")


def test_a_line_is_said_to_be_one():
    found = forecast(0.1 * np.arange(8), 3)
    assert found.cautions == ("exact_fit",)
    assert np.all(found.upper > found.mean)


def test_far_ahead_is_said_to_be_far():
    assert "long_horizon" in forecast(GROWING, 9).cautions
    assert "long_horizon" not in forecast(GROWING, 8).cautions
    assert "long_horizon" in forecast(np.arange(40.0) ** 2, 17).cautions


def test_arrays_cannot_be_written_to():
    with pytest.raises(ValueError, match="read-only"):
        forecast(GROWING, 2).mean[0] = 1.0


@pytest.mark.parametrize(
    ("values", "options", "message"),
    [
        ([1.0, 2.0], {}, "values: 2 known years show no trend and its spread; expected at least 3"),
        ([1.0, np.nan, 2.0], {}, "2 known years"),
        ([], {}, "0 known years"),
        ([1.0, np.inf, 2.0, 3.0], {}, "value 1 is inf; expected sizes up to 1e.100"),
        ([1.0, 2.0, -1e200], {}, "value 2 is -1e.200"),
        ([[1.0, 2.0, 3.0]], {}, "2 axes; expected one row"),
        (["1", "2", "3"], {}, "something other than numbers"),
        (GROWING, {"horizon": 0}, "horizon: 0 years ahead; expected 1 to 60"),
        (GROWING, {"horizon": 2.5}, "horizon: 2.5 years ahead"),
        (GROWING, {"levels": (0.8, 95)}, "levels: .*95.*; expected chances between 0 and 1"),
        (GROWING, {"levels": ()}, "levels: "),
        (GROWING, {"method": "thetta"}, "method: thetta; did you mean theta"),
        (GROWING, {"bounds": (5, 1)}, r"bounds: \(5, 1\) is no range"),
        (GROWING, {"bounds": "positive"}, "bounds: 'positive' is no range"),
        (GROWING, {"bounds": (0, 20)}, "values: value 7 is 22, out of its bounds; expected 0 to 20"),
    ],
)
def test_what_cannot_be_forecast_is_refused(values, options, message):
    with pytest.raises(DataError, match=message):
        forecast(values, **{"horizon": 2, **options})


def test_every_wrong_series_is_named():
    with pytest.raises(DataError, match=r"series 1: 1 known years.*\nseries 2: value 0 is inf"):
        forecast_many([GROWING, [1.0], [np.inf, 1.0, 2.0]], 2)
    with pytest.raises(DataError, match="series 1: value 2 is -1, out of its bounds; expected 0 to inf"):
        forecast_many([GROWING, [1.0, 2.0, -1.0]], 2, bounds="non_negative")
