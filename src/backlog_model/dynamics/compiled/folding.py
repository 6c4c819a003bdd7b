"""Arithmetic that needs no machine: what an operation gives when an operand is known, exactly as it would be computed.

Only rules that change no bit are used (but for the sign of a zero): nothing is reordered, no quotient made a product.
Every number of the model is finite, which is what makes x * 0 = 0 and 0 / x = 0 exact.
"""

from collections.abc import Callable
from typing import NamedTuple


class Known(NamedTuple):
    """A number that is known when the equations are written down; never equal to the position of a node."""

    number: float


Operand = int | Known
"""A node of a graph by its position, or a known number."""

_EXACT: dict[str, Callable[[float, float], float]] = {
    "add": lambda a, b: a + b,
    "subtract": lambda a, b: a - b,
    "multiply": lambda a, b: a * b,
    "divide": lambda a, b: a / b,
    "minimum": min,
    "maximum": max,
    "less": lambda a, b: float(a < b),
}
COMMUTATIVE = frozenset(("add", "multiply", "minimum", "maximum"))


def folded(operation: str, a: Operand, b: Operand) -> Operand | None:
    """The result without computing anything: a known number, one of the operands, or None where it must be computed."""
    if isinstance(a, Known) and isinstance(b, Known):
        if operation == "divide" and b.number == 0.0:
            return None  # left to the machine, which gives what arrays give
        return Known(_EXACT[operation](a.number, b.number))
    if isinstance(a, Known):
        return _with_first_known(operation, a.number, b)
    if isinstance(b, Known):
        return _with_second_known(operation, a, b.number)
    return a if a == b and operation in ("minimum", "maximum") else None


def _with_first_known(operation: str, a: float, b: Operand) -> Operand | None:
    if a == 0.0 and operation in ("multiply", "divide"):
        return Known(0.0)
    if (a == 0.0 and operation == "add") or (a == 1.0 and operation == "multiply"):
        return b
    return None


def _with_second_known(operation: str, a: Operand, b: float) -> Operand | None:
    if b == 0.0 and operation == "multiply":
        return Known(0.0)
    if (b == 0.0 and operation in ("add", "subtract")) or (b == 1.0 and operation in ("multiply", "divide")):
        return a
    return None
