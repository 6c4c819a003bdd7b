"""Official planning tables as sheets of a workbook. Every text is written as text: none becomes a formula."""

import io
import math
from collections.abc import Mapping
from typing import Any

import xlsxwriter

from backlog_model.report.dossier import Dossier
from backlog_model.report.forms.form import Cell, Form, Line
from backlog_model.report.forms.plan import mapping_file
from backlog_model.report.forms.tables import are_possible, forms
from backlog_model.scenario.findings import shown

_A4, _FOLIO = 9, 14  # numbers of papers
_NUMBERS = {"count": "#,##0", "area": "#,##0.00", "percent": "0.00%", "money": "#,##0"}
_GAP = "_)"  # room behind a number, as wide as a bracket
_FILLS = {"sasaran": "#EAF1DD", "program": "#DDEBF7", "total": "#E7E6E6"}
_SMALL = 8
_LINE = 11.5  # points of a line of small letters
_FIT = 1.2  # small letters in the width of a usual one
_ONE_PAGE = 20  # rows that still can be read on one page
_MARGINS = {"left": 0.3, "right": 0.3, "top": 0.4, "bottom": 0.5}


def forms_xlsx(dossier: Dossier) -> bytes:
    """Workbook of the official planning tables alone.

    Raises
    ------
    DataError
        When there is no mapping of programme codes, or something is wrong with it.
    """
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    for form in forms(dossier):
        _Sheet(book, form).write()
    book.close()
    return content.getvalue()


def add_forms(book: Any, dossier: Dossier) -> None:
    """Add a sheet for each official planning table; where there is no mapping, one that says how to get them.

    Raises
    ------
    DataError
        When something is wrong with the mapping.
    """
    scenario = dossier.lead.scenario
    if are_possible(scenario, dossier.codes):
        for form in forms(dossier):
            _Sheet(book, form).write()
        return
    sheet = book.add_worksheet(dossier.say("form_missing_sheet"))
    sheet.set_column(0, 0, 100)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.write_string(0, 0, dossier.say("form_missing", file=shown(mapping_file(scenario, dossier.codes))), wrapped)


class _Sheet:
    """Draws one form."""

    def __init__(self, book: Any, form: Form) -> None:
        self.book, self.form = book, form
        self.sheet = book.add_worksheet(form.name)
        self.widths = [head.width for head in form.columns]
        self.top = len(form.about) + 3  # first row of the titles of columns
        self.formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def write(self) -> None:
        """Draw everything."""
        for column, width in enumerate(self.widths):
            self.sheet.set_column(column, column, width)
        self._above()
        self._heads()
        row = self.top + self.form.depth + 1
        for line in self.form.lines:
            self._line(row, line)
            row += 1
        for said in (*self.form.notes, self.form.foot):
            self._across(row, said, {"font_size": _SMALL, "text_wrap": True, "valign": "top"})
            self.sheet.set_row(row, _LINE * _lines(said, sum(self.widths)))
            row += 1
        self._print_setup(row - 1)

    def _format(self, settings: Mapping[str, Any]) -> Any:
        key = tuple(sorted(settings.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format(dict(settings))
        return self.formats[key]

    def _across(self, row: int, said: str, settings: Mapping[str, Any]) -> None:
        """Text over the whole width."""
        style = self._format(settings)
        self.sheet.merge_range(row, 0, row, len(self.widths) - 1, "", style)
        self.sheet.write_string(row, 0, said, style)

    def _above(self) -> None:
        strong = {"bold": True, "align": "center", "font_size": 11}
        self._across(0, self.form.label, strong)
        self._across(1, self.form.title, strong)
        for row, said in enumerate(self.form.about, start=2):
            self._across(row, said, {"align": "center", "font_size": 9})

    def _heads(self) -> None:
        settings = {"bold": True, "align": "center", "valign": "vcenter", "text_wrap": True, "border": 1}
        style = self._format({**settings, "font_size": _SMALL, "bg_color": "#D9D9D9"})
        lines = [1] * (self.form.depth + 1)
        for span in self.form.spans():
            top, bottom = span.top + self.top, span.bottom + self.top
            if (top, span.left) != (bottom, span.right):
                self.sheet.merge_range(top, span.left, bottom, span.right, "", style)
            self.sheet.write_string(top, span.left, span.label, style)
            wanted = _lines(span.label, sum(self.widths[span.left : span.right + 1]))
            share = math.ceil(wanted / (bottom - top + 1))
            for row in range(span.top, span.bottom + 1):
                lines[row] = max(lines[row], share)
        for row, count in enumerate(lines):
            self.sheet.set_row(self.top + row, _LINE * count + 3)

    def _line(self, row: int, line: Line) -> None:
        for column, cell in enumerate(line.cells):
            self._cell(row, column, cell, line.level)
        language = self.form.language
        needed = [_lines(cell.shown(language), width) for cell, width in zip(line.cells, self.widths, strict=True)]
        self.sheet.set_row(row, _LINE * max(needed) + 3)

    def _cell(self, row: int, column: int, cell: Cell, level: str) -> None:
        settings: dict[str, Any] = {"border": 1, "font_size": _SMALL, "valign": "top", "text_wrap": True}
        settings["bold"] = level in ("program", "total")
        if level in _FILLS:
            settings["bg_color"] = _FILLS[level]
        if isinstance(cell.value, str):
            centred = {"align": "center"} if cell == Cell() else {}
            self.sheet.write_string(row, column, cell.value, self._format({**settings, **centred}))
            return
        mark = f'" {cell.mark}"' if cell.mark else ""
        settings |= {"num_format": _NUMBERS[cell.kind] + mark + _GAP, "text_wrap": False, "align": "right"}
        self.sheet.write_number(row, column, cell.value, self._format(settings))

    def _print_setup(self, last: int) -> None:
        sheet, below = self.sheet, self.top + self.form.depth + 1
        sheet.freeze_panes(below, self.form.frozen)
        sheet.repeat_rows(self.top, below - 1)
        sheet.set_landscape()
        sheet.set_paper(_FOLIO if self.form.wide else _A4)
        sheet.set_margins(**_MARGINS)
        sheet.fit_to_pages(1, 1 if len(self.form.lines) <= _ONE_PAGE else 0)
        sheet.print_area(0, 0, last, len(self.widths) - 1)
        sheet.set_footer(f"&L{self.form.label}&R&P / &N")
        sheet.hide_gridlines(2)


def _lines(said: str, width: float) -> int:
    """Lines that a text takes in a width, word by word."""
    room, count, used = max(4, int(width * _FIT)), 1, 0
    for word in said.split():
        length = len(word)
        if used and used + 1 + length > room:
            count, used = count + 1, 0
        extra = max(0, math.ceil(length / room) - 1)
        count += extra
        used += length - extra * room + (1 if used else 0)
    return count
