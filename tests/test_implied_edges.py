"""Numbers that mean nothing or very little: stocks of none or one, empty budgets, years before a budget."""

from pathlib import Path
from typing import Any

import pytest

from backlog_model.scenario.checking import Checking
from backlog_model.scenario.paths import Everywhere, Points, Regional, Value
from backlog_model.scenario.schema import Scenario
from backlog_model.scenario.sizes import Sizes
from backlog_model.scenario.usual import Usual
from backlog_model.scenario.usual_sizes import Implied, implied, price_of, warn_of_slips
from backlog_model.translation import Text
from hand_worked import ONE, THREE, THREE_REGIONS, Meant, checking_of, load, meant, slips

BESIDE = "times what other regions have for each household"
STEP = "times the number of the year before"
SPENT = "of the budget written"
PROMISED = "of what is there at the opening"
TREATED = "of what there is to treat, done in a year"
GOAL = {"year": 2027, "operator": "<="}
REGIONS = ("63.01", "63.02", "63.03")


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    return load(tmp_path_factory.mktemp("one"), ONE)


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    return load(tmp_path_factory.mktemp("three"), THREE, THREE_REGIONS)


def each(*numbers: float) -> dict[str, Any]:
    """A number for each of the three regions."""
    return {"by_region": dict(zip(REGIONS, numbers, strict=True))}


@pytest.mark.parametrize(
    ("meant_as", "low", "high", "times"),
    [
        (0.0, 2.0, 8.0, 0.0),  # none is not little
        (1.0, 2.0, 8.0, 2.0),
        (2.0, 2.0, 8.0, 1.0),
        (4.0, 2.0, 8.0, 0.5),
        (5.0, 2.0, 8.0, 0.625),
        (8.0, 2.0, 8.0, 1.0),
        (24.0, 2.0, 8.0, 3.0),
        (0.5, 2.0, 8.0, 4.0),
    ],
)
def test_how_far_outside_the_usual(meant_as: float, low: float, high: float, times: float) -> None:
    found = Implied("a.b", "2026", 7.0, meant_as, Usual(Text("things"), low, high))
    assert found.excess == times


def test_a_place_is_told_once_by_what_is_worst(one: Scenario) -> None:
    path = "opening.rtlh_houses"
    # 1 of 801 houses is 0.00125 (usual from 0.002), of 1,000 households 0.001: the latter is further off
    slip, end = "{path}: {number} (2025) means {meant} of all {what}; usually 0.002 to 0.95", ": is it written"
    told = [message.partition(end)[0] for message in slips(one, {path: 1, "programmes.repair.budget_idr.apbn": 2e7})]
    assert slip.format(path=path, number="1", meant="0.001", what="households") in told
    assert len([message for message in told if message.startswith(f"{path}:")]) == 1
    # 1 of 1,601 houses is less than 1 of 1,000 households
    told = [message.partition(end)[0] for message in slips(one, {path: 1, "opening.decent_houses": 1500})]
    assert slip.format(path=path, number="1", meant="0.0006246", what="houses") in told
    # equally far off: the first that is told of stays
    told = [message.partition(end)[0] for message in slips(one, {path: 1, "opening.decent_houses": 899})]
    assert slip.format(path=path, number="1", meant="0.001", what="houses") in told


def test_a_price_far_below_the_usual_is_told(one: Scenario) -> None:
    path = "programmes.repair.unit_cost_idr"
    told = slips(one, {path: 1_000_000, "programmes.repair.budget_idr.apbn": 1e8})
    assert told == [
        f"{path}: 1_000_000 (2026) means 1e+06 rupiah a house; usually 2e+06 to 4e+08: is it written in thousands, "
        "millions (juta), billions (miliar) or percent?"
    ]
    assert slips(one, {path: 1_999_999, "programmes.repair.budget_idr.apbn": 1e8}) != []
    assert slips(one, {path: 2_000_000, "programmes.repair.budget_idr.apbn": 1e8}) == []


