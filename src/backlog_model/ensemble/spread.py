"""Where the spread of a result comes from: what nobody knows well, or the chance of each year."""

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from backlog_model.assembly import assemble
from backlog_model.assembly.drawing import Drawing
from backlog_model.dynamics.simulation import records
from backlog_model.levels import DERIVED, INDICATORS
from backlog_model.projection import Projection
from backlog_model.scenario.schema import Scenario
from backlog_model.streams import Streams
from backlog_model.summary import Array, Sampling


class SpreadShares(NamedTuple):
    """Shares of the variance of a result; NaN where it does not vary."""

    knowledge: float
    chance: float
    mc_error: float


def spread_shares(
    scenario: Scenario, variable: str = "rtlh_houses", *, part: str = "total", draws: int = 1000, seed: int = 1
) -> dict[int, SpreadShares]:
    """Share of the variance of a provincial result that knowledge explains, and the rest, which is chance, by year.

    Knowledge is what is drawn once for all years (a rate nobody has measured, the split over regions); chance is what
    is drawn anew each year (floods, fires, late budgets).

    Parameters
    ----------
    scenario : a checked scenario
    variable, part : what is looked at
    draws, seed : random numbers

    Notes
    -----
    Every draw is simulated twice with the same knowledge and other chance. The covariance of the two results over
    their variance is the share of knowledge (law of total variance).
    """
    sampling = Sampling(draws, seed, "random")
    streams = Streams(seed, draws, "random")
    other = Streams(_other_seed(seed), draws, "random")
    first, second = (
        _results(scenario, Drawing.of(scenario, streams, range(draws), chance=chance), variable, part)
        for chance in (streams, other)
    )
    whole = _share(first, second)
    parts = [_share(first[:, a:b], second[:, a:b]) for a, b in pairwise(sampling.edges)]
    errors = np.std(parts, axis=0, ddof=1) / np.sqrt(len(parts)) if len(parts) > 1 else np.full(len(whole), np.nan)
    years = Projection(assemble(scenario), {}).years(variable)
    return {
        year: SpreadShares(share, 1.0 - share, error)
        for year, share, error in zip(years, whole.tolist(), errors.tolist(), strict=True)
    }


def _other_seed(seed: int) -> int:
    """Seed of a second stream of chance, far from those that people write."""
    return seed + 2**62


def _results(scenario: Scenario, drawing: Drawing, variable: str, part: str) -> Array:
    """(year, draw) of a provincial result."""
    inputs = assemble(scenario, drawing)
    recorded = variable not in DERIVED and variable not in INDICATORS
    values = records(inputs, variables=frozenset((variable,)) if recorded else None)
    return Projection(inputs, values).array(variable, part=part, by="province")[:, :, 0]


def _share(first: Array, second: Array) -> Array:
    """(year,) correlation of two results that share their knowledge, between 0 and 1."""
    one, two = (each - each.mean(axis=1, keepdims=True) for each in (first, second))
    spread = np.sqrt((one**2).sum(axis=1) * (two**2).sum(axis=1))
    varies = spread > 1e-9 * np.abs(first * second).sum(axis=1)
    share = np.divide((one * two).sum(axis=1), spread, out=np.full(len(one), np.nan), where=varies)
    return np.asarray(np.clip(share, 0.0, 1.0))
