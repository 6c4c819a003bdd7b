"""Funding required: inverses known in closed form, repeats, and refusals."""

from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest

import backlog_model as bm
from backlog_model.analysis.money.criteria import CRITERIA
from backlog_model.analysis.targets import funding_required
from backlog_model.errors import BacklogModelError, InfeasibleError
from drawn_scenarios import EVERY_KIND, written
from three_years import PLANS, REGION, THREE_YEARS

KALSEL = Path(__file__).parents[1] / "scenarios" / "kalsel" / "baseline.yaml"
INVERSE = 113_546_680_016.94  # docs/model.md: 4,000 x 20 million / (.95 x .90 x .95 x .97 x .972 x .92)

ONE_YEAR = """\
title: One year, one programme, no caps
years: {first: 2026, last: 2026}
severity_classes: [all]
regions: regions.csv
opening:
  households: {by_region: {"63.01": 300000}}
  decent_houses: {by_region: {"63.01": 200000}}
  rtlh_houses: {by_region: {"63.01": 50000}}
assumptions:
  absorption_share: 0.9
  overhead_share: 0.05
  leakage_share: 0.03
  drop_out_share: 0.028
  effectiveness_share: 0.95
  finished_same_year_share: 0.92
programmes:
  bsps: {treats: [all], unit_cost_idr: 20_000_000, budget_idr: {apbn: 1_000_000_000}}
targets:
  handled: {variable: effective_handled_houses, region: "63", year: 2026, operator: ">=", value: 4000}
"""


def one_year(folder, changes=None):
    return written(folder, ONE_YEAR, regions=REGION).replace(changes or {})


# inverses in closed form


@pytest.mark.parametrize("criterion", CRITERIA)
@pytest.mark.parametrize("written_idr", [0, 1_000_000_000, 100_000_000_000])
def test_one_year_of_one_programme_is_the_inverse_of_the_chain(criterion, written_idr, tmp_path):
    scenario = one_year(tmp_path, {"programmes.bsps.budget_idr.apbn": written_idr})
    plan = funding_required(scenario, target="handled", criterion=criterion, draws=0)
    assert plan.years == (2026,)
    assert plan.budget == pytest.approx([INVERSE], rel=1e-6)
    assert plan.extra == pytest.approx([INVERSE - written_idr], rel=1e-6)
    assert plan.programmes["bsps.apbn"] == pytest.approx(plan.budget)
    assert plan.regions["63.01"] == pytest.approx(plan.budget)
    assert float(plan.checked["handled"].probability) == 1.0
    assert plan.error == 0.0


def test_a_target_that_is_met_needs_no_further_money(tmp_path):
    plan = funding_required(one_year(tmp_path, {"targets.handled.value": 30}), target="handled", draws=0)
    assert plan.extra.tolist() == [0.0]
    assert plan.runs == 1


@pytest.mark.parametrize("chance", [0.5, 0.8, 0.95])
def test_the_wanted_chance_is_a_quantile_of_what_is_absorbed(chance, tmp_path):
    scenario = one_year(tmp_path, {"assumptions.absorption_share": {"uniform": [0.5, 0.9]}})
    plan = funding_required(scenario, target="handled", probability=chance, draws=400, seed=6)
    worst = 0.5 + (1.0 - chance) * 0.4  # share that is absorbed in all futures but the worst
    assert plan.budget[0] == pytest.approx(INVERSE * 0.9 / worst, rel=0.004 / worst)  # one draw lies within 1/400 x 0.4
    assert float(plan.chances["handled"].probability) == pytest.approx(chance, abs=1 / 400)


OTHERS = {  # variable, part, wanted, changes, what it costs
    "houses started": ("started_houses", "total", 500, {}, 500 * 20e6 / (0.95 * 0.97 * 0.9 * 0.972)),
    "houses reported": ("reported_handled_houses", "bsps", 92, {}, 100 * 20e6 / (0.95 * 0.97 * 0.9 * 0.972)),
    "hectares": ("slum_treated_ha", "works", 5, {}, 5 * 200e6 / (0.95 * 0.97 * 0.9 * 0.972 * 0.92)),
    "new houses": ("programme_new_houses", "flats", 46, {}, 50 * 150e6 / (0.95 * 0.97 * 0.9 * 0.972)),
    "estates": ("aided_estates", "total", 3, {}, 3 * 100 * 15e6 / (0.95 * 0.97 * 0.9 * 0.972)),
    "finance": ("financed_households", "total", 70, {}, 70.0),
}
OTHER_PROGRAMMES = """\
  works: {treats: [slum], authority: kabkota, intervention: partial, unit_cost_idr: 200_000_000, budget_idr: {apbd: 0}}
  flats: {treats: [new_houses], unit_cost_idr: 150_000_000, budget_idr: {apbn: 0}}
  psu: {treats: [estates], unit_cost_idr: 15_000_000, budget_idr: {apbn: 500_000_000}}
  flpp: {treats: [finance], quota_households: 20}
targets:
"""
OTHER_STOCKS = """\
  ownership_backlog_households: {by_region: {"63.01": 30000}}
  slum_ha: {kabkota: {by_region: {"63.01": 80}}}
  slum_class_share: {light: 0.5, medium: 0.3, heavy: 0.2}
  psu_estates: {by_region: {"63.01": 60}}
  psu_complete_estates: {by_region: {"63.01": 20}}
  psu_handed_over_estates: {by_region: {"63.01": 10}}
assumptions:
"""


