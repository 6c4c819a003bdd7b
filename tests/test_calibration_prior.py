"""Laws believed before: shares, ranges, and the law of effectiveness over completeness."""

import numpy as np
import pytest
from scipy import stats

from backlog_model.errors import DataError
from backlog_model.history.calibration.handling import HandlingLaw
from backlog_model.history.calibration.prior import Prior, Share
from backlog_model.history.calibration.quadrature import fitted_box

PAIRS = [
    (Share(16, 4), Share(18, 2)),
    (Share(16, 4), Share.known(1.0)),
    (Share.known(0.8), Share(9, 3)),
    (Share(2, 5), Share(1, 1)),
    (Share.known(0.8), Share.known(0.9)),
]


@pytest.mark.parametrize(("effectiveness", "completeness"), PAIRS)
def test_law_of_the_ratio_is_that_of_drawn_shares(effectiveness, completeness):
    rng, law = np.random.default_rng(1), HandlingLaw.of(effectiveness, completeness)
    drawn = rng.beta(*effectiveness, 200_000) / rng.beta(*completeness, 200_000)
    chances = np.array([0.01, 0.1, 0.5, 0.9, 0.99])
    below = (drawn[:, None] <= law.quantiles(chances)).mean(axis=0)
    np.testing.assert_allclose(below, chances, atol=0.006)
    assert law.reach == pytest.approx(np.diff(np.quantile(drawn, (0.05, 0.95)))[0], rel=0.03)


@pytest.mark.parametrize(("effectiveness", "completeness"), PAIRS)
def test_shares_of_drawn_ratios_are_those_of_the_prior(effectiveness, completeness):
    rng, law = np.random.default_rng(2), HandlingLaw.of(effectiveness, completeness)
    ratio = law.quantiles(rng.random(10_000))
    found = law.shares(np.log(ratio), rng.random(10_000))
    np.testing.assert_allclose(found[0] / found[1], ratio, rtol=1e-9)
    for values, share in zip(found, (effectiveness, completeness), strict=True):
        assert stats.kstest(values, stats.beta(*share).cdf).statistic < 0.02


def test_a_share_has_the_mean_and_sd_asked_for():
    share = Share.of_mean(0.7, 0.12)
    assert (share.mean, share.sd) == pytest.approx((0.7, 0.12))
    assert Share.known(0.7).mean == pytest.approx(0.7)
    assert Share.known(0.7).is_known
    assert not share.is_known


def test_a_range_becomes_the_nearest_law():
    law = stats.beta(12, 5)
    found = Share.of_range(law.ppf([0.05, 0.5, 0.95]))
    assert found == pytest.approx((12, 5), rel=1e-4)
    assert Share.of_range((1.0, 1.0, 1.0)).is_known
    prior = Prior.from_ranges(
        inflow=stats.norm(500, 70).ppf([0.05, 0.5, 0.95]),
        effectiveness=(0.5, 0.7, 0.9),
        completeness=(0.9, 0.97, 1.0),
        noise_sd=stats.lognorm(0.5, scale=80).ppf([0.05, 0.5, 0.95]),
        measurement_sd=(10, 20, 40),
    )
    assert prior.inflow == pytest.approx((500, 70))
    assert prior.noise_sd == pytest.approx((80, 0.5))
    assert prior.measurement_sd == pytest.approx((20, np.log(4) / 2 / 1.6448536))
    assert prior.completeness.b >= 1


@pytest.mark.parametrize(
    ("values", "match"),
    [((0.2, 0.6, 1.2), "0 to 1"), ((0.5, 0.4, 0.9), "0 to 1, rising")],
)
def test_ranges_that_are_no_shares_are_refused(values, match):
    with pytest.raises(DataError, match=match):
        Share.of_range(values)


def test_laws_that_cannot_be_are_refused_together():
    with pytest.raises(DataError) as raised:
        Prior(
            inflow=(1, -1),
            effectiveness=Share(0.3, 2),
            completeness=Share(2, 2),
            noise_sd=(0, 1),
            measurement_sd=(1, 3),
        )
    places = [problem.place for problem in raised.value.problems]
    assert places == ["prior.inflow", "prior.noise_sd", "prior.measurement_sd", "prior.effectiveness"]
    with pytest.raises(DataError, match=r"mean 0\.5 and sd 0\.6"):
        Share.of_mean(0.5, 0.6)
    with pytest.raises(DataError, match=r"known share of 1\.2"):
        Share.known(1.2)


@pytest.mark.parametrize(("correlation", "thinner"), [(0.0, 1e5), (-0.8, 1.0)])
def test_nodes_find_and_draw_a_peak_anywhere(correlation, thinner):
    def log_density(axes):
        x, y = (axes[0][:, :, None] - 30.0) * thinner, axes[1][:, None, :] + 2.0
        return -0.5 * (x**2 - 2 * correlation * x * y + y**2) / (1 - correlation**2)

    lows, highs = [np.array([-100.0, 20.0]), np.full(2, -60.0)], [np.full(2, 300.0), np.full(2, 50.0)]
    box = fitted_box(log_density, lows, highs, [33, 33])
    np.testing.assert_allclose(box.log_integral(), np.log(2 * np.pi * np.sqrt(1 - correlation**2) / thinner), atol=3e-3)
    rng = np.random.default_rng(3)
    x, y = box.draws([rng.random((2, 40_000)), rng.random((2, 40_000))])
    np.testing.assert_allclose((x.mean(axis=1), y.mean(axis=1)), [[30.0] * 2, [-2.0] * 2], atol=0.02)
    np.testing.assert_allclose((thinner * x.std(axis=1), y.std(axis=1)), 1.0, atol=0.015)
    assert np.corrcoef(x[0], y[0])[0, 1] == pytest.approx(correlation, abs=0.02)
