"""Probability laws made of other laws: a chance event, a mixture, a law cut to an interval."""

import math
from collections.abc import Sequence
from functools import partial

import numpy as np

from backlog_model.scenario.probability_laws import Array, Function, Law

Pairs = tuple[tuple[float, Law], ...]  # weight and law
Window = tuple[float, float, float, float]  # probability below it, probability inside it, its low and high end

_LAST_BELOW_ONE = 1 - 2.0**-53
_MIXTURE_TOLERANCE = 1e-12
_MIXTURE_STEPS = 1100  # a bracket can shrink from 1e308 to the smallest double


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


def mixture(weights: Sequence[float], parts: Sequence[Law]) -> Law:
    """One of several laws, chosen with the given probabilities (they add to 1)."""
    pairs = tuple(zip(weights, parts, strict=True))
    supports = [part.support for part in parts]
    return Law(
        quantile=partial(_mixture_quantile, pairs),
        cdf=partial(_mixture_cdf, pairs),
        below=partial(_mixture_below, pairs),
        mean=partial(_mixture_mean, pairs),
        support=(min(low for low, _ in supports), max(high for _, high in supports)),
        kinks=tuple(kink for part in parts for kink in part.kinks),
        is_event=any(part.is_event for part in parts),
    )


def _mixture_cdf(pairs: Pairs, values: Array) -> Array:
    return _total([weight * part.cdf(values) for weight, part in pairs])


def _mixture_below(pairs: Pairs, values: Array) -> Array:
    return _total([weight * (part.below or part.cdf)(values) for weight, part in pairs])


def _total(terms: list[Array]) -> Array:
    total = np.zeros_like(terms[0])
    for term in terms:
        total += term
    return total


def _mixture_mean(pairs: Pairs) -> float:
    return sum(weight * part.mean() for weight, part in pairs)


def _mixture_quantile(pairs: Pairs, u: Array) -> Array:
    wanted = u.ravel()
    by_part = np.array([part.quantile(wanted) for _, part in pairs])
    low, high = by_part.min(axis=0), by_part.max(axis=0)
    high = np.where(_mixture_cdf(pairs, low) >= wanted, low, high)
    # Each number stops by its own bracket, so that the size of a block of draws never changes a value.
    for _ in range(_MIXTURE_STEPS):
        wide = np.flatnonzero(high - low > _MIXTURE_TOLERANCE * np.maximum(np.abs(low), np.abs(high)))
        if not wide.size:
            break
        middle = low[wide] + (high[wide] - low[wide]) / 2
        reached = _mixture_cdf(pairs, middle) >= wanted[wide]
        high[wide] = np.where(reached, middle, high[wide])
        low[wide] = np.where(reached, low[wide], middle)
    return np.reshape(high, u.shape)


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
    """Mean as the high end less the area under the conditional cdf."""
    low, high = window[2:]
    conditional = partial(_truncated_cdf, law.cdf, window)
    if law.is_count:
        first, last = math.ceil(low), math.floor(high)
        return last - float(np.sum(conditional(np.arange(first, last, dtype=np.float64))))
    places, weights = np.polynomial.legendre.leggauss(64)
    edges = np.unique([*np.linspace(low, high, 65), *(kink for kink in law.kinks if low < kink < high)])
    half, middle = np.diff(edges) / 2, (edges[1:] + edges[:-1]) / 2
    area = np.sum(conditional(middle[:, None] + half[:, None] * places) * weights, axis=1) @ half
    return high - float(area)
