"""The workbook being written: its formats and sheets; one row after the other on each of them."""

import io
import math
import textwrap
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

import xlsxwriter

from backlog_model.report.charts.theme import BLUE, INK, QUIET, RULE
from backlog_model.report.numbers import UNDEFINED
from backlog_model.report.sheets.cells import Cell, Formula, Number, clean, number_format

_SETTINGS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_format_properties": {"font_name": "Arial", "font_size": 10},  # what widths of columns are told in
}
_EPOCH = datetime(1980, 1, 1)  # the same bytes on every day
_SIZE = 9
_FONT = {"font_name": "Arial", "font_size": _SIZE, "font_color": INK, "valign": "top"}
_HEAD = {"bold": True, "valign": "bottom", "bottom": 1, "bottom_color": INK, "bg_color": "#EEF3F8"}
_LEFT = {"align": "left", "indent": 1}
_BOLD = 0.95  # letters of bold text to as many plain ones
_HAND = '&"Arial,Regular"'
_LINE = 12.0  # points of a line of text
_TITLE = 22.0  # points of the title that is repeated on every page
_SURE = 0.97  # of a page is filled
_ROW = 15.0  # points of a row with one line
_PIXELS = 7  # of a character, at the width that columns are told in
_FITS = 1.15  # letters of an ordinary text to a character of width, with whole words on a line
_A4 = 9
_PAPER = (842.0, 595.0)  # points of its longer and its shorter side
_MARGINS = {"left": 0.5, "right": 0.5, "top": 0.75, "bottom": 0.7}  # inches


class Head(NamedTuple):
    """Head of a column.

    Attributes
    ----------
    label : what stands in it
    right : whether its cells stand to the right, as numbers do
    loose : whether its texts may run on over the empty columns to their right
    """

    label: str
    right: bool = True
    loose: bool = False


class Block(NamedTuple):
    """Where the body of a table stands: first and last row and column, from 0."""

    top: int
    left: int
    bottom: int
    right: int


class Book:
    """A workbook, its formats and its language."""

    def __init__(self, *, title: str, left: str, right: str, page: str) -> None:
        """Start a workbook.

        Parameters
        ----------
        title : of the file, and in the head of every page
        left, right : in the foot and in the head of every page
        page : "page {page} of {pages}" in the language of the workbook
        """
        self._content = io.BytesIO()
        self.file = xlsxwriter.Workbook(self._content, _SETTINGS)
        self.file.set_properties({"title": clean(title), "created": _EPOCH})
        self._formats: dict[frozenset[tuple[str, Any]], Any] = {}
        self._header = f"&L{_HAND}&9 {_code(title, 110)}&R{_HAND}&9 {_code(right, 60)}"
        number = _code(page, 40).format(page="&P", pages="&N")
        self._footer = f"&L{_HAND}&8 {_code(left, 150)}&R{_HAND}&8 {number}"

    def format(self, **properties: Any) -> Any:
        """A format, the same one for the same properties."""
        key = frozenset(properties.items())
        if key not in self._formats:
            self._formats[key] = self.file.add_format({**_FONT, **properties})
        return self._formats[key]

    def sheet(self, name: str, widths: Sequence[float]) -> "Sheet":
        """A new sheet with columns of these widths, which prints one page wide on lying A4."""
        paper = self.file.add_worksheet(clean(name))
        for column, width in enumerate(widths):
            paper.set_column(column, column, width, self.format())
        paper.hide_gridlines(2)
        paper.set_paper(_A4)
        paper.set_landscape()
        paper.set_margins(**_MARGINS)
        paper.fit_to_pages(1, 0)
        paper.set_header(self._header)
        paper.set_footer(self._footer)
        return Sheet(self, paper, tuple(widths))

    def as_bytes(self) -> bytes:
        """The finished file."""
        self.file.close()
        return self._content.getvalue()


