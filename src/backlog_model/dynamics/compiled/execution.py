"""Compiled runs: addresses of everything the code reads and writes, one call for all draws."""

import math
import sys
from collections.abc import Callable
from dataclasses import replace
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

PAST_CACHES = 4 * 2**20
"""Bytes recorded in a call from which they are written past the caches, which they would fill."""

Addresses = npt.NDArray[np.int64]
_ARGUMENTS = 11
_lock = Lock()
_ready: dict[tuple[Structure, bool], "Ready"] = {}
_row_counts: dict[Structure, int] = {}


class Workspace:
    """Memory that one call leaves to the next; never for two calls at a time.

    What a call gave is overwritten by the next one.
    """

    def __init__(self) -> None:
        self._memory: dict[str, Array] = {}

    def array(self, name: str, shape: tuple[int, ...]) -> Array:
        """Memory of a name and shape, whatever it holds; it begins at a line of the cache."""
        size = math.prod(shape)
        if name not in self._memory or self._memory[name].size < size:
            self._memory[name] = _aligned(size)
        return self._memory[name][:size].reshape(shape)


class Ready(NamedTuple):
    """Code that can be called, and where in inputs and results it reads and writes."""

    program: Program
    function: Callable[..., None]
    leaf_field: npt.NDArray[np.int64]  # (leaf,) position among the fields of the opening and then of a year
    leaf_place: npt.NDArray[np.int64]  # (leaf, 2) position along the axes before the draws, but for the year
    row_variable: npt.NDArray[np.int64]  # (row,) position among the recorded variables
    row_part: npt.NDArray[np.int64]


def records(
    inputs: Inputs, *, variables: frozenset[str] | None = None, workspace: Workspace | None = None
) -> dict[str, Array]:
    """Recorded values of every variable, (year, part, draw, region); stocks begin with the opening.

    The same as `simulation.records`, but for round-off. Numbers of draws that fill whole vectors, multiples of 8, save
    a copy of the inputs.

    Parameters
    ----------
    inputs : prepared arrays that `supports` accepts
    variables : those wanted; all of them by default
    workspace : memory to use again; the arrays of the call before are then overwritten
    """
    draws, lanes = inputs.axes.draws, machine().lanes
    if draws % lanes:
        inputs = _filled_up(inputs, draws + -draws % lanes)
    workspace = workspace or Workspace()
    values = _run(inputs, variables, workspace)
    return {name: array.transpose(0, 1, 3, 2)[:, :, :draws] for name, array in values.items()}


def _run(inputs: Inputs, variables: frozenset[str] | None, workspace: Workspace) -> dict[str, Array]:
    """Memory of every recorded variable, (year, part, region, draw), filled."""
    axes, lanes = inputs.axes, machine().lanes
    years, regions = len(axes.years) + 1, len(axes.regions)
    structure, group_of_year = structure_of(inputs, variables)
    ready = _ready_for(structure, inputs, lanes)
    program = ready.program
    values = _side_by_side(_shapes(program, inputs), workspace)
    groups = np.append(len(structure.groups), group_of_year)  # the opening comes first
    leaves, region_strides, draw_strides = _leaf_addresses(ready, inputs)
    rows = _row_addresses(ready, list(values.values()), years)
    numbers = workspace.array("numbers", (years, program.numbers))
    by_region = workspace.array("by region", (years, regions, program.by_region))
    memory = workspace.array("memory", (regions, program.memory, lanes))
    tables = groups, numbers, by_region, leaves, region_strides, draw_strides, rows, memory
    ready.function(*(_address(table) for table in tables), years, regions, axes.draws)
    return values


def _ready_for(structure: Structure, inputs: Inputs, lanes: int) -> Ready:
    """Code for a structure; two of them where some calls record little and others much."""
    axes = inputs.axes
    bytes_of_row = 8 * len(axes.years) * len(axes.regions) * axes.draws
    most = PAST_CACHES // bytes_of_row if lanes * 8 == ALIGNMENT else sys.maxsize
    with _lock:
        rows = _row_counts.get(structure)
        ready = None if rows is None else _ready.get((structure, rows > most))
        if ready is None:
            program = program_of(structure, inputs, lanes, most_rows_in_caches=most)
            _row_counts[structure] = len(program.rows)
            ready = _ready[structure, program.past_caches] = _made_ready(program)
    return ready


