"""Every value of a run, as rows of a table and as the document that programs read."""

import csv
import io
import json
import math
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from backlog_model.analysis.limits import bindings
from backlog_model.analysis.promises import Promise, promises
from backlog_model.inputs import Array
from backlog_model.projection import Projection, series_of
from backlog_model.quantities import QUANTITIES
from backlog_model.report.notes import note
from backlog_model.scenario.schema import Scenario
from backlog_model.tallies import Series as Key

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
    numbers: list[list[float | None]]  # by year, in the order of STATISTICS
    note: str


def every_series(scenario: Scenario, projection: Projection, *, workers: int = 1) -> list[Series]:
    """All variables, the province before its regions, the total before its parts.

    Sorting the draws takes most of the time and runs beside other Python: hence threads.
    """
    keys = list(series_of(projection))
    with ThreadPoolExecutor(workers) as pool:
        summaries = pool.map(partial(_summary, projection), keys)
        pairs = zip(keys, summaries, strict=True)
        return [each for key, found in pairs for each in _by_region(key, found, scenario, projection)]


def _summary(projection: Projection, key: Key) -> Array:
    """Numbers (region, year, statistic) of a series; undefined ones where there are no draws."""
    central = projection.central.array(key.variable, part=key.part, by=key.by)[:, 0]
    if not projection.draws:
        unknown = np.full((*central.shape, len(STATISTICS) - 1), np.nan)
        return np.concatenate([central[..., None], unknown], axis=-1).swapaxes(0, 1)
    found = projection.statistics(key.variable, part=key.part, by=key.by)
    return np.stack([central, found.mean, *found.quantiles, found.mc_error], axis=-1).swapaxes(0, 1)


def _by_region(key: Key, found: Array, scenario: Scenario, projection: Projection) -> Iterator[Series]:
    codes = (projection.axes.province,) if key.by == "province" else projection.axes.regions
    if len(found) != len(codes):
        return  # a provincial number that no region has, such as money that reached none of them
    unit, years = QUANTITIES[key.variable].unit, projection.years(key.variable)
    beside = note(key.variable, key.part, scenario, projection, by=key.by)
    for code, numbers in zip(codes, found.tolist(), strict=True):
        rows = [[plain(value) for value in row] for row in numbers]
        yield Series(key.variable, unit, code, key.part, years, rows, beside)


def plain(value: float) -> float | None:
    """Shortest form of a number: whole ones without a fraction, None where undefined."""
    if not math.isfinite(value):
        return None
    return int(value) if value.is_integer() else value


def table(scenario: Scenario, projection: Projection, every: Sequence[Series]) -> str:
    """The rows of `values.csv`, of every series; an undefined value is an empty cell."""
    lines = [_line(*COLUMNS)]
    names = (projection.axes.province, *projection.axes.regions)
    places = {code: _line(code, scenario.region_table.name(code)) for code in names}
    ends: dict[str, str] = {}
    for series in every:
        before = f"{series.variable},{series.unit},{places[series.region]},{series.part}"  # words without commas
        if series.note not in ends:
            ends[series.note] = _line(series.note)
        for year, numbers in zip(series.years, series.numbers, strict=True):
            written = ",".join("" if value is None else repr(value) for value in numbers)
            lines.append(f"{before},{year},{written},{ends[series.note]}")
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


def document(
    scenario: Scenario, projection: Projection, every: Sequence[Series], *, run_id: str, seed: int
) -> dict[str, Any]:
    """What `--json` prints for one run, with every series."""
    return {
        "schema_version": SCHEMA_VERSION,
        "run_id": run_id,
        "scenario": projection.scenario,
        "draws": projection.draws,
        "seed": seed,
        "design": projection.sampling.design if projection.sampling else None,
        "results": [result for series in every for result in _results(series)],
        "targets": _targets(scenario, projection),
        "binding": [each._asdict() for each in bindings(projection)],
        "notes": _notes(every, projection.axes.province),
    }


def _results(series: Series) -> Iterator[dict[str, Any]]:
    place = {"variable": series.variable, "unit": series.unit, "region": series.region, "part": series.part}
    for year, numbers in zip(series.years, series.numbers, strict=True):
        yield {**place, "year": year, **dict(zip(STATISTICS, numbers, strict=True))}


def _targets(scenario: Scenario, projection: Projection) -> list[dict[str, Any]]:
    return [
        {
            "id": promise.name,
            "year": promise.target.year,
            "value": plain(promise.wanted),
            "central": plain(promise.central),
            "probability": promise.chance.probability if promise.chance else None,
            "mc_error": promise.chance.mc_error if promise.chance else None,
            "wanted_probability": promise.target.probability,
            "first_year": promise.first_year,
            "first_year_range": list(promise.first_year_range),
            "by_year": _chances(promise),
            "binding": promise.binding,
        }
        for promise in promises(scenario, projection)
    ]


def _chances(promise: Promise) -> list[dict[str, float]]:
    """Chance of the target in every year of its variable."""
    chances = promise.chances or {}
    return [
        {"year": year, "probability": each.probability, "mc_error": each.mc_error} for year, each in chances.items()
    ]


def _notes(every: Sequence[Series], province: str) -> list[dict[str, str]]:
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
