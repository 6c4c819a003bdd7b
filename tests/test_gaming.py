"""Targets met on paper: which are flagged, on which line of the ledger, and which are not."""

from pathlib import Path

import pytest

import backlog_model as bm
from backlog_model.analysis.central_ledger import CentralLedger, Line
from backlog_model.analysis.gaming import flags
from small_scenario import write
from target_plan import HANDLED, PLAN, targets_of

KALSEL = Path(__file__).resolve().parents[1] / "scenarios" / "kalsel"
RTLH = "variable: rtlh_houses, year: 2028"
SLUM_SHARE = "variable: slum_handled_share, year: 2028"
RECOUNT = "revisions: {recount: {year: 2027, variable: rtlh_houses, %s}}\n"
LIGHT = PLAN.replace("kab: {treats: [light, medium, heavy]", "kab: {treats: [light]").replace(
    "bsps: {treats: [light, medium, heavy]", "bsps: {treats: [light]"
)


def raised(tmp_path, *targets, plan=PLAN):
    """Flags of targets a, b, c …, and the central run."""
    scenario = bm.load_scenario(write(tmp_path, plan + targets_of(*targets)))
    projection = bm.run(scenario, draws=0)
    return flags(scenario, projection), projection


def only(found, name="a", kind=None):
    """The single flag of a target, or the single one of a kind."""
    (flag,) = [each for each in found[name] if kind in (None, each.kind)]
    return flag


def kinds(found):
    return {name: [flag.kind for flag in each] for name, each in found.items()}


def test_honest_targets_have_no_flag(tmp_path):
    honest = (f"{RTLH}, value: 400", f"{HANDLED}, value: 50", "variable: decent_share, year: 2028, value: 0.85")
    slum = "variable: slum_ha, year: 2028, value: 45"
    assert raised(tmp_path, *honest, slum)[0] == {}


# records and definitions


def test_a_stock_lowered_by_striking_off_records(tmp_path):
    plan = PLAN + RECOUNT % "houses: -200"
    found, projection = raised(
        tmp_path, f"{RTLH}, value: 250", "variable: decent_share, year: 2028, value: 0.8", plan=plan
    )
    flag = only(found)
    assert projection.array("rtlh_houses", by="province")[4, 0, 0] == pytest.approx(380 - 200)
    assert (flag.kind, flag.met, flag.met_without, flag.names) == ("records", True, False, ("recount",))
    assert flag.line == Line("revision_houses", "total", 2026, 2028, pytest.approx(-200.0))
    assert flag.line.unit == "houses"
    assert (only(found, "b").kind, only(found, "b").met_without) == ("records", True)


def test_records_count_in_their_own_region_and_until_the_targets_year(tmp_path):
    plan = PLAN + RECOUNT % 'houses: {by_region: {"63.01": -20, "63.10": 0}}'
    other, early = f"{RTLH}, region: '63.10', value: 300", "variable: rtlh_houses, year: 2026, value: 500"
    found, _ = raised(tmp_path, f"{RTLH}, region: '63.01', value: 150", other, early, plan=plan)
    assert kinds(found) == {"a": ["records"]}
    assert only(found).line.amount == pytest.approx(-20.0)


def test_records_before_now_are_known_and_records_found_help_nobody(tmp_path):
    struck_off = (PLAN + RECOUNT % "houses: -20").replace("year: 2027", "year: 2025")
    assert raised(tmp_path, f"{RTLH}, value: 400", plan=struck_off)[0] == {}
    assert raised(tmp_path, f"{RTLH}, value: 500", plan=PLAN + RECOUNT % "houses: 20")[0] == {}
    bound = f"{RTLH}, operator: '>=', value: 100"
    assert raised(tmp_path, bound, plan=PLAN + RECOUNT % "houses: -20")[0] == {}


