"""The equations of a year, written down by running the model once on numbers that are not known yet."""

import math
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from backlog_model.dynamics import funding
from backlog_model.dynamics.compiled.folding import Operand
from backlog_model.dynamics.compiled.structure import DROPPING_OUT, Structure
from backlog_model.dynamics.compiled.tracing import DRAW, REGION, Graph, numbers, operand
from backlog_model.dynamics.records import flow_records, money_records, stock_records
from backlog_model.dynamics.year import State, opening_state, year_step
from backlog_model.inputs import OPENING_SHAPES, Axes, Inputs, Opening, YearInputs, axis_lengths, funded_pairs
from backlog_model.quantities import ratio

OF_THE_PROVINCE = frozenset(("unallocated_idr",))
"""Variables without regions."""

_PROVINCIAL = YearInputs._fields.index("provincial_budget_idr")
_STATE_SHAPES = OPENING_SHAPES | {"slum_credit_ha": OPENING_SHAPES["slum_ha"]}


class Row(NamedTuple):
    """One recorded series: a part of a variable, and what it is."""

    variable: str
    part: int
    value: Operand


class Equations(NamedTuple):
    """What a year, or the opening, records and leaves behind."""

    graph: Graph
    rows: list[Row]
    closing: list[Operand]  # by slot, every element of `State` in turn
    parts: dict[str, int]  # number of parts of each variable


def opening_equations(structure: Structure, inputs: Inputs) -> Equations:
    """Stocks on the opening day."""
    graph = Graph()
    lengths = axis_lengths(inputs.axes)
    opening = []
    for position, name in enumerate(Opening._fields):
        shape = tuple(lengths[axis] for axis in OPENING_SHAPES.get(name, ()))
        leaves = (graph.leaf(("opening", position, e), REGION | DRAW) for e in range(math.prod(shape)))
        opening.append(numbers(leaves, shape))
    state = opening_state(Opening._make(opening), _year(graph, structure, structure.groups[structure.first]))
    return _written(graph, stock_records(_with_axis(state)), state)


def year_equations(structure: Structure, inputs: Inputs, group: bytes) -> Equations:
    """Everything that happens in a year of a group."""
    graph, axes, rules = Graph(), inputs.axes, inputs.rules
    state, year = _state(graph, axes), _year(graph, structure, group)
    weights = funding.sharing_weights(state, year, rules, axes)
    shares = [_share(graph, weight, year, p) for p, weight in enumerate(weights)]
    untaken = [funding.left_over(graph.sum_over_regions(share)) for share in shares]
    provincial = _field(graph, structure, group, _PROVINCIAL, kind="first region")
    lost = [provincial[s, p] * untaken[p] for p, s in funded_pairs(rules)]
    money = funding.reached(shares, numbers(lost, (len(lost),)), state.previous_start, year, rules, axes)
    closing, flows = year_step(state, year, rules, money.reach)
    spending = funding.spent(money, flows.started, year, rules, axes)
    records = (
        stock_records(_with_axis(closing))
        | flow_records(_with_axis(flows))
        | money_records(_with_axis(money), _with_axis(spending))
    )
    return _written(graph, records, closing)


def _share(graph: Graph, weight: Any, year: YearInputs, p: int) -> Any:
    """Share of a region in the pots of a programme: by weight alone where nothing bounds it."""
    floor, cap = year.floor_share[p], year.cap_share[p]
    if isinstance(floor, float) and floor == 0.0 and isinstance(cap, float) and cap >= 1.0:
        return ratio(weight, graph.sum_over_regions(weight))
    return graph.shares(weight, floor, cap)


def _year(graph: Graph, structure: Structure, group: bytes) -> YearInputs:
    """Inputs of a year of a group."""
    positions = range(len(structure.fields))
    return YearInputs._make(_field(graph, structure, group, position) for position in positions)


def _field(graph: Graph, structure: Structure, group: bytes, position: int, *, kind: str = "year") -> Any:
    """A field of a year of a group: known numbers where they drop out, numbers to be read elsewhere.

    Of kind `first region`, what the first region has stands for all, which suits what has no regions.
    """
    field = structure.fields[position]
    level = field.level if kind == "year" else field.level & ~REGION
    first = sum(math.prod(before.inner) for before in structure.fields[:position])
    codes = group[first : first + math.prod(field.inner)]
    elements = (
        DROPPING_OUT[code - 1] if code else graph.leaf((kind, position, element), level)
        for element, code in enumerate(codes)
    )
    return numbers(elements, field.inner)


def _state(graph: Graph, axes: Axes) -> State:
    lengths, values, first = axis_lengths(axes), [], 0
    for name in State._fields:
        shape = tuple(lengths[axis] for axis in _STATE_SHAPES.get(name, ()))
        size = math.prod(shape)
        leaves = (graph.leaf(("state", slot), REGION | DRAW) for slot in range(first, first + size))
        values.append(numbers(leaves, shape))
        first += size
    return State._make(values)


def _slots(state: State) -> Iterator[Operand]:
    for array in state:
        yield from (operand(value) for value in np.asarray(array, dtype=object).reshape(-1))


def _with_axis(record: Any) -> Any:
    """A record with an axis of length 1 in place of draws and regions, which what is recorded expects."""
    return record._make(_column(value) for value in record)


def _column(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return numbers(value.reshape(-1), (*value.shape, 1))
    return numbers([value], (1,))


def _written(graph: Graph, records: dict[str, Any], closing: State) -> Equations:
    rows = [
        Row(name, part, operand(value))
        for name, array in records.items()
        for part, value in enumerate(np.asarray(array, dtype=object).reshape(-1))
    ]
    parts = {name: len(array) for name, array in records.items()}
    return Equations(graph, rows, list(_slots(closing)), parts)
