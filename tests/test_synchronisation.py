"""Agreement of sources: by hand, against other formulas, and intervals that hold as often as they say."""

import numpy as np
import pytest
from scipy.optimize import brentq, minimize
from scipy.stats import chi2, norm, t

from backlog_model.errors import DataError
from backlog_model.history.reconciliation.synchronisation import Constraints, synchronise

SUM = ([[1.0, -1.0, -1.0]], [0.0])  # a province less its two regions
NONE = np.nan


def test_one_quantity_is_the_mean_weighted_by_precision():
    found = synchronise([[10.0], [16.0]], [[4.0], [32.0]])
    assert found.agreed[0] == pytest.approx((10 / 4 + 16 / 32) / (1 / 4 + 1 / 32), rel=1e-14)
    assert found.standard_error[0] == pytest.approx((1 / 4 + 1 / 32) ** -0.5, rel=1e-14)
    assert found.chi_square == pytest.approx(6**2 / 36, rel=1e-14)
    assert (found.degrees_of_freedom, found.verdict) == (1, "agreeing")
    assert found.p_value == pytest.approx(chi2(1).sf(1.0), rel=1e-12)


def test_moves_are_agreed_less_stated_in_units_and_in_stated_deviations():
    found = synchronise([[10.0, NONE], [16.0, 3.0]], [[4.0, 1.0], [32.0, 0.0]])
    np.testing.assert_allclose(found.moves, [[2 / 3, NONE], [-16 / 3, 0]], rtol=1e-13)
    np.testing.assert_allclose(found.moves_in_sd, [[1 / 3, NONE], [-16 / 3 / 32**0.5, 0]], rtol=1e-13)


def test_two_sources_of_one_precision_are_widened_to_half_their_distance():
    found = synchronise([[100.0], [130.0]], [[25.0], [25.0]])
    assert found.between_variance[0] == pytest.approx(30**2 / 2 - 25, rel=1e-10)
    assert (found.agreed[0], found.standard_error[0]) == (pytest.approx(115), pytest.approx(15, rel=1e-10))
    assert found.chi_square == pytest.approx(30**2 / 50, rel=1e-14)  # at what they stated
    assert found.verdict == "widened"


def test_the_added_variance_is_that_of_a_random_effects_model():
    values, variances = np.array([3.0, 8.0, 5.0, 21.0]), np.array([1.0, 4.0, 0.5, 9.0])

    def too_far(between):
        weights = 1 / (variances + between)
        return (weights * (values - np.average(values, weights=weights)) ** 2).sum() - 3

    expected = brentq(too_far, 0, 1e4, xtol=1e-13)
    found = synchronise(values[:, None], variances[:, None])
    assert found.between_variance[0] == pytest.approx(expected, rel=1e-9)
    assert found.agreed[0] == pytest.approx(np.average(values, weights=1 / (variances + expected)), rel=1e-9)


def test_without_a_second_opinion_nothing_is_checked():
    found = synchronise([5.0, 7.0], 4.0)
    assert (found.verdict, found.degrees_of_freedom, found.furthest) == ("unchecked", 0, None)
    assert np.isnan(found.p_value)
    np.testing.assert_array_equal(found.agreed, [5, 7])
    np.testing.assert_allclose(found.interval(0.9)[1], [5, 7] + norm.ppf(0.95) * 2, rtol=1e-12)


def test_a_sum_moves_everything_by_its_variance():
    found = synchronise([16.0, 4.0, 6.0], [4.0, 1.0, 1.0], SUM)
    np.testing.assert_allclose(found.agreed, [12, 5, 7], rtol=1e-14)
    assert (found.chi_square, found.degrees_of_freedom) == (pytest.approx(36 / 6), 1)
    np.testing.assert_allclose(found.between_variance, np.array([4, 1, 1]) * 5, rtol=1e-10)  # all in one proportion


def test_a_quantity_nobody_states_follows_from_the_sum():
    found = synchronise([16.0, 4.0, NONE], [4.0, 1.0, 1.0], SUM, bounds=(0.0, np.inf))
    np.testing.assert_allclose(found.agreed, [16, 4, 12], rtol=1e-14)
    assert found.standard_error[2] == pytest.approx(5**0.5, rel=1e-14)
    assert found.degrees_of_freedom == 0


