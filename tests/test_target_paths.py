"""Target paths: the figures of each family, and what is said when a family has none."""

import numpy as np
import pytest

from backlog_model.analysis.paths.target_paths import FAMILIES, path_of, target_paths
from backlog_model.errors import DataError

YEARS = (2026, 2027, 2028, 2029)
TREND = (90.0, 85.0, 80.0, 75.0)
GIVEN = {
    "break_even": [4.0, 2.0, 6.0, 0.0],
    "trend": TREND,
    "money": [1.0, 3.0, 0.0, 4.0],
    "national": {2025: 1000.0, 2029: 800.0},
    "feasible": [90.0, 70.0, 60.0, 50.0],
    "custom": [100.0, 100.0, 90.0, 60.0],
}


def family(name, start=100.0, goal=60.0, years=YEARS, **given):
    return target_paths(start, goal, years, **given)[0][name]


def reason(name, start=100.0, goal=60.0, years=YEARS, **given):
    return target_paths(start, goal, years, **given)[1][name]


# what comes back


def test_every_family_has_a_path_or_a_reason_in_the_order_of_tables():
    paths, missing = target_paths(100.0, 60.0, YEARS, **GIVEN)
    assert (tuple(paths), missing) == (FAMILIES, {})
    paths, missing = target_paths(100.0, 0.0, YEARS)
    assert missing == dict.fromkeys(
        ("trend", "fiscal_share", "national_alignment", "max_feasible", "custom"), "no_shape_given"
    ) | {"percent_of_remaining": "never_reaches"}
    assert tuple(paths) == tuple(name for name in FAMILIES if name not in missing)


def test_steps_are_yearly_changes_and_cumulative_ones_count_from_the_start():
    path = family("custom", custom=[110.0, 80.0, 80.0, 60.0])
    assert (path.family, path.years) == ("custom", YEARS)
    np.testing.assert_array_equal(path.steps, [10.0, -30.0, 0.0, -20.0])
    np.testing.assert_array_equal(path.cumulative, [10.0, -20.0, -20.0, -40.0])


def test_the_figures_of_a_path_cannot_be_changed():
    path = family("linear")
    with pytest.raises(ValueError, match="read-only"):
        path.values[0] = 0.0


def test_a_path_may_end_anywhere():
    path = path_of("agreed", 10.0, (2026, 2027), [8.0, 9.0])
    np.testing.assert_array_equal(path.cumulative, [-2.0, -1.0])


# families that need no shape


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("linear", [90, 80, 70, 60]),
        ("front_loaded", [84, 72, 64, 60]),  # 16, 12, 8, 4 of 40
        ("back_loaded", [96, 88, 76, 60]),
        ("s_curve", [93.75, 80, 66.25, 60]),  # 5/32, 1/2, 27/32 of 40
        ("percent_of_base", [90, 80, 70, 60]),
        ("constant_units", [90, 80, 70, 60]),
    ],
)
def test_falling_values_by_hand_and_the_same_upside_down(name, values):
    np.testing.assert_allclose(family(name).values, values, rtol=1e-14)
    np.testing.assert_allclose(family(name, 60.0, 100.0).values, 160.0 - np.array(values), rtol=1e-14)


def test_one_year_is_one_step_in_every_family():
    paths, _ = target_paths(100.0, 60.0, (2026,), trend=[90.0], money=[2.0], break_even=[5.0])
    assert {tuple(path.values) for path in paths.values()} == {(60.0,)}
    assert paths["constant_units"].units == 45.0


def test_constant_units_make_up_for_what_the_stock_gains_by_itself():
    path = family("constant_units", break_even=[4.0, 2.0, 6.0, 0.0])
    assert path.units == 13.0  # (40 + 12) / 4
    np.testing.assert_allclose(path.values, [91.0, 80.0, 73.0, 60.0])


def test_a_waiting_list_is_cleared_by_its_demand_and_a_part_of_the_backlog_each_year():
    path = family("constant_units", 31_900.0, 0.0, tuple(range(2026, 2031)), break_even=[10_000.0] * 5)
    assert path.units == pytest.approx(10_000 + 31_900 / 5, rel=1e-14)


def test_no_constant_handling_keeps_a_stock_up_that_falls_below_the_goal():
    assert reason("constant_units", break_even=[-11.0] * 4) == "falls_by_itself"
    assert family("constant_units", break_even=[-10.0] * 4).units == 0.0


