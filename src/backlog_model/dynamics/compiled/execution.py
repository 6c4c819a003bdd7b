"""Compiled runs: addresses of everything the code reads and writes, one call for all draws."""

from threading import Lock
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from backlog_model.dynamics.compiled.equations import OF_THE_PROVINCE
from backlog_model.dynamics.compiled.machine_code import function_of, machine
from backlog_model.dynamics.compiled.program import ENTRY, Program, program_of
from backlog_model.dynamics.compiled.structure import Structure, structure_of
from backlog_model.dynamics.compiled.text import ALIGNMENT
from backlog_model.inputs import Array, Inputs, Opening, YearInputs
from backlog_model.quantities import QUANTITIES

ARGUMENTS = 11
_lock = Lock()
_programs: dict[Structure, Program] = {}


class Workspace:
    """Memory that one call leaves to the next; never for two calls at a time.

    What a call gave is overwritten by the next one of the same shape.
    """

    def __init__(self) -> None:
        self._arrays: dict[tuple[str, tuple[int, ...]], Array] = {}

    def array(self, name: str, shape: tuple[int, ...]) -> Array:
        """Memory of a name and shape, whatever it holds; it begins at a line of the cache."""
        if (name, shape) not in self._arrays:
            self._arrays = {key: array for key, array in self._arrays.items() if key[0] != name}
            self._arrays[name, shape] = aligned(shape)
        return self._arrays[name, shape]


def aligned(shape: tuple[int, ...]) -> Array:
    """New memory that begins at a line of the cache."""
    size, spare = int(np.prod(shape)), ALIGNMENT // 8
    memory = np.empty(size + spare)
    first = (-memory.ctypes.data % ALIGNMENT) // 8
    return memory[first : first + size].reshape(shape)


def records(
    inputs: Inputs, *, variables: frozenset[str] | None = None, workspace: Workspace | None = None
) -> dict[str, Array]:
    """Recorded values of every variable, (year, part, draw, region); stocks begin with the opening.

    The same as `simulation.records`, but for round-off.

    Parameters
    ----------
    inputs : prepared arrays that `supports` accepts
    variables : those wanted; all of them by default
    workspace : memory to use again; the arrays of the call before are then overwritten
    """
    draws, lanes = inputs.axes.draws, machine().lanes
    if draws < lanes:
        found = records(_repeated(inputs, lanes), variables=variables, workspace=workspace)
        return {name: array[:, :, :draws] for name, array in found.items()}
    workspace = workspace or Workspace()
    structure, group_of_year = structure_of(inputs, variables)
    program = _program(structure, inputs, lanes)
    function = function_of(program.text, ENTRY, ARGUMENTS)
    values = _outputs(program, inputs, workspace)
    years, regions = len(inputs.axes.years) + 1, len(inputs.axes.regions)
    tables = _tables(program, inputs, values, np.append(len(structure.groups), group_of_year))
    memory = (
        workspace.array("numbers", (years, program.numbers)),
        workspace.array("by_region", (years, regions, program.by_region)),
        workspace.array("memory", (regions, program.memory, lanes)),
    )
    function(
        _at(tables.groups),
        _at(memory[0]),
        _at(memory[1]),
        _at(tables.leaves),
        _at(tables.region_strides),
        _at(tables.draw_strides),
        _at(tables.rows),
        _at(memory[2]),
        years,
        regions,
        draws,
    )
    return {name: array.transpose(0, 1, 3, 2) for name, array in values.items()}


class Tables(NamedTuple):
    """What the code reads and writes, as addresses by year, and strides in bytes."""

    groups: npt.NDArray[np.int64]
    leaves: npt.NDArray[np.int64]  # (opening and year, leaf)
    region_strides: npt.NDArray[np.int64]  # (leaf,)
    draw_strides: npt.NDArray[np.int64]  # (leaf,)
    rows: npt.NDArray[np.int64]  # (opening and year, row)


def _program(structure: Structure, inputs: Inputs, lanes: int) -> Program:
    with _lock:
        if structure not in _programs:
            _programs[structure] = program_of(structure, inputs, lanes)
        return _programs[structure]


def _at(array: npt.NDArray[Any]) -> int:
    address: int = array.__array_interface__["data"][0]
    return address


def _outputs(program: Program, inputs: Inputs, workspace: Workspace) -> dict[str, Array]:
    """Memory of every recorded variable, (year, part, region, draw)."""
    axes = inputs.axes
    shapes = {
        name: (
            len(axes.years) + (QUANTITIES[name].kind == "stock"),
            parts,
            1 if name in OF_THE_PROVINCE else len(axes.regions),
            axes.draws,
        )
        for name, parts in program.parts.items()
    }
    return {name: workspace.array(name, shape) for name, shape in shapes.items()}


def _tables(program: Program, inputs: Inputs, values: dict[str, Array], groups: npt.NDArray[np.int64]) -> Tables:
    years = len(inputs.axes.years)
    leaves = np.zeros((years + 1, len(program.leaves)), dtype=np.int64)
    strides = np.zeros((2, len(program.leaves)), dtype=np.int64)
    for position, (kind, field, element) in enumerate(program.leaves):
        array = inputs.opening[field] if kind == "opening" else inputs.yearly[field]
        inner = array.shape[:-2] if kind == "opening" else array.shape[1:-2]
        place = np.unravel_index(element, inner) if inner else ()
        own = array.strides[-2 - len(inner) : -2]
        first = _at(array) + sum(int(n) * stride for n, stride in zip(place, own, strict=True))
        step = array.strides[0] if kind == "year" and len(array) > 1 else 0
        leaves[0, position] = first
        leaves[1:, position] = first + step * np.arange(years)
        strides[:, position] = array.strides[-1], array.strides[-2]
    rows = np.zeros((years + 1, len(program.rows)), dtype=np.int64)
    for position, (variable, part) in enumerate(program.rows):
        array = values[variable]
        begins = years + 1 - len(array)
        rows[begins:, position] = _at(array) + part * array.strides[1] + array.strides[0] * np.arange(len(array))
    return Tables(groups.astype(np.int64), leaves, strides[0], strides[1], rows)


def _repeated(inputs: Inputs, draws: int) -> Inputs:
    """The same inputs with the last draw repeated, so that there are enough for a vector."""
    chosen = np.minimum(np.arange(draws), inputs.axes.draws - 1)
    opening = Opening._make(array[..., chosen, :] for array in inputs.opening)
    yearly = YearInputs._make(array if array.shape[-2] == 1 else array[..., chosen, :] for array in inputs.yearly)
    from dataclasses import replace

    return replace(inputs, axes=replace(inputs.axes, draws=draws), opening=opening, yearly=yearly)
