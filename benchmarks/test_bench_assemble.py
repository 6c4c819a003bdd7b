"""Turning a loaded scenario into the arrays of one simulation, random numbers and their values included."""

import pytest

from backlog_model.scenario.loading import load_scenario
from cases import CASES, inputs_of, record


@pytest.mark.parametrize("case", CASES)
def test_assemble(benchmark, case):
    inputs = benchmark(inputs_of, load_scenario(case.scenario), case.draws)
    record(benchmark, inputs)
    assert inputs.axes.draws == max(1, case.draws)
