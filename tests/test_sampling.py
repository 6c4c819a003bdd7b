"""Samples of distributions: quantiles, sums and products with known answers, under every design."""

import math
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, stats

from backlog_model.errors import BacklogModelError, ScenarioError
from backlog_model.scenario.correlation import lowest_for_all
from backlog_model.scenario.distributions import DISTRIBUTIONS, parse_distribution, sample
from backlog_model.streams import DESIGNS

DRAWS = 10_000
GOOD, LATE = stats.beta(22, 2.5), stats.beta(2, 8)


def absorption(u):
    return optimize.brentq(lambda x: 0.9 * GOOD.cdf(x) + 0.1 * LATE.cdf(x) - u, 0, 1, xtol=1e-14)


# Each kind beside its quantile function, from a formula or from scipy.stats.
KINDS = {
    "range": ([10, 19, 37], lambda u: np.interp(u, [0, 0.05, 0.5, 0.95, 1], [9, 10, 19, 37, 39])),
    "uniform": ([2, 5], lambda u: 2 + 3 * u),
    "triangular": ([20, 22, 28], stats.triang(0.25, 20, 8).ppf),
    "pert": ([20, 22, 28], stats.beta(2, 4, 20, 8).ppf),
    "normal": ({"mean": 3, "sd": 2}, stats.norm(3, 2).ppf),
    "lognormal": ({"median": 5000, "sigma": 0.8}, stats.lognorm(0.8, 0, 5000).ppf),
    "beta": ({"a": 5, "b": 175}, stats.beta(5, 175).ppf),
    "quantiles": ({0.1: 1, 0.5: 2, 0.9: 9}, lambda u: np.interp(u, [0.1, 0.5, 0.9], [1, 2, 9])),
    "samples": ([9, 1, 4, 1], lambda u: [1, 1, 4, 9][math.ceil(4 * u) - 1]),
    "mixture": ([{"weight": 0.9, "beta": {"a": 22, "b": 2.5}}, {"weight": 0.1, "beta": {"a": 2, "b": 8}}], absorption),
    "event": (
        {"probability": 0.08, "size": {"uniform": [100, 900]}},
        lambda u: 0 if u <= 0.92 else 100 + 800 * (u - 0.92) / 0.08,
    ),
    "negative_binomial": ({"mean": 700, "dispersion": 0.05}, stats.nbinom(20, 20 / 720).ppf),
    "poisson": ({"mean": 7.5}, stats.poisson(7.5).ppf),
}


def around(probability, draws=DRAWS):
    """Four standard errors on either side of the share of draws below a quantile, sqrt(p (1 - p) / n).

    The quantile of n random draws lies between the exact quantiles at these two probabilities, whatever the law. An
    even design comes closer.
    """
    error = 4 * math.sqrt(probability * (1 - probability) / draws)
    return probability - error, probability + error


def assert_quantiles(values, exact):
    for probability in (0.05, 0.5, 0.95):
        low, high = (float(exact(each)) for each in around(probability, len(values)))
        seen = np.quantile(values, probability, method="inverted_cdf")
        rounding = 1e-9 * max(abs(low), abs(high))
        assert low - rounding <= seen <= high + rounding, probability


def test_every_kind_is_sampled_here():
    assert set(KINDS) == set(DISTRIBUTIONS)


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("kind", KINDS)
def test_quantiles_of_every_kind_are_the_exact_ones(kind, design):
    written, exact = KINDS[kind]
    assert_quantiles(sample({kind: {kind: written}}, None, DRAWS, 1, design)[:, 0], exact)


@pytest.mark.parametrize("kind", KINDS)
def test_an_even_design_misses_quantiles_by_a_tenth_of_what_chance_does(kind):
    """Sixteen replicates of n = 625: the share of draws below a quantile is off by at most 1 / n in each."""
    written, exact = KINDS[kind]
    values = np.sort(sample([{kind: written}], None, DRAWS, 1, "latin_hypercube")[:, 0])
    for probability in (0.05, 0.5, 0.95):
        low, high = (float(exact(probability + slip)) for slip in (-1 / 625, 1 / 625))
        seen = values[math.ceil(probability * DRAWS) - 1]
        assert low - 1e-9 * abs(low) <= seen <= high + 1e-9 * abs(high)


