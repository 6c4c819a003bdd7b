"""What many draws say: mean, quantiles and chances, each with its Monte Carlo error.

The error of a number is how much it would move if the run were made again with other random numbers. Under a design
(Latin hypercube, Sobol) draws are not independent, so it is read from the independent replicates of the run; without
one, from the draws themselves.
"""

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from backlog_model.quantities import ratio
from backlog_model.streams import Design, replicate_edges

Array = npt.NDArray[np.float64]

QUANTILES = (0.05, 0.10, 0.50, 0.90, 0.95)

_ROUND_OFF = 1e-9


class Sampling(NamedTuple):
    """How the draws of a run were made."""

    draws: int
    seed: int
    design: Design

    @property
    def edges(self) -> tuple[int, ...]:
        """First draw of each replicate, and the number of draws."""
        return replicate_edges(self.draws)


class Statistics(NamedTuple):
    """Summary of one variable over the draws; NaN where it is undefined.

    A quantile counts undefined draws as beyond every number (a stock that is never cleared takes longest); the mean is
    defined only where every draw is.
    """

    mean: Array  # (year, region)
    mc_error: Array  # (year, region) standard error of the mean
    points: tuple[float, ...]
    quantiles: Array  # (point, year, region)

    def at(self, point: float) -> Array:
        """(year, region) values at one of the points."""
        return np.asarray(self.quantiles[self.points.index(point)])


class Chance(NamedTuple):
    """Chance that something holds, and its standard error."""

    probability: Array
    mc_error: Array


def draws_last(values: Array) -> Array:
    """(year, region, draw) of values (year, draw, region), draws side by side in memory."""
    return np.ascontiguousarray(values.transpose(0, 2, 1))


def statistics(values: Array, sampling: Sampling, points: Sequence[float] = QUANTILES) -> Statistics:
    """Summary of the draws of a variable.

    Parameters
    ----------
    values : (year, draw, region)
    points : probabilities of the quantiles wanted
    """
    rows = draws_last(values)
    return Statistics(
        mean=rows.mean(axis=-1),
        mc_error=_mean_error(rows, sampling),
        points=tuple(points),
        quantiles=quantiles_of_sorted(np.sort(rows, axis=-1), points),
    )


def quantile_errors(values: Array, sampling: Sampling, points: Sequence[float] = QUANTILES) -> Array:
    """(point, year, region) standard errors of the quantiles of a variable.

    The error of a quantile is that of the chance of lying below it, over the density there (Woodruff 1952). Quantiles
    of single replicates would say too little: few draws have none far out.

    Parameters
    ----------
    values : (year, draw, region)
    points : probabilities of the quantiles
    """
    rows = draws_last(values)
    if sampling.draws < 2:
        return np.full((len(points), *rows.shape[:-1]), np.nan)
    ordered = np.sort(rows, axis=-1)
    found = quantiles_of_sorted(ordered, points)
    chances = [_below_error(rows, *each, sampling) for each in zip(found, points, strict=True)]
    spans = (error_span(point, error) for point, error in zip(points, chances, strict=True))
    slopes = [ratio(_at(ordered, high) - _at(ordered, low), high - low) for low, high in spans]
    return np.reshape(slopes, found.shape) * np.reshape(chances, found.shape)


def error_span(point: float, chance_error: Any) -> tuple[Array, Array]:
    """Probabilities two errors below and above a point, within 0 and 1: far enough apart to tell the density there."""
    reach = 2.0 * np.asarray(chance_error)
    return np.maximum(0.0, point - reach), np.minimum(1.0, point + reach)


def _below_error(rows: Array, quantile: Array, point: float, sampling: Sampling) -> Array:
    """(year, region) standard error of the share of draws up to a quantile."""
    if sampling.design == "random" or len(sampling.edges) < 3:
        return np.full(quantile.shape, np.sqrt(point * (1.0 - point) / sampling.draws))
    return chance(rows <= quantile[..., None], sampling).mc_error


def _at(ordered: Array, shares: Array) -> Array:
    """Values of sorted rows at a probability for each row."""
    places = shares[..., None] * (ordered.shape[-1] - 1)
    below = np.floor(places).astype(int)
    above = np.minimum(below + 1, ordered.shape[-1] - 1)
    low, high = (np.take_along_axis(ordered, place, axis=-1) for place in (below, above))
    return np.asarray(np.where(places > below, low + (places - below) * (high - low), low)[..., 0])


def quantiles_of_sorted(ordered: Array, points: Sequence[float]) -> Array:
    """(point, ...) quantiles along the last axis, straight between neighbours; NaN stands last and counts as infinite.

    Examples
    --------
    >>> quantiles_of_sorted(np.array([1.0, 2.0, 4.0]), (0.5, 0.75))
    array([2., 3.])
    """
    found = [_at(ordered, np.full(ordered.shape[:-1], point)) for point in points]
    return np.reshape(found, (len(found), *ordered.shape[:-1]))


def mean_error(sums: Array, sizes: Sequence[int]) -> Array:
    """Standard error of the mean from the sums of independent replicates.

    Parameters
    ----------
    sums : (..., replicate)
    sizes : draws of each replicate
    """
    means = sums / np.asarray(sizes, dtype=np.float64)
    return _spread(means)


def chance(met: npt.NDArray[np.bool_], sampling: Sampling) -> Chance:
    """Chance that something holds, over the last axis (draws)."""
    counts = np.add.reduceat(met, sampling.edges[:-1], axis=-1, dtype=np.float64)
    return chance_of_counts(counts, sampling)


def chance_of_counts(counts: Array, sampling: Sampling) -> Chance:
    """Chance from the number of draws in which something holds, by replicate on the last axis.

    No error is below one draw: a chance of 0 or 1 is not certain, and replicates that agree may all be a little off.
    """
    draws, sizes = sampling.draws, np.diff(sampling.edges)
    held = counts.sum(axis=-1)
    probability = held / draws
    smoothed = (held + 1.0) / (draws + 2.0)
    independent = np.sqrt(smoothed * (1.0 - smoothed) / draws)
    if sampling.design == "random" or len(sizes) < 2:
        return Chance(probability, independent)
    certain = (held == 0) | (held == draws)
    return Chance(probability, np.where(certain, independent, np.maximum(_spread(counts / sizes), 1.0 / draws)))


def _mean_error(rows: Array, sampling: Sampling) -> Array:
    edges = sampling.edges
    if sampling.draws < 2:
        return np.full(rows.shape[:-1], np.nan)
    if sampling.design == "random" or len(edges) < 3:
        return np.asarray(rows.std(axis=-1, ddof=1) / np.sqrt(sampling.draws))
    return mean_error(np.add.reduceat(rows, edges[:-1], axis=-1), np.diff(edges).tolist())


def _spread(estimates: Array) -> Array:
    """Standard error of the mean of independent estimates on the last axis; NaN for a single one."""
    if estimates.shape[-1] < 2:
        return np.full(estimates.shape[:-1], np.nan)
    return np.asarray(estimates.std(axis=-1, ddof=1) / np.sqrt(estimates.shape[-1]))


class Goal(NamedTuple):
    """A variable at most, or at least, a value."""

    variable: str
    part: str
    region: str
    operator: Literal["<=", ">="]
    value: float

    def is_met(self, values: Array) -> npt.NDArray[np.bool_]:
        """Where values meet it, up to round-off; an undefined value never does."""
        slack = _ROUND_OFF * max(1.0, abs(self.value))
        met = values <= self.value + slack if self.operator == "<=" else values >= self.value - slack
        return np.asarray(met, dtype=np.bool_)