def test_nothing_is_told_of_what_contradicts_itself(one: Scenario) -> None:
    checking = checking_of(one.replace({"programmes.repair.unit_cost_idr": 1000}))
    checking.refuse("title", "wrong")
    warn_of_slips(checking)
    assert [problem.message for problem in checking.reading.findings.all()] == ["title: wrong"]


def test_crews_repair_seven_houses_a_year_where_nothing_else_is_said(one: Scenario) -> None:
    found = meant(one.replace({"assumptions.crews": 10}), "assumptions.crews")
    assert found == [Meant("2026", 10, 70 / 200, "of all RTLH that crews could repair in a year")]


def test_a_stock_of_one_counts_and_a_stock_of_none_does_not(three: Scenario) -> None:
    changes = {"opening.psu_estates": each(1, 0, 50), "assumptions.new_estates": each(0.5, 3, 5)}
    meaning = "new estates a year, of all estates"
    assert meant(three.replace(changes), "assumptions.new_estates", meaning) == [
        Meant("63.01, 2026", 0.5, 0.5, meaning),
        Meant("63.03, 2026", 5, 0.1, meaning),
    ]


@pytest.mark.parametrize(("estates", "shares"), [(0, []), (1, [0.5]), (2, [0.25])])
def test_a_target_of_a_stock_of_none(one: Scenario, estates: float, shares: list[float]) -> None:
    opening = {"opening.psu_estates": estates, "opening.psu_complete_estates": 0, "opening.psu_handed_over_estates": 0}
    goal = {"variable": "psu_gap_estates", "value": 0.5, **GOAL}
    found = meant(one.replace({**opening, "targets": {"goal": goal}}), "targets.goal.value")
    assert [row.meant for row in found] == shares


def test_a_target_of_nothing_means_nothing_left(one: Scenario) -> None:
    goal = {"variable": "rtlh_houses", "value": 0, **GOAL}
    found = meant(one.replace({"targets": {"goal": goal}}), "targets.goal.value")
    assert found == [Meant("2027", 0, 0.0, PROMISED)]


@pytest.mark.parametrize(("homes", "shares"), [(0, []), (1, [0.25])])
def test_a_target_of_a_region_without_households(three: Scenario, homes: float, shares: list[float]) -> None:
    goal = {"variable": "occupancy_backlog_households", "value": 0.25, "region": "63.01", **GOAL}
    changes = {"opening.households": each(homes, 2000, 5000), "targets": {"goal": goal}}
    assert [row.meant for row in meant(three.replace(changes), "targets.goal.value")] == shares


NO_MONEY = {f"programmes.{name}.budget_idr": {"apbn": 0} for name in ("repair", "kumuh", "rusun", "psu")}


@pytest.mark.parametrize("variable", ["budget_idr", "spent_idr"])
def test_a_target_of_money_where_there_is_none(one: Scenario, variable: str) -> None:
    goal = {"targets": {"goal": {"variable": variable, "value": 5, **GOAL}}}
    assert meant(one.replace({**NO_MONEY, **goal}), "targets.goal.value") == []
    little = {**NO_MONEY, "programmes.repair.budget_idr": {"apbn": 1}}
    assert meant(one.replace({**little, **goal}), "targets.goal.value") == [Meant("2027", 5, 5.0, SPENT)]


def test_a_target_of_houses_where_there_is_no_money(one: Scenario) -> None:
    path = "programmes.repair.budget_idr"
    goal = {"targets": {"goal": {"variable": "started_houses", "value": 5, "part": "repair", **GOAL}}}
    assert meant(one.replace({path: {"apbn": 0}, **goal}), "targets.goal.value") == []
    found = meant(one.replace({path: {"apbn": 1}, **goal}), "targets.goal.value")
    assert found == [Meant("2027", 5, 5 * 20e6, SPENT)]
    cheap = {path: {"apbn": 4}, "programmes.repair.unit_cost_idr": 0.5, **goal}
    assert meant(one.replace(cheap), "targets.goal.value") == [Meant("2027", 5, 5 * 0.5 / 4, SPENT)]


