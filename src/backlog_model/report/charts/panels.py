"""Small multiples: one panel for each region, lines and 90 % range."""

from backlog_model.report import words
from backlog_model.report.charts.legends import Key, legend
from backlog_model.report.charts.theme import BLUE, INK, Spec, number_format, tooltips
from backlog_model.report.figures.figure import Figure

HEIGHT = 84
_LAYOUTS = {"shared": (5, 118, 14), "independent": (4, 120, 56)}  # columns, width, and between two: room for an axis
_TINT, _BASE = "#bcd7ea", "#8a939c"


def same_scale(figure: Figure) -> Spec:
    """Panels that share their axes."""
    return _panels(figure, "shared", zero=True)


def own_scale(figure: Figure) -> Spec:
    """Panels with an axis each."""
    return _panels(figure, "independent", zero=False)


def index(figure: Figure) -> Spec:
    """Panels that share an axis on which the opening is 100, with a line at it."""
    base: Spec = {"mark": {"type": "rule", "color": _BASE, "strokeDash": [3, 3], "aria": False}}
    return _panels(figure, "shared", zero=False, beneath=[{**base, "encoding": {"y": {"datum": 100}}}])


def _panels(figure: Figure, scale: str, *, zero: bool, beneath: list[Spec] | None = None) -> Spec:
    names = {column.name for column in figure.columns}
    years = sorted({record["year"] for record in figure.records if isinstance(record["year"], int)})
    axis = {"format": "d", "values": [years[0], years[len(years) // 2], years[-1]], "grid": False, "labelFlush": True}
    span = {"nice": False, "zero": False}
    x: Spec = {"field": "year", "type": "quantitative", "title": None, "scale": span, "axis": axis}
    ticks = {"format": number_format(0), "tickCount": 4, "labelFlush": True}
    y: Spec = {"type": "quantitative", "title": None, "scale": {"zero": zero}, "axis": ticks}
    detail = {"detail": {"field": "record", "type": "nominal"}} if "record" in names else {}
    layers: list[Spec] = []
    if "p05" in names:
        mark = {"type": "area", "color": _TINT, "opacity": 1, "aria": False}
        layers.append(
            {"mark": mark, "encoding": {"x": x, "y": {**y, "field": "p05"}, "y2": {"field": "p95"}, **detail}}
        )
    layers += beneath or ()
    line = {"type": "line", "color": BLUE, "strokeWidth": 2}
    layers.append({"mark": line, "encoding": {"x": x, "y": {**y, "field": "central"}, **detail}})
    hover = {"type": "rule", "strokeWidth": 11, "opacity": 0, "aria": False}
    layers.append({"mark": hover, "encoding": {"x": x, "tooltip": tooltips(figure)}})
    regions = list(dict.fromkeys(record["name"] for record in figure.records))
    header = {"title": None, "labelAnchor": "start", "labelPadding": 4, "labelColor": INK, "labelFontSize": 11}
    facet = {"field": "name", "type": "nominal", "sort": regions, "header": {**header, "labelFontWeight": "bold"}}
    resolve = {"scale": {"y": scale}, "axis": {"x": "independent"}}
    columns, width, between = _LAYOUTS[scale]
    grid = {
        **{"facet": facet, "columns": columns, "bounds": "flush", "spacing": {"row": 50, "column": between}},
        **{"spec": {"width": width, "height": HEIGHT, "layer": layers}, "resolve": resolve},
    }
    return {"vconcat": [_key(figure, "p05" in names), grid], "spacing": 10}


def _key(figure: Figure, ranged: bool) -> Spec:
    keys = [Key(words.say("figure_central", figure.language), "line", stroke=BLUE)]
    if ranged:
        keys.append(Key(words.say("figure_band", figure.language, percent=90), "band", fill=_TINT))
    unit = {"text": figure.settings["unit"], "anchor": "start", "fontSize": 11, "fontWeight": "normal", "offset": 2}
    return {"width": 640, "height": 14, "title": unit, "layer": legend(keys, 640, top=7)}
