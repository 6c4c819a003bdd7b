"""Targets held against a scenario: chance, funding required, verdict, and which path to choose."""

import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from typing import NamedTuple

import numpy as np

from backlog_model.analysis.aims import Aim, aims_of
from backlog_model.analysis.futures import Futures
from backlog_model.analysis.gaming import Flag, flags
from backlog_model.analysis.money import FundingRequired, required
from backlog_model.analysis.money.criteria import CRITERIA, Criterion
from backlog_model.analysis.money.levers import PLANNED_AHEAD, first_year, lever_of
from backlog_model.analysis.paths import PathChoice, path_choice
from backlog_model.analysis.promises import Promise, promises
from backlog_model.analysis.verdict import Judge, Verdict, limit_beyond_money
from backlog_model.ensemble import DRAWS, Progress, run
from backlog_model.errors import BacklogModelError, InfeasibleError, nearest_hint
from backlog_model.inputs import Array
from backlog_model.projection import Projection
from backlog_model.scenario.schema import Scenario
from backlog_model.streams import DESIGN, Design
from backlog_model.translation import Text

SEARCH_DRAWS = 512
"""Draws in which relaxations are looked for; chances and funding required are counted in all draws."""

_SEARCH_RUNS = 500  # model runs that the targets of a province take, or so
_SEARCH_SEED = 2  # seeds after that of the run, so that what is found there is judged in other futures
_EXACT, _CLOSE, _ROUGH = 1e-7, 1e-4, 1e-3  # how far above the least money is, as a share of it
_KEPT = 8 * 2**30  # bytes: paths and gaps are told draw by draw


class Gap(NamedTuple):
    """How far a target is missed in a year, in units of its variable; above 0 where it is missed.

    Attributes
    ----------
    central : on the central line
    shortfall : mean over the draws that miss it; NaN where none does
    mc_error : of the shortfall
    """

    central: float
    shortfall: float
    mc_error: float


@dataclass(frozen=True)
class Standing:
    """Where one target stands.

    Attributes
    ----------
    promise : the target, its chances by year, and what binds as written
    aim : None where the model cannot tell it, or where the record it counts is re-registered before its year
    gaps : by year
    verdict : None without an aim or without draws
    flags : ways in which it could be met without a house better, or a hectare less slum
    """

    promise: Promise
    aim: Aim | None
    gaps: Mapping[int, Gap]
    verdict: Verdict | None
    flags: tuple[Flag, ...]


@dataclass(frozen=True)
class TargetReport:
    """Everything that is said of the targets of a scenario.

    Attributes
    ----------
    scenario, projection : what was run, and what came out
    standings : of every target that applies, in the order written
    funding : funding required, a group of targets that the same programmes can move at a time
    out_of_reach : targets that no amount of money makes as sure as wanted; they are not in `funding`
    apart : targets that money makes sure one by one but not together, which are not in `funding` either
    choice : paths towards one target; None where there is none to choose
    search_draws : draws in which relaxations were looked for
    runs : model runs in all
    """

    scenario: Scenario
    projection: Projection
    standings: tuple[Standing, ...]
    funding: tuple[FundingRequired, ...]
    out_of_reach: tuple[str, ...]
    apart: tuple[str, ...]
    choice: PathChoice | None
    search_draws: int
    runs: int


