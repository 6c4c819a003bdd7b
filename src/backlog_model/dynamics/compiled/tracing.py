"""Numbers that write down what is done with them, so that the yearly model runs once and its equations remain.

`Number` stands for one value of one draw and region, `Numbers` for an array of them over classes or programmes. Both
go through the very functions that work on arrays of numbers; what comes back is a graph of operations, each computed
once however often the equations repeat it.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from backlog_model.dynamics.compiled.folding import COMMUTATIVE, Known, Operand, folded

REGION, DRAW = 1, 2
"""What a value varies with, as bits: neither (a number of the year), regions, draws, or both."""


class Graph:
    """Operations in the order in which they can be computed.

    Attributes
    ----------
    nodes : (operation, operands) by position
    levels : what each varies with, bits of `REGION` and `DRAW`
    phases : how many sums over regions come one after another before it
    """

    def __init__(self) -> None:
        self.nodes: list[tuple[Any, ...]] = []
        self.levels: list[int] = []
        self.phases: list[int] = []
        self._known: dict[tuple[Any, ...], int] = {}

    def leaf(self, key: tuple[Any, ...], level: int) -> "Number":
        """A value that is read."""
        return Number(self, self._node(("leaf", key), level, 0))

    def sum_over_regions(self, value: Any) -> "Number":
        """Sum of a value over all regions of a draw."""
        one = operand(value)
        level, phase = self._of((one,))
        return Number(self, self._node(("sum", one), level & ~REGION, phase + 1))

    def shares(self, weight: Any, floor: Any, cap: Any) -> "Number":
        """Share of a provincial pot between floors and caps, `funding.regional_shares`."""
        operands = operand(weight), operand(floor), operand(cap)
        level, phase = self._of(operands)
        return Number(self, self._node(("shares", *operands), level | REGION, phase + 1))

    def binary(self, operation: str, first: Any, second: Any) -> Any:
        """The result of an operation on two numbers, one of them of this graph."""
        a, b = operand(first), operand(second)
        result = folded(operation, a, b)
        if result is None:
            if operation in COMMUTATIVE and _place(b) < _place(a):
                a, b = b, a
            result = self._node((operation, a, b), *self._of((a, b)))
        return result.number if isinstance(result, Known) else Number(self, result)

    def where(self, condition: Any, first: Any, second: Any) -> Any:
        """The first number where the condition holds, else the second."""
        operands = operand(condition), operand(first), operand(second)
        if isinstance(operands[0], Known):
            return first if operands[0].number else second
        return Number(self, self._node(("where", *operands), *self._of(operands)))

    def _of(self, operands: Sequence[Operand]) -> tuple[int, int]:
        level = phase = 0
        for one in operands:
            if isinstance(one, int):
                level, phase = level | self.levels[one], max(phase, self.phases[one])
        return level, phase

    def _node(self, node: tuple[Any, ...], level: int, phase: int) -> int:
        position = self._known.setdefault(node, len(self.nodes))
        if position == len(self.nodes):
            self.nodes.append(node)
            self.levels.append(level)
            self.phases.append(phase)
        return position


def operand(value: Any) -> Operand:
    """Position of a number in its graph, or the known number itself."""
    return value.position if isinstance(value, Number) else Known(float(value))


def _place(one: Operand) -> int:
    return one if isinstance(one, int) else -1


class Number:
    """One value of one draw and region that is not known yet; arithmetic with it is written down in its graph."""

    __slots__ = ("graph", "position")

    def __init__(self, graph: Graph, position: int) -> None:
        self.graph, self.position = graph, position

    def __add__(self, other: Any) -> Any:
        return NotImplemented if isinstance(other, np.ndarray) else self.graph.binary("add", self, other)

    def __radd__(self, other: Any) -> Any:
        return self.graph.binary("add", other, self)

    def __sub__(self, other: Any) -> Any:
        return NotImplemented if isinstance(other, np.ndarray) else self.graph.binary("subtract", self, other)

    def __rsub__(self, other: Any) -> Any:
        return self.graph.binary("subtract", other, self)

    def __mul__(self, other: Any) -> Any:
        return NotImplemented if isinstance(other, np.ndarray) else self.graph.binary("multiply", self, other)

    def __rmul__(self, other: Any) -> Any:
        return self.graph.binary("multiply", other, self)

    def __truediv__(self, other: Any) -> Any:
        return NotImplemented if isinstance(other, np.ndarray) else self.graph.binary("divide", self, other)

    def __rtruediv__(self, other: Any) -> Any:
        return self.graph.binary("divide", other, self)

    def __neg__(self) -> Any:
        return self.graph.binary("subtract", 0.0, self)

    def __lt__(self, other: Any) -> Any:
        return self.graph.binary("less", self, other)

    def __gt__(self, other: Any) -> Any:
        return self.graph.binary("less", other, self)

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *operands: Any, **options: Any) -> Any:
        return _applied(ufunc, method, operands, options)

    def __array_function__(self, function: Callable[..., Any], types: Any, args: Any, kwargs: Any) -> Any:
        if function is np.any:  # it may be anything, so what holds for a value other than 0 is written down
            return True
        return self.graph.where(*args) if function is np.where else NotImplemented


class Numbers(np.ndarray):
    """An array of numbers, known or not."""

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *operands: Any, **options: Any) -> Any:
        return _applied(ufunc, method, operands, options)


def numbers(values: Any, shape: tuple[int, ...]) -> Any:
    """An array of numbers of a shape; of no dimension, the number itself."""
    array = np.empty(shape, dtype=object)
    flat = array.reshape(-1)
    for position, value in enumerate(values):
        flat[position] = value
    return array.view(Numbers) if shape else flat[0]


def _graph_of(first: Any, second: Any) -> Graph:
    graph: Graph = (first if isinstance(first, Number) else second).graph
    return graph


def _pairwise(ufunc: np.ufunc, operation: str) -> Callable[[Any, Any], Any]:
    def apply(first: Any, second: Any) -> Any:
        if isinstance(first, Number) or isinstance(second, Number):
            return _graph_of(first, second).binary(operation, first, second)
        return float(ufunc(first, second))

    return apply


_NAMES = {
    np.add: "add",
    np.subtract: "subtract",
    np.multiply: "multiply",
    np.true_divide: "divide",
    np.minimum: "minimum",
    np.maximum: "maximum",
    np.less: "less",
}
_OPERATIONS: dict[np.ufunc, Any] = {ufunc: _pairwise(ufunc, name) for ufunc, name in _NAMES.items()}
_OPERATIONS[np.negative] = lambda value: 0.0 - value
_ON_ARRAYS = {ufunc: np.frompyfunc(apply, ufunc.nin, 1) for ufunc, apply in _OPERATIONS.items()}


def _applied(ufunc: np.ufunc, method: str, operands: Sequence[Any], options: dict[str, Any]) -> Any:
    if method == "reduce" and ufunc is np.add:  # only of nothing: sums of something are written out in order
        return np.add.reduce(_plain(operands[0]), **options)
    if method != "__call__" or options or ufunc not in _OPERATIONS:
        return NotImplemented
    if not any(isinstance(one, np.ndarray) for one in operands):
        return _OPERATIONS[ufunc](*operands)
    result = _ON_ARRAYS[ufunc](*(_plain(one) for one in operands))
    return result.view(Numbers) if isinstance(result, np.ndarray) else result


def _plain(value: Any) -> Any:
    """A bare array, which NumPy works on element by element."""
    if isinstance(value, np.ndarray):
        return value.view(np.ndarray)
    one = np.empty((), dtype=object)
    one[()] = value
    return one
