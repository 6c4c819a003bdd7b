"""The chance of a stock's goal by year and by money: the same futures under multiples of the money still to be decided.

Every pot of the programmes that can move the goal is multiplied alike, from the year being planned on: who pays, where
and for what stays as written.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from backlog_model.analysis.aims import Aim
from backlog_model.analysis.futures import assembled, changed, names_read
from backlog_model.analysis.limits import programmes_of
from backlog_model.analysis.money.levers import first_year
from backlog_model.ensemble.executors import Executor
from backlog_model.errors import BacklogModelError
from backlog_model.inputs import Array, Inputs
from backlog_model.projection import Projection
from backlog_model.scenario.schema import Scenario
from backlog_model.summary import Chance, Goal, Sampling, chance
from backlog_model.translation import Text

MULTIPLES = (0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0)
"""Of the money written: none, as written, and more."""

DRAWS = 1000
"""Draws made anew where those of a run were counted and not kept."""

_FIELDS = ("budget_idr", "provincial_budget_idr")


@dataclass(frozen=True)
class ChanceByFunding:
    """Chance of a goal in each year under multiples of the money written.

    Attributes
    ----------
    goal : what is to be met
    years : those whose money is still to be decided
    multiples : of the money of those years
    budgets : (multiple, year) rupiah, on the central line
    chance : (multiple, year) chance that the goal is met at the end of the year
    sampling : how the draws were made
    """

    goal: Goal
    years: tuple[int, ...]
    multiples: tuple[float, ...]
    budgets: Array
    chance: Chance
    sampling: Sampling


def chance_by_funding(
    scenario: Scenario, projection: Projection, goal: Goal, *, multiples: Sequence[float] = MULTIPLES
) -> ChanceByFunding | None:
    """Chance of a goal by year under multiples of the money of its programmes; None where no money is written for it.

    Parameters
    ----------
    scenario, projection : a plan and its run; futures of the run are the futures here, so that the money as written
        has the chances of the run
    goal : on a variable of the province that money of the plan can move
    multiples : of the money written, 0 or more

    Raises
    ------
    BacklogModelError
        For the central run, which has no draws, and for a multiple below 0.
    """
    if projection.sampling is None:
        raise BacklogModelError(Text("a chance needs draws; run with draws=2000, for example"))
    if min(multiples, default=0.0) < 0.0:
        raise BacklogModelError(Text("multiple {seen:g}: expected 0 or more", seen=min(multiples)))
    axes = projection.axes
    start = first_year(scenario, axes.years[-1])
    rows = [row for row, year in enumerate(axes.years) if year >= start]
    columns = [axes.programmes.index(name) for name in programmes_of(goal.variable, goal.part, axes)]
    present = _money(projection.central, rows, columns)
    if not present.any():
        return None
    sampling, inputs = _futures(scenario, projection)
    play = _player(inputs, goal, sampling.draws * len(multiples))
    shown = [projection.years(goal.variable).index(axes.years[row]) for row in rows]
    found = []
    for multiple in multiples:
        as_run = multiple == 1.0 and projection.tallies is None
        played = projection if as_run else play(_funded(inputs, rows, columns, multiple))
        found.append(chance(played.met(goal)[shown], sampling))
    return ChanceByFunding(
        goal=goal,
        years=tuple(axes.years[row] for row in rows),
        multiples=tuple(multiples),
        budgets=np.asarray(multiples)[:, None] * present,
        chance=Chance(*(np.stack(each) for each in zip(*found, strict=True))),
        sampling=sampling,
    )


def _money(central: Projection, rows: Sequence[int], columns: Sequence[int]) -> Array:
    """(year,) rupiah written for some programmes, of the province on the central line."""
    chosen = {central.axes.programmes[column] for column in columns}
    parts = [part for part in central.parts("budget_idr") if part.partition(".")[0] in chosen]
    paths = [central.array("budget_idr", part=part, by="province")[rows, 0, 0] for part in parts]
    return np.sum(paths, axis=0) if paths else np.zeros(len(rows))


def _futures(scenario: Scenario, projection: Projection) -> tuple[Sampling, Inputs]:
    """Draws of a run; fewer, made anew with its seed, where they were not kept."""
    sampling = projection.sampling
    assert sampling is not None
    if projection.tallies is None:
        return sampling, projection.inputs
    fewer = sampling._replace(draws=min(sampling.draws, DRAWS))
    return fewer, assembled(scenario, draws=fewer.draws, seed=fewer.seed, design=fewer.design)


def _player(inputs: Inputs, goal: Goal, draws: int) -> Callable[[Inputs], Projection]:
    """What plays the years of changed inputs, until the next ones; only what a goal reads is in the projection."""
    variables = names_read(inputs, [Aim("", goal, inputs.axes.years[-1], 0.5)])
    record = Executor(inputs, draws).recorder()
    return lambda funded: Projection(funded, record(funded, variables=variables))


def _funded(inputs: Inputs, rows: Sequence[int], columns: Sequence[int], multiple: float) -> Inputs:
    """Futures with so many times the money of some years and programmes."""
    fields = {}
    for name in _FIELDS:
        written = getattr(inputs.yearly, name)
        whole = np.array(np.broadcast_to(written, (len(inputs.axes.years), *written.shape[1:])))
        whole[np.ix_(rows, range(whole.shape[1]), columns)] *= multiple
        fields[name] = whole
    return changed(inputs, fields)
