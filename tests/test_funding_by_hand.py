"""Shares of a pot and whole houses, worked by hand."""

import numpy as np
import pytest

from backlog_model.dynamics.funding import (
    funded,
    left_over,
    open_weight,
    over_cap,
    regional_shares,
    share_by_weight,
    shared_again,
    whole_houses_by_largest_remainder,
)
from backlog_model.inputs import Array
from one_year import arr, axes_of, near, rules_of, state_of, year_of


def test_what_no_region_takes_is_left_and_round_off_is_nothing() -> None:
    assert left_over(arr([1.0], [0.75], [1.0 - 1e-13], [0.0])).tolist() == [[0.0], [0.25], [0.0], [1.0]]


def test_a_pot_without_bounds_goes_by_weight() -> None:
    weight = arr([6.0, 3.0, 1.0], [1.0, 1.0, 2.0], [0.0, 0.0, 0.0])
    shares = regional_shares(weight, arr(0.0), arr(1.0))
    assert shares.tolist() == [[0.6, 0.3, 0.1], [0.25, 0.25, 0.5], [0.0, 0.0, 0.0]]


def test_each_region_gets_its_floor_and_the_rest_goes_by_weight() -> None:
    weight = arr([6.0, 3.0, 1.0], [1.0, 1.0, 2.0])
    shares = regional_shares(weight, arr([0.10, 0.10, 0.15]), arr(1.0))  # 0.65 is left for all
    first = [0.10 + 0.65 * 0.6, 0.10 + 0.65 * 0.3, 0.15 + 0.65 * 0.1]
    assert shares == near([first, [0.10 + 0.65 / 4, 0.10 + 0.65 / 4, 0.15 + 0.65 / 2]])


def test_a_floor_of_some_regions_counts() -> None:
    shares = regional_shares(arr([5.0, 3.0, 2.0]), arr([0.1, 0.0, 0.2]), arr([1.0, 1.0, 1.0]))
    assert shares == near([[0.1 + 0.35, 0.21, 0.2 + 0.14]])


def test_a_floor_as_one_number_is_for_every_region() -> None:
    assert regional_shares(arr([4.0, 1.0]), np.array(0.1), np.array(1.0)) == near([[0.1 + 0.64, 0.1 + 0.16]])


def test_floors_above_the_whole_pot_leave_nothing_to_share_by_weight() -> None:
    assert share_by_weight(6.0, 10.0, 0.7, 1.2) == 0.7
    assert share_by_weight(6.0, 10.0, 0.25, 0.5) == 0.25 + 0.5 * 0.6


def test_what_exceeds_a_cap_goes_by_weight_to_regions_below_theirs() -> None:
    shares = regional_shares(arr([8.0, 1.0, 1.0], [1.0, 6.0, 3.0]), arr(0.0), arr(0.5))
    first = [0.5, 0.1 + 0.3 / 2, 0.1 + 0.3 / 2]
    assert shares == near([first, [0.1 + 0.1 * 1 / 4, 0.5, 0.3 + 0.1 * 3 / 4]])


def test_a_cap_of_one_region_counts() -> None:
    assert regional_shares(arr([8.0, 1.0, 1.0]), arr(0.0), arr([0.4, 1.0, 1.0])) == near([[0.4, 0.3, 0.3]])


@pytest.mark.parametrize("draws", [1, 2])
def test_caps_are_met_one_after_another(draws: int) -> None:
    # 0.6, 0.3, 0.1: the first has 0.2 too much, which goes 3 : 1; then the second has 0.45, 0.10 too much.
    weight = arr([6.0, 3.0, 1.0], [1.0, 1.0, 1.0])[:draws]
    shares = regional_shares(weight, arr(0.0), arr([0.4, 0.35, 0.5]))
    assert shares == near([[0.4, 0.35, 0.25], [1 / 3, 1 / 3, 1 / 3]][:draws])


