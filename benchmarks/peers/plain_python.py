"""Loops over draws, regions and years in plain Python."""

import random
from typing import Any

import numpy as np

from case import (
    BUILT,
    DECENT,
    DECENT_LOSS_RATE,
    RANGES,
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
)

SHARES = SHARE.tolist()
Draw = dict[str, float]


def houses_by_year(
    share: float, deterioration_rate: float, self_improvement_rate: float, effectiveness_share: float
) -> list[float]:
    """Uninhabitable houses of one region at the end of every year: the equations of all peers, written out."""
    decent, treated, rtlh = DECENT * share, 0.0, RTLH * share
    built, reach = BUILT * share, REACH * share
    houses = []
    for _ in range(YEARS):
        deteriorated = deterioration_rate * decent
        relapsed = RELAPSE_RATE * treated
        improved = self_improvement_rate * rtlh
        removed = RTLH_LOSS_RATE * rtlh
        waiting = rtlh + deteriorated + relapsed + SUBSTANDARD_SHARE * built - improved - removed
        effective = effectiveness_share * min(reach, waiting)
        decent += improved + (1 - SUBSTANDARD_SHARE) * built - deteriorated - DECENT_LOSS_RATE * decent
        treated += effective - relapsed
        rtlh = waiting - effective
        houses.append(rtlh)
    return houses


def prepare(draws: int) -> Prepared:
    """Loops that are ready: there is nothing to build."""

    def drawn(seed: int) -> list[Draw]:
        numbers = random.Random(seed)
        return [
            {name: numbers.triangular(low, high, mode) for name, (low, mode, high) in RANGES.items()}
            for _ in range(draws)
        ]

    return Prepared(drawn, _run, _array, _given)


def _run(draws: list[Draw]) -> list[list[list[float]]]:
    return [[houses_by_year(share, **draw) for share in SHARES] for draw in draws]


def _array(houses: Any) -> Array:
    return np.array(houses).transpose(2, 0, 1)


def _given(parameters: Parameters) -> list[Draw]:
    return list(parameters.by_draw())


PLAIN_PYTHON = Tool("plain Python loops", (), 10_000, prepare)
