"""Each bound of what is usual, tried at its edge with a number whose meaning is worked out by hand."""

from pathlib import Path
from typing import Any

import pytest

from backlog_model.scenario.schema import Scenario
from hand_worked import ONE, THREE, THREE_REGIONS, implied_of, load, slips

A_YEAR = "of what is there, a year"
OF_ALL = "of all households"
BUYS_PART = "of what there is to treat that the budget buys in a year"
BUYS_UNITS = "units that the budget buys in a year"
TREATED = "of what there is to treat, done in a year"
PROMISED = "of what is there at the opening"
SLUM = "of the slum area on record"
RECORD = "of the stock on record"
TOLD = {"operator": "<=", "year": 2027, "source": "law"}

RATES = [
    ("deterioration_rate", 0.00001, 0.08),
    ("relapse_rate", 0.0001, 0.3),
    ("self_improvement_rate", 0.0001, 0.3),
    ("rtlh_loss_rate", 0.00001, 0.1),
    ("decent_loss_rate", 0.00001, 0.05),
    ("treated_loss_rate", 0.00001, 0.05),
    ("household_growth_rate", 0.0001, 0.1),
    ("ownership_loss_rate", 0.00001, 0.05),
    ("self_acquired_rate", 0.0001, 0.3),
    ("take_up_rate", 0.001, 0.6),
    ("new_slum_rate", 0.00001, 0.2),
    ("slum_relapse_rate", 0.0001, 0.4),
    ("psu_handover_rate", 0.0001, 0.8),
    ("unit_cost_growth_rate", 0.0001, 0.5),
    ("grant_growth_rate", 0.0001, 0.5),
]

# The path of a number, what it means, and the numbers that lie at the two bounds. Stocks: 1,000 households, 1,000
# houses of which 200 are RTLH, 250 households without their own, 50 + 50 ha of slum, 40 estates.
EDGES: list[tuple[str, str, float, float]] = [
    ("assumptions.persons_per_household", "persons a household", 1.5, 9.0),
    ("assumptions.houses_per_crew_year", "houses a crew and year", 0.5, 60.0),
    ("assumptions.built_per_new_household", "houses a new household", 0.01, 5.0),
    ("assumptions.households", "of the households at the opening", 0.1 * 1000, 10.0 * 1000),
    ("assumptions.population", "persons a household", 1.5 * 1000, 9.0 * 1000),
    ("assumptions.new_estates", "new estates a year, of all estates", 0.0001 * 40, 0.5 * 40),
    # a crew repairs 7 houses a year where nothing is written
    ("assumptions.crews", "of all RTLH that crews could repair in a year", 0.001 * 200 / 7, 5 * 200 / 7),
    ("assumptions.slum_capacity_ha.province", TREATED, 0.000002 * 100, 0.9 * 100),
    ("opening.households", "households a house", 0.5 * 1000, 5.0 * 1000),
    ("opening.decent_houses", "houses a household", 0.2 * 1000, 2.0 * 1000),
    ("opening.rtlh_houses", OF_ALL, 0.002 * 1000, 0.95 * 1000),
    ("opening.treated_houses", OF_ALL, 0.002 * 1000, 0.95 * 1000),
    ("opening.ownership_backlog_households", OF_ALL, 0.002 * 1000, 0.95 * 1000),
    ("opening.psu_estates", "estates for a thousand households", 0.02, 60.0),
    ("opening.psu_complete_estates", "of all estates", 0.002 * 40, 40.0),
    ("opening.psu_handed_over_estates", "of all estates", 0.002 * 40, 40.0),
    ("opening.slum_ha.province", SLUM, 0.01 * 50, 20.0 * 50),
    ("opening.slum_base_ha.province", SLUM, 0.01 * 50, 20.0 * 50),
    ("programmes.repair.unit_cost_idr", "rupiah a house", 2e6, 400e6),
    ("programmes.repair.grant_idr", "rupiah a house", 2e6, 400e6),
    ("programmes.kumuh.unit_cost_idr", "rupiah a hectare", 10e6, 60e9),
    ("programmes.rusun.unit_cost_idr", "rupiah a new house", 10e6, 1e9),
    ("programmes.psu.unit_cost_idr", "rupiah a house of an estate", 1e6, 400e6),
    ("programmes.flpp.grant_idr", "rupiah a household", 1e6, 1e9),
    ("programmes.repair.unit_cost_growth_rate", A_YEAR, 0.0001, 0.5),
    ("programmes.repair.grant_growth_rate", A_YEAR, 0.0001, 0.5),
    ("programmes.psu.houses_per_estate", "houses an estate", 4.0, 20_000.0),
    ("programmes.flpp.quota_households", "of all households a year", 0.0002 * 1000, 0.1 * 1000),
    # a house costs 20 million, a hectare 200 million, a new house 100 million, an estate 40 * 5 = 200 million
    ("programmes.repair.budget_idr.apbn", BUYS_PART, 0.0001 * 200 * 20e6, 0.9 * 200 * 20e6),
    ("programmes.kumuh.budget_idr.apbd", BUYS_PART, 0.0001 * 100 * 200e6, 0.9 * 100 * 200e6),
    ("programmes.rusun.budget_idr.apbn", BUYS_PART, 0.0001 * 250 * 100e6, 0.9 * 250 * 100e6),
    ("programmes.psu.budget_idr.apbn", BUYS_PART, 0.0001 * 40 * 200e6, 0.9 * 40 * 200e6),
    ("programmes.repair.budget_idr.apbn", BUYS_UNITS, 2.5 * 20e6, 1e7 * 20e6),
    ("programmes.rusun.budget_idr.apbn", BUYS_UNITS, 2.5 * 100e6, 1e7 * 100e6),
    ("shocks.flood.houses", "of all houses", 0.000005 * 1000, 0.5 * 1000),
    ("revisions.anew.houses", RECORD, 0.001 * 200, 20.0 * 200),
]


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    return load(tmp_path_factory.mktemp("one"), ONE)


