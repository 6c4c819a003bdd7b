"""Years one after another: from prepared arrays to a projection, in blocks of draws that do not change results."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from backlog_model.dynamics import funding
from backlog_model.dynamics.records import (
    MONEY_RECORDS,
    Bindings,
    binding_codes,
    flow_records,
    money_records,
    stock_records,
)
from backlog_model.dynamics.year import Flows, State, opening_state, year_step
from backlog_model.inputs import Array, Inputs, Opening, YearInputs
from backlog_model.projection import Projection
from backlog_model.quantities import QUANTITIES

CELLS_PER_BLOCK = 32_768
"""Draws x regions worked on at once: temporary arrays of 256 KiB, the best of several sizes measured."""


class YearResult(NamedTuple):
    """One simulated year in full detail."""

    state: State
    flows: Flows
    funding: funding.Funding
    spending: funding.Spending
    binding: Bindings


class Step(NamedTuple):
    """One simulated year before it is known what was spent and what bound."""

    year: YearInputs
    state: State
    flows: Flows
    money: funding.Funding


class Trace(NamedTuple):
    """Every array of every year, stacked on a leading year axis: for tests and for following one value."""

    states: State  # years + 1: the opening comes first
    flows: Flows
    funding: funding.Funding
    spending: funding.Spending
    binding: npt.NDArray[np.int8]


def simulate(inputs: Inputs, *, block: int | None = None) -> Projection:
    """Projection of the stocks and flows of every year, draw and region.

    Parameters
    ----------
    inputs : prepared arrays
    block : draws worked on at once; results are the same for every block
    """
    axes = inputs.axes
    values: dict[str, Array] = {}
    binding = np.empty((len(axes.years), len(axes.programmes), axes.draws, len(axes.regions)), dtype=np.int8)
    province_binding = np.empty(binding.shape[:-1], dtype=np.int8)
    for draws, part in _blocks(inputs, block):
        _keep(values, stock_records(opening_state(part.opening, part.at_year(0))), 0, draws, inputs)
        for position, result in enumerate(years(part)):
            _keep(values, stock_records(result.state), position + 1, draws, inputs)
            flows = flow_records(result.flows) | money_records(result.funding, result.spending)
            _keep(values, flows, position, draws, inputs)
            binding[position, :, draws] = result.binding.region
            province_binding[position, :, draws] = result.binding.province
    values = {name: _by_draw_and_region(array) for name, array in values.items()}
    arrays: list[npt.NDArray[Any]] = [*values.values(), binding, province_binding]
    for array in arrays:
        array.setflags(write=False)
    return Projection(inputs, values, binding, province_binding)


def records(inputs: Inputs, *, block: int | None = None, variables: frozenset[str] | None = None) -> dict[str, Array]:
    """Recorded values of every variable, (year, part, draw, region); stocks begin with the opening.

    The values of `simulate`, without what bound each programme.

    Parameters
    ----------
    inputs : prepared arrays
    block : draws worked on at once; results are the same for every block
    variables : those wanted; all of them by default
    """
    values: dict[str, Array] = {}
    wanted = frozenset(QUANTITIES) if variables is None else variables
    for draws, part in _blocks(inputs, block):
        _keep(values, stock_records(opening_state(part.opening, part.at_year(0))), 0, draws, inputs, wanted)
        for position, step in enumerate(_steps(part)):
            _keep(values, stock_records(step.state), position + 1, draws, inputs, wanted)
            _keep(values, flow_records(step.flows), position, draws, inputs, wanted)
            if not wanted.isdisjoint(MONEY_RECORDS):
                spending = funding.spent(step.money, step.flows.started, step.year, part.rules, part.axes)
                _keep(values, money_records(step.money, spending), position, draws, inputs, wanted)
    return {name: _by_draw_and_region(array) for name, array in values.items()}


def years(inputs: Inputs) -> Iterator[YearResult]:
    """Years one after another, each from the state the one before left."""
    for year, state, flows, money in _steps(inputs):
        spending = funding.spent(money, flows.started, year, inputs.rules, inputs.axes)
        binding = binding_codes(money.reach, flows, year, inputs.axes)
        yield YearResult(state, flows, money, spending, binding)


def _steps(inputs: Inputs) -> Iterator[Step]:
    state = opening_state(inputs.opening, inputs.at_year(0))
    for position in range(len(inputs.axes.years)):
        year = inputs.at_year(position)
        money = funding.funded(state, year, inputs.rules, inputs.axes)
        state, flows = year_step(state, year, inputs.rules, money.reach)
        yield Step(year, state, flows, money)


def trace(inputs: Inputs) -> Trace:
    """Every array of every year of a simulation, without blocks."""
    results = list(years(inputs))
    opening = opening_state(inputs.opening, inputs.at_year(0))
    return Trace(
        states=_stacked([opening, *(result.state for result in results)]),
        flows=_stacked([result.flows for result in results]),
        funding=_stacked([result.funding for result in results]),
        spending=_stacked([result.spending for result in results]),
        binding=np.stack([result.binding.region for result in results]),
    )


def draws_of(inputs: Inputs, draws: slice) -> Inputs:
    """The same inputs for some of the draws, opening stocks side by side in memory (mixed layouts are slow)."""
    chosen = range(inputs.axes.draws)[draws]
    yearly = (array if array.shape[-2] == 1 else array[..., draws, :] for array in inputs.yearly)
    opening = (np.ascontiguousarray(array[..., draws, :]) for array in inputs.opening)
    axes = replace(inputs.axes, draws=len(chosen))
    return replace(inputs, axes=axes, opening=Opening._make(opening), yearly=YearInputs._make(yearly))


def _blocks(inputs: Inputs, block: int | None) -> Iterator[tuple[slice, Inputs]]:
    """Draws worked on at once, one block after another, and their inputs."""
    draws = inputs.axes.draws
    size = block or max(1, CELLS_PER_BLOCK // len(inputs.axes.regions))
    for first in range(0, draws, size):
        chosen = slice(first, min(first + size, draws))
        yield chosen, draws_of(inputs, chosen)


def _keep(
    values: dict[str, Array],
    records: dict[str, Array],
    position: int,
    draws: slice,
    inputs: Inputs,
    wanted: Container[str] = QUANTITIES,
) -> None:
    """Leave the records of a year in memory laid out (year, part, region, draw), as what sums up draws reads it."""
    for name, record in records.items():
        if name not in wanted:
            continue
        if name not in values:
            years = len(inputs.axes.years) + (QUANTITIES[name].kind == "stock")
            values[name] = np.empty((years, len(record), record.shape[-1], inputs.axes.draws))
        values[name][position, ..., draws] = record.swapaxes(-1, -2)


def _by_draw_and_region(array: Array) -> Array:
    return array.swapaxes(-1, -2)


def _stacked(records: Sequence[Any]) -> Any:
    """Records of one kind as one record of arrays with a leading year axis."""
    return type(records[0])._make(np.stack(arrays) for arrays in zip(*records, strict=True))