def test_what_was_struck_off_before_now_stays_off(tmp_path):
    early, late = "early: {year: 2025, variable: rtlh_houses, houses: -200}", "late: {year: 2027, variable: rtlh_houses"
    revisions = f"revisions:\n  {early}\n  {late}, houses: -20}}\n"
    found, _ = raised(tmp_path, f"{RTLH}, value: 185", plan=PLAN + revisions)
    flag = only(found)
    assert (flag.met, flag.met_without, flag.names) == (True, True, ("late",))
    assert flag.line.amount == pytest.approx(-20.0)


def test_hectares_struck_off_the_list(tmp_path):
    revision = "revisions: {list: {year: 2026, variable: slum_ha, authority: province, ha: -10}}\n"
    found, _ = raised(tmp_path, "variable: slum_ha, part: province, year: 2028, value: 35", plan=PLAN + revision)
    flag = only(found)
    assert (flag.kind, flag.met, flag.met_without) == ("records", True, False)
    assert flag.line == Line("slum_revision_ha", "province", 2026, 2028, pytest.approx(-10.0))


@pytest.mark.parametrize("said", ["ratio: 1.5", "houses: 100, definition_after: four criteria"])
def test_a_definition_that_changes_on_the_way(tmp_path, said):
    found, _ = raised(tmp_path, f"{RTLH}, value: 400", f"{HANDLED}, value: 50", plan=PLAN + RECOUNT % said)
    flag = only(found)
    assert (flag.kind, flag.met, flag.met_without, flag.names) == ("definition", False, True, ("recount",))
    assert flag.line[:4] == ("revision_houses", "total", 2027, 2027)
    assert flag.line.amount > 0
    assert "b" not in found


def test_a_definition_that_changes_after_the_targets_year(tmp_path):
    plan = PLAN + RECOUNT % "ratio: 1.5"
    assert raised(tmp_path, "variable: rtlh_houses, year: 2026, value: 500", plan=plan)[0] == {}


def test_a_target_set_after_the_definition_changed_is_on_the_new_one(tmp_path):
    plan = PLAN + RECOUNT % "ratio: 1.5"
    assert raised(tmp_path, f"{RTLH}, value: 600, base_year: 2027", plan=plan)[0] == {}


# bases


def test_a_moving_base(tmp_path):
    moving = "variable: rtlh_handled_share, part: moving_base, year: 2028, value: 0.12"
    found, _ = raised(tmp_path, moving, "variable: rtlh_handled_share, year: 2028, value: 0.3")
    flag = only(found)
    assert (flag.kind, flag.met, flag.met_without) == ("base", True, False)  # 55 of 435, but 55 of 600 at the start
    assert flag.line == Line("rtlh_houses", "total", 2027, 2027, pytest.approx(435.0))
    assert flag.beside == (Line("rtlh_houses", "total", 2024, 2024, 600.0),)
    assert "b" not in found


def test_a_percentage_of_something_smaller(tmp_path):
    found, _ = raised(
        tmp_path, f"{HANDLED}, percent_of_base: 100, base: 50", f"{HANDLED}, percent_of_base: 9, base: 600"
    )
    flag = only(found)
    assert (flag.kind, flag.met, flag.met_without) == ("base", True, False)
    assert (flag.line.amount, flag.beside[0].amount) == (50.0, 600.0)
    assert "b" not in found


# hectares touched


def test_hectares_counted_that_have_not_left_slum(tmp_path):
    found, projection = raised(
        tmp_path, f"{SLUM_SHARE}, value: 0.62", "variable: slum_handled_ha, year: 2028, value: 3"
    )
    counted, exits = (projection.array(name, by="province")[:4, 0, 0] for name in ("slum_handled_ha", "slum_exit_ha"))
    flag = only(found)
    assert (flag.kind, flag.met, flag.met_without, flag.names) == ("touched", True, False, ("step",))
    assert flag.line == Line("slum_handled_ha", "total", 2025, 2028, pytest.approx(counted.sum()))
    assert flag.beside == (Line("slum_exit_ha", "total", 2025, 2028, pytest.approx(exits.sum())),)
    assert only(found, "b").line == Line("slum_handled_ha", "total", 2028, 2028, pytest.approx(counted[3]))


