"""Counts in bins: quantiles, sums and chances of draws that are not kept."""

import numpy as np
import pytest
from scipy import stats

from backlog_model.streams import Streams
from backlog_model.summary import Goal, Sampling, quantile_errors
from backlog_model.summary import chance as chance_of
from backlog_model.summary import statistics as summary
from backlog_model.tallies import BINS, Series, Tallies, Tally, count_in_bins

DRAWS, SAMPLE = 20_000, 1024
POINTS = (0.05, 0.10, 0.50, 0.90, 0.95)
SAMPLING = Sampling(DRAWS, 1, "latin_hypercube")


def flood(u, probability=0.08):
    """Nothing in most years, otherwise a lognormal number of houses."""
    size = stats.lognorm(0.8, scale=5000).ppf(np.clip((u - 1 + probability) / probability, 1e-12, 1 - 1e-12))
    return np.where(u > 1 - probability, size, 0.0)


LAWS = {
    "normal": stats.norm(100, 15).ppf,
    "lognormal": stats.lognorm(0.8, scale=0.004).ppf,
    "uniform": stats.uniform(-1, 2).ppf,
    "two humps": lambda u: np.where(u < 0.3, stats.norm(0, 1).ppf(u / 0.3 * 0.999 + 5e-4), 20 + u),
    "flood": flood,
    "rare flood": lambda u: flood(u, 0.004),
    "rising flood": lambda u: 40_000.0 + flood(u),
    "constant": lambda u: np.full_like(u, 7.25),
    "nothing": np.zeros_like,
}


def values_of(law):
    """(1, draw, 1) values of a law."""
    return LAWS[law](Streams(1, DRAWS, "latin_hypercube").uniforms("x", slice(None)))


def counted(values, chunk=1000, sampling=SAMPLING):
    """Tally of values (year, draw, region), as a run makes it: bounds from the first draws, then a chunk at a time."""
    tally = Tally.around(values[:, :SAMPLE], len(sampling.edges) - 1)
    for replicate, start in enumerate(sampling.edges[:-1]):
        for first in range(start, sampling.edges[replicate + 1], chunk):
            tally.add(values[:, first : min(first + chunk, sampling.edges[replicate + 1])], replicate)
    return tally


@pytest.mark.parametrize("law", [name for name in LAWS if "flood" not in name])
def test_quantiles_are_within_a_fiftieth_of_a_standard_deviation(law):
    values = values_of(law)
    found = counted(values).statistics(SAMPLING, POINTS).quantiles[:, 0, 0]
    exact = summary(values, SAMPLING, POINTS).quantiles[:, 0, 0]
    assert (np.abs(found - exact) <= 0.02 * values.std()).all(), (found - exact) / values.std()


@pytest.mark.parametrize("law", ["flood", "rising flood", "rare flood"])
def test_a_number_that_is_mostly_the_lowest_is_that_exactly(law):
    values = values_of(law)
    found = counted(values).statistics(SAMPLING, POINTS).quantiles[:, 0, 0]
    exact = summary(values, SAMPLING, POINTS).quantiles[:, 0, 0]
    lowest = exact == values.min()
    assert lowest.sum() >= 4
    np.testing.assert_array_equal(found[lowest], exact[lowest])
    assert (np.abs(found - exact) <= 0.02 * values.std()).all(), (found - exact) / values.std()


@pytest.mark.parametrize("law", LAWS)
def test_means_and_their_errors_are_those_of_kept_draws(law):
    values = values_of(law)
    found, exact = counted(values).statistics(SAMPLING, POINTS), summary(values, SAMPLING, POINTS)
    np.testing.assert_allclose(found.mean, exact.mean, rtol=1e-12)
    np.testing.assert_allclose(found.mc_error, exact.mc_error, rtol=1e-9, atol=1e-14)


@pytest.mark.parametrize("law", ["normal", "lognormal", "uniform"])
def test_errors_of_quantiles_are_those_of_independent_draws(law):
    """On the safe side: bins do not know how much a design spares."""
    values = values_of(law)
    found = counted(values).quantile_errors(SAMPLING, POINTS)[:, 0, 0]
    random = quantile_errors(values, SAMPLING._replace(design="random"), POINTS)[:, 0, 0]
    np.testing.assert_allclose(found, random, rtol=0.1)
    assert (found >= quantile_errors(values, SAMPLING, POINTS)[:, 0, 0]).all()


@pytest.mark.parametrize("seed", range(5))
def test_every_value_is_counted_in_its_bin(seed):
    numbers = np.random.default_rng(seed)
    values = numbers.normal(size=(6, 301)) * 10.0
    values[2, numbers.random(301) < 0.3] = np.nan
    values[3] = 5.0
    low, scale = numbers.normal(size=6) * 5.0, numbers.uniform(0.1, 10.0, 6)
    scale[3] = 0.0
    counts, sums = numbers.integers(0, 5, (6, BINS)).astype(np.uint32), np.ones(6)
    expected = counts.copy()
    for row, draws in enumerate(values):
        for value in draws[~np.isnan(draws)]:
            place = (value - low[row]) * scale[row]
            expected[row, min(BINS - 1, max(0, int(np.floor(place))))] += 1
    arrays = [values[:4].reshape(2, 2, 301).swapaxes(1, 2), values[4:, :, None]]
    count_in_bins(arrays, low, scale, counts, sums)
    np.testing.assert_array_equal(counts, expected)
    np.testing.assert_allclose(sums, 1.0 + values.sum(axis=1), rtol=1e-12)


