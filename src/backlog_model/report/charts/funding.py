"""Funding: budget by source stacked over the years, with what is spent marked."""

from backlog_model.report import words
from backlog_model.report.charts.axis_names import listed
from backlog_model.report.charts.legends import Key, legend
from backlog_model.report.charts.theme import INK, Spec, number_format, tooltips
from backlog_model.report.figures.figure import Figure

WIDTH, HEIGHT = 620, 280
_TINTS = ("#08519c", "#e69f00", "#3a7d7c", "#b9dcf2", "#7a3b00", "#e8bcd3", "#4d4d4d", "#f0e442", "#009e73")
"""Dark and light by turns, so that neighbours in a bar are told apart in grey."""


def funding(figure: Figure) -> Spec:
    """Marks of stacked bars, largest source at the foot; a diamond marks the spending of all sources."""
    names = _by_size(figure)
    tints = [_TINTS[place % len(_TINTS)] for place in range(len(names))]
    axis: Spec = {"format": number_format(0)}
    x: Spec = {"field": "year", "type": "ordinal", "title": None, "axis": {"labelAngle": 0}}
    y: Spec = {"type": "quantitative", "title": words.say("figure_funding_axis", figure.language), "axis": axis}
    colour = {"field": "name", "type": "nominal", "legend": None, "scale": {"domain": names, "range": tints}}
    order = [{"calculate": f"indexof({listed(names)}, datum.name)", "as": "place"}]
    bars: Spec = {
        "transform": order,
        "mark": {"type": "bar", "stroke": "#ffffff", "strokeWidth": 1},
        "encoding": {
            **{"x": x, "y": {**y, "field": "budget", "stack": "zero"}, "color": colour, "tooltip": tooltips(figure)},
            "order": {"field": "place", "type": "quantitative", "sort": "ascending"},
        },
    }
    keys = [Key(name, "band", fill=tint) for name, tint in zip(names, tints, strict=True)]
    spent = words.say("figure_funding_spent_all", figure.language)
    keys.append(Key(spent, "point", stroke=INK, fill="#ffffff", shape="diamond"))
    layers = [bars, _sums(x, y), _spent(x, y), *legend(keys, WIDTH)]
    return {"width": WIDTH, "height": HEIGHT, "layer": layers}


def _by_size(figure: Figure) -> list[str]:
    """Names of the sources, the one with most money first."""
    sums: dict[str, float] = {}
    for record in figure.records:
        sums[str(record["name"])] = sums.get(str(record["name"]), 0.0) + float(record["budget"] or 0.0)
    return sorted(sums, key=lambda name: -sums[name])


def _total(field: str) -> list[Spec]:
    return [{"aggregate": [{"op": "sum", "field": field, "as": f"all_{field}"}], "groupby": ["year"]}]


def _sums(x: Spec, y: Spec) -> Spec:
    """Whole budget of a year, above its bar."""
    return {
        "transform": _total("budget"),
        "mark": {"type": "text", "dy": -8, "color": INK, "fontSize": 10.5},
        "encoding": {
            "x": x,
            "y": {**y, "field": "all_budget"},
            "text": {"field": "all_budget", "format": number_format(1)},
        },
    }


def _spent(x: Spec, y: Spec) -> Spec:
    mark = {"type": "point", "shape": "diamond", "size": 80, "filled": True, "fill": "#ffffff", "opacity": 1}
    return {
        "transform": _total("spent"),
        "mark": {**mark, "stroke": INK, "strokeWidth": 1.5},
        "encoding": {"x": x, "y": {**y, "field": "all_spent"}},
    }
