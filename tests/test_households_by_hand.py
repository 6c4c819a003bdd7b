"""Households, housing finance, new houses and estates through one year, worked by hand."""

from typing import Any

import numpy as np
import pytest

from backlog_model.dynamics.households import Formed, dwellings, formed_households, new_houses, occupancy_backlog
from backlog_model.dynamics.infrastructure import closed_estates
from backlog_model.inputs import NO_LIMIT
from one_year import arr, axes_of, near, year_of

BUILDING = axes_of(house_programmes=("h",), new_house_programmes=("n1", "n2", "n3"))
AIDED = axes_of(house_programmes=("h",), estate_programmes=("e1", "e2"))


def test_new_houses_of_programmes() -> None:
    year = year_of(
        BUILDING,
        households=arr(1000.0, 0.0),
        known=[1.0, 0.0, 1.0, 0.0],
        ramp_start=[0.0, 5.0, 5.0, 30.0],
        ramp_rate=[9.0, 0.5, 0.5, 0.5],
        finished_same_year_share=[0.0, 0.6, 0.6, 0.5],
        finished_next_year_share=[0.0, 0.3, 0.3, 0.25],
    )
    previous = arr([99.0, 99.0], [8.0, 0.0], [8.0, 8.0], [8.0, 80.0])
    reach = arr([99.0, 99.0], [20.0, 4.0], [20.0, 4.0], [40.0, 40.0])
    found = new_houses(arr([3.0, 1.0], [3.0, 1.0], [0.0, 2.0]), previous, reach, 1, year)
    # Ramps: 8 x 1.5 or the start, 5; none in a known year; 30 or 80 x 1.5.
    assert found.ramp_limit == near([[12, 5], [NO_LIMIT, NO_LIMIT], [30, 120]])
    assert found.started == near([[12, 4], [20, 4], [30, 40]])
    finished = [[3 + 0.6 * 12, 1 + 0.6 * 4], [20, 4], [15, 2 + 20]]
    assert found.finished == near(finished)
    assert found.carried == near([[3.6, 1.2], [0, 0], [7.5, 10]])
    assert found.all_finished == near([10.2 + 20 + 15, 3.4 + 4 + 22])


def formed(quota: float = 30.0, built: float = 12.0, known: float = 0.0, **changed: Any) -> Formed:
    """1000 households become 1100; 200 own no house; demand is 0.5 x 0.4 x 200 = 40."""
    stated: dict[str, Any] = {
        "households": 1100.0,
        "other_home_share": 0.05,
        "new_non_owner_share": 0.4,
        "ownership_loss_rate": 0.01,
        "take_up_rate": 0.5,
        "mbr_share": 0.4,
        "first_time_share": 0.9,
        "self_acquired_rate": 0.1,
        "built_per_new_household": 0.6,
        "self_built_houses": 25.0,
        "new_house_share": 0.8,
        **changed,
    }
    before, backlog = stated.pop("before", 1000.0), stated.pop("backlog", 200.0)
    year = year_of(axes_of(), **stated)
    return formed_households(arr(before), arr(backlog), arr(quota), known, arr(built), year)


def test_a_year_of_households() -> None:
    found = formed()
    assert found.new_households.tolist() == [100.0]
    assert found.self_built == near([25 + 60])
    assert found.financed.tolist() == [30.0]
    assert found.new_decent == near([0.8 * 30 + 12])
    assert found.finance_demand == near([40.0])
    assert found.self_acquired == near([20.0])
    # 750 own: 1000 less 200 less the 50 with another home.
    assert found.ownership_backlog == near([200 + 0.4 * 100 + 0.01 * 750 - 0.9 * 30 - 12 - 20])
    assert found.excess_backlog.tolist() == [0.0]


@pytest.mark.parametrize(
    ("quota", "known", "changed", "financed"),
    [
        (50.0, 0.0, {}, 40.0),
        (50.0, 1.0, {}, 40.0),
        (30.0, 0.0, {"developer_capacity_households": 10.0}, 10.0),
        (30.0, 0.0, {"bank_capacity_households": 11.0}, 11.0),
        (30.0, 0.0, {"developer_capacity_households": 14.0, "bank_capacity_households": 13.0}, 13.0),
        (30.0, 1.0, {"developer_capacity_households": 14.0, "bank_capacity_households": 13.0}, 30.0),
        (0.0, 0.0, {}, 0.0),
    ],
)
def test_quota_demand_developers_and_banks_limit_finance(
    quota: float, known: float, changed: dict[str, float], financed: float
) -> None:
    found = formed(quota, known=known, **changed)
    assert found.financed == near([financed])
    developers, banks = (changed.get(f"{who}_capacity_households", NO_LIMIT) for who in ("developer", "bank"))
    assert (found.developers, found.banks) == ((NO_LIMIT, NO_LIMIT) if known else (developers, banks))


