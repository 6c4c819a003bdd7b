"""History tables written as CSV, for instance from a filled-in workbook."""

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

from backlog_model.history.tables import COLUMNS, Row
from backlog_model.history.workbook.sheet_header import OPTIONAL_COLUMNS
from backlog_model.report.values import cell

HISTORY_COLUMNS = (*COLUMNS[:4], *OPTIONAL_COLUMNS, *COLUMNS[4:])
"""Columns of a history table with programmes, in the order of the tables that are shipped."""


def history_text(rows: Iterable[Row]) -> str:
    r"""A history table in CSV; text that a spreadsheet would take for a formula is marked as text.

    Examples
    --------
    >>> history_text([])
    'year,region_code,region,indicator,program,funding_source,value,unit,source_url,source_date,status,note\n'
    """
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows([HISTORY_COLUMNS, *map(list, map(_cells, rows))])
    return written.getvalue()


def write_history(rows: Iterable[Row], path: Path) -> None:
    """Write rows as a history table, whole or not at all."""
    unfinished = path.with_name(f".{path.name}.unfinished")
    unfinished.write_text(history_text(rows), encoding="utf-8", newline="")
    unfinished.replace(path)


def _cells(row: Row) -> Iterator[str]:
    yield str(row.year)
    yield from map(cell, (row.code, row.region, row.indicator, row.program, row.funding))
    yield row.text
    dated = row.source_date or ("unknown" if row.source else "")
    yield from map(cell, (row.unit, row.source, dated, row.status, row.note))
