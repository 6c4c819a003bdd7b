"""Values of regions, provinces and the nation made to add up.

Base values stand for every node by itself (a forecast, an estimate, a figure of another office). What is coherent is
nearest to them, each node weighted by how far it may be off (Wickramasuriya, Athanasopoulos and Hyndman 2019, Optimal
forecast reconciliation for hierarchical and grouped time series through trace minimization).
"""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from backlog_model.errors import DataError, Problem, nearest_hint
from backlog_model.history.reconciliation.active_bounds import Unliftable, lifted
from backlog_model.history.reconciliation.adjustment import Contradiction, Structure, adjustment, structure_on
from backlog_model.history.reconciliation.base_errors import FROM_RESIDUALS, METHODS, Method, base_errors
from backlog_model.history.reconciliation.statements import Constraints
from backlog_model.history.reconciliation.synchronisation import Synchronised, synchronise
from backlog_model.history.tables.findings import figure
from backlog_model.translation import Text, joined

__all__ = ["METHODS", "Constraints", "Method", "Synchronised", "reconcile", "synchronise"]

Array = npt.NDArray[np.float64]
Positions = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]


def reconcile(
    summing: npt.ArrayLike,
    base: npt.ArrayLike,
    method: Method,
    residuals: npt.ArrayLike | None = None,
    non_negative: bool = False,
    *,
    variances: Mapping[int, float] | None = None,
) -> Array:
    """Coherent values nearest to those of the nodes.

    Parameters
    ----------
    summing : (node, bottom) weights, mostly 0 and 1, that make every node from the bottom ones; among its rows, in any
        order, is one for each bottom node with a single 1 (of several, the last counts as the bottom)
    base : (node,), or (node, horizon or draw): each column is reconciled by itself, a draw stays a draw
    method : how far a node may be off:
        `bottom_up` only bottom nodes count, all alike;
        `ols` all nodes alike;
        `wls_struct` variance = sum of the weights of the node, which for 0 and 1 is its number of bottom nodes;
        `wls_var` variance = mean square of its residuals;
        `mint_shrink` covariance of the residuals, shrunk towards its diagonal (Schäfer and Strimmer 2005)
    residuals : (node, observation) of past forecasts, not centred; for `wls_var` and `mint_shrink`
    non_negative : nothing below 0: of coherent values at 0 or more, those nearest in the same measure
    variances : for nodes, by position, of which more is known than the method does: 0 keeps the base value exactly (a
        hard total), a number is a variance independent of all other nodes (a soft total; in the units of the method's
        own variances), inf ignores the base value, which may then be NaN

    Returns
    -------
    shape of `base`, coherent to round-off; columns with nothing below 0 are the same with and without `non_negative`

    Raises
    ------
    DataError
        what is wrong with the arguments; exact nodes that contradict each other; nodes no value says anything about

    Examples
    --------
    A province and its two regions. The gap of 6 is shared by all, or by the regions alone when the province is certain.

    >>> summing = [[1, 1], [1, 0], [0, 1]]
    >>> reconcile(summing, [16, 4, 6], "ols")
    array([14., 6., 8.])
    >>> reconcile(summing, [16, 4, 6], "ols", variances={0: 0.0})
    array([16., 7., 9.])
    """
    weights, bottom = _checked_summing(summing)
    stated = _checked_variances(variances or {}, len(weights))
    ignored = [node for node, variance in stated.items() if variance == np.inf]
    values = _checked_base(base, len(weights), ignored)
    _check_method(method, weights)
    errors = base_errors(
        method, weights, bottom, _checked_residuals(residuals, method, len(weights), list(stated)), stated
    )
    structure = structure_on(Structure(weights, bottom), errors.root, errors.kept)
    _check_reached(structure, errors.kept)
    fitted = adjustment(structure, errors.root, errors.kept)
    columns = values.reshape(len(values), -1)
    _check_exact(fitted.contradiction(columns), columns)
    found = structure.summing[bottom] @ fitted.basis_values(columns)
    exact = errors.kept & ~errors.root.any(axis=1)
    if non_negative:
        found = _non_negative(found, weights, columns, exact, structure.summing[bottom] @ fitted.remaining)
    coherent = weights @ found
    coherent[exact] = columns[exact]
    return np.asarray(coherent.reshape(values.shape))


def _non_negative(found: Array, weights: Array, columns: Array, exact: Flags, remaining: Array) -> Array:
    """(bottom, draw) values at 0 or more nearest to those found."""
    if (weights < 0).any():
        raise _wrong("summing", Text("weights below 0; expected 0 or more for values that are not negative"))
    below = np.argwhere((columns < 0) & exact[:, None])
    if len(below):
        node, draw = below[0]
        raise _wrong(
            "base",
            Text("node {node} is exact at {value}; expected 0 or more", node=node, value=figure(columns[node, draw])),
        )
    try:
        return lifted(remaining @ remaining.T, found).values
    except Unliftable as limit:
        names = ", ".join(str(node) for node in np.flatnonzero(exact))
        message = Text("no values at 0 or more agree with the exact nodes {names}", names=names)
        raise _wrong("base", Text("column {draw}: {message}", draw=limit.draw, message=message)) from None


