import os
import re
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backlog_model.errors import ScenarioError
from backlog_model.scenario.loading import check, load_scenario
from small_scenario import REGIONS, SCENARIO, write

ROWS = "key,region,year,value,low,high,kind,source,note\n"
BUDGET = "programmes.bsps.budget_idr.apbn"


@pytest.fixture
def problems(tmp_path, monkeypatch):
    """What is wrong with the smallest scenario after a replacement in its text."""
    monkeypatch.chdir(tmp_path)

    def reading(old="", new="", **tables):
        assert old in SCENARIO
        path = write(tmp_path, SCENARIO.replace(old, new) if old else SCENARIO + new, **tables)
        found = [str(problem) for problem in check(path) if not problem.warning]
        if found:
            with pytest.raises(ScenarioError, match=re.escape(found[0])):
                load_scenario(path)
        else:
            load_scenario(path)
        return found

    return reading


def test_the_smallest_scenario_is_short(problems):
    assert problems() == []
    assert SCENARIO.count("\n") <= 16


def test_unknown_keys_get_the_nearest_name(problems):
    assert problems("unit_cost_idr", "unit_cost") == [
        "plan.yaml:12:3: programmes.bsps.unit_cost_idr: missing; write it here or in assumptions",
        "plan.yaml:14:5: programmes.bsps.unit_cost: unknown key; did you mean unit_cost_idr?",
    ]


