"""Tournament: how much each path would be regretted, on the mean and at most."""

from backlog_model.report import words
from backlog_model.report.charts.axis_names import names, row_axis
from backlog_model.report.charts.legends import Key, legend
from backlog_model.report.charts.theme import BLUE, INK, Spec, number_format, tooltips, wrapped
from backlog_model.report.figures.figure import Figure

WIDTH, STEP = 480, 32
_LABEL = 30  # characters of a line of labels


def tournament(figure: Figure) -> Spec:
    """Marks of a tournament, the least regretted path on top: bars of the mean, hollow points of the largest."""
    x: Spec = {"type": "quantitative", "title": words.say("figure_tournament_axis", figure.language)}
    x |= {"axis": {"format": number_format(0), "tickCount": 4}, "scale": {"zero": True}}
    lines = {str(record["label"]): wrapped(str(record["label"]), _LABEL) for record in figure.records}
    y = row_axis("label", list(lines), gap=0.5)
    bar = {
        "mark": {"type": "bar", "color": BLUE},
        "encoding": {"x": {**x, "field": "regret"}, "y": y, "tooltip": tooltips(figure)},
    }
    error = {
        "transform": [
            {"calculate": "max(0, datum.regret - 2 * datum.error)", "as": "from"},
            {"calculate": "datum.regret + 2 * datum.error", "as": "to"},
        ],
        "mark": {"type": "rule", "color": INK, "strokeWidth": 1.5},
        "encoding": {"x": {**x, "field": "from"}, "x2": {"field": "to"}, "y": {**y, "bandPosition": 0.5}},
    }
    reach = {
        "mark": {"type": "rule", "color": "#b8bec4", "strokeWidth": 1.5},
        "encoding": {"x": {**x, "field": "regret"}, "x2": {"field": "largest"}, "y": {**y, "bandPosition": 0.5}},
    }
    hollow = {"type": "point", "filled": True, "fill": "#ffffff", "stroke": "#8a939c", "size": 55, "opacity": 1}
    largest = {"mark": hollow, "encoding": {"x": {**x, "field": "largest"}, "y": y}}
    return {
        "width": WIDTH,
        "height": STEP * len(lines),
        "layer": [reach, bar, error, largest, _numbers(x, y), *names(lines, y), *legend(_keys(figure), WIDTH)],
    }


def _numbers(x: Spec, y: Spec) -> Spec:
    """Mean regret beside its bar."""
    mark = {"type": "text", "align": "left", "dx": 8, "dy": -7, "fontSize": 10, "color": INK}
    text = {"field": "regret", "format": number_format(0), "type": "quantitative"}
    return {"mark": mark, "encoding": {"x": {**x, "field": "regret"}, "y": y, "text": text}}


def _keys(figure: Figure) -> list[Key]:
    mean, largest = (words.say(f"figure_tournament_{name}_key", figure.language) for name in ("mean", "largest"))
    return [Key(mean, "band", fill=BLUE), Key(largest, "point", stroke="#8a939c", fill="#ffffff")]
