"""Targets of a scenario as goals that every draw meets or misses."""

from backlog_model.projection import Projection
from backlog_model.scenario.schema import Scenario, Target
from backlog_model.summary import Goal


def goal_of(target: Target, projection: Projection) -> Goal | None:
    """The goal of a target; None where the projection has no such number."""
    axes = projection.axes
    known = target.part in ("total", *projection.parts(target.variable))
    if not known or target.region not in (axes.province, *axes.regions):
        return None
    return Goal(target.variable, target.part, target.region, target.operator, target.wanted)


def goals_of(scenario: Scenario, projection: Projection) -> dict[str, Goal]:
    """Goals of all targets that apply to what the model counts, by the name of the target."""
    found = {name: goal_of(target, projection) for name, target in scenario.targets.items() if target.applies}
    return {name: goal for name, goal in found.items() if goal is not None}