def test_a_quantity_nobody_tells_anything_about_is_refused():
    with pytest.raises(DataError, match=r"63\.02: no source states it and no sum gives it"):
        synchronise([16.0, 4.0, NONE], 1.0, quantities=["63", "63.01", "63.02"])
    with pytest.raises(DataError, match="quantity 2: no source states it"):
        synchronise([[1.0, 2.0]], [[1.0, np.inf]])


def test_statements_that_do_not_count_are_still_compared():
    found = synchronise([[10.0], [14.0]], [[1.0], [np.inf]])
    assert (found.agreed[0], found.verdict) == (10.0, "unchecked")
    np.testing.assert_array_equal(found.moves, [[0], [-4]])
    np.testing.assert_array_equal(found.moves_in_sd, [[0], [0]])


# Exact figures.
def test_an_exact_statement_overrides_others_and_they_are_held_against_it():
    found = synchronise([[237_973.0], [230_000.0], [240_000.0]], [[0.0], [4e6], [4e6]])
    assert (found.agreed[0], found.standard_error[0], found.degrees_of_freedom) == (237_973.0, 0.0, 2)
    assert found.chi_square == pytest.approx((7_973**2 + 2_027**2) / 4e6, rel=1e-12)
    assert found.furthest == ("source 2", "quantity 1")


def test_an_exact_province_stays_and_regions_share_the_gap():
    found = synchronise([[237_973.0, 100_000.0, 130_000.0]], [[0.0, 1e6, 3e6]], SUM)
    assert found.agreed[0] == 237_973.0
    np.testing.assert_allclose(found.agreed[1:], [100_000 + 7_973 / 4, 130_000 + 7_973 * 3 / 4], rtol=1e-14)


def test_two_exact_statements_that_differ_are_named_with_values_and_sources():
    message = r"rtlh: exactly 237,973 \(Regsosek\) and exactly 31,000 \(registry\); only one can hold"
    with pytest.raises(DataError, match=message):
        synchronise([[237_973.0], [31_000.0]], 0.0, quantities=["rtlh"], sources=["Regsosek", "registry"])


def test_every_conflict_is_named_at_once():
    with pytest.raises(DataError) as caught:
        synchronise([[1.0, 5.0], [2.0, 5.0], [3.0, 6.0]], 0.0)
    assert [problem.place for problem in caught.value.problems] == ["quantity 1", "quantity 1", "quantity 2"]


def test_exact_statements_that_break_a_sum_are_named_with_it():
    names = {"quantities": ["63", "63.01", "63.02"], "sources": ["BPS", "PUPR"]}
    observations = [[100.0, NONE, 70.0], [NONE, 40.0, NONE]]
    with pytest.raises(DataError, match="contradict each other by 10") as caught:
        synchronise(observations, 0.0, Constraints(*SUM, 0.0, ["province"]), **names)
    for words in ("63 = 100 (BPS)", "63.01 = 40 (PUPR)", "63.02 = 70 (BPS)", "constraint province"):
        assert words in str(caught.value)


def test_sums_that_contradict_each_other_are_named():
    weights, totals = [[1.0, 1.0], [2.0, 2.0]], [10.0, 21.0]
    with pytest.raises(DataError, match=r"constraint [ab], constraint [ab] contradict each other"):
        synchronise([4.0, 5.0], 1.0, Constraints(weights, totals, names=["a", "b"]))


def test_exact_figures_said_twice_change_nothing():
    once = synchronise([[100.0, 40.0, 55.0]], [[0.0, 1.0, 1.0]], SUM)
    observations = [[100.0, 40.0, 55.0], [100.0, NONE, NONE]]
    twice = synchronise(observations, [[0.0, 1.0, 1.0]] * 2, (np.array(SUM[0] * 2) * [[1.0], [3.0]], [0.0, 0.0]))
    np.testing.assert_allclose(twice.agreed, once.agreed, rtol=1e-14)
    np.testing.assert_allclose(twice.standard_error, once.standard_error, rtol=1e-12)
    assert twice.degrees_of_freedom == once.degrees_of_freedom == 1


def test_exact_figures_stay_to_the_last_digit_where_their_sum_has_more():
    found = synchronise([[0.1, 0.3], [0.2, 0.2]], [[0.0] * 2, [1.0] * 2], ([[3.0, -1.0]], [0.0]))
    np.testing.assert_array_equal(found.agreed, [0.1, 0.3])


