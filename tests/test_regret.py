"""Regret of options in many futures: a table worked out by hand, weights, errors and intervals."""

from itertools import pairwise

import numpy as np
import pytest
from scipy.stats import t as student
from statsmodels.stats.proportion import proportion_confint

from backlog_model.analysis.regret import mean_errors, rank, regret, regret_table
from backlog_model.errors import DataError
from backlog_model.summary import Sampling

LOSSES = np.array([[4.0, 1.0, 7.0, 3.0], [2.0, 3.0, 5.0, 3.0], [6.0, 0.0, 5.0, 9.0]])
BY_HAND = {  # least losses are 2, 0, 5, 3
    "regret": [[2, 1, 2, 0], [0, 3, 0, 0], [4, 0, 0, 6]],
    "maximum": [2, 3, 6],
    "percentile_90": [2, 3, 6],
    "mean": [1.25, 0.75, 2.5],
    "best_chance": [0.125, 0.5, 0.375],  # the last two futures are shared by two options each
}
RANKS = {"mean": [2, 1, 3], "maximum": [1, 2, 3], "percentile_90": [1, 2, 3], "best_chance": [3, 1, 2]}
DESIGNED, RANDOM = Sampling(320, 1, "latin_hypercube"), Sampling(320, 1, "random")
NOISE = np.random.default_rng(3).normal(size=(3, 2, 320))


def test_three_options_in_four_futures_by_hand():
    table = regret_table(LOSSES)
    for name, expected in BY_HAND.items():
        np.testing.assert_array_equal(getattr(table, name), expected, err_msg=name)
    assert {name: ranks.tolist() for name, ranks in table.ranks.items()} == RANKS
    assert np.isnan(table.mean_error).all()
    assert table.satisficing is None


def test_satisficing_counts_futures_that_are_good_enough():
    table = regret_table(LOSSES, acceptable=regret(LOSSES) <= 2)
    found = table.satisficing
    np.testing.assert_array_equal(found.share, [1.0, 0.75, 0.5])
    assert found.interval == "wilson"
    assert table.ranks["satisficing"].tolist() == [1, 2, 3]
    expected = proportion_confint([4, 3, 2], 4, alpha=0.1, method="wilson")
    np.testing.assert_allclose([found.low, found.high], expected, rtol=1e-12)


def test_a_future_weighs_what_it_is_said_to():
    table = regret_table(LOSSES, weights=[1.0, 0.0, 1.0, 2.0], acceptable=LOSSES > 2.5)
    np.testing.assert_array_equal(table.mean, [1.0, 0.0, 4.0])
    np.testing.assert_array_equal(table.maximum, [2.0, 0.0, 6.0])
    np.testing.assert_array_equal(table.best_chance, [0.25, 0.625, 0.125])
    np.testing.assert_array_equal(table.satisficing.share, [1.0, 0.75, 1.0])
    # three futures that weigh 1, 1 and 2 of 4 tell as much as 16/6 equal ones
    low, _ = proportion_confint(0.75 * 16 / 6, 16 / 6, alpha=0.1, method="wilson")
    np.testing.assert_allclose(table.satisficing.low[1], low, rtol=1e-12)


def test_the_90th_percentile_is_exceeded_in_a_tenth_of_futures():
    losses = np.array([np.zeros(20), np.arange(20.0)])
    assert regret_table(losses).percentile_90.tolist() == [0.0, 17.0]
    assert regret_table(losses[:, :10]).percentile_90.tolist() == [0.0, 8.0]  # nine tenths, though not in binary
    heavy = np.where(np.arange(20) == 19, 81 / 19, 1.0)  # the worst future now has more than a tenth
    assert regret_table(losses, weights=heavy).percentile_90.tolist() == [0.0, 19.0]


def test_options_that_differ_by_round_off_tie():
    losses = np.array([[0.1 + 0.2, 1.0], [0.3, 1.0]])
    table = regret_table(losses)
    np.testing.assert_array_equal(table.best_chance, [0.5, 0.5])
    assert table.ranks["mean"].tolist() == [1, 1]


def test_ranks_leave_places_after_a_tie():
    assert rank(np.array([3.0, -1.0, 3.0, 5.0]), size=5.0).tolist() == [2, 1, 2, 4]


# draws


def test_futures_of_one_draw_are_one_draw():
    table = regret_table(NOISE, sampling=RANDOM)
    by_draw = table.regret.mean(axis=1)
    np.testing.assert_allclose(table.mean, by_draw.mean(axis=1), rtol=1e-12)
    np.testing.assert_allclose(table.mean_error, by_draw.std(axis=1, ddof=1) / np.sqrt(320), rtol=1e-12)
    twice = regret_table(np.repeat(NOISE[:, :1], 2, axis=1), sampling=RANDOM)
    np.testing.assert_allclose(twice.mean_error, regret_table(NOISE[:, 0], sampling=RANDOM).mean_error, rtol=1e-12)


