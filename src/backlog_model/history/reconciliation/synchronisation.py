"""One figure from several sources that do not say the same.

Every statement counts by how exact it claims to be, and sums hold. The claims are then held against how far the sources
lie apart: where that is further than their variances allow, all of them are widened until they fit.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from backlog_model.errors import DataError
from backlog_model.history.reconciliation.active_bounds import Unliftable, lifted
from backlog_model.history.reconciliation.statement_fit import (
    Agreement,
    agreement,
    average_variances,
    chance_of_distance,
    excess_variance,
    furthest_out,
)
from backlog_model.history.reconciliation.statements import Constraints, Statements, checked_statements, wrong
from backlog_model.history.tables.findings import figure
from backlog_model.translation import Text

__all__ = ["Constraints", "Synchronised", "synchronise"]

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Bounds = tuple[Array, Array]
Verdict = Literal["unchecked", "agreeing", "widened"]


@dataclass(frozen=True)
class Synchronised:
    """What sources agree on, and how far each has to move.

    Attributes
    ----------
    quantities : labels
    sources : labels
    agreed : (quantity,) the value
    standard_error : (quantity,) of the value, with widened variances; 0 where it is exact; bounds are left out of it
    moves : (source, quantity) agreed less stated, NaN where a source says nothing
    moves_in_sd : (source, quantity) moves over the standard deviations that were stated
    chi_square : squared distance of all statements and sums from what fits them best, at stated variances, no bounds
    degrees_of_freedom : statements and sums that could disagree
    p_value : chance of a chi-square as large were the stated variances true; NaN where nothing can disagree
    furthest : source and quantity with the largest move for its uncertainty; None where nothing can disagree
    between_variance : (quantity,) variance added to each statement about it, 0 unless widened
    verdict : `unchecked` nothing can disagree; `agreeing` as close as variances say, or closer; `widened` further apart
    at_bound : (quantity,) whether a bound holds the value
    bounds : (quantity,) lowest and highest values
    """

    quantities: tuple[str, ...]
    sources: tuple[str, ...]
    agreed: Array
    standard_error: Array
    moves: Array
    moves_in_sd: Array
    chi_square: float
    degrees_of_freedom: int
    p_value: float
    furthest: tuple[str, str] | None
    between_variance: Array
    verdict: Verdict
    at_bound: Flags
    bounds: Bounds

    def interval(self, level: float = 0.9) -> Bounds:
        """(quantity,) lower and upper ends of the agreed value, within its bounds.

        Widened variances are known only as well as the degrees of freedom tell, so the law is Student's then: two
        sources that contradict each other leave a wide interval.

        Parameters
        ----------
        level : chance that the interval holds the true value
        """
        from scipy.special import ndtri, stdtrit

        if not 0 < level < 1:
            raise wrong("level", Text("{level:g}; expected a number between 0 and 1", level=level))
        point = 0.5 + level / 2
        reach = stdtrit(self.degrees_of_freedom, point) if self.verdict == "widened" else ndtri(point)
        half = float(reach) * self.standard_error
        low, high = self.bounds
        return np.clip(self.agreed - half, low, high), np.clip(self.agreed + half, low, high)


def synchronise(
    observations: npt.ArrayLike,
    variances: npt.ArrayLike,
    constraints: Constraints | tuple[npt.ArrayLike, npt.ArrayLike] | None = None,
    bounds: tuple[npt.ArrayLike, npt.ArrayLike] | None = None,
    *,
    quantities: Sequence[str] | None = None,
    sources: Sequence[str] | None = None,
) -> Synchronised:
    """Values on which several sources agree best.

    Parameters
    ----------
    observations : (source, quantity) values, NaN where a source says nothing; (quantity,) for one source
    variances : the same shape, or what spreads to it: of independent errors; 0 is exact, inf is not counted
    constraints : weights (constraint, quantity) and totals (constraint,) of sums that hold exactly, or `Constraints`
        for sums with a variance; a province less its regions makes 0
    bounds : lowest and highest values, (quantity,) or one for all, -inf and inf for none
    quantities : labels
    sources : labels

    Raises
    ------
    DataError
        what is wrong with the arguments; a quantity that nobody states and no sum gives; exact statements, sums or
        bounds that contradict each other, named with their values and sources

    Notes
    -----
    Weighted least squares over statements and sums. When its chi-square exceeds the degrees of freedom, variances grow
    until the two are equal (Paule and Mandel 1982, Consensus values and weighting factors): by one variance for all
    statements about a quantity, in the same proportion to their average variance for all quantities. For one quantity
    that is the between-source variance of a random-effects model. Exact statements and sums stay exact.

    Examples
    --------
    >>> both = synchronise([[252_804.0], [310_634.0]], [[10_000.0**2], [10_000.0**2]], sources=["2022", "2025"])
    >>> both.agreed, both.verdict, both.between_variance.round(-6)
    (array([281719.]), 'widened', array([1.572e+09]))
    """
    stated = checked_statements(observations, variances, constraints, quantities, sources)
    limits = _checked_bounds(bounds, stated)
    first = agreement(stated, 0.0)
    excess = excess_variance(stated, first)
    final = agreement(stated, excess)
    agreed, at_bound = _within(final, limits, stated)
    moves = agreed - stated.values
    return Synchronised(
        quantities=stated.quantities,
        sources=stated.sources,
        agreed=agreed,
        standard_error=np.sqrt(final.variances),
        moves=moves,
        moves_in_sd=np.where(stated.exact, 0.0, moves / np.sqrt(np.where(stated.exact, 1.0, stated.variances))),
        chi_square=first.chi_square,
        degrees_of_freedom=first.degrees_of_freedom,
        p_value=chance_of_distance(first),
        furthest=furthest_out(stated, first),
        between_variance=excess * average_variances(stated),
        verdict=_verdict(first, excess),
        at_bound=at_bound,
        bounds=limits,
    )


def _verdict(first: Agreement, excess: float) -> Verdict:
    if first.degrees_of_freedom == 0:
        return "unchecked"
    return "widened" if excess > 0 else "agreeing"


def _checked_bounds(bounds: tuple[npt.ArrayLike, npt.ArrayLike] | None, stated: Statements) -> Bounds:
    number = len(stated.quantities)
    given = (-np.inf, np.inf) if bounds is None else bounds
    try:
        low, high = (np.broadcast_to(np.asarray(each, dtype=np.float64), number) for each in given)
    except (TypeError, ValueError):
        raise wrong(
            "bounds",
            Text("not two of numbers; expected lowest and highest values, one or {number} each", number=number),
        ) from None
    bad = np.flatnonzero(~(low <= high) | (low == np.inf) | (high == -np.inf))
    if len(bad):
        each = Text(
            "{low} to {high} for {quantity}",
            low=figure(low[bad[0]]),
            high=figure(high[bad[0]]),
            quantity=stated.quantities[bad[0]],
        )
        raise wrong("bounds", Text("{each}; expected the lowest value first", each=each))
    return low, high


def _within(found: Agreement, limits: Bounds, stated: Statements) -> tuple[Array, Flags]:
    """Values within their bounds nearest to those found, and which of them a bound holds."""
    low, high = limits
    lower, upper = np.flatnonzero(np.isfinite(low)), np.flatnonzero(np.isfinite(high))
    places, signs = np.concatenate([lower, upper]), np.repeat([1.0, -1.0], [len(lower), len(upper)])
    room = signs * (found.values[places] - np.concatenate([low[lower], high[upper]]))
    inward = signs[:, None] * found.root[places]
    try:
        pushed = lifted(inward @ inward.T, room[:, None]).multipliers[:, 0]
    except Unliftable as limit:
        raise _excluded(
            [(int(places[place]), bool(signs[place] > 0)) for place in limit.places], limits, stated
        ) from None
    held = np.zeros(len(low), dtype=bool)
    held[places[pushed > 0]] = True
    return np.clip(found.values + found.root @ (inward.T @ pushed), low, high), held


def _excluded(against: Sequence[tuple[int, bool]], limits: Bounds, stated: Statements) -> DataError:
    """What to say when the bounds of some quantities, lower or upper ones, leave nothing that is exact possible."""
    low, high = limits
    each = [
        f"{stated.quantities[place]} {'>=' if is_lower else '<='} {figure((low if is_lower else high)[place])}"
        for place, is_lower in against
    ]
    exact = np.concatenate([stated.exact.any(axis=0), stated.slacks == 0])
    words = ", ".join(stated.node_text(int(node)) for node in np.flatnonzero(exact))
    return wrong(
        "bounds", Text("{each} cannot hold together with what is exact: {words}", each=", ".join(each), words=words)
    )
