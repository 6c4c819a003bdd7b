"""What a history leaves uncertain about inflow, effectiveness, completeness and noise: draws from the joint posterior.

No chain is run. Inflow is integrated out exactly, the ratio of effectiveness to completeness and the sizes of the noise
by quadrature on nodes fitted to each history; draws are then made one quantity after another, each given those before.
Many histories of equal length are done at once.
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

from backlog_model.history.calibration.handling import HandlingLaw
from backlog_model.history.calibration.prior import Prior
from backlog_model.history.calibration.quadrature import Box, fitted_box
from backlog_model.history.calibration.stock_history import StockHistory
from backlog_model.history.calibration.stock_regression import StockRegression, Terms
from backlog_model.streams import Streams

Array = npt.NDArray[np.float64]

_INTEGRATING, _DRAWING = 33, 49
_NOISE_NODES, _BOTH_NOISES = 65, 33
_NO_ERROR = -1e4  # its exponential is 0
_DRAWS_AT_A_TIME = 40_000
_FAR = 9.0
_FARTHEST = 16.0  # in logarithms, below the prior median: a fit that is perfect stays at the prior's word


class Posterior(NamedTuple):
    """Draws of all quantities, each (history, draw).

    Attributes
    ----------
    inflow : houses a year
    ratio : effectiveness over completeness
    effectiveness, completeness : the two apart
    noise_sd, measurement_sd : houses
    stock : true stock at the last date
    """

    inflow: Array
    ratio: Array
    effectiveness: Array
    completeness: Array
    noise_sd: Array
    measurement_sd: Array
    stock: Array


def uniforms(draws: int, seed: int, *names: str) -> Mapping[str, Array]:
    """(draw,) numbers between 0 and 1 of each name, spread evenly."""
    streams = Streams(seed, draws, "latin_hypercube")
    return {name: streams.uniforms(f"calibration.{name}", slice(None))[0, :, 0] for name in names}


def posteriors(
    history: StockHistory, prior: Prior, law: HandlingLaw, *, exit_rate: float, draws: int, seed: int
) -> Posterior:
    """Draws from what is believed after reading each history.

    Parameters
    ----------
    history : histories of equal length, in rows
    prior, law : what was believed before, the law of its ratio beside it
    exit_rate : share of the stock that leaves every year without programmes
    draws, seed : number of draws, and start of their random numbers: the same numbers serve each history
    """
    numbers = uniforms(draws, seed, "noise", "measurement", "ratio", "shares", "inflow", "stock")
    at_a_time = max(1, _DRAWS_AT_A_TIME // draws)
    starts = range(0, len(history.years), at_a_time)
    parts = [
        _posterior(StockHistory(*(rows[start : start + at_a_time] for rows in history)), prior, law, exit_rate, numbers)
        for start in starts
    ]
    return Posterior(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


def _posterior(
    history: StockHistory, prior: Prior, law: HandlingLaw, exit_rate: float, numbers: Mapping[str, Array]
) -> Posterior:
    regression = StockRegression.of(history, exit_rate)
    noise_sd, measurement_sd = noise_draws(noise_box(regression, prior, law, noise_nodes(prior)), numbers)
    terms = regression.terms(prior.inflow, noise_sd, measurement_sd)
    one_each = np.broadcast_to(numbers["ratio"], noise_sd.shape)[..., None]
    log_ratio = _ratio_box(regression, terms, law, _DRAWING).draws([one_each])[0][..., 0]
    ratio = np.exp(log_ratio)
    effectiveness, completeness = law.shares(log_ratio, np.broadcast_to(numbers["shares"], log_ratio.shape))
    away = ratio - regression.centre_ratio[:, None]
    inflow = terms.inflow + terms.inflow_slope * away + terms.inflow_sd * ndtri(numbers["inflow"])
    error, error_sd = regression.last_error(inflow, ratio, noise_sd, measurement_sd)
    stock = np.maximum(0.0, history.stock[:, -1:] - error + error_sd * ndtri(numbers["stock"]))
    return Posterior(inflow, ratio, effectiveness, completeness, noise_sd, measurement_sd, stock)


def noise_draws(box: Box, numbers: Mapping[str, Array]) -> tuple[Array, Array]:
    """(history, draw) sizes of process noise and of the error of published stocks."""
    noise, measurement = box.draws([numbers["noise"], numbers["measurement"]])
    return np.exp(noise), np.exp(measurement)


def noise_nodes(prior: Prior) -> tuple[int, int]:
    """Nodes for process noise and for the error of published stocks that make draws smooth."""
    return (_NOISE_NODES, 1) if prior.measurement_sd is None else (_BOTH_NOISES, _BOTH_NOISES)


def noise_box(regression: StockRegression, prior: Prior, law: HandlingLaw, nodes: tuple[int, int]) -> Box:
    """Joint density, for each history, of the logarithms of process noise and of the error of published stocks."""

    def log_density(axes: tuple[Array, ...]) -> Array:
        shape = (len(axes[0]), axes[0].shape[-1], axes[1].shape[-1])
        noise, measurement = np.broadcast_to(axes[0][:, :, None], shape), np.broadcast_to(axes[1][:, None], shape)
        flat = (np.exp(noise).reshape(shape[0], -1), np.exp(measurement).reshape(shape[0], -1))
        terms = regression.terms(prior.inflow, *flat)
        found = _ratio_box(regression, terms, law, _INTEGRATING).log_integral().reshape(shape)
        return found + noise_prior(prior, noise, measurement)

    (low, high), (measured_low, measured_high) = _noise_ends(regression, prior, law)
    return fitted_box(log_density, [low, measured_low], [high, measured_high], nodes)


def noise_prior(prior: Prior, noise: Array, measurement: Array) -> Array:
    """Log density, without its constant, of the logarithms of process noise and of the error of published stocks."""
    return np.asarray(_log_scale(noise, prior.noise_sd) + _log_scale(measurement, prior.measurement_sd))


def _log_scale(logs: Array, scale: tuple[float, float] | None) -> Array | float:
    """Log density of the logarithm of a scale, without its constant; 0 where the scale is no unknown."""
    return 0.0 if scale is None else -0.5 * ((logs - np.log(scale[0])) / scale[1]) ** 2


def _noise_ends(regression: StockRegression, prior: Prior, law: HandlingLaw) -> tuple[tuple[Array, Array], ...]:
    """(history,) ends of the logarithms of both sizes, beyond which nothing can lie.

    Each of n intervals can pull the logarithm of a scale down by its prior variance, and up to the largest residual
    that the prior leaves.
    """
    intervals = regression.rest.shape[-1]
    away = prior.inflow[0] - regression.centre_inflow, np.exp(np.median(law.nodes)) - regression.centre_ratio
    rest = regression.rest - away[0][:, None] * regression.inflow - away[1][:, None] * regression.handled
    largest = np.log(np.abs(rest).max(axis=-1) + np.finfo(np.float64).tiny)
    ends = []
    for scale in (prior.noise_sd, prior.measurement_sd):
        if scale is None:
            ends.append((np.full(len(largest), _NO_ERROR), np.full(len(largest), _NO_ERROR)))
            continue
        middle, sd = np.log(scale[0]), scale[1]
        low = middle - max(_FAR * sd, min((intervals + 3) * sd**2 + _FAR * sd, _FARTHEST))
        ends.append((np.full(len(largest), low), np.maximum(largest, middle) + _FAR * sd))
    return tuple(ends)


def _ratio_box(regression: StockRegression, terms: Terms, law: HandlingLaw, nodes: int) -> Box:
    """Density of the log ratio of effectiveness to completeness, for each history and size of the noise."""
    constant, slope, bend = (each[..., None] for each in terms[:3])
    centre = regression.centre_ratio[:, None, None]

    def log_density(axes: tuple[Array, ...]) -> Array:
        away = np.exp(axes[0]) - centre
        return np.asarray(law.log_density(axes[0]) + constant + away * (slope + away * bend))

    shape = terms.constant.shape
    return fitted_box(log_density, [np.full(shape, law.nodes[0])], [np.full(shape, law.nodes[-1])], [nodes])
