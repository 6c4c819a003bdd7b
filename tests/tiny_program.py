"""Programs of a few equations written down by hand, and what they record when they are run on a few numbers."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from backlog_model.dynamics.compiled import machine_code, program
from backlog_model.dynamics.compiled.equations import Equations, Row
from backlog_model.dynamics.compiled.program import Program
from backlog_model.dynamics.compiled.structure import Field, Structure
from backlog_model.dynamics.compiled.tracing import Graph, operand
from backlog_model.inputs import Array

Key = tuple[str, int, int]


@contextmanager
def quick_compiler(folder: Path) -> Iterator[None]:
    """Code is kept in a folder of its own, and compiled without optimisation, which changes no result."""
    with pytest.MonkeyPatch.context() as patched:
        for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
            patched.setenv(name, str(folder))
        patched.setattr(machine_code, "OPTIMISATION", 0)
        yield


def equations(graph: Graph, rows: dict[tuple[str, int], Any], closing: tuple[Any, ...] = ()) -> Equations:
    """Equations that record values under a variable and part, and leave a state."""
    parts = {name: 1 + max(part for other, part in rows if other == name) for name, _ in rows}
    written = [Row(name, part, operand(value)) for (name, part), value in rows.items()]
    return Equations(graph, written, [operand(value) for value in closing], parts)


def structure(
    fields: tuple[Field, ...] = (),
    opening: tuple[Field, ...] = (),
    *,
    years: int = 1,
    variables: tuple[str, ...] | None = None,
) -> Structure:
    """A structure with so many groups of years."""
    return Structure((), (), fields, opening, tuple(b"%d" % n for n in range(years)), 0, variables)


def program_of(
    shape: Structure, years: list[Equations], opening: Equations, *, lanes: int = 2, most_rows_in_caches: int = 99
) -> Program:
    """The program of equations for each group of years, and for the opening."""
    inputs: Any = None  # only the equations would look at them
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(program, "year_equations", lambda _, __, group: years[int(group)])
        patched.setattr(program, "opening_equations", lambda _, __: opening)
        return program.program_of(shape, inputs, lanes, most_rows_in_caches=most_rows_in_caches)


def recorded(
    code: Program, leaves: dict[Key, Array], groups: list[int], draws: int, regions: int, *, lanes: int = 2
) -> dict[tuple[str, int], Array]:
    """What a program records, (year, region, draw), from leaves (year, draw, region) that may have length 1 but for
    the year; the opening comes first among the years.
    """
    years = len(groups)
    rows = {row: _zeros(years, regions, draws) for row in code.rows}
    tables = [
        np.array(groups, dtype=np.int64),
        _zeros(years, code.numbers),
        _zeros(years, regions, code.by_region),
        np.array([[_at(leaves[key][year]) for key in code.leaves] for year in range(years)], dtype=np.int64),
        np.array([_stride(leaves[key], 2) for key in code.leaves], dtype=np.int64),
        np.array([_stride(leaves[key], 1) for key in code.leaves], dtype=np.int64),
        np.array([[_at(array[year]) for array in rows.values()] for year in range(years)], dtype=np.int64),
        _zeros(regions, code.memory, lanes),
    ]
    function = machine_code.function_of(code.text, "run", 11)
    function(*(_at(table) for table in tables), years, regions, draws)
    return rows


def _stride(array: Array, axis: int) -> int:
    return array.strides[axis] if array.shape[axis] > 1 else 0


def _at(array: Any) -> int:
    address: int = array.__array_interface__["data"][0]
    return address


def _zeros(*shape: int) -> Array:
    """Memory that begins at a multiple of 64 bytes, where whole vectors may be kept."""
    memory = np.zeros(int(np.prod(shape)) + 8)
    first = -_at(memory) % 64 // 8
    return memory[first : first + memory.size - 8].reshape(shape)
