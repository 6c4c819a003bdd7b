"""Whether a target can be met, and the smallest single change that makes it so."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

import numpy as np

from backlog_model.analysis.aims import Aim
from backlog_model.analysis.futures import Futures, Values, assembled, until
from backlog_model.analysis.limits import joint_limit
from backlog_model.analysis.money.levers import Lever, crews_of, lever_of, with_absorption, with_crews
from backlog_model.analysis.money.smallest import smallest
from backlog_model.analysis.promises import years_counted_again
from backlog_model.dynamics.simulation import simulate
from backlog_model.inputs import Array, Inputs
from backlog_model.quantities import QUANTITIES
from backlog_model.scenario.schema import Scenario

Status = Literal["feasible", "feasible_if", "infeasible"]
Kind = Literal["later_year", "more_money", "lower_target", "more_crews", "higher_absorption", "other_source"]

TOLERANCE = 4e-3
"""How far above the smallest amount a stated one may lie, as a share of it: less than half a percent."""

_APART = 0.2  # how far another amount must lie to tell what more adds

MOST_CREWS = 100.0
"""How many times the present artisan crews are more than can be of use."""


class Relaxation(NamedTuple):
    """One change that makes a target as sure as wanted, everything else as written.

    Attributes
    ----------
    kind : what is changed
    amount : the year; further money (or finance quota) in every year to be decided; the value promised instead;
        further crews in the whole province; the least share of the money that is spent; further money from `source`
    unit : of the amount: `idr`, `households` of a quota, `crews`, `share`, `year`, or that of the variable
    source : source of the money, if it is one alone
    mc_error : Monte Carlo error of an amount of money or quota; NaN for the others, and where it cannot be told
    """

    kind: Kind
    amount: float
    unit: str
    source: str = ""
    mc_error: float = math.nan


class Verdict(NamedTuple):
    """What can be said of a target.

    Attributes
    ----------
    status : `feasible` as written; `feasible_if` some single relaxation holds; `infeasible` by none of them
    relaxations : those that make it feasible, each with the smallest amount
    tried : relaxations that were looked at
    sure : value of the variable, in the target's year, that is as sure as wanted as written
    beyond : limit that binds in the target's year, on the central line, when there is more money than can be of use;
        empty where money alone is enough, or where no money can move the target
    """

    status: Status
    relaxations: tuple[Relaxation, ...]
    tried: tuple[Kind, ...]
    sure: float
    beyond: str = ""


@dataclass
class Relaxed:
    """Futures under one change of rising amount; every run serves all targets that ask about the same change.

    Attributes
    ----------
    aims : targets that ask about this change
    change : inputs under an amount
    asked : by name of an aim, its margin as written in all draws: where these futures are fewer and say that nothing is
        missing, all draws are believed
    """

    futures: Futures
    aims: tuple[Aim, ...]
    change: Callable[[float], Inputs]
    asked: Mapping[str, float]
    _values: dict[float, Values] = field(default_factory=dict)

    def margin(self, aim: Aim, amount: float) -> float:
        """Margin of a target under an amount."""
        if amount == 0.0:
            return self.asked[aim.name]
        written, asked = self._seen(aim, 0.0), self.asked[aim.name]
        straddles = written >= 0.0 and math.isfinite(written) and math.isfinite(asked)
        return self._seen(aim, amount) + (asked - written if straddles else 0.0)

    def _seen(self, aim: Aim, amount: float) -> float:
        """Margin of a target under an amount in these futures."""
        if amount not in self._values:
            self._values[amount] = self.futures.values(self.change(amount), self.aims)
        return aim.margin(self._values[amount][aim.name])

    def error(self, aim: Aim, amount: float) -> float:
        """Monte Carlo error of an amount: that of the margin, over what more of it adds; NaN where it adds nothing."""
        draws = self.futures.sampling.draws
        if draws == 1:
            return 0.0
        margins = np.sort(aim.margins(self._values[amount][aim.name]))
        place = aim.position(draws)
        reach = max(1, round(math.sqrt(aim.probability * (1.0 - aim.probability) * draws)))
        low, high = margins[max(0, place - reach)], margins[min(draws - 1, place + reach)]
        others = [each for each in self._values if each > 0.0 and abs(each - amount) > _APART * amount]
        near = min(others, key=lambda each: abs(each - amount), default=0.0)
        rise = (self.margin(aim, near) - self.margin(aim, amount)) / (near - amount)
        return float((high - low) / 2.0 / rise) if rise > 0.0 else math.nan

    def smallest(self, aim: Aim, *, first: float, most: float, tolerance: float = TOLERANCE) -> float | None:
        """Smallest amount that is enough for a target."""
        if not most > 0.0:
            return None
        enough = any(self.margin(aim, share * most) >= 0.0 for share in (1.0, 0.05))
        known = tuple(self._values) if enough else ()  # where too much can hurt, little is looked at too
        return smallest(
            lambda amount: self.margin(aim, amount), first=first, most=most, tolerance=tolerance, known=known
        )


@dataclass
class Judge:
    """Judges the targets of one scenario in one set of futures.

    Attributes
    ----------
    now : by name of an aim, the central value at the last known year; NaN where there is none
    paths : by name of an aim, (year, draw) values in every year as written
    years : by name of an aim, the years of `paths`
    """

    scenario: Scenario
    futures: Futures
    now: Mapping[str, float]
    paths: Mapping[str, Array]
    years: Mapping[str, tuple[int, ...]]
    tolerance: float = TOLERANCE
    _relaxed: dict[tuple[object, ...], Relaxed] = field(default_factory=dict)
    _levers: dict[tuple[str, str], Lever | None] = field(default_factory=dict)
    _futures: dict[tuple[Aim, ...], Futures] = field(default_factory=dict)

    @property
    def runs(self) -> int:
        """Model runs made so far."""
        return sum(futures.runs for futures in self._futures.values())

    def verdict(self, aim: Aim) -> Verdict:
        """What can be said of one of the aims."""
        if aim.margin(self._path(aim)[aim.year]) >= 0.0:
            return Verdict("feasible", (), (), self._sure(aim))
        kinds: dict[Kind, Callable[[Aim], list[Relaxation]]] = {
            "more_money": self._more_money,
            "other_source": self._other_source,
            "more_crews": self._more_crews,
            "higher_absorption": self._higher_absorption,
            "later_year": self._later_year,
            "lower_target": self._lower_target,
        }
        found = [relaxation for look in kinds.values() for relaxation in look(aim)]
        status: Status = "feasible_if" if found else "infeasible"
        enough = any(each.kind == "more_money" for each in found)
        return Verdict(status, tuple(found), tuple(kinds), self._sure(aim), "" if enough else self._beyond(aim))

    def _beyond(self, aim: Aim) -> str:
        """Limit that binds when there is more money than can be of use."""
        lever = self.lever(aim)
        return "" if lever is None else limit_beyond_money(self.scenario, aim, lever)

    def _path(self, aim: Aim) -> dict[int, Array]:
        return dict(zip(self.years[aim.name], self.paths[aim.name], strict=True))

    def lever(self, aim: Aim, source: str = "") -> Lever | None:
        """What can move a target, up to the last year of the futures: money after its own year changes nothing.

        Parameters
        ----------
        source : the only one wanted; all of them by default
        """
        key = aim.name, source
        if key not in self._levers:
            inputs, sources = self.futures.inputs, [source] if source else None
            self._levers[key] = lever_of(self.scenario, inputs, [aim], last=inputs.axes.years[-1], sources=sources)
        return self._levers[key]

    def _under(self, aim: Aim, key: tuple[object, ...], change: Callable[[float], Inputs]) -> Relaxed:
        """Futures under a change, those of earlier targets that asked about the same one."""
        if key not in self._relaxed:
            alike = tuple(each for each in self.futures.aims if self._kind(each) == self._kind(aim))
            self._relaxed[key] = Relaxed(self._about(alike), alike, change, self._asked(alike))
        return self._relaxed[key]

    def _about(self, aims: tuple[Aim, ...]) -> Futures:
        """The same futures, for targets of one kind."""
        if aims not in self._futures:
            self._futures[aims] = self.futures.about(aims)
        return self._futures[aims]

    def _asked(self, aims: tuple[Aim, ...]) -> dict[str, float]:
        """Margins of targets as written, in all draws."""
        return {aim.name: aim.margin(self._path(aim)[aim.year]) for aim in aims}

    def _kind(self, aim: Aim) -> tuple[str, ...]:
        """Programmes that can move a target: targets of one kind ask about the same changes."""
        lever = self.lever(aim)
        return () if lever is None else lever.programmes

    def _more_money(self, aim: Aim) -> list[Relaxation]:
        """The same further money in every year to be decided, spread as what is written."""
        lever = self.lever(aim)
        found = None if lever is None else self._money(aim, lever)
        if lever is None or found is None:
            return []
        amount, mc_error = found
        return [Relaxation("more_money", amount, lever.unit, mc_error=mc_error)]

    def _other_source(self, aim: Aim) -> list[Relaxation]:
        """Further money from one source alone, the source that needs least first."""
        whole = self.lever(aim)
        found = []
        for source in whole.sources if whole is not None and len(whole.sources) > 1 else ():
            lever = self.lever(aim, source)
            enough = None if lever is None else self._money(aim, lever)
            found += [] if enough is None else [Relaxation("other_source", enough[0], "idr", source, enough[1])]
        return sorted(found, key=lambda each: each.amount)

    def _money(self, aim: Aim, lever: Lever) -> tuple[float, float] | None:
        """The same further money in every year that is enough, and its Monte Carlo error."""
        years = len(lever.years)
        relaxed = self._under(
            aim,
            ("money", self._kind(aim), lever.years, lever.programmes, lever.sources, aim.goal.region),
            lambda amount: lever.applied(self.futures.inputs, np.full(years, amount)),
        )
        first = float(lever.present.mean()) or float(lever.ample.mean()) / 1000.0
        found = relaxed.smallest(aim, first=first, most=float(lever.ample.max()), tolerance=self.tolerance)
        return None if found is None else (found, relaxed.error(aim, found))

    def _more_crews(self, aim: Aim) -> list[Relaxation]:
        """Whole crews more in the province, in proportion to those that are there."""
        lever = self.lever(aim)
        crews = crews_of(self.futures.inputs, lever.years) if lever is not None else math.inf
        houses = set(self.futures.inputs.axes.house_programmes)
        if lever is None or not math.isfinite(crews) or crews <= 0.0 or not houses & set(lever.programmes):
            return []
        relaxed = self._under(
            aim,
            ("crews", self._kind(aim), lever.years, lever.programmes),
            lambda amount: with_crews(self.futures.inputs, lever.years, amount),
        )
        least = relaxed.smallest(aim, first=0.1 * crews, most=MOST_CREWS * crews, tolerance=self.tolerance)
        if least is None:
            return []
        return [Relaxation("more_crews", _whole(lambda crews: relaxed.margin(aim, crews) >= 0.0, least), "crews")]

    def _higher_absorption(self, aim: Aim) -> list[Relaxation]:
        """At least some share of the money of the lever's programmes is spent."""
        lever = self.lever(aim)
        if lever is None or lever.unit != "idr":
            return []
        relaxed = self._under(
            aim,
            ("absorption", self._kind(aim), lever.years, lever.programmes),
            lambda least: with_absorption(self.futures.inputs, lever, least),
        )
        least = relaxed.smallest(aim, first=0.5, most=1.0, tolerance=self.tolerance)
        return [] if least is None else [Relaxation("higher_absorption", least, "share")]

    def _later_year(self, aim: Aim) -> list[Relaxation]:
        again = years_counted_again(aim.goal.variable, aim.goal.part, self.scenario)
        end = min((year for year in again if year > aim.year), default=math.inf)
        later = [year for year in self.years[aim.name] if aim.year < year < end]
        path = self._path(aim)
        found = next((year for year in later if aim.margin(path[year]) >= 0.0), None)
        return [] if found is None else [Relaxation("later_year", float(found), "year")]

    def _sure(self, aim: Aim) -> float:
        """Value in the target's year that is as sure as wanted; infinite where it is undefined that often."""
        return float(aim.goal.value + aim.sign * aim.margin(self._path(aim)[aim.year]))

    def _lower_target(self, aim: Aim) -> list[Relaxation]:
        """The value that is as sure as wanted, while it still promises more than what is there now."""
        value, now, quantity = self._sure(aim), self.now[aim.name], QUANTITIES[aim.goal.variable]
        least = now if math.isfinite(now) and not (quantity.kind == "flow" and aim.sign > 0.0) else 0.0
        promises = math.isfinite(value) and aim.sign * (value - least) > 0.0
        return [Relaxation("lower_target", value, quantity.unit)] if promises else []


def limit_beyond_money(scenario: Scenario, aim: Aim, lever: Lever) -> str:
    """Limit that binds in a target's year, on the central line, when there is more money than can be of use."""
    central = until(assembled(scenario, draws=0, seed=0), lever.years[-1])
    projection = simulate(lever.applied(central, lever.ample))
    limit = joint_limit(projection, lever.programmes, aim.year, aim.goal.region)
    return "eligibility" if limit == "funds" else limit  # money shared by need goes nowhere where nothing waits


def _whole(works: Callable[[float], bool], least: float) -> float:
    """Smallest whole number at which something works, next to a number at which it does."""
    found = math.ceil(least)
    while found > 1 and works(float(found - 1)):
        found -= 1
    return float(found)