def excess(scenario: Scenario, path: str, meaning: str, changes: dict[str, Any]) -> float:
    """How many times the last number at a path lies outside the usual."""
    return implied_of(scenario.replace(changes), path, meaning)[-1].excess


def beside(path: str, number: float) -> dict[str, Any]:
    """A number with what has to stand beside it."""
    needed: dict[str, dict[str, Any]] = {
        "assumptions.persons_per_household": {"assumptions.population": 4000},
        "assumptions.population": {"assumptions.persons_per_household": 4},
        "opening.psu_estates": {"opening.psu_complete_estates": 0, "opening.psu_handed_over_estates": 0},
        "opening.psu_complete_estates": {"opening.psu_handed_over_estates": 0},
        "opening.psu_handed_over_estates": {"opening.psu_complete_estates": 40},
    }
    if path == "shocks.flood.houses":
        return {"shocks": {"flood": {"houses": number}}}
    if path == "revisions.anew.houses":
        return {"revisions": {"anew": {"year": 2027, "variable": "rtlh_houses", "houses": number}}}
    if path == "assumptions.slum_capacity_ha.province":
        return {"assumptions.slum_capacity_ha": {"province": number}}
    if path == "opening.ownership_backlog_households":
        return {path: number, "assumptions.other_home_share": 0}
    return {**needed.get(path, {}), path: number}


@pytest.mark.parametrize(("path", "meaning", "low", "high"), EDGES)
def test_a_number_at_its_bound_is_just_usual(one: Scenario, path: str, meaning: str, low: float, high: float) -> None:
    assert excess(one, path, meaning, beside(path, low)) == pytest.approx(1.0, rel=1e-12)
    assert excess(one, path, meaning, beside(path, high)) == pytest.approx(1.0, rel=1e-12)


@pytest.mark.parametrize(("name", "low", "high"), RATES)
def test_a_rate_at_its_bound_is_just_usual(one: Scenario, name: str, low: float, high: float) -> None:
    path = f"assumptions.{name}"
    assert excess(one, path, A_YEAR, {path: low}) == pytest.approx(1.0, rel=1e-12)
    assert excess(one, path, A_YEAR, {path: high}) == pytest.approx(1.0, rel=1e-12)


@pytest.mark.parametrize("rate", [0.0001, 0.3])
def test_a_rate_of_worsening_at_its_bound_is_just_usual(one: Scenario, rate: float) -> None:
    changes = {
        "severity_classes": ["light", "medium", "heavy"],
        "opening.severity_share": {"light": 1, "medium": 0, "heavy": 0},
        "programmes.repair.treats": ["light"],
        "assumptions.worsening_rate": {"light": rate},
    }
    assert excess(one, "assumptions.worsening_rate.light", A_YEAR, changes) == pytest.approx(1.0, rel=1e-12)


@pytest.mark.parametrize(("budget", "price"), [(0.02 * 200e6, 200e6), (1e7 * 10e6, 10e6)])
def test_a_budget_for_slum_may_buy_a_part_of_a_hectare(one: Scenario, budget: float, price: float) -> None:
    path = "programmes.kumuh.budget_idr.apbd"
    changes = {path: budget, "programmes.kumuh.unit_cost_idr": price}
    assert excess(one, path, BUYS_UNITS, changes) == pytest.approx(1.0, rel=1e-12)


@pytest.mark.parametrize("number", [2, 950])
def test_rtlh_at_its_bounds_as_a_part_of_all_houses(one: Scenario, number: float) -> None:
    # with the others 1,000 houses in all: the bounds are 0.002 and 0.95
    changes = {"opening.rtlh_houses": number, "opening.treated_houses": 0, "opening.decent_houses": 1000 - number}
    assert excess(one, "opening.rtlh_houses", "of all houses", changes) == pytest.approx(1.0, rel=1e-12)


