"""The comparison as Markdown tables."""

from typing import Any

COMPILED, ARRAYS = "this package, compiled path", "this package, array path"
ALONE, ARITHMETIC = "Numba, these equations alone", "arithmetic in the first-level cache"


def tables(measured: dict[str, Any]) -> str:
    """Machine, comparison and limits, as Markdown."""
    parts = [_machine(measured), _comparison(measured["tools"])]
    if measured["missing"]:
        parts.append("Left out: " + "; ".join(measured["missing"]))
    if "limits" in measured:
        parts.append(_limits(measured))
    return "\n\n".join(parts)


def _machine(measured: dict[str, Any]) -> str:
    machine = measured["machine"]
    return (
        f"{machine['date']}; one core of {machine['cores']} ({machine['processor']}), {machine['system']};"
        f" Python {machine['python']}, NumPy {machine['numpy']}. Load of the machine {_load(measured['load_before'])}"
        f" before, {_load(measured['load_after'])} after."
    )


def _comparison(tools: list[dict[str, Any]]) -> str:
    compiled, arrays = _best(tools, COMPILED), _best(tools, ARRAYS)
    lines = [
        "| Way | Release | Draws | Million region-years/s, best (median) | Compiled path, times | Array path, times |",
        "|---|---|--:|--:|--:|--:|",
    ]
    lines += [
        f"| {row['name']} | {_releases(row)} | {_draws(row)} | {_number(row['best'])} ({_number(row['median'])})"
        f" | {_ratio(compiled, row)} | {_ratio(arrays, row)} |"
        for row in sorted(tools, key=lambda row: -row["best"])
    ]
    worst = max(row["disagreement"] for row in tools)
    return "\n".join([*lines, "", f"Largest relative disagreement on the same numbers: {worst:.1e}. {_share(tools)}"])


def _limits(measured: dict[str, Any]) -> str:
    rates = {limit["name"]: limit["rate"] for limit in measured["limits"]}
    lines = ["| Limit of this core | Measured |", "|---|--:|"]
    lines += [f"| {limit['name']} | {_number(limit['rate'])} {limit['unit']} |" for limit in measured["limits"]]
    equations, model = (measured[f"operations_of_the_{what}"] for what in ("equations", "model"))
    lines += [
        f"| operations of these equations in a region-year | {equations:.0f} |",
        f"| operations of the whole model in one, array path | {model:.0f} |",
    ]
    compiled, alone = _best(measured["tools"], COMPILED), _best(measured["tools"], ALONE)
    if ARITHMETIC in rates:
        most = rates[ARITHMETIC] * 1e3 / equations
        lines.append(f"| these equations at most, by arithmetic | {_number(most)} million region-years/s |")
    if compiled and alone:
        lines.append(f"| compiled path, of these equations alone in Numba | {compiled / alone:.0%} |")
    return "\n".join(lines)


def _share(tools: list[dict[str, Any]]) -> str:
    wall, processor = (sum(sum(row[name]) for row in tools) for name in ("wall_seconds", "processor_seconds"))
    return f"Times are processor time; the comparison had {processor / wall:.0%} of its core."


def _load(load: float | None) -> str:
    return "unknown" if load is None else f"{load:.1f}"


def _best(tools: list[dict[str, Any]], name: str) -> float | None:
    return next((row["best"] for row in tools if row["name"] == name), None)


def _ratio(ours: float | None, row: dict[str, Any]) -> str:
    return _number(ours / row["best"]) if ours and row["name"] not in (COMPILED, ARRAYS) else ""


def _releases(row: dict[str, Any]) -> str:
    return ", ".join(f"{package} {release}" for package, release in row["versions"].items())


def _draws(row: dict[str, Any]) -> str:
    return f"{row['runs']} x {row['draws']:,}" if row["runs"] > 1 else f"{row['draws']:,}"


def _number(value: float) -> str:
    """Two digits that count, or whole numbers with separators."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.2g}" if value < 10 else f"{value:.0f}"
