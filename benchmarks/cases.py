"""Sizes that are measured, the yardstick they are divided by, and how a measurement is recorded."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest

from backlog_model.assembly import assemble
from backlog_model.assembly.drawing import Drawing
from backlog_model.ensemble import streams_of
from backlog_model.inputs import Inputs
from backlog_model.scenario.loading import load_scenario

FOLDER = Path(__file__).resolve().parent
SINGLE_CLASS = FOLDER / "single_class.yaml"
KALSEL = FOLDER.parent / "scenarios" / "kalsel" / "baseline.yaml"


class Case(NamedTuple):
    scenario: Path
    draws: int


CASES = (
    pytest.param(Case(SINGLE_CLASS, 0), id="single_class-central"),
    pytest.param(Case(SINGLE_CLASS, 10_000), id="single_class-10000"),
    pytest.param(Case(KALSEL, 0), id="kalsel-central"),
    pytest.param(Case(KALSEL, 10_000), id="kalsel-10000"),
)
SCENARIOS = (pytest.param(SINGLE_CLASS, id="single_class"), pytest.param(KALSEL, id="kalsel"))


def inputs_of(scenario, draws: int) -> Inputs:
    """Arrays of the central run, or of random draws."""
    if draws == 0:
        return assemble(scenario)
    return assemble(scenario, Drawing.of(scenario, streams_of(scenario, draws=draws, seed=1), range(draws)))


def loaded_inputs(case: Case) -> Inputs:
    """Arrays of a case."""
    return inputs_of(load_scenario(case.scenario), case.draws)


def yardstick_seconds(draws: int, regions: int, years: int) -> float:
    """Time of the least a year can cost: two stocks, one programme, written straight down in NumPy.

    Measured in the same run on the same machine, so that a result divided by it can be compared between machines.
    The best of three, since anything else the machine does only adds to it.
    """
    return min(_timed(lambda: _plain_loop(draws, regions, years)) for _ in range(3))


def record(benchmark: Any, inputs: Inputs) -> None:
    """Put region-years a second, and the time as a multiple of the yardstick, beside the measurement."""
    draws, regions, years = inputs.axes.draws, len(inputs.axes.regions), len(inputs.axes.years)
    region_years = draws * regions * years
    benchmark.extra_info |= {"draws": draws, "regions": regions, "years": years}
    if benchmark.stats is None:  # an untimed run
        return
    seconds = benchmark.stats.stats.min
    benchmark.extra_info["million_region_years_per_second"] = region_years / seconds / 1e6
    benchmark.extra_info["times_yardstick"] = seconds / yardstick_seconds(draws, regions, years)


def _timed(function: Callable[[], object]) -> float:
    start = time.perf_counter()
    function()
    return time.perf_counter() - start


def _plain_loop(draws: int, regions: int, years: int) -> np.ndarray:
    decent, rtlh = np.full((draws, regions), 9e5), np.full((draws, regions), 2e5)
    stocks = np.empty((years, draws, regions))
    for year in range(years):
        inflow, improved = 0.004 * decent, 0.03 * rtlh
        handled = np.minimum(200.0, rtlh + inflow - improved)
        decent = decent - inflow + improved + handled
        rtlh = rtlh + inflow - improved - handled
        stocks[year] = rtlh
    return stocks