@pytest.mark.parametrize("number", [0.01 * 50, 20 * 50])
def test_slum_handled_at_its_bounds(one: Scenario, number: float) -> None:
    changes = {"opening.slum_handled_ha": {"province": number}}
    assert excess(one, "opening.slum_handled_ha.province", SLUM, changes) == pytest.approx(1.0, rel=1e-12)


@pytest.mark.parametrize(
    ("path", "meaning", "number"),
    [
        ("realised_houses.repair", TREATED, 0.000002 * 200),
        ("realised_houses.repair", TREATED, 0.9 * 200),
        ("realised_ha.kumuh", TREATED, 0.000002 * 100),
        ("realised_ha.kumuh", TREATED, 0.9 * 100),
        # the budget is a billion a year; it buys 50 houses or 5 ha
        ("realised_houses.repair", "of the budget written", 0.01 * 50),
        ("realised_houses.repair", "of the budget written", 50.0 * 50),
        ("realised_ha.kumuh", "of the budget written", 0.01 * 5),
        ("realised_ha.kumuh", "of the budget written", 50.0 * 5),
        ("realised_spent_idr.repair", "of the budget written", 0.01 * 1e9),
        ("realised_spent_idr.repair", "of the budget written", 50.0 * 1e9),
    ],
)
def test_what_was_done_at_its_bounds(one: Scenario, path: str, meaning: str, number: float) -> None:
    section, _, name = path.partition(".")
    changes = {section: {name: {"table": {2026: number}}}}
    assert excess(one, path, meaning, changes) == pytest.approx(1.0, rel=1e-12)


@pytest.mark.parametrize(
    ("variable", "meaning", "number"),
    [
        ("households", PROMISED, 20 * 1000),
        ("households", PROMISED, 1e-9 * 1000),
        ("occupancy_backlog_households", OF_ALL, 0.002 * 1000),
        ("occupancy_backlog_households", OF_ALL, 0.95 * 1000),
        ("budget_idr", "of the budget written", 0.01 * 4e9),
        ("budget_idr", "of the budget written", 50.0 * 4e9),
    ],
)
def test_a_target_at_its_bounds(one: Scenario, variable: str, meaning: str, number: float) -> None:
    changes = {"targets": {"goal": {"variable": variable, "value": number, **TOLD}}}
    assert excess(one, "targets.goal.value", meaning, changes) == pytest.approx(1.0, rel=1e-12)


@pytest.mark.parametrize("number", [100.0, 1_000_000.0])
def test_a_step_from_one_year_to_the_next_at_its_bounds(one: Scenario, number: float) -> None:
    path = "programmes.flpp.bank_capacity_households"
    changes = {path: {"table": {2026: 10_000, 2027: number}}}
    assert excess(one, path, "times the number of the year before", changes) == pytest.approx(1.0, rel=1e-12)


@pytest.mark.parametrize("number", [150.0, 1 / 150])
def test_a_region_beside_the_others_at_its_bounds(tmp_path: Path, number: float) -> None:
    # 1,000 households of a region against 7,000 of the others that have 7 in all, 1 for each 1,000 households
    path = "opening.psu_estates"
    changes = {path: {"by_region": {"63.01": number, "63.02": 2, "63.03": 5}}}
    found = implied_of(load(tmp_path, THREE, THREE_REGIONS).replace(changes), path)
    beside_others = [each for each in found if each.usual.meaning == "times what other regions have for each household"]
    assert beside_others[0].number == number
    assert beside_others[0].excess == pytest.approx(1.0, rel=1e-12)


@pytest.mark.parametrize(("highest", "expected"), [(300 * 2.0, 1.0), (2.5, 1 / 1.25)])
def test_a_range_at_its_bounds(one: Scenario, highest: float, expected: float) -> None:
    path = "programmes.psu.houses_per_estate"
    changes = {path: {"uniform": [2.0, highest]}}
    meaning = "times the lowest number of its range"
    assert excess(one, path, meaning, changes) == pytest.approx(expected, rel=1e-12)


def test_a_number_at_its_bound_raises_no_warning_and_one_beyond_does(one: Scenario) -> None:
    path, price = "programmes.psu.houses_per_estate", {"programmes.psu.unit_cost_idr": 50_000_000}
    assert slips(one) == []
    assert slips(one, {path: 4, **price}) == []
    assert slips(one, {path: 3.99, **price}) == [
        f"{path}: 3.99 (2026) means 3.99 houses an estate; usually 4 to 2e+04: is it written in thousands, "
        "millions (juta), billions (miliar) or percent?"
    ]
