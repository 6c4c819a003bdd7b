"""Checks of a whole scenario at their edges: exactly at a limit is accepted, just beyond it is refused."""

import json
from pathlib import Path
from typing import Any

import pytest

from backlog_model.scenario.checking import by_class, values_in
from backlog_model.scenario.loading import check, load_scenario
from backlog_model.scenario.paths import Value
from changed_plan import CLASSES, ONE_REGION, SLUM_STOCKS, changed, regional, said, thirds
from small_scenario import write

A = "assumptions"
WHOLE_PROVINCE = "one number for the whole province; write it by_region, or as total with a split over regions"
ONE = {
    "opening.households": regional(1000),
    "opening.decent_houses": regional(700),
    "opening.rtlh_houses": regional(200),
}


def refused(folder: Path, changes: dict[str, Any], *expected: str) -> None:
    assert said(folder, changes) == list(expected)


# years


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"years": {"first": 2026, "last": 2026}}, []),
        ({"years": {"first": 2026, "last": 2025}}, ["years.last: 2025 comes before years.first, 2026"]),
        ({"years": {"first": 2026, "last": 2125}}, []),
        ({"years": {"first": 2026, "last": 2126}}, ["years.last: 2026 to 2126 are more than 100 years"]),
        ({"now": 2025}, []),
        ({"now": 2028}, []),
        ({"now": 2024}, ["now: 2024 lies outside the scenario; expected 2025 to 2028"]),
        ({"now": 2029}, ["now: 2029 lies outside the scenario; expected 2025 to 2028"]),
    ],
)
def test_the_years(tmp_path: Path, changes: dict[str, Any], expected: list[str]) -> None:
    refused(tmp_path, changes, *expected)


@pytest.mark.parametrize("last", [2025, 2126])
def test_with_wrong_years_nothing_else_is_looked_at(tmp_path: Path, last: int) -> None:
    wrong = {"years": {"first": 2026, "last": last}, "opening.severity_share": thirds(0.5, 0.3, 0.1)}
    (problem,) = said(tmp_path, wrong)
    assert problem.startswith("years.last: ")


def test_with_a_wrong_now_the_rest_is_looked_at(tmp_path: Path) -> None:
    both = said(tmp_path, {"now": 2024, "opening.severity_share": thirds(0.5, 0.3, 0.1)})
    shares = "opening.severity_share: the shares add to 0.9; expected 1"
    assert sorted(both) == ["now: 2024 lies outside the scenario; expected 2025 to 2028", shares]


# classes and authorities


@pytest.mark.parametrize(
    ("classes", "seen"), [(["light"], "light"), (["light", "heavy"], "light, heavy"), ([], "nothing")]
)
def test_other_severity_classes_are_refused(tmp_path: Path, classes: list[str], seen: str) -> None:
    problems = said(tmp_path, {"severity_classes": classes})
    assert f"severity_classes: {seen}; expected [light, medium, heavy] or [all]" in problems


@pytest.mark.parametrize(
    ("name", "wrong", "expected"),
    [
        ("substandard_share", {"light": 0.1, "medium": 0.1}, ": nothing for heavy; expected light, medium, heavy"),
        ("substandard_share", thirds(0.1, 0.1, 0.1), None),
        ("self_improvement_rate", {"light": 0.1}, ": nothing for medium, heavy; expected light, medium, heavy"),
        ("self_improvement_rate", 0.1, None),
        ("rtlh_loss_rate", {"medium": 0.1, "heavy": 0.1}, ": nothing for light; expected light, medium, heavy"),
        ("habitable_share", {"light": 0.9, "heavy": 0.1}, ": nothing for medium; expected light, medium, heavy"),
        (
            "effectiveness_share",
            {**thirds(1, 1, 1), "all": 1},
            ".all: unknown name; expected one of light, medium, heavy",
        ),
        ("worsening_rate", {"light": 0.1}, None),
        ("worsening_rate", {"light": 0.1, "medium": 0.1}, None),
        ("worsening_rate", {"heavy": 0.1}, ".heavy: unknown name; expected one of light, medium"),
        ("slum_worsening_rate", {"medium": 0.1}, None),
        ("slum_worsening_rate", {"heavy": 0.1}, ".heavy: unknown name; expected one of light, medium"),
        ("slum_capacity_ha", {"centre": regional(5, 5)}, None),
        (
            "slum_capacity_ha",
            {"nobody": regional(5, 5)},
            ".nobody: unknown name; expected one of kabkota, province, centre",
        ),
    ],
)
def test_names_of_entries_by_class_or_authority(
    tmp_path: Path, name: str, wrong: dict[str, Any], expected: str | None
) -> None:
    problems = said(tmp_path, {f"{A}.{name}": wrong})
    if expected is None:
        assert problems == []
    else:
        assert problems[0].startswith(f"{A}.{name}{expected}")


