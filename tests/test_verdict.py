"""Verdicts held against a linear programme that knows nothing of the package, and against ordinary runs."""

from collections import Counter
from math import ceil, nan

import pytest

import backlog_model as bm
import funding_programmes as lp
from backlog_model.analysis.aims import aims_of
from backlog_model.analysis.futures import Futures
from backlog_model.analysis.verdict import TOLERANCE, Judge
from drawn_scenarios import written

STEP = 0.99  # one percent less
KINDS = {"more_money", "other_source", "more_crews", "higher_absorption", "later_year", "lower_target"}


def judged(scenario, *, draws=0, seed=1):
    """Verdict on every target, by its name."""
    projection = bm.run(scenario, draws=draws, seed=seed)
    aims = aims_of(scenario, projection)
    years = {name: projection.years(aim.goal.variable) for name, aim in aims.items()}
    central = bm.run(scenario, draws=0)
    judge = Judge(
        scenario,
        Futures.of(scenario, aims.values(), draws=draws, seed=seed),
        now={
            name: dict(zip(years[name], aim.every_year(central)[:, 0], strict=True)).get(scenario.now, nan)
            for name, aim in aims.items()
        },
        paths={name: aim.every_year(projection) for name, aim in aims.items()},
        years=years,
    )
    return {name: judge.verdict(aim) for name, aim in aims.items()}


# against the linear programme


def needed(plan):
    """Amount of every change that is enough, by kind and source, in the linear programme; None where none is needed."""
    best, now = lp.least_left(plan), plan.rtlh[plan.mine].sum()
    if best <= plan.value:
        return None
    sources = sorted({source for _, source in plan.pots})
    found = {
        ("more_money", ""): lp.least_money(plan),
        **{("other_source", source): lp.least_money(plan, source) for source in sources if len(sources) > 1},
        ("more_crews", ""): lp.least_crews(plan) if plan.crews is not None else None,
        ("later_year", ""): next(
            (year for year in plan.years if year > plan.year and lp.least_left(plan, year=year) <= plan.value), None
        ),
        ("lower_target", ""): best if best < now else None,
        ("higher_absorption", ""): 1.0 if lp.least_left(plan, absorption=1.0) <= plan.value else None,
    }
    return {key: amount for key, amount in found.items() if amount is not None}


def meets(scenario, plan, changes, *, value=None, year=None):
    """Whether the target is met by an ordinary run of a changed scenario."""
    wanted = plan.value if value is None else value
    return lp.left(scenario.replace(changes), plan, year) <= wanted * (1.0 + 1e-9)


def works(scenario, plan, change, amount):
    """Whether a change of some amount makes the target met, written into the scenario as a planner would."""
    if change.kind in ("more_money", "other_source"):
        return meets(scenario, plan, lp.money_changes(plan, amount, change.source))
    if change.kind == "more_crews":
        return meets(scenario, plan, {"assumptions.crews": lp.crews_entry(plan, amount)})
    if change.kind == "higher_absorption":
        return meets(scenario, plan, {"assumptions.absorption_share": lp.absorption_entry(plan, amount)})
    if change.kind == "later_year":
        return meets(scenario, plan, {}, year=int(amount))
    return meets(scenario, plan, {}, value=amount)


def agrees(change, needed):
    """Whether a stated amount is the one of the linear programme, within the tolerance of the search."""
    if change.kind in ("more_money", "other_source"):
        return needed * (1.0 - 1e-6) <= change.amount <= needed * (1.0 + 1e-6) / (1.0 - TOLERANCE)
    if change.kind == "more_crews":
        return change.amount == ceil(needed * (1.0 - 1e-9))
    return change.kind == "higher_absorption" or change.amount == pytest.approx(needed, rel=1e-9)


