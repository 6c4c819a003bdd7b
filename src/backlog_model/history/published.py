"""History rows as somebody could read them at a date: nothing that was published later can be reached."""

from collections.abc import Iterable, Sequence
from datetime import date

from backlog_model.errors import DataError, Problem
from backlog_model.history.declaration import Selection, Series
from backlog_model.history.tables import Row, figure
from backlog_model.translation import Text

_FIRM = ("reported", "derived")


class Published:
    """Rows published up to a day, and a record of those that were read.

    Parameters
    ----------
    rows : rows of the history tables
    until : last day of publication that counts; None for everything. A row whose date of publication is unknown, or
        only known to a month or year that ends later, is left out: nobody can show that it was there.
    left_out : figures that are wrong and were left out before, to be named where one is missed
    """

    def __init__(self, rows: Iterable[Row], until: date | None = None, *, left_out: int = 0) -> None:
        self.until = until
        self._left_out = left_out
        self._rows = tuple(row for row in rows if until is None or _was_published(row, until))
        self._read: dict[str, Row] = {}

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows that had been published."""
        return self._rows

    @property
    def read(self) -> tuple[Row, ...]:
        """Rows that were handed out, in the order of first reading."""
        return tuple(self._read.values())

    def one(self, wanted: Selection, region: str, *, by: str) -> Row:
        """The row that a selection means.

        Raises
        ------
        DataError : no row, or rows with different values, naming `by`, the place that asks
        """
        found = self._matching(wanted, region)
        if not found:
            raise DataError([Problem(by, Text("no row {said}{when}", said=_said(wanted, region), when=self._when()))])
        if len({row.value for row in found}) > 1:
            seen = ", ".join(f"{figure(row.value)} ({row.place})" for row in found)
            message = Text(
                "several rows {said}: {seen}; say which with status or source_date",
                said=_said(wanted, region),
                seen=seen,
            )
            raise DataError([Problem(by, message)])
        row = min(found, key=lambda each: (not each.source_date, _published_on(each)))
        self._read[row.place] = row
        return row

    def has(self, wanted: Selection, region: str) -> bool:
        """Whether a selection means any row."""
        return bool(self._matching(wanted, region))

    def yearly(self, series: Series) -> tuple[Row, ...]:
        """The figure of each year of a series: not in doubt, not a plan, the latest statement."""
        best: dict[int, Row] = {}
        for row in self._rows:
            if not _belongs(row, series):
                continue
            known = best.get(row.year)
            if known is not None and (row.program, row.funding) != (known.program, known.funding):
                message = Text(
                    "several programmes in {year} ({known}, {place}); say program or funding_source",
                    year=row.year,
                    known=known.place,
                    place=row.place,
                )
                raise DataError([Problem(Text("series of {indicator}", indicator=series.indicator), message)])
            if known is None or _published_on(row) > _published_on(known):
                best[row.year] = row
        chosen = tuple(best[year] for year in sorted(best))
        self._read.update((row.place, row) for row in chosen)
        return chosen

    def _matching(self, wanted: Selection, region: str) -> list[Row]:
        code = wanted.region or region
        return [
            row
            for row in self._rows
            if (row.indicator, row.year, row.code) == (wanted.indicator, wanted.year, code)
            and _agrees(row.program, wanted.program)
            and _agrees(row.funding, wanted.funding_source)
            and _agrees(row.status, wanted.status)
            and _agrees(row.source_date, wanted.source_date)
        ]

    def _when(self) -> str:
        if self.until:
            return Text(" published by {date}", date=self.until.isoformat())
        wrong = (
            Text(" ({count} wrong ones are left out: see backlog check)", count=self._left_out)
            if self._left_out
            else ""
        )
        return Text(" in the history tables{wrong}", wrong=wrong)


def _agrees(seen: str, wanted: str | None) -> bool:
    return wanted is None or seen == wanted


def _belongs(row: Row, series: Series) -> bool:
    return (
        (row.indicator, row.code) == (series.indicator, series.region)
        and row.status in _FIRM
        and _agrees(row.program, series.program)
        and _agrees(row.funding, series.funding_source)
        and (series.first is None or row.year >= series.first)
        and (series.source is None or series.source in row.source)
    )


def _said(wanted: Selection, region: str) -> str:
    extra = [each for each in (wanted.program, wanted.funding_source, wanted.status, wanted.source_date) if each]
    return " ".join([wanted.indicator, wanted.region or region, str(wanted.year), *extra])


def _published_on(row: Row) -> date:
    return last_day(row.source_date) if row.source_date else date.min


def _was_published(row: Row, until: date) -> bool:
    return bool(row.source_date) and last_day(row.source_date) <= until


def last_day(text: str) -> date:
    """Last day of a day, month or year.

    Examples
    --------
    >>> last_day("2024-02").isoformat(), last_day("2025").isoformat()
    ('2024-02-29', '2025-12-31')
    """
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 3:
        return date(parts[0], parts[1], parts[2])
    year, month = (parts[0], 12) if len(parts) == 1 else (parts[0], parts[1])
    following = date(year + month // 12, month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


def moment(text: str) -> float:
    """Day, month or year as a year with a fraction, at its end: 31 December 2019 is 2020.0.

    Examples
    --------
    >>> moment("2019"), moment("2019-12-31"), round(moment("2021-06"), 3)
    (2020.0, 2020.0, 2021.496)
    """
    day = last_day(text)
    start = date(day.year, 1, 1).toordinal()
    length = date(day.year + 1, 1, 1).toordinal() - start
    return day.year + (day.toordinal() + 1 - start) / length


def values_of(rows: Sequence[Row]) -> tuple[tuple[int, ...], tuple[float, ...]]:
    """Every year from the first row to the last, and the figure of each; NaN where none was published."""
    by_year = {row.year: row.value for row in rows}
    years = tuple(range(min(by_year), max(by_year) + 1)) if by_year else ()
    return years, tuple(by_year.get(year, float("nan")) for year in years)