def test_undefined_draws_stand_beyond_every_number():
    values = values_of("normal").copy()
    values[0, np.arange(DRAWS) % 4 == 0, 0] = np.nan  # a quarter, spread over all replicates
    found = counted(values).statistics(SAMPLING, (0.05, 0.50, 0.74, 0.76, 0.95)).quantiles[:, 0, 0]
    exact = summary(values, SAMPLING, (0.05, 0.50, 0.74, 0.76, 0.95)).quantiles[:, 0, 0]
    assert np.isnan(found[3:]).all()
    assert np.isnan(exact[3:]).all()
    np.testing.assert_allclose(found[:3], exact[:3], atol=0.02 * 15 * 3)  # the tail of 74 % of 75 % is thin
    assert np.isnan(counted(values).statistics(SAMPLING, POINTS).mean).all()


def test_what_is_never_defined_stays_so():
    values = np.full((1, DRAWS, 1), np.nan)
    found = counted(values).statistics(SAMPLING, POINTS)
    assert np.isnan(found.quantiles).all()
    assert np.isnan(found.mean).all()


def test_rows_of_one_tally_do_not_touch_each_other():
    values = np.concatenate([values_of(law) for law in ("normal", "flood", "constant", "uniform")], axis=2)
    values = np.concatenate([values, values[:, :, ::-1]], axis=0)
    together = counted(values).statistics(SAMPLING, POINTS)
    for year in range(2):
        for region in range(4):
            alone = counted(values[[year]][:, :, [region]]).statistics(SAMPLING, POINTS)
            np.testing.assert_array_equal(together.quantiles[:, year, region], alone.quantiles[:, 0, 0])
            np.testing.assert_allclose(together.mean[year, region], alone.mean[0, 0], rtol=1e-14)


def test_chunks_change_no_count():
    values = values_of("lognormal")
    whole, parts = counted(values, chunk=DRAWS), counted(values, chunk=37)
    np.testing.assert_array_equal(whole.counts, parts.counts)
    np.testing.assert_allclose(whole.sums, parts.sums, rtol=1e-13)


def _tallies(values, replicates):
    """Tallies of some replicates only, with one goal."""
    goal = Goal("x", "total", "63", "<=", 100.0)
    tally = Tally.around(values[:, :SAMPLE], len(SAMPLING.edges) - 1)
    met = np.zeros((1, len(SAMPLING.edges) - 1))
    for replicate in replicates:
        draws = slice(*SAMPLING.edges[replicate : replicate + 2])
        tally.add(values[:, draws], replicate)
        met[:, replicate] += goal.is_met(values[:, draws, 0]).sum(axis=-1)
    return Tallies.joined(SAMPLING, {Series("x", "total", "region"): tally}, {goal: met})


def test_the_order_of_merging_does_not_matter():
    values = values_of("normal")
    parts = [_tallies(values, range(first, 16, 3)) for first in range(3)]
    whole = _tallies(values, range(16))
    for order in ((0, 1, 2), (2, 0, 1), (1, 2, 0)):
        merged = whole.empty()
        for part in order:
            merged.merge(parts[part])
        for key, tally in whole.series.items():
            np.testing.assert_array_equal(merged.series[key].counts, tally.counts)
            np.testing.assert_array_equal(merged.series[key].sums, tally.sums)
        for goal in whole.met:
            np.testing.assert_array_equal(merged.met[goal], whole.met[goal])


def test_chances_are_those_of_kept_draws():
    values = values_of("normal")
    found = _tallies(values, range(16))
    ((goal, _),) = found.met.items()
    exact = chance_of(goal.is_met(values[:, :, 0]), SAMPLING)
    np.testing.assert_array_equal(found.chance(goal).probability, exact.probability)
    np.testing.assert_array_equal(found.chance(goal).mc_error, exact.mc_error)


def test_a_rare_event_that_the_sample_does_not_hold_is_still_in_the_mean():
    values = np.zeros((1, DRAWS, 1))
    values[0, -20:, 0] = 1000.0
    tally = counted(values)
    found = tally.statistics(SAMPLING, POINTS)
    np.testing.assert_allclose(found.mean, 1.0)
    np.testing.assert_allclose(found.quantiles, 0.0, atol=1e-12)


def test_series_are_rows_of_the_whole():
    """Counting all of them at once is counting each alone."""
    some = {Series(law, "total", "region"): values_of(law)[:, :SAMPLE] for law in ("normal", "flood", "uniform")}
    bounds = {key: Tally.around(np.concatenate([values] * 2, axis=2), 16) for key, values in some.items()}
    tallies = Tallies.joined(SAMPLING, bounds, {}).empty()
    tallies.add([np.concatenate([values] * 2, axis=2) for values in some.values()], 3)
    for key, values in some.items():
        alone = bounds[key].empty()
        alone.add(np.concatenate([values] * 2, axis=2), 3)
        np.testing.assert_array_equal(tallies.series[key].counts, alone.counts)
        np.testing.assert_array_equal(tallies.series[key].sums, alone.sums)
        assert np.shares_memory(tallies.series[key].counts, tallies.whole.counts)


def test_very_few_draws_have_a_summary():
    for draws in (1, 2, 3):
        sampling = Sampling(draws, 1, "latin_hypercube")
        values = np.arange(float(draws))[None, :, None]
        found = counted(values, sampling=sampling).statistics(sampling, POINTS)
        np.testing.assert_allclose(found.mean, values.mean())
        assert np.isnan(found.mc_error).all()
