"""Charts of the spreadsheet's own, which follow the cells that they are drawn from."""

import math
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from xlsxwriter.utility import xl_rowcol_to_cell

from backlog_model.report.charts.theme import BLUE, CATEGORIES, GREY, INK, ORANGE, QUIET, RULE, SKY, VERMILION
from backlog_model.report.sheets.book import Block, Book, Sheet
from backlog_model.report.sheets.cells import clean, number_format

_SMALL = {"name": "Arial", "size": 9, "color": INK}
_LOWEST_SHARE = 0.35  # of the largest value: an axis starts at zero when the smallest one lies below


class Row(NamedTuple):
    """One series of a chart: a row or a column of cells, and the cell with its name."""

    sheet: str
    name: tuple[int, int]
    first: tuple[int, int]
    last: tuple[int, int]

    @property
    def values(self) -> list[str | int]:
        """The cells as the writer takes them."""
        return [self.sheet, *self.first, *self.last]

    @property
    def label(self) -> list[str | int]:
        """The cell with the name."""
        return [self.sheet, *self.name]


def across(sheet: Sheet, block: Block, line: int, *, first: int, name: int = 0) -> Row:
    """A line of a table as a series: from column `first` to its last one."""
    row = block.top + line
    return Row(sheet.name, (row, block.left + name), (row, block.left + first), (row, block.right))


def down(sheet: Sheet, block: Block, column: int, *, skip: int = 0) -> Row:
    """A column of a table as a series, under its head, without the last `skip` rows."""
    at = block.left + column
    return Row(sheet.name, (block.top - 1, at), (block.top, at), (block.bottom - skip, at))


def fan(
    book: Book,
    categories: Row,
    central: Sequence[Row],
    *,
    low: Row | None,
    width: Row | None,
    marks: Sequence[Row],
    band: str,
) -> Any:
    """A line inside its band; the band is what lies between the lower bound and its width above it.

    Parameters
    ----------
    central : the line, in parts where it breaks
    low, width : lower bound and distance to the upper one; None without draws
    marks : points beside the line: published figures and targets
    band : name of the band
    """
    line = book.file.add_chart({"type": "line"})
    for part in central:
        _series(line, categories, part, line={"color": BLUE, "width": 2.25})
    looks = (("diamond", VERMILION), ("circle", INK), ("square", ORANGE))
    for mark, (kind, colour) in zip(marks, looks, strict=False):
        marker = {"type": kind, "size": 7, "fill": {"color": colour}, "border": {"color": colour}}
        _series(line, categories, mark, line={"none": True}, marker=marker)
    if low is None or width is None:
        return line
    area = book.file.add_chart({"type": "area", "subtype": "stacked"})
    _series(area, categories, low, fill={"none": True}, border={"none": True})
    _series(area, categories, width, name=_plain(band), fill={"color": SKY, "transparency": 55}, border={"none": True})
    area.combine(line)
    return area


def lines(book: Book, categories: Row, every: Iterable[Row]) -> Any:
    """A line for each series."""
    chart = book.file.add_chart({"type": "line"})
    dashes = ("solid", "dash", "round_dot", "long_dash", "dash_dot")
    for position, each in enumerate(every):
        colour, dash = CATEGORIES[position % len(CATEGORIES)], dashes[position % len(dashes)]
        looks = {"color": colour, "width": 1.5 if position else 2.25, "dash_type": dash}
        _series(chart, categories, each, line=looks)
    return chart


def columns(book: Book, categories: Row, every: Iterable[Row], *, total: Row, decimals: int) -> Any:
    """Columns of parts that stand on each other, with their sum above them."""
    chart = book.file.add_chart({"type": "column", "subtype": "stacked"})
    for position, each in enumerate(every):
        fill = {"color": CATEGORIES[position % len(CATEGORIES)]}
        _series(chart, categories, each, fill=fill, border={"color": "#FFFFFF", "width": 0.5}, gap=50)
    above = book.file.add_chart({"type": "line"})
    labels = {"value": True, "position": "above", "num_format": number_format(decimals, percent=False), "font": _SMALL}
    _series(above, categories, total, line={"none": True}, data_labels=labels)
    chart.combine(above)
    return chart


