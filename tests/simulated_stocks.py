"""Histories of stocks whose inflow, effectiveness, completeness and noise are known, drawn from a prior."""

from typing import NamedTuple

import numpy as np

from backlog_model.history.calibration.handling import HandlingLaw
from backlog_model.history.calibration.posterior import Posterior, posteriors
from backlog_model.history.calibration.prior import Prior, Share
from backlog_model.history.calibration.stock_history import StockHistory

PRIOR = Prior(inflow=(5000, 1500), effectiveness=Share(16, 4), completeness=Share(18, 4), noise_sd=(800, 0.6))
WITH_ERROR = Prior(*(getattr(PRIOR, name) for name in PRIOR.__match_args__[:4]), measurement_sd=(500, 0.6))


class Truth(NamedTuple):
    """What was drawn, each (history,)."""

    inflow: np.ndarray
    effectiveness: np.ndarray
    completeness: np.ndarray
    ratio: np.ndarray
    noise_sd: np.ndarray
    measurement_sd: np.ndarray
    next_stock: np.ndarray


def truths(prior, histories, rng):
    """Numbers drawn from the prior; the next stock is still to come."""
    inflow = rng.normal(*prior.inflow, size=histories)
    effectiveness, completeness = rng.beta(*prior.effectiveness, histories), rng.beta(*prior.completeness, histories)
    noise = prior.noise_sd[0] * np.exp(prior.noise_sd[1] * rng.normal(size=histories))
    median, log_sd = prior.measurement_sd or (0.0, 1.0)
    error = median * np.exp(log_sd * rng.normal(size=histories))
    empty = np.full(histories, np.nan)
    return Truth(inflow, effectiveness, completeness, effectiveness / completeness, noise, error, empty)


def simulated(truth, points, rng, *, exit_rate=0.0, deviations=None, opening=150_000.0, gaps=True):
    """Histories year by year, some years unpublished, and the truth with the stock a year after the last date.

    The houses handled vary from year to year; of the last year 4,000 are reported.
    """
    histories = len(truth.inflow)
    spans = rng.choice([1, 2], size=(histories, points - 1), p=[0.8, 0.2] if gaps else [1.0, 0.0])
    years = 2000 + np.concatenate([np.zeros((histories, 1), int), spans.cumsum(axis=1)], axis=1)
    length = int(years.max()) - 2000 + 1
    chosen = np.repeat(rng.uniform(1000, 9000, size=(histories, points - 1)), 2, axis=1).reshape(histories, -1, 2)
    deviation = rng.normal if deviations is None else deviations
    shocks = deviation(size=(histories, length + 1))
    stock = np.full((histories, points), opening)
    following = np.empty(histories)
    for row in range(histories):
        rate = [chosen[row, place, 0] for place, span in enumerate(spans[row]) for _ in range(span)] + [4000.0]
        level, path = opening, [opening]
        for handled, shock in zip(rate, shocks[row], strict=False):
            coming = truth.inflow[row] - truth.ratio[row] * handled + truth.noise_sd[row] * shock
            level = (1 - exit_rate) * level + coming
            path.append(level)
        stock[row] = np.array(path)[years[row] - 2000]
        following[row] = path[-1]
    stock = stock + truth.measurement_sd[:, None] * rng.normal(size=stock.shape)
    following = following + truth.measurement_sd * rng.normal(size=histories)
    handled = chosen[:, :, 0] * spans
    return StockHistory(years.astype(float), stock, handled), truth._replace(next_stock=following)


def posteriors_of(history, prior, *, exit_rate, draws, at_a_time):
    """Posterior draws of simulated histories; blocks of histories have random numbers of their own."""
    law = HandlingLaw.of(prior.effectiveness, prior.completeness)
    parts = [
        posteriors(StockHistory(*(rows[place : place + at_a_time] for rows in history)), prior, law,
                   exit_rate=exit_rate, draws=draws, seed=place)
        for place in range(0, len(history[0]), at_a_time)
    ]  # fmt: skip
    return Posterior(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))
