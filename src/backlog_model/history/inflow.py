"""What counted ledgers say about decay: the prior of a scenario, weighed by the inflow that a list shows.

A ledger shows the net flow into one list: houses that decayed, were built substandard, relapsed or were damaged, less
what owners improved or gave up. The model says what that flow would be for each draw of its assumptions, at the size
of the list. Draws that come near what the ledger shows count more (importance weights); the weighted draws are the
posterior. Decay and self-repair enter only through their balance, so that the data say little on either alone: their
correlation after weighting says how far they were tied together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from backlog_model.assembly import assemble
from backlog_model.assembly.drawing import Drawing
from backlog_model.dynamics import simulation
from backlog_model.ensemble import streams_of
from backlog_model.history.declaration import DETERIORATION, problem
from backlog_model.history.ledger import LEVEL, Interval
from backlog_model.scenario.schema import Scenario
from backlog_model.translation import Text

Array = npt.NDArray[np.float64]

RATE = DETERIORATION

_DRAWS = 4000
_SEED = 1
_KEPT = 1000
_FEW = 200  # draws that effectively count, below which the posterior is too coarse to use


@dataclass(frozen=True)
class Shown:
    """The net flow a year that a ledger shows, and the size of its list.

    Attributes
    ----------
    region : code of the region of the list
    mean, sd : houses a year
    list_houses : mean size of the list over the time of the ledger
    houses_at_risk : houses of the region that can fall into the list, those on it included
    """

    region: str
    mean: float
    sd: float
    list_houses: float
    houses_at_risk: float


@dataclass(frozen=True)
class Posterior:
    """A rate after the ledgers were heard.

    Attributes
    ----------
    prior, posterior : interval of the rate before and after
    effective_draws : how many equally weighted draws say as much as the weighted ones
    correlation_with_repair : rank correlation with self-improvement after weighting; before, it was none. None where a
        single draw is all that counts
    predicted : by region, the net flow a year that the prior leads one to expect
    draws : (draw,) equally weighted draws of the rate after the ledgers were heard, from low to high
    codes : `prior_dominates` where the interval hardly moved, `few_draws` where hardly any draw fits
    """

    prior: Interval
    posterior: Interval
    effective_draws: float
    correlation_with_repair: float | None
    predicted: Mapping[str, Interval]
    draws: Array
    codes: tuple[str, ...]

    def fed_to(self, scenario: Scenario, path: str = RATE) -> Scenario:
        """The scenario with these draws in place of what it believed about the rate."""
        source = "history: posterior draws"
        return scenario.replace({path: {"samples": self.draws.tolist(), "source": source}})


def deterioration(scenario: Scenario, shown: Sequence[Shown], *, discrepancy: float) -> Posterior:
    """Deterioration rate after what ledgers show.

    Parameters
    ----------
    scenario : with the prior of the rate, and of all that stands beside it
    shown : one entry for each ledger that counts
    discrepancy : standard deviation of the logarithm of what a list takes in over what the model's definition does
    """
    inputs = assemble(scenario, _drawing(scenario))
    first = next(simulation.years(inputs))
    rates = np.broadcast_to(inputs.yearly.deterioration_rate[0], (_DRAWS, len(inputs.axes.regions)))
    _refuse(rates, first.flows.revision_houses, shown)
    rate = rates[:, 0]
    opening = inputs.opening.rtlh_houses.sum(axis=0)
    repair = (first.flows.self_improved_houses + first.flows.removed_rtlh_houses) / np.maximum(opening, 1e-300)
    # A ledger runs over years: damage enters at its mean, or one drawn flood would explain seven years of inflow.
    into = (
        first.flows.deteriorated_houses
        + first.flows.substandard_built_houses
        + first.flows.relapsed_houses
        + first.flows.disaster_houses.mean(axis=0)
    )
    houses = opening + inputs.opening.decent_houses + inputs.opening.treated_houses
    logs = np.zeros(_DRAWS)
    predicted: dict[str, Interval] = {}
    for number, each in enumerate(shown):
        wider = np.exp(discrepancy * _normal(scenario, f"history.discrepancy.{number}"))
        place = inputs.axes.regions.index(each.region)
        scale = (each.houses_at_risk - each.list_houses) / np.maximum(houses[:, place] - opening[:, place], 1.0)
        net = into[:, place] * scale * wider - repair[:, place] * each.list_houses
        predicted[each.region] = Interval.of(net)
        logs -= 0.5 * ((net - each.mean) / each.sd) ** 2
    weights = np.exp(logs - logs.max())
    return _posterior(rate, repair.mean(axis=1), weights / weights.sum(), predicted)


def _refuse(rates: Array, revised: Array, shown: Sequence[Shown]) -> None:
    """Refuse what the comparison of one year of the model with a ledger cannot be made with."""
    if np.ptp(rates, axis=1).max() > 0:
        raise problem(RATE, Text("it differs by region; what one list shows can be held to one rate only"))
    if np.abs(revised).max() > 0:
        raise problem("revisions", Text("RTLH are registered again in the first year; expected a year without"))
    for each in shown:
        if not each.sd > 0 or each.houses_at_risk <= each.list_houses:
            seen = Text(
                "sd {sd:g}, {houses_at_risk:g} houses at risk, {list_houses:g} on the list",
                sd=each.sd,
                houses_at_risk=each.houses_at_risk,
                list_houses=each.list_houses,
            )
            raise problem(
                Text("ledger of {region}", region=each.region),
                Text("{seen}; expected some doubt, and more houses than on the list", seen=seen),
            )


def _drawing(scenario: Scenario) -> Drawing:
    return Drawing.of(scenario, streams_of(scenario, draws=_DRAWS, seed=_SEED), range(_DRAWS))


def _normal(scenario: Scenario, name: str) -> Array:
    from scipy.special import ndtri

    streams = streams_of(scenario, draws=_DRAWS, seed=_SEED)
    return np.asarray(ndtri(streams.uniforms(name, slice(0, _DRAWS), codes=("",), years=(0,))[0, :, 0]))


def _posterior(rate: Array, repair: Array, weights: Array, predicted: Mapping[str, Interval]) -> Posterior:
    prior, posterior = Interval.of(rate), _weighted(rate, weights)
    effective = float(1.0 / np.square(weights).sum())
    codes = []
    if effective < _FEW:
        codes.append("few_draws")
    if posterior.upper - posterior.lower > 0.9 * (prior.upper - prior.lower):
        codes.append("prior_dominates")
    tied = _rank_correlation(rate, repair, weights)
    points = (np.arange(_KEPT) + 0.5) / _KEPT
    return Posterior(prior, posterior, effective, tied, predicted, _quantiles(rate, weights, points), tuple(codes))


def _weighted(values: Array, weights: Array) -> Interval:
    tail = (1 - LEVEL) / 2
    lower, middle, upper = _quantiles(values, weights, np.array((tail, 0.5, 1 - tail))).tolist()
    return Interval(middle, lower, upper)


def _quantiles(values: Array, weights: Array, points: Array) -> Array:
    order = np.argsort(values)
    reached = np.cumsum(weights[order]) - weights[order] / 2
    return np.interp(points, reached, values[order])


def _rank_correlation(one: Array, other: Array, weights: Array) -> float | None:
    """Weighted rank correlation; None where the weighted ranks do not vary."""
    ranks = np.stack([_ranks(one, weights), _ranks(other, weights)])
    away = ranks - (ranks * weights).sum(axis=1, keepdims=True)
    spread = np.sqrt((np.square(away) * weights).sum(axis=1))
    if spread.min() <= 0:
        return None
    return float((away[0] * away[1] * weights).sum() / (spread[0] * spread[1]))


def _ranks(values: Array, weights: Array) -> Array:
    order = np.argsort(values)
    ranks = np.empty_like(values)
    ranks[order] = np.cumsum(weights[order]) - weights[order] / 2
    return ranks
