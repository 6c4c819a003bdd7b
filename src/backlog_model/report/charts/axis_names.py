"""Names beside the rows of a chart, each on as many lines as it takes, and texts inside expressions."""

from collections.abc import Mapping, Sequence

from backlog_model.report.charts.theme import INK, Spec

_LINE = 13  # pixels


def quoted(text: str) -> str:
    """A text as a part of an expression."""
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def listed(texts: Sequence[str]) -> str:
    """Texts as a list in an expression."""
    return f"[{', '.join(map(quoted, texts))}]"


def row_axis(field: str, order: Sequence[str], *, gap: float = 0.35) -> Spec:
    """Vertical scale of rows in an order, without an axis: `names` writes what they are.

    Parameters
    ----------
    gap : between rows, as a share of their height
    """
    scale = {"paddingInner": gap, "paddingOuter": gap / 2}
    return {"field": field, "type": "nominal", "sort": list(order), "title": None, "axis": None, "scale": scale}


def names(lines: Mapping[str, Sequence[str]], y: Spec) -> list[Spec]:
    """Layers that write the names of rows to the left of a chart; an axis would set long ones off centre.

    Parameters
    ----------
    lines : by value of the rows' field
    y : scale of the rows, as from `row_axis`
    """
    layers = []
    for count in sorted({len(said) for said in lines.values()}):
        values = [{y["field"]: value, "said": list(said)} for value, said in lines.items() if len(said) == count]
        shift = -_LINE * (count - 1) / 2
        mark = {"type": "text", "align": "right", "baseline": "middle", "dx": -8, "dy": shift, "lineHeight": _LINE}
        layers.append(
            {
                "data": {"values": values},
                "mark": {**mark, "color": INK, "fontSize": 11},
                "encoding": {"x": {"value": 0}, "y": y, "text": {"field": "said", "type": "nominal"}},
            }
        )
    return layers