@pytest.mark.parametrize("first", [0, 50, 100, 150])
def test_verdicts_and_amounts_are_those_of_the_linear_programme(first, tmp_path):
    seen = Counter()
    for number in range(first, first + 50):
        plan = lp.drawn_plan(number)
        scenario = lp.scenario_of(plan, tmp_path / str(number))
        verdict, wanted = judged(scenario)["wanted"], needed(plan)
        assert lp.left(scenario, plan) == pytest.approx(lp.least_left(plan), rel=1e-9), number
        expected = "feasible" if wanted is None else "feasible_if" if wanted else "infeasible"
        assert verdict.status == expected, number
        assert {(each.kind, each.source) for each in verdict.relaxations} == set(wanted or ()), number
        for each in verdict.relaxations:
            assert agrees(each, wanted[each.kind, each.source]), (number, each)
            assert works(scenario, plan, each, each.amount), (number, each)
            below = each.amount - 1 if each.kind in ("later_year", "more_crews") else STEP * each.amount
            assert not works(scenario, plan, each, below), (number, each)
        seen.update([verdict.status, *(each.kind for each in verdict.relaxations)])
    assert set(seen) == {"feasible", "feasible_if", "infeasible", *KINDS}  # the plans put every answer to the test


# by hand

ONE = """\
title: One region whose money falls short
years: {first: 2026, last: 2029}
severity_classes: [all]
regions: regions.csv
opening:
  households: {by_region: {"63.01": 6000}}
  decent_houses: {by_region: {"63.01": 4000}}
  rtlh_houses: {by_region: {"63.01": 2000}}
assumptions:
  houses_per_crew_year: 10
programmes:
  bsps: {treats: [all], unit_cost_idr: 20_000_000, absorption_share: 0.5, budget_idr: {apbn: 2_000_000_000}}
targets:
  wanted: {variable: rtlh_houses, region: "63", year: 2028, operator: "<=", value: 1800}
"""
REGION = "code,name\n63,Kalimantan Selatan\n63.01,Tanah Laut\n"


def one(folder, changes=None):
    scenario = written(folder, ONE, regions=REGION)
    return scenario.replace(changes or {})


def amounts(verdict):
    return {each.kind: each.amount for each in verdict.relaxations}


def test_a_target_that_money_misses_by_hand(tmp_path):
    verdict = judged(one(tmp_path))["wanted"]  # 50 houses a year, so that 1850 are left where 1800 are wanted
    assert verdict.status == "feasible_if"
    assert set(verdict.tried) == KINDS
    found = amounts(verdict)
    assert set(found) == KINDS - {"more_crews", "other_source"}  # crews do not limit, and there is one source
    assert found["more_money"] == pytest.approx(1e9, rel=TOLERANCE)  # another 25 houses in 2027 and in 2028
    assert found["higher_absorption"] == pytest.approx(0.75, rel=TOLERANCE)
    assert found["later_year"] == 2029
    assert found["lower_target"] == pytest.approx(1850.0, rel=1e-12)


def test_a_target_that_is_met_needs_nothing(tmp_path):
    assert judged(one(tmp_path, {"targets.wanted.value": 1850}))["wanted"][:3] == ("feasible", (), ())


def test_crews_are_whole_and_of_the_province(tmp_path):
    rich = {"programmes.bsps.budget_idr.apbn": 1e12, "assumptions.crews": 5.0, "targets.wanted.value": 1735}
    verdict = judged(one(tmp_path, rich))["wanted"]  # 50 houses a year: 1850 left, 1800 in 2029
    assert amounts(verdict) == {"more_crews": 6, "lower_target": 1850}  # 2 x 57.5 houses more, 10 a crew
    assert verdict.beyond == "capacity"


def test_nothing_helps_where_eligible_houses_run_out(tmp_path):
    few = {"assumptions.eligible_share": 0.001, "assumptions.deterioration_rate": 0.1}
    verdict = judged(one(tmp_path, few))["wanted"]
    assert verdict.status == "infeasible"
    assert verdict.relaxations == ()
    assert verdict.beyond == "eligibility"
    assert set(verdict.tried) == KINDS


