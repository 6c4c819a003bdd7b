"""Scenarios side by side: a line each, named at its end."""

from collections.abc import Sequence
from itertools import pairwise
from textwrap import wrap
from typing import Any, NamedTuple

from backlog_model.report import words
from backlog_model.report.charts.end_labels import spread
from backlog_model.report.charts.theme import (
    BLUE,
    GREEN,
    GREY,
    INK,
    ORANGE,
    PURPLE,
    QUIET,
    SKY,
    VERMILION,
    Spec,
    number_format,
    tooltips,
)
from backlog_model.report.figures.figure import Figure

WIDTH, HEIGHT, ENLARGED = 420, 340, 250
_LEADER = 18  # pixels from the end of a line to its name
_LINE, _CHARACTERS = 12.5, 36
_COLOURS = ("#000000", BLUE, VERMILION, GREEN, PURPLE, ORANGE, SKY, GREY, "#7A4A1E")
_DASHES = ((1, 0), (7, 3), (2, 2), (10, 3, 2, 3), (5, 5), (1, 4), (12, 4), (4, 2, 1, 2), (8, 2, 2, 2, 2, 2))
_SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down")
_FAR = 0.5  # a gap at the end that is this part of the whole span squeezes the other lines
_FEW = 1 / 3  # of the scenarios, at most so many are left out where the others are enlarged
_EVERY = 3  # years from one marker to the next


class _End(NamedTuple):
    """Where the line of a scenario ends."""

    scenario: str
    title: str
    value: float
    text: str


def comparison(figure: Figure) -> Spec:
    """One line for each scenario; colour, dashes and markers tell it from the others, its name stands at its end.

    Where a few scenarios lie so far off that the others run together, the others are drawn once more, enlarged.
    """
    ends = _ends(figure)
    near = _near(ends)
    if len(near) == len(ends):
        return _panel(figure, ends, ends, HEIGHT)
    far = [end for end in ends if end not in near]
    titles = ", ".join(end.title for end in far)
    said = words.say("figure_zoom", figure.language, titles=titles, unit=figure.settings["unit"])
    title = {"text": wrap(said, 80), "anchor": "start", "fontSize": 11, "fontWeight": "normal", "color": QUIET}
    others = sum(end.value for end in near) / len(near)
    below = _End("", words.say("figure_zoomed", figure.language), others, "")
    whole = _panel(figure, ends, [*far, below], HEIGHT - 130)
    return {"vconcat": [whole, {**_panel(figure, near, near, ENLARGED), "title": title}], "spacing": 26}


def _ends(figure: Figure) -> list[_End]:
    """Last value of each scenario, in the order of the scenarios."""
    ends: dict[str, _End] = {}
    for record in figure.records:
        value, name = record["central"], str(record["scenario"])
        if isinstance(value, int | float):
            ends[name] = _End(name, str(record["title"]), float(value), figure.text("central", value))
    return list(ends.values())


def _near(ends: Sequence[_End]) -> list[_End]:
    """The scenarios on the larger side of a wide gap, all of them where there is none."""
    ordered = sorted(ends, key=lambda end: end.value)
    gaps = [after.value - before.value for before, after in pairwise(ordered)]
    if not gaps or max(gaps) < _FAR * (ordered[-1].value - ordered[0].value):
        return list(ends)
    split = 1 + gaps.index(max(gaps))
    larger, smaller = sorted((ordered[:split], ordered[split:]), key=len, reverse=True)
    return [end for end in ends if end in larger] if len(smaller) <= _FEW * len(ends) else list(ends)


