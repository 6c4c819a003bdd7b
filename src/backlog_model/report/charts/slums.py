"""Slum area: a bar for each year, stacked by authority."""

from backlog_model.report.charts.fans import WIDTH
from backlog_model.report.charts.legends import Key, legend
from backlog_model.report.charts.theme import INK, Spec, number_format, tooltips
from backlog_model.report.figures.figure import Figure

HEIGHT = 240
_TINTS = ("#D55E00", "#F0B27A", "#7A4A1E")  # dark, light, middle: told apart in grey
_MOST = 15  # bars that have room for their number


def slums(figure: Figure) -> Spec:
    """Marks of stacked bars, with the sum on each; the axis starts at zero."""
    names = list(dict.fromkeys(str(record["name"]) for record in figure.records))
    years = {record["year"] for record in figure.records}
    x: Spec = {"field": "year", "type": "ordinal", "title": None, "axis": {"labelAngle": 0, "format": "d"}}
    x["scale"] = {"paddingInner": 0.25}
    y: Spec = {"field": "hectares", "type": "quantitative", "title": figure.settings["unit"], "stack": "zero"}
    y["axis"] = {"format": number_format(0)}
    scale = {"domain": names, "range": list(_TINTS[: len(names)])}
    colour = {"field": "name", "type": "nominal", "scale": scale, "sort": names, "legend": None}
    bars = {"mark": {"type": "bar"}, "encoding": {"x": x, "y": y, "color": colour, "tooltip": tooltips(figure)}}
    layers = [bars, *([_sums(x)] if len(years) <= _MOST else [])]
    keys = [Key(name, "band", fill=tint) for name, tint in zip(names, _TINTS, strict=False)]
    return {"width": WIDTH, "height": HEIGHT, "layer": [*layers, *legend(keys, WIDTH)]}


def _sums(x: Spec) -> Spec:
    summed = {"aggregate": [{"op": "sum", "field": "hectares", "as": "sum"}], "groupby": ["year"]}
    text = {"type": "text", "baseline": "bottom", "dy": -3, "fontSize": 10, "color": INK, "aria": False}
    shown = {"field": "sum", "type": "quantitative", "format": number_format(0)}
    return {
        "transform": [summed],
        "mark": text,
        "encoding": {"x": x, "y": {"field": "sum", "type": "quantitative"}, "text": shown},
    }
