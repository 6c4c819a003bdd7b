"""Each rule by which provincial money is shared over regions, against a case worked by hand."""

import numpy as np
import pytest

from backlog_model.dynamics.funding import regional_shares, whole_houses_by_largest_remainder
from golden_cases import build
from results import parts

NONE, ALL = np.zeros((1, 1)), np.ones((1, 1))
CODES = ("63.01", "63.02", "63.03")
NEED = [6000.0, 3000.0, 1000.0]


def _shares(weight: list[float], floor: list[float] | None = None, cap: list[float] | None = None) -> list[float]:
    bounds = (np.array([floor]) if floor else NONE, np.array([cap]) if cap else ALL)
    return regional_shares(np.array([weight]), *bounds)[0].tolist()


def test_shares_follow_the_weights() -> None:
    assert _shares(NEED) == pytest.approx([0.6, 0.3, 0.1])


def test_equal_weights_share_equally() -> None:
    assert _shares([1.0, 1.0, 1.0]) == pytest.approx([1 / 3, 1 / 3, 1 / 3])


def test_a_fixed_table_is_shared_as_written() -> None:
    assert _shares([0.25, 0.45, 0.30]) == pytest.approx([0.25, 0.45, 0.30])


def test_each_region_gets_its_floor_and_the_rest_goes_by_weight() -> None:
    # .65 is left after the floors: .10 + .39, .10 + .195, .15 + .065
    assert _shares(NEED, floor=[0.10, 0.10, 0.15]) == pytest.approx([0.49, 0.295, 0.215])


def test_what_exceeds_a_cap_is_shared_again_below_the_caps() -> None:
    # .60 is cut to .45; the .15 goes 3 : 1
    assert _shares(NEED, cap=[0.45, 1.0, 1.0]) == pytest.approx([0.45, 0.4125, 0.1375])


def test_sharing_again_can_reach_another_cap() -> None:
    # .60 -> .40 gives .20 as 3 : 1; .30 + .15 -> .35 gives .10 to the last
    assert _shares(NEED, cap=[0.40, 0.35, 1.0]) == pytest.approx([0.40, 0.35, 0.25])


def test_what_no_region_can_take_stays_unallocated() -> None:
    assert _shares(NEED, cap=[0.2, 0.3, 0.1]) == pytest.approx([0.2, 0.3, 0.1])


def test_without_any_weight_only_the_floors_are_given() -> None:
    assert _shares([0.0, 0.0, 0.0]) == [0.0, 0.0, 0.0]
    assert _shares([0.0, 0.0, 0.0], floor=[0.1, 0.2, 0.0]) == pytest.approx([0.1, 0.2, 0.0])


def test_a_region_without_weight_gets_nothing_of_what_is_shared_again() -> None:
    assert _shares([5.0, 0.0, 0.0], cap=[0.5, 1.0, 1.0]) == pytest.approx([0.5, 0.0, 0.0])


def test_draws_are_shared_one_by_one() -> None:
    weight = np.array([[1.0, 3.0], [0.0, 0.0], [4.0, 1.0]])
    expected = [[0.25, 0.75], [0.0, 0.0], [0.6, 0.4]]
    shares = regional_shares(weight, np.zeros((1, 2)), np.array([[0.6, 0.8]]))
    np.testing.assert_allclose(shares, expected, rtol=1e-12)


@pytest.mark.parametrize(
    ("houses", "whole"),
    [
        ([2.5, 1.5, 3.2], [3.0, 1.0, 3.0]),  # 7.2: one house over, the tie goes to the first region
        ([0.4, 0.4, 0.4], [1.0, 0.0, 0.0]),
        ([0.3, 0.3, 0.3], [0.0, 0.0, 0.0]),  # .9 is no house
        ([5.0, 7.0, 0.0], [5.0, 7.0, 0.0]),
        ([1.2, 2.9, 3.9], [1.0, 3.0, 4.0]),
    ],
)
def test_whole_houses_go_to_the_largest_remainders(houses: list[float], whole: list[float]) -> None:
    assert whole_houses_by_largest_remainder(np.array([houses])).tolist() == [whole]


def test_whole_houses_survive_round_off() -> None:
    tenths = np.array([[0.1] * 10, [0.7, 0.1, 0.1, 0.1, *[0.0] * 6]])  # their floating sums are a little off 1
    assert whole_houses_by_largest_remainder(tenths).sum(axis=1).tolist() == [1.0, 1.0]


def _provincial(rules: dict[str, object], **yearly: object) -> np.ndarray:
    """Share of the provincial money of one programme over three regions, first year."""
    axes = {
        "years": [2025],
        "regions": ["63.01", "63.02", "63.03"],
        "house_programmes": ["repair"],
        "sources": ["prov"],
    }
    opening = {"rtlh_houses": [[3000.0, 2000.0, 800.0], [2000.0, 700.0, 100.0], [1000.0, 300.0, 100.0]]}
    case = build({"axes": axes, "opening": opening, "yearly": yearly, "rules": rules})
    return parts(case)["money"]["share"][0, 0, 0]


def test_need_is_the_whole_stock_the_programme_treats_before_cover() -> None:
    np.testing.assert_allclose(_provincial({"share_by_need": [1]}, eligible_share=0.01), [0.6, 0.3, 0.1])


def test_need_leaves_out_classes_the_programme_does_not_treat() -> None:
    shares = _provincial({"share_by_need": [1], "treats": [[0, 1, 1]]})
    np.testing.assert_allclose(shares, np.array([3000.0, 1000.0, 200.0]) / 4200.0)


def test_fiscal_capacity_gives_more_to_poor_regions() -> None:
    # need over capacity index: 6000/2, 3000/1, 1000/.5
    shares = _provincial({"share_by_need": [1]}, share_weight=[[0.5, 1.0, 2.0]])
    np.testing.assert_allclose(shares, [0.375, 0.375, 0.25])


def test_a_weighted_index_is_a_weight_without_need() -> None:
    # .5 x need/mean(need) + .5 x poverty/mean(poverty), poverty 2, 4, 6
    index = 0.5 * np.array(NEED) / np.mean(NEED) + 0.5 * np.array([2.0, 4.0, 6.0]) / 4.0
    np.testing.assert_allclose(_provincial({}, share_weight=index[None]), index / 3.0)
