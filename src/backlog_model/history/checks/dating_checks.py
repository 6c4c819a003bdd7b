"""Checks of a figure against the date of its source: results known too early, sources that are too old."""

import re
from collections.abc import Iterator

from backlog_model.history.checks.figures import Figures
from backlog_model.history.tables import Row, compared, grouped
from backlog_model.history.tables.findings import Finding
from backlog_model.history.tables.relations import PART_OF_YEAR, RESULT, RUNNING, SAYS_UNTIL, STOCKS, TARGET
from backlog_model.translation import Text

__all__ = ["results_before_their_time", "stale_sources"]

_STALE_YEARS = 3  # a source so many years older than the year it stands for
_YEAR_END = 12  # a statement made in December counts for the whole year


def results_before_their_time(figures: Figures) -> Iterator[Finding]:
    """Results reported before the year was over, which can only be plans or counts of a part of the year."""
    for row in figures:
        if row.status != "reported" or not row.source_date or TARGET.search(row.indicator):
            continue
        said = int(row.source_date[:4])
        result = RESULT.search(row.indicator) is not None
        if said < row.year and (result or (_stock(row) and not _opening(row))):
            message = Text(
                "{indicator} of {year} is reported by a source of {source_date}, before the year",
                indicator=row.indicator,
                year=row.year,
                source_date=row.source_date,
            )
            reading = Text(
                "it can only be a plan or a projection: give it the status target, or the year it was counted in"
            )
            yield compared(message, reading, [row], code="stale_source")
        elif said == row.year and result and _before_the_end(row):
            message = Text(
                "{indicator} of {year} is reported by a source of {source_date}, within the year",
                indicator=row.indicator,
                year=row.year,
                source_date=row.source_date,
            )
            reading = Text("it can only be a plan or the count of a part of the year: say in the note until when")
            yield compared(message, reading, [row], code="stale_source", level="warning")


def _stock(row: Row) -> bool:
    return any(form.fullmatch(row.indicator) for form in STOCKS.values())


def _opening(row: Row) -> bool:
    """Whether the statement was made at the end of the year before, whose last day opens the year."""
    return re.match(rf"{row.year - 1}(-{_YEAR_END}|$)", row.source_date) is not None


def _before_the_end(row: Row) -> bool:
    month = row.source_date[5:7]
    if not month or int(month) >= _YEAR_END:
        return False
    counted = "cumulative" in row.indicator or "share" in row.indicator or RUNNING.fullmatch(row.indicator)
    return not (counted or PART_OF_YEAR.search(row.indicator) or SAYS_UNTIL.search(row.note))


def stale_sources(figures: Figures) -> Iterator[Finding]:
    """Figures for a year that rest on a source several years older, one finding for each source."""
    stated = (row for row in figures if row.status in ("derived", "assumption", "reported") and row.source_date)
    old = (row for row in stated if row.year - int(row.source_date[:4]) >= _STALE_YEARS)
    early = (row for row in old if not (row.status == "reported" and (RESULT.search(row.indicator) or _stock(row))))
    for rows in grouped(early, lambda row: (row.file, row.indicator, row.year, row.source, row.source_date)).values():
        row = rows[0]
        age = row.year - int(row.source_date[:4])
        count = len(rows)
        regions = Text(" in {count} regions", count=count) if count > 1 else ""
        message = Text(
            "{indicator} of {year}{regions} rests on a source of {source_date}, {age} years older",
            indicator=row.indicator,
            year=row.year,
            regions=regions,
            source_date=row.source_date,
            age=age,
        )
        reading = Text("look for a newer one, or widen its range")
        yield compared(message, reading, rows, code="stale_source", level="warning")
