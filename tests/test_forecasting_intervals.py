"""Prediction intervals: how often they hold, how they grow, what makes them wide."""

import numpy as np
import pytest

from backlog_model.history.forecasting import METHODS, forecast, forecast_many
from backlog_model.history.forecasting.interval_factors import COEFFICIENTS, HORIZONS, LENGTHS, LEVELS, SHAPES
from backlog_model.history.forecasting.intervals import UPSIDE_DOWN, distances, movement

SERIES = 1_500
AHEAD = 6
UNSTEADY = np.array([3.0, 5.0, 4.0, 9.0, 8.0, 12.0, 18.0, 15.0, 21.0, 20.0])


def walks(years, seed):
    """Random walks with a drift of one: none of the series on which factors were learned."""
    return np.random.default_rng([seed, years]).normal(1.0, 1.0, (SERIES, years)).cumsum(axis=1)


def growth(years, seed):
    """Series that grow by 5 % a year, give or take 5 %."""
    return np.exp(0.05 * walks(years, seed))


def share_held(values, years, level, method="combination"):
    found = forecast_many(list(values[:, :years]), AHEAD, (level,), method=method)
    inside = [
        (each.lower[0] <= row) & (row <= each.upper[0]) for each, row in zip(found, values[:, years:], strict=True)
    ]
    return np.mean(inside)


@pytest.mark.parametrize("years", [3, 4, 6, 12, 30])
def test_limits_hold_somewhat_more_often_than_they_say_for_plain_walks(years):
    values = walks(years + AHEAD, 1)
    assert 0.94 < share_held(values, years, 0.95) < 0.995
    assert 0.80 < share_held(values, years, 0.80) < 0.89


@pytest.mark.parametrize("years", [3, 6, 12])
def test_limits_hold_for_growth_by_percentages_that_no_line_follows(years):
    values = growth(years + AHEAD, 1)
    assert 0.92 < share_held(values, years, 0.95) < 0.98
    assert 0.70 < share_held(values, years, 0.80) < 0.85


@pytest.mark.parametrize("method", ["naive", "drift", "damped_trend", "theta"])
def test_limits_of_every_method_hold(method):
    values = walks(14 + AHEAD, 2)
    assert 0.94 < share_held(values, 14, 0.95, method) < 0.995


def test_limits_turn_upside_down_with_the_series():
    found, turned = forecast(UNSTEADY, 5), forecast(-UNSTEADY, 5)
    np.testing.assert_allclose(turned.upper, -found.lower)
    np.testing.assert_allclose(turned.lower, -found.upper)
    assert not np.allclose(found.upper - found.mean, found.mean - found.lower)


@pytest.mark.parametrize("years", [3, 8, 25, 80])
def test_limits_widen_with_horizon_and_level(years):
    values = walks(years, 3)[:50]
    levels = (0.01, 0.2, 0.3, 0.6, 0.8, 0.95, 0.97, 0.99, 0.999)
    for side in distances(values, np.full(50, years), 30, levels, "combination"):
        assert np.all(np.diff(side, axis=0) > 0.0)
        assert np.all(np.diff(side, axis=2) >= 0.0)


def test_learned_points_are_met():
    values, place, step = walks(15, 4)[:5], LENGTHS.index(15), HORIZONS.index(4)
    _, above = distances(values, np.full(5, 15), 4, LEVELS, "drift")
    size, measures = movement(values, np.full(5, 15))
    reference = size * np.exp(measures @ np.array(COEFFICIENTS["drift"][place][step]))
    np.testing.assert_allclose(above[:, :, 3], np.outer(SHAPES[place][step], reference))


def test_lengths_and_horizons_between_lie_between():
    values = walks(15, 5)[:20]
    above = {points: distances(values, np.full(20, points), 4, (0.9,), "theta")[1][0] for points in (10, 12, 15)}
    low, high = np.minimum(above[10], above[15]), np.maximum(above[10], above[15])
    assert np.all((low * 0.97 < above[12]) & (above[12] < high * 1.03))
    np.testing.assert_array_less(above[15][:, 1], above[15][:, 2])


def test_movement_of_a_series_by_hand():
    values = np.array([[0.0, 2.0, 3.0, 6.0]])  # changes 2, 1, 3: mean 2, departures 0, -1, 1
    size, measures = movement(values, np.array([4]))
    np.testing.assert_allclose(size, np.sqrt(14.0 / 3.0))
    scatter = 1.0 / size[0]
    recent = np.sqrt((1.0 + 0.85) / (1.0 + 0.85 + 0.85**2) * 3.0 / 2.0) / size[0]
    squares = 2.0 / size[0] ** 2
    together = -1.0 / size[0] ** 2 / (squares + 0.05**2)
    bend = (1.0 / size[0]) / np.sqrt((squares + 0.05**2) * 2.0)
    expected = [1.0, np.log(scatter + 0.05), np.log((recent + 0.05) / (scatter + 0.05)), together]
    np.testing.assert_allclose(measures[0], [*expected, 2.0 / size[0], bend, 1.0 / size[0]])


def test_measures_of_direction_are_those_that_turn():
    values = walks(12, 6)[:30]
    _, measures = movement(values, np.full(30, 12))
    np.testing.assert_allclose(movement(-values, np.full(30, 12))[1], measures * UPSIDE_DOWN)


def test_filled_gap_moves_like_one_year_of_a_walk():
    size, _ = movement(np.array([[0.0, 1.0, 2.0, 3.0, 4.0, 7.0]]), np.array([3]))  # known: 0, 4 and 7
    np.testing.assert_allclose(size, np.sqrt((4.0 + 9.0) / 2.0))


def test_unsettled_recent_years_widen_the_limits():
    calm, wild = np.tile([1.0, 1.2], 6), np.tile([-2.0, 4.0], 6)
    early, late = (np.cumsum(np.concatenate(parts)) for parts in ([wild, calm], [calm, wild]))
    width = {
        name: np.ptp([forecast(row, 3).lower, forecast(row, 3).upper])
        for name, row in zip("el", (early, late), strict=True)
    }
    assert width["l"] > 1.3 * width["e"]


def test_table_is_whole_and_rises_with_the_level():
    assert np.shape(SHAPES) == (len(LENGTHS), len(HORIZONS), len(LEVELS))
    assert np.all(np.diff(SHAPES, axis=2) > 0.0)
    for method in METHODS:
        assert np.shape(COEFFICIENTS[method]) == (len(LENGTHS), len(HORIZONS), len(UPSIDE_DOWN))