@pytest.mark.parametrize("name", ["slum_ha", "slum_handled_ha", "slum_base_ha"])
def test_hectares_of_an_unknown_authority(tmp_path: Path, name: str) -> None:
    stocks = {**SLUM_STOCKS, f"opening.{name}": {"centre": regional(30, 20), "village": regional(1, 1)}}
    unknown = f"opening.{name}.village: unknown name; expected one of kabkota, province, centre"
    refused(tmp_path, stocks, unknown)


# how far a value reaches


def by_year(**numbers: float) -> dict[str, Any]:
    """Numbers by year, written as y2026=1."""
    return {"table": {year[1:]: number for year, number in numbers.items()}}


@pytest.mark.parametrize(
    ("path", "numbers", "expected"),
    [
        ("relapse_rate", by_year(y2026=0.1), ""),
        ("relapse_rate", by_year(y2020=0.1, y2026=0.1), ""),
        ("relapse_rate", by_year(y2027=0.1), "a number for 2027 only; the scenario needs 2026 to 2028"),
        ("relapse_rate", by_year(y2025=0.1), "a number for 2025 only; the scenario needs 2026 to 2028"),
        ("relapse_rate", by_year(y2027=0.1, y2028=0.1), "numbers from 2027 to 2028; the scenario needs 2026 to 2028"),
        ("relapse_rate", by_year(y2020=0.1, y2025=0.1), "numbers from 2020 to 2025; the scenario needs 2026 to 2028"),
        ("unit_cost_growth_rate", by_year(y2026=0.1), ""),
        ("unit_cost_growth_rate", by_year(y2027=0.1), "a number for 2027 only; the scenario needs 2026 to 2028"),
    ],
)
def test_numbers_by_year_reach_over_the_scenario(
    tmp_path: Path, path: str, numbers: dict[str, Any], expected: str
) -> None:
    refused(tmp_path, {f"{A}.{path}": numbers}, *([f"{A}.{path}: {expected}"] if expected else []))


@pytest.mark.parametrize(
    ("price_year", "written", "needed"),
    [
        (2023, by_year(y2024=0.1), None),  # prices grow from the year after
        (2023, by_year(y2025=0.1), 2024),
        (2027, by_year(y2026=0.1), None),  # never later than the first year
        (2027, by_year(y2027=0.1), 2026),
    ],
)
def test_growth_of_prices_reaches_back_to_the_price_year(
    tmp_path: Path, price_year: int, written: dict[str, Any], needed: int | None
) -> None:
    for name in ("unit_cost_growth_rate", "grant_growth_rate"):
        problems = said(tmp_path, {"price_year": price_year, f"{A}.{name}": written})
        (year,) = written["table"]
        message = f"{A}.{name}: a number for {year} only; the scenario needs {needed} to 2028"
        assert problems == ([message] if needed else [])


