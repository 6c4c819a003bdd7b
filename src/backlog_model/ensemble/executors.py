"""Which executor makes the years: arrays for everyday sizes, compiled code for large work where it is installed."""

from functools import partial
from typing import Protocol

from backlog_model.dynamics import compiled, simulation
from backlog_model.inputs import Array, Inputs
from backlog_model.tallies import Counting, count_in_bins

COMPILED_FROM = 1_000_000
"""Region-years of a run from which compiled code gains more than it takes to load."""


class Recorder(Protocol):
    """Turns the inputs of some draws into the values of their years."""

    def __call__(self, inputs: Inputs, *, variables: frozenset[str] | None = None) -> dict[str, Array]:
        """Values by variable, (year, part, draw, region); a later call may overwrite them."""


class Executor:
    """How the draws of one run are made: every worker takes a recorder of its own."""

    def __init__(self, inputs: Inputs, draws: int) -> None:
        axes = inputs.axes
        large = draws * len(axes.regions) * len(axes.years) >= COMPILED_FROM
        self.is_compiled = large and compiled.is_available() and compiled.supports(inputs)

    def recorder(self) -> Recorder:
        """Recorder of one worker."""
        return partial(compiled.records, workspace=compiled.Workspace()) if self.is_compiled else simulation.records

    @property
    def counting(self) -> Counting:
        """What counts values in bins."""
        return compiled.tally if self.is_compiled else count_in_bins
