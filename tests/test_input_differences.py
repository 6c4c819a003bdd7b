"""What differs between two plans: every entry that means another number, and nothing else."""

from pathlib import Path

import pytest

import backlog_model as bm
import small_scenario
from backlog_model.analysis.input_differences import input_differences

SCENARIOS = Path(__file__).parents[1] / "scenarios"
KALSEL = SCENARIOS / "kalsel"
BUDGET = "budget_idr: {apbn: 1_000_000_000}"


@pytest.fixture(scope="module")
def baseline():
    return bm.load_scenario(KALSEL / "baseline.yaml")


@pytest.fixture(scope="module")
def template():
    return bm.load_scenario(SCENARIOS / "template" / "scenario.yaml")


def plans(tmp_path, before, after, text=small_scenario.SCENARIO):
    """The smallest scenario, and the same with one text for another."""
    assert before in text
    changed = text.replace(before, after, 1)
    return [
        bm.load_scenario(small_scenario.write(tmp_path, each, f"{n}.yaml")) for n, each in enumerate((text, changed))
    ]


def the_difference(first, second):
    (found,) = input_differences(first, second)
    return found


def test_a_factor_on_a_table_is_told_year_by_year(baseline):
    found = the_difference(baseline, bm.load_scenario(KALSEL / "csr_drive.yaml"))
    assert (found.path, found.kind) == ("programmes.other_community.budget_idr.other", "lever")
    assert (found.first.text, found.first.origin) == ("csv: budgets.csv", "assumption")
    assert found.second.text == "csv: budgets.csv, multiply: {2026: 1.5, 2027: 2.5, 2028: 3.75, 2029-2035: 5}"
    assert found.second.source.startswith("Company houses in Hulu Sungai Selatan")
    ratios = {each.year: each.second / each.first for each in found.years}
    assert ratios == pytest.approx({2026: 1.5, 2027: 2.5, 2028: 3.75} | dict.fromkeys(range(2029, 2036), 5.0))


def test_regions_are_added_up_and_those_that_differ_are_named(baseline):
    other = bm.load_scenario(KALSEL / "cut_and_recovery.yaml")
    found = next(each for each in input_differences(baseline, other) if "kab_housing" in each.path)
    assert found.added == "sum"
    assert found.years[0].year == 2027
    assert found.years[0].first == pytest.approx(98_030_208_000)
    value = baseline.programmes["kab_housing"].budget_idr["apbd_kab"]
    codes = baseline.region_table.codes
    before, after = value.array((2025, 2026), codes)[:, 0]
    recovering = tuple(code for code, old, new in zip(codes, before, after, strict=True) if old > new)
    assert found.regions == recovering
    assert 0 < len(recovering) < len(codes)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("title: Smallest", "title: Another"),
        ("deterioration_rate: 0.004", "deterioration_rate: {value: 0.004, source: 'A report', note: 'Read twice'}"),
        ("deterioration_rate: 0.004", "deterioration_rate: {table: {2026: 0.004}, assumption: true}"),
        ("deterioration_rate: 0.004", "deterioration_rate: {value: 0.002, multiply: 2, assumption: true}"),
        ("    treats: [all]", "    label: Grants\n    treats: [all]"),
        ("assumptions:", "assumptions:\n  relapse_rate: 0.0"),
    ],
)
def test_words_and_other_ways_to_write_a_number_are_no_difference(tmp_path, before, after):
    assert input_differences(*plans(tmp_path, before, after)) == ()


@pytest.mark.parametrize(
    ("before", "after", "path", "kind"),
    [
        ("deterioration_rate: 0.004", "deterioration_rate: 0.005", "assumptions.deterioration_rate", "uncertainty"),
        ("unit_cost_idr: 20_000_000", "unit_cost_idr: 21_000_000", "programmes.bsps.unit_cost_idr", "lever"),
        ('"63.01": 200', '"63.01": 201', "opening.rtlh_houses", "opening"),
        ("last: 2030", "last: 2029", "years.last", "other"),
        (BUDGET, f"{BUDGET}\n    sharing: {{rule: equal}}", "programmes.bsps.sharing.rule", "lever"),
        (BUDGET, f"{BUDGET}\n    absorption_share: 0.9", "programmes.bsps.absorption_share", "uncertainty"),
        (BUDGET, f"{BUDGET}\n    capacity_share: 0.5", "programmes.bsps.capacity_share", "lever"),
    ],
)
def test_each_kind_of_entry_is_found_at_its_path(tmp_path, before, after, path, kind):
    found = the_difference(*plans(tmp_path, before, after))
    assert (found.path, found.kind) == (path, kind)


def test_what_only_one_plan_writes_stands_against_nothing(tmp_path):
    first, second = plans(tmp_path, BUDGET, "budget_idr: {apbn: 1_000_000_000, csr: 5_000_000}")
    found = the_difference(first, second)
    assert found.path == "programmes.bsps.budget_idr.csr"
    assert found.first == ("", None, None)
    assert (found.second.text, found.second.origin) == ("5_000_000", "unstated")
    assert [each.second for each in found.years] == [5e6] * 5
    assert the_difference(second, first).second.text == ""


def test_of_a_new_programme_only_what_is_written_is_told(tmp_path):
    new = f"{BUDGET}\n  csr:\n    treats: [all]\n    unit_cost_idr: 30_000_000\n    budget_idr: {{csr: 7}}"
    found = input_differences(*plans(tmp_path, BUDGET, new))
    names = ("treats", "budget_idr.csr", "unit_cost_idr")
    assert [each.path for each in found] == [f"programmes.csr.{name}" for name in names]


