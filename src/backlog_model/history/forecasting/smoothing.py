"""Exponential smoothing by statsmodels: one model after the other, each fitted by maximum likelihood."""

import warnings
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

MODELS: tuple[dict[str, Any], ...] = (
    {},
    {"trend": "add"},
    {"trend": "add", "damped_trend": True},
)
"""Error, and trend where there is one, additive: the kinds a yearly series with zeros or negative values can have."""


def ets(values: Array, horizon: int) -> Array:
    """Point forecasts of the exponential smoothing model of least corrected AIC, without season.

    Parameters
    ----------
    values : (series, year) finite values, oldest first, at least three years
    horizon : years ahead

    Returns
    -------
    (series, horizon)
    """
    return np.stack([_forecast(each, horizon) for each in values])


def _forecast(values: Array, horizon: int) -> Array:
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel

    first, scale = values[0], np.abs(values - values[0]).max()
    if scale == 0.0:
        return np.full(horizon, first)
    unit = (values - first) / scale
    best, least = np.full(horizon, unit[-1]), np.inf
    for model in MODELS:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            fit = ETSModel(unit, error="add", initialization_method="estimated", **model).fit(disp=False)
            criterion = _corrected_aic(fit, len(values))
            if criterion < least:
                best, least = np.asarray(fit.forecast(horizon), dtype=np.float64), criterion
    return np.asarray(first + scale * best)


def _corrected_aic(fit: Any, years: int) -> float:
    """AIC corrected for few years; infinite where there are too few for the model."""
    unknowns = len(fit.params) + 1  # the variance
    if years - unknowns - 1 <= 0 or not np.isfinite(fit.llf):
        return np.inf
    return float(-2.0 * fit.llf + 2.0 * unknowns * years / (years - unknowns - 1))
