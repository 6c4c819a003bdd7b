"""What the draws of a posterior say about one number."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from backlog_model.errors import DataError, Problem
from backlog_model.translation import Text

Array = npt.NDArray[np.float64]


class Estimate(NamedTuple):
    """An uncertain number: its median and mean, and the ends of the interval it lies in with the chance asked for."""

    median: float
    mean: float
    lower: float
    upper: float


def estimate(draws: Array, level: float) -> Estimate:
    """Estimate from (draw,) values, with as much chance below the interval as above it.

    Examples
    --------
    >>> estimate(np.arange(101.0), 0.5)
    Estimate(median=50.0, mean=50.0, lower=25.0, upper=75.0)
    """
    points = (0.5, 0.5 - level / 2.0, 0.5 + level / 2.0)
    median, lower, upper = (float(value) for value in np.quantile(draws, points))
    return Estimate(median, float(draws.mean()), lower, upper)


def refuse_settings(level: float, draws: int) -> None:
    """Raise a DataError for a level that is no chance or draws that are too few to tell it."""
    if not 0.0 < level < 1.0:
        raise DataError(
            [
                Problem(
                    "level",
                    Text("{level:g} is not a chance; expected a number between 0 and 1, such as 0.9", level=level),
                )
            ]
        )
    if draws < 100:
        raise DataError([Problem("draws", Text("{draws} draws tell no interval; expected at least 100", draws=draws))])
