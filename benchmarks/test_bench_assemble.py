"""Turning a loaded scenario into the arrays of one simulation."""

import pytest

from backlog_model.assembly import assemble
from backlog_model.scenario.loading import load_scenario
from cases import CASES, record


@pytest.mark.parametrize("case", CASES)
def test_assemble(benchmark, case):
    scenario = load_scenario(case.scenario)
    inputs = benchmark(assemble, scenario, draws=case.draws)
    record(benchmark, draws=case.draws, regions=len(inputs.axes.regions), years=len(inputs.axes.years))
    assert inputs.axes.draws == case.draws
