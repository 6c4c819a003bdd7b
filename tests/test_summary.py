"""Errors of means, quantiles and chances: how often they cover a truth that is known."""

from functools import cache

import numpy as np
import pytest
from scipy import stats
from scipy.special import ndtri

from backlog_model import streams
from backlog_model.streams import DESIGNS, LONGEST_REPLICATE, Streams, replicate_edges
from backlog_model.summary import Goal, Sampling, chance, chance_of_counts, quantile_errors, quantiles_of_sorted
from backlog_model.summary import statistics as summary

POINTS = (0.05, 0.50, 0.95)
# Two functions of three numbers: a sum, which a Latin hypercube is made for, and one that is neither a sum nor
# monotone (the length of a normal vector).
WEIGHTS = np.array([1.0, 0.5, 0.25])
LAWS = {"sum": stats.norm(0, np.sqrt((WEIGHTS**2).sum())), "length": stats.rayleigh()}
DRAWS = 256
REPEATS = {"random": 300, "latin_hypercube": 300, "sobol": 150}


@pytest.fixture
def few_dimensions(monkeypatch):
    """Sobol points of few dimensions: a thousand of them take most of the time."""
    monkeypatch.setattr(streams, "SOBOL_DIMENSIONS", 8)
    streams._sobol_of_short.cache_clear()
    yield
    streams._sobol_of_short.cache_clear()


def drawn(seed, design):
    """(year, draw, region) values of both functions, as if they were two regions."""
    numbers = Streams(seed, DRAWS, design, ("a", "b", "c"))
    normal = np.array([ndtri(numbers.uniforms(name, slice(None))[0, :, 0]) for name in "abc"])
    return np.stack([WEIGHTS @ normal, np.hypot(normal[0], normal[1])], axis=-1)[None]


@cache
def repeated(design):
    """Distances from the truth and stated errors, (repeat, what, function); what: mean, quantiles, chance."""
    laws = list(LAWS.values())
    limits = np.array([law.ppf(0.8) for law in laws])
    truth = np.array([[law.mean() for law in laws], *[[law.ppf(p) for law in laws] for p in POINTS], [0.8, 0.8]])
    found, stated = [], []
    for seed in range(REPEATS[design]):
        values, sampling = drawn(seed, design), Sampling(DRAWS, seed, design)
        every = summary(values, sampling, POINTS)
        below = chance(np.moveaxis(values[0] <= limits, 0, -1), sampling)
        found.append(np.vstack([every.mean, every.quantiles[:, 0], below.probability[None]]))
        stated.append(
            np.vstack([every.mc_error, quantile_errors(values, sampling, POINTS)[:, 0], below.mc_error[None]])
        )
    return np.array(found) - truth, np.array(stated)


@pytest.mark.parametrize("design", DESIGNS)
def test_errors_cover_the_truth_as_often_as_they_say(design, few_dimensions):
    distances, errors = repeated(design)
    replicates = len(replicate_edges(DRAWS)) - 1
    law = stats.norm if design == "random" else stats.t(replicates - 1)
    for stated in (0.68, 0.95):
        reach = law.ppf(0.5 + stated / 2) * errors
        covered = (np.abs(distances) <= reach).mean(axis=0)
        # Three standard errors of a share over that many repeats, and 2 points for errors that are themselves
        # estimates: those of the outer quantiles lean to the safe side.
        slack = 3 * np.sqrt(stated * (1 - stated) / REPEATS[design]) + 0.02
        assert (np.abs(covered - stated) <= slack).all(), (design, stated, covered.round(3).tolist())


@pytest.mark.parametrize("design", DESIGNS)
def test_nothing_is_biased(design, few_dimensions):
    distances, _ = repeated(design)
    means, chances = distances[:, 0], distances[:, -1]
    for found in (means, chances):
        assert (np.abs(found.mean(axis=0)) <= 4 * found.std(axis=0) / np.sqrt(len(found))).all()


def test_a_latin_hypercube_is_several_times_as_exact_on_a_sum():
    (chances, _), (spread, stated) = repeated("random"), repeated("latin_hypercube")
    ratio = chances[:, 0].std(axis=0) / spread[:, 0].std(axis=0)
    assert ratio[0] > 4, ratio
    assert ratio[1] > 1.5, ratio
    assert stated[:, 0, 0].mean() == pytest.approx(spread[:, 0, 0].std(), rel=0.15)


