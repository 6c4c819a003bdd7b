"""Figures as tables on a sheet: as they are, or with their years side by side."""

from collections.abc import Sequence
from typing import NamedTuple

from backlog_model.report.figures.figure import Column, Figure
from backlog_model.report.sheets.book import Block, Head, Sheet
from backlog_model.report.sheets.cells import Cell, Formula, Number, is_percent, rows_of


def heads_of(figure: Figure, names: Sequence[str] = ()) -> list[Head]:
    """Heads of the columns of a figure that people read, or of these."""
    known = {column.name: column for column in figure.columns}
    columns = [known[name] for name in names] if names else list(figure.read)
    return [Head(_label(column), column.kind == "number") for column in columns]


def _label(column: Column) -> str:
    return f"{column.label} ({column.unit})" if column.unit and not column.label.isdigit() else column.label


def as_it_is(sheet: Sheet, figure: Figure, names: Sequence[str] = (), *, left: int = 0) -> Block:
    """A figure, or these columns of it, with its title and notes."""
    sheet.heading(figure.title, rows=len(figure.rows) + 3)
    block = sheet.table(heads_of(figure, names), rows_of(figure, names), left=left)
    sheet.paragraphs(figure.notes)
    return block


def transposed(figure: Figure, names: Sequence[str]) -> list[list[Cell]]:
    """Rows of some columns of a figure of years: name, unit, and the value of every year; empty where there is none."""
    known = {column.name: column for column in figure.columns}
    return [[known[name].label, known[name].unit, *_blank(rows_of(figure, (name,)))] for name in names]


def _blank(cells: Sequence[Sequence[Cell]]) -> list[Cell]:
    return [each._replace(blank=True) if isinstance(each, Number) else each or "" for (each,) in cells]


class Pivot(NamedTuple):
    """Two labels against each other: names of rows and columns, and the cells; empty where there is none."""

    rows: list[str]
    columns: list[str]
    cells: list[list[Cell]]


def pivoted(figure: Figure, row: str, column: str, value: str) -> Pivot:
    """The values of one column of a figure, by the names in two others."""
    shown = next(each for each in figure.columns if each.name == value)
    found = {(each[row], each[column]): each[value] for each in figure.records}
    rows, columns = (list(dict.fromkeys(each[name] for each in figure.records)) for name in (row, column))
    cells = [[_number(shown, found.get((across, down))) for down in columns] for across in rows]
    return Pivot([figure.text(row, each) for each in rows], [figure.text(column, each) for each in columns], cells)


def _number(column: Column, value: object) -> Cell:
    if isinstance(value, str):
        return value
    known = float(value) if isinstance(value, int | float) else None
    return Number(known, column.decimals, is_percent(column.unit), blank=True)


def sums(rows: Sequence[Sequence[Cell]], letters: Sequence[str], *, top: int) -> list[Cell]:
    """The sum of every column of numbers as a formula with its value; rows begin at `top`, from 0."""
    total: list[Cell] = []
    for at, letter in enumerate(letters):
        column = [row[at] for row in rows]
        numbers = [cell for cell in column if isinstance(cell, Number | Formula)]
        value = sum(cell.value for cell in numbers if cell.value is not None)
        decimals, percent = (numbers[0].decimals, numbers[0].percent) if numbers else (0, False)
        text = f"=SUM({letter}{top + 1}:{letter}{top + len(rows)})"
        total.append(Formula(text, value, decimals, percent))
    return total