@pytest.mark.parametrize("kind", OTHERS)
def test_money_of_every_kind_of_programme_is_inverted(kind, tmp_path):
    variable, part, value, changes, expected = OTHERS[kind]
    text = ONE_YEAR.replace("targets:\n", OTHER_PROGRAMMES).replace("assumptions:\n", OTHER_STOCKS)
    target = {"variable": variable, "region": "63", "part": part, "year": 2026, "operator": ">=", "value": value}
    scenario = written(tmp_path, text, regions=REGION).replace({"targets.handled": target, **changes})
    plan = funding_required(scenario, target="handled", draws=0)
    assert plan.budget == pytest.approx([expected], rel=1e-6)
    assert plan.unit == ("households" if kind == "finance" else "idr")


# waiting list

QUEUE = """\
title: Constant inflow
years: {first: 2026, last: 2031}
severity_classes: [all]
regions: regions.csv
opening:
  households: {by_region: {"63.01": 10000}}
  decent_houses: {by_region: {"63.01": 9000}}
  rtlh_houses: {by_region: {"63.01": 1200}}
assumptions:
  households: {table: {2026: 10100, 2027: 10200, 2028: 10300, 2029: 10400, 2030: 10500, 2031: 10600}}
  built_per_new_household: 1
  substandard_share: 0.3
programmes:
  bsps: {treats: [all], unit_cost_idr: 20_000_000, budget_idr: {apbn: {by_region: {"63.01": 0}}}}
targets:
  cleared: {variable: rtlh_houses, region: "63", year: 2031, operator: "<=", value: 0}
  halved: {variable: rtlh_houses, region: "63", year: 2029, operator: "<=", value: 600}
"""


@pytest.mark.parametrize(("target", "removed", "years"), [("cleared", 1200, 6), ("halved", 600, 4)])
def test_capacity_that_removes_a_backlog_is_demand_and_backlog_over_time(target, removed, years, tmp_path):
    scenario = written(tmp_path, QUEUE, regions=REGION)
    plan = funding_required(scenario, target=target, criterion="least_peak", first_year=2026, draws=0)
    assert len(plan.years) == years
    # The shape over the years is looked for until it gains less than 5 in 10,000; the sum is found to 1e-6.
    assert plan.budget / 20e6 == pytest.approx(np.full(years, 30 + removed / years), rel=5e-4)
    assert plan.budget.sum() / 20e6 == pytest.approx(30 * years + removed, rel=1e-6)


# more money that hurts

WEAK_FIRST = """\
title: A weak programme takes the crews of a good one
years: {first: 2026, last: 2027}
severity_classes: [all]
regions: regions.csv
opening:
  households: {by_region: {"63.01": 60000}}
  decent_houses: {by_region: {"63.01": 40000}}
  rtlh_houses: {by_region: {"63.01": 20000}}
assumptions:
  crews: 100
  houses_per_crew_year: 10
programmes:
  weak: {treats: [all], unit_cost_idr: 20_000_000, effectiveness_share: 0.1, budget_idr: {apbn: 2_000_000_000}}
  good: {treats: [all], unit_cost_idr: 20_000_000, effectiveness_share: 1.0, budget_idr: {apbd: 2_000_000_000}}
targets:
  wanted: {variable: rtlh_houses, region: "63", year: 2027, operator: "<=", value: 19450}
"""


def test_where_more_money_hurts_the_amount_that_works_is_found(tmp_path):
    plan = funding_required(written(tmp_path, WEAK_FIRST, regions=REGION), target="wanted", draws=0)
    assert plan.extra == pytest.approx([12e9], rel=1e-6)  # half of it weak: 20 000 - 110 - 110 - 1.1 x 300
    assert not plan.rises


@pytest.mark.parametrize("name", PLANS)
def test_where_more_money_cannot_hurt_it_is_said_to_rise(name, tmp_path):
    scenario = written(tmp_path, THREE_YEARS, regions=REGION).replace(PLANS[name])
    assert funding_required(scenario, target="wanted", draws=0).rises


# Kalsel, in many futures


@lru_cache
def kalsel():
    return bm.load_scenario(KALSEL)


