"""Prediction intervals of short yearly series: how a series has moved, times learned factors.

With a handful of years no distribution of errors can be read from a series itself: residuals are too few and smaller
than the errors to come, and what goes wrong ahead is mostly the trend. So the distance of a limit is taken from what
happened, on many simulated series of the same length, to series that had moved alike. Its logarithm is linear in a few
measures of the past movement; coefficients by method, length and horizon come from a quantile regression (Koenker and
Bassett 1978, "Regression quantiles", Econometrica 46), distances at other levels from the distribution of its errors.
Limits above and below follow from the same numbers, measures of direction turned round, so that a series turned upside
down gets its limits turned upside down. `benchmarks/forecasting/learning.py` makes the numbers.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from backlog_model.history.forecasting.interval_factors import COEFFICIENTS, HORIZONS, LENGTHS, LEVELS, SHAPES

Array = npt.NDArray[np.float64]

RECENCY = 0.85  # weight of a year's movement over that of the year after it
UPSIDE_DOWN = np.array([1.0, 1.0, 1.0, 1.0, -1.0, -1.0, -1.0])
"""What becomes of each measure of `movement` when a series is turned upside down."""

_STILL = 0.05  # of the size of a movement: scatter below this counts as none


def distances(values: Array, points: Array, horizon: int, levels: Sequence[float], method: str) -> tuple[Array, Array]:
    """How far the limits lie below and above a forecast; never nearer for a longer horizon or a higher level.

    Parameters
    ----------
    values : (series, year) without missing years
    points : (series,) number of years that were given
    horizon : years ahead
    levels : chances that the limits shall hold a future value
    method : whose forecasts stand between them

    Returns
    -------
    below, above : (level, series, horizon) each
    """
    size, measures = movement(values, points)
    coefficients = _at_length(np.array(COEFFICIENTS[method]), points)
    shapes = _at_level(_at_length(np.log(SHAPES), points), levels)
    below, above = (
        _at_horizon(shapes + np.einsum("shk,sk->sh", coefficients, turned), horizon)
        for turned in (measures * UPSIDE_DOWN, measures)
    )
    return _widening(size, below), _widening(size, above)


def _widening(size: Array, logarithms: Array) -> Array:
    return np.asarray(np.maximum.accumulate(size[:, None] * np.exp(logarithms), axis=2))


def movement(values: Array, points: Array) -> tuple[Array, Array]:
    """Size of the yearly movements of series, and measures of their kind that do not depend on unit or origin.

    A year filled along a straight line adds no movement of its own: over a gap of k years the squares of k equal parts
    sum to what a random walk would show in one year.

    Parameters
    ----------
    values : (series, year)
    points : (series,) number of years that were given

    Returns
    -------
    size : (series,) root mean square of yearly changes
    measures : (series, 7) one; logarithm of the scatter around the mean change, in sizes; logarithm of the recent
        scatter over that of all years; correlation of each year's departure from the mean change with the next; mean
        change, in sizes; correlation of changes with time; departure of the last change, in sizes
    """
    changes = np.diff(values, axis=1)
    size = np.sqrt(np.square(changes).sum(axis=1) / (points - 1))
    unit = changes / np.where(size > 0.0, size, 1.0)[:, None]
    trend = unit.mean(axis=1)
    departures = unit - trend[:, None]
    squares = np.square(departures)
    years = changes.shape[1]
    scatter = np.sqrt(squares.sum(axis=1) / (points - 2))
    weights = RECENCY ** np.arange(years)[::-1]
    recent = np.sqrt(squares @ (weights / weights.sum()) * years / (points - 2))
    all_squares = squares.sum(axis=1) + _STILL**2
    together = (departures[:, 1:] * departures[:, :-1]).sum(axis=1) / all_squares
    time = np.linspace(-1.0, 1.0, years)
    bend = departures @ time / np.sqrt(all_squares * (time @ time))
    kinds = [np.log(scatter + _STILL), np.log((recent + _STILL) / (scatter + _STILL)), together]
    return size, np.stack([np.ones(len(values)), *kinds, trend, bend, departures[:, -1]], axis=1)


def _at_length(table: Array, points: Array) -> Array:
    """(series, ...) rows of a table by length, straight between the logarithms of lengths, flat beyond the longest."""
    place = np.interp(np.log(points), np.log(LENGTHS), np.arange(len(LENGTHS)))
    below = np.minimum(place.astype(int), len(LENGTHS) - 2)
    share = (place - below).reshape(-1, *[1] * (table.ndim - 1))
    return np.asarray(table[below] + share * (table[below + 1] - table[below]))


def _at_level(shapes: Array, levels: Sequence[float]) -> Array:
    """(level, series, horizon) logarithms: errors die away like a power beyond the levels known, evenly below them.

    Parameters
    ----------
    shapes : (series, horizon, level) logarithms of widths at the levels known
    """
    known = -np.log1p(-np.asarray(LEVELS))
    wanted = -np.log1p(-np.asarray(levels, dtype=np.float64))
    above = np.clip(np.searchsorted(known, wanted), 1, len(known) - 1)
    share = (wanted - known[above - 1]) / (known[above] - known[above - 1])
    inside = shapes[..., above - 1] + share * (shapes[..., above] - shapes[..., above - 1])
    low = shapes[..., :1] + np.log(np.asarray(levels) / LEVELS[0])
    return np.moveaxis(np.where(np.asarray(levels) < LEVELS[0], low, inside), -1, 0)


def _at_horizon(logarithms: Array, horizon: int) -> Array:
    """(level, series, horizon) straight between the logarithms of horizons, and on beyond the longest."""
    wanted, known = np.log(np.arange(1, horizon + 1)), np.log(HORIZONS)
    above = np.clip(np.searchsorted(known, wanted), 1, len(known) - 1)
    share = (wanted - known[above - 1]) / (known[above] - known[above - 1])
    return np.asarray(logarithms[..., above - 1] + share * (logarithms[..., above] - logarithms[..., above - 1]))