def test_a_lower_promise_of_a_flow_is_what_can_be_done(tmp_path):
    changes = {"targets.wanted": {"variable": "effective_handled_houses", "year": 2028, "value": 80}}
    found = amounts(judged(one(tmp_path, changes))["wanted"])
    assert found["lower_target"] == pytest.approx(50.0)
    assert found["more_money"] == pytest.approx(1.2e9, rel=TOLERANCE)


def test_sources_are_told_apart_and_the_cheaper_comes_first(tmp_path):
    two = {
        "programmes.bsps.budget_idr": {"apbn": 2_000_000_000, "apbd": 1_000_000_000},
        "programmes.bsps.absorption_share": {"apbn": 0.5, "apbd": 0.8},
    }
    verdict = judged(one(tmp_path, two))["wanted"]  # 50 + 40 houses a year: 1730 left
    assert verdict.status == "feasible"
    verdict = judged(one(tmp_path, {**two, "targets.wanted.value": 1530}))["wanted"]  # another 100 in each of two years
    others = [each for each in verdict.relaxations if each.kind == "other_source"]
    assert [each.source for each in others] == ["apbd", "apbn"]
    assert [each.amount for each in others] == pytest.approx([2.5e9, 4e9], rel=TOLERANCE)
    assert amounts(verdict)["more_money"] == pytest.approx(2e9 / (0.5 * 2 / 3 + 0.8 / 3), rel=TOLERANCE)


def test_the_quota_of_housing_finance_is_told_in_households(tmp_path):
    finance = {
        "programmes.flpp": {"treats": ["finance"], "quota_households": 20},
        "targets.wanted": {"variable": "financed_households", "year": 2028, "value": 60},
        "opening.ownership_backlog_households": {"by_region": {"63.01": 3000}},
    }
    text = ONE.replace("  bsps:", "  flpp: {treats: [finance], quota_households: 20}\n  bsps:")
    text = text.replace(
        "  rtlh_houses:", '  ownership_backlog_households: {by_region: {"63.01": 3000}}\n  rtlh_houses:'
    )
    scenario = written(tmp_path, text, regions=REGION).replace({"targets.wanted": finance["targets.wanted"]})
    assert amounts(judged(scenario)["wanted"])["more_money"] == pytest.approx(40.0, rel=TOLERANCE)


# in many futures

UNSURE = """\
title: Two regions, two programmes, unsure
years: {first: 2026, last: 2030}
severity_classes: [all]
regions: regions.csv
opening:
  households: {by_region: {"63.01": 9000, "63.10": 6000}}
  decent_houses: {by_region: {"63.01": 6000, "63.10": 4000}}
  rtlh_houses: {by_region: {"63.01": 2000, "63.10": 1500}}
assumptions:
  deterioration_rate: {lognormal: {median: 0.004, sigma: 0.5}}
  effectiveness_share: {beta: {a: 16, b: 4}}
  absorption_share: {uniform: [0.3, 0.7], drawn: year}
  crews: {by_region: {"63.01": 20, "63.10": 15}, spread: {range: [0.7, 1, 1.3]}}
programmes:
  bsps: {treats: [all], unit_cost_idr: 20_000_000, budget_idr: {apbn: 3_000_000_000}}
  own: {treats: [all], unit_cost_idr: 25_000_000, budget_idr: {apbd: 1_000_000_000}}
targets:
  early: {variable: rtlh_houses, region: "63", year: 2027, operator: "<=", value: 3400}
  late: {variable: rtlh_houses, region: "63", year: 2029, operator: "<=", value: 3250, probability: 0.9}
  share: {variable: decent_share, region: "63", year: 2029, operator: ">=", value: 0.77, probability: 0.6}
"""
TWO = "code,name\n63,Kalimantan Selatan\n63.01,Tanah Laut\n63.10,Tanah Bumbu\n"
DRAWS = 200
CREWS, SPREAD = {"63.01": 20.0, "63.10": 15.0}, {"range": [0.7, 1, 1.3]}