def test_a_price_below_one_is_a_price(one: Scenario) -> None:
    path = "programmes.repair.budget_idr.apbn"
    cheap = one.replace({"programmes.repair.unit_cost_idr": 0.5, path: 20})
    assert [row.meant for row in meant(cheap, path)] == [40 / 200, 40.0]
    free = one.replace({"programmes.repair.unit_cost_idr": {"value": 5, "multiply": 0}, path: 20})
    assert meant(free, path) == []
    assert price_of("repair", Sizes(checking_of(free))) == 0.0
    assert price_of("flpp", Sizes(checking_of(one))) == 0.0


@pytest.mark.parametrize(
    ("name", "changes", "price"),
    [
        ("repair", {}, 20e6),
        ("repair", {"unit_cost_idr": {"table": {2026: 20e6, 2027: 40e6}}}, 30e6),
        ("repair", {"grant_idr": 15e6}, 15e6),
        ("psu", {}, 40 * 5e6),
        ("psu", {"houses_per_estate": {"table": {2026: 40, 2027: 60}}}, 50 * 5e6),
        ("kumuh", {}, 200e6),
    ],
)
def test_about_what_a_programme_pays(one: Scenario, name: str, changes: dict[str, Any], price: float) -> None:
    changed = one.replace({f"programmes.{name}.{term}": entry for term, entry in changes.items()})
    assert price_of(name, Sizes(checking_of(changed))) == price


def test_a_price_that_could_not_be_read_is_none(one: Scenario) -> None:
    unread = Value(Everywhere(float("nan")), path="programmes.repair.unit_cost_idr")
    programme = one.programmes["repair"].model_copy(update={"unit_cost_idr": unread})
    changed = one.model_copy(update={"programmes": {"repair": programme}})
    assert price_of("repair", Sizes(checking_of(changed))) == 0.0


@pytest.mark.parametrize(
    ("budget", "price", "done", "rows"),
    [
        (0, 20e6, {2026: 5}, []),
        (1, 20e6, {2026: 5}, [("2026", 5.0, 100e6)]),
        (10, 0.5, {2026: 5}, [("2026", 5.0, 0.25)]),
        ({"table": {2026: 1e9, 2027: 2e9}}, 20e6, {2025: 9, 2026: 5, 2027: 5}, [("2026", 5, 0.1), ("2027", 5, 0.05)]),
    ],
)
def test_what_was_done_against_the_budget_of_its_year(
    one: Scenario, budget: object, price: float, done: dict[int, float], rows: list[tuple[str, float, float]]
) -> None:
    changes = {"programmes.repair.budget_idr": {"apbn": budget}, "programmes.repair.unit_cost_idr": price}
    changed = one.replace({**changes, "realised_houses": {"repair": {"table": done}}})
    assert [row[:3] for row in meant(changed, "realised_houses.repair", SPENT)] == rows


def test_what_was_done_for_nothing_is_held_against_no_budget(one: Scenario) -> None:
    changes = {"programmes.repair.unit_cost_idr": {"value": 5, "multiply": 0}}
    changed = one.replace({**changes, "realised_houses": {"repair": {"table": {2026: 5}}}})
    assert meant(changed, "realised_houses.repair") == [Meant("2026", 5, 5 / 200, TREATED)]


@pytest.mark.parametrize(
    ("table", "steps"),
    [
        ({2026: 0.5, 2027: 0.25}, [("2027", 0.25, 0.5)]),
        ({2026: 0, 2027: 5}, []),
        ({2026: 5, 2027: 0}, []),
        ({2026: 5, 2027: 10, 2028: 5}, [("2027", 10.0, 2.0), ("2028", 5.0, 0.5)]),
        ({2026: 5, 2028: 10, 2029: 90}, [("2028", 10.0, 2.0)]),  # 2029 is not simulated
    ],
)
def test_steps_from_year_to_year(one: Scenario, table: dict[int, float], steps: list[tuple[str, float, float]]) -> None:
    path = "programmes.flpp.bank_capacity_households"
    assert [row[:3] for row in meant(one.replace({path: {"table": table}}), path, STEP)] == steps


