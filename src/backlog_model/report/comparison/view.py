"""Two scenarios side by side as a reader sees them: in which language, under which letters, in which years."""

from dataclasses import dataclass
from functools import cached_property

from backlog_model.analysis.pairs import Differences, Pair
from backlog_model.report.headline import figure
from backlog_model.report.numbers import UNDEFINED, Language
from backlog_model.report.view import View


@dataclass(frozen=True)
class PairView:
    """A scenario held against the reference, which is called A.

    Attributes
    ----------
    pair : the two projections
    reference, other : the same two, each as a view of its own
    letter : what the second is called
    """

    pair: Pair
    reference: View
    other: View
    letter: str

    def say(self, message: str, **fields: object) -> str:
        """A message of the catalogue, filled in; it can name the second scenario."""
        return self.reference.say(message, **{"letter": self.letter, **fields})

    @property
    def language(self) -> Language:
        """Language of both."""
        return self.reference.language

    @property
    def named(self) -> str:
        """Letter and name of the second scenario."""
        return f"{self.letter} = {self.pair.second_name}"

    @cached_property
    def years(self) -> tuple[int, ...]:
        """Years shown: those of the plan that both have, or else the last one."""
        shared = self.pair.years("rtlh_houses")
        return tuple(year for year in self.reference.ahead if year in shared) or shared[-1:]

    @property
    def focus(self) -> int:
        """Year of the tables by region: the end of a five-year plan."""
        return self.years[min(1, len(self.years) - 1)]

    @property
    def has_chances(self) -> bool:
        """Whether draws are paired."""
        return self.pair.sampling is not None

    def figure(self, value: float, unit: str) -> str:
        """A value in the unit people read it in."""
        return figure(self.reference, value, unit)

    def change(self, value: float, unit: str) -> str:
        """A change, with its sign, in the same unit."""
        text = self.figure(value, unit)
        return f"+{text}" if value > 0 and text.strip("0.,") else text

    def percent(self, value: float) -> str:
        """A change in percent; a dash where there is nothing to take it from."""
        text = self.change(value / 100.0, "share")
        return text if text == UNDEFINED else f"{text} %"

    def error(self, value: float, unit: str) -> str:
        """A Monte Carlo error: with two digits where it would be rounded to nothing."""
        text = self.figure(value, unit)
        return text if text.strip("0.,") or value == 0 else f"<{_last_digit(text)}"

    def chance(self, found: Differences, row: int, *, of_second: bool, column: int = 0) -> str:
        """Chance that one of them is better, in percent."""
        if found.paired is None:
            return UNDEFINED
        chance = found.paired.second_better if of_second else found.paired.first_better
        return self.reference.number(100 * float(chance.probability[row, column]), decimals=1)

    def chance_and_error(self, found: Differences, row: int, *, column: int = 0) -> str:
        """Chance that the second is better, with its Monte Carlo error."""
        text = self.chance(found, row, of_second=True, column=column)
        if text == UNDEFINED or found.paired is None:
            return UNDEFINED
        return f"{text} ({self.chance_error(float(found.paired.second_better.mc_error[row, column]))})"

    def chance_error(self, error: float) -> str:
        """Error of a chance, in percentage points."""
        text = self.reference.number(100 * error, decimals=1)
        return text if text.strip("0.,") else f"<{_last_digit(text)}"


def _last_digit(text: str) -> str:
    """The smallest number above 0 with as many decimals."""
    return f"{text[:-1]}1"
