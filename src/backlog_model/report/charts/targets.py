"""Targets: the chance of each with its error, beside the chance wanted."""

from backlog_model.report import words
from backlog_model.report.charts.axis_names import names, quoted, row_axis
from backlog_model.report.charts.legends import Key, legend
from backlog_model.report.charts.theme import BLUE, INK, ORANGE, QUIET, Spec, tooltips, wrapped
from backlog_model.report.figures.figure import Figure

WIDTH, STEP = 330, 38
_LABEL = 52  # characters of a line of labels
_UP = "datum.chance + 1e-9"  # a half goes up, as in the tables, and not down because 45.15 has no exact binary form


def targets(figure: Figure) -> Spec:
    """Marks of targets in the order written: official ones filled, illustrations hollow, unknown chances a dash."""
    x: Spec = {"type": "quantitative", "title": words.say("figure_targets_chance", figure.language) + ", %"}
    x |= {"scale": {"domain": [0, 100]}, "axis": {"tickCount": 5}}
    lines = _lines(figure)
    y = row_axis("target", list(lines))
    tooltip = tooltips(figure)
    layers: list[Spec] = [
        {
            "transform": [{"calculate": "0", "as": "from"}, {"calculate": "100", "as": "to"}],
            "mark": {"type": "rule", "color": "#e6e9ed", "aria": False},
            "encoding": {"x": {**x, "field": "from"}, "x2": {"field": "to"}, "y": {**y, "bandPosition": 0.5}},
        },
        {
            "mark": {"type": "tick", "color": INK, "thickness": 2.5, "size": 18},
            "encoding": {"x": {**x, "field": "wanted_chance"}, "y": y},
        },
        _errors(x, y),
        {
            "transform": [{"filter": "isValid(datum.chance)"}, {"calculate": _UP, "as": "chance"}],
            "mark": {"type": "point", "filled": True, "size": 95, "opacity": 1, "strokeWidth": 2},
            "encoding": {"x": {**x, "field": "chance"}, "y": y, **_looks(figure), "tooltip": tooltip},
        },
        *_numbers(x, y),
    ]
    layers += [*names(lines, y), *legend(_keys(figure), WIDTH + 100)]
    return {"width": WIDTH, "height": STEP * len(lines), "layer": layers}


def _lines(figure: Figure) -> dict[str, list[str]]:
    """What is promised, then how much, by when and by whom."""
    found = {}
    for record in figure.records:
        wanted = words.say("figure_targets_line_wanted", figure.language, **record)
        found[str(record["target"])] = [*wrapped(str(record["subject"]), _LABEL), wanted]
    return found


def _looks(figure: Figure) -> Spec:
    """Circles reach the chance wanted, triangles fall short; official targets are filled."""
    official = quoted(words.say("figure_targets_published", figure.language))
    reached = "datum.chance >= datum.wanted_chance"
    return {
        "shape": {"condition": {"test": reached, "value": "circle"}, "value": "triangle-down"},
        "stroke": {"condition": {"test": reached, "value": BLUE}, "value": ORANGE},
        "fill": {
            "condition": [
                {"test": f"datum.kind != {official}", "value": "#ffffff"},
                {"test": reached, "value": BLUE},
            ],
            "value": ORANGE,
        },
    }


def _errors(x: Spec, y: Spec) -> Spec:
    return {
        "transform": [
            {"filter": "isValid(datum.chance)"},
            {"calculate": "max(0, datum.chance - 2 * datum.error)", "as": "from"},
            {"calculate": "min(100, datum.chance + 2 * datum.error)", "as": "to"},
        ],
        "mark": {"type": "rule", "color": QUIET, "strokeWidth": 1.5},
        "encoding": {"x": {**x, "field": "from"}, "x2": {"field": "to"}, "y": {**y, "bandPosition": 0.5}},
    }


def _numbers(x: Spec, y: Spec) -> list[Spec]:
    """Chance in percent to the right of the scale; a dash where it is not known."""
    error = "(datum.error < 0.05 ? '<' + format(0.1, '.1f') : format(datum.error, '.1f'))"
    said = f"isValid(datum.chance) ? format({_UP}, '.1f') + ' ± ' + {error} : '–'"
    mark = {"type": "text", "align": "left", "dx": 12, "color": INK, "fontSize": 11}
    return [
        {
            "transform": [{"calculate": said, "as": "said"}, {"calculate": "100", "as": "edge"}],
            "mark": mark,
            "encoding": {"x": {**x, "field": "edge"}, "y": y, "text": {"field": "said", "type": "nominal"}},
        }
    ]


def _keys(figure: Figure) -> list[Key]:
    def say(name: str) -> str:
        return words.say(f"figure_targets_{name}", figure.language)

    return [
        Key(say("reached"), "point", stroke=BLUE, fill=BLUE),
        Key(say("short"), "point", stroke=ORANGE, fill=ORANGE, shape="triangle-down"),
        Key(say("illustrative"), "point", stroke=QUIET, fill="#ffffff"),
        Key(say("wanted_chance"), "point", stroke=INK, fill=INK, shape="M0,-1L0,1"),
    ]
