"""Maps of regions: tiles placed by the centres, or the boundaries of the user's own file."""

from collections.abc import Mapping, Sequence
from textwrap import wrap
from typing import Any

from backlog_model.report.charts.theme import (
    BETTER_RAMP,
    DIVERGING,
    INK,
    QUIET,
    WORSE_RAMP,
    Spec,
    dark_from,
    number_format,
    tooltips,
)
from backlog_model.report.figures.figure import Figure

_TILE = (116, 82)
_OUTLINE, _LIST, _LINE = 430, 190, 19
_CHARACTERS = 15  # of a name on a line of a tile


def regional_map(figure: Figure) -> Spec:
    """Regions coloured by value, each with its number on it or beside it."""
    boundaries = figure.settings.get("boundaries")
    return _tiles(figure) if boundaries is None else _outlines(figure, boundaries)


def _tiles(figure: Figure) -> Spec:
    """Tiles with name and number."""
    records = figure.records
    columns, rows = (1 + max(int(str(record[name])) for record in records) for name in ("column", "row"))
    x: Spec = {"field": "column", "type": "ordinal", "axis": None}
    x["scale"] = {"paddingInner": 0.05, "paddingOuter": 0.02}
    place = {"x": x, "y": {**x, "field": "row"}}
    tile = {"type": "rect", "cornerRadius": 5, "stroke": "#8a939c", "strokeWidth": 0.5}
    text: Spec = {"type": "text", "align": "center", "baseline": "middle", "aria": False}
    name = {**text, "fontSize": 11, "lineHeight": 13, "dy": -18}
    value = {**text, "fontSize": 14, "fontWeight": 600, "dy": 20}
    lines = [{"region": each["region"], "lines": wrap(str(each["name"]), _CHARACTERS)[:2]} for each in records]
    looked_up = {"lookup": "region", "from": {"data": {"values": lines}, "key": "region", "fields": ["lines"]}}
    letters = {**place, "color": _letters(figure)}
    return {
        "width": _TILE[0] * columns,
        "height": _TILE[1] * rows,
        "transform": [_shown(figure)],
        "layer": [
            {"mark": tile, "encoding": {**place, "color": _colour(figure), "tooltip": tooltips(figure)}},
            {"transform": [looked_up], "mark": name, "encoding": {**letters, "text": {"field": "lines"}}},
            {"mark": value, "encoding": {**letters, "text": {"field": "shown"}}},
        ],
        "resolve": {"scale": {"color": "independent"}},
    }


def _outlines(figure: Figure, boundaries: Mapping[str, Any]) -> Spec:
    """Boundaries with the rank of each region in the list beside them: names would cover small regions."""
    ranked = {str(record["region"]): place for place, record in enumerate(figure.records, 1)}
    known = {"data": {"name": "figure"}, "key": "region", "fields": ["region", "name", "value"]}
    values = [
        {**feature, "code": feature["properties"]["region"]}
        for feature in boundaries["features"]
        if feature["properties"]["region"] in ranked
    ]
    joined = [{"lookup": "code", "from": known}]
    points = [
        {"code": code, "rank": str(place), "x": point[0], "y": point[1]}
        for code, place in ranked.items()
        for point in [boundaries["points"][code]]
    ]
    projection = {"type": "identity", "reflectY": True}
    shape = {"type": "geoshape", "stroke": "#5b6570", "strokeWidth": 0.6}
    coloured = {
        "color": _colour(figure),
        "tooltip": [each for each in tooltips(figure) if each["field"] in ("name", "value")],
    }
    place = {"longitude": {"field": "x"}, "latitude": {"field": "y"}, "text": {"field": "rank"}}
    letter: Spec = {"type": "text", "fontSize": 11, "fontWeight": 600, "aria": False}
    outlines = {
        "width": _OUTLINE,
        "height": _OUTLINE,
        "projection": projection,
        "layer": [
            {"data": {"values": values}, "transform": joined, "mark": shape, "encoding": coloured},
            {"data": {"values": points}, "mark": {**letter, "stroke": "#fff", "strokeWidth": 3}, "encoding": place},
            {"data": {"values": points}, "mark": {**letter, "color": INK}, "encoding": place},
        ],
    }
    return {"hconcat": [outlines, _list(figure)], "spacing": 20}


