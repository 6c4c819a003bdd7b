"""Two results held against each other draw by draw: the same draw of both is the same future."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from backlog_model.inputs import Array
from backlog_model.summary import Chance, Sampling, chance, draws_last, statistics

Direction = Literal["down", "up"]

POINTS = (0.05, 0.50, 0.95)
_ROUND_OFF = 1e-9


class Paired(NamedTuple):
    """What pairs of draws say; arrays (year, region), NaN where undefined.

    A chance counts a draw only where one result is better by more than round-off: `first_better`, `second_better` and
    `same` add up to 1.
    """

    first_mean: Array
    second_mean: Array
    mean: Array  # of the difference, second less first
    mc_error: Array  # standard error of that mean
    points: tuple[float, ...]
    quantiles: Array  # (point, year, region) of the difference
    first_better: Chance
    second_better: Chance
    same: Array  # share of draws that tie


def paired(
    first: Array,
    second: Array,
    sampling: Sampling,
    *,
    direction: Direction | None = None,
    points: Sequence[float] = POINTS,
) -> Paired:
    """Differences of paired draws, and the chance that one result is better.

    Parameters
    ----------
    first, second : (year, draw, region) results of the same draws
    sampling : how the draws were made
    direction : `down` where less is better, `up` where more is; without one, "better" only means larger
    points : probabilities of the quantiles of the difference

    Notes
    -----
    An undefined draw is worse than any number (a stock that never falls takes longest to clear), as in the quantiles of
    `summary`. Without a direction it cannot be judged. Means and quantiles of the difference are undefined where any
    draw is: of two undefined draws nobody knows the difference.

    Examples
    --------
    >>> houses = np.array([[[10.0], [20.0], [30.0], [40.0]]])
    >>> found = paired(houses, houses - [[[1.0], [1.0], [0.0], [0.0]]], Sampling(4, 1, "random"), direction="down")
    >>> found.mean, found.second_better.probability, found.same
    (array([[-0.5]]), array([[0.5]]), array([[0.5]]))
    """
    one, other = draws_last(first), draws_last(second)
    difference = statistics(second - first, sampling, points)
    larger, smaller = _larger(one, other, direction)
    better, worse = (smaller, larger) if direction == "down" else (larger, smaller)
    judged = _judged(one, other, direction)
    second_better, first_better = (_chance(met, judged, sampling) for met in (better, worse))
    return Paired(
        one.mean(axis=-1),
        other.mean(axis=-1),
        difference.mean,
        difference.mc_error,
        difference.points,
        np.where(np.isnan(difference.mean), np.nan, difference.quantiles),
        first_better,
        second_better,
        np.where(judged, (~(larger | smaller)).mean(axis=-1), np.nan),
    )


def _larger(
    first: Array, second: Array, direction: Direction | None
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Draws (year, region, draw) in which the second is larger, and in which it is smaller, beyond round-off."""
    slack = _ROUND_OFF * np.maximum(1.0, np.nan_to_num(np.maximum(np.abs(first), np.abs(second))))
    worst = -np.inf if direction == "up" else np.inf
    one, other = (np.where(np.isnan(values), worst, values) for values in (first, second))
    return other > one + slack, one > other + slack


def _judged(first: Array, second: Array, direction: Direction | None) -> npt.NDArray[np.bool_]:
    """(year, region) where there is anything to judge."""
    undefined = np.isnan(first), np.isnan(second)
    if direction is None:
        return np.asarray(~(undefined[0] | undefined[1]).any(axis=-1))
    return np.asarray(~(undefined[0].all(axis=-1) & undefined[1].all(axis=-1)))


def _chance(met: npt.NDArray[np.bool_], judged: npt.NDArray[np.bool_], sampling: Sampling) -> Chance:
    found = chance(met, sampling)
    return Chance(*(np.where(judged, values, np.nan) for values in found))


def ranks(values: Array) -> Array:
    """Place of each region in each year, 1 for the largest value; equal ones share a place, NaN has none.

    Parameters
    ----------
    values : (year, region)

    Examples
    --------
    >>> ranks(np.array([[10.0, 30.0, np.nan, 30.0]]))
    array([[ 3.,  1., nan,  1.]])
    """
    slack = _ROUND_OFF * np.maximum(1.0, np.abs(values))
    ahead = (values[:, None, :] > (values + slack)[:, :, None]).sum(axis=2)
    return np.where(np.isnan(values), np.nan, 1.0 + ahead)