def test_everything_wrong_is_told_at_once_from_top_to_bottom(problems):
    found = problems(
        SCENARIO[SCENARIO.index("years") :],
        """\
years: {first: 2026, last: 2020}
regions: region.csv
opening:
  households: {by_region: {63.01: 1000}}
  rtlh_houses: {by_region: {"63.01": 2.804, "63.10": 5}}
assumptions:
  deterioration_rate: 5%
  relapse_rate: NO
  take_up: 3
programmes:
  bsps:
    treats: [light, slumm]
    unit_cost_idr: Rp 20 jt
    budget_idr: {apbn: {range: [3, 2, 1]}}
targets:
  a: {variable: rtlh_houses, year: 2028, operator: "<", value: 2804, region: 63.01}
""",
    )
    assert [(problem.split(": ")[0], problem.split(": ")[1]) for problem in found] == [
        ("plan.yaml:2:22", "years.last"),
        ("plan.yaml:3:10", "regions"),
        ("plan.yaml:4:1", "opening.decent_houses"),
        ("plan.yaml:5:28", "opening.households.by_region"),
        ("plan.yaml:6:38", "opening.rtlh_houses.by_region.63.01"),
        ("plan.yaml:8:23", "assumptions.deterioration_rate"),
        ("plan.yaml:9:17", "assumptions.relapse_rate"),
        ("plan.yaml:10:3", "assumptions.take_up"),
        ("plan.yaml:14:20", "programmes.bsps.unit_cost_idr"),
        ("plan.yaml:15:36", "programmes.bsps.budget_idr.apbn.range.1"),
        ("plan.yaml:17:52", "targets.a.operator"),
        ("plan.yaml:17:78", "targets.a.region"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("deterioration_rate: 0.004", "deterioration_rate:", None),  # nothing written: the default
        ("1000,", "2.804,", "2.804 is read as 2.804 households; write 2804 (or 2.8040 for a number between 2 and 3)"),
        ("1000,", '"2.804",', "'2.804' is not a number; write 2804"),
        ("20_000_000", "20.000.000", "'20.000.000' is not a number; write 20000000"),
        ("20_000_000", "0", "programmes.bsps.unit_cost_idr: 0 rupiah per house or hectare; expected more than 0"),
        ("1_000_000_000", "9e15", "9e15 is larger than anything to be counted"),
        ("1_000_000_000", "-5", "-5 is negative; expected rupiah"),
        ("0.004", "4", "4 lies outside 0 to 1 (share of a stock per year, 0 to 1); write 0.04 for 4 percent"),
        ("0.004", "{value: 0.1, range: [1, 2, 3]}", "value and range stand together; keep one of them"),
        ("0.004", "{valu: 0.1}", "deterioration_rate.valu: unknown key; did you mean value?"),
        ("0.004", "{value: 0.1, growth: 0.1}", "growth cannot stand beside value; it goes with table, csv"),
        ("0.004", "{multiply: 2}", "no number among multiply; a change needs a number to change"),
        (
            "0.004",
            "{range: [0.1, 0.2]}",
            "plan.yaml:10:31: assumptions.deterioration_rate.range: 2 numbers; expected 3",
        ),
        ("0.004", "{range: [0.1, 5%, 0.3]}", "range.1: '5%' is not a number; write 0.05"),
        ("0.004", "[0.1]", "a list stands where a number is expected"),
        ("0.004", "true", "true stands where a number is expected"),
        ("0.004", "{table: {2027: 0.1}}", "a number for 2027 only; the scenario needs 2026 to 2030"),
        ("0.004", "{table: {2020: 0.1, 2024: 0.2}}", "numbers from 2020 to 2024; the scenario needs 2026 to 2030"),
        ("0.004", '{table: {2026: 0.1, "2026-2028": 0.2}}', "2026 stands twice"),
        ("0.004", '{table: {"2028-2026": 0.2}}', "2028-2026 runs backwards; write 2026-2028"),
        ("0.004", "{table: {26: 0.2}}", "'26' is not a year"),
        ("0.004", "{table: {2026: 0.9}, growth: 0.2}", "reaches 1.86624 within 2026 to 2030; expected 0 to 1"),
        ("0.004", "{table: {2026: }}", "table.2026: no value given"),
        ("0.004", "{csv: rates.csv}", "there is no file rates.csv"),
        ("0.004", "{csv: ../rates.csv}", "lies outside the scenario's folder"),
        (
            "0.004",
            "{value: 0.004, source: 2024}",
            'deterioration_rate.source: 2024 is not text; write "2024" in quotes',
        ),
        ("0.004", "{value: 0.004, drawn: regional}", "regional; did you mean region?"),
        ("0.004", "{value: 0.1, recover: {level_of: 2025, after: 2026}}", "recover.share: missing"),
        ('"63.10": 2000', '"63.11": 2000', "unknown region 63.11; did you mean 63.10?"),
        (', "63.10": 2000', "", "opening.households.by_region: no number for region 63.10"),
        (
            '{by_region: {"63.01": 1000, "63.10": 2000}}',
            "3000",
            "one number for the whole province; write it by_region",
        ),
        ('{by_region: {"63.01": 1000, "63.10": 2000}}', "{total: 3000}", "total without split"),
        (
            '{by_region: {"63.01": 1000, "63.10": 2000}}',
            '{total: 3000, split: {by_region: {"63.01": 0, "63.10": 0}}}',
            "all weights are 0",
        ),
        ("[all]\nregions", "[light, heavy]\nregions", "light, heavy; expected [light, medium, heavy] or [all]"),
        ("regions.csv", "region.csv", "there is no file region.csv; did you mean regions.csv?"),
        ("regions: regions.csv\n", "", "regions: missing"),
        ("title: Smallest", "title: 2026", "title: 2026 stands where a mapping"),
        ("first: 2026", 'first: "2026"', "years.first: '2026' is not a whole number; write 2026 without quotes"),
        ("first: 2026", "first: 26", "years.first: 26; expected at least 1900"),
    ],
)
def test_values_are_checked(problems, old, new, problem):
    found = problems(old, new)
    assert (found == []) if problem is None else any(problem in each for each in found), found


def test_rows_of_a_table_are_used_by_their_dotted_path(tmp_path):
    rows = ROWS + f"{BUDGET},63,2026,5_000_000_000,,,sourced,APBN,\n{BUDGET},63,2027,6e9,,,assumption,,guess\n"
    path = write(tmp_path, SCENARIO.replace("1_000_000_000", "{csv: budgets.csv}"), budgets=rows)
    value = load_scenario(path).programmes["bsps"].budget_idr["apbn"]
    assert value.array((2026, 2027, 2028), ("63.01", "63.10")).ravel().tolist() == [5e9, 6e9, 6e9]
    assert (value.by_region, value.kind, value.source) == (False, "assumption", "APBN; guess")


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ("programmes.bsp.budget_idr.apbn,63,,5,,,sourced,x,", "budgets.csv has no row with the key programmes.bsps"),
        (
            f"{BUDGET},63,,5,,,sourced,x,\n{BUDGET}x,63,,5,,,sourced,x,",
            f"budgets.csv:3:1: {BUDGET}x: no entry of plan.yaml",
        ),
        (f"{BUDGET},63.01,,5,,,sourced,x,", f"{BUDGET}: no number for region 63.10"),
        (f"{BUDGET},63,,5,,,sourced,x,\n{BUDGET},63.01,,5,,,sourced,x,", "rows for the province (63) beside rows"),
        (f"{BUDGET},63,,5,,,sourced,x,\n{BUDGET},63,2026,5,,,sourced,x,", "a row for every year (empty year) beside"),
        (f"{BUDGET},63,,1.234,,,sourced,x,", "budgets.csv:2:4"),
        (f"{BUDGET},63,2020,5,,,sourced,x,", "a number for 2020 only"),
    ],
)
def test_rows_that_do_not_fit_are_refused(problems, rows, problem):
    found = problems("1_000_000_000", "{csv: budgets.csv}", budgets=ROWS + rows + "\n")
    assert any(problem in each for each in found), found


