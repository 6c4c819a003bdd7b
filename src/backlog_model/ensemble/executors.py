"""Which executor makes the years: arrays for everyday sizes, compiled code for large work where it is installed."""

from collections.abc import Callable

from backlog_model.dynamics.simulation import simulate
from backlog_model.inputs import Array, Inputs
from backlog_model.tallies import Counting, count_in_bins

Recorder = Callable[[Inputs], dict[str, Array]]


def recorder(inputs: Inputs, draws: int) -> Recorder:
    """What turns the inputs of some draws into the values of their years."""
    return _simulated


def _simulated(inputs: Inputs) -> dict[str, Array]:
    return dict(simulate(inputs).values)


def counting() -> Counting:
    """What counts values in bins."""
    return count_in_bins