def test_errors_of_a_design_are_read_from_its_replicates():
    table = regret_table(NOISE, sampling=DESIGNED)
    means = np.array([table.regret[..., a:b].mean(axis=(1, 2)) for a, b in pairwise(DESIGNED.edges)])
    np.testing.assert_allclose(table.mean_error, means.std(axis=0, ddof=1) / 4, rtol=1e-12)
    best = np.array([(table.regret == 0)[..., a:b].mean(axis=(1, 2)) for a, b in pairwise(DESIGNED.edges)])
    np.testing.assert_allclose(table.best_error, best.std(axis=0, ddof=1) / 4, rtol=1e-12)


def test_the_satisficing_interval_of_a_design_is_read_from_its_replicates():
    held = np.array([0.5, -9.0, 9.0])[:, None, None] < NOISE
    found = regret_table(NOISE, sampling=DESIGNED, acceptable=held).satisficing
    assert found.interval == "replicates"
    shares = np.array([held[0][:, a:b].mean() for a, b in pairwise(DESIGNED.edges)])
    reach = student.ppf(0.95, 15) * shares.std(ddof=1) / 4
    np.testing.assert_allclose([found.low[0], found.high[0]], [shares.mean() - reach, shares.mean() + reach])
    always, never = proportion_confint([320, 0], 320, alpha=0.1, method="wilson")
    np.testing.assert_allclose([found.low[1:], found.high[1:]], [always, never], atol=1e-12)


def test_replicates_that_agree_may_all_be_a_draw_off():
    held = np.tile(np.arange(320) % 20 < 10, (3, 2, 1))
    found = regret_table(NOISE, sampling=DESIGNED, acceptable=held).satisficing
    np.testing.assert_allclose(found.high - found.share, student.ppf(0.95, 15) / 320)


def test_intervals_stay_within_0_and_1():
    rare = np.zeros((3, 2, 320), dtype=bool)
    rare[:, :, :3] = True
    found = [regret_table(NOISE, sampling=DESIGNED, acceptable=held).satisficing for held in (rare, ~rare)]
    assert (found[0].low[0], found[1].high[0]) == (0.0, 1.0)
    assert found[0].high[0] > found[0].share[0] > 0.0
    never = [regret_table(np.zeros((1, count)), acceptable=np.zeros((1, count), dtype=bool)) for count in range(1, 99)]
    assert {float(table.satisficing.low[0]) >= 0.0 for table in never} == {True}


def test_weights_by_scenario_fit_all_its_draws():
    table = regret_table(NOISE, weights=[[3.0], [1.0]], sampling=RANDOM)
    np.testing.assert_allclose(table.mean, table.regret.mean(axis=2) @ [0.75, 0.25], rtol=1e-12)


def test_errors_of_means_by_row():
    np.testing.assert_allclose(mean_errors(NOISE[0], RANDOM), NOISE[0].std(axis=1, ddof=1) / np.sqrt(320), rtol=1e-12)


# refused


@pytest.mark.parametrize(
    ("losses", "options", "message"),
    [
        ([[1.0, 2.0], [3.0, np.nan]], {}, r"losses: nan for option 1 in future 1 \(from 0\); expected a finite number"),
        ([[[1.0, 2.0]], [[3.0, np.inf]]], {}, "inf for option 1 in future 0, 1 "),
        ([1.0, 2.0], {}, r"losses: shape \(2,\); expected \(option, future\)"),
        (np.empty((3, 0)), {}, r"losses: shape \(3, 0\)"),
        (LOSSES, {"weights": [1.0, 2.0]}, r"weights: shape \(2,\); expected one that fits futures \(4,\)"),
        (LOSSES, {"weights": [1.0, -1.0, 1.0, 1.0]}, "weights: expected finite numbers of 0 or more"),
        (LOSSES, {"weights": [0.0] * 4}, "weights: expected finite numbers of 0 or more, not all of them 0"),
        (LOSSES, {"acceptable": LOSSES}, r"acceptable: float64 of shape \(3, 4\); expected bool"),
        (LOSSES, {"acceptable": LOSSES[0] > 0}, r"acceptable: bool of shape \(4,\)"),
        (LOSSES, {"sampling": RANDOM}, r"losses: 4 draws; expected 320, those of the sampling"),
    ],
)
def test_what_cannot_be_judged_is_refused(losses, options, message):
    with pytest.raises(DataError, match=message):
        regret_table(losses, **options)
