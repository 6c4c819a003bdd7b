"""Every value of a report as one long table: for the tools of integrated assessment, and for an Indonesian Excel.

In the first form, the IAMC template, a variable is named

- `rtlh_houses`: the whole, on the central line;
- `rtlh_houses|light`: a part of it; nothing but parts follows a bar, and those of a stock or flow add up to the whole;
- `rtlh_houses [p05]`, `rtlh_houses [p05]|light`: a statistic of the draws (`mean`, `p05` to `p95`, `mc_error`). It
  stands with the variable, so that no statistic is taken for a part, and none is added to the parts.

Regions are named by code and name (`63.10 Tanah Bumbu`): names alone need not be unique, codes alone would be read as
numbers. Scenarios are named by their files, with a number behind where two have the same.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from backlog_model import __version__
from backlog_model.quantities import QUANTITIES
from backlog_model.report import words
from backlog_model.report.dossier import Case, Dossier
from backlog_model.report.figures.figure import Figure
from backlog_model.report.figures.scales import read_as
from backlog_model.report.values import STATISTICS, Series, cell, every_series

MODEL = f"backlog_model {__version__}"
INDEX = ("Model", "Scenario", "Region", "Variable", "Unit")
UNITS: Mapping[str, str] = {"idr": "IDR", "share": "share (0 to 1)"}
"""Units of the first form, where they are not the plain words of `QUANTITIES`; rupiah are nominal, and not billions."""

_BOM = "\ufeff"
_DECIMALS = 4
_LIKE_A_NUMBER = re.compile(r"[-\d.,:/ ]*\d[-\d.,:/ ]*")  # or like a date, such as 63.10 and 12-03


def iamc(dossier: Dossier, *, workers: int = 1) -> str:
    """The table in the IAMC template: a row for each variable, region and scenario, a column for each year.

    An empty cell is undefined, covered by no source, or a year that the variable does not have.
    """
    years = sorted({year for case in dossier.cases for year in case.projection.years("rtlh_houses")})
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow([*INDEX, *years])
    for case in dossier.cases:
        for series in _every_series(case, workers):
            rows.writerows(_wide(case, series, years))
    return text.getvalue()


def _every_series(case: Case, workers: int) -> list[Series]:
    """Every series of a run; what is summed up on the way is not kept with the run, which would double it."""
    return every_series(case.scenario, replace(case.projection), workers=workers)


def _wide(case: Case, series: Series, years: Sequence[int]) -> Iterator[list[object]]:
    """Rows of a series: the central line, and each statistic where there are draws."""
    place = [MODEL, cell(case.name), cell(_region(case, series))]
    unit = UNITS.get(series.unit, series.unit)
    known = dict(zip(series.years, series.numbers, strict=True))
    for position, statistic in enumerate(STATISTICS if case.projection.draws else STATISTICS[:1]):
        numbers = [known[year][position] if year in known else None for year in years]
        written = ["" if each is None else repr(each) for each in numbers]
        yield [*place, variable_name(series.variable, series.part, statistic), unit, *written]


def variable_name(variable: str, part: str, statistic: str) -> str:
    """Name of a variable in the IAMC template.

    Examples
    --------
    >>> variable_name("rtlh_houses", "total", "central"), variable_name("rtlh_houses", "light", "p05")
    ('rtlh_houses', 'rtlh_houses [p05]|light')
    """
    name = variable if statistic == "central" else f"{variable} [{statistic}]"
    return name if part == "total" else f"{name}|{part}"


def _region(case: Case, series: Series) -> str:
    return f"{series.region} {case.view.region(series.region)}"


def excel(dossier: Dossier, *, workers: int = 1) -> bytes:
    """The table as an Excel with Indonesian settings opens it by a double click.

    A row for each scenario, indicator, part, region and year, in the words of the reader and the units people read.
    """
    return excel_form(_header(dossier), _tidy(dossier, workers))


def excel_form(header: Sequence[str], rows: "Iterator[Sequence[str | int | float | None]]") -> bytes:
    """Rows with semicolons and decimal commas, no mark between thousands, in the encoding that Excel recognises.

    Text that would be a formula, a number or a date gets an apostrophe: nothing else keeps Excel from reading it so.
    """
    text = io.StringIO()
    lines = csv.writer(text, delimiter=";", lineterminator="\r\n")
    lines.writerow([cell(name) for name in header])
    lines.writerows([_excel_cell(each) for each in row] for row in rows)
    return (_BOM + text.getvalue()).encode()


def _excel_cell(value: str | int | float | None) -> str:
    """A cell as an Indonesian Excel reads it.

    Examples
    --------
    >>> _excel_cell(1234567.25), _excel_cell(0.1 + 0.2), _excel_cell(2027), _excel_cell(None)
    ('1234567,25', '0,3', '2027', '')
    >>> _excel_cell("=1+1"), _excel_cell("63.10"), _excel_cell("63.10 Tanah Bumbu")
    ("'=1+1", "'63.10", '63.10 Tanah Bumbu')
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if _LIKE_A_NUMBER.fullmatch(value) else cell(value)
    if isinstance(value, int):
        return str(value)
    text = f"{value:.{_DECIMALS}f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text.replace(".", ",")


def excel_figure(figure: Figure) -> bytes:
    """The table of a figure in the same form, under the names that people read."""
    labels = [f"{each.label} ({each.unit})" if each.unit else each.label for each in figure.read]
    names = [each.name for each in figure.read]
    return excel_form(labels, iter([[record[name] for name in names] for record in figure.records]))


def _header(dossier: Dossier) -> list[str]:
    names = ("scenario", "region", "indicator", "variable", "part", "unit", "year")
    statistics = STATISTICS if dossier.draws else STATISTICS[:1]
    return [dossier.say(f"long_{name}") for name in (*names, *statistics)]


def _tidy(dossier: Dossier, workers: int) -> Iterator[list[str | int | float | None]]:
    many = len(STATISTICS) if dossier.draws else 1
    for case in dossier.cases:
        view = case.view
        # Name and title, code and name stand in one cell: alone, Excel would take "63.10" or "12-03" for a number.
        scenario = f"{case.name} – {case.title}"
        for series in _every_series(case, workers):
            variable, unit = series.variable, words.unit(series.unit, dossier.language)
            named = [view.label(variable), variable, part_name(case, variable, series.part), unit]
            for year, numbers in zip(series.years, series.numbers, strict=True):
                values = [None if each is None else read_as(each, variable) for each in numbers[:many]]
                yield [scenario, _region(case, series), *named, year, *values]


def part_name(case: Case, variable: str, part: str) -> str:
    """A part in words: the whole, a class, an authority, a programme, or a programme and its source of money."""
    view = case.view
    if part == "total":
        return view.say("long_total")
    programme, _, source = part.partition(".")
    if programme not in case.scenario.programmes or QUANTITIES[variable].parts in ("severity", "authority"):
        return words.part(part, view.language)
    return f"{view.programme(programme)}, {view.source(source)}" if source else view.programme(programme)
