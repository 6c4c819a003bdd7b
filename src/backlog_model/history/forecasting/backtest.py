"""How well a method would have forecast a series from its own past: one forecast from every year on, held to what came.

A forecast from a year sees nothing later than that year (rolling origin, Tashman 2000, "Out-of-sample tests of
forecasting accuracy", International Journal of Forecasting 16).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from backlog_model.errors import DataError, Problem
from backlog_model.history.forecasting import LEVELS, Forecast, forecast_many
from backlog_model.history.forecasting.bounded_scales import Bounds
from backlog_model.history.forecasting.yearly_series import LEAST_YEARS, yearly_series
from backlog_model.translation import Text

Array = npt.NDArray[np.float64]

REFERENCES = ("naive", "drift")
"""Methods to be better than: nothing changes, and it goes on as it did on average."""

FIRST_ORIGIN = 5
"""Years that the first forecast knows, where nothing else is asked for."""

_ROUND_OFF = 1e-12  # of the largest value


@dataclass(frozen=True)
class HorizonErrors:
    """Errors of the forecasts that many years ahead, actual less forecast."""

    years_ahead: int
    forecasts: int
    mean_error: float | None
    mean_absolute_error: float | None


@dataclass(frozen=True)
class IntervalHits:
    """Of the intervals of one level, how many held what came."""

    level: float
    hits: int
    intervals: int


@dataclass(frozen=True)
class Backtest:
    """Forecasts of one series from its own past, held to what came.

    Attributes
    ----------
    method : which of `forecasting.METHODS`
    origins : how many years were known, from the first known one on, at each forecast
    by_horizon : errors one year ahead, two years ahead and so on, in the unit of the series
    scaled_error : mean absolute error in mean yearly movements of the series; below 1 a good forecast
    skill : by reference method, 1 - error / error of the reference over the same years; above 0 the method is better
    intervals : hits of the limits, for each level
    codes : why a figure is None: `too_few_points`, `constant`, `naive_exact`, `drift_exact`
    """

    method: str
    origins: tuple[int, ...]
    by_horizon: tuple[HorizonErrors, ...]
    scaled_error: float | None
    skill: Mapping[str, float | None]
    intervals: tuple[IntervalHits, ...]
    codes: tuple[str, ...]


def backtest(
    values: npt.ArrayLike,
    horizon: int = 3,
    levels: Sequence[float] = LEVELS,
    *,
    method: str = "combination",
    bounds: Bounds = None,
    first_origin: int = FIRST_ORIGIN,
) -> Backtest:
    """Forecasts of one series from its own past, held to what came.

    Parameters
    ----------
    values : (year,) yearly values, oldest first; NaN for a missing year, from and of which nothing is forecast
    horizon : years ahead, as far as the series goes
    levels, method, bounds : as in `forecasting.forecast`
    first_origin : years from the first known one on that the first forecast sees, at least three

    Raises
    ------
    DataError : as in `forecasting.forecast`, or for a first origin below three

    Examples
    --------
    >>> found = backtest([1.0, 2.0, 4.0, 5.0, 7.0, 8.0, 10.0], horizon=1, method="drift")
    >>> found.origins, round(found.skill["naive"], 2)
    ((5, 6), 0.63)
    """
    if first_origin < LEAST_YEARS:
        raise DataError(
            [
                Problem(
                    "first_origin",
                    Text(
                        "{first_origin} years; expected at least {least_years}",
                        first_origin=first_origin,
                        least_years=LEAST_YEARS,
                    ),
                )
            ]
        )
    series = yearly_series([values])[0]
    known = np.where(series.known, series.values, np.nan)
    origins = _origins(series.known, first_origin)
    pasts = [known[:origin] for origin in origins]
    asked = {name: forecast_many(pasts, horizon, levels, method=name, bounds=bounds) for name in (method, *REFERENCES)}
    actual = _actual(known, origins, horizon)
    rounding = _ROUND_OFF * float(np.abs(series.values).max())
    errors = {name: _missed(actual, forecasts, rounding) for name, forecasts in asked.items()}
    reasons = _reasons(errors, known)
    own = errors[method]
    return Backtest(
        method=method,
        origins=origins,
        by_horizon=tuple(_of_horizon(own[:, step], step + 1) for step in range(horizon)),
        scaled_error=_quotient(_mean_size(own), _mean_size(np.diff(series.values))),
        skill={name: _skill(own, errors[name]) for name in REFERENCES},
        intervals=_hits(asked[method], actual, levels),
        codes=reasons,
    )


def _origins(known: npt.NDArray[np.bool_], first: int) -> tuple[int, ...]:
    """Numbers of years after which there is a forecast: the last of them known, and enough of the others."""
    points = np.cumsum(known)
    return tuple(
        origin for origin in range(first, len(known)) if known[origin - 1] and points[origin - 1] >= LEAST_YEARS
    )


def _actual(known: Array, origins: Sequence[int], horizon: int) -> Array:
    """(origin, horizon) values that came after each origin; NaN where none is known."""
    longer = np.append(known, np.full(horizon, np.nan))
    return np.array([longer[origin : origin + horizon] for origin in origins]).reshape(len(origins), horizon)


def _missed(actual: Array, forecasts: Sequence[Forecast], rounding: float) -> Array:
    """(origin, horizon) actual less forecast; nothing where it is but rounding."""
    missed = actual - np.array([each.mean for each in forecasts]).reshape(actual.shape)
    return np.where(np.abs(missed) <= rounding, 0.0, missed)


def _of_horizon(errors: Array, years_ahead: int) -> HorizonErrors:
    found = errors[np.isfinite(errors)]
    mean = float(found.mean()) if len(found) else None
    return HorizonErrors(years_ahead, len(found), mean, _mean_size(found))


def _mean_size(errors: Array) -> float | None:
    found = np.abs(errors[np.isfinite(errors)])
    return float(found.mean()) if len(found) else None


def _quotient(error: float | None, unit: float | None) -> float | None:
    return error / unit if error is not None and unit else None


def _skill(errors: Array, reference: Array) -> float | None:
    quotient = _quotient(_mean_size(errors), _mean_size(reference))
    return None if quotient is None else 1.0 - quotient


def _reasons(errors: Mapping[str, Array], known: Array) -> tuple[str, ...]:
    exact = tuple(f"{name}_exact" for name in REFERENCES if _mean_size(errors[name]) == 0.0)
    few = ("too_few_points",) if not np.isfinite(errors["naive"]).any() else ()
    return few + (("constant",) if np.nanmax(known) == np.nanmin(known) else ()) + exact


def _hits(forecasts: Sequence[Forecast], actual: Array, levels: Sequence[float]) -> tuple[IntervalHits, ...]:
    held = np.isfinite(actual)
    found = []
    for place, level in enumerate(levels):
        inside = [
            (each.lower[place] <= came) & (came <= each.upper[place])
            for each, came in zip(forecasts, actual, strict=True)
        ]
        found.append(IntervalHits(level, int(np.sum(inside)), int(held.sum())))
    return tuple(found)
