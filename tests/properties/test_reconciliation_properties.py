"""What holds for coherent values whatever the hierarchy, the base values and the errors."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from backlog_model.errors import DataError
from backlog_model.history.reconciliation import METHODS, reconcile
from backlog_model.history.reconciliation.base_errors import base_errors
from backlog_model.history.reconciliation.synchronisation import Constraints, synchronise
from exact_fit import fitted

TOLERANCE = 1e-9
numbers = st.floats(-1e3, 1e3, allow_subnormal=False).map(lambda number: round(number, 6))


@st.composite
def cases(draw, most_bottom=5, lowest=-1e3):
    """Summing of any nodes in any order, with base values, residuals and a method."""
    bottom = draw(st.integers(1, most_bottom))
    rows = st.lists(st.booleans(), min_size=bottom, max_size=bottom).filter(any)
    totals = draw(st.lists(rows, min_size=0, max_size=4))
    summing = np.vstack([np.reshape(totals, (-1, bottom)), np.eye(bottom)]).astype(float)
    summing = summing[draw(st.permutations(range(len(summing))))]
    values = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    base = values.uniform(lowest, 1e3, (len(summing), draw(st.integers(1, 4))))
    residuals = values.normal(size=(len(summing), draw(st.integers(2, 6)))) * values.uniform(0.1, 10, (len(summing), 1))
    return summing, base, draw(st.sampled_from(METHODS)), residuals


def assert_close(found, expected, size):
    np.testing.assert_allclose(found, expected, rtol=0, atol=TOLERANCE * np.abs(size).max())


def bottom_nodes(summing):
    """The node of each bottom, the last of equal ones."""
    return [int(np.flatnonzero((summing == unit).all(axis=1))[-1]) for unit in np.eye(summing.shape[1])]


@given(cases(), st.booleans())
def test_every_draw_adds_up_and_nothing_is_below_zero_when_it_must_not(case, non_negative):
    summing, base, method, residuals = case
    coherent = reconcile(summing, base, method, residuals, non_negative)
    assert_close(coherent, summing @ coherent[bottom_nodes(summing)], base)
    assert coherent.min() >= 0 or not non_negative


@given(cases())
def test_the_closed_form_in_fractions(case):
    summing, base, method, residuals = case
    assume(method != "bottom_up")
    root = base_errors(method, summing, np.array(bottom_nodes(summing)), residuals, {}).root
    expected = [float(value) for value in fitted(summing, base[:, 0], root @ root.T)]
    assert_close(reconcile(summing, base[:, 0], method, residuals), expected, expected)


@given(cases(), st.booleans())
def test_coherent_values_stay(case, non_negative):
    summing, base, method, residuals = case
    bottom = base[bottom_nodes(summing)]
    coherent = summing @ (np.abs(bottom) if non_negative else bottom)
    assert_close(reconcile(summing, coherent, method, residuals, non_negative), coherent, base)


@given(cases(), st.booleans())
def test_draws_do_not_see_each_other(case, non_negative):
    summing, base, method, residuals = case
    together = reconcile(summing, base, method, residuals, non_negative)
    alone = np.stack([reconcile(summing, draw, method, residuals, non_negative) for draw in base.T], axis=1)
    assert_close(together, alone, base)


@given(cases(), st.booleans(), st.randoms(use_true_random=False))
def test_the_order_of_nodes_does_not_matter(case, non_negative, chance):
    summing, base, method, residuals = case
    assume(method != "bottom_up" or len(np.unique(summing, axis=0)) == len(summing))
    order = chance.sample(range(len(summing)), len(summing))
    expected = reconcile(summing, base, method, residuals, non_negative)[order]
    assert_close(reconcile(summing[order], base[order], method, residuals[order], non_negative), expected, base)


@given(cases(), st.booleans(), st.sampled_from([1e-6, 3.0, 1e9]))
def test_another_unit_gives_the_same_in_that_unit(case, non_negative, unit):
    summing, base, method, residuals = case
    expected = unit * reconcile(summing, base, method, residuals, non_negative)
    assert_close(reconcile(summing, unit * base, method, unit * residuals, non_negative), expected, expected)


@given(cases(), st.data())
def test_exact_nodes_stay_to_the_last_digit(case, data):
    summing, base, method, residuals = case
    node = data.draw(st.integers(0, len(summing) - 1))
    coherent = reconcile(summing, base, method, residuals, variances={node: 0.0})
    assert (coherent[node] == base[node]).all()
    assert_close(coherent, summing @ coherent[bottom_nodes(summing)], base)


@given(cases(), st.data())
def test_soft_totals_lie_between_ignored_and_exact(case, data):
    summing, base, method, residuals = case
    node = data.draw(st.integers(0, len(summing) - 1))
    try:
        ignored = reconcile(summing, base, method, residuals, variances={node: np.inf})
    except DataError:
        assume(False)
    found = [reconcile(summing, base, method, residuals, variances={node: v})[node] for v in (1e9, 10.0, 1e-9)]
    distances = [np.abs(each - base[node]) for each in (ignored[node], *found)]
    assert (np.diff(distances, axis=0) <= TOLERANCE * np.abs(base).max()).all()


@given(cases())
def test_values_at_zero_or_more_are_the_unconstrained_ones_where_those_are(case):
    summing, base, method, residuals = case
    free = reconcile(summing, base, method, residuals)
    held = reconcile(summing, base, method, residuals, True)
    fine = (free[bottom_nodes(summing)] >= 0).all(axis=0)
    assert (held[:, fine] == free[:, fine]).all()


@given(cases(most_bottom=4), st.booleans())
def test_nothing_at_zero_or_more_is_nearer(case, has_exact_total):
    """Checked by the directions that are left: towards any other allowed point the distance must not fall."""
    summing, base, method, residuals = case
    assume(method != "bottom_up")
    bottom = np.array(bottom_nodes(summing))
    total = int(np.argmax(summing.sum(axis=1)))
    base[total] = abs(base[total])
    stated = {total: 0.0} if has_exact_total else {}
    held = reconcile(summing, base, method, residuals, True, variances=stated)[:, 0]
    residuals[list(stated)] = 0.0
    errors = base_errors(method, summing, bottom, residuals, stated)
    loose = errors.root.any(axis=1)
    precision = np.linalg.inv((errors.root @ errors.root.T)[np.ix_(loose, loose)])
    pull = precision @ (held - base[:, 0])[loose]
    slope, round_off = summing[loose].T @ pull, summing[loose].T @ np.abs(precision) @ np.abs(held - base[:, 0])[loose]
    others = np.random.default_rng(1).exponential(held.max() + 1.0, (200, summing.shape[1]))
    others *= np.random.default_rng(2).random(others.shape) < 0.5
    if has_exact_total:
        inside = others @ summing[total]
        others = others[inside > 0] * (base[total, 0] / inside[inside > 0])[:, None]
    moves = others - held[bottom]
    assert (moves @ slope >= -TOLERANCE * (np.abs(moves) + held.max()) @ round_off).all()


@st.composite
def stated(draw):
    """Three sources about a province and its regions, some silent, all with the province at least once."""
    regions = draw(st.integers(1, 4))
    said = st.one_of(st.just(np.nan), numbers)
    observations = np.array([[draw(said) for _ in range(regions + 1)] for _ in range(3)])
    observations[0] = [draw(numbers) for _ in range(regions + 1)]
    variances = np.array([[draw(st.floats(0.1, 100.0)) for _ in range(regions + 1)] for _ in range(3)])
    return observations, variances, (np.array([[1.0, *[-1.0] * regions]]), [0.0])


@given(stated())
def test_sources_agree_where_weighted_least_squares_does(case):
    observations, variances, constraints = case
    found = synchronise(observations, variances, constraints)
    source, quantity = np.nonzero(~np.isnan(observations))
    spread = (variances + found.between_variance)[source, quantity]
    onto_regions = np.vstack([np.ones(observations.shape[1] - 1), np.eye(observations.shape[1] - 1)])
    design = onto_regions[quantity] / np.sqrt(spread)[:, None]
    expected = onto_regions @ np.linalg.lstsq(design, observations[source, quantity] / np.sqrt(spread))[0]
    assert_close(found.agreed, expected, observations[0] if observations[0].any() else 1.0)
    covariance = onto_regions @ np.linalg.inv(design.T @ design) @ onto_regions.T
    np.testing.assert_allclose(found.standard_error, np.sqrt(np.diagonal(covariance)), rtol=1e-9)


@given(stated())
def test_widened_variances_make_chi_square_what_it_should_be(case):
    observations, variances, constraints = case
    found = synchronise(observations, variances, constraints)
    assert (found.verdict == "widened") == (found.chi_square > found.degrees_of_freedom)
    if found.verdict == "widened":
        again = synchronise(observations, variances + found.between_variance, constraints)
        assert again.chi_square == pytest.approx(found.degrees_of_freedom, rel=1e-6)


@given(stated(), st.sampled_from([1e-3, 1e6]))
def test_agreement_does_not_depend_on_units_or_order(case, unit):
    observations, variances, constraints = case
    plain = synchronise(observations, variances, constraints)
    scaled = synchronise(unit * observations[::-1], unit**2 * variances[::-1], constraints)
    size = np.nanmax(np.abs(observations)) or 1.0
    assert_close(scaled.agreed / unit, plain.agreed, size)
    np.testing.assert_allclose(scaled.standard_error / unit, plain.standard_error, rtol=1e-6)
    np.testing.assert_allclose(scaled.chi_square, plain.chi_square, rtol=1e-6, atol=1e-9)
    assert scaled.degrees_of_freedom == plain.degrees_of_freedom


@given(stated(), st.floats(0.0, 100.0), st.floats(0.0, 100.0))
def test_sums_hold_within_bounds(case, room_below, room_above):
    observations, variances, (weights, _) = case
    middle = np.nan_to_num(observations[0])
    middle[0] = middle[1:].sum()
    found = synchronise(observations, variances, (weights, [0.0]), (middle - room_below, middle + room_above))
    assert (found.agreed >= middle - room_below).all()
    assert (found.agreed <= middle + room_above).all()
    assert_close(weights @ found.agreed, 0.0, np.maximum(np.abs(middle), 1.0))


@given(stated(), st.floats(0.1, 100.0))
def test_a_sum_with_a_variance_counts_like_a_statement(case, variance):
    """A sum that may be off is a quantity of its own that one source states."""
    observations, variances, (weights, _) = case
    loose = synchronise(observations, variances, Constraints(weights, [5.0], variance))
    said = np.hstack([observations, np.full((3, 1), np.nan)])
    said[0, -1] = 5.0
    spread = np.hstack([variances, np.full((3, 1), variance)])
    stated_sum = synchronise(said, spread, (np.hstack([weights, [[-1.0]]]), [0.0]))
    assert_close(loose.agreed, stated_sum.agreed[:-1], np.nan_to_num(said))
    assert loose.chi_square == pytest.approx(stated_sum.chi_square, rel=1e-9, abs=1e-9)
    assert loose.degrees_of_freedom == stated_sum.degrees_of_freedom