def test_a_child_changes_single_entries(tmp_path):
    write(tmp_path, name="base.yaml")
    text = "title: Child\nextends: base.yaml\nyears: {last: 2028}\nassumptions: {deterioration_rate: {multiply: 0.5}}\n"
    scenario = load_scenario(write(tmp_path, text))
    assert scenario.years.all == (2026, 2027, 2028)
    assert scenario.assumptions.deterioration_rate.array((2026,), ("63.01",)).item() == 0.002
    assert scenario.title.en == "Child"
    assert {path.name for path in scenario.files} == {"plan.yaml", "base.yaml", "regions.csv"}


def test_a_main_kind_in_a_child_replaces_the_whole_value(tmp_path):
    base = SCENARIO.replace("0.004", "{table: {2026: 0.1}, growth: 0.1, multiply: 2, source: x}")
    write(tmp_path, base, name="base.yaml")
    text = "title: C\nextends: base.yaml\nassumptions: {deterioration_rate: {value: 0.3, assumption: true}}\n"
    rate = load_scenario(write(tmp_path, text)).assumptions.deterioration_rate
    assert rate.array((2026, 2030), ("63.01",)).ravel().tolist() == [0.3]
    assert (rate.kind, rate.source) == ("assumption", None)


@pytest.mark.parametrize(
    ("child", "problem"),
    [
        ("extends: bas.yaml\n", "plan.yaml:1:10: extends: there is no file bas.yaml; did you mean base.yaml?"),
        ("extends: ../base.yaml\n", "expected the name of a file in the same folder"),
        ("extends: plan.yaml\n", "a scenario cannot extend itself"),
        ("extends: middle.yaml\n", "middle.yaml extends another scenario itself"),
        ("extends: base.yaml\nassumptions: {relapse_rate: {multiply: 2}}\n", "no number among multiply"),
        ("extends: base.yaml\nassumptions: {relapse: 2}\n", "plan.yaml:2:15: assumptions.relapse: unknown key"),
        ("extends: base.yaml\nyears: {first: 2020}\n", "base.yaml"),
    ],
)
def test_a_child_is_checked_with_its_parent(tmp_path, monkeypatch, child, problem):
    monkeypatch.chdir(tmp_path)
    base = SCENARIO.replace("{apbn: 1_000_000_000}", "{apbn: {table: {2026: 1_000_000_000}}}")
    write(tmp_path, base, name="base.yaml")
    write(tmp_path, "extends: base.yaml\n", name="middle.yaml")
    with pytest.raises(ScenarioError, match=re.escape(problem)):
        load_scenario(write(tmp_path, child))


def test_rows_that_only_the_parent_uses_are_no_problem_in_a_child(tmp_path):
    rows = ROWS + f"{BUDGET},63,,5,,,sourced,x,\n"
    write(tmp_path, SCENARIO.replace("1_000_000_000", "{csv: budgets.csv}"), name="base.yaml", budgets=rows)
    child = write(tmp_path, "title: C\nextends: base.yaml\nprogrammes: {bsps: {budget_idr: {apbn: 7}}}\n")
    assert [problem for problem in check(child) if not problem.warning] == []


def test_numbers_without_a_source_are_a_warning(tmp_path):
    path = write(tmp_path, SCENARIO.replace("0.004", "{value: 0.004, assumption: true}"))
    warnings = [problem for problem in check(path) if problem.warning]
    assert any("opening.households: no source" in problem.message for problem in warnings)
    assert not any("deterioration_rate" in problem.message for problem in warnings)


def test_one_source_may_stand_beside_all_classes(tmp_path):
    text = SCENARIO.replace("0.004", "0.004\n  severity_share: {all: 1, source: Survey 2024}")
    scenario = load_scenario(write(tmp_path, text))
    assert scenario.assumptions.severity_share["all"].source == "Survey 2024"


