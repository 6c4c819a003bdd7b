"""The numbers behind each assumption are those that the run used."""

from pathlib import Path

import numpy as np
import pytest
from scipy.stats import spearmanr

import backlog_model as bm
from backlog_model.analysis.paths.assumptions import drawn_assumptions
from drawn_scenarios import EVERY_KIND, written

KALSEL = Path(__file__).resolve().parents[1] / "scenarios" / "kalsel" / "baseline.yaml"
DRAWS = 200


@pytest.fixture(scope="module")
def scenario():
    return bm.load_scenario(KALSEL)


@pytest.fixture(scope="module")
def projection(scenario):
    return bm.run(scenario, draws=DRAWS, seed=7)


@pytest.fixture(scope="module")
def numbers(scenario):
    return drawn_assumptions(scenario, draws=DRAWS, seed=7)


@pytest.mark.parametrize("name", ["deterioration_rate", "relapse_rate", "self_acquired_rate", "new_slum_rate"])
def test_a_high_number_is_a_high_value_in_the_run(name, numbers, projection):
    used = getattr(projection.inputs.yearly, name)
    used = used.reshape(-1, DRAWS)[0]
    np.testing.assert_array_equal(np.argsort(numbers[f"assumptions.{name}"]), np.argsort(used))


def test_decay_goes_with_more_houses_to_repair_and_self_repair_with_fewer(numbers, projection):
    houses = projection.array("rtlh_houses", by="province")[-1, :, 0]
    decay = spearmanr(numbers["assumptions.deterioration_rate"], houses).statistic
    repair = spearmanr(numbers["assumptions.self_improvement_rate.light"], houses).statistic
    assert decay > 0.3
    assert repair < -0.3


def test_stated_correlations_are_inside(numbers):
    together = spearmanr(numbers["assumptions.deterioration_rate"], numbers["assumptions.relapse_rate"]).statistic
    assert together == pytest.approx(0.5, abs=0.1)


def test_only_what_is_drawn_once_for_all_years_and_regions_is_told(tmp_path):
    found = drawn_assumptions(written(tmp_path, EVERY_KIND), draws=10)
    assert {"assumptions.relapse_rate", "opening.ownership_backlog_households"} <= set(found)
    assert not {"assumptions.absorption_share", "assumptions.crews", "assumptions.rtlh_loss_rate"} & set(found)
    assert all(numbers.shape == (10,) for numbers in found.values())


def test_another_seed_or_design_is_another_run(scenario, numbers):
    name = "assumptions.deterioration_rate"
    for options in ({"seed": 8}, {"seed": 7, "design": "sobol"}):
        assert (drawn_assumptions(scenario, draws=DRAWS, **options)[name] != numbers[name]).mean() > 0.9