@pytest.mark.parametrize("design", DESIGNS)
def test_a_sum_of_normals_is_normal(design):
    written = [{"normal": {"mean": mean, "sd": sd}} for mean, sd in ((1, 2), (10, 3), (-4, 6))]
    assert_quantiles(sample(written, None, DRAWS, 1, design).sum(axis=1), stats.norm(7, 7).ppf)


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("rank", [-0.8, 0.3, 0.9])
def test_a_sum_of_correlated_normals_has_the_known_spread(design, rank):
    written = [{"normal": {"mean": 0, "sd": 3}}, {"normal": {"mean": 0, "sd": 4}}]
    total = sample(written, [[1, rank], [rank, 1]], DRAWS, 1, design).sum(axis=1)
    sd = math.sqrt(9 + 16 + 2 * 12 * 2 * math.sin(math.pi * rank / 6))
    assert_quantiles(total, stats.norm(0, sd).ppf)


@pytest.mark.parametrize("design", DESIGNS)
def test_a_product_of_lognormals_is_lognormal(design):
    written = [{"lognormal": {"median": median, "sigma": sigma}} for median, sigma in ((2, 0.3), (50, 0.4), (7, 1.2))]
    assert_quantiles(sample(written, None, DRAWS, 1, design).prod(axis=1), stats.lognorm(1.3, 0, 700).ppf)


SKEWED = [
    {"lognormal": {"median": 5000, "sigma": 1.2}},
    {"beta": {"a": 0.7, "b": 9}},
    {"range": [1, 2, 30]},
]


def spearman_error(rank, draws=DRAWS):
    """Standard error of a rank correlation of random draws from a normal copula (Bonett and Wright 2000)."""
    return math.sqrt((1 + rank**2 / 2) / (draws - 3)) * (1 - rank**2)


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("kinds", [[{"uniform": [0, 1]}] * 3, SKEWED], ids=["uniform", "skewed"])
@pytest.mark.parametrize("rank", [-0.8, 0.3, 0.9])
def test_rank_correlations_are_what_was_stated(design, kinds, rank):
    pair = sample(kinds[:2], [[1, rank], [rank, 1]], DRAWS, 1, design)
    assert stats.spearmanr(pair).statistic == pytest.approx(rank, abs=4 * spearman_error(rank))


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("rank", [-0.45, 0.3, 0.9])
def test_rank_correlations_of_three_are_what_was_stated(design, rank):
    matrix = np.full((3, 3), rank) + (1 - rank) * np.eye(3)
    seen = stats.spearmanr(sample(SKEWED, matrix, DRAWS, 1, design)).statistic
    np.testing.assert_allclose(seen, matrix, rtol=0, atol=4 * spearman_error(rank))


@pytest.mark.parametrize("design", DESIGNS)
def test_unequal_rank_correlations_keep_their_places(design):
    matrix = np.array([[1, 0.7, -0.2, 0], [0.7, 1, 0.1, 0], [-0.2, 0.1, 1, 0.5], [0, 0, 0.5, 1]])
    values = sample([*SKEWED, {"normal": {"mean": 0, "sd": 1}}], matrix, DRAWS, 1, design)
    seen = stats.spearmanr(values).statistic
    for one, other in combinations(range(4), 2):
        assert seen[one, other] == pytest.approx(matrix[one, other], abs=4 * spearman_error(matrix[one, other]))


@pytest.mark.parametrize("design", DESIGNS)
def test_correlation_leaves_every_law_alone(design):
    matrix = np.full((3, 3), 0.9) + 0.1 * np.eye(3)
    for column, kind in zip(sample(SKEWED, matrix, DRAWS, 1, design).T, SKEWED, strict=True):
        exact = parse_distribution(kind).quantile
        assert_quantiles(column, lambda u, exact=exact: exact(np.array([u]))[0])


@settings(deadline=None, max_examples=30)
@given(st.integers(2, 6), st.floats(0.01, 0.99), st.integers(0, 10_000))
def test_any_equal_correlations_above_the_lowest_are_reproduced(size, share, seed):
    lowest = lowest_for_all(size)
    rank = lowest + share * (1 - lowest)
    matrix = np.full((size, size), rank) + (1 - rank) * np.eye(size)
    seen = stats.spearmanr(sample([{"uniform": [0, 1]}] * size, matrix, 2000, seed, "random")).statistic
    between = np.atleast_2d(seen)[np.triu_indices(size, 1)] if size > 2 else np.array([seen])
    error = np.mean(between - rank)
    assert abs(error) < 6 * spearman_error(rank, 2000) + 1e-3


@pytest.mark.parametrize("design", ["random", "latin_hypercube"])
def test_one_more_distribution_changes_no_other_column(design):
    matrix = np.full((3, 3), 0.4) + 0.6 * np.eye(3)
    three, two = sample(SKEWED, matrix, 500, 3, design), sample(SKEWED[:2], matrix[:2, :2], 500, 3, design)
    np.testing.assert_array_equal(three[:, :2], two)


