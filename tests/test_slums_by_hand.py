"""Hectares of slum through one year, worked by hand."""

from typing import Any

import numpy as np
import pytest

from backlog_model.dynamics.slums import Waiting, Worked, waiting_slums, worked_slums
from backlog_model.inputs import NO_LIMIT, Array
from one_year import axes_of, near, rules_of, year_of

TWO = axes_of(authorities=("kabkota", "province"))
KEPT = [[0.0, 0.1, 0.2, 0.3], [0.0, 0.5, 0.6, 0.7], [0.0, 0.8, 0.75, 0.9]]  # of credit, by class before and after


def rows(*values: Any) -> Array:
    """One draw: a row of regions for each part; a number is for one region."""
    return np.array([[np.atleast_1d(np.array(value, dtype=np.float64))] for value in values])[:, 0][:, None]


def test_slum_forms_relapses_and_worsens_from_the_stocks_before() -> None:
    slum = rows([60, 0], [30, 0], [10, 0], [8, 0], [4, 0], [2, 0])
    credit = rows([40, 0], [20, 0], [5, 0], [6, 0], [3, 0], [1, 0])
    year = year_of(
        TWO,
        new_slum_rate=0.01,
        slum_relapse_rate=0.04,
        slum_worsening_rate=[0.1, 0.25, 0.0],
        slum_base_ha=rows([150, 300], [20, 0]),
        slum_revision_ha=[99.0, 99.0],  # not read: no year has a revision
    )
    found = waiting_slums(slum, credit, rows([50, 0], [6, 0]), year, rules_of(TWO, revises=[1.0, 0.0]))
    assert found.new == near(rows([1.5, 3.0], [0.2, 0.0]))
    assert found.relapsed == near(rows([2.0, 0], [0.24, 0]))
    assert found.handled == near(rows([48.0, 0], [5.76, 0]))
    assert found.worsened == near(rows([6, 0], [7.5, 0], [0, 0], [0.8, 0], [1, 0], [0, 0]))
    # 1.5 + 2 and 0.2 + 0.24 arrive among the light.
    kabkota = [[60 - 6 + 3.5, 3.0], [30 - 7.5 + 6, 0], [10 + 7.5, 0]]
    assert found.slum == near(rows(*kabkota, [8 - 0.8 + 0.44, 0], [4 - 1 + 0.8, 0], [2 + 1, 0]))
    kabkota = [[40 - 4 + 3.5, 3.0], [20 - 5 + 4, 0], [5 + 5, 0]]
    assert found.credit == near(rows(*kabkota, [6 - 0.6 + 0.44, 0], [3 - 0.75 + 0.6, 0], [1 + 0.75, 0]))
    assert found.revised.tolist() == found.clipped.tolist() == rows([0, 0], [0, 0]).tolist()
    assert slum[:, 0, 0].tolist() == [60, 30, 10, 8, 4, 2]
    assert credit[:, 0, 0].tolist() == [40, 20, 5, 6, 3, 1]


def test_a_revision_comes_first_and_follows_the_classes_there_are() -> None:
    slum = rows([60, 0], [30, 0], [10, 0], [8, 3], [4, 2], [2, 1])
    credit = rows([40, 0], [20, 0], [5, 0], [6, 2], [3, 1], [1, 1])
    year = year_of(
        TWO,
        slum_revision_ha=rows([20, 20], [-7, -100]),
        slum_class_share=[0.5, 0.3, 0.2],
        slum_worsening_rate=[0.25, 0.0, 0.0],
    )
    found = waiting_slums(slum, credit, rows([0, 0], [0, 0]), year, rules_of(TWO, revises=[0.0, 1.0]))
    assert found.revised == near(rows([20, 20], [-7, -6]))
    assert found.clipped == near(rows([0, 0], [0, -94]))
    # 20 more as 60 : 30 : 10, or by the stated shares where there is none; 7 of 14 gone; all gone.
    assert found.worsened[:, 0] == near([[18, 2.5], [0, 0], [0, 0], [1, 0], [0, 0], [0, 0]])
    after = [[72 - 18, 10 - 2.5], [36 + 18, 6 + 2.5], [12, 4], [4 - 1, 0], [2 + 1, 0], [1, 0]]
    assert found.slum[:, 0] == near(after)
    after = [[52 * 0.75, 7.5], [26 + 13, 8.5], [7, 4], [3 * 0.75, 0], [1.5 + 0.75, 0], [0.5, 0]]
    assert found.credit[:, 0] == near(after)


def waiting_of(slum: Array, credit: Array, handled: Array) -> Waiting:
    """Hectares before works of which only these three matter."""
    nothing = 0.0 * handled
    return Waiting(slum, credit, handled, nothing, nothing, nothing, nothing, 0.0 * slum)


