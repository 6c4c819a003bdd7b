"""Regret: how much worse an option turns out than the best one would have, in each of many futures.

Options are judged in the same futures. Nothing here knows what an option or a loss is (Savage 1951, The theory of
statistical decision; satisficing: Simon 1956, Rational choice and the structure of the environment).
"""

from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from backlog_model.errors import DataError, Problem
from backlog_model.inputs import Array
from backlog_model.summary import Sampling, statistics
from backlog_model.translation import Text

LEVEL = 0.9
"""Chance that an interval covers what it is about."""

_ROUND_OFF = 1e-12
_HIGH = 0.9
Flags = npt.NDArray[np.bool_]
Interval = Literal["wilson", "replicates"]


class Satisficing(NamedTuple):
    """Share of futures in which each option is acceptable, (option,), and its 90 % interval.

    The interval is Wilson's score interval of independent futures (`wilson`), or is read from how much the replicates
    of a design differ (`replicates`; still Wilson's for an option that is acceptable in all futures or in none).
    """

    share: Array
    low: Array
    high: Array
    interval: Interval


@dataclass(frozen=True)
class RegretTable:
    """Options by how much one would regret them; arrays (option,) unless said otherwise.

    Attributes
    ----------
    regret : (option, .., draw) loss less the least loss of any option in that future; >= 0, and 0 for the best
    maximum : largest regret
    percentile_90 : least regret that is exceeded in at most 10 % of futures
    mean, mean_error : mean regret and its Monte Carlo error, NaN without sampling
    best_chance, best_error : share of futures in which the option is best, options that tie share a future equally
    satisficing : share of futures in which the option is acceptable; None where nothing was said to be
    ranks : by criterion (`mean`, `maximum`, `percentile_90`, `best_chance`, `satisficing`) the rank of each option, 1
        the best; options that tie have the same rank
    """

    regret: Array
    maximum: Array
    percentile_90: Array
    mean: Array
    mean_error: Array
    best_chance: Array
    best_error: Array
    satisficing: Satisficing | None
    ranks: dict[str, npt.NDArray[np.intp]]


def regret(losses: npt.ArrayLike) -> Array:
    """Regret of each option in each future.

    Parameters
    ----------
    losses : (option, future, ..) loss in the same futures, finite

    Raises
    ------
    DataError
        For a loss that is no finite number, naming where it stands, and when there is no option or no future.

    Examples
    --------
    >>> regret([[3.0, 1.0], [2.0, 5.0]])
    array([[1., 0.],
           [0., 4.]])
    """
    found = checked_losses(losses)
    return np.asarray(found - found.min(axis=0))


def regret_table(
    losses: npt.ArrayLike,
    *,
    weights: npt.ArrayLike | None = None,
    sampling: Sampling | None = None,
    acceptable: npt.ArrayLike | None = None,
) -> RegretTable:
    """Regret of options by all usual criteria.

    Parameters
    ----------
    losses : (option, future), or (option, scenario, draw) where the same draws are judged under several scenarios
    weights : of the futures, >= 0, of a shape that fits all axes but the first; equal unless given
    sampling : how the draws, the last axis, were made; without it errors are unknown
    acceptable : bool of the shape of the losses: where an option does well enough

    Raises
    ------
    DataError
        For losses, weights or shapes that cannot be meant.

    Examples
    --------
    >>> table = regret_table([[3.0, 1.0, 2.0], [2.0, 5.0, 2.0]])
    >>> table.maximum, table.best_chance
    (array([1., 4.]), array([0.5, 0.5]))
    """
    regrets = regret(losses)
    if sampling is not None and regrets.shape[-1] != sampling.draws:
        raise _wrong(
            "losses",
            Text(
                "{count} draws; expected {draws}, those of the sampling", count=regrets.shape[-1], draws=sampling.draws
            ),
        )
    shares = checked_weights(weights, regrets.shape[1:])
    best = _best_shares(regrets, np.asarray(losses, dtype=np.float64))
    mean, mean_error = weighted_mean(regrets, shares, sampling)
    best_chance, best_error = weighted_mean(best, shares, sampling)
    maximum = np.where(shares > 0, regrets, 0.0).reshape(len(regrets), -1).max(axis=1)
    high = _percentile(regrets.reshape(len(regrets), -1), shares.ravel())
    held = None if acceptable is None else _satisficing(_checked_flags(acceptable, regrets.shape), shares, sampling)
    regretted = {"mean": mean, "maximum": maximum, "percentile_90": high}
    wanted = {"best_chance": best_chance} | ({} if held is None else {"satisficing": held.share})
    size = float(np.abs(np.asarray(losses)).max())
    ranks = {name: rank(each, size=size) for name, each in regretted.items()}
    ranks |= {name: rank(-each, size=1.0) for name, each in wanted.items()}
    return RegretTable(
        regret=regrets,
        maximum=maximum,
        percentile_90=high,
        mean=mean,
        mean_error=mean_error,
        best_chance=best_chance,
        best_error=best_error,
        satisficing=held,
        ranks=ranks,
    )


