"""What keeping draws one by one takes: how many can be kept, and arrays that several runs hold together."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from backlog_model.assembly import assemble
from backlog_model.dynamics.simulation import simulate
from backlog_model.ensemble import streams_of
from backlog_model.ensemble.memory import KEPT_BYTES, Demand
from backlog_model.inputs import Array, Inputs
from backlog_model.projection import Projection
from backlog_model.scenario.schema import Scenario


def most_kept(scenario: Scenario, *, memory_limit: int = KEPT_BYTES) -> int:
    """Draws of a scenario that `run` keeps one by one; of more it counts them.

    Parameters
    ----------
    scenario : a checked scenario
    memory_limit : bytes that draws which are kept may take
    """
    one = Demand.of(scenario, simulate(assemble(scenario)), streams_of(scenario, draws=2, seed=1))
    return memory_limit // (one.kept // one.draws)


def sharing(projection: Projection, other: Projection) -> Projection:
    """The same projection, holding the arrays of another one wherever its own are equal to them.

    Scenarios of one province differ in a few entries: most of what is drawn, and much of what comes out, is the same.
    """
    values = {name: _one_of(array, other.values.get(name)) for name, array in projection.values.items()}
    return replace(projection, values=values, inputs=_inputs(projection.inputs, other.inputs))


def _inputs(ours: Inputs, theirs: Inputs) -> Inputs:
    opening = _shared(ours.opening._asdict(), theirs.opening._asdict())
    yearly = _shared(ours.yearly._asdict(), theirs.yearly._asdict())
    return replace(
        ours,
        opening=ours.opening._replace(**opening),
        yearly=ours.yearly._replace(**yearly),
        checked=("opening", *yearly),  # they are the numbers that were checked
    )


def _shared(ours: Mapping[str, Array], theirs: Mapping[str, Array]) -> dict[str, Array]:
    return {name: _one_of(array, theirs.get(name)) for name, array in ours.items()}


def _one_of(ours: Array, theirs: Array | None) -> Array:
    """The other array if it is the same number for number, so that ours can go."""
    if theirs is None or ours.shape != theirs.shape or not ours.size:
        return ours
    same = np.array_equal(ours[-1], theirs[-1]) and np.array_equal(ours, theirs)  # the end differs first
    return theirs if same else ours
