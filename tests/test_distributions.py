"""Uncertain values: every kind maps a number between 0 and 1 to a value, and says no clearly."""

import math
import pickle
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate, stats

from backlog_model.scenario.distribution_numbers import DistributionError
from backlog_model.scenario.distributions import DISTRIBUTIONS, parse_distribution
from backlog_model.scenario.loading import check
from small_scenario import SCENARIO, write

SHARE = (0.0, 1.0)
ANY = (-math.inf, math.inf)
POSITIVE = (0.0, math.inf)

LOGNORMAL_CUT = {"lognormal": {"median": 0.004, "sigma": 0.6}, "truncate": [0.001, 0.015]}
ABSORPTION = {"mixture": [{"weight": 0.9, "beta": {"a": 22, "b": 2.5}}, {"weight": 0.1, "beta": {"a": 2, "b": 8}}]}
FLOOD = {"event": {"probability": 0.08, "size": {"lognormal": {"median": 5000, "sigma": 0.8}}}}

SMOOTH = [
    ({"range": [10, 12, 20]}, ANY),
    ({"range": [0.01, 0.03, 0.05]}, SHARE),
    ({"uniform": [2, 5]}, ANY),
    ({"triangular": [20, 22, 28]}, POSITIVE),
    ({"triangular": [20, 20, 28]}, POSITIVE),
    ({"triangular": [20, 28, 28]}, POSITIVE),
    ({"pert": [20, 22, 28]}, POSITIVE),
    ({"normal": {"mean": 0.01, "sd": 0.004}}, ANY),
    ({"normal": {"mean": 0.01, "sd": 0.004}, "truncate": [0, 0.012]}, ANY),
    ({"lognormal": {"median": 0.004, "sigma": 0.6}}, SHARE),
    (LOGNORMAL_CUT, SHARE),
    ({"beta": {"a": 2, "b": 198}}, SHARE),
    ({"beta": {"mean": 0.05, "sd": 0.015}, "truncate": [0.02, 0.08]}, SHARE),
    ({"quantiles": {0.05: 1, 0.5: 2, 0.95: 9}, "truncate": [1.5, 8]}, ANY),
    ({"triangular": [20, 22, 28], "truncate": [21, 24]}, POSITIVE),
    (ABSORPTION, SHARE),
]
STEPPED = [
    ({"quantiles": {0.05: 1, 0.5: 2, 0.95: 9}}, ANY),
    ({"range": [0.001, 0.1, 0.15]}, SHARE),
    ({"samples": [3, 1, 2, 2]}, ANY),
    ({"samples": [3, 1, 2, 2, 9], "truncate": [1.5, 5]}, ANY),
    (FLOOD, POSITIVE),
    ({"event": {"probability": 0.05, "size": 0.35}}, SHARE),
    ({"negative_binomial": {"mean": 700, "dispersion": 0.07}}, POSITIVE),
    ({"negative_binomial": {"mean": 4, "dispersion": 2.5}, "truncate": [1, 30]}, POSITIVE),
    ({"poisson": {"mean": 3.2}}, POSITIVE),
    ({"mixture": [{"weight": 0.4, "samples": [1, 2]}, {"weight": 0.6, "uniform": [0, 3]}]}, ANY),
    ({"mixture": [{"weight": 0.5, **FLOOD}, {"weight": 0.5, "uniform": [0, 3]}]}, POSITIVE),
]
EVERY = SMOOTH + STEPPED
PROBABILITIES = np.concatenate([[1e-12, 1e-6], np.linspace(0.001, 0.999, 499), [1 - 1e-6, 1 - 1e-12]])


def read(case):
    return parse_distribution(*case)


@pytest.mark.parametrize("case", EVERY, ids=str)
def test_quantile_never_falls_and_stays_inside_the_support(case):
    distribution = read(case)
    values = distribution.quantile(PROBABILITIES)
    low, high = distribution.support
    assert np.all(np.diff(values) >= 0)
    assert np.all((low <= values) & (values <= high))
    assert np.all(np.isfinite(values))


@pytest.mark.parametrize("case", SMOOTH, ids=str)
def test_cdf_undoes_the_quantile(case):
    distribution = read(case)
    inner = PROBABILITIES[2:-2]
    np.testing.assert_allclose(distribution.cdf(distribution.quantile(inner)), inner, rtol=0, atol=2e-11)


