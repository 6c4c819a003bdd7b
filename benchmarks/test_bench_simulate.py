"""Stepping the years on arrays that are ready."""

import pytest

from backlog_model.assembly import assemble
from backlog_model.dynamics.simulation import simulate
from backlog_model.scenario.loading import load_scenario
from cases import CASES, record


@pytest.mark.parametrize("case", CASES)
def test_simulate(benchmark, case):
    inputs = assemble(load_scenario(case.scenario), draws=case.draws)
    projection = benchmark(simulate, inputs)
    record(benchmark, draws=case.draws, regions=len(inputs.axes.regions), years=len(inputs.axes.years))
    assert projection is not None
