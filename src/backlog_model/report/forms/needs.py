"""Money that targets need in the year being planned, and what it buys: central run, solved backwards on the model."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from backlog_model.analysis.aims import Aim, aims_of
from backlog_model.analysis.futures import Futures
from backlog_model.analysis.money import FundingRequired, required
from backlog_model.analysis.money.criteria import Criterion
from backlog_model.analysis.money.levers import Lever, lever_of
from backlog_model.dynamics.simulation import simulate
from backlog_model.projection import Projection
from backlog_model.report.forms.mapping import Measure
from backlog_model.report.forms.values import Numbers, PlanYears
from backlog_model.streams import DESIGN

CRITERION: Criterion = "least_peak"
"""What is made as small as can be: the largest yearly budget. The least money would wait for the last year."""

_STEP = 1e6  # rupiah that further money is rounded up to
_ROUND_OFF = 1e-3
_CLOSE = 1e-4  # how far above the least money may lie, as a share of it


@dataclass(frozen=True)
class Needs:
    """What targets from the year being planned to the end of the five years need.

    Attributes
    ----------
    money : by `programme.source`, in the year being planned; what comes on top of the budget is rounded up
    targets : by `programme.source`, names of the targets that its money is for
    beyond : by `programme.source`, names of targets that no money reaches
    run : central run with that money; None where no money had to be found
    """

    money: Mapping[str, float]
    targets: Mapping[str, tuple[str, ...]]
    beyond: Mapping[str, tuple[str, ...]]
    run: Projection | None

    def of(self, pots: Sequence[str]) -> float:
        """Need of some pots; NaN where one of them has none, or there are none."""
        return math.fsum(self.money.get(pot, math.nan) for pot in pots) if pots else math.nan

    def targets_of(self, pots: Sequence[str]) -> tuple[str, ...]:
        """Targets that the money of some pots is for."""
        return tuple(dict.fromkeys(name for pot in pots for name in self.targets.get(pot, ())))

    def beyond_of(self, pots: Sequence[str]) -> tuple[str, ...]:
        """Targets of the programmes of some pots that no money reaches."""
        return tuple(dict.fromkeys(name for pot in pots for name in self.beyond.get(pot, ())))


@dataclass
class _Group:
    """Targets that the same programmes can move."""

    lever: Lever
    aims: list[Aim]

    @property
    def names(self) -> list[str]:
        return [aim.name for aim in self.aims]


def needs(numbers: Numbers, measures: Iterable[Measure], years: PlanYears) -> Needs:
    """Money that the targets of some measures need in the year being planned.

    Of several targets for one measure and year the one is taken that the tables show.
    """
    scenario, central = numbers.case.scenario, numbers.central
    known = aims_of(scenario, central)
    wanted = dict.fromkeys(
        promise.name
        for measure in measures
        for year in range(years.planned, years.last + 1)
        if (promise := numbers.promise(measure, year)) is not None and promise.name in known
    )
    groups = _groups(numbers, [known[name] for name in wanted], years)
    money: dict[str, float] = {}
    targets: dict[str, tuple[str, ...]] = {}
    beyond: dict[str, tuple[str, ...]] = {}
    inputs = central.inputs
    for group in groups:
        plan, reached = _plan(numbers, group)
        out = tuple(name for name in group.names if name not in reached)
        beyond |= dict.fromkeys(group.lever.pots, out) if out else {}
        if plan is None:
            continue
        found = _in_year(plan, numbers, years.planned)
        money |= found
        targets |= dict.fromkeys(found, reached)
        inputs = _lever(numbers, [known[name] for name in reached]).applied(inputs, plan.extra)
    run = simulate(inputs) if money else None
    return Needs(money, targets, beyond, run)


def _groups(numbers: Numbers, aims: Sequence[Aim], years: PlanYears) -> list[_Group]:
    """Aims by the programmes whose money can move them, in the years that are still to be decided."""
    found: dict[tuple[tuple[str, ...], str], _Group] = {}
    for aim in aims:
        lever = lever_of(numbers.case.scenario, numbers.central.inputs, [aim])
        if lever is None or lever.unit != "idr" or years.planned not in lever.years:
            continue
        group = found.setdefault((lever.programmes, lever.region), _Group(lever, []))
        group.aims.append(aim)
    return list(found.values())


def _lever(numbers: Numbers, aims: Sequence[Aim]) -> Lever:
    lever = lever_of(numbers.case.scenario, numbers.central.inputs, aims)
    assert lever is not None  # each of them has one, and all have the same
    return lever


def _plan(numbers: Numbers, group: _Group) -> tuple[FundingRequired | None, tuple[str, ...]]:
    """Money for all targets together, or for those that some money reaches; and which they are."""
    plan = _solved(numbers, group, group.aims)
    if plan is not None or len(group.aims) == 1:
        return plan, tuple(group.names) if plan is not None else ()
    able = [aim for aim in group.aims if _solved(numbers, group, [aim]) is not None]
    while able:
        plan = _solved(numbers, group, able)
        if plan is not None:
            return plan, tuple(aim.name for aim in able)
        able.pop()
    return None, ()


def _solved(numbers: Numbers, group: _Group, aims: Sequence[Aim]) -> FundingRequired | None:
    futures = Futures.of(numbers.case.scenario, aims, draws=0, seed=1, design=DESIGN)
    return required(numbers.case.scenario, aims, futures, _lever(numbers, aims), CRITERION, tolerance=_CLOSE)


def _in_year(plan: FundingRequired, numbers: Numbers, year: int) -> dict[str, float]:
    """Need of every pot in a year: what is written, and what comes on top, rounded up."""
    position, region = plan.years.index(year), plan.aims[0].goal.region
    found = {}
    for pot, money in plan.programmes.items():
        written = numbers.budget([pot], region, year)
        more = float(np.asarray(money)[position]) - written
        found[pot] = written + _STEP * math.ceil(more / _STEP - _ROUND_OFF) if more > 0.0 else written
    return found