@pytest.mark.parametrize("case", STEPPED, ids=str)
def test_quantile_is_the_smallest_value_whose_probability_reaches_u(case):
    distribution = read(case)
    u = PROBABILITIES[2:-2]
    values = distribution.quantile(u)
    assert np.all(distribution.cdf(values) >= u - 1e-11)
    just_below = values - np.maximum(np.abs(values), 1) * 1e-9
    inside = just_below > distribution.support[0]
    assert np.all(distribution.cdf(just_below)[inside] <= u[inside] + 1e-6)


@pytest.mark.parametrize("case", EVERY, ids=str)
def test_mean_agrees_with_quadrature_of_the_quantile(case):
    distribution = read(case)
    expected = np.mean(distribution.quantile((np.arange(40_000) + 0.5) / 40_000))
    # mid-point sums of an open tail are good to about this much
    assert distribution.mean() == pytest.approx(expected, rel=1e-3, abs=1e-12)


@pytest.mark.parametrize("case", EVERY, ids=str)
def test_central_is_the_median_and_the_mean_of_a_chance_event(case):
    distribution = read(case)
    if distribution.is_event:
        assert distribution.central() == distribution.mean()
    else:
        median = float(distribution.quantile(np.array([0.5]))[0])
        assert distribution.central() == pytest.approx(median, rel=1e-13)


@pytest.mark.parametrize("case", EVERY, ids=str)
def test_shape_is_kept_and_blocks_change_nothing(case):
    distribution = read(case)
    u = np.random.default_rng(1).uniform(size=(4, 1, 3))
    whole = distribution.quantile(u)
    assert whole.shape == u.shape
    single = [distribution.quantile(np.array([[each]])).item() for each in u.ravel()]
    assert whole.ravel().tolist() == single


@pytest.mark.parametrize("case", EVERY, ids=str)
def test_a_distribution_can_be_sent_to_another_process(case):
    distribution = read(case)
    copy = pickle.loads(pickle.dumps(distribution))
    assert copy.quantile(PROBABILITIES).tolist() == distribution.quantile(PROBABILITIES).tolist()


def test_every_kind_is_tried_here():
    written = {key for mapping, _ in EVERY for key in mapping} - {"truncate"}
    assert written == set(DISTRIBUTIONS)


@pytest.mark.parametrize(
    ("mapping", "expected"),
    [
        ({"triangular": [1, 2, 5]}, stats.triang(0.25, 1, 4)),
        ({"uniform": [1, 5]}, stats.uniform(1, 4)),
        ({"pert": [0, 1, 4]}, stats.beta(2, 4, 0, 4)),
        ({"normal": {"mean": 3, "sd": 2}}, stats.norm(3, 2)),
        ({"normal": {"mean": 3, "sd": 2}, "truncate": [2, 7]}, stats.truncnorm(-0.5, 2, 3, 2)),
        ({"lognormal": {"median": 5000, "sigma": 0.8}}, stats.lognorm(0.8, 0, 5000)),
        ({"beta": {"a": 5, "b": 175}}, stats.beta(5, 175)),
        ({"negative_binomial": {"mean": 700, "dispersion": 0.05}}, stats.nbinom(20, 20 / 720)),
        ({"poisson": {"mean": 7.5}}, stats.poisson(7.5)),
    ],
    ids=lambda each: str(each) if isinstance(each, dict) else "scipy",  # what SciPy prints holds an address
)
def test_quantiles_and_means_agree_with_scipy_stats(mapping, expected):
    distribution = parse_distribution(mapping, ANY)
    u = PROBABILITIES[1:-1]
    np.testing.assert_allclose(distribution.quantile(u), expected.ppf(u), rtol=1e-11, atol=1e-12)
    assert distribution.mean() == pytest.approx(expected.mean(), rel=1e-12)


def test_range_is_straight_between_its_points_and_keeps_its_slopes_beyond():
    values = parse_distribution({"range": [10, 19, 37]}, ANY).quantile(np.array([1e-15, 0.05, 0.275, 0.5, 0.725, 0.95]))
    np.testing.assert_allclose(values, [9, 10, 14.5, 19, 28, 37], rtol=1e-12)
    assert parse_distribution({"range": [10, 19, 37]}, ANY).support == (9.0, 39.0)


