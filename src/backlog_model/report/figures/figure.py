"""A figure: the tidy table behind a chart, with everything that has to be said around it."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, NamedTuple

from backlog_model.errors import BacklogModelError
from backlog_model.report.numbers import UNDEFINED, Language, number
from backlog_model.report.values import cell
from backlog_model.translation import Text

Cell = str | int | float | None
"""Text, a year, a number, or None where a number is undefined or covered by no source."""

Kind = Literal["text", "year", "number"]

DECIMALS = "decimals"
"""Name of a column that says how many decimals the numbers of its row take, where rows differ; people don't read it.

Columns with a unit of their own keep their own decimals.
"""


class Column(NamedTuple):
    """A column of a figure.

    Attributes
    ----------
    name : for programs; a plain word
    label : for people, in the language of the figure
    kind : `text`, `year` (never grouped) or `number`
    decimals : digits behind the decimal mark where people read it
    unit : in words; empty for text and years
    """

    name: str
    label: str
    kind: Kind = "number"
    decimals: int = 0
    unit: str = ""


@dataclass(frozen=True)
class Figure:
    """Table behind a chart.

    Numbers stand in the unit that people read them in: percent and not shares, billions and not rupiah.

    Attributes
    ----------
    name : for file names and anchors; letters, digits and underscores, the same in every language
    chart : name of the chart that draws it, see `report.charts.CHARTS`
    title : what is shown, its unit and its years
    description : the chart in one or two sentences, for those who cannot see it
    columns, rows : the table; rows in the order they are read
    notes : what must be said beside it, each a sentence
    foot : whose numbers these are, and how to make them again
    language : of all its words
    settings : what the drawing needs and no row holds
    """

    name: str
    chart: str
    title: str
    description: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    foot: str
    language: Language
    notes: tuple[str, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)

    def described(self, description: str) -> "Figure":
        """The same figure, put into words for those who cannot see the chart."""
        return replace(self, description=description)

    @property
    def records(self) -> list[dict[str, Cell]]:
        """Rows by name of column."""
        names = [column.name for column in self.columns]
        return [dict(zip(names, row, strict=True)) for row in self.rows]

    @property
    def read(self) -> tuple[Column, ...]:
        """Columns that people read: all but the one that says how the others are written."""
        return tuple(column for column in self.columns if column.name != DECIMALS)

    def record(self, **where: Cell) -> dict[str, Cell]:
        """The one row that holds these values, by name of column.

        Raises
        ------
        BacklogModelError
            When no row, or more than one, holds them.
        """
        found = [row for row in self.records if all(row[name] == wanted for name, wanted in where.items())]
        if len(found) != 1:
            raise BacklogModelError(
                Text("{name}: {count} rows with {where}; expected one", name=self.name, count=len(found), where=where)
            )
        return found[0]

    def value(self, column: str, **where: Cell) -> Cell:
        """The one value of a column in the row that holds these others."""
        return self.record(**where)[column]

    def text(self, column: str, value: Cell, *, decimals: int | None = None) -> str:
        """A value as people read it; a dash where it is undefined.

        Parameters
        ----------
        decimals : of its row, where rows differ; the column's own otherwise
        """
        found = next(each for each in self.columns if each.name == column)
        if value is None:
            return UNDEFINED
        if found.kind != "number" or isinstance(value, str):
            return str(value)
        return number(value, self.language, decimals=found.decimals if decimals is None else decimals)

    def decimals(self, column: Column, record: Mapping[str, Cell]) -> int:
        """Digits behind the decimal mark of a number: its row's, unless its column has a unit of its own."""
        of_row = record.get(DECIMALS)
        return of_row if isinstance(of_row, int) and not column.unit else column.decimals

    def texts(self, record: Mapping[str, Cell]) -> list[str]:
        """A row as people read it, in the order of `read`."""
        return [self.text(each.name, record[each.name], decimals=self.decimals(each, record)) for each in self.read]

    def shown(self, column: str, **where: Cell) -> str:
        """The one value of `value`, as people read it."""
        record = self.record(**where)
        found = next(each for each in self.columns if each.name == column)
        return self.text(column, record[column], decimals=self.decimals(found, record))

    def as_csv(self) -> str:
        """The table as CSV for programs: dot decimals, an empty cell where a number is undefined."""
        text = io.StringIO()
        rows = csv.writer(text, lineterminator="\n")
        names = [column.name for column in self.read]
        rows.writerow(names)
        for record in self.records:
            row = [record[name] for name in names]
            rows.writerow([cell(each) if isinstance(each, str) else "" if each is None else each for each in row])
        return text.getvalue()
