"""Coherent values: by hand, in fractions, against other solvers, and on average nearer to the truth."""

from itertools import combinations

import numpy as np
import pytest
from scipy.linalg import block_diag
from scipy.optimize import nnls

from backlog_model.errors import DataError
from backlog_model.history.reconciliation import METHODS, active_bounds, reconcile
from backlog_model.history.reconciliation.active_bounds import Unliftable, lifted
from backlog_model.history.reconciliation.base_errors import shrinkage
from exact_fit import fitted

PROVINCE = np.vstack([np.ones(2), np.eye(2)])
NATION = np.vstack([np.ones(4), [1, 1, 0, 0], [0, 0, 1, 1], np.eye(4)])
REGIONS = np.vstack([np.ones(13), np.eye(13)])


def numbers(seed, *shape):
    return np.random.default_rng(seed).normal(size=shape)


# By hand: a province of 16 with regions of 4 and 6, a gap of 6.
@pytest.mark.parametrize(
    ("method", "expected"),
    [
        ("bottom_up", [10, 4, 6]),
        ("ols", [14, 6, 8]),  # a third each
        ("wls_struct", [13, 5.5, 7.5]),  # 2 : 1 : 1
        ("wls_var", [14.5, 8, 6.5]),  # 3 : 8 : 1, mean squares of the residuals below
    ],
)
def test_a_gap_is_shared_as_the_method_says(method, expected):
    residuals = np.sqrt([[3, 3], [16, 0], [1, 1]])
    np.testing.assert_allclose(reconcile(PROVINCE, [16, 4, 6], method, residuals), expected, rtol=1e-14)


def test_residuals_that_go_together_shift_the_gap():
    """Region 1 errs as the province does, so that their errors explain no gap: shares follow the covariance."""
    residuals = numbers(1, 3, 40)
    residuals[1] = residuals[0] + 0.1 * residuals[1]
    share = shrinkage(residuals)
    covariance = (1 - share) * residuals @ residuals.T / 40 + share * np.diag((residuals**2).mean(axis=1))
    gap = np.array([1.0, -1.0, -1.0])
    expected = np.array([16.0, 4.0, 6.0]) - covariance @ gap * (6 / (gap @ covariance @ gap))
    np.testing.assert_allclose(reconcile(PROVINCE, [16, 4, 6], "mint_shrink", residuals), expected, rtol=1e-12)
    assert 0 < share < 0.5


def test_shrinkage_is_variance_of_correlations_over_their_squares():
    residuals = numbers(2, 4, 7) + 0.5
    scaled = residuals / np.sqrt((residuals**2).mean(axis=1, keepdims=True))
    pairs = [scaled[one] * scaled[other] for one, other in combinations(range(4), 2)]
    expected = sum(pair.var(ddof=1) / 7 for pair in pairs) / sum(pair.mean() ** 2 for pair in pairs)
    assert shrinkage(residuals) == pytest.approx(min(1.0, expected), rel=1e-12)


def test_shrinkage_stays_between_0_and_1_and_leaves_out_what_never_errs():
    same = np.array([[1.0, -1.0, 1.0], [1.0, -1.0, 1.0], [0.0, 0.0, 0.0]])
    assert shrinkage(same) == 0.0
    assert shrinkage(np.array([[1.0, 2.0, 1.0], [0.01, -0.01, 0.02]])) <= 1.0
    assert shrinkage(np.zeros((3, 5))) == 1.0


def test_perfectly_correlated_residuals_still_give_coherent_values():
    residuals = np.outer([1.0, -2.0, 3.0], [1.0, -1.0, 1.0, -1.0])
    coherent = reconcile(PROVINCE, [16, 4, 6], "mint_shrink", residuals)
    assert coherent[0] == pytest.approx(coherent[1:].sum(), rel=1e-12)
    assert np.abs(coherent - [16, 4, 6]).max() < 20


@pytest.mark.parametrize("decades", [2, 8, 16, 20])
def test_no_digits_are_lost_between_near_exact_and_loose_nodes(decades):
    for seed in range(20):
        variances = 10.0 ** np.random.default_rng(seed).uniform(-decades / 2, decades / 2, 7)
        base = 100 + numbers(seed, 7)
        expected = [float(value) for value in fitted(NATION, base, np.diag(variances))]
        found = reconcile(NATION, base, "ols", variances=dict(enumerate(variances)))
        np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-10)