def test_four_caps_are_met_one_after_another() -> None:
    # 0.5, 0.25, 0.15, 0.1; then 0.3 goes 5 : 3 : 2 over the last three, 0.4, 0.24, 0.16; then 0.15 goes 3 : 2.
    shares = regional_shares(arr([10.0, 5.0, 3.0, 2.0]), arr(0.0), arr([0.2, 0.25, 0.3, 1.0]))
    assert shares == near([[0.2, 0.25, 0.3, 0.25]])


def test_the_rest_of_a_pot_reaches_nobody_where_all_are_at_their_cap() -> None:
    assert regional_shares(arr([5.0, 1.0]), arr(0.0), arr([0.2, 0.3])) == near([[0.2, 0.3]])


def test_floors_and_caps_together() -> None:
    # 0.1 + 0.65 x 0.6 = 0.49, 0.295, 0.215; 0.04 too much goes 3 : 1.
    shares = regional_shares(arr([6.0, 3.0, 1.0]), arr([0.10, 0.10, 0.15]), arr([0.45, 1.0, 1.0]))
    assert shares == near([[0.45, 0.325, 0.225]])


def test_the_parts_of_sharing_again() -> None:
    assert over_cap(arr(0.5, 0.2), 0.25).tolist() == [0.25, 0.0]
    assert open_weight(arr(7.0, 7.0, 7.0), arr(0.2, 0.3, 0.4), 0.3).tolist() == [7.0, 0.0, 0.0]
    assert shared_again(arr(0.5, 0.125), 0.25, 0.5, arr(0.0, 5.0), 20.0).tolist() == [0.25, 0.125 + 0.5 / 4]


@pytest.mark.parametrize(
    ("houses", "whole"),
    [
        ([[3.0, 2.0, 1.0]], [[3, 2, 1]]),  # whole already
        ([[2.5, 1.5, 3.2], [0.2, 0.3, 0.6]], [[3, 1, 3], [0, 0, 1]]),  # 7.2 and 1.1 houses
        ([[1.5, 1.5, 0.0]], [[2, 1, 0]]),  # a tie
        ([[10.3, 1.6, 0.1]], [[10, 2, 0]]),  # the largest fraction, not the largest number
        ([[0.4, 0.4, 0.1]], [[0, 0, 0]]),  # not one house
        ([[0.9, 0.9, 0.8]], [[1, 1, 0]]),  # 2.6
        ([[1.5, 2.5 + 4e-10, 0.0]], [[2, 2, 0]]),  # fractions alike to nine decimals are a tie
        ([[0.7, 0.2, 0.1 - 1e-12]], [[1, 0, 0]]),  # round-off below a whole number is no lost house
    ],
)
def test_whole_houses_keep_the_total_rounded_down(houses: list[list[float]], whole: list[list[float]]) -> None:
    assert whole_houses_by_largest_remainder(arr(*houses)).tolist() == whole


@pytest.mark.parametrize(
    ("houses", "order", "whole"),
    [
        ([1.7, 1.7, 1.7], [1, 2, 0], [2, 1, 2]),  # 5.1: two more, to the third region and then the first
        ([1.4, 1.4, 1.4], [1, 2, 0], [1, 1, 2]),
        ([1.4, 1.4, 1.4], None, [2, 1, 1]),
        ([1.7, 1.1, 1.3], [2, 1, 0], [2, 1, 1]),
    ],
)
def test_ties_go_by_official_code(houses: list[float], order: list[int] | None, whole: list[float]) -> None:
    given = None if order is None else np.array(order, dtype=np.int64)
    assert whole_houses_by_largest_remainder(arr(houses), order=given).tolist() == [whole]


BLOCKS = axes_of(
    severities=("light", "medium", "heavy"),
    authorities=("kabkota", "province"),
    house_programmes=("h1", "h2"),
    slum_programmes=("s1", "s2"),
    new_house_programmes=("n1",),
    estate_programmes=("e1", "e2"),
    finance_programmes=("f1",),
    sources=("apbn",),
)
STOCKS = {
    "rtlh_houses": arr([[100.0, 0.0]], [[10.0, 30.0]], [[3.0, 9.0]]),
    "slum_ha": arr(
        *([[1.0, 2.0]], [[4.0, 8.0]], [[16.0, 32.0]]),
        *([[64.0, 128.0]], [[5.0, 15.0]], [[11.0, 7.0]]),
    ),
    "ownership_backlog_households": arr([200.0, 600.0]),
    "psu_estates": arr([40.0, 30.0]),
    "psu_complete_estates": arr([10.0, 30.0]),
}


