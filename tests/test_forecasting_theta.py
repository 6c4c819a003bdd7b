"""The dynamic optimised Theta model beside a plain implementation, its equations one year after the other."""

import numpy as np
import pytest
from scipy.optimize import minimize

from backlog_model.history.forecasting.theta import LEAST_WEIGHT, MOST_WEIGHT, _ahead, best_parameters, theta


def plain(values, weight, first, kappa, horizon=0):
    """One-year forecasts of a series that begins at 0, and of the years after it: Fiorucci et al. (2016), section 3."""
    values = list(values)
    level, mean, slope, intercept, known, expected = first, 0.0, 0.0, 0.0, len(values), []
    for year in range(1, known + horizon + 1):
        kept = (1.0 - weight) ** (year - 1)
        drawn = kept * intercept + (1.0 - (1.0 - weight) ** year) / weight * slope
        expected.append(level + kappa * drawn)
        if year > known:
            values.append(expected[-1])
        value = values[year - 1]
        level = weight * value + (1.0 - weight) * level
        slope = ((year - 2) * slope + 6.0 / year * (value - mean)) / (year + 1) if year > 1 else 0.0
        mean = ((year - 1) * mean + value) / year
        intercept = mean - (year + 1) / 2.0 * slope
    return np.array(expected)


def squares(parameters, values, counted):
    return np.square(values - plain(values, *parameters))[counted:].sum()


def made_up(years, seed):
    rng = np.random.default_rng(seed)
    values = np.cumsum(rng.normal(rng.normal(), 1.0, years)) + rng.normal(size=years)
    values -= values[0]
    return values / np.abs(values).max()


@pytest.mark.parametrize(("years", "counted"), [(5, 1), (6, 1), (7, 2), (8, 3), (13, 3)])
@pytest.mark.parametrize("seed", range(3))
def test_fit_is_the_best_that_can_be_found(years, counted, seed):
    values = made_up(years, seed)
    limits = [(LEAST_WEIGHT, MOST_WEIGHT), (0.0, 0.0) if years == 5 else (None, None), (0.0, 1.0)]
    starts = [(weight, 0.0, kappa) for weight in (0.15, 0.5, 0.9) for kappa in (0.2, 0.8)]
    fits = [minimize(squares, start, (values, counted), bounds=limits) for start in starts]
    found = [each[0] for each in best_parameters(values[None])]
    assert squares(found, values, counted) <= min(fit.fun for fit in fits) * (1.0 + 1e-6)


def test_opening_level_is_fitted_though_next_to_nothing_of_it_is_left():
    values = made_up(8, 0)
    weight, level, kappa = (each[0] for each in best_parameters(values[None]))
    assert weight == pytest.approx(MOST_WEIGHT)
    assert abs(values - plain(values, weight, level, kappa))[3] < 0.01


@pytest.mark.parametrize("years", [3, 5, 12, 40])
def test_forecasts_follow_the_equations(years):
    values = made_up(years, 7)
    ahead = plain(values, *(each[0] for each in best_parameters(values[None])), horizon=5)[years:]
    np.testing.assert_allclose(theta(50.0 + 8.0 * values[None], 5)[0], 50.0 + 8.0 * ahead)


@pytest.mark.parametrize("years", [3, 4, 5])
def test_with_few_years_the_first_forecast_is_the_first_value(years):
    weight, level, kappa = (each[0] for each in best_parameters(made_up(years, 1)[None]))
    assert plain(made_up(years, 1), weight, level, kappa)[1] == 0.0


@pytest.mark.parametrize("years", [3, 4])
def test_few_years_have_the_classical_theta(years):
    assert best_parameters(made_up(years, 2)[None])[2] == 0.5


def test_line_is_left_out_where_there_is_no_trend():
    values = np.array([0.0, 0.5, -1.0, 0.2, 0.8, -0.9, 0.1, 0.3, -0.6, 0.7, -0.4, -0.1])
    np.testing.assert_allclose(theta(values[None], 4)[0], theta(values[None], 4)[0, 0], atol=0.1)


def test_first_year_ahead_is_that_of_statsmodels_when_series_are_long():
    from statsmodels.tsa.forecasting.theta import ThetaModel

    values = made_up(80, 3)
    fit = ThetaModel(values, period=1, deseasonalize=False).fit()
    weight = np.array([fit.params["alpha"]])
    assert (1.0 - weight[0]) ** 80 < 1e-9
    expected = fit.forecast(1, theta=2).to_numpy()[0]
    np.testing.assert_allclose(_ahead(values[None], weight, np.zeros(1), np.array([0.5]), 1)[0, 0], expected, rtol=1e-6)
