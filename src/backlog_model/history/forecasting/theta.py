"""Dynamic optimised Theta model: exponential smoothing around a least-squares line that is fitted anew every year.

Fiorucci, Pellegrini, Louzada, Petropoulos and Koehler (2016), "Models for optimising the theta method and their
relationship to state space models", International Journal of Forecasting 32: the model DOTM, equations of its section
3. For a given smoothing weight its errors are linear in the opening level and in kappa = 1 - 1/theta, so these two are
solved exactly and only the weight is searched, for all series together.

The errors of the first three years do not count in the fit: the first has no forecast, and lines through one or two
years say nothing yet. That is the rule of statsforecast (Nixtla, theta.py); the authors' R package forecTheta leaves
out two. In short series fewer are left out, so that five count.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

LEAST_YEARS_FOR_LEVEL = 6
"""Years from which the opening level is fitted; with fewer, the first forecast is the first value."""

LEAST_YEARS_FOR_THETA = 5
"""Years from which theta is fitted; with fewer, theta is 2, the classical method."""

YEARS_NOT_COUNTED = 3
"""Years at the start of a series whose errors the fit does not look at."""

LEAST_ERRORS = 5
"""Errors that the fit looks at if the series is long enough; that of the first year, before any value, is never one."""

LEAST_WEIGHT, MOST_WEIGHT = 0.1, 0.99

_STANDARD_KAPPA = 0.5
_GRID = 46
_NARROWINGS = 24
_GOLDEN = (np.sqrt(5.0) - 1.0) / 2.0
_SAME_FIT = 1e-10  # sums of squares that differ by less, relative to the series, fit equally well
_NO_SPREAD = 1e-10  # share of its squares that is left of a pull when it is but a level


class _Lines(NamedTuple):
    """Least-squares line through the years up to each one: its value in year 0, its slope and the mean."""

    intercept: Array  # (series, year)
    slope: Array
    mean: Array


class _Fit(NamedTuple):
    """Of each weight, the least sum of squared errors, and the opening level and kappa that give it."""

    squares: Array  # (weight, series)
    level: Array
    kappa: Array


def theta(values: Array, horizon: int) -> Array:
    """Point forecasts of the dynamic optimised Theta model.

    Parameters
    ----------
    values : (series, year) finite values, oldest first, at least three years
    horizon : years ahead

    Returns
    -------
    (series, horizon)

    Examples
    --------
    >>> theta(np.array([[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]]), 2).round(2)
    array([[7.  , 7.99]])
    """
    first = values[:, :1]
    centred = values - first
    scale = np.abs(centred).max(axis=1, keepdims=True)
    unit = centred / np.where(scale > 0.0, scale, 1.0)
    return np.asarray(first + scale * _ahead(unit, *best_parameters(unit), horizon))


def best_parameters(values: Array) -> tuple[Array, Array, Array]:
    """Smoothing weight, opening level and kappa of least squared one-year errors, (series,) each.

    Parameters
    ----------
    values : (series, year) values that begin at 0 and have size 1
    """
    lines = _lines(values)
    grid = np.linspace(LEAST_WEIGHT, MOST_WEIGHT, _GRID)
    slack = _SAME_FIT * np.square(values).sum(axis=1)
    squares = _fit(values, lines, grid[:, None]).squares
    best = np.argmax(squares <= squares.min(axis=0) + slack, axis=0)
    low, high = grid[np.maximum(best - 1, 0)], grid[np.minimum(best + 1, _GRID - 1)]
    tried = np.stack([grid[best], _narrowed(values, lines, low, high)])
    fit = _fit(values, lines, tried)
    better = fit.squares[1] < fit.squares[0] - slack
    weight, level, kappa = (np.where(better, each[1], each[0]) for each in (tried, fit.level, fit.kappa))
    return weight, level, kappa


def _narrowed(values: Array, lines: _Lines, low: Array, high: Array) -> Array:
    """Weight of least squares between two weights, by golden section."""
    for _ in range(_NARROWINGS):
        step = _GOLDEN * (high - low)
        inner = np.stack([high - step, low + step])
        left, right = _fit(values, lines, inner).squares
        low, high = np.where(left <= right, low, inner[0]), np.where(left <= right, inner[1], high)
    return (low + high) / 2.0


def _lines(values: Array) -> _Lines:
    years = np.arange(1, values.shape[1] + 1, dtype=np.float64)
    mean = np.cumsum(values, axis=1) / years
    moment = np.cumsum(values * years, axis=1) - mean * np.cumsum(years)
    spread = years * (years**2 - 1.0) / 12.0
    slope = moment / np.where(years > 1.0, spread, 1.0)
    return _Lines(mean - slope * (years + 1.0) / 2.0, slope, mean)


def _pull(weight: Array, year: int, intercept: Array, slope: Array) -> Array:
    """What the line adds to the level for the year after `year`, before kappa."""
    kept = (1.0 - weight) ** year
    return np.asarray(kept * intercept + (1.0 - kept * (1.0 - weight)) / weight * slope)


def first_counted(years: int) -> int:
    """Place of the first year, from 0, whose error counts in a series of so many years.

    Examples
    --------
    >>> [first_counted(years) for years in (3, 6, 7, 8, 20)]
    [1, 1, 2, 3, 3]
    """
    return min(YEARS_NOT_COUNTED, max(1, years - LEAST_ERRORS))


def _fit(values: Array, lines: _Lines, weight: Array) -> _Fit:
    """Least squares over opening level and kappa for each of some weights.

    A weight near 1 leaves next to nothing of the opening level in the first year that counts. So what is fitted is its
    part in that year, which is well determined whatever the weight.

    Parameters
    ----------
    weight : (weight, series), or (weight, 1) for all series
    """
    level, errors, crossed, pulls, by_level, pull_by_level = np.zeros((6, len(weight), len(values)))
    share, levels = np.ones_like(weight), np.zeros_like(weight)  # of the opening level's part in the first counted year
    years = values.shape[1]
    counted = first_counted(years)
    for year in range(1, counted):
        level = level + weight * (values[:, year] - level)
    for year in range(counted, years):
        error = values[:, year] - level
        pull = _pull(weight, year, lines.intercept[:, year - 1], lines.slope[:, year - 1])
        errors += error * error
        crossed += error * pull
        pulls += pull * pull
        by_level += error * share
        pull_by_level += pull * share
        levels += share * share
        share = share * (1.0 - weight)
        level = level + weight * error
    if years < LEAST_YEARS_FOR_LEVEL:
        return _fit_of_kappa(errors, crossed, pulls, np.zeros_like(errors), years)
    free = _fit_of_kappa(
        errors - by_level**2 / levels,
        crossed - by_level * pull_by_level / levels,
        pulls - pull_by_level**2 / levels,
        pulls,
        years,
    )
    return free._replace(level=(by_level - free.kappa * pull_by_level) / levels / (1.0 - weight) ** counted)


def _fit_of_kappa(errors: Array, crossed: Array, pulls: Array, whole: Array, years: int) -> _Fit:
    """Fit of kappa, the opening level as it is or its part taken out of all sums; `whole` are the pulls before."""
    flat = pulls <= _NO_SPREAD * whole
    kappa = np.clip(np.where(flat, 0.0, crossed) / np.where(flat, 1.0, pulls), 0.0, 1.0)
    if years < LEAST_YEARS_FOR_THETA:
        kappa = np.full_like(kappa, _STANDARD_KAPPA)
    squares = errors - 2.0 * kappa * crossed + kappa**2 * pulls
    return _Fit(np.maximum(squares, 0.0), np.zeros_like(errors), kappa)


def _ahead(values: Array, weight: Array, level: Array, kappa: Array, horizon: int) -> Array:
    """Forecasts one after the other, each standing in for the year it forecasts."""
    lines, years = _lines(values), values.shape[1]
    for year in range(years):
        level = level + weight * (values[:, year] - level)
    intercept, slope, mean = lines.intercept[:, -1], lines.slope[:, -1], lines.mean[:, -1]
    forecasts = np.empty((len(values), horizon))
    for step in range(horizon):
        year = years + step + 1
        forecasts[:, step] = level + kappa * _pull(weight, year - 1, intercept, slope)
        level = level + weight * (forecasts[:, step] - level)
        slope = ((year - 2) * slope + 6.0 / year * (forecasts[:, step] - mean)) / (year + 1)
        mean = mean + (forecasts[:, step] - mean) / year
        intercept = mean - slope * (year + 1) / 2.0
    return forecasts