@pytest.mark.parametrize(
    ("lift", "slum", "credit", "exits", "counted"),
    [  # of 60, 30, 10 ha half is treated, and with it 20, 7.5, 4 ha of the 40, 15, 8 not yet counted
        (1, [30 + 15, 15 + 5, 5], [20 + 3.75, 7.5 + 3, 4], 30, 20 + 7.5 * 0.5 + 4 * 0.25),
        (2, [30 + 5, 15, 5], [20 + 3.2, 7.5, 4], 45, 20 + 7.5 + 4 * 0.2),
        (3, [30, 15, 5], [20, 7.5, 4], 50, 31.5),
    ],
)
def test_works_lift_hectares_and_count_what_they_do_not_keep_as_credit(
    lift: int, slum: list[float], credit: list[float], exits: float, counted: float
) -> None:
    axes = axes_of(house_programmes=("h",), slum_programmes=("s",), authorities=("kabkota", "province", "centre"))
    stocks, uncounted = rows(1, 2, 4, 60, 30, 10, 8, 16, 32), rows(1, 1, 1, 40, 15, 8, 3, 3, 3)
    rules = rules_of(axes, slum_authority=[1], slum_lift=[lift], credit_kept=KEPT)
    found = worked_slums(
        waiting_of(stocks, uncounted, rows(3, 7, 11)),
        np.zeros((1, 3, 1, 1)),
        rows(0, 0),
        rows(1000, 50),
        1,
        year_of(axes),
        rules,
    )
    assert found.slum[:, 0, 0] == near([1, 2, 4, *slum, 8, 16, 32])
    assert found.credit[:, 0, 0] == near([1, 1, 1, *credit, 3, 3, 3])
    assert found.exits == near(rows(0, exits, 0))
    assert found.handled == near(rows(3, 7 + exits, 11))
    assert found.counted == near(rows(0, counted, 0))
    assert found.treated.tolist() == found.started.tolist() == [[[50.0]]]
    assert found.other_authority == near(rows(1 + 2 + 4 + 8 + 16 + 32))


@pytest.mark.parametrize(("lift", "slum", "handled"), [(1, [30.0, 10.0, 0.0], 60.0), (3, [0.0, 0.0, 0.0], 100.0)])
def test_a_year_that_treats_all_moves_each_hectare_once(lift: int, slum: list[float], handled: float) -> None:
    axes = axes_of(slum_programmes=("s",))
    stocks = rows(60, 30, 10)
    rules = rules_of(axes, slum_lift=[lift], credit_kept=[[0, 1, 1, 1]] * 3)
    found = worked_slums(
        waiting_of(stocks, stocks, rows(0)), np.zeros((1, 3, 1, 1)), rows(0), rows(1e9), 0, year_of(axes), rules
    )
    assert found.slum[:, 0, 0].tolist() == found.credit[:, 0, 0].tolist() == slum
    assert found.handled.tolist() == found.counted.tolist() == [[[handled]]]
    assert found.other_authority.tolist() == [[[0.0]]]


def test_where_there_is_no_slum_nothing_is_done() -> None:
    axes = axes_of(slum_programmes=("s",))
    nothing = rows(0, 0, 0)
    found = worked_slums(
        waiting_of(nothing, nothing, rows(0)),
        np.zeros((1, 3, 1, 1)),
        rows(0),
        rows(5),
        0,
        year_of(axes, slum_mix=[[0.2, 0.3, 0.5]]),
        rules_of(axes, slum_mix_given=[1.0]),
    )
    assert found.slum[:, 0, 0].tolist() == [0.0, 0.0, 0.0]
    assert found.started.tolist() == found.counted.tolist() == found.exits.tolist() == [[[0.0]]]


def two_programmes(**changed: Any) -> Worked:
    """Two programmes of one authority that stand after one for houses; 60, 30, 10 ha are there."""
    axes = axes_of(house_programmes=("h",), slum_programmes=("s", "t"))
    rules = rules_of(axes, slum_treats=[[1, 0, 0], [1, 1, 1]], slum_mix_given=[0, 1], slum_lift=[3, 3])
    year = year_of(
        axes,
        slum_capacity_ha=[40.0],
        capacity_share=[9.0, 0.5, 1.0],
        eligible_share=[0.0, 0.5, 0.8],
        ramp_start=[0.0, 4.0, NO_LIMIT],
        ramp_rate=[0.0, 0.25, 0.0],
        finished_same_year_share=[0.0, 0.6, 0.7],
        finished_next_year_share=[0.0, 0.3, 0.2],
        slum_mix=[[0.0, 0.0, 0.0], [0.2, 0.8, 0.0]],
    )._replace(**{name: np.array(value) for name, value in changed.items()})
    carried = np.array([[[[6.0]], [[0.0]], [[12.0]]], [[[3.0]], [[5.0]], [[0.0]]]])
    return worked_slums(
        waiting_of(rows(60, 30, 10), rows(60, 30, 10), rows(0)),
        carried,
        rows(99, 8, 0),
        rows(99, 15, 25),
        1,
        year,
        rules,
    )