def shares_of(by_need: list[float], **changed: object) -> Array:
    """Shares of the two regions in the pot of each programme, in one draw."""
    treats, slum_treats = [[1.0, 0.0, 1.0], [0.0, 0.0, 0.0]], [[1.0, 0.0, 1.0], [0.0, 1.0, 0.0]]
    rules = rules_of(BLOCKS, treats=treats, slum_treats=slum_treats, slum_authority=[1, 0], share_by_need=by_need)
    return funded(state_of(BLOCKS, **STOCKS), year_of(BLOCKS, **changed), rules, BLOCKS).share[:, 0]


def test_a_programme_shares_by_the_stock_it_treats() -> None:
    assert shares_of([1.0] * 8) == near(
        [
            [103 / 112, 9 / 112],  # light and heavy: 100 + 3, 0 + 9
            [0.0, 0.0],  # treats no class: nobody needs it
            [75 / 210, 135 / 210],  # light and heavy of the province: 64 + 11, 128 + 7
            [4 / 12, 8 / 12],  # medium of kab/kota
            [0.25, 0.75],  # backlog
            [1.0, 0.0],  # estates not complete: 30, 0
            [1.0, 0.0],
            [0.25, 0.75],
        ]
    )


def test_weights_multiply_need_and_stand_alone_where_a_programme_does_not_share_by_need() -> None:
    weights = np.array([[[1.0, 2.0]]] * 7 + [[[3.0, 1.0]]])
    found = shares_of([1.0, 0, 0, 1.0, 0, 0, 0, 0], share_weight=weights)
    assert found[0] == near([103 / 121, 18 / 121])  # 100 + 3; twice 9
    assert found[1] == near([1 / 3, 2 / 3])
    assert found[3] == near([4 / 20, 16 / 20])  # 4; twice 8
    assert found[7].tolist() == [0.75, 0.25]


def test_programmes_without_a_rule_of_need_share_equally() -> None:
    assert shares_of([0.0] * 8).tolist() == [[0.5, 0.5]] * 8


def test_money_that_no_region_can_take_is_kept_in_sight() -> None:
    axes = axes_of(house_programmes=("h1", "h2"), sources=("apbn", "apbd"), draws=2)
    money = np.array([[[[100.0], [200.0]], [[7.0], [9.0]]], [[[300.0], [500.0]], [[11.0], [13.0]]]])
    weights = np.array([[[1.0, 1.0], [1.0, 3.0]], [[1.0, 1.0], [1.0, 1.0]]])
    year = year_of(axes, provincial_budget_idr=money, cap_share=arr(0.375, 1.0), share_weight=weights)
    found = funded(state_of(axes), year, rules_of(axes), axes)
    assert found.share.tolist() == [[[0.375, 0.375]] * 2, [[0.5, 0.5]] * 2]
    # Pots: first programme with each source, then the second. A quarter of what the first has.
    assert found.unallocated_idr.tolist() == [[25.0, 50.0], [75.0, 125.0], [0.0, 0.0], [0.0, 0.0]]


def test_a_pot_that_is_the_same_in_all_draws_is_kept_in_sight_too() -> None:
    axes = axes_of(house_programmes=("h1",), sources=("apbn",), draws=3)
    year = year_of(axes, provincial_budget_idr=arr([80.0]), cap_share=arr(0.25), floor_share=arr(0.125))
    found = funded(state_of(axes), year, rules_of(axes), axes)
    assert found.share.tolist() == [[[0.25, 0.25]] * 3]
    assert found.unallocated_idr.tolist() == [[40.0, 40.0, 40.0]]
    assert found.budget_idr.tolist() == [[[20.0, 20.0]] * 3]
