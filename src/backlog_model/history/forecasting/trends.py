"""Plain forecasts of yearly series: the last value, the mean yearly change, a trend that dies away."""

from functools import lru_cache
from itertools import product

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

_LEVEL_WEIGHTS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.99)
_TREND_WEIGHTS = (0.0, 0.05, 0.1, 0.2, 0.4, 0.7, 1.0)  # of the weight of the level
_DAMPING = (0.8, 0.85, 0.9, 0.94, 0.98)
_USUAL_DAMPING = 0.9  # with too few years to fit it
_LEAST_YEARS = 6
_SAME_FIT = 1e-10  # sums of squares that differ by less, relative to the series, fit equally well
_OPENING = 2  # unknowns fitted by least squares: level and trend before the first year
_AT_A_TIME = 256  # series


def naive(values: Array, horizon: int) -> Array:
    """(series, horizon) the last value of each series, (series, year)."""
    return np.repeat(values[:, -1:], horizon, axis=1)


def drift(values: Array, horizon: int) -> Array:
    """(series, horizon) the last value carried on by the mean yearly change of each series, (series, year).

    Examples
    --------
    >>> drift(np.array([[1.0, 4.0, 3.0]]), 2)
    array([[4., 5.]])
    """
    change = (values[:, -1] - values[:, 0]) / (values.shape[1] - 1)
    return np.asarray(values[:, -1:] + change[:, None] * np.arange(1, horizon + 1))


def damped_trend(values: Array, horizon: int) -> Array:
    """Level and damped trend smoothed exponentially: mean over smoothing weights, by how well each fits.

    Opening level and trend are those of least squares. Each set of weights counts by its likelihood, errors normal with
    a variance that is not known; few years seldom tell one set from the next, and the single best errs more. With fewer
    than six years only the weight of the level is open.

    Parameters
    ----------
    values : (series, year) finite values, oldest first, at least three years
    horizon : years ahead

    Returns
    -------
    (series, horizon)
    """
    chunks = [values[start : start + _AT_A_TIME] for start in range(0, len(values), _AT_A_TIME)]
    return np.concatenate([_damped(chunk, horizon) for chunk in chunks])


def _damped(values: Array, horizon: int) -> Array:
    first = values[:, :1]
    centred = values - first
    scale = np.abs(centred).max(axis=1, keepdims=True)
    unit = centred / np.where(scale > 0.0, scale, 1.0)
    errors, states, damping = _smoothers(values.shape[1])
    squares = np.square(unit @ errors.transpose(0, 2, 1)).sum(axis=2) + _SAME_FIT
    likelihoods = (squares.min(axis=0) / squares) ** ((values.shape[1] - _OPENING) / 2.0)
    level, trend = np.moveaxis(states @ unit.T, 1, 0) * (likelihoods / likelihoods.sum(axis=0))
    reach = np.cumsum(damping[:, None] ** np.arange(1, horizon + 1), axis=1)
    return np.asarray(first + scale * (level.sum(axis=0)[:, None] + trend.T @ reach))


@lru_cache(maxsize=64)
def _smoothers(years: int) -> tuple[Array, Array, Array]:
    """What each set of weights makes of a series of that length: linear in its values, the opening fitted.

    Returns
    -------
    errors (set, year, year), closing level and trend (set, 2, year), damping (set,)
    """
    if years < _LEAST_YEARS:
        sets = np.array([(level, 0.0, _USUAL_DAMPING) for level in _LEVEL_WEIGHTS])
    else:
        sets = np.array(list(product(_LEVEL_WEIGHTS, _TREND_WEIGHTS, _DAMPING)))
    level_weight, share, damping = sets.T[:, :, None]
    basis = np.eye(years + 2)  # responses to each year, and to the opening level and trend
    level, trend = (np.tile(basis[years + place], (len(sets), 1)) for place in (0, 1))
    errors = np.empty((len(sets), years, years + 2))
    for year in range(years):
        expected = level + damping * trend
        errors[:, year] = basis[year] - expected
        level = expected + level_weight * errors[:, year]
        trend = damping * trend + level_weight * share * errors[:, year]
    opening = -np.linalg.pinv(errors[:, :, years:]) @ errors[:, :, :years]
    closing = np.stack([level, trend], axis=1)
    return (
        errors[:, :, :years] + errors[:, :, years:] @ opening,
        closing[:, :, :years] + closing[:, :, years:] @ opening,
        damping[:, 0],
    )
