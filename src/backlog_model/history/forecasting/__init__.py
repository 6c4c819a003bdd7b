"""Forecasts of short yearly series, three to some sixty years, each with prediction intervals."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from backlog_model.errors import DataError, Problem, nearest_hint
from backlog_model.history.forecasting.bounded_scales import BoundedScale, Bounds, limits_of, outside, scale_within
from backlog_model.history.forecasting.interval_factors import HORIZONS
from backlog_model.history.forecasting.intervals import distances
from backlog_model.history.forecasting.smoothing import ets
from backlog_model.history.forecasting.theta import theta
from backlog_model.history.forecasting.trends import damped_trend, drift, naive
from backlog_model.history.forecasting.yearly_series import YearlySeries, place_of, yearly_series
from backlog_model.translation import Text, joined

Array = npt.NDArray[np.float64]

LEVELS = (0.8, 0.95)
FEW_POINTS = 5

CAUTIONS = ("few_points", "missing_years_filled", "long_horizon", "constant", "exact_fit")
"""What a reader of a forecast must know: at most five known years; missing years were filled along a straight line; it
goes further ahead than the series is long, or than limits were learned for; all years are alike, so that nothing says
how wide the limits should be, and they have no width; all years lie on one line, so that the limits say how far such
series stray, not how far this one has."""

_LONGEST_HORIZON = 60
_STRAIGHT = 1e-9  # of a yearly change, by how much others on one line differ


def combination(values: Array, horizon: int) -> Array:
    """(series, horizon) mean of drift and theta: their errors differ, so that the mean errs less than either."""
    return (drift(values, horizon) + theta(values, horizon)) / 2.0


METHODS: Mapping[str, Callable[[Array, int], Array]] = MappingProxyType(
    {
        "naive": naive,
        "drift": drift,
        "damped_trend": damped_trend,
        "theta": theta,
        "ets": ets,
        "combination": combination,
    }
)
"""Point forecasts (series, horizon) of series without missing years (series, year)."""


@dataclass(frozen=True)
class Forecast:
    """Years ahead of one series.

    Attributes
    ----------
    mean : (horizon,) central forecast; under bounds the value that is as likely exceeded as not
    lower, upper : (level, horizon) limits that hold a future value with the chance of their level
    levels : chances, in the order asked for
    method : which of `METHODS`
    cautions : codes of what a reader must know, of `CAUTIONS`
    """

    mean: Array
    lower: Array
    upper: Array
    levels: tuple[float, ...]
    method: str
    cautions: tuple[str, ...]

    def __post_init__(self) -> None:
        for array in (self.mean, self.lower, self.upper):
            array.setflags(write=False)


def forecast(
    values: npt.ArrayLike,
    horizon: int,
    levels: Sequence[float] = LEVELS,
    *,
    method: str = "combination",
    bounds: Bounds = None,
) -> Forecast:
    """Forecast of one yearly series, with prediction intervals.

    Parameters
    ----------
    values : (year,) yearly values, oldest first; NaN for a missing year
    horizon : years ahead
    levels : chances that the limits hold a future value, each between 0 and 1
    method : one of `METHODS`
    bounds : `non_negative`, or lowest and highest possible value, for values that can lie nowhere else

    Raises
    ------
    DataError : for values, a horizon, levels, a method or bounds that cannot be, with what was seen

    Notes
    -----
    Missing years at the ends are left out; those inside are filled along a straight line.

    Examples
    --------
    >>> ahead = forecast([10.0, 12.0, 14.0, 17.0, 18.0, 20.0, 23.0, 24.0], 2)
    >>> ahead.mean.round(1), ahead.lower[0].round(1), ahead.upper[0].round(1)
    (array([25.9, 27.8]), array([24. , 24.6]), array([27.7, 30.9]))
    """
    return forecast_many([values], horizon, levels, method=method, bounds=bounds)[0]


def forecast_many(
    series: Sequence[npt.ArrayLike],
    horizon: int,
    levels: Sequence[float] = LEVELS,
    *,
    method: str = "combination",
    bounds: Bounds = None,
) -> tuple[Forecast, ...]:
    """Forecasts of many yearly series, all of one length at once; each is the one it would get alone.

    Parameters
    ----------
    series : yearly values of each, oldest first; lengths may differ
    horizon, levels, method, bounds : as in `forecast`

    Raises
    ------
    DataError : as in `forecast`, naming the series by their place from 0
    """
    _check_request(horizon, levels, method)
    limits = limits_of(bounds)
    read = yearly_series(series)
    _check_within(read, limits)
    found: dict[int, Forecast] = {}
    for places in _by_length(read):
        alike = [read[place] for place in places]
        scales = [scale_within(each.values, limits) for each in alike]
        found |= zip(places, _together(alike, scales, horizon, levels, method), strict=True)
    return tuple(found[place] for place in range(len(read)))


def _check_request(horizon: int, levels: Sequence[float], method: str) -> None:
    problems = []
    if not 1 <= horizon <= _LONGEST_HORIZON or horizon % 1:
        problems.append(
            Problem(
                "horizon",
                Text(
                    "{horizon!r} years ahead; expected 1 to {longest_horizon}",
                    horizon=horizon,
                    longest_horizon=_LONGEST_HORIZON,
                ),
            )
        )
    if not len(levels) or not all(0.0 < level < 1.0 for level in levels):
        problems.append(
            Problem("levels", Text("{levels}; expected chances between 0 and 1, such as 0.8", levels=tuple(levels)))
        )
    if method not in METHODS:
        problems.append(Problem("method", joined([method, nearest_hint(method, METHODS)])))
    if problems:
        raise DataError(problems)


def _check_within(series: Sequence[YearlySeries], limits: tuple[float, float]) -> None:
    wrong = {
        place_of(place, series): message
        for place, each in enumerate(series)
        if (message := outside(each.values, limits))
    }
    if wrong:
        raise DataError(Problem(*each) for each in wrong.items())


def _by_length(series: Sequence[YearlySeries]) -> list[list[int]]:
    places: dict[int, list[int]] = {}
    for place, each in enumerate(series):
        places.setdefault(len(each.values), []).append(place)
    return list(places.values())


def _together(
    series: Sequence[YearlySeries], scales: Sequence[BoundedScale], horizon: int, levels: Sequence[float], method: str
) -> list[Forecast]:
    """Forecasts of series of one length."""
    values = np.stack([scale.forward(each.values) for each, scale in zip(series, scales, strict=True)])
    points = np.array([each.points for each in series])
    centre = [scale.held(row) for scale, row in zip(scales, METHODS[method](values, horizon), strict=True)]
    below, above = distances(values, points, horizon, levels, method)
    return [
        Forecast(
            mean=scale.back(centre[place]),
            lower=scale.back(centre[place] - below[:, place]),
            upper=scale.back(centre[place] + above[:, place]),
            levels=tuple(levels),
            method=method,
            cautions=_cautions(each, horizon),
        )
        for place, (each, scale) in enumerate(zip(series, scales, strict=True))
    ]


def _cautions(series: YearlySeries, horizon: int) -> tuple[str, ...]:
    changes = np.diff(series.values)
    rounding = 4.0 * float(np.spacing(np.abs(series.values).max()))
    constant = bool(np.ptp(series.values) == 0.0)
    straight = bool(np.ptp(changes) <= _STRAIGHT * np.abs(changes).max() + rounding)
    held = (
        series.points <= FEW_POINTS,
        not series.known.all(),
        horizon > min(series.points, HORIZONS[-1]),
        constant,
        straight and not constant,
    )
    return tuple(code for code, holds in zip(CAUTIONS, held, strict=True) if holds)
