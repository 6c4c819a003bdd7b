"""Which path to write down for one target: the families, what they cost, and how they fare in other scenarios."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from backlog_model.analysis.aims import Aim
from backlog_model.analysis.futures import Futures, assembled, names_read, taken, until
from backlog_model.analysis.money.levers import Lever, first_year, lever_of
from backlog_model.analysis.paths.assumptions import drawn_assumptions
from backlog_model.analysis.paths.target_paths import TargetPath, target_paths
from backlog_model.analysis.paths.tournament import Tournament, tournament
from backlog_model.dynamics.simulation import records
from backlog_model.errors import BacklogModelError
from backlog_model.inputs import Array, Inputs
from backlog_model.projection import Projection
from backlog_model.quantities import QUANTITIES
from backlog_model.scenario.schema import Scenario
from backlog_model.translation import Text

_TRIES = 24  # of narrowing the money of one year
_CLOSE = 1e-3  # how close to a yearly value its money brings the central line, as a share of the way; and of the money


@dataclass(frozen=True)
class PathChoice:
    """Paths towards one target, held against each other.

    Attributes
    ----------
    aim : the target
    start : central value in the year before the first one of the paths
    unit : of the money: `idr`, or `households` of a quota; empty where nothing can move the target
    tournament : the paths in all scenarios
    money : by path, (year,) budget at which the central line keeps every yearly promise; infinite where none is enough;
        empty where nothing can move the target
    present : (year,) budget written
    left_out : by scenario that cannot be held against this one, the code of the reason
    """

    aim: Aim
    start: float
    unit: str
    tournament: Tournament
    money: Mapping[str, Array]
    present: Array
    left_out: Mapping[str, str]


def path_choice(
    scenario: Scenario,
    aim: Aim,
    projection: Projection,
    rivals: Sequence[Scenario],
    *,
    beside: Sequence[tuple[Scenario, Projection]] = (),
    national: Mapping[int, float] | None = None,
    custom: Sequence[float] | None = None,
) -> PathChoice:
    """Paths towards a target, what each costs on the central line, and how honest each is in every scenario.

    Parameters
    ----------
    projection : of the scenario, with kept draws
    rivals : other funding scenarios of the same place; they are drawn with the same numbers
    beside : further rivals that were run already, in the same draws, with what came out
    national : values of a national path by year, for the family that follows it
    custom : values of a path of one's own, one for each year from the one being planned
    """
    sampling = projection.sampling
    if sampling is None:
        raise BacklogModelError(Text("paths are held against draws; run with draws=2000, for example"))
    years = tuple(range(first_year(scenario, aim.year), aim.year + 1))
    if len(years) < 2:
        raise BacklogModelError(
            Text(
                "{name}: only {year} is still to be planned; a path needs two years or more",
                name=aim.name,
                year=aim.year,
            )
        )
    rows = [projection.years(aim.goal.variable).index(year) for year in years]
    central = aim.every_year(projection.central)[:, 0]
    start = float(central[rows[0] - 1])
    inputs = until(assembled(scenario, draws=0, seed=0), aim.year)
    lever = lever_of(scenario, inputs, [aim])
    spread = _Spread(aim, rows, inputs, lever, names_read(inputs, [aim])) if lever is not None else None
    paths, undefined = target_paths(
        start,
        aim.goal.value,
        years,
        ceiling=1.0 if QUANTITIES[aim.goal.variable].unit == "share" and aim.sign > 0.0 else None,
        break_even=_break_even(aim, projection, years),
        trend=central[rows],
        money=None if lever is None or lever.unit != "idr" else lever.present,
        national=national,
        feasible=None if spread is None else spread.best(),
        custom=custom,
    )
    delivered, left_out = _delivered(scenario, aim, projection, [*((each, None) for each in rivals), *beside], rows)
    assumptions = drawn_assumptions(scenario, draws=sampling.draws, seed=sampling.seed, design=sampling.design)
    found = tournament(paths, delivered, aim, sampling=sampling, undefined=undefined, assumptions=assumptions)
    return PathChoice(
        aim=aim,
        start=start,
        unit="" if lever is None else lever.unit,
        tournament=found,
        money={} if spread is None else spread.money(found.paths),
        present=np.zeros(len(years)) if lever is None else lever.present,
        left_out=left_out,
    )


def _break_even(aim: Aim, projection: Projection, years: Sequence[int]) -> Array | None:
    """(year,) central break-even of the province, for a target on its RTLH."""
    if aim.goal.variable != "rtlh_houses" or aim.goal.part != "total":
        return None
    central, axes = projection.central, projection.axes
    by, column = (
        ("province", 0) if aim.goal.region == axes.province else ("region", axes.regions.index(aim.goal.region))
    )
    rows = [central.years("break_even_houses").index(year) for year in years]
    return central.array("break_even_houses", by=by)[rows, 0, column]


def _delivered(
    scenario: Scenario,
    aim: Aim,
    projection: Projection,
    rivals: Sequence[tuple[Scenario, Projection | None]],
    rows: Sequence[int],
) -> tuple[dict[str, Array], dict[str, str]]:
    """(year, draw) values by scenario, and why others are left out; rivals that were not run are run."""
    found, left_out = {scenario.name: aim.every_year(projection)[rows]}, {}
    for rival, known in rivals:
        reason = _reason(scenario, rival, aim)
        if reason:
            left_out[rival.name] = reason
            continue
        name = rival.name
        while name in found:
            name += "'"  # another plan made from the same file
        found[name] = _in_the_same_draws(rival, aim, projection, known)[rows]
    return found, left_out


def _in_the_same_draws(rival: Scenario, aim: Aim, projection: Projection, known: Projection | None) -> Array:
    """(year, draw) values of a rival in the draws of a projection."""
    sampling = projection.sampling
    assert sampling is not None
    if known is not None and known.sampling == sampling:
        return aim.every_year(known)
    futures = Futures.of(rival, [aim], draws=sampling.draws, seed=sampling.seed, design=sampling.design, runs=1)
    return np.array(aim.every_year(futures.projected(futures.inputs)))


def _reason(scenario: Scenario, rival: Scenario, aim: Aim) -> str:
    """Why a scenario cannot be held against another one: empty where it can."""
    if rival.region_table.codes != scenario.region_table.codes:
        return "other_regions"
    if rival.years.first != scenario.years.first or rival.years.last < aim.year:
        return "other_years"
    counted = "slum_ha" if aim.goal.variable.startswith("slum") else "rtlh_houses"
    revised = any(each.variable == counted and each.year <= aim.year for each in rival.revisions.values())
    return "redefined" if revised and rival.revisions != scenario.revisions else ""


@dataclass(frozen=True)
class _Spread:
    """The central run under other money: one future for each budget that is tried."""

    aim: Aim
    rows: Sequence[int]
    inputs: Inputs
    lever: Lever
    variables: frozenset[str]

    def values(self, extra: Array) -> Array:
        """(year of the paths, budget) central values under further money (year, budget)."""
        budgets = taken(self.inputs, np.zeros(extra.shape[1], dtype=np.int64))
        inputs = self.lever.applied(budgets, extra)
        return self.aim.every_year(Projection(inputs, records(inputs, variables=self.variables)))[self.rows]

    def best(self) -> Array:
        """(year,) central values under more money than can be of use from the first year on."""
        return self.values(self.lever.ample[:, None])[:, 0]

    def money(self, paths: Mapping[str, TargetPath]) -> dict[str, Array]:
        """(year,) whole budgets at which the central line keeps every yearly value, year after year, path by path."""
        wanted = np.stack([path.values for path in paths.values()], axis=1)
        close = _CLOSE * max(float(np.abs(wanted - wanted[0]).max()), 1e-9 * float(np.abs(wanted).max()))
        extra = np.zeros(wanted.shape)
        for year in range(len(wanted)):
            extra[year] = self._enough(extra, year, wanted[year], close)
        whole = self.lever.present[:, None] + extra
        return {name: whole[:, column] for column, name in enumerate(paths)}

    def _enough(self, extra: Array, year: int, wanted: Array, close: float) -> Array:
        """(path,) least further money of a year that brings its value, infinite where none does."""
        low, high = np.zeros(len(wanted)), np.full(len(wanted), self.lever.ample[year])
        missing = self._missing(extra, year, low, wanted)
        done = missing <= close
        out_of_reach = self._missing(extra, year, high, wanted) > close
        step = np.full(len(wanted), max(self.lever.present.mean(), 1e-6 * self.lever.ample[year]))
        for _ in range(_TRIES):
            tried = np.minimum(step, 0.5 * (low + high))
            enough = self._missing(extra, year, tried, wanted) <= close
            high, low = np.where(enough, tried, high), np.where(enough, low, tried)
            step = np.where(enough, step, 2.0 * step)
            if ((high - low <= _CLOSE * high) | done | out_of_reach).all():
                break
        found = np.where(done, 0.0, high)
        return np.where(out_of_reach & ~done, np.inf, found)

    def _missing(self, extra: Array, year: int, tried: Array, wanted: Array) -> Array:
        """(path,) how far the value of a year is missed, with some further money in it."""
        budgets = np.where(np.isfinite(extra), extra, self.lever.ample[:, None])
        budgets[year] = tried
        return np.asarray(self.aim.sign * (wanted - self.values(budgets)[year]))