def _checked_summing(summing: npt.ArrayLike) -> tuple[Array, Positions]:
    """(node, bottom) weights, and the node of each bottom."""
    weights = _numbers("summing", summing)
    if weights.ndim != 2 or not 0 < weights.shape[1] <= weights.shape[0]:
        raise _wrong(
            "summing",
            Text("shape {shape}; expected (nodes, bottom), a row for each bottom node and total", shape=weights.shape),
        )
    _check_finite("summing", weights)
    alone = (np.count_nonzero(weights, axis=1) == 1) & (weights.max(axis=1) == 1)
    bottom = np.full(weights.shape[1], -1, dtype=np.intp)
    bottom[np.argmax(weights[alone], axis=1)] = np.flatnonzero(alone)
    if (bottom < 0).any():
        column = int(np.argmin(bottom))
        raise _wrong(
            "summing",
            Text("no row stands for column {column} alone; expected one with a single 1 there", column=column),
        )
    return weights, bottom


def _checked_base(base: npt.ArrayLike, nodes: int, ignored: list[int]) -> Array:
    values = _numbers("base", base).copy()
    if values.ndim not in (1, 2) or len(values) != nodes:
        raise _wrong(
            "base",
            Text(
                "shape {shape}; expected ({nodes},) or ({nodes}, draws), a row for each of summing",
                shape=values.shape,
                nodes=nodes,
            ),
        )
    values[ignored] = 0.0
    _check_finite("base", values)
    return values


def _check_method(method: Method, weights: Array) -> None:
    if method not in METHODS:
        raise _wrong("method", joined([method, nearest_hint(str(method), METHODS)]))
    if method == "wls_struct" and (weights.sum(axis=1) <= 0).any():
        node = int(np.argmin(weights.sum(axis=1)))
        message = Text(
            "weights of node {node} add up to {total}; expected above 0 for wls_struct",
            node=node,
            total=figure(weights[node].sum()),
        )
        raise _wrong("summing", message)


def _checked_residuals(residuals: npt.ArrayLike | None, method: Method, nodes: int, unread: list[int]) -> Array:
    if method not in FROM_RESIDUALS:
        return np.zeros((nodes, 0))
    if residuals is None:
        raise _wrong(
            "residuals", Text("none; expected ({nodes}, observations) for {method}", nodes=nodes, method=method)
        )
    values = _numbers("residuals", residuals).copy()
    least = 2 if method == "mint_shrink" else 1
    if values.ndim != 2 or len(values) != nodes or values.shape[1] < least:
        expected = Text(
            "({nodes}, observations), at least {least} of them for {method}", nodes=nodes, least=least, method=method
        )
        raise _wrong("residuals", Text("shape {shape}; expected {expected}", shape=values.shape, expected=expected))
    values[unread] = 0.0
    _check_finite("residuals", values)
    return values


def _checked_variances(variances: Mapping[int, float], nodes: int) -> dict[int, float]:
    for node, variance in variances.items():
        if not 0 <= node < nodes:
            raise _wrong("variances", Text("node {node}; expected 0 to {last}", node=node, last=nodes - 1))
        if not variance >= 0:
            raise _wrong(
                "variances",
                Text(
                    "{variance:g} for node {node}; expected 0 (exact), a number above or inf",
                    variance=variance,
                    node=node,
                ),
            )
    return {int(node): float(variance) for node, variance in variances.items()}


def _check_reached(structure: Structure, kept: Flags) -> None:
    lost = structure.basis[~kept[structure.basis]]
    if len(lost):
        raise _wrong(
            "variances", Text("node {node} is ignored, and no total that counts gives its value", node=lost[0])
        )


def _check_exact(found: Contradiction | None, columns: Array) -> None:
    if found is not None:
        each = ", ".join(f"{node} ({figure(columns[node, found.draw])})" for node in found.nodes)
        message = Text(
            "exact nodes {each} contradict each other by {excess}", each=each, excess=figure(abs(found.excess))
        )
        raise _wrong(
            "variances", Text("column {draw}: {message}; expected values that add up", draw=found.draw, message=message)
        )


def _check_finite(name: str, values: Array) -> None:
    wrong = np.argwhere(~np.isfinite(values))
    if len(wrong):
        place = tuple(wrong[0].tolist())
        raise _wrong(
            name, Text("{values} at {place}; expected a finite number", values=values[place], place=list(place))
        )


def _numbers(name: str, values: npt.ArrayLike) -> Array:
    try:
        return np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise _wrong(name, Text("not an array of numbers; expected rows of equal length")) from None


def _wrong(name: str, message: str) -> DataError:
    return DataError([Problem(name, message)])
