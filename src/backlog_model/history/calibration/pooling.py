"""Inflow rates of regions, each leaning on what the others say: the more, the less its own history tells.

The rate of a region is its inflow over its exposure (houses, households, or what else inflow is proportional to). Rates
are normal around a common rate; how far they spread is not plugged in but integrated over, since few regions hardly
tell it. Effectiveness and completeness are those of the programme: drawn once for all regions.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.special import logsumexp, ndtri

from backlog_model.errors import DataError, Problem
from backlog_model.history.calibration.draw_summary import Estimate, estimate, refuse_settings
from backlog_model.history.calibration.handling import HandlingLaw
from backlog_model.history.calibration.identification import prior_conflicts, prior_limits
from backlog_model.history.calibration.posterior import noise_box, noise_prior, uniforms
from backlog_model.history.calibration.prior import Prior
from backlog_model.history.calibration.quadrature import Box, fitted_box
from backlog_model.history.calibration.stock_history import StockHistory, checked_history
from backlog_model.history.calibration.stock_regression import StockRegression, Sums
from backlog_model.translation import Text

Array = npt.NDArray[np.float64]

_NODES = 25
_NOISE_NODES, _BOTH_NOISES = (17, 1), (13, 13)
_FAR = 9.0
_FEW_REGIONS = 5


class RegionHistory(NamedTuple):
    """History of the stock of one region.

    Attributes
    ----------
    region : its code
    years, stock, handled : as in `calibration.calibrate`
    exposure : what its inflow is proportional to, such as its houses
    """

    region: str
    years: npt.ArrayLike
    stock: npt.ArrayLike
    handled: npt.ArrayLike
    exposure: float


class RegionInflow(NamedTuple):
    """Inflow of one region."""

    rate: Estimate  # a year and unit of exposure
    inflow: Estimate  # houses a year


@dataclass(frozen=True)
class PooledCalibration:
    """What is believed about several regions after their histories are read together.

    Attributes
    ----------
    level : chance that a number lies in its interval
    common_rate, between_sd : mean and sd of the rates of such regions, a year and unit of exposure
    ratio, effectiveness, completeness : of all regions, as in `calibration.Calibration`
    regions : by code
    inflow : houses a year of all regions together
    codes : `few_regions` (less than 5), and the codes of `calibration.Calibration` about the prior
    draws : (draw,) joint draws by name: common_rate, between_sd, ratio, effectiveness, completeness
    rates : (draw, region) joint draws, regions in the order given
    """

    level: float
    common_rate: Estimate
    between_sd: Estimate
    ratio: Estimate
    effectiveness: Estimate
    completeness: Estimate
    regions: Mapping[str, RegionInflow]
    inflow: Estimate
    codes: tuple[str, ...]
    draws: Mapping[str, Array] = field(repr=False)
    rates: Array = field(repr=False)


def calibrate_regions(
    histories: Sequence[RegionHistory],
    prior: Prior,
    level: float = 0.9,
    *,
    between_sd: float | None = None,
    exit_rate: float = 0.0,
    draws: int = 4000,
    seed: int = 1,
) -> PooledCalibration:
    """Inflow of each region, drawn towards the common rate as far as its own history leaves it open.

    Parameters
    ----------
    histories : one for each region
    prior : what is believed before, a year and unit of exposure: inflow of the common rate, noise of each region
    level : chance that a number is to lie in its interval
    between_sd : scale of the half-normal prior of the sd between regions; the prior sd of the inflow unless given
    exit_rate, draws, seed : as in `calibration.calibrate`

    Raises
    ------
    DataError : everything wrong with the histories, with the region

    Notes
    -----
    Each region's own inflow is integrated out exactly and its noise by quadrature; the common rate, the spread and the
    ratio lie on one box of nodes fitted to the histories.
    """
    refuse_settings(level, draws)
    spread = prior.inflow[1] if between_sd is None else between_sd
    law = HandlingLaw.of(prior.effectiveness, prior.completeness)
    stocks = _checked(histories, spread)
    regions = [_Region.of(StockRegression.of(stock, exit_rate), prior, law, spread) for stock in stocks]
    line = _Line.of(regions, prior, spread)
    common = _common_box(regions, prior, law, spread, line)
    numbers = uniforms(draws, seed, "common_ratio", "common_rate", "between_sd", "shares")
    log_ratio, away, between = common.draws([numbers[name] for name in ("common_ratio", "common_rate", "between_sd")])
    rate = line.at(np.exp(log_ratio)) + away
    effectiveness, completeness = law.shares(log_ratio, numbers["shares"])
    columns = {"common_rate": rate, "between_sd": between, "ratio": np.exp(log_ratio)}
    columns |= {"effectiveness": effectiveness, "completeness": completeness}
    rates = np.empty((draws, len(regions)))
    for place, (region, history) in enumerate(zip(regions, histories, strict=True)):
        own = uniforms(draws, seed, f"noise.{history.region}", f"inflow.{history.region}").values()
        rates[:, place] = region.rate_draws(columns["ratio"], rate, between, *own)
    return _pooled(histories, prior, law, level, columns, rates)


class _Region(NamedTuple):
    """One region at the nodes of its noise."""

    regression: StockRegression
    sums: Sums  # (node,)
    log_weights: Array  # (node,) of the prior of the noise

    @classmethod
    def of(cls, regression: StockRegression, prior: Prior, law: HandlingLaw, spread: float) -> "_Region":
        wider = replace(prior, inflow=(prior.inflow[0], float(np.hypot(prior.inflow[1], spread))))
        box = noise_box(regression, wider, law, _NOISE_NODES if prior.measurement_sd is None else _BOTH_NOISES)
        noise, measurement = np.broadcast_arrays(box.axes[0][0][:, None], box.axes[1][0][None, :])
        sums = regression.sums(np.exp(noise).reshape(1, -1), np.exp(measurement).reshape(1, -1))
        weights = noise_prior(prior, noise, measurement).ravel()
        return cls(regression, Sums(*(each[0] for each in sums)), weights)

    def log_likelihoods(self, ratio: Array, rate: Array, between: Array) -> tuple[Array, Array, Array]:
        """Log likelihood (..., node) of the common numbers (...), and mean and sd of the region's rate there."""
        _, rr, ra, rk, aa, ak, kk = self.sums
        more = (ratio - self.regression.centre_ratio[0])[..., None]
        away = (rate - self.regression.centre_inflow[0])[..., None]
        variance = between[..., None] ** 2
        shrunk = 1.0 + variance * aa
        towards = ra - more * ak - away * aa
        squares = rr - more * (2.0 * rk - more * kk) - away * (2.0 * (ra - more * ak) - away * aa)
        logs = self.log_weights - 0.5 * (
            self.sums.log_variances + np.log(shrunk) + squares - variance * towards**2 / shrunk
        )
        mean = rate[..., None] + variance * towards / shrunk
        return logs, mean, np.sqrt(variance / shrunk)

    def rate_draws(self, ratio: Array, rate: Array, between: Array, node: Array, deviation: Array) -> Array:
        """(draw,) rates of the region, given the common numbers of each draw and two numbers between 0 and 1."""
        logs, means, deviations = self.log_likelihoods(ratio, rate, between)
        chances = np.exp(logs - logsumexp(logs, axis=-1, keepdims=True)).cumsum(axis=-1)
        picked = np.minimum((chances < node[:, None]).sum(axis=-1), logs.shape[-1] - 1)[:, None]
        mean, sd = (np.take_along_axis(values, picked, axis=-1)[:, 0] for values in (means, deviations))
        return np.asarray(mean + sd * ndtri(deviation))