# Bounds.
def test_a_bound_pushes_the_rest_of_a_sum():
    """Against a general solver: province 10, regions within 0 and 6."""
    values, variances = np.array([10.0, -2.0, 9.0]), np.array([1.0, 2.0, 3.0])
    found = synchronise(values, variances, SUM, ([-np.inf, 0, 0], [np.inf, 6, 6]))
    onto = np.array([[1.0, 1.0], [1.0, 0.0], [0.0, 1.0]])
    distance = lambda regions: ((onto @ regions - values) ** 2 / (variances + found.between_variance)).sum()  # noqa: E731
    best = minimize(distance, [3, 3], bounds=[(0, 6), (0, 6)], options={"ftol": 1e-15, "gtol": 1e-12})
    np.testing.assert_allclose(found.agreed, onto @ best.x, atol=1e-6)
    np.testing.assert_array_equal(found.at_bound, [False, False, True])


def test_bounds_that_hold_anyway_change_nothing():
    free = synchronise([16.0, 4.0, 6.0], [4.0, 1.0, 1.0], SUM)
    bound = synchronise([16.0, 4.0, 6.0], [4.0, 1.0, 1.0], SUM, (0.0, 20.0))
    np.testing.assert_array_equal(bound.agreed, free.agreed)
    assert not bound.at_bound.any()


def test_a_quantity_can_be_fixed_by_its_bounds():
    found = synchronise([16.0, 4.0, 6.0], [4.0, 1.0, 1.0], SUM, ([-np.inf, 8.0, 0.0], [np.inf, 8.0, np.inf]))
    assert found.agreed[1] == 8.0
    assert found.agreed[0] == pytest.approx(8.0 + found.agreed[2], rel=1e-12)


def test_bounds_that_leave_no_room_are_named_with_what_is_exact():
    bounds = ([0.0, 60.0, 50.0], np.inf)
    with pytest.raises(DataError, match="cannot hold together with what is exact: ") as caught:
        synchronise([100.0, 40.0, 40.0], [0.0, 1.0, 1.0], SUM, bounds)
    for words in ("quantity 2 >= 60", "quantity 3 >= 50", "quantity 1 = 100 (source 1)", "constraint 1"):
        assert words in str(caught.value)
    with pytest.raises(DataError, match="quantity 1 <= 90 cannot hold together with what is exact: quantity 1 = 100"):
        synchronise([100.0], 0.0, bounds=(0.0, 90.0))


def test_intervals_end_at_the_bounds():
    low, high = synchronise([1.0, 9.5], 4.0, bounds=(0.0, 10.0)).interval(0.95)
    np.testing.assert_allclose(low, [0.0, 9.5 - norm.ppf(0.975) * 2], rtol=1e-12)
    np.testing.assert_allclose(high, [1.0 + norm.ppf(0.975) * 2, 10.0], rtol=1e-12)


# Who is furthest out.
def test_the_source_that_stands_alone_is_furthest_out_even_when_it_pulls_the_agreement_to_itself():
    values, variances = [[10.0], [10.5], [9.5], [14.0]], [[1.0], [1.0], [1.0], [0.1]]
    found = synchronise(values, variances, sources=["a", "b", "c", "d"])
    assert found.furthest == ("d", "quantity 1")


@pytest.mark.parametrize("variance", [1.1, 3.0, 7.0, 123.0])
def test_of_two_that_contradict_each_other_the_less_exact_is_furthest_out(variance):
    """Both are as far out, but for round-off: in either order the less exact is named."""
    less_exact_last = synchronise([[10.0], [20.0]], [[1.0], [variance]], sources=["a", "b"])
    less_exact_first = synchronise([[20.0], [10.0]], [[variance], [1.0]], sources=["b", "a"])
    assert less_exact_last.furthest == less_exact_first.furthest == ("b", "quantity 1")


def test_a_statement_that_is_all_there_is_cannot_be_out():
    observations = [[10.0, 3.0], [12.0, NONE]]
    assert synchronise(observations, [[1.0, 400.0], [1.0, 1.0]]).furthest == ("source 1", "quantity 1")