def test_percent_of_base_is_the_current_practice_and_closes_on_paper_only():
    given = {"start": 47_564.0, "goal": 47_564.0 - 13_150.0, "years": tuple(range(2022, 2027))}
    path = family("percent_of_base", **given, break_even=[1_000.0] * 5)
    assert (path.units, path.values[-1]) == (pytest.approx(2_630.0), 34_414.0)
    assert 5 * path.percent == pytest.approx(0.2764, abs=1e-4)
    assert path.own_end == pytest.approx(39_414.0)  # what 2,630 houses a year really lead to
    assert family("percent_of_base", **given, base=76_023.0).percent == pytest.approx(2_630 / 76_023)
    assert family("percent_of_base", **given).own_end is None


def test_a_base_of_nothing_gives_no_percent():
    assert family("percent_of_base", 0.0, 10.0).percent is None
    assert family("percent_of_base", -5.0, 10.0).percent is None


def test_what_a_rising_stock_gains_by_itself_is_no_handling():
    assert family("percent_of_base", 60.0, 100.0, break_even=[5.0] * 4).own_end is None


def test_percent_of_remaining_is_the_same_percent_of_what_is_left_every_year():
    path = family("percent_of_remaining", 100.0, 81.0, (2026, 2027))
    assert path.percent == pytest.approx(0.1)
    np.testing.assert_allclose(path.values, [90.0, 81.0])
    assert family("percent_of_remaining", 100.0, 121.0, (2026, 2027)).percent == pytest.approx(0.1)


def test_what_remains_of_a_share_is_the_way_up_to_its_ceiling():
    path = family("percent_of_remaining", 0.2, 0.8, (2026, 2027), ceiling=1.0)
    assert path.percent == pytest.approx(0.5)
    np.testing.assert_allclose(path.values, [0.6, 0.8])
    assert reason("percent_of_remaining", 0.2, 1.0, ceiling=1.0) == "never_reaches"
    assert family("percent_of_remaining", 0.8, 0.2, (2026, 2027), ceiling=1.0).percent == pytest.approx(0.5)


@pytest.mark.parametrize(("start", "goal"), [(100.0, 0.0), (0.0, 5.0), (10.0, -5.0)])
def test_a_constant_percent_never_reaches_nothing_nor_leaves_it(start, goal):
    assert reason("percent_of_remaining", start, goal) == "never_reaches"


@pytest.mark.parametrize("start", [0.3, 1.1, 31_900.7])
def test_no_value_passes_the_goal_even_by_a_bit(start):
    for goal in (np.nextafter(start, np.inf), np.nextafter(start, 0.0)):
        paths, _ = target_paths(start, goal, tuple(range(2026, 2040)), ceiling=50_000.0, money=np.arange(14.0))
        assert {value for path in paths.values() for value in path.values} == {start, goal}


# families with a shape of their own


def test_the_trend_is_scaled_to_the_goal():
    path = family("trend", trend=TREND)
    assert (path.scale, path.own_end) == (1.6, 75.0)  # 40 where the trend goes 25
    np.testing.assert_allclose(path.values, [84.0, 76.0, 68.0, 60.0])


def test_a_target_beyond_what_money_can_do_shows_in_the_scale():
    path = family("max_feasible", 100.0, 40.0, feasible=[90.0, 70.0, 60.0, 50.0])
    assert (path.scale, path.own_end) == (1.2, 50.0)
    np.testing.assert_allclose(path.values, [88.0, 64.0, 52.0, 40.0])


@pytest.mark.parametrize(("name", "given"), [("trend", "trend"), ("max_feasible", "feasible")])
def test_a_shape_that_rises_or_stays_leads_to_no_goal_below(name, given):
    assert reason(name, **{given: [101.0, 99.0, 100.0, 110.0]}) == "moves_away"
    assert reason(name, **{given: [101.0, 99.0, 100.0, 100.0]}) == "never_reaches"


def test_a_shape_that_comes_back_up_to_round_off_goes_nowhere():
    assert reason("trend", 0.3, 0.2, trend=[0.2, 0.2, 0.2, 0.1 + 0.2]) == "never_reaches"


