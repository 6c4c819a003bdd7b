"""How far the values of nodes may be off before they are reconciled: error covariances by method.

A covariance W is held as its root L, W = L L', so that it never has to be formed or inverted. Only ratios of variances
matter to what is reconciled, unless a stated variance stands beside those of a method.
"""

from collections.abc import Mapping
from typing import Literal, NamedTuple, get_args

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Method = Literal["bottom_up", "ols", "wls_struct", "wls_var", "mint_shrink"]

METHODS: tuple[Method, ...] = get_args(Method)
FROM_RESIDUALS: tuple[Method, ...] = ("wls_var", "mint_shrink")

_LEAST_SHRINKAGE = 1e-8  # keeps a covariance of few observations invertible


class Errors(NamedTuple):
    """Errors of nodes."""

    root: Array  # (node, error)
    kept: Flags  # (node,) False where a value says nothing


def shrinkage(residuals: Array) -> float:
    """Share of the diagonal in the shrunk covariance, 0 to 1, by which its expected error is smallest.

    Parameters
    ----------
    residuals : (node, observation), at least 2 observations; a node whose residuals are all 0 has no say

    Notes
    -----
    Sum of the variances of the correlations over the sum of their squares, off the diagonal (Schäfer and Strimmer 2005,
    A shrinkage approach to large-scale covariance matrix estimation). As in Wickramasuriya et al. (2019) residuals are
    not centred: a bias is an error, too.

    Examples
    --------
    >>> shrinkage(np.array([[1.0, -1.0, 1.0, -1.0], [1.0, 1.0, -1.0, -1.0]]))
    1.0
    """
    deviations = np.sqrt((residuals**2).mean(axis=1))
    scaled = residuals[deviations > 0] / deviations[deviations > 0, None]
    observations = residuals.shape[1]
    correlations = scaled @ scaled.T / observations
    squares = (scaled**2) @ (scaled**2).T / observations
    variances = (squares - correlations**2) / (observations - 1)
    apart = ~np.eye(len(scaled), dtype=bool)
    spread, signal = variances[apart].sum(), (correlations[apart] ** 2).sum()
    return float(min(1.0, max(0.0, spread) / signal)) if signal > 0 else 1.0


def base_errors(
    method: Method, summing: Array, bottom: npt.NDArray[np.intp], residuals: Array, variances: Mapping[int, float]
) -> Errors:
    """Errors of nodes under a method, save for nodes whose variance is stated.

    Parameters
    ----------
    method : one of METHODS
    summing : (node, bottom)
    bottom : (bottom,) nodes at the bottom
    residuals : (node, observation), 0 for nodes whose variance is stated; (node, 0) for methods not made from them
    variances : of nodes, independent of all others; 0 is exact, inf is not to be counted
    """
    diagonal, factor = _method_errors(method, summing, bottom, residuals)
    diagonal[list(variances)] = list(variances.values())
    kept = np.isfinite(diagonal)
    loose = np.where(kept, diagonal, 0.0)
    return Errors(np.hstack([np.diag(np.sqrt(loose)), factor]), kept)


def _method_errors(
    method: Method, summing: Array, bottom: npt.NDArray[np.intp], residuals: Array
) -> tuple[Array, Array]:
    """(node,) variances and (node, error) root of what is correlated."""
    nodes = len(summing)
    alone = np.zeros((nodes, 0))
    if method == "ols":
        return np.ones(nodes), alone
    if method == "wls_struct":
        return summing.sum(axis=1), alone
    if method == "bottom_up":
        diagonal = np.full(nodes, np.inf)
        diagonal[bottom] = 1.0
        return diagonal, alone
    squares = (residuals**2).mean(axis=1)
    if method == "wls_var":
        return squares, alone
    share = max(_LEAST_SHRINKAGE, shrinkage(residuals))
    return share * squares, np.sqrt((1.0 - share) / residuals.shape[1]) * residuals
