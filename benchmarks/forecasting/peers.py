"""Forecasts of yearly series by statsmodels, each with its own prediction intervals."""

import warnings

import numpy as np
import pandas as pd
from statsmodels.tsa.arima.model import ARIMA
from statsmodels.tsa.exponential_smoothing.ets import ETSModel
from statsmodels.tsa.forecasting.theta import ThetaModel

from backlog_model.history.forecasting.smoothing import MODELS

ORDERS = tuple((p, 1, q) for p in range(3) for q in range(3) if p + q <= 2)
"""ARIMA on yearly changes with a constant (drift): the order of least corrected AIC, p + q at most 2."""


def corrected_aic(fit, years):
    """AIC for few years; infinite where there are too few for so many unknowns."""
    unknowns = len(fit.params)
    return fit.aic + 2 * unknowns * (unknowns + 1) / (years - unknowns - 1) if years > unknowns + 1 else np.inf


def best(fits, years):
    """Fit of least corrected AIC; the first one where years are too few for any."""
    return min(fits, key=lambda fit: corrected_aic(fit, years))


def ets(values, horizon, levels):
    fits = [
        ETSModel(values, error="add", initialization_method="estimated", **model).fit(disp=False) for model in MODELS
    ]
    found = best(fits, len(values)).get_prediction(start=len(values), end=len(values) + horizon - 1)
    return found.predicted_mean, [found.pred_int(1.0 - level).to_numpy().T for level in levels]


def arima(values, horizon, levels):
    fits = [ARIMA(values, order=order, trend="t").fit() for order in ORDERS]
    found = best(fits, len(values)).get_forecast(horizon)
    return found.predicted_mean, [found.conf_int(alpha=1.0 - level).to_numpy().T for level in levels]


def theta(values, horizon, levels):
    fit = ThetaModel(values, period=1, deseasonalize=False).fit(use_mle=False, disp=False)
    limits = [fit.prediction_intervals(horizon, alpha=1.0 - level).to_numpy().T for level in levels]
    return fit.forecast(horizon).to_numpy(), limits


PEERS = {"statsmodels ETS": ets, "statsmodels Theta": theta, "statsmodels ARIMA": arima}


def forecasts(peer, pasts, horizon, levels):
    """Means (series, horizon), lower and upper limits (level, series, horizon) of one peer."""
    means, limits = [], []
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        for past in pasts:
            scale = np.abs(past).max()
            mean, limit = PEERS[peer](pd.Series(past / scale), horizon, levels)
            means.append(np.asarray(mean) * scale)
            limits.append(np.asarray(limit) * scale)
    lower, upper = np.array(limits).transpose(2, 1, 0, 3)
    return np.array(means), lower, upper
