"""Targets at the edges: one region's, of other programmes, undefined, met by round-off, of plans of one name."""

import pytest

import backlog_model as bm
from backlog_model.analysis.input_differences import input_differences
from backlog_model.analysis.targets import examine, funding_required
from backlog_model.errors import BacklogModelError
from backlog_model.report.targets import answer
from drawn_scenarios import EVERY_KIND, written
from small_scenario import SCENARIO, write

UNSURE = SCENARIO.replace("0.004", "{uniform: [0.002, 0.02]}")


def plan(folder, targets, text=UNSURE):
    return bm.load_scenario(write(folder, text + "targets:\n" + targets))


@pytest.mark.parametrize("language", ["id", "en"])
def test_money_of_one_region_is_told(tmp_path, language):
    scenario = plan(tmp_path, '  own: {variable: rtlh_houses, region: "63.01", year: 2029, value: 100}\n')
    report = examine(scenario, draws=20)
    assert set(report.funding[0].regions) == {"63.01"}
    assert "63.10" in answer.answer(report, language)


def test_targets_of_other_programmes_may_share_a_source(tmp_path):
    scenario = written(tmp_path, EVERY_KIND).replace(
        {
            "targets": {
                "all": {"variable": "rtlh_houses", "region": "63", "year": 2029, "value": 1500},
                "one": {
                    **{"variable": "reported_handled_houses", "part": "own"},
                    **{"region": "63", "year": 2029, "value": 200},
                },
            }
        }
    )
    names = [standing.promise.name for standing in examine(scenario, draws=30).standings]
    assert names == ["all", "one"]


def test_a_target_that_is_undefined_in_some_futures_does_not_stop_the_others(tmp_path):
    targets = (
        '  clear: {variable: years_to_clear, region: "63", year: 2029, value: 12}\n'
        '  fewer: {variable: rtlh_houses, region: "63", year: 2029, value: 300}\n'
    )
    report = examine(plan(tmp_path, targets), draws=40)
    assert [standing.verdict is not None for standing in report.standings] == [True, True]


def test_a_target_met_up_to_round_off_is_feasible(tmp_path):
    text = UNSURE.replace("assumptions:\n", "assumptions:\n  overhead_share: 0.05\n")
    target = '  done: {variable: reported_handled_houses, region: "63", year: 2027, value: 47.5, probability: 0.95}\n'
    report = examine(plan(tmp_path, target, text), draws=40)
    assert report.standings[0].verdict.status == "feasible"
    assert report.standings[0].gaps[2027].shortfall != report.standings[0].gaps[2027].shortfall


def test_plans_of_one_name_are_held_apart(tmp_path):
    scenario = plan(tmp_path, '  fewer: {variable: rtlh_houses, region: "63", year: 2029, value: 300}\n')
    richer = scenario.replace({"programmes.bsps.budget_idr.apbn": {"value": 3e9, "assumption": True}})
    choice = examine(scenario, rivals=[richer], draws=20).choice
    assert choice.tournament.scenarios == ("plan", "plan'")


@pytest.mark.parametrize("year", [1990, 2026, 2030])
def test_years_that_are_over_or_too_late_are_refused(tmp_path, year):
    scenario = plan(tmp_path, '  fewer: {variable: rtlh_houses, region: "63", year: 2029, value: 300}\n')
    now = scenario.replace({"now": 2026})
    with pytest.raises(BacklogModelError, match=f"first_year: {year} is not possible; expected 2027 to 2029"):
        funding_required(now, target="fewer", first_year=year, draws=0)


def test_a_change_of_what_is_drawn_by_region_is_found(tmp_path):
    scenario = written(tmp_path, EVERY_KIND)
    changed = scenario.replace({"programmes.own.absorption_share": {"uniform": [0.61, 1.0], "drawn": "region"}})
    assert [each.path for each in input_differences(scenario, changed)]


def test_a_later_year_does_not_cross_a_re_registration(tmp_path):
    text = UNSURE + "revisions:\n  again: {label: Again, year: 2028, variable: rtlh_houses, ratio: 0.5, source: x}\n"
    scenario = plan(tmp_path, '  soon: {variable: rtlh_houses, region: "63", year: 2027, value: 300}\n', text)
    standing = examine(scenario, draws=40).standings[0]
    assert standing.promise.first_year is None
    assert "later_year" not in [each.kind for each in standing.verdict.relaxations]


def test_a_target_that_is_counted_again_is_not_solved(tmp_path):
    text = UNSURE + "revisions:\n  again: {label: Again, year: 2028, variable: rtlh_houses, ratio: 0.5, source: x}\n"
    scenario = plan(tmp_path, '  late: {variable: rtlh_houses, region: "63", year: 2029, value: 100}\n', text)
    with pytest.raises(BacklogModelError, match="counted again"):
        funding_required(scenario, target="late", draws=0)


def enough_under(folder, budget, value, **programme):
    """Funding of a target on RTLH in 2029 under other money of one programme."""
    target = f'  fewer: {{variable: rtlh_houses, region: "63", year: 2029, value: {value}}}\n'
    entries = {f"programmes.bsps.{name}": entry for name, entry in {"budget_idr": budget, **programme}.items()}
    scenario = plan(folder, target, SCENARIO).replace(entries)
    return funding_required(scenario, target="fewer", draws=0)


def test_ample_money_is_ample_where_a_region_has_little_of_it(tmp_path):
    uneven = {"apbn": {"by_region": {"63.01": 2_000_000_000, "63.10": 1_000_000}}}
    assert enough_under(tmp_path, uneven, 200).extra.sum() > 0.0


def test_further_money_of_a_cofunded_programme_goes_by_its_shares(tmp_path):
    shares = {"apbn": 0.9, "apbd": 0.1}
    found = enough_under(tmp_path, {"apbn": 0, "apbd": 0}, 200, cofunding_share=shares)
    money = {name: budget.sum() for name, budget in found.sources.items()}
    assert money["apbn"] == pytest.approx(9.0 * money["apbd"])
    assert sum(money.values()) == pytest.approx(found.budget.sum())
