"""The few formulas that a workbook of a report has, worked out from the values of its cells."""

import re

from openpyxl.utils import range_boundaries

ALLOWED = re.compile(
    r"=(SUM\(([A-Z]+\d+:[A-Z]+\d+)\)|([A-Z]+\d+)-(\$?[A-Z]+\$?\d+)|([A-Z]+\d+)"
    r"|ROUND\(([A-Z]+\d+)-([A-Z]+\d+),(\d)\))"
)


def worked_out(text, values):
    """Value of a formula by the values of the other cells; refuses any formula of another form."""
    found = ALLOWED.fullmatch(text)
    assert found, f"{text} is none of the formulas that a report has"
    _, span, first, second, same, rounded, from_rounded, digits = found.groups()
    if span:
        left, top, right, bottom = range_boundaries(span)
        cells = [values.cell(row, column).value for row in range(top, bottom + 1) for column in range(left, right + 1)]
        return sum(each for each in cells if isinstance(each, int | float))
    if same:
        return values[same].value
    if rounded:
        return round(values[rounded].value - values[from_rounded].value, int(digits))
    return values[first].value - values[second.replace("$", "")].value