def test_weights_other_than_one():
    """A mean of regions and a difference between them, against the closed form in fractions."""
    summing = np.vstack([[0.25, 0.75], np.eye(2), [1.0, -1.0]])
    base = [3.0, 1.0, 5.0, -2.0]
    expected = [float(value) for value in fitted(summing, base, np.eye(4))]
    np.testing.assert_allclose(reconcile(summing, base, "ols"), expected, rtol=1e-14)


def test_one_column_is_a_vector_and_the_arrays_given_stay_as_they_are():
    base = np.array([[16.0], [4.0], [6.0]])
    kept = base.copy()
    assert reconcile(PROVINCE, base, "ols", non_negative=True, variances={0: np.inf}).shape == (3, 1)
    assert reconcile(PROVINCE, base[:, 0], "ols").shape == (3,)
    assert reconcile(PROVINCE, np.empty((3, 0)), "ols", non_negative=True).shape == (3, 0)
    assert (base == kept).all()


# Totals of which more is known.
def test_a_published_total_stays_to_the_last_digit():
    base = np.concatenate([[237_973.0], np.random.default_rng(3).lognormal(9.5, 0.6, 13) / 3.0])
    coherent = reconcile(REGIONS, base, "ols", variances={0: 0.0})
    assert coherent[0] == 237_973.0
    assert coherent[1:].sum() == pytest.approx(237_973.0, rel=1e-14)
    np.testing.assert_allclose(np.diff(coherent[1:] - base[1:]), 0, atol=1e-9)  # all regions share the gap alike


def test_exact_totals_of_two_levels():
    base = np.array([100.0, 60.0, 40.0, 10.0, 20.0, 30.0, 40.0])
    found = reconcile(NATION, base, "ols", variances={0: 0, 1: 0, 2: 0})
    np.testing.assert_allclose(found, [100, 60, 40, 25, 35, 15, 25], rtol=1e-14)


def test_bottom_up_with_an_exact_total_shares_the_gap_below_it():
    np.testing.assert_allclose(reconcile(PROVINCE, [16, 4, 6], "bottom_up", variances={0: 0}), [16, 7, 9], rtol=1e-14)


def test_a_soft_total_is_weighed_by_its_variance():
    found = reconcile(PROVINCE, [16, 4, 6], "ols", variances={0: 4.0})  # 4 : 1 : 1
    np.testing.assert_allclose(found, [12, 5, 7], rtol=1e-14)


def test_a_region_without_a_value_is_what_is_left_of_the_total():
    base = [100.0, 60.0, np.nan, 20.0, 40.0, np.nan, 15.0]
    found = reconcile(NATION, base, "ols", variances={2: np.inf, 5: np.inf, 0: 0.0})
    np.testing.assert_allclose(found, [100, 60, 40, 20, 40, 25, 15], rtol=1e-14)


def test_an_ignored_node_shifts_nothing():
    residuals = numbers(4, 7, 9)
    found = reconcile(NATION, numbers(5, 7), "mint_shrink", residuals, variances={1: np.inf})
    less = np.delete(np.arange(7), 1)
    expected = reconcile(NATION[less], numbers(5, 7)[less], "mint_shrink", residuals[less])
    np.testing.assert_allclose(found[less], expected, rtol=1e-12)


def test_exact_nodes_that_contradict_each_other_are_named_with_their_values():
    base = np.array([[100.0, 100.0], [60.0, 60.0], [40.0, 41.5], *numbers(6, 4, 2)])
    message = r"column 1: exact nodes 2 \(41.5\), 0 \(100\), 1 \(60\) contradict each other by 1.5"
    with pytest.raises(DataError, match=message):
        reconcile(NATION, base, "ols", variances={0: 0, 1: 0, 2: 0})


