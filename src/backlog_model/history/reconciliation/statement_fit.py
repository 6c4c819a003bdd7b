"""Least-squares agreement of statements about the same quantities, and how much they disagree."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from backlog_model.history.reconciliation.adjustment import Adjustment, Structure, adjustment, structure_on
from backlog_model.history.reconciliation.statements import Statements, pooled, wrong
from backlog_model.history.tables.findings import figure
from backlog_model.translation import Text

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

_TIED = 1e-9
_CERTAIN = 1e-9  # of a variance: what is left of it is round-off


class Agreement(NamedTuple):
    """What fits all statements and sums best at given variances."""

    values: Array  # (quantity,)
    root: Array  # (quantity, error) of their covariance
    chi_square: float  # squared distance of statements and sums, each in its own standard deviation
    degrees_of_freedom: int  # statements and sums that could disagree

    @property
    def variances(self) -> Array:
        """(quantity,) variances of the values."""
        return np.asarray((self.root**2).sum(axis=1))


def agreement(stated: Statements, excess: float) -> Agreement:
    """Agreement when variances grow by a multiple of the average variance of their quantity.

    Statements about one quantity are pooled first: only their mean meets the sums.
    """
    variances = stated.variances + excess * average_variances(stated)
    each = pooled(stated, variances)
    spread = np.concatenate([each.variances, stated.slacks * (1.0 + excess)])
    kept = np.isfinite(spread)
    root = np.diag(np.sqrt(np.where(kept, spread, 0.0)))
    structure = _structure(stated, root, kept)
    fitted = adjustment(structure, root, kept)
    values = np.concatenate([each.values, stated.totals])[:, None]
    _check_exact(fitted, values, stated)
    onto_quantities = structure.summing[: len(stated.quantities)]
    found = onto_quantities @ fitted.basis_values(values)[:, 0]
    apart = np.where(stated.loose, stated.values - each.values, 0.0) ** 2 / np.where(stated.loose, variances, 1.0)
    means = np.isfinite(each.variances) & (each.variances > 0)
    return Agreement(
        values=np.where(each.variances == 0, each.values, found),
        root=onto_quantities @ fitted.remaining,
        chi_square=float(apart.sum() + fitted.squared_distance(values)[0]),
        degrees_of_freedom=int(stated.loose.sum() - means.sum()) + len(fitted.checks),
    )


def _structure(stated: Statements, root: Array, kept: Flags) -> Structure:
    number = len(stated.quantities)
    nodes = np.vstack([np.eye(number), stated.weights])
    structure = structure_on(Structure(nodes, np.arange(number)), root, kept)
    lost = structure.basis[~kept[structure.basis]]
    if len(lost):
        raise wrong(
            stated.quantities[lost[0]], Text("no source states it and no sum gives it; expected one that counts")
        )
    return structure


def _check_exact(fitted: Adjustment, values: Array, stated: Statements) -> None:
    found = fitted.contradiction(values)
    if found is not None:
        each = ", ".join(stated.node_text(node) for node in found.nodes)
        raise wrong(
            Text("exact figures"),
            Text("{each} contradict each other by {excess}", each=each, excess=figure(abs(found.excess))),
        )


def average_variances(stated: Statements) -> Array:
    """(quantity,) average of the variances stated, 0 where none counts."""
    total = np.where(stated.loose, stated.variances, 0.0).sum(axis=0)
    return np.asarray(total / np.maximum(stated.loose.sum(axis=0), 1))


def excess_variance(stated: Statements, first: Agreement) -> float:
    """Growth of variances, as a multiple of the average, at which chi-square equals its degrees of freedom; or 0.

    Parameters
    ----------
    stated : statements
    first : their agreement at the variances they state
    """
    from scipy.optimize import brentq

    wanted = first.degrees_of_freedom
    if first.chi_square <= wanted:
        return 0.0
    high = 1.0
    while agreement(stated, high).chi_square > wanted:
        high *= 4.0
    return float(
        brentq(lambda excess: agreement(stated, excess).chi_square - wanted, 0.0, high, xtol=1e-14, rtol=1e-13)
    )


def chance_of_distance(found: Agreement) -> float:
    """Chance of a chi-square as large were the stated variances true; NaN where nothing can disagree."""
    from scipy.special import chdtrc

    return float(chdtrc(found.degrees_of_freedom, found.chi_square)) if found.degrees_of_freedom else np.nan


def furthest_out(stated: Statements, found: Agreement) -> tuple[str, str] | None:
    """Source and quantity with the largest standardised move; of equal ones the less exact, None without any.

    A move is less uncertain than its statement, by what the statement itself adds to the agreement (the w-test of
    Baarda 1968, A testing procedure for use in geodetic networks).
    """
    spread = np.where(stated.loose, stated.variances, 0.0)
    own = spread - found.variances
    open_to_doubt = stated.loose & (own > _CERTAIN * spread)
    if not open_to_doubt.any():
        return None
    moves = np.where(open_to_doubt, np.abs(found.values - stated.values), 0.0)
    standardised = moves / np.sqrt(np.where(open_to_doubt, own, 1.0))
    largest = open_to_doubt & (standardised >= (1.0 - _TIED) * standardised.max())
    source, quantity = np.unravel_index(np.argmax(np.where(largest, spread, -1.0)), spread.shape)
    return stated.sources[source], stated.quantities[quantity]