@pytest.mark.parametrize(
    ("years", "expected"),
    [
        (by_year(y2025=1000), ""),
        (by_year(y2024=900, y2026=1000), ""),
        (by_year(y2026=1000), "a number for 2026 only; the scenario needs 31 December 2025"),
        (by_year(y2024=1000), "a number for 2024 only; the scenario needs 31 December 2025"),
        (by_year(y2023=900, y2024=1000), "numbers from 2023 to 2024; the scenario needs 31 December 2025"),
    ],
)
def test_a_stock_has_a_number_for_the_end_of_the_year_before(
    tmp_path: Path, years: dict[str, Any], expected: str
) -> None:
    stock = {"opening.households": regional(years, 2000)}
    refused(tmp_path, stock, *([f"opening.households: {expected}"] if expected else []))


def test_known_outputs_need_not_reach(tmp_path: Path) -> None:
    refused(tmp_path, {"realised_houses.bsps": by_year(y2027=5)})
    refused(tmp_path, {"realised_houses.bsps": by_year(y2024=5)})


# limits over the years


@pytest.mark.parametrize(
    ("path", "entry", "reached"),
    [
        ("drop_out_share", {"value": 0.5, "multiply": 2}, None),
        ("drop_out_share", {"value": 0.5, "multiply": {"2028": 2.5}}, "1.25 within 2026 to 2028; expected 0 to 1"),
        ("drop_out_share", {"table": {"2026": 0.5}, "growth": 0.5}, "1.125 within 2026 to 2028; expected 0 to 1"),
        ("household_growth_rate", {"value": -0.1, "multiply": 2}, None),
        ("household_growth_rate", {"value": -0.1, "multiply": 3}, "-0.3 within 2026 to 2028; expected -0.2 to 0.2"),
        ("household_growth_rate", {"value": -0.1, "multiply": {"2027": 3}}, "-0.3 within 2026 to 2028; expected -0.2"),
        ("household_growth_rate", {"value": 0.1, "multiply": {"2026": 3}}, "0.3 within 2026 to 2028; expected -0.2 to"),
    ],
)
def test_a_value_stays_in_its_limits(tmp_path: Path, path: str, entry: dict[str, Any], reached: str | None) -> None:
    problems = said(tmp_path, {f"{A}.{path}": entry})
    if reached is None:
        assert problems == []
    else:
        (problem,) = problems
        assert problem.startswith(f"{A}.{path}: reaches {reached}")


def test_an_opening_share_stays_in_its_limits_at_the_opening(tmp_path: Path) -> None:
    light = {"value": 0.6, "multiply": {"2025": 2}}
    problems = said(tmp_path, {"opening.severity_share": {**thirds(0, 0, 0), "light": light}})
    expected = "opening.severity_share.light: reaches 1.2 within 31 December 2025; expected 0 to 1 (share, 0 to 1)"
    assert problems == ["opening.severity_share: the shares add to 1.2; expected 1", expected]


# the opening


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"opening.households": 3000}, "opening.households"),
        ({"opening.treated_houses": 100}, "opening.treated_houses"),
        ({**SLUM_STOCKS, "opening.slum_ha": {"centre": 50}}, "opening.slum_ha.centre"),
        ({**SLUM_STOCKS, "opening.slum_base_ha": {"kabkota": 50}}, "opening.slum_base_ha.kabkota"),
        ({f"{A}.households": 3000}, f"{A}.households"),
        ({f"{A}.crews": 30}, f"{A}.crews"),
        ({f"{A}.new_estates": 30}, f"{A}.new_estates"),
        ({f"{A}.slum_capacity_ha": {"province": 30}}, f"{A}.slum_capacity_ha.province"),
    ],
)
def test_what_is_counted_by_region_is_written_by_region(tmp_path: Path, changes: dict[str, Any], path: str) -> None:
    refused(tmp_path, changes, f"{path}: {WHOLE_PROVINCE}")
    province = {**ONE, **{name: entry for name, entry in changes.items() if name != "opening.slum_class_share"}}
    assert not [each for each in said(tmp_path, province, regions=ONE_REGION) if "whole province" in each]


def test_a_stock_that_could_not_be_read_is_told_once(tmp_path: Path) -> None:
    (problem,) = said(tmp_path, {"opening.treated_houses": -1})
    assert problem == "opening.treated_houses: -1 is negative; expected houses"