def _list(figure: Figure) -> Spec:
    """Rank, name and number of every region."""
    order = {"window": [{"op": "row_number", "as": "rank"}]}
    y: Spec = {"field": "rank", "type": "ordinal", "axis": None}
    text: Spec = {"type": "text", "baseline": "middle", "color": INK, "fontSize": 11, "aria": False}
    columns = (("rank", 16, "right"), ("name", 24, "left"), ("shown", _LIST, "right"))
    return {
        "width": _LIST,
        "height": _LINE * len(figure.rows),
        "transform": [order, _shown(figure)],
        "layer": [
            {
                "mark": {**text, "align": align, **({"color": QUIET} if field == "rank" else {})},
                "encoding": {"x": {"value": x}, "y": y, "text": {"field": field}},
            }
            for field, x, align in columns
        ],
    }


def _shown(figure: Figure) -> Spec:
    """The number on a region; of a change, an arrow tells the direction without colour."""
    decimals = next(column.decimals for column in figure.columns if column.name == "value")
    shape, kind = number_format(decimals), figure.settings["kind"]
    text = f"format(datum.value, '{shape}')"
    if kind == "change":
        text = f"(datum.value < 0 ? '▼ ' : datum.value > 0 ? '▲ ' : '') + format(abs(datum.value), '{shape}')"
    if kind == "chance":
        text += " + ' %'"
    return {"calculate": f"isValid(datum.value) ? {text} : '–'", "as": "shown"}


def _colour(figure: Figure) -> Spec:
    """Ramp of a map: from little to much of what is bad or good, or from worse to better around nothing."""
    domain, ramp = _domain(figure), _ramp(figure)
    steps = len(ramp) - 1
    points = [domain[0] + (domain[1] - domain[0]) * position / steps for position in range(steps + 1)]
    legend = {"title": figure.settings["unit"], "orient": "right", "gradientLength": 160, "tickCount": 5}
    signed = figure.settings["kind"] == "change"
    legend["format"] = number_format(0)
    if signed:
        legend["labelExpr"] = "datum.value > 0 ? '+' + datum.label : datum.label"
    return {
        "condition": {
            "test": "isValid(datum.value)",
            **{"field": "value", "type": "quantitative", "legend": legend},
            "scale": {"domain": points, "range": list(ramp), "clamp": True},
        },
        "value": "#ffffff",
    }


def _domain(figure: Figure) -> tuple[float, float]:
    values = [abs(value) for value in _values(figure)]
    largest = max(values, default=0.0) or 1.0
    if figure.settings["kind"] == "chance":
        return 0.0, 100.0
    return (-largest, largest) if figure.settings["kind"] == "change" else (0.0, largest)


def _values(figure: Figure) -> Sequence[float]:
    held = [record["value"] for record in figure.records]
    return [float(each) for each in held if isinstance(each, int | float)]


def _ramp(figure: Figure) -> tuple[str, ...]:
    falling_is_better = figure.settings["direction"] == "down"
    if figure.settings["kind"] == "change":
        return DIVERGING[::-1] if falling_is_better else DIVERGING
    if figure.settings["kind"] == "chance":
        return BETTER_RAMP if falling_is_better else WORSE_RAMP
    return WORSE_RAMP if falling_is_better else BETTER_RAMP


def _letters(figure: Figure) -> Spec:
    """Colour of letters that is read on every step of the ramp."""
    ramp, (start, end) = _ramp(figure), _domain(figure)
    if start < 0:  # two ramps, from the middle to either end
        middle = len(ramp) // 2
        part = min(dark_from(ramp[middle:]), dark_from(ramp[middle::-1]))
    else:
        part = dark_from(ramp)
    return {"condition": {"test": f"abs(datum.value) > {part * end!r}", "value": "#ffffff"}, "value": INK}
