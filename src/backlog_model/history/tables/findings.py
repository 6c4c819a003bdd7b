"""What the data checks say: one record for each figure that must not be taken as it stands."""

from dataclasses import dataclass, field
from pathlib import Path

from backlog_model.scenario.text_files import linked_outside
from backlog_model.translation import Text

__all__ = ["CODES", "Finding", "figure", "linked_away"]

CODES = {
    "encoding": "the file cannot be read as UTF-8 text or as CSV",
    "link": "the file is a link out of its folder",
    "columns": "a column is missing or there twice",
    "cell_count": "a row has more or fewer cells than the header",
    "empty_cell": "a cell that must say something is empty",
    "year": "the year is not a year",
    "region_code": "the region code is no code, or stands for two regions",
    "status": "the status is unknown",
    "no_source": "nobody is named who published the figure",
    "source_date": "the date of the source is not a date",
    "number": "the value is not a plain number",
    "percent_range": "a share outside 0 to 100 percent",
    "decimal_mark": "a factor of 10 or 100, or a fraction of a count: a decimal or thousands mark",
    "magnitude": "a factor of a thousand or more beside comparable figures",
    "unit_swap": "the figure belongs to another unit than the one written",
    "beyond_the_whole": "a part is larger than what it is part of",
    "implausible_quotient": "two figures whose quotient (price, household size) cannot be",
    "duplicate": "the same row twice",
    "disagreement": "different values for one figure",
    "known_conflict": "the table itself marks the figure as conflicting",
    "price": "two prices where one holds everywhere",
    "gap": "a year is missing in a yearly series",
    "falling_cumulative": "a cumulative count goes down",
    "source_break": "a step in a stock that comes from another source or definition",
    "claim_against_stock": "a claim that the stock does not show",
    "parts_and_total": "parts that do not make their total",
    "percent_and_ratio": "a printed percent that its figures do not give",
    "derived_and_note": "a derived figure that the arithmetic in its note does not give",
    "overlapping_concepts": "a sum of concepts that overlap",
    "programmes_and_total": "single programmes report more than their total",
    "closed_ledger": "a stock that is a subtraction, not a count",
    "authority_and_area": "a slum area too small or too large for the authority named",
    "stale_source": "a source too old for the year it stands for",
}


@dataclass(frozen=True)
class Finding:
    """Something in the data that is wrong or must not be read as it stands.

    Attributes
    ----------
    place : file:line of the row to look at
    seen : the values that disagree, as written
    message : what is wrong
    reading : the reading that is likely right
    severity : error, or warning where the row says so itself or the figures can be right
    others : file:line of the rows it was compared with
    code : what kind of finding, for programs: one of `CODES`
    """

    place: str
    seen: tuple[str, ...]
    message: str
    reading: str
    severity: str = "error"
    others: tuple[str, ...] = ()
    code: str = field(kw_only=True)

    def __str__(self) -> str:
        beside = f" (beside {', '.join(self.others)})" if self.others else ""
        return f"{self.place}: {self.severity}: {self.message}; {self.reading}{beside}"


def linked_away(path: Path) -> Finding | None:
    """What is wrong with a link that leads out of its folder; None for all else."""
    target = linked_outside(path)
    if target is None:
        return None
    message = Text("this is a link to {target}, outside its folder", target=target)
    return Finding(str(path), (), message, Text("expected that file itself"), code="link")


def figure(value: float, decimals: int | None = None) -> str:
    """Number for a message, thousands grouped by commas; ten significant digits unless decimals are given.

    Examples
    --------
    >>> figure(237973.0), figure(790.9881, 2), figure(36.0)
    ('237,973', '790.99', '36')
    """
    return f"{value:,.10g}" if decimals is None else f"{value:,.{decimals}f}"