@pytest.mark.parametrize(
    ("built", "acquired", "left"),
    [(200.0, 20.0, 1.0), (205.0, 16.0, 0.0), (221.0, 0.0, 0.0), (500.0, 0.0, 0.0)],
)
def test_each_reduction_takes_at_most_what_is_left(built: float, acquired: float, left: float) -> None:
    found = formed(built=built, new_non_owner_share=0.4, ownership_loss_rate=0.01 * 8 / 7.5)  # 248 less 27 is 221
    assert found.self_acquired == near([acquired])
    assert found.ownership_backlog == near([left])


def test_finance_takes_at_most_the_backlog() -> None:
    found = formed(
        quota=30.0, built=0.0, backlog=20.0, mbr_share=1.0, take_up_rate=1.0, households=900.0, first_time_share=1.0
    )
    assert found.financed.tolist() == [20.0]  # demand
    assert found.new_households.tolist() == [0.0]
    assert found.self_built.tolist() == [25.0]
    # 930 own: 9.3 more, of which 2 acquire a house.
    assert found.ownership_backlog == near([20 + 9.3 - 20 - 2])


def test_the_backlog_never_exceeds_households_without_another_home() -> None:
    found = formed(quota=0.0, built=0.0, backlog=990.0, households=500.0, self_acquired_rate=0.01)
    # Nobody owns: 1000 less 990 less 50 is below nothing.
    assert found.ownership_backlog == near([0.95 * 500])
    assert found.excess_backlog == near([990 - 9.9 - 475])
    assert found.self_acquired == near([9.9])


def test_dwellings_and_those_without_one() -> None:
    houses = dwellings(arr(70.0, 10.0), arr(20.0, 5.0), arr([16.0, 4.0], [8.0, 2.0]), arr(0.75, 0.25))
    assert houses.tolist() == [70 + 20 + 12 + 2, 10 + 5 + 3 + 0.5]
    assert occupancy_backlog(arr(100.0, 60.0), houses, np.array(0.25)).tolist() == [100 - 78.0, 60 - 13.875]
    assert occupancy_backlog(arr(100.0, 60.0), houses, np.array(0.0)).tolist() == [0.0, 41.5]


def test_estates_are_built_completed_and_handed_over() -> None:
    year = year_of(
        AIDED,
        new_estates=arr(10.0, 0.0),
        new_compliant_share=0.3,
        psu_handover_rate=0.25,
        ramp_start=[0.0, 2.0, NO_LIMIT],
        ramp_rate=[0.0, 0.5, 0.0],
        known=[1.0, 0.0, 0.0],
    )
    previous, reach = arr([99.0, 99.0], [4.0, 0.0], [0.0, 0.0]), arr([99.0, 99.0], [9.0, 1.0], [15.0, 50.0])
    found = closed_estates(arr(40.0, 9.0), arr(20.0, 6.0), arr(12.0, 6.0), previous, reach, 1, year)
    # 50 and 23 complete, or 9 and 6: 27 and 3 are not. Ramps 6 and 2, then none.
    assert found.estates.tolist() == [50.0, 9.0]
    assert found.incomplete == near([[27, 3], [21, 2]])
    assert found.ramp_limit == near([[6, 2], [NO_LIMIT, NO_LIMIT]])
    assert found.aided == near([[6, 1], [15, 2]])
    assert found.complete == near([23 + 21, 9])
    assert found.handed_over_in_year == near([3 + 0.25 * 8, 0])
    assert found.handed_over == near([17, 6])


def test_known_aid_completes_no_more_estates_than_there_are() -> None:
    year = year_of(AIDED, known=[0.0, 1.0, 0.0], ramp_start=[0.0, 0.0, 7.0])
    nothing = arr([0.0], [0.0], [0.0])
    found = closed_estates(arr(40.0), arr(20.0), arr(20.0), nothing, arr([0.0], [16.0], [9.0]), 1, year)
    assert found.aided.tolist() == [[16.0], [4.0]]
    assert found.incomplete.tolist() == [[20.0], [4.0]]
    assert found.ramp_limit.tolist() == [[NO_LIMIT], [7.0]]
    assert found.complete.tolist() == [40.0]
    assert found.handed_over.tolist() == [20.0]


def test_where_all_estates_are_complete_none_is_aided() -> None:
    nothing = arr([0.0], [0.0], [0.0])
    found = closed_estates(arr(6.0), arr(6.0), arr(2.0), nothing, arr([9.0], [9.0], [9.0]), 1, year_of(AIDED))
    assert found.aided.tolist() == found.incomplete.tolist() == [[0.0], [0.0]]
    assert found.complete.tolist() == [6.0]
    assert found.handed_over.tolist() == [2.0]
