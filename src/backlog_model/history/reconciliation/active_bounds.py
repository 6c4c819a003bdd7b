"""Values that must not fall below 0, moved by as little as their error covariance allows.

Values b of covariance V become b + V m with the least multipliers m >= 0 that lift all of them to 0 or more, where m is
0 for every value above 0: the solution of the quadratic programme, as a linear complementarity problem.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.linalg.lapack import dposv

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

_ROUND_OFF = 1e-11  # of the largest value of a draw, in standard deviations
_UNLIFTED = 1e-9  # the same, where exact values leave room for nothing but one point
_FIXED = 1e-12  # of the largest standard deviation: the others leave no choice
_ROUNDS = 30  # of exchanges; a handful is enough for nearly all draws


class Lifted(NamedTuple):
    """Values lifted to 0 or more, and what it took."""

    values: Array  # (place, draw)
    multipliers: Array  # (place, draw), positive only where a value is held at 0


class Unliftable(Exception):
    """No values at 0 or more are possible: what is exact stands against it."""

    def __init__(self, places: tuple[int, ...], draw: int) -> None:
        self.places, self.draw = places, draw
        super().__init__(places, draw)


def lifted(covariance: Array, values: Array) -> Lifted:
    """Values at 0 or more that are nearest to these; draws that have no value below 0 stay as they are.

    Draws whose values are held at the same places are solved together, whole sets of places being exchanged until they
    fit (block principal pivoting, Júdice and Pires 1994). What that leaves open, such as sets that go round in circles
    or are singular because of exact totals, goes place by place (the dual method of Goldfarb and Idnani 1983).

    Parameters
    ----------
    covariance : (place, place), positive semidefinite
    values : (place, draw)

    Raises
    ------
    Unliftable
        with the places that cannot all be at 0 or more, and the first draw

    Examples
    --------
    >>> lifted(np.array([[2.0, -1.0], [-1.0, 2.0]]), np.array([[-1.0], [3.0]])).values.ravel()
    array([0. , 2.5])
    """
    result = Lifted(values.copy(), np.zeros_like(values))
    low = np.flatnonzero((values < 0).any(axis=0))
    if not len(low):
        return result
    deviations = np.sqrt(np.diagonal(covariance))
    units = np.where(deviations > _FIXED * deviations.max(), deviations, 1.0)[:, None]
    matrix = covariance / (units * units.T)
    multipliers, solved = _exchanged(matrix, values[:, low] / units)
    for draw in np.flatnonzero(~solved):
        multipliers[:, draw] = _one_by_one(matrix, values[:, low[draw]] / units[:, 0], int(low[draw]))
    found = values[:, low] + units * (matrix @ multipliers)
    result.values[:, low] = np.where(multipliers > 0, 0.0, np.maximum(found, 0.0))
    result.multipliers[:, low] = multipliers / units
    return result


def _exchanged(matrix: Array, values: Array) -> tuple[Array, Flags]:
    """Multipliers of all draws at once, and whether those of a draw are a solution."""
    multipliers, solved = np.zeros_like(values), np.zeros(values.shape[1], dtype=bool)
    open_draws, held = np.arange(values.shape[1]), values < 0
    for _ in range(_ROUNDS):
        trial = _multipliers(matrix, values[:, open_draws], held)
        reached = values[:, open_draws] + matrix @ trial
        slack = _ROUND_OFF * np.abs(values[:, open_draws]).max(axis=0)
        wrong = np.where(held, trial, reached) < -slack
        settled = ~wrong.any(axis=0)
        done = settled & ((np.abs(reached) <= slack) | ~held).all(axis=0)
        multipliers[:, open_draws[done]], solved[open_draws[done]] = np.maximum(trial[:, done], 0.0), True
        open_draws, held = open_draws[~settled], (held ^ wrong)[:, ~settled]
        if not len(open_draws):
            break
    return multipliers, solved


def _multipliers(matrix: Array, values: Array, held: Flags) -> Array:
    """Multipliers that bring the held places to 0, or none that do where a set is singular; one go for equal sets."""
    multipliers = np.zeros_like(values)
    _, group, size = np.unique(np.packbits(held, axis=0), axis=1, return_inverse=True, return_counts=True)
    for draws in np.split(np.argsort(group, kind="stable"), np.cumsum(size)[:-1]):
        places = np.flatnonzero(held[:, draws[0]])
        if len(places):
            square = matrix.take(places, axis=0).take(places, axis=1)
            # Thousands of small systems: the plain routine takes half the time of its wrappers.
            _, multipliers[places[:, None], draws], _ = dposv(square, -values[places[:, None], draws])
    return multipliers


def _one_by_one(matrix: Array, values: Array, draw: int) -> Array:
    """Multipliers of one draw: the lowest place is lifted to 0 while those held before stay there; then the next."""
    multipliers = np.zeros_like(values)
    held: list[int] = []
    settled: list[int] = []  # at 0 but for round-off that nothing can lift
    largest = np.abs(values).max()
    while True:
        reached = values + matrix @ multipliers
        reached[[*held, *settled]] = 0.0
        lowest = int(np.argmin(reached))
        if reached[lowest] >= -_ROUND_OFF * largest:
            return np.maximum(multipliers, 0.0)
        while lowest not in held and _lift(matrix, values, multipliers, held, lowest):
            pass
        if lowest not in held:
            missing = -(values[lowest] + matrix[lowest] @ multipliers)
            if missing > _UNLIFTED * largest:
                raise Unliftable(tuple(sorted([*held, lowest])), draw)
            settled.append(lowest)


def _lift(matrix: Array, values: Array, multipliers: Array, held: list[int], lowest: int) -> bool:
    """Whether a place could be lifted, to 0 or as far as the first held place lets go."""
    pull = np.linalg.solve(matrix[np.ix_(held, held)], matrix[held, lowest]) if held else np.zeros(0)
    rise = matrix[lowest, lowest] - matrix[lowest, held] @ pull
    missing = -(values[lowest] + matrix[lowest] @ multipliers)
    needed = max(0.0, missing) / rise if rise > _FIXED else np.inf
    spent = np.full(len(held), np.inf)
    np.divide(multipliers[held], pull, out=spent, where=pull > _FIXED)
    step = min(needed, spent.min(initial=np.inf))
    if not np.isfinite(step):
        return False
    multipliers[held] -= step * pull
    multipliers[lowest] += step
    if needed <= step:
        held.append(lowest)
    else:
        multipliers[held.pop(int(np.argmin(spent)))] = 0.0
    return True
