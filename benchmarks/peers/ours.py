"""The package itself: the array path and, where it can be compiled, the compiled path; numbers and inputs included.

This case is a small part of the model: one class, one programme, no slums or estates. Both paths keep the houses only;
the array path computes everything all the same, the compiled path leaves out what cannot happen.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from backlog_model.dynamics import compiled, simulation
from backlog_model.inputs import Axes, Inputs
from backlog_model.neutral import empty_opening, full_coverage, neutral_years, plain_rules
from backlog_model.streams import Streams
from case import (
    BUILT,
    DECENT,
    DECENT_LOSS_RATE,
    RANGES,
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
)

Records = Callable[[Inputs], dict[str, Array]]
HOUSES = "rtlh_houses"

WRITTEN = {
    "relapse_rate": RELAPSE_RATE,
    "rtlh_loss_rate": RTLH_LOSS_RATE,
    "decent_loss_rate": DECENT_LOSS_RATE,
    "substandard_share": SUBSTANDARD_SHARE,
    "self_built_houses": BUILT * SHARE,
    "budget_idr": REACH * SHARE,  # unit cost 1 where nothing is written: one rupiah, one house
}


def houses_inputs(parameters: Parameters) -> Inputs:
    """Inputs of the case for some draws."""
    axes = Axes(
        years=tuple(range(2025, 2025 + YEARS)),
        province="63",
        regions=tuple(f"63.{region:02d}" for region in range(1, REGIONS + 1)),
        severities=("all",),
        authorities=(),
        house_programmes=("repair",),
        sources=("budget",),
        draws=len(parameters.deterioration_rate),
    )
    drawn = {name: values[:, None] for name, values in parameters._asdict().items()}
    neutral = neutral_years(axes)
    yearly = neutral._replace(
        **{name: _spread(getattr(neutral, name), value) for name, value in (WRITTEN | drawn).items()}
    )
    opening = empty_opening(axes)
    opening.decent_houses[:] = DECENT * SHARE
    opening.rtlh_houses[:] = RTLH * SHARE
    return Inputs(axes, opening, yearly, plain_rules(axes), full_coverage(axes))


def _spread(neutral: Array, value: Any) -> Array:
    """A value over the leading axes of a neutral array, each of length 1, and its own draws and regions."""
    value = np.atleast_2d(value)
    return np.ascontiguousarray(value).reshape(*neutral.shape[:-2], *value.shape)


def prepare_arrays(draws: int) -> Prepared:
    """The array path."""
    return _prepared(partial(simulation.records, variables=frozenset({HOUSES})), draws)


def prepare_compiled(draws: int) -> Prepared:
    """The compiled path; it compiles in its first run."""
    if not compiled.is_available():
        raise ImportError("the compiled path is not available here")
    return _prepared(partial(compiled.records, variables=frozenset({HOUSES})), draws)


def _prepared(records: Records, draws: int) -> Prepared:
    return Prepared(
        drawn=lambda seed: _drawn(Streams(seed, draws, "random")),
        run=lambda parameters: records(houses_inputs(parameters))[HOUSES],
        array=lambda houses: houses[1:, 0],  # without the opening; of the one class
    )


def _drawn(streams: Streams) -> Parameters:
    uniform = (streams.uniforms(name, slice(streams.draws))[0, :, 0] for name in Parameters._fields)
    return Parameters(*(_triangular(numbers, *RANGES[name]) for name, numbers in zip(RANGES, uniform, strict=True)))


def _triangular(uniform: Array, low: float, mode: float, high: float) -> Array:
    """Values of a triangular distribution at uniform numbers."""
    width, rise, fall = high - low, mode - low, high - mode
    below = low + np.sqrt(uniform * width * rise)
    return np.where(uniform < rise / width, below, high - np.sqrt((1 - uniform) * width * fall))


ARRAYS = Tool("this package, array path", ("numpy",), 10_000, prepare_arrays)
COMPILED = Tool("this package, compiled path", ("llvmlite",), 16_384, prepare_compiled, runs=100)
