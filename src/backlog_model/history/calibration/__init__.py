"""How large the inflow of a backlog was, how well handling worked and how much of it was reported, with intervals.

A registry publishes its stock at some dates and the houses reported handled in between; what came in is never
published. Over an interval

    stock after - stock before = inflow * years - effectiveness * handled / completeness + noise

The data can tell the ratio of effectiveness to completeness at most; the two apart are what the prior says. Where the
houses handled a year hardly vary, not even the ratio can be told from the inflow: codes say so.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

from backlog_model.errors import DataError, Problem
from backlog_model.history.calibration.draw_summary import Estimate, estimate, refuse_settings
from backlog_model.history.calibration.handling import HandlingLaw
from backlog_model.history.calibration.identification import limits
from backlog_model.history.calibration.pooling import PooledCalibration, RegionHistory, calibrate_regions
from backlog_model.history.calibration.posterior import posteriors, uniforms
from backlog_model.history.calibration.prior import Prior, Share
from backlog_model.history.calibration.stock_history import checked_history
from backlog_model.history.calibration.stock_regression import StockRegression, kept
from backlog_model.translation import Text

__all__ = [
    "Calibration",
    "Estimate",
    "PooledCalibration",
    "Prior",
    "RegionHistory",
    "Share",
    "calibrate",
    "calibrate_regions",
]

Array = npt.NDArray[np.float64]

DRAWS = 4000


@dataclass(frozen=True)
class Calibration:
    """What is believed about a backlog after its history is read.

    Attributes
    ----------
    level : chance that a number lies in its interval
    inflow : houses a year, net of what leaves without programmes unless an exit rate was given
    ratio : effectiveness over completeness: houses that leave the stock for one house reported handled
    effectiveness : share of the houses really handled that leave the stock
    completeness : share of the houses really handled that are reported
    noise_sd : yearly noise of the stock [houses]
    measurement_sd : error of a published stock [houses]; None where the prior has none
    codes : what limits these numbers

        - `few_points`: fewer than 6 dates
        - `not_identifiable`: the houses handled a year vary too little for the history to tell inflow and ratio apart;
          along that direction the numbers are those of the prior
        - `prior_dominates`: the prior says more than the history about the inflow or the ratio
        - `only_ratio_identified`: effectiveness and completeness apart are what the prior says for their ratio
        - `prior_conflict`: inflow, ratio or noise came out where the prior saw a chance of 1 % at most
    draws : (draw,) joint draws by name: inflow, ratio, effectiveness, completeness, noise_sd, measurement_sd, stock
        (the true one at the last date); read-only
    """

    level: float
    inflow: Estimate
    ratio: Estimate
    effectiveness: Estimate
    completeness: Estimate
    noise_sd: Estimate
    measurement_sd: Estimate | None
    codes: tuple[str, ...]
    draws: Mapping[str, Array] = field(repr=False)
    _exit_rate: float = field(repr=False)
    _seed: int = field(repr=False)

    def next_stock(self, planned_handled: float, *, span: float = 1.0) -> Estimate:
        """Stock that will be published next, if so many houses are reported handled until then; never below 0.

        Parameters
        ----------
        planned_handled : houses reported handled over the whole span
        span : years from the last date to the next
        """
        return estimate(self.next_stock_draws(planned_handled, span=span), self.level)

    def next_stock_draws(self, planned_handled: float, *, span: float = 1.0) -> Array:
        """(draw,) draws of `next_stock`."""
        if not (0 <= planned_handled < np.inf and 0 < span < np.inf):
            seen = Text("{planned_handled:g} houses over {span:g} years", planned_handled=planned_handled, span=span)
            raise DataError(
                [Problem("planned_handled", Text("{seen}; expected 0 houses or more over a positive span", seen=seen))]
            )
        draws = self.draws
        staying, felt, noise = kept(np.array([span]), self._exit_rate)
        numbers = uniforms(len(draws["stock"]), self._seed, "next_noise", "next_measurement")
        coming = felt * (draws["inflow"] - draws["ratio"] * planned_handled / span)
        error = draws["noise_sd"] * np.sqrt(noise) * ndtri(numbers["next_noise"])
        error += draws["measurement_sd"] * ndtri(numbers["next_measurement"])
        return np.asarray(np.maximum(0.0, staying * draws["stock"] + coming + error))


def calibrate(
    years: npt.ArrayLike,
    stock: npt.ArrayLike,
    handled: npt.ArrayLike,
    prior: Prior,
    level: float = 0.9,
    *,
    exit_rate: float = 0.0,
    draws: int = DRAWS,
    seed: int = 1,
) -> Calibration:
    """Inflow, effectiveness, completeness and noise of a backlog, each with its interval.

    Parameters
    ----------
    years : (date,) dates, as years that may have a fraction; gaps are allowed
    stock : (date,) houses at these dates
    handled : (date - 1,) houses reported handled from each date to the next
    prior : what is believed before
    level : chance that a number is to lie in its interval
    exit_rate : share of the stock that leaves every year without programmes, where it is known; the inflow is then
        gross. At 0 the inflow is net of it
    draws, seed : of the joint posterior

    Raises
    ------
    DataError : everything wrong with the history, with the year and the number seen

    Notes
    -----
    Inflow is integrated out exactly (it is normal given the rest); ratio and noise by quadrature on nodes fitted to the
    history. Handling is spread evenly over an interval.

    Examples
    --------
    >>> prior = Prior.from_ranges(inflow=(2000, 5000, 8000), effectiveness=(0.6, 0.8, 0.95), completeness=(1, 1, 1),
    ...                           noise_sd=(50, 150, 400))
    >>> found = calibrate(range(2018, 2025), [90_000, 91_100, 88_800, 92_100, 90_200, 91_500, 89_000],
    ...                   [4_000, 8_000, 1_500, 7_400, 3_800, 8_300], prior)
    >>> round(found.inflow.median, -2), round(found.effectiveness.median, 2)
    (4600.0, 0.86)
    """
    refuse_settings(level, draws)
    _refuse_exit_rate(exit_rate)
    history = checked_history(years, stock, handled)
    regression, law = StockRegression.of(history, exit_rate), HandlingLaw.of(prior.effectiveness, prior.completeness)
    found = posteriors(history, prior, law, exit_rate=exit_rate, draws=draws, seed=seed)
    columns = {name: values[0] for name, values in found._asdict().items()}
    for values in columns.values():
        values.setflags(write=False)
    numbers = {name: estimate(values, level) for name, values in columns.items()}
    measured = prior.measurement_sd is not None
    return Calibration(
        level=level,
        inflow=numbers["inflow"],
        ratio=numbers["ratio"],
        effectiveness=numbers["effectiveness"],
        completeness=numbers["completeness"],
        noise_sd=numbers["noise_sd"],
        measurement_sd=numbers["measurement_sd"] if measured else None,
        codes=tuple(limits(regression, prior, law, columns, numbers)),
        draws=MappingProxyType(columns),
        _exit_rate=exit_rate,
        _seed=seed,
    )


def _refuse_exit_rate(exit_rate: float) -> None:
    if not 0.0 <= exit_rate < 1.0:
        raise DataError(
            [
                Problem(
                    "exit_rate",
                    Text("{exit_rate:g} of the stock a year; expected a share from 0 to below 1", exit_rate=exit_rate),
                )
            ]
        )
