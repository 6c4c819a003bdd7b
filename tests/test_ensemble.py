"""Runs of a scenario."""

from pathlib import Path

import numpy as np
import pytest

import backlog_model as bm
from backlog_model.assembly import assemble
from backlog_model.dynamics.simulation import simulate

SCENARIO = Path(__file__).parents[1] / "scenarios" / "template" / "scenario.yaml"


@pytest.fixture(scope="module")
def scenario():
    return bm.load_scenario(SCENARIO)


def test_a_run_is_the_central_line_under_the_name_of_its_file(scenario):
    projection = bm.run(scenario)
    assert (projection.draws, projection.scenario) == (0, "scenario")
    simulated = simulate(assemble(scenario))
    for name, values in simulated.values.items():
        np.testing.assert_array_equal(projection.values[name], values)


def test_the_seed_changes_nothing_in_the_central_run(scenario):
    first, second = (bm.run(scenario, draws=0, seed=seed).array("rtlh_houses") for seed in (1, 2))
    np.testing.assert_array_equal(first, second)


@pytest.mark.parametrize("draws", [1, 2000, -1])
def test_draws_are_refused_in_a_sentence(scenario, draws):
    with pytest.raises(bm.BacklogModelError, match="central run only, every assumption at its median; use draws=0"):
        bm.run(scenario, draws=draws)
