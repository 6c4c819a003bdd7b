"""Probability laws made of other laws: a chance event, a law cut to an interval, shares that add to one."""

import math
from functools import partial

import numpy as np

from backlog_model.scenario.probability_laws import Array, Function, Law

Window = tuple[float, float, float, float]  # probability below it, probability inside it, its low and high end

_LAST_BELOW_ONE = 1 - 2.0**-53
_LOGITS = (-36.0, 36.0, 73)  # of the probabilities between which a mean is summed: to where a tail is below round-off


def event(probability: float, size: Law) -> Law:
    """Law of a chance event: `size` with this probability, otherwise nothing."""
    return Law(
        quantile=partial(_event_quantile, probability, size),
        cdf=partial(_event_cdf, probability, size, True),
        below=partial(_event_cdf, probability, size, False),
        mean=partial(_event_mean, probability, size),
        support=(0.0 if probability < 1 else size.support[0], size.support[1] if probability > 0 else 0.0),
        is_event=True,
    )


def _event_quantile(probability: float, size: Law, u: Array) -> Array:
    value = np.zeros_like(u)
    happens = u > 1 - probability
    within = (u[happens] - (1 - probability)) / max(probability, 1e-300)
    value[happens] = size.quantile(np.clip(within, 1e-300, _LAST_BELOW_ONE))
    return value


def _event_cdf(probability: float, size: Law, inclusive: bool, values: Array) -> Array:
    if inclusive:
        return np.where(values >= 0, 1 - probability, 0.0) + probability * size.cdf(values)
    return np.where(values > 0, 1 - probability, 0.0) + probability * (size.below or size.cdf)(values)


def _event_mean(probability: float, size: Law) -> float:
    return probability * size.mean()


def truncated(law: Law, low: float, high: float) -> Law:
    """Law of the value given that it lies from `low` to `high` (both included)."""
    low, high = max(low, law.support[0]), min(high, law.support[1])
    start, end = law.probability_below(low), law.probability_up_to(high)
    window = (start, end - start, low, high)
    return Law(
        quantile=partial(_truncated_quantile, law, window),
        cdf=partial(_truncated_cdf, law.cdf, window),
        below=partial(_truncated_below, law.below or law.cdf, window),
        quantile_one=partial(_truncated_quantile_one, law, window),
        mean=partial(_truncated_mean, law, window),
        support=(low, high),
        kinks=tuple(kink for kink in law.kinks if low < kink < high),
        is_event=law.is_event,
        is_count=law.is_count,
    )


def _truncated_quantile(law: Law, window: Window, u: Array) -> Array:
    start, inside, low, high = window
    return np.clip(law.quantile(np.clip(start + u * inside, 1e-300, _LAST_BELOW_ONE)), low, high)


def _truncated_quantile_one(law: Law, window: Window, probability: float) -> float:
    start, inside, low, high = window
    return min(max(law.quantile_at(start + probability * inside), low), high)


def _truncated_cdf(cdf: Function, window: Window, values: Array) -> Array:
    start, inside, low, high = window
    within = np.clip((cdf(np.clip(values, low, high)) - start) / inside, 0.0, 1.0)
    return np.where(values < low, 0.0, np.where(values >= high, 1.0, within))


def _truncated_below(below: Function, window: Window, values: Array) -> Array:
    start, inside, low, high = window
    within = np.clip((below(np.clip(values, low, high)) - start) / inside, 0.0, 1.0)
    return np.where(values <= low, 0.0, np.where(values > high, 1.0, within))


def _truncated_mean(law: Law, window: Window) -> float:
    """Mean of what lies inside: the median, less the area under the cdf below it, and that over the cdf above it.

    An end far away from all that is likely changes nothing: the area is summed between quantiles.
    """
    inside, low, high = window[1:]
    if law.weighted_cdf is not None:
        ends = law.weighted_cdf(np.array([math.ceil(low) - 2.0, math.floor(high) - 1.0]))
        return float(law.mean() * (ends[1] - ends[0]) / inside)
    probabilities = 1 / (1 + np.exp(-np.linspace(*_LOGITS)))
    between = _truncated_quantile(law, window, probabilities)
    middle = float(between[len(between) // 2])
    kinks = [kink for kink in law.kinks if low < kink < high]
    below, above = (np.unique([*ends, *between, *kinks]) for ends in ((low, middle), (middle, high)))
    conditional = partial(_truncated_cdf, law.cdf, window)
    return middle - _area(conditional, below[below <= middle]) + _area(_over(conditional), above[above >= middle])


def _over(cdf: Function) -> Function:
    return lambda values: 1 - cdf(values)


def _area(height: Function, edges: Array) -> float:
    """Area under a function that is smooth between the edges (Gauss-Legendre)."""
    places, weights = np.polynomial.legendre.leggauss(64)
    half, centre = np.diff(edges) / 2, (edges[1:] + edges[:-1]) / 2
    return float(np.sum(height(centre[:, None] + half[:, None] * places) * weights, axis=1) @ half)


def dirichlet_shares(weights: Array, concentration: float, u: Array) -> Array:
    """Shares that add to one, drawn around the shares of the weights (Dirichlet).

    Parameters
    ----------
    weights : (year or 1, 1, region) >= 0, not all 0
    concentration : above 0; a share w has variance w (1 - w) / (concentration + 1)
    u : (year or 1, draw, region) independent numbers in (0, 1)

    Returns
    -------
    (year or 1, draw, region) shares; 0 where the weight is 0

    Notes
    -----
    A Dirichlet vector is a vector of independent gamma numbers over their sum.
    """
    from scipy.special import gammaincinv

    shape = concentration * weights / weights.sum(axis=-1, keepdims=True)
    parts = np.where(shape > 0, np.asarray(gammaincinv(np.where(shape > 0, shape, 1.0), u), dtype=np.float64), 0.0)
    parts = np.maximum(parts, np.where(shape > 0, 1e-300, 0.0))
    return np.asarray(parts / parts.sum(axis=-1, keepdims=True))