def test_money_sets_the_pace():
    path = family("fiscal_share", money=[1.0, 3.0, 0.0, 4.0])
    np.testing.assert_allclose(path.values, [95.0, 80.0, 80.0, 60.0])
    assert (path.scale, path.own_end) == (None, None)  # rupiah are no units
    assert reason("fiscal_share", money=[0.0] * 4) == "no_money"


def test_the_national_pace_is_that_of_a_constant_share_of_the_national_path():
    path = family("national_alignment", national={2025: 1000.0, 2027: 960.0, 2029: 800.0})
    np.testing.assert_allclose(path.values, [96.0, 92.0, 76.0, 60.0])  # national steps 20, 20, 80, 80
    assert (path.scale, path.own_end) == (pytest.approx(2.0), pytest.approx(80.0))
    unsorted = family("national_alignment", national={2029: 800.0, 2027: 960.0, 2025: 1000.0})
    np.testing.assert_array_equal(unsorted.values, path.values)
    assert reason("national_alignment", national={2025: 800.0, 2029: 1000.0}) == "moves_away"


def test_a_national_path_from_nothing_still_has_steps_but_no_pace():
    path = family("national_alignment", 10.0, 50.0, (2026, 2027), national={2025: 0.0, 2026: 3.0, 2027: 4.0})
    np.testing.assert_allclose(path.values, [40.0, 50.0])
    assert (path.scale, path.own_end) == (None, None)


def test_nothing_to_do_is_a_level_path():
    paths, _ = target_paths(100.0, 100.0, YEARS, **{**GIVEN, "custom": [100.0] * 4, "break_even": None})
    assert set(paths) == set(FAMILIES)
    assert {value for path in paths.values() for value in path.values} == {100.0}
    assert (str(paths["trend"].scale), paths["percent_of_remaining"].percent) == ("0.0", 0.0)  # and not -0.0
    assert family("trend", 100.0, 100.0, trend=[90.0, 90.0, 90.0, 100.0]).scale == 1.0


def test_steps_of_ones_own_are_added_up():
    path = family("custom", custom_steps=[0.0, -10.0, -10.0, -20.0])
    np.testing.assert_array_equal(path.values, [100.0, 90.0, 80.0, 60.0])
    assert family("custom", 0.0, 0.3, (2026, 2027, 2028), custom_steps=[0.1] * 3).values[-1] == 0.3  # not 0.1 + 0.2


@pytest.mark.parametrize("given", [{"custom": [90.0, 80.0, 70.0, 62.5]}, {"custom_steps": [-10.0, -10.0, -10.0, -7.5]}])
def test_a_path_of_ones_own_that_does_not_close_is_refused_with_the_difference(given):
    with pytest.raises(DataError, match=rf"{next(iter(given))}: ends on 62.5, 2.5 off; expected the goal 60"):
        target_paths(100.0, 60.0, YEARS, **given)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"start": np.nan}, "start: nan; expected a finite number"),
        ({"goal": np.inf}, "goal: inf; expected a finite number"),
        ({"years": ()}, "years: none; expected one or more"),
        ({"years": (2026, 2028)}, "years: 2026, 2028; expected one or more years, one after the other"),
        ({"base": 0.0}, "base: 0; expected a number above 0"),
        ({"base": np.nan}, "base: nan; expected a number above 0"),
        ({"ceiling": 90.0}, "ceiling: 90; expected 100 or more"),
        ({"trend": [1.0]}, r"trend: shape \(1,\); expected \(4,\)"),
        ({"feasible": [1.0, 2.0, np.nan, 3.0]}, "feasible: nan; expected finite numbers"),
        ({"money": [1.0, 2.0, -3.0, 0.0]}, "money: -3; expected 0 or more"),
        ({"national": {2026: 1.0, 2029: 2.0}}, "national: years 2026 to 2029; expected values from 2025 to 2029"),
        ({"national": {2025: 1.0, 2028: 2.0}}, "national: years 2025 to 2028"),
        ({"national": {}}, "national: no years; expected"),
        ({"custom": [1.0] * 4, "custom_steps": [1.0] * 4}, "custom: values and steps given together"),
    ],
)
def test_numbers_that_cannot_be_meant_are_refused(given, message):
    with pytest.raises(DataError, match=message):
        target_paths(**{"start": 100.0, "goal": 60.0, "years": YEARS, **given})