def _made_ready(program: Program) -> Ready:
    opening = len(Opening._fields)
    names = list(program.parts)
    fields = [field + (0 if kind == "opening" else opening) for kind, field, _ in program.leaves]
    return Ready(
        program=program,
        function=function_of(program.text, ENTRY, _ARGUMENTS),
        leaf_field=np.array(fields, dtype=np.int64),
        leaf_place=np.array(program.leaf_places, dtype=np.int64).reshape(-1, 2),
        row_variable=np.array([names.index(variable) for variable, _ in program.rows], dtype=np.int64),
        row_part=np.array([part for _, part in program.rows], dtype=np.int64),
    )


def _shapes(program: Program, inputs: Inputs) -> dict[str, tuple[int, ...]]:
    """Shape of every recorded variable, (year, part, region, draw)."""
    axes = inputs.axes
    return {
        name: (
            len(axes.years) + (QUANTITIES[name].kind == "stock"),
            parts,
            1 if name in OF_THE_PROVINCE else len(axes.regions),
            axes.draws,
        )
        for name, parts in program.parts.items()
    }


def _side_by_side(shapes: dict[str, tuple[int, ...]], workspace: Workspace) -> dict[str, Array]:
    """Memory of all results in one piece: large pieces come in large pages, which are found faster."""
    ends = np.cumsum([math.prod(shape) for shape in shapes.values()]).tolist()
    memory = workspace.array("results", (ends[-1] if ends else 0,))
    starts = [0, *ends[:-1]]
    return {
        name: memory[start:end].reshape(shape)
        for (name, shape), start, end in zip(shapes.items(), starts, ends, strict=False)
    }


def _leaf_addresses(ready: Ready, inputs: Inputs) -> tuple[Addresses, Addresses, Addresses]:
    """Where every leaf of the equations is read, (opening and year, leaf), and its strides over regions and draws."""
    arrays = (*inputs.opening, *inputs.yearly)
    starts = np.array([_address(array) for array in arrays])
    # strides along year, two axes before the draws, draw and region; 0 along axes that are not there or have length 1
    strides = np.array([_strides(array) for array in inputs.opening] + [_strides(a, 1) for a in inputs.yearly])
    own = strides[ready.leaf_field]
    first = starts[ready.leaf_field] + (ready.leaf_place * own[:, 1:3]).sum(axis=1)
    positions = np.arange(-1, len(inputs.axes.years)).clip(0)  # the opening reads the first year
    leaves = first + positions[:, None] * own[:, 0]
    return leaves, np.ascontiguousarray(own[:, 4]), np.ascontiguousarray(own[:, 3])


def _strides(array: Array, years: int = 0) -> tuple[int, ...]:
    year = array.strides[0] if years and len(array) > 1 else 0
    inner = array.strides[years:-2]
    return year, *inner, *(0,) * (2 - len(inner)), *array.strides[-2:]


def _row_addresses(ready: Ready, values: list[Array], years: int) -> Addresses:
    """Where every row is recorded, (opening and year, row); flows have no opening."""
    starts = np.array([[_address(array), array.strides[0], array.strides[1], len(array)] for array in values])
    own = starts.reshape(-1, 4)[ready.row_variable]
    positions = np.arange(years)[:, None] - (years - own[:, 3])
    rows: Addresses = own[:, 0] + positions * own[:, 1] + ready.row_part * own[:, 2]
    return rows


def _address(array: npt.NDArray[Any]) -> int:
    address: int = array.__array_interface__["data"][0]
    return address


def _aligned(size: int) -> Array:
    """New memory that begins at a line of the cache."""
    memory = np.empty(size + ALIGNMENT // 8)
    first = (-_address(memory) % ALIGNMENT) // 8
    return memory[first : first + size]


def _filled_up(inputs: Inputs, draws: int) -> Inputs:
    """The same inputs with the last draw repeated, so that draws fill whole vectors."""
    chosen = np.minimum(np.arange(draws), inputs.axes.draws - 1)
    opening = Opening._make(array[..., chosen, :] for array in inputs.opening)
    yearly = YearInputs._make(array if array.shape[-2] == 1 else array[..., chosen, :] for array in inputs.yearly)
    return replace(inputs, axes=replace(inputs.axes, draws=draws), opening=opening, yearly=yearly)