# How often intervals hold.
@pytest.mark.parametrize(("between", "least", "most"), [(0.0, 0.88, 0.97), (5.0, 0.84, 0.94)])
def test_intervals_hold_the_truth_as_often_as_they_say(between, least, most):
    """Without a difference between sources widening errs to the safe side; with one it is needed.

    300 repeats of 6 sources, level 0.9: a standard error of 0.017.
    """
    numbers = np.random.default_rng(21)
    held = plain = 0
    for _ in range(300):
        variances = numbers.uniform(0.5, 4.0, (6, 1))
        values = 50 + np.sqrt(variances + between**2) * numbers.normal(size=(6, 1))
        found = synchronise(values, variances)
        low, high = found.interval(0.9)
        held += low[0] <= 50 <= high[0]
        weights = 1 / variances
        reach = norm.ppf(0.95) * weights.sum() ** -0.5
        plain += abs(np.average(values, weights=weights) - 50) <= reach
    assert least <= held / 300 <= most
    assert plain / 300 < 0.6 or between == 0


def test_a_widened_interval_is_a_students_one():
    found = synchronise([[100.0], [130.0]], 1.0)
    np.testing.assert_allclose(found.interval(0.8)[1], 115 + t(1).ppf(0.9) * 15, rtol=1e-9)


def test_sums_reduce_the_error_of_what_sources_state():
    numbers = np.random.default_rng(22)
    truth, variances = np.array([50.0, 20.0, 30.0]), np.array([9.0, 4.0, 4.0])
    stated = truth + np.sqrt(variances) * numbers.normal(size=(300, 3))
    agreed = np.array([synchronise(each, variances, SUM).agreed for each in stated])
    errors = ((agreed - truth) ** 2).mean(axis=0)
    np.testing.assert_allclose(errors, [9 * 8 / 17, 4 * 13 / 17, 4 * 13 / 17], rtol=0.25)


# What is wrong.
@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"observations": [[[1.0]]]}, r"observations: shape \(1, 1, 1\); expected \(sources, quantities\)"),
        ({"observations": [[1.0, 2.0, np.inf]]}, r"observations: inf at \[0, 2\]; expected a finite number, or NaN"),
        ({"observations": [[1.0, 2.0], [1.0]]}, "observations: not an array of numbers"),
        ({"variances": [1.0, 2.0]}, r"variances: shape \(2,\); expected \(2, 3\)"),
        ({"variances": -1.0}, r"variances: -1 at \[0, 0\]; expected 0 \(exact\), a number above or inf"),
        ({"variances": np.nan}, "variances: nan at"),
        ({"constraints": ([[1.0, 2.0]], [0.0])}, r"weights of shape \(1, 2\); expected \(constraints, 3\)"),
        ({"constraints": ([[1.0, np.nan, 1.0]], [0.0])}, r"constraints: nan at \[0, 1\]"),
        ({"constraints": ([[1.0, 1.0, 1.0]], [0.0, 1.0])}, r"constraints: shape \(2,\); expected \(1,\)"),
        ({"constraints": Constraints([[1, 1, 1]], [0], -1.0)}, r"constraints: -1 at \[0\]; expected a variance"),
        ({"constraints": Constraints([[1, 1, 1]], [0], 0.0, ["a", "b"])}, "constraints: 2 different names; expected 1"),
        ({"constraints": ([[1, 1, 1]],)}, "constraints: not a pair; expected weights and totals"),
        ({"bounds": (2.0, 1.0)}, "2 to 1 for quantity 1; expected the lowest value first"),
        ({"bounds": (0.0, np.nan)}, "bounds: 0 to nan for quantity 1"),
        ({"bounds": ([0.0, 1.0], 2.0)}, "bounds: not two of numbers"),
        ({"bounds": (0.0,)}, "bounds: not two of numbers"),
        ({"quantities": ["a", "b"]}, "quantities: 2 different names; expected 3"),
        ({"sources": ["a", "a"]}, "sources: 1 different names; expected 2"),
    ],
)
def test_one_sentence_says_what_is_wrong(change, message):
    arguments = {"observations": [[1.0, 2.0, 3.0], [NONE, 2.0, 3.0]], "variances": 1.0} | change
    with pytest.raises(DataError, match=message):
        synchronise(**arguments)


def test_a_level_outside_0_and_1_is_refused():
    with pytest.raises(DataError, match="level: 90; expected a number between 0 and 1"):
        synchronise([1.0], 1.0).interval(90)
