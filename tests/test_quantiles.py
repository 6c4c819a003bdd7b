"""Quantiles that have no formula: mixtures and counts are solved for, each number by itself."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backlog_model.scenario import mixture_law, probability_laws
from backlog_model.scenario.distributions import parse_distribution
from test_distributions import EVERY, read

UNIFORMS = np.concatenate([[2.0**-54, 1e-12, 1 - 1e-12, 1 - 2.0**-53], np.random.default_rng(4).uniform(size=1000)])

BETAS = [{"weight": 0.9, "beta": {"a": 22, "b": 2.5}}, {"weight": 0.1, "beta": {"a": 2, "b": 8}}]
MIXTURES = {
    "two betas": BETAS,
    "far apart": [{"weight": 0.5, "normal": {"mean": 0, "sd": 1}}, {"weight": 0.5, "normal": {"mean": 1e6, "sd": 1}}],
    "a rare long tail": [
        {"weight": 0.99, "uniform": [0, 1]},
        {"weight": 0.01, "lognormal": {"median": 1000, "sigma": 2}},
    ],
    "kinks": [{"weight": 0.3, "range": [1, 2, 9]}, {"weight": 0.7, "triangular": [0, 1, 5]}],
    "a gap": [{"weight": 0.3, "uniform": [0, 1]}, {"weight": 0.7, "uniform": [8, 9]}],
    "jumps only": [{"weight": 0.5, "samples": [1, 2, 3]}, {"weight": 0.5, "samples": [2, 2.5]}],
    "jumps and a slope": [{"weight": 0.4, "samples": [1, 2]}, {"weight": 0.6, "uniform": [0, 3]}],
    "nothing or something": [
        {"weight": 0.5, "event": {"probability": 0.1, "size": {"lognormal": {"median": 5000, "sigma": 0.8}}}},
        {"weight": 0.5, "uniform": [0, 3]},
    ],
    "counts": [
        {"weight": 0.3, "negative_binomial": {"mean": 700, "dispersion": 0.07}},
        {"weight": 0.7, "poisson": {"mean": 3}},
    ],
    "more counts than a table holds": [
        {"weight": 0.3, "poisson": {"mean": 1e7}},
        {"weight": 0.7, "normal": {"mean": 1e7, "sd": 1e4}},
    ],
    "steep ends": [{"weight": 0.5, "beta": {"a": 0.1, "b": 0.2}}, {"weight": 0.5, "beta": {"a": 5, "b": 0.3}}],
    "a mixture in a mixture": [{"weight": 0.5, "mixture": BETAS}, {"weight": 0.5, "uniform": [0, 1]}],
    "one part": [{"weight": 1, "normal": {"mean": 0, "sd": 1}}],
}
COUNTS = {
    "fires": {"negative_binomial": {"mean": 700, "dispersion": 0.067}},
    "few": {"poisson": {"mean": 3.2}},
    "hardly any": {"poisson": {"mean": 0.001}},
    "many": {"poisson": {"mean": 1e6}},
    "very many": {"poisson": {"mean": 1e9}},
    "a long tail": {"negative_binomial": {"mean": 4, "dispersion": 250}},
}


@pytest.mark.parametrize("size", [1, 7, 64, 1000])
@pytest.mark.parametrize("case", EVERY, ids=str)
def test_blocks_change_no_bit_of_any_kind(case, size):
    distribution = read(case)
    u = UNIFORMS[: 60 * size]
    blocks = [distribution.quantile(u[at : at + size]) for at in range(0, len(u), size)]
    np.testing.assert_array_equal(np.concatenate(blocks), distribution.quantile(u))


@pytest.mark.parametrize("parts", MIXTURES.values(), ids=MIXTURES)
def test_a_mixture_is_solved_as_plain_bisection_solves_it(parts):
    law = parse_distribution({"mixture": parts}).law
    plain = mixture_law._bisected(law.quantile.args[0], UNIFORMS)
    np.testing.assert_allclose(law.quantile(UNIFORMS), plain, rtol=1.0001e-12, atol=1e-300)


@pytest.mark.parametrize("parts", MIXTURES.values(), ids=MIXTURES)
def test_a_mixture_reaches_u_there_and_not_below(parts):
    law = parse_distribution({"mixture": parts}).law
    inner = UNIFORMS[4:]
    values = law.quantile(inner)
    assert np.all(law.cdf(values) >= inner)
    assert np.all(law.cdf(values - 1e-12 * np.abs(values) - 1e-300) <= inner)


def test_hardly_any_number_of_a_smooth_mixture_is_bisected():
    pairs = parse_distribution({"mixture": BETAS}).law.quantile.args[0]
    _, proven = mixture_law._from_table(pairs, np.random.default_rng(7).uniform(size=10_000))
    assert proven.mean() > 0.999


def test_a_jump_of_a_mixture_is_met_exactly():
    half = parse_distribution({"mixture": MIXTURES["jumps and a slope"]})
    assert half.quantile(np.array([0.3, 0.65, 0.7])).tolist() == [1.0, 2.0, 2.0]


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.tuples(st.floats(0.01, 1), st.floats(-100, 100), st.floats(0.01, 50)), min_size=1, max_size=4),
    st.lists(st.floats(1e-6, 1 - 1e-6), min_size=1, max_size=20),
)
def test_any_mixture_of_normals_is_solved(parts, u):
    total = sum(weight for weight, _, _ in parts)
    written = [{"weight": weight / total, "normal": {"mean": mean, "sd": sd}} for weight, mean, sd in parts]
    law = parse_distribution({"mixture": written}).law
    values, rounding = law.quantile(np.array(u)), 1e-14
    assert np.all(law.cdf(values) >= np.array(u) - rounding)
    assert np.all(law.cdf(values - 1.1e-12 * np.abs(values)) <= np.array(u) + rounding)


@pytest.mark.parametrize("kind", COUNTS.values(), ids=COUNTS)
def test_counts_from_a_table_are_those_found_by_bisection(kind):
    law = parse_distribution(kind).law
    unknown = np.full_like(UNIFORMS, -1.0), np.full_like(UNIFORMS, np.inf)
    plain = probability_laws._bisected_count(law.cdf, UNIFORMS, *unknown)
    np.testing.assert_array_equal(law.quantile(UNIFORMS), plain)
    assert np.all(law.cdf(plain) >= UNIFORMS)
    assert np.all(law.cdf(plain - 1) < UNIFORMS)


@pytest.mark.parametrize("kind", [COUNTS["few"], {"mixture": BETAS}], ids=["counts", "mixture"])
@pytest.mark.parametrize("shape", [(0,), (), (2, 3, 4)])
def test_any_shape_may_be_asked_for(kind, shape):
    assert parse_distribution(kind).quantile(np.full(shape, 0.4)).shape == shape