@pytest.mark.parametrize("design", DESIGNS)
def test_independent_and_uncorrelated_are_the_same_numbers(design):
    drawn = [sample(SKEWED, matrix, 500, 3, design) for matrix in (None, np.eye(3))]
    np.testing.assert_array_equal(*drawn)


def test_numbers_hang_on_names_not_on_places():
    named = {"cost": {"uniform": [0, 1]}, "time": {"uniform": [5, 6]}}
    swapped = {"time": named["time"], "cost": named["cost"]}
    np.testing.assert_array_equal(sample(named, None, 50), sample(swapped, None, 50)[:, ::-1])
    assert not np.array_equal(sample(named, None, 50, 1), sample(named, None, 50, 2))


def test_distributions_may_be_read_already():
    kinds = [parse_distribution(kind, (0.0, math.inf)) for kind in SKEWED]
    np.testing.assert_array_equal(sample(kinds, None, 50), sample(SKEWED, None, 50))


@pytest.mark.parametrize("draws", [1, 2, 17])
@pytest.mark.parametrize("design", DESIGNS)
def test_a_handful_of_draws_is_a_sample_too(draws, design):
    assert sample(SKEWED, None, draws, 1, design).shape == (draws, 3)


@pytest.mark.parametrize(
    ("matrix", "message"),
    [
        ([[1, 0.5]], r"^correlation: shape \(1, 2\); expected \(3, 3\), a row and a column for each of 0, 1, 2$"),
        ([[1, 0.5], [0.5, 1]], r"shape \(2, 2\); expected \(3, 3\)"),
        (0.5, r"shape \(\); expected \(3, 3\)"),
        ([[1, 2], [3]], "not a matrix of numbers"),
        ("high", "not a matrix of numbers"),
        ([[1, 0.5, 0], [0.4, 1, 0], [0, 0, 1]], "not symmetric: 0.5 for 0 and 1, but 0.4 the other way round"),
        ([[1, 0, 0], [0, 0.9, 0], [0, 0, 1]], "0.9 for 1 and 1; expected 1, each goes along with itself"),
        ([[1, 1.2, 0], [1.2, 1, 0], [0, 0, 1]], "1.2 for 0 and 1; expected -1 to 1"),
        ([[1, math.nan, 0], [math.nan, 1, 0], [0, 0, 1]], "nan for 0 and 1; expected a finite number"),
        ([[1, 0.9, -0.9], [0.9, 1, 0.9], [-0.9, 0.9, 1]], "not possible together: smallest eigenvalue -0.82; expected"),
        (np.ones((3, 3)), "not possible together: smallest eigenvalue 0; expected above 0"),
        (np.full((3, 3), -0.5) + 1.5 * np.eye(3), "not possible together: smallest eigenvalue -0.035"),
    ],
    ids=str,
)
def test_correlations_that_cannot_be_are_refused(matrix, message):
    with pytest.raises(ScenarioError, match=message):
        sample(SKEWED, matrix, 10)


@pytest.mark.parametrize(
    ("kinds", "options", "message"),
    [
        (SKEWED, {"draws": 0}, "draws: 0 is not possible"),
        (SKEWED, {"draws": -5}, "draws: -5 is not possible"),
        (SKEWED, {"draws": 10**12}, "draws: 1000000000000 is not possible"),
        (SKEWED, {"draws": 10, "design": "sobl"}, "design: sobl; did you mean sobol"),
        ([], {"draws": 10}, "kinds: nothing to draw; expected at least one distribution"),
        ([5], {"draws": 10}, "kinds.0: 5; expected a mapping such as"),
        ({"cost": {"uniform": [2, 1]}}, {"draws": 10}, "kinds.cost.uniform.1: 1 after 2; expected low <= high"),
        ([{"uniform": [0, 1]}, {"unifrm": [0, 1]}], {"draws": 10}, "kinds.1: no kind among 'unifrm'"),
    ],
    ids=str,
)
def test_samples_that_cannot_be_are_refused(kinds, options, message):
    with pytest.raises(BacklogModelError, match=message):
        sample(kinds, None, **options)


def test_everything_wrong_with_the_distributions_is_told_at_once():
    with pytest.raises(ScenarioError) as caught:
        sample({"a": {"uniform": [2, 1]}, "b": {"normal": {"mean": 1, "sd": 0}}}, None, 10)
    assert [problem.place for problem in caught.value.problems] == ["kinds.a.uniform.1", "kinds.b.normal.sd"]