def test_range_is_clipped_at_the_limits_of_the_field():
    share = parse_distribution({"range": [0.02, 0.5, 0.99]}, SHARE)
    straight = 0.02 + (np.array([0.01, 0.02, 0.04]) - 0.05) * 0.48 / 0.45
    np.testing.assert_allclose(share.quantile(np.array([0.01, 0.02, 0.04])), np.maximum(straight, 0), atol=1e-15)
    assert share.quantile(np.array([0.9999])).item() == 1.0
    assert share.support == SHARE


def test_central_of_a_long_tail_is_exactly_its_median():
    assert parse_distribution({"lognormal": {"median": 5000, "sigma": 0.8}}, POSITIVE).central() == 5000.0


def test_flood_of_the_domain_reference_is_551_houses_a_year():
    flood = parse_distribution(FLOOD, POSITIVE)
    assert flood.is_event
    assert flood.central() == pytest.approx(0.08 * 5000 * math.exp(0.32), rel=1e-14)
    assert round(flood.central()) == 551
    assert flood.quantile(np.array([0.9, 0.96])).tolist() == [0.0, pytest.approx(5000.0)]


def test_fires_are_counts_with_the_stated_mean_and_variance():
    fires = parse_distribution({"negative_binomial": {"mean": 700, "dispersion": 0.07}}, POSITIVE)
    draws = fires.quantile((np.arange(100_000) + 0.5) / 100_000)
    assert np.all(draws == np.round(draws))
    assert draws.mean() == pytest.approx(700, rel=1e-3)
    assert draws.var() == pytest.approx(700 + 0.07 * 700**2, rel=5e-3)


def test_truncation_is_conditioning_not_clipping():
    cut = parse_distribution(LOGNORMAL_CUT, SHARE)
    full = stats.lognorm(0.6, 0, 0.004)
    start, end = full.cdf([0.001, 0.015])
    assert cut.central() == pytest.approx(full.ppf((start + end) / 2), rel=1e-12)
    area = integrate.quad(lambda x: x * full.pdf(x), 0.001, 0.015, epsabs=1e-14)[0]
    assert cut.mean() == pytest.approx(area / (end - start), rel=1e-10)


def test_truncated_counts_keep_both_ends():
    counts = parse_distribution({"poisson": {"mean": 3}, "truncate": [2, 4]}, POSITIVE)
    weights = stats.poisson(3).pmf([2, 3, 4])
    assert counts.mean() == pytest.approx(np.average([2, 3, 4], weights=weights), rel=1e-12)
    assert set(counts.quantile(PROBABILITIES)) == {2.0, 3.0, 4.0}


def test_truncated_samples_keep_the_listed_values_inside():
    table = parse_distribution({"samples": [1, 2, 4, 9], "truncate": [2, 5]}, ANY)
    assert table.quantile(np.array([0.2, 0.5, 0.6, 0.99])).tolist() == [2, 2, 4, 4]
    assert table.mean() == pytest.approx(3, rel=1e-12)


def test_samples_take_the_lower_of_two_middle_values():
    assert parse_distribution({"samples": [4, 1, 3, 2]}, ANY).central() == 2.0


def test_beta_by_mean_and_sd():
    share = parse_distribution({"beta": {"mean": 0.04, "sd": 0.015}}, SHARE)
    values = share.quantile((np.arange(100_000) + 0.5) / 100_000)
    assert (values.mean(), values.std()) == (pytest.approx(0.04, rel=1e-6), pytest.approx(0.015, rel=1e-4))


def test_mixture_solves_its_cdf_to_full_precision():
    absorption = parse_distribution(ABSORPTION, SHARE)
    u = np.array([0.02, 0.1, 0.5, 0.97])
    good, late = stats.beta(22, 2.5), stats.beta(2, 8)
    values = absorption.quantile(u)
    np.testing.assert_allclose(0.9 * good.cdf(values) + 0.1 * late.cdf(values), u, rtol=1e-10)


def test_quantile_keys_may_be_text():
    assert parse_distribution({"quantiles": {"0.1": 1, "0.9": 3}}, ANY).central() == 2.0


def test_meta_beside_the_kind_is_left_alone():
    assert parse_distribution({"uniform": [0, 2], "source": "survey", "note": "2025"}, ANY).central() == 1.0


