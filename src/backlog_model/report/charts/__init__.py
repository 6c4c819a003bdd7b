"""Charts: one function for each, from a figure to what a Vega-Lite specification draws of it."""

from collections.abc import Callable, Mapping

from backlog_model.report.charts import theme
from backlog_model.report.charts.fans import fan
from backlog_model.report.charts.theme import Spec
from backlog_model.report.figures.figure import Figure

__all__ = ["CHARTS", "Spec", "chart", "picture"]

CHARTS: Mapping[str, Callable[[Figure], Spec]] = {"fan": fan}
"""What draws each kind of chart: `Figure.chart` names it."""


def chart(figure: Figure) -> Spec:
    """Specification of a figure for a page, which writes title, notes and foot itself."""
    return theme.alone(figure, CHARTS[figure.chart](figure))


def picture(figure: Figure) -> Spec:
    """Specification of a figure as a picture that stands by itself, with title, notes and foot."""
    return theme.framed(figure, CHARTS[figure.chart](figure))
