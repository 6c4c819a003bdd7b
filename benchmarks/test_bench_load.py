"""Reading and checking a scenario file."""

import pytest

from backlog_model.scenario.loading import load_scenario
from cases import SCENARIOS


@pytest.mark.parametrize("path", SCENARIOS)
def test_load(benchmark, path):
    scenario = benchmark(load_scenario, path)
    assert scenario.programmes
