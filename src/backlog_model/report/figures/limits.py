"""What limits each programme, in the province by year and over the regions."""

from collections import Counter
from collections.abc import Iterator

from backlog_model.analysis.limits import bindings
from backlog_model.projection import BINDINGS
from backlog_model.report.dossier import Dossier
from backlog_model.report.figures.figure import Cell, Column, Figure
from backlog_model.report.numbers import UNDEFINED
from backlog_model.report.standing import limit_names
from backlog_model.report.view import View


def limits(dossier: Dossier) -> Iterator[Figure]:
    """The limit of each programme in the years shown; none without programmes, or where no year lies ahead.

    Columns: programme, name, one for each year shown such as y2027 (the limit, in words), regions (how many of them
    each limit holds in the year being planned).
    """
    case, view = dossier.lead, dossier.lead.view
    axes = case.projection.axes
    years = [year for year in view.ahead if year in axes.years]
    if not years or not axes.programmes:
        return
    columns = [_of_province(view, year) for year in years]
    regional = _by_limit(view)
    rows: list[tuple[Cell, ...]] = []
    for programme in view.scenario.programmes:
        found = [column[programme] for column in columns]
        counted = UNDEFINED if set(found) == {view.say("no_budget")} else regional[programme]
        rows.append((programme, view.programme(programme), *found, counted))
    yield Figure(
        name="limits",
        chart="",
        title=dossier.say("figure_limits_title", years=", ".join(map(str, years))),
        description=dossier.say("figure_limits_description", year=view.focus),
        columns=(
            Column("programme", dossier.say("figure_limits_programme"), "text"),
            Column("name", dossier.say("figure_limits_name"), "text"),
            *(Column(f"y{year}", str(year), "text") for year in years),
            Column("regions", dossier.say("figure_limits_regions", year=view.focus), "text"),
        ),
        rows=tuple(rows),
        foot=dossier.foot(case),
        language=dossier.language,
        notes=(dossier.say("limits_how"),),
    )


def _of_province(view: View, year: int) -> dict[str, str]:
    """Limit of each programme in the province, in words."""
    limits_in_order = [limit for _, limit in limit_names(view, year)]
    return dict(zip(view.projection.axes.programmes, limits_in_order, strict=True))


def _by_limit(view: View) -> dict[str, str]:
    """For each programme, how many regions each limit holds in the year being planned."""
    axes = view.projection.axes
    found = {name: Counter[str]() for name in axes.programmes}
    for each in bindings(view.projection):
        if each.year == view.focus and each.region in axes.regions:
            found[each.programme][each.binding] += 1
    return {
        name: ", ".join(f"{view.say(limit)} {counted[limit]}" for limit in BINDINGS if counted[limit])
        for name, counted in found.items()
    }