@lru_cache
def kalsel_plan(target, criterion="least_money", seed=1):
    return funding_required(kalsel(), target=target, criterion=criterion, draws=2000, seed=seed)


@pytest.mark.parametrize("criterion", CRITERIA)
@pytest.mark.parametrize("target", ["ill-rtlh-2030", "ill-slum-2029"])
def test_one_solve_takes_at_most_forty_runs(target, criterion):
    plan = kalsel_plan(target, criterion)
    assert plan.runs <= 40
    aim = plan.aims[0]
    assert float(plan.chances[target].probability) == pytest.approx(aim.probability, abs=2 / 2000)
    both = np.hypot(plan.chances[target].mc_error, plan.checked[target].mc_error)
    assert abs(float(plan.checked[target].probability) - aim.probability) <= 3 * both
    assert sum(plan.programmes.values()) == pytest.approx(plan.budget, rel=1e-9)
    assert sum(plan.regions.values()) == pytest.approx(plan.budget, rel=1e-9)
    assert sum(plan.sources.values()) == pytest.approx(plan.budget, rel=1e-9)


def test_the_same_seed_finds_the_same_bits():
    again = funding_required(kalsel(), target="ill-slum-2029", draws=2000, seed=1)
    np.testing.assert_array_equal(again.extra, kalsel_plan("ill-slum-2029").extra)


def test_other_seeds_differ_by_the_stated_error():
    plans = [kalsel_plan("ill-slum-2029", "least_peak", seed) for seed in (1, 2, 3, 4, 5)]
    totals, errors = np.array([(plan.extra.sum(), plan.error) for plan in plans]).T
    assert np.isfinite(errors).all()
    assert (np.abs(totals - totals.mean()) <= 4 * errors).all()
    assert totals.std(ddof=1) > errors.mean() / 5
    assert len(set(totals)) == 5


# refusals


@pytest.fixture(scope="module")
def varied(tmp_path_factory):
    return written(tmp_path_factory.mktemp("varied"), EVERY_KIND)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"target": "rtlh-2027"}, "target rtlh-2027: unknown; did you mean rtlh-2028"),
        ({"target": "rtlh-2028", "sources": ["abpn"]}, "source abpn: unknown; did you mean apbn"),
        ({"target": "rtlh-2028", "programmes": ["bspss"]}, "programme bspss: unknown; did you mean bsps"),
        ({"target": "rtlh-2028", "criterion": "cheapest"}, "criterion cheapest: unknown"),
        ({"target": "rtlh-2028", "probability": 1.0}, "probability 1: expected a number between 0 and 1"),
        ({"target": "rtlh-2028", "probability": -0.2}, "probability -0.2: expected"),
        ({"target": "rtlh-2028", "probability": float("nan")}, "probability nan: expected"),
        ({"target": "rtlh-2028", "draws": -1}, "draws: -1 is not possible"),
        ({"target": []}, "target"),
    ],
)
def test_what_cannot_be_meant_is_refused(varied, options, message):
    with pytest.raises(BacklogModelError, match=message):
        funding_required(varied, **{"draws": 0, **options})


def test_a_target_that_does_not_apply_is_refused_with_its_reason(varied):
    closed = varied.replace({"targets.rtlh-2028.applies": False, "targets.rtlh-2028.reason": "another list"})
    with pytest.raises(BacklogModelError, match="rtlh-2028 does not apply: another list"):
        funding_required(closed, target="rtlh-2028", draws=0)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"target": "rtlh-2028", "programmes": ["works"]}, "rtlh-2028: no programme"),
        ({"target": ["rtlh-2028", "slum-2029"]}, "rtlh-2028, slum-2029: no programme"),
        ({"target": "rtlh-2028", "programmes": ["own"], "sources": ["apbn"]}, "rtlh-2028: no programme"),
    ],
)
def test_what_no_money_can_move_is_infeasible(varied, options, message):
    with pytest.raises(InfeasibleError, match=message):
        funding_required(varied, draws=0, **options)


def test_crews_that_bind_are_named(tmp_path):
    scenario = written(tmp_path, THREE_YEARS, regions=REGION).replace({"assumptions.crews": 20})
    with pytest.raises(InfeasibleError, match=r"wanted: no amount of money of bsps, own is enough.*capacity"):
        funding_required(scenario, target="wanted", draws=0)


def test_only_chosen_sources_and_programmes_get_more(varied):
    harder = varied.replace(
        {
            "targets.rtlh-2028.value": 2900,
            "assumptions.crews": {"by_region": dict.fromkeys(("63.01", "63.02", "63.10"), 1e5)},
        }
    )
    plan = funding_required(harder, target="rtlh-2028", programmes=["own"], draws=0)
    assert set(plan.programmes) == {"own.apbd"}
    assert plan.present.tolist() == [5e8, 5e8]
    assert plan.extra.sum() > 0