@pytest.mark.parametrize(
    ("homes", "numbers", "rows"),
    [
        ((1000, 2000, 5000), (10, 20, 0), []),  # two regions are too few
        ((0, 2000, 5000), (10, 20, 50), [("63.02, 2025", 20.0, 0.01 / 0.012), ("63.03, 2025", 50.0, 0.01 / 0.015)]),
        ((0, 0, 5000), (10, 20, 50), []),
        ((1, 2000, 5000), (7, 20, 50), [("63.01, 2025", 7.0, 7 / 0.01), *[("", 0.0, 0.0)] * 2]),
        ((0, 1, 5000), (1, 1, 50), [("63.02, 2025", 1.0, 1 / (51 / 5000)), ("63.03, 2025", 50.0, 0.01 / 2)]),
        (
            (1000, 2000, 5000),
            (0.25, 0.25, 0.5),
            [("63.01, 2025", 0.25, 0.00025 / (0.75 / 7000)), *[("", 0.0, 0.0)] * 2],
        ),
    ],
)
def test_regions_beside_each_other(
    three: Scenario, homes: tuple[float, ...], numbers: tuple[float, ...], rows: list[tuple[str, float, float]]
) -> None:
    path = "opening.psu_estates"
    found = meant(three.replace({"opening.households": each(*homes), path: each(*numbers)}), path, BESIDE)
    assert len(found) == len(rows)
    for row, expected in zip(found, rows, strict=True):
        if expected[0]:
            assert row[:2] == expected[:2]
            assert row.meant == pytest.approx(expected[2], rel=1e-12)


def test_weights_of_a_split_are_compared_too(three: Scenario) -> None:
    path = "opening.psu_estates"
    split = {"total": 80, "split": each(1, 2, 6)}
    found = meant(three.replace({path: split}), f"{path}.split", BESIDE)
    assert [row[:2] for row in found] == [("63.01, 2025", 1.0), ("63.02, 2025", 2.0), ("63.03, 2025", 6.0)]
    expected = [(1 / 1000) / (8 / 7000), (2 / 2000) / (7 / 6000), (6 / 5000) / (3 / 3000)]
    assert [row.meant for row in found] == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    ("areas", "rows"),
    [
        ({"slum_ha": 50}, {}),
        ({"slum_ha": 50, "slum_base_ha": 0}, {"slum_base_ha": 0.0}),
        ({"slum_ha": 50, "slum_base_ha": 0.5}, {"slum_ha": 100.0, "slum_base_ha": 0.01}),
        ({"slum_ha": 50, "slum_handled_ha": 100}, {"slum_ha": 0.5, "slum_handled_ha": 2.0}),
        (
            {"slum_ha": 50, "slum_base_ha": 200, "slum_handled_ha": 100},
            {"slum_ha": 0.25, "slum_base_ha": 2.0, "slum_handled_ha": 0.5},
        ),
    ],
)
def test_hectares_against_each_other(one: Scenario, areas: dict[str, float], rows: dict[str, float]) -> None:
    none: dict[str, Any] = {f"opening.{name}": {} for name in ("slum_ha", "slum_base_ha", "slum_handled_ha")}
    written = {f"opening.{name}": {"kabkota": area} for name, area in areas.items()}
    changed = one.replace({**none, "programmes": {}, **written})
    found = {row.path: row.meant for row in implied(checking_of(changed)) if ".slum_" in row.path}
    assert found == {f"opening.{name}.kabkota": share for name, share in rows.items()}


NUMBERS = [
    (Everywhere(5.0), "x", [(2026, None, 5.0)]),
    (Everywhere(5.0), "", []),
    (Everywhere(float("nan")), "x", []),
    (Everywhere(Points((2025, 2027), (1.0, 2.0))), "x", [(2025, None, 1.0), (2026, None, 1.0), (2027, None, 2.0)]),
    (Everywhere(Points((2026,), (1.0,))), "x", [(2026, None, 1.0)]),
    (Everywhere(Points((2027,), (2.0,))), "x", [(2027, None, 2.0)]),
    (Everywhere(Points((2028, 2029), (2.0, 3.0))), "x", [(2028, None, 2.0)]),
    (Everywhere(Points((2029,), (3.0,))), "x", []),
    (Everywhere(Points((2024, 2026), (3.0, 4.0))), "opening.x", [(2025, None, 3.0)]),
    (Regional(REGIONS, (1.0, 2.0, 3.0)), "x", [(2026, 0, 1.0), (2026, 1, 2.0), (2026, 2, 3.0)]),
    (Regional(REGIONS, (1.0, 2.0, 3.0)), "opening.x", [(2025, 0, 1.0), (2025, 1, 2.0), (2025, 2, 3.0)]),
]