def weighted_mean(values: Array, shares: Array, sampling: Sampling | None) -> tuple[Array, Array]:
    """Mean over futures and its Monte Carlo error.

    Futures of one draw move together: they are added up before the error is read off the draws.

    Parameters
    ----------
    values : (row, .., draw)
    shares : (.., draw) of the futures, adding to 1
    sampling : of the draws; the error is NaN without it
    """
    by_draw = (values * shares).reshape(len(values), -1, values.shape[-1]).sum(axis=1) * values.shape[-1]
    means = by_draw.mean(axis=-1)
    return means, np.full(len(means), np.nan) if sampling is None else mean_errors(by_draw, sampling)


def mean_errors(rows: Array, sampling: Sampling) -> Array:
    """(row,) Monte Carlo errors of the means of rows (row, draw)."""
    return np.asarray(statistics(rows.T[None], sampling, ()).mc_error[0])


def rank(values: Array, *, size: float) -> npt.NDArray[np.intp]:
    """Rank of each number, 1 the smallest; equal ones, up to round-off of numbers of a size, have the same.

    Examples
    --------
    >>> rank(np.array([2.0, 1.0, 2.0, 3.0]), size=3.0)
    array([2, 1, 2, 4])
    """
    return np.asarray(1 + (values[None, :] < values[:, None] - _ROUND_OFF * size).sum(axis=1))


def checked_losses(losses: npt.ArrayLike) -> Array:
    """Losses as an array (option, future, ..)."""
    found = np.asarray(losses, dtype=np.float64)
    if found.ndim < 2 or not found.size:
        raise _wrong(
            "losses", Text("shape {shape}; expected (option, future), with one or more of each", shape=found.shape)
        )
    if not np.isfinite(found).all():
        option, *future = np.argwhere(~np.isfinite(found))[0].tolist()
        place = ", ".join(str(position) for position in future)
        seen = found[(option, *future)]
        raise _wrong(
            "losses",
            Text(
                "{seen} for option {option} in future {place} (from 0); expected a finite number",
                seen=seen,
                option=option,
                place=place,
            ),
        )
    return found


def checked_weights(weights: npt.ArrayLike | None, shape: tuple[int, ...]) -> Array:
    """Share of each future, adding to 1."""
    given = np.ones(1) if weights is None else np.asarray(weights, dtype=np.float64)
    try:
        found = np.broadcast_to(given, shape)
    except ValueError:
        raise _wrong(
            "weights", Text("shape {shape}; expected one that fits futures {futures}", shape=given.shape, futures=shape)
        ) from None
    if not (np.isfinite(found).all() and (found >= 0).all() and found.any()):
        raise _wrong("weights", Text("expected finite numbers of 0 or more, not all of them 0"))
    return np.asarray(found / found.sum())


def _checked_flags(acceptable: npt.ArrayLike, shape: tuple[int, ...]) -> Flags:
    found = np.asarray(acceptable)
    if found.shape != shape or found.dtype != np.bool_:
        raise _wrong(
            "acceptable",
            Text(
                "{dtype} of shape {shape}; expected bool of the shape of losses, {expected}",
                dtype=found.dtype,
                shape=found.shape,
                expected=shape,
            ),
        )
    return found


def _best_shares(regrets: Array, losses: Array) -> Array:
    """Part that each option has in being best: 1 where it is alone, less where others tie."""
    slack = _ROUND_OFF * np.abs(losses).max(axis=0)
    best = regrets <= slack
    return np.asarray(best / best.sum(axis=0))


def _percentile(regrets: Array, shares: Array) -> Array:
    """Least of the regrets (option, future) that is exceeded with at most the chance left above the percentile."""
    order = np.argsort(regrets, axis=1, kind="stable")
    reached = np.cumsum(shares[order], axis=1)
    place = np.argmax(reached >= _HIGH - 1e-9, axis=1)
    return np.asarray(np.take_along_axis(regrets, order, axis=1)[np.arange(len(regrets)), place])


def _satisficing(held: Flags, shares: Array, sampling: Sampling | None) -> Satisficing:
    by_draw = shares.reshape(-1, shares.shape[-1]).sum(axis=0)
    share, error = weighted_mean(held.astype(np.float64), shares, sampling)
    low, high = _wilson(share, 1.0 / float((by_draw**2).sum()))
    if sampling is None or sampling.design == "random" or len(sampling.edges) < 3:
        return Satisficing(share, low, high, "wilson")
    from scipy.special import stdtrit

    reach = stdtrit(len(sampling.edges) - 2, (1.0 + LEVEL) / 2.0) * np.maximum(error, 1.0 / sampling.draws)
    certain = np.isclose(share, 0.0, atol=_ROUND_OFF) | np.isclose(share, 1.0, rtol=_ROUND_OFF)
    low = np.where(certain, low, np.maximum(0.0, share - reach))
    high = np.where(certain, high, np.minimum(1.0, share + reach))
    return Satisficing(share, low, high, "replicates")


def _wilson(share: Array, count: float) -> tuple[Array, Array]:
    """Score interval of a share of independent trials (Wilson 1927); of weighted ones, as many as weigh equally."""
    z = NormalDist().inv_cdf((1.0 + LEVEL) / 2.0)
    middle = (share + z**2 / (2.0 * count)) / (1.0 + z**2 / count)
    reach = z / (1.0 + z**2 / count) * np.sqrt(share * (1.0 - share) / count + z**2 / (4.0 * count**2))
    return np.maximum(0.0, middle - reach), np.minimum(1.0, middle + reach)


def _wrong(name: str, message: str) -> DataError:
    return DataError([Problem(name, message)])
