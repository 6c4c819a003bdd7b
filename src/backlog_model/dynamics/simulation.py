"""Years one after another: from prepared arrays to a projection, in blocks of draws that do not change results."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from backlog_model.dynamics import funding
from backlog_model.dynamics.records import Bindings, binding_codes, flow_records, money_records, stock_records
from backlog_model.dynamics.year import Flows, State, opening_state, year_step
from backlog_model.inputs import Array, Axes, Inputs, Opening, YearInputs
from backlog_model.projection import Projection

CELLS_PER_BLOCK = 32_768
"""Draws x regions worked on at once: temporary arrays of 256 KiB, the best of several sizes measured."""


class YearResult(NamedTuple):
    """One simulated year in full detail."""

    state: State
    flows: Flows
    funding: funding.Funding
    spending: funding.Spending
    binding: Bindings


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
    size = block or max(1, CELLS_PER_BLOCK // len(axes.regions))
    values: dict[str, Array] = {}
    binding = np.empty((len(axes.years), len(axes.programmes), axes.draws, len(axes.regions)), dtype=np.int8)
    province_binding = np.empty(binding.shape[:-1], dtype=np.int8)
    for first in range(0, axes.draws, size):
        draws = slice(first, min(first + size, axes.draws))
        part = draws_of(inputs, draws)
        _keep(values, stock_records(opening_state(part.opening, part.at_year(0))), 0, len(axes.years) + 1, draws, axes)
        for position, result in enumerate(years(part)):
            _keep(values, stock_records(result.state), position + 1, len(axes.years) + 1, draws, axes)
            flows = flow_records(result.flows) | money_records(result.funding, result.spending)
            _keep(values, flows, position, len(axes.years), draws, axes)
            binding[position, :, draws] = result.binding.region
            province_binding[position, :, draws] = result.binding.province
    arrays: list[npt.NDArray[Any]] = [*values.values(), binding, province_binding]
    for array in arrays:
        array.setflags(write=False)
    return Projection(inputs, values, binding, province_binding)


def years(inputs: Inputs) -> Iterator[YearResult]:
    """Years one after another, each from the state the one before left."""
    state = opening_state(inputs.opening, inputs.at_year(0))
    for position in range(len(inputs.axes.years)):
        year = inputs.at_year(position)
        money = funding.funded(state, year, inputs.rules, inputs.axes)
        state, flows = year_step(state, year, inputs.rules, money.reach)
        spending = funding.spent(money, flows.started, year, inputs.rules, inputs.axes)
        binding = binding_codes(money.reach, flows, year, inputs.axes)
        yield YearResult(state, flows, money, spending, binding)


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


def _keep(
    values: dict[str, Array], records: dict[str, Array], position: int, length: int, draws: slice, axes: Axes
) -> None:
    for name, record in records.items():
        if name not in values:
            values[name] = np.empty((length, len(record), axes.draws, record.shape[-1]))
        values[name][position, :, draws] = record


def _stacked(records: Sequence[Any]) -> Any:
    """Records of one kind as one record of arrays with a leading year axis."""
    return type(records[0])._make(np.stack(arrays) for arrays in zip(*records, strict=True))
