"""Charts: one function for each, from a figure to what a Vega-Lite specification draws of it."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from backlog_model.report.charts import panels, theme
from backlog_model.report.charts.comparisons import comparison
from backlog_model.report.charts.fans import fan
from backlog_model.report.charts.funding import funding
from backlog_model.report.charts.heat import heat
from backlog_model.report.charts.maps import regional_map
from backlog_model.report.charts.slums import slums
from backlog_model.report.charts.targets import targets
from backlog_model.report.charts.theme import Spec
from backlog_model.report.charts.tornado import tornado
from backlog_model.report.charts.tournament import tournament
from backlog_model.report.charts.waterfall import waterfall
from backlog_model.report.figures.figure import Figure

__all__ = ["CHARTS", "Spec", "chart", "narrow_chart", "picture"]

CHARTS: Mapping[str, Callable[[Figure], Spec]] = {
    "fan": fan,
    "regions_same": panels.same_scale,
    "regions_own": panels.own_scale,
    "regions_index": panels.index,
    "map": regional_map,
    "slums": slums,
    "comparison": comparison,
    "waterfall": waterfall,
    "funding": funding,
    "heat": heat,
    "tornado": tornado,
    "tournament": tournament,
    "targets": targets,
}
"""What draws each kind of chart: `Figure.chart` names it."""

_FITTED, _PHONE = frozenset(("fan",)), 250


def chart(figure: Figure) -> Spec:
    """Specification of a figure for a page, which writes title, notes and foot itself."""
    return theme.alone(figure, CHARTS[figure.chart](figure))


def narrow_chart(figure: Figure) -> Spec | None:
    """Specification of a figure for the page on a phone; None where the chart has but one width, and is slid there."""
    if figure.chart not in _FITTED:
        return None
    return chart(replace(figure, settings={**figure.settings, "width": _PHONE}))


def picture(figure: Figure) -> Spec:
    """Specification of a figure as a picture that stands by itself, with title, notes and foot."""
    return theme.framed(figure, CHARTS[figure.chart](figure))
