"""One agreed set of figures: what sources say of quantities, what must add up, and how far each had to move."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from backlog_model.history import declaration
from backlog_model.history.ledger import LEVEL, Interval
from backlog_model.history.published import Published
from backlog_model.history.reconciliation import Constraints, Synchronised, synchronise
from backlog_model.history.tables import Row

_ROUNDED = math.sqrt(12)  # a value rounded to a step lies evenly within it: sd = step / sqrt(12)


@dataclass(frozen=True)
class Claim:
    """What one source says of one quantity, and where the agreement takes it.

    Attributes
    ----------
    sd : how far it may be off; 0 is exact
    agreed : the value of the agreement
    """

    quantity: str
    row: Row
    sd: float
    agreed: float

    @property
    def move(self) -> float:
        """How far it had to move."""
        return self.agreed - self.row.value


@dataclass(frozen=True)
class Agreed:
    """Sources brought together.

    Attributes
    ----------
    values : by quantity, the agreed value and its limits
    statements : what was said, in the order declared
    result : with its chi-square and verdict
    """

    name: str
    declared: declaration.Agreement
    values: dict[str, Interval]
    statements: tuple[Claim, ...]
    result: Synchronised


def agreements(declared: declaration.History, published: Published, province: str) -> dict[str, Agreed]:
    """Every declared agreement."""
    return {name: _agreed(name, each, published, province) for name, each in declared.agreements.items()}


def _agreed(name: str, declared: declaration.Agreement, published: Published, province: str) -> Agreed:
    place = f"agreements.{name}.statements"
    rows = [published.one(each, each.region or province, by=place) for each in declared.statements]
    sds = [_sd(each, row) for each, row in zip(declared.statements, rows, strict=True)]
    quantities = tuple(declared.quantities)
    values = np.full((len(rows), len(quantities)), math.nan)
    variances = np.full(values.shape, math.inf)
    for at, (each, row, sd) in enumerate(zip(declared.statements, rows, sds, strict=True)):
        values[at, quantities.index(each.of)] = row.value
        variances[at, quantities.index(each.of)] = sd**2
    found = synchronise(
        values,
        variances,
        _sums(declared, quantities),
        (-math.inf if declared.smallest is None else declared.smallest, math.inf),
        quantities=quantities,
        sources=[row.place for row in rows],
    )
    lower, upper = found.interval(LEVEL)
    limits = zip(quantities, found.agreed.tolist(), lower.tolist(), upper.tolist(), strict=True)
    agreed = {quantity: Interval(middle, low, high) for quantity, middle, low, high in limits}
    return Agreed(name, declared, agreed, _said(declared, rows, sds, agreed), found)


def _sd(statement: declaration.Statement, row: Row) -> float:
    """How far a figure may be off: as declared, or else as it is rounded; a figure printed whole is exact."""
    return row.rounding * 2 / _ROUNDED if statement.sd is None else statement.sd


def _sums(declared: declaration.Agreement, quantities: Sequence[str]) -> Constraints | None:
    if not declared.constraints:
        return None
    weights = np.zeros((len(declared.constraints), len(quantities)))
    for at, each in enumerate(declared.constraints):
        weights[at, quantities.index(each.total)] -= 1.0
        for part in each.parts:
            weights[at, quantities.index(part)] += 1.0
    names = tuple(f"{' + '.join(each.parts)} = {each.total}" for each in declared.constraints)
    return Constraints(weights, np.zeros(len(names)), 0.0, names)


def _said(
    declared: declaration.Agreement, rows: Sequence[Row], sds: Sequence[float], agreed: dict[str, Interval]
) -> tuple[Claim, ...]:
    return tuple(
        Claim(each.of, row, sd, agreed[each.of].middle)
        for each, row, sd in zip(declared.statements, rows, sds, strict=True)
    )
