"""Tornado: a result at both ends of each assumption, the one that matters most on top."""

from backlog_model.report import words
from backlog_model.report.charts.axis_names import names, quoted, row_axis
from backlog_model.report.charts.legends import Key, legend
from backlog_model.report.charts.theme import BLUE, INK, ORANGE, Spec, number_format, tooltips, wrapped
from backlog_model.report.figures.figure import Figure

WIDTH, STEP = 430, 40
_LABEL = 42  # characters of a line of labels
_ENDS = (("low", ORANGE), ("high", BLUE))  # light and dark: told apart in grey
_CHARACTER = 6.3  # pixels of an average letter
_TRIES = 8  # of widening the axis: numbers take the more room the wider it is


def tornado(figure: Figure) -> Spec:
    """Marks of a tornado: bars from the median to both results, with the assumption's value at each end."""
    base = float(figure.settings["base"])
    title = words.say("figure_tornado_axis", figure.language, year=figure.settings["year"])
    x: Spec = {"type": "quantitative", "title": title, "axis": {"format": number_format(0), "tickCount": 5}}
    x["scale"] = {"domain": _domain(figure, base), "nice": False, "zero": False}
    lines = _lines(figure)
    y = row_axis("path", list(lines))
    layers = [_bar(figure, name, colour, x, y) for name, colour in _ENDS]
    layers += [_value(name, other, x, y) for name, other in (("low", "high"), ("high", "low"))]
    keys = [
        Key(words.say(f"figure_tornado_{name}_key", figure.language), "band", fill=colour) for name, colour in _ENDS
    ]
    layers += [*names(lines, y), *_median(figure, base, x), *legend(keys, WIDTH, top=-38)]
    return {"width": WIDTH, "height": STEP * len(lines), "layer": layers}


def _domain(figure: Figure, base: float) -> list[float]:
    """Reach of the axis, with room for the numbers beyond the ends of the bars."""
    ends = [
        (float(record[name] or 0.0), _CHARACTER * len(str(record[f"{name}_value"])) + 10)
        for record in figure.records
        for name, _ in _ENDS
    ]
    low = min(base, *(end for end, _ in ends))
    high = max(base, *(end for end, _ in ends))
    for _ in range(_TRIES):
        pixel = (high - low) / WIDTH
        low = min(low, *(end - pixel * room for end, room in ends if end <= base))
        high = max(high, *(end + pixel * room for end, room in ends if end >= base))
    return [low, high]


def _lines(figure: Figure) -> dict[str, list[str]]:
    """Names of the assumptions with their units."""
    return {
        str(record["path"]): [*wrapped(str(record["label"]), _LABEL), str(record["unit"])] for record in figure.records
    }


def _bar(figure: Figure, name: str, colour: str, x: Spec, y: Spec) -> Spec:
    return {
        "transform": [{"calculate": repr(float(figure.settings["base"])), "as": "base"}],
        "mark": {"type": "bar", "color": colour},
        "encoding": {
            "x": {**x, "field": name},
            "x2": {"field": "base"},
            "y": y,
            "tooltip": tooltips(figure),
        },
    }


def _value(name: str, other: str, x: Spec, y: Spec) -> Spec:
    """Value of the assumption beyond the end of its bar: the lower result to the left, the higher to the right."""
    sides = ((f"datum.{name} < datum.{other}", "right", -5), (f"datum.{name} >= datum.{other}", "left", 5))
    return {
        "layer": [
            {
                "transform": [{"filter": where}],
                "mark": {"type": "text", "align": align, "dx": shift, "color": INK, "fontSize": 10.5},
                "encoding": {
                    "x": {**x, "field": name},
                    "y": y,
                    "text": {"field": f"{name}_value", "type": "nominal"},
                },
            }
            for where, align, shift in sides
        ]
    }


def _median(figure: Figure, base: float, x: Spec) -> list[Spec]:
    """Line of the result with everything at its median."""
    one = {"data": {"values": [{"base": base}]}}
    said = {"calculate": f"{quoted(_before(figure))} + format(datum.base, ',.0f')", "as": "said"}
    text = {"type": "text", "baseline": "bottom", "color": INK, "fontSize": 11, "y": -4}
    return [
        {**one, "mark": {"type": "rule", "color": INK, "strokeWidth": 1.2}, "encoding": {"x": {**x, "field": "base"}}},
        {
            **one,
            "transform": [said],
            "mark": text,
            "encoding": {"x": {**x, "field": "base"}, "text": {"field": "said", "type": "nominal"}},
        },
    ]


def _before(figure: Figure) -> str:
    return words.say("figure_tornado_base", figure.language, base="")
