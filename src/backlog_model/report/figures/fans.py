"""Fans: one variable of the province over the years, its range, the target and what was published."""

from collections.abc import Mapping

from backlog_model.quantities import QUANTITIES
from backlog_model.report import words
from backlog_model.report.dossier import Case, Dossier
from backlog_model.report.figures.figure import Cell, Column, Figure
from backlog_model.report.figures.scales import all_read_as, numbers, read_as

POINTS = (0.05, 0.25, 0.5, 0.75, 0.95)
"""Quantiles of the draws: bands of 90 and 50 %, and the median."""

FANS: Mapping[str, str] = {
    "rtlh_houses": "total",
    "decent_share": "total",
    "slum_ha": "province",
    "ownership_backlog_households": "total",
    "occupancy_backlog_households": "total",
    "psu_share": "total",
}
"""Variables that have a fan, and the part of each that is shown."""


def fan(dossier: Dossier, case: Case, variable: str) -> Figure:
    """Central line, bands, targets and published figures of one variable of the province.

    Columns: year, central; with draws p05, p25, p50, p75, p95; observed; target.
    """
    part = FANS[variable]
    projection, view = case.projection, case.view
    years = projection.years(variable)
    unit = words.unit(QUANTITIES[variable].unit, dossier.language)
    central = all_read_as(view.values(variable, years, part=part), variable)
    columns = [Column("year", dossier.say("figure_year"), "year")]
    columns.append(numbers("central", dossier.say("figure_central"), variable, dossier.language))
    cells: list[list[Cell]] = [list(years), central]
    if projection.draws:
        found = projection.statistics(variable, part=part, by="province", points=POINTS).quantiles[:, :, 0]
        for point, values in zip(POINTS, found.tolist(), strict=True):
            label = "figure_median" if point == 0.5 else "figure_point"
            name = dossier.say(label, percent=f"{100 * point:g}")
            columns.append(numbers(f"p{100 * point:02g}", name, variable, dossier.language))
            cells.append(all_read_as(values, variable))
    wanted = _targets(case, variable, part)
    columns.append(numbers("target", dossier.say("figure_target"), variable, dossier.language))
    cells.append([wanted.get(year) for year in years])
    said = {"name": view.label(variable), "unit": unit, "first": years[0], "last": years[-1]}
    figure = Figure(
        name=f"fan_{variable}",
        chart="fan",
        title=dossier.say("figure_fan_title", **said),
        description="",
        columns=tuple(columns),
        rows=tuple(zip(*cells, strict=True)),
        foot=dossier.foot(case),
        language=dossier.language,
        settings={"direction": QUANTITIES[variable].direction, "unit": unit, "now": view.now},
    )
    return _described(figure, dossier, case, said)


def _targets(case: Case, variable: str, part: str) -> dict[int, Cell]:
    """Targets on the province by year; the one most easily met where several stand in one year."""
    province = case.projection.axes.province
    found: dict[int, Cell] = {}
    for promise in case.promises:
        target = promise.target
        if (target.variable, target.region, target.part) == (variable, province, part) and not promise.redefined:
            found.setdefault(target.year, read_as(promise.wanted, variable))
    return found


def _described(figure: Figure, dossier: Dossier, case: Case, said: Mapping[str, object]) -> Figure:
    from dataclasses import replace

    first, last = figure.rows[0][0], figure.rows[-1][0]
    ends = {"start": figure.shown("central", year=first), "end": figure.shown("central", year=last)}
    message = "figure_fan_description" if dossier.draws else "figure_fan_description_central"
    return replace(figure, description=dossier.say(message, scenario=case.title, **said, **ends))