def test_a_wider_range_with_the_same_median_is_a_difference_without_years(tmp_path):
    first, second = (f"deterioration_rate: {{range: [{low}, 0.004, 0.006]}}" for low in (0.002, 0.001))
    text = small_scenario.SCENARIO.replace("deterioration_rate: 0.004", first)
    found = the_difference(*plans(tmp_path, first, second, text))
    assert (found.first.text, found.second.text) == ("range: [0.002, 0.004, 0.006]", "range: [0.001, 0.004, 0.006]")
    assert found.years == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("{poisson: {mean: 3}}", "{poisson: {mean: 3.01}}"),
        ("{range: [2, 3, 5], drawn: year}", "{range: [2, 3, 5], drawn: draw}"),
        ("{value: 3, spread: {range: [0.5, 1, 1.5]}}", "{value: 3, spread: {range: [0.4, 1, 1.5]}}"),
    ],
)
def test_laws_with_the_same_centre_still_differ(tmp_path, one, other):
    text = small_scenario.SCENARIO.replace(
        "deterioration_rate: 0.004", f"deterioration_rate: 0.004\n  houses_per_crew_year: {one}"
    )
    found = the_difference(*plans(tmp_path, one, other, text))
    assert found.path == "assumptions.houses_per_crew_year"


def test_own_money_of_regions_is_not_money_of_the_province(tmp_path):
    after = 'budget_idr: {apbn: {by_region: {"63.01": 400_000_000, "63.10": 600_000_000}}}'
    found = the_difference(*plans(tmp_path, BUDGET, after))
    assert found.path == "programmes.bsps.budget_idr.apbn"


def test_one_value_for_all_classes_is_held_against_each(template):
    rate = {name: {"value": 0.01, "assumption": True} for name in template.severity_classes}
    first = template.replace({"assumptions.self_improvement_rate": {"value": 0.01, "assumption": True}})
    second = template.replace({"assumptions.self_improvement_rate": {**rate, "heavy": 0.02}})
    assert the_difference(first, second).path == "assumptions.self_improvement_rate.heavy"


def test_the_order_of_programmes_is_their_priority(tmp_path):
    one = "  csr:\n    treats: [all]\n    unit_cost_idr: 30_000_000\n    budget_idr: {csr: 7}\n"
    first, second = (
        bm.load_scenario(small_scenario.write(tmp_path, text, name))
        for text, name in (
            (small_scenario.SCENARIO + one, "last.yaml"),
            (small_scenario.SCENARIO.replace("programmes:\n", f"programmes:\n{one}"), "first.yaml"),
        )
    )
    found = the_difference(first, second)
    assert (found.path, found.kind) == ("programmes", "lever")
    assert (found.first.text, found.second.text) == ("bsps, csr", "csr, bsps")


def test_a_revision_is_read_once(baseline):
    found = input_differences(baseline, bm.load_scenario(KALSEL / "regsosek_rebase.yaml"))
    ratio = next(each for each in found if each.path.endswith(".ratio"))
    assert [(each.year, each.second) for each in ratio.years] == [(2027, 1.62)]
    assert {each.kind for each in found} == {"uncertainty"}


def test_targets_and_correlations_are_told_by_their_names(template):
    (name, target) = next(iter(template.targets.items()))
    other = template.replace({f"targets.{name}.value": target.wanted / 2})
    found = the_difference(template, other)
    assert (found.path, found.kind) == (f"targets.{name}.value", "target")
    tied = {"between": ["assumptions.deterioration_rate", "assumptions.relapse_rate"], "assumption": True}
    first, second = (template.replace({"correlations": [{**tied, "correlation": each}]}) for each in (0.2, 0.4))
    found = the_difference(first, second)
    assert (found.first.text, found.second.text) == ("0.2", "0.4")
    assert found.path == "correlations.assumptions.deterioration_rate ~ assumptions.relapse_rate"


def test_another_table_under_the_same_name_is_a_difference(tmp_path):
    text = small_scenario.SCENARIO.replace(BUDGET, "budget_idr: {apbn: {csv: money.csv}}")
    head = "key,region,year,value,low,high,kind,source,note\n"
    loaded = []
    for folder, budget in (("a", 1_000_000_000), ("b", 2_000_000_000)):
        (tmp_path / folder).mkdir()
        rows = f"{head}programmes.bsps.budget_idr.apbn,63,,{budget},,,assumption,guess,\n"
        loaded.append(bm.load_scenario(small_scenario.write(tmp_path / folder, text, money=rows)))
    found = the_difference(*loaded)
    assert found.first.text == found.second.text == "csv: money.csv"
    assert [each.second - each.first for each in found.years] == [1e9] * 5


def test_regions_of_one_plan_alone_are_told(tmp_path):
    (tmp_path / "a").mkdir()
    first = bm.load_scenario(small_scenario.write(tmp_path / "a"))
    text = small_scenario.SCENARIO
    for number in (2000, 1500, 300):
        text = text.replace(f', "63.10": {number}', "")
    regions = "code,name\n63,Kalimantan Selatan\n63.01,Tanah Laut\n"
    second = bm.load_scenario(small_scenario.write(tmp_path, text, regions=regions))
    found = input_differences(first, second)
    assert (found[0].path, found[0].first.text, found[0].second.text) == ("regions", "63.01, 63.10", "63.01")


def test_plans_of_different_provinces_cannot_be_told_apart(baseline, template):
    with pytest.raises(bm.BacklogModelError, match="baseline and scenario have no region in common"):
        input_differences(baseline, template)
