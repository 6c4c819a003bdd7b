"""What limits a calibration: short codes, for which reports have words."""

from collections.abc import Iterator, Mapping

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

from backlog_model.history.calibration.draw_summary import Estimate
from backlog_model.history.calibration.handling import HandlingLaw
from backlog_model.history.calibration.prior import Prior
from backlog_model.history.calibration.stock_regression import StockRegression

Array = npt.NDArray[np.float64]

_FEW_INTERVALS = 5
_SAYS_NOTHING = 5.0  # prior sd of the ratio: the history then narrows it by a fiftieth at most
_HALF = np.sqrt(0.5)  # of the prior sd is left where prior and history say as much
_SAME_DIRECTION = 1e-10
_TAIL = 0.01
_REACH = 2.0 * ndtri(0.95)  # standard deviations of a normal law from its 5 to its 95 % value


def limits(
    regression: StockRegression,
    prior: Prior,
    law: HandlingLaw,
    draws: Mapping[str, Array],
    numbers: Mapping[str, Estimate],
) -> Iterator[str]:
    """Codes of what limits the numbers of one history.

    Parameters
    ----------
    regression : of one history
    prior, law : what was believed before
    draws, numbers : joint draws and estimates by name
    """
    if regression.rest.shape[-1] < _FEW_INTERVALS:
        yield "few_points"
    if is_not_identifiable(regression, law, numbers["noise_sd"].median, numbers["measurement_sd"].median):
        yield "not_identifiable"
    yield from prior_limits(prior, law, draws["inflow"], draws["ratio"])
    conflicts = [*prior_conflicts(prior, law, numbers["inflow"].median, numbers["ratio"].median)]
    scales = ((numbers["noise_sd"], prior.noise_sd), (numbers["measurement_sd"], prior.measurement_sd))
    conflicts += [
        _is_in_tail(np.log(number.median / scale[0]), scale[1]) for number, scale in scales if scale is not None
    ]
    if any(conflicts):
        yield "prior_conflict"


def is_not_identifiable(regression: StockRegression, law: HandlingLaw, noise_sd: float, measurement_sd: float) -> bool:
    """Whether a history, without its prior, tells next to nothing about the ratio of effectiveness to completeness."""
    if law.is_known:
        return False
    sums = regression.sums(np.array([[noise_sd]]), np.array([[measurement_sd]]))
    squares = sums.handled_handled - sums.inflow_handled**2 / sums.inflow_inflow
    information = float(squares[0, 0]) if squares[0, 0] > _SAME_DIRECTION * sums.handled_handled[0, 0] else 0.0
    return bool(information * (_SAYS_NOTHING * law.reach / _REACH) ** 2 < 1.0)


def prior_limits(prior: Prior, law: HandlingLaw, inflow: Array, ratio: Array) -> Iterator[str]:
    """Codes of what stands as the prior had it."""
    low, high = np.quantile(ratio, (0.05, 0.95))
    if inflow.std() > _HALF * prior.inflow[1] or (not law.is_known and high - low > _HALF * law.reach):
        yield "prior_dominates"
    if not (law.effectiveness.is_known or law.completeness.is_known):
        yield "only_ratio_identified"


def prior_conflicts(prior: Prior, law: HandlingLaw, inflow: float, ratio: float) -> Iterator[bool]:
    """Whether inflow, and whether the ratio, came out where the prior saw a chance of 1 % at most on that side."""
    low, high = law.quantiles((_TAIL, 1.0 - _TAIL))
    yield _is_in_tail(inflow - prior.inflow[0], prior.inflow[1])
    yield not low <= ratio <= high


def _is_in_tail(away: float, sd: float) -> bool:
    return bool(abs(away) > sd * ndtri(1.0 - _TAIL))