def examine(
    scenario: Scenario,
    *,
    rivals: Sequence[Scenario] = (),
    draws: int = DRAWS,
    seed: int = 1,
    design: Design = DESIGN,
    criterion: Criterion = "least_money",
    path_target: str | None = None,
    national: Mapping[int, float] | None = None,
    custom: Sequence[float] | None = None,
    progress: Progress | None = None,
) -> TargetReport:
    """Chance, gap, verdict, funding required and paths of the targets of a scenario.

    Parameters
    ----------
    scenario : with targets
    rivals : other funding scenarios, in which paths are tried too
    draws, seed, design : as in `run`; one draw or more
    criterion : one of `CRITERIA`
    path_target : target that paths lead to; by default the one on RTLH that looks farthest ahead
    national, custom : as in `path_choice`
    progress : told the share that is done, from time to time

    Raises
    ------
    BacklogModelError
        For a scenario without targets, a target that is not there, and numbers that cannot be meant.
    """
    _check(scenario, draws, criterion, path_target)
    tell = progress or _silent
    projection = run(scenario, draws=draws, seed=seed, design=design, memory_limit=_KEPT)
    aims = _aims(scenario, projection)
    found = flags(scenario, projection)
    tell(0.1)
    few = min(draws, SEARCH_DRAWS)
    search = Futures.of(scenario, aims.values(), draws=few, seed=seed, design=design, runs=_SEARCH_RUNS)
    judge = _judge(scenario, search, projection, aims)
    choose = partial(path_choice, rivals=rivals, national=national, custom=custom)
    with ThreadPoolExecutor(1) as beside:  # paths ask nothing of what is solved meanwhile
        choice = beside.submit(_choice, scenario, projection, aims, path_target, choose)
        standings = []
        for done, promise in enumerate(held := promises(scenario, projection)):
            aim = aims.get(promise.name)
            verdict = judge.verdict(aim) if aim is not None else None
            standings.append(Standing(promise, aim, _gaps(aim, projection), verdict, found.get(promise.name, ())))
            tell(0.1 + 0.4 * (done + 1) / len(held))
        futures = Futures.of(scenario, aims.values(), draws=draws, seed=seed, design=design)
        funding, out_of_reach, apart = _funding(scenario, futures, search, standings, criterion, tell)
        tell(1.0)
    return TargetReport(
        scenario=scenario,
        projection=projection,
        standings=tuple(standings),
        funding=funding,
        out_of_reach=out_of_reach,
        apart=apart,
        choice=choice.result(),
        search_draws=search.sampling.draws,
        runs=judge.runs + futures.runs,
    )


def funding_required(
    scenario: Scenario,
    *,
    target: str | Sequence[str],
    probability: float | None = None,
    criterion: Criterion = "least_money",
    sources: Sequence[str] | None = None,
    programmes: Sequence[str] | None = None,
    first_year: int | None = None,
    draws: int = DRAWS,
    seed: int = 1,
    design: Design = DESIGN,
) -> FundingRequired:
    """Money under which one target, or several at once, are as sure as wanted, solved backwards on the model.

    Each further rupiah is spread over programmes and sources as the money written for the year is. Chances are counted
    in draws, with the same random numbers for every budget that is tried, and checked in fresh ones.

    Parameters
    ----------
    scenario : a checked scenario
    target : name of a target of the scenario, or several that the same programmes can move
    probability : chance wanted; by default what each target wants
    criterion : `least_money`, `least_peak` (smallest largest yearly budget), `smoothest` (smallest largest change from
        one year to the next) or `earliest` (a rupiah a year later counts twice)
    sources, programmes : only money of these
    first_year : first year whose money is still to be decided; by default the year being planned
    draws : 0 for the central run alone, in which a target is met or missed
    seed, design : as in `run`

    Raises
    ------
    InfeasibleError
        Where no amount of that money is enough, with what stands in the way.
    BacklogModelError
        For a name, a probability or a year that cannot be meant.

    Examples
    --------
    >>> import backlog_model as bm
    >>> scenario = bm.load_scenario("scenarios/kalsel/baseline.yaml")
    >>> plan = bm.funding_required(scenario, target="ill-slum-2030", draws=0)
    >>> plan.years
    (2027, 2028, 2029, 2030)
    """
    names = [target] if isinstance(target, str) else list(dict.fromkeys(target))
    if not names:
        raise BacklogModelError(Text("target: none given; expected the name of a target, or several"))
    central = run(scenario, draws=0)
    aims = [_wanted(scenario, central, name, probability) for name in names]
    _check_names("source", sources or (), central.axes.sources)
    _check_names("programme", programmes or (), central.axes.programmes)
    _check_names("criterion", [criterion], CRITERIA)
    latest = max(aim.year for aim in aims)
    if first_year is not None and not scenario.now < first_year <= latest:
        next_year = scenario.now + 1
        raise BacklogModelError(
            Text(
                "first_year: {seen} is not possible; expected {low} to {high}",
                seen=first_year,
                low=next_year,
                high=latest,
            )
        )
    futures = Futures.of(scenario, aims, draws=draws, seed=seed, design=design)
    lever = lever_of(scenario, futures.inputs, aims, first=first_year, sources=sources, programmes=programmes)
    if lever is None:
        raise InfeasibleError(_no_lever(names))
    search = None
    if draws > SEARCH_DRAWS:
        search = Futures.of(scenario, aims, draws=SEARCH_DRAWS, seed=seed + _SEARCH_SEED, design=design)
    tolerance = _EXACT if futures.sampling.draws == 1 else _CLOSE
    found = required(scenario, aims, futures, lever, criterion, search=search, tolerance=tolerance)
    if found is None:
        limit = limit_beyond_money(scenario, max(aims, key=lambda aim: aim.year), lever)
        raise InfeasibleError(_no_money(names, lever.programmes, limit))
    return found


