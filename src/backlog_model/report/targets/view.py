"""Targets of a scenario as a reader sees them: in which language, under which names, rounded to the safe side."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from backlog_model.analysis.aims import Aim
from backlog_model.analysis.money import FundingRequired
from backlog_model.analysis.money.levers import Lever, first_year, lever_of
from backlog_model.analysis.targets import Standing, TargetReport
from backlog_model.quantities import QUANTITIES
from backlog_model.report import words
from backlog_model.report.numbers import UNDEFINED, Language
from backlog_model.report.view import BILLION, View
from backlog_model.scenario.schema import Target

_DECIMALS = {"share": 2, "ha": 2, "years": 1, "idr": 1}
_SCALES = {"share": 100.0, "idr": 1 / BILLION}
_COST = "cost_per_net_house_idr"  # of one house: told in millions
_MOST_YEARS = 6
_MILLION = 1e6
_SMALL = 10.0

TIED = "\xa0"
"""Space that no line ends on; `answer` prints it as any other."""


@dataclass(frozen=True)
class TargetView:
    """What is said of the targets of a scenario, in one language.

    Attributes
    ----------
    report : chances, verdicts, funding required and paths
    run : the same scenario and draws, as `backlog run` shows them
    """

    report: TargetReport
    run: View

    @classmethod
    def of(cls, report: TargetReport, language: Language) -> "TargetView":
        """View of a report."""
        return cls(report, View.of(report.scenario, report.projection, language))

    @property
    def language(self) -> Language:
        """`id` or `en`."""
        return self.run.language

    @cached_property
    def groups(self) -> dict[str, FundingRequired]:
        """Groups of targets that are funded together, by letter."""
        return {chr(ord("A") + place): each for place, each in enumerate(self.report.funding)}

    def say(self, message: str, **fields: object) -> str:
        """A message of the catalogue, filled in."""
        return self.run.say(message, **fields)

    def columns(self, message: str) -> list[str]:
        """Heads of a table."""
        return self.say(message).split("|")

    def name(self, standing: Standing) -> str:
        """Name of a target, marked where nobody has adopted it."""
        return f"{standing.promise.name}{'*' if standing.promise.target.kind == 'illustrative' else ''}"

    def subject(self, target: Target) -> str:
        """What a target counts: the region when it is not the whole province, the indicator, the part."""
        whole = target.region == self.run.projection.axes.province
        before = "" if whole else f"{self.run.region(target.region)}: "
        return f"{before}{self.run.label(target.variable)}{self._part(target.part)}"

    def _part(self, part: str) -> str:
        if part in self.run.scenario.programmes:
            return f", {self.run.programme(part)}"
        return "" if part == "total" else f", {words.part(part, self.language)}"

    def unit(self, variable: str) -> str:
        """Unit of a variable, in words."""
        return (
            self.say("targets_rp_million")
            if variable == _COST
            else words.unit(QUANTITIES[variable].unit, self.language)
        )

    def steps(self, variable: str) -> str:
        """Unit of a change, in words: percentage points of a share."""
        return self.say("targets_points") if QUANTITIES[variable].unit == "share" else self.unit(variable)

    def value(self, value: float, variable: str) -> str:
        """A value in the unit people read it in."""
        return self.run.number(_scale(variable) * value, decimals=_decimals(variable))

    def change(self, value: float, variable: str) -> str:
        """A change, with its sign."""
        text = self.value(value, variable)
        return f"+{text}" if value > 0 and text.strip("0.,") else text

    def fine(self, value: float, variable: str, *, largest: float) -> str:
        """A value of a table whose largest is this one, with more decimals where all of them are small."""
        scale = _scale(variable)
        needed = 2 if scale * largest < _SMALL else 1 if scale * largest < 10.0 * _SMALL else 0
        return self.run.number(scale * value, decimals=max(needed, _decimals(variable)))

    def with_error(self, value: float, error: float, variable: str, *, largest: float) -> str:
        """A mean and its Monte Carlo error; the smallest that can be told where it would be rounded to nothing."""
        told = _told(self.fine(error, variable, largest=largest), error)
        return f"{self.fine(value, variable, largest=largest)} ({told})"

    def eased(self, value: float, target: Target) -> str:
        """A value that a target may promise instead, rounded to the side that is easier, with its sense and unit."""
        scale, decimals = _scale(target.variable), _decimals(target.variable)
        side = math.ceil if target.operator == "<=" else math.floor
        rounded = side(round(scale * value * 10**decimals, 6)) / 10**decimals
        number, unit = self.run.number(rounded, decimals=decimals), self.unit(target.variable)
        if QUANTITIES[target.variable].unit == "idr":
            return TIED.join((target.operator, *unit.replace(" ", f" {number} ").split()))
        return TIED.join((target.operator, number, unit))

    def wanted(self, target: Target) -> str:
        """What a target promises."""
        return f"{target.operator} {self.value(target.wanted, target.variable)}"

    def money(self, amount: float) -> str:
        """Rupiah in billions, or millions below one, rounded up: what is stated is enough."""
        scale, said = (
            (BILLION, "targets_billions") if amount >= BILLION or amount == 0.0 else (_MILLION, "targets_millions")
        )
        decimals = _decimals_beside(amount / scale)
        rounded = math.ceil(round(amount / scale * 10**decimals, 6)) / 10**decimals
        return self.say(said, amount=self.run.number(rounded, decimals=decimals)).replace(" ", TIED)

    def amount(self, amount: float, unit: str) -> str:
        """Money, or households of a quota, rounded up."""
        if unit == "idr" or not math.isfinite(amount):
            return self.money(amount) if math.isfinite(amount) else UNDEFINED
        return f"{self.run.number(math.ceil(round(amount, 6)))} {words.unit(unit, self.language)}"

    def error(self, error: float, amount: float, unit: str) -> str:
        """Error of an amount, in what the amount is told in, with two digits that count."""
        scale = (BILLION if amount >= BILLION else _MILLION) if unit == "idr" else 1.0
        decimals = max(0, 1 - math.floor(math.log10(error / scale))) if unit == "idr" else 0
        return self.run.number(error / scale, decimals=min(decimals, 3))

    def cells(self, amounts: Sequence[float], unit: str, *, largest: float) -> list[str]:
        """Money in billions, or households, as cells with the decimals that the largest of a table needs."""
        if unit == "idr":
            return [self.run.number(each / BILLION, decimals=decimals_of(largest)) for each in amounts]
        return [self.run.number(each) for each in amounts]

    def percent(self, share: float, *, decimals: int = 1) -> str:
        """A share in percent, without the sign."""
        return self.run.number(100 * share, decimals=decimals)

    def chance(self, probability: float, error: float) -> str:
        """A chance in percent, and its Monte Carlo error."""
        return f"{self.percent(probability)} ({_told(self.percent(error), error)})"

    def years_of(self, aim: Aim) -> str:
        """Years whose money moves a target: the year alone, or each of them."""
        first = first_year(self.run.scenario, aim.year)
        if first == aim.year:
            return self.say("targets_in_year", year=aim.year)
        return self.say("targets_in_years", first=first, last=aim.year)

    def lever(self, aim: Aim) -> Lever | None:
        """Money or quota that can move a target; None where no programme can."""
        return lever_of(self.run.scenario, self.run.projection.inputs, [aim])

    def names(self, names: Sequence[str]) -> str:
        """Names in a row."""
        return ", ".join(names)


def _scale(variable: str) -> float:
    """What a value is multiplied by to be told in the unit people read it in."""
    return 1.0 / _MILLION if variable == _COST else _SCALES.get(QUANTITIES[variable].unit, 1.0)


def _decimals(variable: str) -> int:
    return _DECIMALS.get(QUANTITIES[variable].unit, 0)


def decimals_of(amount: float) -> int:
    """Decimals of billions in a table with an amount of rupiah like this one.

    Examples
    --------
    >>> decimals_of(636.3e9), decimals_of(55.3e9), decimals_of(0.6e9)
    (1, 2, 4)
    """
    return 4 if 0.0 < amount < BILLION else _decimals_beside(amount / BILLION)


def _decimals_beside(number: float) -> int:
    """One from a hundred on, two below: never three, which look like thousands in the other language."""
    return 1 if number >= 100.0 or number == 0.0 else 2


def _told(text: str, value: float) -> str:
    return text if text.strip("0.,") or value == 0 else f"<{text[:-1]}1"


def some_years(years: Sequence[int]) -> list[int]:
    """Years that fit beside each other: all of them, or some from the first to the last.

    Examples
    --------
    >>> some_years(range(2027, 2040))
    [2027, 2029, 2032, 2034, 2037, 2039]
    """
    given = list(years)
    if len(given) <= _MOST_YEARS:
        return given
    return [given[round(place * (len(given) - 1) / (_MOST_YEARS - 1))] for place in range(_MOST_YEARS)]
