"""What every number of one scenario means, worked out by hand."""

from typing import Any

import pytest

from backlog_model.scenario.schema import Scenario
from backlog_model.scenario.usual_sizes import implied
from hand_worked import THREE, THREE_REGIONS, Meant, checking_of, load, meant

A_YEAR = "of what is there, a year"
OF_HOUSES = "of all houses"
OF_ALL = "of all households"
OF_ESTATES = "of all estates"
BUYS_PART = "of what there is to treat that the budget buys in a year"
BUYS_UNITS = "units that the budget buys in a year"
TREATED = "of what there is to treat, done in a year"
PROMISED = "of what is there at the opening"
SPENT = "of the budget written"
SLUM = "of the slum area on record"
RECORD = "of the stock on record"
STEP = "times the number of the year before"
BESIDE = "times what other regions have for each household"
WIDTH = "times the lowest number of its range"

# 8,000 households, 8,000 houses of which 2,000 are RTLH
WHOLE = (
    THREE
    + """\
  ownership_backlog_households: {by_region: {"63.01": 100, "63.02": 200, "63.03": 500}}
  slum_class_share: {light: 1, medium: 0, heavy: 0}
  slum_ha: {province: {by_region: {"63.01": 10, "63.03": 30}}}
  slum_base_ha: {province: {by_region: {"63.01": 20, "63.02": 20, "63.03": 40}}}
  slum_handled_ha: {province: {by_region: {"63.01": 5, "63.02": 5, "63.03": 10}}}
  psu_estates: {by_region: {"63.01": 10, "63.02": 20, "63.03": 50}}
  psu_complete_estates: {by_region: {"63.01": 5, "63.02": 5, "63.03": 10}}
  psu_handed_over_estates: {by_region: {"63.01": 2, "63.02": 4, "63.03": 4}}
assumptions:
  relapse_rate: 0.02
  rtlh_loss_rate: {all: 0.01}
  worsening_rate: {}
  persons_per_household: 4
  population: {by_region: {"63.01": 4000, "63.02": 7000, "63.03": 20500}}
  households: {by_region: {"63.01": 1100, "63.02": 2100, "63.03": 5100}}
  new_estates: {by_region: {"63.01": 1, "63.02": 2, "63.03": 6}}
  crews: {by_region: {"63.01": 10, "63.02": 20, "63.03": 65}}
  houses_per_crew_year: 6
  slum_capacity_ha: {province: {by_region: {"63.01": 3, "63.02": 4, "63.03": 7}}}
programmes:
  repair:
    treats: [all]
    unit_cost_idr: 20_000_000
    grant_idr: 25_000_000
    grant_growth_rate: 0.04
    budget_idr: {apbn: {table: {2026: 1_000_000_000, 2027: 2_000_000_000}}}
  kumuh:
    treats: slum
    authority: province
    intervention: partial
    unit_cost_idr: 200_000_000
    unit_cost_growth_rate: 0.03
    budget_idr: {apbd: 1_200_000_000}
  rusun: {treats: new_houses, unit_cost_idr: 150_000_000, budget_idr: {apbn: 1_500_000_000}}
  psu: {treats: estates, unit_cost_idr: 5_000_000, houses_per_estate: 40, budget_idr: {apbn: 800_000_000}}
  flpp: {treats: finance, quota_households: 160, grant_idr: 30_000_000}
shocks:
  flood: {houses: {by_region: {"63.01": 10, "63.02": 40, "63.03": 30}}}
  fire: {houses: 16, region_share: {by_region: {"63.01": 0.2, "63.02": 0.3, "63.03": 0.5}}}
revisions:
  anew: {year: 2027, variable: rtlh_houses, houses: {by_region: {"63.01": -30, "63.02": 40, "63.03": 130}}}
  classes: {year: 2027, variable: rtlh_houses, classes: {all: {by_region: {"63.01": 15, "63.02": 0, "63.03": 0}}}}
  slum: {year: 2027, variable: slum_ha, authority: province, ha: {by_region: {"63.01": -3, "63.02": 2, "63.03": 7}}}
realised_houses:
  repair: {by_region: {"63.01": {2026: 6}, "63.02": {2026: 20}, "63.03": {2026: 13}}}
realised_ha: {kumuh: {table: {2027: 3}}}
realised_spent_idr: {repair: {table: {2026: 900_000_000}}}
"""
)

