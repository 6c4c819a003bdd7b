"""What ledgers say about decay: a prior weighed by the inflow that a list shows."""

from pathlib import Path

import numpy as np
import pytest

import backlog_model as bm
from backlog_model.history.inflow import RATE, Shown, deterioration

PRIOR = {"lognormal": {"median": 0.004, "sigma": 0.6}, "assumption": True}


@pytest.fixture(scope="module")
def scenario():
    path = Path(__file__).parents[1] / "scenarios" / "kalsel" / "baseline.yaml"
    return bm.load_scenario(path).replace({RATE: PRIOR})


def found(scenario, mean, sd, discrepancy=0.0, **others):
    shown = Shown("63.07", mean, sd, list_houses=5_000.0, houses_at_risk=66_000.0, **others)
    return deterioration(scenario, [shown], discrepancy=discrepancy)


def test_a_vague_ledger_leaves_the_prior(scenario):
    posterior = found(scenario, 300.0, 1e6)
    assert posterior.posterior.middle == pytest.approx(posterior.prior.middle, rel=0.01)
    assert posterior.effective_draws == pytest.approx(4000, rel=0.001)
    assert posterior.codes == ("prior_dominates",)
    assert posterior.prior.middle == pytest.approx(0.004, rel=0.01)
    assert posterior.prior.upper == pytest.approx(0.004 * np.exp(0.6 * 1.6449), rel=0.02)


def test_more_inflow_means_more_decay(scenario):
    rates = [found(scenario, mean, 60.0).posterior.middle for mean in (0.0, 200.0, 400.0, 800.0)]
    assert rates == sorted(rates)
    assert rates[-1] > 1.5 * rates[0]


def test_a_sharper_ledger_narrows_the_range(scenario):
    widths = [
        (lambda interval: interval.upper - interval.lower)(found(scenario, 250.0, sd).posterior)
        for sd in (1e6, 300.0, 60.0)
    ]
    assert widths[0] > widths[1] > widths[2]


def test_a_list_of_another_definition_says_less(scenario):
    same, other = (found(scenario, 400.0, 60.0, discrepancy=sd).posterior for sd in (0.0, 0.7))
    assert other.upper - other.lower > same.upper - same.lower


def test_decay_and_own_repairs_are_tied_by_what_the_list_shows(scenario):
    assert found(scenario, 250.0, 40.0).correlation_with_repair > 0.1
    assert abs(found(scenario, 250.0, 1e6).correlation_with_repair) < 0.05


def test_a_ledger_that_nothing_explains_is_told(scenario):
    assert "few_draws" in found(scenario, 20_000.0, 50.0).codes


def test_predicted_inflow_is_what_the_model_does(scenario):
    """At the model's own stocks the prediction is its net flow of the first year."""
    run = bm.run(scenario, draws=0)
    place = run.axes.regions.index("63.07")
    first = {name: run.array(name)[0, 0, place] for name in ("new_rtlh_houses", "self_improved_houses")}
    removed = run.array("removed_rtlh_houses")[0, 0, place]
    opening = run.array("rtlh_houses")[0, 0, place]
    whole = opening + run.array("decent_houses")[0, 0, place] + run.array("treated_houses")[0, 0, place]
    shown = Shown("63.07", 0.0, 1e6, list_houses=opening, houses_at_risk=whole)
    predicted = deterioration(scenario, [shown], discrepancy=0.0).predicted["63.07"]
    central = first["new_rtlh_houses"] - first["self_improved_houses"] - removed
    assert predicted.lower < central < predicted.upper
    assert predicted.middle == pytest.approx(central, abs=0.25 * (predicted.upper - predicted.lower))


def test_posterior_draws_take_the_place_of_the_prior_in_a_run(scenario):
    posterior = found(scenario, 800.0, 60.0)
    fed = posterior.fed_to(scenario)
    before, after = (bm.run(each, draws=400, seed=1) for each in (scenario, fed))
    rates = [run.inputs.yearly.deterioration_rate[0, :, 0] for run in (before, after)]
    assert np.quantile(rates[1], 0.5) == pytest.approx(posterior.posterior.middle, rel=0.02)
    assert np.quantile(rates[1], 0.95) == pytest.approx(posterior.posterior.upper, rel=0.05)
    stock = [run.statistics("rtlh_houses", by="province").mean[-1, 0] for run in (before, after)]
    assert stock[1] > stock[0]
    assert fed.assumptions.deterioration_rate.source == "history: posterior draws"
