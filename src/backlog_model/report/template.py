"""The input template: a workbook to fill in, with lists to choose from and the rules of every column."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter

from backlog_model.history.tables.cell_checks import STATUSES
from backlog_model.report import template_words
from backlog_model.report.history_tables import HISTORY_COLUMNS
from backlog_model.report.numbers import Language

_WIDTHS = {"year": 8, "region_code": 13, "value": 16, "status": 13, "indicator": 30, "source_url": 40, "note": 50}
_WIDTH = 18
_ROWS = 5000  # rows that have lists and prompts; further ones are read as well
_REGION_ROWS = 600  # more than any province, or the country, has regions
_TEXT, _YEAR, _GROUPED = "@", "0", "#,##0"
_LISTED = ("indicator", "unit", "funding_source")
_YEARS = {"minimum": 1900, "maximum": 2099}
_NUMBERS = {"minimum": -1e15, "maximum": 1e15}


def template(regions: Sequence[Mapping[str, str]], *, language: Language) -> bytes:
    """Workbook to fill in: guide, data, regions, and the lists that are offered.

    Every text is written with `write_string`, so that none becomes a formula, a link or a number.

    Parameters
    ----------
    regions : rows of a region table by column; they can be changed in the workbook
    language : of sheet names and prompts; the guide is in both, and column names are the same in both
    """
    content = io.BytesIO()
    workbook = xlsxwriter.Workbook(content, {"in_memory": True})
    sheets = {name: workbook.add_worksheet(said.said(language)) for name, said in template_words.SHEETS.items()}
    heading = workbook.add_format({"bold": True, "bottom": 1, "num_format": _TEXT, "bg_color": "#DDEBF7"})
    text = workbook.add_format({"num_format": _TEXT})
    _write_guide(sheets["guide"], workbook.add_format({"text_wrap": True, "valign": "top"}), heading)
    _write_data(sheets["data"], workbook, heading, text)
    _write_rules(sheets["data"], language)
    by_column = {name: [each[name] for each in regions] for name in regions[0]}
    _write_columns(sheets["regions"], by_column, heading, text)
    _write_columns(sheets["lists"], _lists(), heading, text)
    sheets["guide"].activate()
    workbook.close()
    return content.getvalue()


def _write_guide(sheet: Any, wrapped: Any, heading: Any) -> None:
    """The guide, Indonesian first; under it what each column is for."""
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 2, 70, wrapped)
    columns: tuple[tuple[int, Language], ...] = ((1, "id"), (2, "en"))
    for column, language in columns:
        names = {name: said.said(language) for name, said in template_words.SHEETS.items()}
        for line, said in enumerate(template_words.GUIDE):
            sheet.write_string(line, column, said.said(language).format(**names), heading if line == 0 else wrapped)
    for line, name in enumerate(HISTORY_COLUMNS, start=len(template_words.GUIDE)):
        sheet.write_string(line, 0, name, heading)
        sheet.write_string(line, 1, template_words.COLUMN_PROMPTS[name].id, wrapped)
        sheet.write_string(line, 2, template_words.COLUMN_PROMPTS[name].en, wrapped)


def _write_data(sheet: Any, workbook: Any, heading: Any, text: Any) -> None:
    number = workbook.add_format({"num_format": "General"})
    formats = {"year": workbook.add_format({"num_format": _YEAR}), "value": number}
    for column, name in enumerate(HISTORY_COLUMNS):
        sheet.set_column(column, column, _WIDTHS.get(name, _WIDTH), formats.get(name, text))
        sheet.write_string(0, column, name, heading)
    sheet.freeze_panes(1, 0)
    column = HISTORY_COLUMNS.index("value")
    first = f"{chr(ord('A') + column)}2"
    grouped = workbook.add_format({"num_format": _GROUPED})  # a planner sees at once what the mark was taken for
    whole = {"type": "formula", "criteria": f"=AND(ISNUMBER({first}),{first}=INT({first}))", "format": grouped}
    sheet.conditional_format(1, column, _ROWS, column, whole)


def _write_rules(sheet: Any, language: Language) -> None:
    """What a spreadsheet refuses or asks about while someone types, and what it says beside the cell."""
    for column, name in enumerate(HISTORY_COLUMNS):
        prompt = template_words.COLUMN_PROMPTS[name].said(language)
        rule = {"input_title": name, "input_message": prompt, **_rule(name, language)}
        sheet.data_validation(1, column, _ROWS, column, rule)


def _rule(name: str, language: Language) -> dict[str, Any]:
    """What may stand in a column; a name or unit that is not in the list is asked about, not refused."""
    said = template_words.REFUSED.get(name, template_words.REFUSED["other"]).said(language)
    if name == "year":
        return {"validate": "integer", "criteria": "between", **_YEARS, "error_message": said}
    if name == "value":
        return {"validate": "decimal", "criteria": "between", **_NUMBERS, "error_message": said}
    if name == "status":
        return {"validate": "list", "source": list(STATUSES), "error_message": said}
    if name == "region_code":
        source = _entries(template_words.SHEETS["regions"].said(language), 0, _REGION_ROWS)
        return {"validate": "list", "source": source, "error_type": "warning", "error_message": said}
    if name in _LISTED:
        source = _entries(
            template_words.SHEETS["lists"].said(language), list(_lists()).index(name), len(_lists()[name])
        )
        return {"validate": "list", "source": source, "error_type": "information", "error_message": said}
    return {"validate": "any"}


def _entries(sheet: str, column: int, rows: int) -> str:
    """Reference to what is filled in below the heading of a column; blank cells would let everything pass."""
    letter = chr(ord("A") + column)
    cells = f"{sheet}!${letter}$2:${letter}${rows + 1}"
    return f"=OFFSET({sheet}!${letter}$2,0,0,MAX(1,COUNTA({cells})),1)"


def _lists() -> dict[str, list[str]]:
    """Columns of the sheet of lists by their heading."""
    offered = template_words.INDICATORS
    return {
        "indicator": [each.name for each in offered],
        "usual unit": [each.unit for each in offered],
        "Indonesia": [each.id for each in offered],
        "English": [each.en for each in offered],
        "unit": list(template_words.UNITS),
        "funding_source": list(template_words.FUNDING_SOURCES),
    }


def _write_columns(sheet: Any, columns: Mapping[str, Sequence[str]], heading: Any, text: Any) -> None:
    for column, (name, entries) in enumerate(columns.items()):
        sheet.set_column(column, column, max(len(each) for each in (name, *entries)) + 2, text)
        sheet.write_string(0, column, name, heading)
        for line, entry in enumerate(entries, start=1):
            sheet.write_string(line, column, entry, text)
    sheet.freeze_panes(1, 0)
