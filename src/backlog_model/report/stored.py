"""What a run leaves behind: the table of all numbers, and the draws of the province."""

import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np

from backlog_model import store
from backlog_model.assembly import axes_of
from backlog_model.ensemble import run
from backlog_model.errors import StoreError
from backlog_model.inputs import Array
from backlog_model.projection import Projection
from backlog_model.quantities import QUANTITIES
from backlog_model.report import values
from backlog_model.report.values import Series
from backlog_model.scenario.loading import load_scenario
from backlog_model.scenario.schema import Scenario
from backlog_model.store import Run, Stored
from backlog_model.translation import Text

TABLE, DRAWS = "values.csv", "draws.npz"
_FLOWS = ("net_clearance_houses", "reported_handled_houses", "effective_handled_houses", "spent_idr")
_OTHER_PARTS = 40  # classes, authorities and the like
_ROW_BYTES = 220
_MOST_KEPT = 100_000  # draws: of more than that only counts are kept
_INDICATORS = ("decent_share", "break_even_houses", "psu_share")


class Replay(NamedTuple):
    """A stored run, made once more.

    Attributes
    ----------
    stored : the run
    made : this package's name for it now: another one where the version of the package is another
    rows : whether every byte of the table is the same
    row_count : rows of the table
    arrays : whether every bit is the same, by array
    largest : greatest difference of any number of those arrays, as a share of it
    """

    stored: Stored
    made: Run
    rows: bool
    row_count: int
    arrays: Mapping[str, bool]
    largest: float

    @property
    def is_equal(self) -> bool:
        """Whether every bit came out as before."""
        return self.rows and all(self.arrays.values())


def expected_bytes(scenario: Scenario, draws: int) -> int:
    """About how much a run takes on disk: the table of all numbers, and the draws of the province."""
    axes = axes_of(scenario)
    pots = sum(len(programme.budget_idr) for programme in scenario.programmes.values())
    series = len(QUANTITIES) + 4 * (len(axes.programmes) + pots) + _OTHER_PARTS
    rows = series * (len(axes.years) + 1) * (len(axes.regions) + 1)
    arrays = sum(quantity.kind == "stock" for quantity in QUANTITIES.values()) + len(_FLOWS) + len(_INDICATORS)
    return rows * _ROW_BYTES + arrays * (len(axes.years) + 1) * min(draws, _MOST_KEPT) * 8


def stored_files(given: Run, projection: Projection, every: Sequence[Series]) -> dict[str, bytes]:
    """Every file of a run's folder."""
    arrays = draws_of(projection)
    files = {TABLE: values.table(given.scenario, projection, every).encode()}
    if arrays:
        files[DRAWS] = as_npz(arrays)
    return store.contents(given, files, {name: digest(array) for name, array in arrays.items()})


def keep(given: Run, projection: Projection, folder: Path) -> None:
    """Keep a run, unless a sound one of its name is there already."""
    if store.is_sound(folder / given.run_id):
        return
    projection = replace(projection)  # what it remembers of all these series is not needed afterwards
    every = values.every_series(given.scenario, projection)
    store.keep(given.run_id, folder, stored_files(given, projection, every))


def draws_of(projection: Projection) -> dict[str, Array]:
    """(year, draw) totals of the province: every stock, what was done and what it cost; none where draws were counted.

    The draws of regions are not kept: they are thirteen times as many, and `replay` makes them again.
    """
    if not projection.draws or projection.tallies is not None:
        return {}
    stocks = (name for name, quantity in QUANTITIES.items() if quantity.kind == "stock")
    names = [*stocks, *_FLOWS, *_INDICATORS]
    return {name: np.ascontiguousarray(projection.array(name, by="province")[:, :, 0]) for name in names}


def as_npz(arrays: Mapping[str, Array]) -> bytes:
    """Arrays as one file, the same bytes every time."""
    file = io.BytesIO()
    np.savez(file, allow_pickle=False, **arrays)
    return file.getvalue()


def digest(array: Array) -> str:
    """SHA-256 of the shape and every bit of an array."""
    found = hashlib.sha256(f"{array.dtype.str}{array.shape}".encode())
    found.update(np.ascontiguousarray(array).tobytes())
    return found.hexdigest()


def replayed(kept: Stored, *, workers: int = 1) -> Replay:
    """A stored run made once more from its own folder, and whether it is the same bit for bit.

    Raises
    ------
    StoreError
        When its record says what cannot be run.
    ScenarioError
        When this version of the package no longer takes the scenario.
    """
    scenario = load_scenario(kept.scenario_file)
    draws, seed, design = (kept.record.get(name) for name in ("draws", "seed", "design"))
    if not isinstance(draws, int) or not isinstance(seed, int) or (draws and not isinstance(design, str)):
        raise StoreError(
            Text("{folder}: its record names no draws, seed and design; it cannot be made again", folder=kept.folder)
        )
    projection, made = _made(scenario, draws, seed, design or "latin_hypercube", workers)
    table = values.table(scenario, projection, values.every_series(scenario, projection, workers=workers))
    again = draws_of(projection)
    before = _read(kept.folder / DRAWS) if again else {}
    same = {name: name in before and digest(before[name]) == digest(array) for name, array in again.items()}
    rows = (kept.folder / TABLE).read_bytes() == table.encode()
    largest = max((_apart(before.get(name), again[name]) for name in again), default=0.0)
    return Replay(kept, made, rows, table.count("\n") - 1, same, largest)


def _made(scenario: Scenario, draws: int, seed: int, design: str, workers: int) -> tuple[Projection, Run]:
    projection = run(scenario, draws=draws, seed=seed, design=design, workers=workers)  # type: ignore[arg-type]
    return projection, store.described(scenario, draws=draws, seed=seed, design=design)  # type: ignore[arg-type]


def _read(path: Path) -> dict[str, Array]:
    with np.load(path, allow_pickle=False) as found:
        return {name: found[name] for name in found.files}


def _apart(before: Array | None, again: Array) -> float:
    """Greatest difference as a share of the number; infinite where there is nothing to compare with."""
    if before is None or before.shape != again.shape:
        return np.inf
    known = np.isfinite(before) & np.isfinite(again)
    size = np.maximum(np.abs(before[known]), 1e-300)
    return float((np.abs(before[known] - again[known]) / size).max(initial=0.0))