@pytest.mark.parametrize(
    ("mapping", "limits", "at", "message"),
    [
        ({"source": "x"}, ANY, (), "no kind among 'source'; expected exactly one of range, uniform"),
        ({"uniform": [0, 1], "range": [0, 1, 2]}, ANY, (), r"several kinds \(uniform, range\)"),
        ({"triangular": [1, 2]}, ANY, ("triangular",), r"2 numbers; expected 3: \[low, mode, high\]"),
        ({"triangular": 5}, ANY, ("triangular",), "5 is not a list"),
        ({"triangular": [1, "2.804", 3]}, ANY, ("triangular", 1), "'2.804' is not a number; expected a plain number"),
        ({"uniform": [True, 2]}, ANY, ("uniform", 0), "True is not a number"),
        ({"uniform": [0, math.nan]}, ANY, ("uniform", 1), "nan is not finite"),
        ({"range": [0.8, 0.9, 1.2]}, SHARE, ("range", 2), "1.2 lies outside 0 to 1"),
        ({"range": [0.9, 0.8, 0.95]}, SHARE, ("range", 1), "0.8 after 0.9; expected p05 <= p50 <= p95"),
        ({"uniform": [3, 3]}, ANY, ("uniform",), "write the number itself"),
        ({"normal": {"mean": 1}}, ANY, ("normal",), "the entries 'mean'; expected {mean: …, sd: …}"),
        ({"normal": {"mean": 1, "sd": 0}}, ANY, ("normal", "sd"), "0 leaves nothing uncertain"),
        ({"normal": {"mean": 0.05, "sd": 0.03}}, SHARE, ("normal",), r"4.78% .* add truncate: \[0, 1"),
        ({"lognormal": {"median": 1.5, "sigma": 1}}, SHARE, ("lognormal", "median"), "1.5 lies outside"),
        ({"beta": {"mean": 0.5, "sd": 0.6}}, SHARE, ("beta", "sd"), "0.6 is too wide .* less than 0.5"),
        ({"beta": {"a": 1, "sd": 0.6}}, SHARE, ("beta",), "the entries 'a', 'sd'; expected {mean: …, sd: …}"),
        ({"quantiles": {0.5: 3, 0.9: 2}}, ANY, ("quantiles", 0.9), "2 at 0.9 after 3 at 0.5"),
        ({"quantiles": {"5%": 3}}, ANY, ("quantiles", "5%"), "'5%' is not a probability"),
        ({"quantiles": [1, 2]}, ANY, ("quantiles",), "expected probabilities and values"),
        ({"samples": []}, ANY, ("samples",), "at least one number"),
        ({"samples": [0.2, 1.4]}, SHARE, ("samples", 1), "1.4 lies outside"),
        ({"mixture": [{"weight": 1, "beta": {"a": 0, "b": 1}}]}, SHARE, ("mixture", 0, "beta", "a"), "above 0"),
        ({"mixture": [{"weight": 0.9, "uniform": [0, 1]}]}, SHARE, ("mixture",), "the weights add to 0.9; expected 1"),
        ({"mixture": [{"uniform": [0, 1]}]}, SHARE, ("mixture", 0), "expected a weight"),
        ({"event": {"probability": 1.2, "size": 3}}, ANY, ("event", "probability"), "1.2 lies outside 0 to 1"),
        ({"event": {"probability": 0.1, "size": {"uniform": [-1, 3]}}}, ANY, ("event", "size", "uniform", 0), "-1 "),
        ({**FLOOD, "truncate": [0, 5]}, ANY, ("truncate",), "truncate its size instead"),
        ({"uniform": [0, 1], "truncate": [2, 3]}, ANY, ("truncate",), "no value lies from 2 to 3"),
        ({"uniform": [0, 1], "truncate": [1]}, ANY, ("truncate",), r"expected 2: \[low, high\]"),
        ({"normal": {"mean": 0, "sd": 1}, "truncate": [50, 60]}, ANY, ("truncate",), "90 % of them lie from -1.645 to"),
        (
            {"normal": {"mean": 0, "sd": 1}, "truncate": [8, 9]},
            ANY,
            ("truncate",),
            "only 6.7e-16 of the values lie from",
        ),
        ({"samples": [1, 9], "truncate": [2, 8]}, ANY, ("truncate",), "no value lies from 2 to 8"),
        ({"poisson": {"mean": -1}}, ANY, ("poisson", "mean"), "-1 lies outside 0 to inf"),
    ],
    ids=str,
)
def test_mistakes_are_named_with_their_place(mapping, limits, at, message):
    with pytest.raises(DistributionError, match=message) as caught:
        parse_distribution(mapping, limits)
    assert caught.value.at == at