class Sheet:
    """A sheet that is filled from top to bottom.

    Attributes
    ----------
    widths : of its columns, in characters
    row : the next one to be written
    aside : how many columns at the right are for the screen only, and not printed
    """

    def __init__(self, book: Book, paper: Any, widths: tuple[float, ...]) -> None:
        """Begin at the first row of an empty sheet."""
        self.book, self.paper, self.widths = book, paper, widths
        self.row = 0
        self.aside = 0
        self._breaks: list[int] = []
        self._used = 0.0
        width = 72.0 * (_MARGINS["left"] + _MARGINS["right"])
        scale = min(1.0, (_PAPER[0] - width) / (0.75 * sum(self._pixels)))
        self._room = (_PAPER[1] - 72.0 * (_MARGINS["top"] + _MARGINS["bottom"])) / scale * _SURE

    @property
    def name(self) -> str:
        """Name of the sheet."""
        return str(self.paper.get_name())

    def title(self, text: str) -> None:
        """The title of the sheet, in its first row, which is repeated on every page."""
        self._across(text, self.book.format(bold=True, font_size=15, font_color=BLUE), height=_TITLE)
        self.paper.freeze_panes(1, 0)
        self.paper.repeat_rows(0)

    def heading(self, text: str, *, rows: int = 0) -> None:
        """The title of a table or a chart, on a new page where so many rows below it would not fit on this one."""
        self._keep((rows + 3) * _ROW)
        self._set_row(_ROW)
        self.row += 1
        self._across(text, self.book.format(bold=True, font_size=11, text_wrap=True))

    def paragraph(self, text: str, *, loud: bool = False) -> None:
        """A text across all columns."""
        looks = {"font_size": 11} if loud else {"font_color": QUIET, "italic": True}
        self._across(text, self.book.format(text_wrap=True, **looks))

    def paragraphs(self, texts: Sequence[str]) -> None:
        """Several of them, each once."""
        for text in dict.fromkeys(texts):
            if text:
                self.paragraph(text)

    def _across(self, text: str, looks: Any, *, height: float | None = None) -> None:
        text, last = clean(text), len(self.widths) - 1 - self.aside
        across = sum(self.widths[: last + 1])
        self._set_row(height or _height(text, across, looks.font_size / _SIZE))
        if last:
            self.paper.merge_range(self.row, 0, self.row, last, "", looks)
        self.paper.write_string(self.row, 0, text, looks)
        self.row += 1

    def table(
        self,
        heads: Sequence[Head],
        rows: Sequence[Sequence[Cell]],
        *,
        totals: Sequence[int] = (),
        left: int = 0,
    ) -> Block:
        """A table with ruled rows, and where its body stands.

        Parameters
        ----------
        heads, rows : one cell under each head
        totals : rows, counted from 0, that stand out as sums
        left : first column
        """
        self._heads(heads, left)
        top = self.row
        loose = {left + at for at, head in enumerate(heads) if head.loose}
        for position, cells in enumerate(rows):
            self._line(cells, left, loose, strong=position in totals)
        return Block(top, left, self.row - 1, left + len(heads) - 1)

    def _heads(self, heads: Sequence[Head], left: int) -> None:
        wrapped = [(at, head) for at, head in enumerate(heads) if not head.loose]
        self._set_row(max(_height(head.label, self.widths[left + at] * _BOLD) for at, head in wrapped))
        for at, head in enumerate(heads):
            side = {"align": "right"} if head.right else _LEFT
            looks = self.book.format(**_HEAD, text_wrap=not head.loose, **side)
            self.paper.write_string(self.row, left + at, clean(head.label), looks)
        if heads[-1].loose:
            for at in range(left + len(heads), len(self.widths)):
                self.paper.write_blank(self.row, at, None, self.book.format(**_HEAD))
        self.row += 1

    def _line(self, cells: Sequence[Cell], left: int, loose: set[int], *, strong: bool) -> None:
        rule: dict[str, Any] = {"top": 1, "bottom": 1, "bold": True} if strong else {"bottom": 4, "bottom_color": RULE}
        texts = [(left + at, cell) for at, cell in enumerate(cells) if isinstance(cell, str)]
        tall = [_height(text, self.widths[at]) for at, text in texts if at not in loose]
        height = max(tall, default=_ROW)
        rule |= {"valign": "top" if height > _ROW else "vcenter"}
        self._set_row(height)
        for at, cell in enumerate(cells):
            self._write(self.row, left + at, cell, rule, wrap=left + at not in loose)
        self.row += 1

    def _write(self, row: int, column: int, cell: Cell, rule: dict[str, Any], *, wrap: bool) -> None:
        """One cell; text is written as text, whatever it looks like."""
        if isinstance(cell, str):
            self.paper.write_string(row, column, clean(cell), self.book.format(text_wrap=wrap, **_LEFT, **rule))
        elif isinstance(cell, int):
            self.paper.write_number(row, column, cell, self.book.format(num_format="0", **_LEFT, **rule))
        elif isinstance(cell, Formula):
            self.paper.write_formula(row, column, cell.text, self._number(cell, rule), cell.stored)
        elif cell is not None and cell.stored is not None and math.isfinite(cell.stored):
            self.paper.write_number(row, column, cell.stored, self._number(cell, rule))
        elif cell is not None and cell.blank:
            self.paper.write_blank(row, column, None, self.book.format(**rule))
        else:
            self.paper.write_string(row, column, UNDEFINED, self.book.format(align="right", **rule))

    def _number(self, cell: Number | Formula, rule: dict[str, Any]) -> Any:
        return self.book.format(num_format=number_format(cell.decimals, percent=cell.percent), align="right", **rule)

    def chart(self, chart: Any, *, rows: int, columns: int = 0) -> None:
        """A chart under what has been written, over the first columns (0: all of them) and this many rows."""
        self._keep(rows * _ROW)
        self._place(chart, rows, 0, sum(self._pixels[: columns or None]))
        self._pass(rows)

    def side_by_side(self, charts: Sequence[Any], *, rows: int) -> None:
        """Charts of the same size beside each other, all columns wide together."""
        self._keep(rows * _ROW)
        width = sum(self._pixels) // max(1, len(charts))
        for at, chart in enumerate(charts):
            self._place(chart, rows, at * width, width)
        self._pass(rows)

    def _pass(self, rows: int) -> None:
        """Go on below a chart."""
        self.row += rows + 1
        self._used += (rows + 1) * _ROW

    @property
    def _pixels(self) -> list[int]:
        return [int(width * _PIXELS) + 5 for width in self.widths]

    def _place(self, chart: Any, rows: int, left: int, width: int) -> None:
        chart.set_size({"width": width - 4, "height": int(rows * _ROW * 4 / 3)})
        self.paper.insert_chart(self.row, 0, chart, {"object_position": 2, "x_offset": left + 2, "y_offset": 2})

    def page_break(self) -> None:
        """Go on with a new page in print."""
        if self.row not in self._breaks:
            self._breaks.append(self.row)
            self.paper.set_h_pagebreaks(self._breaks)
        self._used = _TITLE

    def _set_row(self, height: float) -> None:
        """Give the row its height, and count it."""
        self.paper.set_row(self.row, height)
        self._used += height

    def _keep(self, height: float) -> None:
        """Begin a new page where these points do not fit on this one."""
        if self._used + height > self._room and self._used > _TITLE:
            self.page_break()

    def hold(self, block: Block) -> None:
        """Keep the head of the one table of a sheet in sight, on every page too, and let its rows be filtered."""
        self.paper.freeze_panes(block.top, 0)
        self.paper.repeat_rows(block.top - 1)
        self.paper.autofilter(block.top - 1, block.left, max(block.top, block.bottom), block.right)

    def finish(self) -> None:
        """Set what is printed: everything that was written, but for the columns aside."""
        self.paper.print_area(0, 0, max(self.row - 1, 0), len(self.widths) - 1 - self.aside)


def _height(text: str, width: float, size: float = 1.0) -> float:
    """Points of a row in which a text stands, broken into lines of this width in characters."""
    across = max(1, int(width * _FITS / size))
    lines = sum(_lines(line, across) for line in text.split("\n"))
    return max(_ROW, 3.0 + _LINE * size * lines)


def _lines(text: str, across: int) -> int:
    return 1 if len(text) <= across else len(textwrap.wrap(text, across))


def _code(text: str, longest: int) -> str:
    """Text in the head or foot of a page, where & begins a command."""
    text = clean(text).replace("\n", " ")
    text = text if len(text) <= longest else f"{text[: longest - 1]}…"
    return text.replace("&", "&&")
