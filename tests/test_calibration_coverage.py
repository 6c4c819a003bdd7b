"""Simulated histories: intervals hold the truth as often as they say, and its rank among the draws is even."""

from functools import cache

import numpy as np
import pytest
from scipy import stats

from simulated_stocks import PRIOR, WITH_ERROR, posteriors_of, simulated, truths

HISTORIES, AT_A_TIME, DRAWS = 240, 8, 499
NAMES = ("inflow", "effectiveness", "completeness", "ratio", "noise_sd")
CASES = {"5 points": (PRIOR, 5, 0.0), "12 points": (PRIOR, 12, 0.0), "errors of stocks": (WITH_ERROR, 8, 0.03)}


@cache
def compared(case):
    """Truth and draws of simulated histories, some of which share their random numbers."""
    prior, points, exit_rate = CASES[case]
    rng = np.random.default_rng(11)
    history, truth = simulated(truths(prior, HISTORIES, rng), points, rng, exit_rate=exit_rate)
    return truth, posteriors_of(history, prior, exit_rate=exit_rate, draws=DRAWS, at_a_time=AT_A_TIME)


def names_of(case):
    return (*NAMES, "measurement_sd") if CASES[case][0].measurement_sd else NAMES


@pytest.mark.parametrize("case", CASES)
def test_intervals_cover_as_often_as_they_say(case):
    truth, found = compared(case)
    for name in names_of(case):
        lower, upper = np.quantile(getattr(found, name), (0.05, 0.95), axis=1)
        covered = ((lower <= getattr(truth, name)) & (getattr(truth, name) <= upper)).mean()
        assert abs(covered - 0.9) <= 3 * np.sqrt(0.9 * 0.1 / HISTORIES), (name, covered)


@pytest.mark.parametrize("case", CASES)
def test_the_truth_ranks_evenly_among_the_draws(case):
    truth, found = compared(case)
    for name in names_of(case):
        ranks = (getattr(found, name) < getattr(truth, name)[:, None]).sum(axis=1)
        counts = np.bincount(ranks * 10 // (DRAWS + 1), minlength=10)
        assert stats.chisquare(counts).pvalue > 0.01, (name, counts.tolist())