def _panel(figure: Figure, shown: Sequence[_End], named: Sequence[_End], height: int) -> Spec:
    """Lines of some scenarios, and the names of some of them."""
    names = [end.scenario for end in shown]
    kept = [record for record in figure.records if record["scenario"] in names]
    years = sorted({record["year"] for record in kept if isinstance(record["year"], int)})
    span = _span(kept)
    x: Spec = {"field": "year", "type": "quantitative", "title": None, "scale": {"nice": False, "zero": False}}
    x["axis"] = {"format": "d", "tickMinStep": 1, "grid": False, "labelFlush": False}
    unit = figure.settings["unit"]
    title = unit if span[0] == 0 else words.say("figure_not_from_zero", figure.language, unit=unit)
    y: Spec = {"field": "central", "type": "quantitative", "title": title, "axis": {"format": number_format(0)}}
    y["scale"] = {"domain": list(span), "nice": False}
    colour = _styled(figure, _COLOURS)
    lead = {"test": {"field": "scenario", "equal": figure.settings["lead"]}, "value": 3}
    line = {"x": x, "y": y, "color": colour, "strokeDash": _styled(figure, _DASHES)}
    marked = f"(datum.year - {years[0]}) % {_EVERY} === {(years[-1] - years[0]) % _EVERY}"
    layers: list[Spec] = [
        {
            "transform": [{"calculate": _count(figure), "as": "record"}],
            "mark": "line",
            "encoding": {**line, "strokeWidth": {"condition": lead, "value": 1.8}, "detail": {"field": "record"}},
        },
        {
            "transform": [{"filter": marked}],
            "mark": {"type": "point", "filled": True, "size": 36, "opacity": 1},
            "encoding": {"x": x, "y": y, "color": colour, "shape": _styled(figure, _SHAPES)},
        },
        {
            "mark": {"type": "point", "size": 120, "opacity": 0, "aria": False},
            "encoding": {"x": x, "y": y, "tooltip": tooltips(figure)},
        },
    ]
    only = {"filter": {"field": "scenario", "oneOf": names}}
    drawn = [{**layer, "transform": [only, *layer.get("transform", [])]} for layer in layers]
    return {"width": WIDTH, "height": height, "layer": [*drawn, *_names(figure, named, span, height, colour)]}


def _count(figure: Figure) -> str:
    """Which count of the stock a year belongs to: a line is never drawn across a new one."""
    return " + ".join(["0", *(f"(datum.year >= {year} ? 1 : 0)" for year in figure.settings["again"])])


def _styled(figure: Figure, values: Sequence[Any]) -> Spec:
    """A look for each scenario, the same in both panels."""
    names = list(dict.fromkeys(str(record["scenario"]) for record in figure.records))
    looks = [values[place % len(values)] for place in range(len(names))]
    scale = {"domain": names, "range": [list(each) if isinstance(each, tuple) else each for each in looks]}
    return {"field": "scenario", "type": "nominal", "legend": None, "scale": scale}


def _span(records: Sequence[dict[str, Any]]) -> tuple[float, float]:
    """Lowest and highest value of an axis, with a little room; zero where that squeezes nothing."""
    values = [float(record["central"]) for record in records if record["central"] is not None]
    low, high = min(values), max(values)
    room = 0.05 * (high - low) or 1.0
    return 0.0 if low < 0.4 * high else low - room, high + room


def _names(figure: Figure, ends: Sequence[_End], span: tuple[float, float], height: int, colour: Spec) -> list[Spec]:
    """Names with the last value, beside the ends of the lines, none over another; a thin line leads to each."""
    lines = [wrap(f"{end.title}: {end.text}" if end.text else end.title, _CHARACTERS) for end in ends]
    wanted = [(span[1] - end.value) * height / (span[1] - span[0]) for end in ends]
    places = spread(wanted, [_LINE * len(each) + 4 for each in lines], bottom=height)
    values = [
        {
            **{"scenario": end.scenario, "lines": said, "from": want, "to": place},
            **{"top": place - _LINE * (len(said) - 1) / 2},
            **{"left": WIDTH + 5, "right": WIDTH + _LEADER, "text": WIDTH + _LEADER + 4},
        }
        for end, said, want, place in zip(ends, lines, wanted, places, strict=True)
    ]
    raw = {"type": "quantitative", "scale": None}
    leader = {"x": {"field": "left", **raw}, "x2": {"field": "right"}}
    leader |= {"y": {"field": "from", **raw}, "y2": {"field": "to"}, "color": colour}
    text = {"type": "text", "align": "left", "baseline": "middle", "fontSize": 10.5, "lineHeight": _LINE, "color": INK}
    said = {"x": {"field": "text", **raw}, "y": {"field": "top", **raw}, "text": {"field": "lines"}}
    return [
        {"data": {"values": values}, "mark": {"type": "rule", "aria": False}, "encoding": leader},
        {"data": {"values": values}, "mark": {**text, "aria": False}, "encoding": said},
    ]