def test_works_of_last_year_come_first_then_new_ones_in_order_of_priority() -> None:
    found = two_programmes()
    # Due: 6 light and the 10 heavy there are; 3 light, 5 medium. 51, 25, 0 ha are left.
    # First: money 15, half of 40 crews, half of 51 light, ramp 8 x 1.25 = 10: starts 10 light.
    # Second: money 25, the other 30 of crews, 0.8 of 51 and of 25: starts 5 light and 20 medium.
    assert found.started == near(rows(10, 25))
    assert found.capacity_limit == near(rows(20, 30))
    assert found.eligibility_limit == near(rows(25.5, 0.8 * 51 + 0.8 * 25))
    assert found.ramp_limit == near(rows(10, NO_LIMIT))
    assert found.treated == near(rows(6 + 10 + 0.6 * 10, 3 + 5 + 0.7 * 25))
    assert found.carried[:, :, 0, 0] == near([[3, 0, 0], [1, 4, 0]])
    assert found.slum[:, 0, 0] == near([60 - (6 + 6 + 3 + 3.5), 30 - (5 + 14), 0])
    assert found.exits == near(rows(22 + 25.5))


def test_the_ramp_starts_at_its_start() -> None:
    found = two_programmes(ramp_start=[0.0, 12.0, 0.0])
    assert found.ramp_limit == near(rows(12, 0))
    assert found.started == near(rows(12, 0))


def test_a_second_programme_finds_what_the_first_left() -> None:
    found = two_programmes(eligible_share=[0.0, 1.0, 1.0], ramp_start=[0.0, 14.0, NO_LIMIT])
    assert found.started == near(rows(14, 25))
    assert found.eligibility_limit == near(rows(51, 51 - 14 + 25))
    assert found.capacity_limit == near(rows(20, 40 - 14))


def test_crews_can_run_out() -> None:
    found = two_programmes(capacity_share=[0.0, 0.25, 1.0], slum_capacity_ha=[10.0])
    assert found.started == near(rows(2.5, 7.5))
    assert found.capacity_limit == near(rows(2.5, 7.5))
    # 1.5 and 6 by mix.
    assert found.carried[:, :, 0, 0] == near([[0.75, 0, 0], [0.3, 1.2, 0]])


def test_nothing_is_left_where_the_first_takes_all_crews() -> None:
    found = two_programmes(capacity_share=[0.0, 1.0, 1.0], slum_capacity_ha=[9.0])
    assert found.started == near(rows(9, 0))
    assert found.capacity_limit == near(rows(9, 0))


def test_known_output_meets_only_what_is_there() -> None:
    found = two_programmes(known=[1.0, 1.0, 0.0], capacity_share=[0.0, 0.0, 1.0], ramp_start=[0.0, 0.0, NO_LIMIT])
    # The first carries nothing in and starts 15 of half of 57; all of it is finished. 42, 25, 10 are left.
    assert found.capacity_limit == near(rows(NO_LIMIT, 25))
    assert found.eligibility_limit == near(rows(28.5, 42 + 0.8 * 25 + 0.8 * 10))
    assert found.ramp_limit == near(rows(NO_LIMIT, NO_LIMIT))
    assert found.started == near(rows(15, 25))
    assert found.treated == near(rows(15, 3 + 5 + 0.7 * 25))
    assert found.carried[:, :, 0, 0] == near([[0, 0, 0], [1, 4, 0]])


def test_each_authority_has_its_own_hectares_and_crews() -> None:
    axes = axes_of(slum_programmes=("s", "t", "u"), authorities=("kabkota", "province"))
    rules = rules_of(axes, slum_authority=[1, 0, 1], slum_lift=[1, 2, 3], credit_kept=KEPT)
    stocks = rows([60, 6], [20, 2], [0, 0], [40, 4], [40, 4], [0, 0])
    found = worked_slums(
        waiting_of(stocks, 0.5 * stocks, rows([1, 1], [2, 2])),
        np.zeros((3, 3, 1, 2)),
        rows([0, 0], [0, 0], [0, 0]),
        rows([8, 9], [7, 3], [100, 100]),
        0,
        year_of(axes, slum_capacity_ha=[5.0, 12.0]),
        rules,
    )
    # Province: 12 of crews, 8 and then 4 taken of 80; in the second region all 8 of 8, nothing left for the third.
    assert found.started == near(rows([8, 8], [5, 3], [4, 0]))
    assert found.capacity_limit == near(rows([12, 12], [5, 5], [4, 4]))
    assert found.eligibility_limit == near(rows([80, 8], [80, 8], [72, 0]))
    assert found.exits == near(rows([5, 3], [4 + 4, 4]))
    kabkota = [[60 - 3.75, 6 - 2.25], [20 - 1.25, 2 - 0.75], [0, 0]]
    assert found.slum[:, 0] == near([*kabkota, [40 - 4 - 2 + 4, 4], [40 - 4 - 2, 0], [0, 0]])
    # Half of what moves is uncounted: 2 and 2 less 0.5 of 2, then 2; 2.5; in the second region 2 and 1; 1.5.
    assert found.counted == near(rows([2.5, 1.5], [2 + 1 + 2, 3]))
    assert found.credit[:, 0] == near(
        [[30 - 1.875, 1.875], [10 - 0.625, 0.625], [0, 0], [20 - 2 - 1 + 1, 1], [20 - 2 - 1, 0], [0, 0]]
    )
    assert found.other_authority == near(rows([75, 5], [68, 0], [75, 5]))
    assert found.handled == near(rows([6, 4], [10, 6]))
