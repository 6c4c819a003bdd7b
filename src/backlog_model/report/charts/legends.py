"""Legends drawn as marks: one row above a chart, whatever its marks, with filled and hollow points told apart."""

from collections.abc import Iterator, Sequence
from typing import Any, Literal, NamedTuple

from backlog_model.report.charts.theme import INK, Spec

_CHARACTER = 6.3  # pixels of an average letter at the size of a legend
_SYMBOL, _GAP, _ROW = 22, 16, 17


class Key(NamedTuple):
    """One entry of a legend.

    Attributes
    ----------
    label : what it stands for
    kind : `band`, `line` or `point`
    stroke, fill : colours; a band has a fill alone, a line a stroke alone
    shape : of a point
    dash : of a line
    """

    label: str
    kind: Literal["band", "line", "point"]
    stroke: str = "transparent"
    fill: str = "transparent"
    shape: str = "circle"
    dash: tuple[int, ...] = ()


def legend(keys: Sequence[Key], width: int, *, top: float | None = None) -> list[Spec]:
    """Layers that draw a legend.

    Parameters
    ----------
    keys : from left to right; what does not fit in one row stands in the next
    width : of the chart, in pixels
    top : of the first row, in pixels from the upper edge of the view; above that edge unless one is given
    """
    placed = list(_placed(keys, width))
    rows = 1 + max((row for *_, row in placed), default=0)
    start = top if top is not None else -8.0 - _ROW * rows
    layers = [_symbol(key, x, start + _ROW * row) for key, x, row in placed]
    texts = [{"x": x + _SYMBOL + 5, "y": start + _ROW * row, "label": key.label} for key, x, row in placed]
    mark = {"type": "text", "align": "left", "baseline": "middle", "color": INK, "fontSize": 11, "aria": False}
    encoding = {**_at("x", "y"), "text": {"field": "label"}}
    return [*layers, {"data": {"values": texts}, "mark": mark, "encoding": encoding}]


def _placed(keys: Sequence[Key], width: int) -> Iterator[tuple[Key, float, int]]:
    """Each key with its left edge and its row."""
    x, row = 0.0, 0
    for key in keys:
        length = _SYMBOL + 5 + _CHARACTER * len(key.label)
        if x and x + length > width:
            x, row = 0.0, row + 1
        yield key, x, row
        x += length + _GAP


def _symbol(key: Key, x: float, y: float) -> Spec:
    values: dict[str, Any] = {"x": x, "y": y, "end": x + _SYMBOL, "low": y - 5, "high": y + 5}
    middle = {**values, "x": x + _SYMBOL / 2}
    if key.kind == "band":
        mark: Spec = {"type": "rect", "fill": key.fill, "stroke": None, "opacity": 1}
        encoding = {**_at("x", "low"), "x2": _raw("end"), "y2": _raw("high")}
    elif key.kind == "line":
        mark = {"type": "rule", "color": key.stroke, "strokeWidth": 2.5, "strokeDash": list(key.dash), "opacity": 1}
        encoding = {**_at("x", "y"), "x2": _raw("end")}
    else:
        mark = {"type": "point", "shape": key.shape, "size": 70, "opacity": 1, "strokeWidth": 1.5}
        mark |= {"filled": True, "fill": key.fill, "stroke": key.stroke}
        encoding = _at("x", "y")
    point = key.kind == "point"
    return {"data": {"values": [middle if point else values]}, "mark": {**mark, "aria": False}, "encoding": encoding}


def _at(x: str, y: str) -> Spec:
    return {"x": {**_raw(x), "type": "quantitative"}, "y": {**_raw(y), "type": "quantitative"}}


def _raw(field: str) -> Spec:
    """A field that holds pixels."""
    return {"field": field, "scale": None} if field in ("x", "y", "low") else {"field": field}
