"""The case that every tool computes: the single-class test vector, shared out over 13 regions, for 10 years.

Three assumptions are drawn once per draw, for all regions. What a tool returns is the number of uninhabitable houses
at the end of every year, in every draw and region.
"""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

REGIONS = 13
YEARS = 10
WEIGHT_OF_REGION = np.arange(1.0, REGIONS + 1)
WEIGHT_OF_ALL = 91.0  # the sum of the weights
SHARE = WEIGHT_OF_REGION / WEIGHT_OF_ALL

# Opening stocks, flows a year, and the rates that are the same in every draw; totals of all regions.
DECENT, RTLH, BUILT, REACH = 900_000.0, 237_973.0, 12_000.0, 2_804.0
RELAPSE_RATE, RTLH_LOSS_RATE, DECENT_LOSS_RATE, SUBSTANDARD_SHARE = 0.01, 0.002, 0.001, 0.10

# Lowest, likeliest and highest value of what is drawn (triangular); the likeliest is that of the test vector.
RANGES = {
    "deterioration_rate": (0.003, 0.004, 0.005),
    "self_improvement_rate": (0.02, 0.03, 0.04),
    "effectiveness_share": (0.90, 0.95, 1.00),
}

# The test vector as printed in the model's description: uninhabitable houses of all regions after 1, 2, ... years.
PRINTED = (232_494.064000, 227_270.848712, 222_293.978437, 217_554.415480, 213_043.448006)
PRINTED_DIGITS = 5e-7
TOLERANCE = 1e-9


class Parameters(NamedTuple):
    """One value per draw of everything that is drawn."""

    deterioration_rate: Array
    self_improvement_rate: Array
    effectiveness_share: Array

    def by_draw(self) -> Iterator[dict[str, float]]:
        """Values of one draw after the other, by name."""
        for values in zip(*self, strict=True):
            yield dict(zip(self._fields, map(float, values), strict=True))


class Prepared(NamedTuple):
    """A tool whose model is built, for a number of draws; building and compiling is not timed."""

    drawn: Callable[[int], Any]  # numbers from a seed, made as the tool makes them
    run: Callable[[Any], Any]  # the years, for drawn or given numbers; what the tool naturally returns
    array: Callable[[Any], Array]  # of that, (year, draw, region) uninhabitable houses: not timed
    given: Callable[[Parameters], Any] = lambda parameters: parameters  # numbers as the tool takes them


class Tool(NamedTuple):
    """A way to compute the case."""

    name: str
    packages: tuple[str, ...]  # distributions whose versions are reported
    draws: int  # of one run
    prepare: Callable[[int], Prepared]
    runs: int = 1  # in one measurement, each with numbers of its own


def drawn_parameters(seed: int, draws: int) -> Parameters:
    """Random numbers of NumPy, for tools that leave them to the caller."""
    random = np.random.default_rng(seed)
    return Parameters(*(random.triangular(*RANGES[name], draws) for name in Parameters._fields))


def checked_parameters() -> Parameters:
    """Numbers on which all tools must agree: those of the test vector, and three draws."""
    likeliest = Parameters(*(np.array([RANGES[name][1]]) for name in Parameters._fields))
    both = zip(likeliest, drawn_parameters(7, 3), strict=True)
    return Parameters(*(np.concatenate(values) for values in both))


def disagreement(tool: Tool, expected: Array) -> float:
    """Largest relative distance of a tool from the expected houses, once it is known to give the printed digits."""
    parameters = checked_parameters()
    prepared = tool.prepare(len(parameters.deterioration_rate))
    houses = prepared.array(prepared.run(prepared.given(parameters)))
    if houses.shape != expected.shape:
        raise AssertionError(f"{tool.name}: shape {houses.shape}; expected {expected.shape}")
    printed = np.abs(houses[: len(PRINTED), 0].sum(axis=-1) - PRINTED).max()
    distance = float(np.abs(houses / expected - 1).max())
    if printed > PRINTED_DIGITS * (1 + TOLERANCE) + TOLERANCE * PRINTED[0] or distance > TOLERANCE:
        raise AssertionError(f"{tool.name}: {printed:g} houses from the printed digits, {distance:g} from plain Python")
    return distance