class _Line(NamedTuple):
    """Rate that the histories would have in common at a ratio; the box of nodes runs along this line."""

    rate: float
    slope: float

    def at(self, ratio: Array) -> Array:
        return np.asarray(self.rate + self.slope * ratio)

    @classmethod
    def of(cls, regions: Sequence[_Region], prior: Prior, spread: float) -> "_Line":
        """Mean over prior and regions, each weighted by how well it knows the rate."""
        weights, rates, slopes = [prior.inflow[1] ** -2.0], [prior.inflow[0]], [0.0]
        for region in regions:
            middle = len(region.log_weights) // 2
            known, slope = region.sums.inflow_inflow[middle], region.sums.inflow_handled[middle]
            weights.append(1.0 / (spread**2 + 1.0 / known))
            slopes.append(-slope / known)
            rates.append(region.regression.centre_inflow[0] - slopes[-1] * region.regression.centre_ratio[0])
        return cls(float(np.average(rates, weights=weights)), float(np.average(slopes, weights=weights)))


def _common_box(regions: Sequence[_Region], prior: Prior, law: HandlingLaw, spread: float, line: _Line) -> Box:
    """Joint density of log ratio, distance of the common rate from its line, and spread between regions."""
    mean, sd = prior.inflow

    def log_density(axes: tuple[Array, ...]) -> Array:
        log_ratio, away, between = np.meshgrid(*axes, indexing="ij")
        ratio = np.exp(log_ratio)
        rate = line.at(ratio) + away
        found = law.log_density(log_ratio) - 0.5 * ((rate - mean) / sd) ** 2 - 0.5 * (between / spread) ** 2
        for region in regions:
            found = found + logsumexp(region.log_likelihoods(ratio, rate, between)[0], axis=-1)
        return np.asarray(found)

    far = _FAR * (sd + spread)
    lows = [np.asarray(each) for each in (law.nodes[0], -far, 0.0)]
    highs = [np.asarray(each) for each in (law.nodes[-1], far, _FAR * spread)]
    return fitted_box(log_density, lows, highs, (_NODES, _NODES, _NODES))