def test_shares_of_slum_classes_go_with_slum(tmp_path: Path) -> None:
    area = {"opening.slum_ha": {"province": regional(30, 20)}}
    refused(tmp_path, area, "opening.slum_class_share: missing; write the shares of light, medium, heavy")
    less = {"opening.slum_class_share": thirds(0.5, 0.3, 0.1)}
    refused(tmp_path, less, "opening.slum_class_share: the shares add to 0.9; expected 1")
    refused(tmp_path, {"opening.slum_class_share": thirds(0.5, 0.3, 0.2)})


@pytest.mark.parametrize(
    ("estates", "expected"),
    [
        ({"handed_over_": (10, 5), "complete_": (10, 5), "": (10, 5)}, []),
        (
            {"handed_over_": (10, 6), "complete_": (10, 5), "": (10, 6)},
            ["handed_over_estates: region 63.10: 6 is more than psu_complete_estates, 5"],
        ),
        (
            {"handed_over_": (10, 5), "complete_": (12, 5), "": (11, 5)},
            ["complete_estates: region 63.01: 12 is more than psu_estates, 11"],
        ),
        (
            {"handed_over_": (12, 7), "": (11, 6)},
            [
                "handed_over_estates: region 63.01: 12 is more than psu_estates, 11",
                "handed_over_estates: region 63.10: 7 is more than psu_estates, 6",
            ],
        ),
        ({"": (11, 6)}, []),
    ],
)
def test_no_more_estates_are_handed_over_than_there_are(
    tmp_path: Path, estates: dict[str, tuple[int, int]], expected: list[str]
) -> None:
    changes = {f"opening.psu_{name}estates": regional(*numbers) for name, numbers in estates.items()}
    refused(tmp_path, changes, *(f"opening.psu_{each}" for each in expected))


def test_estates_of_a_stage_need_all_estates(tmp_path: Path) -> None:
    complete = {"opening.psu_complete_estates": regional(5, 5)}
    missing = "opening.psu_estates: missing beside psu_{}_estates; write it here"
    refused(tmp_path, complete, missing.format("complete"))
    refused(tmp_path, {**complete, "opening.psu_handed_over_estates": regional(5, 5)}, missing.format("handed_over"))


def test_one_number_of_estates_stands_for_each_region(tmp_path: Path) -> None:
    changes = {"opening.psu_complete_estates": 12, "opening.psu_estates": regional(11, 12)}
    over = "opening.psu_complete_estates: region 63.01: 12 is more than psu_estates, 11"
    refused(tmp_path, changes, f"opening.psu_complete_estates: {WHOLE_PROVINCE}", over)


@pytest.mark.parametrize(("backlog", "refusal"), [((980, 1960), None), ((981, 1960), "63.01"), ((980, 1961), "63.10")])
def test_households_without_a_home_are_no_more_than_households(
    tmp_path: Path, backlog: tuple[int, int], refusal: str | None
) -> None:
    # 2 percent live in another home: 1000 * 0.98 = 980 and 2000 * 0.98 = 1960 are left
    changes = {f"{A}.other_home_share": 0.02, "opening.ownership_backlog_households": regional(*backlog)}
    number, most = ("981", "980") if refusal == "63.01" else ("1_961", "1_960")
    message = f"region {refusal}: {number} without a home of their own, of at most {most} households"
    refused(tmp_path, changes, *([f"opening.ownership_backlog_households: {message}"] if refusal else []))


def test_households_that_reach_too_late_are_told_once(tmp_path: Path) -> None:
    late = by_year(y2026=1000)
    changes = {"opening.households": regional(late, late), "opening.ownership_backlog_households": regional(5, 5)}
    refused(tmp_path, changes, "opening.households: a number for 2026 only; the scenario needs 31 December 2025")
    late_backlog = {"opening.ownership_backlog_households": regional(late, late)}
    assert len(said(tmp_path, late_backlog)) == 1
    assert len(said(tmp_path, {**changes, "opening.households": regional(9, 9), f"{A}.other_home_share": 1})) == 2
    other = {"opening.ownership_backlog_households": regional(5, 5), f"{A}.other_home_share": by_year(y2027=0.1)}
    assert len(said(tmp_path, other)) == 1