def test_without_the_rule_is_the_run_under_exit(tmp_path):
    scenario = bm.load_scenario(write(tmp_path, PLAN))
    ledger = CentralLedger(scenario, bm.run(scenario, draws=0))
    other = bm.run(scenario.replace({"assumptions.slum_counting_rule": "exit"}), draws=0)
    handled, expected = (each.array("slum_handled_ha", by="province") for each in (ledger.strict, other))
    assert handled.tolist() == expected.tolist()


def test_hectares_that_left_slum_are_no_touched_ones(tmp_path):
    strict = PLAN.replace("assumptions:\n", "assumptions:\n  slum_counting_rule: exit\n")
    assert raised(tmp_path, f"{SLUM_SHARE}, value: 0.55", plan=strict)[0] == {}


def test_treated_hectares_are_touched_ones_under_any_rule(tmp_path):
    strict = PLAN.replace("assumptions:\n", "assumptions:\n  slum_counting_rule: exit\n")
    found, _ = raised(tmp_path, "variable: slum_treated_ha, year: 2028, value: 4", plan=strict)
    flag = only(found)
    assert (flag.kind, flag.met, flag.met_without) == ("touched", True, False)
    assert (flag.line.variable, flag.line.amount) == ("slum_treated_ha", pytest.approx(5.0))


# the light class only


def test_repairs_of_light_houses_only(tmp_path):
    found, _ = raised(tmp_path, f"{RTLH}, value: 400", f"{RTLH}, part: light, value: 200", plan=LIGHT)
    flag = only(found)
    assert (flag.kind, flag.names) == ("light_only", ("bsps", "kab"))
    assert flag.line == Line("reported_handled_houses", "light", 2026, 2028, pytest.approx(165.0))
    works, before, after = flag.beside
    assert works.amount == flag.line.amount
    assert (before, after) == (
        Line("rtlh_houses", "heavy", 2025, 2025, 120),
        Line("rtlh_houses", "heavy", 2028, 2028, 120),
    )
    assert "b" not in found


def test_one_programme_on_light_houses_only(tmp_path):
    plan = PLAN.replace("kab: {treats: [light, medium, heavy]", "kab: {treats: [light]")
    found, _ = raised(tmp_path, f"{RTLH}, value: 400", f"{HANDLED}, part: kab, value: 5", plan=plan)
    assert kinds(found) == {"b": ["light_only"]}
    assert (only(found, "b").line.amount, only(found, "b").names) == (pytest.approx(10.0), ("kab",))


def test_a_mix_of_light_houses_is_light_only_too(tmp_path):
    plan = PLAN.replace("kab: {", "kab: {severity_mix: {light: 1}, ")
    found, _ = raised(tmp_path, f"{HANDLED}, part: kab, value: 5", f"{HANDLED}, part: bsps, value: 5", plan=plan)
    assert kinds(found) == {"a": ["light_only"]}


def test_a_stock_that_is_all_light_is_served_as_it_is(tmp_path):
    plan = LIGHT.replace(
        "severity_share: {light: 0.5, medium: 0.3, heavy: 0.2}", "severity_share: {light: 1, medium: 0, heavy: 0}"
    )
    assert raised(tmp_path, f"{RTLH}, value: 400", plan=plan)[0] == {}


def test_slum_works_on_the_light_class_only(tmp_path):
    plan = PLAN.replace("kumuh: {treats: slum", "kumuh: {treats: slum, classes: [light]")
    found, _ = raised(
        tmp_path, f"{SLUM_SHARE}, region: '63.10', value: 0.55", "variable: slum_ha, year: 2028, value: 45", plan=plan
    )
    assert kinds(found) == {"a": ["light_only"], "b": ["light_only"]}
    flag = only(found)
    assert flag.line == Line("slum_treated_ha", "light", 2026, 2028, pytest.approx(6.0))  # 2 of 5 ha a year lie there
    assert [line.amount for line in flag.beside] == pytest.approx([6.0, 4.0, 4.0])