def test_round_off_in_weights_does_not_hide_a_contradiction():
    """A total, and the same total in another unit: both exact, in weights that no binary number can hold."""
    for seed in range(20):
        weights = np.random.default_rng(seed).uniform(0.1, 1, 3)
        summing, regions = np.vstack([weights, weights / 0.3, np.eye(3)]), np.array([10.0, 20.0, 30.0])
        base = np.concatenate([[15.0, 50.0], regions])
        found = reconcile(summing, base, "ols", variances={0: 0, 1: 0})
        expected = regions + weights * (15 - weights @ regions) / (weights @ weights)
        np.testing.assert_allclose(found, [15, 50, *expected], rtol=1e-12)
        with pytest.raises(DataError, match=r"exact nodes . .* contradict each other"):
            reconcile(summing, base + np.eye(5)[1], "ols", variances={0: 0, 1: 0})


def test_a_node_nothing_tells_about_is_refused():
    with pytest.raises(DataError, match="node 6 is ignored, and no total that counts gives its value"):
        reconcile(NATION, numbers(7, 7), "ols", variances={0: np.inf, 2: np.inf, 6: np.inf})


# Nothing below 0.
def nearest_by_trying(summing, base, variances, exact):
    """Least squares over every set of bottom nodes at 0, exact nodes by elimination of their equations."""
    loose = np.setdiff1d(np.arange(len(summing)), exact)
    weights = 1 / variances[loose]
    best, found = np.inf, None
    size = summing.shape[1]
    for held in (np.array(c, dtype=int) for count in range(size + 1) for c in combinations(range(size), count)):
        equations = np.vstack([summing[exact], np.eye(size)[held]])
        right = np.concatenate([base[exact], np.zeros(len(held))])
        normal = summing[loose].T @ (weights[:, None] * summing[loose])
        system = np.block([[normal, equations.T], [equations, np.zeros((len(equations), len(equations)))]])
        values = np.concatenate([summing[loose].T @ (weights * base[loose]), right])
        bottom = np.linalg.lstsq(system, values)[0][:size]
        distance = (weights * (summing[loose] @ bottom - base[loose]) ** 2).sum()
        fits = np.abs(equations @ bottom - right).max(initial=0) < 1e-8 and bottom.min() > -1e-9
        if fits and distance < best - 1e-12:
            best, found = distance, summing @ bottom
    return found


@pytest.mark.parametrize("exact", [[], [0], [0, 1], [0, 3]])
def test_the_nearest_values_at_zero_or_more_with_and_without_exact_totals(exact):
    changed = 0
    for seed in range(40):
        base = numbers(seed, 7) * 3 + 1
        base[exact] = np.abs(base[exact])
        base[1] = min(base[1], base[0]) if 1 in exact else base[1]
        base[3] = min(base[3], base[0]) if 3 in exact else base[3]
        variances = np.random.default_rng(seed).uniform(0.2, 5, 7)
        expected = nearest_by_trying(NATION, base, variances, exact)
        stated = {node: 0.0 if node in exact else variance for node, variance in enumerate(variances)}
        found = reconcile(NATION, base, "ols", non_negative=True, variances=stated)
        np.testing.assert_allclose(found, expected, atol=1e-8)
        changed += np.abs(found - reconcile(NATION, base, "ols", variances=stated)).max() > 0.1
    assert changed > 15


def test_many_draws_agree_with_a_solver_that_takes_one():
    base = numbers(8, 14, 200) + 0.3
    found = reconcile(REGIONS, base, "wls_struct", non_negative=True)
    root = np.sqrt(REGIONS.sum(axis=1, keepdims=True))
    expected = np.stack([REGIONS @ nnls(REGIONS / root, draw / root[:, 0])[0] for draw in base.T], axis=1)
    np.testing.assert_allclose(found, expected, atol=1e-10)
    assert ((found[1:] == 0).sum(axis=0) >= 2).mean() > 0.5


def test_an_exact_total_of_nothing_leaves_nothing():
    found = reconcile(NATION, [0, 3, -1, 2, -1, 1, 1], "ols", non_negative=True, variances={0: 0})
    np.testing.assert_array_equal(found, np.zeros(7))