def unsure_changes(change, amount):
    """A relaxation as a planner would write it; of each further rupiah the two programmes get what they have now."""
    if change.kind == "more_crews":
        tables = {code: {2026: crews, 2027: crews * (1.0 + amount / 35.0)} for code, crews in CREWS.items()}
        by_region = {code: {"table": table} for code, table in tables.items()}
        return {"assumptions.crews": {"by_region": by_region, "spread": SPREAD}}
    present = {"apbn": ("bsps", 3e9), "apbd": ("own", 1e9)}
    parts = {change.source: 1.0} if change.source else {"apbn": 0.75, "apbd": 0.25}
    return {
        f"programmes.{present[source][0]}.budget_idr.{source}": {
            "table": {2026: present[source][1], 2027: present[source][1] + part * amount}
        }
        for source, part in parts.items()
    }


def chance_under(scenario, name, changes):
    """Chance of a target in the draws it was judged in, by an ordinary run of a changed scenario."""
    aim = aims_of(scenario, bm.run(scenario, draws=0))[name]
    return aim.goal.is_met(aim.values(bm.run(scenario.replace(changes), draws=DRAWS, seed=3))).mean()


@pytest.mark.parametrize("name", ["early", "late", "share"])
def test_in_many_futures_money_reaches_the_wanted_chance_and_one_step_less_does_not(name, tmp_path):
    scenario = written(tmp_path, UNSURE, regions=TWO)
    verdict = judged(scenario, draws=DRAWS, seed=3)[name]
    money = [each for each in verdict.relaxations if each.kind in ("more_money", "other_source")]
    assert len(money) == 3
    for each in money:
        met, missed = (chance_under(scenario, name, unsure_changes(each, share * each.amount)) for share in (1.0, STEP))
        assert met >= scenario.targets[name].probability > missed, each


def test_in_many_futures_crews_reach_the_wanted_chance_and_one_fewer_does_not(tmp_path):
    rich = {"programmes.bsps.budget_idr.apbn": 1e12, "targets.late.value": 2800}
    scenario = written(tmp_path, UNSURE, regions=TWO).replace(rich)
    verdict = judged(scenario, draws=DRAWS, seed=3)["late"]
    crews = next(each for each in verdict.relaxations if each.kind == "more_crews")
    assert crews.amount == int(crews.amount)
    met, missed = (chance_under(scenario, "late", unsure_changes(crews, crews.amount - fewer)) for fewer in (0, 1))
    assert met >= 0.9 > missed


def test_the_value_that_can_be_promised_is_as_sure_as_wanted(tmp_path):
    scenario = written(tmp_path, UNSURE, regions=TWO)
    for name, verdict in judged(scenario, draws=DRAWS, seed=3).items():
        value = amounts(verdict).get("lower_target")
        if value is None:
            assert name == "late"  # what can be promised as surely as that is more RTLH than there are
            continue
        target = scenario.targets[name]
        harder = value * (STEP if target.operator == "<=" else 2.0 - STEP)
        chances = [
            chance_under(scenario.replace({f"targets.{name}.value": each}), name, {}) for each in (value, harder)
        ]
        assert chances[0] >= target.probability > chances[1], name


def test_targets_judged_together_are_judged_as_each_alone(tmp_path):
    scenario = written(tmp_path, UNSURE, regions=TWO)
    together = judged(scenario, draws=DRAWS, seed=3)
    for name, verdict in together.items():
        others = {f"targets.{other}.applies": False for other in together if other != name}
        reasons = {f"targets.{other}.reason": "judged apart" for other in together if other != name}
        alone = judged(scenario.replace(others | reasons), draws=DRAWS, seed=3)[name]
        assert amounts(verdict) == pytest.approx(amounts(alone), rel=TOLERANCE), name