# outputs


def test_outputs_while_the_stock_rises(tmp_path):
    plan = PLAN.replace("assumptions:\n", "assumptions:\n  deterioration_rate: 0.05\n")
    found, projection = raised(
        tmp_path, f"{HANDLED}, value: 50", f"{HANDLED}, value: 60", f"{RTLH}, value: 700", plan=plan
    )
    net = projection.array("net_clearance_houses", by="province")[1:3, 0, 0].sum()
    flag = only(found)
    assert (flag.kind, flag.met, flag.met_without) == ("output_only", True, True)
    assert flag.line == Line("reported_handled_houses", "total", 2027, 2027, pytest.approx(55.0))
    assert flag.beside[1] == Line("net_clearance_houses", "total", 2026, 2027, pytest.approx(net))
    assert net < 0
    assert set(found) == {"a"}


def test_reports_of_houses_that_stay_uninhabitable(tmp_path):
    plan = PLAN.replace("assumptions:\n", "assumptions:\n  effectiveness_share: 0.8\n")
    share = "variable: rtlh_handled_share, year: 2028, value: 0.35"
    found, _ = raised(tmp_path, f"{HANDLED}, value: 45", f"{HANDLED}, value: 44", share, plan=plan)
    flag = only(found)
    assert (flag.kind, flag.met, flag.met_without) == ("output_only", True, False)
    assert flag.beside[0] == Line("effective_handled_houses", "total", 2027, 2027, pytest.approx(44.0))
    assert only(found, "c").line == Line("reported_handled_houses", "total", 2025, 2028, pytest.approx(220.0))
    assert "b" not in found


def test_hectares_counted_while_slum_grows(tmp_path):
    plan = PLAN.replace("assumptions:\n", "assumptions:\n  new_slum_rate: 0.1\n  slum_counting_rule: exit\n")
    found, projection = raised(tmp_path, f"{SLUM_SHARE}, value: 0.55", f"{SLUM_SHARE}, value: 0.9", plan=plan)
    slum = projection.array("slum_ha", by="province")[:, 0, 0]
    flag = only(found)
    assert (flag.kind, flag.met, flag.met_without) == ("output_only", True, None)
    assert [line.amount for line in flag.beside] == pytest.approx([slum[1], slum[4]])
    assert "b" not in found


# Kalimantan Selatan


def test_the_baseline_is_flagged_on_slum_only():
    scenario = bm.load_scenario(KALSEL / "baseline.yaml")
    found = flags(scenario, bm.run(scenario, draws=20, seed=1))  # the central run beside the draws is looked at
    slum = {name for name, target in scenario.targets.items() if target.applies and target.variable.startswith("slum")}
    assert set(found) == slum
    assert all(only(found, name, "light_only").names == ("slum_prov",) for name in slum)
    assert kinds(found)["ill-slum-2029"] == ["light_only", "output_only"]


def test_a_re_registration_is_flagged_on_every_target_of_rtlh():
    scenario = bm.load_scenario(KALSEL / "regsosek_rebase.yaml")
    projection = bm.run(scenario, draws=0)
    redefined = [
        name for name, each in flags(scenario, projection).items() if "definition" in [flag.kind for flag in each]
    ]
    assert len(redefined) == 7
    assert all(name.startswith(("ill-rtlh", "ill-decent")) for name in redefined)
    flag = flags(scenario, projection)["ill-rtlh-2027"][0]
    assert flag.line.amount == pytest.approx(projection.array("revision_houses", by="province")[2, 0, 0])
    assert (flag.met, flag.met_without) == (False, True)
