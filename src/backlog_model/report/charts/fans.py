"""Fan: a central line in bands of draws, with targets and published figures."""

from typing import NamedTuple

from backlog_model.report import words
from backlog_model.report.charts.legends import Key, legend
from backlog_model.report.charts.theme import BLUE, INK, QUIET, VERMILION, Spec, number_format, tooltips
from backlog_model.report.figures.figure import Figure

WIDTH, HEIGHT = 620, 300
_BANDS = (("p05", "p95", 90, "#d3e4f1"), ("p25", "p75", 50, "#9cc4e0"))
_HALF = 0.5  # a stock is at the end of its year: a new count begins between two of them
_ENOUGH = 0.4  # where the lowest value is a smaller part of the highest, the axis starts at zero


class _Points(NamedTuple):
    """One kind of points: a column, and where in it."""

    column: str
    key: Key
    where: str = "true"


def fan(figure: Figure) -> Spec:
    """Marks of a fan: bands from light to dark, the central line, published figures and targets, and their legend.

    `settings["width"]` of the figure, in pixels, stands for the usual width.
    """
    x: Spec = {"field": "year", "type": "quantitative", "title": None, "scale": {"nice": False, "zero": False}}
    x["axis"] = {"format": "d", "tickMinStep": 1, "grid": False, "labelFlush": False}
    y = height(figure)
    kinds = _kinds(figure)
    names = {column.name for column in figure.columns}
    bands = [band for band in _BANDS if band[0] in names]
    keys = [Key(_band_label(figure, percent), "band", fill=tint) for _, _, percent, tint in bands]
    keys += [Key(words.say("figure_central", figure.language), "line", stroke=BLUE), *(each.key for each in kinds)]
    layers = [_band(figure, low, high, tint, x, y) for low, high, _, tint in bands]
    layers += [*_verticals(figure), *_target_line(figure, x, y), _central(figure, x, y)]
    layers += [_points(each, x, y) for each in kinds]
    width = figure.settings.get("width", WIDTH)
    return {"width": width, "height": HEIGHT, "layer": [*layers, _hover(figure, x), *legend(keys, width)]}


def height(figure: Figure) -> Spec:
    """Axis of values; it says so where it does not start at zero."""
    columns = [column for column in figure.columns if column.kind == "number"]
    values = [record[column.name] for record in figure.records for column in columns]
    known = [value for value in values if isinstance(value, int | float)]
    zero = min(known) < _ENOUGH * max(known)
    unit = figure.settings["unit"]
    title = unit if zero else words.say("figure_not_from_zero", figure.language, unit=unit)
    shape = number_format(min(columns[0].decimals, 1))
    return {"type": "quantitative", "title": title, "scale": {"zero": zero}, "axis": {"format": shape}}


def _band_label(figure: Figure, percent: int) -> str:
    return words.say("figure_band", figure.language, percent=percent)


def _band(figure: Figure, low: str, high: str, tint: str, x: Spec, y: Spec) -> Spec:
    """A band of draws in a tint of its own, so that it reads in grey."""
    return {
        "transform": [{"filter": f"isValid(datum.{low})"}],
        "mark": {"type": "area", "color": tint, "opacity": 1, "aria": False},
        "encoding": {"x": x, "y": {**y, "field": low}, "y2": {"field": high}, **_detail(figure)},
    }


def _detail(figure: Figure) -> Spec:
    """What breaks lines and bands where the record changes."""
    recorded = any(column.name == "record" for column in figure.columns)
    return {"detail": {"field": "record", "type": "nominal"}} if recorded else {}


def _central(figure: Figure, x: Spec, y: Spec) -> Spec:
    return {
        "transform": [{"filter": "isValid(datum.central)"}],
        "mark": {"type": "line", "color": BLUE, "strokeWidth": 2.5, "point": {"size": 20, "color": BLUE}},
        "encoding": {"x": x, "y": {**y, "field": "central"}, **_detail(figure)},
    }


def _verticals(figure: Figure) -> list[Spec]:
    """The last known year, and where the stock is counted again."""
    now = figure.settings.get("now")
    marks = [(now, words.say("figure_now", figure.language, year=now), [2, 3])] if now is not None else []
    again = words.say("figure_again_mark", figure.language)
    marks += [(year - _HALF, again, [6, 3]) for year in figure.settings.get("again", ())]
    layers: list[Spec] = []
    for year, label, dash in marks:
        data = {"values": [{"year": year, "label": label}]}
        x = {"field": "year", "type": "quantitative"}
        rule = {"type": "rule", "color": QUIET, "strokeDash": dash, "aria": False}
        text = {"type": "text", "align": "left", "baseline": "top", "dx": 4, "dy": 1, "color": QUIET, "fontSize": 10}
        layers.append({"data": data, "mark": rule, "encoding": {"x": x}})
        said = {"x": x, "y": {"value": 0}, "text": {"field": "label"}}
        layers.append({"data": data, "mark": {**text, "aria": False}, "encoding": said})
    return layers


def _target_line(figure: Figure, x: Spec, y: Spec) -> list[Spec]:
    """A line through targets of one kind; a level through the whole chart where there is one target."""
    held = [record for record in figure.records if record.get("target") is not None]
    if not held:
        return []
    stroke: Spec = {"color": VERMILION, "strokeWidth": 1.5, "strokeDash": [5, 4], "aria": False}
    encoding: Spec = {"y": {**y, "field": "target"}}
    if len(held) > 1:
        encoding |= {"x": x, "detail": {"field": "target_kind", "type": "nominal"}}
    mark = {"type": "line" if len(held) > 1 else "rule", **stroke}
    return [{"transform": [{"filter": "isValid(datum.target)"}], "mark": mark, "encoding": encoding}]


def _kinds(figure: Figure) -> list[_Points]:
    """Published figures and targets, each kind with a shape of its own, as far as there are any."""
    records = figure.records
    on_record = Key(words.say("figure_observed", figure.language), "point", stroke=INK, fill=INK)
    found = [_Points("observed", on_record)] if any(record.get("observed") is not None for record in records) else []
    present = {record.get("target_kind") for record in records}
    for kind, fill in zip(figure.settings.get("kinds", ("", "")), (VERMILION, "#ffffff"), strict=True):
        if kind in present:
            key = Key(kind, "point", stroke=VERMILION, fill=fill, shape="diamond")
            found.append(_Points("target", key, f"datum.target_kind === '{kind}'"))
    if any(record.get("stricter") is not None for record in records):
        label = words.say("figure_stricter", figure.language)
        found.append(_Points("stricter", Key(label, "point", VERMILION, "#ffffff", "triangle-down")))
    return found


def _points(points: _Points, x: Spec, y: Spec) -> Spec:
    key = points.key
    mark = {"type": "point", "shape": key.shape, "size": 80, "filled": True, "strokeWidth": 1.5, "opacity": 1}
    return {
        "transform": [{"filter": f"isValid(datum.{points.column}) && {points.where}"}],
        "mark": {**mark, "fill": key.fill, "stroke": key.stroke},
        "encoding": {"x": x, "y": {**y, "field": points.column}},
    }


def _hover(figure: Figure, x: Spec) -> Spec:
    """An unseen bar over each year that shows all its numbers."""
    mark = {"type": "rule", "strokeWidth": 24, "opacity": 0, "aria": False}
    return {"mark": mark, "encoding": {"x": x, "tooltip": tooltips(figure)}}
