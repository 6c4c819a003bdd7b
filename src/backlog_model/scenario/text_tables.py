"""CSV files as cells of text with their places; what spoils a file is found here."""

import csv
import io
from pathlib import Path
from typing import NamedTuple

from backlog_model.scenario.findings import Findings, Place, shown
from backlog_model.scenario.text_files import decoded
from backlog_model.translation import Text

MOST_COLUMNS = 200
MOST_CELLS = 200_000
Row = list["Cell"]


class Cell(NamedTuple):
    """Text of one cell, without blanks around it, and its place (the column is the number of the field)."""

    text: str
    place: Place


def read_cells(path: Path, findings: Findings) -> list[Row] | None:
    """Header and rows of a CSV file, all of the same length; None when the file cannot be used."""
    text = decoded(path, findings)
    if text is None:
        return None
    name = shown(path)
    rows = _rows(text, name, findings)
    if rows is None:
        return None
    if not rows:
        findings.add(Place(name), "", Text("the file is empty; expected a header and rows"))
        return None
    return _checked(rows, findings)


def _rows(text: str, name: str, findings: Findings) -> list[Row] | None:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[Row] = []
    line, cells = 1, 0
    try:
        for fields in reader:
            problem = _too_many(len(fields), cells := cells + len(fields))
            if problem is not None:
                findings.add(Place(name, line, min(len(fields), MOST_COLUMNS + 1)), "", problem)
                return None
            if any(each.strip() for each in fields):
                rows.append([Cell(each.strip(), Place(name, line, at)) for at, each in enumerate(fields, start=1)])
            line = reader.line_num + 1
    except csv.Error as error:
        findings.add(Place(name, line), "", Text("not a CSV file: {error}", error=error))
        return None
    return rows


def _too_many(columns: int, cells: int) -> str | None:
    """What is wrong with the size of a table, before its cells take memory."""
    if columns > MOST_COLUMNS:
        return Text("{count:_} columns; expected at most {most}", count=columns, most=MOST_COLUMNS)
    if cells > MOST_CELLS:
        return Text("more than {most:_} cells; split the table", most=MOST_CELLS)
    return None


def _checked(rows: list[Row], findings: Findings) -> list[Row] | None:
    header = rows[0]
    if len(header) == 1 and (";" in header[0].text or "\t" in header[0].text):
        findings.add(header[0].place, "", Text("cells are not separated by commas; save the file as CSV (comma)"))
        return None
    names: dict[str, Place] = {}
    for cell in header:
        if cell.text in names:
            findings.add(
                cell.place,
                "",
                Text(
                    "column {text!r} stands twice; first in field {column}",
                    text=cell.text,
                    column=names[cell.text].column,
                ),
            )
        names.setdefault(cell.text, cell.place)
    whole = [header]
    for row in rows[1:]:
        if len(row) == len(header):
            whole.append(row)
        else:
            message = Text(
                "{count} fields; the header has {expected} (put text with a comma in quotes)",
                count=len(row),
                expected=len(header),
            )
            findings.add(row[0].place, "", message)
    return whole if len(whole) > 1 or len(rows) == 1 else None