def test_what_cannot_be_at_zero_or_more_is_refused():
    base = np.array([[5.0, 5.0], [4.0, 7.0], *numbers(9, 5, 2)])
    with pytest.raises(DataError, match="column 1: no values at 0 or more agree with the exact nodes 0, 1"):
        reconcile(NATION, base, "ols", non_negative=True, variances={0: 0, 1: 0})
    with pytest.raises(DataError, match="node 0 is exact at -5; expected 0 or more"):
        reconcile(PROVINCE, [-5, 1, 1], "ols", non_negative=True, variances={0: 0})
    with pytest.raises(DataError, match="weights below 0; expected 0 or more"):
        reconcile(np.vstack([[1, -1], np.eye(2)]), [1, 1, 1], "ols", non_negative=True)


def is_solution(covariance, values, found):
    """Whether values are lifted as the conditions of the quadratic programme say."""
    reached = values + covariance @ found.multipliers
    return (
        np.allclose(found.values, reached, atol=1e-8)
        and found.multipliers.min() >= 0
        and found.values.min() >= 0
        and np.abs(found.values * found.multipliers).max() < 1e-8
    )


def test_whole_sets_and_one_by_one_lift_to_the_same(monkeypatch):
    root, values = numbers(10, 25, 30), numbers(11, 25, 60)
    covariance = root @ root.T
    sets = lifted(covariance, values)
    assert is_solution(covariance, values, sets)
    nothing = lambda matrix, given: (np.zeros_like(given), np.zeros(given.shape[1], dtype=bool))  # noqa: E731
    monkeypatch.setattr(active_bounds, "_exchanged", nothing)
    singly = lifted(covariance, values)
    assert is_solution(covariance, values, singly)
    np.testing.assert_allclose(singly.values, sets.values, atol=1e-8)


@pytest.mark.parametrize("seed", [14, 15, 120, 127])
def test_round_off_does_not_empty_what_is_down_to_one_point(seed):
    """25 values of which 5 are free, so many at 0 that no room is left; multipliers of 10^5 cost digits."""
    numbers = np.random.default_rng(seed)
    root = numbers.normal(size=(25, 5)) * 10.0 ** numbers.uniform(-5, 0, 5)
    deviations = np.sqrt((root**2).sum(axis=1))
    possible = np.abs(numbers.normal(size=25)) * (numbers.random(25) < 0.6) * deviations
    values = (possible + root @ numbers.normal(size=5) * 30)[:, None]
    found = lifted(root @ root.T, values)
    reached = (values + root @ (root.T @ found.multipliers)) / deviations[:, None]
    np.testing.assert_allclose(found.values / deviations[:, None], reached, atol=1e-6 * np.abs(values).max())


def test_covariances_near_singular_are_solved():
    """Whole exchanges do not settle all of them."""
    for seed in range(30):
        root = numbers(seed, 12, 14) * 10.0 ** np.random.default_rng(seed).uniform(-3, 0, 14)
        covariance = root @ root.T
        values = numbers(seed + 100, 12, 20)
        assert is_solution(covariance, values, lifted(covariance, values)), seed


def test_values_that_are_tied_to_a_negative_sum_cannot_be_lifted():
    tied = np.array([[1.0, -1.0], [-1.0, 1.0]])
    np.testing.assert_allclose(lifted(tied, np.array([[-1.0], [3.0]])).values, [[0.0], [2.0]])
    with pytest.raises(Unliftable) as caught:
        lifted(tied, np.array([[1.0, -1.0], [1.0, 0.5]]))
    assert caught.value.places == (0, 1)
    assert caught.value.draw == 1


# On average.
@pytest.mark.parametrize("method", METHODS)
def test_coherent_values_are_nearer_to_the_truth_on_average(method):
    """Errors larger in the nation than in a region: weights from residuals gain most, alike ones the least."""
    truth = NATION @ np.array([[20.0], [30.0], [10.0], [40.0]])
    spread = np.array([6.0, 4.0, 3.0, 2.0, 2.0, 1.0, 3.0])[:, None]
    base, residuals = truth + spread * numbers(12, 7, 4000), spread * numbers(13, 7, 60)
    errors = ((reconcile(NATION, base, method, residuals) - truth) ** 2).mean(axis=1)
    assert errors[0] < 0.7 * spread[0, 0] ** 2
    assert errors.sum() < 0.7 * (spread**2).sum()
    if method in ("wls_var", "mint_shrink"):
        assert errors.sum() < 0.85 * ((reconcile(NATION, base, "ols") - truth) ** 2).mean(axis=1).sum()


