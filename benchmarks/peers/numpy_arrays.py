"""Arrays of (draw, region), written straight down in NumPy: the yardstick."""

import numpy as np

from case import (
    BUILT,
    DECENT,
    DECENT_LOSS_RATE,
    REACH,
    RELAPSE_RATE,
    RTLH,
    RTLH_LOSS_RATE,
    SHARE,
    SUBSTANDARD_SHARE,
    YEARS,
    Array,
    Parameters,
    Prepared,
    Tool,
    drawn_parameters,
)

DRAWS_PER_BLOCK = 2_048
"""Temporary arrays of 200 KiB, which stay in the cache."""


def prepare(draws: int) -> Prepared:
    """Arrays that are ready: there is nothing to build."""
    return Prepared(lambda seed: drawn_parameters(seed, draws), _run, lambda houses: houses)


def _run(parameters: Parameters) -> Array:
    draws = len(parameters.deterioration_rate)
    houses = np.empty((YEARS, draws, len(SHARE)))
    for first in range(0, draws, DRAWS_PER_BLOCK):
        block = slice(first, first + DRAWS_PER_BLOCK)
        fill(houses[:, block], Parameters(*(values[block, None] for values in parameters)))
    return houses


def fill(houses: Array, drawn: Parameters) -> None:
    """Fill (year, draw, region) houses from (draw, 1) numbers."""
    built, reach = BUILT * SHARE, REACH * SHARE
    decent, treated, rtlh = (np.broadcast_to(total * SHARE, houses.shape[1:]) for total in (DECENT, 0.0, RTLH))
    for year in range(YEARS):
        deteriorated = drawn.deterioration_rate * decent
        relapsed = RELAPSE_RATE * treated
        improved = drawn.self_improvement_rate * rtlh
        removed = RTLH_LOSS_RATE * rtlh
        waiting = rtlh + deteriorated + relapsed + SUBSTANDARD_SHARE * built - improved - removed
        effective = drawn.effectiveness_share * np.minimum(reach, waiting)
        decent = decent + improved + (1 - SUBSTANDARD_SHARE) * built - deteriorated - DECENT_LOSS_RATE * decent
        treated = treated + effective - relapsed
        rtlh = waiting - effective
        houses[year] = rtlh


NUMPY = Tool("NumPy, written straight down", ("numpy",), 16_384, prepare, runs=40)
