"""The answer: where RTLH of the province stands in the years shown, with break-even beside it."""

import math
from collections.abc import Sequence

from backlog_model.report.dossier import Case, Dossier
from backlog_model.report.figures.figure import Cell, Column, Figure
from backlog_model.report.figures.scales import all_read_as, numbers
from backlog_model.report.view import View

POINTS = (0.05, 0.5, 0.95)
_FLOWS = ("break_even_houses", "effective_handled_houses", "net_clearance_houses", "years_to_clear")


def answer(dossier: Dossier) -> Figure:
    """RTLH of the first scenario in the years shown.

    Columns: year, central; with draws p05, p50, p95 and error, the Monte Carlo error of the coarser bound; break_even,
    effective_handled, net_clearance, years_to_clear; revision, what re-registrations since the first row changed the
    record by; apart, the rest of the change since then.
    """
    case = dossier.lead
    view = case.view
    said = {"first": view.years[0], "last": view.years[-1], "now": view.now}
    columns = [Column("year", dossier.say("figure_year"), "year"), _houses(dossier, "central", "figure_central")]
    cells: list[Sequence[Cell]] = [view.years, all_read_as(view.values("rtlh_houses", view.years), "rtlh_houses")]
    for column, values in (*_ranges(dossier, case), *_flows(dossier, view), *_changes(dossier, view)):
        columns.append(column)
        cells.append(values)
    return Figure(
        name="answer",
        chart="",
        title=dossier.say("figure_answer_title", **said),
        description=dossier.say("figure_answer_description", scenario=case.title, **said),
        columns=tuple(columns),
        rows=tuple(zip(*cells, strict=True)),
        foot=dossier.foot(case),
        language=dossier.language,
        settings={"now": view.now, "focus": view.focus, "revised": view.revised(_coming(view))},
    )


def _houses(dossier: Dossier, name: str, message: str, **fields: object) -> Column:
    return numbers(name, dossier.say(message, **fields), "rtlh_houses", dossier.language)


def _ranges(dossier: Dossier, case: Case) -> list[tuple[Column, list[Cell]]]:
    """Quantiles of the draws, and the Monte Carlo error of the coarser bound."""
    projection = case.projection
    if not projection.draws:
        return []
    at = [projection.years("rtlh_houses").index(year) for year in case.view.years]
    found = projection.statistics("rtlh_houses", by="province", points=POINTS).quantiles[:, at, 0]
    errors = projection.quantile_errors("rtlh_houses", by="province", points=POINTS)[:, at, 0].max(axis=0)
    names = ("p05", "figure_point", "5"), ("p50", "figure_median", ""), ("p95", "figure_point", "95")
    quantiles = [
        (_houses(dossier, name, message, percent=percent), all_read_as(values, "rtlh_houses"))
        for (name, message, percent), values in zip(names, found.tolist(), strict=True)
    ]
    return [*quantiles, (_houses(dossier, "error", "figure_error"), all_read_as(errors.tolist(), "rtlh_houses"))]


def _flows(dossier: Dossier, view: View) -> list[tuple[Column, list[Cell]]]:
    return [
        (
            numbers(name.removesuffix("_houses"), view.label(name), name, dossier.language),
            all_read_as(view.values(name, view.years), name),
        )
        for name in _FLOWS
    ]


def _changes(dossier: Dossier, view: View) -> list[tuple[Column, list[Cell]]]:
    """Change of the record by re-registration since now, and the rest of the change: only that is a trend."""
    revisions = dict(zip(_coming(view), view.values("revision_houses", _coming(view)), strict=True))
    revised = [math.fsum(change for each, change in revisions.items() if each <= year) for year in view.years]
    stock = view.values("rtlh_houses", view.years)
    apart = [value - stock[0] - change for value, change in zip(stock, revised, strict=True)]
    return [
        (_houses(dossier, "revision", "figure_revision"), all_read_as(revised, "rtlh_houses")),
        (_houses(dossier, "apart", "figure_apart"), all_read_as(apart, "rtlh_houses")),
    ]


def _coming(view: View) -> tuple[int, ...]:
    return tuple(range(view.now + 1, view.scenario.years.last + 1))