def _check(scenario: Scenario, draws: int, criterion: str, path_target: str | None) -> None:
    _check_names("criterion", [criterion], CRITERIA)
    if draws < 1:
        raise BacklogModelError(
            Text("draws: {draws} is not possible; expected 1 or more: chances are counted in draws", draws=draws)
        )
    if not any(target.applies for target in scenario.targets.values()):
        raise BacklogModelError(
            Text("{name}: no target that applies; write targets: in the scenario", name=scenario.name)
        )
    _check_names("target", [path_target] if path_target else [], scenario.targets)
    if path_target and scenario.targets[path_target].year <= first_year(scenario, scenario.targets[path_target].year):
        year = scenario.targets[path_target].year
        raise BacklogModelError(
            Text(
                "{name}: only {year} is still to be planned; a path needs two years or more",
                name=path_target,
                year=year,
            )
        )


def _check_names(kind: str, names: Iterable[str], known: Collection[str]) -> None:
    for name in names:
        if name not in known:
            hint = nearest_hint(name, known)
            raise BacklogModelError(Text("{kind} {name}: unknown{hint}", kind=kind, name=name, hint=hint))


def _wanted(scenario: Scenario, central: Projection, name: str, probability: float | None) -> Aim:
    """The aim of one target, with another chance if one is given."""
    _check_names("target", [name], scenario.targets)
    aims = aims_of(scenario, central)
    if name not in aims:
        reason = scenario.targets[name].reason or Text("the model does not count it")
        raise BacklogModelError(Text("target {name} does not apply: {reason}", name=name, reason=reason))
    if any(promise.redefined for promise in promises(scenario, central) if promise.name == name):
        raise BacklogModelError(
            Text("target {name}: what it counts is counted again up to its year; nothing can be solved", name=name)
        )
    if probability is None:
        return aims[name]
    if not 0.0 < probability < 1.0:
        raise BacklogModelError(
            Text("probability {probability:g}: expected a number between 0 and 1, such as 0.8", probability=probability)
        )
    return replace(aims[name], probability=probability)


def _aims(scenario: Scenario, projection: Projection) -> dict[str, Aim]:
    """Aims of the targets that mean the same throughout: not those whose record is re-registered before their year."""
    redefined = {promise.name for promise in promises(scenario, projection.central) if promise.redefined}
    return {name: aim for name, aim in aims_of(scenario, projection).items() if name not in redefined}


def _judge(scenario: Scenario, search: Futures, projection: Projection, aims: Mapping[str, Aim]) -> Judge:
    years = {name: projection.years(aim.goal.variable) for name, aim in aims.items()}
    central = {name: aim.every_year(projection.central)[:, 0] for name, aim in aims.items()}
    now = {
        name: float(central[name][years[name].index(scenario.now)]) if scenario.now in years[name] else math.nan
        for name in aims
    }
    paths = {name: aim.every_year(projection) for name, aim in aims.items()}
    return Judge(scenario, search, now, paths, years)


