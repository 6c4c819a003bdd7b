"""The equations of the case and nothing else, compiled: how fast this machine can compute it.

Draws are the innermost loop, 64 at a time, so that the compiler computes several at once; the years are inside it.
"""

import numpy as np
from numba import njit

from case import (
    BUILT,
    DECENT,
    DECENT_LOSS_RATE,
    REACH,
    REGIONS,
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

LANES = 64


def prepare(draws: int) -> Prepared:
    """A kernel compiled by a first small run."""
    _run(drawn_parameters(1, LANES))
    return Prepared(lambda seed: drawn_parameters(seed, draws), _run, _array)


def _run(parameters: Parameters) -> Array:
    """(block, year, region, lane) houses."""
    draws = len(parameters.deterioration_rate)
    blocks = -(-draws // LANES)
    padded = (np.resize(values, (blocks, LANES)) for values in parameters)
    houses = np.empty((blocks, YEARS, REGIONS, LANES))
    _fill(houses, *padded, SHARE)
    return houses[..., :draws] if blocks == 1 else houses


@njit(error_model="numpy")
def _fill(houses, deterioration_rate, self_improvement_rate, effectiveness_share, share):
    decent, treated, rtlh = np.empty(LANES), np.empty(LANES), np.empty(LANES)
    for block in range(houses.shape[0]):
        for region in range(REGIONS):
            built, reach = BUILT * share[region], REACH * share[region]
            for lane in range(LANES):
                decent[lane], treated[lane], rtlh[lane] = DECENT * share[region], 0.0, RTLH * share[region]
            for year in range(YEARS):
                for lane in range(LANES):
                    deteriorated = deterioration_rate[block, lane] * decent[lane]
                    relapsed = RELAPSE_RATE * treated[lane]
                    improved = self_improvement_rate[block, lane] * rtlh[lane]
                    waiting = rtlh[lane] + deteriorated + relapsed + SUBSTANDARD_SHARE * built - improved
                    waiting -= RTLH_LOSS_RATE * rtlh[lane]
                    effective = effectiveness_share[block, lane] * min(reach, waiting)
                    kept = decent[lane] - deteriorated - DECENT_LOSS_RATE * decent[lane]
                    decent[lane] = kept + improved + (1 - SUBSTANDARD_SHARE) * built
                    treated[lane] = treated[lane] + effective - relapsed
                    rtlh[lane] = waiting - effective
                    houses[block, year, region, lane] = rtlh[lane]


def _array(houses: Array) -> Array:
    """(year, draw, region)."""
    return houses.transpose(1, 0, 3, 2).reshape(YEARS, -1, REGIONS)


NUMBA = Tool("Numba, these equations alone", ("numba",), 16_384, prepare, runs=300)