def bars(book: Book, categories: Row, every: Sequence[Row], *, colours: Sequence[str] = (GREY, BLUE)) -> Any:
    """Lying bars beside each other, the first row on top."""
    chart = book.file.add_chart({"type": "bar"})
    for each, colour in zip(every, colours, strict=False):
        _series(chart, categories, each, fill={"color": colour}, border={"none": True}, gap=45)
    return chart


def tornado(book: Book, categories: Row, low: Row, high: Row) -> Any:
    """Two lying bars from the same middle, one for each end of an assumption."""
    chart = book.file.add_chart({"type": "bar"})
    for each, colour in ((low, ORANGE), (high, BLUE)):
        _series(chart, categories, each, fill={"color": colour}, border={"none": True}, gap=30, overlap=100)
    return chart


def _series(chart: Any, categories: Row, values: Row, **looks: Any) -> None:
    chart.add_series({"name": values.label, **looks, "categories": categories.values, "values": values.values})


def dress(
    chart: Any,
    title: str,
    *,
    unit: str,
    decimals: int = 0,
    percent: bool = False,
    lowest: float | None = None,
    highest: float | None = None,
    lying: bool = False,
    legend: bool = True,
    unnamed: Sequence[int] = (),
) -> Any:
    """The same chart with its title, axes and legend.

    Parameters
    ----------
    unit : named at the axis of values
    decimals, percent : of its numbers
    lowest, highest : ends of that axis; None to leave them to the spreadsheet
    lying : bars that lie, whose names stand on the upright axis, the first one on top
    legend : whether series are named, all but the `unnamed` ones by their places
    """
    chart.set_title({"name": _plain(title), "name_font": {"name": "Arial", "size": 11, "color": INK}, "overlay": False})
    fixed = {name: end for name, end in (("min", lowest), ("max", highest)) if end is not None}
    values = {
        "name": _plain(unit),
        "name_font": {"name": "Arial", "size": 9, "bold": False, "color": QUIET},
        "num_font": _SMALL,
        "num_format": number_format(decimals, percent=percent),
        "major_gridlines": {"visible": True, "line": {"color": RULE, "width": 0.75}},
        "line": {"none": True},
        **fixed,
    }
    names: dict[str, Any] = {"num_font": _SMALL, "label_position": "low", "line": {"color": QUIET}}
    if lying:
        names |= {"reverse": True, "crossing": "max"}
    chart.set_x_axis(values if lying else names)
    chart.set_y_axis(names if lying else values)
    hidden = {"delete_series": list(unnamed)} if unnamed else {}
    chart.set_legend({"position": "bottom", "font": _SMALL, **hidden} if legend else {"none": True})
    chart.set_chartarea({"border": {"color": RULE}})
    return chart


def cell(row: int, column: int) -> str:
    """A cell of a fixed column, as a rule for a range of rows begins with it."""
    return str(xl_rowcol_to_cell(row, column, col_abs=True))


def start(values: Iterable[float | None]) -> float:
    """Where an axis of lines begins: at zero, or at a round number below the smallest value where that lies far up.

    Examples
    --------
    >>> start([198_000.0, 238_000.0, None]), start([3.0, 40.0]), start([])
    (150000.0, 0.0, 0.0)
    """
    known = [value for value in values if value is not None]
    if not known or min(known) <= _LOWEST_SHARE * max(known):
        return 0.0
    room = min(known) - 0.25 * (max(known) - min(known))
    step = 10.0 ** math.floor(math.log10(max(known))) / 2
    return max(0.0, math.floor(room / step) * step)


def _plain(text: str) -> str:
    """Text that a chart takes for no reference to cells."""
    text = clean(text)
    return f" {text}" if text.startswith("=") else text
