"""The sheet of data: every number of the scenarios in one long table, to be filtered and summed by anyone."""

from collections.abc import Iterator
from typing import NamedTuple

from backlog_model.quantities import QUANTITIES
from backlog_model.report import words
from backlog_model.report.dossier import Case, Dossier
from backlog_model.report.figures.scales import DECIMALS, all_read_as
from backlog_model.report.sheets.book import Book, Head
from backlog_model.report.sheets.cells import Cell, Number, is_percent

_VARIABLES = (
    "rtlh_houses",
    "decent_share",
    "new_rtlh_houses",
    "reported_handled_houses",
    "official_handled_houses",
    "effective_handled_houses",
    "net_clearance_houses",
    "break_even_houses",
    "slum_ha",
    "slum_handled_ha",
    "ownership_backlog_households",
    "occupancy_backlog_households",
    "financed_households",
    "psu_gap_estates",
    "psu_share",
    "budget_idr",
    "spent_idr",
)
_POINTS = (0.05, 0.5, 0.95)
_WIDTHS = (22.0, 9.0, 24.0, 30.0, 38.0, 13.0, 8.0, 13.0, 13.0, 13.0, 13.0)


class _Table(NamedTuple):
    """Values of one variable at one level: central ones, and the quantiles of draws where there are any."""

    codes: tuple[str, ...]
    years: tuple[int, ...]
    numbers: list[list[list[float]]]  # by number, year, region


def add_data(book: Book, dossier: Dossier) -> None:
    """Sheet with the variables of every scenario: the first one by region too, the others for their province."""
    sheet = book.sheet(dossier.say("book_data"), _WIDTHS[: 8 if not dossier.draws else None])
    sheet.title(dossier.say("book_data_title"))
    sheet.paragraph(dossier.say("book_data_how"))
    sheet.paragraph(dossier.foot())
    block = sheet.table(_heads(dossier), list(_rows(dossier)))
    sheet.hold(block)
    sheet.finish()


def _heads(dossier: Dossier) -> list[Head]:
    texts = ("figure_scenario", "code", "region", "figure_variable", "book_name", "unit")
    numbers = ["figure_central"]
    heads = [*(Head(dossier.say(name), right=False) for name in texts), Head(dossier.say("figure_year"), right=False)]
    heads += [Head(dossier.say(name)) for name in numbers]
    if dossier.draws:
        said = [
            dossier.say("figure_median" if each == 0.5 else "figure_point", percent=f"{100 * each:g}")
            for each in _POINTS
        ]
        heads += [Head(text) for text in said]
    return heads


def _rows(dossier: Dossier) -> Iterator[list[Cell]]:
    for case in dossier.cases:
        levels = ("province", "region") if case is dossier.lead else ("province",)
        for variable in _VARIABLES:
            for level in levels:
                yield from _lines(dossier, case, variable, level)


def _lines(dossier: Dossier, case: Case, variable: str, level: str) -> Iterator[list[Cell]]:
    """Rows of one variable; none where no source covers it."""
    found = _table(case, variable, level)
    unit = words.unit(QUANTITIES[variable].unit, dossier.language)
    decimals, percent = DECIMALS.get(QUANTITIES[variable].unit, 0), is_percent(unit)
    label = case.view.label(variable)
    for at, code in enumerate(found.codes):
        name = case.view.region(code)
        for row, year in enumerate(found.years):
            values = all_read_as([numbers[row][at] for numbers in found.numbers], variable)
            if all(value is None for value in values):
                continue
            cells = [Number(None if value is None else float(value), decimals, percent, blank=True) for value in values]
            yield [case.name, code, name, variable, label, unit, year, *cells]


def _table(case: Case, variable: str, level: str) -> _Table:
    projection = case.projection
    axes = projection.axes
    codes = (axes.province,) if level == "province" else axes.regions
    if level == "region" and len(codes) < 2:
        return _Table((), (), [])
    central = projection.central.array(variable, by=level)[:, 0]
    numbers = [central.tolist()]
    if projection.draws:
        numbers += projection.statistics(variable, by=level, points=_POINTS).quantiles.tolist()
    return _Table(codes, tuple(projection.years(variable)), numbers)
