"""Places of regions on a map of tiles, from their centres."""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from backlog_model.inputs import Array

_ROOM = 1.5  # cells for each region: some stay empty, so that the outline of the province is seen
_RANK = 0.5  # weight of the order of centres beside the centres: regions that crowd together get room


class Tile(NamedTuple):
    """A cell of the grid; columns from the west, rows from the north."""

    column: int
    row: int


def tiles(centres: Mapping[str, tuple[float, float]]) -> dict[str, Tile]:
    """A cell for each region, no cell twice.

    Regions are assigned to cells so that the sum of squared distances is least (Kuhn 1955, the Hungarian method). Two
    regions are then never the wrong way round both east to west and north to south: to swap them would be shorter.

    Parameters
    ----------
    centres : longitude and latitude in degrees by code

    Examples
    --------
    >>> tiles({"west": (114.0, -3.0), "east": (116.0, -3.1)})
    {'east': Tile(column=1, row=0), 'west': Tile(column=0, row=0)}
    """
    codes = sorted(centres)
    if not codes:
        return {}
    from scipy.optimize import linear_sum_assignment

    east, south = _plane([centres[code] for code in codes])
    columns, rows = _size(len(codes), float(np.ptp(east)), float(np.ptp(south)))
    x, y = (columns - 1) * _spread(east), (rows - 1) * _spread(south)
    cells = [(column, row) for row in range(rows) for column in range(columns)]
    across, down = np.array(cells, dtype=np.float64).T
    distance = (x[:, None] - across) ** 2 + (y[:, None] - down) ** 2
    _, chosen = linear_sum_assignment(distance)
    return _closed_up(dict(zip(codes, (cells[cell] for cell in chosen.tolist()), strict=True)))


def in_order(codes: Sequence[str]) -> dict[str, Tile]:
    """A cell for each region in the order given, row by row, where no centres are known.

    Examples
    --------
    >>> in_order(["a", "b", "c"])["c"]
    Tile(column=0, row=1)
    """
    columns = max(1, math.ceil(math.sqrt(len(codes))))
    return {code: Tile(position % columns, position // columns) for position, code in enumerate(codes)}


def _plane(centres: Sequence[tuple[float, float]]) -> tuple[Array, Array]:
    """Centres on a plane, eastward and southward, in degrees of latitude."""
    longitude, latitude = np.array(centres, dtype=np.float64).T
    return longitude * math.cos(math.radians(float(latitude.mean()))), -latitude


def _size(count: int, width: float, height: float) -> tuple[int, int]:
    """Columns and rows of a grid that is shaped like the province and has room for all."""
    if not width or not height:
        return (count, 1) if width else (1, count)
    columns = min(max(1, round(math.sqrt(_ROOM * count * width / height))), count)
    rows = min(max(1, round(math.sqrt(_ROOM * count * height / width))), count)
    return columns, max(rows, math.ceil(count / columns))


def _spread(values: Array) -> Array:
    """Values from 0 to 1: half their place, half their rank, so that they keep their order."""
    width = float(np.ptp(values))
    if not width:
        return np.full(len(values), 0.5)
    known, rank = np.unique(values, return_inverse=True)
    ranks = rank / (len(known) - 1)
    return np.asarray((1.0 - _RANK) * (values - values.min()) / width + _RANK * ranks)


def _closed_up(cells: Mapping[str, tuple[int, int]]) -> dict[str, Tile]:
    """The same cells without the columns and rows in which there is none."""
    columns = sorted({column for column, _ in cells.values()})
    rows = sorted({row for _, row in cells.values()})
    return {code: Tile(columns.index(column), rows.index(row)) for code, (column, row) in cells.items()}
