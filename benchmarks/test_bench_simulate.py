"""Stepping the years on arrays that are ready, by either executor."""

import pytest

from backlog_model.dynamics import compiled, simulation
from cases import CASES, loaded_inputs, record


@pytest.mark.parametrize("case", CASES)
def test_arrays(benchmark, case):
    inputs = loaded_inputs(case)
    assert benchmark(simulation.records, inputs)
    record(benchmark, inputs)


@pytest.mark.parametrize("case", CASES)
def test_compiled(benchmark, case):
    pytest.importorskip("llvmlite")
    inputs, workspace = loaded_inputs(case), compiled.Workspace()
    compiled.records(inputs, workspace=workspace)  # compiling is not part of the time
    assert benchmark(compiled.records, inputs, workspace=workspace)
    record(benchmark, inputs)