@pytest.mark.parametrize(("houses", "refusal"), [(1, None), (0, "63.10")])
def test_every_region_has_houses(tmp_path: Path, houses: int, refusal: str | None) -> None:
    changes = {"opening.decent_houses": regional(700, 0), "opening.rtlh_houses": regional(200, houses)}
    message = f"opening: region {refusal} has no houses; expected some in decent, treated or rtlh_houses"
    refused(tmp_path, changes, *([message] if refusal else []))


def test_the_houses_are_those_of_the_opening(tmp_path: Path) -> None:
    later = by_year(y2025=0, y2026=5)
    changes = {"opening.decent_houses": regional(later, 1500), "opening.rtlh_houses": regional(0, 300)}
    message = "opening: region 63.01 has no houses; expected some in decent, treated or rtlh_houses"
    refused(tmp_path, changes, message)


def test_estates_that_reach_too_late_are_told_once(tmp_path: Path) -> None:
    late, few = regional(by_year(y2026=5), 5), regional(4, 4)
    for first, second in (("complete_estates", "estates"), ("estates", "complete_estates")):
        (problem,) = said(tmp_path, {f"opening.psu_{first}": late, f"opening.psu_{second}": few})
        assert problem.startswith(f"opening.psu_{first}: a number for 2026 only")


def test_a_single_region_has_houses_too(tmp_path: Path) -> None:
    none = {**ONE, "opening.decent_houses": 0, "opening.rtlh_houses": 0}
    (problem,) = said(tmp_path, none, regions=ONE_REGION)
    assert problem == "opening: region 63.01 has no houses; expected some in decent, treated or rtlh_houses"


# helpers of all checks


def test_values_are_found_at_any_depth(tmp_path: Path) -> None:
    scenario = load_scenario(write(tmp_path, json.dumps(changed({}))))
    paths = [value.path for value in values_in(scenario.opening) if value.path]
    stocks = [f"opening.{name}" for name in ("households", "decent_houses", "rtlh_houses")]
    assert paths == [*stocks, *(f"opening.severity_share.{name}" for name in CLASSES)]
    assert list(values_in((scenario.title, 5, scenario.opening.households))) == [scenario.opening.households]


def test_one_value_stands_for_every_class() -> None:
    one, other = Value.constant(0.1), Value.constant(0.2)
    assert by_class(one, ("light", "heavy")) == {"light": one, "heavy": one}
    assert by_class({"light": other}, ("light", "heavy")) == {"light": other}


def test_rows_that_no_entry_takes_are_refused(tmp_path: Path) -> None:
    rows = "key,region,year,value,kind,source\nopening.households,63.01,,1000,sourced,x\n"
    rows += "opening.households,63.10,,2000,sourced,x\nopening.household,63.01,2025,1,sourced,x\n"
    rows += "opening.household,63.01,2026,1,sourced,x\n"
    text = json.dumps(changed({"opening.households": {"csv": "data.csv"}}))
    (found,) = [each for each in check(write(tmp_path, text, data=rows)) if not each.warning]
    assert found.place.endswith("data.csv:4:1")
    assert found.message.startswith("opening.household: no entry of ")
    assert found.message.endswith("plan.yaml takes this row; did you mean opening.households?")


def test_rows_of_a_table_that_the_parent_names_may_be_for_others(tmp_path: Path) -> None:
    rows = "key,region,year,value,kind,source\nopening.households,63.01,,1000,sourced,x\n"
    rows += "opening.households,63.10,,2000,sourced,x\nopening.psu_estates,63.01,,1,sourced,x\n"
    parent = json.dumps(changed({"opening.households": {"csv": "data.csv"}}))
    write(tmp_path, parent, name="parent.yaml", data=rows)
    child = write(tmp_path, "{title: Child, extends: parent.yaml}", data=rows)
    assert [str(each) for each in check(child) if not each.warning] == []