NEXT_TO: dict[str, list[Meant]] = {
    "assumptions.relapse_rate": [Meant("2026", 0.02, 0.02, A_YEAR)],
    "assumptions.rtlh_loss_rate.all": [Meant("2026", 0.01, 0.01, A_YEAR)],
    "assumptions.persons_per_household": [Meant("2026", 4, 4, "persons a household")],
    "assumptions.population": [
        Meant("63.01, 2026", 4000, 4000 / 1000, "persons a household"),
        Meant("63.02, 2026", 7000, 7000 / 2000, "persons a household"),
        Meant("63.03, 2026", 20500, 20500 / 5000, "persons a household"),
        Meant("63.01, 2026", 4000, (4000 / 1000) / (27500 / 7000), BESIDE),
        Meant("63.02, 2026", 7000, (7000 / 2000) / (24500 / 6000), BESIDE),
        Meant("63.03, 2026", 20500, (20500 / 5000) / (11000 / 3000), BESIDE),
    ],
    "assumptions.households": [
        Meant("63.01, 2026", 1100, 1.1, "of the households at the opening"),
        Meant("63.02, 2026", 2100, 1.05, "of the households at the opening"),
        Meant("63.03, 2026", 5100, 1.02, "of the households at the opening"),
        Meant("63.01, 2026", 1100, (1100 / 1000) / (7200 / 7000), BESIDE),
        Meant("63.02, 2026", 2100, (2100 / 2000) / (6200 / 6000), BESIDE),
        Meant("63.03, 2026", 5100, (5100 / 5000) / (3200 / 3000), BESIDE),
    ],
    "assumptions.new_estates": [
        Meant("63.01, 2026", 1, 1 / 10, "new estates a year, of all estates"),
        Meant("63.02, 2026", 2, 2 / 20, "new estates a year, of all estates"),
        Meant("63.03, 2026", 6, 6 / 50, "new estates a year, of all estates"),
        Meant("63.01, 2026", 1, (1 / 1000) / (8 / 7000), BESIDE),
        Meant("63.02, 2026", 2, (2 / 2000) / (7 / 6000), BESIDE),
        Meant("63.03, 2026", 6, (6 / 5000) / (3 / 3000), BESIDE),
    ],
    "assumptions.crews": [  # each crew can repair 6 houses a year
        Meant("63.01, 2026", 10, 10 * 6 / 300, "of all RTLH that crews could repair in a year"),
        Meant("63.02, 2026", 20, 20 * 6 / 400, "of all RTLH that crews could repair in a year"),
        Meant("63.03, 2026", 65, 65 * 6 / 1300, "of all RTLH that crews could repair in a year"),
        Meant("63.01, 2026", 10, (10 / 1000) / (85 / 7000), BESIDE),
        Meant("63.02, 2026", 20, (20 / 2000) / (75 / 6000), BESIDE),
        Meant("63.03, 2026", 65, (65 / 5000) / (30 / 3000), BESIDE),
    ],
    "assumptions.houses_per_crew_year": [Meant("2026", 6, 6, "houses a crew and year")],
    "assumptions.slum_capacity_ha.province": [  # ha of slum and of its base: 30, 20 and 70
        Meant("63.01, 2026", 3, 3 / 30, TREATED),
        Meant("63.02, 2026", 4, 4 / 20, TREATED),
        Meant("63.03, 2026", 7, 7 / 70, TREATED),
    ],
    "opening.rtlh_houses": [
        Meant("63.01, 2025", 300, 300 / 1000, OF_HOUSES),
        Meant("63.02, 2025", 400, 400 / 2000, OF_HOUSES),
        Meant("63.03, 2025", 1300, 1300 / 5000, OF_HOUSES),
        Meant("63.01, 2025", 300, 300 / 1000, OF_ALL),
        Meant("63.02, 2025", 400, 400 / 2000, OF_ALL),
        Meant("63.03, 2025", 1300, 1300 / 5000, OF_ALL),
        Meant("63.01, 2025", 300, (300 / 1000) / (1700 / 7000), BESIDE),
        Meant("63.02, 2025", 400, (400 / 2000) / (1600 / 6000), BESIDE),
        Meant("63.03, 2025", 1300, (1300 / 5000) / (700 / 3000), BESIDE),
    ],
    "opening.slum_ha.province": [Meant("2025", 40, 40 / 80, SLUM)],  # two regions are too few to compare
    "opening.slum_base_ha.province": [
        Meant("2025", 80, 80 / 40, SLUM),
        Meant("63.01, 2025", 20, (20 / 1000) / (60 / 7000), BESIDE),
        Meant("63.02, 2025", 20, (20 / 2000) / (60 / 6000), BESIDE),
        Meant("63.03, 2025", 40, (40 / 5000) / (40 / 3000), BESIDE),
    ],
    "opening.slum_handled_ha.province": [
        Meant("2025", 20, 20 / 80, SLUM),
        Meant("63.01, 2025", 5, (5 / 1000) / (15 / 7000), BESIDE),
        Meant("63.02, 2025", 5, (5 / 2000) / (15 / 6000), BESIDE),
        Meant("63.03, 2025", 10, (10 / 5000) / (10 / 3000), BESIDE),
    ],
    "programmes.repair.unit_cost_idr": [Meant("2026", 20e6, 20e6, "rupiah a house")],
    "programmes.repair.grant_idr": [Meant("2026", 25e6, 25e6, "rupiah a house")],
    "programmes.repair.grant_growth_rate": [Meant("2026", 0.04, 0.04, A_YEAR)],
    "programmes.repair.budget_idr.apbn": [  # the grant counts before the cost: 40 and 80 houses, of 2,000
        Meant("2026", 1e9, 40 / 2000, BUYS_PART),
        Meant("2027", 2e9, 80 / 2000, BUYS_PART),
        Meant("2026", 1e9, 40, BUYS_UNITS),
        Meant("2027", 2e9, 80, BUYS_UNITS),
        Meant("2027", 2e9, 2, STEP),
    ],
    "programmes.kumuh.unit_cost_idr": [Meant("2026", 200e6, 200e6, "rupiah a hectare")],
    "programmes.kumuh.unit_cost_growth_rate": [Meant("2026", 0.03, 0.03, A_YEAR)],
    "programmes.kumuh.budget_idr.apbd": [Meant("2026", 1.2e9, 6 / 120, BUYS_PART), Meant("2026", 1.2e9, 6, BUYS_UNITS)],
    "programmes.rusun.unit_cost_idr": [Meant("2026", 150e6, 150e6, "rupiah a new house")],
    "programmes.rusun.budget_idr.apbn": [
        Meant("2026", 1.5e9, 10 / 800, BUYS_PART),
        Meant("2026", 1.5e9, 10, BUYS_UNITS),
    ],
    "programmes.psu.unit_cost_idr": [Meant("2026", 5e6, 5e6, "rupiah a house of an estate")],
    "programmes.psu.houses_per_estate": [Meant("2026", 40, 40, "houses an estate")],
    "programmes.psu.budget_idr.apbn": [  # an estate costs 40 * 5 = 200 million
        Meant("2026", 800e6, 4 / 80, BUYS_PART),
        Meant("2026", 800e6, 4, BUYS_UNITS),
    ],
    "programmes.flpp.grant_idr": [Meant("2026", 30e6, 30e6, "rupiah a household")],
    "programmes.flpp.quota_households": [Meant("2026", 160, 160 / 8000, "of all households a year")],
    "shocks.fire.houses": [Meant("2026", 16, 16 / 8000, OF_HOUSES)],
    "shocks.flood.houses": [
        Meant("63.01, 2026", 10, 10 / 1000, OF_HOUSES),
        Meant("63.02, 2026", 40, 40 / 2000, OF_HOUSES),
        Meant("63.03, 2026", 30, 30 / 5000, OF_HOUSES),
        Meant("63.01, 2026", 10, (10 / 1000) / (70 / 7000), BESIDE),
        Meant("63.02, 2026", 40, (40 / 2000) / (40 / 6000), BESIDE),
        Meant("63.03, 2026", 30, (30 / 5000) / (50 / 3000), BESIDE),
    ],
    "revisions.anew.houses": [  # a fall counts by its size
        Meant("63.01, 2026", -30, 30 / 300, RECORD),
        Meant("63.02, 2026", 40, 40 / 400, RECORD),
        Meant("63.03, 2026", 130, 130 / 1300, RECORD),
    ],
    "revisions.classes.classes.all": [
        Meant("63.01, 2026", 15, 15 / 300, RECORD),
        Meant("63.02, 2026", 0, 0, RECORD),
        Meant("63.03, 2026", 0, 0, RECORD),
    ],
    "revisions.slum.ha": [
        Meant("63.01, 2026", -3, 3 / 30, RECORD),
        Meant("63.02, 2026", 2, 2 / 20, RECORD),
        Meant("63.03, 2026", 7, 7 / 70, RECORD),
    ],
    "realised_houses.repair": [
        Meant("63.01, 2026", 6, 6 / 300, TREATED),
        Meant("63.02, 2026", 20, 20 / 400, TREATED),
        Meant("63.03, 2026", 13, 13 / 1300, TREATED),
        Meant("2026", 39, 39 * 25e6 / 1e9, SPENT),  # 6 + 20 + 13 houses for a grant of 25 million each
        Meant("63.01, 2026", 6, (6 / 1000) / (33 / 7000), BESIDE),
        Meant("63.02, 2026", 20, (20 / 2000) / (19 / 6000), BESIDE),
        Meant("63.03, 2026", 13, (13 / 5000) / (26 / 3000), BESIDE),
    ],
    "realised_ha.kumuh": [Meant("2027", 3, 3 / 120, TREATED), Meant("2027", 3, 3 * 200e6 / 1.2e9, SPENT)],
    "realised_spent_idr.repair": [Meant("2026", 900e6, 0.9, SPENT)],
}
OPENING: dict[str, tuple[str, list[float], list[float]]] = {
    "opening.households": ("households a house", [1000, 2000, 5000], [1.0, 1.0, 1.0]),
    "opening.decent_houses": ("houses a household", [600, 1500, 3500], [0.6, 0.75, 0.7]),
    "opening.treated_houses": (OF_ALL, [100, 100, 200], [0.1, 0.05, 0.04]),
    "opening.ownership_backlog_households": (OF_ALL, [100, 200, 500], [0.1, 0.1, 0.1]),
    "opening.psu_estates": ("estates for a thousand households", [10, 20, 50], [10.0, 10.0, 10.0]),
    "opening.psu_complete_estates": (OF_ESTATES, [5, 5, 10], [5 / 10, 5 / 20, 10 / 50]),
    "opening.psu_handed_over_estates": (OF_ESTATES, [2, 4, 4], [2 / 10, 4 / 20, 4 / 50]),
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    return load(tmp_path_factory.mktemp("whole"), WHOLE, THREE_REGIONS)


@pytest.fixture(scope="module")
def by_path(whole: Scenario) -> dict[str, list[Meant]]:
    found: dict[str, list[Meant]] = {}
    for each in implied(checking_of(whole)):
        found.setdefault(each.path, []).append(Meant(each.where, each.number, each.meant, str(each.usual.meaning)))
    return found


def assert_same(found: list[Meant], expected: list[Meant]) -> None:
    assert [each[:2] + each[3:] for each in found] == [each[:2] + each[3:] for each in expected]
    assert [each.meant for each in found] == pytest.approx([each.meant for each in expected], rel=1e-12)


@pytest.mark.parametrize("path", NEXT_TO)
def test_what_numbers_mean(by_path: dict[str, list[Meant]], path: str) -> None:
    assert_same(by_path[path], NEXT_TO[path])


@pytest.mark.parametrize("path", OPENING)
def test_what_stocks_at_the_opening_mean(by_path: dict[str, list[Meant]], path: str) -> None:
    meaning, numbers, shares = OPENING[path]
    homes = [1000, 2000, 5000]
    regions = ["63.01, 2025", "63.02, 2025", "63.03, 2025"]
    for_each = [
        (number / home) / ((sum(numbers) - number) / (8000 - home)) for number, home in zip(numbers, homes, strict=True)
    ]
    assert_same(
        by_path[path],
        [Meant(*each, meaning) for each in zip(regions, numbers, shares, strict=True)]
        + [Meant(*each, BESIDE) for each in zip(regions, numbers, for_each, strict=True)],
    )


def test_nothing_else_has_a_usual_size(by_path: dict[str, list[Meant]]) -> None:
    assert set(by_path) == {*NEXT_TO, *OPENING}


TARGETS: list[tuple[dict[str, Any], float, str]] = [
    ({"variable": "rtlh_houses", "value": 1500}, 1500 / 2000, PROMISED),
    ({"variable": "rtlh_houses", "value": 150, "region": "63.01"}, 150 / 300, PROMISED),
    ({"variable": "rtlh_houses", "value": 200, "region": "63.02"}, 200 / 400, PROMISED),
    ({"variable": "decent_houses", "value": 6000, "operator": ">="}, 6000 / 8000, PROMISED),
    ({"variable": "slum_ha", "value": 30}, 30 / 120, PROMISED),
    ({"variable": "households", "value": 8800}, 8800 / 8000, PROMISED),
    ({"variable": "ownership_backlog_households", "value": 400}, 400 / 800, PROMISED),
    ({"variable": "psu_gap_estates", "value": 8}, 8 / 80, PROMISED),
    ({"variable": "occupancy_backlog_households", "value": 800}, 800 / 8000, OF_ALL),
    ({"variable": "occupancy_backlog_households", "value": 100, "region": "63.02"}, 100 / 2000, OF_ALL),
    # money of 2027: 2,000 + 1,200 + 1,500 + 800 million
    ({"variable": "budget_idr", "value": 11e9}, 11e9 / 5.5e9, SPENT),
    ({"variable": "budget_idr", "value": 11e9, "year": 2026}, 11e9 / 4.5e9, SPENT),
    ({"variable": "spent_idr", "value": 1.1e9}, 1.1e9 / 5.5e9, SPENT),
    ({"variable": "started_houses", "value": 40, "part": "repair"}, 40 * 25e6 / 2e9, SPENT),
    ({"variable": "programme_new_houses", "value": 2, "part": "rusun", "operator": ">="}, 2 * 150e6 / 1.5e9, SPENT),
    ({"variable": "aided_estates", "value": 2, "part": "psu", "operator": ">="}, 2 * 200e6 / 0.8e9, SPENT),
]


@pytest.mark.parametrize(("target", "share", "meaning"), TARGETS)
def test_what_targets_mean(whole: Scenario, target: dict[str, Any], share: float, meaning: str) -> None:
    written = {"operator": "<=", "year": 2027, **target}
    found = meant(whole.replace({"targets": {"goal": written}}), "targets.goal.value")
    assert_same(found, [Meant(str(written["year"]), target["value"], share, meaning)])


@pytest.mark.parametrize(
    "target",
    [
        {"variable": "decent_share", "value": 0.8},
        {"variable": "started_houses", "value": 40},  # of no one programme
        {"variable": "financed_households", "value": 40},
        {"variable": "rtlh_houses", "percent_of_base": 50, "base": 2000},
        {"variable": "rtlh_houses", "value": 1, "applies": False, "reason": "given up"},
    ],
)
def test_targets_that_mean_nothing_by_themselves(whole: Scenario, target: dict[str, Any]) -> None:
    written = {"operator": "<=", "year": 2027, **target}
    assert meant(whole.replace({"targets": {"goal": written}}), "targets.goal.value") == []


@pytest.mark.parametrize(
    ("written", "rows"),
    [
        ({"range": [20, 30, 50]}, [Meant("range", 50, 50 / 20, WIDTH)]),
        ({"uniform": [20, 50]}, [Meant("uniform", 50, 50 / 20, WIDTH)]),
        ({"triangular": [20, 30, 50]}, [Meant("triangular", 50, 50 / 20, WIDTH)]),
        ({"pert": [20, 30, 50]}, [Meant("pert", 50, 50 / 20, WIDTH)]),
        ({"uniform": [0.5, 50]}, [Meant("uniform", 50, 50 / 0.5, WIDTH)]),
        ({"uniform": [0, 50]}, []),  # only one number is above 0
        ({"samples": [20, 50]}, []),
        (
            {"by_region": {"63.01": {"uniform": [1, 2]}, "63.02": {"range": [1, 2, 3]}, "63.03": 5}},
            [Meant("uniform", 2, 2.0, WIDTH), Meant("range", 3, 3.0, WIDTH)],
        ),
    ],
)
def test_how_wide_a_range_is(whole: Scenario, written: dict[str, Any], rows: list[Meant]) -> None:
    path = "programmes.psu.houses_per_estate"
    assert_same(meant(whole.replace({path: written}), path, WIDTH), rows)