def _pooled(
    histories: Sequence[RegionHistory],
    prior: Prior,
    law: HandlingLaw,
    level: float,
    draws: Mapping[str, Array],
    rates: Array,
) -> PooledCalibration:
    """Estimates of the draws, and codes."""
    exposures = np.array([history.exposure for history in histories])
    numbers = {name: estimate(values, level) for name, values in draws.items()}
    regions = {
        history.region: RegionInflow(estimate(own, level), estimate(own * history.exposure, level))
        for history, own in zip(histories, rates.T, strict=True)
    }
    for values in (rates, *draws.values()):
        values.setflags(write=False)
    codes = [*(["few_regions"] if len(histories) < _FEW_REGIONS else [])]
    codes += prior_limits(prior, law, draws["common_rate"], draws["ratio"])
    if any(prior_conflicts(prior, law, numbers["common_rate"].median, numbers["ratio"].median)):
        codes.append("prior_conflict")
    inflow = estimate(rates @ exposures, level)
    return PooledCalibration(
        level=level,
        **numbers,
        regions=regions,
        inflow=inflow,
        codes=tuple(codes),
        draws=MappingProxyType({**draws}),
        rates=rates,
    )


def _checked(histories: Sequence[RegionHistory], spread: float) -> list[StockHistory]:
    """Histories by unit of exposure; everything wrong with them at once."""
    problems = [*_wrong_set(histories, spread)]
    stocks = []
    for history in histories:
        try:
            stocks.append(checked_history(history.years, history.stock, history.handled, history.region))
        except DataError as error:
            problems += error.problems
    if problems:
        raise DataError(problems)
    exposures = [history.exposure for history in histories]
    rows = zip(stocks, exposures, strict=True)
    return [StockHistory(stock.years, stock.stock / exposure, stock.handled / exposure) for stock, exposure in rows]


def _wrong_set(histories: Sequence[RegionHistory], spread: float) -> Iterator[Problem]:
    if not histories:
        yield Problem("histories", Text("no region; expected the history of at least one"))
    if not 0 < spread < np.inf:
        yield Problem("between_sd", Text("{spread:g} between regions; expected a positive number", spread=spread))
    seen: set[str] = set()
    for history in histories:
        if history.region in seen:
            yield Problem(history.region, Text("the region comes twice; expected one history for each"))
        if not 0 < history.exposure < np.inf:
            yield Problem(
                history.region,
                Text("an exposure of {exposure:g}; expected a positive number", exposure=history.exposure),
            )
        seen.add(history.region)