def _gaps(aim: Aim | None, projection: Projection) -> dict[int, Gap]:
    """How far a target is missed in every year."""
    if aim is None:
        return {}
    central = -aim.margins(aim.every_year(projection.central)[:, 0])
    missed = np.maximum(0.0, -aim.margins(aim.every_year(projection)))
    years = projection.years(aim.goal.variable)
    return {year: Gap(float(gap), *_mean_above(row)) for year, gap, row in zip(years, central, missed, strict=True)}


def _mean_above(missed: Array) -> tuple[float, float]:
    """Mean of what is above 0 and its Monte Carlo error, both NaN where nothing is."""
    above = missed[missed > 0.0]
    if not above.size:
        return math.nan, math.nan
    return float(above.mean()), float(above.std(ddof=1) / math.sqrt(above.size)) if above.size > 1 else math.nan


def _funding(
    scenario: Scenario,
    futures: Futures,
    search: Futures,
    standings: Sequence[Standing],
    criterion: Criterion,
    tell: Progress,
) -> tuple[tuple[FundingRequired, ...], tuple[str, ...], tuple[str, ...]]:
    """Funding required by each group of targets that the same programmes can move; targets out of reach, and apart."""
    groups: dict[tuple[str, ...], list[Aim]] = {}
    out_of_reach: list[str] = []
    for standing in standings:
        aim, verdict = standing.aim, standing.verdict
        if aim is None or verdict is None or aim.year < scenario.now + PLANNED_AHEAD:
            continue
        lever = lever_of(scenario, futures.inputs, [aim])
        if lever is None:
            continue
        if verdict.status != "feasible" and not any(each.kind == "more_money" for each in verdict.relaxations):
            out_of_reach.append(aim.name)
        else:
            groups.setdefault((*lever.programmes, aim.goal.region), []).append(aim)
    found: list[FundingRequired] = []
    apart: list[str] = []
    for done, aims in enumerate(groups.values()):
        lever = lever_of(scenario, futures.inputs, aims)
        assert lever is not None  # every one of them has the same
        mine, tried = futures.about(aims), search.about(aims)
        plan = required(scenario, aims, mine, lever, criterion, search=tried, tolerance=_ROUGH)
        futures.runs += mine.runs + tried.runs
        if plan is not None:
            found.append(plan)
        else:
            apart += [aim.name for aim in aims]
        tell(0.5 + 0.5 * (done + 1) / len(groups))
    return tuple(found), tuple(out_of_reach), tuple(apart)


def _choice(
    scenario: Scenario,
    projection: Projection,
    aims: Mapping[str, Aim],
    path_target: str | None,
    choose: Callable[..., PathChoice],
) -> PathChoice | None:
    """Paths towards one target: the one asked for, or the one on RTLH that looks farthest ahead."""
    if path_target is not None:
        return choose(scenario, _wanted(scenario, projection.central, path_target, None), projection)
    able = [aim for aim in aims.values() if _can_have_paths(scenario, aim, projection)]
    province = projection.axes.province
    able.sort(key=lambda aim: (aim.goal.variable != "rtlh_houses", aim.goal.region != province, -aim.year))
    return choose(scenario, able[0], projection) if able else None


def _can_have_paths(scenario: Scenario, aim: Aim, projection: Projection) -> bool:
    """Whether two years or more are still to be planned, and the variable has a number in every future."""
    values = (aim.every_year(each)[1:] for each in (projection, projection.central))
    return aim.year > first_year(scenario, aim.year) and all(np.isfinite(each).all() for each in values)


def _silent(_: float) -> None:
    pass


def _no_lever(names: Sequence[str]) -> Text:
    return Text(
        "{names}: no programme of the scenario can move all of these targets in years that are still to be decided",
        names=", ".join(names),
    )


def _no_money(names: Sequence[str], programmes: Sequence[str], limit: str) -> Text:
    said = {"names": ", ".join(names), "programmes": ", ".join(programmes), "limit": limit}
    return Text("{names}: no amount of money of {programmes} is enough; with ample money the limit is {limit}", **said)