@pytest.mark.parametrize(
    ("written", "column", "problem"),
    [
        ("{lognormal: {median: 0.004, sigma: 0.6}, truncate: [2, 3]}", 74, "truncate: no value lies from 2 to 3; 90 %"),
        ("{uniform: [0.2, 0.3], truncate: [0.4, 0.5]}", 55, "truncate: no value lies from 0.4 to 0.5"),
        ("{uniform: [0.2, 0.1]}", 39, "uniform.1: 0.1 after 0.2; expected low <= high"),
        ("{range: [0.2, 0.1, 0.3]}", 37, "range.1: 0.1 after 0.2; expected p05 <= p50 <= p95"),
        ("{triangular: [0.3, 0.1, 0.2]}", 42, "triangular.1: 0.1 after 0.3; expected low <= mode <= high"),
        ("{uniform: [0.1, 0.3], truncate: [0.3, 0.2]}", 61, "truncate.1: 0.2 after 0.3; expected low <= high"),
        ("{uniform: [0.1, 1.2]}", 39, "uniform.1: 1.2 lies outside 0 to 1"),
        ("{event: {probability: 1.2, size: 0.1}}", 45, "event.probability: 1.2 lies outside 0 to 1"),
        ("{event: {probability: -0.2, size: 0.1}}", 45, "event.probability: -0.2 lies outside 0 to 1"),
        ("{quantiles: {1.5: 0.1}}", 41, "quantiles.1.5: '1.5' is not a probability; expected a number between 0 and 1"),
        ("{mixture: [{weight: 1.5, uniform: [0, 1]}]}", 33, "mixture: the weights add to 1.5; expected 1"),
    ],
)
def test_each_mistake_in_a_file_gives_one_message_at_its_place(tmp_path, monkeypatch, written, column, problem):
    monkeypatch.chdir(tmp_path)
    text = SCENARIO.replace("deterioration_rate: 0.004", f"deterioration_rate: {written}")
    found = [str(each) for each in check(write(tmp_path, text)) if not each.warning]
    assert len(found) == 1, found
    assert found[0].startswith(f"plan.yaml:10:{column}: assumptions.deterioration_rate.{problem}")


@given(
    st.tuples(*[st.floats(0, 1)] * 3).map(sorted).filter(lambda points: points[2] - points[0] > 1e-6),
    st.lists(st.floats(1e-9, 1 - 1e-9), min_size=2, max_size=20).map(sorted),
)
def test_any_range_of_shares_stays_a_share_and_passes_its_points(points, u):
    share = parse_distribution({"range": points}, SHARE)
    values = share.quantile(np.array(u))
    assert np.all(np.diff(values) >= -1e-15)
    assert 0 <= values[0] <= values[-1] <= 1
    np.testing.assert_allclose(share.quantile(np.array([0.05, 0.5, 0.95])), points, atol=1e-12)


def test_reading_and_central_values_do_not_import_scipy():
    program = f"""
import sys
from backlog_model.scenario.distributions import parse_distribution
one = (0.0, float('inf'))
for mapping in [{{"range": [1, 2, 3]}}, {{"uniform": [1, 2]}}, {{"triangular": [1, 2, 3]}}, {{"samples": [1, 2]}},
        {{"normal": {{"mean": 9, "sd": 1}}}}, {{"lognormal": {{"median": 2, "sigma": 1}}}}, {{"quantiles": {{0.5: 1}}}},
        {LOGNORMAL_CUT}, {FLOOD}, {{"negative_binomial": {{"mean": 700, "dispersion": 0.1}}}},
        {{"poisson": {{"mean": 4}}}}, {{"event": {{"probability": 0.1, "size": {{"range": [1, 2, 3]}}}}}}]:
    parse_distribution(mapping, one).central()
    if "scipy" in sys.modules:
        sys.exit(f"scipy was imported for {{mapping}}")
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ({"lognormal": {"median": 0.01, "sigma": 40}}, "40 is too wide; expected a sigma"),
        ({"beta": {"mean": 0.5, "sd": 1e-200}}, "1e-200 leaves nothing uncertain"),
    ],
)
def test_widths_that_overflow_are_refused(written, message):
    with pytest.raises(DistributionError, match=message):
        parse_distribution(written, (0.0, 1.0))
