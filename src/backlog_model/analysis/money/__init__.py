"""Funding that targets require, solved backwards, by source, year and region, and checked with fresh draws."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Literal

import numpy as np

from backlog_model.analysis.aims import Aim
from backlog_model.analysis.futures import Futures, assembled, until
from backlog_model.analysis.money.criteria import Criterion
from backlog_model.analysis.money.levers import Lever
from backlog_model.analysis.money.solving import best_of, money_error, money_for, one_after_another
from backlog_model.dynamics.simulation import simulate
from backlog_model.inputs import Array
from backlog_model.scenario.schema import Scenario
from backlog_model.summary import Chance, Sampling, chance

if TYPE_CHECKING:
    import pandas as pd

_EVEN = ("least_money", "least_peak")  # criteria by which the same money in every year is often best
_SAME = 5e-3  # how far shares of years may differ in shapes that are the same
_BEYOND = (1.25, 2.0)  # shares of the further money at which more of it must not hurt


@dataclass(frozen=True)
class FundingRequired:
    """Money by year under which some targets are as sure as wanted.

    Attributes
    ----------
    scenario : name of the scenario
    criterion : what is made as small, or as early, as can be
    aims : the targets, each with the chance wanted
    unit : `idr`, or `households` of a finance quota
    years : those decided here
    present : (year,) written there already, in the programmes that can move the targets
    extra : (year,) further money
    error : Monte Carlo error of all further money together
    programmes : (year,) whole budget of each programme, source by source: `programme.source`
    regions : (year,) whole budget that reaches each region, in the central run; empty for a quota
    chances : of each target, in the draws that the money was found in
    checked : of each target, in as many fresh draws
    together : chance that all targets are met in the same future, in the fresh draws
    one_by_one : (year,) further money where every target is funded without looking at the later ones; None where that
        cannot be
    rises : whether more money never made a target less sure, at the amounts looked at
    sampling, fresh : how the draws were made, and the fresh ones
    runs : model runs of the solve, without the check
    """

    scenario: str
    criterion: Criterion
    aims: tuple[Aim, ...]
    unit: Literal["idr", "households"]
    years: tuple[int, ...]
    present: Array
    extra: Array
    error: float
    programmes: Mapping[str, Array]
    regions: Mapping[str, Array]
    chances: Mapping[str, Chance]
    checked: Mapping[str, Chance]
    together: Chance
    one_by_one: Array | None
    rises: bool
    sampling: Sampling
    fresh: Sampling
    runs: int

    @property
    def budget(self) -> Array:
        """(year,) whole budget: what is written, and the further money."""
        return self.present + self.extra

    @property
    def sources(self) -> dict[str, Array]:
        """(year,) whole budget of each source."""
        found: dict[str, Array] = {}
        for pot, money in self.programmes.items():
            source = pot.partition(".")[2] or pot
            found[source] = found.get(source, np.zeros(len(self.years))) + money
        return found

    def table(self) -> "pd.DataFrame":
        """A row per year: budget written, further money, whole budget, and the whole budget of each source."""
        import pandas as pd

        columns = {"present": self.present, "extra": self.extra, "budget": self.budget, **self.sources}
        return pd.DataFrame(columns, index=pd.Index(self.years, name="year"))


def required(
    scenario: Scenario,
    aims: Sequence[Aim],
    futures: Futures,
    lever: Lever,
    criterion: Criterion,
    *,
    search: Futures | None = None,
    tolerance: float = 1e-6,
) -> FundingRequired | None:
    """Money under which targets are as sure as wanted, with everything that is to be said of it; None where none is.

    Parameters
    ----------
    futures : draws in which chances are counted, with these aims among its own
    lever : what can move all targets
    search : other draws in which shapes over the years are looked for; they are judged, and scaled, in `futures`
    tolerance : how far above the least, as a share of it
    """
    looked = search or futures
    before = futures.runs + (search.runs if search else 0)
    close = tolerance if search is None else None
    one_by_one = one_after_another(looked, lever, aims, criterion, tolerance=close)
    extra = one_by_one
    if len({aim.year for aim in aims}) > 1:
        extra = money_for(looked, lever, aims, criterion, start=one_by_one, tolerance=close)
    if search is not None and extra is not None:
        judged = partial(best_of, futures, lever, aims, criterion, tolerance=tolerance)
        even = [np.full(len(extra), extra.mean())] if criterion in _EVEN else []
        if extra is one_by_one:
            extra = one_by_one = judged(_different([extra, *even]))
        else:
            one_by_one = None if one_by_one is None else judged([one_by_one])
            known = [] if one_by_one is None else [one_by_one]
            extra = judged(_different([extra, *known, *even]), rounds=1)
    if extra is None:
        return None
    runs = futures.runs + (search.runs if search else 0) - before
    values = futures.values(lever.applied(futures.inputs, extra), aims)
    fresh = fresh_futures(scenario, futures, aims)
    checked = fresh.values(lever.applied(fresh.inputs, extra), aims)
    met = np.all([aim.goal.is_met(checked[aim.name]) for aim in aims], axis=0)
    return FundingRequired(
        scenario=scenario.name,
        criterion=criterion,
        aims=tuple(aims),
        unit=lever.unit,
        years=lever.years,
        present=lever.present,
        extra=extra,
        error=money_error(futures, lever, aims, extra),
        programmes=lever.budgets(extra),
        regions=_by_region(scenario, lever, extra),
        chances={aim.name: aim.chance(values[aim.name], futures.sampling) for aim in aims},
        checked={aim.name: aim.chance(checked[aim.name], fresh.sampling) for aim in aims},
        together=chance(met, fresh.sampling),
        one_by_one=one_by_one,
        rises=_rises(futures, lever, aims, extra),
        sampling=futures.sampling,
        fresh=fresh.sampling,
        runs=runs,
    )


def _different(shapes: Sequence[Array]) -> list[Array]:
    """Shapes without those that are another one, scaled."""
    found: list[Array] = []
    for shape in shapes:
        if not any(np.allclose(shape / shape.sum(), each / each.sum(), atol=_SAME) for each in found if each.any()):
            found.append(shape)
    return found


def fresh_futures(scenario: Scenario, futures: Futures, aims: Sequence[Aim]) -> Futures:
    """As many other futures of the same scenario; the same one where nothing is drawn."""
    sampling = futures.sampling
    if sampling.draws == 1:
        return futures
    seed = sampling.seed + 1
    return Futures.of(scenario, aims, draws=sampling.draws, seed=seed, design=sampling.design, runs=1)


def _rises(futures: Futures, lever: Lever, aims: Sequence[Aim], extra: Array) -> bool:
    """Whether more money keeps every target as sure as wanted."""
    more = (futures.values(lever.applied(futures.inputs, share * extra), aims) for share in _BEYOND)
    return all(aim.margin(values[aim.name]) >= 0.0 for values in more for aim in aims)


def _by_region(scenario: Scenario, lever: Lever, extra: Array) -> dict[str, Array]:
    """(year,) whole budget of the lever's pots that reaches each region, in the central run."""
    if lever.unit == "households":
        return {}
    if lever.region != scenario.region_table.province_code:
        return {lever.region: lever.present + extra}
    central = until(assembled(scenario, draws=0, seed=0), lever.years[-1])
    projection = simulate(lever.applied(central, extra))
    rows = [projection.years("budget_idr").index(year) for year in lever.years]
    money = sum((projection.array("budget_idr", part=pot)[rows, 0] for pot in lever.pots), np.zeros((len(rows), 1)))
    return {code: money[:, column] for column, code in enumerate(projection.axes.regions)}
