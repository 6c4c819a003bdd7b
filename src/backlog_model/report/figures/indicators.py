"""Indicators of the province in the years shown, with the range of the year being planned."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from backlog_model.inputs import AUTHORITIES
from backlog_model.quantities import QUANTITIES
from backlog_model.report import words
from backlog_model.report.dossier import Case, Dossier
from backlog_model.report.figures.figure import DECIMALS as DECIMALS_COLUMN
from backlog_model.report.figures.figure import Cell, Column, Figure
from backlog_model.report.figures.scales import DECIMALS, all_read_as, read_as
from backlog_model.report.headline import ESTATES, HOUSES, listing
from backlog_model.report.view import View

_SLUM_FLOWS = ("new_slum_ha", "relapsed_slum_ha", "slum_exit_ha")
_BOUNDS = (0.05, 0.95)


class _Row(NamedTuple):
    """An indicator: variable, part, and a name that says more than the variable's own."""

    variable: str
    part: str = "total"
    label: str = ""


def indicators(dossier: Dossier) -> Figure:
    """Indicators of the first scenario, a row for each.

    Columns: indicator, label, unit; y2025 and so on for each year shown; with draws p05, p95 and error in the year
    being planned, error being the Monte Carlo error of the coarser bound; decimals.
    """
    case = dossier.lead
    view = case.view
    said = {"first": view.years[0], "last": view.years[-1]}
    years = [Column(f"y{year}", str(year)) for year in view.years]
    return Figure(
        name="indicators",
        chart="",
        title=dossier.say("figure_indicators_title", **said),
        description=dossier.say("figure_indicators_description", scenario=case.title, **said),
        columns=(
            Column("indicator", dossier.say("figure_variable"), "text"),
            Column("label", dossier.say("figure_indicator"), "text"),
            Column("unit", dossier.say("unit"), "text"),
            *years,
            *_range_columns(dossier, view),
            Column(DECIMALS_COLUMN, DECIMALS_COLUMN),
        ),
        rows=tuple(_cells(case, row) for row in _rows(view)),
        foot=dossier.foot(case),
        language=dossier.language,
        notes=tuple(_notes(view)),
        settings={"focus": view.focus},
    )


def _range_columns(dossier: Dossier, view: View) -> list[Column]:
    if not dossier.draws:
        return []
    low, high = (dossier.say("figure_point_in", percent=f"{100 * point:g}", year=view.focus) for point in _BOUNDS)
    return [Column("p05", low), Column("p95", high), Column("error", dossier.say("figure_error"))]


def _cells(case: Case, row: _Row) -> tuple[Cell, ...]:
    view = case.view
    unit = QUANTITIES[row.variable].unit
    name = row.variable if row.part == "total" else f"{row.variable}.{row.part}"
    values = all_read_as(view.values(row.variable, view.years, part=row.part), row.variable)
    named = (name, row.label or view.label(row.variable), words.unit(unit, view.language))
    return (*named, *values, *_range(case, row), DECIMALS.get(unit, 0))


def _range(case: Case, row: _Row) -> list[Cell]:
    """Bounds of nine draws in ten in the year being planned, and the Monte Carlo error of the coarser one."""
    projection, year = case.projection, case.view.focus
    if not projection.draws:
        return []
    known = projection.years(row.variable)
    if year not in known:
        return [None, None, None]
    at = known.index(year)
    found = projection.statistics(row.variable, part=row.part, by="province", points=_BOUNDS)
    bounds = found.quantiles[:, at, 0]
    if np.isnan(bounds).any():
        return [None, None, None]
    errors = projection.quantile_errors(row.variable, part=row.part, by="province", points=_BOUNDS)
    error = float(errors[:, at, 0].max())
    return [*all_read_as(bounds.tolist(), row.variable), read_as(error, row.variable)]


def _rows(view: View) -> Iterator[_Row]:
    yield from (
        _Row(name, label=view.say("decent") if name == "decent_share" else "") for name in (*HOUSES, "decent_share")
    )
    if view.projection.inputs.coverage.ownership:
        yield _Row("ownership_backlog_households")
    yield _Row("occupancy_backlog_households")
    if view.projection.axes.finance_programmes:
        yield _Row("financed_households")
    if view.slum_authorities:
        yield from _slums(view)
    if view.projection.inputs.coverage.psu.any():
        yield from (_Row(name) for name in ESTATES)


def _slums(view: View) -> Iterator[_Row]:
    for name in view.slum_authorities:
        yield _Row("slum_ha", name, view.say("slum_of", authority=words.part(name, view.language)))
    yield from (_Row(name) for name in _SLUM_FLOWS)
    rule = words.counting_rule(view.scenario.assumptions.slum_counting_rule, view.language)
    yield from (_Row("slum_handled_share", part, view.say(f"slum_{part}", rule=rule)) for part in ("gross", "net"))


def _notes(view: View) -> Iterator[str]:
    """What break-even means, that backlogs do not add, how hectares are counted and whose they are."""
    yield view.say("break_even_is")
    yield view.say("figure_never_added")
    if not view.slum_authorities:
        return
    yield view.say("figure_slum_rule")
    if len(view.slum_authorities) < len(AUTHORITIES):
        names = [words.part(name, view.language) for name in view.slum_authorities]
        yield view.say("slum_covered", authorities=listing(view, names))
