"""Fan: a central line in bands of draws, with targets and published figures."""

from backlog_model.report.charts.theme import BLUE, INK, VERMILION, Spec, number_format
from backlog_model.report.figures.figure import Figure

WIDTH, HEIGHT = 620, 300
_BANDS = (("p05", "p95", 0.18), ("p25", "p75", 0.28))


def fan(figure: Figure) -> Spec:
    """Marks of a fan: bands from light to dark, the central line, target and published figures as points."""
    names = {column.name: column for column in figure.columns}
    shape = number_format(names["central"].decimals)
    x: Spec = {"field": "year", "type": "quantitative", "title": None, "scale": {"nice": False}}
    x["axis"] = {"format": "d", "tickMinStep": 1, "grid": False}
    y: Spec = {
        "type": "quantitative",
        "title": figure.settings["unit"],
        "scale": {"zero": False},
        "axis": {"format": shape},
    }
    tooltip = [
        {
            "field": each.name,
            "title": each.label,
            "format": "d" if each.kind == "year" else number_format(each.decimals),
        }
        for each in figure.columns
    ]
    layers: list[Spec] = [
        {
            "mark": {"type": "area", "color": BLUE, "opacity": opacity, "aria": False},
            "encoding": {"x": x, "y": {**y, "field": low}, "y2": {"field": high}},
        }
        for low, high, opacity in _BANDS
        if low in names
    ]
    layers.append(
        {
            "mark": {"type": "line", "color": BLUE, "strokeWidth": 2.5, "point": {"size": 22, "color": BLUE}},
            "encoding": {"x": x, "y": {**y, "field": "central"}, "tooltip": tooltip},
        }
    )
    layers.append(_points("target", x, y, VERMILION, "diamond", names["target"].label))
    return {"width": WIDTH, "height": HEIGHT, "layer": layers}


def _points(field: str, x: Spec, y: Spec, colour: str, shape: str, label: str) -> Spec:
    """Points with their name beside the last of them."""
    mark = {"type": "point", "shape": shape, "size": 90, "filled": True, "color": colour}
    return {
        "transform": [{"filter": f"isValid(datum.{field})"}],
        "layer": [
            {"mark": mark, "encoding": {"x": x, "y": {**y, "field": field}}},
            {
                "transform": [
                    {"window": [{"op": "rank", "as": "place"}], "sort": [{"field": "year", "order": "descending"}]},
                    {"filter": "datum.place == 1"},
                ],
                "mark": {"type": "text", "align": "left", "dx": 8, "dy": -8, "color": INK, "text": label},
                "encoding": {"x": x, "y": {**y, "field": field}},
            },
        ],
    }
