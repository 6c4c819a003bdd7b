"""Regions side by side: RTLH now and ahead, break-even, range, and what holds their largest programme."""

from collections.abc import Iterator

from backlog_model.report.dossier import Case, Dossier
from backlog_model.report.figures.figure import Cell, Column, Figure
from backlog_model.report.figures.scales import all_read_as, numbers
from backlog_model.report.notes import split_of
from backlog_model.report.numbers import rounded_to_sum
from backlog_model.report.standing import largest_held

_POINTS = (0.05, 0.5, 0.95)


def regions(dossier: Dossier) -> Figure:
    """Regions of the first scenario, a row for each, and the province at the end.

    Columns: region, name; y2025 and so on, RTLH now, in the year being planned and at the end of the plan, in whole
    houses that add up; break_even in the year being planned, likewise; with draws p05, p50, p95 and error, the Monte
    Carlo error of the median; limit of the programme that starts most houses.
    """
    case = dossier.lead
    view = case.view
    axes = case.projection.axes
    years = view.years[:3]
    columns = [rounded_to_sum(view.by_region("rtlh_houses", year)) for year in years]
    columns.append(rounded_to_sum(view.by_region("break_even_houses", view.focus)))
    numeric = [all_read_as([*column, sum(column)], "rtlh_houses") for column in columns]
    names = [view.region(code) for code in (*axes.regions, axes.province)]
    limits: list[Cell] = [*largest_held(view), None]
    cells = [[*axes.regions, axes.province], names, *numeric, *_ranges(case), limits]
    said = {"first": years[0], "last": years[-1]}
    return Figure(
        name="regions",
        chart="",
        title=dossier.say("figure_regions_title", **said),
        description=dossier.say("figure_regions_description", scenario=case.title, **said),
        columns=tuple(_columns(dossier, years)),
        rows=tuple(zip(*cells, strict=True)),
        foot=dossier.foot(case),
        language=dossier.language,
        notes=tuple(_notes(dossier)),
        settings={"total": axes.province},
    )


def _columns(dossier: Dossier, years: tuple[int, ...]) -> Iterator[Column]:
    view, language = dossier.lead.view, dossier.language
    yield Column("region", dossier.say("code"), "text")
    yield Column("name", dossier.say("region"), "text")
    for year in years:
        yield numbers(f"y{year}", str(year), "rtlh_houses", language)
    yield numbers("break_even", dossier.say("figure_even_in", year=view.focus), "break_even_houses", language)
    if dossier.draws:
        for point in _POINTS:
            said = {"percent": f"{100 * point:g}", "year": view.focus}
            label = dossier.say("figure_median_in" if point == 0.5 else "figure_point_in", **said)
            yield numbers(f"p{100 * point:02g}", label, "rtlh_houses", language)
        yield numbers("error", dossier.say("figure_error_of_median"), "rtlh_houses", language)
    yield Column("limit", dossier.say("figure_largest", year=view.focus), "text")


def _ranges(case: Case) -> list[list[Cell]]:
    """Quantiles of the draws in the year being planned, with the province at the end, and the error of the median."""
    projection = case.projection
    if not projection.draws:
        return []
    at = projection.years("rtlh_houses").index(case.view.focus)
    found, errors = [], []
    for by in ("region", "province"):
        found.append(projection.statistics("rtlh_houses", by=by, points=_POINTS).quantiles[:, at].tolist())
        errors += projection.quantile_errors("rtlh_houses", by=by, points=_POINTS)[1, at].tolist()
    both = [[*regional, *whole] for regional, whole in zip(*found, strict=True)]
    return [all_read_as(values, "rtlh_houses") for values in (*both, errors)]


def _notes(dossier: Dossier) -> Iterator[str]:
    opening = dossier.lead.scenario.opening.rtlh_houses
    if split_of("rtlh_houses", dossier.lead.scenario):
        yield dossier.say("split_assumed")
        if dossier.draws:
            yield dossier.say("split_drawn" if opening.has_drawn_split else "split_not_drawn")
    if dossier.draws:
        yield dossier.say("quantiles_do_not_add")
