"""Several regions together: pooling, its limits, and what is refused."""

from dataclasses import replace

import numpy as np
import pytest

from backlog_model.errors import DataError
from backlog_model.history.calibration import Prior, RegionHistory, Share, calibrate_regions

PRIOR = Prior(inflow=(0.05, 0.02), effectiveness=Share(16, 4), completeness=Share(18, 4), noise_sd=(0.004, 0.4))


def drawn_regions(count, seed=1, points=6, between=0.01, noise=0.004, ratio=0.95):
    """Histories and rates of regions of very different size."""
    rng = np.random.default_rng(seed)
    rates, histories = 0.05 + between * rng.normal(size=count), []
    for place, rate in enumerate(rates):
        exposure = 10.0 ** rng.uniform(3, 5)
        handled = exposure * rng.uniform(0.0, 0.1, points - 1)
        change = rate * exposure - ratio * handled + noise * exposure * rng.normal(size=points - 1)
        stock = exposure * 2 + np.concatenate([[0.0], change.cumsum()])
        histories.append(RegionHistory(f"63.{place:02}", 2015 + np.arange(points), stock, handled, exposure))
    return histories, rates


def grid_of_means(changes, handled, prior, noise, between, size=90_000):
    """Mean rates by weighting draws of the common numbers, with noise and spread known."""
    rng = np.random.default_rng(2)
    common = rng.normal(*prior.inflow, size)
    ratio = rng.beta(*prior.effectiveness, size) / rng.beta(*prior.completeness, size)
    logs, means = np.zeros(size), []
    for change, done in zip(changes, handled, strict=True):
        own = (change + ratio[:, None] * done).mean(axis=1)
        rest = change + ratio[:, None] * done - own[:, None]
        error = noise**2 / len(change)
        logs += -0.5 * ((own - common) ** 2 / (between**2 + error) + (rest**2).sum(axis=1) / noise**2)
        means.append((own * between**2 + common * error) / (between**2 + error))
    weights = np.exp(logs - logs.max())
    return [np.average(mean, weights=weights) for mean in (common, ratio, *means)]


def test_pooled_means_are_those_of_weighted_draws():
    """With the noise all but known, and the spread read from the result itself, the rest is plain to compute."""
    prior = Prior(PRIOR.inflow, PRIOR.effectiveness, PRIOR.completeness, noise_sd=(0.01, 0.01))
    histories, _ = drawn_regions(6, noise=0.01)
    found = calibrate_regions(histories, prior, between_sd=0.002, draws=8000)
    changes = [np.diff(each.stock) / each.exposure for each in histories]
    handled = [each.handled / each.exposure for each in histories]
    close = np.abs(found.draws["between_sd"] - 0.003) < 0.0003
    expected = grid_of_means(changes, handled, prior, 0.01, 0.003)
    got = [found.draws[name][close].mean() for name in ("common_rate", "ratio")] + [*found.rates[close].mean(axis=0)]
    assert close.sum() > 300
    sds = [found.draws["common_rate"].std(), found.draws["ratio"].std(), *found.rates.std(axis=0)]
    np.testing.assert_array_less(np.abs(np.subtract(got, expected)) / sds, 0.2)


def test_a_region_of_few_points_leans_on_the_others():
    histories, _ = drawn_regions(8)
    prior = replace(PRIOR, noise_sd=(0.015, 0.8))
    short = RegionHistory("63.99", [2015, 2016], [9000, 9000], [30], exposure=1000.0)
    found, alone = calibrate_regions([*histories, short], prior), calibrate_regions([short], prior)
    leaning, by_itself = (each.regions["63.99"].rate for each in (found, alone))
    assert 0.95 * 0.03 < by_itself.median < leaning.median < found.common_rate.median
    assert leaning.upper - leaning.lower < 0.8 * (by_itself.upper - by_itself.lower)


def test_intervals_of_regions_cover():
    hits, commons, spreads = [], [], []
    for seed in range(10):
        histories, rates = drawn_regions(6, seed=seed)
        found = calibrate_regions(histories, PRIOR, draws=1000)
        hits += [
            each.rate.lower < rate < each.rate.upper for each, rate in zip(found.regions.values(), rates, strict=True)
        ]
        commons.append(found.common_rate.lower < 0.05 < found.common_rate.upper)
        spreads.append(found.between_sd.lower < 0.01 < found.between_sd.upper)
    assert 0.8 < np.mean(hits) < 0.98
    assert sum(commons) >= 7
    assert sum(spreads) >= 7


def test_equal_regions_show_little_spread_and_unequal_ones_much():
    equal = calibrate_regions(drawn_regions(10, between=0.0)[0], PRIOR)
    unequal = calibrate_regions(drawn_regions(10, between=0.02)[0], PRIOR)
    assert equal.between_sd.upper < unequal.between_sd.lower
    assert np.std([each.rate.median for each in equal.regions.values()]) < 0.001


def test_one_region_does_not_outvote_the_prior_of_the_common_rate():
    years, stock = np.arange(2015, 2021), 9000 + 80.0 * np.arange(6)
    found = calibrate_regions(
        [RegionHistory("63.01", years, stock, np.zeros(5), 1000.0)],
        replace(PRIOR, inflow=(0.05, 0.001)),
        between_sd=0.02,
    )
    assert found.regions["63.01"].rate.median == pytest.approx(0.08, abs=0.003)
    assert found.common_rate.median == pytest.approx(0.05, abs=0.001)


def test_houses_are_rates_times_exposure_and_add_up():
    histories, _ = drawn_regions(5)
    found = calibrate_regions(histories, PRIOR)
    exposures = np.array([history.exposure for history in histories])
    assert found.inflow.mean == pytest.approx(float((found.rates @ exposures).mean()))
    first = found.regions["63.00"]
    assert first.inflow.median == pytest.approx(first.rate.median * histories[0].exposure)


def test_the_order_of_regions_changes_nothing_but_round_off():
    histories, _ = drawn_regions(4)
    found, turned = (calibrate_regions(each, PRIOR, draws=500) for each in (histories, histories[::-1]))
    np.testing.assert_allclose(found.rates, turned.rates[:, ::-1], rtol=1e-6)


def test_few_regions_are_named():
    histories, _ = drawn_regions(5)
    assert "few_regions" not in calibrate_regions(histories, PRIOR, draws=500).codes
    assert calibrate_regions(histories[:4], PRIOR, draws=500).codes[0] == "few_regions"


def test_everything_wrong_with_regions_is_said_at_once():
    (one, two), _ = drawn_regions(2)
    wrong = [
        one,
        two._replace(region=one.region),
        two._replace(stock=[1, 2]),
        two._replace(region="63.50", exposure=0.0),
    ]
    with pytest.raises(DataError, match=r"63\.00: the region comes twice") as raised:
        calibrate_regions(wrong, PRIOR)
    places = [problem.place for problem in raised.value.problems]
    assert places == ["63.00", "63.50", "63.01.stock"]
    with pytest.raises(DataError, match="no region"):
        calibrate_regions([], PRIOR)
    with pytest.raises(DataError, match="between_sd: 0 between regions"):
        calibrate_regions([one], PRIOR, between_sd=0.0)
