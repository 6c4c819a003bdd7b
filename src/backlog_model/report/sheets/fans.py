"""Fans on a sheet: their numbers with years side by side, and the charts drawn from them."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from xlsxwriter.utility import xl_col_to_name

from backlog_model.report.dossier import Dossier
from backlog_model.report.figures.figure import Column, Figure
from backlog_model.report.sheets import graphs
from backlog_model.report.sheets.book import Block, Book, Head, Sheet
from backlog_model.report.sheets.cells import Cell, Formula, Number, is_percent
from backlog_model.report.sheets.graphs import across, dress
from backlog_model.report.sheets.tables import transposed

_SHOWN = ("central", "p05", "p50", "p95", "observed", "target", "stricter")
_MARKS = ("target", "observed", "stricter")
_WIDTH = "width"


class _Line(NamedTuple):
    """A row of a fan's table, by the name of what it holds."""

    name: str
    cells: list[Cell]


def add_fans(book: Book, sheet: Sheet, dossier: Dossier, figures: Sequence[Figure], *, rows: int) -> None:
    """A table for each fan, and their charts beside each other below."""
    charts: list[Any] = []
    notes: list[str] = []
    for position, figure in enumerate(figures):
        below = len(figures) * (len(_SHOWN) + 3) + rows if position == 0 else 0
        lines, block = _table(sheet, dossier, figure, below=below)
        charts.append(_drawn(book, sheet, dossier, figure, block, [line.name for line in lines]))
        notes += figure.notes
    sheet.side_by_side(charts, rows=rows)
    sheet.paragraphs(notes)


def heads(dossier: Dossier, years: Sequence[str]) -> list[Head]:
    """Heads of a table with a name, a unit and years side by side."""
    return [Head("", right=False), Head(dossier.say("unit"), right=False), *(Head(year) for year in years)]


def _table(sheet: Sheet, dossier: Dossier, figure: Figure, *, below: int) -> tuple[list[_Line], Block]:
    sheet.heading(figure.title, rows=below)
    known = {column.name for column in figure.columns}
    names = [name for name in _SHOWN if name in known and any(each[name] is not None for each in figure.records)]
    lines = [_Line(*each) for each in zip(names, transposed(figure, names), strict=True)]
    if figure.settings.get("again"):
        lines = [part for line in lines for part in (_broken(figure, line) if line.name == "central" else [line])]
    if "p95" in names:
        at = next(position for position, line in enumerate(lines) if line.name == "p95")
        lines.insert(at + 1, _Line(_WIDTH, _width(sheet, dossier, figure, [line.name for line in lines])))
    years = [str(record["year"]) for record in figure.records]
    return lines, sheet.table(heads(dossier, years), [line.cells for line in lines])


def _broken(figure: Figure, line: _Line) -> list[_Line]:
    """The central line in a row for each record, so that no line joins two ways of counting."""
    label, unit, *values = line.cells
    records = [record["record"] for record in figure.records]
    nothing = Number(None, blank=True)
    return [
        _Line(
            f"{line.name}_{position}",
            [f"{label}, {name}", unit, *(v if r == name else nothing for v, r in zip(values, records, strict=True))],
        )
        for position, name in enumerate(dict.fromkeys(records))
    ]


def _width(sheet: Sheet, dossier: Dossier, figure: Figure, names: Sequence[str]) -> list[Cell]:
    """Distance between the bounds of nine draws in ten, from which the band is drawn."""
    low, high = (sheet.row + 2 + names.index(name) for name in ("p05", "p95"))
    column = _column(figure, "p95")
    cells: list[Cell] = []
    for at, record in enumerate(figure.records):
        letter = xl_col_to_name(2 + at)
        least, most = record["p05"], record["p95"]
        if not isinstance(least, int | float) or not isinstance(most, int | float):
            cells.append(Number(None, blank=True))
            continue
        cells.append(Formula(f"={letter}{high}-{letter}{low}", most - least, column.decimals, is_percent(column.unit)))
    return [dossier.say("book_band"), column.unit, *cells]


def _drawn(book: Book, sheet: Sheet, dossier: Dossier, figure: Figure, block: Block, names: Sequence[str]) -> Any:
    """The chart of a fan; without a band where the stock is counted again, since a band cannot break."""
    row = {name: across(sheet, block, at, first=2) for at, name in enumerate(names)}
    categories = graphs.Row(sheet.name, (block.top - 1, 0), (block.top - 1, 2), (block.top - 1, block.right))
    marks = [row[name] for name in _MARKS if name in row]
    central = [row[name] for name in names if name.startswith("central")]
    low, width = (row.get(name) if len(central) == 1 else None for name in ("p05", _WIDTH))
    band = dossier.say("figure_band", percent=90)
    chart = graphs.fan(book, categories, central, low=low, width=width, marks=marks, band=band)
    column = _column(figure, "central")
    lowest = graphs.start(_numbers(figure, [name for name in _SHOWN if name in names or name == "central"]))
    unit = dossier.say("figure_not_from_zero", unit=column.unit) if lowest else column.unit
    percent = is_percent(column.unit)
    lowest = lowest / 100 if percent else lowest
    return dress(chart, figure.title, unit=unit, percent=percent, lowest=lowest, unnamed=[0] if low else [])


def _column(figure: Figure, name: str) -> Column:
    return next(column for column in figure.columns if column.name == name)


def _numbers(figure: Figure, names: Sequence[str]) -> list[float]:
    found = (record[name] for record in figure.records for name in names)
    return [float(each) for each in found if isinstance(each, int | float)]
