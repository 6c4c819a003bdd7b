"""What is to be said about filled-in workbooks: cells first, then the same data checks as for tables in CSV."""

import re
from collections.abc import Iterator
from pathlib import Path

from backlog_model.history.checks import check_rows
from backlog_model.history.tables.findings import Finding
from backlog_model.history.workbook import ENDINGS, read_all
from backlog_model.report.remarks import Remark, of_finding
from backlog_model.scenario.findings import shown

OTHER_ENDINGS = (".xls", ".xlsb", ".ods")  # said to be of the wrong kind, rather than unknown

_CELL = re.compile(r"(.*)!([A-Z]+)(\d+)")


def is_workbook(file: Path) -> bool:
    """Whether a file that is there is a workbook by its name."""
    return file.suffix.lower() in (*ENDINGS, *OTHER_ENDINGS) and file.is_file()


def of_workbook(file: Path) -> Iterator[Remark]:
    """Findings in a filled-in template, sheet by sheet, from top to bottom."""
    workbook = read_all(file)
    regions = frozenset(code for code in workbook.regions if "." in code)
    found = [*workbook.findings, *check_rows(workbook.rows, regions)]
    for finding in sorted(dict.fromkeys(found), key=_position):
        # file:sheet!cell, the file as people should see it.
        yield of_finding(finding, lambda place: f"{shown(file)}{place.removeprefix(str(file))}")


def _position(finding: Finding) -> tuple[str, int, int, str]:
    """Order of places: by sheet, then row, then column, the letters of which sort by their number first."""
    found = _CELL.fullmatch(finding.place)
    return (found[1], int(found[3]), len(found[2]), found[2]) if found else (finding.place, 0, 0, "")