@pytest.mark.parametrize(("form", "path", "rows"), NUMBERS)
def test_years_and_regions_of_a_value(
    three: Scenario, form: Everywhere | Regional, path: str, rows: list[tuple[int, int | None, float]]
) -> None:
    assert list(Sizes(checking_of(three)).numbers(Value(form, path=path))) == rows


def test_a_value_of_one_region_only_has_no_region(one: Scenario) -> None:
    sizes = Sizes(checking_of(one))
    assert list(sizes.numbers(Value(Regional(("63.01",), (4.0,)), path="x"))) == [(2026, None, 4.0)]
    assert (sizes.where(2026, None), sizes.where(2027, 0)) == ("2026", "63.01, 2027")


def opened(scenario: Scenario, **stocks: Value) -> Checking:
    """A scenario with other opening stocks."""
    return checking_of(scenario.model_copy(update={"opening": scenario.opening.model_copy(update=stocks)}))


def test_stocks_at_the_opening(three: Scenario) -> None:
    sizes = Sizes(opened(three, treated_houses=Value(Everywhere(10.0), path="opening.treated_houses")))
    assert sizes.stocks["treated_houses"] == [10.0, 10.0, 10.0]  # one number stands for each region
    assert sizes.stocks["houses"] == [910.0, 1910.0, 4810.0]
    assert sizes.stocks["ownership"] == [1000.0, 2000.0, 5000.0]  # of all households where it is not written
    assert (sizes.of("houses", None), sizes.of("houses", 1)) == (7630.0, 1910.0)
    assert (sizes.of("slum_ha", None), sizes.of("slum_ha", 0)) == (0.0, 0.0)
    assert (sizes.of("psu_estates", None), sizes.of("psu_estates", 2)) == (0.0, 0.0)
    assert (sizes.of("nothing", None), sizes.of("nothing", 0)) == (0.0, 0.0)


@pytest.mark.parametrize("form", [Everywhere(float("nan")), Everywhere(Points((2026,), (5.0,)))])
def test_stocks_of_which_nothing_can_be_said(three: Scenario, form: Everywhere) -> None:
    sizes = Sizes(opened(three, psu_estates=Value(form, path="opening.psu_estates")))
    assert sizes.stocks["psu_estates"] == []


def test_a_default_counts_like_a_number_that_is_written(tmp_path: Path) -> None:
    written = load(tmp_path, ONE.replace("houses_per_estate: 40", "houses_per_estate: 100"))
    left_out = load(tmp_path, ONE.replace("houses_per_estate: 40, ", ""))
    much = {"programmes.psu.budget_idr.apbn": 1e12}
    assert price_of("psu", Sizes(checking_of(left_out))) == 100 * 5e6
    assert slips(left_out, much) == slips(written, much)
    assert len(slips(left_out, much)) == 1


@pytest.mark.parametrize(("part", "share"), [("repair.apbn", 6 / 3), ("repair.apbd", 6 / 2), (None, 6 / (5 + 3))])
def test_a_target_of_money_is_held_against_the_money_it_names(tmp_path: Path, part: str | None, share: float) -> None:
    text = ONE.replace("budget_idr: {apbn: 1_000_000_000}}\n  kumuh", "budget_idr: {apbn: 3e9, apbd: 2e9}}\n  kumuh")
    goal = f"targets: {{goal: {{variable: spent_idr, year: 2027, value: 6e9{f', part: {part}' if part else ''}}}}}\n"
    assert meant(load(tmp_path, text + goal), "targets.goal.value") == [Meant("2027", 6e9, share, SPENT)]