@pytest.mark.parametrize("design", DESIGNS)
def test_one_uncertain_number_alone_is_never_said_to_be_exact(design, few_dimensions):
    """Replicates of a design often agree to the last draw on a chance or a median; the error is then one draw."""
    law, hits = stats.uniform(), []
    for seed in range(100):
        values = Streams(seed, DRAWS, design, ("a",)).uniforms("a", slice(None))
        sampling = Sampling(DRAWS, seed, design)
        errors = quantile_errors(values, sampling, POINTS)[:, 0, 0]
        below = chance((values <= 0.753)[:, :, 0], sampling)
        assert (errors > 0).all()
        assert below.mc_error[0] >= 1 / DRAWS
        distances = [*(summary(values, sampling, POINTS).quantiles[:, 0, 0] - law.ppf(POINTS))]
        hits.append(np.abs([*distances, below.probability[0] - 0.753]) <= 2.13 * np.array([*errors, *below.mc_error]))
    assert (np.mean(hits, axis=0) > 0.88).all(), np.mean(hits, axis=0)


def test_the_error_of_a_quantile_is_that_of_the_textbook():
    sampling = Sampling(40_000, 1, "random")
    values = ndtri(Streams(1, 40_000, "random").uniforms("x", slice(None)))
    exact = [np.sqrt(p * (1 - p) / 40_000) / stats.norm.pdf(stats.norm.ppf(p)) for p in POINTS]
    np.testing.assert_allclose(quantile_errors(values, sampling, POINTS)[:, 0, 0], exact, rtol=0.1)


@pytest.mark.parametrize("design", ["random", "latin_hypercube"])
def test_quantiles_near_the_ends_of_few_draws_have_an_error(design):
    values = np.arange(20.0)[None, :, None]
    errors = quantile_errors(values, Sampling(20, 1, design), (0.0, 0.01, 0.99, 1.0))[:, 0, 0]
    assert np.isfinite(errors).all()
    assert (errors[1:3] > 0).all()


def test_quantiles_are_straight_between_neighbours():
    ordered = np.sort(np.random.default_rng(1).normal(size=(4, 101)), axis=-1)
    points = (0.0, 0.013, 0.5, 0.95, 1.0)
    np.testing.assert_allclose(
        quantiles_of_sorted(ordered, points), np.quantile(ordered, points, axis=-1), rtol=1e-12, atol=1e-14
    )
    assert quantiles_of_sorted(ordered, ()).shape == (0, 4)


def test_undefined_draws_stand_beyond_every_number():
    values = np.full((1, 100, 1), np.nan)
    values[0, :70, 0] = np.arange(70.0)
    sampling = Sampling(100, 1, "latin_hypercube")
    found = summary(values, sampling, (0.5, 0.69, 0.7, 0.9))
    np.testing.assert_allclose(found.quantiles[:2, 0, 0], [49.5, 68.31])
    assert np.isnan(found.quantiles[2:, 0, 0]).all()
    assert np.isnan([found.mean[0, 0], found.mc_error[0, 0]]).all()


def test_what_does_not_vary_has_no_error():
    values = np.full((2, 64, 3), 1.0)
    for design in DESIGNS:
        found = summary(values, Sampling(64, 1, design))
        assert (found.mc_error == 0).all()
        assert (found.quantiles == 1.0).all()
        assert (quantile_errors(values, Sampling(64, 1, design)) == 0).all()


@pytest.mark.parametrize("design", DESIGNS)
def test_a_single_draw_has_no_error_to_state(design):
    values, sampling = np.ones((2, 1, 3)), Sampling(1, 1, design)
    assert np.isnan(summary(values, sampling).mc_error).all()
    assert np.isnan(quantile_errors(values, sampling)).all()
    assert chance(np.array([[True]]), sampling).probability[0] == 1


def test_a_chance_of_none_or_all_is_not_certain():
    for design in DESIGNS:
        counts = np.array([[0.0] * 16, [125.0] * 16])
        found = chance_of_counts(counts, Sampling(2000, 1, design))
        np.testing.assert_array_equal(found.probability, [0, 1])
        np.testing.assert_allclose(found.mc_error, 1 / 2000, rtol=0.01)


def test_replicates_hold_all_draws_and_two_each():
    for draws in (1, 2, 3, 4, 31, 32, 33, 2000, 65_537, 1_048_577):
        edges = replicate_edges(draws)
        sizes = np.diff(edges)
        assert (edges[0], edges[-1]) == (0, draws)
        assert sizes.min() >= min(2, draws)
        assert sizes.max() - sizes.min() <= 1
        assert sizes.max() <= LONGEST_REPLICATE


def test_round_off_does_not_miss_a_goal():
    goal = Goal("rtlh_houses", "total", "63", "<=", 0.3)
    np.testing.assert_array_equal(goal.is_met(np.array([0.1 + 0.2, 0.30001, np.nan])), [True, False, False])
    np.testing.assert_array_equal(goal._replace(operator=">=").is_met(np.array([0.3, 0.29999, np.nan])), [1, 0, 0])
