"""Targets of a scenario as a reader sees them: in which language, under which names, rounded to the safe side."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from backlog_model.analysis.aims import Aim
from backlog_model.analysis.funding import FundingRequired
from backlog_model.analysis.levers import Lever, first_year, lever_of
from backlog_model.analysis.targets import Standing, TargetReport
from backlog_model.quantities import QUANTITIES
from backlog_model.report import words
from backlog_model.report.headline import figure
from backlog_model.report.numbers import UNDEFINED, Language
from backlog_model.report.view import BILLION, View
from backlog_model.scenario.schema import Target

_DECIMALS = {"share": 2, "ha": 2, "years": 1, "idr": 1}
_MOST_YEARS = 6

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
        return words.unit(QUANTITIES[variable].unit, self.language)

    def value(self, value: float, variable: str) -> str:
        """A value in the unit people read it in."""
        return figure(self.run, value, QUANTITIES[variable].unit)

    def change(self, value: float, variable: str) -> str:
        """A change, with its sign."""
        text = self.value(value, variable)
        return f"+{text}" if value > 0 and text.strip("0.,") else text

    def error(self, value: float, variable: str) -> str:
        """A Monte Carlo error; the smallest number that can be told where it would be rounded to nothing."""
        return _told(self.value(value, variable), value)

    def eased(self, value: float, target: Target) -> str:
        """A value that a target may promise instead, rounded to the side that is easier, with its sense and unit."""
        unit = QUANTITIES[target.variable].unit
        scale = {"share": 100.0, "idr": 1 / BILLION}.get(unit, 1.0)
        decimals = _DECIMALS.get(unit, 0)
        side = math.ceil if target.operator == "<=" else math.floor
        rounded = side(round(scale * value * 10**decimals, 6)) / 10**decimals
        return TIED.join((target.operator, self.run.number(rounded, decimals=decimals), self.unit(target.variable)))

    def wanted(self, target: Target) -> str:
        """What a target promises."""
        return f"{target.operator} {self.value(target.wanted, target.variable)}"

    def money(self, amount: float) -> str:
        """Rupiah in billions, rounded up: what is stated is enough."""
        return self.say("targets_billions", amount=self.billions(_up(amount / BILLION))).replace(" ", TIED)

    def billions(self, value: float) -> str:
        """A number of billions, with one decimal."""
        return self.run.number(value, decimals=1)

    def amount(self, amount: float, unit: str) -> str:
        """Money, or households of a quota, rounded up."""
        if unit == "idr" or not math.isfinite(amount):
            return self.money(amount) if math.isfinite(amount) else UNDEFINED
        return f"{self.run.number(math.ceil(round(amount, 6)))} {words.unit(unit, self.language)}"

    def cells(self, amounts: Sequence[float], unit: str) -> list[str]:
        """Money in billions, or households, as cells."""
        if unit == "idr":
            return [self.billions(each / BILLION) for each in amounts]
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


def _up(value: float) -> float:
    return math.ceil(round(10 * value, 6)) / 10


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
