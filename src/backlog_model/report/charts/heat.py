"""Heat map: a chance by year and money, the number in every cell."""

from backlog_model.report import words
from backlog_model.report.charts.axis_names import quoted
from backlog_model.report.charts.theme import BETTER_RAMP, INK, Spec, tooltips
from backlog_model.report.figures.figure import Figure
from backlog_model.report.numbers import number

WIDTH, STEP = 540, 34
_DARK = 70.0  # percent from which white reads better


def heat(figure: Figure) -> Spec:
    """Marks of a heat map: darker is likelier; least money at the foot, the money as written framed."""
    rows = _rows(figure)
    x: Spec = {"field": "year", "type": "ordinal", "title": None, "axis": {"labelAngle": 0, "ticks": False}}
    y: Spec = {"field": "funding", "type": "ordinal", "sort": "descending", "axis": _axis(rows), "title": None}
    colour: Spec = {"field": "chance", "type": "quantitative", "legend": None}
    colour["scale"] = {"domain": [0, 25, 50, 75, 100], "range": list(BETTER_RAMP), "clamp": True}
    cells = {
        "mark": {"type": "rect", "stroke": "#ffffff", "strokeWidth": 1.5},
        "encoding": {"x": x, "y": y, "color": colour, "tooltip": tooltips(figure)},
    }
    frame = {
        "transform": [{"filter": "datum.funding == 1"}],
        "mark": {"type": "rect", "fill": None, "stroke": INK, "strokeWidth": 2, "aria": False},
        "encoding": {"y": y},
    }
    return {"width": WIDTH, "height": STEP * len(rows), "layer": [cells, frame, _numbers(x, y)]}


def _rows(figure: Figure) -> dict[float, str]:
    """Name of each row: times the money, and how much that is in a year, on the mean."""
    amounts: dict[float, list[float]] = {}
    for record in figure.records:
        amounts.setdefault(float(record["funding"] or 0.0), []).append(float(record["budget"] or 0.0))
    named = {}
    for multiple, budgets in amounts.items():
        budget = number(sum(budgets) / len(budgets), figure.language)
        shown = number(multiple, figure.language, decimals=0 if multiple.is_integer() else 1)
        message = "figure_chance_row_now" if multiple == 1.0 else "figure_chance_row"
        named[multiple] = words.say(message, figure.language, multiple=shown, budget=budget)
    return named


def _axis(rows: dict[float, str]) -> Spec:
    chosen = "".join(f"datum.value === {multiple!r} ? {quoted(label)} : " for multiple, label in rows.items())
    return {"labelExpr": f"{chosen}datum.label", "labelLimit": 240, "labelPadding": 7, "ticks": False, "domain": False}


def _numbers(x: Spec, y: Spec) -> Spec:
    """Percent in every cell; what is neither impossible nor certain in the draws is not rounded to that."""
    said = (
        "datum.chance > 0 && datum.chance < 0.5 ? '<1' : datum.chance < 100 && datum.chance >= 99.5 ? '>99' : "
        "format(datum.chance, '.0f')"
    )
    return {
        "transform": [{"calculate": said, "as": "said"}],
        "mark": {"type": "text", "fontSize": 11},
        "encoding": {
            **{"x": x, "y": y, "text": {"field": "said", "type": "nominal"}},
            "color": {"condition": {"test": f"datum.chance > {_DARK}", "value": "#ffffff"}, "value": INK},
        },
    }
