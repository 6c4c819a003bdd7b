"""The past of a province as a reader sees it: in which language, with which names."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from backlog_model.history.ledger import Interval
from backlog_model.history.past import Past
from backlog_model.report import words
from backlog_model.report.check_words import CHECKS
from backlog_model.report.layout import paragraph
from backlog_model.report.numbers import UNDEFINED, Language, number
from backlog_model.report.remarks import told
from backlog_model.scenario.records import Label

_SMALL = 10.0  # below it a number is shown with decimals
_TINY = 0.1


@dataclass(frozen=True)
class PastView:
    """The past of a province, in one language."""

    past: Past
    language: Language

    def say(self, message: str, **fields: object) -> str:
        """A message of the catalogue, filled in."""
        return words.say(message, self.language, **fields)

    def columns(self, message: str) -> list[str]:
        """Heads of a table."""
        return self.say(message).split("|")

    def named(self, label: Label) -> str:
        """A declared name."""
        return label.id if self.language == "id" else label.en

    def kind_of_finding(self, code: str) -> str:
        """What a code of the data checks means."""
        return CHECKS[f"check_{code}"].said(self.language)

    def told(self, message: str) -> str:
        """A sentence of a data check."""
        return told(message, self.language)

    def region(self, code: str) -> str:
        """Name of a region or of the province."""
        return self.past.regions.name(code)

    def number(self, value: float | None, unit: str = "") -> str:
        """A number, with as many decimals as its size and unit need."""
        if value is None:
            return UNDEFINED
        if unit == "share":
            return f"{number(100 * value, self.language, decimals=2)} %"
        size = abs(value)
        decimals = 4 if 0 < size < _TINY else 2 if size < _SMALL * 10 and value != round(value) else 0
        return number(value, self.language, decimals=2 if unit == "ha" else decimals)

    def decimal(self, value: float | None) -> str:
        """A small number with two decimals, such as a correlation or a skill."""
        return UNDEFINED if value is None else number(value, self.language, decimals=2)

    def small(self, value: float) -> str:
        """A chance, to three decimals."""
        return number(value, self.language, decimals=3)

    def moment(self, at: float) -> str:
        """Month of a moment, as month/year: 2020.0 is the end of 2019."""
        months = max(0, math.ceil(round(12 * at, 3)) - 1)
        return f"{months % 12 + 1:02d}/{months // 12}"

    def limits(self, low: float | None, high: float | None, unit: str = "") -> str:
        """Two limits in a cell."""
        if low is None or high is None:
            return UNDEFINED
        return f"{self.number(low, unit)} – {self.number(high, unit)}"

    def interval(self, interval: Interval, unit: str = "") -> str:
        """Middle and limits in a cell."""
        middle = self.number(interval.middle, unit)
        return middle if interval.is_exact else f"{middle} ({self.limits(interval.lower, interval.upper, unit)})"

    def remarks(self, said: Iterable[tuple[str, Sequence[str]]]) -> list[str]:
        """Lines that say which codes hold for which names, each code once."""
        by_code: dict[str, list[str]] = {}
        for name, codes in said:
            for code in codes:
                by_code.setdefault(code, []).append(name)
        lines: list[str] = []
        for code, names in by_code.items():
            lines += paragraph(f"{'; '.join(dict.fromkeys(names))}: {self.say(code)}.", indent="  ")
        return lines
