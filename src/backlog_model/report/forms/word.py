"""Official planning tables as a Word document: a landscape section each, heads repeated on every page."""

import io
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, Twips

from backlog_model.report.dossier import Dossier
from backlog_model.report.forms.form import Cell, Form, Line
from backlog_model.report.forms.tables import forms

_A4, _FOLIO = (297, 210), (330, 215)  # landscape, millimetres
_MARGIN = 10
_FILLS = {"sasaran": "EAF1DD", "program": "DDEBF7", "total": "E7E6E6"}
_HEAD = "D9D9D9"


def forms_docx(dossier: Dossier) -> bytes:
    """Word document of the official planning tables.

    Raises
    ------
    DataError
        When there is no mapping of programme codes, or something is wrong with it.
    """
    document = Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Arial", Pt(8)
    style.paragraph_format.space_after = Pt(0)
    for position, form in enumerate(forms(dossier)):
        section = document.sections[0] if position == 0 else document.add_section(WD_SECTION.NEW_PAGE)
        _set_up(section, form)
        _write(document, form)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def _set_up(section: Any, form: Form) -> None:
    width, height = _FOLIO if form.wide else _A4
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(_MARGIN)
    section.footer_distance = section.header_distance = Mm(5)


def _write(document: Any, form: Form) -> None:
    for said in (form.label, form.title):
        _paragraph(document.add_paragraph(), said, 10, bold=True, align=WD_ALIGN_PARAGRAPH.CENTER)
    for said in form.about:
        _paragraph(document.add_paragraph(), said, 8, align=WD_ALIGN_PARAGRAPH.CENTER)
    document.add_paragraph()
    _table(document, form)
    for said in (*form.notes, form.foot):
        _paragraph(document.add_paragraph(), said, 7)


def _paragraph(paragraph: Any, said: str, size: float, *, bold: bool = False, align: Any = None) -> None:
    run = paragraph.add_run(said)
    run.font.size, run.bold = Pt(size), bold
    if align is not None:
        paragraph.alignment = align


def _table(document: Any, form: Form) -> None:
    columns = form.columns
    heads = form.depth + 1
    table = document.add_table(rows=heads + len(form.lines), cols=len(columns), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    _narrow_margins(table)
    page = (_FOLIO if form.wide else _A4)[0] - 2 * _MARGIN
    unit = page / sum(head.width for head in columns)
    widths = [Twips(Mm(unit * head.width) // Twips(1)) for head in columns]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    size = 5.5 if form.wide else 7
    grid = [row.cells for row in table.rows]
    for cells in grid:
        for cell, width in zip(cells, widths, strict=True):
            cell.width = width
    _heads(form, grid, size)
    for row, line in enumerate(form.lines, start=heads):
        _line(form, line, grid[row], size)
    for position, row in enumerate(table.rows):
        _row_rule(row, "w:cantSplit")
        if position < heads:
            _row_rule(row, "w:tblHeader")


def _heads(form: Form, grid: list[Any], size: float) -> None:
    for span in form.spans():
        cell = grid[span.top][span.left]
        if (span.top, span.left) != (span.bottom, span.right):
            cell = cell.merge(grid[span.bottom][span.right])
        _paragraph(cell.paragraphs[0], span.label, size, bold=True, align=WD_ALIGN_PARAGRAPH.CENTER)
        _shade(cell, _HEAD)


def _line(form: Form, line: Line, cells: Any, size: float) -> None:
    bold = line.level in ("program", "total")
    for cell, place in zip(line.cells, cells, strict=True):
        _paragraph(place.paragraphs[0], cell.shown(form.language), size, bold=bold, align=_align(cell))
        if line.level in _FILLS:
            _shade(place, _FILLS[line.level])


def _align(cell: Cell) -> Any:
    if cell == Cell():
        return WD_ALIGN_PARAGRAPH.CENTER
    return WD_ALIGN_PARAGRAPH.LEFT if isinstance(cell.value, str) else WD_ALIGN_PARAGRAPH.RIGHT


def _shade(cell: Any, colour: str) -> None:
    element = OxmlElement("w:shd")
    for name, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", colour)):
        element.set(qn(name), value)
    cell._tc.get_or_add_tcPr().append(element)


def _narrow_margins(table: Any) -> None:
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        element = OxmlElement(f"w:{side}")
        element.set(qn("w:w"), "40")
        element.set(qn("w:type"), "dxa")
        margins.append(element)
    table._tbl.tblPr.append(margins)


def _row_rule(row: Any, name: str) -> None:
    element = OxmlElement(name)
    element.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(element)
