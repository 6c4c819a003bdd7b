"""Runs of a scenario."""

from dataclasses import replace

from backlog_model.assembly import assemble
from backlog_model.dynamics.simulation import simulate
from backlog_model.errors import BacklogModelError
from backlog_model.projection import Projection
from backlog_model.scenario.schema import Scenario

CENTRAL_ONLY = "this release makes the central run only, every assumption at its median; use draws=0"


def run(scenario: Scenario, *, draws: int = 0, seed: int = 1) -> Projection:
    """Projection of a scenario: the central run, every assumption at its median and chance events at their mean.

    Parameters
    ----------
    scenario : a checked scenario
    draws : number of random draws; 0, the central run, is all this release makes
    seed : start of the random numbers, of which the central run takes none

    Raises
    ------
    BacklogModelError
        For any other number of draws.
    """
    del seed
    if draws != 0:
        raise BacklogModelError(CENTRAL_ONLY)
    return replace(simulate(assemble(scenario)), draws=0, scenario=scenario.name)
