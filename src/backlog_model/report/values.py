"""Every value of a run, as rows of a table and as the document that programs read."""

import csv
import io
import json
import math
from collections.abc import Iterator
from typing import Any, NamedTuple

from backlog_model.projection import Projection
from backlog_model.quantities import QUANTITIES
from backlog_model.report.limits import bindings
from backlog_model.report.notes import note
from backlog_model.report.promises import promises
from backlog_model.scenario.schema import Scenario

SCHEMA_VERSION = 1
STATISTICS = ("central", "mean", "p05", "p10", "p50", "p90", "p95", "mc_error")
COLUMNS = ("variable", "unit", "region", "region_name", "part", "year", *STATISTICS, "note")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Series(NamedTuple):
    """Values of one variable, region and part over its years; None where undefined or covered by no source."""

    variable: str
    unit: str
    region: str
    part: str
    years: tuple[int, ...]
    central: list[float | None]
    note: str


def every_series(scenario: Scenario, projection: Projection) -> Iterator[Series]:
    """All variables, the province before its regions, the total before its parts."""
    for variable in QUANTITIES:
        for part in dict.fromkeys(("total", *projection.parts(variable))):
            yield from _of_part(variable, part, scenario, projection)


def _of_part(variable: str, part: str, scenario: Scenario, projection: Projection) -> Iterator[Series]:
    unit, years = QUANTITIES[variable].unit, projection.years(variable)
    for level, codes in (("province", (projection.axes.province,)), ("region", projection.axes.regions)):
        beside = note(variable, part, scenario, projection, by=level)
        columns = projection.array(variable, part=part, by=level)[:, 0].T.tolist()
        if len(columns) != len(codes):
            continue  # a provincial number that no region has, such as money that reached none of them
        for code, column in zip(codes, columns, strict=True):
            yield Series(variable, unit, code, part, years, [_plain(value) for value in column], beside)


def _plain(value: float) -> float | None:
    """Shortest form of a number: whole ones without a fraction, None where undefined."""
    if not math.isfinite(value):
        return None
    return int(value) if value.is_integer() else value


def table(scenario: Scenario, projection: Projection) -> str:
    """The rows of `values.csv`; an undefined value is an empty cell."""
    lines = [_line(*COLUMNS)]
    empty = [""] * (len(STATISTICS) - 1)
    names = (projection.axes.province, *projection.axes.regions)
    places = {code: _line(code, scenario.region_table.name(code)) for code in names}
    ends: dict[str, str] = {}
    for series in every_series(scenario, projection):
        before = f"{series.variable},{series.unit},{places[series.region]},{series.part}"  # words without commas
        if series.note not in ends:
            ends[series.note] = _line(*empty, series.note)
        pairs = zip(series.years, series.central, strict=True)
        lines += [f"{before},{year},{'' if value is None else value},{ends[series.note]}" for year, value in pairs]
    return "\n".join(lines) + "\n"


def _line(*cells: str) -> str:
    """Cells of text as one piece of a CSV line."""
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow([cell(each) for each in cells])
    return text.getvalue()


def cell(text: str) -> str:
    """Text that a spreadsheet takes as text and never as a formula.

    Examples
    --------
    >>> cell("=1+1"), cell("63.10")
    ("'=1+1", '63.10')
    """
    return f"'{text}" if text.startswith(_FORMULA) else text


def document(scenario: Scenario, projection: Projection, *, run_id: str, seed: int) -> dict[str, Any]:
    """What `--json` prints for one run."""
    every = list(every_series(scenario, projection))
    return {
        "schema_version": SCHEMA_VERSION,
        "run_id": run_id,
        "scenario": projection.scenario,
        "draws": projection.draws,
        "seed": seed,
        "results": [result for series in every for result in _results(series)],
        "targets": _targets(scenario, projection),
        "binding": [each._asdict() for each in bindings(projection)],
        "notes": _notes(every, projection.axes.province),
    }


def _results(series: Series) -> Iterator[dict[str, Any]]:
    unknown = dict.fromkeys(STATISTICS[1:])
    place = {"variable": series.variable, "unit": series.unit, "region": series.region, "part": series.part}
    for year, value in zip(series.years, series.central, strict=True):
        yield {**place, "year": year, "central": value, **unknown}


def _targets(scenario: Scenario, projection: Projection) -> list[dict[str, Any]]:
    return [
        {
            "id": promise.name,
            "year": promise.target.year,
            "value": _plain(promise.wanted),
            "central": _plain(promise.central),
            "probability": None,
            "mc_error": None,
            "binding": promise.binding,
        }
        for promise in promises(scenario, projection)
    ]


def _notes(every: list[Series], province: str) -> list[dict[str, str]]:
    """Notes on the rows above, once for each variable, part and level."""
    found = {
        (series.variable, series.part, "province" if series.region == province else "region"): series.note
        for series in every
        if series.note
    }
    return [{"variable": v, "part": part, "level": level, "note": text} for (v, part, level), text in found.items()]


def as_json(content: Any) -> str:
    """One JSON document in plain ASCII, which every console and every pipe takes."""
    return json.dumps(content, allow_nan=False)
