"""Money that makes targets as sure as wanted: all at once, one after another, or the best of some shapes."""

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from backlog_model.analysis.aims import Aim
from backlog_model.analysis.futures import Futures
from backlog_model.analysis.money.criteria import Criterion
from backlog_model.analysis.money.levers import Lever
from backlog_model.analysis.money.search import Search
from backlog_model.inputs import Array

_BESIDE = (1.05, 1.3, 2.0)  # shares of the further money at which the chance tells the Monte Carlo error of the money


def money_error(futures: Futures, lever: Lever, aims: Sequence[Aim], extra: Array) -> float:
    """Monte Carlo error of all further money together: that of the scarcest target's chance, over what a rupiah buys.

    NaN where the chance does not rise with money; 0 where nothing is drawn.
    """
    if futures.sampling.draws == 1 or not extra.any():
        return 0.0
    sampling, values = futures.sampling, futures.values(lever.applied(futures.inputs, extra), aims)
    scarcest = min(aims, key=lambda aim: float(aim.chance(values[aim.name], sampling).probability) - aim.probability)
    here = scarcest.chance(values[scarcest.name], sampling)
    for share in _BESIDE:
        more = futures.values(lever.applied(futures.inputs, share * extra), [scarcest])[scarcest.name]
        rise = float(scarcest.chance(more, sampling).probability - here.probability)
        if rise > 0.0:
            return float(here.mc_error) * (share - 1.0) * float(extra.sum()) / rise
    return math.nan


def money_for(
    futures: Futures,
    lever: Lever,
    aims: Sequence[Aim],
    criterion: Criterion,
    *,
    free: npt.NDArray[np.bool_] | None = None,
    given: Array | None = None,
    start: Array | None = None,
    tolerance: float | None = 1e-6,
) -> Array | None:
    """(year of the lever,) least further money, by a criterion, under which every target is as sure as wanted.

    Parameters
    ----------
    futures : draws in which chances are counted; its aims contain `aims`
    free, given : which years are still to be found, and what the others have
    start : further money that is enough, or nearly, if any is known
    tolerance : how far above the least, as a share of it; None for a budget that other futures are to scale

    Returns
    -------
    None where no amount of money is enough
    """
    years = len(lever.years)
    search = Search(
        futures=futures,
        lever=lever,
        aims=tuple(aims),
        criterion=criterion,
        free=np.ones(years, dtype=np.bool_) if free is None else free,
        given=np.zeros(years) if given is None else given,
        tolerance=tolerance,
        start=start,
    )
    return search.found()


def best_of(
    futures: Futures,
    lever: Lever,
    aims: Sequence[Aim],
    criterion: Criterion,
    shapes: Sequence[Array],
    *,
    rounds: int = 0,
    tolerance: float = 1e-6,
) -> Array | None:
    """(year of the lever,) the best of some shapes over the years, each scaled until it is just enough.

    Shapes that were found in other futures are judged fairly here: where many were tried, the best looks better than it
    is in the futures that it was tried in.

    Parameters
    ----------
    shapes : (year,) further money, enough or nearly
    rounds : of improving the best of them, since one factor for all years fits none of several targets well
    """
    years = len(lever.years)
    free, given = np.ones(years, dtype=np.bool_), np.zeros(years)
    search = Search(futures, lever, tuple(aims), criterion, free, given, tolerance)
    return search.best_of(shapes, rounds=rounds)


def one_after_another(
    futures: Futures, lever: Lever, aims: Sequence[Aim], criterion: Criterion, *, tolerance: float | None = 1e-6
) -> Array | None:
    """(year of the lever,) further money found target year by target year, none looking beyond its own."""
    given, done = np.zeros(len(lever.years)), lever.years[0] - 1
    for year in sorted({aim.year for aim in aims}):
        mine = [aim for aim in aims if aim.year == year]
        free = np.array([done < each <= year for each in lever.years])
        found = money_for(futures, lever, mine, criterion, free=free, given=given, tolerance=tolerance)
        if found is None:
            return None
        given, done = found, year
    return given