def test_the_covariance_of_errors_gains_on_variances_alone_where_they_go_together():
    common = np.linalg.cholesky(block_diag(1.0, np.full((2, 2), 0.9) + 0.1 * np.eye(2)))
    base, residuals = 50 * PROVINCE.sum(axis=1)[:, None] + common @ numbers(14, 3, 4000), common @ numbers(15, 3, 80)
    truth = 50 * PROVINCE.sum(axis=1)[:, None]
    found = [((reconcile(PROVINCE, base, m, residuals) - truth) ** 2).sum() for m in ("mint_shrink", "wls_var")]
    assert found[0] < 0.97 * found[1]


def test_a_province_of_a_nation_stays_coherent_at_full_size():
    sizes = [14] * 20 + [13] * 18
    provinces = block_diag(*[np.ones(size) for size in sizes])
    summing = np.vstack([np.ones(514), provinces, np.eye(514)])
    base = (summing @ np.random.default_rng(16).lognormal(8, 1, 514))[:, None] * (1 + 0.3 * numbers(17, 553, 50))
    found = reconcile(summing, base, "mint_shrink", numbers(18, 553, 8), True, variances={0: 0.0})
    assert found.min() >= 0
    assert (found[0] == base[0]).all()
    np.testing.assert_allclose(found[:39], summing[:39] @ found[39:], rtol=1e-12)


# What is wrong.
@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"summing": np.ones((3, 2))}, "no row stands for column 0 alone; expected one with a single 1 there"),
        ({"summing": [[1, 1], [2, 0], [0, 1]]}, "no row stands for column 0 alone"),
        ({"summing": np.eye(3)[:2]}, r"shape \(2, 3\); expected \(nodes, bottom\)"),
        ({"summing": [[1, np.inf], [1, 0], [0, 1]]}, r"summing: inf at \[0, 1\]; expected a finite number"),
        ({"summing": [[1, 1], [1], [0, 1]]}, "summing: not an array of numbers"),
        ({"base": [1, 2]}, r"base: shape \(2,\); expected \(3,\) or \(3, draws\)"),
        ({"base": np.ones((3, 2, 2))}, r"shape \(3, 2, 2\); expected"),
        ({"base": [1, np.nan, 2]}, r"base: nan at \[1\]; expected a finite number"),
        ({"base": ["a", "b", "c"]}, "base: not an array of numbers"),
        ({"method": "wls_structure"}, "method: wls_structure; did you mean wls_struct"),
        ({"method": "average"}, "method: average; expected one of bottom_up, ols"),
        ({"residuals": None, "method": "mint_shrink"}, r"none; expected \(3, observations\) for mint_shrink"),
        ({"residuals": np.ones((2, 5))}, r"residuals: shape \(2, 5\); expected \(3, observations\)"),
        ({"residuals": np.ones((3, 1)), "method": "mint_shrink"}, "at least 2 of them for mint_shrink"),
        ({"residuals": [[1, 2], [np.nan, 1], [1, 1]]}, r"residuals: nan at \[1, 0\]"),
        ({"variances": {3: 1.0}}, "variances: node 3; expected 0 to 2"),
        ({"variances": {0: -1.0}}, r"-1 for node 0; expected 0 \(exact\), a number above or inf"),
        ({"variances": {0: np.nan}}, "nan for node 0"),
    ],
)
def test_one_sentence_says_what_is_wrong(change, message):
    arguments = {"summing": PROVINCE, "base": [16, 4, 6], "method": "wls_var", "residuals": np.ones((3, 4))} | change
    with pytest.raises(DataError, match=message):
        reconcile(**arguments)


def test_weights_that_add_up_to_nothing_have_no_structural_variance():
    with pytest.raises(DataError, match="weights of node 0 add up to 0; expected above 0 for wls_struct"):
        reconcile([[1, -1], [1, 0], [0, 1]], [1, 2, 3], "wls_struct")
