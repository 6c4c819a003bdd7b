"""Calibration of one history: against known answers, at its limits, and what is refused."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from backlog_model.errors import DataError
from backlog_model.history.calibration import Prior, Share, calibrate
from simulated_stocks import PRIOR, WITH_ERROR

YEARS = np.arange(2014, 2024)
HANDLED = np.array([2000, 7000, 3000, 9000, 1000, 5000, 8000, 2500, 6000.0])
TIGHT = replace(PRIOR, noise_sd=(200, 0.3))


def followed(inflow=5200.0, ratio=0.95, handled=HANDLED, years=YEARS, error=0.0, seed=3):
    """Stock from 100,000 houses on."""
    spans = np.diff(years)
    noise = error * np.random.default_rng(seed).normal(size=len(spans)) * np.sqrt(spans)
    return 100_000 + np.concatenate([[0.0], np.cumsum(inflow * spans - ratio * handled + noise)])


def importance_sampled(years, stock, handled, prior, draws=2_000_000):
    """Posterior means and sds the plain way: draws from the prior, weighted by how well they explain the history."""
    rng = np.random.default_rng(8)
    inflow = rng.normal(*prior.inflow, draws)
    effectiveness, completeness = rng.beta(*prior.effectiveness, draws), rng.beta(*prior.completeness, draws)
    noise = prior.noise_sd[0] * np.exp(prior.noise_sd[1] * rng.normal(size=draws))
    logs = np.zeros(draws)
    for span, change, done in zip(np.diff(years), np.diff(stock), handled, strict=True):
        middle = inflow * span - effectiveness / completeness * done
        logs += stats.norm.logpdf(change, middle, noise * np.sqrt(span))
    weights = np.exp(logs - logs.max())
    columns = {"inflow": inflow, "effectiveness": effectiveness, "completeness": completeness, "noise_sd": noise}
    means = {name: np.average(values, weights=weights) for name, values in columns.items()}
    sds = {n: np.average((values - means[n]) ** 2, weights=weights) ** 0.5 for n, values in columns.items()}
    return means, sds


@pytest.mark.parametrize("prior", [PRIOR, replace(PRIOR, effectiveness=Share(3, 1), completeness=Share(1, 1))])
def test_the_posterior_is_the_weighted_prior(prior):
    years, handled = np.array([2014, 2015, 2017.5, 2018]), HANDLED[:3]
    stock = followed(handled=handled, years=years, error=900)
    found = calibrate(years, stock, handled, prior, draws=8000)
    means, sds = importance_sampled(years, stock, handled, prior)
    for name, mean in means.items():
        assert found.draws[name].mean() == pytest.approx(mean, abs=0.03 * sds[name]), name
        assert found.draws[name].std() == pytest.approx(sds[name], rel=0.03), name


def test_errors_of_published_stocks_are_told_from_noise():
    """The joint law of the published stocks, written as one covariance, weights draws of the prior."""
    years, handled, rng = YEARS[:4], HANDLED[:3], np.random.default_rng(5)
    stock = followed(handled=handled, years=years) + np.array([0, 900, -700, 400])
    found = calibrate(years, stock, handled, WITH_ERROR, draws=8000)
    size, scale = 40_000, [WITH_ERROR.noise_sd, WITH_ERROR.measurement_sd]
    inflow, ratio = rng.normal(*PRIOR.inflow, size), rng.beta(16, 4, size) / rng.beta(18, 4, size)
    noise, error = (median * np.exp(log_sd * rng.normal(size=size)) for median, log_sd in scale)
    apart = np.array([[-1, 1, 0, 0], [0, -1, 1, 0], [0, 0, -1, 1.0]])
    covariance = noise[:, None, None] ** 2 * np.eye(3) + error[:, None, None] ** 2 * (apart @ apart.T)
    rest = np.diff(stock) - inflow[:, None] + ratio[:, None] * handled
    squares = (rest * np.linalg.solve(covariance, rest[..., None])[..., 0]).sum(axis=1)
    weights = np.exp(-0.5 * squares) / np.sqrt(np.linalg.det(covariance))
    for name, values in {"inflow": inflow, "ratio": ratio, "noise_sd": noise, "measurement_sd": error}.items():
        mean = np.average(values, weights=weights)
        sd = np.average((values - mean) ** 2, weights=weights) ** 0.5
        assert found.draws[name].mean() == pytest.approx(mean, abs=0.1 * sd), name
        assert found.draws[name].std() == pytest.approx(sd, rel=0.1), name
    pulled = np.average(_last_error(rest, covariance, error), weights=weights)
    assert stock[-1] - found.draws["stock"].mean() == pytest.approx(pulled, rel=0.1)


def _last_error(rest, covariance, error):
    return error**2 * np.linalg.solve(covariance, rest[..., None])[:, -1, 0]


def test_a_history_that_varies_finds_inflow_and_ratio_again():
    found = calibrate(YEARS, followed(error=150), HANDLED, PRIOR)
    assert found.inflow.lower < 5200 < found.inflow.upper
    assert found.inflow.upper - found.inflow.lower < 700
    assert found.ratio.lower < 0.95 < found.ratio.upper
    assert found.codes == ("only_ratio_identified",)


def test_a_known_exit_rate_makes_the_inflow_gross():
    stock = [100_000.0]
    for handled in HANDLED:
        stock.append(0.97 * stock[-1] + 8000 - 0.9 * handled)
    prior = replace(PRIOR, inflow=(8000, 2000), noise_sd=(30, 0.5))
    found = calibrate(YEARS, stock, HANDLED, prior, exit_rate=0.03)
    assert found.inflow.median == pytest.approx(8000, rel=0.01)
    merged = calibrate(YEARS[::3], stock[::3], HANDLED.reshape(3, 3).sum(axis=1), prior, exit_rate=0.03)
    assert merged.inflow.median == pytest.approx(8000, rel=0.02)
    ahead = found.next_stock(4000)
    assert ahead.median == pytest.approx(0.97 * stock[-1] + 8000 - 0.9 * 4000, abs=60)


def test_handling_that_never_varies_identifies_nothing_apart():
    constant = np.full(9, 4000.0)
    found = calibrate(YEARS, followed(handled=constant, error=150), constant, PRIOR)
    assert "not_identifiable" in found.codes
    assert "prior_dominates" in found.codes
    balance = found.draws["inflow"] - 4000 * found.draws["ratio"]
    assert balance.std() < 0.3 * found.draws["inflow"].std()
    assert found.draws["effectiveness"].std() == pytest.approx(PRIOR.effectiveness.sd, rel=0.1)


def test_nearly_constant_handling_under_noise_is_flagged_and_under_none_is_not():
    nearly = 4000 + 40 * np.resize([1.0, -1.0], 9)
    noisy = calibrate(YEARS, followed(handled=nearly, error=600), nearly, PRIOR)
    assert "not_identifiable" in noisy.codes
    exact = calibrate(YEARS, followed(handled=nearly), nearly, replace(PRIOR, noise_sd=(0.5, 0.5)))
    assert "not_identifiable" not in exact.codes
    assert exact.ratio.median == pytest.approx(0.95, abs=0.02)


def test_no_handling_at_all_leaves_the_prior_of_both_shares():
    found = calibrate(YEARS, followed(handled=np.zeros(9), error=100), np.zeros(9), PRIOR)
    assert "not_identifiable" in found.codes
    assert found.inflow.median == pytest.approx(5200, abs=200)
    for name in ("effectiveness", "completeness"):
        law = stats.beta(*getattr(PRIOR, name))
        assert stats.kstest(found.draws[name], law.cdf).statistic < 0.02


def test_two_points_say_little_and_say_so():
    found = calibrate([2020, 2021], [100_000, 101_000], [4000], PRIOR)
    assert found.codes == ("few_points", "not_identifiable", "prior_dominates", "only_ratio_identified")
    assert calibrate(YEARS[:6], followed(error=100)[:6], HANDLED[:5], PRIOR).codes == ("only_ratio_identified",)


def test_a_perfect_fit_is_found_without_round_off():
    found = calibrate(YEARS, followed(), HANDLED, PRIOR)
    assert found.inflow.median == pytest.approx(5200, rel=1e-3)
    assert found.ratio.median == pytest.approx(0.95, rel=1e-3)
    assert 0 < found.noise_sd.median < 200
    assert "prior_conflict" in found.codes


def test_a_prior_that_the_history_contradicts_is_named():
    stock = followed(inflow=20_000.0, error=200)
    assert "prior_conflict" in calibrate(YEARS, stock, HANDLED, TIGHT).codes
    assert "prior_conflict" not in calibrate(YEARS, followed(error=200), HANDLED, TIGHT).codes


def test_certain_shares_are_left_as_they_are():
    prior = replace(PRIOR, effectiveness=Share.known(0.9), completeness=Share.known(1.0))
    found = calibrate(YEARS, followed(handled=np.full(9, 4000.0), error=150), np.full(9, 4000.0), prior)
    assert found.ratio.median == pytest.approx(0.9, abs=1e-4)
    assert found.codes == ()
    assert found.measurement_sd is None


def test_the_two_shares_keep_their_ratio():
    found = calibrate(YEARS, followed(error=150), HANDLED, PRIOR)
    ratio = found.draws["effectiveness"] / found.draws["completeness"]
    np.testing.assert_allclose(ratio, found.draws["ratio"], rtol=1e-12)


def test_the_next_stock_follows_from_the_draws():
    found = calibrate(YEARS, followed(error=150), HANDLED, PRIOR)
    none, plan = found.next_stock(0), found.next_stock(6000)
    assert none.mean - plan.mean == pytest.approx(6000 * found.ratio.mean, rel=1e-9)
    plain = followed(error=150)[-1] + found.inflow.mean
    assert none.mean == pytest.approx(plain, abs=10)
    two = found.next_stock(6000, span=2)
    assert two.mean == pytest.approx(plain + found.inflow.mean - 6000 * found.ratio.mean, abs=20)
    assert two.upper - two.lower > 1.3 * (plan.upper - plan.lower)


def test_the_next_stock_carries_the_errors_of_both_kinds():
    found = calibrate(YEARS, followed(error=150), HANDLED, WITH_ERROR)
    expected = np.mean(found.draws["noise_sd"] ** 2 + found.draws["measurement_sd"] ** 2)
    known = found.draws["stock"] + found.draws["inflow"] - found.draws["ratio"] * 4000
    error = found.next_stock_draws(4000) - known
    assert error.var() == pytest.approx(expected, rel=0.1)
    assert calibrate([2020, 2021], [900, 500], [450], PRIOR).next_stock(90_000).lower == 0


def test_same_seed_same_numbers_and_only_the_interval_knows_the_level():
    stock = followed(error=150)
    found, again = (calibrate(YEARS, stock, HANDLED, PRIOR, level) for level in (0.9, 0.5))
    np.testing.assert_array_equal(found.draws["inflow"], again.draws["inflow"])
    assert again.inflow.upper == np.quantile(found.draws["inflow"], 0.75)
    other = calibrate(YEARS, stock, HANDLED, PRIOR, seed=2)
    assert (other.draws["inflow"] != found.draws["inflow"]).any()
    assert other.inflow.median == pytest.approx(found.inflow.median, rel=0.005)


def test_draws_cannot_be_changed():
    found = calibrate(YEARS, followed(error=150), HANDLED, PRIOR, draws=200)
    with pytest.raises(ValueError, match="read-only"):
        found.draws["inflow"][0] = 1.0


WRONG = {
    "one point": ([2020], [100], [], "1 point; expected at least 2"),
    "no point": ([], [], [], "no point"),
    "unsorted": ([2020, 2022, 2021], [3, 2, 1], [1, 1], "2021 comes after 2022"),
    "repeated": ([2020, 2020, 2021], [3, 2, 1], [1, 1], "2020 comes twice"),
    "stock lacks": ([2020, 2021], [3], [1], "1 stocks for 2 years"),
    "handled is short": ([2020, 2021, 2022], [3, 2, 1], [1], "1 numbers handled for 3 years; expected 2"),
    "handled is long": ([2020, 2021], [3, 2], [1, 1], "2 numbers handled for 2 years; expected 1"),
    "nan": ([2020, 2021], [3, np.nan], [1], "history.stock: nan in 2021 is not a number of houses"),
    "negative": ([2020, 2021], [-3, 2], [1], "history.stock: -3 in 2020"),
    "handled negative": ([2020, 2021], [3, 2], [-1], "history.handled: -1 in 2021"),
    "year nan": ([2020, np.nan], [3, 2], [1], "nan is not a year"),
    "text": ([2020, 2021], ["many", 2], [1], "history.stock: not numbers"),
    "table": ([[2020, 2021]], [3, 2], [1], r"shape \(1, 2\)"),
}


@pytest.mark.parametrize("case", WRONG)
def test_histories_that_cannot_be_are_refused(case):
    *history, match = WRONG[case]
    with pytest.raises(DataError, match=match):
        calibrate(*history, PRIOR)


@pytest.mark.parametrize(
    ("options", "match"),
    [
        ({"level": 1.0}, "level: 1 is not a chance"),
        ({"draws": 10}, "10 draws"),
        ({"exit_rate": 1.0}, "exit_rate: 1 of the stock"),
    ],
)
def test_settings_that_cannot_be_are_refused(options, match):
    with pytest.raises(DataError, match=match):
        calibrate([2020, 2021], [3, 2], [1], PRIOR, **options)


def test_all_wrong_houses_are_said_at_once():
    with pytest.raises(DataError) as raised:
        calibrate([2020, 2021, 2022], [-1, np.inf, 3], [1, -2], PRIOR)
    assert len(raised.value.problems) == 3


def test_a_plan_that_cannot_be_is_refused():
    found = calibrate([2020, 2021], [3, 2], [1], PRIOR, draws=200)
    with pytest.raises(DataError, match="-5 houses over 1 years"):
        found.next_stock(-5)


def test_prior_from_bad_numbers_is_refused():
    with pytest.raises(DataError, match=r"prior\.inflow"):
        replace(PRIOR, inflow=(1.0, 0.0))
    with pytest.raises(DataError, match=r"prior\.noise_sd"):
        Prior.from_ranges(inflow=(1, 2, 3), effectiveness=(1, 1, 1), completeness=(1, 1, 1), noise_sd=(3, 2, 1))
