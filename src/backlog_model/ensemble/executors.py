"""Which executor makes the years: arrays for everyday sizes, compiled code for large work where it is installed."""

from functools import partial
from typing import Protocol

import numpy as np

from backlog_model.dynamics import compiled, simulation
from backlog_model.inputs import Array, Inputs
from backlog_model.linear import LinearSeries, Sums, linear_series
from backlog_model.projection import Projection
from backlog_model.tallies import Tallies

COMPILED_FROM = 1_000_000
"""Region-years of a run from which compiled code gains more than it takes to load."""


class Recorder(Protocol):
    """Turns the inputs of some draws into the values of their years."""

    def __call__(self, inputs: Inputs, *, variables: frozenset[str] | None = None) -> dict[str, Array]:
        """Values by variable, (year, part, draw, region); a later call may overwrite them."""


class Counter(Protocol):
    """Adds the draws of a projection to one replicate of tallies."""

    def __call__(self, projection: Projection, tallies: Tallies, replicate: int) -> None:
        """Count every series of the tallies."""


class Executor:
    """How the draws of one run are made: every worker takes a recorder of its own."""

    def __init__(self, inputs: Inputs, draws: int) -> None:
        axes = inputs.axes
        large = draws * len(axes.regions) * len(axes.years) >= COMPILED_FROM
        self.is_compiled = large and compiled.is_available() and compiled.supports(inputs)

    def recorder(self) -> Recorder:
        """Recorder of one worker."""
        return partial(compiled.records, workspace=compiled.Workspace()) if self.is_compiled else simulation.records

    def counter(self, sample: Projection, tallies: Tallies) -> Counter:
        """Counter for all workers, from some draws of the run: two or more, if it has as many."""
        if not self.is_compiled:
            return count_arrays
        few = simulation.draws_of(sample.inputs, slice(0, 2))
        return partial(count_compiled, linear_series(few, sample.values, tallies))


def count_arrays(projection: Projection, tallies: Tallies, replicate: int) -> None:
    """Count every series from its array."""
    tallies.add((projection.array(key.variable, part=key.part, by=key.by) for key in tallies.series), replicate)


def count_compiled(linear: LinearSeries, projection: Projection, tallies: Tallies, replicate: int) -> None:
    """Count series that are linear from what is recorded, without their arrays, and the others from theirs."""
    whole, totals = tallies.whole, tallies.whole.sums[replicate]
    tables = whole.low, whole.scale, whole.counts, totals
    compiled.tally([projection.values[name] for name in linear.sources], linear.sums, *tables)
    others = [projection.array(key.variable, part=key.part, by=key.by) for key in linear.others]
    compiled.tally(others, Sums.alone(linear.other_rows), *tables)
    draws = projection.axes.draws
    totals[linear.constant_rows] += draws * linear.constants
    whole.counts[linear.constant_rows, 0] += np.uint32(draws) * ~np.isnan(linear.constants)
