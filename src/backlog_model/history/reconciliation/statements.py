"""What several sources state about the same quantities, and what must hold between them."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from backlog_model.errors import DataError, Problem
from backlog_model.history.tables.findings import figure
from backlog_model.translation import Text

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

_SAME = 1e-10  # of a value: two exact statements are one


class Constraints(NamedTuple):
    """Sums that must hold: weights times quantities = totals.

    Attributes
    ----------
    weights : (constraint, quantity)
    totals : (constraint,)
    variances : (constraint,) or one for all; 0 must hold exactly, inf is not counted
    names : of the constraints, for messages
    """

    weights: npt.ArrayLike
    totals: npt.ArrayLike
    variances: npt.ArrayLike = 0.0
    names: Sequence[str] = ()


class Statements(NamedTuple):
    """Checked statements and constraints, all in arrays."""

    quantities: tuple[str, ...]
    sources: tuple[str, ...]
    values: Array  # (source, quantity), NaN where a source says nothing
    variances: Array  # (source, quantity), inf where nothing is said or counted
    names: tuple[str, ...]  # of the constraints
    weights: Array  # (constraint, quantity)
    totals: Array  # (constraint,)
    slacks: Array  # (constraint,) variances

    @property
    def exact(self) -> Flags:
        """(source, quantity) statements without error."""
        return np.asarray(self.variances == 0)

    @property
    def loose(self) -> Flags:
        """(source, quantity) statements that count and may be off."""
        return np.asarray(np.isfinite(self.variances) & (self.variances > 0))

    def node_text(self, node: int) -> str:
        """An exact quantity with its source, or a constraint, in words for a message; quantities come first."""
        if node >= len(self.quantities):
            return Text("constraint {name}", name=self.names[node - len(self.quantities)])
        source = int(np.argmax(self.exact[:, node]))
        return f"{self.quantities[node]} = {figure(self.values[source, node])} ({self.sources[source]})"


class Pooled(NamedTuple):
    """One value for each quantity from all that is stated about it alone."""

    values: Array  # (quantity,)
    variances: Array  # (quantity,) inf where nothing is stated


def pooled(statements: Statements, variances: Array) -> Pooled:
    """Means weighted by 1 / variance; an exact statement overrides others.

    Parameters
    ----------
    statements : in which exact ones about a quantity agree
    variances : (source, quantity), those stated or wider ones
    """
    loose, exact = statements.loose, statements.exact
    stated = np.where(loose | exact, statements.values, 0.0)
    precisions = np.where(loose, 1.0 / np.where(loose, variances, 1.0), 0.0)
    total = precisions.sum(axis=0)
    means = (precisions * stated).sum(axis=0) / np.where(total > 0, total, 1.0)
    spread = np.where(total > 0, 1.0 / np.where(total > 0, total, 1.0), np.inf)
    certain = exact.any(axis=0)
    first = np.take_along_axis(stated, np.argmax(exact, axis=0)[None], axis=0)[0]
    return Pooled(np.where(certain, first, means), np.where(certain, 0.0, spread))


def checked_statements(
    observations: npt.ArrayLike,
    variances: npt.ArrayLike,
    constraints: Constraints | tuple[npt.ArrayLike, npt.ArrayLike] | None,
    quantities: Sequence[str] | None,
    sources: Sequence[str] | None,
) -> Statements:
    """Statements and constraints in arrays, once all of it makes sense."""
    values = np.atleast_2d(_numbers("observations", observations))
    if values.ndim != 2 or not values.size:
        raise wrong("observations", Text("shape {shape}; expected (sources, quantities)", shape=values.shape))
    said = _spread_out("variances", variances, values.shape)
    stated = ~np.isnan(values)
    _refuse("observations", np.isinf(values), values, Text("a finite number, or NaN where a source says nothing"))
    _refuse("variances", stated & ~(said >= 0), said, Text("0 (exact), a number above or inf (not counted)"))
    sums = _constraints(constraints, values.shape[1])
    weights, totals, slacks = _checked_constraints(sums, values.shape[1])
    found = Statements(
        quantities=_labels("quantities", "quantity ", quantities, values.shape[1]),
        sources=_labels("sources", "source ", sources, len(values)),
        values=values,
        variances=np.where(stated, said, np.inf),
        names=_labels("constraints", "", sums.names or None, len(weights)),
        weights=weights,
        totals=totals,
        slacks=slacks,
    )
    _refuse_conflicts(found)
    return found


def _constraints(given: Constraints | tuple[npt.ArrayLike, npt.ArrayLike] | None, quantities: int) -> Constraints:
    if given is None:
        return Constraints(np.empty((0, quantities)), ())
    if len(given) not in (2, len(Constraints._fields)):
        raise wrong("constraints", Text("not a pair; expected weights and totals, or Constraints"))
    return Constraints(*given)


def _checked_constraints(constraints: Constraints, quantities: int) -> tuple[Array, Array, Array]:
    """(constraint, quantity) weights, (constraint,) totals and variances."""
    weights = _numbers("constraints", constraints.weights)
    if weights.ndim != 2 or weights.shape[1] != quantities:
        raise wrong(
            "constraints",
            Text(
                "weights of shape {shape}; expected (constraints, {quantities})",
                shape=weights.shape,
                quantities=quantities,
            ),
        )
    totals = _spread_out("constraints", constraints.totals, weights.shape[:1])
    variances = _spread_out("constraints", constraints.variances, weights.shape[:1])
    for numbers in (weights, totals):
        _refuse("constraints", ~np.isfinite(numbers), numbers, Text("a finite number"))
    _refuse("constraints", ~(variances >= 0), variances, Text("a variance of 0 (exact), above or inf (not counted)"))
    return weights, totals, variances


def _refuse_conflicts(statements: Statements) -> None:
    """Refuse exact statements about one quantity that differ, every pair of the first with another."""
    problems = []
    for quantity in np.flatnonzero(statements.exact.sum(axis=0) > 1):
        first, *others = np.flatnonzero(statements.exact[:, quantity])
        value = statements.values[first, quantity]
        for other in others:
            different = statements.values[other, quantity]
            if abs(different - value) > _SAME * max(abs(value), abs(different)):
                each = Text("exactly {value} ({source})", value=figure(value), source=statements.sources[first])
                message = Text(
                    "{each} and exactly {different} ({source}); only one can hold",
                    each=each,
                    different=figure(different),
                    source=statements.sources[other],
                )
                problems.append(Problem(statements.quantities[quantity], message))
    if problems:
        raise DataError(problems)


def _labels(place: str, word: str, given: Sequence[str] | None, number: int) -> tuple[str, ...]:
    labels = tuple(f"{word}{position + 1}" for position in range(number)) if given is None else tuple(given)
    if len(labels) != number or len(set(labels)) != number:
        raise wrong(place, Text("{count} different names; expected {number}", count=len(set(labels)), number=number))
    return labels


def _spread_out(place: str, given: npt.ArrayLike, shape: tuple[int, ...]) -> Array:
    numbers = _numbers(place, given)
    try:
        return np.broadcast_to(numbers, shape).copy()
    except ValueError:
        raise wrong(place, Text("shape {shape}; expected {expected}", shape=numbers.shape, expected=shape)) from None


def _refuse(place: str, bad: Flags, numbers: Array, expected: str) -> None:
    if bad.any():
        position = tuple(np.argwhere(bad)[0].tolist())
        raise wrong(
            place,
            Text(
                "{number:g} at {position}; expected {expected}",
                number=numbers[position],
                position=list(position),
                expected=expected,
            ),
        )


def _numbers(place: str, given: npt.ArrayLike) -> Array:
    try:
        return np.array(given, dtype=np.float64)
    except (TypeError, ValueError):
        raise wrong(place, Text("not an array of numbers; expected rows of equal length")) from None


def wrong(place: str, message: str) -> DataError:
    """One problem as an error."""
    return DataError([Problem(place, message)])
