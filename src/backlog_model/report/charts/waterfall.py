"""Waterfall: a stock, what is added and taken away step by step, and the stock that is left."""

from backlog_model.report import words
from backlog_model.report.charts.axis_names import names, row_axis
from backlog_model.report.charts.legends import Key, legend
from backlog_model.report.charts.theme import BLUE, GREY, INK, ORANGE, QUIET, Spec, number_format, tooltips, wrapped
from backlog_model.report.figures.figure import Figure

WIDTH, STEP = 440, 32
_LABEL = 34  # characters of a line of labels
_COLOURS = {"in": ORANGE, "out": BLUE, "record": "#b8bec4"}  # light adds, dark takes away: told apart in grey


def waterfall(figure: Figure) -> Spec:
    """Marks of a waterfall, from top to bottom; the axis is cut, and says so, where the figure says so."""
    low, high = figure.settings["low"], figure.settings["high"]
    cut = bool(figure.settings["cut"])
    span = high - low if cut else high
    domain = [low - 0.3 * span if cut else 0.0, high + 0.22 * span]
    title = words.say(f"figure_flows_axis{'_cut' if cut else ''}", figure.language)
    x: Spec = {"type": "quantitative", "title": title, "scale": {"domain": domain, "nice": False, "zero": False}}
    x["axis"] = {"format": number_format(0), "tickCount": 5, "labelOverlap": True}
    lines = {str(record["label"]): wrapped(str(record["label"]), _LABEL) for record in figure.records}
    y = row_axis("label", list(lines))
    layers = [_connectors(x, y), *(_cut_stocks(x, y, domain[0]) if cut else [_full_stocks(x, y)]), _bars(figure, x, y)]
    layers += [*_numbers(x, y), *names(lines, y), *([_break()] if cut else []), *legend(_keys(figure), WIDTH)]
    return {"width": WIDTH, "height": STEP * len(lines), "layer": layers}


def _bars(figure: Figure, x: Spec, y: Spec) -> Spec:
    kinds = list(_COLOURS)
    return {
        "transform": [{"filter": "datum.kind != 'stock'"}],
        "mark": {"type": "bar"},
        "encoding": {
            **{"x": {**x, "field": "start"}, "x2": {"field": "end"}, "y": y, "tooltip": tooltips(figure)},
            "color": {
                **{"field": "kind", "type": "nominal", "legend": None},
                "scale": {"domain": kinds, "range": [_COLOURS[kind] for kind in kinds]},
            },
        },
    }


def _full_stocks(x: Spec, y: Spec) -> Spec:
    return {
        "transform": [{"filter": "datum.kind == 'stock'"}, {"calculate": "0", "as": "nothing"}],
        "mark": {"type": "bar", "color": GREY},
        "encoding": {"x": {**x, "field": "nothing"}, "x2": {"field": "end"}, "y": y},
    }


def _cut_stocks(x: Spec, y: Spec, left: float) -> list[Spec]:
    """Levels of a cut axis: a dashed line that comes from beyond it, and a tick where the stock stands."""
    stock = [{"filter": "datum.kind == 'stock'"}]
    dashes = {"type": "rule", "color": GREY, "strokeDash": [2, 3], "strokeWidth": 1.5}
    return [
        {
            "transform": [*stock, {"calculate": repr(left), "as": "left"}],
            "mark": dashes,
            "encoding": {"x": {**x, "field": "left"}, "x2": {"field": "end"}, "y": {**y, "bandPosition": 0.5}},
        },
        {
            "transform": stock,
            "mark": {"type": "tick", "color": INK, "thickness": 4, "size": 26},
            "encoding": {"x": {**x, "field": "end"}, "y": y},
        },
    ]


def _connectors(x: Spec, y: Spec) -> Spec:
    """Thin lines from the end of a step to the next one."""
    return {
        "transform": [{"window": [{"op": "lead", "field": "label", "as": "next"}]}, {"filter": "isValid(datum.next)"}],
        "mark": {"type": "rule", "color": "#8a939c", "strokeWidth": 1, "aria": False},
        "encoding": {
            "x": {**x, "field": "end"},
            "y": {**y, "bandPosition": 0.5},
            "y2": {"field": "next", "bandPosition": 0.5},
        },
    }


def _numbers(x: Spec, y: Spec) -> list[Spec]:
    """Changes with their signs, and levels, to the right of each mark."""
    mark = {"type": "text", "align": "left", "dx": 6, "color": INK, "fontSize": 11}
    texts = (("datum.kind != 'stock'", "format(datum.change, '+,.0f')", 400), ("datum.kind == 'stock'", "", 600))
    return [
        {
            "transform": [
                {"filter": where},
                {"calculate": said or "format(datum.end, ',.0f')", "as": "said"},
                {"calculate": "max(datum.start, datum.end)", "as": "right"},
            ],
            "mark": {**mark, "fontWeight": weight},
            "encoding": {"x": {**x, "field": "right"}, "y": y, "text": {"field": "said", "type": "nominal"}},
        }
        for where, said, weight in texts
    ]


def _break() -> Spec:
    """Sign on the axis that a part of it is left out."""
    mark = {"type": "text", "text": "≈", "fontSize": 20, "color": QUIET, "aria": False}
    return {
        "data": {"values": [{}]},
        "mark": mark,
        "encoding": {"x": {"value": 14}, "y": {"value": "height"}},
    }


def _keys(figure: Figure) -> list[Key]:
    kinds = {str(record["kind"]) for record in figure.records}
    return [
        Key(words.say(f"figure_flows_kind_{kind}", figure.language), "band", fill=colour)
        for kind, colour in _COLOURS.items()
        if kind in kinds
    ]
