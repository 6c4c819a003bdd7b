"""Making draws add up, and sources agree: a province of 13 regions, and 514 regions of 38 provinces and the nation."""

import numpy as np
import pytest

from backlog_model.history.reconciliation import METHODS, reconcile
from backlog_model.history.reconciliation.synchronisation import synchronise

DRAWS = 2000
PROVINCES = {"province": [13], "nation": [14] * 20 + [13] * 18}
SIZES = [pytest.param(sizes, id=name) for name, sizes in PROVINCES.items()]


def summing(sizes: list[int]) -> np.ndarray:
    """(node, region) weights: the whole, its provinces when there are several, regions."""
    provinces = np.repeat(np.eye(len(sizes)), sizes, axis=1)
    totals = [np.ones((1, sum(sizes))), provinces] if len(sizes) > 1 else [provinces]
    return np.vstack([*totals, np.eye(sum(sizes))])


def base_values(weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(node, draw) values a third off, in many draws below 0, and (node, observation) residuals."""
    numbers = np.random.default_rng(1)
    truth = (weights @ numbers.lognormal(8, 1, weights.shape[1]))[:, None]
    return truth * (1 + numbers.normal(size=(len(weights), DRAWS)) / 3), truth * numbers.normal(size=(len(weights), 12))


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("sizes", SIZES)
def test_reconcile(benchmark, sizes, method):
    weights = summing(sizes)
    base, residuals = base_values(weights)
    coherent = benchmark(reconcile, weights, base, method, residuals)
    np.testing.assert_allclose(coherent[0], coherent[-weights.shape[1] :].sum(axis=0), rtol=1e-9)


@pytest.mark.parametrize("method", ["ols", "wls_struct", "mint_shrink"])
@pytest.mark.parametrize("sizes", SIZES)
def test_reconcile_at_zero_or_more_under_an_exact_total(benchmark, sizes, method):
    weights = summing(sizes)
    base, residuals = base_values(weights)
    base[0] = np.abs(base[0])
    coherent = benchmark(reconcile, weights, base, method, residuals, True, variances={0: 0.0})
    assert coherent.min() >= 0


@pytest.mark.parametrize("sizes", SIZES)
def test_synchronise(benchmark, sizes):
    """Three sources that lie apart twice as far as they state."""
    weights = summing(sizes)
    totals = len(weights) - weights.shape[1]
    base, _ = base_values(weights)
    constraints = np.hstack([np.eye(totals), -weights[:totals]])
    found = benchmark(synchronise, base[:, :3].T, (base[:, 3] / 6) ** 2 + 1, (constraints, np.zeros(totals)))
    np.testing.assert_allclose(constraints @ found.agreed, 0, atol=1e-9 * np.abs(base).max())