def test_paths_outside_the_working_folder_are_told_whole(tmp_path):
    path = write(tmp_path, "title: [\n")
    with pytest.raises(ScenarioError, match=re.escape(f"{path.as_posix()}:2:1: not valid YAML")):
        load_scenario(path)


@pytest.mark.parametrize("text", SCENARIO.splitlines(keepends=True))
def test_any_line_may_be_missing(tmp_path, text):
    for problem in check(write(tmp_path, SCENARIO.replace(text, "", 1))):
        assert problem.message


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    place=st.integers(0, len(SCENARIO)), removed=st.integers(0, 30), added=st.text("{}[]:,\"'-# \n0259.ax%", max_size=6)
)
def test_any_damage_is_a_problem_and_no_crash(tmp_path, place, removed, added):
    text = SCENARIO[:place] + added + SCENARIO[place + removed :]
    path = write(tmp_path, text, regions=REGIONS)
    found = [problem for problem in check(path) if not problem.warning]
    if found:
        with pytest.raises(ScenarioError, match=re.escape(str(found[0]))):
            load_scenario(path)
    else:
        load_scenario(path)


@pytest.mark.parametrize("name", ["baseline", "tkd_cut", "cut_and_recovery"])
def test_the_shipped_scenarios_have_no_problem(name):
    folder = Path(__file__).resolve().parents[1] / "scenarios" / "kalsel"
    assert check(folder / f"{name}.yaml") == []


def test_a_scenario_reads_the_same_from_another_folder(tmp_path):
    first = load_scenario(write(tmp_path))
    other = tmp_path / "other"
    other.mkdir()
    for path in first.files:
        shutil.copy(path, other)
    assert load_scenario(other / "plan.yaml").as_written() == first.as_written()


def test_revisions_of_a_year_are_of_one_kind(problems):
    text = "  {}: {{label: x, year: 2027, variable: rtlh_houses, houses: 5, new_records: {}}}\n"
    found = problems("", "revisions:\n" + text.format("first", "true") + text.format("second", "false"))
    assert found == [
        "plan.yaml:18:68: revisions.second.new_records: false, but first in 2027 says otherwise; write both alike"
    ]


def test_a_ratio_is_not_for_hectares(problems):
    found = problems("", "revisions:\n  x: {label: x, year: 2027, variable: slum_ha, authority: province, ratio: 2}\n")
    assert found == [
        "plan.yaml:17:3: revisions.x: no change; expected one of ha",
        "plan.yaml:17:69: revisions.x.ratio: not for slum_ha; expected one of ha",
    ]


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_scenario_that_is_a_link_to_another_folder_is_refused(tmp_path, monkeypatch):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "plans").mkdir()
    there = write(tmp_path / "elsewhere", SCENARIO)
    monkeypatch.chdir(tmp_path / "plans")
    Path("plan.yaml").symlink_to(there)
    assert [str(each) for each in check("plan.yaml")] == [
        f"plan.yaml: this is a link to {there.resolve()}, outside its folder; expected that file itself"
    ]
    shutil.copy(there, "same.yaml")
    Path("beside.yaml").symlink_to("same.yaml")
    shutil.copy(there.parent / "regions.csv", "regions.csv")
    assert load_scenario("beside.yaml") is not None


def test_a_table_is_no_scenario(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "regions.csv").write_text(REGIONS, encoding="utf-8")
    found = [str(problem) for problem in check("regions.csv")]
    assert found == ["regions.csv: this is a table; expected a scenario, a .yaml file"]


def test_a_decimal_comma_that_cut_a_number_is_recognised(problems):
    found = problems("deterioration_rate: 0.004", "deterioration_rate: {value: 0,004}")
    assert any("write 0.004 for 0,004" in each for each in found)
    assert any(
        "write 0.35 for 0,35" in each for each in problems("deterioration_rate: 0.004", "relapse_rate: {value: 0,35}")
    )


def test_a_number_after_the_last_year_is_warned_of(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = write(tmp_path, SCENARIO.replace("{apbn: 1_000_000_000}", "{apbn: {table: {2026: 1, 2040: 2}}}"))
    warned = [problem.message for problem in check(path) if problem.warning]
    assert f"{BUDGET}: a number for 2040, after the last year, 2030; it is not used" in warned
